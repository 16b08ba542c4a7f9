"""Copies made while the library is in use."""

import os
import sqlite3
import stat

import pytest

from faceorganizer.domain.errors import StorageError


def test_copy_is_complete_alone_and_private(database, make, dumped):
    with database.write("name") as unit:
        make.photo(unit, "a.jpg", 2)
        unit.people.create("Anna")
    with database.read(), database.write() as unit:
        unit.settings.set("a", 1)  # not committed while the copy is made
        copy = database.snapshot("Before clustering!")
    assert copy.name.endswith("-before-clustering.sqlite")
    assert copy.parent == database.folder / "backups"
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]
    saved = dumped(copy, without=())
    assert saved["setting"] == []
    assert len(saved["face"]) == 2
    assert len(saved["journal"]) == 1
    connection = sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_only_the_oldest_of_the_same_label_go(database):
    foreign = database.folder / "backups" / "mine.sqlite"
    foreign.write_text("keep me")
    other = database.snapshot("other", keep=1)
    copies = [database.snapshot("same", keep=2) for _ in range(4)]
    assert sorted(other.parent.iterdir()) == sorted([foreign, other, *copies[2:]])


@pytest.mark.parametrize("label", ["", "../../etc", "Ünïcode \udcff", "a/b\\c:d", "x" * 20])
def test_label_of_any_kind_stays_in_the_folder(database, label):
    assert database.snapshot(label).parent == database.folder / "backups"


def test_keep_nothing_is_refused(database):
    with pytest.raises(ValueError, match="keep"):
        database.snapshot("x", keep=0)


def test_missing_folder_is_made_and_a_blocked_one_reported(database):
    folder = database.folder / "backups"
    folder.rmdir()
    copy = database.snapshot("x")
    copy.unlink()
    folder.rmdir()
    folder.write_text("in the way")
    with pytest.raises(StorageError):
        database.snapshot("x")


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
def test_full_disk_leaves_no_half_copy(database, make, in_process):
    with database.write() as unit:
        root = make.root(unit)
        unit.files.add([make.file(root, "x" * 200 + str(number), None) for number in range(3000)])
    process = in_process(
        "import resource\nfrom faceorganizer.domain.errors import StorageError\n"
        "database = Database.open(folder)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "try: database.snapshot('x')\n"
        "except StorageError as error: print('refused', error)\n"
    )
    out, errors = process.communicate()
    assert out.startswith("refused"), errors
    assert not list((database.folder / "backups").iterdir())
