"""From labels to people: worked cases, and what must hold whatever comes in."""

import time
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceorganizer.clustering.constraints import photo_pairs
from faceorganizer.clustering.reconcile import reconcile
from faceorganizer.domain.faces import FaceTable

PAIRS = np.zeros((0, 2), np.int64)


def faces(
    persons: list[int],
    *,
    decided: list[int] | None = None,
    contents: list[int] | None = None,
    points: list[float] | None = None,
) -> FaceTable:
    """Faces on a line, each in a photo of its own, decided where listed by row."""
    count = len(persons)
    is_decided = np.zeros(count, bool)
    is_decided[decided or []] = True
    return FaceTable(
        ids=np.arange(count) + 1,
        contents=np.array(contents if contents is not None else range(count), np.int64),
        quality=np.ones(count, np.float32),
        persons=np.array(persons, np.int64),
        decided=is_decided,
        descriptors=np.array(points if points is not None else [0.0] * count, np.float32).reshape(-1, 1),
    )


def settled(
    labels: list[int],
    table: FaceTable,
    *,
    named: list[int] | None = None,
    rejections: list[tuple[int, int]] | None = None,
    cannot: list[tuple[int, int]] | None = None,
    exceptions: list[tuple[int, int]] | None = None,
    keep: list[int] | None = None,
) -> list[int]:
    kept = np.zeros(len(table), bool)
    kept[keep or []] = True
    result = reconcile(
        np.array(labels, np.int64),
        table,
        named=np.array(named or [], np.int64),
        rejections=np.array(rejections or [], np.int64).reshape(-1, 2),
        cannot=np.array(cannot or [], np.int64).reshape(-1, 2),
        exceptions=np.array(exceptions or [], np.int64).reshape(-1, 2),
        keep=kept if keep is not None else None,
    )
    assert result.dtype == np.int64
    return result.tolist()


def test_new_faces_make_new_groups() -> None:
    assert settled([7, 3, 7, 3, 9], faces([-1] * 5)) == [-2, -3, -2, -3, -1]


def test_nothing_and_one_face() -> None:
    assert settled([], faces([])) == []
    assert settled([0], faces([-1])) == [-1]
    assert settled([0], faces([5])) == [-1]
    assert settled([0], faces([5]), named=[5]) == [5]
    assert settled([0], faces([5], decided=[0])) == [5]


def test_a_group_keeps_its_id_when_faces_come_and_go() -> None:
    assert settled([0, 0, 0, 0, 1, 1], faces([4, 4, 4, -1, 4, -1])) == [4, 4, 4, 4, -2, -2]


def test_each_id_goes_to_the_largest_overlap() -> None:
    before = [4, 4, 4, 4, 4, 8, 8, 8]
    assert settled([0, 0, 0, 1, 1, 1, 1, 1], faces(before)) == [4, 4, 4, 8, 8, 8, 8, 8]


def test_a_named_person_has_the_id_at_equal_overlap() -> None:
    assert settled([0] * 4, faces([3, 3, 9, 9]), named=[9]) == [9] * 4
    assert settled([0] * 4, faces([3, 3, 9, 9])) == [3] * 4


def test_a_group_joins_its_one_decided_person() -> None:
    assert settled([0, 0, 0, 0], faces([6, -1, 4, 4], decided=[0])) == [6, 6, 6, 6]


def test_a_mixed_group_is_shared_out_by_distance() -> None:
    table = faces([6, 6, 7, 7, -1, -1, -1], decided=[0, 1, 2, 3], points=[0, 0.1, 1, 1.1, 0.2, 0.9, 0.5])
    assert settled([0] * 7, table) == [6, 6, 7, 7, 6, 7, 6]


def test_one_stray_decision_does_not_outweigh_three() -> None:
    table = faces([7, 6, 6, 6, 7, 7, -1], decided=range(6), points=[0.30, 0.38, 0.4, 0.42, 2, 2, 0.32])
    assert settled([0] * 7, table)[6] == 6


def test_a_rejected_person_is_passed_over() -> None:
    table = faces([6, 7, -1, -1], decided=[0, 1], points=[0, 1, 0.1, 0.2])
    assert settled([0] * 4, table, rejections=[(2, 6)]) == [6, 7, 7, 6]


def test_all_who_are_rejected_become_a_group_of_their_own() -> None:
    table = faces([6, -1, -1, -1], decided=[0])
    assert settled([0] * 4, table, rejections=[(1, 6), (2, 6)]) == [6, -2, -2, 6]


def test_a_group_mostly_rejected_by_a_person_is_somebody_else() -> None:
    before = faces([6, 6, -1, -1, -1])
    assert settled([0] * 5, before, rejections=[(2, 6), (3, 6), (4, 6)]) == [-2] * 5
    assert settled([0] * 5, before, rejections=[(2, 6)], named=[6]) == [6, 6, -1, 6, 6]


def test_two_faces_of_one_photo_are_two_people() -> None:
    table = faces([6, -1, -1], decided=[0], contents=[1, 1, 2])
    assert settled([0, 0, 0], table) == [6, -1, 6]
    assert settled([0, 0, 0], table, exceptions=[(1, 0)]) == [6, 6, 6]


def test_the_nearer_of_two_in_one_photo_stays() -> None:
    table = faces([6, -1, -1], decided=[0], contents=[1, 2, 2], points=[0, 0.4, 0.3])
    assert settled([0, 0, 0], table) == [6, -1, 6]


def test_of_twins_in_one_photo_each_finds_a_person() -> None:
    table = faces([6, 7, -1, -1], decided=[0, 1], contents=[1, 2, 3, 3], points=[0, 1, 0.1, 0.3])
    assert settled([0] * 4, table) == [6, 7, 6, 7]


def test_named_apart_stays_apart() -> None:
    assert settled([0, 0, 0], faces([6, -1, -1], decided=[0]), cannot=[(1, 0)]) == [6, -1, 6]


def test_kept_faces_stay_and_draw_new_ones() -> None:
    table = faces([6, 6, 8, 8, -1], points=[0, 0.1, 1, 1.1, 0.2])
    assert settled([0] * 5, table, named=[6, 8], keep=[0, 1, 2, 3]) == [6, 6, 8, 8, 6]
    assert settled([0] * 5, table, named=[6, 8]) == [6] * 5


def test_a_rejected_or_crowded_out_face_is_not_kept() -> None:
    table = faces([6, 6, 6], decided=[0], contents=[1, 1, 2])
    assert settled([0, 1, 2], table, keep=[1, 2], rejections=[(2, 6)]) == [6, -1, -1]


def test_a_person_decided_elsewhere_keeps_the_group_it_had() -> None:
    """One decided face in a strange group must not take the id from the person's own."""
    assert settled([0, 1, 1, 1], faces([6, 6, 6, 6], decided=[0])) == [6, 6, 6, 6]


def test_shapes_that_do_not_fit_are_a_bug() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        settled([0, 1], faces([1]))


@dataclass(frozen=True)
class Case:
    labels: np.ndarray
    table: FaceTable
    named: np.ndarray
    rejections: np.ndarray
    cannot: np.ndarray
    exceptions: np.ndarray
    keep: np.ndarray

    def solve(self) -> np.ndarray:
        return reconcile(
            self.labels,
            self.table,
            named=self.named,
            rejections=self.rejections,
            cannot=self.cannot,
            exceptions=self.exceptions,
            keep=self.keep,
        )

    @property
    def conflicts(self) -> np.ndarray:
        return np.concatenate([photo_pairs(self.table.contents, self.exceptions), self.cannot])


@st.composite
def cases(draw: st.DrawFn) -> Case:
    count = draw(st.integers(0, 24))

    def column(values: st.SearchStrategy, kind: type) -> np.ndarray:
        return np.array(draw(st.lists(values, min_size=count, max_size=count)), kind)

    def pairs(second: st.SearchStrategy, most: int) -> np.ndarray:
        rows = st.integers(0, max(count - 1, 0))
        listed = draw(st.lists(st.tuples(rows, second), max_size=most if count else 0))
        return np.array(listed, np.int64).reshape(-1, 2)

    rows, persons = st.integers(0, max(count - 1, 0)), st.sampled_from([1, 2, 5, 2**40])
    decided = column(st.sampled_from([False, False, False, True]), bool)
    return Case(
        labels=column(st.integers(-1, draw(st.integers(0, 5))), np.int64),
        table=FaceTable(
            ids=np.arange(count),
            contents=column(st.integers(0, draw(st.integers(0, 30))), np.int64),
            quality=column(st.sampled_from([0.0, 0.5, 1.0, np.nan]), np.float32),
            persons=column(st.one_of(st.just(-1), persons), np.int64),
            decided=decided,
            descriptors=column(st.integers(-3, 3), np.float32).reshape(-1, 1),
        ),
        named=np.array(sorted(draw(st.sets(persons | st.just(77)))), np.int64),
        rejections=pairs(persons, 16),
        cannot=pairs(rows, 6),
        exceptions=pairs(rows, 6),
        keep=column(st.sampled_from([False, False, True]), bool) & draw(st.booleans()),
    )


@given(cases())
@settings(max_examples=100, deadline=None)
def test_decisions_hold_whatever_comes_in(case: Case) -> None:
    table, result = case.table, case.solve()
    undecided = ~table.decided
    np.testing.assert_array_equal(result[table.decided], table.persons[table.decided])
    rejected = set(map(tuple, case.rejections.tolist()))
    assert not any((row, result[row]) in rejected for row in np.flatnonzero(undecided).tolist())
    for one, other in case.conflicts:
        if one != other and result[one] == result[other] != -1:
            assert table.decided[one]
            assert table.decided[other]
    new = result[result < -1]
    assert set(new) == set(range(-1 - len(set(new)), -1))
    assert all(np.count_nonzero(result == group) > 1 for group in set(new))
    assert set(result[result > 0]) <= set(table.persons) | set(case.named)


@given(cases())
@settings(max_examples=60, deadline=None)
def test_a_person_spreads_to_one_group_at_most(case: Case) -> None:
    """Beyond the groups that hold fixed faces of that person."""
    result = case.solve()
    fixed = case.table.decided | (case.keep & (result == case.table.persons))
    for person in set(result) - {-1}:
        anchored = set(case.labels[fixed & (result == person)])
        assert len(set(case.labels[~fixed & (result == person)]) - anchored) <= 1


@given(cases())
@settings(max_examples=100, deadline=None)
def test_a_second_time_changes_nothing(case: Case) -> None:
    first = case.solve()
    stored = np.where(first < -1, 2**41 - first, first)  # new groups get ids of their own
    kept = case.keep & (case.table.persons == first)
    again = replace(case, table=replace(case.table, persons=stored), keep=kept).solve()
    np.testing.assert_array_equal(again, stored)


def test_a_large_library_takes_seconds() -> None:
    random = np.random.default_rng(0)
    count = 100_000
    labels = random.integers(0, 20_000, count)
    persons = np.where(random.random(count) < 0.7, labels + 1, -1)
    table = FaceTable(
        ids=np.arange(count),
        contents=random.integers(0, 40_000, count),
        quality=random.random(count).astype(np.float32),
        persons=persons,
        decided=(random.random(count) < 0.3) & (persons > 0),
        descriptors=random.normal(0, 0.1, (count, 128)).astype(np.float32),
    )
    rejections = np.column_stack([random.integers(0, count, 5000), random.integers(1, 20_000, 5000)])
    started = time.process_time()
    reconcile(labels, table, named=np.arange(1, 5000), rejections=rejections, cannot=PAIRS)
    assert time.process_time() - started < 20
