"""Notices changes in the folders while the window is open."""

import threading
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from faceorganizer.domain.errors import CancelledError, FaceOrganizerError
from faceorganizer.jobs.job import Job
from faceorganizer.library import Library

AGAIN_MS: Final = 30_000  # until the next try where another process was writing


class Watching(QObject):
    """Watches the folders of a library on a thread, while it is wanted.

    Signals:
        stirred: Something has changed in the folders, and has come to rest.
        failed: The folders cannot be watched.
    """

    stirred = Signal()
    failed = Signal(object)
    _noticed = Signal(object)
    _gave_up = Signal(object)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._job: Job | None = None
        self._threads: list[threading.Thread] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(AGAIN_MS)
        self._later.timeout.connect(self.stirred)
        self._noticed.connect(self._notice, Qt.ConnectionType.QueuedConnection)
        self._gave_up.connect(self._give_up, Qt.ConnectionType.QueuedConnection)

    @property
    def active(self) -> bool:
        """Whether the folders are watched."""
        return self._job is not None

    def set_active(self, wanted: bool) -> None:
        """Watch, or watch no more."""
        if wanted and self._job is None:
            self._begin()
        elif not wanted:
            self._end()

    def look_anew(self) -> None:
        """Other folders are to be watched now."""
        if self._job is not None:
            self._end()
            self._begin()

    def try_later(self) -> None:
        """Tell once more, when whoever is writing may be done."""
        if self._job is not None:
            self._later.start()

    def close(self) -> None:
        """Stop, and wait until it has."""
        self._end()
        for thread in self._threads:
            thread.join()

    def _begin(self) -> None:
        self._job = Job()
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self._run, args=(self._job,), name="watch")
        self._threads.append(thread)
        thread.start()

    def _end(self) -> None:
        self._later.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _run(self, job: Job) -> None:
        try:
            for _ in self._library.stirrings(job):
                self._noticed.emit(job)
        except CancelledError:
            pass
        except FaceOrganizerError as error:
            self._gave_up.emit(error)

    @Slot(object)
    def _notice(self, job: Job) -> None:
        if job is self._job:  # not what was told just before it ended
            self.stirred.emit()

    @Slot(object)
    def _give_up(self, error: FaceOrganizerError) -> None:
        self._end()
        self.failed.emit(error)
