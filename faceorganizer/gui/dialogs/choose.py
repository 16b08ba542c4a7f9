"""Asks who somebody is."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.people import clean_name, same_name
from faceorganizer.gui import theme
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.views.names import NameField, complete_with, known_names


def ask_name_of_faces(
    parent: QWidget, environment: Environment, faces: int, *, without: PersonId | None, begun: str = ""
) -> str | None:
    """Ask who faces are.

    Args:
        parent: The place that asks.
        environment: Knows the names there are.
        faces: How many.
        without: Who it is not.
        begun: The first letter, where one was typed already.

    Returns:
        A name, of somebody known or somebody new; None when nobody was chosen.
    """
    dialog = PersonDialog(environment, faces, without, parent)
    dialog.field.setText(begun)
    dialog.field.setFocus()  # here, so that the letter is not selected when the dialog opens
    return dialog.name if dialog.exec() == QDialog.DialogCode.Accepted else None


class PersonDialog(QDialog):
    """A line to type a name in, of somebody known or somebody new."""

    def __init__(self, environment: Environment, faces: int, without: PersonId | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Move"))
        self._without = without
        self._known = [record for record in environment.roster.records.values() if record.name]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(2 * theme.UNIT)
        question = QLabel(self.tr("Who is on the %n selected face(s)?", "", faces))
        layout.addWidget(question)
        self.field = NameField()
        self.field.setAccessibleName(self.tr("Name"))
        self.field.setPlaceholderText(self.tr("Name"))
        self.field.setMinimumWidth(theme.INSPECTOR_WIDTH)
        self.field.textChanged.connect(self._typed)
        complete_with(self.field, [n for n in known_names(environment.roster) if not self._is_excluded(n)])
        question.setBuddy(self.field)
        layout.addWidget(self.field)
        self.hint = QLabel()
        self.hint.setFont(theme.sized(self.font(), 0.9))
        layout.addWidget(self.hint)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._move = buttons.addButton(self.tr("Move"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._move.setProperty("primary", "true")
        for button in buttons.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)  # Enter is the field's, whatever can be pressed when the dialog opens
        self.field.returnPressed.connect(self._submit)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self._typed()

    @property
    def name(self) -> str | None:
        """Who was meant; None where that is nobody, or who it is not."""
        text = clean_name(self.field.text())
        return None if text is None or self._is_excluded(text) else text

    def _is_excluded(self, text: str) -> bool:
        return any(record.id == self._without and same_name(record.name or "", text) for record in self._known)

    def _submit(self) -> None:
        if self.name is not None:
            self.accept()

    def _typed(self) -> None:
        name = self.name
        self._move.setEnabled(name is not None)
        known = name is not None and any(same_name(record.name or "", name) for record in self._known)
        new = self.tr("Somebody new") if name is not None and not known else ""
        self.hint.setText(new)
