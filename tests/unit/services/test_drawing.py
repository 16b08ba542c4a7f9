"""Faces drawn and corrected by hand, from real pictures; the process that describes them runs in this one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from patch_pictures import observations
from PIL import Image

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import FaceOrganizerError, UnknownIdError, UsageError
from faceorganizer.domain.faces import AssignmentSource, FaceObservations, FaceRecord, FaceSource, FaceState
from faceorganizer.domain.geometry import overlaps
from faceorganizer.domain.ids import FaceId
from faceorganizer.domain.pictures import Detail, FileRecord, FileState
from faceorganizer.imaging.identify import identify
from faceorganizer.jobs import alone
from faceorganizer.jobs.workers import Outcome
from faceorganizer.library import Library
from faceorganizer.services.scan.ledger import Ledger, Search

FACE = (175.0, 78.0, 96.0, 96.0)  # about the astronaut's
NO_FACE = (300.0, 250.0, 90.0, 90.0)
ELSEWHERE = (20.0, 300.0, 80.0, 80.0)


class HerePool:
    """A worker pool's interface without a process: the factory and the handler are the real ones."""

    def __init__(self, factory: Callable[..., Callable[[Any], Any]], arguments: tuple[Any, ...], **_: object) -> None:
        self._make = lambda: factory(*arguments)

    def __enter__(self) -> "HerePool":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def submit(self, task: Any) -> None:
        try:
            self._outcome: Outcome[Any, Any] = Outcome(task, self._make()(task))
        except FaceOrganizerError as error:
            self._outcome = Outcome(task, error=error)

    def next_outcome(self, _: float | None = None) -> Outcome[Any, Any]:
        return self._outcome

    def __class_getitem__(cls, _: object) -> type["HerePool"]:
        return cls


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "WorkerPool", HerePool)


@pytest.fixture
def photo(database: Database, photos: Path, astronaut: np.ndarray) -> Path:
    """The astronaut's portrait, as if a scan had found nothing in it."""
    path = photos / "portrait.png"
    Image.fromarray(astronaut).save(path)
    status = path.stat()
    identity = identify(path, max_megapixels=1.0)
    with database.write() as unit:
        root = unit.roots.add(photos, "1:1").id
        content = unit.contents.add(identity)
        size, mtime = status.st_size, status.st_mtime_ns
        file_hash = identity.file_hash
        unit.files.add([FileRecord(0, root, path.name, size, mtime, file_hash, content, FileState.PRESENT)])  # type: ignore[arg-type]
    return path


def only(library: Library, photo: Path) -> FaceRecord:
    (face,) = library.faces.list(photo=photo, state="all")
    return face


def found_again(library: Library, database: Database, face: FaceRecord, box: tuple[float, ...]) -> None:
    """What a scan does that finds the face at a place."""
    again: FaceObservations = observations([box], 128)  # type: ignore[list-item]
    with database.write() as unit:
        model = unit.models.id_of(library._clustering.model)
        unit.faces.store(face.photo, model, "dlib-hog", again, [(face.face, 0)], [])


def test_a_drawn_face_has_landmarks_and_a_descriptor(library: Library, database: Database, photo: Path) -> None:
    drawn = library.faces.draw(photo, FACE)
    face = only(library, photo)
    assert (face.face, face.box, face.source) == (drawn.face, tuple(map(round, FACE)), FaceSource.MANUAL)
    assert drawn.undescribed == ""
    assert drawn.changes.step == "draw face"
    assert face.landmarks.shape == (68, 2)
    assert face.quality > 0.5
    assert face.model == library._clustering.model.name
    with database.read() as unit:
        assert len(unit.descriptors.table(unit.models.id_of(library._clustering.model))) == 1
    library.people.name_face(drawn.face, "Eileen")
    assert library.people.find("Eileen").key_face == drawn.face


def test_where_no_face_can_be_made_out_it_is_kept_all_the_same(
    library: Library, database: Database, photo: Path
) -> None:
    drawn = library.faces.draw(photo, NO_FACE)
    assert "made out" in drawn.undescribed
    face = only(library, photo)
    assert (len(face.landmarks), face.model, face.quality) == (0, None, 0)
    library.people.name_face(drawn.face, "Her helmet")
    assert library.people.find("Her helmet").faces == 1


@pytest.mark.parametrize("damage", ["gone", "other", "broken"])
def test_without_the_original_a_face_can_be_drawn(
    library: Library, database: Database, photo: Path, damage: str
) -> None:
    if damage == "gone":
        photo.unlink()
    else:
        photo.write_bytes(b"no picture")
    if damage == "broken":  # and the library does not know
        status = photo.stat()
        with database.write() as unit:
            (file,) = unit.files.of_root(unit.roots.all()[0].id)
            changed = {"size": status.st_size, "mtime_ns": status.st_mtime_ns}
            unit.files.update([FileRecord(**{name: getattr(file, name) for name in file.__slots__} | changed)])
    drawn = library.faces.draw(photo, FACE)
    assert drawn.undescribed
    assert only(library, photo).box == tuple(map(round, FACE))


def test_a_crash_while_describing_costs_the_description_only(
    library: Library, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashed = lambda self, _: Outcome(None, crash="its worker died")  # noqa: E731
    monkeypatch.setattr(HerePool, "next_outcome", crashed)
    assert library.faces.draw(photo, FACE).undescribed == "its worker died"


@pytest.mark.parametrize(
    "box",
    [
        (0, 0, 0, 0),
        (10, 10, 3, 50),
        (10, 10, -50, 50),
        (-100, 10, 120, 50),
        (600, 600, 50, 50),
        (0, 0, 5000, 5000),
        (float("nan"), 0, 50, 50),
        (0, 0, float("inf"), 50),
        (1e300, 0, 1e300, 50),
    ],
)
def test_a_box_outside_of_the_photo_is_refused(
    library: Library, photo: Path, box: tuple[float, float, float, float]
) -> None:
    with pytest.raises(UsageError, match="does not lie in the photo"):
        library.faces.draw(photo, box)
    assert library.faces.list(state="all") == []


def test_a_face_is_not_drawn_twice(library: Library, photo: Path) -> None:
    drawn = library.faces.draw(photo, FACE)
    for state, advice in ((None, "Correct"), (FaceState.NOT_A_FACE, "Restore")):
        if state is not None:
            library.faces.not_a_face([drawn.face])
        with pytest.raises(UsageError, match=advice):
            library.faces.draw(photo, (FACE[0] + 5, *FACE[1:]))
    assert library.faces.at(photo, FACE) == drawn.face
    with pytest.raises(UnknownIdError, match="No face is known there"):
        library.faces.at(photo, ELSEWHERE)


def test_a_corrected_box_is_kept_by_every_scan(library: Library, database: Database, photo: Path) -> None:
    drawn = library.faces.draw(photo, NO_FACE)
    library.people.name_face(drawn.face, "Eileen")
    corrected = library.faces.correct(drawn.face, FACE)
    assert (corrected.face, corrected.undescribed, corrected.changes.step) == (drawn.face, "", "correct face")
    face = only(library, photo)
    assert (face.box, face.name, face.model) == (tuple(map(round, FACE)), "Eileen", library._clustering.model.name)
    found_again(library, database, face, (170.0, 74.0, 99.0, 99.0))
    assert only(library, photo).box == face.box


def test_correcting_a_found_face_makes_its_box_the_users(library: Library, database: Database, photo: Path) -> None:
    with database.write() as unit:
        model = unit.models.id_of(library._clustering.model)
        content = unit.contents.by_hash([identify(photo, max_megapixels=1.0).content_hash])
        (number,) = (record.id for record in content.values())
        (face,) = unit.faces.store(number, model, "dlib-hog", observations([NO_FACE], 128), [], [])
        unit.people.assign([face], unit.people.create("Eileen"), AssignmentSource.CONFIRMED)
        before = unit.descriptors.table(model).descriptors
    library.faces.correct(face, FACE)
    record = only(library, photo)
    assert (record.source, record.name, record.box) == (FaceSource.MANUAL, "Eileen", tuple(map(round, FACE)))
    assert overlaps(np.array([record.box], np.float32), np.array([FACE], np.float32))[0, 0] > 0.95
    with database.read() as unit:
        assert not np.array_equal(unit.descriptors.table(model).descriptors, before)
    with pytest.raises(UsageError, match="would find it again"):
        library.faces.delete([face])
    # What described the former box goes, though nothing can take its place.
    library.faces.correct(face, ELSEWHERE)
    assert only(library, photo).model is None


def test_what_cannot_be_corrected(library: Library, photo: Path) -> None:
    one, two = library.faces.draw(photo, FACE).face, library.faces.draw(photo, ELSEWHERE).face
    with pytest.raises(UsageError, match=f"Face {two} is there already"):
        library.faces.correct(one, ELSEWHERE)
    with pytest.raises(UsageError, match="does not lie"):
        library.faces.correct(one, (-500, 0, 50, 50))
    with pytest.raises(UnknownIdError):
        library.faces.correct(FaceId(99), FACE)
    library.faces.ignore([one])
    with pytest.raises(UsageError, match="Restore"):
        library.faces.correct(one, FACE)
    assert library.faces.correct(two, (ELSEWHERE[0] + 4, *ELSEWHERE[1:])).face == two


def test_a_drawn_face_is_deleted_with_all_that_was_said_of_it(
    library: Library, database: Database, photo: Path
) -> None:
    one, two = library.faces.draw(photo, FACE).face, library.faces.draw(photo, ELSEWHERE).face
    library.people.name_face(one, "Eileen")
    eileen = library.people.find("Eileen").id
    library.faces.reject([two], eileen)
    library.faces.same_photo_same_person(one, two)
    library.people.key_face(eileen, one)
    library.faces.delete([one, two])
    assert library.faces.list(state="all") == []
    assert library.people.get(eileen).faces == 0
    with database.read() as unit:
        assert unit.people.links() == []
        assert unit.people.rejections().tolist() == []


def test_a_drawn_face_that_a_scan_finds_is_not_deleted(library: Library, database: Database, photo: Path) -> None:
    drawn = library.faces.draw(photo, FACE)
    found_again(library, database, only(library, photo), FACE)
    with pytest.raises(UsageError, match="would find it again"):
        library.faces.delete([drawn.face])


def test_a_face_drawn_around_the_whole_head_is_not_found_as_another_one(
    library: Library, database: Database, photo: Path
) -> None:
    head = (150.0, 45.0, 150.0, 150.0)
    drawn = library.faces.draw(photo, head).face
    found = observations([(179.0, 83.0, 88.0, 88.0), (200.0, 30.0, 40.0, 40.0), (300.0, 300.0, 60.0, 60.0)], 128)
    with database.write() as unit:
        model = unit.models.id_of(library._clustering.model)
        ledger = Ledger(Search("dlib-hog", Detail.BALANCED, model), lambda _: False)
        assert ledger.searched(unit, unit.faces.content_of(drawn), found) == 2
    faces = {face.face: face for face in library.faces.list(photo=photo)}
    assert len(faces) == 3
    assert faces[drawn].box == tuple(map(round, head))
    with pytest.raises(UsageError, match=f"Face {drawn} is there already"):
        library.faces.draw(photo, (179.0, 83.0, 88.0, 88.0))


def test_drawing_correcting_and_deleting_can_be_undone(library: Library, database: Database, photo: Path) -> None:
    def rows() -> list[tuple[Any, ...]]:
        with database._reading() as connection:
            return [
                tuple(row)
                for table in ("face", "descriptor", "person", "assignment", "rejection", "link")
                for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
            ]

    states = [rows()]
    drawn = library.faces.draw(photo, FACE).face
    states.append(rows())
    library.people.name_face(drawn, "Eileen")
    states.append(rows())
    library.faces.correct(drawn, (170.0, 70.0, 110.0, 110.0))
    states.append(rows())
    library.faces.delete([drawn])
    states.append(rows())
    for state in states[-2::-1]:
        library.undo()
        assert rows() == state
    for state in states[1:]:
        library.redo()
        assert rows() == state


def test_what_a_scan_said_of_a_drawn_face_does_not_stand_in_the_way_of_undo(
    library: Library, database: Database, photo: Path
) -> None:
    drawn = library.faces.draw(photo, FACE)
    library.settings.set("vision.aligner", "5-point")
    with database.write() as unit:
        content = unit.faces.content_of(drawn.face)
        model = unit.models.id_of(library._clustering.model)
        unit.faces.describe_drawn(content, drawn.face, model, observations([FACE], 128))
        unit.faces.describe_drawn(content, FaceId(99), model, observations([FACE], 128))
        assert unit.descriptors.table(model).ids.tolist() == [drawn.face]
        assert unit.faces.drawn_boxes([content]) == {content: [(drawn.face, FACE)]}
    library.undo()
    assert library.faces.list(state="all") == []
    library.redo()
    assert only(library, photo).face == drawn.face


def test_a_photo_that_is_not_known_is_refused(library: Library, photo: Path) -> None:
    with pytest.raises(UnknownIdError):
        library.faces.draw(photo.with_name("none.png"), FACE)
