import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from patch_pictures import MODEL, observations

from faceorganizer.db import tables
from faceorganizer.db.database import Database
from faceorganizer.db.engine import driver
from faceorganizer.db.repositories.faces import DRAWN
from faceorganizer.domain.errors import LibraryLockedError, StepConflictError, StorageError, UsageError
from faceorganizer.domain.faces import AssignmentSource, FaceState
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.library import Library
from faceorganizer.services.events import LibraryChanged
from faceorganizer.services.undo import BarrierError, NothingToUndoError

REPO = Path(__file__).resolve().parents[3]
AddPhoto = Callable[..., tuple[ContentId, list[FaceId]]]
Rows = dict[str, list[tuple[Any, ...]]]
BOX = (30.0, 10.0, 20.0, 20.0)
ELSEWHERE = (200.0, 150.0, 20.0, 20.0)


@pytest.fixture
def rows(database: Database) -> Callable[[], Rows]:
    """Every row of every table but the journal's."""

    def read() -> Rows:
        connection = sqlite3.connect(database.path)
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        found = {
            name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for name in names
            if name not in ("journal", "sqlite_sequence")
        }
        connection.close()
        return found

    return read


@pytest.fixture
def rescan(database: Database) -> Callable[..., list[FaceId]]:
    """Search a photo again: ``rescan(content, [BOX], matches=[(face, 0)], drop=[face])``."""

    def search(
        content: ContentId, boxes: Sequence[Any], matches: Sequence[Any] = (), drop: Sequence[FaceId] = ()
    ) -> list[FaceId]:
        with database.write() as unit:
            model = unit.models.id_of(MODEL)
            return unit.faces.store(content, model, "finer", observations(boxes, seed=99), matches, drop)

    return search


def put_automatically(database: Database, faces: list[FaceId], person: PersonId) -> None:
    with database.write() as unit:
        unit.people.assign(faces, person, AssignmentSource.AUTOMATIC)


def group(database: Database, faces: list[FaceId]) -> PersonId:
    with database.write() as unit:
        person = unit.people.create(None)
        unit.people.assign(faces, person, AssignmentSource.AUTOMATIC)
    return person


def behind_the_back(database: Database, *statements: str) -> None:
    with sqlite3.connect(database.path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def holders(library: Library) -> dict[int, tuple[int | None, str | None]]:
    return {face.face: (face.person, face.assignment) for face in library.faces.list(state="all")}


def test_nothing_to_undo_or_redo(library: Library) -> None:
    with pytest.raises(NothingToUndoError, match="nothing to undo"):
        library.undo()
    with pytest.raises(NothingToUndoError, match="nothing to redo"):
        library.redo()
    assert library.history() == []


def test_steps_are_walked_back_and_forth_in_their_order(
    library: Library, add_photo: AddPhoto, rows: Callable[[], Rows]
) -> None:
    faces = [add_photo(f"{number}.jpg")[1][0] for number in range(4)]
    states = [rows()]
    for face, name in zip(faces, ("Ann", "Bob", "Cid"), strict=False):
        library.people.name_face(face, name)
        states.append(rows())
    library.people.merge([library.people.find("Ann").id, library.people.find("Bob").id], name="Bob")
    states.append(rows())
    for state in reversed(states[:-1]):
        library.undo()
        assert rows() == state
    with pytest.raises(NothingToUndoError):
        library.undo()
    assert [step.undone for step in library.history()] == [True] * 4
    for state in states[1:]:
        library.redo()
        assert rows() == state
    with pytest.raises(NothingToUndoError):
        library.redo()


def test_history_tells_what_steps_did_and_outlives_a_restart(
    library: Library, database: Database, add_photo: AddPhoto, tmp_path: Any
) -> None:
    faces = [add_photo(f"{number}.jpg")[1][0] for number in range(3)]
    library.people.name(group(database, faces), "Ann")
    library.people.name_face(faces[0], "Bob")
    library.undo()
    other = Database.open(database.folder)
    again = Library(other, tmp_path / "settings.toml")
    newest, oldest = again.history()
    assert (newest.step, newest.undone, newest.barrier) == ("name face", True, False)
    assert (oldest.step, oldest.undone, oldest.description) == ("name", False, "1 person, 3 faces")
    assert again.history(1) == [newest]
    again.redo()
    assert again.people.find("Bob").faces == 1
    other.close()


def test_a_new_decision_cuts_off_what_was_undone(library: Library, add_photo: AddPhoto) -> None:
    faces = add_photo("a.jpg", 2)[1]
    library.people.name_face(faces[0], "Ann")
    library.people.name_face(faces[1], "Bob")
    library.undo()
    library.undo()
    library.people.name_face(faces[0], "Cid")
    with pytest.raises(NothingToUndoError):
        library.redo()
    assert [step.step for step in library.history()] == ["name face"]


def test_a_refused_decision_cuts_off_nothing(library: Library, add_photo: AddPhoto) -> None:
    library.people.name_face(add_photo("a.jpg")[1][0], "Ann")
    library.undo()
    with pytest.raises(UsageError):
        library.people.merge([])
    library.redo()


def test_undoing_tells_listeners_what_changed(library: Library, add_photo: AddPhoto) -> None:
    heard = []

    class Listener:
        def note(self, event: LibraryChanged) -> None:
            heard.append(event.changes)

    face = add_photo("a.jpg")[1][0]
    library.people.name_face(face, "Ann")
    listener = Listener()
    library.events.subscribe(LibraryChanged, listener.note)
    changes = library.undo()
    assert heard == [changes]
    assert changes.step == "name face"
    assert changes.of("face") == {face}
    assert len(changes.of("person")) == 1


# What machines wrote since gives way


def test_a_person_that_a_scan_has_filled_stays_as_a_group(
    library: Library, database: Database, add_photo: AddPhoto, rows: Callable[[], Rows]
) -> None:
    named, *found = [add_photo(f"{number}.jpg")[1][0] for number in range(3)]
    library.people.name_face(named, "Ann")
    ann = library.people.find("Ann").id
    put_automatically(database, found, ann)
    before = rows()
    library.undo()
    assert library.people.find(str(ann)).name is None
    assert holders(library) == {named: (None, None), **dict.fromkeys(found, (ann, "automatic"))}
    library.redo()
    assert rows() == before


def test_undoing_a_merge_leaves_what_a_scan_added_where_it_is(
    library: Library, database: Database, add_photo: AddPhoto
) -> None:
    faces = [add_photo(f"{number}.jpg")[1][0] for number in range(5)]
    first, second = group(database, faces[:2]), group(database, faces[2:4])
    library.people.merge([first, second])
    put_automatically(database, [faces[4]], first)
    library.undo()
    assert holders(library) == {
        faces[0]: (first, "automatic"),
        faces[1]: (first, "automatic"),
        faces[2]: (second, "automatic"),
        faces[3]: (second, "automatic"),
        faces[4]: (first, "automatic"),
    }


def test_a_group_that_a_grouping_deleted_comes_back(library: Library, database: Database, add_photo: AddPhoto) -> None:
    faces = [add_photo(f"{number}.jpg")[1][0] for number in range(3)]
    whole = group(database, faces)
    with database.write("take out") as unit:
        unit.people.unassign(faces[:2])
    with database.write() as unit:
        run = unit.runs.add("test", {}, unit.models.id_of(MODEL), 0, 0.0, {})
        unit.people.apply_grouping(run, np.array(faces), np.array([-2, -2, -2]))
    assert [person.id for person in library.people.list()] != [whole]
    library.undo()
    assert {face: holder for face, (holder, _) in holders(library).items() if face != faces[2]} == {
        faces[0]: whole,
        faces[1]: whole,
    }


def test_a_face_that_a_scan_dropped_is_passed_over(
    library: Library, add_photo: AddPhoto, rescan: Callable[..., list[FaceId]]
) -> None:
    content, (lost, kept) = add_photo("a.jpg", 2)
    library.people.name_face(kept, "Ann")
    library.people.split(library.people.find("Ann").id, [kept])
    library.people.name_face(lost, "Bob")
    library.undo()
    rescan(content, [], drop=[lost])
    library.redo()
    assert library.people.find("Bob").faces == 0
    for _ in range(3):
        library.undo()
    assert holders(library) == {kept: (None, None)}
    for _ in range(3):
        library.redo()


def test_a_face_that_was_found_again_keeps_its_new_place(
    library: Library, add_photo: AddPhoto, rescan: Callable[..., list[FaceId]]
) -> None:
    content, (face,) = add_photo("a.jpg")
    library.people.name_face(face, "Ann")
    rescan(content, [BOX], matches=[(face, 0)])
    library.undo()
    (record,) = library.faces.list()
    assert (record.person, record.box) == (None, (30, 10, 20, 20))


def test_a_face_that_a_machine_assigned_after_it_was_taken_out(
    library: Library, database: Database, add_photo: AddPhoto
) -> None:
    faces = [add_photo(f"{number}.jpg")[1][0] for number in range(4)]
    library.people.name(group(database, faces[:2]), "Ann")
    with database.write("take out") as unit:
        unit.people.unassign([faces[0]])
    other = group(database, faces[2:])
    put_automatically(database, [faces[0]], other)
    library.undo()
    assert holders(library)[faces[0]] == (library.people.find("Ann").id, "confirmed")


def test_a_rejection_that_is_back_takes_the_face_from_where_a_machine_put_it(
    library: Library, database: Database, add_photo: AddPhoto
) -> None:
    faces = [add_photo(f"{number}.jpg")[1][0] for number in range(3)]
    ann = group(database, faces[:2])
    with database.write("reject") as unit:
        unit.people.reject([(faces[2], ann)], "user")
    with database.write("take back") as unit:
        unit.people.unreject([(faces[2], ann)])
    put_automatically(database, [faces[2]], ann)
    library.undo()
    assert holders(library)[faces[2]] == (None, None)
    assert database.check() == []


# Drawn and corrected faces


def draw(database: Database, content: ContentId) -> FaceId:
    """What drawing a face by hand writes: a face with landmarks, and a descriptor, in one step."""
    with database.write("draw") as unit:
        number = 1000
        row = dict(zip(("x", "y", "width", "height"), BOX, strict=True))
        unit._journal.put(
            tables.face,
            [
                {
                    "id": number,
                    "content_id": content,
                    **row,
                    "landmarks": np.arange(136, dtype=np.float32).tobytes(),
                    "score": 0.0,
                    "quality": 0.5,
                    "source": "manual",
                    "state": "active",
                    "detector": DRAWN,
                    "forgotten": 0,
                }
            ],
        )
        vector = np.ones(MODEL.dimension, np.float32).tobytes()
        unit._journal.put(tables.descriptor, [{"face_id": number, "model_id": 1, "vector": vector}])
    return FaceId(number)


def test_a_drawn_face_goes_and_comes_back_with_its_descriptor(
    library: Library, database: Database, add_photo: AddPhoto, rows: Callable[[], Rows]
) -> None:
    content, _ = add_photo("a.jpg", 0)
    before = rows()
    face = draw(database, content)
    drawn = rows()
    library.people.name_face(face, "Ann")
    library.undo()
    library.undo()
    assert rows() == before
    library.redo()
    assert rows() == drawn
    library.redo()
    assert library.people.find("Ann").faces == 1


def test_a_drawn_face_that_a_search_found_too_stays_when_the_drawing_is_undone(
    library: Library, database: Database, add_photo: AddPhoto, rescan: Callable[..., list[FaceId]]
) -> None:
    content, _ = add_photo("a.jpg", 0)
    face = draw(database, content)
    rescan(content, [BOX], matches=[(face, 0)])
    library.undo()
    (record,) = library.faces.list()
    assert (record.face, record.source) == (face, "detected")
    library.redo()
    assert library.faces.list()[0].source == "manual"
    library.undo()
    assert library.faces.list()[0].source == "detected"


def test_a_deleted_face_that_a_search_found_anew_comes_back_once(
    library: Library, database: Database, add_photo: AddPhoto, rescan: Callable[..., list[FaceId]]
) -> None:
    content, _ = add_photo("a.jpg", 0)
    face = draw(database, content)
    library.people.name_face(face, "Ann")
    library.faces.delete([face])
    (again, other) = rescan(content, [(32.0, 10.0, 20.0, 20.0), ELSEWHERE])
    person = group(database, [again, other])
    library.undo()
    assert holders(library) == {face: (library.people.find("Ann").id, "manual"), other: (person, "automatic")}
    with database.read() as unit:
        table = unit.descriptors.table(unit.models.id_of(MODEL))
    assert table.ids.tolist() == [face, other]
    assert table.descriptors[0].max() < 1  # what the search described it by
    library.redo()
    assert {record.face: record.source for record in library.faces.list()} == {face: "detected", other: "detected"}


def test_what_machines_added_to_a_drawn_face_goes_with_it(
    library: Library, database: Database, add_photo: AddPhoto
) -> None:
    content, _ = add_photo("a.jpg", 0)
    other = add_photo("b.jpg")[1]
    face = draw(database, content)
    person = group(database, [face, *other])
    with database.write() as unit:
        model = unit._connection.exec_driver_sql("SELECT max(id) FROM model").scalar()
    behind_the_back(
        database,
        f"INSERT INTO model SELECT 50, 'later', version, dimension, metric, aligner FROM model WHERE id = {model}",
        f"INSERT INTO descriptor SELECT face_id, 50, vector FROM descriptor WHERE face_id = {face}",
    )
    library.undo()
    assert holders(library) == {other[0]: (person, "automatic")}


def test_a_corrected_box_is_put_back_unless_a_search_has_renewed_it(
    library: Library, database: Database, add_photo: AddPhoto
) -> None:
    _, (face,) = add_photo("a.jpg")
    for x in (40.0, 50.0):
        with database.write("correct") as unit:
            unit._journal.change(tables.face, [face], {"x": x, "landmarks": bytes(544), "source": "manual"})
    library.undo()
    assert library.faces.list()[0].box[0] == 40
    behind_the_back(database, "UPDATE face SET x = 77, y = 5")  # the picture was turned
    library.undo()
    (record,) = library.faces.list()
    assert (record.box, record.source) == ((77, 5, 20, 20), "detected")
    assert record.landmarks.any()
    library.redo()
    assert (library.faces.list()[0].box[0], library.faces.list()[0].source) == (77, "manual")


# What people decided stands in the way


@pytest.mark.parametrize(
    "meddling",
    [
        "UPDATE person SET name = 'Eve' WHERE name = 'Ann'",
        "UPDATE person SET note = 'hm' WHERE name = 'Ann'",
        "UPDATE assignment SET source = 'imported', person_id = 77",
        "INSERT INTO assignment VALUES (2, 1, 'manual', NULL, NULL)",
        "INSERT INTO rejection VALUES (2, 1, 'user', '2026-01-01')",
        "DELETE FROM assignment; DELETE FROM person WHERE name = 'Ann'",
    ],
)
def test_a_decision_made_behind_its_back_refuses_the_undo(
    library: Library, database: Database, add_photo: AddPhoto, rows: Callable[[], Rows], meddling: str
) -> None:
    add_photo("a.jpg", 2)
    library.people.name_face(FaceId(1), "Ann")
    assert library.people.find("Ann").id == 1
    behind_the_back(database, "INSERT INTO person VALUES (77, 'Bob', 0, NULL, '', NULL, '2026', NULL)")
    behind_the_back(database, *meddling.split(";"))
    before = rows()
    with pytest.raises(StepConflictError, match="something else was decided about"):
        library.undo()
    assert rows() == before
    assert [step.undone for step in library.history()] == [False]


def test_a_state_changed_behind_its_back_refuses_the_undo(
    library: Library, database: Database, add_photo: AddPhoto, rows: Callable[[], Rows]
) -> None:
    add_photo("a.jpg", 2)
    with database.write("ignore") as unit:
        unit.faces.set_state([FaceId(1), FaceId(2)], FaceState.IGNORED)
        unit.people.link([(FaceId(1), FaceId(2))], "must", "user")
    behind_the_back(database, "UPDATE face SET state = 'not-a-face' WHERE id = 1")
    before = rows()
    with pytest.raises(StepConflictError, match="face 1"):
        library.undo()
    assert rows() == before
    behind_the_back(database, "UPDATE face SET state = 'ignored'", "UPDATE link SET kind = 'cannot'")
    with pytest.raises(StepConflictError, match="face 1"):
        library.undo()
    behind_the_back(database, "UPDATE link SET kind = 'must'")
    library.undo()
    behind_the_back(database, "INSERT INTO link VALUES (1, 2, 'cannot', 'user', '2026')")
    with pytest.raises(StepConflictError, match="face 1"):
        library.redo()


# Size and barriers


def test_the_oldest_steps_make_room(library: Library, database: Database, add_photo: AddPhoto) -> None:
    faces = add_photo("a.jpg", 3)[1]
    noise = np.random.default_rng(0)
    with database.write() as unit:
        unit.settings.set("history.megabytes", 1)
    for number in range(4):
        with database.write(f"step {number}") as unit:
            person = unit.people.create(noise.bytes(250_000).hex())
            unit.people.assign(faces, person, AssignmentSource.CONFIRMED)
    assert [step.step for step in library.history()] == ["step 3", "step 2", "step 1"]
    with database.write() as unit:
        unit.settings.set("history.megabytes", 0)
    library.people.name_face(faces[0], "Ann")
    assert [step.step for step in library.history()] == ["name face"]
    library.undo()


def test_a_barrier_asks_before_it_is_passed(
    library: Library, database: Database, add_photo: AddPhoto, rows: Callable[[], Rows]
) -> None:
    face = add_photo("a.jpg")[1][0]
    library.people.name_face(face, "Ann")
    named = rows()
    copy = database.snapshot("before-grouping")
    with database.write() as unit:
        unit.settings.set("grouped", True)
        unit.steps.add_barrier("group again", copy.name)
    grouped = rows()
    with pytest.raises(BarrierError, match="undo --restore") as asked:
        library.undo()
    assert (asked.value.copy, asked.value.step) == (copy, "group again")
    assert rows() == grouped
    changes = library.undo(restore=True)
    assert rows() == named
    assert changes.of("face") == {face}
    library.undo()  # what lies before the barrier can be undone step by step
    library.redo()
    with pytest.raises(BarrierError, match="redo --restore"):
        library.redo()
    library.redo(restore=True)
    assert rows() == grouped
    assert [(step.step, step.undone) for step in library.history()] == [("group again", False), ("name face", False)]
    library.undo(restore=True)
    assert rows() == named


def test_a_barrier_whose_copy_is_gone(library: Library, database: Database, add_photo: AddPhoto) -> None:
    copy = database.snapshot("before-grouping")
    with database.write() as unit:
        unit.steps.add_barrier("group again", copy.name)
    copy.unlink()
    with pytest.raises(NothingToUndoError, match="is gone"):
        library.undo(restore=True)


def test_what_was_undone_before_a_barrier_does_not_come_back_with_its_copy(
    library: Library, database: Database, add_photo: AddPhoto
) -> None:
    library.people.name_face(add_photo("a.jpg")[1][0], "Ann")
    library.undo()
    copy = database.snapshot("before-grouping")
    with database.write() as unit:
        unit.steps.add_barrier("group again", copy.name)
    library.undo(restore=True)
    assert [(step.step, step.undone) for step in library.history()] == [("group again", True)]


# Disturbances


def test_undo_while_another_process_writes_is_refused(
    library: Library, database: Database, add_photo: AddPhoto, rows: Callable[[], Rows]
) -> None:
    library.people.name_face(add_photo("a.jpg")[1][0], "Ann")
    before = rows()
    code = (
        "import sys; from pathlib import Path; from faceorganizer.db.database import Database\n"
        "with Database.open(Path(sys.argv[1])).lock(): print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(database.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPO,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(LibraryLockedError, match=f"process {holder.pid}"):
        library.undo()
    assert rows() == before
    assert len(library.history()) == 1
    holder.communicate()
    library.undo()


def test_undo_on_a_full_disk_changes_nothing(
    library: Library, database: Database, add_photo: AddPhoto, rows: Callable[[], Rows]
) -> None:
    faces = [face for number in range(50) for face in add_photo(f"{number}.jpg", 4)[1]]
    with database.write("reject") as unit:
        person = unit.people.create("x" * 200_000)
        unit.people.reject([(face, person) for face in faces], "user")
    library.undo()
    library.vacuum()
    before = rows()
    with database._writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        driver(connection).execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StorageError, match="full"):
        library.redo()
    assert rows() == before
    assert [step.undone for step in library.history()] == [True]
    with database._writer.connect() as connection:
        driver(connection).execute(f"PRAGMA max_page_count = {pages + 1000}")
    library.redo()


def test_threads_that_undo_take_turns(library: Library, add_photo: AddPhoto, rows: Callable[[], Rows]) -> None:
    faces = add_photo("a.jpg", 4)[1]
    before = rows()
    for number, face in enumerate(faces):
        library.people.name_face(face, f"Person {number}")
    threads = [threading.Thread(target=library.undo) for _ in faces]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows() == before


def test_grouping_again_is_a_barrier(library: Library, add_photo: AddPhoto) -> None:
    library.people.name_face(add_photo("a.jpg")[1][0], "Ann")
    report = library.cluster()
    assert report.snapshot is not None
    newest = library.history(1)[0]
    assert (newest.step, newest.snapshot) == ("group again", report.snapshot.name)
    with pytest.raises(BarrierError):
        library.undo()
    library.undo(restore=True)
    library.undo()
    assert library.people.list() == []


@pytest.mark.parametrize("groups", [1, 2, 60])
def test_many_faces_in_one_step(
    library: Library, database: Database, add_photo: AddPhoto, rows: Callable[[], Rows], groups: int
) -> None:
    faces = [face for number in range(60) for face in add_photo(f"{number}.jpg", 2)[1]]
    for number in range(groups):
        group(database, faces[number::groups])
    target = library.people.list()[0].id
    states = [rows()]
    for act in (
        lambda: library.faces.ignore(faces[::2]),
        lambda: library.faces.ignore(faces),  # half of them are
        lambda: library.faces.restore(faces),
        lambda: library.faces.move(faces, target, same_photo=True),
        lambda: library.faces.reject(faces),
    ):
        act()
        states.append(rows())
    for state in reversed(states[:-1]):
        library.undo()
        assert rows() == state
    for state in states[1:]:
        library.redo()
        assert rows() == state
