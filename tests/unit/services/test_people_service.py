import threading
import unicodedata
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from patch_pictures import MODEL

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.faces import AssignmentSource, FaceTable
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.people import clean_name, same_name
from faceorganizer.domain.pictures import FileState
from faceorganizer.library import Library
from faceorganizer.services.clustering.grouping import group_faces
from faceorganizer.services.clustering.service import GroupingTask
from faceorganizer.services.events import LibraryChanged
from faceorganizer.services.people import NameTakenError, TwoNamesError

AddPhoto = Callable[..., tuple[ContentId, list[FaceId]]]
Group = Callable[..., tuple[PersonId, list[FaceId]]]


def sources(library: Library, person: PersonId) -> set[AssignmentSource | None]:
    return {face.assignment for face in library.faces.list(person=person)}


def rejections(database: Database) -> set[tuple[int, int]]:
    with database.read() as unit:
        return {(face, person) for face, person in unit.people.rejections().tolist()}


def test_a_named_group_is_a_person_whose_faces_are_confirmed(library: Library, group: Group) -> None:
    person, faces = group("a", 3)
    changes = library.people.name(person, "  Zoe\u0308   Meyer ")
    assert library.people.find("zoë meyer").id == person
    record = library.people.list()[0]
    assert (record.name, record.faces, record.photos, record.state) == ("Zo\u00eb Meyer", 3, 3, "named")
    assert sources(library, person) == {AssignmentSource.CONFIRMED}
    assert changes.step == "name"
    assert changes.of("person") == {person}
    assert changes.of("face") == set(faces)


def test_an_empty_name_takes_the_name_away(library: Library, group: Group) -> None:
    person, _ = group("a", 2)
    library.people.name(person, "Ann")
    library.people.name(person, " \n ")
    assert library.people.list()[0].name is None
    assert sources(library, person) == {AssignmentSource.CONFIRMED}


def test_a_name_somebody_has_is_a_question(library: Library, group: Group) -> None:
    ann, other = group("a", 2)[0], group("b", 3)[0]
    library.people.name(ann, "Ann")
    with pytest.raises(NameTakenError, match="--merge") as asked:
        library.people.name(other, "ANN")
    assert asked.value.holder == ann
    assert library.people.find(str(other)).name is None
    library.people.name(other, "ANN", same=False)
    assert {person.name for person in library.people.list()} == {"Ann", "ANN"}
    with pytest.raises(UsageError, match="Several people"):
        library.people.find("ann")
    third = group("c", 1)[0]
    with pytest.raises(UsageError, match="Several people"):
        library.people.name(third, "Ann", same=True)


def test_the_same_person_named_again_becomes_one(library: Library, group: Group) -> None:
    (ann, one), (other, two) = group("a", 2), group("b", 3)
    library.people.name(ann, "Ann")
    library.people.name(other, "ann", same=True)
    (left,) = library.people.list()
    assert (left.id, left.name, left.faces) == (ann, "Ann", len(one) + len(two))
    library.people.name(ann, "ANN")
    assert library.people.list()[0].name == "ANN"


def test_a_single_face_named_leaves_its_group(library: Library, database: Database, group: Group) -> None:
    person, faces = group("a", 3)
    library.people.name_face(faces[0], "Ann")
    ann = library.people.find("Ann")
    assert ann.faces == 1
    assert library.people.find(str(person)).faces == 2
    assert (faces[0], person) in rejections(database)
    with pytest.raises(NameTakenError):
        library.people.name_face(faces[1], "ann")
    library.people.name_face(faces[1], "ann", same=True)
    assert library.people.find("Ann").faces == 2
    library.people.name_face(faces[2], "Ann", same=False)
    assert [record.name for record in library.people.list()] == ["Ann", "Ann"]


def test_a_face_of_the_person_itself_is_confirmed_without_a_question(library: Library, group: Group) -> None:
    person, faces = group("a", 2)
    library.people.name(person, "Ann")
    library.people.name_face(faces[0], "Ann")
    assert library.people.find("Ann").faces == 2
    assert {face.assignment for face in library.faces.list() if face.face == faces[0]} == {AssignmentSource.MANUAL}


def test_a_face_that_nobody_holds_can_be_named(library: Library, add_photo: AddPhoto) -> None:
    _, (face,) = add_photo("a.jpg")
    library.people.name_face(face, "Ann")
    assert library.people.find("Ann").faces == 1
    with pytest.raises(UnknownIdError):
        library.people.name_face(FaceId(99), "Bob")
    with pytest.raises(UsageError):
        library.people.name_face(face, "  ")
    assert [record.name for record in library.people.list()] == ["Ann"]


def test_a_merge_keeps_the_named_ones_id_name_and_key_face(library: Library, database: Database, group: Group) -> None:
    (large, many), (ann, few) = group("a", 5), group("b", 2)
    library.people.name(ann, "Ann")
    with database.write() as unit:
        unit.people.set_key_face(ann, few[1])
    library.people.merge([large, ann])
    (left,) = library.people.list()
    assert (left.id, left.name, left.key_face, left.faces) == (ann, "Ann", few[1], len(many) + len(few))
    assert sources(library, ann) == {AssignmentSource.CONFIRMED}


def test_of_unnamed_groups_the_largest_stays(library: Library, group: Group) -> None:
    groups = [group(label, count)[0] for label, count in (("a", 1), ("b", 3), ("c", 2))]
    library.people.merge(groups)
    assert [record.id for record in library.people.list()] == [groups[1]]


def test_which_of_two_names_stays_is_a_question(library: Library, group: Group) -> None:
    ann, bob = group("a", 1)[0], group("b", 3)[0]
    library.people.name(ann, "Ann")
    library.people.name(bob, "Bob")
    with pytest.raises(TwoNamesError) as asked:
        library.people.merge([bob, ann])
    assert set(asked.value.names) == {"Ann", "Bob"}
    library.people.merge([bob, ann], name="Ann")
    assert [(record.id, record.name) for record in library.people.list()] == [(ann, "Ann")]


def test_a_merge_takes_no_third_persons_name_and_needs_two(library: Library, group: Group) -> None:
    one, two, third = (group(label, 1)[0] for label in "abc")
    library.people.name(third, "Ann")
    with pytest.raises(UsageError, match="named ann already"):
        library.people.merge([one, two], name="ann")
    for too_few in ([], [one], [one, one]):
        with pytest.raises(UsageError, match="two people"):
            library.people.merge(too_few)
    with pytest.raises(UnknownIdError):
        library.people.merge([one, PersonId(99)])
    assert len(library.people.list()) == 3


def test_who_was_rejected_for_one_is_rejected_for_both(library: Library, database: Database, group: Group) -> None:
    (one, faces), (two, _) = group("a", 3), group("b", 2)
    library.people.split(one, faces[:1])
    library.people.merge([two, one])
    (kept,) = (record for record in library.people.list() if record.faces == 4)
    assert (faces[0], kept.id) in rejections(database)
    library.people.merge([record.id for record in library.people.list()])
    assert rejections(database) == set()
    assert library.people.list()[0].faces == 5


def test_faces_split_off_never_come_back(library: Library, database: Database, group: Group) -> None:
    person, faces = group("a", 4)
    changes = library.people.split(person, faces[:2])
    (new,) = (record.id for record in library.people.list() if record.id != person)
    assert {face.face for face in library.faces.list(person=new)} == set(faces[:2])
    assert rejections(database) == {(face, person) for face in faces[:2]} | {(face, new) for face in faces[2:]}
    assert changes.of("person") == {person, new}
    with database.read() as unit:
        task = _task(unit.descriptors.table(unit.models.id_of(MODEL)), unit.people.rejections())
    task.faces.descriptors[:] = 0  # all look the same
    assert group_faces(task).tolist() == task.faces.persons.tolist()


def _task(faces: FaceTable, rejected: np.ndarray) -> GroupingTask:
    pairs = np.column_stack([np.searchsorted(faces.ids, rejected[:, 0]), rejected[:, 1]])
    none = np.zeros((0, 2), np.int64)
    return GroupingTask(faces, np.zeros(0, np.int64), pairs, none, none, True, "infomap", {"seed": 0}, 80)


def test_a_split_may_go_to_somebody_else(library: Library, group: Group) -> None:
    (one, faces), (two, _) = group("a", 2), group("b", 1)
    library.people.split(one, faces, into=two)
    assert [(record.id, record.faces) for record in library.people.list()] == [(two, 3)]


def test_a_named_person_without_faces_stays(library: Library, group: Group) -> None:
    person, faces = group("a", 2)
    library.people.name(person, "Ann")
    library.people.split(person, faces)
    assert library.people.find("Ann").faces == 0


def test_a_split_of_strangers_is_refused(library: Library, group: Group) -> None:
    (one, faces), (_, others) = group("a", 2), group("b", 1)
    for wrong, reason in ((others, "Not faces of person"), ([], "which faces")):
        with pytest.raises(UsageError, match=reason):
            library.people.split(one, wrong)
    with pytest.raises(UsageError, match="already"):
        library.people.split(one, faces, into=one)
    with pytest.raises(UnknownIdError):
        library.people.split(one, faces, into=PersonId(99))
    assert [record.faces for record in library.people.list()] == [2, 1]


@pytest.mark.parametrize("text", ["Nobody", "99", "9" * 40, "", "\udcff"])
def test_whoever_is_not_there_is_not_found(library: Library, text: str) -> None:
    with pytest.raises(UnknownIdError):
        library.people.find(text)


def test_every_decision_is_one_step_and_told_after_the_commit(
    library: Library, database: Database, group: Group
) -> None:
    (one, faces), (two, _) = group("a", 3), group("b", 1)
    heard: list[tuple[str, int]] = []

    class Listener:
        def changed(self, event: LibraryChanged) -> None:
            heard.append((event.changes.step, len(library.people.list())))

    listener = Listener()
    library.events.subscribe(LibraryChanged, listener.changed)
    library.people.name(one, "Ann")
    library.people.split(one, faces[:1])
    library.people.merge([one, two])
    library.people.name(one, "Ann")
    assert heard == [("name", 2), ("split", 3), ("merge", 2)]
    with database.read() as unit:
        assert [step.step for step in unit.steps.latest(10)] == ["merge", "split", "name"]


def test_two_threads_that_name_people_take_turns(library: Library, group: Group) -> None:
    people = [group(label, 1)[0] for label in "abcdef"]
    threads = [threading.Thread(target=library.people.name, args=(person, f"P{person}")) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {record.name for record in library.people.list()} == {f"P{person}" for person in people}


@given(st.text(max_size=30))
def test_a_clean_name_stays_clean_and_reads_the_same(text: str) -> None:
    name = clean_name(text)
    if name is None:
        assert all(character.isspace() or not character.isprintable() for character in text)
        return
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in name)
    assert clean_name(name) == name
    assert name == name.strip()
    assert same_name(name, f"  {name}".strip())


@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_names_are_the_same_both_ways(first: str, second: str) -> None:
    assert same_name(first, second) == same_name(second, first)
    assert same_name(first, first)


def test_names_of_any_text_are_kept_and_found(library: Library, group: Group) -> None:
    for name in (
        "[red]Ann[/red]",
        ":smile:",
        "O'Hara; DROP TABLE person",
        "山田 太郎",
        "٣",
        "-",
        "Å",
        "name\u202eevil",
    ):
        person, _ = group(name.encode("unicode_escape").decode().replace("/", "-"), 1)
        library.people.name(person, name)
        assert library.people.find(f" {name} ").id == person or name.isdecimal()
    assert {record.name for record in library.people.list()} >= {"[red]Ann[/red]", "\u00c5"}


def test_a_group_without_present_photos_is_not_listed_until_they_return(
    library: Library, database: Database, group: Group
) -> None:
    hidden, _ = group("a", 2)
    named, _ = group("b", 2)
    library.people.name(named, "Anna")
    with database.write() as unit:
        files = [file for root in unit.roots.all() for file in unit.files.of_root(root.id)]
        unit.files.set_state([file.id for file in files], FileState.MISSING)
    assert [record.id for record in library.people.list()] == [named]
    assert (library.info().people, library.info().groups) == (1, 0)
    assert library.people.find(str(hidden)).faces == 0
    with database.write() as unit:
        unit.files.set_state([file.id for file in files], FileState.PRESENT)
    assert {record.id for record in library.people.list()} == {named, hidden}
