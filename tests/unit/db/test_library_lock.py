"""One writer at a time, across threads and processes."""

import sqlite3
import threading

import pytest

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import LibraryLockedError


@pytest.fixture
def holder(database, in_process):
    """Another process that holds the lock until it is told to stop."""
    process = in_process("with Database.open(folder).lock():\n print(os.getpid(), flush=True)\n input()")
    assert process.stdout is not None
    process.pid_line = process.stdout.readline().strip()
    yield process
    process.kill()
    process.communicate()


def test_other_process_is_named_and_reading_goes_on(database, holder):
    with pytest.raises(LibraryLockedError, match=f"process {holder.pid_line}, since 20"), database.write():
        pass
    with pytest.raises(LibraryLockedError), database.lock():
        pass
    with database.read() as unit:
        assert unit.people.records() == []


def test_lock_is_free_when_its_holder_is_killed(database, holder):
    holder.kill()
    holder.wait()
    with database.write() as unit:
        unit.settings.set("a", 1)


def test_lock_is_free_when_its_holder_is_done(database, holder):
    holder.communicate("\n")
    with database.lock(), database.write() as unit:
        unit.settings.set("a", 1)


def test_holder_without_a_readable_note(database, holder, folder):
    (folder / "lock.owner").write_text("{")
    with pytest.raises(LibraryLockedError, match="by another process"), database.lock():
        pass


def test_lock_is_reentrant_in_one_process(database, folder, in_process):
    other = Database.open(folder)
    with database.lock(), database.lock(), other.lock():
        with other.write() as unit:
            unit.settings.set("a", 1)
        with pytest.raises(AssertionError):
            _run(in_process, "Database.open(folder).lock().__enter__()")
    assert not (folder / "lock.owner").exists()
    _run(in_process, "Database.open(folder).lock().__enter__()")
    other.close()


def _run(in_process, code):
    process = in_process(code)
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    return errors


def test_threads_take_turns(database):
    def add():
        for _ in range(10):
            with database.write() as unit:
                unit.settings.set("n", unit.settings.all().get("n", 0) + 1)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as unit:
        assert unit.settings.all() == {"n": 40}


def test_write_inside_a_write_is_a_bug(database):
    with pytest.raises(RuntimeError, match="inside a write"), database.write(), database.write():
        pass
    with database.write() as unit:
        unit.settings.set("a", 1)


def test_foreign_program_that_holds_the_database(database):
    foreign = sqlite3.connect(database.path, isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryLockedError, match="Another program"), database.write():
        pass
    foreign.execute("ROLLBACK")
    foreign.close()
    with database.write() as unit:
        unit.settings.set("a", 1)


def test_who_else_is_writing_is_told_without_a_trace(database, holder):
    note = database.folder / "lock.owner"
    before = note.read_text()
    assert holder.pid_line in database.other_writer()
    assert note.read_text() == before
    holder.communicate("\n")
    assert database.other_writer() == ""
    with database.lock():
        assert database.other_writer() == ""
