"""Measures of agreement against cases worked by hand and against scikit-learn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import normalized_mutual_info_score, pair_confusion_matrix
from sklearn.metrics.cluster import contingency_matrix

from faceorganizer.clustering.metrics import (
    Agreement,
    accuracy,
    bcubed,
    contingency,
    lone,
    measure,
    mutual_information,
    pairwise,
)

labels = st.lists(st.tuples(st.integers(-3, 5), st.integers(-3, 5)), max_size=40)


def test_a_case_worked_by_hand() -> None:
    # Group 0 holds a a a b, group 1 holds b b: of 6 + 1 pairs put together, 3 + 1 belong together; 3 + 3 would.
    table = contingency(np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 0, 0, 1, 1]))
    assert pairwise(table) == Agreement(4 / 7, 4 / 6)
    precision = (3 * 3 / 4 + 1 / 4 + 2) / 6
    recall = (3 + 1 / 3 + 2 * 2 / 3) / 6
    assert bcubed(table).precision == pytest.approx(precision)
    assert bcubed(table).recall == pytest.approx(recall)
    assert bcubed(table).f == pytest.approx(2 * precision * recall / (precision + recall))


def test_all_measures_of_that_case() -> None:
    # One more face without a label, in a group of its own, and one with, alone.
    found = measure(np.array([0, 0, 0, 1, 1, 1, -1, 2]), np.array([0, 0, 0, 0, 1, 1, 9, 7]))
    assert (found.faces, found.people, found.groups, found.singletons) == (7, 3, 3, 1)
    assert found.accuracy == (3 + 2 + 1) / 7
    assert found.pairwise == Agreement(4 / 7, 4 / 6)
    assert found.nmi == pytest.approx(
        normalized_mutual_info_score([0, 0, 0, 1, 1, 1, 2], [0, 0, 0, 0, 1, 1, 7]), abs=1e-9
    )


def test_nobody_has_a_label() -> None:
    found = measure(np.array([-1, -1]), np.array([0, 1]))
    assert (found.faces, found.people, found.groups, found.accuracy, found.nmi) == (0, 0, 0, 1, 1)


def test_perfect_and_worst() -> None:
    truth = np.array([4, 4, 9, 9, 9])
    perfect = contingency(truth, np.array([1, 1, 0, 0, 0]))
    assert pairwise(perfect).f == bcubed(perfect).f == 1
    assert mutual_information(perfect) == pytest.approx(1)
    apart = contingency(np.zeros(4, int), np.arange(4))
    assert (pairwise(apart).precision, pairwise(apart).recall, pairwise(apart).f) == (1, 0, 0)
    assert (bcubed(apart).precision, bcubed(apart).recall) == (1, 0.25)


def test_nothing_at_all() -> None:
    table = contingency(np.zeros(0, int), np.zeros(0, int))
    assert pairwise(table) == bcubed(table) == Agreement(1, 1)
    assert mutual_information(table) == 1


def test_faces_of_no_group_stand_alone() -> None:
    np.testing.assert_array_equal(lone(np.array([-1, 3, -1, 3])), [4, 3, 5, 3])
    np.testing.assert_array_equal(lone(np.array([-1, -5, -1])), [1, -5, 2])
    assert lone(np.zeros(0, int)).size == 0


def test_different_lengths_are_a_bug() -> None:
    with pytest.raises(ValueError, match="compared"):
        contingency(np.zeros(3, int), np.zeros(4, int))


@given(labels)
@settings(max_examples=200, deadline=None)
def test_agrees_with_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    true, found = np.array(pairs, np.int64).reshape(-1, 2).T
    table = contingency(true, found)
    assert table.faces == len(pairs)
    if len(pairs):
        (_, wrong), (missed, right) = pair_confusion_matrix(true, found)
        assert pairwise(table).precision == (right / (right + wrong) if right + wrong else 1)
        assert pairwise(table).recall == (right / (right + missed) if right + missed else 1)
    assert mutual_information(table) == pytest.approx(normalized_mutual_info_score(true, found), abs=1e-9)
    if len(pairs):
        assert accuracy(table) == contingency_matrix(true, found).max(axis=0).sum() / len(pairs)
    wide = contingency(true * 10**15, found * 10**15)
    np.testing.assert_array_equal(wide.cells, table.cells)


@given(labels)
@settings(max_examples=100, deadline=None)
def test_bcubed_by_its_definition(pairs: list[tuple[int, int]]) -> None:
    true, found = np.array(pairs, np.int64).reshape(-1, 2).T
    same_true, same_found = true[:, None] == true, found[:, None] == found
    both = (same_true & same_found).sum(axis=1)
    table = contingency(true, found)
    if len(pairs):
        assert bcubed(table).precision == pytest.approx(np.mean(both / same_found.sum(axis=1)))
        assert bcubed(table).recall == pytest.approx(np.mean(both / same_true.sum(axis=1)))
    swapped = contingency(found, true)
    assert pairwise(swapped) == Agreement(pairwise(table).recall, pairwise(table).precision)


def test_a_million_faces_at_once() -> None:
    random = np.random.default_rng(0)
    true = random.integers(0, 50_000, 1_000_000)
    found = np.where(random.random(len(true)) < 0.9, true, random.integers(0, 80_000, len(true)))
    measures = measure(true, found)
    values = measures.accuracy, measures.pairwise.f, measures.bcubed.f, measures.nmi
    assert all(0.7 < value < 1 for value in values)
