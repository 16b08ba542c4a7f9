"""benchmark and evaluate, as they are called."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from program_calls import Call

from faceorganizer.services.benchmark import methods as benchmark


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Features and labels of two people; methods run in this process."""

    def alone(factory: Any, task: Any, *_: object) -> Any:
        return factory()(task)

    monkeypatch.setattr(benchmark, "_alone", alone)
    random = np.random.default_rng(0)
    labels = np.repeat([0, 1, -1], [6, 4, 1])
    features = random.normal(0, 0.1, (3, 32))[labels] + random.normal(0, 0.01, (11, 32))
    features.astype("<f4").tofile(tmp_path / "part1_test.bin")
    (tmp_path / "part1_test.meta").write_text("\n".join(map(str, labels)))
    return tmp_path / "part1_test.bin", tmp_path / "part1_test.meta"


def test_a_table_in_markdown(call: Call, files: tuple[Path, Path]) -> None:
    done = call("benchmark", *files, "--dim", 32, "--methods", "hac-single,cdp", "--option", "k=5")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].endswith("11 faces, 10 labelled, of 2 people; 32 dimensions, 5 neighbours.")
    rows = [line for line in lines if line.startswith("| ")]
    assert [row.split(" | ")[0] for row in rows] == [
        "| neighbours", "| ---", "| exact", "| method", "| ---", "| hac-single k=5", "| cdp k=5",
    ]  # fmt: skip
    assert len({row.count("|") for row in rows[3:]}) == 1
    assert " 1.0000 | " in rows[-1]


def test_a_document_and_a_table_for_programs(call: Call, files: tuple[Path, Path]) -> None:
    words = ("benchmark", *files, "--dim", 32, "--methods", "hac-single,cdp", "--option", "cdp.step=9")
    document = call(*words, "--json").document
    assert call(*words, "--format", "json").document.keys() == document.keys()
    assert (document["faces"], document["labelled"], document["people"], document["k"]) == (11, 10, 2, 80)
    assert document["neighbours"][0]["recall"] == 1
    good, bad = document["methods"]
    assert (good["pairwise_f"], good["groups"], good["error"]) == (1, 2, None)
    assert good["peak_memory_mb"] > 10
    assert "step" in bad["error"]
    rows = list(csv.DictReader(io.StringIO(call(*words, "--format", "csv").out)))
    assert [row["method"] for row in rows] == ["hac-single", "cdp"]
    assert rows[0]["bcubed_f"] == "1.0"
    assert json.loads(rows[1]["parameters"]) == {"step": 9}


def test_a_page_is_written_once(call: Call, files: tuple[Path, Path], tmp_path: Path) -> None:
    words = ("benchmark", *files, "--dim", 32, "--methods", "cdp", "--report", tmp_path / "page")
    page = tmp_path / "page" / "index.html"
    assert call(*words, "--dry-run").code == 0
    assert not page.exists()
    assert call(*words).code == 0
    written = page.read_text()
    assert "<svg" in written
    page.write_text("mine")
    again = call(*words)
    assert again.code == 2
    assert "--yes" in again.err
    assert again.out == ""
    assert page.read_text() == "mine"
    assert call(*words, "--yes").code == 0
    assert page.read_text() != "mine"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["{features}", "{labels}"], "--dim"),
        (["{features}", "--dim", "32"], "labels"),
        (["{features}", "{features}", "--dim", "32"], "whole number"),
        (["{features}", "{labels}", "--dim", "32", "--folders"], "labels"),
        (["{features}", "{labels}", "--dim", "31"], "--dim"),
        (["{features}", "{labels}", "--dim", "32", "--option", "cut"], "K=V"),
        (["{nowhere}", "{labels}", "--dim", "32"], "There is no file"),
        (["{folder}"], "--folders"),
        (["{features}", "{labels}", "--dim", "32", "--report", "{labels}"], "no folder"),
    ],
)
def test_wrong_usage_says_what_to_do(
    call: Call, files: tuple[Path, Path], tmp_path: Path, words: list[str], says: str
) -> None:
    features, labels = files
    places = {"features": features, "labels": labels, "nowhere": tmp_path / "nowhere", "folder": tmp_path}
    done = call("benchmark", *(word.format(**places) for word in words))
    assert done.code == 2
    assert says in done.err
    assert done.out == ""


def test_unknown_methods_fail_with_the_known_ones(call: Call, files: tuple[Path, Path]) -> None:
    done = call("benchmark", *files, "--dim", 32, "--methods", "guess")
    assert done.code == 2
    assert "hac-average" in done.err


def test_a_folder_without_a_library_is_told(call: Call, tmp_path: Path) -> None:
    done = call("benchmark", tmp_path, "--folders")
    assert done.code == 1
    assert "no library" in done.err


def test_the_present_grouping_is_measured(call: Call, library: Path, tmp_path: Path) -> None:
    faces = call("faces", "list", "--json").lines
    rows = [f"{Path(face['photo']).name},{'Ann' if face['person'] else 'nobody'}" for face in faces[:1]]
    (tmp_path / "truth.csv").write_text("\n".join(rows), encoding="utf-8", errors="surrogateescape")
    document = call("evaluate", tmp_path / "truth.csv", "--json").document
    assert (document["faces"], document["found"], document["missed"], document["people"]) == (1, 1, 0, 1)
    assert document["pairwise_precision"] == 1
    shown = call("evaluate", tmp_path / "truth.csv")
    assert shown.code == 0
    assert "1 labelled face of 1 person: 1 found, 0 missed" in shown.out
    assert "bcubed f" in shown.out
    assert call("evaluate", "--folders", "--json").document["faces"] == len(faces)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("words", [[], ["truth.csv", "--folders"], ["nowhere.csv"], ["nowhere.json"]])
def test_the_truth_is_said_once_and_can_be_read(call: Call, words: list[str]) -> None:
    done = call("evaluate", *words)
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert done.out == ""
