import sqlite3
from pathlib import Path

import pytest
from patch_pictures import MODEL

from faceorganizer.domain.faces import AssignmentSource, FaceSource
from faceorganizer.domain.pictures import Detail, ScanState
from faceorganizer.domain.regions import ImportedRegion, OnConflict, RegionOrigin
from faceorganizer.domain.review import Suggestion
from faceorganizer.services.interchange.import_report import NamesTakenError

PHOTOS = Path("/photos")


def said(photo, name, box=None, origin=RegionOrigin.MWG):
    return ImportedRegion(PHOTOS / photo, name, box, origin)


def place(index, grow=0):
    return (30.0 * index - grow, 10.0 - grow, 20.0 + 2 * grow, 20.0 + 2 * grow)


@pytest.fixture
def take_in(library):
    return library.importing.take_in


def dumped(path, without=()):
    """All rows, in the tables' own words."""
    connection = sqlite3.connect(path)
    lines = [line for line in connection.iterdump() if not any(f'INTO "{name}"' in line for name in without)]
    connection.close()
    return [line for line in lines if "sqlite_sequence" not in line]


def holders(library):
    """Name and source by face."""
    return {face.face: (face.name, face.assignment) for face in library.faces.list()}


def test_a_region_confirms_the_face_it_frames(library, add_photo, take_in):
    _, (first, second) = add_photo("a.jpg", 2)
    report = take_in(
        [said("a.jpg", "Ann", place(0, 2)), said("a.jpg", " Ben ", place(1, 8)), said("a.jpg", None, place(3))]
    )
    assert (report.photos, report.confirmed, report.drawn, report.unnamed) == (1, 2, 0, 1)
    assert report.people == ("Ann", "Ben")
    assert holders(library) == {first: ("Ann", AssignmentSource.IMPORTED), second: ("Ben", AssignmentSource.IMPORTED)}
    assert report.changes.step == "import names"


def test_it_is_one_step_and_can_be_undone_and_done_again(library, database, add_photo, take_in):
    add_photo("a.jpg", 2)
    add_photo("b.jpg", 1)
    before = dumped(database.path, {"journal", "scan"})
    take_in([said("a.jpg", "Ann", place(0)), said("b.jpg", "Ann", place(0)), said("b.jpg", "Ben", place(5))])
    after = dumped(database.path, {"journal", "scan"})
    assert len(library.history()) == 1
    library.undo()
    assert dumped(database.path, {"journal", "scan"}) == before
    library.redo()
    assert dumped(database.path, {"journal", "scan"}) == after


def test_an_unmatched_region_becomes_a_drawn_face(library, add_photo, take_in):
    _, (known,) = add_photo("a.jpg", 1)
    report = take_in([said("a.jpg", "Ann", (200, 100, 40, 50)), said("a.jpg", "Ben", (900, 100, 40, 50))])
    assert (report.confirmed, report.drawn) == (0, 1)
    assert [(note.name, note.reason) for note in report.conflicts] == [("Ben", "the box does not lie in the photo")]
    (drawn,) = [face for face in library.faces.list() if face.face != known]
    assert (drawn.source, drawn.name, drawn.box) == (FaceSource.MANUAL, "Ann", (200, 100, 40, 50))


def test_on_trial_nothing_is_written(library, database, add_photo, take_in):
    add_photo("a.jpg", 1)
    before = dumped(database.path)
    report = take_in([said("a.jpg", "Ann", place(0)), said("a.jpg", "Ben", place(5))], dry_run=True)
    assert (report.confirmed, report.drawn, report.people) == (1, 1, ("Ann", "Ben"))
    assert dumped(database.path) == before


def test_importing_again_changes_nothing(library, add_photo, take_in):
    add_photo("a.jpg", 1)
    regions = [said("a.jpg", "Ann", place(0)), said("a.jpg", "Ben", place(5))]
    take_in(regions)
    report = take_in(regions)
    assert (report.confirmed, report.drawn, report.agreed, report.conflicts) == (0, 0, 2, ())
    assert len(library.history()) == 1


def test_a_group_takes_the_name_when_all_names_in_it_agree(library, group, take_in):
    number, faces = group("a", 4)
    take_in([said("a0.jpg", "Ann", place(0)), said("a1.jpg", "Ann", place(0))])
    record = library.people.get(number)
    assert (record.name, record.faces) == ("Ann", 4)
    assert [holders(library)[face][1] for face in faces[1:3]] == [AssignmentSource.IMPORTED, AssignmentSource.AUTOMATIC]


def test_a_mixed_group_is_taken_apart(library, group, take_in):
    number, _ = group("a", 3)
    take_in([said("a0.jpg", "Ann", place(0)), said("a1.jpg", "Ben", place(0))])
    assert {name for name, _ in holders(library).values()} == {"Ann", "Ben", None}
    assert library.people.get(number).faces == 1
    library.undo()
    assert library.people.get(number).faces == 3


def test_what_was_decided_here_wins_and_is_told(library, add_photo, take_in):
    _, (first, _second, third, fourth) = add_photo("a.jpg", 4)
    library.people.name_faces([first], "Ann")
    ben = take_in([said("a.jpg", "Ben", place(1))])
    assert ben.confirmed == 1
    library.faces.ignore([third])
    (carl,) = [person.id for person in library.people.list() if person.name == "Ben"]
    library.faces.reject([fourth], carl)
    report = take_in([said("a.jpg", "Zoe", place(0)), said("a.jpg", "Yves", place(2))])
    assert sorted((note.name, note.reason) for note in report.conflicts) == [
        ("Yves", "it is ignored, as you said here"),
        ("Zoe", "you said here that it is Ann"),
    ]
    report = take_in([said("a.jpg", "Ben", place(3))], on_conflict=OnConflict.MERGE)
    assert [note.reason for note in report.conflicts] == ["you said here that it is not that person"]
    assert not report.changes


def test_a_guess_of_a_machine_gives_way(library, database, add_photo, take_in):
    _, (first, second) = add_photo("a.jpg", 2)
    with database.write() as unit:
        ann = unit.people.create("Ann")
        unit.people.assign([first], ann, AssignmentSource.AUTOMATIC)
    report = take_in([said("a.jpg", "Ben", place(0)), said("a.jpg", "Ann", place(1))], on_conflict=OnConflict.MERGE)
    assert report.confirmed == 2
    assert {face: name for face, (name, _) in holders(library).items()} == {first: "Ben", second: "Ann"}
    library.undo()
    assert holders(library) == {first: ("Ann", AssignmentSource.AUTOMATIC), second: (None, None)}


def test_another_face_of_the_photo_is_the_person_already(library, database, add_photo, take_in):
    _, (first, second) = add_photo("a.jpg", 2)
    library.people.name_faces([first], "Ann")
    report = take_in([said("a.jpg", "Ann", place(1))], on_conflict=OnConflict.MERGE)
    assert "another face" in report.conflicts[0].reason
    report = take_in([said("a.jpg", "Ben", place(0, 1)), said("a.jpg", "ann", place(1))], on_conflict=OnConflict.MERGE)
    assert len(report.conflicts) == 2
    assert holders(library)[second] == (None, None)


@pytest.mark.parametrize(
    ("answer", "people", "conflicts"),
    [(OnConflict.MERGE, 1, 0), (OnConflict.SEPARATE, 2, 0), (OnConflict.SKIP, 1, 1)],
)
def test_names_that_are_taken(library, add_photo, take_in, answer, people, conflicts):
    _, (first,) = add_photo("a.jpg", 1)
    add_photo("b.jpg", 1)
    library.people.name_faces([first], "Ann")
    with pytest.raises(NamesTakenError, match="ANN") as caught:
        take_in([said("b.jpg", "ANN", place(0))])
    assert "--on-conflict" in caught.value.advice
    report = take_in([said("b.jpg", "ANN", place(0))], on_conflict=answer)
    assert len([person for person in library.people.list() if person.name]) == people
    assert len(report.conflicts) == conflicts
    again = take_in([said("b.jpg", "ANN", place(0))], on_conflict=answer)
    assert not again.changes


def test_several_of_one_name_are_not_guessed_at(library, add_photo, take_in):
    faces = [add_photo(f"{name}.jpg", 1)[1][0] for name in "abc"]
    library.people.name_faces([faces[0]], "Ann")
    library.people.name_faces([faces[1]], "Ann", same=False)
    report = take_in([said("c.jpg", "Ann", place(0))], on_conflict=OnConflict.MERGE)
    assert report.conflicts[0].reason == "several people have that name"


def test_a_photo_that_names_somebody_twice(library, add_photo, take_in):
    _, (first, second) = add_photo("a.jpg", 2)
    report = take_in([said("a.jpg", "Ann", place(0, 3)), said("a.jpg", "Ann", place(1))])
    assert holders(library) == {first: (None, None), second: ("Ann", AssignmentSource.IMPORTED)}
    assert report.conflicts[0].reason == "the photo names that person twice"


def test_names_without_boxes(library, add_photo, take_in):
    _, (alone,) = add_photo("a.jpg", 1)
    _, (one, other) = add_photo("b.jpg", 2)
    add_photo("c.jpg", 0)
    report = take_in([said("a.jpg", "Ann"), said("b.jpg", "Ben"), said("c.jpg", "Cleo"), said("nowhere.jpg", "Dora")])
    assert holders(library) == {
        alone: ("Ann", AssignmentSource.IMPORTED),
        one: (None, None),
        other: (None, None),
    }
    assert [(note.name, note.reason) for note in report.unplaced] == [
        ("Ben", "it may be any of 2 faces"),
        ("Cleo", "none of its faces is free"),
    ]
    assert report.unknown == (PHOTOS / "nowhere.jpg",)
    library.people.name_faces([one], "Eve")
    take_in([said("b.jpg", "Ben"), said("b.jpg", "Eve")])
    assert holders(library)[other] == ("Ben", AssignmentSource.IMPORTED)


def test_suggestions_say_which_face_a_name_belongs_to(library, take_in, add_photo, monkeypatch):
    _, (first, second) = add_photo("a.jpg", 2)
    _, (known,) = add_photo("b.jpg", 1)
    library.people.name_faces([known], "Ann")
    (ann,) = (person.id for person in library.people.list() if person.name)
    likely = {second: (Suggestion(ann, "Ann", 0.7),), first: (Suggestion(ann, "Ann", 0.4),)}
    monkeypatch.setattr(library.review, "suggestions", likely.get)
    report = take_in([said("a.jpg", "Ann"), said("a.jpg", "Ben")], on_conflict=OnConflict.MERGE)
    assert holders(library)[second] == ("Ann", AssignmentSource.IMPORTED)
    assert [note.name for note in report.unplaced] == ["Ben"]


def test_what_another_program_changed_since_it_was_written_counts(library, add_photo, take_in):
    _, (face,) = add_photo("a.jpg", 1)
    library.people.name_faces([face], "Ann")
    regions = [said("a.jpg", "Ben", place(0))]
    assert take_in(regions, written={}).conflicts
    assert take_in(regions, written={face: "Zoe"}).conflicts
    assert take_in(regions, written={face: "ann"}).confirmed == 1
    assert holders(library)[face] == ("Ben", AssignmentSource.IMPORTED)
    library.undo()
    assert holders(library)[face][0] == "Ann"


def test_a_drawn_face_is_described_at_the_next_scan(library, database, add_photo, take_in):
    content, _ = add_photo("a.jpg", 1)
    with database.write() as unit:
        model = unit.models.id_of(MODEL)
        unit.scans.record(content, "test", Detail.FAST, model, ScanState.DONE, "")
    take_in([said("a.jpg", "Ann", (200, 100, 40, 50))])
    with database.read() as unit:
        assert unit.scans.unfinished("test", (Detail.FAST,), model) == [content]
