"""Version 2: recently used names, what steps touched, snapshots before barriers, faces not to be described again.

Frozen: libraries were made with it. A change of the schema is a new migration.
"""

import sqlite3
from typing import Final

STATEMENTS: Final = (
    "ALTER TABLE person ADD COLUMN used TEXT",
    "ALTER TABLE journal ADD COLUMN snapshot TEXT",
    "ALTER TABLE journal ADD COLUMN touched TEXT",
    "ALTER TABLE face ADD COLUMN forgotten INTEGER DEFAULT 0 NOT NULL CHECK (forgotten IN (0, 1))",
)


def apply(connection: sqlite3.Connection) -> None:
    """Add the columns, inside the caller's transaction."""
    for statement in STATEMENTS:
        connection.execute(statement)
