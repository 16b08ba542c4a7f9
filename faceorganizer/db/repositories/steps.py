"""The journal as it is read."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from faceorganizer.db.journal import decode_changes
from faceorganizer.db.tables import journal
from faceorganizer.domain.changes import RowChange
from faceorganizer.domain.errors import UnknownIdError


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One step of the journal.

    Attributes:
        at: UTC.
        undone: Whether it was undone since.
    """

    id: int
    step: str
    at: datetime
    undone: bool


class StepRepository:
    """Steps, by id. They are written by the unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def latest(self, count: int) -> list[StepRecord]:
        """Return the last steps, the newest first."""
        columns = journal.c.id, journal.c.step, journal.c.at, journal.c.undone
        rows = self._connection.execute(select(*columns).order_by(journal.c.id.desc()).limit(count))
        return [StepRecord(number, step, datetime.fromisoformat(at), bool(undone)) for number, step, at, undone in rows]

    def changes(self, number: int) -> list[RowChange]:
        """Return the row changes of a step in the order they were made.

        Raises:
            UnknownIdError: There is no step of that id.
        """
        encoded = self._connection.execute(select(journal.c.changes).where(journal.c.id == number)).scalar()
        if encoded is None:
            raise UnknownIdError(f"The journal has no step {number}.")
        return decode_changes(encoded)
