"""One long piece of work at a time, on a thread of its own, that can be watched and stopped."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from faceorganizer.domain.errors import CancelledError, FaceOrganizerError
from faceorganizer.domain.progress import JobContext
from faceorganizer.jobs.job import Job


class Errand(QObject):
    """Runs a job beside the window.

    Signals:
        advanced: A :class:`~faceorganizer.domain.progress.Progress`, at most ten times a second.
        finished: What the work returned.
        cancelled: It was stopped.
        failed: An expected error has ended it.
        broken: A bug has ended it.
    """

    advanced = Signal(object)
    finished = Signal(object)
    cancelled = Signal()
    failed = Signal(object)
    broken = Signal(object)
    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._thread: threading.Thread | None = None
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether work is under way."""
        return self._thread is not None

    def start(self, work: Callable[[JobContext], Any]) -> None:
        """Begin, unless something is under way."""
        if self.running:
            return
        self._job = Job(self.advanced.emit)
        self._thread = threading.Thread(target=self._run, args=(self._job, work), name="errand")
        self._thread.start()

    def cancel(self) -> None:
        """Stop soon."""
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """Stop, and wait until it has; nobody is told."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self, job: Job, work: Callable[[JobContext], Any]) -> None:
        try:
            with job:
                result = work(job)
        except Exception as error:  # noqa: BLE001 - told on the GUI thread, bugs as bugs
            # Not kept in a variable of this call, which it would keep by its traceback, with all that the work held.
            self._ended.emit(None, error)
        else:
            self._ended.emit(result, None)

    @Slot(object, object)
    def _end(self, result: object, error: Exception | None) -> None:
        if self._thread is None:  # closed meanwhile
            return
        self._thread.join()
        self._thread, self._job = None, None
        if error is None:
            self.finished.emit(result)
        elif isinstance(error, CancelledError):
            self.cancelled.emit()
        elif isinstance(error, FaceOrganizerError):
            self.failed.emit(error)
        else:
            self.broken.emit(error)
