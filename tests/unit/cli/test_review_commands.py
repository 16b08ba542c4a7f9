"""review and suggest, as they are called."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from program_calls import Call
from review_library import People

from faceorganizer.cli.session import Session
from faceorganizer.library import Library

ANNA, BEN, CARL, DORA = 1, 2, 3, 4


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with Library.create(tmp_path / "people") as library:
        yield People(library._database, library._clustering.model)


@pytest.fixture
def anna(people: People) -> int:
    return people.held(ANNA, 6, "Anna")


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_suggestions_for_a_face(call: Call, people: People, anna: int, tmp_path: Path) -> None:
    (face,), (stranger,) = people.faces(ANNA, 1), people.faces(CARL, 1)
    said = call("suggest", face, "--json", "--library", tmp_path / "people")
    document = json.loads(said.out)
    (one,) = document["suggestions"]
    assert (said.code, document["face"], one["person"], one["name"]) == (0, face, anna, "Anna")
    assert 0.9 < one["probability"] <= 1
    assert call("suggest", face, "--library", tmp_path / "people").out.startswith("Anna (9")
    assert call("suggest", stranger, "--library", tmp_path / "people").out == "Nobody who has a name.\n"
    assert call("suggest", 999, "--library", tmp_path / "people").code == 1


def test_suggestions_for_all_and_for_a_group(call: Call, people: People, anna: int, tmp_path: Path) -> None:
    (face,), group = people.faces(ANNA, 1), people.held(ANNA, 3)
    found = lines(call("suggest", "--all", "--json", "--library", tmp_path / "people").out)
    assert {(one["face"], one["group"], one["faces"]) for one in found} == {(face, None, 1), (None, group, 3)}
    said = call("suggest", "--person", group, "--json", "--library", tmp_path / "people")
    assert [one["person"] for one in json.loads(said.out)["suggestions"]] == [anna]
    assert "group" in call("suggest", "--all", "--library", tmp_path / "people").out
    call("people", "hide", "Anna", "--library", tmp_path / "people")
    assert call("suggest", "--all", "--json", "--library", tmp_path / "people").out == ""
    assert len(lines(call("suggest", "--all", "--hidden", "--json", "--library", tmp_path / "people").out)) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("suggest",),
        ("suggest", "1", "--all"),
        ("suggest", "--all", "--person", "1"),
        ("suggest", "x"),
        ("review", "--limit", "0"),
        ("review", "--ask"),
        ("review", "--different", "1"),
        ("review", "--different", "1", "2", "--one-person", "1"),
        ("review", "--different", "1", "1"),
        ("review", "--one-person", "1"),
    ],
)
def test_wrong_calls_end_with_2(call: Call, anna: int, tmp_path: Path, words: tuple[str, ...]) -> None:
    said = call(*words, "--library", tmp_path / "people")
    assert (said.code, said.out) == (2, "")
    assert said.err


def test_the_queue_is_listed(call: Call, people: People, anna: int, tmp_path: Path) -> None:
    group, (face,) = people.held(ANNA, 4), people.faces(ANNA, 1)
    first, second = people.held(DORA, 5), people.held(DORA, 3)
    mixed = people.hold([*people.faces(BEN, 7), *people.faces(CARL, 4)], "Ben")
    asked = lines(call("review", "--json", "--library", tmp_path / "people").out)
    kinds = {str(one["question"]): one for one in asked}
    assert set(kinds) == {"person", "same", "mixed", "who"}
    assert [one["settles"] for one in asked] == sorted((one["settles"] for one in asked), reverse=True)  # type: ignore[type-var]
    assert {one["group"] for one in asked if one["question"] == "person"} == {group, None}
    assert next(one["faces"] for one in asked if one["question"] == "person" and not one["group"]) == [face]
    assert kinds["same"]["people"] == [first, second]
    assert (kinds["mixed"]["person"], [len(part) for part in kinds["mixed"]["parts"]]) == (mixed, [7, 4])  # type: ignore[attr-defined]
    assert len(lines(call("review", "--json", "--limit", 2, "--library", tmp_path / "people").out)) == 2
    table = call("review", "--library", tmp_path / "people").out
    assert f"Is group {group} (4 faces) Anna?" in table
    assert f"Are group {first} and group {second} the same person?" in table
    assert f"Is this Anna: face {face}?" in table
    assert "Is Ben two people: faces" in table


def test_answers_that_only_the_review_needs(call: Call, people: People, tmp_path: Path) -> None:
    first, second = people.held(DORA, 5), people.held(DORA, 3)
    mixed = people.hold([*people.faces(BEN, 7), *people.faces(CARL, 4)])
    step = json.loads(call("review", "--different", first, second, "--json", "--library", tmp_path / "people").out)
    assert (step["step"], step["people"]) == ("different people", [first, second])
    step = json.loads(call("review", "--one-person", mixed, "--json", "--library", tmp_path / "people").out)
    assert (step["step"], len(step["faces"])) == ("one person", 11)
    asked = lines(call("review", "--json", "--library", tmp_path / "people").out)
    assert {one["question"] for one in asked} == {"who"}
    assert call("review", "--one-person", mixed, "--library", tmp_path / "people").code == 2


def test_questions_are_asked_one_after_the_other(
    call: Call, people: People, anna: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    group, unknown = people.held(ANNA, 6), people.held(CARL, 7)
    (face,) = people.faces(ANNA, 1)
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\nCarl\nn\n"))
    said = call("review", "--ask", "--library", tmp_path / "people")
    assert said.code == 0
    with Library.open(tmp_path / "people") as library:
        names = {record.name: (record.id, record.faces) for record in library.people.list()}
        assert names == {"Anna": (anna, 12), "Carl": (unknown, 7)}
        assert library.review.queue() == []
        assert library.review.suggestions(face) == ()
        assert group not in {record.id for record in library.people.list()}


def test_what_is_left_for_later_is_asked_again(
    call: Call, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.held(DORA, 5)
    people.held(DORA, 3)
    monkeypatch.setattr(Session, "can_ask", True)
    for typed, left in (("\n\nq\n", 3), ("what\n\n\n", 3), ("y\nDora\n", 0)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        assert call("review", "--ask", "--library", tmp_path / "people").code == 0
        assert len(lines(call("review", "--json", "--library", tmp_path / "people").out)) == left


@pytest.mark.parametrize("classifier", ["evidence", "nearest", "knn", "svm"])
def test_suggestions_by_any_classifier(call: Call, people: People, anna: int, tmp_path: Path, classifier: str) -> None:
    library = ("--library", tmp_path / "people")
    ben = people.held(BEN, 6, "Ben")
    (face,), (stranger,), group = people.faces(ANNA, 1), people.faces(CARL, 1), people.held(BEN, 3)
    words = ("--classifier", classifier, "--json", *library)
    (one,) = json.loads(call("suggest", face, *words).out)["suggestions"]
    assert (one["person"], one["probability"] > 0.5) == (anna, True)
    assert json.loads(call("suggest", stranger, *words).out)["suggestions"] == []
    found = {
        one["face"] or one["group"]: one["suggestions"][0]["person"]
        for one in lines(call("suggest", "--all", *words).out)
    }
    assert found == {face: anna, group: ben}
    assert json.loads(call("suggest", "--person", group, *words).out)["suggestions"][0]["person"] == ben
    assert json.loads(call("suggest", "--person", "Ben", *words).out)["suggestions"] == []
    confirmed = call("faces", "list", "--person", "Anna", "--json", *library).lines[0]["face"]
    assert json.loads(call("suggest", confirmed, *words).out)["suggestions"][0]["person"] == anna


def test_the_setting_says_which_classifier(call: Call, people: People, anna: int, tmp_path: Path) -> None:
    library = ("--library", tmp_path / "people")
    people.held(BEN, 6, "Ben")
    (face,) = people.faces(ANNA, 1)
    told = {}
    for name in ("evidence", "knn"):
        assert call("settings", "set", "review.classifier", name, *library).code == 0
        told[name] = json.loads(call("suggest", face, "--json", *library).out)["suggestions"][0]["probability"]
        said = json.loads(call("suggest", face, "--classifier", name, "--json", *library).out)
        assert said["suggestions"][0]["probability"] == told[name]
    assert told["knn"] != told["evidence"]
    assert call("settings", "set", "review.classifier", "guess", *library).code == 2
    assert call("suggest", face, "--classifier", "guess", *library).code == 2
    assert call("faces", "reject", face, "--person", "Anna", *library).code == 0
    assert json.loads(call("suggest", face, "--json", *library).out)["suggestions"] == []
