"""What people decide about people: confirm, hide, key face, note, birth date, break up; and merges in full."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from patch_pictures import MODEL

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.faces import AssignmentSource, FaceState
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.people import age_at, can_show, checked_birth_date, clean_note
from faceorganizer.domain.pictures import FileState
from faceorganizer.library import Library
from faceorganizer.services.assigning import SamePhotoError
from faceorganizer.services.clustering.grouping import group_faces
from faceorganizer.services.clustering.service import GroupingTask

AddPhoto = Callable[..., tuple[ContentId, list[FaceId]]]
Group = Callable[..., tuple[PersonId, list[FaceId]]]

NOWHERE = PersonId(99)


def holders(library: Library) -> dict[int, int | None]:
    return {face.face: face.person for face in library.faces.list(state="all")}


def said(library: Library, person: PersonId) -> set[AssignmentSource | None]:
    return {face.assignment for face in library.faces.list(person=person)}


@pytest.fixture
def shared_photo(database: Database, add_photo: AddPhoto, group: Group) -> tuple[PersonId, PersonId, list[FaceId]]:
    """Two people of three faces each; the two faces returned are in one photo, one of each person."""
    one, two = group("a", 2)[0], group("b", 2)[0]
    _, faces = add_photo("both.jpg", 2)
    with database.write() as unit:
        unit.people.assign(faces[:1], one, AssignmentSource.AUTOMATIC)
        unit.people.assign(faces[1:], two, AssignmentSource.AUTOMATIC)
    return one, two, faces


# Two faces of one photo


def test_two_people_in_one_photo_are_not_merged_unasked(
    library: Library, shared_photo: tuple[PersonId, PersonId, list[FaceId]]
) -> None:
    one, two, faces = shared_photo
    before = holders(library)
    with pytest.raises(SamePhotoError, match="--same-photo") as asked:
        library.people.merge([one, two])
    assert asked.value.pairs == (tuple(faces),)
    library.people.name(one, "Ann")
    with pytest.raises(SamePhotoError):
        library.people.name(two, "Ann", same=True)
    with pytest.raises(SamePhotoError):
        library.people.name_face(faces[1], "Ann", same=True)
    with pytest.raises(SamePhotoError):
        library.people.split(two, [faces[1]], into=one)
    assert holders(library) == before


def test_a_person_twice_in_a_photo_is_remembered(
    library: Library, database: Database, shared_photo: tuple[PersonId, PersonId, list[FaceId]]
) -> None:
    one, two, faces = shared_photo
    library.people.merge([one, two], same_photo=True)
    assert len(library.people.list()) == 1
    with database.read() as unit:
        assert unit.people.links() == [(faces[0], faces[1], "must")]
        table = unit.descriptors.table(unit.models.id_of(MODEL))
    assert set(table.persons.tolist()) == {one}


def test_a_merge_may_leave_out_faces_that_share_a_photo(
    library: Library, database: Database, shared_photo: tuple[PersonId, PersonId, list[FaceId]]
) -> None:
    one, two, faces = shared_photo
    library.people.note(two, "from the wedding")
    library.people.merge([one, two], same_photo=False)
    assert {record.id: record.faces for record in library.people.list()} == {one: 5, two: 1}
    assert holders(library)[faces[1]] == two
    assert library.people.get(two).note == "from the wedding"
    with database.read() as unit:
        assert (faces[1], one) in {tuple(pair) for pair in unit.people.rejections().tolist()}


def test_ignored_faces_do_not_stand_in_the_way_of_a_merge(
    library: Library, shared_photo: tuple[PersonId, PersonId, list[FaceId]]
) -> None:
    one, two, faces = shared_photo
    library.faces.ignore(faces[1:])
    library.people.merge([one, two])
    assert holders(library)[faces[1]] == one
    assert library.people.get(one).faces == 5


# Merge


def test_a_merge_keeps_what_was_set_for_the_named_one_and_loses_no_note(
    library: Library, database: Database, group: Group
) -> None:
    (ann, few), (bob, _), (large, _) = group("a", 2), group("b", 3), group("c", 5)
    library.people.name(ann, "Ann")
    library.people.name(bob, "Bob")
    library.people.note(ann, "sister of Bea")
    library.people.note(bob, "seen in Rome\nsister of Bea")
    library.people.note(large, "at the wedding")
    library.people.birth_date(ann, "1980-01-02")
    library.people.birth_date(bob, date(1981, 5, 6))
    library.people.key_face(ann, few[1])
    library.people.hide([bob])
    library.people.merge([large, bob, ann], name="Ann")
    (left,) = library.people.list()
    assert (left.id, left.name, left.key_face, left.hidden) == (ann, "Ann", few[1], False)
    assert left.birth_date == date(1980, 1, 2)
    assert set(left.note.splitlines()) == {"sister of Bea", "seen in Rome", "at the wedding", "Bob: born 1981-05-06"}


def test_a_merge_takes_a_birth_date_over_where_there_was_none(library: Library, group: Group) -> None:
    (ann, _), (other, _) = group("a", 2), group("b", 1)
    library.people.name(ann, "Ann")
    library.people.birth_date(other, "2001-02-03")
    library.people.merge([ann, other])
    record = library.people.get(ann)
    assert (record.birth_date, record.note) == (date(2001, 2, 3), "")


def test_a_merge_keeps_the_picture_of_the_named_one_though_a_better_face_comes(
    library: Library, database: Database, group: Group
) -> None:
    (ann, faces), (_, others) = group("a", 1), group("b", 3)
    library.people.name(ann, "Ann")
    shown = library.people.get(ann).key_face
    with database.write() as unit:
        other = unit.people.of_faces(others)[others[0]]
    library.people.merge([other, ann])
    assert library.people.get(ann).key_face == shown == faces[0]


def test_a_merge_takes_ignored_faces_along_as_they_were(library: Library, group: Group) -> None:
    (one, _), (two, faces) = group("a", 3), group("b", 2)
    library.faces.ignore(faces[:1])
    library.people.merge([one, two])
    library.faces.restore(faces[:1])
    (face,) = (face for face in library.faces.list(person=one) if face.face == faces[0])
    assert face.assignment is AssignmentSource.AUTOMATIC


# Confirm, hide, restore


def test_a_confirmed_group_is_decided_but_not_what_was_ignored_in_it(library: Library, group: Group) -> None:
    person, faces = group("a", 3)
    library.faces.not_a_face(faces[:1])
    assert library.people.confirm([person]).step == "confirm people"
    assert said(library, person) == {AssignmentSource.CONFIRMED}
    library.faces.restore(faces[:1])
    assert said(library, person) == {AssignmentSource.CONFIRMED, AssignmentSource.AUTOMATIC}
    assert not library.people.confirm([person, person, *[person] * 3]) or said(library, person) == {
        AssignmentSource.CONFIRMED
    }


def test_people_are_hidden_and_shown_again(library: Library, group: Group) -> None:
    one, two = group("a", 2)[0], group("b", 1)[0]
    changes = library.people.hide([one, two, one])
    assert changes.of("person") == {one, two}
    assert {record.state for record in library.people.list()} == {"hidden"}
    assert not library.people.hide([one])
    library.people.restore([one])
    assert {record.id: record.hidden for record in library.people.list()} == {one: False, two: True}


def test_small_groups_are_hidden_at_once(
    library: Library, database: Database, group: Group, add_photo: AddPhoto
) -> None:
    large, small, named = group("a", 4)[0], group("b", 2)[0], group("c", 1)[0]
    library.people.name(named, "Ann")
    away, faces = add_photo("away.jpg", state=FileState.MISSING)[1][0], []
    with database.write() as unit:
        elsewhere = unit.people.create(None)
        unit.people.assign([away, *faces], elsewhere, AssignmentSource.AUTOMATIC)
    assert library.people.hide_groups_below(3).of("person") == {small}
    assert {record.id for record in library.people.list() if not record.hidden} == {large, named}
    assert not library.people.get(elsewhere).hidden  # its photos are away: nobody has seen how large it is
    assert not library.people.hide_groups_below(0)
    with pytest.raises(UsageError):
        library.people.hide_groups_below(-1)


def test_hidden_groups_stay_hidden_under_their_id(library: Library, database: Database, group: Group) -> None:
    hidden, faces = group("a", 4)
    shown, others = group("b", 2)
    library.people.hide([hidden])
    with database.read() as unit:
        table = unit.descriptors.table(unit.models.id_of(MODEL))
    # The faces of the hidden group lie apart, those of the other one lie with half of them.
    places = {faces[0]: 0.0, faces[1]: 0.01, faces[2]: 9.0, faces[3]: 9.01, others[0]: 9.02, others[1]: 9.03}
    table.descriptors[:] = 0
    table.descriptors[:, 0] = [places[FaceId(face)] for face in table.ids.tolist()]
    none = np.zeros((0, 2), np.int64)
    for keep_named in (True, False):
        task = GroupingTask(
            table, np.zeros(0, np.int64), none, none, none, keep_named, "infomap", {"seed": 0}, 80,
            hidden=np.array([hidden]),
        )  # fmt: skip
        placed = dict(zip(table.ids.tolist(), group_faces(task).tolist(), strict=True))
        assert {placed[face] for face in faces} == {hidden}
        assert {placed[face] for face in others} <= {hidden, shown}


def test_hidden_people_are_told_to_the_grouping(library: Library, group: Group) -> None:
    hidden, _ = group("a", 2)
    library.people.hide([hidden])
    with library._database.read() as unit:
        task = library._clustering._task(unit, unit.models.id_of(MODEL), "infomap", {}, keep_named=False)
    assert task.hidden.tolist() == [hidden]


# Key face, note, birth date, recent names


def test_a_key_face_is_chosen_among_the_persons_own(library: Library, group: Group) -> None:
    (one, faces), (_, others) = group("a", 3), group("b", 1)
    library.people.key_face(one, faces[2])
    assert library.people.get(one).key_face == faces[2]
    for wrong in (others[0],):
        with pytest.raises(UsageError, match="not one of"):
            library.people.key_face(one, wrong)
    library.faces.ignore(faces[2:])
    assert library.people.get(one).key_face in faces[:2]  # a face that is ignored is not shown
    with pytest.raises(UsageError, match="Restore"):
        library.people.key_face(one, faces[2])
    library.faces.restore(faces[2:])
    assert library.people.get(one).key_face == faces[2]
    library.people.key_face(one, None)
    with pytest.raises(UnknownIdError):
        library.people.key_face(one, FaceId(999))
    with pytest.raises(UnknownIdError):
        library.people.key_face(NOWHERE, None)


def test_a_note_keeps_its_lines_and_loses_what_is_no_text(library: Library, group: Group) -> None:
    person, _ = group("a", 1)
    library.people.note(person, "  first line \t\r\nZoe\u0308\x00\x1b[31m \udcff\n\n")
    assert library.people.get(person).note == "first line\nZo\u00eb  [31m"
    library.people.note(person, " \n ")
    assert library.people.get(person).note == ""
    with pytest.raises(UnknownIdError):
        library.people.note(NOWHERE, "x")


@given(st.text(max_size=60))
def test_a_clean_note_stays_clean(text: str) -> None:
    note = clean_note(text)
    assert clean_note(note) == note
    assert not set(note) & set("\x00\x1b\r\udcff")


@pytest.mark.parametrize("wrong", ["yesterday", "2000-02-30", "20000101", "2000-W01-1", "01.02.2000", "0000-01-01"])
def test_what_is_no_date_is_no_birth_date(library: Library, group: Group, wrong: str) -> None:
    person, _ = group("a", 1)
    with pytest.raises(UsageError, match="is no date"):
        library.people.birth_date(person, wrong)
    assert library.people.get(person).birth_date is None


def test_a_birth_date_is_not_in_the_future_and_can_be_forgotten(library: Library, group: Group) -> None:
    person, _ = group("a", 1)
    today = date.today()
    library.people.birth_date(person, today.isoformat())
    assert library.people.get(person).birth_date == today
    with pytest.raises(UsageError, match="future"):
        library.people.birth_date(person, today + timedelta(days=1))
    for nothing in ("", None):
        library.people.birth_date(person, "1980-12-31")
        library.people.birth_date(person, nothing)
        assert library.people.get(person).birth_date is None
    with pytest.raises(UnknownIdError):
        library.people.birth_date(NOWHERE, None)
    assert checked_birth_date(" 1999-1-2 ", today) == date(1999, 1, 2)


def test_nobody_is_in_a_photo_taken_before_birth() -> None:
    born = date(2000, 6, 15)
    assert can_show(born, datetime(2000, 6, 15, 0, 1))
    assert not can_show(born, datetime(2000, 6, 14, 23, 59))
    assert can_show(None, datetime(1900, 1, 1))
    assert can_show(born, None)
    assert age_at(born, datetime(2010, 6, 15)) == pytest.approx(10, abs=0.01)
    assert age_at(born, datetime(1999, 1, 1)) < 0  # type: ignore[operator]
    assert age_at(None, datetime(1999, 1, 1)) is None


def test_names_used_last_come_first(library: Library, group: Group) -> None:
    people = [group(label, 2) for label in "abc"]
    assert library.people.recent() == []
    for (person, _), name in zip(people, ("Ann", "Bob", "Cleo"), strict=True):
        library.people.name(person, name)
    assert [record.name for record in library.people.recent()] == ["Cleo", "Bob", "Ann"]
    library.faces.move(people[2][1][:1], people[0][0])
    assert [record.name for record in library.people.recent(2)] == ["Ann", "Cleo"]
    library.people.name(people[1][0], "Bob")  # nothing is done, so nothing is used
    assert library.people.recent(1)[0].name == "Ann"
    library.people.name(people[0][0], "")
    assert [record.name for record in library.people.recent()] == ["Cleo", "Bob"]
    assert library.people.recent(0) == []
    with pytest.raises(UsageError):
        library.people.recent(-1)


# Break up


def test_a_mixed_person_is_broken_up_in_one_step(library: Library, database: Database, group: Group) -> None:
    person, faces = group("a", 7)
    library.people.name(person, "Ann")
    changes = library.people.break_up(person, [faces[:3], faces[3:5], faces[5:6]])
    held = holders(library)
    assert {held[face] for face in (*faces[:3], faces[6])} == {person}
    assert held[faces[3]] == held[faces[4]] != held[faces[5]]
    assert len({held[face] for face in faces}) == 3
    assert changes.step == "break up"
    with database.read() as unit:
        rejected = {tuple(pair) for pair in unit.people.rejections().tolist()}
        assert [step.step for step in unit.steps.latest(2)] == ["break up", "name"]
    assert rejected == {(face, person) for face in faces[3:6]}
    assert library.people.get(person).name == "Ann"
    assert {face.assignment for face in library.faces.list() if face.face != faces[6]} <= {
        AssignmentSource.CONFIRMED,
        AssignmentSource.MANUAL,
    }


def test_parts_that_are_none_are_refused(library: Library, group: Group) -> None:
    (person, faces), (_, others) = group("a", 4), group("b", 1)
    for wrong, reason in (
        ([], "two parts"),
        ([faces], "two parts"),
        ([faces, []], "two parts"),
        ([faces[:2], faces[1:]], "in two parts"),
        ([faces[:2], faces[:1] * 2], "in two parts"),
        ([faces, others], "Not faces of"),
    ):
        with pytest.raises(UsageError, match=reason):
            library.people.break_up(person, wrong)
    library.faces.ignore(faces[:1])
    with pytest.raises(UsageError, match="Restore"):
        library.people.break_up(person, [faces[:2], faces[2:]])
    with pytest.raises(UnknownIdError):
        library.people.break_up(person, [faces[1:], [FaceId(999)]])
    with pytest.raises(UnknownIdError):
        library.people.break_up(NOWHERE, [faces[1:2], faces[2:]])
    assert {holders(library)[face] for face in faces} == {person}


@pytest.mark.parametrize("act", ["confirm", "hide", "restore"])
def test_nobody_or_somebody_unknown_is_refused(library: Library, group: Group, act: str) -> None:
    person, _ = group("a", 1)
    with pytest.raises(UsageError, match="which people"):
        getattr(library.people, act)([])
    with pytest.raises(UnknownIdError):
        getattr(library.people, act)([person, NOWHERE])
    assert library.people.get(person).state == "unnamed"


def test_a_state_of_a_face_is_no_reason_to_lose_its_person(library: Library, group: Group) -> None:
    person, faces = group("a", 2)
    library.people.name(person, "Ann")
    library.faces.ignore(faces)
    assert library.people.get(person).faces == 0
    assert [record.state for record in library.faces.list(person=person, state=FaceState.IGNORED)] == [
        FaceState.IGNORED
    ] * 2
    library.faces.restore(faces)
    assert library.people.get(person).faces == 2
