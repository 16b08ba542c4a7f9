"""Another process that writes to the library while the window is open."""

from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.gui.environment import Environment

LOOK_MS: Final = 10_000
# What it may have changed: everything. Views read again what they show.
EVERYTHING: Final = ChangeSet(
    ids=MappingProxyType({kind: frozenset({0}) for kind in ("person", "face", "content", "file", "root", "album")})
)


class Visitors(QObject):
    """Looks now and then whether another process, such as a scan on the command line, is writing.

    Signals:
        came: One is; nothing can be changed here meanwhile.
        stayed: It is still there, and may have brought something.
        left: It is done.
    """

    came = Signal()
    stayed = Signal()
    left = Signal()

    def __init__(self, environment: Environment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = environment.library
        self._background = environment.background
        self.present = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look_if_seen)
        self._timer.start()

    def look(self) -> None:
        """Look now."""
        self._background.read(self._library.other_writer, self._seen)

    def _look_if_seen(self) -> None:
        """Somebody has to be there who sees it; but the end is noticed in any case."""
        if self.present or QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive:
            self.look()

    def _seen(self, writer: str) -> None:
        before, self.present = self.present, bool(writer)
        if self.present and before:
            self.stayed.emit()
        elif self.present:
            self.came.emit()
        elif before:
            self.left.emit()
