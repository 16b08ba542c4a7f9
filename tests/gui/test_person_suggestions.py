"""Faces that may be a person: shown with theirs, confirmed and rejected there."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


@pytest.fixture
def groups(populate, library: Library) -> list[int]:  # type: ignore[no-untyped-def]
    """Anna, a group that looks like her, and one of somebody else; described as the library's faces are."""
    made = populate(6, 4, 3, model=library._clustering.model, of=(0, 0, 1))
    library.people.name(made[0], "Anna")
    return made


@pytest.fixture
def window(groups: list[int], window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.go("person", groups[0])
    qtbot.waitUntil(lambda: sections(window) == {"Faces": 6, "May be Anna": 4})
    return window


def sections(window: MainWindow) -> dict[str, int]:
    return {section.title: section.count for section in window.person.model.sections}


def test_the_strip_says_how_many_and_enter_confirms(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    place = window.person
    assert "4" in place._strip_button.text()
    suggested = place.model.ids[6:]
    place.grid.select_ids(suggested[:2])
    place.grid.setFocus()
    qtbot.keyClick(place.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.people.get(groups[0]).faces == 8)
    qtbot.waitUntil(lambda: set(suggested[:2]) <= set(place.model.ids[:8]))


def test_who_is_rejected_is_suggested_no_more(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    place = window.person
    place.grid.select_ids(place.model.ids[6:])
    actions = window.environment.actions
    assert not actions["split"].isEnabled()
    qtbot.keyClick(place.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: sections(window) == {"Faces": 6})
    assert library.people.get(groups[0]).faces == 6
    assert not place.strip.isVisible()


def test_find_more_leads_to_them_or_says_there_are_none(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    place = window.person
    window.environment.actions["find-more"].trigger()
    qtbot.waitUntil(lambda: place.grid.selected_ids() == [place.model.ids[6]])
    window.go("person", groups[2])
    library.people.name(groups[2], "Zoe")
    action = window.environment.actions["find-more"]
    qtbot.waitUntil(lambda: place.record is not None and place.record.name == "Zoe")
    qtbot.waitUntil(action.isEnabled)
    action.trigger()
    qtbot.waitUntil(lambda: "Zoe" in window.toast.text)
