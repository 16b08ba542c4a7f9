"""The journal: what was decided, step by step; steps undone and done again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, Connection, Row, func, insert, select, update

from faceorganizer.db.columns import now
from faceorganizer.db.journal import Journal, cut_off, decode_changes, encode_changes, prune
from faceorganizer.db.replay import inverted, replay
from faceorganizer.db.tables import journal
from faceorganizer.domain.changes import RowChange
from faceorganizer.domain.errors import UnknownIdError

_COLUMNS: Final[tuple[Column[Any], ...]] = (
    journal.c.id,
    journal.c.step,
    journal.c.at,
    journal.c.undone,
    journal.c.snapshot,
    journal.c.touched,
)


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One step of the journal.

    Attributes:
        step: What was done, such as "merge".
        at: UTC.
        undone: Whether it was undone since.
        snapshot: A barrier's file name in backups/: going past it means restoring that copy. None for other steps.
        touched: How many "person", "face" and other rows it touched; empty for steps of old libraries.
    """

    id: int
    step: str
    at: datetime
    undone: bool
    snapshot: str | None
    touched: Mapping[str, int]

    @property
    def barrier(self) -> bool:
        """Whether going past it means restoring a copy of the library."""
        return self.snapshot is not None

    @property
    def description(self) -> str:
        """How much it touched, in words, such as "2 people, 31 faces"."""
        words = {
            "person": ("person", "people"),
            "face": ("face", "faces"),
            "written": ("photo", "photos"),
            "album": ("album", "albums"),
            "setting": ("setting", "settings"),
        }
        counts = ((self.touched.get(entity, 0), names) for entity, names in words.items())
        return ", ".join(f"{count} {one if count == 1 else many}" for count, (one, many) in counts if count)


class StepRepository:
    """Steps, by id. Those of decisions are written by the unit of work."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def latest(self, count: int) -> list[StepRecord]:
        """Return the last steps, the newest first; those that were undone come before all others."""
        statement = select(*_COLUMNS).order_by(journal.c.id.desc()).limit(count)
        return [_record(row) for row in self._connection.execute(statement)]

    def changes(self, number: int) -> list[RowChange]:
        """Return the row changes of a step in the order they were made.

        Raises:
            UnknownIdError: There is no step of that id.
        """
        encoded = self._connection.execute(select(journal.c.changes).where(journal.c.id == number)).scalar()
        if encoded is None:
            raise UnknownIdError(f"The journal has no step {number}.")
        return decode_changes(encoded)

    def position(self) -> tuple[int, int]:
        """Return the ids of the newest step and of the last one that is not undone: whether anything was decided."""
        done = func.max(journal.c.id).filter(journal.c.undone == 0)
        newest, last = self._connection.execute(select(func.max(journal.c.id), done)).one()
        return int(newest or 0), int(last or 0)

    def to_undo(self) -> StepRecord | None:
        """Return the step that is undone next; None when there is none."""
        statement = select(*_COLUMNS).where(journal.c.undone == 0).order_by(journal.c.id.desc()).limit(1)
        return _one(self._connection.execute(statement).one_or_none())

    def to_redo(self) -> StepRecord | None:
        """Return the step that is done again next; None when there is none."""
        statement = select(*_COLUMNS).where(journal.c.undone == 1).order_by(journal.c.id).limit(1)
        return _one(self._connection.execute(statement).one_or_none())

    def undo(self, number: int) -> None:
        """Take back what a step changed; machine-made rows that are in the way give way.

        Raises:
            UnknownIdError: There is no step of that id.
            StepConflictError: A decision is not as the step left it; the transaction has to be rolled back.
        """
        replay(self._connection, self._journal, inverted(self.changes(number)))
        self._mark(number, undone=True)

    def redo(self, number: int) -> None:
        """Change again what a step changed.

        Raises:
            UnknownIdError: There is no step of that id.
            StepConflictError: A decision is not as it was before the step; the transaction has to be rolled back.
        """
        replay(self._connection, self._journal, self.changes(number))
        self._mark(number, undone=False)

    def add_barrier(self, step: str, snapshot: str, *, undone: bool = False) -> None:
        """Add a step that only a copy of the library leads past.

        Args:
            step: What is done.
            snapshot: File name of the copy in backups/.
            undone: Whether it is one that is done again by restoring the copy.
        """
        cut_off(self._connection)
        self._connection.execute(
            insert(journal).values(
                step=step, at=now(), undone=int(undone), changes=encode_changes([]), snapshot=snapshot, touched={}
            )
        )
        prune(self._connection)

    def renew_barrier(self, snapshot: str) -> None:
        """Let the last step, a barrier, lead to another copy of the library as it was before it."""
        last = self.to_undo()
        if last is not None and last.barrier:
            self._connection.execute(update(journal).where(journal.c.id == last.id).values(snapshot=snapshot))

    def _mark(self, number: int, *, undone: bool) -> None:
        self._connection.execute(update(journal).where(journal.c.id == number).values(undone=int(undone)))


def _one(row: Row[Any] | None) -> StepRecord | None:
    return None if row is None else _record(row)


def _record(row: Row[Any]) -> StepRecord:
    number, step, at, undone, snapshot, touched = tuple(row)
    return StepRecord(number, step, datetime.fromisoformat(at), bool(undone), snapshot, touched or {})
