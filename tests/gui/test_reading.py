"""Reading again and again, one at a time."""

import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from faceorganizer.domain.errors import UsageError
from faceorganizer.gui.background import Background
from faceorganizer.gui.reading import Reading


class Asker(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.background = Background(self)
        self.got: list[object] = []
        self.reading = Reading(self.background, self.got.append, self.got.append, self)


@pytest.fixture
def asker(qtbot: QtBot):  # type: ignore[no-untyped-def]
    made = Asker()
    yield made
    made.background.close()


def test_of_what_is_asked_meanwhile_only_the_last_is_read(asker: Asker, qtbot: QtBot) -> None:
    go, called = threading.Event(), []

    def work(number: int) -> int:
        called.append(number)
        go.wait(10)
        return number

    for number in range(5):
        asker.reading.ask(lambda number=number: work(number))
    assert asker.reading.busy
    go.set()
    qtbot.waitUntil(lambda: asker.got == [0, 4])
    assert called == [0, 4]
    assert not asker.reading.busy


def test_after_an_error_it_goes_on(asker: Asker, qtbot: QtBot) -> None:
    def fail() -> None:
        raise UsageError("No.")

    asker.reading.ask(fail)
    qtbot.waitUntil(lambda: len(asker.got) == 1)
    asker.reading.ask(lambda: 7)
    qtbot.waitUntil(lambda: asker.got[1:] == [7])


def test_after_a_bug_it_goes_on(asker: Asker, qtbot: QtBot) -> None:
    def break_down() -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(asker.background.broken):
        asker.reading.ask(break_down)
    asker.reading.ask(lambda: 8)
    qtbot.waitUntil(lambda: asker.got == [8])
