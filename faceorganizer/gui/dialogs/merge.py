"""Asks before people become one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from faceorganizer.domain.people import PersonRecord
from faceorganizer.gui import theme
from faceorganizer.gui.thumbnails import Thumbnails

_SHOWN = 5


def ask_name(
    parent: QWidget, records: Sequence[PersonRecord], thumbnails: Thumbnails, *, always: bool = False
) -> str | None:
    """Ask which name stays, or whether people are the same.

    Args:
        parent: The place that asks.
        records: Who is to be merged.
        thumbnails: For their faces.
        always: Whether to ask even when only one name is possible.

    Returns:
        The name that stays, empty when there is none; None when they are not to be merged.
    """
    names = list(dict.fromkeys(record.name for record in records if record.name))
    if len(names) < 2 and not always:
        return names[0] if names else ""
    dialog = MergeDialog(records, names, thumbnails, parent)
    return dialog.name if dialog.exec() == QDialog.DialogCode.Accepted else None


class MergeDialog(QDialog):
    """Both faces side by side, and the question whether they are one person."""

    def __init__(
        self, records: Sequence[PersonRecord], names: Sequence[str], thumbnails: Thumbnails, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Merge"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(2 * theme.UNIT)
        question = QLabel(self.tr("Same person?"))
        question.setFont(theme.sized(self.font(), 1.4, strong=True))
        question.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(question)
        faces = QHBoxLayout()
        for record in records[:_SHOWN]:
            faces.addWidget(_portrait(record, thumbnails))
        layout.addLayout(faces)
        self._choices = [QRadioButton(name) for name in names] if len(names) > 1 else []
        if self._choices:
            layout.addWidget(QLabel(self.tr("Which name stays?")))
            self._choices[0].setChecked(True)
        for choice in self._choices:
            layout.addWidget(choice)
        self._names = names
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        text = self.tr("Merge into {name}").format(name=names[0]) if len(names) == 1 else self.tr("Merge")
        merge = buttons.addButton(text, QDialogButtonBox.ButtonRole.AcceptRole)
        merge.setProperty("primary", True)
        merge.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    @property
    def name(self) -> str:
        """The name that stays; empty when nobody has one."""
        chosen = [choice.text() for choice in self._choices if choice.isChecked()]
        return (chosen or [*self._names, ""])[0]


def _portrait(record: PersonRecord, thumbnails: Thumbnails) -> QLabel:
    label = QLabel()
    label.setAccessibleName(record.name or "")
    label.setFixedSize(theme.CARD_FACE, theme.CARD_FACE)
    picture = thumbnails.get(("face", record.key_face)) if record.key_face is not None else None
    if picture is not None:
        label.setPixmap(picture.scaled(label.size(), mode=Qt.TransformationMode.SmoothTransformation))
    return label
