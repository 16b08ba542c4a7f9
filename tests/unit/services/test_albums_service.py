"""Albums: kept by hand, and by a rule that follows what is decided about people."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceorganizer.db.database import Database
from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.ids import AlbumId, ContentId, FaceId, PersonId
from faceorganizer.domain.pictures import FileRecord, FileState
from faceorganizer.library import Library
from faceorganizer.services.albums import AlbumNameTakenError
from faceorganizer.services.events import LibraryChanged

AddPhoto = Callable[..., tuple[ContentId, list[FaceId]]]
Group = Callable[..., tuple[PersonId, list[FaceId]]]

people = st.lists(st.integers(1, 9), max_size=3)
counts = st.none() | st.integers(0, 5)
days = st.none() | st.dates()
queries = st.builds(
    PhotoQuery,
    any_of=people,
    all_of=people,
    only=people,
    without=people,
    year=st.none() | st.integers(1, 9999),
    taken_from=days,
    taken_to=days,
    min_faces=counts,
    max_faces=counts,
    unnamed=st.booleans(),
    folder=st.none() | st.builds(Path, st.text(st.characters(exclude_characters="\0"), min_size=1)),
    failed=st.booleans(),
    no_faces=st.booleans(),
    photo=st.none() | st.integers(1, 9),
)


def names(library: Library, album: AlbumId) -> list[str]:
    return [record.path.name for record in library.albums.photos(album)]


@pytest.fixture
def kept(library: Library, add_photo: AddPhoto) -> tuple[AlbumId, list[ContentId]]:
    contents = [add_photo(f"{name}.jpg")[0] for name in "abc"]
    changes = library.albums.create("  Summer\u00a02020 ", photos=contents[:2])
    (number,) = changes.of("album")
    return AlbumId(number), contents


def test_an_album_kept_by_hand(library: Library, kept: tuple[AlbumId, list[ContentId]]) -> None:
    album, contents = kept
    record = library.albums.get(album)
    assert (record.name, record.query, record.photos, record.smart) == ("Summer 2020", None, 2, False)
    assert record.cover in contents[:2]
    assert names(library, album) == ["a.jpg", "b.jpg"]
    assert library.albums.add(album, contents[1:]).of("album") == {album}
    assert names(library, album) == ["a.jpg", "b.jpg", "c.jpg"]
    assert not library.albums.add(album, contents)
    library.albums.remove(album, [contents[0], ContentId(99)])
    assert names(library, album) == ["b.jpg", "c.jpg"]
    library.albums.rename(album, "Autumn")
    assert [r.name for r in library.albums.list()] == ["Autumn"]
    library.albums.delete(album)
    assert library.albums.list() == []
    assert len(library.photos()) == 3


def test_each_change_is_one_step_that_can_be_undone(library: Library, kept: tuple[AlbumId, list[ContentId]]) -> None:
    album, contents = kept
    library.albums.add(album, contents)
    library.albums.rename(album, "Autumn")
    library.albums.delete(album)
    assert [step.step for step in library.history()] == ["delete album", "rename album", "add to album", "new album"]
    assert library.history()[0].description == "1 album"
    assert library.undo().of("album") == {album}
    assert (library.albums.get(album).name, library.albums.get(album).photos) == ("Autumn", 3)
    library.undo()
    library.undo()
    assert (library.albums.get(album).name, library.albums.get(album).photos) == ("Summer 2020", 2)
    library.undo()
    assert library.albums.list() == []
    for _ in range(3):
        library.redo()
    assert (library.albums.get(album).name, library.albums.get(album).photos) == ("Autumn", 3)
    library.redo()
    assert library.albums.list() == []


def test_changes_are_told(library: Library, kept: tuple[AlbumId, list[ContentId]]) -> None:
    class Listener:
        def __init__(self) -> None:
            self.heard: list[tuple[str, frozenset[int]]] = []

        def on_change(self, event: LibraryChanged) -> None:
            self.heard.append((event.changes.step, event.changes.of("album")))

    listener = Listener()
    library.events.subscribe(LibraryChanged, listener.on_change)
    library.albums.rename(kept[0], "New")
    library.albums.rename(kept[0], "New")
    assert listener.heard == [("rename album", frozenset({kept[0]}))]


def test_what_makes_no_album(library: Library, kept: tuple[AlbumId, list[ContentId]]) -> None:
    album, contents = kept
    with pytest.raises(UsageError, match="not empty"):
        library.albums.create(" \n")
    with pytest.raises(AlbumNameTakenError) as taken:
        library.albums.create("SUMMER 2020")
    assert (taken.value.holder, taken.value.name) == (album, "Summer 2020")
    library.albums.rename(album, "summer 2020")
    with pytest.raises(UsageError, match="not both"):
        library.albums.create("x", query=PhotoQuery(), photos=contents)
    with pytest.raises(UnknownIdError, match="photo 99"):
        library.albums.create("x", photos=[ContentId(99)])
    with pytest.raises(UnknownIdError, match="person 99"):
        library.albums.create("x", query=PhotoQuery(without=[PersonId(99)]))
    for query in (
        PhotoQuery(taken_from=date(2021, 1, 2), taken_to=date(2021, 1, 1)),
        PhotoQuery(min_faces=3, max_faces=2),
        PhotoQuery(min_faces=-1),
        PhotoQuery(year=0),
    ):
        with pytest.raises(UsageError):
            library.albums.create("x", query=query)
    with pytest.raises(UsageError, match="kept by hand"):
        library.albums.set_query(album, PhotoQuery(year=2020))
    with pytest.raises(UsageError, match="which photos"):
        library.albums.add(album, [])
    for call in (library.albums.get, library.albums.delete, library.albums.photos):
        with pytest.raises(UnknownIdError, match="album 7"):
            call(AlbumId(7))
    assert len(library.albums.list()) == 1


def test_found_by_name_or_id(library: Library, kept: tuple[AlbumId, list[ContentId]]) -> None:
    album, _ = kept
    library.albums.create("1")
    library.albums.create("77")
    assert library.albums.find("summer  2020").id == album
    assert library.albums.find("1").id == album
    assert library.albums.find("77").name == "77"
    for text in ("", "78", "winter"):
        with pytest.raises(UnknownIdError):
            library.albums.find(text)


def test_a_smart_album_asks_anew_each_time(library: Library, group: Group, add_photo: AddPhoto) -> None:
    person, _ = group("a", 2)
    (number,) = library.albums.create("Ann", query=PhotoQuery(any_of=[person])).of("album")
    album = AlbumId(number)
    assert library.albums.get(album).photos == 2
    _, faces = add_photo("new.jpg")
    library.faces.move(faces, person)
    assert names(library, album) == ["a0.jpg", "a1.jpg", "new.jpg"]
    for change in (library.albums.add, library.albums.remove):
        with pytest.raises(UsageError, match="keeps a rule"):
            change(album, [ContentId(1)])
    library.albums.set_query(album, PhotoQuery(any_of=[person], min_faces=2))
    assert library.albums.get(album).photos == 0
    assert library.albums.get(album).cover is None


def test_a_rule_follows_people_that_are_merged_and_undo_follows_back(library: Library, group: Group) -> None:
    (one, _), (two, _), (three, _) = group("a", 3), group("b", 2), group("c", 2)
    query = PhotoQuery(any_of=[two, one], without=[three])
    (number,) = library.albums.create("both", query=query).of("album")
    album = AlbumId(number)
    changes = library.people.merge([one, two])
    assert changes.of("album") == {album}
    record = library.albums.get(album)
    assert record.query == PhotoQuery(any_of=[one], without=[three])
    assert (record.photos, record.people, record.gone) == (5, (one, three), ())
    library.undo()
    assert library.albums.get(album).query == query
    library.redo()
    library.people.name(three, "Ann")
    library.people.name(one, "Ann", same=True)
    assert library.albums.get(album).query == PhotoQuery(any_of=[three], without=[three])


def test_a_rule_outlives_a_person_who_goes(library: Library, database: Database, group: Group) -> None:
    (one, faces), (two, _) = group("a", 2), group("b", 2)
    (number,) = library.albums.create("both", query=PhotoQuery(any_of=[one, two])).of("album")
    library.faces.move(faces, two)
    record = library.albums.get(AlbumId(number))
    assert (record.people, record.gone, record.photos) == ((two,), (one,), 4)
    library.albums.set_query(record.id, PhotoQuery(any_of=[one]))
    assert library.albums.get(record.id).photos == 0
    assert database.check() == []


def test_a_picture_is_there_once_and_its_standing_file_shows_it(
    library: Library, database: Database, kept: tuple[AlbumId, list[ContentId]]
) -> None:
    album, contents = kept
    with database.write() as unit:
        root = unit.roots.all()[0].id
        copies = [("0copy.jpg", FileState.PRESENT), ("1gone.jpg", FileState.MISSING)]
        unit.files.add([FileRecord(0, root, name, 1, 9, b"f", contents[0], state) for name, state in copies])  # type: ignore[arg-type]
    assert len(library.photos()) == 5
    assert names(library, album) == ["a.jpg", "b.jpg"]
    assert library.albums.get(album).photos == 2
    with database.write() as unit:
        unit.roots.remove(root)
    assert (library.albums.get(album).photos, names(library, album)) == (0, [])


def test_missing_photos_are_listed_and_never_the_cover(library: Library, add_photo: AddPhoto) -> None:
    gone, _ = add_photo("gone.jpg", state=FileState.MISSING)
    (number,) = library.albums.create("x", photos=[gone]).of("album")
    record = library.albums.get(AlbumId(number))
    assert (record.photos, record.cover) == (1, None)
    assert [photo.state for photo in library.albums.photos(record.id)] == ["missing"]


def test_the_number_of_photos_is_that_of_the_list(library: Library, database: Database, group: Group) -> None:
    person, _ = group("a", 3)
    group("b", 2)
    with database.write() as unit:
        root = unit.roots.all()[0].id
        broken = FileRecord(0, root, "broken.jpg", 0, 1, None, None, FileState.PRESENT, "the file is empty")  # type: ignore[arg-type]
        copy = FileRecord(0, root, "sub/copy.jpg", 0, 1, b"f", ContentId(1), FileState.PRESENT)  # type: ignore[arg-type]
        unit.files.add([broken, copy])
    rules = {
        "all": PhotoQuery(),
        "person": PhotoQuery(any_of=[person]),
        "failed": PhotoQuery(failed=True),
        "sub": PhotoQuery(folder=Path("/photos/sub")),
    }
    counted = {}
    for name, rule in rules.items():
        (number,) = library.albums.create(name, query=rule).of("album")
        counted[name] = library.albums.get(AlbumId(number)).photos
        assert counted[name] == len(library.albums.photos(AlbumId(number))), name
    assert counted == {"all": 6, "person": 3, "failed": 1, "sub": 1}


@given(queries)
def test_a_rule_comes_back_from_its_stored_form_as_it_was(query: PhotoQuery) -> None:
    assert PhotoQuery.from_json(query.to_json()) == query


def test_a_condition_of_no_faces_is_one() -> None:
    assert PhotoQuery(max_faces=0).to_json() == {"version": 1, "max_faces": 0}


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"version": 2},
        {"version": 1, "pets": True},
        {"version": 1, "taken_from": "yesterday"},
        {"version": 1, "any_of": ["x"]},
    ],
)
def test_a_rule_that_cannot_be_read_is_told(stored: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PhotoQuery.from_json(stored)


def test_folders(library: Library, add_photo: AddPhoto) -> None:
    odd = os.fsdecode(b"caf\xe9") if os.name != "nt" else "caf"
    for name in ("a.jpg", "A/b.jpg", "a/b.jpg", "a/deep/c.jpg", "ab/d.jpg", f"a/{odd}.jpg", f"{odd}/e.jpg"):
        add_photo(name)

    def found(folder: str) -> set[str]:
        return {r.path.relative_to("/photos").as_posix() for r in library.photos(PhotoQuery(folder=Path(folder)))}

    assert found("/photos/a") == {"a/b.jpg", "a/deep/c.jpg", f"a/{odd}.jpg"}
    assert found(f"/photos/{odd}") == {f"{odd}/e.jpg"}
    assert len(found("/photos")) == len(found("/")) == 7
    assert found("/pho") == found("/photos/a.jp") == set()


def test_photos_between_two_days(library: Library, database: Database) -> None:
    from datetime import datetime

    from faceorganizer.domain.pictures import Capture, PictureIdentity

    taken = [datetime(2019, 12, 31, 23, 59, 59), datetime(2020, 1, 1), datetime(2021, 6, 30, 12), None]
    with database.write() as unit:
        root = unit.roots.add(Path("/photos"), "1:1").id
        for number, moment in enumerate(taken):
            identity = PictureIdentity(b"f", bytes([number]), "jpeg", 4, 3, capture=Capture(moment, "exif"))
            content = unit.contents.add(identity)
            unit.files.add([FileRecord(0, root, str(number), 1, 2, b"f", content, FileState.PRESENT)])  # type: ignore[arg-type]

    def found(**limits: date) -> str:
        return "".join(record.path.name for record in library.photos(PhotoQuery(**limits)))

    assert found(taken_from=date(2020, 1, 1)) == "12"
    assert found(taken_to=date(2020, 1, 1)) == "01"
    assert found(taken_from=date(2019, 12, 31), taken_to=date(2019, 12, 31)) == "0"
    assert found(taken_to=date.max) == "012"
    newest = library.albums.create("all", query=PhotoQuery()).of("album")
    assert library.albums.get(AlbumId(*newest)).cover == 3


def test_a_person_kept_by_the_rule_alone_may_go_on_being_mentioned(library: Library, group: Group) -> None:
    (one, faces), (two, _) = group("a", 2), group("b", 2)
    (number,) = library.albums.create("x", query=PhotoQuery(any_of=[one, two])).of("album")
    library.faces.move(faces, two)
    library.albums.set_query(AlbumId(number), PhotoQuery(any_of=[one, two], year=2020))
    with pytest.raises(UnknownIdError):
        library.albums.set_query(AlbumId(number), PhotoQuery(any_of=[PersonId(99)]))


def test_decisions_about_faces_leave_albums_alone(library: Library, group: Group) -> None:
    person, faces = group("a", 2)
    library.albums.create("x", query=PhotoQuery(any_of=[person]))
    assert not library.faces.reject(faces[:1]).of("album")
    assert AssignmentSource.AUTOMATIC in {face.assignment for face in library.faces.list(person=person)}
