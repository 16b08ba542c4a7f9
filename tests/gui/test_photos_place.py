"""Photos: by month and folder, narrowed to people."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


@pytest.fixture
def groups(populate) -> list[int]:  # type: ignore[no-untyped-def]
    return populate(3, 2)


@pytest.fixture
def window(groups: list[int], window: MainWindow, library: Library, qtbot: QtBot) -> MainWindow:
    library.people.name(groups[0], "Anna")
    library.people.name(groups[1], "Ben")
    window.go("photos")
    qtbot.waitUntil(lambda: len(window.photos.model.ids) == 5 and window.photos.search.completer() is not None)
    return window


def add(qtbot: QtBot, window: MainWindow, name: str) -> None:
    qtbot.keyClicks(window.photos.search, name)
    qtbot.keyClick(window.photos.search, Qt.Key.Key_Return)


def test_photos_of_people_are_narrowed_by_a_rule(window: MainWindow, qtbot: QtBot) -> None:
    add(qtbot, window, "anna")
    qtbot.waitUntil(lambda: len(window.photos.model.ids) == 3)
    add(qtbot, window, "Ben")
    qtbot.waitUntil(lambda: len(window.photos.model.ids) == 5)
    window.photos.rule.setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(window.photos.model.ids) == 0)
    window.photos.rule.setCurrentIndex(3)
    qtbot.wait(100)
    assert window.photos.model.ids == []


def test_a_person_is_taken_out_of_the_rule_by_a_click(window: MainWindow, qtbot: QtBot) -> None:
    add(qtbot, window, "Ben")
    qtbot.waitUntil(lambda: len(window.photos.model.ids) == 2)
    chip = window.photos.chips[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.photos.model.ids) == 5)


def test_who_is_unknown_changes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    add(qtbot, window, "Nobody")
    qtbot.wait(100)
    assert len(window.photos.model.ids) == 5


def test_enter_opens_a_photo_and_arrows_lead_on(window: MainWindow, qtbot: QtBot) -> None:
    grid = window.photos.grid
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    first = window.photos.photos[0]
    assert window.photo.photo == first
    qtbot.keyClick(window.photo.canvas, Qt.Key.Key_Right)
    assert window.photo.photo == window.photos.photos[1]


def test_one_folder_alone_is_shown(window: MainWindow, qtbot: QtBot, library: Library, tmp_path: Path) -> None:
    root = library.folders.list()[0].root
    (tmp_path / "empty").mkdir()
    other = library.folders.add(tmp_path / "empty")
    window.go("folder", other.id)
    qtbot.waitUntil(lambda: window.photos.heading.text() == "empty")
    assert window.photos.photos == []
    window.go("folder", root.id)
    qtbot.waitUntil(lambda: len(window.photos.photos) == 5)
    assert window.photos.heading.text() == "photos"
    window.go("photos")
    qtbot.waitUntil(lambda: window.photos.heading.text() == "Photos")


def test_what_is_known_is_not_read_again(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(window.environment.library, "photos", asked.append)
    window.go("people")
    window.go("photos")
    qtbot.wait(100)
    assert asked == []


def test_a_selection_of_photos_can_be_opened_from_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    actions, grid = window.environment.actions, window.photos.grid
    assert not actions["show-file"].isEnabled()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.visualRect(grid.photos.index(2)).center())
    assert actions["show-file"].isEnabled()
    actions["open"].trigger()
    assert window.photo.photo == window.photos.photos[2]
