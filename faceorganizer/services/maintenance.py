"""The state of a library: what is in it, and whether it is sound."""

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from faceorganizer.db.backup import FOLDER, BackupRecord, copies
from faceorganizer.db.database import Database
from faceorganizer.db.repositories.runs import RunRecord
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import LibraryLockedError, LibraryMissingError, StorageError, UnknownIdError
from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.people import count_people
from faceorganizer.domain.pictures import FileState
from faceorganizer.domain.progress import JobContext
from faceorganizer.services.events import EventBus
from faceorganizer.services.thumbnails import ThumbnailCache
from faceorganizer.services.undo import RESTORE, restored

BACKUP: Final = "backup"  # the label of copies that people ask for
FORGOTTEN: Final = "forget-faces"  # the label of the copy made after faces were forgotten


@dataclass(frozen=True, slots=True)
class LibraryInfo:
    """What a library holds.

    Attributes:
        path: Its folder.
        version: Of its database schema.
        bytes: Size of the database file.
        cache_bytes: Size of what is kept to be shown quickly, and can be deleted.
        folders: Number of folders it looks after.
        photos: Files present.
        missing: Files that were there once.
        faces: Faces by state.
        people: Named people.
        groups: Unnamed groups.
        last_grouping: Method, parameters and time of the last grouping; None before the first.
        learned: What was learned from confirmed faces, of each model's descriptors, and whether it is used.
    """

    path: Path
    version: int
    bytes: int
    cache_bytes: int
    folders: int
    photos: int
    missing: int
    faces: Mapping[str, int]
    people: int
    groups: int
    last_grouping: Mapping[str, object] | None
    learned: Sequence[Mapping[str, object]] = ()


def _grouping(run: RunRecord | None) -> dict[str, object] | None:
    if run is None:
        return None
    return {
        "method": run.method,
        "parameters": dict(run.parameters),
        "started": run.started.isoformat(timespec="seconds"),
        "seconds": round(run.seconds, 3),
        **{key: value for key, value in run.summary.items() if key != "fingerprint"},
    }


def _folder_bytes(folder: Path | str) -> int:
    """Size of all files in a folder and those in it; what is deleted meanwhile, or cannot be looked at, is left out."""
    size = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                in_it = entry.is_dir(follow_symlinks=False)
                size += _folder_bytes(entry.path) if in_it else entry.stat(follow_symlinks=False).st_size
    return size


@dataclass(frozen=True, slots=True)
class ForgetReport:
    """What was deleted for good.

    Attributes:
        faces: Faces of which nothing but a box is known now.
        descriptors: Descriptors deleted.
        steps: Steps of the history deleted, which cannot be undone any more.
        copies: Copies of the library deleted.
        cached: Small pictures deleted.
        backup: The copy made afterwards.
        changes: Ids of what was touched.
    """

    faces: int
    descriptors: int
    steps: int
    copies: int
    cached: int
    backup: Path
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class VacuumReport:
    """What became of the database.

    Attributes:
        bytes_before: That it took.
        bytes: That it takes now.
        rounded: Descriptors that were rounded to the compact form, where the library's setting asks for it.
    """

    bytes_before: int
    bytes: int
    rounded: int


class MaintenanceService:
    """Looks after the library as a whole."""

    def __init__(self, database: Database, events: EventBus) -> None:
        self._database = database
        self._events = events

    def info(self) -> LibraryInfo:
        """Count what the library holds."""
        with self._database.read() as unit:
            roots = unit.roots.all()
            counts = unit.files.counts().values()
            named, unnamed = count_people(unit.people.visible())
            return LibraryInfo(
                path=self._database.folder,
                version=self._database.version(),
                bytes=self._database.path.stat().st_size,
                cache_bytes=_folder_bytes(self._database.folder / "cache"),
                folders=len(roots),
                photos=sum(of_root[FileState.PRESENT] for of_root in counts),
                missing=sum(of_root[FileState.MISSING] for of_root in counts),
                faces=dict(unit.faces.counts()),
                people=named,
                groups=unnamed,
                last_grouping=_grouping(unit.runs.latest()),
                learned=unit.metrics.states(),
            )

    def check(self) -> list[str]:
        """Look for damage; one sentence for each thing that is wrong, none when the library is sound."""
        return self._database.check()

    def backup(self, file: Path | None = None) -> Path:
        """Copy the library's database, and verify the copy. Photos and small pictures are not in it.

        Args:
            file: A new file; None makes one in the library's folder backups, of which a setting tells how many stay.

        Raises:
            StorageError: There is such a file already, or no room for it.
            LibraryCorruptError: The library is damaged.
        """
        if file is None:
            return self._database.snapshot(BACKUP)
        self._database.copy_to(file)
        return file

    def backups(self) -> list[BackupRecord]:
        """The copies in the library's folder backups, the newest first."""
        return backups_in(self._database.folder)

    def restore(self, copy: Path) -> ChangeSet:
        """Go back to a copy. What is there now is copied first, and undoing leads back to it.

        The history is the copy's, with this as its last step.

        Raises:
            LibraryCorruptError: The copy is damaged or no library; nothing is changed.
            LibraryTooNewError: A newer version of the program made it; nothing is changed.
            LibraryLockedError: Another process is writing.
            StorageError: It cannot be read, or there is no room; nothing is changed.
        """
        with self._database.lock():
            changes = restored(self._database, copy, RESTORE, None)
        self._events.changed(changes)
        return changes

    def vacuum(self, context: JobContext) -> VacuumReport:
        """Give back the room of deleted things; round descriptors where the setting ``storage.descriptors`` says so.

        Args:
            context: Told how far the rounding is; may end it between two pages, which leaves what was rounded so.

        Raises:
            LibraryLockedError: Another process is writing, or reading and keeps the log.
            StorageError: There is no room: it takes as much again for a while.
            CancelledError: The context said so.
        """
        before = _database_bytes(self._database.path)
        rounded = self._round(context)
        self._clear()
        return VacuumReport(before, _database_bytes(self._database.path), rounded)

    def forget_faces(self, person: PersonId | None = None, *, keep_names: bool = True) -> ForgetReport:
        """Delete all that was measured of faces, for good: it cannot be undone.

        Descriptors, landmarks, pictures of faces, the history and all copies in the library's folder go, and what the
        database and its log keep of deleted rows. Bare boxes stay, so that later scans leave these faces alone; drawing
        or correcting a box by hand describes a face again. Photos, and copies elsewhere, are not touched.

        Args:
            person: Whose faces; all faces of the library when None.
            keep_names: Whether names stay, with the faces that somebody confirmed; otherwise the people go, too.

        Raises:
            UnknownIdError: There is no such person.
            LibraryLockedError: Another process is writing; or it is reading and keeps the log, which then still holds
                what was deleted: once more, or vacuum, when it has ended.
            StorageError: Something cannot be deleted; once more when that was put right.
        """
        with self._database.lock():
            if person is not None:
                with self._database.read() as unit:
                    unit.people.get(person)
            forgotten = self._database.forget_faces(person, keep_names=keep_names)
            self._events.changed(forgotten.changes)
            cache = ThumbnailCache(self._database.folder / "cache")
            cached = cache.forget(None if person is None else forgotten.pictures)
            _delete_indexes(cache.folder)
            self._clear()
            copy = self._database.snapshot(FORGOTTEN)
        return ForgetReport(
            faces=forgotten.faces,
            descriptors=forgotten.descriptors,
            steps=forgotten.steps,
            copies=forgotten.copies,
            cached=cached,
            backup=copy,
            changes=forgotten.changes,
        )

    def _round(self, context: JobContext) -> int:
        rounded, after, more = 0, None, True
        with self._database.lock():
            while more:
                context.check_cancelled()
                with self._database.write() as unit:
                    count, after = unit.descriptors.compact_some(after)
                rounded += count
                more = after is not None
                if rounded:
                    context.report(rounded, None, "Rounding descriptors")
        return rounded

    def _clear(self) -> None:
        if not self._database.vacuum():
            raise LibraryLockedError(
                "Another program is reading the library, so that its log could not be cleared.",
                "Close that program, then run: faceorganizer library vacuum",
            )


def recover(folder: Path, copy: Path) -> Path | None:
    """Put a copy in the place of a library that is damaged or gone; return where the damaged database is now.

    Raises:
        LibraryError: The copy or the folder cannot be used; nothing is changed.
    """
    return Database.recover(folder, copy)


def backups_in(folder: Path) -> list[BackupRecord]:
    """The copies of the library in a folder, the newest first; also of one that cannot be opened.

    Raises:
        LibraryMissingError: There is no such folder.
    """
    if not folder.is_dir():
        raise LibraryMissingError(f"There is no library in {folder}.", "Name another folder with --library.")
    return copies(folder / FOLDER)


def find_copy(folder: Path, name: str) -> Path:
    """The copy that is meant by a file name in backups/, or by a path.

    Raises:
        UnknownIdError: There is none.
    """
    for record in backups_in(folder):
        if name in (record.name, record.path.stem):
            return record.path
    path = Path(name)
    if not path.is_file():
        raise UnknownIdError(f"There is no copy {name}.", "'faceorganizer library backups' lists them.")
    return path


def _delete_indexes(cache: Path) -> None:
    """Delete whatever a cache holds besides pictures, of which photos are chosen, and models: it is made anew."""
    try:
        for path in cache.iterdir() if cache.is_dir() else ():
            if path.name not in ("photos", "faces", "models"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    except OSError as error:
        raise StorageError(
            f"{error.filename} cannot be deleted: {error.strerror}.", "Allow it, then once more."
        ) from error


def _database_bytes(path: Path) -> int:
    size = 0
    for suffix in ("", "-wal"):
        with suppress(FileNotFoundError):
            size += path.with_name(path.name + suffix).stat().st_size
    return size
