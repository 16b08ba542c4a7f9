"""Any sequence of decisions, scans, groupings, undo and redo: nothing decided is lost, and every step can be undone.

A new operation goes into ``OPERATIONS``.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from patch_pictures import MODEL, observations

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.faces import FaceSource, FaceState
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity
from faceorganizer.library import Library
from faceorganizer.services.undo import BarrierError, NothingToUndoError

Draw = Callable[[st.SearchStrategy[Any]], Any]
NAMES = st.sampled_from(["Ann", "Bob", "Zoë", "ann", "\udcff"])
ANSWER = st.sampled_from([True, False, None])
BIRTH_DATES = st.sampled_from(["", "1990-01-31", "2001-02-03"])
PLACES = [(float(x), 10.0, 20.0, 20.0) for x in (0, 30, 60, 90)]


def some(values: list[Any], least: int = 1) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), min_size=least, max_size=4, unique=True)


def persons(library: Library) -> list[PersonId]:
    with library._database.read() as unit:
        return [record.id for record in unit.people.records()] or [PersonId(1)]


def faces(library: Library) -> list[FaceId]:
    return [face.face for face in library.faces.list(state="all")] or [FaceId(1)]


def a_person(draw: Draw, library: Library) -> Any:
    return draw(st.sampled_from(persons(library)))


def a_face(draw: Draw, library: Library) -> Any:
    return draw(st.sampled_from(faces(library)))


def some_faces(draw: Draw, library: Library) -> list[Any]:
    return draw(some(faces(library)))


def faces_of(draw: Draw, library: Library, person: Any) -> list[Any]:
    with library._database.read() as unit:
        return draw(some(unit.people.faces(person) or [FaceId(1)]))


def name(draw: Draw, library: Library) -> None:
    wanted = draw(NAMES | st.just(""))
    library.people.name(a_person(draw, library), wanted, same=draw(ANSWER), same_photo=draw(ANSWER))


def name_face(draw: Draw, library: Library) -> None:
    library.people.name_face(a_face(draw, library), draw(NAMES), same=draw(ANSWER), same_photo=draw(ANSWER))


def merge(draw: Draw, library: Library) -> None:
    library.people.merge(draw(some(persons(library))), name=draw(st.none() | NAMES), same_photo=draw(ANSWER))


def split(draw: Draw, library: Library) -> None:
    person = a_person(draw, library)
    into = draw(st.none() | st.sampled_from(persons(library)))
    library.people.split(person, faces_of(draw, library, person), into=into, same_photo=draw(ANSWER))


def break_up(draw: Draw, library: Library) -> None:
    person = a_person(draw, library)
    chosen = faces_of(draw, library, person)
    library.people.break_up(person, [chosen[:1], chosen[1:]], same_photo=draw(ANSWER))


def confirm(draw: Draw, library: Library) -> None:
    person = draw(st.none() | st.sampled_from(persons(library)))
    library.faces.confirm(some_faces(draw, library), person, same_photo=draw(ANSWER))


def reject(draw: Draw, library: Library) -> None:
    library.faces.reject(some_faces(draw, library), draw(st.none() | st.sampled_from(persons(library))))


def move(draw: Draw, library: Library) -> None:
    to = draw(st.none() | st.sampled_from(persons(library)))
    library.faces.move(some_faces(draw, library), to, same_photo=draw(ANSWER))


def same_photo(draw: Draw, library: Library) -> None:
    say = draw(st.sampled_from([library.faces.same_photo_same_person, library.faces.same_photo_two_people]))
    say(a_face(draw, library), a_face(draw, library))


def key_face(draw: Draw, library: Library) -> None:
    person = a_person(draw, library)
    library.people.key_face(person, draw(st.none() | st.just(faces_of(draw, library, person)[0])))


def with_unit(step: str, action: Callable[[Draw, Library, Any], None]) -> Callable[[Draw, Library], None]:
    """An operation of which only the writing part is tried here."""

    def operation(draw: Draw, library: Library) -> None:
        with library._database.write(step) as unit:
            action(draw, library, unit)

    return operation


def draw_face(draw: Draw, library: Library, unit: Any) -> None:
    place = draw(st.sampled_from(PLACES))
    content = draw(st.sampled_from(sorted({face.photo for face in library.faces.list(state="all")} or {1})))
    seen = observations([place], seed=draw(st.integers(0, 9))) if draw(st.booleans()) else None
    unit.faces.draw(content, np.array(place, np.float32), unit.faces.model_id(MODEL), seen)


def correct_face(draw: Draw, library: Library, unit: Any) -> None:
    place = draw(st.sampled_from(PLACES))
    seen = observations([place], seed=draw(st.integers(0, 9))) if draw(st.booleans()) else None
    unit.faces.correct(a_face(draw, library), np.array(place, np.float32), unit.faces.model_id(MODEL), seen)


def link(draw: Draw, library: Library, unit: Any) -> None:
    pair = some_faces(draw, library)
    if len(pair) > 1:
        unit.people.link([(pair[0], pair[1])], draw(st.sampled_from(["must", "cannot"])), "user")


def take_rejections_back(draw: Draw, library: Library, unit: Any) -> None:
    pairs = [tuple(pair) for pair in unit.people.rejections().tolist()]
    unit.people.unreject([pair for pair in pairs if draw(st.booleans())])


OPERATIONS: dict[str, Callable[[Draw, Library], object]] = {
    "name": name,
    "name face": name_face,
    "merge": merge,
    "split": split,
    "break up": break_up,
    "confirm faces": confirm,
    "confirm people": lambda draw, library: library.people.confirm(draw(some(persons(library)))),
    "reject": reject,
    "move": move,
    "same photo": same_photo,
    "ignore": lambda draw, library: library.faces.ignore(some_faces(draw, library)),
    "not a face": lambda draw, library: library.faces.not_a_face(some_faces(draw, library)),
    "restore": lambda draw, library: library.faces.restore(some_faces(draw, library)),
    "delete": lambda draw, library: library.faces.delete(some_faces(draw, library)),
    "hide": lambda draw, library: library.people.hide(draw(some(persons(library)))),
    "show": lambda draw, library: library.people.restore(draw(some(persons(library)))),
    "hide small groups": lambda draw, library: library.people.hide_groups_below(draw(st.integers(0, 3))),
    "key face": key_face,
    "note": lambda draw, library: library.people.note(a_person(draw, library), draw(st.sampled_from(["", "x", "y"]))),
    "birth date": lambda draw, library: library.people.birth_date(a_person(draw, library), draw(BIRTH_DATES)),
    "draw": with_unit("draw face", draw_face),
    "correct": with_unit("correct face", correct_face),
    "link": with_unit("link", link),
    "unassign": with_unit("unassign", lambda draw, library, unit: unit.people.unassign(some_faces(draw, library))),
    "take rejections back": with_unit(
        "unreject",
        lambda draw, library, unit: unit.people.unreject(list(map(tuple, unit.people.rejections().tolist()))),
    ),
}


class Undoing(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp())
        database = Database.create(self.place / "library")
        self.library = Library(database, self.place / "settings.toml")
        self.database = database
        self.photos = 0

    def teardown(self) -> None:
        self.library.close()
        shutil.rmtree(self.place)

    @initialize()
    def fill(self) -> None:
        with self.database.write() as unit:
            self.root = unit.roots.add(Path("/photos"), "v").id
            self.model = unit.faces.model_id(MODEL)
            self.run = unit.runs.add("test", {}, self.model, 0, 0.0, {})
        for count in (2, 2, 1):
            self.add_photo(count)
        self.group([-2, -3, -2, -3, -1])

    def add_photo(self, count: int) -> list[int]:
        self.photos += 1
        with self.database.write() as unit:
            content = unit.contents.add(PictureIdentity(b"f", b"%d" % self.photos, "jpeg", 400, 300))
            file = FileRecord(0, self.root, str(self.photos), 1, 2, b"f", content, FileState.PRESENT)  # type: ignore[arg-type]
            unit.files.add([file])
            found = observations(PLACES[:count], seed=self.photos)
            return list(unit.faces.store(content, self.model, "test", found, [], []))

    def group(self, wanted: list[int]) -> None:
        with self.database.write() as unit:
            table = unit.faces.table(self.model)
            rejected = {tuple(pair) for pair in unit.people.rejections().tolist()}
            chosen = [
                int(held) if decided else -1 if (int(face), person) in rejected else person
                for face, held, decided, person in zip(table.ids, table.persons, table.decided, wanted, strict=False)
            ]
            unit.people.apply_grouping(self.run, table.ids[: len(chosen)], np.array(chosen, np.int64))

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        connection = sqlite3.connect(self.database.path)
        tables = ("person", "assignment", "rejection", "link", "face", "descriptor", "setting", "file", "content")
        rows = {table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables}
        connection.close()
        return rows

    def decisions(self) -> dict[str, Any]:
        """What no machine may change."""
        dump = self.dump()
        return {
            "assigned": [row for row in dump["assignment"] if row[2] != "automatic"],
            "named": [row for row in dump["person"] if row[1] is not None],
            "rejected": dump["rejection"],
            "linked": dump["link"],
            "set aside": [(row[0], row[10]) for row in dump["face"] if row[10] != "active"],
        }

    @rule(data=st.data(), operation=st.sampled_from(sorted(OPERATIONS)))
    def decide(self, data: st.DataObject, operation: str) -> None:
        before, steps = self.dump(), self.library.history(1)
        try:
            OPERATIONS[operation](data.draw, self.library)
        except (UsageError, UnknownIdError):
            assert self.dump() == before
            return
        after = self.dump()
        if self.library.history(1) == steps:
            assert after == before
            return
        assert self.library.undo().step == self.library.history(1)[0].step
        assert self.dump() == before
        self.library.redo()
        assert self.dump() == after

    @rule(data=st.data(), count=st.integers(0, 3))
    def scan_something_new(self, data: st.DataObject, count: int) -> None:
        decided = self.decisions()
        self.add_photo(count)
        assert self.decisions() == decided

    @rule(data=st.data())
    def scan_again(self, data: st.DataObject) -> None:
        content = data.draw(st.sampled_from([row[0] for row in self.dump()["content"]]))
        decided = self.decisions()
        with self.database.write() as unit:
            known = unit.faces.of_contents([content]).get(content, [])
            again = [face.id for face in known if data.draw(st.booleans())]
            found = observations(PLACES[: len(again) + data.draw(st.integers(0, 1))], seed=data.draw(st.integers(0, 9)))
            lost = [
                face.id
                for face in known
                if face.id not in again
                and face.source is FaceSource.DETECTED
                and face.state is FaceState.ACTIVE
                and not face.decided
            ]
            matches = [(face, index) for index, face in enumerate(again)]
            unit.faces.store(content, self.model, "finer", found, matches, lost)
        assert self.decisions() == decided

    @rule(data=st.data())
    def group_again(self, data: st.DataObject) -> None:
        decided = self.decisions()
        wanted = st.sampled_from([-1, -2, -3, *persons(self.library)])
        self.group(data.draw(st.lists(wanted, min_size=1, max_size=12)))
        assert self.decisions() == decided

    @rule(data=st.data())
    def regroup_behind_a_barrier(self, data: st.DataObject) -> None:
        copy = self.database.snapshot("before-grouping")
        wanted = st.sampled_from([-1, -2, *persons(self.library)])
        self.group(data.draw(st.lists(wanted, min_size=1, max_size=12)))
        with self.database.write() as unit:
            unit.steps.add_barrier("group again", copy.name)
        after = self.dump()
        assert self.library.undo(restore=True)
        self.library.redo(restore=True)
        assert self.dump() == after

    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        self.walk(self.library.undo, steps)

    @precondition(lambda self: any(step.undone for step in self.library.history()))
    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        self.walk(self.library.redo, steps)

    def walk(self, go: Callable[..., Any], steps: int) -> None:
        for _ in range(steps):
            try:
                go()
            except NothingToUndoError:
                return
            except BarrierError:
                go(restore=True)
                return

    @rule()
    def restart(self) -> None:
        self.library.close()
        self.database = Database.open(self.place / "library")
        self.library = Library(self.database, self.place / "settings.toml")

    @invariant()
    def sound(self) -> None:
        assert self.database.check() == []


TestUndoing = Undoing.TestCase
TestUndoing.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
