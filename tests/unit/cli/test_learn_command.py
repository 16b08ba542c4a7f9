"""learn, as it is called."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from program_calls import Call
from review_library import People

from faceorganizer.library import Library
from faceorganizer.services.recognition import learning
from faceorganizer.services.recognition.judging import learn


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "people"


@pytest.fixture
def people(folder: Path) -> Iterator[People]:
    with Library.create(folder) as library:
        yield People(library._database, library._clustering.model)


@pytest.fixture
def six(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six people who are as far apart as can be: there is nothing to learn."""
    monkeypatch.setattr(learning, "_in_own_process", learn)
    for who in range(6):
        people.held(who, 5, f"Person {who}")


@pytest.mark.usefixtures("six")
def test_it_says_what_it_measured_and_what_came_of_it(call: Call, folder: Path, tmp_path: Path) -> None:
    assert call("learn", "--show", "--library", folder).out == "Nothing was learned.\n"
    assert json.loads(call("learn", "--show", "--json", "--library", folder).out) == {"learned": None}
    said = call("learn", "--json", "--library", folder, "--report", tmp_path / "new" / "report")
    found = json.loads(said.out)
    assert said.code == 0
    assert (found["state"], found["accepted"], found["used"]) == ("refused", False, False)
    assert (found["faces"], found["people"]) == (30, 6)
    assert [figure["name"] for figure in found["figures"]] == ["verification", "suggestions", "grouping"]
    assert len(found["curve"]["steps"]) == len(found["curve"]["training"]) == len(found["curve"]["validation"])
    assert sum(found["histograms"]["same_before"]) == 6 * 10
    again = json.loads(call("learn", "--show", "--json", "--library", folder).out)["learned"]
    assert again == found
    text = call("learn", "--show", "--library", folder).out
    assert "30 confirmed faces of 6 people" in text
    assert "refused" in text
    info = json.loads(call("library", "info", "--json", "--library", folder).out)
    assert info["learned"][0]["state"] == "refused"
    assert "refused (dlib-resnet-v1)" in call("library", "info", "--library", folder).out


@pytest.mark.usefixtures("six")
def test_its_files_can_be_read(call: Call, folder: Path, tmp_path: Path) -> None:
    report = tmp_path / "report"
    call("learn", "--library", folder, "--report", report)
    assert sorted(path.name for path in report.iterdir()) == [
        "histograms.csv",
        "histograms.svg",
        "learning_curve.csv",
        "learning_curve.svg",
    ]
    with (report / "histograms.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert sum(int(row["same_before"]) for row in rows) == 6 * 10
    assert sum(int(row["different_after"]) for row in rows) == sum(int(row["different_before"]) for row in rows)
    with (report / "learning_curve.csv").open() as stream:
        steps = [int(row["step"]) for row in csv.DictReader(stream)]
    assert steps[0] == 0
    assert steps == sorted(set(steps))
    for name in ("histograms.svg", "learning_curve.svg"):
        drawn = ElementTree.parse(report / name).getroot()
        assert len(drawn.findall(".//{http://www.w3.org/2000/svg}polyline")) >= 2
        assert "nan" not in (report / name).read_text()
    refused = call("learn", "--show", "--library", folder, "--report", report)
    assert refused.code == 2
    assert "is there already" in refused.err
    assert call("learn", "--show", "--yes", "--library", folder, "--report", report).code == 0


@pytest.mark.usefixtures("six")
def test_what_was_learned_can_be_forgotten(call: Call, folder: Path) -> None:
    call("learn", "--library", folder)
    assert call("learn", "--forget", "--library", folder).out == "What was learned is forgotten.\n"
    assert json.loads(call("learn", "--forget", "--json", "--library", folder).out) == {"forgotten": False}


@pytest.mark.usefixtures("people")
def test_too_few_faces_are_wrong_usage(call: Call, folder: Path, tmp_path: Path) -> None:
    said = call("learn", "--library", folder)
    assert said.code == 2
    assert "5 people with 4 confirmed faces each; there are 0" in said.err
    assert call("learn", "--forget", "--show", "--library", folder).code == 2
    file = tmp_path / "file"
    file.touch()
    assert call("learn", "--library", folder, "--report", file).code == 2
    assert call("learn", "--library", folder, "--report", file / "deeper").code == 2
