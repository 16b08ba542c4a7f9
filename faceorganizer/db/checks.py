"""What can be wrong with a library: what SQLite's own checks find, and what its constraints cannot say."""

from typing import Final

from sqlalchemy import Connection

# (what is wrong, with {} for the ids; a query for the ids)
_INVARIANTS: Final = (
    (
        "Descriptors of these faces are not as long as their model says: {}.",
        "SELECT face_id FROM descriptor JOIN model ON model.id = model_id WHERE length(vector) <> 4 * dimension",
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
)
_SHOWN: Final = 10


def problems(connection: Connection) -> list[str]:
    """Return what is wrong with a library that can be read, in plain sentences; empty when nothing is."""
    damage = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
    found = [f"The database is damaged: {line}." for line in damage if line != "ok"]
    for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        found.append(f"A row of {table} belongs to a {parent} that does not exist.")
    for sentence, query in _INVARIANTS:
        ids = connection.exec_driver_sql(query).scalars().all()
        if ids:
            more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
            found.append(sentence.format(", ".join(map(str, ids[:_SHOWN])) + more))
    return found
