"""Asks before people become one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from faceorganizer.domain.people import PersonRecord
from faceorganizer.gui import theme
from faceorganizer.gui.delegates.faces import counted
from faceorganizer.gui.thumbnails import Thumbnails
from faceorganizer.gui.views.profile import Portrait

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
        faces.setSpacing(2 * theme.UNIT)
        for record in records[:_SHOWN]:
            faces.addLayout(self._portrait(record, thumbnails))
        layout.addLayout(faces)
        if len(records) > _SHOWN:
            more = QLabel(self.tr("and %n more", "", len(records) - _SHOWN))
            more.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(more)
        thumbnails.want(("face", r.key_face) for r in records[:_SHOWN] if r.key_face is not None)
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
        merge.setProperty("primary", "true")
        merge.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    @property
    def name(self) -> str:
        """The name that stays; empty when nobody has one."""
        chosen = [choice.text() for choice in self._choices if choice.isChecked()]
        return (chosen or [*self._names, ""])[0]

    def _portrait(self, record: PersonRecord, thumbnails: Thumbnails) -> QVBoxLayout:
        """A face with its name and count."""
        portrait = Portrait(thumbnails, theme.CARD_FACE)
        portrait.show_face(record.key_face, record.name)
        portrait.setAccessibleName(record.name or self.tr("Who is this?"))
        name, count = QLabel(record.name or self.tr("Who is this?")), QLabel(counted(record))
        name.setFont(theme.sized(self.font(), 1.0, strong=record.name is not None))
        count.setFont(theme.sized(self.font(), 0.85))
        column = QVBoxLayout()
        column.setSpacing(theme.UNIT // 2)
        for widget in (portrait, name, count):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        return column
