"""Faces that were forgotten stay so, whatever is scanned afterwards; and undo, with real scans in between."""

import sqlite3
from pathlib import Path

import pytest
from album_material import Scanned, portrait, save_jpeg


def values(library: Path) -> list[bytes]:
    """Every stored descriptor and all landmarks."""
    connection = sqlite3.connect(library / "library.sqlite")
    found = [row[0] for row in connection.execute("SELECT vector FROM descriptor")]
    found += [row[0] for row in connection.execute("SELECT landmarks FROM face WHERE landmarks IS NOT NULL")]
    connection.close()
    return found


def holding(library: Path, wanted: list[bytes]) -> list[Path]:
    files = [path for path in library.rglob("*") if path.is_file()]
    return [path for path in files if any(value in path.read_bytes() for value in wanted)]


@pytest.mark.parametrize("names", ["--keep-names", "--no-names"])
def test_forgotten_faces_stay_forgotten_whatever_is_scanned(scanned: Scanned, names: str) -> None:
    scanned.name_everybody()
    scanned.program.run("library", "backup")
    scanned.program.run("cluster")
    library = scanned.program.library
    stored = values(library)
    assert holding(library, stored)
    scanned.program.run("library", "forget-faces", "--all", names, "--yes")
    assert holding(library, stored) == []
    assert not list((library / "cache").rglob("*.jpg"))
    boxes = {face.face: face.box for face in scanned.faces(state="all")}
    for words in ((), ("--detail", "thorough")):
        scanned.scan(*words)
        found = {face.face: face for face in scanned.faces(state="all")}
        assert {number: face.box for number, face in found.items() if number in boxes} == boxes
        assert all(len(found[number].landmarks) == 0 for number in boxes)
        assert holding(library, stored) == []
    with scanned.program.open() as opened:
        assert all(opened.thumbnails.face(number) is not None for number in boxes)  # they can be looked at
        assert opened.check() == []
    assert len(list((library / "cache" / "faces").rglob("*.jpg"))) <= len(found) - len(boxes)
    save_jpeg(portrait(7), scanned.folder / "new.jpg")
    scanned.scan()
    assert len(scanned.face("new.jpg").landmarks) == 68  # what is new is searched as ever


def test_a_real_scan_in_between_does_not_stand_in_the_way_of_undo(scanned: Scanned) -> None:
    before = scanned.names()
    scanned.name_everybody("Somebody")
    save_jpeg(portrait(7), scanned.folder / "new.jpg")
    scanned.scan()
    scanned.scan("--detail", "thorough")
    for _ in scanned.program.lines("history"):
        scanned.program.run("undo")
    scanned.program.run("undo", code=1)
    assert {face: scanned.names()[face] for face in before} == before
    scanned.program.run("redo")
    assert "Somebody" in scanned.names().values()
    scanned.program.check()
