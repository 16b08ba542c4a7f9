"""Faces of a library and of other files compared; work that belongs to other processes is done in this one."""

import os
from pathlib import Path

import numpy as np
import pytest
from patch_pictures import Camera, InlinePool

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import LibraryMissingError, UnknownIdError, UnreadablePhotoError, UsageError
from faceorganizer.domain.faces import EmbeddingModel, FaceObservations
from faceorganizer.domain.progress import Unattended
from faceorganizer.library import Library
from faceorganizer.services.recognition import looking, verification
from faceorganizer.services.recognition.looking import look_at
from faceorganizer.services.recognition.verification import ComparedFace, PictureFace, VerificationService
from faceorganizer.services.scan.tasks import VisionOptions
from faceorganizer.services.settings import SettingsService

pytestmark = pytest.mark.usefixtures("inline")


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "WorkerPool", InlinePool)
    monkeypatch.setattr(VisionOptions, "fill_cache", lambda options: None)


@pytest.fixture
def scanned(library: Library, photos: Path, camera: Camera) -> Library:
    """Three photos with a face each."""
    for number in range(3):
        camera.write(photos / f"{number}.jpg", number)
    library.scan(photos, group=False)
    return library


def test_two_faces_by_their_ids(scanned: Library) -> None:
    faces = scanned.faces.list()
    scanned.people.name_faces([faces[0].face], "Ann", same=False)
    found = scanned.verification.verify(faces[0].face, faces[1].face)
    assert (found.left.face, found.right.face) == (faces[0].face, faces[1].face)
    assert (found.left.name, found.right.name, found.right.person) == ("Ann", None, None)
    assert found.left.photo == faces[0].path
    assert found.left.box == faces[0].box
    assert found.left.size == (64, 48)
    assert found.same is False
    assert found.probability is not None
    assert found.probability < 1e-6
    assert found.distance > 1


def test_a_photo_of_the_library_is_not_looked_at_again(
    scanned: Library, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "WorkerPool", None)
    found = scanned.verification.verify(photos / "0.jpg", photos / "1.jpg")
    assert found.left.face == scanned.faces.list(photo=photos / "0.jpg")[0].face
    assert found.left.photo == photos / "0.jpg"
    assert found.left.faces == 1


def test_any_file_is_looked_at(scanned: Library, tmp_path: Path, camera: Camera) -> None:
    camera.write(tmp_path / "elsewhere.jpg", 0)
    known = scanned.faces.list()[0]
    found = scanned.verification.verify(known.face, tmp_path / "elsewhere.jpg")
    assert found.right.face is None
    assert found.right.box == known.box
    assert found.distance == 0
    assert found.same is True
    assert found.probability == pytest.approx(1)


def test_a_photo_that_has_changed_is_looked_at_again(scanned: Library, photos: Path, camera: Camera) -> None:
    camera.write(photos / "0.jpg", 1)
    found = scanned.verification.verify(photos / "0.jpg", photos / "1.jpg")
    assert found.left.face is None
    assert found.distance == 0


def test_files_need_no_library(tmp_path: Path, camera: Camera) -> None:
    for number in range(2):
        camera.write(tmp_path / f"{number}.jpg", number)
    service = VerificationService(None, SettingsService(tmp_path / "settings.toml", None))
    found = service.verify(tmp_path / "0.jpg", PictureFace(tmp_path / "1.jpg", 1), false_accepts=1e-2)
    assert found.same is False
    assert found.false_accepts == 1e-2
    with pytest.raises(LibraryMissingError):
        service.verify(1, tmp_path / "0.jpg")


def test_a_rate_moves_the_threshold(scanned: Library) -> None:
    first, second = (face.face for face in scanned.faces.list()[:2])
    cuts = [scanned.verification.verify(first, second, false_accepts=rate).threshold for rate in (1e-4, 1e-3, 1e-2)]
    assert cuts == sorted(cuts)  # type: ignore[type-var]
    with pytest.raises(UsageError, match="false-accept rate"):
        scanned.verification.verify(first, second, false_accepts=0.5)


def test_other_faces_of_a_photo_by_size(scanned: Library, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    boxes = np.array([[0, 0, 10, 10], [20, 0, 30, 30], [60, 0, 20, 20]], np.float32)
    faces = FaceObservations(
        boxes,
        np.ones(3, np.float32),
        np.zeros((3, 68, 2), np.float32),
        np.eye(3, 128, dtype=np.float32),
        np.ones(3, np.float32),
    )
    monkeypatch.setattr(
        verification, "look_at", lambda paths, *_: [looking.Looked(n, (90, 40), faces) for n in range(len(paths))]
    )
    strange = photos.parent / "x.jpg"
    strange.touch()
    found = scanned.verification.verify(strange, PictureFace(strange, 3))
    assert found.left.box == (20, 0, 30, 30)
    assert found.right.box == (0, 0, 10, 10)
    assert found.left.faces == 3
    with pytest.raises(UsageError, match="it has 3 faces"):
        scanned.verification.verify(strange, PictureFace(strange, 4))
    with pytest.raises(UsageError, match="no face 0"):
        scanned.verification.verify(strange, PictureFace(strange, 0))


def test_what_cannot_be_compared_is_told(scanned: Library, database: Database, tmp_path: Path) -> None:
    first, second, third = (face.face for face in scanned.faces.list())
    scanned.faces.ignore([second])
    with pytest.raises(UsageError, match="put away"):
        scanned.verification.verify(first, second)
    with pytest.raises(UnknownIdError):
        scanned.verification.verify(first, 4711)
    with pytest.raises(UnreadablePhotoError):
        scanned.verification.verify(third, tmp_path / "nowhere.jpg")
    (tmp_path / "empty.jpg").touch()
    with pytest.raises(UnreadablePhotoError):
        scanned.verification.verify(third, tmp_path / "empty.jpg")
    with pytest.raises(UnreadablePhotoError):
        scanned.verification.verify(third, tmp_path)


def test_a_photo_without_faces_is_told(scanned: Library, photos: Path) -> None:
    face = scanned.faces.list(photo=photos / "0.jpg")[0].face
    scanned.faces.ignore([face])
    with pytest.raises(UsageError, match="No face was found"):
        scanned.verification.verify(photos / "0.jpg", photos / "1.jpg")


def test_a_face_without_a_descriptor_is_told(scanned: Library, photos: Path, database: Database) -> None:
    content = scanned.faces.list()[0].photo
    with database.write() as unit:
        drawn = unit.faces.draw(content, np.array([1, 1, 9, 9], np.float32))
    with pytest.raises(UsageError, match="not described"):
        scanned.verification.verify(drawn, photos / "1.jpg")


def test_a_model_that_was_never_measured_has_distances_only(scanned: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "calibration_of", lambda model: None)
    first, second = (face.face for face in scanned.faces.list()[:2])
    found = scanned.verification.verify(first, second)
    assert found.distance > 0
    assert found.probability is found.threshold is found.same is None
    assert "never measured" in verification.in_words(found)[1]


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.0, "< 0.1 %"), (0.0123, "1.2 %"), (0.5, "50.0 %"), (0.9985, "99.9 %"), (1.0, "> 99.9 %")],
)
def test_what_is_not_sure_is_neither_0_nor_100(probability: float, said: str) -> None:
    assert verification.in_per_cent(probability) == said


def test_words_say_the_verdict_and_why() -> None:
    face = ComparedFace(Path("a.jpg"), None, (0, 0, 1, 1), 1, None, None, (1, 1))
    model = EmbeddingModel("dlib-resnet-v1", "0" * 16, 128, "euclidean", "68-point")
    found = verification.Verification(face, face, 0.6, 0.7374, 0.5438, 1e-3, model)
    assert verification.in_words(found) == [
        "Two people: probability of one person 73.7 %",
        "Distance 0.600, above 0.544, the threshold for a false-accept rate of 0.001",
    ]


def test_many_files_are_looked_at_and_failures_told(tmp_path: Path, camera: Camera) -> None:
    paths = [tmp_path / f"{number}.jpg" for number in range(30)]
    for number, path in enumerate(paths):
        camera.write(path, number)
    paths[7].write_bytes(b"no picture")
    paths[9] = tmp_path / os.fsdecode(b"caf\xe9 missing.jpg")
    settings = SettingsService(tmp_path / "settings.toml", None)
    found = {one.number: one for one in look_at(paths, settings, tmp_path, Unattended(), "Looking")}
    assert sorted(found) == list(range(30))
    assert [number for number, one in found.items() if one.faces is None] == [7, 9]
    assert found[7].reason
    assert found[0].size == (64, 48)
    assert list(look_at([], settings, tmp_path, Unattended(), "Looking")) == []
