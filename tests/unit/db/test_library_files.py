"""What is on the disk: made, found, refused."""

import hashlib
import os
import shutil
import sqlite3
import stat
import sys
import tempfile
from pathlib import Path

import pytest

from faceorganizer.db import migrations
from faceorganizer.db.database import Database
from faceorganizer.db.engine import APPLICATION_ID
from faceorganizer.domain.errors import (
    LibraryCorruptError,
    LibraryExistsError,
    LibraryMissingError,
    LibraryTooNewError,
    StorageError,
)
from faceorganizer.domain.faces import AssignmentSource


def everything(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def closed(folder):
    Database.create(folder).close()
    return folder


def change(path, *statements):
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_create_makes_a_private_folder_that_opens_again(folder, make):
    database = Database.create(folder)
    with database.write() as unit:
        make.photo(unit, "a.jpg", 1)
    database.close()
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "library.sqlite").stat().st_mode) == 0o600
    assert {path.name for path in folder.iterdir()} >= {"library.sqlite", "cache", "backups"}
    assert not list(folder.glob("*.new"))
    again = Database.open(folder)
    with again.read() as unit:
        assert len(unit.photos.records()) == 1
    assert again.version() == len(migrations.STEPS)
    again.close()
    again.close()  # twice is no error


def test_connections_have_the_promised_pragmas(database):
    for engine in (database._writer, database._reader):
        with engine.connect() as connection:
            values = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")
            ]
            assert values == ["wal", 1]
    with database._reader.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA query_only").scalar() == 1


def test_create_refuses_a_library_and_what_is_left_of_one(closed):
    with pytest.raises(LibraryExistsError, match="already"):
        Database.create(closed)
    (closed / "library.sqlite").unlink()
    (closed / "library.sqlite-wal").write_bytes(b"rest")
    with pytest.raises(LibraryExistsError, match="left of"):
        Database.create(closed)
    assert (closed / "library.sqlite-wal").read_bytes() == b"rest"
    assert not (closed / "library.sqlite").exists()


def test_create_keeps_what_a_folder_held(folder):
    folder.mkdir(mode=0o755)
    (folder / "notes.txt").write_text("mine")
    Database.create(folder).close()
    assert (folder / "notes.txt").read_text() == "mine"
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o755  # not ours to change


def test_create_clears_what_a_killed_one_left(folder):
    folder.mkdir()
    (folder / "library.sqlite.abc.new").write_bytes(b"half")
    Database.create(folder).close()
    assert not list(folder.glob("*.new"))


def test_a_file_where_the_folder_should_be(folder):
    folder.write_text("not a folder")
    with pytest.raises(StorageError):
        Database.create(folder)
    with pytest.raises(LibraryMissingError):
        Database.open(folder)


def test_open_without_a_library(tmp_path):
    with pytest.raises(LibraryMissingError, match="no library"):
        Database.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_newer_version_is_refused_and_untouched(closed):
    change(closed / "library.sqlite", "PRAGMA user_version = 99")
    before = everything(closed)
    with pytest.raises(LibraryTooNewError, match="newer version"):
        Database.open(closed)
    assert everything(closed) == before


def test_newer_version_that_only_the_log_knows_is_refused(closed, in_process):
    crash = in_process(
        "import sqlite3\nc = sqlite3.connect(folder / 'library.sqlite', isolation_level=None)\n"
        "c.execute('PRAGMA user_version = 99')\nos.kill(os.getpid(), 9)"
    )
    crash.communicate()
    before = everything(closed)
    assert before["library.sqlite-wal"] != hashlib.sha256(b"").hexdigest()
    with pytest.raises(LibraryTooNewError):
        Database.open(closed)
    after = everything(closed)
    before.pop("library.sqlite-shm")  # an index of the log, made anew by whoever opens it
    after.pop("library.sqlite-shm")
    assert after == before


def test_migration_by_a_newer_program_beside_us_stops_reading_and_writing(folder):
    database = Database.create(folder)
    change(database.path, "PRAGMA user_version = 99")
    with pytest.raises(LibraryTooNewError), database.read():
        pass
    with pytest.raises(LibraryTooNewError), database.write():
        pass
    database.close()


@pytest.mark.parametrize("content", [b"", b"SQLite", b"x" * 5000, b"SQLite format 3\0" + b"\0" * 4000])
def test_garbage_is_refused_and_kept(folder, content):
    folder.mkdir()
    (folder / "library.sqlite").write_bytes(content)
    with pytest.raises(LibraryCorruptError, match="damaged or not a library"):
        Database.open(folder)
    assert (folder / "library.sqlite").read_bytes() == content


def test_another_programs_database_is_refused(folder):
    folder.mkdir()
    change(folder / "library.sqlite", "CREATE TABLE t (x)")
    with pytest.raises(LibraryCorruptError, match="not made by this program"):
        Database.open(folder)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_truncated_database_is_refused(closed, share):
    path = closed / "library.sqlite"
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(LibraryCorruptError, match="cut off"):
        Database.open(closed)


def test_damaged_pages_are_found_by_check(closed, make):
    database = Database.open(closed)
    with database.write() as unit:
        for number in range(50):
            make.photo(unit, f"{number}.jpg", 2)
    database.close()
    path = closed / "library.sqlite"
    raw = bytearray(path.read_bytes())
    raw[4096 * 3 :] = b"\x55" * (len(raw) - 4096 * 3)
    path.write_bytes(raw)
    damaged = Database.open(closed)
    problems = damaged.check()
    assert problems
    assert all("damaged" in sentence for sentence in problems)
    with pytest.raises(LibraryCorruptError), damaged.read() as unit:
        unit.photos.records()
    with pytest.raises(LibraryCorruptError):
        damaged.snapshot("x")
    assert not list((closed / "backups").iterdir())
    damaged.close()


def test_check_names_broken_invariants_and_orphans(folder, make):
    database = Database.create(folder)
    with database.write() as unit:
        make.photo(unit, "a.jpg", 2)
    change(database.path, "UPDATE descriptor SET vector = x'00' WHERE face_id = 2", "DELETE FROM content")
    problems = database.check()
    assert any("face_id" not in sentence and "not as long" in sentence and "2" in sentence for sentence in problems)
    assert any("content that does not exist" in sentence for sentence in problems)
    database.close()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("INSERT INTO rejection VALUES (1, 1, 'user', '2026')", "persons whom they were said not to be: 1"),
        ("UPDATE face SET forgotten = 1 WHERE id = 2", "forgotten, but are described: 2"),
        ("INSERT INTO setting VALUES (1, 'a.b', '{')", "settings cannot be read: a.b"),
        ("UPDATE root SET exclusions = '['", "exclusions cannot be read: 1"),
        ("UPDATE journal SET undone = 1 WHERE id = 1", "undone out of order: 1"),
        ("UPDATE journal SET changes = x'00' WHERE id = 2", "history cannot be read: 2"),
        ("UPDATE face SET state = 'odd' WHERE id = 1", "CHECK constraint failed"),
    ],
)
def test_check_names_what_the_schema_cannot_forbid(folder, make, damage, said):
    database = Database.create(folder)
    with database.write("a") as unit:
        _, faces = make.photo(unit, "a.jpg", 2)
        person = unit.people.create("Ann")
    with database.write("b") as unit:
        unit.people.assign(faces[:1], person, AssignmentSource.MANUAL)
    assert database.check() == []
    change(database.path, "PRAGMA ignore_check_constraints = ON", damage)
    (sentence,) = database.check()
    assert said in sentence
    database.close()


def test_drive_that_goes_away_makes_no_empty_library(folder, tmp_path):
    database = Database.create(folder)
    database._dispose()  # no connection is open when the drive goes
    folder.rename(tmp_path / "elsewhere")
    folder.mkdir()
    with pytest.raises(StorageError), database.read():
        pass
    with pytest.raises(StorageError), database.write():
        pass
    assert not (folder / "library.sqlite").exists()
    (tmp_path / "elsewhere" / "library.sqlite").rename(folder / "library.sqlite")
    database.close()


def test_using_a_closed_library_is_a_bug(folder):
    database = Database.create(folder)
    database.close()
    with pytest.raises(RuntimeError, match="closed"), database.read():
        pass
    with pytest.raises(RuntimeError, match="closed"), database.write():
        pass


@pytest.mark.skipif(os.name != "posix", reason="file names are text on this platform")
def test_library_in_a_folder_with_an_undecodable_name(tmp_path):
    if sys.platform == "darwin":
        pytest.skip("the file system takes UTF-8 only")
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe lib"))
    database = Database.create(folder)
    assert database.snapshot("x").exists()
    database.close()
    Database.open(folder).close()


@pytest.fixture
def unprivileged(database):
    """A folder of an account that permissions bind; root ignores them."""
    if os.name != "posix":
        pytest.skip("permissions work otherwise here")
    with database.write() as unit:  # what Python imports late has to be there: that account may not read it
        unit.settings.set("a", 1)
    place = Path(tempfile.mkdtemp())
    change_user = os.geteuid() == 0
    if change_user:
        os.chown(place, 65534, 65534)
        os.seteuid(65534)
    try:
        yield place
    finally:
        if change_user:
            os.seteuid(0)
        for path in [place, *place.rglob("*")]:
            path.chmod(0o700)
        shutil.rmtree(place)


def test_read_only_folder(unprivileged):
    folder = unprivileged / "library"
    Database.create(folder).close()
    before = everything(folder)
    folder.chmod(0o500)
    (folder / "library.sqlite").chmod(0o400)
    with pytest.raises(StorageError) as caught:
        Database.open(folder)
    assert str(folder) in caught.value.message
    unprivileged.chmod(0o500)
    with pytest.raises(StorageError):
        Database.create(unprivileged / "other")
    unprivileged.chmod(0o700)
    folder.chmod(0o700)
    assert everything(folder) == before
    assert int.from_bytes(b"FaOr") == APPLICATION_ID
