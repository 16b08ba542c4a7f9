"""Core events as Qt signals."""

import threading

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.services.events import EventBus, LibraryChanged, ScanAdvanced

COALESCE_MS = 50


class Bridge(QObject):
    """Turns what the core tells, on whatever thread, into signals on the GUI thread.

    What comes after a pause is told at once; changes that follow closely are told as one, and of a scan's reports only
    the last one.

    Signals:
        changed: A ChangeSet.
        scan_advanced: A ScanAdvanced.
    """

    changed = Signal(object)
    scan_advanced = Signal(object)
    _stirred = Signal()

    def __init__(self, events: EventBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._changes: list[ChangeSet] = []
        self._advance: ScanAdvanced | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COALESCE_MS)
        self._timer.timeout.connect(self._tell)
        self._stirred.connect(self._wait, Qt.ConnectionType.QueuedConnection)
        events.subscribe(LibraryChanged, self._on_changed)
        events.subscribe(ScanAdvanced, self._on_scan)

    @property
    def pending(self) -> bool:
        """Whether there are changes that were not told yet."""
        with self._lock:
            return bool(self._changes)

    def _on_changed(self, event: LibraryChanged) -> None:
        with self._lock:
            self._changes.append(event.changes)
        self._stirred.emit()

    def _on_scan(self, event: ScanAdvanced) -> None:
        with self._lock:
            self._advance = event
        self._stirred.emit()

    @Slot()
    def _wait(self) -> None:
        if not self._timer.isActive():
            self._tell()

    @Slot()
    def _tell(self) -> None:
        with self._lock:
            changes, self._changes = self._changes, []
            advance, self._advance = self._advance, None
        if changes or advance is not None:
            self._timer.start()
        if changes:
            self.changed.emit(ChangeSet.merged(changes))
        if advance is not None:
            self.scan_advanced.emit(advance)
