"""One piece of long work: how it reports, is stopped, and ends."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from types import FrameType, TracebackType
from typing import Self

from faceorganizer.domain.errors import CancelledError
from faceorganizer.domain.progress import Progress

_INTERVAL = 0.1  # seconds between two reports of one message
_NAP = 0.05  # between two looks whether a pause is over


class JobState(StrEnum):
    """How a job is doing. Cancelled, failed and finished are three different ends."""

    RUNNING = "running"
    CANCELLED = "cancelled"
    FAILED = "failed"
    FINISHED = "finished"


def _forget(progress: Progress) -> None:
    """Listen to nothing."""


class Job:
    """The :class:`~faceorganizer.domain.progress.JobContext` of watched work, and a context manager around that work.

    Leaving the context settles the state and delivers the last report; errors pass through. Any thread may report,
    cancel, pause and resume.

    Args:
        listener: Gets at most ten reports of a message a second, among them always its first and its last one: that
            one when the work is complete, goes on to another message, or ends. Called by the thread that reports.

    Attributes:
        state: How the job is doing.
    """

    def __init__(self, listener: Callable[[Progress], None] = _forget) -> None:
        self.state = JobState.RUNNING
        self._listener = listener
        self._cancelled = False  # no threading.Event: setting one from a signal handler can lock up
        self._paused = False
        self._lock = threading.Lock()
        self._waiting: Progress | None = None
        self._last: Progress | None = None
        self._due = 0.0

    @property
    def cancelled(self) -> bool:
        """Whether the job was asked to stop; it may not have noticed yet."""
        return self._cancelled

    def cancel(self) -> None:
        """Ask the job to stop at its next check. Safe in any thread and in signal handlers."""
        self._cancelled = True

    @property
    def paused(self) -> bool:
        """Whether the job was asked to wait; it may not have noticed yet."""
        return self._paused

    def pause(self) -> None:
        """Ask the job to wait at its next check, until it is resumed or cancelled."""
        self._paused = True

    def resume(self) -> None:
        """Let the job go on."""
        self._paused = False

    def check_cancelled(self) -> None:
        """Return normally, after the end of a pause if there is one.

        Raises:
            CancelledError: The job was asked to stop, in a pause or not.
        """
        while self._paused and not self._cancelled:
            time.sleep(_NAP)
        if self._cancelled:
            raise CancelledError

    def report(self, done: int, total: int | None, message: str) -> None:
        """Tell how far the job is; cheap.

        Args:
            done: Units finished.
            total: Units in all; None while unknown.
            message: The stage of the work, for a person. Not the single unit: a new message is never held back.
        """
        progress = Progress(done, total, message)
        with self._lock:
            new = self._last is None or message != self._last.message
            if new:
                self._deliver_waiting()
            self._waiting = progress
            if new or done == total or time.monotonic() >= self._due:
                self._deliver_waiting()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._deliver_waiting()
        self.state = _end(error)

    def _deliver_waiting(self) -> None:
        progress, self._waiting = self._waiting, None
        if progress is not None and progress != self._last:
            self._last = progress
            self._due = time.monotonic() + _INTERVAL
            self._listener(progress)


def _end(error: BaseException | None) -> JobState:
    if error is None:
        return JobState.FINISHED
    return JobState.CANCELLED if isinstance(error, CancelledError | KeyboardInterrupt) else JobState.FAILED


@contextmanager
def interruptible(job: Job) -> Iterator[None]:
    """Let the first Ctrl-C or SIGTERM cancel the job, and the second one raise KeyboardInterrupt.

    A signal that is ignored stays ignored, as for a program started by nohup. Outside of the main thread, which alone
    gets signals, nothing changes.
    """

    def interrupt(number: int, frame: FrameType | None) -> None:
        if job.cancelled:
            raise KeyboardInterrupt
        job.cancel()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    heeded = {number: handler for number, handler in before.items() if handler is not signal.SIG_IGN}
    try:
        for number in heeded:
            signal.signal(number, interrupt)
        yield
    finally:
        for number, handler in heeded.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
