"""What people decide about faces, one and many."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from patch_pictures import MODEL

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.faces import AssignmentSource, FaceState
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.library import Library
from faceorganizer.services.assigning import SamePhotoError
from faceorganizer.services.clustering.grouping import group_faces
from faceorganizer.services.clustering.service import GroupingTask

AddPhoto = Callable[..., tuple[ContentId, list[FaceId]]]
Group = Callable[..., tuple[PersonId, list[FaceId]]]

NOBODY = PersonId(99)
NO_FACE = FaceId(999)
MANY = 10_000


def holders(library: Library) -> dict[int, int | None]:
    return {face.face: face.person for face in library.faces.list(state="all")}


def said(library: Library) -> dict[int, AssignmentSource | None]:
    return {face.face: face.assignment for face in library.faces.list(state="all")}


def rejections(database: Database) -> set[tuple[int, int]]:
    with database.read() as unit:
        return {(face, person) for face, person in unit.people.rejections().tolist()}


def links(database: Database) -> list[tuple[int, int, str]]:
    with database.read() as unit:
        return [(first, second, kind) for first, second, kind in unit.people.links()]


def test_confirmed_faces_are_decided_and_stay_where_they_are(library: Library, group: Group) -> None:
    person, faces = group("a", 3)
    changes = library.faces.confirm([*faces[:2], faces[0]])
    assert (changes.step, changes.of("face")) == ("confirm faces", set(faces[:2]))
    assert [said(library)[face] for face in faces] == ["confirmed", "confirmed", "automatic"]
    assert set(holders(library).values()) == {person}
    library.faces.move(faces[:1], person)
    assert not library.faces.confirm(faces[:1])  # by hand says more
    assert said(library)[faces[0]] is AssignmentSource.MANUAL


def test_a_suggestion_is_accepted(library: Library, database: Database, group: Group, add_photo: AddPhoto) -> None:
    (ann, faces), (other, others) = group("a", 2), group("b", 2)
    _, free = add_photo("free.jpg")
    library.people.name(ann, "Ann")
    library.faces.confirm([*free, others[0], faces[0]], ann)
    held = holders(library)
    assert [held[face] for face in (*free, others[0], faces[0], others[1])] == [ann, ann, ann, other]
    assert said(library)[free[0]] is AssignmentSource.CONFIRMED
    assert rejections(database) == {(others[0], other)}


def test_a_rejected_face_leaves_and_does_not_come_back(library: Library, database: Database, group: Group) -> None:
    person, faces = group("a", 3)
    library.people.name(person, "Ann")
    library.faces.reject(faces[:1])
    assert holders(library)[faces[0]] is None
    assert rejections(database) == {(faces[0], person)}
    with database.read() as unit:
        table, rejected = unit.descriptors.table(unit.models.id_of(MODEL)), unit.people.rejections()
    table.descriptors[:] = 0  # all look the same
    rows = np.column_stack([np.searchsorted(table.ids, rejected[:, 0]), rejected[:, 1]])
    none = np.zeros((0, 2), np.int64)
    task = GroupingTask(table, np.array([person]), rows, none, none, True, "infomap", {"seed": 0}, 80)
    assert group_faces(task).tolist() == [-1, person, person]
    library.faces.confirm(faces[:1], person)  # the user's last word counts
    assert rejections(database) == set()


def test_a_suggestion_is_rejected_and_whoever_holds_the_face_keeps_it(
    library: Library, database: Database, group: Group
) -> None:
    (ann, _), (other, others) = group("a", 1), group("b", 2)
    library.faces.reject(others, ann)
    assert {holders(library)[face] for face in others} == {other}
    assert rejections(database) == {(face, ann) for face in others}
    library.faces.reject(others)
    assert {holders(library)[face] for face in others} == {None}
    with pytest.raises(UnknownIdError):  # the group is gone with its last face
        library.people.get(other)


def test_faces_move_to_somebody_or_to_a_new_group(library: Library, database: Database, group: Group) -> None:
    (one, faces), (_, others) = group("a", 3), group("b", 1)
    library.faces.move([faces[0], others[0]], one)
    assert said(library)[faces[0]] is AssignmentSource.MANUAL
    assert holders(library)[others[0]] == one
    assert {record.id for record in library.people.list()} == {one}
    changes = library.faces.move(faces[:2])
    (new,) = changes.of("person") - {one}
    assert {face for face, person in holders(library).items() if person == new} == set(faces[:2])
    assert rejections(database) == {(face, one) for face in faces[:2]}


def test_a_group_with_a_note_stays_when_its_last_face_leaves(library: Library, group: Group) -> None:
    (one, faces), (two, _) = group("a", 1), group("b", 1)
    library.people.note(one, "who is this?")
    library.faces.move(faces, two)
    assert library.people.get(one).note == "who is this?"


def test_two_faces_of_one_photo_do_not_become_one_person_unasked(
    library: Library, database: Database, group: Group, add_photo: AddPhoto
) -> None:
    person, _ = group("a", 2)
    _, faces = add_photo("both.jpg", 3)
    for act in (library.faces.move, library.faces.confirm):
        with pytest.raises(SamePhotoError) as asked:
            act(faces, person)
        assert len(asked.value.pairs) == 3
        assert "2 more" in str(asked.value)
    with pytest.raises(SamePhotoError):
        library.faces.move(faces)
    assert {holders(library)[face] for face in faces} == {None}
    library.faces.move(faces, person, same_photo=False)
    assert [holders(library)[face] for face in faces] == [person, None, None]
    assert rejections(database) == {(face, person) for face in faces[1:]}
    library.faces.move(faces[:2], person, same_photo=True)
    assert [holders(library)[face] for face in faces] == [person, person, None]
    assert links(database) == [(faces[0], faces[1], "must")]
    assert library.faces.move(faces[:2], person).step == "move faces"  # it was said once
    with pytest.raises(SamePhotoError):
        library.faces.move(faces[2:], person)


# Ignored, no face, restored


@pytest.mark.parametrize("act", ["ignore", "not_a_face"])
def test_a_state_is_set_and_taken_back(library: Library, group: Group, act: str) -> None:
    person, faces = group("a", 3)
    getattr(library.faces, act)(faces[:2])
    assert library.people.get(person).faces == 1
    assert [face.face for face in library.faces.list()] == faces[2:]
    assert not getattr(library.faces, act)(faces[:2])
    library.faces.restore([*faces, faces[0]])
    assert library.people.get(person).faces == 3
    assert said(library)[faces[0]] is AssignmentSource.AUTOMATIC


def test_a_face_that_is_ignored_is_first_restored(library: Library, group: Group) -> None:
    person, faces = group("a", 2)
    library.faces.ignore(faces[:1])
    library.faces.not_a_face(faces[1:])
    for act in (
        lambda: library.faces.confirm(faces[:1]),
        lambda: library.faces.reject(faces[:1]),
        lambda: library.faces.move(faces[:1]),
        lambda: library.people.split(person, faces[:1]),
        lambda: library.people.name_face(faces[0], "Ann"),
        lambda: library.faces.same_photo_same_person(faces[0], faces[1]),
    ):
        with pytest.raises(UsageError, match="is ignored, as somebody said"):
            act()
    with pytest.raises(UsageError, match="is not a face"):
        library.faces.confirm(faces[1:])
    assert library.faces.list() == []


def test_a_restored_face_follows_the_merge_of_its_person(library: Library, group: Group) -> None:
    (one, faces), (two, _) = group("a", 2), group("b", 3)
    library.people.name(one, "Ann")
    library.faces.ignore(faces[:1])
    library.people.name(two, "Bea")
    library.people.merge([one, two], name="Bea")
    library.faces.restore(faces[:1])
    face = next(face for face in library.faces.list(person=two) if face.face == faces[0])
    assert (face.name, face.assignment) == ("Bea", AssignmentSource.CONFIRMED)


def test_of_a_restored_face_and_another_of_the_photo_the_decided_one_stays(
    library: Library, database: Database, group: Group, add_photo: AddPhoto
) -> None:
    person, _ = group("a", 2)
    automatic, manual = AssignmentSource.AUTOMATIC, AssignmentSource.MANUAL
    for number, (mine, theirs, stays) in enumerate(
        ((manual, automatic, 0), (automatic, manual, 1), (automatic, automatic, 1), (manual, manual, 1))
    ):
        _, faces = add_photo(f"both{number}.jpg", 2)
        with database.write() as unit:
            unit.people.assign(faces[:1], person, mine)
            unit.faces.set_state(faces[:1], FaceState.IGNORED)
            unit.people.assign(faces[1:], person, theirs)
        library.faces.restore(faces[:1])
        assert [holders(library)[face] == person for face in faces] == [stays == 0, stays == 1]


def test_a_mirror_image_is_restored_beside_its_original(
    library: Library, database: Database, add_photo: AddPhoto
) -> None:
    _, faces = add_photo("mirror.jpg", 2)
    library.people.name_face(faces[0], "Ann")
    library.faces.same_photo_same_person(faces[1], faces[0])
    library.faces.ignore(faces[:1])
    library.faces.restore(faces[:1])
    assert library.people.find("Ann").faces == 2


def test_the_unnamed_faces_of_a_photo_are_ignored_at_once(
    library: Library, group: Group, add_photo: AddPhoto, tmp_path: Path
) -> None:
    person, elsewhere = group("a", 1)
    _, faces = add_photo("party.jpg", 4)
    library.people.name_face(faces[1], "Ann")
    library.faces.move(faces[2:3], person)
    changes = library.faces.ignore_unnamed(Path("/photos/party.jpg"))
    assert changes.of("face") == {faces[0], faces[2], faces[3]}
    assert {face.face for face in library.faces.list()} == {faces[1], *elsewhere}
    assert not library.faces.ignore_unnamed(Path("/photos/party.jpg"))
    with pytest.raises(UnknownIdError):
        library.faces.ignore_unnamed(tmp_path / "none.jpg")


# The same person twice in a photo


def test_one_person_twice_in_a_photo(library: Library, database: Database, add_photo: AddPhoto) -> None:
    _, faces = add_photo("mirror.jpg", 2)
    library.faces.same_photo_same_person(*faces)
    assert {holders(library)[face] for face in faces} == {None}
    library.people.name_face(faces[1], "Ann")
    library.faces.same_photo_same_person(*faces)
    ann = library.people.find("Ann").id
    assert {holders(library)[face] for face in faces} == {ann}
    library.faces.same_photo_two_people(faces[1], faces[0])
    assert [holders(library)[face] for face in faces] == [None, ann]
    assert links(database) == []
    assert rejections(database) == {(faces[0], ann)}
    assert not library.faces.same_photo_two_people(faces[1], faces[0])


def test_the_named_one_stays_and_two_names_are_refused(library: Library, group: Group, add_photo: AddPhoto) -> None:
    large, _ = group("a", 5)
    _, faces = add_photo("mirror.jpg", 3)
    library.faces.move(faces[:1], large)
    library.people.name_face(faces[1], "Ann")
    library.faces.same_photo_same_person(faces[0], faces[1])
    ann = library.people.find("Ann").id
    assert {holders(library)[face] for face in faces[:2]} == {ann}
    library.people.name_face(faces[2], "Bea")
    with pytest.raises(UsageError, match="different names"):
        library.faces.same_photo_same_person(faces[0], faces[2])
    library.faces.reject(faces[2:])
    library.faces.same_photo_same_person(faces[2], faces[1])  # and so it is the third one's mirror image, too
    assert {holders(library)[face] for face in faces} == {ann}


def test_faces_of_two_photos_are_no_exception(library: Library, add_photo: AddPhoto) -> None:
    (one,), (two,) = add_photo("a.jpg")[1], add_photo("b.jpg")[1]
    for pair in ((one, two), (one, one)):
        for act in (library.faces.same_photo_same_person, library.faces.same_photo_two_people):
            with pytest.raises(UsageError, match="not two faces of one photo"):
                act(*pair)


def test_the_last_word_on_two_faces_counts(
    library: Library, database: Database, group: Group, add_photo: AddPhoto
) -> None:
    (one, faces), (two, others) = group("a", 3), group("b", 2)
    with database.write() as unit:
        unit.people.link([(faces[0], faces[1])], "must", "one person")
        unit.people.link([(faces[0], faces[2])], "must", "one person")
        unit.people.link([(faces[2], others[0])], "cannot", "different")
        unit.people.link([(faces[1], others[1])], "cannot", "different")
    library.faces.reject(faces[1:2])
    assert links(database) == [
        (faces[0], faces[2], "must"),
        (faces[1], others[1], "cannot"),
        (faces[2], others[0], "cannot"),
    ]
    library.faces.move(faces[2:], two)
    assert links(database) == [(faces[1], others[1], "cannot")]
    library.faces.move(faces[1:2], one)
    assert links(database) == [(faces[1], others[1], "cannot")]
    library.people.merge([one, two])
    assert links(database) == []


# Bad input, and much of it


@pytest.mark.parametrize("act", ["confirm", "reject", "move", "ignore", "not_a_face", "restore", "delete"])
def test_no_face_and_unknown_faces_are_refused(library: Library, database: Database, group: Group, act: str) -> None:
    _, faces = group("a", 2)
    before = holders(library)
    with pytest.raises(UsageError, match="which faces"):
        getattr(library.faces, act)([])
    with pytest.raises(UnknownIdError, match="no face 999"):
        getattr(library.faces, act)([*faces, NO_FACE])
    assert holders(library) == before
    with database.read() as unit:
        assert unit.steps.latest(1) == []


def test_unknown_people_are_refused(library: Library, group: Group) -> None:
    _, faces = group("a", 2)
    for act in (library.faces.confirm, library.faces.reject, library.faces.move):
        with pytest.raises(UnknownIdError, match="no person 99"):
            act(faces, NOBODY)
    library.faces.reject(faces)
    for act in (library.faces.confirm, library.faces.reject):
        with pytest.raises(UsageError, match="in no group"):
            act(faces)


def test_only_drawn_faces_are_deleted(library: Library, group: Group) -> None:
    _, faces = group("a", 1)
    with pytest.raises(UsageError, match="would find it again"):
        library.faces.delete(faces)


@pytest.fixture
def many(database: Database, group: Group) -> list[FaceId]:
    """An unnamed group of many faces, each in a photo of its own; written by SQL, which is faster than one by one."""
    person, (first,) = group("first", 1)
    with closing(sqlite3.connect(database.path)) as connection, connection:
        (content,) = connection.execute("SELECT content_id FROM face WHERE id = ?", (first,)).fetchone()
        for table, key, new in (
            ("content", content, {"id": "id + n", "hash": "randomblob(8)"}),
            ("file", None, {"id": "id + n", "content_id": "content_id + n", "path": "n || path"}),
            ("face", first, {"id": "id + n", "content_id": "content_id + n"}),
        ):
            columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
            copied = ", ".join(new.get(name, name) for name in columns)
            chosen = f"id = {key}" if key is not None else f"content_id = {content}"
            connection.execute(
                "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?) "
                f"INSERT INTO {table} SELECT {copied} FROM {table}, number WHERE {chosen}",
                (MANY - 1,),
            )
    faces = [FaceId(first + number) for number in range(MANY)]
    with database.write() as unit:
        unit.people.assign(faces, person, AssignmentSource.AUTOMATIC)
    return faces


def test_ten_thousand_faces_are_one_step(
    library: Library, database: Database, many: list[FaceId], group: Group
) -> None:
    faces = many
    ann, _ = group("a", 1)
    library.people.name(ann, "Ann")
    steps: list[Callable[[], object]] = [
        lambda: library.faces.confirm(faces),
        lambda: library.faces.ignore(faces),
        lambda: library.faces.restore(faces),
        lambda: library.faces.move(faces, ann),
        lambda: library.faces.reject(faces),
        lambda: library.faces.confirm(faces, ann),
        lambda: library.people.split(ann, faces),
        lambda: library.people.merge([record.id for record in library.people.list()]),
    ]
    for step in steps:
        step()
    assert library.people.get(ann).faces == MANY + 1
    with database.read() as unit:
        assert len(unit.steps.latest(100)) == len(steps) + 1
