import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceorganizer.recognition.evidence import (
    LFW,
    evidence,
    logistic,
    mixed_probability,
    probabilities,
    years_of_doubt,
)

distances = st.floats(0, 3)
counts = st.integers(1, 32)


@given(distances, distances, counts, st.integers(1, 8))
def test_what_is_nearer_is_likelier(first: float, second: float, compared: int, faces: int) -> None:
    near, far = sorted((first, second))
    both = evidence(np.array([near, far]), np.array([compared] * 2), np.array([faces] * 2))
    assert both[0] >= both[1]
    chances = probabilities(np.arange(2), both, 10)
    assert chances[0] >= chances[1]


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(-50, 50)), max_size=40), st.integers(1, 10**6))
def test_probabilities_of_a_query_never_exceed_one(entries: list[tuple[int, float]], people: int) -> None:
    queries = np.array([query for query, _ in entries], np.int64)
    chances = probabilities(queries, np.array([strength for _, strength in entries], np.float64), people)
    assert chances.shape == queries.shape
    assert (chances >= 0).all()
    assert (np.bincount(queries, chances) <= 1 + 1e-9).all()


@given(st.permutations(range(8)))
def test_the_order_of_entries_does_not_matter(order: list[int]) -> None:
    queries, strengths = np.array([0, 0, 0, 1, 1, 2, 2, 2]), np.linspace(-3, 5, 8)
    chances = probabilities(queries, strengths, 5)
    assert np.allclose(probabilities(queries[order], strengths[order], 5), chances[order], atol=1e-12)


def test_more_people_make_each_less_likely() -> None:
    strengths = np.array([2.0])
    known = [float(probabilities(np.zeros(1, np.int64), strengths, people)[0]) for people in (1, 10, 1000, 10**6)]
    assert known == sorted(known, reverse=True)
    assert known[0] == pytest.approx(float(logistic(strengths)[0]))


def test_prior_odds_move_the_answer() -> None:
    even, doubtful = (
        float(probabilities(np.zeros(1, np.int64), np.array([1.0]), 10, log_odds=odds)[0]) for odds in (0.0, -3.0)
    )
    assert doubtful < even


def test_rivals_share_what_one_would_have() -> None:
    alone = probabilities(np.zeros(1, np.int64), np.array([4.0]), 100)[0]
    shared = probabilities(np.zeros(2, np.int64), np.array([4.0, 4.0]), 100)
    assert shared[0] == pytest.approx(shared[1])
    assert shared[0] < alone < shared.sum() < 1


def test_extremes_stay_finite() -> None:
    chances = probabilities(np.array([0, 1]), np.array([1e6, -1e6]), 10)
    assert chances.tolist() == [1.0, 0.0]
    assert 0 < LFW.rivalry <= 1


def test_who_lies_far_apart_is_two() -> None:
    chance = mixed_probability(np.array([0.3, 0.5, 0.6, 0.7, 0.9]))
    assert (np.diff(chance) > 0).all()
    assert chance[1] < 0.05
    assert chance[3] > 0.9


def test_years_count_for_children_alone() -> None:
    lost = years_of_doubt(np.array([0.0, 2.0, 30.0, 4.0, 4.0, np.nan]), np.array([3.0, 3.0, 3.0, 10.0, np.nan, 3.0]))
    assert lost.tolist() == [0.0, 1.0, 3.0, 0.0, 0.0, 0.0]
