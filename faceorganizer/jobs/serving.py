"""The far side of a worker pool: what runs in each worker process.

Only the standard library and the domain's errors are imported here, so that the number of BLAS and OpenMP threads is
settled before the factory brings such libraries in.
"""

import os
import pickle
import signal
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from typing import Any

from faceorganizer.domain.errors import FaceOrganizerError

GRACE_SECONDS = 2.0
"""How long a worker may go on with the task at hand after its pool is closed or its parent has died."""

_THREAD_COUNTS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)

_NICE = 5  # behind the window, which has to answer at once while all processors are busy


@dataclass(frozen=True, slots=True)
class Ready:
    """The handler is made."""


@dataclass(frozen=True, slots=True)
class Done:
    """The handler returned."""

    result: Any


@dataclass(frozen=True, slots=True)
class Refused:
    """The factory or the handler raised an expected error."""

    error: FaceOrganizerError


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The factory or the handler could not get the memory it needed."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The factory or the handler has a bug.

    Attributes:
        error: What was raised; None when it cannot be pickled.
        trace: The traceback as the worker saw it.
    """

    error: Exception | None
    trace: str


Answer = Ready | Done | Refused | OutOfMemory | Broken


def serve(inbox: "Connection[Any, Any]", outbox: "Connection[Any, Any]", packed: bytes, threads: int) -> None:
    """Answer tasks until the inbox is closed. The target of a worker process.

    Args:
        inbox: Brings pickled tasks.
        outbox: Takes pickled answers: first what became of the factory, then one for each task, in order.
        packed: Pickled (factory, arguments).
        threads: For libraries that start threads of their own.
    """
    _leave_signals_to_parent()
    os.environ.update(dict.fromkeys(_THREAD_COUNTS, str(threads)))
    if hasattr(os, "nice"):
        os.nice(_NICE)
    with suppress(OSError):  # without a standard error there is nothing to protect
        os.dup2(2, 1)  # a chatty native library must not write into the parent's --json

    tasks: SimpleQueue[bytes | None] = SimpleQueue()
    over = threading.Event()
    threading.Thread(target=_receive, args=(inbox, tasks, over), daemon=True).start()
    with suppress(BrokenPipeError, ConnectionResetError):  # the parent is gone, and with it whoever asked
        _answer_all(tasks, over, outbox, packed)


def _answer_all(
    tasks: "SimpleQueue[bytes | None]", over: threading.Event, outbox: "Connection[Any, Any]", packed: bytes
) -> None:
    handlers: list[Callable[[Any], Any]] = []

    def make() -> Ready:
        factory, arguments = pickle.loads(packed)
        handlers.append(factory(*arguments))
        return Ready()

    outbox.send_bytes(_answer(make))
    while handlers and (task := tasks.get()) is not None and not over.is_set():
        outbox.send_bytes(_answer(partial(_handle, handlers[0], task)))


def _handle(handler: Callable[[Any], Any], packed_task: bytes) -> Done:
    return Done(handler(pickle.loads(packed_task)))


def _answer(work: Callable[[], Answer]) -> bytes:
    """Do the work and pickle what came of it."""
    try:
        return _pickled(work())
    except FaceOrganizerError as error:
        trace = traceback.format_exc()
        return _pickled(Refused(error) if _survives_pickling(error) else Broken(None, trace))
    except MemoryError:
        return _pickled(OutOfMemory())
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent raises it
        trace = traceback.format_exc()
        return _pickled(Broken(error if _survives_pickling(error) else None, trace))


def _pickled(answer: Answer) -> bytes:
    return bytes(ForkingPickler.dumps(answer))


def _survives_pickling(error: Exception) -> bool:
    try:
        return type(pickle.loads(ForkingPickler.dumps(error))) is type(error)
    except Exception:  # noqa: BLE001 - pickling runs code of any class, which may raise anything
        return False


def _leave_signals_to_parent() -> None:
    """Ctrl-C and a log-out reach the whole process group; the parent alone decides what they mean."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _receive(inbox: "Connection[Any, Any]", tasks: "SimpleQueue[bytes | None]", over: threading.Event) -> None:
    """Pass tasks on until the other end is closed, by intent or by the parent's death; then end the process."""
    with suppress(EOFError, OSError):
        while True:
            tasks.put(inbox.recv_bytes())
    over.set()
    tasks.put(None)
    time.sleep(GRACE_SECONDS)
    os._exit(1)  # the handler hangs, and nobody is left to kill it
