"""What the workers do in the tests; apart from them, so that a worker process need not import pytest."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from faceorganizer.domain.errors import CancelledError, FaceOrganizerError, UnreadablePhotoError


class AwkwardError(Exception):
    """Cannot be unpickled: its constructor wants what its args do not hold."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first + second)


class AwkwardExpectedError(FaceOrganizerError):
    def __init__(self, one: str, two: str, three: str) -> None:
        super().__init__(one + two + three)


class FailsToUnpickle:
    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        return explode, ()


def explode() -> None:
    raise RuntimeError("no such thing")


def act(task: tuple[str, Any]) -> Any:
    """Do what the task says: the handler of most tests here."""
    verb, value = task
    match verb:
        case "echo":
            return value
        case "pid":
            return os.getpid()
        case "abort":
            os.abort()
        case "exit":
            os._exit(value)
        case "quit":
            sys.exit(value)
        case "kill":
            os.kill(os.getpid(), value)
        case "sleep":
            time.sleep(value)
            return value
        case "span":
            start = time.monotonic()
            time.sleep(value)
            return start, time.monotonic()
        case "unreadable":
            raise UnreadablePhotoError(Path(value), "it is empty")
        case "cancelled":
            raise CancelledError
        case "bug":
            raise KeyError(value)
        case "awkward":
            raise AwkwardError("a", "b")
        case "awkward expected":
            raise AwkwardExpectedError("a", "b", "c")
        case "no memory":
            raise MemoryError
        case "unpicklable":
            return threading.Lock()
        case "fails to unpickle":
            return FailsToUnpickle()
        case "environment":
            return os.environ.get(value)
        case "print":
            os.write(1, value)
            return None
        case "pass on interrupts":
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGTERM)
            return "alive"
        case "mark":
            with Path(value).open("a") as file:
                file.write("x")
            return None
        case "mark, sleep":
            Path(value).touch()
            time.sleep(60)
    return None


def make_act() -> Callable[[tuple[str, Any]], Any]:
    return act


def make_nothing(error: Exception) -> Callable[[Any], Any]:
    raise error


def die_at_start(folder: Path, deaths: int) -> Callable[[tuple[str, Any]], Any]:
    """Die as often as told, then work."""
    with (folder / "starts").open("a") as file:
        file.write("x")
    if (folder / "starts").stat().st_size <= deaths:
        os.abort()
    return act
