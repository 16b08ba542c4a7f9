"""A short message at the bottom of the window that goes away by itself."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from faceorganizer.gui import theme
from faceorganizer.gui.steps import step_in_words

_SECONDS: Final = 7


class Toast(QFrame):
    """Says what was done, and offers to take it back.

    Signals:
        undo: Somebody wants it taken back.
    """

    undo = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setObjectName("toast")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * theme.UNIT, theme.UNIT, theme.UNIT, theme.UNIT)
        self._text = QLabel()
        self._button = QPushButton(self.tr("Undo"))
        self._button.clicked.connect(self._undo)
        layout.addWidget(self._text)
        layout.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def tell(self, text: str) -> None:
        """Show a message for a while."""
        self._show(text, undoable=False)

    def tell_done(self, step: str) -> None:
        """Say what was done, and offer to take it back."""
        self._show(self.tr("Done: {step}").format(step=step_in_words(step)), undoable=True)

    def _show(self, text: str, *, undoable: bool) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)
        self._button.setVisible(undoable)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(_SECONDS * 1000)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay at the bottom when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        self.adjustSize()
        around = self._around.rect()
        self.move(around.center().x() - self.width() // 2, around.bottom() - self.height() - 3 * theme.MARGIN)

    def _undo(self) -> None:
        self.hide()
        self.undo.emit()
