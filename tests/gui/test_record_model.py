"""Random refreshes of a model against a plain list, watched by Qt's own tester."""

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from faceorganizer.gui.models.records import RecordModel, Section, runs


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


@given(st.lists(st.integers(0, 50), unique=True).map(sorted))
def test_runs_are_the_rows(rows: list[int]) -> None:
    assert [row for first, last in runs(rows) for row in range(first, last + 1)] == rows
    assert all(after > last + 1 for (_, last), (after, _) in pairwise(runs(rows)))
