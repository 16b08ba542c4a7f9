"""What was decided, step by step, and back to any of it."""

from functools import partial
from typing import Any

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.steps import extent_in_words, step_in_words
from faceorganizer.library import Library

_SHOWN = 500


class HistoryDialog(QDialog):
    """The last steps, the newest first; a double click goes back to before a step, or does steps again."""

    def __init__(self, environment: Environment, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("History"))
        self.resize(52 * theme.UNIT, 70 * theme.UNIT)
        self._environment = environment
        self.steps = QListWidget()
        self.steps.setAccessibleName(self.tr("Steps"))
        self.steps.itemActivated.connect(self._go_to)
        self._trouble = QLabel()
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.UNIT)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        layout.addWidget(self.hint)
        layout.addWidget(self.steps)
        layout.addWidget(self._trouble)
        layout.addWidget(buttons)
        self._records: list[Any] = []
        environment.bridge.changed.connect(self._reload)
        self._reload()

    def _reload(self) -> None:
        self._environment.background.read(partial(self._environment.library.history, _SHOWN), self._come)

    def _come(self, records: list[Any]) -> None:
        self._records = records
        self.hint.setText(
            self.tr("Enter or a double click takes everything back up to a step, or does it again.")
            if records
            else self.tr("Nothing has been decided yet. Names, merges and corrections will be listed here.")
        )
        current = self.steps.currentRow()
        self.steps.clear()
        locale = QLocale()
        for record in records:
            when = locale.toString(QDateTime(record.at), QLocale.FormatType.ShortFormat)
            parts = (step_in_words(record.step), extent_in_words(record.touched), when)
            item = QListWidgetItem("   ".join(filter(None, parts)))
            if record.undone:
                item.setForeground(QColor(theme.colours().faint))
                item.setText(self.tr("{step}   (taken back)").format(step=item.text()))
            item.setData(Qt.ItemDataRole.UserRole, record.id)
            self.steps.addItem(item)
        self.steps.setCurrentRow(min(max(current, 0), len(records) - 1))

    def _go_to(self, item: QListWidgetItem) -> None:
        """Take back this step and those after it; or, where it is taken back, do those up to it again."""
        number = item.data(Qt.ItemDataRole.UserRole)
        chosen = next(record for record in self._records if record.id == number)
        if chosen.undone:
            count = sum(record.undone and record.id <= number for record in self._records)
        else:
            count = sum(not record.undone and record.id >= number for record in self._records)
        self._trouble.hide()
        work = partial(_walk, self._environment.library, count, back=not chosen.undone)
        self._environment.background.write(work, self._walked, self._failed)

    def _walked(self, _changes: ChangeSet) -> None:
        self._reload()

    def _failed(self, error: FaceOrganizerError) -> None:
        self._trouble.setText(plain(error))
        self._trouble.show()
        self._reload()


def _walk(library: Library, steps: int, *, back: bool) -> ChangeSet:
    walked = [library.undo() if back else library.redo() for _ in range(steps)]
    return ChangeSet.merged(walked)
