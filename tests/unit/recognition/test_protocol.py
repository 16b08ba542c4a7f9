from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import Unattended
from faceorganizer.recognition.protocol import (
    Pairs,
    all_pairs,
    best_threshold,
    curve_of,
    distances_of,
    paired,
    rates_at,
    verified,
)


def faces(people: int = 60, pictures: int = 4, spread: float = 0.05) -> tuple[FloatArray, IntArray]:
    random = np.random.default_rng(3)
    labels = np.repeat(np.arange(people), pictures)
    centres = random.normal(size=(people, 16))
    return (centres[labels] + spread * random.normal(size=(len(labels), 16))).astype(np.float32), labels


@given(st.lists(st.integers(1, 6), min_size=8, max_size=40), st.integers(2, 4), st.integers(1, 30), st.integers(0, 9))
def test_folds_share_nobody_and_hold_as_many_of_both(sizes: list[int], folds: int, most: int, seed: int) -> None:
    labels = np.repeat(np.arange(len(sizes)) * 7, sizes)
    if sum(size > 1 for size in sizes) < folds:
        with pytest.raises(UsageError, match="too few"):
            paired(labels, folds=folds)
        return
    pairs = paired(labels, folds=folds, pairs=most, seed=seed)
    people = [
        set(labels[[*pairs.left[pairs.folds == fold], *pairs.right[pairs.folds == fold]]]) for fold in range(folds)
    ]
    assert not any(one & other for one, other in combinations(people, 2))
    assert (pairs.same == (labels[pairs.left] == labels[pairs.right])).all()
    assert (pairs.left != pairs.right).all()
    drawn = {(min(pair), max(pair)) for pair in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)}
    assert len(drawn) == len(pairs)
    for fold in range(folds):
        same = pairs.same[pairs.folds == fold]
        assert 1 <= same.sum() <= most
        assert 2 * same.sum() == len(same)


def test_every_pair_of_a_person_can_be_drawn() -> None:
    labels = np.concatenate([np.zeros(7, np.int64), np.arange(1, 60), np.arange(1, 60)])
    pairs = paired(labels, folds=2, pairs=10_000)
    of_first = pairs.same & (labels[pairs.left] == 0)
    drawn = {frozenset(pair) for pair in zip(pairs.left[of_first], pairs.right[of_first], strict=True)}
    assert drawn == {frozenset(pair) for pair in combinations(range(7), 2)}


def test_the_draw_is_that_of_its_seed() -> None:
    labels = faces()[1]
    first, again, other = paired(labels), paired(labels), paired(labels, seed=1)
    assert (first.left == again.left).all()
    assert not np.array_equal(first.left, other.left)


def test_faces_that_are_far_apart_are_all_verified() -> None:
    vectors, labels = faces()
    pairs = paired(labels, pairs=20)
    found = verified(distances_of(vectors, pairs), pairs)
    assert found.accuracy == 1
    assert found.error == 0
    assert found.curve.area == pytest.approx(1)
    assert [fold.pairs for fold in found.folds] == [40] * 10


def test_faces_at_random_are_verified_by_chance() -> None:
    labels = faces(people=400)[1]
    pairs = paired(labels)
    found = verified(
        distances_of(np.random.default_rng(0).normal(size=(len(labels), 8)).astype(np.float32), pairs), pairs
    )
    assert abs(found.accuracy - 0.5) < 4 * max(found.error, 0.005)
    assert abs(found.curve.area - 0.5) < 0.05


def test_mean_and_error_are_those_of_the_folds() -> None:
    same = np.array([True, False] * 4)
    pairs = Pairs(np.arange(8), np.arange(8), same, np.repeat([0, 1], 4))
    found = verified(np.array([1, 4, 2, 5, 1, 4, 9, 5.0]), pairs)
    assert [fold.accuracy for fold in found.folds] == [1, 0.75]
    assert found.accuracy == pytest.approx(0.875)
    assert found.error == pytest.approx(np.std([1, 0.75], ddof=1) / np.sqrt(2))


def test_a_threshold_is_never_seen_by_its_own_fold() -> None:
    same = np.array([True, False] * 4)
    pairs = Pairs(np.arange(8), np.arange(8), same, np.repeat([0, 1], 4))
    first = verified(np.array([1, 4, 2, 5, 1, 4, 3, 5.0]), pairs).folds[0]
    changed = verified(np.array([8, 9, 8, 9, 1, 4, 3, 5.0]), pairs).folds[0]
    assert first.threshold == changed.threshold == 3.5


@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=1, max_size=30))
def test_no_other_threshold_is_right_more_often(entries: list[tuple[int, bool]]) -> None:
    distances = np.array([distance for distance, _ in entries], np.float64)
    same = np.array([truth for _, truth in entries])
    right = ((distances <= best_threshold(distances, same)) == same).sum()
    assert right == max(((distances <= cut) == same).sum() for cut in np.arange(-1, 8) + 0.5)


def test_a_face_that_was_not_found_is_never_accepted() -> None:
    vectors, labels = faces()
    vectors[::5] = np.nan
    pairs = paired(labels, pairs=20)
    distances = distances_of(vectors, pairs)
    lost = np.isnan(vectors[:, 0])
    assert (np.isinf(distances) == (lost[pairs.left] | lost[pairs.right])).all()
    found = verified(distances, pairs)
    missing = np.isinf(distances) & pairs.same
    assert found.accuracy == pytest.approx(1 - missing.mean())
    assert np.isfinite([fold.threshold for fold in found.folds]).all()


@given(st.lists(st.tuples(st.floats(0, 2), st.booleans()), min_size=2, max_size=60))
def test_the_area_is_the_chance_of_the_right_order(entries: list[tuple[float, bool]]) -> None:
    distances = np.array([distance for distance, _ in entries])
    same = np.array([truth for _, truth in entries])
    if same.all() or not same.any():
        return
    gaps = distances[same][:, None] - distances[~same][None, :]
    expected = ((gaps < 0) + (gaps == 0) / 2).mean()
    curve = curve_of(distances, same)
    assert curve.area == pytest.approx(expected)
    assert curve.corners().area == pytest.approx(expected)
    assert curve.corners().true_accepts[-1] == 1


def test_rates_are_told_only_where_there_are_pairs_enough() -> None:
    distances = np.concatenate([np.linspace(0, 0.5, 100), np.linspace(0.3, 1, 1000)])
    same = np.arange(1100) < 100
    tenth, hundredth, thousandth, none = rates_at(curve_of(distances, same), 1000)
    assert tenth.false_accepts == pytest.approx(0.1)
    assert tenth.pairs == 100
    assert tenth.true_accepts is not None
    assert tenth.true_accepts == pytest.approx((distances[same] <= tenth.threshold).mean())
    assert hundredth.pairs == 10
    assert thousandth.false_accepts == pytest.approx(0.001)
    assert none.true_accepts is none.threshold is None


def test_all_pairs_are_counted_once() -> None:
    vectors, labels = faces(spread=0.6)
    curve, same, different = all_pairs(vectors, labels, Unattended())
    assert (same, different) == (60 * 6, 240 * 239 // 2 - 60 * 6)
    first, second = np.triu_indices(240, 1)
    gaps = np.linalg.norm(vectors[first] - vectors[second], axis=1)
    exact = curve_of(gaps.astype(np.float64), labels[first] == labels[second])
    assert curve.area == pytest.approx(exact.area, abs=1e-3)
    for found, true in zip(rates_at(curve, different), rates_at(exact, different), strict=True):
        assert found.true_accepts == pytest.approx(true.true_accepts, abs=0.03)


def test_too_few_pairs_are_refused() -> None:
    pairs = Pairs(np.array([0, 1]), np.array([1, 2]), np.array([True, True]), np.array([0, 1]))
    with pytest.raises(UsageError):
        verified(np.array([0.1, 0.2]), pairs)
    with pytest.raises(UsageError):
        verified(np.array([0.1, 0.2]), Pairs(pairs.left, pairs.right, np.array([True, False]), np.array([0, 0])))
    empty = np.zeros(0, np.int64)
    with pytest.raises(UsageError):
        verified(np.zeros(0), Pairs(empty, empty, empty.astype(bool), empty))
