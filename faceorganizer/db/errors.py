"""SQLite's error codes as the errors of the domain."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from faceorganizer.domain.errors import LibraryCorruptError, LibraryError, LibraryLockedError, StorageError

_PRIMARY = 0xFF  # an extended result code holds its primary code in the low byte


@contextmanager
def library_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite reports and is no bug into typed errors; let everything else through.

    Args:
        path: What the block works on, named in the message.

    Raises:
        StorageError: The disk is full, read-only or failing.
        LibraryLockedError: A foreign program holds the database.
        LibraryCorruptError: The database is damaged.
        ValueError: A row breaks a constraint of the schema.
    """
    try:
        yield
    except DBAPIError as error:
        if not isinstance(error.orig, sqlite3.Error):
            raise
        raise (_translated(error.orig, path) or error) from error
    except sqlite3.Error as error:
        raise (_translated(error, path) or error) from error
    except UnicodeDecodeError as error:  # of a text, or of a message of SQLite's that quotes one
        raise corrupt(path, "a text in it is no text") from error


@contextmanager
def folder_errors(path: Path) -> Iterator[None]:
    """As :func:`library_errors`, and for the file system's errors too: only around the room's own work with files.

    Args:
        path: What the block works on, named in the message.

    Raises:
        StorageError: The disk is full, read-only or failing.
    """
    try:
        with library_errors(path):
            yield
    except OSError as error:
        raise StorageError(f"{error.filename or path} cannot be used: {error.strerror or error}.", _STORAGE) from error


_STORAGE = "Make sure that the disk is there, has free space and may be written to, then try again."


def is_told(error: Exception) -> bool:
    """Whether :func:`library_errors` has words of its own for an error of SQLite's."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(cause, sqlite3.Error) and _translated(cause, Path()) is not None


def _translated(error: sqlite3.Error, path: Path) -> LibraryError | ValueError | None:
    code = getattr(error, "sqlite_errorcode", None)  # missing where the driver, not SQLite, refused
    match code and code & _PRIMARY:
        case sqlite3.SQLITE_FULL:
            return StorageError(f"The disk is full: {path} cannot grow.", "Free some space, then try again.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return StorageError(f"{path} may not be written to.", "Check the permissions of the library's folder.")
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN:
            return StorageError(f"{path} cannot be read or written ({error}).", _STORAGE)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LibraryLockedError(f"Another program holds {path}.", "Close it, then try again.")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return corrupt(path, str(error))
        case None if "decode to UTF-8" in str(error):  # Python's driver says so, SQLite takes any bytes
            return corrupt(path, "a text in it is no text")
        case sqlite3.SQLITE_CONSTRAINT:
            return ValueError(f"the library refuses a row: {error}")
        case _:
            return None


def corrupt(path: Path, reason: str) -> LibraryCorruptError:
    """Build the error for a damaged database.

    Args:
        path: The database.
        reason: What is wrong, without a full stop.
    """
    advice = "Restore one of the copies in the library's folder backups; keep the damaged file until that worked."
    return LibraryCorruptError(f"{path} is damaged or not a library ({reason}).", advice)
