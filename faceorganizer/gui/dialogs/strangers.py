"""Hides all small groups at once: strangers in the background."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from faceorganizer.domain.people import PersonRecord
from faceorganizer.gui import theme

_USUAL = 4  # faces


class StrangersDialog(QDialog):
    """Asks below how many faces a group is a stranger's, and says how many groups that are.

    Args:
        people: Everybody who is shown.
        parent: The place that asks.
    """

    def __init__(self, people: Sequence[PersonRecord], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Hide Small Groups"))
        self._sizes = Counter(record.faces for record in people if record.name is None and not record.hidden)
        self.below = QSpinBox()
        self.below.setRange(2, max([_USUAL, *self._sizes]) + 1)
        self.below.setValue(_USUAL)
        self.below.valueChanged.connect(self._count)
        label = QLabel(self.tr("Hide groups without a name of &fewer faces than"))
        label.setBuddy(self.below)
        self.says = QLabel()
        kept = QLabel(
            self.tr("Nothing is deleted. They come back by Undo, or one by one where hidden people are shown.")
        )
        kept.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.hide_them = buttons.addButton(self.tr("Hide"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.hide_them.setProperty("primary", "true")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.below)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(2 * theme.UNIT)
        layout.addLayout(row)
        for widget in (self.says, kept, buttons):
            layout.addWidget(widget)
        self._count()

    def _count(self) -> None:
        """Say how many groups would be hidden."""
        small = sum(count for faces, count in self._sizes.items() if faces < self.below.value())
        left = self._sizes.total() - small
        counts = (self.tr("%n group(s) will be hidden.", "", small), self.tr("%n group(s) will stay.", "", left))
        self.says.setText("\n".join(counts))
        self.hide_them.setEnabled(small > 0)
