"""Version 5: what was learned from confirmed faces.

Frozen: libraries were made with it. A change of the schema is a new migration.
"""

import sqlite3
from typing import Final

STATEMENTS: Final = (
    """
    CREATE TABLE metric (
        model_id INTEGER NOT NULL,
        made TEXT NOT NULL,
        state TEXT NOT NULL,
        width FLOAT NOT NULL,
        weights BLOB NOT NULL,
        trained BLOB NOT NULL,
        report TEXT NOT NULL,
        PRIMARY KEY (model_id),
        CHECK (state IN ('used', 'refused', 'dropped', 'outdated')),
        FOREIGN KEY(model_id) REFERENCES model (id)
    )
    """,
)


def apply(connection: sqlite3.Connection) -> None:
    """Create the table, inside the caller's transaction."""
    for statement in STATEMENTS:
        connection.execute(statement)
