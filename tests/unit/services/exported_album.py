"""A library of real picture files and people, for exports."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from patch_pictures import MODEL, Camera, observations

from faceorganizer.db.database import Database
from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.ids import ContentId, PersonId
from faceorganizer.domain.pictures import Capture, FileRecord, FileState
from faceorganizer.imaging.identify import identify


class Album:
    """Puts picture files on disk and into a library; every picture is another one."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self._camera = Camera()
        self._count = 0
        with database.write() as unit:
            self.root = unit.roots.add(folder, "1:1").id

    def person(self, name: str | None) -> PersonId:
        with self.database.write() as unit:
            return unit.people.create(name)

    def photo(
        self, name: str, *people: PersonId | None, taken: datetime | None = None, picture: int | None = None
    ) -> ContentId:
        """Make a photo that shows some people; None is a face of nobody. The same picture again is a duplicate."""
        self._count += 1
        path = self.folder / name
        note = name.encode("ascii", "replace").decode()
        self._camera.write(path, self._count if picture is None else picture, note=note)
        return self._add(path, people, taken)

    def known(self, name: str, faces: int) -> ContentId:
        """Take in a file that is there, with faces of nobody."""
        return self._add(self.folder / name, [None] * faces, None)

    def _add(self, path: Path, people: Sequence[PersonId | None], taken: datetime | None) -> ContentId:
        identity = identify(path, max_megapixels=1.0)
        identity = replace(identity, capture=Capture(taken, "exif" if taken else ""))
        status = path.stat()
        place = path.relative_to(self.folder).as_posix()
        with self.database.write() as unit:
            known = unit.contents.by_hash([identity.content_hash]).get(identity.content_hash)
            content = known.id if known is not None else unit.contents.add(identity)
            times = status.st_size, status.st_mtime_ns
            unit.files.add([FileRecord(0, self.root, place, *times, identity.file_hash, content, FileState.PRESENT)])  # type: ignore[arg-type]
            if known is None:
                boxes = [(2.0 + 12 * index, 4.0, 10.0, 10.0 + index) for index in range(len(people))]
                found = observations(boxes, seed=int(content))
                faces = unit.faces.store(content, unit.models.id_of(MODEL), "test", found, [], [])
                for face, holder in zip(faces, people, strict=True):
                    if holder is not None:
                        unit.people.assign([face], holder, AssignmentSource.MANUAL)
        return content


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the list of the export, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("faceorganizer-export.")
    }


def names(folder: Path) -> list[str]:
    """Every file and link below a folder, but the list."""
    return sorted(
        Path(where, name).relative_to(folder).as_posix()
        for where, _, files in os.walk(folder)
        for name in files
        if not name.startswith("faceorganizer-export.")
    )
