"""What one library knows of people, taken into another one of the same photos."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from exported_album import Album

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.faces import AssignmentSource, FaceState
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.regions import OnConflict
from faceorganizer.library import Library
from faceorganizer.services.interchange.import_report import NamesTakenError


@pytest.fixture
def first(library: Library, database: Database, photos: Path) -> Library:
    """Ann in two photos, Ben in one of them, a stranger; one face is ignored, one none, one a machine's guess."""
    album = Album(database, photos)
    ann, ben, group = album.person("Ann"), album.person("Ben"), album.person(None)
    album.photo("a.jpg", ann, None)
    album.photo("both.jpg", ann, ben)
    album.photo("stranger.jpg", group, None)
    album.photo("guess.jpg", None)
    faces = library.faces.list()
    library.faces.ignore([faces[1].face])
    library.faces.not_a_face([faces[5].face])
    with database.write() as unit:
        unit.people.assign([faces[6].face], ann, AssignmentSource.AUTOMATIC)
    library.people.note(ann, "a friend")
    library.people.birth_date(ann, date(1990, 1, 2))
    library.people.hide([ben])
    return library


@pytest.fixture
def second(first: Library, tmp_path: Path) -> Iterator[Library]:
    """The same photos elsewhere, with the same faces found by a machine, a little to the side, and nothing decided."""
    folder = tmp_path / "elsewhere"
    shutil.copytree(tmp_path / "photos", folder)
    database = Database.create(tmp_path / "second")
    other = Library(database, tmp_path / "settings.toml")
    album = Album(database, folder)
    for name, count in (("a.jpg", 2), ("both.jpg", 2), ("stranger.jpg", 2), ("guess.jpg", 1)):
        album.known(name, count)
    yield other
    assert other.check() == []
    other.close()


def held(library: Library) -> dict[tuple[str, int], str | None]:
    return {(face.path.name, face.box[0]): face.name for face in library.faces.list()}


@pytest.mark.parametrize("form", ["csv", "json"])
def test_names_and_decisions_come_over(first: Library, second: Library, tmp_path: Path, form: str) -> None:
    table = tmp_path / f"faces.{form}"
    first.export.export_table(form, table)  # type: ignore[arg-type]
    trial = second.tables.take_in(form, table, dry_run=True)  # type: ignore[arg-type]
    assert [person.name for person in second.people.list()] == []
    report = second.tables.take_in(form, table)  # type: ignore[arg-type]
    assert (trial.names.confirmed, trial.set_aside) == (report.names.confirmed, report.set_aside)
    assert (report.names.confirmed, report.names.people, report.guesses) == (3, ("Ann", "Ben"), 1)
    names = held(second)
    assert [names["a.jpg", 2], names["both.jpg", 2], names["both.jpg", 14], names["guess.jpg", 2]] == [
        "Ann",
        "Ann",
        "Ben",
        None,
    ]
    assert {face.assignment for face in second.faces.list() if face.name} == {AssignmentSource.IMPORTED}
    if form == "json":
        assert (report.set_aside, report.described) == (2, 2)
        states = {(f.path.name, f.state) for f in second.faces.list(state="all") if f.state is not FaceState.ACTIVE}
        assert states == {("a.jpg", FaceState.IGNORED), ("stranger.jpg", FaceState.NOT_A_FACE)}
        ann, ben = second.people.find("Ann"), second.people.find("Ben")
        assert (ann.note, ann.birth_date, ben.hidden) == ("a friend", date(1990, 1, 2), True)
        assert [step.step for step in second.history()] == ["import json: decisions", "import json"]
        second.undo()
    second.undo()
    assert set(held(second).values()) == {None}


def test_again_nothing_changes(first: Library, second: Library, tmp_path: Path) -> None:
    first.export.export_table("json", tmp_path / "faces.json")
    second.tables.take_in("json", tmp_path / "faces.json")
    steps = second.history()
    report = second.tables.take_in("json", tmp_path / "faces.json", on_conflict=OnConflict.MERGE)
    assert (report.names.confirmed, report.names.agreed, report.set_aside) == (0, 3, 0)
    assert second.history() == steps


def test_a_name_that_is_taken_has_to_be_answered(first: Library, second: Library, tmp_path: Path) -> None:
    first.export.export_table("json", tmp_path / "faces.json")
    guess = next(face.face for face in second.faces.list() if face.path.name == "guess.jpg")
    second.people.name_face(guess, "ann")
    with pytest.raises(NamesTakenError, match="Ann"):
        second.tables.take_in("json", tmp_path / "faces.json")
    report = second.tables.take_in("json", tmp_path / "faces.json", on_conflict=OnConflict.MERGE)
    assert (report.names.people, second.people.find("ann").note) == (("Ben",), "a friend")
    assert second.people.find("ann").faces == 3


def test_what_is_decided_here_stays(first: Library, second: Library, tmp_path: Path) -> None:
    first.export.export_table("json", tmp_path / "faces.json")
    mine = {(face.path.name, face.box[0]): face.face for face in second.faces.list()}
    second.people.name_face(mine["a.jpg", 2], "Cleo")
    second.faces.confirm([FaceId(mine["stranger.jpg", 14])], PersonId(second.people.find("Cleo").id))
    report = second.tables.take_in("json", tmp_path / "faces.json")
    assert [note.name for note in report.names.conflicts] == ["Ann"]
    assert report.set_aside == 1
    assert held(second)["a.jpg", 2] == "Cleo"
    assert held(second)["stranger.jpg", 14] == "Cleo"


def test_photos_that_are_unknown_or_turned_otherwise(first: Library, second: Library, tmp_path: Path) -> None:
    table = tmp_path / "faces.json"
    first.export.export_table("json", table)
    document = json.loads(table.read_text())
    document["faces"][0]["photo_width"] += 1
    document["faces"][1]["photo_hash"] = "00" * 32
    document["faces"].append({"photo": "/nowhere.jpg", "box": [1, 2, 3, 4], "name": "Zed"})
    document["faces"].append({"box": "x"})
    table.write_text(json.dumps(document))
    report = second.tables.take_in("json", table)
    assert Path("/nowhere.jpg") in report.names.unknown
    assert len(report.names.unknown) == 2
    assert sorted(problem.reason for problem in report.names.problems) == [
        "faces[7]: x is None" if len(document["faces"]) == 8 else f"faces[{len(document['faces']) - 1}]: x is None",
        "the photo has another size or is turned otherwise here",
    ]
    assert report.names.confirmed == 1


def test_a_table_by_paths_alone(second: Library, tmp_path: Path) -> None:
    table = tmp_path / "by hand.csv"
    table.write_text(f"name,photo,x,y,width,height\nAnn,{tmp_path / 'elsewhere' / 'a.jpg'},3,5,10,10\n")
    assert second.tables.take_in("csv", table).names.confirmed == 1
    assert second.people.find("Ann").faces == 1
    table.write_text("no table")
    with pytest.raises(UsageError):
        second.tables.take_in("csv", table)
