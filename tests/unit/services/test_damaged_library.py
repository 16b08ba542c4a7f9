"""Libraries with flipped bytes: refused or told, never a traceback, and put right by a copy.

tests/benchmarks/database_fuzz.py does the same five hundred times.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from library_damage import NAME, Rows, copied, damaged, make_library, recovered, rows, tried

from faceorganizer import Library
from faceorganizer.domain.errors import LibraryCorruptError

SCHEMA_DAMAGE = {
    "a column with another name": ("person", "birth", "barth"),
    "another type": ("descriptor", "vector BLOB", "vector BLUB"),
    "an index that is gone": None,
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_library(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def wanted(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    return rows(copied(copy.parents[1], tmp_path_factory.mktemp("sound") / "library") / NAME)


@pytest.mark.parametrize("case", range(18))
def test_damage_is_told_or_harmless_and_a_copy_puts_it_right(
    copy: Path, wanted: Rows, tmp_path: Path, case: int
) -> None:
    library = copied(copy.parents[1], tmp_path / "library")
    outcome = tried(library, damaged(library, Random(f"test {case}")), wanted)
    assert not outcome.bugs, outcome
    assert outcome.said or outcome.seen in ("harmless", "cannot be seen")
    if case % 6 == 0:
        assert recovered(library, library / "backups" / copy.name) == rows(copy)


@pytest.mark.parametrize("damage", SCHEMA_DAMAGE)
def test_a_damaged_description_of_a_table_is_told(copy: Path, tmp_path: Path, damage: str) -> None:
    """SQLite itself holds such a library for sound."""
    library = copied(copy.parents[1], tmp_path / "library")
    change = SCHEMA_DAMAGE[damage]
    with closing(sqlite3.connect(library / NAME, isolation_level=None)) as connection:
        if change is None:
            (index,) = connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql <> ''"
            ).fetchone()
            connection.execute(f'DROP INDEX "{index}"')
        else:
            connection.execute("PRAGMA writable_schema = ON")
            table, before, after = change
            changed = connection.execute(
                "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ?", (before, after, table)
            )
            assert changed.rowcount == 1
    with closing(Library.open(library)) as opened:
        (problem,) = opened.check()
        assert "not as this program makes it" in problem
        if damage == "a column with another name":
            with pytest.raises(LibraryCorruptError, match="not as this program makes it"):
                opened.people.list()


def test_a_text_that_is_none_is_told(copy: Path, tmp_path: Path) -> None:
    library = copied(copy.parents[1], tmp_path / "library")
    with closing(sqlite3.connect(library / NAME, isolation_level=None)) as connection:
        connection.execute("UPDATE person SET name = CAST(X'41FF42' AS TEXT) WHERE name = 'Renamed'")
    with closing(Library.open(library)) as opened, pytest.raises(LibraryCorruptError, match="no text"):
        opened.people.list()


def test_a_bug_stays_one_in_a_sound_library(copy: Path, tmp_path: Path) -> None:
    library = copied(copy.parents[1], tmp_path / "library")
    with closing(Library.open(library)) as opened:
        for block in (opened._database.read, opened._database.write):
            with pytest.raises(ZeroDivisionError), block():
                raise ZeroDivisionError
