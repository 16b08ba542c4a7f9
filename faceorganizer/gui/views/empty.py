"""What a place shows while it has nothing to show: what will be there, and what brings it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from faceorganizer.gui import theme


class EmptyState(QWidget):
    """A sentence, and a button that fills the place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel()
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setWordWrap(True)
        self.button = QPushButton()
        self.button.setProperty("primary", True)
        layout = QVBoxLayout(self)
        layout.setSpacing(2 * theme.UNIT)
        layout.addStretch(2)
        layout.addWidget(self._text)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def say(self, text: str, button: str = "") -> None:
        """Say why there is nothing.

        Args:
            text: One sentence or two.
            button: What brings something; empty for no button.
        """
        self._text.setText(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
