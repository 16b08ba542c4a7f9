"""undo, redo, history, and the upkeep of the library, as they are called."""

from pathlib import Path

import pytest
from program_calls import Call

from faceorganizer.cli.session import Session
from faceorganizer.db.database import Database


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Somebody at a terminal, who gives the answers in this list."""
    answers: list[bool] = []
    monkeypatch.setattr(Session, "can_ask", property(lambda self: not self.as_json))
    monkeypatch.setattr("typer.confirm", lambda *_, **__: answers.pop(0))
    return answers


@pytest.fixture
def barrier(library: Path) -> str:
    """A grouping behind a copy; returns the copy's name."""
    database = Database.open(library)
    copy = database.snapshot("before-grouping")
    with database.write() as unit:
        unit.settings.set("grouped", True)
        unit.steps.add_barrier("group again", copy.name)
    database.close()
    return copy.name


def test_undo_redo_and_history(library: Path, call: Call) -> None:
    assert call("history", "--json").lines == []
    nothing = call("undo")
    assert (nothing.code, nothing.out, nothing.err) == (1, "", "faceorganizer: There is nothing to undo.\n")
    assert call("people", "name", "1", "Ann").code == 0
    (step,) = call("history", "--json").lines
    assert step.keys() == {"id", "step", "at", "undone", "barrier", "snapshot", "touched"}
    assert (step["step"], step["undone"], step["barrier"], step["snapshot"]) == ("name", False, False, None)
    assert step["touched"]["person"] == 1
    undone = call("undo", "--json").document
    assert (undone["step"], undone["people"]) == ("name", [1])
    assert call("people", "show", "Ann").code == 1
    assert call("history", "--json").lines[0]["undone"] is True
    assert call("history").out.rstrip().endswith("undone")
    assert call("redo").out.startswith("Done again: name (1 person, ")
    assert call("people", "show", "Ann").code == 0
    assert call("redo", "--json").code == 1
    assert len(call("history", "--limit", "1", "--json").lines) == 1
    assert call("history", "--limit", "0").code == 2


def test_a_barrier_needs_an_answer(library: Path, call: Call, barrier: str) -> None:
    refused = call("undo")
    assert (refused.code, refused.out) == (2, "")
    assert barrier in refused.err
    assert "faceorganizer undo --restore" in refused.err
    assert refused.err.count("\n") == 1
    assert call("undo", "--json").code == 2
    assert call("undo", "--restore").code == 0
    (step,) = call("history", "--json").lines
    assert (step["step"], step["undone"], step["barrier"]) == ("group again", True, True)
    assert call("redo").code == 2
    assert call("redo", "--yes").code == 0


def test_a_barrier_is_asked_about_at_a_terminal(library: Path, call: Call, barrier: str, answering: list[bool]) -> None:
    answering += [False, True]
    assert call("undo").code == 130
    assert call("history", "--json").lines[0]["undone"] is False
    assert call("undo").code == 0
    assert answering == []


def test_copies_are_made_listed_and_restored(library: Path, call: Call, tmp_path: Path) -> None:
    assert call("library", "backups", "--json").lines == []
    copied = call("library", "backup", "--json").document
    assert copied["bytes"] == Path(copied["path"]).stat().st_size
    (listed,) = call("library", "backups", "--json").lines
    assert (listed["path"], listed["label"]) == (copied["path"], "backup")
    assert listed["name"] in call("library", "backups").out
    elsewhere = tmp_path / "elsewhere"
    assert call("library", "backup", elsewhere).code == 0
    again = call("library", "backup", elsewhere)
    assert (again.code, again.out) == (1, "")
    call("people", "name", "1", "Ann")
    restored = call("library", "restore", listed["name"], "--json").document
    assert restored["restored"] == listed["name"]
    assert call("people", "show", "Ann").code == 1
    assert call("undo", "--restore").code == 0
    assert call("people", "show", "Ann").code == 0
    assert call("library", "restore", "nothing").code == 1
    assert call("library", "restore", elsewhere).code == 0
    assert call("library", "check").code == 0


def test_a_damaged_library_is_restored(library: Path, call: Call) -> None:
    name = call("library", "backup", "--json").document["path"]
    (library / "library.sqlite").write_bytes(b"damaged")
    assert call("library", "info").code == 1
    assert call("library", "restore", "nothing").code == 1
    restored = call("library", "restore", name)
    assert restored.code == 0
    assert "damaged" in restored.err
    assert call("people", "list", "--json").lines
    (library / "library.sqlite").unlink()
    assert call("library", "restore", name).code == 0
    assert call("library", "check").code == 0


def test_vacuum(library: Path, call: Call) -> None:
    assert call("library", "vacuum", "--json").document.keys() == {"bytes_before", "bytes", "rounded"}


def test_forgetting_asks_first(library: Path, call: Call, answering: list[bool]) -> None:
    assert call("library", "forget-faces").code == 2
    assert call("library", "forget-faces", "1", "--all").code == 2
    assert call("library", "forget-faces", "Nobody").code == 1
    unanswered = call("library", "forget-faces", "--all", "--json")
    assert (unanswered.code, unanswered.out) == (2, "")
    assert "--yes" in unanswered.err
    answering.append(False)
    assert call("library", "forget-faces", "--all").code == 130
    answering.append(True)
    said = call("library", "forget-faces", "1")
    assert said.code == 0
    assert said.out.startswith("Forgot ")
    faces = call("faces", "list", "--state", "all", "--json").lines
    assert {bool(face["landmarks"]) for face in faces} == {True, False}
    report = call("library", "forget-faces", "--all", "--no-names", "--yes", "--json").document
    assert report.keys() == {"faces", "descriptors", "steps", "copies", "cached", "backup"}
    assert call("people", "list", "--json").lines == []
    assert not any(face["landmarks"] for face in call("faces", "list", "--state", "all", "--json").lines)
    assert call("library", "check").code == 0
