"""Makes library-v1.sqlite: a library as version 1 of the schema left it, with rows in every table and a merge to undo.

    python tests/data/make_library_v1.py

Frozen with the schema it makes; the faces are numbers. A later version gets a script of its own.
"""

import json
import sqlite3
import struct
import zlib
from contextlib import closing
from pathlib import Path

from faceorganizer.db.migrations import m0001_initial

TARGET = Path(__file__).with_name("library-v1.sqlite")
AT = "2026-11-01T12:00:00.000000+00:00"
# Person 2 was merged into person 1; the row is as version 1 knew it.
MERGED = {
    "id": 2, "name": None, "hidden": 0, "key_face_id": None, "note": "", "birth_date": None, "created": AT,
}  # fmt: skip


def held(face: int, person: int, source: str) -> dict[str, object]:
    return {"face_id": face, "person_id": person, "source": source, "probability": None, "run_id": 1}


STEPS = (
    ("name", [["person", [1], {"name": None}, {"name": "Zo\u00eb"}]]),
    (
        "merge",
        [
            ["assignment", [3], held(3, 2, "automatic"), {**held(3, 1, "confirmed"), "run_id": None}],
            ["person", [2], MERGED, None],
        ],
    ),
)
ROWS: dict[str, list[tuple[object, ...]]] = {
    "root": [(1, "/photos", "1:1", '["*.tmp"]'), (2, b"/caf\xed\xb3\xa9", "1:2", "[]")],
    "content": [
        (1, bytes(32), "jpeg", 400, 300, 1, "2020-05-17T12:00:00", "exif", "A camera", 48.1, 11.6, 500.0),
        (2, bytes(31) + b"1", "heif", 300, 400, 6, None, "", None, None, None, None),
    ],
    "model": [(1, "small", "0123456789abcdef", 4, "euclidean", "68-point")],
    "scan": [
        (1, "test", "balanced", 1, "done", "", AT),
        (2, "test", "balanced", 1, "failed", "the file is empty", AT),
    ],
    "file": [
        (1, 1, "a.jpg", 1000, 1_600_000_000_000_000_001, b"f" * 32, 1, "present", ""),
        (2, 2, b"b\xed\xb2\xff.heic", 2000, 2, None, 2, "missing", ""),
        (3, 1, "broken.jpg", 0, 3, None, None, "present", "the file is empty"),
    ],
    "face": [
        (1, 1, 10.5, 20.5, 30.0, 40.0, struct.pack("<136f", *range(136)), 1.5, 0.75, "detected", "active", "test"),
        (2, 1, 110.0, 20.0, 30.0, 40.0, struct.pack("<136f", *range(136)), 1.0, 0.5, "detected", "ignored", "test"),
        (3, 2, 10.0, 20.0, 30.0, 40.0, None, 0.0, 0.0, "manual", "active", ""),
    ],
    "descriptor": [(1, 1, struct.pack("<4f", 1, 2, 3, 4)), (2, 1, struct.pack("<4f", 4, 3, 2, 1))],
    "person": [
        (1, "Zo\u00eb", 0, 1, "a note", "1990-01-31", AT),
        (3, b"odd \xed\xb3\xbf", 1, None, "", None, AT),
    ],
    "cluster_run": [(1, "infomap", '{"k": 80}', 1, 0, AT, 1.5, '{"faces": 3}')],
    "assignment": [(1, 1, "confirmed", None, None), (3, 1, "confirmed", None, None)],
    "rejection": [(2, 1, "user", AT)],
    "link": [(1, 2, "cannot", "split", AT)],
    "journal": [
        (number, step, AT, 0, zlib.compress(json.dumps(changes).encode("ascii"), level=1))
        for number, (step, changes) in enumerate(STEPS, 1)
    ],
    "setting": [(1, "vision.detail", '"fast"')],
}


def main() -> None:
    TARGET.unlink(missing_ok=True)
    with closing(sqlite3.connect(TARGET, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA application_id = {0x46614F72}")
        connection.execute("BEGIN")
        m0001_initial.apply(connection)
        for table, rows in ROWS.items():
            places = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
        connection.execute("PRAGMA user_version = 1")
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")


if __name__ == "__main__":
    main()
