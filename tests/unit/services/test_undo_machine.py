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
from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.geometry import match_boxes
from faceorganizer.domain.pictures import Detail, FileRecord, FileState, PictureIdentity
from faceorganizer.library import Library
from faceorganizer.services.scan.ledger import Ledger, Search
from faceorganizer.services.undo import BarrierError, NothingToUndoError

Draw = Callable[[st.SearchStrategy[Any]], Any]
Operation = Callable[[Draw, Library], None]
NAMES = st.sampled_from(["Ann", "Bob", "Zoë", "ann", "\udcff"])
ANSWER = st.sampled_from([True, False, None])
DRAWN = [(float(x), 200.0, 20.0, 20.0) for x in (0, 30)]
PLACES = [(float(x), 10.0, 20.0, 20.0) for x in (0, 30, 60, 90)]


def some(values: list[Any], least: int = 1) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(values), min_size=least, max_size=4, unique=True)


def persons(library: Library) -> list[int]:
    with library._database.read() as unit:
        return [record.id for record in unit.people.records()] or [1]


def faces(library: Library) -> list[int]:
    return [face.face for face in library.faces.list(state="all")] or [1]


def persons_held(library: Library, person: int) -> list[int]:
    return [face.face for face in library.faces.list(person=person, state="all")] or [1]


def name(draw: Draw, library: Library) -> None:
    person = draw(st.sampled_from(persons(library)))
    library.people.name(person, draw(NAMES | st.just("")), same=draw(ANSWER), same_photo=draw(ANSWER))


def name_face(draw: Draw, library: Library) -> None:
    face = draw(st.sampled_from(faces(library)))
    library.people.name_face(face, draw(NAMES), same=draw(ANSWER), same_photo=draw(ANSWER))


def merge(draw: Draw, library: Library) -> None:
    library.people.merge(draw(some(persons(library), 1)), name=draw(st.none() | NAMES), same_photo=draw(ANSWER))


def split(draw: Draw, library: Library) -> None:
    person = draw(st.sampled_from(persons(library)))
    into = draw(st.none() | st.sampled_from(persons(library)))
    held = draw(some(persons_held(library, person)))
    library.people.split(person, held, into=into, same_photo=draw(ANSWER))


def break_up(draw: Draw, library: Library) -> None:
    person = draw(st.sampled_from(persons(library)))
    held = draw(st.permutations(persons_held(library, person)))
    cut = draw(st.integers(0, len(held)))
    library.people.break_up(person, [held[:cut], held[cut:]], same_photo=draw(ANSWER))


def different(draw: Draw, library: Library) -> None:
    first, second = draw(st.tuples(st.sampled_from(persons(library)), st.sampled_from(persons(library))))
    library.review.different(first, second)


def one_person(draw: Draw, library: Library) -> None:
    person = draw(st.sampled_from(persons(library)))
    held = draw(st.permutations(persons_held(library, person)))
    cut = draw(st.integers(0, len(held)))
    library.review.one_person(person, [held[:cut], held[cut:]])


def key_face(draw: Draw, library: Library) -> None:
    person = draw(st.sampled_from(persons(library)))
    library.people.key_face(person, draw(st.none() | st.sampled_from(persons_held(library, person))))


def describe(draw: Draw, library: Library) -> None:
    person = draw(st.sampled_from(persons(library)))
    if draw(st.booleans()):
        library.people.note(person, draw(st.sampled_from(["", "a note", "another\nin two lines"])))
    else:
        library.people.birth_date(person, draw(st.sampled_from(["", "1980-12-31", "2001-02-03", "2999-01-01"])))


def of_people(act: str) -> Operation:
    return lambda draw, library: getattr(library.people, act)(draw(some(persons(library))))


def of_faces(act: str) -> Operation:
    return lambda draw, library: getattr(library.faces, act)(draw(some(faces(library))))


def given_to(act: str) -> Operation:
    def operation(draw: Draw, library: Library) -> None:
        person = draw(st.none() | st.sampled_from(persons(library)))
        getattr(library.faces, act)(draw(some(faces(library))), person, same_photo=draw(ANSWER))

    return operation


def reject(draw: Draw, library: Library) -> None:
    library.faces.reject(draw(some(faces(library))), draw(st.none() | st.sampled_from(persons(library))))


def same_photo(act: str) -> Operation:
    def operation(draw: Draw, library: Library) -> None:
        first, second = draw(st.tuples(st.sampled_from(faces(library)), st.sampled_from(faces(library))))
        getattr(library.faces, act)(first, second)

    return operation


def draw_face(draw: Draw, library: Library) -> None:
    photo = draw(st.sampled_from([face.path for face in library.faces.list(state="all")] or [Path("/photos/none")]))
    library.faces.draw(photo, (draw(st.sampled_from(PLACES))[0], 200.0, 20.0, 20.0))


def correct_face(draw: Draw, library: Library) -> None:
    x, y = draw(st.tuples(st.floats(0, 300), st.floats(0, 250)))
    library.faces.correct(draw(st.sampled_from(faces(library))), (x, y, 25.0, 25.0))


def unreject(draw: Draw, library: Library) -> None:
    with library._database.write("unreject") as unit:
        unit.people.unreject([tuple(pair) for pair in unit.people.rejections().tolist()])


def cannot_link(draw: Draw, library: Library) -> None:
    pair = draw(some(faces(library), 1))
    with library._database.write("link") as unit:
        if len(pair) > 1:
            unit.people.link([(pair[0], pair[1])], "cannot", "user")


def drawn_by_hand(draw: Draw, library: Library, unit: Any) -> tuple[Any, Any, Any]:
    """A box where no face is, the model, and what is seen there."""
    place = draw(st.sampled_from(DRAWN))
    known = np.array([face.box for face in library.faces.list(state="all")], np.float32).reshape(-1, 4)
    if match_boxes(known, np.array([place], np.float32)):
        raise UsageError("A face is known there.")
    seen = observations([place], seed=draw(st.integers(0, 9)))
    return np.array(place, np.float32), unit.models.id_of(MODEL), seen


def draw_described(draw: Draw, library: Library) -> None:
    """What drawing writes where the file can be read."""
    with library._database.write("draw") as unit:
        content = draw(st.sampled_from(sorted({face.photo for face in unit.faces.records(state="all")} or {1})))
        unit.faces.draw(content, *drawn_by_hand(draw, library, unit))


def correct_described(draw: Draw, library: Library) -> None:
    with library._database.write("correct") as unit:
        unit.faces.correct(draw(st.sampled_from(faces(library))), *drawn_by_hand(draw, library, unit))


def albums(library: Library) -> list[int]:
    return [album.id for album in library.albums.list()] or [1]


def photos(library: Library) -> list[int]:
    return sorted({record.photo for record in library.photos() if record.photo is not None}) or [1]


def new_album(draw: Draw, library: Library) -> None:
    if draw(st.booleans()):
        library.albums.create(draw(NAMES), photos=draw(some(photos(library), 0)))
    else:
        library.albums.create(draw(NAMES), query=draw(rules(library)))


def rules(library: Library) -> st.SearchStrategy[PhotoQuery]:
    people = some(persons(library), 0)
    return st.builds(PhotoQuery, any_of=people, all_of=people, only=people, without=people, unnamed=st.booleans())


def change_album(draw: Draw, library: Library) -> None:
    album = draw(st.sampled_from(albums(library)))
    change = draw(st.sampled_from(["add", "remove", "rename", "rule", "delete"]))
    match change:
        case "rename":
            library.albums.rename(album, draw(NAMES))
        case "rule":
            library.albums.set_query(album, draw(rules(library)))
        case "delete":
            library.albums.delete(album)
        case _:
            getattr(library.albums, change)(album, draw(some(photos(library))))


def unassign(draw: Draw, library: Library) -> None:
    with library._database.write("unassign") as unit:
        unit.people.unassign(draw(some(faces(library))))


OPERATIONS: dict[str, Operation] = {
    "name": name,
    "name face": name_face,
    "merge": merge,
    "split": split,
    "break up": break_up,
    "confirm people": of_people("confirm"),
    "hide": of_people("hide"),
    "show": of_people("restore"),
    "hide small groups": lambda draw, library: library.people.hide_groups_below(draw(st.integers(0, 4))),
    "different": different,
    "one person": one_person,
    "key face": key_face,
    "describe": describe,
    "confirm": given_to("confirm"),
    "move": given_to("move"),
    "reject": reject,
    "ignore": of_faces("ignore"),
    "not a face": of_faces("not_a_face"),
    "restore": of_faces("restore"),
    "delete": of_faces("delete"),
    "same person": same_photo("same_photo_same_person"),
    "two people": same_photo("same_photo_two_people"),
    "draw": draw_face,
    "correct": correct_face,
    "draw described": draw_described,
    "correct described": correct_described,
    "unassign": unassign,
    "new album": new_album,
    "change album": change_album,
    "take rejections back": unreject,
    "cannot link": cannot_link,
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
            self.model = unit.models.id_of(MODEL)
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
            table = unit.descriptors.table(self.model)
            rejected = {tuple(pair) for pair in unit.people.rejections().tolist()}
            chosen = [
                int(held) if decided else -1 if (int(face), person) in rejected else person
                for face, held, decided, person in zip(table.ids, table.persons, table.decided, wanted, strict=False)
            ]
            unit.people.apply_grouping(self.run, table.ids[: len(chosen)], np.array(chosen, np.int64))

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        connection = sqlite3.connect(self.database.path)
        tables = ("person", "assignment", "rejection", "link", "face", "descriptor", "setting", "file", "content")
        tables += ("album", "album_content")
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
            "albums": dump["album"] + dump["album_content"],
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
            ledger = Ledger(Search("finer", Detail.THOROUGH, self.model), lambda _: False)
            boxes = data.draw(st.lists(st.sampled_from(PLACES + DRAWN), max_size=4, unique=True))
            ledger.searched(unit, content, observations(boxes, seed=data.draw(st.integers(0, 9))))
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
