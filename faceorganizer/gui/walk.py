"""Steps of the history taken back and done again, as far as somebody wants."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.gui.background import Background
from faceorganizer.gui.wording import said
from faceorganizer.library import Library
from faceorganizer.services.undo import BarrierError

SHOWN: Final = 500  # steps that can be reached at once
BEGINNING: Final = 0  # stands for the time before the first step


class Walk(QObject):
    """One walk through the history; it asks before a copy of the library is restored on the way.

    Args:
        library: Whose history it is.
        background: Runs the walk.
        parent: What asks.

    Signals:
        arrived: The changes, labelled by the first step on the way.
        failed: An expected error; the steps before it are walked.
        stayed: Somebody does not want a copy restored; the steps before it are walked.
    """

    arrived = Signal(object)
    failed = Signal(object)
    stayed = Signal()

    def __init__(self, library: Library, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._window = parent
        self._left = 0
        self._step: int | None = None
        self._at: datetime | None = None
        self._restore = False
        self._walked: list[ChangeSet] = []

    def start(self, steps: int) -> None:
        """Go.

        Args:
            steps: Positive to take steps back, negative to do them again.
        """
        self._left = steps
        self._background.write(self._go, self._arrive, self._fail)

    def start_to(self, step: int) -> None:
        """Go to where a step was the last one.

        Args:
            step: Its id; ``BEGINNING`` for the time before all that are listed.
        """
        self._step = step
        self._background.write(self._go_to, self._arrive, self._fail)

    def _go_to(self) -> ChangeSet:
        """Runs beside the window: the history may have grown since somebody looked at it."""
        records = self._library.history(SHOWN)
        self._at = next((record.at for record in records if record.id == self._step), None)
        self._left = self._distance(records)
        return self._go()

    def _go(self) -> ChangeSet:
        """Runs beside the window."""
        while self._left:
            back = self._left > 0
            walk = self._library.undo if back else self._library.redo
            self._walked.append(walk(restore=self._restore))
            self._left += -1 if back else 1
            if self._restore and back and self._step is not None:  # in what was restored there may be more steps
                self._left = self._distance(self._library.history(SHOWN))
            self._restore = False
        return ChangeSet.merged(self._walked)

    def _distance(self, records: Sequence[Any]) -> int:
        """How many steps to take back, or, negative, to do again; 0 where the step is not known."""
        present = [record.undone for record in records].count(True)
        if self._step == BEGINNING:
            return len(records) - present
        known = [(record.id, record.at) for record in records]
        wanted = self._step, self._at
        return known.index(wanted) - present if wanted in known else 0

    def _arrive(self, changes: ChangeSet) -> None:
        self.arrived.emit(changes)
        self.deleteLater()

    def _fail(self, error: FaceOrganizerError) -> None:
        if isinstance(error, BarrierError):
            self._ask(error)
            return
        self.failed.emit(error)
        self.deleteLater()

    def _ask(self, barrier: BarrierError) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, "Face Organizer", said(barrier.message), parent=self._window)
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Yes | buttons.Cancel)
        box.setDefaultButton(buttons.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(self._answered)
        box.open()

    def _answered(self, answer: int) -> None:
        if answer == QMessageBox.StandardButton.Yes:
            self._restore = True
            self._background.write(self._go, self._arrive, self._fail)
        else:
            self.stayed.emit()
            self.deleteLater()
