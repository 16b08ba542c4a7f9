"""Distances of any network, carried over to those of dlib's by how unusual they are."""

import numpy as np
import pytest

from faceorganizer.clustering.registry import create_clusterer
from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.progress import Unattended
from faceorganizer.neighbours.exact import ExactIndex
from faceorganizer.neighbours.spread import DLIB, DLIB_UNIT, USUAL, Spread, measured_spread

NOBODY = -1


def faces(people: int, each: int, dimension: int, noise: float, shift: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Descriptors of unit length around a direction for each person, all of them shifted to one side."""
    rng = np.random.default_rng(0)
    middles = rng.normal(size=(people, dimension))
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    vectors = np.repeat(middles, each, axis=0) + noise * rng.normal(size=(people * each, dimension)) / dimension**0.5
    vectors[:, 0] += shift
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), np.repeat(np.arange(people), each)


def test_what_is_carried_comes_back():
    own = Spread(1.4, 0.05)
    distances = np.linspace(1.0, 1.4, 7)
    np.testing.assert_allclose(DLIB_UNIT.carried(own.carried(distances, DLIB_UNIT), own), distances)
    assert own.carried(1.4, DLIB) == pytest.approx(DLIB.middle)
    assert own.carried(0.1, DLIB) == 0.0  # never below
    assert (own.carried(np.array([0.0, 0.2]), DLIB) == 0).all()


@pytest.mark.parametrize("known", [True, False])
def test_a_normal_spread_is_measured(known):
    vectors, people = faces(700, 2, 64, 0.6)
    found = measured_spread(vectors, people if known else np.full(len(people), NOBODY))
    assert found.middle == pytest.approx(2**0.5, abs=0.03)
    assert found.deviation == pytest.approx(0.125 / 2**0.5, rel=0.35)  # of cosines: one over the root of 64


def test_who_is_known_to_be_one_person_does_not_count():
    vectors, people = faces(12, 60, 64, 0.3)
    known = measured_spread(vectors, people)
    unknown = measured_spread(vectors, np.full(len(people), NOBODY))
    assert known.deviation <= unknown.deviation  # which errs towards fewer neighbours
    assert known.middle == pytest.approx(unknown.middle, abs=0.1)


def test_few_faces_have_the_usual_spread():
    vectors, people = faces(10, 2, 16, 0.1)
    assert measured_spread(vectors, people) == USUAL
    assert measured_spread(np.zeros((0, 16), np.float32), np.zeros(0, np.int64)) == USUAL


def test_equal_and_zero_descriptors_are_taken():
    for vectors in (np.ones((100, 4), np.float32), np.zeros((100, 4), np.float32)):
        found = measured_spread(vectors, np.full(100, NOBODY))
        assert np.isfinite([found.middle, found.deviation]).all()
        assert found.deviation > 0


@pytest.mark.parametrize("method", ["infomap", "chinese-whispers", "hac-average", "dbscan"])
@pytest.mark.parametrize("shift", [0.0, 2.0])
def test_methods_group_descriptors_of_other_networks(method, shift):
    vectors, people = faces(150, 4, 128, 0.5, shift)
    graph = ExactIndex().graph(vectors, 20, Unattended())
    spread = measured_spread(vectors, np.full(len(people), NOBODY))
    labels = create_clusterer(method, spread=spread).fit_predict(graph, context=Unattended())
    same = labels[:, None] == labels
    true = people[:, None] == people
    assert (same & true).sum() / same.sum() > 0.9
    assert (same & true).sum() / true.sum() > 0.8


@pytest.mark.parametrize("method", ["infomap", "dbscan"])
@pytest.mark.parametrize("spread", [None, 0.5, (1.4, 0.1), "wide", Spread(1.0, 0.0), Spread(1.0, float("nan"))])
def test_a_spread_is_measured_not_chosen(method, spread):
    graph = ExactIndex().graph(faces(3, 3, 8, 0.1)[0], 3, Unattended())
    with pytest.raises(SettingError, match="spread"):
        create_clusterer(method, spread=spread).fit_predict(graph, context=Unattended())
