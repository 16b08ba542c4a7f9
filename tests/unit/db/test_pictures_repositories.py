"""Roots, files, pictures, searches, runs, settings and the list of photos."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.errors import UnknownIdError
from faceorganizer.domain.faces import AssignmentSource, EmbeddingModel, FaceState
from faceorganizer.domain.pictures import (
    Capture,
    Detail,
    FileRecord,
    FileState,
    PictureIdentity,
    Place,
    Root,
    ScanState,
)

NAMES = st.text(st.characters(exclude_characters="\0/"), min_size=1)


def test_roots(database):
    with database.write() as unit:
        first = unit.roots.add(Path("/a/\udcff"), "v1", ("*.tmp", "\udcfe"))
        second = unit.roots.add(Path("/b"), "v2")
        changed = Root(second.id, Path("/c"), "v3", ("x",))
        unit.roots.update(changed)
        assert unit.changes.of("root") == {first.id, second.id}
    with database.read() as unit:
        assert unit.roots.all() == [first, changed]
    with pytest.raises(ValueError, match="refuses"), database.write() as unit:
        unit.roots.add(Path("/c"), "v")
    for call in ("update", "remove"):
        with pytest.raises(UnknownIdError), database.write() as unit:
            getattr(unit.roots, call)(replace(first, id=99) if call == "update" else 99)


def test_removed_root_comes_back_with_everything(database, make):
    with database.write() as unit:
        content, faces = make.photo(unit, "a.jpg", 2)
        person = unit.people.create("Anna")
        unit.people.assign(faces, person, AssignmentSource.CONFIRMED)
    with database.write() as unit:
        unit.roots.remove(1)
        assert unit.changes.ids == {"file": {1}, "root": {1}}
    with database.read() as unit:
        assert unit.roots.all() == []
        assert unit.photos.records() == []
        assert list(unit.faces.records(state="all")) == []
        assert unit.faces.counts()["removed"] == 2
        assert unit.people.get(person).faces == 0
    with database.write() as unit:
        root = unit.roots.add(Path("/elsewhere"), "volume").id
        assert root != 1
        known = unit.contents.by_hash([b"a.jpg"])[b"a.jpg"]
        assert known.id == content
        unit.files.add([make.file(root, "a.jpg", known.id)])
        assert unit.people.get(person).faces == 2


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(names=st.lists(NAMES, unique=True, max_size=5), error=st.text(st.characters()))
def test_file_names_of_any_kind(database, names, error):
    with database.write() as unit:
        root = unit.roots.add(Path("/any"), "v")
        records = [FileRecord(0, root.id, name, 1, 2, None, None, FileState.PRESENT, error) for name in names]
        unit.files.add(records)
        assert [replace(record, id=0) for record in unit.files.of_root(root.id)] == records
        unit.roots.remove(root.id)


def test_files_that_exchange_their_names(database, make):
    with database.write() as unit:
        root = make.root(unit)
        unit.files.add([make.file(root, name, None, size=size) for size, name in enumerate("abc")])
        other = unit.roots.add(Path("/other"), "v").id
        a, b, c = unit.files.of_root(root)
        moved = [
            replace(a, path="b", mtime_ns=-5, file_hash=None),
            replace(b, path="c", state=FileState.MISSING),
            replace(c, root=other, path="a", error="broken"),
        ]
        unit.files.update(moved)
        unit.files.update([])
        unit.files.add([])
        assert unit.files.of_root(root) + unit.files.of_root(other) == moved
        unit.files.set_state([a.id, c.id], FileState.MISSING)
        states = [record.state for record in unit.files.of_root(root) + unit.files.of_root(other)]
        assert states == [FileState.MISSING] * 3
    with pytest.raises(ValueError, match="refuses"), database.write() as unit:
        unit.files.update([replace(a, path="x"), replace(b, path="x")])


def test_thousands_of_files_and_hashes(database, make):
    hashes = [number.to_bytes(32) for number in range(2500)]
    with database.write() as unit:
        root = make.root(unit)
        contents = [unit.contents.add(PictureIdentity(b"f", digest, "jpeg", 1, 1)) for digest in hashes]
        unit.files.add([make.file(root, str(number), number) for number in contents])
        assert len(unit.contents.by_hash([*hashes, b"unknown", *hashes])) == 2500
        assert unit.contents.by_hash([]) == {}
        assert sorted(unit.files.of_contents(contents)) == contents
        assert unit.files.of_contents([99999]) == {}


def test_contents_keep_what_describes_them(database):
    capture = Capture(datetime(2020, 2, 29, 23, 59, 59, 123456), "exif", "Maker Ünï", Place(-33.9, 151.2, -4.5))
    identity = PictureIdentity(b"f", b"c" * 32, "heif", 4000, 3000, 6, capture)
    bare = PictureIdentity(b"f", b"d" * 32, "jpeg", 1, 1)
    with database.write() as unit:
        first, second = unit.contents.add(identity), unit.contents.add(bare)
    with database.read() as unit:
        assert unit.contents.get(first).identity == replace(identity, file_hash=b"")
        assert unit.contents.get(second).identity == replace(bare, file_hash=b"")
    with database.write() as unit:
        unit.contents.update(first, replace(identity, orientation=1, content_hash=b"other", capture=Capture()))
        changed = unit.contents.get(first).identity
        assert (changed.orientation, changed.content_hash, changed.capture) == (1, b"c" * 32, Capture())
    with pytest.raises(UnknownIdError), database.write() as unit:
        unit.contents.update(99, bare)
    with pytest.raises(UnknownIdError), database.read() as unit:
        unit.contents.get(99)


def test_what_is_left_to_search(database, make):
    with database.write() as unit:
        photos = [make.photo(unit, name)[0] for name in ("a", "b", "c", "d")]
        a, b, c, d = photos
        unit.files.set_state([unit.files.of_contents([d])[d][0].id], FileState.MISSING)
        model = unit.models.id_of(EmbeddingModel("m", "1", 4, "euclidean", "68-point"))
        other = unit.models.id_of(EmbeddingModel("m", "2", 4, "euclidean", "68-point"))
        assert other != model
        assert unit.models.id_of(EmbeddingModel("m", "1", 4, "euclidean", "68-point")) == model
        unit.scans.record(a, "hog", Detail.THOROUGH, model, ScanState.DONE)
        unit.scans.record(b, "hog", Detail.FAST, model, ScanState.DONE)
        unit.scans.record(c, "hog", Detail.FAST, model, ScanState.FAILED, "broken \udcff")
        assert unit.scans.unfinished("hog", list(Detail), model) == [c]
        assert unit.scans.unfinished("hog", [Detail.BALANCED, Detail.THOROUGH], model) == [b, c]
        assert unit.scans.unfinished("hog", list(Detail), other) == [a, b, c]
        assert unit.scans.unfinished("cnn", list(Detail), model) == [a, b, c]
        unit.scans.record(c, "cnn", Detail.FAST, model, ScanState.DONE)
        assert [record.state for record in unit.photos.records(PhotoQuery(failed=True))] == []
        unit.scans.record(c, "cnn", Detail.FAST, model, ScanState.FAILED, "no memory")
        assert [record.error for record in unit.photos.records(PhotoQuery(failed=True))] == ["no memory"]
        unit.scans.forget(a)
        assert a in unit.scans.unfinished("hog", list(Detail), model)


def test_photos_and_their_states(database, make):
    with database.write() as unit:
        content, faces = make.photo(unit, "b.jpg", 3)
        root = make.root(unit)
        unit.files.add(
            [
                make.file(root, "a/copy.jpg", content),
                make.file(root, "broken.jpg", None, error="not an image"),
                make.file(root, "gone.jpg", content, state=FileState.MISSING),
            ]
        )
        unit.faces.set_state(faces[:1], FaceState.IGNORED)
    with database.read() as unit:
        copy, first, broken, gone = unit.photos.records()
        assert [record.path.name for record in (copy, first, broken, gone)] == [
            "copy.jpg", "b.jpg", "broken.jpg", "gone.jpg",
        ]  # fmt: skip
        assert (first.photo, first.duplicate_of, first.state, first.faces) == (content, None, "present", 2)
        assert (copy.photo, copy.duplicate_of, copy.width) == (content, first.path, 400)
        assert (broken.photo, broken.state, broken.error, broken.faces) == (None, "failed", "not an image", 0)
        assert (broken.width, broken.capture) == (None, Capture())
        assert (gone.state, gone.duplicate_of) == ("missing", first.path)
        assert unit.photos.records(PhotoQuery(failed=True)) == [broken]
    with database.write() as unit:
        unit.files.set_state([1], FileState.MISSING)
        assert unit.photos.records()[1].duplicate_of == Path("/photos/a/copy.jpg")
        assert {record.path.name for record in unit.faces.records()} == {"copy.jpg"}


def test_photos_by_who_is_in_them(database, make):
    with database.write() as unit:
        people = [unit.people.create(name) for name in ("Anna", "Ben", "Cleo")]
        who = {"none": [], "a": [0], "ab": [0, 1], "abc": [0, 1, 2], "a?": [0, None], "b": [1]}
        for name, persons in who.items():
            content, faces = make.photo(unit, name, len(persons))
            for face, index in zip(faces, persons, strict=True):
                if index is not None:
                    unit.people.assign([face], people[index], AssignmentSource.MANUAL)
            model = unit.models.id_of(EmbeddingModel("m", "1", 4, "euclidean", "68-point"))
            unit.scans.record(content, "hog", Detail.FAST, model, ScanState.DONE)
        root = make.root(unit)
        unit.files.add([make.file(root, "unreadable", None, error="x")])
        make.photo(unit, "not searched")
    a, b, c = people
    with database.read() as unit:

        def names(**conditions):
            return {record.path.name for record in unit.photos.records(PhotoQuery(**conditions))}

        assert names(any_of=[b, c]) == {"ab", "abc", "b"}
        assert names(all_of=[a, b]) == {"ab", "abc"}
        assert names(only=[a]) == {"a"}
        assert names(only=[a, b]) == {"ab"}
        assert names(without=[a]) == {"none", "b", "not searched"}
        assert names(any_of=[a], without=[c]) == {"a", "ab", "a?"}
        assert names(no_faces=True) == {"none"}
        assert names(any_of=[999]) == set()
        assert names(min_faces=2) == {"ab", "abc", "a?"}
        assert names(min_faces=1, max_faces=1) == {"a", "b"}
        assert names(max_faces=0) == names(no_faces=True)
        assert names(unnamed=True) == {"a?"}


def test_photos_of_a_year(database, make):
    with database.write() as unit:
        root = make.root(unit)
        for name, taken in (("old", datetime(999, 1, 1)), ("new", datetime(2021, 12, 31)), ("never", None)):
            capture = Capture(taken, "exif" if taken else "")
            content = unit.contents.add(PictureIdentity(b"", name.encode(), "jpeg", 1, 1, capture=capture))
            unit.files.add([make.file(root, name, content)])
        assert [record.path.name for record in unit.photos.records(PhotoQuery(year=2021))] == ["new"]
        assert [record.path.name for record in unit.photos.records(PhotoQuery(year=999))] == ["old"]
        assert unit.photos.records(PhotoQuery(year=2020)) == []


def test_runs(database, make):
    with database.write() as unit:
        make.photo(unit, "a", 1)
        assert unit.runs.latest() is None
        unit.runs.add("one", {}, 1, 0, 1.0, {})
        run = unit.runs.add("two", {"k": 5, "names": ["x"]}, 1, 42, 1.5, {"groups": 3})
    with database.read() as unit:
        latest = unit.runs.latest()
    assert (latest.id, latest.method, latest.parameters, latest.seed) == (run, "two", {"k": 5, "names": ["x"]}, 42)
    assert (latest.seconds, latest.summary) == (1.5, {"groups": 3})
    assert timedelta(0) < datetime.now(UTC) - latest.started < timedelta(minutes=5)


def test_settings(database):
    values = {"a": None, "b": [1, {"c": "\udcff"}], "ü": 2.5, "big": 2**70, "text": "1"}
    with database.write() as unit:
        for key, value in values.items():
            unit.settings.set(key, "other")
            unit.settings.set(key, value)
        unit.settings.set("gone", 1)
        unit.settings.unset("gone")
        unit.settings.unset("never")
        assert len(unit.changes.of("setting")) == 6
    with database.read() as unit:
        assert unit.settings.all() == values
