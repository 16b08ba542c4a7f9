"""verify with real models in real worker processes, without a library and with one."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from faceorganizer.app import main


def run(home: Path, *words: object) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command on the library there."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["--library", str(home / "library"), *map(str, words)])
    return code, out.getvalue(), err.getvalue()


def document(home: Path, *words: object) -> Any:
    code, out, err = run(home, *words, "--json")
    assert code == 0, err
    return json.loads(out)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory, _astronaut_once: np.ndarray) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("pictures")
    Image.fromarray(_astronaut_once).save(folder / "one.png")
    darker = (_astronaut_once[20:480, 10:500, :] * 0.7).astype(np.uint8)
    Image.fromarray(darker).resize((980, 920)).save(folder / "two.jpg", quality=90)
    return folder / "one.png", folder / "two.jpg"


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory, pictures: tuple[Path, Path]) -> Path:
    """Where a library of both pictures is; no test changes it."""
    home = tmp_path_factory.mktemp("home")
    assert run(home, "scan", pictures[0].parent)[0] == 0
    return home


def test_without_a_library(tmp_path: Path, pictures: tuple[Path, Path]) -> None:
    drawn = tmp_path / "both.png"
    found = document(tmp_path, "verify", *pictures, "--picture", drawn, "--false-accepts", "1e-4")
    assert found["same"] is True
    assert found["probability"] > 0.99
    assert 0 < found["distance"] < found["threshold"] < 0.5
    assert (found["false_accepts"], found["model"]) == (1e-4, "dlib-resnet-v1")
    assert found["left"] | {"box": None} == {
        "photo": str(pictures[0]), "face": None, "box": None, "faces": 1, "person": None, "name": None,
    }  # fmt: skip
    x, y, width, height = found["right"]["box"]
    assert 300 < x < 420
    assert 80 < y < 200
    assert 100 < width < 260
    assert 100 < height < 260
    with Image.open(drawn) as made:
        assert made.width > made.height > 500
    assert not (tmp_path / "library").exists()
    before = drawn.read_bytes()
    code, _, err = run(tmp_path, "verify", *pictures, "--picture", drawn)
    assert code == 2
    assert "--yes" in err
    assert drawn.read_bytes() == before


def test_with_a_library(scanned: Path, pictures: tuple[Path, Path]) -> None:
    found = document(scanned, "verify", *pictures)
    assert None not in (found["left"]["face"], found["right"]["face"])
    by_id = document(scanned, "verify", found["left"]["face"], found["right"]["face"])
    assert by_id == found
    code, out, _ = run(scanned, "verify", f"{pictures[0]}#1", pictures[1])
    assert code == 0
    assert "One person" in out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["one.png", "nowhere.jpg"], 1, "nowhere.jpg could not be read: there is no such file"),
        (["nowhere.jpg#2", "one.png"], 1, "there is no such file"),
        (["1", "99"], 1, "no face 99"),
        (["1", "9" * 30], 1, "no face 999"),
        (["one.png", "one.png#2"], 2, "only one face"),
        (["one.png", "two.jpg", "--false-accepts", "0.7"], 2, "0.0001 to 0.1"),
        (["one.png", "two.jpg", "--picture", "both.gif"], 2, ".jpg or .png"),
        (["one.png", "two.jpg", "--picture", "."], 2, "both.png"),
        (["", "one.png"], 2, "empty"),
    ],
)
def test_what_is_wrong_is_told(
    scanned: Path,
    pictures: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    code: int,
    says: str,
) -> None:
    monkeypatch.chdir(pictures[0].parent)
    done, out, err = run(scanned, "verify", *words)
    assert (done, out) == (code, "")
    assert says in err


def test_a_face_by_its_id_wants_a_library(tmp_path: Path, pictures: tuple[Path, Path]) -> None:
    code, out, err = run(tmp_path, "verify", 1, pictures[0])
    assert (code, out) == (1, "")
    assert "no library" in err


def test_what_was_found_is_told_even_if_no_picture_can_be_written(
    scanned: Path, tmp_path: Path, pictures: tuple[Path, Path]
) -> None:
    code, out, err = run(scanned, "verify", *pictures, "--json", "--picture", tmp_path / "no folder" / "both.png")
    assert code == 1
    assert json.loads(out)["same"] is True
    assert "no folder" in err
