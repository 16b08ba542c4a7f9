"""Takes decisions back and makes them again, step by step, also those of days ago."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Literal

from faceorganizer.db.backup import FOLDER
from faceorganizer.db.database import Database
from faceorganizer.db.repositories.steps import StepRecord
from faceorganizer.db.repositories.written import packet_changes
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError, UsageError
from faceorganizer.services.events import EventBus
from faceorganizer.services.interchange.packets import put_back
from faceorganizer.services.settings import SettingsService

Direction = Literal["undo", "redo"]
RESTORE = "restore"  # the label of the barrier that restoring a copy leaves


class NothingToUndoError(FaceOrganizerError):
    """There is no step to undo, or none to do again."""


class BarrierError(UsageError):
    """The step is undone by restoring a copy of the library: whether that is wanted has to be answered.

    Args:
        step: What was done.
        copy: The copy.
        direction: Which way.
    """

    def __init__(self, step: str, copy: Path, direction: Direction) -> None:
        doing = "Undoing" if direction == "undo" else "Doing again"
        when = "before" if direction == "undo" else "after"
        super().__init__(
            f"{doing} “{step}” means going back to the library as it was {when} it: to the copy {copy.name}. "
            "What scans found since is found again by the next scan.",
            f"To do so: faceorganizer {direction} --restore",
        )
        self.step = step
        self.copy = copy
        self.direction = direction


class UndoService:
    """The history of what was decided. It survives a restart, and its size is a setting."""

    def __init__(self, database: Database, settings: SettingsService, events: EventBus) -> None:
        self._database = database
        self._settings = settings
        self._events = events

    def undo(self, *, restore: bool = False) -> ChangeSet:
        """Take the last step back. What scans and groupings have written since gives way.

        Args:
            restore: Whether a copy may be restored when the step is a barrier. What was there is kept as a copy, and
                :meth:`redo` leads back to it.

        Returns:
            What changed, labelled as the step that was undone.

        Raises:
            NothingToUndoError: Every step there is was undone.
            BarrierError: The step is a barrier, and ``restore`` is False.
            StepConflictError: Something that the step decided is not as it left it; nothing is changed.
            LibraryLockedError: Another process is writing.
        """
        return self._walk("undo", restore)

    def redo(self, *, restore: bool = False) -> ChangeSet:
        """Do the step again that was undone last. After a new decision there is none.

        Args:
            restore: As for :meth:`undo`.

        Returns:
            What changed, labelled as the step that was done again.

        Raises:
            NothingToUndoError: No step is undone.
            BarrierError: The step is a barrier, and ``restore`` is False.
            StepConflictError: Something is not as it was before the step; nothing is changed.
            LibraryLockedError: Another process is writing.
        """
        return self._walk("redo", restore)

    def history(self, limit: int = 100) -> list[StepRecord]:
        """The last steps, the newest first; those that were undone, and can be done again, come before all others."""
        with self._database.read() as unit:
            return unit.steps.latest(limit)

    def _walk(self, direction: Direction, restore: bool) -> ChangeSet:
        with self._database.lock():
            changes = self._step(direction)
            while changes is None:
                barrier = self._barrier(direction)
                # Another thread may have been faster.
                changes = self._step(direction) if barrier is None else self._past(barrier, direction, restore)
        self._events.changed(changes)
        return changes

    def _barrier(self, direction: Direction) -> StepRecord | None:
        with self._database.read() as unit:
            step = unit.steps.to_undo() if direction == "undo" else unit.steps.to_redo()
        return step if step is not None and step.barrier else None

    def _step(self, direction: Direction) -> ChangeSet | None:
        """Walk one step; None when it is a barrier."""
        with self._database.write(durable=True) as unit:
            step = unit.steps.to_undo() if direction == "undo" else unit.steps.to_redo()
            if step is None:
                raise NothingToUndoError(f"There is nothing to {direction}.")
            if step.barrier:
                return None
            if direction == "undo":
                unit.steps.undo(step.id)
            else:
                unit.steps.redo(step.id)
            self._put_back(unit, step.id, direction)
        return replace(unit.changes, step=step.step)

    def _put_back(self, unit: UnitOfWork, step: int, direction: Direction) -> None:
        """Bring files along that the step wrote metadata into."""
        changes = packet_changes(unit.steps.changes(step), undoing=direction == "undo")
        if changes:
            settings = self._settings.application()
            jobs = settings.scan.jobs or os.cpu_count() or 1
            put_back(unit, changes, keep_times=settings.metadata.keep_times, jobs=jobs)

    def _past(self, barrier: StepRecord, direction: Direction, restore: bool) -> ChangeSet:
        copy = self._database.folder / FOLDER / (barrier.snapshot or "")
        if not copy.is_file():
            raise NothingToUndoError(
                f"The copy {copy.name}, which leads past “{barrier.step}”, is gone.",
                "'faceorganizer library backups' lists the copies that can be restored.",
            )
        if not restore:
            raise BarrierError(barrier.step, copy, direction)
        return restored(self._database, copy, barrier.step, direction)


def restored(database: Database, copy: Path, step: str, direction: Direction | None) -> ChangeSet:
    """Restore a copy, and say what may be another now: everything.

    Args:
        database: The library.
        copy: A copy of it.
        step: Label of the barrier that is left.
        direction: Undoing leaves a barrier that can be done again, doing again one that can be undone.

    Raises:
        LibraryError: The copy or the library cannot be used; nothing is changed.
    """
    before = _everything(database)
    if direction == "redo":
        # The copy was made before the step was undone: it is the last one in there already.
        database.restore(copy, None)
    else:
        database.restore(copy, step, undone=direction == "undo")
    return ChangeSet.merged([ChangeSet(step), before, _everything(database)])


def _everything(database: Database) -> ChangeSet:
    with database.read() as unit:
        return unit.everything()
