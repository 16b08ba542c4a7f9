"""The folders a library looks after."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from faceorganizer.db.database import Database
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.pictures import FileState, Root
from faceorganizer.services.events import EventBus, LibraryChanged


@dataclass(frozen=True, slots=True)
class FolderStatus:
    """A folder with what is known of it.

    Attributes:
        online: Whether its files can be looked at now; False for an unplugged drive.
        photos: Files present at the last scan.
        missing: Files that were gone at the last scan.
    """

    root: Root
    online: bool
    photos: int
    missing: int


def folder_identity(path: Path) -> str:
    """Identity of a folder on its volume: device and inode (on Windows volume serial number and file id)."""
    status = path.stat()
    return f"{status.st_dev:x}:{status.st_ino:x}"


def is_online(root: Root, *, known_files: bool) -> bool:
    """Whether the drive that holds a folder is there.

    The mount point of an unplugged drive is often still there as an empty folder. A folder that the user emptied
    keeps its inode; a mount point without its drive shows another one.

    Args:
        root: The folder as it was at the last scan.
        known_files: Whether the library knows files in it.
    """
    try:
        with os.scandir(root.path) as entries:
            empty = next(entries, None) is None
        same_inode = folder_identity(root.path).partition(":")[2] == root.volume.partition(":")[2]
    except FileNotFoundError:
        return False
    except OSError:
        return True  # it is there and cannot be read: the scan says why
    return not (empty and known_files and root.volume and not same_inode)


class FoldersService:
    """Adds, lists, removes and moves the folders of a library."""

    def __init__(self, database: Database, events: EventBus) -> None:
        self._database = database
        self._events = events

    def list(self) -> list[FolderStatus]:
        """Return all folders with their state, by path."""
        with self._database.read() as unit:
            roots = unit.roots.all()
            files = {root.id: unit.files.of_root(root.id) for root in roots}
        statuses = []
        for root in roots:
            present = sum(file.state is FileState.PRESENT for file in files[root.id])
            online = is_online(root, known_files=present > 0)
            statuses.append(FolderStatus(root, online, present, len(files[root.id]) - present))
        return sorted(statuses, key=lambda status: str(status.root.path))

    def add(self, path: Path, exclusions: Sequence[str] = ()) -> Root:
        """Add a folder; it is scanned from then on. A known one gets the further exclusions.

        Raises:
            UsageError: It is no folder, or lies inside one that the library has already.
        """
        folder = existing_folder(path)
        with self._database.write() as unit:
            roots = unit.roots.all()
            known = next((root for root in roots if _same_folder(root.path, folder)), None)
            if known is not None:
                merged = tuple(dict.fromkeys((*known.exclusions, *exclusions)))
                root = replace(known, exclusions=merged)
                if root != known:
                    unit.roots.update(root)
            else:
                holder = next((root for root in roots if folder.is_relative_to(root.path)), None)
                if holder is not None:
                    raise UsageError(f"{folder} lies inside {holder.path}, which the library has already.")
                root = unit.roots.add(folder, folder_identity(folder), tuple(exclusions))
        self._events.publish(LibraryChanged(unit.changes))
        return root

    def remove(self, path: Path) -> ChangeSet:
        """Forget a folder and its files; faces, people and names stay and return when it is added again."""
        with self._database.write() as unit:
            unit.roots.remove(self.find(unit.roots.all(), path).id)
        self._events.publish(LibraryChanged(unit.changes))
        return unit.changes

    def relocate(self, old: Path, new: Path) -> ChangeSet:
        """Say that a folder has moved; everything known of its files stays.

        Raises:
            UsageError: The new place is no folder, or another folder of the library.
        """
        folder = existing_folder(new)
        with self._database.write() as unit:
            roots = unit.roots.all()
            root = self.find(roots, old)
            if any(other.id != root.id and _same_folder(other.path, folder) for other in roots):
                raise UsageError(f"{folder} is a folder of the library already.")
            unit.roots.update(replace(root, path=folder, volume=folder_identity(folder)))
        self._events.publish(LibraryChanged(unit.changes))
        return unit.changes

    @staticmethod
    def find(roots: Sequence[Root], path: Path) -> Root:
        """The known folder at a path, whether or not it is there now.

        Raises:
            UnknownIdError: The library has no such folder.
        """
        wanted = absolute(path)
        for root in roots:
            if root.path == wanted or _same_folder(root.path, wanted):
                return root
        raise UnknownIdError(f"The library has no folder {wanted}.", "'faceorganizer folders list' shows those it has.")


def absolute(path: Path) -> Path:
    """Absolute path without '..' and '~', links kept: the name by which the user knows the folder."""
    return Path(os.path.abspath(path.expanduser()))


def existing_folder(path: Path) -> Path:
    """Absolute path of a folder that is there.

    Raises:
        UsageError: There is none.
    """
    folder = absolute(path)
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder." if folder.exists() else f"There is no folder {folder}.")
    return folder


def _same_folder(first: Path, second: Path) -> bool:
    # Also true for two spellings of one name (composed or decomposed accents, upper and lower case) where the
    # file system takes them for one.
    try:
        return first == second or first.samefile(second)
    except OSError:
        return False
