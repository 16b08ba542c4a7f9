"""Naming by keys alone in the real window, with names that are offered."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.ids import FaceId
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library
from faceorganizer.services.assigning import SamePhotoError


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


def test_a_line_is_left_below_the_name_that_is_asked_for(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    """Messages at the bottom would cover its face."""
    grid = window.people.grid
    window.resize(1000, 640)
    qtbot.wait(50)
    line = grid.viewport().height() // 2 - 1
    grid.set_cell(QSize(grid.viewport().width() // 2 + 20, line))
    assert grid.columns == 1
    grid.select_ids([groups[0]])
    window.people._edit()
    type_keys(qtbot, window, "Anna", Qt.Key.Key_Return)
    assert grid.selected_ids() == [groups[1]]
    assert grid.visualRect(grid.currentIndex()).top() >= 0
    assert grid.visualRect(window.people.model.index_of(groups[2])).bottom() < grid.viewport().height()


def test_enter_merges_no_faces_of_one_photo(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    """The question may come while the next name is typed."""
    asked: list[object] = []

    def two_in_one_photo(*, same_photo: bool | None = None) -> ChangeSet:
        if same_photo is None:
            raise SamePhotoError([(FaceId(1), FaceId(2))])
        asked.append(same_photo)
        return library.people.name(groups[0], "Anna")

    window.people.decide(two_in_one_photo)
    qtbot.waitUntil(lambda: bool(window.people.findChildren(QMessageBox)))
    (box,) = window.people.findChildren(QMessageBox)
    qtbot.waitUntil(box.isVisible)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asked == [False])


def test_tab_goes_on_to_the_next_name_and_leaves_after_the_last(
    window: MainWindow, qtbot: QtBot, library: Library
) -> None:
    grid, model = window.people.grid, window.people.model
    last = model.ids[-1]
    grid.select_ids([model.ids[-2]])
    qtbot.keyClick(grid, Qt.Key.Key_X)
    qtbot.keyClick(grid.findChild(QLineEdit), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: grid.currentIndex().row() == model.rowCount() - 1)
    (editor,) = [field for field in grid.findChildren(QLineEdit) if field.isVisible() and not field.text()]
    qtbot.keyClicks(editor, "zz")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: library.people.get(last).name == "zz")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert not grid.isAncestorOf(focused)
    assert focused is not grid
