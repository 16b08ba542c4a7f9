"""Compares what is on disk with what the library knows."""

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from faceorganizer.domain.pictures import FileRecord, FileState, Root
from faceorganizer.imaging.files import os_reason
from faceorganizer.services.scan.walk import DirectoryId, FoundFile, Walk, walk_photos
from faceorganizer.settings.model import ScanSettings


@dataclass(frozen=True, slots=True)
class Scope:
    """A folder, or a part of one, that is brought up to date.

    Attributes:
        under: Relative path of the part; empty for the whole folder.
    """

    root: Root
    under: str = ""

    def holds(self, path: str) -> bool:
        """Whether a relative path lies in the scope."""
        return not self.under or path.startswith(f"{self.under}/")

    def covers(self, other: "Scope") -> bool:
        """Whether all of another scope lies in this one."""
        return self.root.id == other.root.id and (self.under == other.under or self.holds(other.under))


@dataclass(frozen=True, slots=True)
class Inventory:
    """The files of a scope.

    Attributes:
        found: Photo files on disk by relative path.
        known: Files of the library by relative path.
        gone: Known files that are no longer there, present or missing before.
        unlisted: Folders that could not be looked into, with the reason.
    """

    scope: Scope
    found: dict[str, FoundFile]
    known: dict[str, FileRecord]
    gone: dict[str, FileRecord]
    unlisted: dict[str, str]

    def settled(self, found: FoundFile) -> bool:
        """Whether a file is as the library knows it, and could be read then."""
        known = self.known.get(found.path)
        if known is None or known.content is None or known.error or found.error:
            return False
        return (known.size, known.mtime_ns) == (found.size, found.mtime_ns)

    def has_news(self) -> bool:
        """Whether there is a file to be looked at."""
        return not all(map(self.settled, self.found.values()))

    def returned(self) -> list[FileRecord]:
        """Files that were missing and are back as they were."""
        return [
            record
            for path, record in self.known.items()
            if record.state is FileState.MISSING and path in self.found and self.settled(self.found[path])
        ]

    def lacks(self, record: FileRecord) -> bool:
        """Whether a file of the scope is not where the library knows it."""
        if record.path in self.found:
            return False
        return record.path in self.gone or record.state is FileState.MISSING

    def path(self, relative: str) -> Path:
        """Absolute path of a file of the scope."""
        return self.scope.root.path / relative


def take_inventory(
    scope: Scope,
    known: Collection[FileRecord],
    settings: ScanSettings,
    skip: Collection[DirectoryId],
    check: Callable[[], None],
) -> Inventory:
    """Walk a scope and hold it against the library's files of its root.

    Args:
        scope: What to walk.
        known: Files of the whole root.
        settings: Exclusions and what else limits the walk.
        skip: Folders to leave out: other roots, the library itself.
        check: Called once a folder; may raise to cancel.

    Raises:
        StorageError: The scope itself cannot be listed.
    """
    walk = walk_photos(
        scope.root.path,
        under=scope.under,
        exclusions=(*settings.exclude, *scope.root.exclusions),
        hidden=settings.hidden,
        follow_links=settings.follow_links,
        skip=skip,
        check=check,
    )
    records = {record.path: record for record in known if scope.holds(record.path)}
    return Inventory(scope, walk.files, records, _gone(records, walk), walk.unlisted)


def look_at(root: Root, files: Collection[FileRecord]) -> Inventory:
    """Hold single files that the library knows against what is on disk, without a walk."""
    found: dict[str, FoundFile] = {}
    gone: dict[str, FileRecord] = {}
    for file in files:
        try:
            status = os.stat(root.path / file.path)  # noqa: PTH116 - as the walk does
        except (FileNotFoundError, NotADirectoryError):
            gone[file.path] = file
        except OSError as error:
            found[file.path] = FoundFile(file.path, file.size, file.mtime_ns, os_reason(error))
        else:
            found[file.path] = FoundFile(file.path, status.st_size, status.st_mtime_ns)
    return Inventory(Scope(root), found, {file.path: file for file in files}, gone, {})


def _gone(records: dict[str, FileRecord], walk: Walk) -> dict[str, FileRecord]:
    absent = {path: record for path, record in records.items() if path not in walk.files}
    return {path: record for path, record in absent.items() if walk.knows(path)} if walk.unlisted else absent
