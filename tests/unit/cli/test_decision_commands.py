"""Every command with which people decide something."""

import json
from pathlib import Path

import pytest
from program_calls import Call

from faceorganizer.cli import session
from faceorganizer.db.database import Database


@pytest.fixture
def both(library: Path) -> list[int]:
    """Two faces that are in one photo from now on, of person 1 and 2."""
    database = Database.open(library)
    with database.write() as unit:
        faces = list(unit.faces.records())
        first = next(face for face in faces if face.person == 1)
        second = next(face for face in faces if face.person == 2)
        unit._connection.exec_driver_sql(
            "UPDATE face SET content_id = ?, x = 200 WHERE id = ?", (first.photo, second.face)
        )
    database.close()
    return [first.face, second.face]


def faces(call: Call, *words: object) -> list[dict[str, object]]:
    return call("faces", "list", "--json", *words).lines


def of(call: Call, person: object) -> list[int]:
    return [face["face"] for face in faces(call, "--person", person)]  # type: ignore[misc]


def people(call: Call) -> dict[int, dict[str, object]]:
    return {person["person"]: person for person in call("people", "list", "--json").lines}


# Faces


def test_faces_are_confirmed_rejected_and_moved(call: Call, library: Path) -> None:
    mine = of(call, 1)
    said = call("faces", "confirm", mine[0], mine[1], "--json").document
    assert said == {"step": "confirm faces", "people": [1], "faces": sorted(mine[:2])}
    assert call("faces", "reject", mine[0]).code == 0
    assert of(call, 1) == mine[1:]
    assert call("faces", "confirm", mine[0], "--person", 2).code == 0
    assert mine[0] in of(call, 2)
    call("people", "name", 1, "Ann")
    assert call("faces", "move", mine[0], "--to", "ann").code == 0
    assert of(call, 1) == sorted(mine)
    moved = call("faces", "move", *mine[1:], "--json").document
    (new,) = set(moved["people"]) - {1}
    assert of(call, new) == mine[1:]
    assert call("people", "move", "Ann", *mine[1:]).code == 0
    assert of(call, "Ann") == sorted(mine)


def test_faces_are_chosen_by_photo_and_place(call: Call, library: Path) -> None:
    photo = library.parent / "photos" / "a.jpg"
    (face,) = faces(call, "--photo", photo)
    assert call("faces", "ignore", "--photo", photo, "--box", "11,19,30,41").code == 0
    assert faces(call, "--photo", photo) == []
    assert [row["face"] for row in faces(call, "--state", "ignored")] == [face["face"]]
    assert call("faces", "ignore", "--photo", photo).code == 2
    assert call("faces", "restore", "--photo", photo, "--json").document["faces"] == [face["face"]]
    assert call("faces", "restore", "--photo", photo).code == 2
    assert call("faces", "not-a-face", "--photo", photo).code == 0
    assert [row["face"] for row in faces(call, "--state", "not-a-face")] == [face["face"]]
    assert call("faces", "restore", face["face"]).code == 0
    assert call("faces", "ignore", "--photo", photo, "--unnamed").code == 0
    assert faces(call, "--photo", photo) == []
    unknown = call("faces", "confirm", "--photo", photo, "--box", "300,200,20,20")
    assert (unknown.code, unknown.out) == (1, "")
    assert call("faces", "confirm", "--photo", photo.with_name("none.jpg")).code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("confirm",),
        ("confirm", "1", "--photo", "a.jpg"),
        ("confirm", "1", "--box", "1,2,3,4"),
        ("ignore", "x"),
        ("ignore", "--unnamed"),
        ("ignore", "1", "--unnamed", "--photo", "a.jpg"),
        ("move", "1", "--same-photo", "--leave-out"),
        ("draw", "--photo", "a.jpg"),
        ("draw", "--photo", "a.jpg", "--box", "1,2,3"),
        ("draw", "--photo", "a.jpg", "--box", "nan,2,3,4"),
        ("correct", "1", "--box", "1,2,3,x"),
        ("same-person", "1"),
        ("delete", "1"),
    ],
)
def test_wrong_choices_end_with_2(call: Call, library: Path, words: tuple[str, ...]) -> None:
    said = call("faces", *words)
    assert (said.code, said.out) == (2, "")
    assert said.err
    assert len(faces(call)) == len(faces(call, "--state", "all"))


@pytest.mark.parametrize("verb", ["confirm", "reject", "move", "ignore", "not-a-face", "restore", "delete"])
def test_an_unknown_face_ends_with_1(call: Call, library: Path, verb: str) -> None:
    said = call("faces", verb, 999)
    assert (said.code, said.out) == (1, "")
    assert "999" in said.err


def test_two_faces_of_a_photo_need_an_answer(
    call: Call, library: Path, both: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, second = both
    for words in (
        ("people", "merge", 1, 2),
        ("faces", "move", second, "--to", 1),
        ("faces", "confirm", second, "--person", 1),
        ("people", "split", 2, second, "--to", 1),
        ("people", "move", 1, second),
    ):
        said = call(*words)
        assert (said.code, said.out) == (2, "")
        assert "--same-photo" in said.err
        assert "--leave-out" in said.err
    assert call("faces", "move", second, "--to", 1, "--leave-out").code == 0
    assert second in of(call, 2)
    # On a terminal it is asked.
    monkeypatch.setattr(session.Session, "can_ask", property(lambda self: True))
    monkeypatch.setattr(session.typer, "confirm", lambda *_, **__: False)
    assert call("people", "merge", 1, 2).code == 0
    assert of(call, 2) == [second]
    monkeypatch.setattr(session.typer, "confirm", lambda *_, **__: True)
    assert call("people", "merge", 1, 2).code == 0
    assert set(people(call)) == {1}


def test_a_mirror_is_said_and_taken_back(call: Call, library: Path, both: list[int]) -> None:
    first, second = both
    call("people", "name", 1, "Ann")
    assert call("faces", "same-person", first, second).code == 0
    assert {first, second} <= set(of(call, "Ann"))
    assert call("faces", "same-person", first, second, "--withdraw").code == 0
    assert second not in of(call, "Ann")
    assert call("faces", "same-person", first, first).code == 2


def test_a_name_that_is_taken_in_the_same_photo(call: Call, library: Path, both: list[int]) -> None:
    call("people", "name", 1, "Ann")
    said = call("people", "name", f"face:{both[1]}", "Ann", "--merge")
    assert (said.code, said.out) == (2, "")
    assert call("people", "name", f"face:{both[1]}", "Ann", "--merge", "--same-photo").code == 0
    assert both[1] in of(call, "Ann")


def test_a_face_is_drawn_corrected_and_deleted(call: Call, library: Path) -> None:
    photo = library.parent / "photos" / "a.jpg"  # an empty file by now: the face is kept all the same
    drawn = call("faces", "draw", "--photo", photo, "--box", "200,100,60,60", "--json").document
    assert set(drawn) == {"step", "face", "undescribed"}
    assert drawn["undescribed"]
    said = call("faces", "correct", drawn["face"], "--box", "210,110,60,60")
    assert (said.code, said.out) == (0, "")
    assert "not compared" in said.err
    (row,) = (face for face in faces(call) if face["face"] == drawn["face"])
    assert (row["box"], row["source"], row["landmarks"], row["model"]) == ([210, 110, 60, 60], "manual", [], None)
    assert call("faces", "draw", "--photo", photo, "--box", "212,110,60,60").code == 2
    assert call("faces", "draw", "--photo", photo, "--box", "1000,1000,60,60").code == 2
    assert call("faces", "delete", "--photo", photo, "--box", "210,110,60,60").code == 0
    assert drawn["face"] not in [face["face"] for face in faces(call, "--state", "all")]


# People


def test_people_are_hidden_and_shown(call: Call, library: Path) -> None:
    assert call("people", "hide", 1, "--json").document["people"] == [1]
    assert {person["state"] for person in people(call).values()} == {"hidden", "unnamed"}
    assert call("people", "restore", 1).code == 0
    assert call("people", "hide", "--groups-below", 100).code == 0
    assert {person["state"] for person in people(call).values()} == {"hidden"}
    for words in (("hide",), ("hide", "1", "--groups-below", "2"), ("hide", "--groups-below", "-1"), ("restore",)):
        assert call("people", *words).code == 2
    assert call("people", "hide", "Nobody").code == 1


def test_what_is_known_of_a_person_is_written_and_shown(call: Call, library: Path) -> None:
    call("people", "name", 1, "Ann")
    assert call("people", "note", "Ann", "met in Rome\nlikes [red]cats[/red]").code == 0
    assert call("people", "birth-date", "Ann", "1980-12-31").code == 0
    face = of(call, 1)[-1]
    assert call("people", "key-face", "Ann", face).code == 0
    shown = call("people", "show", "Ann", "--json").document
    assert (shown["note"], shown["birth_date"], shown["key_face"]) == (
        "met in Rome\nlikes [red]cats[/red]",
        "1980-12-31",
        face,
    )
    text = call("people", "show", "Ann").out
    assert "Born 1980-12-31" in text
    assert "likes [red]cats[/red]" in text
    assert call("people", "key-face", "Ann", "--automatic").code == 0
    assert call("people", "birth-date", "Ann", "").code == 0
    assert call("people", "note", "Ann", "").code == 0
    shown = call("people", "show", "Ann", "--json").document
    assert (shown["note"], shown["birth_date"]) == ("", None)
    for words in (
        ("key-face", "Ann"),
        ("key-face", "Ann", face, "--automatic"),
        ("key-face", "Ann", of(call, 2)[0]),
        ("birth-date", "Ann", "tomorrow"),
        ("birth-date", "Ann", "2999-01-01"),
    ):
        said = call("people", *words)
        assert (said.code, said.out) == (2, "")


def test_people_are_confirmed_and_those_used_last_are_listed(call: Call, library: Path) -> None:
    assert call("people", "confirm", 1, 2).code == 0
    assert {face["assignment"] for face in faces(call)} == {"confirmed"}
    call("people", "name", 1, "Ann")
    call("people", "name", 2, "Bob")
    assert [person["name"] for person in call("people", "list", "--recent", 1, "--json").lines] == ["Bob"]
    assert call("people", "list", "--recent", -1).code == 2


def test_breaking_up_shows_the_parts_first(call: Call, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = of(call, 1)
    parts = [mine[:2], mine[2:]]
    monkeypatch.setattr("faceorganizer.services.people.library_model", lambda _: None)
    monkeypatch.setattr("faceorganizer.services.people.parts_task", lambda *_: None)
    monkeypatch.setattr("faceorganizer.db.repositories.models.ModelRepository.id_of", lambda *_: 1)
    monkeypatch.setattr("faceorganizer.services.people.propose_parts", lambda *_: parts)
    shown = call("people", "break-up", 1, "--dry-run", "--json").document
    assert shown == {"step": "", "people": [], "parts": parts}
    assert "Nothing was changed" in call("people", "break-up", 1, "--dry-run").err
    assert of(call, 1) == mine
    assert call("people", "break-up", 1, "--keep", 3).code == 2
    done = call("people", "break-up", 1, "--keep", 2, "--json").document
    assert done["step"] == "break up"
    assert of(call, 1) == mine[2:]
    (new,) = set(done["people"]) - {1}
    assert of(call, new) == mine[:2]
    monkeypatch.setattr("faceorganizer.services.people.propose_parts", lambda *_: parts[:1])
    assert "holds together" in call("people", "break-up", 2).err
    assert json.loads(call("people", "break-up", 2, "--json").out)["parts"] == parts[:1]


def test_every_decision_can_be_undone(call: Call, library: Path) -> None:
    mine = of(call, 1)
    for words in (
        ("faces", "confirm", *mine),
        ("faces", "reject", mine[0]),
        ("faces", "ignore", mine[1]),
        ("faces", "move", mine[0]),
        ("people", "hide", 2),
        ("people", "note", 2, "who?"),
        ("people", "merge", 1, 2),
    ):
        before = call("faces", "list", "--state", "all", "--json").out, call("people", "list", "--json").out
        assert call(*words).code == 0
        assert call("undo").code == 0
        after = call("faces", "list", "--state", "all", "--json").out, call("people", "list", "--json").out
        assert after == before
        assert call("redo").code == 0


# What was typed


def test_a_number_is_an_id_first_and_a_name_where_nobody_has_that_id(call: Call, library: Path) -> None:
    call("people", "name", 1, "2")
    call("people", "name", 2, "1984")
    assert call("people", "show", "2", "--json").document["person"] == 2
    assert call("people", "show", "1984", "--json").document["person"] == 2
    answer = call("people", "show", "1985")
    assert (answer.code, "The library has no person 1985." in answer.err) == (1, True)


@pytest.mark.parametrize("nobody", ["", "  ", "\t"])
def test_an_empty_name_names_nobody(call: Call, library: Path, nobody: str) -> None:
    answer = call("people", "hide", nobody)
    assert (answer.code, "Nobody has an empty name." in answer.err) == (1, True)


def test_messages_tell_the_name_as_it_is_stored_and_each_face_once(call: Call, library: Path) -> None:
    answer = call("people", "name", 1, "  Ann\tof \x1b[31mthe\nsea ")
    assert answer.err == "Person 1 is Ann of [31mthe sea.\n"
    mine = of(call, 1)
    assert call("people", "move", 2, mine[0], mine[0]).err == "Moved 1 face to person 2.\n"
    assert call("faces", "reject", mine[0], mine[0]).err == "Rejected 1 face.\n"


def test_a_photo_without_such_faces_says_which_were_looked_for(call: Call, library: Path) -> None:
    photo = faces(call)[0]["photo"]
    assert "that is ignored or none is known in" in call("faces", "restore", "--photo", photo).err
    call("faces", "ignore", "--photo", photo)
    assert "that is not ignored or none is known in" in call("faces", "confirm", "--photo", photo).err


def test_whoever_has_a_name_is_told_as_it_is_written(call: Call, library: Path) -> None:
    call("people", "name", 1, "Ann")
    assert "Person 1 is named Ann already." in call("people", "name", 2, "ANN").err
