"""Taking a mixed person apart: descriptors of made-up people, and how each part is proposed."""

import numpy as np
import pytest
from patch_pictures import observations

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import CancelledError, UnknownIdError
from faceorganizer.domain.faces import AssignmentSource, FaceTable
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity
from faceorganizer.domain.progress import Unattended
from faceorganizer.library import Library
from faceorganizer.services.clustering.grouping import part_faces
from faceorganizer.services.clustering.parts import PartsTask, listed, parts_task

NO_PAIRS = np.zeros((0, 2), np.int64)


def faces_of(centres: FloatArray, per_person: int, spread: float, seed: int = 0) -> tuple[FaceTable, IntArray]:
    """Faces about centres, each in a photo of its own, in an order of their own."""
    rng = np.random.default_rng(seed)
    who = rng.permutation(np.repeat(np.arange(len(centres)), per_person))
    noise = rng.normal(size=(len(who), 128))
    noise *= spread / np.linalg.norm(noise, axis=1)[:, None]
    count = len(who)
    ids = np.arange(1, count + 1) * 10
    table = FaceTable(
        ids=ids,
        contents=ids + 1,
        quality=np.ones(count, np.float32),
        persons=np.full(count, 7),
        decided=np.ones(count, bool),
        descriptors=(centres[who] + noise).astype(np.float32),
    )
    return table, who.astype(np.int64)


def centres(count: int, distance: float) -> FloatArray:
    placed = np.zeros((count, 128), np.float32)
    placed[np.arange(count), np.arange(count)] = distance / np.sqrt(2)
    placed[:, 127] = 1.3  # far from zero, as dlib's descriptors are
    return placed


@pytest.mark.parametrize("count", [2, 3, 5])
@pytest.mark.parametrize("distance", [0.45, 0.7])
def test_people_that_were_mixed_are_told_apart(count: int, distance: float) -> None:
    table, who = faces_of(centres(count, distance), 8, 0.2)
    found = part_faces(PartsTask(table, NO_PAIRS, NO_PAIRS))
    assert len(np.unique(found)) == count
    assert all(len(np.unique(who[found == part])) == 1 for part in np.unique(found))


def test_one_person_holds_together() -> None:
    table, _ = faces_of(centres(1, 0), 20, 0.2)
    assert set(part_faces(PartsTask(table, NO_PAIRS, NO_PAIRS)).tolist()) == {0}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_faces_hold_together(count: int) -> None:
    table, _ = faces_of(centres(1, 0), count, 0.2)
    found = part_faces(PartsTask(table, NO_PAIRS, NO_PAIRS))
    assert found.tolist() == [0] * count
    assert len(listed(table.ids, found)) == min(count, 1)


def test_a_face_alone_joins_the_part_it_is_nearest_to() -> None:
    table, who = faces_of(centres(2, 0.7), 6, 0.2)
    stray = int(np.flatnonzero(who == 0)[0])
    away = np.zeros(128, np.float32)
    away[5] = 0.6
    table.descriptors[stray] = centres(2, 0.7)[0] + away
    found = part_faces(PartsTask(table, NO_PAIRS, NO_PAIRS))
    assert len(np.unique(found)) == 2
    assert found[stray] == found[np.flatnonzero(who == 0)[1]]


def test_two_faces_of_a_photo_are_in_two_parts_unless_somebody_said_otherwise() -> None:
    table, _ = faces_of(centres(1, 0), 8, 0.1)
    table.contents[:2] = 5
    found = part_faces(PartsTask(table, NO_PAIRS, NO_PAIRS))
    assert found[0] != found[1]
    found = part_faces(PartsTask(table, np.array([[0, 1]]), NO_PAIRS))
    assert set(found.tolist()) == {0}
    found = part_faces(PartsTask(table, np.array([[0, 1]]), np.array([[2, 3]])))
    assert found[2] != found[3]


def test_parts_are_listed_by_size() -> None:
    ids, labels = np.array([3, 5, 7, 9, 11, 13]), np.array([0, 2, 2, -1, 2, 0])
    assert listed(ids, labels) == [[5, 7, 11], [3, 13]]


def test_the_proposal_comes_from_a_process_of_its_own(library: Library, database: Database) -> None:
    """The whole way, with faces of the library's own model."""
    people = _two_in_one(library, database)
    parts = library.people.parts(people)
    assert [len(part) for part in parts] == [4, 3]
    assert len(library.people.list()) == 1
    library.people.break_up(people, parts)
    assert sorted(record.faces for record in library.people.list()) == [3, 4]
    with pytest.raises(UnknownIdError):
        library.people.parts(PersonId(99))


def test_a_proposal_can_be_cancelled(library: Library, database: Database) -> None:
    class Cancelled(Unattended):
        def check_cancelled(self) -> None:
            raise CancelledError

    people = _two_in_one(library, database)
    with pytest.raises(CancelledError):
        library.people.parts(people, Cancelled())


def test_ignored_faces_and_other_people_take_no_part(library: Library, database: Database) -> None:
    person = _two_in_one(library, database)
    chosen = [face.face for face in library.faces.list(person=person)]
    library.faces.ignore(chosen[:1])
    library.faces.move(chosen[1:2])
    with database.read() as unit:
        task = parts_task(unit, person, unit.models.id_of(library._clustering.model))
    assert task.faces.ids.tolist() == chosen[2:]


def _two_in_one(library: Library, database: Database) -> PersonId:
    """A person of seven faces: three of one and four of another."""
    table, who = faces_of(centres(2, 0.8), 4, 0.2)
    with database.write() as unit:
        root = unit.roots.add(library.path, "1:1").id
        model = unit.models.id_of(library._clustering.model)
        person = unit.people.create(None)
        for row in range(len(table)):
            if row == int(np.flatnonzero(who == 0)[0]):
                continue
            content = unit.contents.add(PictureIdentity(b"f", bytes([row]), "jpeg", 400, 300))
            unit.files.add([FileRecord(0, root, f"{row}", 1, 2, b"f", content, FileState.PRESENT)])  # type: ignore[arg-type]
            found = observations([(30.0, 10.0, 20.0, 20.0)], 128)
            found.descriptors[0] = table.descriptors[row]
            faces = unit.faces.store(content, model, "test", found, [], [])
            unit.people.assign(faces, person, AssignmentSource.AUTOMATIC)
    return person
