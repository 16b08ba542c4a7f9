"""People, groups and decisions."""

import numpy as np
import pytest

from faceorganizer.domain.changes import RowChange
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.faces import AssignmentSource, FaceState
from faceorganizer.domain.pictures import FileState

AUTOMATIC, CONFIRMED, MANUAL = AssignmentSource.AUTOMATIC, AssignmentSource.CONFIRMED, AssignmentSource.MANUAL


@pytest.fixture
def run(database, make):
    """A cluster run on two photos with three faces each: faces 1 to 6."""
    with database.write() as unit:
        make.photo(unit, "a.jpg", 3)
        make.photo(unit, "b.jpg", 3)
        return unit.runs.add("test", {}, 1, 0, 0.1, {})


def group(unit, run, persons, faces=(1, 2, 3, 4, 5, 6)):
    return unit.people.apply_grouping(run, np.array(faces[: len(persons)]), np.array(persons))


def holders(unit):
    return {person.id: unit.people.faces(person.id) for person in unit.people.records()}


def test_records_count_present_active_faces_in_order(database, run):
    with database.write() as unit:
        groups = group(unit, run, [-2, -2, -3, -2, -3, -4])
        zoe, anna = unit.people.create("Zoe"), unit.people.create("anna")
        unit.people.assign([6], zoe, MANUAL)
        unit.people.set_hidden([zoe], True)
    with database.read() as unit:
        records = unit.people.records()
        assert [record.name for record in records] == ["anna", "Zoe", None, None, None]
        assert [record.faces for record in records] == [0, 1, 3, 2, 0]
        assert [record.photos for record in records] == [0, 1, 2, 2, 0]
        assert records[1].state == "hidden"
        assert records[0].key_face is None
        table = unit.descriptors.table(1)
        quality = dict(zip(table.ids.tolist(), table.quality.tolist(), strict=True))
        assert records[2].key_face == max([1, 2, 4], key=quality.__getitem__)
        assert unit.people.get(anna) == records[0]
    with database.write() as unit:
        unit.faces.set_state([1], FaceState.IGNORED)
        unit.files.set_state([2], FileState.MISSING)
        record = unit.people.get(groups[-2])
        assert (record.faces, record.photos, record.key_face) == (1, 1, 2)


def test_names(database):
    with database.write() as unit:
        anna = unit.people.create("Änna Straße")
        odd = unit.people.create("\udcff")
        unit.people.create(None)
        assert [person.id for person in unit.people.named("ÄNNA STRASSE")] == [anna]
        assert [person.id for person in unit.people.named("\udcff")] == [odd]
        assert unit.people.named("nobody") == []
        unit.people.rename(anna, None)
        assert unit.people.get(anna).name is None
    for call in (lambda unit: unit.people.create(""), lambda unit: unit.people.rename(anna, "")):
        with pytest.raises(ValueError, match="refuses"), database.write() as unit:
            call(unit)


def test_unknown_ids_are_said_to_be(database, run):
    calls = [
        lambda people: people.get(99),
        lambda people: people.rename(99, "x"),
        lambda people: people.set_hidden([99], True),
        lambda people: people.set_key_face(99, None),
        lambda people: people.delete([99]),
        lambda people: people.assign([1], 99, MANUAL),
        lambda people: people.assign([1, 99], 1, MANUAL),
        lambda people: people.reject([(1, 99)], "user"),
        lambda people: people.reject([(99, 1)], "user"),
        lambda people: people.link([(1, 99)], "must", "user"),
        lambda people: people.apply_grouping(run, np.array([1]), np.array([99])),
        lambda people: people.apply_grouping(run, np.array([99]), np.array([-2])),
    ]
    with database.write() as unit:
        unit.people.create("Anna")
    for call in calls:
        with pytest.raises(UnknownIdError, match="99"), database.write() as unit:
            call(unit.people)


def test_assignments_are_replaced_and_machines_decide_nothing(database, run):
    with database.write() as unit:
        anna, ben = unit.people.create("Anna"), unit.people.create("Ben")
        unit.people.assign([1, 2, 2], anna, AUTOMATIC, 0.5, run)
        unit.people.assign([1], ben, CONFIRMED)
        assert holders(unit) == {anna: [2], ben: [1]}
        unit.people.assign([], ben, MANUAL)
        unit.people.unassign([2, 6])
        assert holders(unit) == {anna: [], ben: [1]}
    with pytest.raises(ValueError, match="decided"), database.write() as unit:
        unit.people.assign([1], anna, AUTOMATIC)
    for probability in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="probability"), database.write() as unit:
            unit.people.assign([3], anna, AUTOMATIC, probability)


def test_rejections(database, run):
    with database.write() as unit:
        anna = unit.people.create("Anna")
        assert unit.people.rejections().shape == (0, 2)
        unit.people.reject([(3, anna), (1, anna), (3, anna)], "user")
        rejections = unit.people.rejections()
        assert rejections.tolist() == [[1, anna], [3, anna]]
        assert rejections.dtype == np.int64
        unit.people.assign([3], anna, AUTOMATIC)
        assert len(unit.people.rejections()) == 2
        unit.people.assign([3], anna, CONFIRMED)  # the later word counts
        assert unit.people.rejections().tolist() == [[1, anna]]
        unit.people.unreject([(1, anna), (2, anna)])
        assert len(unit.people.rejections()) == 0


def test_links(database, run):
    with database.write() as unit:
        unit.people.link([(2, 1), (5, 6)], "must", "user")
        unit.people.link([(1, 2)], "cannot", "user")
        assert unit.people.links() == [(1, 2, "cannot"), (5, 6, "must")]
        unit.people.unlink([(6, 5), (3, 4)])
        assert unit.people.links() == [(1, 2, "cannot")]
    with pytest.raises(ValueError, match="itself"), database.write() as unit:
        unit.people.link([(1, 1)], "must", "user")


def test_key_face(database, run):
    with database.write() as unit:
        anna, ben = unit.people.create("Anna"), unit.people.create("Ben")
        unit.people.assign([1, 2, 3], anna, MANUAL)
        for face in (1, 2, 3):
            unit.people.set_key_face(anna, face)
            assert unit.people.get(anna).key_face == face
        unit.people.assign([3], ben, MANUAL)
        assert unit.people.get(anna).key_face in (1, 2)
        unit.people.set_key_face(anna, 2)
        unit.people.unassign([2])
        assert unit.people.get(anna).key_face == 1
        unit.people.set_key_face(anna, None)
    with pytest.raises(UsageError), database.write() as unit:
        unit.people.set_key_face(anna, 3)


def test_delete_only_those_that_hold_nothing(database, run):
    with database.write() as unit:
        anna, empty = unit.people.create("Anna"), unit.people.create(None)
        unit.people.assign([1], anna, MANUAL)
        unit.people.reject([(2, empty)], "user")
    with pytest.raises(ValueError, match="still hold"), database.write() as unit:
        unit.people.delete([empty, anna])
    with database.write() as unit:
        unit.people.delete([empty])
        assert [person.id for person in unit.people.records()] == [anna]
        assert unit.people.create(None) > empty


def test_grouping_makes_groups_and_removes_the_empty(database, run):
    with database.write() as unit:
        created = group(unit, run, [-2, -2, -7, -3, -1, -3])
        assert list(created) == [-2, -3, -7]
        first, third, second = created[-2], created[-3], created[-7]
        assert holders(unit) == {first: [1, 2], second: [3], third: [4, 6]}
    with database.write() as unit:
        assert group(unit, run, [first, first, second, third, -1, third]) == {}
        assert not unit.changes
    with database.write() as unit:
        (new,) = group(unit, run, [first, -1, first, -9, first, -9]).values()
        assert holders(unit) == {first: [1, 3, 5], new: [4, 6]}
        assert unit.changes.of("person") == {first, second, third, new}
        assert unit.changes.of("face") == {2, 3, 4, 5, 6}
        assert group(unit, run, []) == {}


def test_grouping_leaves_decisions_alone(database, run, dumped):
    with database.write() as unit:
        groups = group(unit, run, [-2, -3, -4, -5, -6, -7])
        named, hidden, rejected, keyed, _, decided = groups.values()
        unit.people.rename(named, "Anna")
        unit.people.set_hidden([hidden], True)
        unit.people.reject([(6, rejected)], "user")
        unit.people.set_key_face(keyed, 4)
        unit.people.assign([6], decided, CONFIRMED)
    with database.write() as unit:
        group(unit, run, [-2, -2, -2, -2, -2, decided])
        remaining = {person.id for person in unit.people.records()}
        assert remaining - {max(remaining)} == {named, hidden, rejected, keyed, decided}
        group(unit, run, [-1, -1, -1, -1, keyed])
        assert unit.people.faces(keyed) == [5]
    before = dumped(database.path)
    for wanted in (-1, -2, named):
        with pytest.raises(ValueError, match="decided faces"), database.write() as unit:
            group(unit, run, [-2, -2, -2, -2, -2, wanted])
    for faces, persons in (([1, 1], [-2, -2]), ([1], [0]), ([1, 2], [-2]), ([[1]], [[-2]])):
        with pytest.raises(ValueError, match=r"twice|neither|fit"), database.write() as unit:
            unit.people.apply_grouping(run, np.array(faces), np.array(persons))
    assert dumped(database.path) == before


def test_faces_in_any_order(database, run):
    with database.write() as unit:
        created = unit.people.apply_grouping(run, np.array([5, 1, 3]), np.array([-2, -3, -2]))
        assert holders(unit) == {created[-2]: [3, 5], created[-3]: [1]}


def test_journal_has_each_row_before_and_after(database, run):
    with database.write() as unit:
        group(unit, run, [-2])
    with database.write("Anna from now on") as unit:
        unit.people.rename(1, "Anna")
        unit.people.rename(1, "Anna")  # nothing changes, nothing is recorded
        unit.people.assign([1], 1, CONFIRMED)
        unit.people.link([(3, 2)], "must", "user")
        unit.faces.set_state([2, 3], FaceState.IGNORED)
        assert unit.changes.step == "Anna from now on"
    with database.write("nothing") as unit:
        unit.people.rename(1, "Anna")
    with database.read() as unit:
        (step,) = unit.steps.latest(5)
        assert (step.step, step.undone) == ("Anna from now on", False)
        renamed, assigned, linked, *ignored = unit.steps.changes(step.id)
        with pytest.raises(UnknownIdError):
            unit.steps.changes(99)
    assert renamed == RowChange("person", (1,), {"name": None}, {"name": "Anna"})
    before = {"face_id": 1, "person_id": 1, "source": "automatic", "probability": None, "run_id": run}
    assert assigned == RowChange("assignment", (1,), before, {**before, "source": "confirmed", "run_id": None})
    assert (linked.entity, linked.key, linked.before) == ("link", (2, 3), None)
    assert ignored == [RowChange("face", (n,), {"state": "active"}, {"state": "ignored"}) for n in (2, 3)]
