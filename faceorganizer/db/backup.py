"""Copies of the database, made while it is in use."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from faceorganizer.db.engine import connect
from faceorganizer.db.errors import corrupt, folder_errors

FOLDER = "backups"


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
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    target = folder / f"{moment}-{slug}.sqlite"
    with folder_errors(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        partial = target.with_suffix(".part")
        try:
            _copy(source, partial)
            partial.replace(target)
            sync_folder(folder)
        finally:
            partial.unlink(missing_ok=True)
        _prune(folder, slug, keep)
    return target


def _copy(source: Path, target: Path) -> None:
    target.touch(0o600)
    reader, writer = connect(source), connect(target)
    try:
        reader.backup(writer)
        writer.execute("PRAGMA journal_mode = DELETE")  # one file, without a log
        damage = [row[0] for row in writer.execute("PRAGMA integrity_check") if row[0] != "ok"]
    finally:
        reader.close()
        writer.close()
    if damage:
        raise corrupt(source, f"{damage[0]:.200}")
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _prune(folder: Path, slug: str, keep: int) -> None:
    ours = re.compile(rf"\d{{8}}-\d{{6}}-\d{{6}}-{re.escape(slug)}\.sqlite")
    copies = sorted(path for path in folder.iterdir() if ours.fullmatch(path.name))
    for path in copies[:-keep]:
        path.unlink(missing_ok=True)  # another process may remove the same one


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder survive a power cut, where the platform can."""
    if os.name == "nt":
        return  # Windows cannot open folders, and journals renames by itself
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
