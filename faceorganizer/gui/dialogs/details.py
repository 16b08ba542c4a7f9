"""Birth date and note of a person."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from faceorganizer.domain.people import PersonRecord
from faceorganizer.gui import theme

_USUAL_AGE = 30  # years; where the choice of a date begins


class DetailsDialog(QDialog):
    """What is to be remembered of a person. Nothing is stored before it is accepted."""

    def __init__(self, person: PersonRecord, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(person.name or self.tr("Who is this?"))
        self.setMinimumWidth(50 * theme.UNIT)
        today = QDate.currentDate()
        self.knows_birth = QCheckBox(self.tr("Born on"))
        self.birth = QDateEdit()
        self.birth.setAccessibleName(self.tr("Birth date"))
        self.birth.setCalendarPopup(True)
        self.birth.setMaximumDate(today)
        born = person.birth_date
        self.birth.setDate(today.addYears(-_USUAL_AGE) if born is None else QDate(born.year, born.month, born.day))
        self.knows_birth.setChecked(born is not None)
        self.birth.setEnabled(born is not None)
        self.knows_birth.toggled.connect(self.birth.setEnabled)
        self.note = QPlainTextEdit(person.note)
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setTabChangesFocus(True)
        why = QLabel(self.tr("The birth date keeps older photos from being taken for this person."))
        why.setWordWrap(True)
        label = QLabel(self.tr("Note"))
        label.setBuddy(self.note)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Save).setProperty("primary", "true")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(theme.UNIT)
        for widget in (self.knows_birth, self.birth, why, label, self.note, buttons):
            layout.addWidget(widget)

    @property
    def birth_date(self) -> date | None:
        """The day of birth; None when it is not known."""
        chosen = self.birth.date()
        return date(chosen.year(), chosen.month(), chosen.day()) if self.knows_birth.isChecked() else None
