"""Random refreshes of a model against a plain list, watched by Qt's own tester."""

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from faceorganizer.gui.models.records import Listing, RecordModel, Section, passage, runs


@dataclass(frozen=True)
class Thing:
    number: int
    text: str


THINGS = st.builds(Thing, st.integers(0, 30), st.sampled_from("abc"))
LISTS = st.lists(THINGS, unique_by=lambda thing: thing.number, max_size=20)


def sections(things: list[Thing], cut: int) -> dict[str, list[Thing]]:
    return {"first": things[:cut], "second": things[cut:]}


@given(st.lists(st.tuples(LISTS, st.integers(0, 20)), min_size=1, max_size=6))
def test_whatever_is_refreshed_is_what_is_shown(qapp: QApplication, answers: list[tuple[list[Thing], int]]) -> None:
    model: RecordModel[Thing] = RecordModel(lambda thing: thing.number, lambda thing: thing.text)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for things, cut in answers:
        kept = [(number, QPersistentModelIndex(model.index_of(number))) for number in model.ids]
        model.refresh(sections(things, cut))
        assert list(model.records) == things
        assert model.ids == [thing.number for thing in things]
        parts = [Section("first", len(things[:cut])), Section("second", len(things[cut:]))]
        assert list(model.sections) == [part for part in parts if part.count]
        shown = set(model.ids)
        for number, index in kept:
            assert index.isValid() == (number in shown)
            assert not index.isValid() or model.record(index).number == number
    assert tester.model() is model


@given(LISTS, LISTS, LISTS)
def test_what_was_prepared_for_something_else_is_found_anew(
    qapp: QApplication, first: list[Thing], second: list[Thing], third: list[Thing]
) -> None:
    model: RecordModel[Thing] = RecordModel(lambda thing: thing.number, lambda thing: thing.text)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.reset({"": first})
    prepared = model.prepare({"": third})
    model.refresh({"": second})
    model.follow(prepared)
    assert list(model.records) == third
    assert model.ids == [thing.number for thing in third]
    assert tester.model() is model


@given(LISTS, LISTS)
def test_amending_changes_records_and_no_rows(qapp: QApplication, shown: list[Thing], others: list[Thing]) -> None:
    model: RecordModel[Thing] = RecordModel(lambda thing: thing.number, lambda thing: thing.text)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.reset({"": shown})
    told: set[int] = set()
    model.dataChanged.connect(lambda first, last: told.update(range(first.row(), last.row() + 1)))
    model.amend(others)
    by_id = {thing.number: thing for thing in others}
    assert list(model.records) == [by_id.get(thing.number, thing) for thing in shown]
    assert told == {row for row, thing in enumerate(shown) if by_id.get(thing.number, thing) != thing}
    assert tester.model() is model


@given(LISTS, LISTS)
def test_a_passage_leaves_its_listings_alone(first: list[Thing], second: list[Thing]) -> None:
    old, new = (Listing.of({"": things}, lambda thing: thing.number) for things in (first, second))
    found = passage(old, new)
    assert (old.records, new.records) == (first, second)
    kept = len(first) - sum(last - start + 1 for start, last in found.gone)
    assert kept == len({thing.number for thing in first} & {thing.number for thing in second})


@given(st.lists(st.integers(0, 50), unique=True).map(sorted))
def test_runs_are_the_rows(rows: list[int]) -> None:
    assert [row for first, last in runs(rows) for row in range(first, last + 1)] == rows
    assert all(after > last + 1 for (_, last), (after, _) in pairwise(runs(rows)))
