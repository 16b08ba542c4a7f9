"""Full collections stay short, and a cycle that is given up goes all the same."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from faceorganizer.gui.garbage import Garbage


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
