"""What a window remembers: places, spots in grids, the inspector, geometry."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, QSize, Qt
from pytestqt.qtbot import QtBot

from faceorganizer.gui.main_window import MainWindow
from faceorganizer.gui.session import Session
from faceorganizer.library import Library

Opened = Callable[[], MainWindow]


@pytest.fixture
def groups(populate) -> list[int]:  # type: ignore[no-untyped-def]
    return populate(*[2] * 30)


@pytest.fixture
def opened(qtbot: QtBot, library: Library) -> Opened:
    def show() -> MainWindow:
        shown = MainWindow(library)
        qtbot.addWidget(shown)
        shown.show()
        qtbot.waitExposed(shown)
        qtbot.waitUntil(lambda: shown.ready)
        return shown

    return show


@pytest.fixture
def window(groups: list[int], window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.resize(700, 500)
    qtbot.waitUntil(lambda: len(window.people.model.ids) == 30)
    return window


def test_the_mouse_leads_back_and_forward(window: MainWindow, qtbot: QtBot, groups: list[int]) -> None:
    window.go("person", groups[3])
    window.go("photos")
    handle = window.windowHandle()
    qtbot.mouseClick(handle, Qt.MouseButton.BackButton, pos=QPoint(400, 300))
    assert window.stack.currentWidget() is window.person
    qtbot.mouseClick(handle, Qt.MouseButton.BackButton, pos=QPoint(50, 300))
    assert window.stack.currentWidget() is window.people
    qtbot.mouseClick(handle, Qt.MouseButton.BackButton, pos=QPoint(50, 300))
    assert window.stack.currentWidget() is window.people
    qtbot.mouseClick(handle, Qt.MouseButton.ForwardButton, pos=QPoint(400, 300))
    assert window.stack.currentWidget() is window.person


def test_who_comes_back_finds_the_grid_as_it_was(window: MainWindow, qtbot: QtBot, groups: list[int]) -> None:
    grid = window.people.grid
    last = window.people.model.ids[-1]
    grid.select_ids([last])
    offset = grid.verticalScrollBar().value()
    assert offset > 0
    window.go("person", groups[3])
    qtbot.waitUntil(lambda: len(window.person.model.ids) == 2)
    grid.verticalScrollBar().setValue(0)  # as a place does that arranges anew
    grid.select_ids([])
    window.environment.actions["back"].trigger()
    qtbot.waitUntil(lambda: grid.selected_ids() == [last])
    qtbot.waitUntil(lambda: grid.verticalScrollBar().value() == offset)


def test_a_person_who_is_come_back_to_has_the_same_face_chosen(
    window: MainWindow, qtbot: QtBot, groups: list[int]
) -> None:
    window.go("person", groups[3])
    qtbot.waitUntil(lambda: len(window.person.model.ids) == 2)
    second = window.person.model.ids[1]
    window.person.grid.select_ids([second])
    window.go("person", groups[5])
    qtbot.waitUntil(lambda: len(window.person.model.ids) == 2 and second not in window.person.model.ids)
    window.environment.actions["back"].trigger()
    qtbot.waitUntil(lambda: window.person.grid.selected_ids() == [second])


def test_a_window_opens_where_the_last_one_closed(opened: Opened, groups: list[int], library: Library) -> None:
    first = opened()
    first.resize(QSize(760, 520))
    first.go("person", groups[2])
    first.close()
    again = opened()
    assert again.stack.currentWidget() is again.person
    assert again.person.person == groups[2]
    assert again.height() == 520
    again.go("photos")
    again.close()
    third = opened()
    assert third.stack.currentWidget() is third.photos
    third.close()


@pytest.mark.parametrize("stored", ["person 99999", "nowhere 1", "person x", "", "person -1", "photo ²", 7])
def test_a_place_that_is_gone_is_not_gone_to(
    opened: Opened, groups: list[int], library: Library, stored: object
) -> None:
    session = Session(library.path)
    QSettings().setValue(session._place, stored)
    shown = opened()
    assert shown.stack.currentWidget() is shown.people
    shown.close()


def test_damaged_settings_do_no_harm(opened: Opened, groups: list[int], library: Library, tmp_path: Path) -> None:
    settings = QSettings()
    settings.setValue("window/geometry", "x")
    settings.sync()
    Path(settings.fileName()).write_bytes(b"\x00[[[window\ngeometry=@ByteArray(\xff\xfe\nsession=%%")
    shown = opened()
    assert shown.stack.currentWidget() is shown.people
    shown.close()
