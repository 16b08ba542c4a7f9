"""The steps from one version of the schema to the next: module mNNNN leads to version NNNN."""

import sqlite3
from collections.abc import Callable
from typing import Final

from faceorganizer.db.migrations import m0001_initial, m0002_history, m0003_albums, m0004_written, m0005_metric
from faceorganizer.domain.errors import LibraryCorruptError

Step = Callable[[sqlite3.Connection], None]

STEPS: Final[tuple[Step, ...]] = (
    m0001_initial.apply,
    m0002_history.apply,
    m0003_albums.apply,
    m0004_written.apply,
    m0005_metric.apply,
)


def upgrade(connection: sqlite3.Connection, steps: tuple[Step, ...]) -> None:
    """Bring a database up to the last step, each in one transaction that also checks its outcome.

    Args:
        connection: In autocommit mode, on a database of any version up to the last.
        steps: All migrations, the one that leads to version 1 first.

    Raises:
        LibraryCorruptError: The database is damaged; it stays at the version before the step.
        sqlite3.Error: A step failed; likewise.
    """
    # Tables are rebuilt by dropping and renaming, which enforced foreign keys would follow; this has no effect
    # inside a transaction.
    connection.execute("PRAGMA foreign_keys = OFF")
    while _advance(connection, steps):
        pass
    connection.execute("PRAGMA foreign_keys = ON")


def _advance(connection: sqlite3.Connection, steps: tuple[Step, ...]) -> bool:
    """Do the next step; False when there is none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read inside the transaction: another thread may have been faster.
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version >= len(steps):
            connection.rollback()
            return False
        steps[version](connection)
        _verify(connection)
        connection.execute(f"PRAGMA user_version = {version + 1}")
        connection.execute("COMMIT")
    except BaseException:  # whatever it was, also an interrupt: nothing of the step may stay
        connection.rollback()
        raise
    return True


def _verify(connection: sqlite3.Connection) -> None:
    damage = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    if damage or orphans:
        raise LibraryCorruptError(
            f"The library could not be brought to this version: it is damaged ({damage + orphans!r:.200}).",
            "It is left as it was. Restore one of the copies in its folder backups.",
        )
