"""Breaking up a person: the parts are seen before anything is written."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from faceorganizer.gui.dialogs.parts import PartsDialog
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


@pytest.fixture
def mixed(populate, library: Library) -> int:  # type: ignore[no-untyped-def]
    """Anna, with the faces of two people."""
    first, second = populate(6, 4, model=library._clustering.model, of=(0, 1))
    library.people.name(first, "Anna")
    library.people.merge([first, second])
    return int(first)


def opened(window: MainWindow, qtbot: QtBot, person: int) -> PartsDialog:
    window.go("person", person)
    action = window.environment.actions["break-up"]
    qtbot.waitUntil(action.isEnabled)
    action.trigger()
    found = window.person.findChild(PartsDialog)
    assert found is not None
    return found


def test_ticked_parts_become_people_in_one_step(mixed: int, window: MainWindow, qtbot: QtBot, library: Library) -> None:
    dialog = opened(window, qtbot, mixed)
    assert not dialog.break_up.isEnabled()
    qtbot.waitUntil(lambda: len(dialog.ticks) == 1, timeout=60_000)
    assert [len(grid.sightings.ids) for grid in dialog.grids] == [6, 4]
    dialog.ticks[0].setFocus()
    qtbot.keyClick(dialog.ticks[0], Qt.Key.Key_Space)
    assert not dialog.break_up.isEnabled()
    qtbot.keyClick(dialog.ticks[0], Qt.Key.Key_Space)
    assert library.people.get(mixed).faces == 10
    qtbot.mouseClick(dialog.break_up, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: library.people.get(mixed).faces == 6)
    assert sorted(person.faces for person in library.people.list()) == [4, 6]
    library.undo()
    assert library.people.get(mixed).faces == 10


def test_leaving_the_dialog_stops_the_search(mixed: int, window: MainWindow, qtbot: QtBot, library: Library) -> None:
    dialog = opened(window, qtbot, mixed)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert library.people.get(mixed).faces == 10
