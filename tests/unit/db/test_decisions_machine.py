"""Random sequences of what people and machines do: nothing dangles, nothing decided moves, every step reverses."""

import shutil
import sqlite3
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from faceorganizer.db.columns import encode_text
from faceorganizer.db.database import Database
from faceorganizer.domain.faces import AssignmentSource, EmbeddingModel, FaceObservations, FaceState
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity

FACES = list(range(1, 9))
SOME_FACES = st.lists(st.sampled_from(FACES), min_size=1, max_size=5, unique=True)
KEYS = {
    "person": ["id"],
    "assignment": ["face_id"],
    "rejection": ["face_id", "person_id"],
    "link": ["face_a", "face_b"],
    "face": ["id"],
}
TABLES = ("person", "assignment", "rejection", "link", "face")


class Decisions(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.place = Path(tempfile.mkdtemp())
        self.database = Database.create(self.place / "library")
        self.decided = {}

    def teardown(self):
        self.database.close()
        shutil.rmtree(self.place)

    @initialize()
    def fill(self):
        with self.database.write() as unit:
            root = unit.roots.add(Path("/photos"), "v").id
            model = unit.models.id_of(EmbeddingModel("m", "1", 2, "euclidean", "68-point"))
            for number in range(4):
                content = unit.contents.add(PictureIdentity(b"", bytes([number]), "jpeg", 9, 9))
                unit.files.add([FileRecord(0, root, str(number), 1, 1, None, content, FileState.PRESENT)])
                ones = [np.ones(shape, np.float32) for shape in ((2, 4), 2, (2, 68, 2), (2, 2), 2)]
                unit.faces.store(content, model, "test", FaceObservations(*ones), [], [])
            self.run = unit.runs.add("test", {}, model, 0, 0.0, {})

    def persons(self):
        with self.database.read() as unit:
            return [record.id for record in unit.people.records()]

    def rows(self):
        connection = sqlite3.connect(self.database.path)
        connection.row_factory = sqlite3.Row
        found = {
            (table, tuple(row[key] for key in KEYS[table])): dict(row)
            for table in TABLES
            for row in connection.execute(f"SELECT * FROM {table}")
        }
        connection.close()
        return found

    def step(self, action):
        """Do something as a journal step, and check that the journal tells exactly what it did."""
        before = self.rows()
        with self.database.write("step") as unit:
            result = action(unit)
            touched = unit.changes
        after = self.rows()
        with self.database.read() as unit:
            latest = unit.steps.latest(1)
            changes = unit.steps.changes(latest[0].id) if before != after else []
        forward, backward = dict(before), dict(after)
        for change in changes:
            apply(forward, change, change.before, change.after)
        for change in reversed(changes):
            apply(backward, change, change.after, change.before)
        assert forward == after
        assert backward == before
        changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        assert {key[1][0] for key in changed if key[0] == "person"} <= touched.of("person")
        assert {key[1][0] for key in changed if key[0] in ("assignment", "face")} <= touched.of("face")
        return result

    def pick(self, data):
        return data.draw(st.sampled_from(self.persons()))

    @rule(name=st.none() | st.text(st.characters(), min_size=1))
    def create(self, name):
        self.step(lambda unit: unit.people.create(name))

    @precondition(lambda self: self.persons())
    @rule(data=st.data(), name=st.none() | st.text(st.characters(), min_size=1), hidden=st.booleans())
    def rename(self, data, name, hidden):
        person = self.pick(data)
        self.step(lambda unit: (unit.people.rename(person, name), unit.people.set_hidden([person], hidden)))

    @precondition(lambda self: self.persons())
    @rule(data=st.data(), faces=SOME_FACES, source=st.sampled_from(list(AssignmentSource)[1:]))
    def decide(self, data, faces, source):
        person = self.pick(data)
        self.step(lambda unit: unit.people.assign(faces, person, source))
        self.decided.update(dict.fromkeys(faces, person))

    @rule(faces=SOME_FACES)
    def unassign(self, faces):
        self.step(lambda unit: unit.people.unassign(faces))
        for face in faces:
            self.decided.pop(face, None)

    @precondition(lambda self: self.persons())
    @rule(data=st.data(), faces=SOME_FACES, back=st.booleans())
    def reject(self, data, faces, back):
        pairs = [(face, self.pick(data)) for face in faces]
        if back:
            self.step(lambda unit: unit.people.unreject(pairs))
        else:
            self.unassign(faces=faces)  # as whoever rejects does: nobody holds a face that was rejected for them
            self.step(lambda unit: unit.people.reject(pairs, "user"))

    @rule(
        faces=st.lists(st.sampled_from(FACES), min_size=2, max_size=2, unique=True),
        kind=st.sampled_from(["must", "cannot", None]),
    )
    def link(self, faces, kind):
        if kind is None:
            self.step(lambda unit: unit.people.unlink([tuple(faces)]))
        else:
            self.step(lambda unit: unit.people.link([tuple(faces)], kind, "user"))

    @rule(faces=SOME_FACES, state=st.sampled_from(FaceState))
    def set_state(self, faces, state):
        self.step(lambda unit: unit.faces.set_state(faces, state))

    @precondition(lambda self: self.decided)
    @rule(data=st.data())
    def choose_key_face(self, data):
        face = data.draw(st.sampled_from(sorted(self.decided)))
        self.step(lambda unit: unit.people.set_key_face(self.decided[face], face))

    @precondition(lambda self: self.persons())
    @rule(data=st.data())
    def delete_if_empty(self, data):
        person = self.pick(data)
        with self.database.read() as unit:
            held = unit.people.faces(person)
        if not held:
            self.step(lambda unit: unit.people.delete([person]))

    @rule(data=st.data(), faces=SOME_FACES)
    def group(self, data, faces):
        persons = self.persons()
        with self.database.read() as unit:
            never = set(map(tuple, unit.people.rejections().tolist()))
        wanted = [self.decided.get(face) or data.draw(st.sampled_from([-1, -2, -3, *persons])) for face in faces]
        wanted = [-1 if (face, person) in never else person for face, person in zip(faces, wanted, strict=True)]
        self.step(lambda unit: unit.people.apply_grouping(self.run, np.array(faces), np.array(wanted)))

    @rule(data=st.data())
    def group_against_decisions(self, data):
        faces = data.draw(st.permutations(FACES))
        before = self.rows()
        try:
            with self.database.write() as unit:
                unit.people.apply_grouping(self.run, np.array(faces), np.full(len(faces), -5))
        except ValueError:
            assert self.decided
            assert self.rows() == before
        else:
            assert not self.decided

    @invariant()
    def nothing_dangles_and_nothing_decided_moved(self):
        assert self.database.check() == []
        rows = self.rows()
        said = {
            key[0]: row["person_id"]
            for (table, key), row in rows.items()
            if table == "assignment" and row["source"] != "automatic"
        }
        assert said == self.decided


def apply(rows, change, expected, wanted):
    key = (change.entity, change.key)
    row = rows.get(key)
    if expected is None:
        assert row is None
    else:
        assert row is not None
        assert stored(expected).items() <= row.items()
    if wanted is None:
        del rows[key]
    else:
        rows[key] = {**(row or {}), **stored(wanted)}


def stored(values):
    return {name: encode_text(value) if isinstance(value, str) else value for name, value in values.items()}


TestDecisions = Decisions.TestCase
TestDecisions.settings = settings(max_examples=8, stateful_step_count=12, deadline=None)
