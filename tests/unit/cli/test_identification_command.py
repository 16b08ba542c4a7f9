"""benchmark-identification, as it is called."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from program_calls import Call
from review_library import People, look

from faceorganizer.library import Library

NAMES = ["nearest", "knn", "svm", "evidence"]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Features and labels: eight people with five faces each, one with two, and a stranger without a label."""
    labels = np.array([*np.repeat(np.arange(8), 5), 8, 8, -1])
    features = np.array([look(label + 2, number) for number, label in enumerate(labels)])
    np.save(tmp_path / "features.npy", features)
    np.save(tmp_path / "labels.npy", labels)
    return tmp_path / "features.npy", tmp_path / "labels.npy"


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with Library.create(tmp_path / "people") as library:
        yield People(library._database, library._clustering.model)


def test_all_classifiers_side_by_side(call: Call, files: tuple[Path, Path]) -> None:
    words = ("benchmark-identification", *files, "--folds", 4)
    document = call(*words, "--json").document
    assert (document["faces"], document["people"], document["folds"], document["least"]) == (40, 8, 4, 3)
    assert [row["classifier"] for row in document["classifiers"]] == NAMES
    for row in document["classifiers"]:
        assert row["accuracy"] == 1
        assert row["identified"] > 0.9
        assert row["false_alarms"] < 0.1
        assert 0 <= row["calibration_error"] < 0.2
    lines = call(*words, "--classifiers", "knn,nearest").out.splitlines()
    assert lines[0].endswith("40 faces of 8 people with 3 or more; 4 folds.")
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| classifier", "| ---", "| knn", "| nearest"]
    rows = list(csv.DictReader(io.StringIO(call(*words, "--classifiers", "knn", "--format", "csv").out)))
    assert (rows[0]["classifier"], rows[0]["accuracy"]) == ("knn", "1.0")


def test_more_people_take_part_with_fewer_faces(call: Call, files: tuple[Path, Path]) -> None:
    words = ("benchmark-identification", *files, "--classifiers", "nearest", "--json")
    assert call(*words, "--least", 2).document["people"] == 9
    assert call(*words, "--least", 5, "--folds", 2).document["people"] == 8


def test_the_confirmed_people_of_a_library(call: Call, people: People, tmp_path: Path) -> None:
    library = ("--library", tmp_path / "people")
    words = ("benchmark-identification", "--classifiers", "nearest", "--folds", 3, *library)
    assert call(*words).code == 1
    people.held(1, 4, "Anna")
    people.held(2, 5)
    said = call(*words)
    assert said.code == 2
    assert "1 of 1 people" in said.err
    people.held(3, 5, "Ben")
    assert call(*words, "--json").document["faces"] == 9


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        ({"labels": np.zeros(43, np.int64)}, 2, "it takes two"),
        ({"labels": np.arange(43)}, 2, "0 of 43 people"),
        ({"labels": np.full(43, -1)}, 2, "label"),
        ({"labels": np.zeros(4, np.int64)}, 2, "43 faces and 4 labels"),
        ({"features": np.full((43, 128), np.nan)}, 1, "not finite"),
        ({"features": np.zeros((43, 0))}, 2, "row of numbers"),
        ({"words": ["--classifiers", "guess"]}, 2, "nearest"),
        ({"words": ["--folds", "1"]}, 2, "folds"),
        ({"words": ["--least", "1"]}, 2, "least"),
    ],
)
def test_bad_input_says_what_is_wrong(
    call: Call, files: tuple[Path, Path], change: dict[str, object], code: int, says: str
) -> None:
    for name, path in zip(("features", "labels"), files, strict=True):
        if name in change:
            np.save(path, change[name])
    said = call("benchmark-identification", *files, *change.get("words", []))  # type: ignore[misc]
    assert (said.code, said.out) == (code, "")
    assert says in said.err


def test_features_without_labels(call: Call, files: tuple[Path, Path]) -> None:
    assert call("benchmark-identification", files[0]).code == 2
