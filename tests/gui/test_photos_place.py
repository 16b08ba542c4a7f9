"""Photos: by month and folder, narrowed to people."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from faceorganizer.gui.main_window import MainWindow
from faceorganizer.gui.views.filters import DatesDialog
from faceorganizer.library import Library


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def groups(populate) -> list[int]:  # type: ignore[no-untyped-def]
    return populate(3, 2)


@pytest.fixture
def window(groups: list[int], window: MainWindow, library: Library, qtbot: QtBot) -> MainWindow:
    library.people.name(groups[0], "Anna")
    library.people.name(groups[1], "Ben")
    window.go("photos")
    qtbot.waitUntil(lambda: len(window.photos.model.ids) == 5 and window.photos.filter.search.completer() is not None)
    return window


def add(qtbot: QtBot, window: MainWindow, name: str, rule: str = "all_of") -> None:
    bar = window.photos.filter
    bar.rule.setCurrentIndex(bar.rule.findData(rule))
    qtbot.keyClicks(bar.search, name)
    qtbot.keyClick(bar.search, Qt.Key.Key_Return)


def shows(qtbot: QtBot, window: MainWindow, count: int) -> None:
    qtbot.waitUntil(lambda: len(window.photos.model.ids) == count)


def test_photos_are_narrowed_by_rules_for_people(window: MainWindow, qtbot: QtBot) -> None:
    add(qtbot, window, "anna")
    shows(qtbot, window, 3)
    add(qtbot, window, "Ben", "without")
    shows(qtbot, window, 3)
    assert window.photos.filter.words == "Anna, without Ben"
    add(qtbot, window, "Ben", "all_of")
    shows(qtbot, window, 0)
    assert window.photos.filter.words == "Anna and Ben"
    add(qtbot, window, "Anna", "any_of")
    add(qtbot, window, "Ben", "any_of")
    shows(qtbot, window, 5)


def test_a_person_is_taken_out_of_the_rule_by_a_click(window: MainWindow, qtbot: QtBot) -> None:
    add(qtbot, window, "Ben")
    shows(qtbot, window, 2)
    qtbot.mouseClick(window.photos.filter.chips[0].cross, Qt.MouseButton.LeftButton)
    shows(qtbot, window, 5)
    assert window.photos.filter.chips == []


def test_the_menu_of_a_chip_changes_its_rule(window: MainWindow, qtbot: QtBot) -> None:
    add(qtbot, window, "Ben")
    shows(qtbot, window, 2)
    without = next(action for action in window.photos.filter.chips[0].menu.actions() if action.text() == "Without")
    without.trigger()
    shows(qtbot, window, 3)
    assert window.photos.filter.words == "Without Ben"


def test_nothing_of_the_filter_lies_over_anything_else(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.photos.filter
    for width, rule in ((900, "any_of"), (760, "without"), (1200, "all_of")):
        window.resize(width, 700)
        add(qtbot, window, "Anna", rule)
        add(qtbot, window, "Ben", rule)
        parts = [part for part in bar.children() if isinstance(part, QWidget) and part.isVisible()]
        assert bar.clear in parts
        for first, second in combinations(parts, 2):
            assert not first.geometry().intersects(second.geometry())


def choose(menu: QMenu, text: str) -> None:
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_photos_are_narrowed_by_faces_and_years(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.photos.filter
    choose(bar.faces.menu(), "6 face(s) or more")
    shows(qtbot, window, 0)
    choose(bar.faces.menu(), "Any number of faces")
    shows(qtbot, window, 5)
    bar.set_years([2001])
    choose(bar.time.menu(), "2001")
    shows(qtbot, window, 0)
    assert bar.time.text().startswith("2001")
    qtbot.mouseClick(bar.clear, Qt.MouseButton.LeftButton)
    shows(qtbot, window, 5)
    assert bar.faces.text().startswith("Any number")


def test_days_can_be_typed_and_left_open(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.photos.filter
    choose(bar.time.menu(), "From … to …")
    dialog = bar.findChild(DatesDialog)
    dialog.first.setDate(QDate(2019, 3, 2))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    shows(qtbot, window, 0)
    assert bar.query.taken_from == date(2019, 3, 2)
    assert bar.query.taken_to is None


def test_photos_with_somebody_unnamed(window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]) -> None:
    library.people.name(groups[1], "")
    qtbot.mouseClick(window.photos.filter.unnamed, Qt.MouseButton.LeftButton)
    shows(qtbot, window, 2)


def test_where_nothing_fits_all_can_be_shown_again(window: MainWindow, qtbot: QtBot) -> None:
    add(qtbot, window, "Anna")
    add(qtbot, window, "Ben")
    shows(qtbot, window, 0)
    assert window.photos.empty.isVisible()
    qtbot.mouseClick(window.photos.empty.button, Qt.MouseButton.LeftButton)
    shows(qtbot, window, 5)


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
