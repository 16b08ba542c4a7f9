"""From a scan to albums, exports and back in: real faces, found by the program itself, on the command line."""

import json
import os
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from album_material import TURNED, Scanned
from PIL import Image


@pytest.fixture
def named(scanned: Scanned) -> list[Any]:
    """Faces with who they are: the largest group is Eileen."""
    group = next(person for person in scanned.program.lines("people", "list") if person["faces"] > 1)
    scanned.program.run("people", "name", group["person"], "Eileen")
    return [face for face in scanned.program.lines("faces", "list") if face["name"] == "Eileen"]


def files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("faceorganizer-export.")
    )


def test_a_folder_and_a_zip_of_a_person(scanned: Scanned, named: list[Any], tmp_path: Path) -> None:
    photos = {face["photo"] for face in named}
    report = scanned.program.document("export", "folders", tmp_path / "out")
    assert (report["added"], report["problems"]) == (len(photos), [])
    exported = Counter((tmp_path / "out" / name).read_bytes() for name in files(tmp_path / "out"))
    assert exported == Counter(Path(photo).read_bytes() for photo in photos)
    scanned.program.run("albums", "create", "Of her", "--person", "Eileen")
    scanned.program.run("export", "zip", tmp_path / "her.zip", "--album", "Of her")
    with zipfile.ZipFile(tmp_path / "her.zip") as archive:
        packed = Counter(archive.read(name) for name in archive.namelist() if name.startswith("Of her/"))
    assert packed == exported


def test_crops_show_the_face_upright(scanned: Scanned, named: list[Any], tmp_path: Path) -> None:
    scanned.program.run("export", "crops", tmp_path / "crops", "--margin", "0.5")
    crops = files(tmp_path / "crops")
    assert len(crops) == len(named)
    script = (
        "import sys, json; from pathlib import Path; from faceorganizer.imaging.decode import decode; "
        "from faceorganizer.vision.analyser import dlib_analyser; analyser = dlib_analyser(); "
        "print(json.dumps([len(analyser.search(decode(Path(p), long_side=None, max_megapixels=50)).boxes) "
        "for p in sys.argv[1:]]))"
    )
    paths = [str(tmp_path / "crops" / name) for name in crops]
    done = subprocess.run([sys.executable, "-c", script, *paths], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [1] * len(crops)
    assert any(Path(TURNED).stem in name for name in crops)  # turned by its tag alone
    for path in paths:
        with Image.open(path) as crop:
            assert crop.getexif().get(0x0112, 1) == 1


def test_a_gallery_of_what_was_scanned(scanned: Scanned, named: list[Any], tmp_path: Path) -> None:
    scanned.program.run("export", "gallery", tmp_path / "gallery", "--size", "400")
    said = json.loads((tmp_path / "gallery" / "data.js").read_text()[len("window.GALLERY = ") : -2])
    assert [person[1] for person in said["people"]] == ["Eileen"]
    pictures = {photo["photo"] for photo in scanned.program.lines("photos")}
    assert len(said["photos"]) == len(pictures)
    assert sum(len(photo[5]) for photo in said["photos"]) == len(named)
    for photo in said["photos"]:
        with Image.open(tmp_path / "gallery" / "photos" / photo[0]) as image:
            assert max(image.size) <= 400
            assert (image.width > image.height) is (photo[2] > photo[3])


def test_names_go_to_another_library_of_the_same_photos(scanned: Scanned, named: list[Any], tmp_path: Path) -> None:
    for form in ("csv", "json"):
        scanned.program.run("export", form, tmp_path / f"faces.{form}")
        scanned.program.run("undo")
        assert not any(face["name"] for face in scanned.program.lines("faces", "list"))
        report = scanned.program.document("import", form, tmp_path / f"faces.{form}")
        assert (report["confirmed"], report["people"], report["unknown"]) == (len(named), ["Eileen"], [])
        again = [face for face in scanned.program.lines("faces", "list") if face["name"] == "Eileen"]
        assert [face["face"] for face in again] == [face["face"] for face in named]
        assert {face["assignment"] for face in again} == {"imported"}


@pytest.mark.skipif(os.name != "posix", reason="needs permissions of POSIX")
def test_a_folder_that_may_not_be_written_to(
    scanned: Scanned, named: list[Any], tmp_path: Path, without_rights: tuple[str, ...]
) -> None:
    program = replace(scanned.program, prefix=without_rights)
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    for words in (("folders", locked), ("folders", locked / "deep"), ("gallery", locked), ("zip", locked / "x.zip")):
        said = program.run("export", *words, code=1)
        assert "may not write there" in said.stderr
    assert list(locked.iterdir()) == []
