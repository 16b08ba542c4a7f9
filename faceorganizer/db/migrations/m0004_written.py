"""Version 4: what was written into the metadata of photos.

Frozen: libraries were made with it. A change of the schema is a new migration.
"""

import sqlite3
from typing import Final

STATEMENTS: Final = (
    """
    CREATE TABLE written (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        file_id INTEGER NOT NULL,
        place TEXT NOT NULL,
        added TEXT NOT NULL,
        former BLOB,
        packet BLOB,
        size INTEGER,
        mtime_ns INTEGER,
        at TEXT NOT NULL,
        UNIQUE (file_id, place),
        CHECK (place IN ('file', 'sidecar', 'stem')),
        FOREIGN KEY(file_id) REFERENCES file (id)
    )
    """,
)


def apply(connection: sqlite3.Connection) -> None:
    """Create the table, inside the caller's transaction."""
    for statement in STATEMENTS:
        connection.execute(statement)
