"""What a place shows while something long is under way."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from faceorganizer.domain.progress import Progress
from faceorganizer.gui import theme


class Waiting(QWidget):
    """How far it is, and a button that stops it.

    Args:
        text: What is going on.
        parent: Qt's.
    """

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = QLabel(text)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.INSPECTOR_WIDTH)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop = QPushButton(self.tr("Cancel"))
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.UNIT)
        column.addStretch(2)
        column.addWidget(label)
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def tell(self, progress: Progress) -> None:
        """Show how far it is."""
        self.bar.setRange(0, progress.total or 0)
        self.bar.setValue(progress.done)
