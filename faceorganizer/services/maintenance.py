"""The state of a library: what is in it, and whether it is sound."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from faceorganizer.db.database import Database
from faceorganizer.db.repositories.runs import RunRecord
from faceorganizer.domain.people import count_people
from faceorganizer.domain.pictures import FileState


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


class MaintenanceService:
    """Looks after the library as a whole."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
            )

    def check(self) -> list[str]:
        """Look for damage; one sentence for each thing that is wrong, none when the library is sound."""
        return self._database.check()
