"""Copies of the database, made while it is in use, and put back in its place."""

import os
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from faceorganizer.db import migrations
from faceorganizer.db.engine import connect, is_library, stored_version
from faceorganizer.db.errors import corrupt, folder_errors
from faceorganizer.domain.errors import LibraryTooNewError, StorageError

FOLDER: Final = "backups"
_MOMENT: Final = "%Y%m%d-%H%M%S-%f"
_OURS: Final = re.compile(r"(\d{8}-\d{6}-\d{6})-([a-z0-9-]+)\.sqlite")
_LEAVINGS: Final = re.compile(
    r"(\d{8}-\d{6}-\d{6}-[a-z0-9-]+\.(sqlite|part|sqlite\.part)|library\.sqlite\..+\.new)(-wal|-shm|-journal)?"
)
_LOGS: Final = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class BackupRecord:
    """A copy of the library in its folder backups.

    Attributes:
        label: What it was made for, such as "before-grouping".
        at: UTC.
        bytes: Its size.
    """

    path: Path
    label: str
    at: datetime
    bytes: int

    @property
    def name(self) -> str:
        """File name, by which it can be restored."""
        return self.path.name


def snapshot(source: Path, folder: Path, label: str, keep: int) -> Path:
    """Copy a database with SQLite's backup interface, verify the copy, and remove the oldest of the same label.

    Args:
        source: The database; others may read and write it meanwhile.
        folder: Where copies go; made when missing.
        label: What the copy is for, such as "before-clustering".
        keep: How many copies of this label stay, at least 1.

    Returns:
        The copy: one file that needs no log beside it. Names sort by time.

    Raises:
        StorageError: There is no room for it; nothing half is left behind.
        LibraryCorruptError: The source is damaged.
    """
    if keep < 1:
        raise ValueError(f"keep must be at least 1, not {keep}")
    slug = re.sub(r"[^a-z0-9]+", "-", label.casefold()).strip("-") or "snapshot"
    with folder_errors(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        target = folder / f"{_next_moment(folder).strftime(_MOMENT)}-{slug}.sqlite"
        copy(source, target)
        for record in [record for record in copies(folder) if record.label == slug][keep:]:
            record.path.unlink(missing_ok=True)  # another process may remove the same one
    return target


def _next_moment(folder: Path) -> datetime:
    """Now, or just after the newest copy: a clock that was put back must not make the newest look like the oldest."""
    newest = next(iter(copies(folder)), None)
    now = datetime.now(UTC)
    return now if newest is None else max(now, newest.at + timedelta(microseconds=1))


def copy(source: Path, target: Path) -> None:
    """Copy a database into a new file, which appears only when it is complete and verified.

    Raises:
        StorageError: The file is there already, or there is no room for it; nothing half is left behind.
        LibraryCorruptError: The source is damaged.
    """
    with folder_errors(target):
        if target.exists():
            raise StorageError(f"There is a file {target} already.", "Name another one, or delete that one first.")
        partial = target.with_name(target.name + ".part")
        try:
            _copy(source, partial)
            partial.replace(target)
            sync_folder(target.parent)
        finally:
            partial.unlink(missing_ok=True)


def copies(folder: Path) -> list[BackupRecord]:
    """Return the copies in a folder, the newest first; files of other names are left out.

    Raises:
        StorageError: It cannot be read.
    """
    found = []
    with folder_errors(folder):
        for path in folder.iterdir() if folder.is_dir() else ():
            name = _OURS.fullmatch(path.name)
            if name is not None:
                at = datetime.strptime(name[1], _MOMENT).replace(tzinfo=UTC)
                found.append(BackupRecord(path, name[2], at, path.stat().st_size))
    return sorted(found, key=lambda record: record.name, reverse=True)


def delete_all(library: Path) -> int:
    """Delete every copy of a library in its folder and in backups/, and what killed programs left of copies.

    Args:
        library: The library's database, which stays. A file is a copy by its name or by what it begins with; files of
            other kinds stay.

    Returns:
        Number of copies deleted.

    Raises:
        StorageError: One cannot be deleted.
    """
    count = 0
    with folder_errors(library.parent):
        for folder in (library.parent, library.parent / FOLDER):
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                if path != library and path.is_file() and (_LEAVINGS.fullmatch(path.name) or is_library(path)):
                    count += path.suffix != ".part" and not path.name.endswith(_LOGS)
                    for suffix in ("", *_LOGS):
                        path.with_name(path.name + suffix).unlink(missing_ok=True)
            if count:
                sync_folder(folder)
    return count


@contextmanager
def prepared(source: Path, folder: Path, name: str) -> Iterator[Path]:
    """Make a copy of a copy that is sound and of the newest version, for a block, beside the place it is meant for.

    Args:
        source: A copy of any version; it stays as it is.
        folder: The library's folder; the caller holds its lock.
        name: Beginning of the file's name.

    Raises:
        LibraryCorruptError: The source is damaged, or no library.
        LibraryTooNewError: A newer version of the program made it.
        StorageError: It cannot be read, or there is no room for it.
    """
    version = stored_version(source)
    if version > len(migrations.STEPS):
        raise LibraryTooNewError(
            f"{source} was made by a newer version of Face Organizer.", "Update Face Organizer, then try again."
        )
    with folder_errors(folder):
        for rest in folder.glob(f"{name}.*.new*"):  # of a process that was killed here; the writer's lock is ours
            rest.unlink()
        handle, partial = tempfile.mkstemp(prefix=f"{name}.", suffix=".new", dir=folder)  # readable by its owner only
        os.close(handle)
        target = Path(partial)
        try:
            _copy(source, target)
            with closing(connect(target)) as connection:
                migrations.upgrade(connection, migrations.STEPS)
                if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                    raise corrupt(source, "rows of it belong to others that are not there")
            yield target
        finally:
            for suffix in ("", *_LOGS):
                target.with_name(target.name + suffix).unlink(missing_ok=True)


def pour(source: Path, target: Path, busy_seconds: float) -> None:
    """Replace all that is in a database by what is in another one, in one transaction of the first.

    Whoever has it open sees either the old or the new state, also after a crash.

    Args:
        source: In no use.
        target: Of the same page size; in use, maybe, but not being written to.
        busy_seconds: How long to wait for a foreign program that holds it.

    Raises:
        StorageError: There is no room for it.
        LibraryLockedError: Another program holds it.
    """
    with folder_errors(target), closing(connect(source)) as reader, closing(connect(target)) as writer:
        writer.execute("PRAGMA synchronous = FULL")
        reader.backup(writer, pages=-1, progress=_patience(busy_seconds), sleep=0.02)
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # as far as readers let it


def replace(source: Path, target: Path, aside: Path) -> Path | None:
    """Put a database in the place of a damaged one, which is moved into another folder with its logs.

    Stopped anywhere it can be done again: the damaged one is never in the way, and no log meets a database that is
    not its own.

    Returns:
        Where the damaged one is now; None when there was none.
    """
    with folder_errors(target.parent):
        aside.mkdir(mode=0o700, exist_ok=True)
        moved = aside / f"{datetime.now(UTC).strftime(_MOMENT)}-damaged.sqlite"
        found = None
        for suffix in (*_LOGS, ""):
            part = target.with_name(target.name + suffix)
            if part.exists():
                part.replace(moved.with_name(moved.name + suffix))
                found = moved
        sync_folder(target.parent)
        with source.open("rb") as file:
            os.fsync(file.fileno())
        source.replace(target)
        sync_folder(target.parent)
    return found


def _patience(seconds: float) -> Callable[[int, int, int], None]:
    """Return what ends a copy that waits for a foreign program for too long; by itself it would wait for ever."""
    end = time.monotonic() + seconds

    def check(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error

    return check


def _copy(source: Path, target: Path) -> None:
    target.touch(0o600)
    with closing(connect(source)) as reader, closing(connect(target)) as writer:
        reader.backup(writer)
        writer.execute("PRAGMA journal_mode = DELETE")  # one file, without a log
        damage = [row[0] for row in writer.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if damage:
        raise corrupt(source, f"{damage[0]:.200}")
    with target.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder survive a power cut, where the platform can."""
    if os.name == "nt":
        return  # Windows cannot open folders, and journals renames by itself
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
