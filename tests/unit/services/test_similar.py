"""Faces that look alike, on libraries of invented people; a picture file is read in this process."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from review_library import People, look
from test_drawing import HerePool

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import UnknownIdError, UnreadablePhotoError, UsageError, VectorError
from faceorganizer.domain.ids import FaceId
from faceorganizer.jobs import alone
from faceorganizer.library import Library
from faceorganizer.services.recognition import similar

ANNA, BEN = 1, 2


@pytest.fixture
def people(library: Library, database: Database) -> People:
    return People(database, library._clustering.model)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "WorkerPool", HerePool)


def faces(found: list[similar.SimilarFace]) -> list[FaceId]:
    return [one.seen.face for one in found]


def test_those_who_look_alike_come_first(library: Library, people: People) -> None:
    anna, group = people.held(ANNA, 4, "Anna"), people.held(BEN, 3)
    first, *others = [record.face for record in library.faces.list(person=anna)]
    found = library.similar.to_face(first)
    assert set(faces(found)[:3]) == set(others)
    assert len(found) == 6
    assert {one.name for one in found[:3]} == {"Anna"}
    assert {(one.name, one.seen.person) for one in found[3:]} == {(None, group)}
    distances = [one.distance for one in found]
    assert distances == sorted(distances)
    assert distances[0] == pytest.approx(np.linalg.norm(look(ANNA, 1) - look(ANNA, faces(found)[0])), rel=1e-3)
    chances = [one.probability or 0.0 for one in found]
    assert chances[0] > 0.9 > 0.1 > chances[-1]
    assert faces(library.similar.to_face(first, limit=2)) == faces(found)[:2]


def test_what_is_put_away_or_forgotten_is_not_found(library: Library, people: People) -> None:
    asked, ignored, wrong, held = people.faces(ANNA, 4)
    assert len(library.similar.to_face(asked)) == 3
    library.faces.ignore([ignored])
    library.faces.not_a_face([wrong])
    assert faces(library.similar.to_face(asked)) == [held]
    with pytest.raises(UsageError, match="put away"):
        library.similar.to_face(ignored)
    library.faces.restore([ignored])
    assert set(faces(library.similar.to_face(asked))) == {ignored, held}
    library.forget_faces()
    with pytest.raises(UsageError, match="put away"):  # a bare box is left
        library.similar.to_face(asked)


def test_faces_that_come_are_found(library: Library, people: People) -> None:
    asked = people.faces(ANNA, 12)[0]
    assert len(library.similar.to_face(asked)) == 11
    (new,) = people.faces(ANNA, 1)
    library.similar.forget()  # it was written past the library's services
    assert new in faces(library.similar.to_face(asked))
    library.people.name_faces([new], "Anna")
    assert [one.name for one in library.similar.to_face(asked) if one.seen.face == new] == ["Anna"]


def test_no_such_face_and_no_faces_at_all(library: Library, people: People) -> None:
    with pytest.raises(UnknownIdError):
        library.similar.to_face(FaceId(7))
    assert library.similar.to_descriptor(look(ANNA, 1)) == []
    (face,) = people.faces(ANNA, 1)
    library.similar.forget()
    assert library.similar.to_face(face) == []
    with pytest.raises(UsageError):
        library.similar.to_face(face, limit=0)
    with pytest.raises(VectorError):
        library.similar.to_descriptor(np.zeros(5, np.float32))
    with pytest.raises(VectorError):
        library.similar.to_descriptor(np.full(128, np.nan, np.float32))


def test_the_largest_face_of_a_picture(
    library: Library, people: People, here: None, tmp_path: Path, astronaut: np.ndarray
) -> None:
    small = Image.fromarray(astronaut).resize((256, 256))
    both = Image.new("RGB", (768, 512))
    both.paste(Image.fromarray(astronaut), (0, 0))
    both.paste(small, (512, 100))
    both.save(tmp_path / "both.png")
    found = library.similar.face_in(tmp_path / "both.png")
    assert found.faces == 2
    assert found.box[0] < 512
    assert found.descriptor.shape == (128,)
    assert found.picture.startswith(b"\xff\xd8")
    people.faces(ANNA, 3)
    assert len(library.similar.to_descriptor(found.descriptor)) == 3


def test_files_without_a_face_or_a_picture(library: Library, here: None, tmp_path: Path) -> None:
    Image.new("RGB", (300, 200), "green").save(tmp_path / "meadow.jpg")
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "ünread.jpg").write_bytes(b"\xff\xd8\xff" + bytes(100))
    with pytest.raises(UsageError, match="No face"):
        library.similar.face_in(tmp_path / "meadow.jpg")
    for name in ("empty.jpg", "ünread.jpg", "nowhere.jpg"):
        with pytest.raises(UnreadablePhotoError):
            library.similar.face_in(tmp_path / name)
