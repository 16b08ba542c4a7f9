"""Work beside the GUI thread: calls run on threads, their ends are told on the GUI thread."""

import weakref
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from faceorganizer.domain.errors import FaceOrganizerError

Result = TypeVar("Result")


@dataclass(eq=False)
class Call:
    """A call that is under way.

    Attributes:
        wanted: False once nobody waits for the result any more; it is dropped then.
    """

    wanted: bool = True

    def drop(self) -> None:
        """Forget the result when it comes."""
        self.wanted = False


class Background(QObject):
    """Runs calls on threads.

    Reading calls run side by side; writing ones one after the other, in the order they were asked for, so that what a
    user does quickly is done in that order. Results go to bound methods, on the GUI thread; a receiver that is gone
    by then hears nothing.

    Signals:
        failed: An expected error that no caller took care of.
        broken: A bug, with its exception.
    """

    failed = Signal(object)
    broken = Signal(object)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self._under_way = 0
        self._readers = ThreadPoolExecutor(2, "reading")
        self._writer = ThreadPoolExecutor(1, "writing")
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a call is under way, or its end still to be told."""
        return self._under_way > 0

    def read(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[FaceOrganizerError], None] | None = None,
    ) -> Call:
        """Run a call that changes nothing.

        Args:
            work: Must not touch widgets.
            done: Bound method that gets the result.
            failed: Bound method that gets an expected error; the signal otherwise.
        """
        return self._start(self._readers, work, done, failed)

    def write(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[FaceOrganizerError], None] | None = None,
    ) -> Call:
        """Run a call that changes the library, after those asked for before."""
        return self._start(self._writer, work, done, failed)

    def close(self) -> None:
        """Wait for what is under way; nothing is delivered or begun afterwards."""
        self._closed = True
        self._ended.disconnect(self._deliver)
        for pool in (self._readers, self._writer):
            pool.shutdown(wait=True, cancel_futures=True)

    def _start(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[FaceOrganizerError], None] | None,
    ) -> Call:
        call = Call()
        if self._closed:
            return call
        receivers = weakref.WeakMethod(done), weakref.WeakMethod(failed) if failed is not None else None

        def finish(future: Future[Any]) -> None:
            if not future.cancelled() and isValid(self):
                self._ended.emit((call, future, *receivers))

        self._under_way += 1
        pool.submit(work).add_done_callback(finish)
        return call

    @Slot(object)
    def _deliver(self, ended: tuple[Call, Future[Any], Any, Any]) -> None:
        call, future, done, failed = ended
        self._under_way -= 1
        error = future.exception()
        if error is None:
            if call.wanted:
                _tell(done, future.result())
        elif not isinstance(error, FaceOrganizerError):
            self.broken.emit(error)
        elif failed is None:
            self.failed.emit(error)
        elif call.wanted:
            _tell(failed, error)


def _tell(method: "weakref.WeakMethod[Callable[[Any], None]]", value: object) -> None:
    receiver = method()
    if receiver is not None and isValid(getattr(receiver, "__self__", None)):
        receiver(value)
