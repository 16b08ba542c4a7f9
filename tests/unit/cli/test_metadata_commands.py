"""import and write-metadata, as they are called."""

import json
from pathlib import Path

import pytest
from PIL import Image
from program_calls import Call
from xmp_material import bag, mwg, packet

from faceorganizer.cli.session import Session
from faceorganizer.db.database import Database


@pytest.fixture
def photo(library: Path) -> Path:
    """The first photo, with a file that the library knows as it is; its one face is of person 1."""
    path = library.parent / "photos" / "a.jpg"
    Image.new("RGB", (400, 300)).save(path)
    database = Database.open(library)
    with database.write() as unit:
        status = path.stat()
        unit._connection.exec_driver_sql(
            "UPDATE file SET size = ?, mtime_ns = ? WHERE path = 'a.jpg'", (status.st_size, status.st_mtime_ns)
        )
    database.close()
    return path


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody at a terminal, who gives the answers in this list."""
    answers: list[str] = []
    monkeypatch.setattr(Session, "can_ask", property(lambda self: not self.as_json))
    monkeypatch.setattr("typer.prompt", lambda *_, value_proc=None, **__: value_proc(answers.pop(0)))
    return answers


ANN = mwg(("Ann", "Face", 25 / 400, 40 / 300, 30 / 400, 40 / 300))


def beside(photo: Path, data: bytes) -> Path:
    side = photo.with_name(f"{photo.name}.xmp")
    side.write_bytes(data)
    return side


def test_import_metadata_says_what_it_did(photo: Path, call: Call) -> None:
    beside(photo, packet(ANN))
    trial = call("import", "metadata", photo, "--dry-run")
    assert (trial.code, trial.out) == (
        0,
        "1 photo with names: 1 face would be named, 0 faces would be drawn, 0 known already\nNew people: Ann\n",
    )
    assert call("history", "--json").lines == []
    said = call("import", "metadata", photo, "--json")
    assert said.code == 0
    assert said.document == {
        "step": "import metadata",
        "photos": 1,
        "confirmed": 1,
        "drawn": 0,
        "agreed": 0,
        "unnamed": 0,
        "people": ["Ann"],
        "conflicts": [],
        "unplaced": [],
        "removed": [],
        "unknown": [],
        "problems": [],
    }
    (face,) = call("faces", "list", "--photo", photo, "--json").lines
    assert (face["name"], face["assignment"]) == ("Ann", "imported")
    assert call("undo").out.startswith("Undone: import metadata")


def test_a_name_that_is_taken_needs_an_answer(photo: Path, call: Call, answering: list[str]) -> None:
    call("people", "name", 2, "ann")
    beside(photo, packet(ANN))
    refused = call("import", "metadata", "--json")
    assert (refused.code, refused.out) == (2, "")
    assert "--on-conflict" in refused.err
    answering += ["3"]
    assert "somebody here has that name" in call("import", "metadata").out
    answering += ["1"]
    assert "1 face named" in call("import", "metadata").out
    assert call("import", "metadata", "--on-conflict", "nonsense").code == 2


def test_what_cannot_be_used_is_exit_code_3(photo: Path, call: Call, library: Path) -> None:
    beside(photo, b"<broken")
    said = call("import", "metadata", "--json")
    assert said.code == 3
    (problem,) = (each for each in said.document["problems"] if each["path"] == str(photo))
    assert problem["reason"] == "a.jpg.xmp is damaged or too large"
    assert call("import", "metadata", library.parent / "elsewhere").code == 1


def test_picasa_and_takeout(photo: Path, call: Call, tmp_path: Path) -> None:
    sides = [round(side * 65535) for side in (10 / 400, 20 / 300, 40 / 400, 60 / 300)]
    digits = "".join(f"{side:04x}" for side in sides)
    (photo.parent / ".picasa.ini").write_text(f"[a.jpg]\nfaces=rect64({digits}),1\n[Contacts2]\n1=Ann;;\n")
    assert call("import", "picasa", photo, "--json").document["people"] == ["Ann"]
    assert call("import", "picasa", photo, "--contacts", tmp_path / "none.xml").code == 2
    call("undo")
    photo.with_name("a.jpg.json").write_text(json.dumps({"people": [{"name": "Ben"}]}))
    assert call("import", "takeout", photo, "--json").document["people"] == ["Ben"]


def test_write_metadata(photo: Path, call: Call) -> None:
    call("people", "name", 1, "Ann")
    trial = call("write-metadata", photo, "--dry-run", "--json").document
    assert (trial["step"], trial["sidecars"], trial["files"], trial["faces"]) == ("", 1, 0, 1)
    said = call("write-metadata", photo)
    assert (said.code, said.out) == (0, "1 photo: 1 sidecar and 0 files written with 1 face, 0 unchanged\n")
    side = photo.with_name("a.jpg.xmp")
    assert b"Ann" in side.read_bytes()
    assert call("write-metadata", photo, "--sidecar", "--json").document["unchanged"] == 1
    assert call("write-metadata", photo, "--sidecar", "--in-file").code == 2
    assert call("write-metadata", "--person", "Nobody").code == 1
    side.write_bytes(packet(bag("dc:subject", "beach")))
    refused = call("undo")
    assert refused.code == 1
    assert "changed by another program" in refused.err
    side.unlink()
    assert call("undo").out == "Undone: write metadata (1 photo).\n"
    assert call("history").out.count("write metadata") == 1


def test_write_into_the_photo_in_a_process_of_its_own(photo: Path, call: Call) -> None:
    call("people", "name", 1, "Ann")
    said = call("write-metadata", photo, "--in-file", "--json").document
    assert (said["files"], said["sidecars"], said["problems"]) == (1, 0, [])
    assert not photo.with_name("a.jpg.xmp").exists()
    assert call("import", "metadata", photo, "--json").document["agreed"] == 1
    assert b"xmpmeta" in photo.read_bytes()
    assert call("undo").code == 0
    assert b"xmpmeta" not in photo.read_bytes()
