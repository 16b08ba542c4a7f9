"""An index that stays open: exact and approximate, while faces come and go."""

import numpy as np
import pytest

from faceorganizer.domain.errors import VectorError
from faceorganizer.neighbours import lookup
from faceorganizer.neighbours.lookup import OpenIndex


def vectors(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.1, (count, 16)).astype(np.float32)


@pytest.fixture(params=["exact", "lists"])
def points(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> np.ndarray:
    if request.param == "lists":
        monkeypatch.setattr(lookup, "MOST_EXACT", 0)
    return vectors(2000)


def test_the_nearest_come_first(points: np.ndarray) -> None:
    ids = np.arange(2000) * 3 + 1
    index = OpenIndex(ids, points)
    found, distances = index.nearest(points[7], 10)
    true = np.linalg.norm(points - points[7], axis=1)
    wanted = ids[np.argsort(true)[:10]]
    assert len(np.intersect1d(found, wanted)) >= (10 if index.exact else 8)
    assert (np.diff(distances) >= 0).all()
    assert distances == pytest.approx(true[(found - 1) // 3], abs=0.02)


def test_faces_come_and_go(points: np.ndarray) -> None:
    index = OpenIndex(np.arange(2000), points)
    index.remove(np.array([7, 8, 99_999]))
    assert len(index) == 1998
    assert 7 not in index.nearest(points[7], 50)[0]
    index.add(np.array([5000]), points[[7]])
    assert index.nearest(points[7], 1)[0].tolist() == [5000]


def test_an_empty_index_fills() -> None:
    index = OpenIndex(np.zeros(0, np.int64), np.zeros((0, 16), np.float32))
    assert [len(part) for part in index.nearest(vectors(1)[0], 3)] == [0, 0]
    index.add(np.array([4]), vectors(1))
    assert index.nearest(vectors(1)[0], 3)[0].tolist() == [4]
    index.remove(np.array([4]))
    assert len(index) == 0


def test_more_are_wanted_than_there_are(points: np.ndarray) -> None:
    index = OpenIndex(np.arange(3), points[:3])
    assert sorted(index.nearest(points[0], 10)[0].tolist()) == [0, 1, 2]


@pytest.mark.parametrize("bad", [np.zeros(5), np.full(16, np.nan), np.full(16, 1e30)])
def test_bad_descriptors(points: np.ndarray, bad: np.ndarray) -> None:
    with pytest.raises(VectorError):
        OpenIndex(np.arange(3), points[:3]).nearest(bad.astype(np.float32), 1)
    with pytest.raises(VectorError):
        OpenIndex(np.arange(1), bad[None].astype(np.float32)).nearest(points[0], 1)
