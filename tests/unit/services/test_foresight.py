"""What another grouping would change, told before."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceorganizer.domain.errors import CancelledError, SettingError, UnknownIdError
from faceorganizer.domain.faces import FaceTable
from faceorganizer.jobs.job import Job
from faceorganizer.library import Library
from faceorganizer.services.clustering.foresight import foresee


def table(persons: list[int], quality: list[float] | None = None) -> FaceTable:
    count = len(persons)
    return FaceTable(
        ids=np.arange(count, dtype=np.int64) + 100,
        contents=np.arange(count, dtype=np.int64),
        quality=np.array(quality or [0.5] * count, np.float32),
        persons=np.array(persons, np.int64),
        decided=np.zeros(count, np.bool_),
        descriptors=np.zeros((count, 4), np.float32),
    )


def test_groups_that_come_apart_and_that_are_joined() -> None:
    #          one that comes apart     two that are joined   a face placed, one dropped
    before = [1, 1, 1, 1, 1, 2, 2, 3, 3, -1, 4, 4, 4]
    after = [1, 1, 1, -2, -2,           2, 2, 2, 2,           2, 4, 4, -1]  # fmt: skip
    seen = foresee(table(before), np.array(after), examples=5)
    assert (seen.apart, seen.joined, seen.placed, seen.dropped) == (1, 2, 1, 1)
    assert (seen.faces, seen.groups_now, seen.groups_then) == (13, 4, 4)
    assert seen.apart_examples == ((100, 103),)
    assert seen.joined_examples == ((105, 107),) or len(seen.joined_examples[0]) == 3


def test_a_single_face_that_leaves_or_comes_makes_no_group_come_apart() -> None:
    seen = foresee(table([1, 1, 1, 2, 2]), np.array([1, 1, 2, 2, 2]), examples=5)
    assert (seen.apart, seen.joined) == (0, 0)


def test_examples_are_the_best_faces_and_the_largest_groups_first() -> None:
    before = [1] * 4 + [2] * 6
    after = [1, 1, -2, -2, 2, 2, 2, -3, -3, -3]
    quality = [0.1, 0.9, 0.2, 0.3, 0.1, 0.2, 0.9, 0.4, 0.3, 0.1]
    seen = foresee(table(before, quality), np.array(after), examples=1)
    assert seen.apart == 2
    assert len(seen.apart_examples) == 1
    assert set(seen.apart_examples[0]) == {106, 107}


def test_no_faces_at_all() -> None:
    seen = foresee(table([]), np.zeros(0, np.int64), examples=3)
    assert (seen.faces, seen.apart, seen.joined, seen.groups_now, seen.groups_then) == (0, 0, 0, 0, 0)


@given(st.lists(st.tuples(st.integers(-1, 5), st.integers(-4, 5)), max_size=60))
def test_counts_never_exceed_what_there_is(pairs: list[tuple[int, int]]) -> None:
    before = [max(-1, a) for a, _ in pairs]
    seen = foresee(table(before), np.array([b for _, b in pairs], np.int64), examples=3)
    assert 0 <= seen.apart <= seen.groups_now
    assert 0 <= seen.joined <= seen.groups_now
    assert all(len(faces) >= 2 for faces in (*seen.apart_examples, *seen.joined_examples))
    assert seen.placed + seen.dropped <= seen.faces


def test_a_library_without_faces_has_nothing_to_foresee(library: Library) -> None:
    with pytest.raises(UnknownIdError):
        library.foresee_grouping(0.5)
    with pytest.raises(SettingError):
        library.foresee_grouping(-1.0)
    assert library.group() is None


def test_what_is_foreseen_comes_true_and_is_not_written_before(library: Library) -> None:
    database, model = library._database, library._clustering.model
    random = np.random.default_rng(7)
    from faceorganizer.domain.faces import FaceObservations
    from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity

    with database.write() as unit:
        root = unit.roots.add(library.path / "p", "1:1").id
        number = unit.models.id_of(model)
        for person in range(6):
            middle = random.normal(size=model.dimension)
            middle /= np.linalg.norm(middle)
            for face in range(8):
                name = f"{person}-{face}"
                content = unit.contents.add(PictureIdentity(b"f", name.encode(), "jpeg", 400, 300))
                unit.files.add([FileRecord(0, root, name, 1, 2, b"f", content, FileState.PRESENT)])  # type: ignore[arg-type]
                vector = middle + 0.3 * random.normal(size=model.dimension) / model.dimension**0.5
                found = FaceObservations(
                    np.array([[10, 10, 80, 80]], np.float32),
                    np.ones(1, np.float32),
                    np.zeros((1, 68, 2), np.float32),
                    vector[None].astype(np.float32),
                    np.full(1, 0.5 + 0.05 * face, np.float32),
                )
                unit.faces.store(content, number, "test", found, [], [])
    seen = library.foresee_grouping(0.35)
    assert library.people.list() == []
    assert (seen.faces, seen.groups_now, seen.dropped) == (48, 0, 0)
    report = library.group()
    assert report is not None
    assert report.moved == seen.placed
    assert len(library.people.list()) == seen.groups_then
    assert library.foresee_grouping(0.35).apart == library.foresee_grouping(0.35).joined == 0
    again = library.group()
    assert again is not None
    assert again.moved == 0
    job = Job()
    job.cancel()
    with pytest.raises(CancelledError):
        library.foresee_grouping(4.0, context=job)
