"""map and insight: in words, as JSON, as files."""

from pathlib import Path

import pytest
from program_calls import Call
from review_library import People

from faceorganizer.library import Library


@pytest.fixture
def seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library at the usual place with two named people and a group that looks like one of them."""
    folder = tmp_path / "seen"
    monkeypatch.setenv("FACEORGANIZER_LIBRARY", str(folder))
    with Library.create(folder) as opened:
        people = People(opened._database, opened._clustering.model)
        people.held(1, 5, "Anna")
        people.held(2, 4, "Ben")
        people.held(1, 3)
    return tmp_path


def test_distances_are_told(seen: Path, call: Call) -> None:
    told = call("insight", "distances")
    assert told.code == 0
    assert "From" in told.out
    assert "9 confirmed faces of 2 people" in told.err
    document = call("insight", "distances", "--json").document
    assert document["same_pairs"] == sum(document["same"]) == 16
    assert document["different_pairs"] == sum(document["different"]) == 20
    assert len(document["edges"]) == len(document["same"]) + 1


def test_the_closest_people_are_listed(seen: Path, call: Call) -> None:
    told = call("insight", "people")
    assert "Anna" in told.out.splitlines()[1]
    document = call("insight", "people", "--json", "--limit", "2").document
    assert document["everybody"] == 3
    assert len(document["pairs"]) == 2
    first = document["pairs"][0]
    assert (first["first_name"], first["second_name"], first["photos_together"]) == ("Anna", None, 0)


def test_quality_is_told(seen: Path, call: Call) -> None:
    assert "12 faces" in call("insight", "quality").err
    document = call("insight", "quality", "--json").document
    assert (sum(document["named"]), sum(document["groups"]), sum(document["nobody"])) == (9, 3, 0)


def test_files_are_written_and_not_written_over(seen: Path, call: Call) -> None:
    file = seen / "people.png"
    document = call("insight", "people", file, "--json", "--theme", "dark", "--size", "500").document
    assert document["file"] == str(file)
    assert file.read_bytes().startswith(b"\x89PNG")
    again = call("insight", "people", file)
    assert again.code == 2
    assert "there already" in again.err
    assert call("insight", "people", file, "--yes").code == 0
    assert call("insight", "quality", seen / "quality.tiff").code == 2
    assert call("insight", "distances", seen / "d.png", "--size", "7").code == 2


def test_a_map_is_written(seen: Path, call: Call) -> None:
    document = call("map", seen / "map.svg", "--json").document
    assert document == {"file": str(seen / "map.svg"), "faces": 12, "method": "tsne"}
    assert call("map", seen / "map.csv", "--limit", "10").code == 0
    assert len((seen / "map.csv").read_text("utf-8").splitlines()) == 13
    few = call("map", seen / "few.csv", "--limit", "2")
    assert few.code == 2
    assert not (seen / "few.csv").exists()


def test_what_is_missing_for_umap_is_said(seen: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faceorganizer.services.recognition.maps.find_spec", lambda name: None)
    told = call("map", seen / "map.png", "--method", "umap")
    assert told.code == 2
    assert "faceorganizer[maps]" in told.err


def test_nobody_named_is_said(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACEORGANIZER_LIBRARY", str(tmp_path / "empty"))
    Library.create(tmp_path / "empty").close()
    told = call("insight", "distances")
    assert told.code == 2
    assert "Name somebody" in told.err
    assert call("insight", "people").code == 0
