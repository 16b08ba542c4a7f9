"""All or nothing: exceptions, crashes, full disks."""

import os
import signal
import sqlite3

import pytest
import sqlalchemy.exc

from faceorganizer.db.database import Database
from faceorganizer.db.engine import driver
from faceorganizer.domain.errors import FaceOrganizerError, StorageError
from faceorganizer.domain.pictures import FileState

MANY_FILES = (
    "unit.files.add([FileRecord(0, 1, 'x' * 200 + str(n), 1, 1, None, None, FileState.PRESENT) for n in range(30000)])"
)


def test_an_exception_takes_everything_back(database, dumped):
    before = dumped(database.path)
    with pytest.raises(KeyError), database.write("step") as unit:  # noqa: PT012
        unit.people.create("Anna")
        unit.settings.set("a", 1)
        raise KeyError
    assert dumped(database.path) == before
    with database.read() as unit:
        assert unit.steps.latest(5) == []


def test_errors_of_the_caller_pass_unchanged(database):
    with pytest.raises(FileNotFoundError), database.write():
        open("/nowhere/at/all")  # noqa: PTH123, SIM115
    with pytest.raises(FileNotFoundError), database.read():
        raise FileNotFoundError


def test_reading_never_writes(database):
    with pytest.raises(StorageError), database.read() as unit:
        unit.settings.set("a", 1)
    with database.read() as unit:
        assert unit.settings.all() == {}


def test_a_reader_sees_one_state_beside_a_writer(database):
    with database.read() as reader:
        with database.write() as unit:
            unit.settings.set("a", 1)
        assert reader.settings.all() == {}
    with database.read() as reader:
        assert reader.settings.all() == {"a": 1}


def test_constraint_is_no_storage_error(database, make):
    with database.write() as unit:
        make.photo(unit, "a.jpg")
    with pytest.raises(ValueError, match="refuses a row"), database.write() as unit:
        make.photo(unit, "a.jpg")


def test_transaction_that_ended_early_is_not_taken_for_done(database):
    with pytest.raises(RuntimeError, match="ended inside"), database.write() as unit:  # noqa: PT012
        unit.settings.set("a", 1)
        driver(unit.people._connection).rollback()
    with database.read() as unit:
        assert unit.settings.all() == {}


def test_driver_errors_that_are_bugs_stay_loud(database):
    with pytest.raises(sqlalchemy.exc.OperationalError), database.write() as unit:
        unit.people._connection.exec_driver_sql("SELECT nonsense FROM nowhere")


def test_decisions_are_synchronised_fully(database):
    for step, level in (("name", 2), ("", 1)):
        with database.write(step) as unit:
            assert unit.people._connection.exec_driver_sql("PRAGMA synchronous").scalar() == level


def test_full_disk_loses_nothing(database, make, dumped):
    with database.write() as unit:
        make.photo(unit, "a.jpg", 1)
    before = dumped(database.path)
    with database._writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        driver(connection).execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StorageError, match="full"), database.write() as unit:  # noqa: PT012
        for number in range(100):
            make.photo(unit, f"{number}.jpg", 3)
    assert dumped(database.path) == before
    with database.write("name") as unit:
        unit.people.create("Anna")


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
def test_file_that_cannot_grow_loses_nothing(database, make, in_process, dumped):
    with database.write() as unit:
        make.photo(unit, "a.jpg", 1)
    before = dumped(database.path)
    process = in_process(
        "import resource\nfrom faceorganizer.domain.errors import StorageError\n"
        "from faceorganizer.domain.pictures import FileRecord, FileState\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n"
        "database = Database.open(folder)\n"
        "try:\n"
        " with database.write() as unit:\n"
        f"  {MANY_FILES}\n"
        "except StorageError as error: print('refused', error)\n"
    )
    out, errors = process.communicate()
    assert out.startswith("refused"), errors
    assert dumped(database.path) == before
    assert database.check() == []


@pytest.mark.parametrize("moment", ["unit.steps", "done"])
def test_kill_in_the_middle_of_a_write(database, make, in_process, moment):
    with database.write("name") as unit:
        make.photo(unit, "a.jpg", 1)
        unit.people.create("Anna")
    after = "print('go', flush=True); time.sleep(60)\n"
    process = in_process(
        "from faceorganizer.domain.pictures import FileRecord, FileState\n"
        "with Database.open(folder).write('kill') as unit:\n"
        " unit.people.rename(1, 'Berta')\n"
        # more than SQLite's cache holds, so that pages of the unfinished transaction are in the log
        f" {MANY_FILES}\n" + (" " + after if moment == "unit.steps" else after)
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "go\n"
    process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    process.communicate()
    committed = moment == "done"
    again = Database.open(database.folder)
    assert again.check() == []
    with again.read() as unit:
        assert [person.name for person in unit.people.records()] == ["Berta" if committed else "Anna"]
        assert len(unit.files.of_root(1)) == (30001 if committed else 1)
        assert len(unit.steps.latest(9)) == (2 if committed else 1)
    with again.write() as unit:
        unit.files.set_state([1], FileState.MISSING)
    again.close()


def test_every_expected_error_has_a_plain_message(database):
    foreign = sqlite3.connect(database.path)
    foreign.close()
    with pytest.raises(FaceOrganizerError) as caught, database.write() as unit:
        unit.people.get(99)
    assert str(caught.value) == "The library has no person 99."
