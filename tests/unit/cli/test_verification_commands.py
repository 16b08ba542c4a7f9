"""benchmark-verification as it is called; work that belongs to other processes is done in this one."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from program_calls import Call

from faceorganizer.domain.faces import FaceObservations
from faceorganizer.domain.insight import FigureStyle
from faceorganizer.services.benchmark import verification as verification_benchmark
from faceorganizer.services.recognition.looking import Looked

LEVELS = 12  # shades of grey that tell people apart here


def looks(paths: list[Path], *_: object) -> list[Looked]:
    """Two faces in each picture, told apart by its grey: a small one in the centre, a large one at the side."""
    seen = []
    for number, path in enumerate(paths):
        try:
            with Image.open(path) as image:
                grey = float(np.asarray(image.convert("L")).mean())
        except OSError:
            seen.append(Looked(number, (0, 0), None, "it is no picture"))
            continue
        boxes = np.array([[44, 44, 12, 12], [0, 0, 40, 40]], np.float32)[: 0 if grey < 1 else 2]
        descriptors = np.array([[grey, 0], [0, 7]], np.float32)[: len(boxes)]
        ones = np.ones(len(boxes), np.float32)
        faces = FaceObservations(boxes, ones, np.zeros((len(boxes), 68, 2), np.float32), descriptors, ones)
        seen.append(Looked(number, (100, 100), faces))
    return seen[::-1]


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(verification_benchmark, "look_at", looks)
    for person in range(LEVELS):
        folder = tmp_path / "people" / f"P{person}"
        folder.mkdir(parents=True)
        for number in range(1, 4):
            shade = 20 + 19 * person + number
            Image.new("L", (8, 8), shade).save(folder / f"P{person}_{number:04d}.png")
    (tmp_path / "people" / "notes.txt").touch()
    (tmp_path / "people" / "empty").mkdir()
    return tmp_path / "people"


def test_a_labelled_folder(call: Call, people: Path) -> None:
    found = call("benchmark-verification", people, "--folds", 3, "--centre", "--json").document
    assert (found["faces"], found["people"], found["failures"]) == (36, 12, [])
    assert found["accuracy"] == 1
    assert found["standard_error"] == 0
    assert found["auc"] == 1
    assert [fold["fold"] for fold in found["folds"]] == [1, 2, 3]
    assert all(2 <= fold["threshold"] <= 17 for fold in found["folds"])
    assert found["pairs"] == {"same": 36, "different": 36}
    assert found["rates"][0]["true_accepts"] == 1
    assert found["rates"][-1]["true_accepts"] is None
    assert found["all_pairs"]["same"] == 36
    assert found["all_pairs"]["different"] == 36 * 35 // 2 - 36
    assert found["roc"][-1]["false_accepts"] == found["roc"][-1]["true_accepts"] == 1


def test_the_largest_face_counts_otherwise(call: Call, people: Path) -> None:
    found = call("benchmark-verification", people, "--folds", 3, "--json").document
    assert found["accuracy"] == 0.5
    assert found["auc"] == pytest.approx(0.5)


def test_a_list_in_the_form_of_labeled_faces_in_the_wild(call: Call, people: Path, tmp_path: Path) -> None:
    blocks = []
    for fold in range(2):
        chosen = range(6 * fold, 6 * fold + 5)
        blocks += [f"P{person}\t1\t3" for person in chosen]
        blocks += [f"P{person}\t1\tP{person + 1}\t2" for person in chosen]
    pairs = tmp_path / "pairs.txt"
    pairs.write_text("\n".join(["2\t5", *blocks]))
    found = call("benchmark-verification", pairs, "--images", people, "--centre", "--json").document
    assert found["accuracy"] == 1
    assert [fold["pairs"] for fold in found["folds"]] == [10, 10]
    assert found["people"] is found["all_pairs"] is None
    pairs.write_text("\n".join(["2\t5", *blocks]).replace("P3\t1", "Nobody\t1"))
    done = call("benchmark-verification", pairs, "--images", people)
    assert done.code == 2
    assert "Nobody_0001.jpg" in done.err
    assert "line 5" in done.err


def test_pictures_without_a_face_are_counted(call: Call, people: Path) -> None:
    Image.new("L", (8, 8), 0).save(people / "P4" / "P4_0002.png")
    (people / "P7" / "P7_0003.png").write_bytes(b"broken")
    found = call("benchmark-verification", people, "--folds", 3, "--centre", "--json").document
    assert [Path(one["path"]).name for one in found["failures"]] == ["P4_0002.png", "P7_0003.png"]
    assert [one["reason"] for one in found["failures"]] == ["no face was found", "it is no picture"]
    assert found["accuracy"] == pytest.approx(1 - 4 / 72)
    assert found["all_pairs"]["same"] == 32


def test_tables_to_read(call: Call, people: Path, tmp_path: Path) -> None:
    words = ("benchmark-verification", people, "--folds", 3, "--centre")
    lines = call(*words).out.splitlines()
    assert lines[0].endswith("36 faces of 12 people; 3 folds, 36 pairs of one person and 36 of two.")
    assert lines[1].startswith("Accuracy 1.0000 ± 0.0000")
    assert "| 0.0001 | too few pairs |  |  |" in lines
    rows = list(csv.DictReader(io.StringIO(call(*words, "--format", "csv").out)))
    assert [row["accuracy"] for row in rows] == ["1.0000"] * 3


def test_the_curve_as_a_file(call: Call, people: Path, tmp_path: Path) -> None:
    words = ("benchmark-verification", people, "--folds", 3, "--centre", "--report")
    plot, picture, table = tmp_path / "roc.svg", tmp_path / "roc.png", tmp_path / "roc.csv"
    assert call(*words, plot, "--dry-run").code == 0
    assert not plot.exists()
    assert call(*words, plot).code == call(*words, picture).code == call(*words, table).code == 0
    assert ElementTree.parse(plot).getroot().tag.endswith("svg")
    with Image.open(picture) as drawn:
        assert (drawn.format, drawn.width) == ("PNG", FigureStyle().pixels)
    points = list(csv.DictReader(io.StringIO(table.read_text())))
    assert float(points[-1]["false_accepts"]) == float(points[-1]["true_accepts"]) == 1
    plot.write_text("mine")
    again = call(*words, plot)
    assert again.code == 2
    assert "--yes" in again.err
    assert plot.read_text() == "mine"
    assert call(*words, table, "--yes").code == 0


def test_descriptors_in_files(call: Call, tmp_path: Path) -> None:
    labels = np.repeat(np.arange(40), 3)
    random = np.random.default_rng(0)
    features = random.normal(size=(40, 16))[labels] + 0.1 * random.normal(size=(120, 16))
    np.save(tmp_path / "f.npy", features.astype(np.float32))
    np.save(tmp_path / "l.npy", np.where(labels == 39, -1, labels))
    found = call("benchmark-verification", tmp_path / "f.npy", tmp_path / "l.npy", "--json", "--pairs", 5).document
    assert (found["faces"], found["people"], found["accuracy"]) == (117, 39, 1)
    assert found["pairs"] == {"same": 50, "different": 50}
    scaled = call("benchmark-verification", tmp_path / "f.npy", tmp_path / "l.npy", "--unit-length", "--json").document
    assert scaled["folds"][0]["threshold"] < found["folds"][0]["threshold"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nothing.txt"], "There is no file"),
        (["."], "too few"),
        (["f.npy", "l.npy", "--folders"], "in a file as well"),
        ([".", "--images", "."], "--images"),
        (["f.npy", "--dim", "4"], "--dim"),
        (["f.npy", "nothing.npy"], "no file"),
        (["f.npy", "l.npy"], "too few"),
        (["f.npy", "l.npy", "--report", "x.gif"], ".csv or .png or .svg"),
        (["f.npy", "l.npy", "--folds", "1"], "--folds"),
        (["short.txt"], "line 2"),
    ],
)
def test_what_is_wrong_is_told(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    np.save("f.npy", np.zeros((4, 2), np.float32))
    np.save("l.npy", np.zeros(4, np.int64))
    Path("short.txt").write_text("10 300\nAnn 1 2\n")
    done = call("benchmark-verification", *words)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
