"""What an empty place says, and the action that fills it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from faceorganizer.gui import theme


class BlankPage(QWidget):
    """A heading, a sentence and buttons, in the middle of an empty place.

    Args:
        title: Says what is so.
        text: Says what will appear here, and when.
        buttons: What fills it, the best one first.
    """

    def __init__(
        self, title: str = "", text: str = "", buttons: Sequence[QPushButton] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title, self.text = QLabel(), QLabel()
        self.title.setFont(theme.sized(self.font(), 1.4, strong=True))
        self.text.setWordWrap(True)
        self.text.setMinimumWidth(50 * theme.UNIT)
        column = QVBoxLayout(self)
        column.setSpacing(theme.UNIT)
        column.addStretch(2)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.UNIT)
        self.buttons = tuple(buttons)
        for place, button in enumerate(buttons):
            button.setProperty("primary", "true" if place == 0 else "false")
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.tell(title, text)

    @property
    def button(self) -> QPushButton:
        """The best one."""
        return self.buttons[0]

    def tell(self, title: str, text: str, button: str | None = None) -> None:
        """Say something else.

        Args:
            title: May be empty where a sentence is enough.
            text: A sentence or two.
            button: What the best button says, empty for none; None leaves it as it is.
        """
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.text.setText(text)
        if button is not None:
            self.button.setText(button)
            self.button.setVisible(bool(button))
