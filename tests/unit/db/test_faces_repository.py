"""Faces are found again, never lost once decided, and listed as arrays."""

from dataclasses import replace

import numpy as np
import pytest

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import LibraryCorruptError, UnknownIdError, VectorError
from faceorganizer.domain.faces import AssignmentSource, EmbeddingModel, FaceSource, FaceState
from faceorganizer.domain.geometry import turn_boxes, turn_points
from faceorganizer.domain.ids import ModelId
from faceorganizer.domain.pictures import FileState


def test_found_again_keeps_what_was_decided(database, make):
    with database.write() as unit:
        content, (first, second, third) = make.photo(unit, "a.jpg", 3)
        person = unit.people.create("Anna")
        unit.people.assign([first], person, AssignmentSource.CONFIRMED)
        unit.faces.set_state([second], FaceState.IGNORED)
    found = make.observations(3, seed=9)
    with database.write() as unit:
        ids = unit.faces.store(content, 1, "cnn", found, [(second, 0), (first, 2)], [third])
        assert ids[0] == second
        assert ids[2] == first
        assert ids[1] not in (first, second, third)
        assert unit.changes.of("face") == {first, second, third, ids[1]}
    with database.read() as unit:
        stored = {face.id: face for face in unit.faces.of_contents([content])[content]}
        assert list(stored) == sorted(ids)
        for index, number in enumerate(ids):
            assert stored[number].box == tuple(found.boxes[index].tolist())
        assert stored[second].state is FaceState.IGNORED
        assert [stored[number].decided for number in ids] == [True, False, True]
        records = {record.face: record for record in unit.faces.records(state="all")}
        assert records[first].name == "Anna"
        assert records[first].assignment is AssignmentSource.CONFIRMED
        assert np.array_equal(records[first].landmarks, found.landmarks[2])
        table = unit.descriptors.table(1)
        assert table.ids.tolist() == sorted([first, ids[1]])
        assert np.array_equal(table.descriptors[table.ids == first][0], found.descriptors[2])
        assert table.persons.tolist() == [person, -1]
        assert table.decided.tolist() == [True, False]
        assert table.descriptors.flags.writeable


def test_hand_drawn_face_keeps_its_box(database, make):
    with database.write() as unit:
        content, _ = make.photo(unit, "a.jpg")
        drawn = make.observations(1, seed=1)
        (face,) = unit.faces.store(content, 1, "", drawn, [], [], source=FaceSource.MANUAL)
        found = make.observations(1, seed=2)
        assert unit.faces.store(content, 1, "hog", found, [(face, 0)], []) == [face]
        (stored,) = unit.faces.of_contents([content])[content]
        assert stored.box == tuple(drawn.boxes[0].tolist())
        assert (stored.source, stored.decided) == (FaceSource.MANUAL, True)
        assert np.array_equal(unit.descriptors.table(1).descriptors, found.descriptors)


DECISIONS = {
    "assignment": lambda unit, face, other: unit.people.assign([face], 1, AssignmentSource.MANUAL),
    "imported": lambda unit, face, other: unit.people.assign([face], 1, AssignmentSource.IMPORTED),
    "rejection": lambda unit, face, other: unit.people.reject([(face, 1)], "user"),
    "must": lambda unit, face, other: unit.people.link([(face, other)], "must", "user"),
    "cannot": lambda unit, face, other: unit.people.link([(other, face)], "cannot", "user"),
    "ignored": lambda unit, face, other: unit.faces.set_state([face], FaceState.IGNORED),
    "not a face": lambda unit, face, other: unit.faces.set_state([face], FaceState.NOT_A_FACE),
    "key face": lambda unit, face, other: (
        unit.people.assign([face], 1, AssignmentSource.AUTOMATIC),
        unit.people.set_key_face(1, face),
    ),
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_decided_faces_are_never_dropped(database, make, dumped, decision):
    with database.write() as unit:
        content, (face,) = make.photo(unit, "a.jpg", 1)
        _, (other,) = make.photo(unit, "b.jpg", 1)
        unit.people.create("Anna")
        DECISIONS[decision](unit, face, other)
        assert unit.faces.of_contents([content])[content][0].decided
    before = dumped(database.path)
    with pytest.raises(ValueError, match="decisions"), database.write() as unit:
        unit.faces.store(content, 1, "hog", make.observations(0), [], [face])
    assert dumped(database.path) == before


def test_undecided_face_goes_with_its_automatic_assignment(database, make):
    with database.write() as unit:
        content, (face,) = make.photo(unit, "a.jpg", 1)
        group = unit.people.create(None)
        unit.people.assign([face], group, AssignmentSource.AUTOMATIC, 0.5)
    with database.write() as unit:
        unit.faces.store(content, 1, "hog", make.observations(0), [], [face])
        assert unit.changes.of("person") == {group}
    with database.write() as unit:
        assert unit.people.faces(group) == []
        (new,) = unit.faces.store(content, 1, "hog", make.observations(1), [], [])
        assert new > face  # ids are never given again


def test_plans_that_make_no_sense_are_bugs(database, make):
    with database.write() as unit:
        content, (first, second) = make.photo(unit, "a.jpg", 2)
        _, (stranger,) = make.photo(unit, "b.jpg", 1)
    two = make.observations(2)
    for matches, drop in (
        ([(stranger, 0)], []),
        ([], [stranger]),
        ([(first, 0), (first, 1)], []),
        ([(first, 0), (second, 0)], []),
        ([(first, 0)], [first]),
        ([(first, 2)], []),
        ([(first, -1)], []),
    ):
        with pytest.raises(ValueError, match=r"face|match"), database.write() as unit:
            unit.faces.store(content, 1, "hog", two, matches, drop)
    for wrong in (np.full((2, 4), np.nan, np.float32), np.zeros((2, 5), np.float32)):
        with pytest.raises(VectorError), database.write() as unit:
            unit.faces.store(content, 1, "hog", replace(two, descriptors=wrong), [], [])
    with pytest.raises(UnknownIdError), database.write() as unit:
        unit.faces.store(content, 99, "hog", two, [], [])
    with pytest.raises(UnknownIdError), database.write() as unit:
        unit.faces.set_state([first, 99], FaceState.IGNORED)
    with pytest.raises(ValueError, match="refuses"), database.write() as unit:
        unit.faces.store(99, 1, "hog", two, [], [])


def test_turned_picture_turns_its_faces(database, make):
    with database.write() as unit:
        content, faces = make.photo(unit, "a.jpg", 2)
        before = list(unit.faces.records())
        unit.faces.turn(content, 1, 6, (400, 300))
        after = list(unit.faces.records())
        boxes = make.observations(2, content).boxes
        turned = turn_boxes(boxes, 1, 6, (400, 300))
        stored = unit.faces.of_contents([content])[content]
        assert np.allclose([face.box for face in stored], turned)
        points = turn_points(before[1].landmarks, 1, 6, (400, 300))
        assert np.allclose(after[1].landmarks, points)
        assert unit.changes.of("face") >= set(faces)
        unit.faces.turn(content, 6, 1, (300, 400))
        assert np.allclose([face.box for face in unit.faces.of_contents([content])[content]], boxes, atol=1e-4)
        unit.faces.turn(999, 1, 6, (1, 1))


def test_listing_by_state_person_and_presence(database, make):
    with database.write() as unit:
        _, (a, b, c) = make.photo(unit, "here \udcff.jpg", 3)
        gone, (d, e) = make.photo(unit, "gone.jpg", 2)
        unit.files.set_state([unit.files.of_contents([gone])[gone][0].id], FileState.MISSING)
        unit.faces.set_state([b], FaceState.NOT_A_FACE)
        unit.faces.set_state([c, e], FaceState.IGNORED)
        anna = unit.people.create("Anna")
        unit.people.assign([a, d], anna, AssignmentSource.AUTOMATIC, 0.25)
    with database.read() as unit:

        def faces(**conditions):
            return [record.face for record in unit.faces.records(**conditions)]

        assert faces() == [a]
        assert faces(state=FaceState.NOT_A_FACE) == [b]
        assert faces(state=FaceState.IGNORED) == [c]
        assert faces(state="missing") == [d]
        assert faces(state="all") == [a, b, c, d, e]
        assert faces(person=anna, state="all") == [a, d]
        assert faces(content=gone, state="all") == [d, e]
        assert faces(content=gone) == []
        expected = {"active": 1, "ignored": 1, "not_a_face": 1, "missing": 1, "removed": 0, "all": 5}
        assert unit.faces.counts() == expected
        assert unit.descriptors.table(1).ids.tolist() == [a]
        everything = unit.faces.records(state="all")
    first = next(everything)  # after the transaction
    assert first.path.name == "here \udcff.jpg"
    assert (first.model, first.landmarks.shape, first.person) == ("small", (68, 2), anna)


def test_model_column_names_the_model_asked_for(database, make):
    with database.write() as unit:
        make.photo(unit, "a.jpg", 1)
        assert [record.model for record in unit.faces.records(model=1)] == ["small"]
        assert [record.model for record in unit.faces.records(model=2)] == [None]


def test_descriptor_of_the_wrong_length_is_damage(folder, make):
    database = Database.create(folder)
    with database.write() as unit:
        make.photo(unit, "a.jpg", 2)
        unit.people._connection.exec_driver_sql("UPDATE descriptor SET vector = x'00' WHERE face_id = 1")
    with pytest.raises(LibraryCorruptError), database.read() as unit:
        unit.descriptors.table(1)
    with pytest.raises(UnknownIdError), database.read() as unit:
        unit.descriptors.table(99)
    database.close()


def test_empty_table(database, make):
    with database.write() as unit:
        make.photo(unit, "a.jpg")
        table = unit.descriptors.table(1)
    assert len(table) == 0
    assert table.descriptors.shape == (0, 4)


def test_reader_of_a_new_model_is_told(database, make):
    with database.write() as unit:
        make.photo(unit, "a.jpg", 1)
    with pytest.raises(UnknownIdError, match="no descriptors of the model"), database.read() as unit:
        unit.models.id_of(EmbeddingModel("new", "1", 4, "euclidean", "68-point"))


def test_the_picture_of_a_face(database, make):
    with database.write() as unit:
        make.photo(unit, "a.jpg", 2)
        content, (_, second) = make.photo(unit, "b.jpg", 2)
    with database.read() as unit:
        assert unit.faces.content_of(second) == content
        with pytest.raises(UnknownIdError):
            unit.faces.content_of(10**9)


def test_forgotten_face_is_recognised_but_not_described_again(database, make):
    with database.write() as unit:
        content, (known, other) = make.photo(unit, "a.jpg", 2)
        model = ModelId(1)
        connection = unit.faces._connection
        connection.exec_driver_sql(f"DELETE FROM descriptor WHERE face_id = {known}")
        connection.exec_driver_sql(f"UPDATE face SET landmarks = NULL, forgotten = 1 WHERE id = {known}")
    with database.write() as unit:
        assert [face.decided for face in unit.faces.of_contents([content])[content]] == [True, False]
        found = make.observations(3, 9)
        ids = unit.faces.store(content, model, "finer", found, [(known, 2), (other, 0)], [])
        assert ids == [other, 3, known]
    with database.read() as unit:
        landmarks = {face.face: len(face.landmarks) for face in unit.faces.records()}
        assert landmarks == {known: 0, other: 68, 3: 68}
        assert unit.descriptors.table(model).ids.tolist() == [other, 3]
