"""Full collections stay short, and a cycle that is given up goes all the same."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from faceorganizer.domain.errors import CancelledError
from faceorganizer.gui.errand import Errand
from faceorganizer.gui.garbage import _LOOKS, _SPARE, Garbage


class Knot:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def garbage(qapp: QApplication) -> Iterator[Garbage]:
    thresholds, parent = gc.get_threshold(), QObject()
    yield Garbage(qapp, parent)
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def given_up_knot() -> "weakref.ref[Knot]":
    return weakref.ref(Knot())


@pytest.mark.usefixtures("garbage")
def test_what_lives_as_long_as_the_program_is_set_aside() -> None:
    assert gc.get_freeze_count() > 1000
    assert gc.get_threshold()[2] > 1000


def test_a_few_old_objects_are_looked_through(garbage: Garbage) -> None:
    gc.collect()
    held = [Knot()]
    knot = weakref.ref(held[0])
    for _ in range(3):
        gc.collect(1)  # by now it counts as old
    held.clear()
    gc.collect(1)
    assert knot() is not None
    garbage.look()
    assert knot() is None


def test_all_is_looked_through_when_the_program_is_not_in_front(qapp: QApplication, garbage: Garbage) -> None:
    knot = given_up_knot()
    gc.freeze()
    assert knot() is not None
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert knot() is None


def test_all_is_looked_through_when_it_has_become_twice_as_much(garbage: Garbage) -> None:
    knots = [given_up_knot() for _ in range(3)]
    gc.freeze()
    many = [[number] for number in range(_SPARE + gc.get_freeze_count())]
    gc.freeze()
    assert all(knot() is not None for knot in knots)
    for _ in range(_LOOKS):
        garbage.look()
    assert all(knot() is None for knot in knots)
    many.append([0])
    assert gc.get_freeze_count() > len(many)


def test_work_that_was_stopped_leaves_no_knot(qtbot: QtBot) -> None:
    """An error whose traceback leads to a call that still holds it stays for ever, with all that the work held."""
    errand, held = Errand(), []

    def work(context: object) -> None:
        much = Knot.__new__(Knot)
        held.append(weakref.ref(much))
        raise CancelledError

    gc.collect()
    gc.disable()
    try:
        with qtbot.waitSignal(errand.cancelled):
            errand.start(work)
        qtbot.wait(10)
        assert held[0]() is None
    finally:
        gc.enable()
        errand.close()
