"""Naming by keys alone in the real window, with names that are offered."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


def names(library: Library) -> dict[int, str | None]:
    return {record.id: record.name for record in library.people.list()}


def editor(window: MainWindow) -> QLineEdit:
    found = window.people.grid.indexWidget(window.people.grid.currentIndex())
    assert isinstance(found, QLineEdit)
    return found


def heard(window: MainWindow) -> object:
    """What the next key goes to, as the system sees it: a list that is open, or who has the focus."""
    return QApplication.activePopupWidget() or editor(window)


def type_keys(qtbot: QtBot, window: MainWindow, *keys: str | Qt.Key) -> None:
    for key in keys:
        if isinstance(key, str):
            for letter in key:
                qtbot.keyClicks(heard(window), letter)
        else:
            qtbot.keyClick(heard(window), key)


@pytest.fixture
def groups(populate, library: Library) -> list[int]:  # type: ignore[no-untyped-def]
    made = populate(5, 4, 3, 2)
    return list(made)


@pytest.fixture
def window(groups: list[int], window: MainWindow, qtbot: QtBot) -> MainWindow:
    qtbot.waitUntil(lambda: len(window.people.model.ids) == 4)
    return window


def test_tab_takes_a_name_and_enter_gives_it(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    library.people.name(groups[3], "Anna Bell")
    qtbot.waitUntil(lambda: "Anna Bell" in window.environment.roster.names)
    window.people.grid.select_ids([groups[0]])
    window.people._edit()
    type_keys(qtbot, window, "an", Qt.Key.Key_Tab, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: groups[0] not in names(library) or names(library)[groups[0]] is not None)
    assert "Anna Bell" in names(library).values()
    assert len(names(library)) == 3
    assert window.people.grid.selected_ids() == [groups[1]]
    assert editor(window).text() == ""


def test_enter_goes_on_though_names_are_offered(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    library.people.name(groups[3], "Anna Bell")
    qtbot.waitUntil(lambda: "Anna Bell" in window.environment.roster.names)
    window.people.grid.select_ids([groups[0]])
    window.people._edit()
    type_keys(qtbot, window, "ann", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(library)[groups[0]] is not None)
    assert names(library)[groups[0]] == "ann"
    assert window.people.grid.selected_ids() == [groups[1]]


def test_the_name_that_was_just_given_is_offered_at_once(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    window.people.grid.select_ids([groups[0]])
    window.people._edit()
    type_keys(qtbot, window, "Anna Bell", Qt.Key.Key_Return)
    type_keys(qtbot, window, "an", Qt.Key.Key_Tab)
    assert editor(window).text() == "Anna Bell"
