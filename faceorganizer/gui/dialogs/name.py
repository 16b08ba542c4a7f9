"""Asks for the name of faces."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from faceorganizer.domain.people import clean_name
from faceorganizer.gui import theme
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.views.names import complete_with, known_names


class NameDialog(QDialog):
    """A line for a name, known or new.

    Signals:
        named: What was typed.
    """

    named = Signal(str)

    def __init__(self, environment: Environment, faces: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Name", "to name"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(2 * theme.UNIT)
        column.addWidget(QLabel(self.tr("Who is on these %n face(s)?", "", faces)))
        self.field = QLineEdit()
        self.field.setMinimumWidth(theme.INSPECTOR_WIDTH)
        self.field.setAccessibleName(self.tr("Name"))
        self.field.textChanged.connect(self._typed)
        column.addWidget(self.field)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._take = buttons.addButton(self.tr("Name", "to name"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._take.setProperty("primary", True)
        self._take.setEnabled(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.field.returnPressed.connect(self._take.click)
        self.accepted.connect(self._tell)
        column.addWidget(buttons)
        complete_with(self.field, known_names(environment.roster))

    def _typed(self) -> None:
        self._take.setEnabled(clean_name(self.field.text()) is not None)

    def _tell(self) -> None:
        self.named.emit(self.field.text())
