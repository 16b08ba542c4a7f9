"""What is the library's stays private, and what files say leads nowhere outside."""

import json
import os
import stat
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from review_library import People

from faceorganizer import Library
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.regions import OnConflict
from faceorganizer.export.names import safe_name

POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
HOSTILE = (
    "../../outside.jpg",
    "/etc/passwd",
    "..\\..\\outside.jpg",
    "C:\\Windows\\outside.jpg",
    "C:outside.jpg",
    "\\\\server\\share\\outside.jpg",
    "//server/share/outside.jpg",
    "a/../../outside.jpg",
    "a\0b.jpg",
    "CON",
    "nul.jpg",
    ".",
    "..",
    "",
    " ",
    "file:///etc/passwd",
    "~/outside.jpg",
    "$HOME/outside.jpg",
    "a\nb.jpg",
    "x" * 5000,
    "\ud800.jpg",
)
GENTLE = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
parts = st.sampled_from(["..", ".", "", "a", "C:", "CON", "\0", "~", "/", "\\", "x.jpg", "//s", "\u202e", "a:b"])
joined = st.lists(parts, max_size=6)
paths = st.one_of(joined.map("/".join), joined.map("\\".join), st.text(max_size=30))
TABLE_HEAD = "photo,x,y,width,height,name\n"


def modes(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): stat.S_IMODE(path.lstat().st_mode)
        for path in [folder, *folder.rglob("*")]
        if not path.is_symlink()
    }


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with closing(Library.create(tmp_path / "made" / "library")) as opened:
        people = People(opened._database, opened._clustering.model)
        people.held(1, 3, name="Anna")
        people.held(2, 3, name="Bert")
    return tmp_path / "made" / "library"


@POSIX
def test_everything_of_a_library_is_for_its_owner_alone(library: Path) -> None:
    """Also under a loose mask, and what comes into it later: copies, small pictures, maps, logs."""
    before = os.umask(0o000)
    try:
        with closing(Library.open(library)) as opened:
            opened.backup()
            opened.people.name(opened.people.list()[0].id, "Somebody")
            opened.thumbnails._cache.write({opened.thumbnails._cache.face(b"hash", 1, (0, 0, 9, 9)): b"jpeg"})
            opened.restore(opened.backups()[0].name)
            opened.vacuum()
            found = modes(library)
    finally:
        os.umask(before)
    assert found["."] == 0o700
    assert any(path.startswith("backups/") for path in found)
    assert any(path.startswith("cache/faces/") for path in found)
    loose = {path: oct(mode) for path, mode in found.items() if mode & 0o077 and not path.startswith("lock")}
    assert not loose


@POSIX
def test_a_copy_made_elsewhere_is_private_too(library: Path, tmp_path: Path) -> None:
    before = os.umask(0o000)
    try:
        with closing(Library.open(library)) as opened:
            copy = opened.backup(tmp_path / "copy.sqlite")
    finally:
        os.umask(before)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


@pytest.mark.parametrize("path", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("form", ["csv", "json"])
def test_paths_in_imported_lists_are_only_looked_up(library: Path, tmp_path: Path, path: str, form: str) -> None:
    """A path in a list names a photo that the library knows, or none; nothing is opened, made or changed by it."""
    table = tmp_path / "in" / f"faces.{form}"
    table.parent.mkdir()
    if form == "csv":
        quoted = path.replace('"', '""')
        table.write_bytes(f'{TABLE_HEAD}"{quoted}",1,2,30,40,Mallory\n'.encode(errors="surrogatepass"))
    else:
        box = {"x": 1, "y": 2, "width": 30, "height": 40}
        face = {"photo": path, "box": box, **box, "name": "Mallory", "state": "active"}
        table.write_text(json.dumps({"version": 1, "faces": [face], "people": []}))
    before = tree(tmp_path / "in")
    with closing(Library.open(library)) as opened:
        with suppress(FaceOrganizerError):
            opened.tables.take_in(form, table, on_conflict=OnConflict.MERGE)
        assert {record.name for record in opened.people.list()} == {"Anna", "Bert"}
        assert opened.check() == []
    assert tree(tmp_path / "in") == before
    assert {entry.name for entry in tmp_path.iterdir()} <= {"in", "made", "config", "home", "models", "library"}


@GENTLE
@given(text=paths)
def test_a_name_never_leads_out_of_its_folder(text: str) -> None:
    name = safe_name(text)
    assert name not in ("", ".", "..")
    assert not set(name) & set("/\\:\0")
    assert (Path("/export") / name).parent == Path("/export")
    assert Path(os.path.normpath(Path("/export") / name)).parent == Path("/export")
