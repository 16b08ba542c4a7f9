"""Connections to the database file, and what its header tells without opening it."""

import os
import sqlite3
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy
from sqlalchemy import Connection, Engine, QueuePool, event

from faceorganizer.db.errors import corrupt, folder_errors

APPLICATION_ID: Final = 0x46614F72  # "FaOr", in the header of every library
_MAGIC: Final = b"SQLite format 3\0"
_HEADER: Final = 100  # bytes; the layout is at https://www.sqlite.org/fileformat2.html#the_database_header


def connect(path: Path, *, busy_seconds: float = 5.0) -> sqlite3.Connection:
    """Open a database in autocommit mode, so that transactions are exactly where the program says.

    Args:
        path: An existing file, which may be empty; a missing one is never made, as on a drive that was unplugged.
        busy_seconds: How long to wait for a foreign program that holds the database.
    """
    connection = sqlite3.connect(
        f"{_uri(path)}?mode=rw", uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")  # a library may come from anywhere
    return connection


def write_engine(path: Path, busy_seconds: float) -> Engine:
    """Return an engine whose transactions hold the write lock from their first moment."""
    return _engine(lambda: connect(path, busy_seconds=busy_seconds), "BEGIN IMMEDIATE")


def read_engine(path: Path, busy_seconds: float) -> Engine:
    """Return an engine whose connections cannot write."""

    def connect_read_only() -> sqlite3.Connection:
        connection = connect(path, busy_seconds=busy_seconds)
        connection.execute("PRAGMA query_only = ON")
        return connection

    return _engine(connect_read_only, "BEGIN")


def _engine(creator: Callable[[], sqlite3.Connection], begin: str) -> Engine:
    engine = sqlalchemy.create_engine("sqlite://", creator=creator, poolclass=QueuePool, max_overflow=-1)

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def driver(connection: Connection) -> sqlite3.Connection:
    """Return SQLite's own connection under SQLAlchemy's."""
    raw: Any = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


@dataclass(frozen=True, slots=True)
class Header:
    """The fields of a database's header that matter before it is opened.

    Attributes:
        version: PRAGMA user_version.
        application: PRAGMA application_id.
        bytes: Length the file should have; None where the header does not vouch for it.
    """

    version: int
    application: int
    bytes: int | None


def stored_version(path: Path) -> int:
    """Return the version of a library's schema without changing a byte of it.

    Raises:
        LibraryCorruptError: It is no library, or shorter than it should be.
        StorageError: It cannot be read.
    """
    with folder_errors(path):
        header = _read_header(path)
        if header.application != APPLICATION_ID:
            raise corrupt(path, "it was not made by this program")
        if not _has_log(path):
            if header.bytes is not None and path.stat().st_size < header.bytes:
                raise corrupt(path, f"it is cut off: {path.stat().st_size} of {header.bytes} bytes are left")
            return header.version
        # The log may hold a newer header. A read-only connection neither writes the log back nor removes it.
        connection = sqlite3.connect(f"{_uri(path)}?mode=ro", uri=True)
        try:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
        finally:
            connection.close()


def is_library(path: Path) -> bool:
    """Whether a file begins as a library of this program does, of whatever version.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        raw = file.read(_HEADER)
    return raw.startswith(_MAGIC) and raw[68:72] == APPLICATION_ID.to_bytes(4, "big")


def _read_header(path: Path) -> Header:
    with path.open("rb") as file:
        raw = file.read(_HEADER)
    if len(raw) < _HEADER or not raw.startswith(_MAGIC):
        raise corrupt(path, "it does not begin as a database does")
    page_size, changes, pages = struct.unpack_from(">H6xII", raw, 16)
    (version, application) = struct.unpack_from(">I4xI", raw, 60)
    (valid_for,) = struct.unpack_from(">I", raw, 92)
    size = pages * (65536 if page_size == 1 else page_size)
    return Header(version, application, size if valid_for == changes else None)


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _uri(path: Path) -> str:
    uri = path.absolute().as_uri()
    # SQLite knows no authority but the empty one: a network path goes into the path part.
    return uri if uri.startswith("file:///") or os.name != "nt" else uri.replace("file://", "file:////", 1)
