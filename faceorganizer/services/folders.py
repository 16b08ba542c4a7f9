"""The folders a library looks after."""

import glob
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from faceorganizer.db.database import Database
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.people import same_name
from faceorganizer.domain.pictures import FileState, Root
from faceorganizer.services.events import EventBus


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


def is_other_folder(root: Root) -> bool:
    """Whether another folder is at the root's path than the one that was scanned last.

    Device numbers change from one start of the system to the next; inodes stay.

    Raises:
        OSError: It cannot be told.
    """
    return bool(root.volume) and folder_identity(root.path).partition(":")[2] != root.volume.partition(":")[2]


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
        return not (empty and known_files and is_other_folder(root))
    except FileNotFoundError:
        return False
    except OSError:
        return True  # it is there and cannot be read: the scan says why


class FoldersService:
    """Adds, lists, removes and moves the folders of a library."""

    def __init__(self, database: Database, events: EventBus) -> None:
        self._database = database
        self._events = events

    def list(self) -> list[FolderStatus]:
        """Return all folders with their state, by path."""
        with self._database.read() as unit:
            roots = unit.roots.all()
            counts = unit.files.counts()
        statuses = []
        for root in roots:
            of_root = counts.get(root.id, dict.fromkeys(FileState, 0))
            present = of_root[FileState.PRESENT]
            online = is_online(root, known_files=present > 0)
            statuses.append(FolderStatus(root, online, present, of_root[FileState.MISSING]))
        return sorted(statuses, key=lambda status: str(status.root.path))

    def add(self, path: Path, exclusions: Sequence[str] = ()) -> Root:
        """Add a folder; it is scanned from then on. A known one gets the further exclusions.

        Args:
            path: The folder.
            exclusions: Glob patterns, relative to it, of what is left out.

        Raises:
            UsageError: It is no folder, or lies inside one that the library has already.
        """
        folder = existing_folder(path)
        with self._database.write() as unit:
            roots = unit.roots.all()
            known = next((root for root in roots if _same_folder(root.path, folder)), None)
            if known is not None:
                root = _excluding(known, exclusions)
                if root != known:
                    unit.roots.update(root)
            else:
                holder = next((root for root in roots if place_in(root.path, folder) is not None), None)
                if holder is not None:
                    raise UsageError(
                        f"{folder} lies inside {holder.path}, which the library has already.",
                        f"To look only there: faceorganizer scan {folder}",
                    )
                root = unit.roots.add(folder, folder_identity(folder), _patterns(exclusions))
        self._events.changed(unit.changes)
        return root

    def exclude(self, known: Root, under: str, patterns: Sequence[str]) -> None:
        """Leave out more of a folder from now on, whether or not it is there.

        Args:
            known: The folder.
            under: Relative path of the part that the patterns are for; empty for the whole folder.
            patterns: Glob patterns.
        """
        part = glob.escape(under)
        placed = [f"{part}/{middle}{pattern}" for pattern in _patterns(patterns) for middle in ("", "*/")]
        with self._database.write() as unit:
            root = _excluding(known, placed if under else patterns)
            if root != known:
                unit.roots.update(root)
        self._events.changed(unit.changes)

    def set_exclusions(self, path: Path, patterns: Sequence[str]) -> ChangeSet:
        """Say anew what is left out of a folder; what was, is looked at again at the next scan.

        Args:
            path: The folder.
            patterns: Glob patterns, relative to it; empty ones do not count.

        Raises:
            UnknownIdError: The library has no such folder.
        """
        with self._database.write() as unit:
            known = self.find(unit.roots.all(), path)
            wanted = tuple(dict.fromkeys(_patterns([text.strip() for text in patterns])))
            if wanted != known.exclusions:
                unit.roots.update(replace(known, exclusions=wanted))
        self._events.changed(unit.changes)
        return unit.changes

    def remove(self, path: Path) -> ChangeSet:
        """Forget a folder and its files; faces, people and names stay and return when it is added again.

        Raises:
            UnknownIdError: The library has no such folder.
        """
        with self._database.write() as unit:
            unit.roots.remove(self.find(unit.roots.all(), path).id)
        self._events.changed(unit.changes)
        return unit.changes

    def relocate(self, old: Path, new: Path) -> ChangeSet:
        """Say that a folder has moved; everything known of its files stays.

        Args:
            old: Where it was.
            new: Where it is now.

        Raises:
            UnknownIdError: The library has no such folder.
            UsageError: The new place is no folder, or another folder of the library.
        """
        folder = existing_folder(new)
        with self._database.write() as unit:
            roots = unit.roots.all()
            root = self.find(roots, old)
            if any(other.id != root.id and _same_folder(other.path, folder) for other in roots):
                raise UsageError(f"{folder} is a folder of the library already.")
            unit.roots.update(replace(root, path=folder, volume=folder_identity(folder)))
        self._events.changed(unit.changes)
        return unit.changes

    @staticmethod
    def find(roots: Sequence[Root], path: Path) -> Root:
        """The known folder at a path, whether or not it is there now.

        Args:
            roots: The known ones.
            path: Absolute.

        Raises:
            UnknownIdError: The library has no such folder.
        """
        wanted = absolute(path)
        exact = next((root for root in roots if root.path == wanted), None)
        found = exact or next((root for root in roots if _same_folder(root.path, wanted)), None)
        if found is None:
            raise UnknownIdError(
                f"The library has no folder {wanted}.", "'faceorganizer folders list' shows those it has."
            )
        return found


def absolute(path: Path) -> Path:
    """Absolute path without '..' and '~', links kept: the name by which the user knows the folder."""
    try:
        return Path(os.path.abspath(path.expanduser()))
    except RuntimeError:  # no home folder is known: "~" is a name like any other
        return Path(os.path.abspath(path))


def existing_folder(path: Path) -> Path:
    """Absolute path of a folder that is there.

    Raises:
        UsageError: There is none.
    """
    folder = absolute(path)
    if not os.path.isdir(folder):  # noqa: PTH112 - Path.is_dir raises where a folder above may not be entered
        raise UsageError(f"{folder} is not a folder." if os.path.lexists(folder) else f"There is no folder {folder}.")
    return folder


def place_in(root: Path, path: Path) -> str | None:
    """Relative path, with forward slashes, by which a folder's walk knows something in it.

    Finds the place also where the folder is reached by a link, or is spelled otherwise (composed or decomposed
    accents, upper and lower case) where the file system takes both for one.

    Args:
        root: Absolute path of the folder.
        path: Absolute path.

    Returns:
        Empty for the folder itself; None when the path does not lie in it.
    """
    holder = root if path.is_relative_to(root) else None
    if holder is None:
        holder = next((folder for folder in (path, *path.parents) if _same_folder(root, folder)), None)
    return None if holder is None else _as_listed(root, path.relative_to(holder))


def _as_listed(folder: Path, relative: PurePath) -> str:
    names: list[str] = []
    for name in relative.parts:
        names.append(_listed_name(folder.joinpath(*names), name))
    return "/".join(names)


def _listed_name(folder: Path, name: str) -> str:
    if not os.path.lexists(folder / name):
        return name
    try:
        listed = os.listdir(folder)  # noqa: PTH208 - names are wanted, not paths
    except OSError:
        return name
    return name if name in listed else next((other for other in listed if same_name(name, other)), name)


def _same_folder(first: Path, second: Path) -> bool:
    # Also true for two spellings of one name where the file system takes them for one.
    try:
        return first == second or first.samefile(second)
    except OSError:
        return False


def _excluding(root: Root, patterns: Sequence[str]) -> Root:
    return replace(root, exclusions=tuple(dict.fromkeys((*root.exclusions, *_patterns(patterns)))))


def _patterns(texts: Sequence[str]) -> tuple[str, ...]:
    """Patterns as they are matched: a folder's name may have been typed with a slash behind it."""
    return tuple(pattern for text in texts if (pattern := text.rstrip("/")))
