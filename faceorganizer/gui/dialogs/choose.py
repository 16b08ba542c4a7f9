"""Asks who somebody is."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.people import PersonRecord, same_name
from faceorganizer.gui import theme
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.views.names import complete_with


def ask_person(parent: QWidget, environment: Environment, *, without: PersonId | None) -> PersonId | None:
    """Ask which known person it is; None when nobody was chosen."""
    dialog = PersonDialog(environment, without, parent)
    return dialog.person if dialog.exec() == QDialog.DialogCode.Accepted else None


class PersonDialog(QDialog):
    """A line to type a known name in."""

    def __init__(self, environment: Environment, without: PersonId | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Move"))
        self._without = without
        self._people: list[PersonRecord] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(2 * theme.UNIT)
        layout.addWidget(QLabel(self.tr("Who is it?")))
        self.field = QLineEdit()
        self.field.setMinimumWidth(theme.INSPECTOR_WIDTH)
        self.field.textChanged.connect(self._typed)
        layout.addWidget(self.field)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._move = buttons.addButton(self.tr("Move"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._move.setProperty("primary", True)
        self._move.setEnabled(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        environment.background.read(environment.library.people.list, self._come)

    @property
    def person(self) -> PersonId | None:
        """Who was meant."""
        found = [record.id for record in self._people if record.name and same_name(record.name, self.field.text())]
        return found[0] if found else None

    def _come(self, people: list[PersonRecord]) -> None:
        self._people = [record for record in people if record.name and record.id != self._without]
        complete_with(self.field, [record.name for record in self._people if record.name])
        self._typed()

    def _typed(self) -> None:
        self._move.setEnabled(self.person is not None)
