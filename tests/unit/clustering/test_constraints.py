"""Constraints as pure functions: photo pairs, settling conflicts, splitting groups, and enforcing on any labels."""

import itertools
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceorganizer.clustering.constraints import (
    NOWHERE,
    Candidates,
    compact,
    enforce,
    photo_pairs,
    separate,
    settle,
)
from faceorganizer.clustering.edges import Edges
from faceorganizer.domain.seams import Constraints

NO_PAIRS = np.zeros((0, 2), np.int64)


def edges(*listed: tuple[int, int, float]) -> Edges:
    """The listed edges in both directions."""
    both = [*listed, *((target, source, weight) for source, target, weight in listed)]
    columns = np.array(both).reshape(-1, 3).T
    return Edges(columns[0].astype(np.int64), columns[1].astype(np.int64), columns[2])


def wishes(*listed: tuple[int, int, int, float]) -> Candidates:
    owners, places, ranks, strengths = np.array(listed).reshape(-1, 4).T
    return Candidates(owners.astype(np.int64), places.astype(np.int64), ranks.astype(np.int64), strengths)


def rows(*pairs: tuple[int, int]) -> np.ndarray:
    return np.array(pairs, np.int64).reshape(-1, 2)


def test_labels_are_numbered_by_first_appearance() -> None:
    np.testing.assert_array_equal(compact(np.array([7, -2, 7, 0, -2])), [0, 1, 0, 2, 1])
    assert compact(np.zeros(0, np.int64)).dtype == np.int64


@given(st.lists(st.integers(-2, 4), max_size=15), st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14))))
@settings(max_examples=60, deadline=None)
def test_photo_pairs_by_definition(contents: list[int], exceptions: list[tuple[int, int]]) -> None:
    excepted = {frozenset(pair) for pair in exceptions}
    expected = {
        (first, second)
        for first, second in itertools.combinations(range(len(contents)), 2)
        if contents[first] == contents[second] and frozenset((first, second)) not in excepted
    }
    pairs = photo_pairs(np.array(contents, np.int64), rows(*exceptions))
    assert len(pairs) == len(expected)
    assert set(map(tuple, pairs.tolist())) == expected


def test_of_two_in_conflict_the_weaker_takes_its_next_wish() -> None:
    asked = wishes((0, 5, 0, 0.9), (1, 5, 0, 0.8), (1, 6, 1, 0.1), (1, 7, 2, 0.9))
    np.testing.assert_array_equal(settle(np.array([-1, -1]), rows((0, 1)), asked), [5, 6])


def test_whoever_has_no_wish_gives_way_to_nobody() -> None:
    asked = wishes((1, 5, 0, 99.0))
    np.testing.assert_array_equal(settle(np.array([5, -1, 5]), rows((0, 1), (0, 2)), asked), [5, NOWHERE, 5])


def test_losing_to_a_loser_does_not_count() -> None:
    asked = wishes((0, 5, 0, 3.0), (1, 5, 0, 2.0), (2, 5, 0, 1.0))
    np.testing.assert_array_equal(settle(np.full(3, -1), rows((0, 1), (1, 2)), asked), [5, NOWHERE, 5])


def test_equal_claims_go_to_the_lower_number() -> None:
    asked = wishes((0, 5, 0, 1.0), (1, 5, 0, 1.0))
    np.testing.assert_array_equal(settle(np.full(2, -1), rows((1, 0), (1, 1)), asked), [5, NOWHERE])


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_settled_owners_never_meet_whom_they_conflict_with(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 8))
    owner, place = st.integers(0, count - 1), st.integers(0, 4)
    conflicts = rows(*data.draw(st.lists(st.tuples(owner, owner), max_size=12)))
    claim = st.tuples(owner, place, st.integers(0, 3), st.sampled_from([0.1, 0.5, 0.9]))
    asked = wishes(*data.draw(st.lists(claim, max_size=20)))
    home = np.array(data.draw(st.lists(st.integers(-1, 4), min_size=count, max_size=count)))
    result = settle(home, conflicts, asked)
    loose = np.isin(np.arange(count), asked.owners)
    np.testing.assert_array_equal(result[~loose], home[~loose])
    for first, second in conflicts:
        if first != second and (loose[first] or loose[second]):
            assert result[first] != result[second] or result[first] == NOWHERE
    for one in np.flatnonzero(loose):
        assert result[one] in {NOWHERE, *asked.places[asked.owners == one].tolist()}


def test_the_next_best_group_is_the_one_with_most_weight() -> None:
    # 0 1 2 are one group; 2 cannot be with 0 and knows 3 4 and, better, 5 6.
    known = edges((0, 1, 1), (1, 2, 0.5), (2, 3, 0.3), (3, 4, 1), (2, 5, 0.2), (2, 6, 0.2), (5, 6, 1))
    result = enforce(np.array([0, 0, 0, 1, 1, 2, 2]), known, Constraints(NO_PAIRS, rows((0, 2))))
    np.testing.assert_array_equal(result, [0, 0, 1, 2, 2, 1, 1])


def test_a_group_that_is_ruled_out_too_is_passed_over() -> None:
    known = edges((0, 1, 1), (1, 2, 0.5), (2, 3, 0.3), (2, 5, 0.2))
    pairs = rows((0, 2), (3, 2), (5, 2))
    np.testing.assert_array_equal(
        enforce(np.array([0, 0, 0, 1, 1, 2]), known, Constraints(NO_PAIRS, pairs)), [0, 0, 1, 2, 2, 3]
    )


def test_what_must_be_together_moves_together() -> None:
    known = edges((0, 1, 1), (1, 2, 0.5), (3, 4, 0.5))
    pairs = Constraints(rows((2, 3)), rows((0, 2)))
    np.testing.assert_array_equal(enforce(np.array([0, 0, 0, 0, 1]), known, pairs), [0, 0, 1, 1, 1])


def test_groups_with_faces_that_must_be_together_become_one() -> None:
    labels = np.array([0, 0, 1, 1, 2, 3])
    result = enforce(labels, edges(), Constraints(rows((0, 2), (3, 4)), NO_PAIRS))
    np.testing.assert_array_equal(result, [0, 0, 0, 0, 0, 1])


@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_any_face(count: int) -> None:
    labels = np.arange(count)
    np.testing.assert_array_equal(enforce(labels, edges(), Constraints.none()), labels)
    np.testing.assert_array_equal(enforce(labels, edges(), Constraints(NO_PAIRS, photo_pairs(labels * 0))), labels)


def test_separate_keeps_the_better_face() -> None:
    quality = np.array([0.2, 0.9, np.nan, 0.5], np.float32)
    everybody = np.ones(4, bool)
    pairs = rows((0, 1), (2, 3), (1, 1))
    np.testing.assert_array_equal(separate(np.zeros(4, np.int64), pairs, everybody, quality), [0, 1, 0, 1])
    np.testing.assert_array_equal(separate(np.zeros(4, np.int64), pairs, ~everybody, quality), [0] * 4)


def test_many_photos_and_a_contact_sheet_take_seconds() -> None:
    random = np.random.default_rng(0)
    count = 100_000
    contents = random.integers(0, 30_000, count)
    contents[:1000] = -1
    labels = random.integers(0, 3000, count)
    labels[:1000] = 0
    known = Edges(random.integers(0, count, 10**6), random.integers(0, count, 10**6), random.random(10**6))
    started = time.process_time()
    pairs = photo_pairs(contents)
    result = enforce(labels, known, Constraints(NO_PAIRS, pairs))
    assert (result[pairs[:, 0]] != result[pairs[:, 1]]).all()
    assert time.process_time() - started < 20
