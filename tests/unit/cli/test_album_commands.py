"""The albums commands, and the options that ask for photos."""

from pathlib import Path

import pytest
from program_calls import Call


def test_albums_from_making_to_deleting(call: Call, library: Path, tmp_path: Path) -> None:
    call("people", "name", "1", "Ann")
    made = call("albums", "create", "Of Ann", "--person", "ann", "--json")
    assert made.code == 0
    assert (made.document["step"], made.document["albums"]) == ("new album", [1])
    kept = call("albums", "create", "Kept", "--photo", tmp_path / "photos" / "a.jpg")
    assert (kept.code, kept.err) == (0, "Album 2, Kept, has 1 photo.\n")
    first, second = call("albums", "list", "--json").lines
    assert (first["name"], first["rule"], first["photos"]) == ("Kept", None, 1)
    assert (second["rule"], second["people"], second["gone"]) == ({"version": 1, "any_of": [1]}, [1], [])
    assert second["photos"] == len(call("photos", "--person", "Ann", "--json").lines)
    assert call("albums", "add", "kept", "2", tmp_path / "photos" / "a.jpg").err == "Album 2, Kept, has 2 photos now.\n"
    shown = call("albums", "show", "Kept", "--json").document
    assert [photo["photo"] for photo in shown["photos_list"]] == [2, 1]
    assert call("albums", "remove", "Kept", "1").code == 0
    assert call("albums", "rename", "Kept", "Kept long").code == 0
    assert "any of Ann" in call("albums", "list").out
    assert call("albums", "rule", "Of Ann", "--person", "Ann", "--all", "--min-faces", "1").code == 0
    assert call("albums", "show", "of ann", "--json").document["rule"] == {
        "version": 1,
        "all_of": [1],
        "min_faces": 1,
    }
    assert call("albums", "delete", "Kept long").code == 0
    undone = call("undo", "--json").document
    assert undone == {"step": "delete album", "people": [], "faces": [], "albums": [2]}
    assert call("redo").out == "Done again: delete album (1 album, 0 people, 0 faces).\n"
    assert len(call("albums", "list", "--json").lines) == 1


def test_what_fits_now_is_kept(call: Call, library: Path) -> None:
    assert call("albums", "create", "Now", "--person", "1", "--keep").code == 0
    shown = call("albums", "show", "Now", "--json").document
    assert shown["rule"] is None
    assert shown["photos"] == len(call("photos", "--person", "1", "--json").lines)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("create", " "), 2, "not empty"),
        (("create", "x", "--photo", "a.jpg", "--year", "2020"), 2, "--keep"),
        (("create", "x", "--any"), 2, "need a --person"),
        (("create", "x", "--from", "yesterday"), 2, "YYYY-MM-DD"),
        (("create", "x", "--from", "2021-01-01", "--to", "2020-01-01"), 2, "No photo was taken"),
        (("create", "x", "--person", "nobody"), 1, "Nobody is named"),
        (("create", "x", "--photo", "nothing.jpg"), 1, "does not know"),
        (("show", "x"), 1, "No album is named x"),
        (("rule", "x"), 2, "needs an option"),
        (("add", "x"), 2, "Missing argument"),
    ],
)
def test_mistakes_are_told(call: Call, library: Path, words: tuple[str, ...], code: int, said: str) -> None:
    answer = call("albums", *words)
    assert answer.code == code, answer.err
    assert said in answer.err
    assert call("albums", "list", "--json").lines == []


def test_photos_by_faces_folder_and_name(call: Call, library: Path, tmp_path: Path) -> None:
    every = len(call("photos", "--json").lines)
    found = {
        words: len(call("photos", *words, "--json").lines)
        for words in [
            ("--min-faces", "1"),
            ("--min-faces", "2"),
            ("--max-faces", "1"),
            ("--with-unnamed",),
            ("--folder", str(tmp_path / "photos")),
            ("--folder", str(tmp_path / "elsewhere")),
            ("--from", "2020-01-01"),
        ]
    }
    # One could not be read, and none was searched with a date.
    assert list(found.values()) == [every - 1, 0, 0, every - 1, every, 0, 0]


def test_every_option_is_explained(call: Call) -> None:
    for words in (("photos",), ("albums", "create"), ("albums", "rule")):
        said = call(*words, "--help")
        assert said.code == 0
        for option in ("--person", "--any", "--without", "--from", "--to", "--min-faces", "--folder", "--with-unnamed"):
            assert option in said.out, (words, option)
