"""Distances between faces and between people."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceorganizer.domain.errors import CancelledError, VectorError
from faceorganizer.domain.progress import Unattended
from faceorganizer.jobs.job import Job
from faceorganizer.recognition.insight import (
    closest_people,
    distances_between,
    pair_distances,
    people_means,
    side_by_side,
)

NOBODY_WATCHES = Unattended()


def some_faces(sizes: list[int], seed: int = 0, dimension: int = 8) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    who = random.permutation(np.repeat(np.arange(len(sizes)) * 3 + 5, sizes))
    return (random.normal(size=(len(who), dimension)) * 3).astype(np.float32), who


def brute(vectors: np.ndarray, who: np.ndarray) -> tuple[list[float], list[float]]:
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    same: list[float] = []
    different: list[float] = []
    for one, other in combinations(range(len(unit)), 2):
        (same if who[one] == who[other] else different).append(float(np.linalg.norm(unit[one] - unit[other])))
    return sorted(same), sorted(different)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 7), min_size=0, max_size=6), st.integers(0, 1000))
def test_all_pairs_are_measured_where_they_are_few(sizes: list[int], seed: int) -> None:
    vectors, who = some_faces(sizes, seed)
    found = pair_distances(vectors, who, context=NOBODY_WATCHES)
    same, different = brute(vectors, who)
    np.testing.assert_allclose(np.sort(found.same), same, atol=1e-5)
    np.testing.assert_allclose(np.sort(found.different), different, atol=1e-5)
    assert (found.same_pairs, found.different_pairs) == (len(same), len(different))


def test_many_pairs_are_sampled_evenly_and_the_same_every_time() -> None:
    vectors, who = some_faces([200, 40, 10, 1, 1])
    found = pair_distances(vectors, who, context=NOBODY_WATCHES, most=3000)
    same, different = brute(vectors, who)
    assert (len(found.same), len(found.different)) == (3000, 3000)
    assert (found.same_pairs, found.different_pairs) == (len(same), len(different))
    assert found.same.mean() == pytest.approx(np.mean(same), abs=0.02)
    assert found.different.mean() == pytest.approx(np.mean(different), abs=0.02)
    again = pair_distances(vectors, who, context=NOBODY_WATCHES, most=3000)
    np.testing.assert_array_equal(found.same, again.same)
    np.testing.assert_array_equal(found.different, again.different)


def test_one_person_with_nearly_all_faces_has_different_pairs_as_well() -> None:
    vectors, who = some_faces([4000, 1])
    found = pair_distances(vectors, who, context=NOBODY_WATCHES, most=500)
    assert found.different_pairs == 4000
    assert 0 < len(found.different) <= 500


def test_what_is_no_descriptor_is_refused() -> None:
    vectors, who = some_faces([2, 2])
    vectors[1, 1] = np.nan
    with pytest.raises(VectorError):
        pair_distances(vectors, who, context=NOBODY_WATCHES)
    with pytest.raises(VectorError):
        people_means(vectors, who)


def test_measuring_can_be_stopped() -> None:
    vectors, who = some_faces([20, 20])
    job = Job()
    job.cancel()
    with pytest.raises(CancelledError), job:
        pair_distances(vectors, who, context=job)
    means = people_means(vectors, who)
    other = Job()
    other.cancel()
    with pytest.raises(CancelledError), other:
        closest_people(means, 5, context=other)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.integers(0, 1000))
def test_means_tell_the_distances_of_all_pairs_of_faces(sizes: list[int], seed: int) -> None:
    vectors, who = some_faces(sizes, seed)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    means = people_means(vectors, who)
    distances = distances_between(means)
    people = np.unique(who)
    np.testing.assert_array_equal(means.people, people)
    for row, one in enumerate(people):
        for column, other in enumerate(people):
            squares = np.square(unit[who == one][:, None] - unit[who == other][None]).sum(axis=2)
            if row == column:
                count = len(squares)
                wanted = np.sqrt(squares.sum() / (count * (count - 1))) if count > 1 else np.nan
            else:
                wanted = np.sqrt(squares.mean())
            np.testing.assert_allclose(distances[row, column], wanted, atol=2e-4)


def test_faces_of_nobody_take_no_part() -> None:
    vectors, who = some_faces([3, 3])
    who[0] = -1
    assert people_means(vectors, who).faces.sum() == 5
    assert len(people_means(vectors, np.full(6, -1))) == 0


def test_the_closest_pairs_are_those_of_the_matrix() -> None:
    vectors, who = some_faces([3] * 40)
    means = people_means(vectors, who)
    pairs, distances = closest_people(means, 25, context=NOBODY_WATCHES)
    matrix = distances_between(means)
    low, high = np.triu_indices(40, 1)
    wanted = np.sort(matrix[low, high])[:25]
    np.testing.assert_allclose(distances, wanted, atol=1e-5)
    np.testing.assert_allclose(matrix[pairs[:, 0], pairs[:, 1]], distances, atol=1e-5)
    assert len({tuple(sorted(pair)) for pair in pairs.tolist()}) == 25


def test_of_a_pair_the_one_with_more_faces_comes_first() -> None:
    vectors, who = some_faces([2, 9])
    means = people_means(vectors, who)
    pairs, _ = closest_people(means, 5, context=NOBODY_WATCHES)
    assert means.faces[pairs].tolist() == [[9, 2]]


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_and_one_person_make_no_pair(count: int) -> None:
    vectors, who = some_faces([4] * count)
    pairs, distances = closest_people(people_means(vectors, who), 5, context=NOBODY_WATCHES)
    assert (len(pairs), len(distances)) == (0, 0)


def test_more_people_than_a_matrix_holds_have_closest_pairs() -> None:
    random = np.random.default_rng(1)
    vectors = random.normal(size=(2600, 32)).astype(np.float32)
    vectors[2500] = vectors[7] + 0.001
    pairs, distances = closest_people(people_means(vectors, np.arange(2600)), 10, context=NOBODY_WATCHES)
    assert sorted(pairs[0].tolist()) == [7, 2500]
    assert (np.diff(distances) >= 0).all()
    assert len(pairs) == 10


def test_who_is_alike_comes_side_by_side() -> None:
    random = np.random.default_rng(2)
    middles = random.normal(size=(3, 16))
    kinds = np.tile(np.arange(3), 5)
    vectors = (middles[kinds] + 0.1 * random.normal(size=(15, 16))).astype(np.float32)
    order = side_by_side(distances_between(people_means(vectors, np.arange(15))))
    assert sorted(order.tolist()) == list(range(15))
    assert np.count_nonzero(np.diff(kinds[order])) == 2
    assert side_by_side(np.zeros((2, 2), np.float32)).tolist() == [0, 1]
