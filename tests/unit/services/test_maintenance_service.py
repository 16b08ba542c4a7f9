"""Copies made and restored, and faces forgotten."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from patch_pictures import MODEL, observations

from faceorganizer.db import tables
from faceorganizer.db.database import Database
from faceorganizer.domain.errors import (
    LibraryCorruptError,
    LibraryLockedError,
    LibraryMissingError,
    LibraryTooNewError,
    StorageError,
    UnknownIdError,
)
from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.library import Library
from faceorganizer.services.thumbnails import ThumbnailCache

REPO = Path(__file__).resolve().parents[3]
AddPhoto = Callable[..., tuple[ContentId, list[FaceId]]]


def names(library: Library) -> list[str | None]:
    return [person.name for person in library.people.list()]


def named(library: Library, add_photo: AddPhoto, name: str) -> PersonId:
    library.people.name_face(add_photo(f"{name}.jpg")[1][0], name)
    return library.people.find(name).id


def in_process(folder: Path, code: str) -> subprocess.Popen[str]:
    """Python code with ``folder`` and ``Library`` in a process of its own."""
    intro = "import os, sys, time\nfrom faceorganizer.library import Library\nfolder = sys.argv[1]\n"
    return subprocess.Popen(
        [sys.executable, "-c", intro + code, str(folder)],
        cwd=REPO,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


# Copies


def test_copies_are_listed_the_newest_first(library: Library, tmp_path: Path) -> None:
    first, second = library.backup(), library.backup()
    (library.path / "backups" / "mine.sqlite").write_text("of somebody else")
    elsewhere = library.backup(tmp_path / "elsewhere.sqlite")
    records = library.backups()
    assert [record.path for record in records] == [second, first]
    assert {record.label for record in records} == {"backup"}
    assert records[0].bytes == second.stat().st_size == elsewhere.stat().st_size
    assert records[0].at > records[1].at


def test_as_many_copies_stay_as_the_setting_says(library: Library) -> None:
    library.settings.set("backups.keep", "2")
    for _ in range(3):
        library.backup()
    assert len(library.backups()) == 2


def test_a_copy_never_replaces_a_file(library: Library, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("keep me")
    with pytest.raises(StorageError, match="already"):
        library.backup(tmp_path / "there")
    with pytest.raises(StorageError):
        library.backup(tmp_path / "no folder" / "copy")
    assert (tmp_path / "there").read_text() == "keep me"


def test_restoring_brings_everything_back_and_can_be_undone(
    library: Library, database: Database, add_photo: AddPhoto
) -> None:
    named(library, add_photo, "Ann")
    copy = library.backup()
    named(library, add_photo, "Bob")
    other = Library.open(library.path)  # a reader of this process goes on
    changes = library.restore(copy.name)
    assert names(library) == names(other) == ["Ann"]
    assert len(changes.of("face")) == 2
    assert [(step.step, step.barrier) for step in library.history()] == [("restore", True), ("name face", False)]
    connection = sqlite3.connect(database.path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    library.undo(restore=True)
    assert names(library) == names(other) == ["Ann", "Bob"]
    library.redo(restore=True)
    assert names(library) == ["Ann"]
    named(other, add_photo, "Cid")  # and so does a writer
    assert names(library) == ["Ann", "Cid"]
    other.close()


def test_a_reader_in_the_middle_keeps_its_state(library: Library, database: Database, add_photo: AddPhoto) -> None:
    copy = library.backup()
    named(library, add_photo, "Ann")
    with database.read() as unit:
        assert len(unit.people.records()) == 1
        library.restore(copy)
        assert len(unit.people.records()) == 1
    assert names(library) == []


def test_a_copy_is_named_by_its_file_name_its_stem_or_a_path(library: Library, tmp_path: Path) -> None:
    copy = library.backup()
    file = library.backup(tmp_path / "copy")
    for name in (copy.name, copy.stem, str(copy), file):
        library.restore(name)
    for name in ("nothing", "", tmp_path, "../library.sqlite"):
        with pytest.raises(UnknownIdError):
            library.restore(name)


@pytest.mark.parametrize("damage", ["garbage", "empty", "cut off", "another program's", "pages", "too new"])
def test_an_unusable_copy_changes_nothing(library: Library, add_photo: AddPhoto, tmp_path: Path, damage: str) -> None:
    named(library, add_photo, "Ann")
    copy = library.backup(tmp_path / "copy")
    content = copy.read_bytes()
    if damage == "another program's":
        copy.unlink()
        foreign = sqlite3.connect(copy)
        foreign.execute("CREATE TABLE t (x)")
        foreign.close()
    else:
        changed = {
            "garbage": b"x" * 5000,
            "empty": b"",
            "cut off": content[: len(content) // 2],
            "pages": content[:4096] + b"\x55" * (len(content) - 4096),
            "too new": content[:60] + (99).to_bytes(4, "big") + content[64:],
        }
        copy.write_bytes(changed[damage])
    before = sorted(path.name for path in library.path.iterdir())
    with pytest.raises(LibraryTooNewError if damage == "too new" else LibraryCorruptError):
        library.restore(copy)
    assert names(library) == ["Ann"]
    assert [step.step for step in library.history()] == ["name face"]
    assert sorted(path.name for path in library.path.iterdir()) == before
    assert library.backups() == []


def test_restoring_while_another_process_writes_is_refused(library: Library, add_photo: AddPhoto) -> None:
    copy = library.backup()
    named(library, add_photo, "Ann")
    other = in_process(library.path, "with Library.open(folder)._database.lock():\n print('go', flush=True)\n input()")
    assert other.stdout is not None
    assert other.stdout.readline() == "go\n"
    with pytest.raises(LibraryLockedError):
        library.restore(copy)
    other.communicate("\n")
    foreign = sqlite3.connect(library.path / "library.sqlite", isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    library._database._busy_seconds = 0.3
    with pytest.raises(LibraryLockedError, match="Another program"):
        library.restore(copy)
    foreign.execute("ROLLBACK")
    foreign.close()
    assert names(library) == ["Ann"]


def test_restoring_and_forgetting_wait_for_no_job_of_this_process(library: Library, add_photo: AddPhoto) -> None:
    copy = library.backup()
    named(library, add_photo, "Ann")
    library._database._busy_seconds = 0.2
    other = Library.open(library.path)
    at_work, done = threading.Event(), threading.Event()

    def job() -> None:
        with other._database.lock():
            at_work.set()
            done.wait()

    thread = threading.Thread(target=job)
    thread.start()
    at_work.wait()
    with pytest.raises(LibraryLockedError, match="a grouping is working"):
        library.restore(copy)
    with pytest.raises(LibraryLockedError):
        library.forget_faces()
    library.undo()  # which is done row by row, beside a scan
    library.redo()
    done.set()
    thread.join()
    other.close()
    assert names(library) == ["Ann"]
    library.restore(copy)
    assert names(library) == []


def test_a_job_that_begins_while_a_copy_is_restored_waits(library: Library, add_photo: AddPhoto) -> None:
    copy = library.backup()
    named(library, add_photo, "Ann")
    seen: list[int] = []

    def job() -> None:
        with library._database.lock(), library._database.read() as unit:
            seen.append(len(unit.people.records()))

    with library._database._exclusive():
        thread = threading.Thread(target=job)
        thread.start()
        time.sleep(0.1)
        library.restore(copy)
        assert seen == []
    thread.join()
    assert seen == [0]


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
def test_restoring_onto_a_full_disk_changes_nothing(library: Library, add_photo: AddPhoto) -> None:
    copy = library.backup()
    named(library, add_photo, "Ann")
    before = library.backups()
    process = in_process(
        library.path,
        "import resource\nfrom faceorganizer.domain.errors import StorageError\n"
        "library = Library.open(folder)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
        f"try: library.restore({copy.name!r})\n"
        "except StorageError as error: print('refused', error)\n",
    )
    out, errors = process.communicate()
    assert out.startswith("refused"), errors
    assert names(library) == ["Ann"]
    assert library.backups() == before
    assert not list(library.path.glob("*.new*"))


@pytest.mark.skipif(os.name != "posix", reason="needs a signal that cannot be caught")
def test_killed_while_restoring_the_library_is_the_old_or_the_new(library: Library, add_photo: AddPhoto) -> None:
    copy = library.backup()
    named(library, add_photo, "Ann")
    for moment in ("add_barrier", "pour"):
        owner = "backup" if moment == "pour" else "StepRepository"
        process = in_process(
            library.path,
            "from faceorganizer.db import backup\nfrom faceorganizer.db.repositories.steps import StepRepository\n"
            f"whole = {owner}.{moment}\n"
            f"def stop(*a, **k): print('go', flush=True); time.sleep(60)\n{owner}.{moment} = stop\n"
            f"Library.open(folder).restore({copy.name!r})",
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "go\n"
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert names(library) == ["Ann"]
        assert library.check() == []
    library.restore(copy)
    assert names(library) == []
    assert not list(library.path.glob("*.new*"))  # what the killed ones left is gone


def test_a_damaged_library_is_replaced_by_a_copy(tmp_path: Path) -> None:
    library = Library.create(tmp_path / "damaged library")
    with library._database.write("name") as unit:
        unit.people.create("Ann")
    copy = library.backup()
    library.close()
    path = library.path / "library.sqlite"
    path.write_bytes(b"nothing")
    path.with_name("library.sqlite-wal").write_bytes(b"a log of what was there")
    with pytest.raises(LibraryCorruptError, match="Restore one of the copies"):
        Library.open(library.path)
    assert [record.path for record in Library.backups_in(library.path)] == [copy]
    damaged = Library.recover(library.path, copy.name)
    assert damaged is not None
    assert damaged.read_bytes() == b"nothing"
    assert damaged.with_name(damaged.name + "-wal").exists()
    again = Library.open(library.path)
    assert names(again) == ["Ann"]
    assert again.check() == []
    again.undo()
    again.close()
    path.unlink()
    assert Library.recover(library.path, copy.name) is None
    with pytest.raises(LibraryMissingError):
        Library.recover(library.path / "nowhere", copy)


def test_vacuum_gives_room_back(library: Library, database: Database, add_photo: AddPhoto) -> None:
    with database.write() as unit:
        unit.settings.set("large", "x" * 1_000_000)
    with database.write() as unit:
        unit.settings.unset("large")
    report = library.vacuum()
    assert report.bytes_before > 1_000_000 > report.bytes
    assert report.rounded == 0
    with database.read() as unit:
        assert unit.people.records() == []
        with pytest.raises(LibraryLockedError, match="reading"):
            library.vacuum()


# Forgetting


def biometrics(database: Database) -> list[bytes]:
    """Every descriptor and all landmarks that are stored."""
    connection = sqlite3.connect(database.path)
    values = [row[0] for row in connection.execute("SELECT vector FROM descriptor")]
    values += [row[0] for row in connection.execute("SELECT landmarks FROM face WHERE landmarks IS NOT NULL")]
    connection.close()
    return values


def kept(folder: Path, values: list[bytes]) -> list[str]:
    """The files of a library that hold one of some values, as bytes or as the journal writes them."""
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if any(value in content for value in values):
            found.append(path.name)
    return found


@pytest.fixture
def lived_in(library: Library, database: Database, add_photo: AddPhoto) -> dict[str, list[FaceId]]:
    """Ann with two faces, one automatic; Bob beside her in one photo; copies, history, caches, free pages."""
    _, (ann, bob) = add_photo("both.jpg", 2)
    _, (guessed,) = add_photo("guessed.jpg")
    library.people.name_face(ann, "Ann")
    library.people.name_face(bob, "Bob")
    with database.write() as unit:
        unit.people.assign([guessed], library.people.find("Ann").id, AssignmentSource.AUTOMATIC)
    with database.write("correct") as unit:  # a step with landmarks in it
        for face in (ann, bob):
            unit._journal.change(tables.face, [face], {"landmarks": np.full(136, face, np.float32).tobytes()})
    library.backup()
    database.snapshot("before-grouping")
    cache = ThumbnailCache(library.path / "cache")
    with database.read() as unit:
        for content in (1, 2):
            identity = unit.contents.get(ContentId(content)).identity
            cache.write({cache.face(identity.content_hash, 1, (30, 10, 20, 20)): b"a face"})
            cache.write({cache.photo(identity.content_hash, 1): b"a photo"})
    return {"Ann": [ann, guessed], "Bob": [bob]}


def test_forgetting_everybody_leaves_no_value_in_any_file(
    library: Library, database: Database, lived_in: dict[str, list[FaceId]]
) -> None:
    values = biometrics(database)
    assert len(values) == 6
    shutil.copy(library.backup(), library.path / "my own copy")
    shutil.copy(library.backups()[0].path, library.path / "library.sqlite.abc.new")  # of a program that was killed
    shutil.copy(library.backups()[0].path, library.path / "backups" / "mine.db")
    (library.path / "backups" / "note.sqlite").write_text("of somebody else")
    (library.path / "cache" / "index").mkdir()
    (library.path / "cache" / "index" / "exact.bin").write_bytes(values[0])
    assert len(kept(library.path, values)) > 6
    report = library.forget_faces()
    assert kept(library.path, values) == []
    assert (library.path / "backups" / "note.sqlite").exists()
    assert biometrics(database) == []
    assert (report.faces, report.descriptors, report.steps, report.copies, report.cached) == (3, 3, 3, 6, 4)
    assert [record.path for record in library.backups()] == [report.backup]
    assert library.history() == []
    assert names(library) == ["Ann", "Bob"]
    records = {face.face: (face.name, face.state) for face in library.faces.list(state="all")}
    (ann, guessed), (bob,) = lived_in["Ann"], lived_in["Bob"]
    assert records == {ann: ("Ann", "active"), bob: ("Bob", "active"), guessed: (None, "ignored")}
    assert all(len(face.landmarks) == 0 and face.model is None for face in library.faces.list(state="all"))


def test_forgetting_one_person_leaves_the_others(
    library: Library, database: Database, lived_in: dict[str, list[FaceId]]
) -> None:
    connection = sqlite3.connect(database.path)
    chosen = ", ".join(map(str, lived_in["Ann"]))
    of_ann = [row[0] for row in connection.execute(f"SELECT vector FROM descriptor WHERE face_id IN ({chosen})")]
    of_ann += [row[0] for row in connection.execute(f"SELECT landmarks FROM face WHERE id IN ({chosen})")]
    connection.close()
    assert kept(library.path, of_ann)
    report = library.forget_faces(library.people.find("Ann").id)
    assert kept(library.path, of_ann) == []
    assert (report.faces, report.descriptors) == (2, 2)
    assert len(biometrics(database)) == 2
    assert names(library) == ["Ann", "Bob"]
    assert [len(face.landmarks) for face in library.faces.list(person=library.people.find("Bob").id)] == [68]


@pytest.mark.parametrize("everybody", [True, False])
def test_names_go_where_they_are_not_to_stay(
    library: Library, database: Database, lived_in: dict[str, list[FaceId]], everybody: bool
) -> None:
    ann, bob = (library.people.find(name).id for name in ("Ann", "Bob"))
    with database.write("say") as unit:
        unit.people.reject([(lived_in["Ann"][0], bob), (lived_in["Bob"][0], ann)], "user")
        unit.people.link([(lived_in["Ann"][0], lived_in["Bob"][0])], "cannot", "user")
        unit.people.set_key_face(ann, lived_in["Ann"][0])
    library.forget_faces(None if everybody else ann, keep_names=False)
    assert names(library) == ([] if everybody else ["Bob"])
    with database.read() as unit:
        assert unit.people.links() == []
        assert unit.people.rejections().tolist() == []
    assert [face.face for face in library.faces.list()] == ([] if everybody else lived_in["Bob"])
    for path in library.path.rglob("*"):
        assert b"Ann" not in (path.read_bytes() if path.is_file() else b"")


def test_a_later_search_leaves_forgotten_faces_alone(
    library: Library, database: Database, lived_in: dict[str, list[FaceId]]
) -> None:
    library.forget_faces(library.people.find("Ann").id, keep_names=False)
    ann, bob = lived_in["Ann"][0], lived_in["Bob"][0]
    with database.write() as unit:
        assert unit.faces.forgotten([ContentId(1), ContentId(2)]).keys() == {1, 2}
        found = observations([(30, 10, 20, 20), (0, 10, 20, 20)], seed=5)
        unit.faces.store(ContentId(1), unit.models.id_of(MODEL), "finer", found, [(bob, 0), (ann, 1)], [])
    with database.read() as unit:
        assert unit.descriptors.table(unit.models.id_of(MODEL)).ids.tolist() == [bob]
    assert database.check() == []


def test_forgetting_a_stranger_changes_nothing(library: Library, lived_in: dict[str, list[FaceId]]) -> None:
    with pytest.raises(UnknownIdError):
        library.forget_faces(PersonId(99))
    assert len(library.history()) == 3
    assert len(library.backups()) == 2


def test_a_reader_keeps_the_log_and_that_is_told(
    library: Library, database: Database, lived_in: dict[str, list[FaceId]]
) -> None:
    values = biometrics(database)
    database._writer.dispose()
    with database.read() as unit:
        assert unit.people.records()
        with pytest.raises(LibraryLockedError, match="library vacuum"):
            library.forget_faces()
    library.vacuum()
    assert kept(library.path, values) == []
