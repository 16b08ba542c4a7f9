"""The window at its smallest: nothing is cut off at the side, everything is reached."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from faceorganizer.domain.ids import PersonId
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


@pytest.fixture
def anna(populate: Callable[..., list[PersonId]], library: Library) -> PersonId:
    person, *_ = populate(6, 4, 3, 5, model=library._clustering.model, of=(0, 0, 0, 1))
    library.people.name(person, "Anna")
    return person


@pytest.fixture
def window(anna: PersonId, window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.resize(640, 480)
    qtbot.waitUntil(lambda: window.people.model.rowCount() == 4)
    return window


def outside(window: MainWindow) -> list[str]:
    """What is seen in part only, being too far right or too far down."""
    room = window.centralWidget().rect()
    place = window.stack.currentWidget()
    assert place is not None
    shown = [part for part in place.findChildren(QWidget) if part.isVisible() and not part.visibleRegion().isEmpty()]
    return [
        f"{type(part).__name__} {part.accessibleName()}"
        for part in shown
        if part.mapTo(window.centralWidget(), part.rect().bottomRight()).x() > room.right()
        or part.mapTo(window.centralWidget(), part.rect().bottomRight()).y() > room.bottom()
    ]


@pytest.mark.parametrize("kind", ["people", "review", "photos", "albums", "map"])
def test_nothing_is_cut_off(window: MainWindow, qtbot: QtBot, kind: str) -> None:
    assert (window.width(), window.height()) == (640, 480)
    assert window.sidebar.narrow
    window.go(kind)
    qtbot.wait(300)
    assert outside(window) == []
    grids = {"people": window.people.grid, "photos": window.photos.grid}
    if kind in grids:
        grids[kind].selectAll()
        qtbot.wait(50)
        assert outside(window) == []


def test_a_person_fits(window: MainWindow, qtbot: QtBot) -> None:
    window.go("person", 1)
    qtbot.waitUntil(lambda: window.person.model.rowCount() == 6)
    window.person.grid.selectAll()
    qtbot.wait(50)
    assert outside(window) == []


def test_icons_lead_to_their_places(window: MainWindow, qtbot: QtBot) -> None:
    item = window.sidebar.item_of(("review", 0))
    assert item is not None
    assert item.toolTip() == "Review"
    place = window.sidebar.visualItemRect(item).center()
    qtbot.mouseClick(window.sidebar.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.stack.currentWidget() is window.review


def test_the_history_stands_in_for_the_place(window: MainWindow, qtbot: QtBot) -> None:
    window.environment.actions["history"].trigger()
    assert window.history.isVisible()
    assert not window.middle.isVisible()
    assert window.history.width() > 500
    window.resize(1300, 800)
    qtbot.waitUntil(window.middle.isVisible)
    assert window.history.isVisible()
    assert not window.sidebar.narrow
    window.resize(640, 480)
    qtbot.waitUntil(lambda: not window.middle.isVisible())
    qtbot.keyClick(window.history.steps, Qt.Key.Key_Escape)
    assert window.middle.isVisible()
