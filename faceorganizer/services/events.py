"""Tells whoever listens what happened: after each commit, and while a job runs.

Listeners are bound methods, held weakly: a view that is gone hears nothing more and is not kept alive.
"""

import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from faceorganizer.domain.changes import ChangeSet

Event = TypeVar("Event")


@dataclass(frozen=True, slots=True)
class LibraryChanged:
    """Something in the library changed; published after the commit, never inside a transaction."""

    changes: ChangeSet


class ScanStage(StrEnum):
    """What a scan is doing. The stages follow each other; the last one is there when faces are grouped."""

    WALKING = "walking"
    READING = "reading"
    GROUPING = "grouping"
    DESCRIBING = "describing"  # of faces that are known, by another model


@dataclass(frozen=True, slots=True)
class ScanAdvanced:
    """How far a scan is.

    Attributes:
        done: Photos finished.
        total: Photos to do, as far as is known.
        faces: Faces found so far in this scan.
        failed: Files that could not be read so far.
        rate: Photos per second over the last seconds.
        seconds_left: Estimate; None while unknown.
        message: What is being done, for a person.
        stage: The same for a program.
        current: The file that is being read for the longest time, or the folder that is looked through.
    """

    done: int
    total: int
    faces: int
    failed: int
    rate: float
    seconds_left: float | None
    message: str
    stage: ScanStage = ScanStage.READING
    current: Path | None = None


class EventBus:
    """Delivers events to listeners by the event's type, on the thread that publishes."""

    def __init__(self) -> None:
        self._listeners: dict[type, list[weakref.WeakMethod[Callable[[Any], None]]]] = {}
        self._lock = threading.Lock()

    def subscribe(self, kind: type[Event], listener: Callable[[Event], None]) -> None:
        """Call a bound method with every event of a type from now on.

        Args:
            kind: The class of the events.
            listener: A bound method; it is not kept alive.
        """
        with self._lock:
            self._listeners.setdefault(kind, []).append(weakref.WeakMethod(listener))

    def changed(self, changes: ChangeSet) -> None:
        """Publish what a transaction changed, if it changed anything. After the commit."""
        if changes:
            self.publish(LibraryChanged(changes))

    def publish(self, event: object) -> None:
        """Hand an event to its listeners, in the order they came."""
        with self._lock:
            references = list(self._listeners.get(type(event), ()))
        alive = [(reference, reference()) for reference in references]
        for _, listener in alive:
            if listener is not None:
                listener(event)
        if any(listener is None for _, listener in alive):
            self._forget_dead(type(event))

    def _forget_dead(self, kind: type) -> None:
        with self._lock:
            self._listeners[kind] = [r for r in self._listeners.get(kind, ()) if r() is not None]
