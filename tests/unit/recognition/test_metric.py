"""The learned head: its gradient, its triplets, and what it learns."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceorganizer.domain.errors import CancelledError, VectorError
from faceorganizer.domain.progress import Unattended
from faceorganizer.recognition.metric import (
    MARGIN,
    Head,
    compared,
    fitted_width,
    plain_head,
    recognised,
    semi_hard,
    train,
    triplet_loss,
)

NOBODY = np.zeros(0, np.int64)


def cone(people: int, faces: int, *, nuisance: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Vectors as a network makes them, in a narrow cone; nuisance is what a few directions say that is nobody's."""
    random = np.random.default_rng(seed)
    directions = np.random.default_rng(99).normal(size=(6, 128)) / np.sqrt(128)
    middle = np.random.default_rng(98).normal(size=128)
    middle /= np.linalg.norm(middle)
    numbers = np.repeat(np.arange(people), faces)
    own = random.normal(size=(people, 128))[numbers] * 0.034
    noise = random.normal(size=(len(numbers), 128)) * 0.018
    other = random.normal(size=(len(numbers), 6)) @ directions * nuisance
    vectors = 1.4 * (0.9 * middle + own + noise + other)
    return vectors.astype(np.float32), numbers


def test_the_gradient_is_that_of_finite_differences() -> None:
    random = np.random.default_rng(1)
    points = random.normal(size=(12, 7))
    people = np.repeat(np.arange(4), 3)
    weights = 0.1 * random.normal(size=(7, 7))
    loss, slope = triplet_loss(weights, points, people, margin=0.7)
    assert loss > 0
    numeric = np.zeros_like(weights)
    for place in np.ndindex(weights.shape):
        step = np.zeros_like(weights)
        step[place] = 1e-6
        above, below = (triplet_loss(weights + sign * step, points, people, margin=0.7)[0] for sign in (1, -1))
        numeric[place] = (above - below) / 2e-6
    np.testing.assert_allclose(slope, numeric, atol=1e-6)


def test_negatives_are_the_nearest_that_are_further_than_the_positive() -> None:
    random = np.random.default_rng(2)
    placed = random.normal(size=(20, 5))
    placed /= np.linalg.norm(placed, axis=1, keepdims=True)
    people = random.integers(0, 4, 20)
    squares = ((placed[:, None] - placed[None]) ** 2).sum(axis=2)
    wanted = set()
    for anchor in range(20):
        for positive in range(20):
            others = [
                row
                for row in range(20)
                if people[row] != people[anchor] and squares[anchor, row] > squares[anchor, positive]
            ]
            if anchor != positive and people[anchor] == people[positive] and others:
                negative = min(others, key=lambda row: squares[anchor, row])
                if squares[anchor, positive] - squares[anchor, negative] + MARGIN > 0:
                    wanted.add((anchor, positive, negative))
    anchors, positives, negatives, losses = semi_hard(placed, people, MARGIN)
    assert set(zip(anchors.tolist(), positives.tolist(), negatives.tolist(), strict=True)) == wanted
    assert (losses > 0).all()
    assert (losses < MARGIN).all()


def test_a_batch_without_pairs_has_no_loss() -> None:
    for people in (np.arange(5), np.zeros(5, np.int64)):
        loss, slope = triplet_loss(np.zeros((3, 3)), np.random.default_rng(0).normal(size=(5, 3)), people)
        assert loss == 0
        assert not slope.any()
    assert triplet_loss(np.zeros((3, 3)), np.zeros((0, 3)), NOBODY)[0] == 0


@given(st.integers(0, 2**32 - 1), st.integers(1, 9))
@settings(max_examples=30, deadline=None)
def test_the_untrained_head_changes_nothing(seed: int, count: int) -> None:
    vectors = np.random.default_rng(seed).normal(size=(count, 128)).astype(np.float32)
    np.testing.assert_allclose(plain_head(vectors, np.arange(count)).apply(vectors), vectors, atol=2e-5)


def test_a_head_keeps_lengths_and_takes_what_is_odd() -> None:
    vectors, people = cone(6, 4, nuisance=0.1)
    head = replace(plain_head(vectors, people), weights=np.random.default_rng(0).normal(size=(128, 128)) * 0.1)
    odd = np.concatenate([vectors, np.zeros((1, 128), np.float32), head.centre[None]])
    mapped = head.apply(odd)
    assert np.isfinite(mapped).all()
    np.testing.assert_allclose(np.linalg.norm(mapped, axis=1), np.linalg.norm(odd, axis=1), rtol=1e-5)
    assert head.apply(odd[:0]).shape == (0, 128)
    with pytest.raises(VectorError):
        head.apply(np.full((1, 128), np.nan, np.float32))


def test_what_is_nobodys_is_learned_to_be_overlooked() -> None:
    vectors, people = cone(30, 6, nuisance=0.15)
    head, curve = train(vectors, people, np.arange(6))
    fresh, whose = cone(30, 6, nuisance=0.15, seed=1)
    rows = np.arange(len(fresh))
    before, after = (
        np.nanmean(recognised(near, far, of, 30))
        for near, far, of in (compared(some, whose, rows, NOBODY) for some in (fresh, head.apply(fresh)))
    )
    assert after > before + 0.1
    assert curve.steps[0] == 0
    assert curve.best > 0
    assert curve.validation.min() < curve.validation[0]
    assert curve.training[-1] < curve.training[0]


def test_distances_of_different_people_keep_their_scale() -> None:
    vectors, people = cone(30, 6, nuisance=0.15)
    head, _ = train(vectors, people, np.arange(6), steps=100)
    fresh, whose = cone(40, 5, nuisance=0.15, seed=1)
    rows = np.arange(len(fresh))
    head = replace(head, width=fitted_width(head, fresh, whose, rows, NOBODY))
    near = [np.quantile(compared(some, whose, rows, NOBODY)[1], 0.01) for some in (fresh, head.apply(fresh))]
    assert near[1] == pytest.approx(near[0], abs=0.005)
    assert fitted_width(head, fresh, np.zeros(len(fresh), np.int64), rows, NOBODY) == 1.0  # nobody to be different from


def test_training_is_the_same_every_time_and_does_not_touch_what_it_is_given() -> None:
    vectors, people = cone(10, 4, nuisance=0.3)
    kept = vectors.copy()
    first, second = (train(vectors, people, np.arange(2), steps=60, seed=5)[0] for _ in range(2))
    np.testing.assert_array_equal(first.weights, second.weights)
    np.testing.assert_array_equal(vectors, kept)


def test_people_with_one_face_are_nobodys_anchor() -> None:
    vectors, people = cone(8, 1, nuisance=0.3)
    head, curve = train(vectors, people, NOBODY, steps=5)
    assert not head.weights.any()
    assert np.isnan(curve.validation).all()


def test_training_can_be_stopped() -> None:
    class Stopped(Unattended):
        def check_cancelled(self) -> None:
            raise CancelledError

    vectors, people = cone(8, 4, nuisance=0.3)
    with pytest.raises(CancelledError):
        train(vectors, people, NOBODY, context=Stopped())


def test_recognised_counts_pairs_within_thresholds() -> None:
    far = np.linspace(0.5, 1.0, 1000)
    shares = recognised(np.array([0.1, 0.2, 2.0, 0.1]), far, np.array([0, 0, 1, 3]), 4)
    assert shares[[0, 1, 3]].tolist() == [1, 0, 1]
    assert np.isnan(shares[2])


def test_a_head_is_made_of_three_things() -> None:
    head = Head(np.zeros(2, np.float32), np.zeros((2, 2), np.float32))
    assert head.width == 1.0
