"""A pool of worker processes in which a crash costs one task."""

import atexit
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import wait
from multiprocessing.reduction import ForkingPickler
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.jobs.serving import GRACE_SECONDS, Broken, Done, OutOfMemory, Ready, Refused, serve

Task = TypeVar("Task")
Result = TypeVar("Result")

_AHEAD = 1  # tasks a busy worker holds besides the one it works on
_AHEAD_BYTES = 4096  # surely fits into a pipe that nobody reads; a larger task would block the parent
_FALSE_STARTS = 3  # workers in a row that may die while starting; one may be bad luck, such as lack of memory
_START_SECONDS = 300.0
_MOST_WORKERS = 30 if sys.platform == "win32" else 1000  # Windows waits for at most 63 objects; each worker is two


class WorkerTraceback(Exception):  # noqa: N818 - the cause of an error, never raised itself
    """Where in the worker process a bug showed."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Task, Result]):
    """How one task ended. ``result`` counts when both ``error`` and ``crash`` are None.

    Attributes:
        task: As submitted.
        result: What the handler returned.
        error: The expected error that the handler raised.
        crash: Plain words why there is no answer: the worker died, took too long or ran out of memory.
    """

    task: Task
    result: Result | None = None
    error: FaceOrganizerError | None = None
    crash: str | None = None


class WorkerPool(Generic[Task, Result]):
    """Spawned processes that each run a handler on one task at a time.

    A worker that dies or takes too long costs the task at hand; a new one takes its place. Workers start when there is
    work for them, the first one earlier if that is said. They ignore SIGINT and SIGTERM, and end with the pool or,
    within two seconds, with the parent, however it dies. A pool belongs to one thread. The ``multiprocessing`` rule for
    scripts holds: the module that is run must not start work when it is merely imported.

    Args:
        factory: Picklable; called once in each worker, makes the handler.
        arguments: Picklable; for the factory.
        size: Most workers at a time, at least 1; Windows allows 30.
        task_timeout: Seconds a task may take, None for any time. Time in which the parent was stopped or the computer
            slept does not count.
        threads: Of BLAS and OpenMP in each worker.

    Raises:
        ValueError: ``size`` or ``task_timeout`` is out of range.
    """

    def __init__(
        self,
        factory: Callable[..., Callable[[Task], Result]],
        arguments: tuple[Any, ...],
        size: int,
        task_timeout: float | None,
        *,
        threads: int = 1,
    ) -> None:
        if size < 1:
            raise ValueError(f"a pool needs a worker, not {size}")
        if task_timeout is not None and task_timeout <= 0:
            raise ValueError(f"no task is done in {task_timeout} s")
        self._packed = bytes(ForkingPickler.dumps((factory, arguments)))
        self._size = min(size, _MOST_WORKERS)
        self._task_timeout = task_timeout
        self._threads = threads
        self._clock = _PatientClock((task_timeout or _START_SECONDS) / 10)
        self._queue: _Queue[Task] = _Queue()
        self._workers: list[_Worker[Task]] = []
        self._outcomes: deque[Outcome[Task, Result] | Exception] = deque()
        self._false_starts = 0
        self._failure: Exception | None = None
        self._closed = False

    @property
    def pending(self) -> int:
        """Tasks that were submitted and whose outcome has not been taken yet."""
        return len(self._queue) + sum(len(worker.held) for worker in self._workers) + len(self._outcomes)

    def start(self) -> None:
        """Start a worker before there is work for it.

        Raises:
            FaceOrganizerError: The system allows no process.
        """
        if not self._workers and not self._closed:
            self._start_worker()

    def submit(self, task: Task, *, alone: bool = False) -> None:
        """Queue a task, first in, first out.

        Args:
            task: Picklable, and best small.
            alone: Never run at the same time as another such task; others may pass it meanwhile.

        Raises:
            ValueError: The pool is closed.
            FaceOrganizerError: The system allows no process.
        """
        if self._closed:
            raise ValueError("the pool is closed")
        self._queue.put(task, bytes(ForkingPickler.dumps(task)), alone)
        self._hand_out()

    def next_outcome(self, timeout: float | None = None) -> Outcome[Task, Result] | None:
        """Wait for a task to end, in whatever order they do.

        Args:
            timeout: Seconds to wait at most; None waits for as long as it takes.

        Returns:
            None when nothing ended in time or nothing is pending.

        Raises:
            FaceOrganizerError: The factory raised it, or the workers die while starting. The pool is closed then.
            Exception: A bug of the handler or the factory, or a result that cannot be pickled; its cause is a
                :class:`WorkerTraceback`. The pool goes on after a bug of the handler and is closed after one of the
                factory.
        """
        end = None if timeout is None else time.monotonic() + timeout
        self._exchange(0.0)
        while not self._outcomes and self._failure is None and self.pending:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                return None
            self._exchange(left)
        if self._outcomes:
            outcome = self._outcomes.popleft()
            if isinstance(outcome, Exception):
                raise outcome
            return outcome
        if self._failure is not None:
            failure, self._failure = self._failure, None
            self.close()
            raise failure
        return None

    def close(self) -> None:
        """Drop what is pending and end the workers: two seconds for the tasks at hand, then by force."""
        self._closed = True
        workers, self._workers = self._workers, []
        self._queue = _Queue()
        self._outcomes.clear()
        atexit.unregister(self.close)
        end = time.monotonic() + GRACE_SECONDS
        try:
            for worker in workers:
                worker.dismiss()
            for worker in workers:
                worker.process.join(max(0.0, end - time.monotonic()))
        finally:
            for worker in workers:
                worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _exchange(self, timeout: float | None) -> None:
        """Hand out tasks, wait for anything to happen, and take in what did."""
        self._hand_out()
        sources: dict[Any, _Worker[Task]] = {}
        for worker in self._workers:
            sources[worker.inbox] = sources[worker.process.sentinel] = worker
        heard = wait(list(sources), self._patience(timeout))
        for worker in dict.fromkeys(sources[source] for source in heard):
            self._listen(worker, died=worker.process.sentinel in heard)
        self._end_overdue()
        self._hand_out()

    def _hand_out(self) -> None:
        while self._failure is None and not self._closed:
            busy_alone = any(entry.alone for worker in self._workers for entry in worker.held)
            entry = self._queue.first(alone=not busy_alone)
            if entry is None:
                return
            worker = self._worker_for(entry)
            if worker is None:
                return
            if worker.give(entry, self._clock.now()):
                self._queue.remove(entry)

    def _worker_for(self, entry: "_Entry[Task]") -> "_Worker[Task] | None":
        """The least busy worker that has room for a task; a new one when all have something to do."""
        if all(worker.held or worker.deaf for worker in self._workers) and len(self._workers) < self._size:
            self._start_worker()
        roomy = [worker for worker in self._workers if worker.has_room(entry)]
        return min(roomy, key=lambda worker: len(worker.held), default=None)

    def _start_worker(self) -> None:
        atexit.unregister(self.close)
        atexit.register(self.close)  # after multiprocessing's own hook, hence run before it; that one waits for ever
        try:
            self._workers.append(_Worker(self._packed, self._threads, self._clock.now()))
        except OSError as error:
            self._size = len(self._workers)  # make do with those there are
            if not self._workers:
                self.close()
                raise FaceOrganizerError(
                    f"The system allows no further process ({error.strerror}).", "Close other programs and try again."
                ) from error

    def _patience(self, timeout: float | None) -> float | None:
        """How long to wait before something may be due."""
        limits = [] if timeout is None else [timeout]
        dues = [due for worker in self._workers if (due := self._due(worker)) is not None]
        if dues:
            limits.append(min(max(0.0, min(dues) - self._clock.now()), self._clock.step))
        return min(limits, default=None)

    def _due(self, worker: "_Worker[Task]") -> float | None:
        if not worker.ready:
            return worker.since + _START_SECONDS
        if worker.held and self._task_timeout is not None:
            return worker.since + self._task_timeout
        return None

    def _end_overdue(self) -> None:
        now = self._clock.now()
        for worker in list(self._workers):
            due = self._due(worker)
            if due is not None and due <= now:
                limit = self._task_timeout if worker.ready else _START_SECONDS
                self._bury(worker, f"it took longer than {limit:g} s")

    def _listen(self, worker: "_Worker[Task]", *, died: bool) -> None:
        try:
            while worker.inbox.poll():  # what a worker said before it died counts
                self._take(worker, worker.inbox.recv_bytes())
        except (EOFError, OSError):
            died = True
        if died:
            self._bury(worker, worker.cause_of_death())

    def _take(self, worker: "_Worker[Task]", message: bytes) -> None:
        try:
            answer = pickle.loads(message)
        except Exception as error:  # noqa: BLE001 - unpickling a result runs code of any class, which may raise anything
            answer = Broken(error, "The result of the worker could not be unpickled.")
        if worker.ready:
            self._outcomes.append(_outcome(worker.held.popleft(), answer))
        elif isinstance(answer, Ready):
            worker.ready = True
            self._false_starts = 0
        else:
            self._failure = self._failure or _start_failure(answer)
        worker.since = self._clock.now()

    def _bury(self, worker: "_Worker[Task]", cause: str) -> None:
        """Take a worker out of service; the task at hand is lost, the next one is not."""
        self._workers.remove(worker)
        worker.end()
        if worker.ready and worker.held:
            self._outcomes.append(Outcome(worker.held.popleft().task, crash=cause))
        self._queue.put_back(worker.held)
        if not worker.ready:
            self._count_false_start(cause)

    def _count_false_start(self, cause: str) -> None:
        self._false_starts += 1
        if self._false_starts >= _FALSE_STARTS and self._failure is None:
            self._failure = FaceOrganizerError(
                f"Worker processes do not start: {cause}.",
                "Run “faceorganizer doctor” to check the installation. In a script of your own, put what starts the "
                "work under: if __name__ == '__main__'.",
            )


@dataclass(frozen=True, slots=True)
class _Entry(Generic[Task]):
    number: int
    task: Task
    payload: bytes
    alone: bool


class _Queue(Generic[Task]):
    """First in, first out, except that tasks to be run alone can be passed over."""

    def __init__(self) -> None:
        self._lanes: dict[bool, deque[_Entry[Task]]] = {False: deque(), True: deque()}
        self._count = 0

    def __len__(self) -> int:
        return sum(map(len, self._lanes.values()))

    def put(self, task: Task, payload: bytes, alone: bool) -> None:
        self._lanes[alone].append(_Entry(self._count, task, payload, alone))
        self._count += 1

    def put_back(self, entries: Iterable[_Entry[Task]]) -> None:
        for entry in sorted(entries, key=lambda entry: entry.number, reverse=True):
            self._lanes[entry.alone].appendleft(entry)

    def first(self, *, alone: bool) -> _Entry[Task] | None:
        lanes = self._lanes.values() if alone else [self._lanes[False]]
        return min((lane[0] for lane in lanes if lane), key=lambda entry: entry.number, default=None)

    def remove(self, first: _Entry[Task]) -> None:
        self._lanes[first.alone].popleft()


class _Worker(Generic[Task]):
    """One process and its two pipes.

    Attributes:
        held: What it works on, then what it has ahead.
        ready: Whether its handler is made.
        deaf: Whether its pipe broke: it is dying.
        since: When it began to start, became ready, or began with the first task held.
    """

    def __init__(self, packed: bytes, threads: int, now: float) -> None:
        context = get_context("spawn")
        far_inbox, self._outbox = context.Pipe(duplex=False)
        self.inbox, far_outbox = context.Pipe(duplex=False)
        self.process = context.Process(target=serve, args=(far_inbox, far_outbox, packed, threads), daemon=True)
        self.held: deque[_Entry[Task]] = deque()
        self.ready = False
        self.deaf = False
        self.since = now
        try:
            with _interrupts_held():
                self.process.start()
        except BaseException:
            self._close_pipes()
            raise
        finally:
            far_inbox.close()
            far_outbox.close()

    def has_room(self, entry: _Entry[Task]) -> bool:
        """Whether to hand it a task now; nothing has to wait behind a task run alone, which takes long."""
        if self.deaf or len(self.held) > _AHEAD or any(held.alone for held in self.held):
            return False
        idle = self.ready and not self.held
        return idle or len(entry.payload) <= _AHEAD_BYTES

    def give(self, entry: _Entry[Task], now: float) -> bool:
        """Send a task; False when the worker is found dying."""
        try:
            self._outbox.send_bytes(entry.payload)
        except OSError:
            self.deaf = True
            return False
        if self.ready and not self.held:
            self.since = now
        self.held.append(entry)
        return True

    def cause_of_death(self) -> str:
        self.process.join(GRACE_SECONDS)
        code = self.process.exitcode
        if code is None:
            return "the decoder closed its pipe"
        if code == -9:
            return "the decoder was killed (signal 9), perhaps for lack of memory"
        if code < 0:
            return f"the decoder crashed (signal {-code})"
        return f"the decoder crashed (exit code {code if code < 256 else hex(code)})"

    def dismiss(self) -> None:
        """Ask to finish the task at hand and end."""
        self._outbox.close()
        if not self.ready:
            self.process.kill()

    def end(self) -> None:
        """End by force, if need be."""
        self.process.kill()
        self.process.join(GRACE_SECONDS)
        self._close_pipes()
        if self.process.exitcode is not None:  # else it hangs in the kernel, on a dead network drive for one
            self.process.close()

    def _close_pipes(self) -> None:
        self._outbox.close()
        self.inbox.close()


class _PatientClock:
    """Seconds, in steps of limited size: being stopped, or a sleeping computer, makes nothing overdue.

    Attributes:
        step: Most seconds by which one reading is ahead of the one before.
    """

    def __init__(self, step: float) -> None:
        self.step = step
        self._time = 0.0
        self._last = time.monotonic()

    def now(self) -> float:
        current = time.monotonic()
        self._time += min(current - self._last, self.step)
        self._last = current
        return self._time


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let a starting process inherit a blocked SIGINT, which it would otherwise die of before it can ignore it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # started along with the first process, it would unblock the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _outcome(entry: _Entry[Task], answer: object) -> Outcome[Task, Any] | Exception:
    match answer:
        case Done(result):
            return Outcome(entry.task, result=result)
        case Refused(error):
            return Outcome(entry.task, error=error)
        case OutOfMemory():
            return Outcome(entry.task, crash="there was not enough memory for it")
        case Broken():
            return _bug(answer)
    raise AssertionError(f"a worker answered {answer!r}")


def _start_failure(answer: object) -> Exception:
    match answer:
        case Refused(error):
            return error
        case OutOfMemory():
            return FaceOrganizerError(
                "There is not enough memory for the worker processes.", "Close other programs, or set fewer jobs."
            )
        case Broken():
            return _bug(answer)
    raise AssertionError(f"a starting worker answered {answer!r}")


def _bug(answer: Broken) -> Exception:
    bug = answer.error or RuntimeError("A worker raised an error that cannot be pickled.")
    bug.__cause__ = WorkerTraceback(answer.trace)
    return bug
