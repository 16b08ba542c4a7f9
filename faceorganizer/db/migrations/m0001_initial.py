"""Version 1: the first tables.

Frozen: libraries were made with it. A change of the schema is a new migration.
"""

import sqlite3
from typing import Final

STATEMENTS: Final = (
    """
    CREATE TABLE root (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        path TEXT NOT NULL,
        volume TEXT NOT NULL,
        exclusions TEXT NOT NULL,
        UNIQUE (path)
    )
    """,
    """
    CREATE TABLE content (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        hash BLOB NOT NULL,
        format TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        orientation INTEGER NOT NULL,
        taken TEXT,
        taken_source TEXT NOT NULL,
        camera TEXT,
        latitude FLOAT,
        longitude FLOAT,
        altitude FLOAT,
        CHECK (orientation BETWEEN 1 AND 8),
        UNIQUE (hash)
    )
    """,
    """
    CREATE TABLE model (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        version TEXT NOT NULL,
        dimension INTEGER NOT NULL,
        metric TEXT NOT NULL,
        aligner TEXT NOT NULL,
        UNIQUE (name, version, dimension, metric, aligner)
    )
    """,
    """
    CREATE TABLE scan (
        content_id INTEGER NOT NULL,
        detector TEXT NOT NULL,
        detail TEXT NOT NULL,
        model_id INTEGER NOT NULL,
        state TEXT NOT NULL,
        error TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (content_id, detector, detail, model_id),
        CHECK (detail IN ('fast', 'balanced', 'thorough')),
        CHECK (state IN ('done', 'failed')),
        FOREIGN KEY(content_id) REFERENCES content (id),
        FOREIGN KEY(model_id) REFERENCES model (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE file (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        root_id INTEGER NOT NULL,
        path TEXT NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        hash BLOB,
        content_id INTEGER,
        state TEXT NOT NULL,
        error TEXT NOT NULL,
        UNIQUE (root_id, path),
        CHECK (state IN ('present', 'missing')),
        FOREIGN KEY(root_id) REFERENCES root (id),
        FOREIGN KEY(content_id) REFERENCES content (id)
    )
    """,
    """
    CREATE INDEX file_content ON file (content_id, state)
    """,
    """
    CREATE TABLE face (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        content_id INTEGER NOT NULL,
        x FLOAT NOT NULL,
        y FLOAT NOT NULL,
        width FLOAT NOT NULL,
        height FLOAT NOT NULL,
        landmarks BLOB,
        score FLOAT NOT NULL,
        quality FLOAT NOT NULL,
        source TEXT NOT NULL,
        state TEXT NOT NULL,
        detector TEXT NOT NULL,
        CHECK (source IN ('detected', 'manual', 'imported')),
        CHECK (state IN ('active', 'ignored', 'not-a-face')),
        FOREIGN KEY(content_id) REFERENCES content (id)
    )
    """,
    """
    CREATE INDEX face_content ON face (content_id)
    """,
    """
    CREATE TABLE descriptor (
        face_id INTEGER NOT NULL,
        model_id INTEGER NOT NULL,
        vector BLOB NOT NULL,
        PRIMARY KEY (face_id, model_id),
        FOREIGN KEY(face_id) REFERENCES face (id),
        FOREIGN KEY(model_id) REFERENCES model (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE person (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name TEXT,
        hidden INTEGER NOT NULL,
        key_face_id INTEGER,
        note TEXT NOT NULL,
        birth_date TEXT,
        created TEXT NOT NULL,
        CHECK (name <> ''),
        CHECK (hidden IN (0, 1)),
        FOREIGN KEY(key_face_id) REFERENCES face (id)
    )
    """,
    """
    CREATE INDEX person_key_face ON person (key_face_id)
    """,
    """
    CREATE TABLE cluster_run (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        method TEXT NOT NULL,
        parameters TEXT NOT NULL,
        model_id INTEGER NOT NULL,
        seed INTEGER NOT NULL,
        started TEXT NOT NULL,
        seconds FLOAT NOT NULL,
        summary TEXT NOT NULL,
        FOREIGN KEY(model_id) REFERENCES model (id)
    )
    """,
    """
    CREATE TABLE assignment (
        face_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        source TEXT NOT NULL,
        probability FLOAT,
        run_id INTEGER,
        PRIMARY KEY (face_id),
        CHECK (source IN ('automatic', 'confirmed', 'imported', 'manual')),
        CHECK (probability BETWEEN 0 AND 1),
        FOREIGN KEY(face_id) REFERENCES face (id),
        FOREIGN KEY(person_id) REFERENCES person (id),
        FOREIGN KEY(run_id) REFERENCES cluster_run (id)
    )
    """,
    """
    CREATE INDEX assignment_person ON assignment (person_id)
    """,
    """
    CREATE TABLE rejection (
        face_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        source TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (face_id, person_id),
        FOREIGN KEY(face_id) REFERENCES face (id),
        FOREIGN KEY(person_id) REFERENCES person (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX rejection_person ON rejection (person_id)
    """,
    """
    CREATE TABLE link (
        face_a INTEGER NOT NULL,
        face_b INTEGER NOT NULL,
        kind TEXT NOT NULL,
        source TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (face_a, face_b),
        CHECK (face_a < face_b),
        CHECK (kind IN ('must', 'cannot')),
        FOREIGN KEY(face_a) REFERENCES face (id),
        FOREIGN KEY(face_b) REFERENCES face (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX link_face_b ON link (face_b)
    """,
    """
    CREATE TABLE journal (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        step TEXT NOT NULL,
        at TEXT NOT NULL,
        undone INTEGER NOT NULL,
        changes BLOB NOT NULL,
        CHECK (undone IN (0, 1))
    )
    """,
    """
    CREATE TABLE setting (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        UNIQUE ("key")
    )
    """,
)


def apply(connection: sqlite3.Connection) -> None:
    """Create the tables of an empty database, inside the caller's transaction."""
    for statement in STATEMENTS:
        connection.execute(statement)
