"""What is said about two faces that were compared."""

from collections.abc import Callable

import pytest

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.library import Library
from faceorganizer.services.assigning import SamePhotoError

AddPhoto = Callable[..., tuple[ContentId, list[FaceId]]]
Group = Callable[..., tuple[PersonId, list[FaceId]]]


def holders(library: Library) -> dict[int, int | None]:
    return {face.face: face.person for face in library.faces.list(state="all")}


def links(database: Database) -> list[tuple[int, int, str]]:
    with database.read() as unit:
        return list(unit.people.links())


def rejections(database: Database) -> set[tuple[int, int]]:
    with database.read() as unit:
        return {(face, person) for face, person in unit.people.rejections().tolist()}


def test_two_faces_of_a_group_stay_together(library: Library, database: Database, group: Group) -> None:
    person, faces = group("a", 3)
    changes = library.faces.one_person(faces[0], faces[2])
    assert changes.step == "one person"
    assert links(database) == [(faces[0], faces[2], "must")]
    assert set(holders(library).values()) == {person}
    assert library.undo()
    assert links(database) == []


def test_who_has_no_name_comes_to_who_has_one(library: Library, database: Database, group: Group) -> None:
    (nobody, others), (ann, faces) = group("a", 2), group("b", 2)
    library.people.name(ann, "Ann")
    library.faces.one_person(others[0], faces[0])
    assert holders(library)[others[0]] == ann
    assert holders(library)[others[1]] == nobody
    assert (others[0], nobody) in rejections(database)
    assert links(database) == [(others[0], faces[0], "must")]
    library.undo()
    assert holders(library)[others[0]] == nobody
    assert not rejections(database)


def test_two_faces_of_nobody_become_a_group(library: Library, add_photo: AddPhoto) -> None:
    first, second = (add_photo(name)[1][0] for name in ("a.jpg", "b.jpg"))
    library.faces.one_person(first, second)
    held = holders(library)
    assert held[first] is not None
    assert held[first] == held[second]
    assert {face.assignment for face in library.faces.list()} == {AssignmentSource.MANUAL}


def test_two_names_are_refused(library: Library, database: Database, group: Group) -> None:
    (ann, faces), (ben, others) = group("a", 2), group("b", 2)
    library.people.name(ann, "Ann")
    library.people.name(ben, "Ben")
    with pytest.raises(UsageError, match="different names"):
        library.faces.one_person(faces[0], others[0])
    assert links(database) == []


def test_somebody_who_is_in_the_photo_already_is_asked_about(
    library: Library, database: Database, group: Group, add_photo: AddPhoto
) -> None:
    ann, faces = group("a", 2)
    library.people.name(ann, "Ann")
    _, (mine, beside) = add_photo("both.jpg", 2)
    library.faces.move([mine], ann)
    with pytest.raises(SamePhotoError):
        library.faces.one_person(faces[0], beside)
    library.faces.one_person(faces[0], beside, same_photo=True)
    assert holders(library)[beside] == ann


def test_the_second_of_different_people_leaves_for_good(library: Library, database: Database, group: Group) -> None:
    person, faces = group("a", 3)
    changes = library.faces.two_people(faces[2], faces[0])
    assert changes.step == "different people"
    assert holders(library) == {faces[0]: None, faces[1]: person, faces[2]: person}
    assert rejections(database) == {(faces[0], person)}
    assert links(database) == [(faces[0], faces[2], "cannot")]
    library.undo()
    assert set(holders(library).values()) == {person}


def test_faces_of_different_people_never_join(
    library: Library, database: Database, group: Group, add_photo: AddPhoto
) -> None:
    (one, faces), (other, others) = group("a", 2), group("b", 2)
    library.faces.two_people(faces[0], others[0])
    assert rejections(database) == {(faces[0], other), (others[0], one)}
    free = add_photo("free.jpg")[1][0]
    library.faces.two_people(faces[1], free)
    assert (free, one) in rejections(database)
    assert holders(library)[faces[1]] == one


def test_the_last_word_counts(library: Library, database: Database, group: Group) -> None:
    person, faces = group("a", 3)
    library.faces.one_person(faces[0], faces[1])
    library.faces.two_people(faces[0], faces[1])
    assert links(database) == [(faces[0], faces[1], "cannot")]
    library.faces.one_person(faces[0], faces[1])
    assert links(database) == [(faces[0], faces[1], "must")]
    assert holders(library)[faces[1]] == person
    assert not rejections(database)


def test_what_are_no_two_faces(library: Library, group: Group) -> None:
    _, faces = group("a", 2)
    for say in (library.faces.one_person, library.faces.two_people):
        with pytest.raises(UsageError, match="Choose two"):
            say(faces[0], faces[0])
        with pytest.raises(UnknownIdError):
            say(faces[0], FaceId(999))
    library.faces.ignore([faces[0]])
    with pytest.raises(UsageError, match="ignored"):
        library.faces.two_people(*faces)
