"""What can be wrong with a library: what SQLite's own checks find, and what its constraints cannot say."""

import json
import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import closing
from typing import Any, Final

from sqlalchemy import Connection, select

from faceorganizer.db import migrations
from faceorganizer.db.journal import decode_changes
from faceorganizer.db.tables import journal, metadata
from faceorganizer.domain.albums import PhotoQuery

# (what is wrong, with {} for the ids; a query for the ids)
_INVARIANTS: Final = (
    (
        "Descriptors of these faces are not as long as their model says: {}.",
        "SELECT face_id FROM descriptor JOIN model ON model.id = model_id "
        "WHERE length(vector) NOT IN (4 * dimension, dimension)",
    ),
    (
        "Landmarks of these faces are incomplete: {}.",
        "SELECT id FROM face WHERE length(landmarks) <> 544",
    ),
    (
        "These persons are shown by a face that was given to somebody else: {}.",
        "SELECT person.id FROM person JOIN assignment ON face_id = key_face_id "
        "WHERE person_id <> person.id AND source <> 'automatic'",
    ),
    (
        "These faces belong to persons whom they were said not to be: {}.",
        "SELECT face_id FROM assignment JOIN rejection USING (face_id, person_id)",
    ),
    (
        "These faces were to be forgotten, but are described: {}.",
        "SELECT id FROM face WHERE forgotten AND (landmarks IS NOT NULL OR id IN (SELECT face_id FROM descriptor))",
    ),
    (
        "These settings cannot be read: {}.",
        "SELECT key FROM setting WHERE NOT json_valid(value)",
    ),
    (
        "These albums have a rule, and photos beside it: {}.",
        "SELECT id FROM album WHERE \"query\" <> 'null' AND id IN (SELECT album_id FROM album_content)",
    ),
    (
        "These folders' exclusions cannot be read: {}.",
        "SELECT id FROM root WHERE NOT json_valid(exclusions)",
    ),
    (
        "These steps of the history were undone out of order: {}.",
        "SELECT id FROM journal WHERE undone AND id < (SELECT max(id) FROM journal WHERE NOT undone)",
    ),
)
_SHOWN: Final = 10
_SCHEMA: Final = "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY name"


def problems(connection: Connection) -> list[str]:
    """Return what is wrong with a library that can be read, in plain sentences; empty when nothing is."""
    damage = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
    found = [f"The database is damaged: {line}." for line in damage if line != "ok"]
    found += [f"The database is damaged: {name} is not as this program makes it." for name in _misshapen(connection)]
    if found:
        return found  # what else could be asked would only stumble
    for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        found.append(f"A row of {table} belongs to a {parent} that does not exist.")
    broken: list[tuple[str, Sequence[Any]]] = [
        (sentence, connection.exec_driver_sql(query).scalars().all()) for sentence, query in _INVARIANTS
    ]
    broken.append(("The rules of these albums cannot be read: {}.", _unreadable_rules(connection)))
    broken.append(("These steps of the history cannot be read: {}.", _unreadable_steps(connection)))
    for sentence, ids in broken:
        if ids:
            more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
            found.append(sentence.format(", ".join(map(str, ids[:_SHOWN])) + more))
    return found


def _misshapen(connection: Connection) -> list[str]:
    """Tables and indexes that are missing, or described otherwise than migrations make them; others may be there."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrations.upgrade(fresh, migrations.STEPS)
        wanted = dict(fresh.execute(_SCHEMA).fetchall())
    there = {row.name: row.sql for row in connection.exec_driver_sql(_SCHEMA)}
    return [name for name, sql in wanted.items() if _words(there.get(name)) != _words(sql)]


def _words(sql: str | None) -> str | None:
    """A description without quotes and white space, which versions of SQLite may set otherwise."""
    return None if sql is None else "".join(sql.replace('"', "").split())


def _unreadable_rules(connection: Connection) -> list[int]:
    unreadable = []
    for number, rule in connection.exec_driver_sql('SELECT id, "query" FROM album'):
        try:
            stored = json.loads(rule)
            if stored is not None:
                PhotoQuery.from_json(stored)
        except (ValueError, TypeError):
            unreadable.append(number)
    return unreadable


def _unreadable_steps(connection: Connection) -> list[int]:
    unreadable = []
    rows = connection.execute(select(journal.c.id, journal.c.changes), execution_options={"yield_per": 100})
    for number, changes in rows:
        try:
            known = all(change.entity in metadata.tables for change in decode_changes(changes))
        except (ValueError, KeyError, TypeError, zlib.error):
            known = False
        if not known:
            unreadable.append(number)
    return unreadable
