"""A scan that runs beside the window."""

import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from faceorganizer.domain.errors import CancelledError, FaceOrganizerError
from faceorganizer.jobs.job import Job
from faceorganizer.library import Library


class Scanning(QObject):
    """Runs one scan at a time on a thread of its own.

    Signals:
        started: A scan has begun.
        finished: It has ended; with its report, or None when it was cancelled.
        failed: An expected error has ended it.
        broken: A bug has ended it.
    """

    started = Signal()
    finished = Signal(object)
    failed = Signal(object)
    broken = Signal(object)
    _ended = Signal(object, object)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._job: Job | None = None
        self._thread: threading.Thread | None = None
        self._waiting: list[Path] | None = None
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether a scan is under way."""
        return self._thread is not None

    def start(self, folders: Sequence[Path] = ()) -> None:
        """Scan folders, or all the library has; while a scan is under way, after it."""
        if self.running:
            self._waiting = [*(self._waiting or []), *folders]
            return
        self._job = Job()
        self._thread = threading.Thread(target=self._run, args=(self._job, list(folders)), name="scan")
        self._thread.start()
        self.started.emit()

    def cancel(self) -> None:
        """Stop soon; what was done stays."""
        self._waiting = None
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """Stop, and wait until it has."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self, job: Job, folders: list[Path]) -> None:
        report, error = None, None
        try:
            with job:
                report = self._library.scan(folders, context=job)
        except Exception as problem:  # noqa: BLE001 - told on the GUI thread, bugs as bugs
            error = problem
        self._ended.emit(report, error)

    @Slot(object, object)
    def _end(self, report: object, error: Exception | None) -> None:
        if self._thread is not None:
            self._thread.join()
        self._thread, self._job = None, None
        if error is None or isinstance(error, CancelledError):
            self.finished.emit(report)
        elif isinstance(error, FaceOrganizerError):
            self.failed.emit(error)
        else:
            self.broken.emit(error)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.start(waiting)
