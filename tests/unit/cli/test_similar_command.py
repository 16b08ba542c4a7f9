"""similar, as it is called."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from program_calls import Call
from review_library import People

from faceorganizer.library import Library

ANNA, BEN = 1, 2


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with Library.create(tmp_path / "people") as library:
        yield People(library._database, library._clustering.model)


def test_similar_faces_in_order(call: Call, people: People, tmp_path: Path) -> None:
    anna = people.held(ANNA, 3, "Anna")
    (asked,) = people.faces(ANNA, 1)
    people.faces(BEN, 2)
    lines = call("similar", asked, "--json", "--library", tmp_path / "people").lines
    assert [line["person"] for line in lines] == [anna, anna, anna, None, None]
    assert list(lines[0]) == ["face", "photo", "box", "person", "name", "distance", "probability"]
    assert lines[0]["distance"] < lines[-1]["distance"]
    assert len(call("similar", asked, "--limit", 2, "--json", "--library", tmp_path / "people").lines) == 2
    table = call("similar", asked, "--library", tmp_path / "people").out
    assert "Anna" in table.splitlines()[1]


def test_what_cannot_be_asked_about(call: Call, people: People, tmp_path: Path) -> None:
    library = ("--library", tmp_path / "people")
    people.faces(ANNA, 1)
    assert call("similar", 1, *library).out == "No other face in the library.\n"
    assert call("similar", 99, *library).code == 1
    (tmp_path / "no picture.jpg").write_text("text")
    said = call("similar", tmp_path / "no picture.jpg", *library)
    assert (said.code, said.out) == (1, "")
    assert "could not be read" in said.err
    assert call("similar", 1, "--limit", 0, *library).code == 2
    assert json.loads(call("similar", 1, "--json", *library).out or "null") is None
