"""Another model describes or finds the faces: names and decisions stay, whatever it makes of them."""

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from album_material import (
    FACES,
    MIRRORED,
    POSIX,
    TWINS,
    Program,
    Scanned,
    counts,
    interrupt,
    overlap,
    portrait,
    reading,
    save_jpeg,
    wait_until,
)
from given_models import DIMENSION, descriptor_net, yunet_net

NAME = "Eileen Collins"
OWN = "dlib-resnet-v1"
ALL = sum(FACES.values())


@pytest.fixture
def network(tmp_path: Path) -> Path:
    path = tmp_path / "random net.onnx"
    path.write_bytes(descriptor_net(3))
    return path


def decisions(album: Scanned) -> dict[int, tuple[Any, ...]]:
    return {face.face: (face.name, face.person, face.assignment) for face in album.faces() if face.name}


def described(library: Path) -> Counter[str]:
    with reading(library) as connection:
        query = "SELECT name, count(*) FROM descriptor JOIN model ON model.id = model_id GROUP BY name"
        return Counter(dict(connection.execute(query).fetchall()))


def vectors(library: Path, name: str) -> dict[int, bytes]:
    with reading(library) as connection:
        query = "SELECT face_id, vector FROM descriptor JOIN model ON model.id = model_id WHERE name = ?"
        return dict(connection.execute(query, (name,)).fetchall())


def entry(program: Program, name: str) -> dict[str, Any]:
    (found,) = [line for line in program.lines("models", "list") if line["name"] == name]
    return found


def test_names_survive_a_change_of_models_and_back(scanned: Scanned, network: Path) -> None:
    program = scanned.program
    scanned.name_everybody(NAME)
    before = decisions(scanned)
    own = vectors(program.library, OWN)
    added = program.document("models", "add", network, "--layout", "arcface")
    assert (added["name"], added["dimension"], added["used"]) == ("random-net", DIMENSION, False)

    report = program.document("models", "use", "random-net")
    assert (report["described"], report["pictures"]) == (ALL, len(FACES) - 1)
    assert report["missing"] == report["failures"] == []
    assert report["faces"] == ALL
    assert Path(report["snapshot"]).is_file()
    assert decisions(scanned) == before
    assert described(program.library) == {OWN: ALL, "random-net": ALL}
    assert vectors(program.library, OWN) == own  # kept apart
    assert program.document("settings", "get", "vision.embedder") == "random-net"
    assert entry(program, "random-net")["used"]
    assert entry(program, "random-net")["faces"] == ALL

    # A scan describes what is new by the present model alone, and searches nothing again.
    save_jpeg(portrait(10), scanned.folder / "new.jpg")
    scan = scanned.scan()
    assert counts(scan) == {"new": 1, "unchanged": len(FACES) + 1}
    assert described(program.library) == {OWN: ALL, "random-net": ALL + 1}
    assert {key: value for key, value in decisions(scanned).items() if key in before} == before
    assert "detect" not in scanned.scan()["seconds"]

    # Back again: only the photo that came meanwhile is described.
    report = program.document("models", "use", OWN)
    assert (report["described"], report["pictures"]) == (1, 1)
    assert decisions(scanned).items() >= before.items()
    assert {key: vectors(program.library, OWN)[key] for key in own} == own
    report = program.document("models", "use", OWN)
    assert (report["described"], report["faces"], report["snapshot"]) == (0, 0, None)
    assert "detect" not in scanned.scan()["seconds"]
    program.check()


def test_it_makes_the_descriptors_that_a_scan_makes(scanned: Scanned, network: Path, tmp_path: Path) -> None:
    program = scanned.program
    program.run("models", "add", network, "--as", "mine")
    program.run("models", "use", "mine")
    again = vectors(program.library, "mine")
    fresh = Program(tmp_path / "other")
    fresh.run("library", "create")
    fresh.run("models", "use", "mine")
    fresh.scan(scanned.folder)
    assert described(fresh.library) == {"mine": ALL}
    assert sorted(again.values()) == sorted(vectors(fresh.library, "mine").values())
    report = fresh.document("models", "use", OWN)
    assert report["described"] == ALL
    own = sorted(vectors(fresh.library, OWN).values())
    assert own == sorted(vectors(program.library, OWN).values())


def test_a_change_of_models_can_be_undone(scanned: Scanned, network: Path) -> None:
    program = scanned.program
    scanned.name_everybody(NAME)
    before = {face.face: (face.name, face.person) for face in scanned.faces()}
    program.run("models", "add", network, "--as", "mine")
    program.run("models", "use", "mine")
    assert program.lines("history")[0]["step"] == "another model"
    program.run("undo", "--yes")
    assert program.document("settings", "get", "vision.embedder") == OWN
    assert {face.face: (face.name, face.person) for face in scanned.faces()} == before
    program.run("redo", "--yes")
    assert program.document("settings", "get", "vision.embedder") == "mine"
    assert program.document("models", "use", "mine")["described"] == 0
    program.check()


def test_photos_that_are_not_there_keep_their_people(scanned: Scanned, network: Path, tmp_path: Path) -> None:
    program = scanned.program
    scanned.name_everybody(NAME)
    before = decisions(scanned)
    program.run("models", "add", network, "--as", "mine")
    shutil.move(scanned.folder / MIRRORED, tmp_path / "away.jpg")
    (scanned.folder / TWINS).write_bytes(b"something else")
    report = program.document("models", "use", "mine", code=3)
    assert report["described"] == ALL - 3
    assert {Path(path).name for path in report["missing"]} == {"mirrored.jpg", "twins.jpg"}
    assert decisions(scanned) == before
    shutil.move(tmp_path / "away.jpg", scanned.folder / MIRRORED)
    scan = scanned.scan(code=3)  # finishes what was missing
    assert scan["seconds"]["embed"] > 0
    assert described(program.library)["mine"] == ALL - 2
    assert decisions(scanned) == {key: value for key, value in before.items() if key in decisions(scanned)}
    program.check()


def test_a_model_that_can_describe_nothing_is_not_used(scanned: Scanned, network: Path, tmp_path: Path) -> None:
    program = scanned.program
    program.run("models", "add", network, "--as", "mine")
    scanned.folder.rename(tmp_path / "unplugged")
    before = {face.face: face.person for face in scanned.faces()}
    assert "could describe no face" in program.run("models", "use", "mine", code=2).stderr
    assert program.document("settings", "get", "vision.embedder") == OWN
    assert {face.face: face.person for face in scanned.faces()} == before


def test_the_library_opens_shows_and_names_without_the_file(scanned: Scanned, network: Path) -> None:
    program = scanned.program
    program.run("models", "add", network, "--as", "mine")
    program.run("models", "use", "mine")
    models = next(path.parent for path in scanned.folder.parent.glob("**/*-arcface.json"))
    (file,) = models.glob("*.onnx")
    file.write_bytes(b"changed")
    assert entry(program, "mine")["trouble"] == "changed"
    save_jpeg(portrait(10), scanned.folder / "new.jpg")
    assert "not as it was registered" in program.run("scan", code=1).stderr
    file.unlink()
    assert entry(program, "mine")["trouble"] == "missing"
    program.run("scan", code=1)
    shutil.rmtree(models)
    assert "There is no model “mine”" in program.run("scan", code=1).stderr
    assert entry(program, "mine")["trouble"] == "missing"
    assert len(scanned.faces()) == ALL
    scanned.name_everybody(NAME)
    assert program.document("cluster")["faces"] == ALL  # by the descriptors that are there
    program.run("models", "use", OWN)
    assert scanned.scan()["faces"] == ALL + 1
    program.check()


def test_adding_what_is_no_model(scanned: Scanned, tmp_path: Path) -> None:
    program = scanned.program
    for name, content, words in (
        ("text.onnx", b"hello", "no ONNX model"),
        ("empty.onnx", b"", "no ONNX model"),
        ("cut.onnx", descriptor_net()[:5000], "no ONNX model"),
        ("nan.onnx", descriptor_net(gain=float("nan")), "not finite"),
    ):
        (tmp_path / name).write_bytes(content)
        assert words in program.run("models", "add", tmp_path / name, code=1).stderr
    program.run("models", "add", tmp_path / "nowhere.onnx", code=1)
    (tmp_path / "good.onnx").write_bytes(descriptor_net())
    assert "no layout" in program.run("models", "add", tmp_path / "good.onnx", "--layout", "x", code=2).stderr
    assert "YuNet" in program.run("models", "add", tmp_path / "good.onnx", "--layout", "yunet", code=1).stderr
    assert "cannot be called" in program.run("models", "add", tmp_path / "good.onnx", "--as", OWN, code=2).stderr
    assert [line["name"] for line in program.lines("models", "list")] == [OWN, "hog"]
    program.run("models", "add", tmp_path / "good.onnx")
    assert "was added before" in program.run("models", "add", tmp_path / "good.onnx", "--as", "b", code=2).stderr
    program.run("models", "add", tmp_path / "good.onnx", "--as", "b", "--layout", "sface")  # another model
    (tmp_path / "third.onnx").write_bytes(descriptor_net(1))
    assert "already" in program.run("models", "add", tmp_path / "third.onnx", "--as", "B", code=2).stderr
    program.run("models", "use", "nobody", code=1)
    program.run("models", "remove", "nobody", code=2)
    program.run("models", "remove", "b")
    program.run("models", "use", "good")
    assert "uses the model" in program.run("models", "remove", "good", code=2).stderr
    program.run("models", "use", OWN)
    program.run("models", "remove", "good")
    assert [line["name"] for line in program.lines("models", "list")] == [OWN, "hog"]


def test_a_yunet_file_finds_faces_and_known_ones_are_known_again(scanned: Scanned, tmp_path: Path) -> None:
    program = scanned.program
    scanned.name_everybody(NAME)
    before, boxes = decisions(scanned), {face.face: face.box for face in scanned.faces()}
    (tmp_path / "yunet.onnx").write_bytes(yunet_net())
    assert program.document("models", "add", tmp_path / "yunet.onnx")["layout"] == "yunet"
    report = program.document("models", "use", "yunet")
    assert not report["describes"]
    assert program.document("settings", "get", "vision.detector") == "yunet"
    scan = scanned.scan()
    assert scan["seconds"]["detect"] > 0  # another detector is another search
    assert scan["faces"] > ALL  # it finds faces at random
    after = decisions(scanned)
    assert after.items() >= before.items()
    assert all(overlap(face.box, boxes[face.face]) >= 0.4 for face in scanned.faces() if face.face in boxes)
    assert "detect" not in scanned.scan()["seconds"]
    # Back again: what that detector alone had found is gone, for nobody said anything of it.
    program.run("models", "use", "hog")
    scan = scanned.scan()
    assert decisions(scanned).items() >= before.items()
    program.check()


@POSIX
@pytest.mark.parametrize("kill", [True, False], ids=["killed", "cancelled"])
def test_what_was_stopped_is_continued(scanned: Scanned, tmp_path: Path, kill: bool) -> None:
    program = scanned.program
    (tmp_path / "slow.onnx").write_bytes(descriptor_net(layers=24))
    program.run("models", "add", tmp_path / "slow.onnx")
    with program.started("models", "use", "slow", "--jobs", "1") as process:
        wait_until(lambda: described(program.library)["slow"], "a face is described")
        if kill:
            process.kill()
        else:
            interrupt(process)
        process.wait()
    there = described(program.library)["slow"]
    assert 1 <= there < ALL
    assert program.document("settings", "get", "vision.embedder") == OWN
    report = program.document("models", "use", "slow")
    assert report["described"] == ALL - there
    assert described(program.library) == {OWN: ALL, "slow": ALL}
    assert "detect" not in program.scan()["seconds"]
    program.check()
