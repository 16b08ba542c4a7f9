"""A real library, and folders of real picture files."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from patch_pictures import MODEL, Camera, observations, work_inline

from faceorganizer.db.database import Database
from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity
from faceorganizer.library import Library


@pytest.fixture
def camera() -> Camera:
    return Camera()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.create(tmp_path / "the library")
    yield opened
    assert opened.check() == []
    opened.close()


@pytest.fixture
def library(database: Database, tmp_path: Path) -> Library:
    return Library(database, tmp_path / "settings.toml")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    work_inline(monkeypatch)


AddPhoto = Callable[..., tuple[ContentId, list[FaceId]]]


@pytest.fixture
def add_photo(database: Database) -> AddPhoto:
    """Put a photo with faces into the library without any file: ``add_photo("a.jpg", 2)``."""

    def add(name: str, faces: int = 1, state: FileState = FileState.PRESENT) -> tuple[ContentId, list[FaceId]]:
        with database.write() as unit:
            roots = unit.roots.all()
            root = roots[0].id if roots else unit.roots.add(Path("/photos"), "1:1").id
            content = unit.contents.add(PictureIdentity(b"f", os.fsencode(name), "jpeg", 400, 300))
            unit.files.add([FileRecord(0, root, name, 1, 2, b"f", content, state)])  # type: ignore[arg-type]
            boxes = [(30.0 * index, 10.0, 20.0, 20.0) for index in range(faces)]
            found = observations(boxes, seed=int(content))
            return content, unit.faces.store(content, unit.models.id_of(MODEL), "test", found, [], [])

    return add


@pytest.fixture
def group(database: Database, add_photo: AddPhoto) -> Callable[..., tuple[PersonId, list[FaceId]]]:
    """An unnamed group of automatic faces, each in a photo of its own: ``group("a", 3)``."""

    def make(label: str, count: int) -> tuple[PersonId, list[FaceId]]:
        faces = [add_photo(f"{label}{number}.jpg")[1][0] for number in range(count)]
        with database.write() as unit:
            person = unit.people.create(None)
            unit.people.assign(faces, person, AssignmentSource.AUTOMATIC)
        return person, faces

    return make
