"""Where and when people were seen, and with whom."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from patch_pictures import MODEL, observations

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.pictures import Capture, FileRecord, FileState, PictureIdentity
from faceorganizer.domain.sightings import photos_by_year
from faceorganizer.library import Library

AddPhoto = Callable[..., tuple[ContentId, list[FaceId]]]
Group = Callable[..., tuple[PersonId, list[FaceId]]]


def add_dated(database: Database, name: str, taken: datetime | None, person: PersonId) -> FaceId:
    with database.write() as unit:
        root = unit.roots.add(Path(f"/dated/{name}"), "1:1").id
        identity = PictureIdentity(b"f", name.encode(), "jpeg", 400, 300, 6, Capture(taken, "exif" if taken else ""))
        content = unit.contents.add(identity)
        unit.files.add([FileRecord(0, root, f"sub/{name}", 1, 2, b"f", content, FileState.PRESENT)])  # type: ignore[arg-type]
        found = observations([(30.0, 10.0, 20.0, 20.0)], seed=int(content))
        (face,) = unit.faces.store(content, unit.models.id_of(MODEL), "test", found, [], [])
        unit.people.assign([face], person, AssignmentSource.AUTOMATIC)
    return face


def test_a_sighting_says_where_and_when(library: Library, database: Database, group: Group) -> None:
    person, faces = group("a", 2)
    moment = datetime(2012, 5, 19, 14, 30)
    dated = add_dated(database, "dated.jpg", moment, person)
    seen = library.people.sightings(person)
    assert [one.face for one in seen] == [*faces, dated]
    last = seen[-1]
    assert (last.path, last.taken, last.size) == (Path("/dated/dated.jpg/sub/dated.jpg"), moment, (400, 300))
    assert (last.person, last.assignment) == (person, AssignmentSource.AUTOMATIC)
    assert last.box == pytest.approx((30, 10, 20, 20))
    assert library.faces.sightings([dated, faces[0]]) == [last, seen[0]]


def test_faces_put_away_or_gone_are_not_seen(library: Library, group: Group, add_photo: AddPhoto) -> None:
    person, faces = group("a", 3)
    library.faces.ignore([faces[1]])
    _, (gone,) = add_photo("gone.jpg", 1, FileState.MISSING)
    assert [one.face for one in library.people.sightings(person)] == [faces[0], faces[2]]
    assert [one.face for one in library.faces.sightings([gone, faces[1], faces[2], faces[2]])] == [faces[2]]
    assert library.faces.sightings([]) == []


def test_a_face_that_nobody_holds_is_seen_as_well(library: Library, add_photo: AddPhoto) -> None:
    photo, (face,) = add_photo("a.jpg", 1)
    (seen,) = library.faces.sightings([face])
    assert (seen.photo, seen.person, seen.assignment, seen.taken) == (photo, None, None, None)


def test_years_count_photos_not_faces(library: Library, database: Database, group: Group) -> None:
    person, _ = group("a", 2)  # without a date
    add_dated(database, "a.jpg", datetime(2012, 1, 1), person)
    add_dated(database, "b.jpg", datetime(2012, 12, 31, 23, 59), person)
    add_dated(database, "c.jpg", datetime(2009, 7, 1), person)
    seen = library.people.sightings(person)
    assert photos_by_year(seen) == photos_by_year([*seen, *seen]) == {2009: 1, 2012: 2}
    assert photos_by_year([]) == {}


def test_companions_are_those_in_the_same_photos(library: Library, database: Database, add_photo: AddPhoto) -> None:
    with database.write() as unit:
        anna, ben, carl, dora = unit.people.create_groups(4)
    shown = {"1.jpg": (anna, ben), "2.jpg": (anna, ben, carl), "3.jpg": (anna, carl, dora), "4.jpg": (ben, dora)}
    for name, people in shown.items():
        _, faces = add_photo(name, len(people))
        with database.write() as unit:
            for face, person in zip(faces, people, strict=True):
                unit.people.assign([face], person, AssignmentSource.AUTOMATIC)
    found = [(other.person.id, other.together) for other in library.people.companions(anna)]
    assert found == [(ben, 2), (carl, 2), (dora, 1)]
    library.people.hide([carl])
    assert [other.person.id for other in library.people.companions(anna, 1)] == [ben]
    assert [other.person.id for other in library.people.companions(anna)] == [ben, dora]
    assert library.people.companions(anna, 0) == []


def test_twice_in_one_photo_is_once_together(library: Library, database: Database, add_photo: AddPhoto) -> None:
    _, faces = add_photo("mirror.jpg", 3)
    with database.write() as unit:
        anna, ben = unit.people.create_groups(2)
        unit.people.assign(faces[:2], anna, AssignmentSource.AUTOMATIC)
        unit.people.assign(faces[2:], ben, AssignmentSource.AUTOMATIC)
    assert [other.together for other in library.people.companions(ben)] == [1]
    assert [other.together for other in library.people.companions(anna)] == [1]


def test_nobody_is_nobody(library: Library, group: Group) -> None:
    person, _ = group("a", 1)
    for ask in (library.people.sightings, library.people.companions):
        with pytest.raises(UnknownIdError):
            ask(PersonId(99))
    with pytest.raises(UsageError):
        library.people.companions(person, -1)
