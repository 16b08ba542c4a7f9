"""verify as it is called: real models in real worker processes, without a library and with one."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

REPOSITORY = Path(__file__).resolve().parents[2]


def run(home: Path, *words: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "faceorganizer", "--library", str(home / "library"), *map(str, words)]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}  # called from another folder as well
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=environment)


def document(home: Path, *words: object) -> Any:
    done = run(home, *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def pictures(tmp_path: Path, astronaut: np.ndarray) -> tuple[Path, Path]:
    folder = tmp_path / "pictures"
    folder.mkdir()
    Image.fromarray(astronaut).save(folder / "one.png")
    darker = (astronaut[20:480, 10:500, :] * 0.7).astype(np.uint8)
    Image.fromarray(darker).resize((980, 920)).save(folder / "two.jpg", quality=90)
    return folder / "one.png", folder / "two.jpg"


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
    again = run(tmp_path, "verify", *pictures, "--picture", drawn)
    assert again.returncode == 2
    assert "--yes" in again.stderr
    assert drawn.read_bytes() == before


def test_with_a_library(tmp_path: Path, pictures: tuple[Path, Path]) -> None:
    assert run(tmp_path, "scan", pictures[0].parent).returncode == 0
    found = document(tmp_path, "verify", *pictures)
    assert None not in (found["left"]["face"], found["right"]["face"])
    by_id = document(tmp_path, "verify", found["left"]["face"], found["right"]["face"])
    assert by_id == found
    told = run(tmp_path, "verify", f"{pictures[0]}#1", pictures[1])
    assert told.returncode == 0
    assert "One person" in told.stdout


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["1", "one.png"], 1, "no library"),
        (["one.png", "nowhere.jpg"], 1, "nowhere.jpg could not be read"),
        (["one.png", "one.png#2"], 2, "only one face"),
        (["one.png", "two.jpg", "--false-accepts", "0.7"], 2, "0.0001 to 0.1"),
        (["one.png", "two.jpg", "--picture", "both.gif"], 2, ".jpg or .png"),
        (["one.png", "two.jpg", "--picture", "."], 2, "both.png"),
        (["", "one.png"], 2, "empty"),
    ],
)
def test_what_is_wrong_is_told(
    tmp_path: Path, pictures: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, says: str
) -> None:
    monkeypatch.chdir(pictures[0].parent)
    done = run(tmp_path, "verify", *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_what_was_found_is_told_even_if_no_picture_can_be_written(tmp_path: Path, pictures: tuple[Path, Path]) -> None:
    done = run(tmp_path, "verify", *pictures, "--json", "--picture", tmp_path / "no folder" / "both.png")
    assert done.returncode == 1
    assert json.loads(done.stdout)["same"] is True
    assert "no folder" in done.stderr
