"""From one version of the schema to the next."""

import sqlite3
import threading

import pytest
import sqlalchemy

from faceorganizer.db import migrations
from faceorganizer.db.database import Database
from faceorganizer.db.tables import metadata
from faceorganizer.domain.errors import LibraryCorruptError, LibraryLockedError


def schema(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {name: "".join(sql.split()) for name, sql in rows}


def test_migrated_schema_is_that_of_the_tables(tmp_path):
    migrated = sqlite3.connect(":memory:", isolation_level=None)
    migrations.upgrade(migrated, migrations.STEPS)
    engine = sqlalchemy.create_engine(f"sqlite:///{tmp_path / 'fresh.sqlite'}", poolclass=sqlalchemy.NullPool)
    metadata.create_all(engine)
    fresh = sqlite3.connect(tmp_path / "fresh.sqlite")
    assert schema(migrated) == schema(fresh)
    assert len(metadata.tables) == 18
    migrated.close()
    fresh.close()


@pytest.fixture
def old(folder, make):
    """A library of the version before the next with something in it."""
    database = Database.create(folder)
    with database.write("name") as unit:
        make.photo(unit, "a.jpg", 1)
        unit.people.create("Anna")
    database.close()
    return folder


def rebuild_person(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE person2 AS SELECT * FROM person")
    connection.execute("ALTER TABLE person ADD COLUMN pet TEXT")


def test_upgrade_makes_a_backup_and_keeps_everything(old, dumped, monkeypatch):
    before = dumped(old / "library.sqlite")
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, rebuild_person))
    database = Database.open(old)
    assert database.version() == len(migrations.STEPS)
    assert database.check() == []
    (copy,) = (old / "backups").iterdir()
    assert f"before-version-{len(migrations.STEPS)}" in copy.name
    assert dumped(copy) == before
    with database.read() as unit:
        assert [person.name for person in unit.people.records()] == ["Anna"]
    database.close()
    Database.open(old).close()
    assert len(list((old / "backups").iterdir())) == 1


def broken(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE face ADD COLUMN nose TEXT")
    connection.execute("INSERT INTO nowhere VALUES (1)")


def orphaning(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM content")


@pytest.mark.parametrize(("step", "error"), [(broken, sqlite3.OperationalError), (orphaning, LibraryCorruptError)])
def test_failed_step_leaves_the_version_before(old, dumped, monkeypatch, step, error):
    before = dumped(old / "library.sqlite")
    good = (*migrations.STEPS, rebuild_person)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*good, step))
        with pytest.raises(error):
            Database.open(old)
        patch.setattr(migrations, "STEPS", good)
        database = Database.open(old)  # the step before the failed one stays
        assert database.version() == len(good)
        database.close()
    after = dumped(old / "library.sqlite")
    assert after["person"] == [(*row, None) for row in before["person"]]
    after.pop("person2")
    assert {**after, "person": before["person"]} == before


def test_upgrade_waits_for_no_other_writer(old, in_process, monkeypatch):
    process = in_process("with Database.open(folder).lock():\n print('go', flush=True)\n input()")
    assert process.stdout is not None
    process.stdout.readline()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, rebuild_person))
    with pytest.raises(LibraryLockedError):
        Database.open(old)
    assert not list((old / "backups").iterdir())
    process.communicate("\n")
    Database.open(old).close()


def test_two_threads_upgrade_once(old, monkeypatch):
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, rebuild_person))
    opened: list[Database] = []
    threads = [threading.Thread(target=lambda: opened.append(Database.open(old))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [database.version() for database in opened] == [len(migrations.STEPS)] * 2
    for database in opened:
        database.close()
