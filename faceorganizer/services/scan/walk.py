"""Finds the photo files of a folder."""

import os
import stat
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from faceorganizer.domain.errors import StorageError
from faceorganizer.imaging.files import os_reason
from faceorganizer.imaging.formats import is_photo

# Folders that systems and servers fill with pictures of their own: previews, bins, resource forks.
SYSTEM_FOLDERS = frozenset(
    {"@eaDir", "#recycle", "$RECYCLE.BIN", "System Volume Information", "lost+found", "__MACOSX"}
)

DirectoryId = tuple[int, int]


def picture_folders(library: Path) -> list[Path]:
    """Folders of a library in which pictures lie that are no photos."""
    return [library / "cache", library / "backups"]


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A photo file as the file system shows it.

    Attributes:
        path: Relative to the walked root, with forward slashes.
        size: Bytes.
        mtime_ns: Modification time, nanoseconds since 1970.
        error: Why not even this much could be read; empty when it could.
    """

    path: str
    size: int
    mtime_ns: int
    error: str = ""


@dataclass(slots=True)
class Walk:
    """What a walk saw.

    Attributes:
        files: Photo files by relative path.
        unlisted: Folders that could not be listed, with the reason; what is below them is unknown, not gone.
    """

    files: dict[str, FoundFile] = field(default_factory=dict)
    unlisted: dict[str, str] = field(default_factory=dict)

    def knows(self, path: str) -> bool:
        """Whether a file at that relative path would have been seen: its folder could be listed."""
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            if folder in self.unlisted:
                return False
        return True


def directory_id(path: Path) -> DirectoryId:
    """Identity of a folder on this machine, whatever path or link leads to it."""
    status = path.stat()
    return status.st_dev, status.st_ino


def walk_photos(
    root: Path,
    *,
    under: str = "",
    exclusions: Collection[str] = (),
    hidden: bool = False,
    follow_links: bool = True,
    skip: Collection[DirectoryId] = (),
    check: Callable[[], None] = lambda: None,
) -> Walk:
    """Walk a folder and everything below it.

    Args:
        root: Absolute path of the folder.
        under: Relative path below it to which the walk is limited.
        exclusions: Glob patterns; matched against names and against paths relative to the root.
        hidden: Whether hidden files and folders are looked at: names that begin with a dot, on Windows also those
            marked so.
        follow_links: Whether links to folders are followed; each folder is entered once, so that loops end.
        skip: Folders that are walked by somebody else, or belong to the library itself.
        check: Called once a folder; may raise to cancel.

    Raises:
        StorageError: The root itself cannot be listed.
    """
    walk = Walk()
    entered = set(skip)
    pending, links = [under], list[str]()
    while pending or links:
        check()
        # Links last: a folder is known by its own place, and by a link only when it lies elsewhere.
        folder = pending.pop() if pending else links.pop(0)
        try:
            identity = directory_id(root / folder)
            if identity in entered:
                continue
            entered.add(identity)
            entries = _entries(root / folder)
        except OSError as error:
            if folder == under:
                raise StorageError(f"The folder {root / folder} could not be read: {os_reason(error)}.") from error
            walk.unlisted[folder] = os_reason(error)
            continue
        inner: list[str] = []
        for entry in entries:
            relative = f"{folder}/{entry.name}" if folder else entry.name
            if _unwanted(entry.name, relative, exclusions) or not (hidden or _is_shown(entry)):
                continue
            if _is_folder(entry):
                if not entry.is_symlink():
                    inner.append(relative)
                elif follow_links:
                    links.append(relative)
            elif is_photo(entry.name):
                walk.files[relative] = _found(relative, entry)
        pending += reversed(inner)  # they are taken from the end
    return walk


def _entries(folder: Path) -> list["os.DirEntry[str]"]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _unwanted(name: str, relative: str, exclusions: Collection[str]) -> bool:
    if name in SYSTEM_FOLDERS:
        return True
    return any(fnmatchcase(name, pattern) or fnmatchcase(relative, pattern) for pattern in exclusions)


def _is_shown(entry: "os.DirEntry[str]") -> bool:
    if entry.name.startswith("."):
        return False
    if os.name != "nt":
        return True
    try:
        attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)  # Windows knows them already
    except OSError:
        return True  # what it is is told when it is read
    return not attributes & stat.FILE_ATTRIBUTE_HIDDEN


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself; as a photo's name it is reported with its reason
        return False


def _found(relative: str, entry: "os.DirEntry[str]") -> FoundFile:
    try:
        status = entry.stat()
    except OSError as error:
        return FoundFile(relative, 0, 0, os_reason(error))
    return FoundFile(relative, status.st_size, status.st_mtime_ns)
