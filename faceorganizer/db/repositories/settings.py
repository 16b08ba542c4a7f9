"""The settings that change results and therefore live in the library."""

from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import sqlite

from faceorganizer.db.journal import Journal
from faceorganizer.db.tables import setting


class SettingRepository:
    """JSON values, by key."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def all(self) -> dict[str, Any]:
        """Return every setting that was set, by key."""
        rows = self._connection.execute(select(setting.c.key, setting.c.value).order_by(setting.c.key))
        return {row.key: row.value for row in rows}

    def set(self, key: str, value: Any) -> None:
        """Set a setting to any JSON value."""
        statement = sqlite.insert(setting).values(key=key, value=value)
        upsert = statement.on_conflict_do_update(index_elements=["key"], set_={"value": statement.excluded.value})
        self._journal.touch("setting", self._connection.execute(upsert.returning(setting.c.id)).scalars())

    def unset(self, key: str) -> None:
        """Remove a setting; one that is not set is no error."""
        gone = self._connection.execute(delete(setting).where(setting.c.key == key).returning(setting.c.id))
        self._journal.touch("setting", gone.scalars())
