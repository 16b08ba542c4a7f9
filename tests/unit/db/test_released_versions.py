"""Libraries as released versions left them open in this one. tests/data has one of each version, and its script."""

import os
import re
import shutil
import signal
import sqlite3
from pathlib import Path

import pytest

from faceorganizer.db import migrations
from faceorganizer.db.database import Database

DATA = Path(__file__).resolve().parents[2] / "data"
RELEASED = sorted(DATA.glob("library-v*.sqlite"))


def version_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return int(version)


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, folder: Path) -> Path:
    folder.mkdir()
    shutil.copy(request.param, folder / "library.sqlite")
    return folder


def test_there_is_one_of_every_released_version_with_rows_in_every_table(dumped):
    assert [path.stem for path in RELEASED] == [f"library-v{number}" for number in range(1, len(RELEASED) + 1)]
    assert len(RELEASED) >= 1
    for path in RELEASED:
        assert version_of(path) == int(re.sub(r"\D", "", path.stem))
        assert all(dumped(path, without=()).values())


def test_it_opens_with_a_copy_taken_first_and_nothing_lost(old, dumped):
    before = dumped(old / "library.sqlite", without=())
    version = version_of(old / "library.sqlite")
    database = Database.open(old)
    assert database.version() == len(migrations.STEPS)
    assert database.check() == []
    after = dumped(database.path, without=())
    for table, rows in before.items():
        assert [row[: len(rows[0])] for row in after[table]] == rows, table
    if version < len(migrations.STEPS):
        (copy,) = (old / "backups").iterdir()
        assert version_of(copy) == version
        assert dumped(copy, without=()) == before
    database.close()


def test_its_steps_can_be_undone_and_done_again(old, dumped):
    database = Database.open(old)
    before = dumped(database.path)
    with database.read() as unit:
        steps = [step.id for step in unit.steps.latest(99)]
    for number in steps:
        with database.write() as unit:
            unit.steps.undo(number)
    assert database.check() == []
    with database.read() as unit:
        assert unit.steps.to_undo() is None
    assert dumped(database.path) != before
    for number in reversed(steps):
        with database.write() as unit:
            unit.steps.redo(number)
    assert dumped(database.path) == before
    database.close()


def test_a_copy_of_it_can_be_restored(old, tmp_path):
    database = Database.create(tmp_path / "new")
    database.restore(old / "library.sqlite", "restore")
    assert database.version() == len(migrations.STEPS)
    assert database.check() == []
    with database.read() as unit:
        assert {person.name for person in unit.people.records()} >= {"Zo\u00eb"}
    database.close()


@pytest.mark.skipif(os.name != "posix", reason="needs a signal that cannot be caught")
@pytest.mark.parametrize("moment", ["before the step", "in the step", "before the commit"])
def test_killed_while_it_is_brought_up_to_date_the_old_file_stays_usable(old, dumped, in_process, moment):
    if version_of(old / "library.sqlite") == len(migrations.STEPS):
        pytest.skip("it is of the newest version")
    before = dumped(old / "library.sqlite", without=())
    process = in_process(
        "import signal\nfrom faceorganizer.db import migrations\n"
        "die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "steps = list(migrations.STEPS)\n"
        f"step = {version_of(old / 'library.sqlite')}\n"
        "first = steps[step]\n"
        f"moment = {moment!r}\n"
        "def dying(connection):\n"
        " if moment == 'before the step': die()\n"
        " if moment == 'in the step':\n"
        "  seen = []\n"
        "  connection.set_trace_callback(lambda sql: die() if seen else seen.append(sql))\n"
        " first(connection)\n"
        "migrations.STEPS = (*steps[:step], dying, *steps[step + 1 :])\n"
        "if moment == 'before the commit': migrations._verify = die\n"
        "Database.open(folder)\n"
    )
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    version = version_of(old / "library.sqlite")
    assert version < len(migrations.STEPS)
    after = dumped(old / "library.sqlite", without=())
    assert after == before
    database = Database.open(old)  # and the next start brings it up to date
    assert database.check() == []
    assert database.version() == len(migrations.STEPS)
    database.close()
