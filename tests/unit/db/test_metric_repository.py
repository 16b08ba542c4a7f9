"""What was learned is kept as it was, and goes with the faces it was learned from."""

import numpy as np
import pytest

from faceorganizer.db.tables import metric
from faceorganizer.domain.errors import LibraryCorruptError
from faceorganizer.domain.faces import EmbeddingModel

MODEL = EmbeddingModel("test", "0" * 16, 3, "euclidean", "68-point")


@pytest.fixture
def number(database):
    with database.write() as unit:
        return unit.models.id_of(MODEL)


def put(database, number, state="used"):
    random = np.random.default_rng(0)
    values = {
        "centre": random.normal(size=3).astype(np.float32),
        "weights": random.normal(size=(3, 3)).astype(np.float32),
        "width": 0.9,
        "trained": np.array([[1, 7], [2**40, 8]]),
        "report": {"low": -0.25},
    }
    with database.write() as unit:
        made = unit.metrics.put(number, state, **values)
    assert unit.changes.of("metric") == {number}
    return made, values


def test_it_comes_back_as_it_was(database, number):
    with database.read() as unit:
        assert unit.metrics.get(number) is None
        assert unit.metrics.in_use(number) is None
    made, values = put(database, number)
    with database.read() as unit:
        record = unit.metrics.get(number)
        assert unit.metrics.in_use(number) == made == record.made
        assert unit.metrics.states() == [{"model": "test", "state": "used", "made": made.isoformat()}]
    for name in ("centre", "weights", "trained"):
        np.testing.assert_array_equal(getattr(record, name), values[name])
    assert (record.width, record.report, record.state) == (0.9, {"low": -0.25}, "used")
    with database.read() as unit:
        assert unit.steps.to_undo() is None  # machine work


def test_one_that_is_learned_anew_takes_its_place(database, number):
    put(database, number)
    later, _ = put(database, number, "refused")
    with database.write() as unit:
        assert unit.metrics.get(number).made == later
        assert unit.metrics.in_use(number) is None
        unit.metrics.set_state(number, "used")
    with database.write() as unit:
        assert unit.metrics.in_use(number) == later
        assert unit.metrics.forget()
        assert not unit.metrics.forget()


@pytest.mark.parametrize("column", ["weights", "trained"])
def test_damage_is_told(database, number, column):
    put(database, number)
    with database.write() as unit:
        unit._connection.execute(metric.update().values({column: b"12345"}))
    with database.read() as unit, pytest.raises(LibraryCorruptError, match="learned"):
        unit.metrics.get(number)


def test_forgetting_faces_forgets_what_was_learned(database, number):
    put(database, number)
    database.forget_faces(None, keep_names=True)
    with database.read() as unit:
        assert unit.metrics.get(number) is None
