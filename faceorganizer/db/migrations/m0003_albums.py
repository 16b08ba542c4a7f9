"""Version 3: albums.

Frozen: libraries were made with it. A change of the schema is a new migration.
"""

import sqlite3
from typing import Final

STATEMENTS: Final = (
    """
    CREATE TABLE album (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        "query" TEXT NOT NULL,
        created TEXT NOT NULL,
        CHECK (name <> '')
    )
    """,
    """
    CREATE TABLE album_content (
        album_id INTEGER NOT NULL,
        content_id INTEGER NOT NULL,
        added TEXT NOT NULL,
        PRIMARY KEY (album_id, content_id),
        FOREIGN KEY(album_id) REFERENCES album (id),
        FOREIGN KEY(content_id) REFERENCES content (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX album_content_content ON album_content (content_id)
    """,
)


def apply(connection: sqlite3.Connection) -> None:
    """Create the tables, inside the caller's transaction."""
    for statement in STATEMENTS:
        connection.execute(statement)
