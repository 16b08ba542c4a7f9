"""The tables. ``migrations`` creates them in a library; a test holds both together."""

from functools import partial

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from faceorganizer.db.columns import AnyText, JsonText

metadata = MetaData()

# sqlite_autoincrement: the id of a person or face that is gone is never given to another one.
_required = partial(Column, nullable=False)


root = Table(
    "root",
    metadata,
    Column("id", Integer, primary_key=True),
    _required("path", AnyText, unique=True),
    _required("volume", AnyText),
    _required("exclusions", JsonText),
    sqlite_autoincrement=True,
)

content = Table(
    "content",
    metadata,
    Column("id", Integer, primary_key=True),
    _required("hash", LargeBinary, unique=True),
    _required("format", Text),
    _required("width", Integer),
    _required("height", Integer),
    _required("orientation", Integer),
    Column("taken", Text),
    _required("taken_source", AnyText),
    Column("camera", AnyText),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("altitude", Float),
    CheckConstraint("orientation BETWEEN 1 AND 8"),
    sqlite_autoincrement=True,
)

model = Table(
    "model",
    metadata,
    Column("id", Integer, primary_key=True),
    _required("name", Text),
    _required("version", Text),
    _required("dimension", Integer),
    _required("metric", Text),
    _required("aligner", Text),
    UniqueConstraint("name", "version", "dimension", "metric", "aligner"),
    sqlite_autoincrement=True,
)

scan = Table(
    "scan",
    metadata,
    _required("content_id", ForeignKey("content.id")),
    _required("detector", Text),
    _required("detail", Text),
    _required("model_id", ForeignKey("model.id")),
    _required("state", Text),
    _required("error", AnyText),
    _required("at", Text),
    PrimaryKeyConstraint("content_id", "detector", "detail", "model_id"),
    CheckConstraint("detail IN ('fast', 'balanced', 'thorough')"),
    CheckConstraint("state IN ('done', 'failed')"),
    sqlite_with_rowid=False,
)

file = Table(
    "file",
    metadata,
    Column("id", Integer, primary_key=True),
    _required("root_id", ForeignKey("root.id")),
    _required("path", AnyText),
    _required("size", Integer),
    _required("mtime_ns", Integer),
    Column("hash", LargeBinary),
    Column("content_id", ForeignKey("content.id")),
    _required("state", Text),
    _required("error", AnyText),
    UniqueConstraint("root_id", "path"),
    CheckConstraint("state IN ('present', 'missing')"),
    Index("file_content", "content_id", "state"),
    sqlite_autoincrement=True,
)

face = Table(
    "face",
    metadata,
    Column("id", Integer, primary_key=True),
    _required("content_id", ForeignKey("content.id")),
    _required("x", Float),
    _required("y", Float),
    _required("width", Float),
    _required("height", Float),
    Column("landmarks", LargeBinary),
    _required("score", Float),
    _required("quality", Float),
    _required("source", Text),
    _required("state", Text),
    _required("detector", Text),
    # Deleted for good: no search describes it again.
    _required("forgotten", Integer, CheckConstraint("forgotten IN (0, 1)"), server_default=text("0")),
    CheckConstraint("source IN ('detected', 'manual', 'imported')"),
    CheckConstraint("state IN ('active', 'ignored', 'not-a-face')"),
    Index("face_content", "content_id"),
    sqlite_autoincrement=True,
)

descriptor = Table(
    "descriptor",
    metadata,
    _required("face_id", ForeignKey("face.id")),
    _required("model_id", ForeignKey("model.id")),
    _required("vector", LargeBinary),
    PrimaryKeyConstraint("face_id", "model_id"),
    sqlite_with_rowid=False,
)

person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", AnyText),
    _required("hidden", Integer),
    Column("key_face_id", ForeignKey("face.id")),
    _required("note", AnyText),
    Column("birth_date", Text),
    _required("created", Text),
    Column("used", Text),
    CheckConstraint("name <> ''"),
    CheckConstraint("hidden IN (0, 1)"),
    Index("person_key_face", "key_face_id"),
    sqlite_autoincrement=True,
)

cluster_run = Table(
    "cluster_run",
    metadata,
    Column("id", Integer, primary_key=True),
    _required("method", Text),
    _required("parameters", JsonText),
    _required("model_id", ForeignKey("model.id")),
    _required("seed", Integer),
    _required("started", Text),
    _required("seconds", Float),
    _required("summary", JsonText),
    sqlite_autoincrement=True,
)

assignment = Table(
    "assignment",
    metadata,
    Column("face_id", ForeignKey("face.id"), primary_key=True, autoincrement=False),
    _required("person_id", ForeignKey("person.id")),
    _required("source", Text),
    Column("probability", Float),
    Column("run_id", ForeignKey("cluster_run.id")),
    CheckConstraint("source IN ('automatic', 'confirmed', 'imported', 'manual')"),
    CheckConstraint("probability BETWEEN 0 AND 1"),
    Index("assignment_person", "person_id"),
)

rejection = Table(
    "rejection",
    metadata,
    _required("face_id", ForeignKey("face.id")),
    _required("person_id", ForeignKey("person.id")),
    _required("source", AnyText),
    _required("at", Text),
    PrimaryKeyConstraint("face_id", "person_id"),
    Index("rejection_person", "person_id"),
    sqlite_with_rowid=False,
)

link = Table(
    "link",
    metadata,
    _required("face_a", ForeignKey("face.id")),
    _required("face_b", ForeignKey("face.id")),
    _required("kind", Text),
    _required("source", AnyText),
    _required("at", Text),
    PrimaryKeyConstraint("face_a", "face_b"),
    CheckConstraint("face_a < face_b"),
    CheckConstraint("kind IN ('must', 'cannot')"),
    Index("link_face_b", "face_b"),
    sqlite_with_rowid=False,
)

written = Table(
    "written",
    metadata,
    Column("id", Integer, primary_key=True),
    _required("file_id", ForeignKey("file.id")),
    _required("place", Text),
    _required("added", JsonText),
    Column("former", LargeBinary),
    Column("packet", LargeBinary),
    # How the file with the packet looked then: machine work, and no part of the step.
    Column("size", Integer),
    Column("mtime_ns", Integer),
    _required("at", Text),
    UniqueConstraint("file_id", "place"),
    CheckConstraint("place IN ('file', 'sidecar', 'stem')"),
    sqlite_autoincrement=True,
)

metric = Table(
    "metric",
    metadata,
    Column("model_id", ForeignKey("model.id"), primary_key=True),
    _required("made", Text),
    _required("state", Text),
    _required("width", Float),
    # float32, little-endian, row by row: the centre, then the matrix.
    _required("weights", LargeBinary),
    # int64, little-endian: face and person of each face that was learned from.
    _required("trained", LargeBinary),
    _required("report", JsonText),
    CheckConstraint("state IN ('used', 'refused', 'dropped', 'outdated')"),
)

album = Table(
    "album",
    metadata,
    Column("id", Integer, primary_key=True),
    _required("name", AnyText),
    # The rule; JSON's null for an album that is kept by hand.
    _required("query", JsonText),
    _required("created", Text),
    CheckConstraint("name <> ''"),
    sqlite_autoincrement=True,
)

album_content = Table(
    "album_content",
    metadata,
    _required("album_id", ForeignKey("album.id")),
    _required("content_id", ForeignKey("content.id")),
    _required("added", Text),
    PrimaryKeyConstraint("album_id", "content_id"),
    Index("album_content_content", "content_id"),
    sqlite_with_rowid=False,
)

journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    _required("step", AnyText),
    _required("at", Text),
    _required("undone", Integer),
    _required("changes", LargeBinary),
    Column("snapshot", Text),
    Column("touched", JsonText),
    CheckConstraint("undone IN (0, 1)"),
    sqlite_autoincrement=True,
)

setting = Table(
    "setting",
    metadata,
    Column("id", Integer, primary_key=True),
    _required("key", AnyText, unique=True),
    _required("value", JsonText),
    sqlite_autoincrement=True,
)
