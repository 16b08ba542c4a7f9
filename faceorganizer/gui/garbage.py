"""Python's collection of cyclic garbage, so that nobody notices it."""

import gc
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

LOOK_MS: Final = 500
_NEVER: Final = 1_000_000
_LOOKS: Final = 60  # between two counts of what was set aside
_SPARE: Final = 200_000  # objects set aside before it matters whether they are garbage
_FEW: Final = 2  # collections of young objects; each leaves some thousand older ones
_MANY: Final = 5


class Garbage(QObject):
    """Keeps full collections short.

    A full collection looks at every object there is, and holds up all threads meanwhile: with 40,000 photos listed that
    is a tenth of a second. So what has grown old is looked through in small parts, and set aside afterwards. What comes
    in great numbers at once are records, which hold no cycles, and are set aside unseen. All of it is looked through
    when the program is no longer in front, and when there is twice as much of it as the last time.
    """

    def __init__(self, application: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, _NEVER)
        gc.freeze()  # modules live as long as the program
        self._looks = 0
        self._bound = self._next_bound()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        application.applicationStateChanged.connect(self._turned)

    @Slot()
    def look(self) -> None:
        """Look through what has grown old since the last time, and set it aside."""
        self._looks += 1
        if self._looks % _LOOKS == 0 and gc.get_freeze_count() > self._bound:
            self._look_through_all()
            return
        grown = gc.get_count()[2]
        if grown < _FEW:
            return
        if grown < _MANY:
            gc.collect()
        gc.freeze()

    @Slot(Qt.ApplicationState)
    def _turned(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self._look_through_all()

    def _look_through_all(self) -> None:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._bound = self._next_bound()

    def _next_bound(self) -> int:
        return 2 * gc.get_freeze_count() + _SPARE
