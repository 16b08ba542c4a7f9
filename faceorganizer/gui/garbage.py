"""Python's collection of cyclic garbage, so that nobody notices it."""

import gc
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

LOOK_MS: Final = 500
_NEVER: Final = 1_000_000
_FEW: Final = 2  # collections of young objects; each leaves some thousand older ones
_MANY: Final = 5


class Garbage(QObject):
    """Keeps full collections short.

    A full collection looks at every object there is, and holds up all threads meanwhile: with 40,000 photos listed that
    is a tenth of a second. So what has grown old is looked through in small parts, and set aside afterwards. What comes
    in great numbers at once are records, which hold no cycles, and are set aside unseen. All of it is looked through
    when the program is no longer in front.
    """

    def __init__(self, application: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, _NEVER)
        gc.freeze()  # modules live as long as the program
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        application.applicationStateChanged.connect(self._turned)

    @Slot()
    def look(self) -> None:
        """Look through what has grown old since the last time, and set it aside."""
        grown = gc.get_count()[2]
        if grown < _FEW:
            return
        if grown < _MANY:
            gc.collect()
        gc.freeze()

    @Slot(Qt.ApplicationState)
    def _turned(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
