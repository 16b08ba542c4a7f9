"""Albums: made of a rule or by hand, changed, taken back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit
from pytestqt.qtbot import QtBot

from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.ids import AlbumId, PersonId
from faceorganizer.gui.dialogs.album import AlbumDialog, ToAlbumDialog
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def people(populate, library: Library) -> list[PersonId]:  # type: ignore[no-untyped-def]
    anna, ben = populate(3, 2)
    library.people.name(anna, "Anna")
    library.people.name(ben, "Ben")
    return [anna, ben]


@pytest.fixture
def window(people: list[PersonId], window: MainWindow) -> MainWindow:
    return window


def only_album(library: Library) -> AlbumId:
    return library.albums.list()[0].id


def visit_albums(window: MainWindow, qtbot: QtBot, count: int = 1) -> None:
    window.go("albums")
    qtbot.waitUntil(lambda: len(window.albums.model.ids) == count)
    if count:
        qtbot.keyClick(window.albums.grid, Qt.Key.Key_Home)


def test_what_is_asked_for_becomes_an_album_that_fills_itself(
    window: MainWindow, qtbot: QtBot, library: Library, people: list[PersonId]
) -> None:
    window.go("photos")
    qtbot.waitUntil(lambda: len(window.photos.photos) == 5)
    assert not window.environment.actions["save-album"].isEnabled()
    qtbot.keyClicks(window.photos.filter.search, "Anna")
    qtbot.keyClick(window.photos.filter.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.photos.photos) == 3)
    window.environment.actions["save-album"].trigger()
    dialog = window.photos.findChild(AlbumDialog)
    qtbot.waitUntil(lambda: dialog.field.text() == "Anna")
    qtbot.keyClicks(dialog.field, "Anna's photos")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(library.albums.list()) == 1)
    album = library.albums.list()[0]
    assert (album.name, album.query, album.photos) == ("Anna's photos", PhotoQuery(all_of=[people[0]]), 3)
    window.environment.actions["undo"].trigger()
    qtbot.waitUntil(lambda: library.albums.list() == [])


def test_an_album_of_people_is_made_in_the_empty_place(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    visit_albums(window, qtbot, 0)
    qtbot.waitUntil(window.albums.empty.isVisible)
    qtbot.mouseClick(window.albums.empty.button, Qt.MouseButton.LeftButton)
    dialog = window.albums.findChild(AlbumDialog)
    qtbot.waitUntil(lambda: dialog.filter.search.completer() is not None)
    assert not dialog.take.isEnabled()
    qtbot.keyClicks(dialog.filter.search, "Ben")
    qtbot.keyClick(dialog.filter.search, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.field, "Of Ben")
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.albums.model.ids) == 1)
    card = window.albums.model.records[0]
    assert (card.name, card.words) == ("Of Ben", "Ben")
    assert library.albums.list()[0].photos == 2


def test_selected_photos_are_put_together_by_hand_and_taken_out(
    window: MainWindow, qtbot: QtBot, library: Library
) -> None:
    window.go("photos")
    qtbot.waitUntil(lambda: len(window.photos.photos) == 5)
    grid = window.photos.grid
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    for taken in (2, 3):
        window.environment.actions["add-to-album"].trigger()
        dialog = window.photos.findChildren(ToAlbumDialog)[-1]
        qtbot.waitUntil(lambda dialog=dialog: dialog.field.completer() is not None)
        qtbot.keyClicks(dialog.field, "Best")
        qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda taken=taken: [album.photos for album in library.albums.list()] == [taken])
        qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    window.go("album", only_album(library))
    qtbot.waitUntil(lambda: len(window.album.photos) == 3)
    qtbot.keyClick(window.album.grid, Qt.Key.Key_Home)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.album.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(window.album.photos) == 2)


def test_the_rule_of_an_album_is_tried_and_kept(
    window: MainWindow, qtbot: QtBot, library: Library, people: list[PersonId]
) -> None:
    library.albums.create("Friends", query=PhotoQuery(all_of=[people[0]]))
    window.go("album", only_album(library))
    qtbot.waitUntil(lambda: len(window.album.photos) == 3)
    assert window.album.rule.text() == "Anna"
    qtbot.mouseClick(window.album.edit, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.album.filter.chips[0].cross, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.album.photos) == 5)
    qtbot.mouseClick(window.album.leave, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.album.photos) == 3)
    qtbot.mouseClick(window.album.edit, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(window.album.filter.search, "Ben")
    qtbot.keyClick(window.album.filter.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.album.rule.text() == "Anna and Ben")
    qtbot.mouseClick(window.album.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: library.albums.list()[0].query == PhotoQuery(all_of=people))
    assert window.album.filter.isHidden() or not window.album.filter.isVisible()


def test_an_album_is_renamed_deleted_and_comes_back(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    library.albums.create("Frends")
    visit_albums(window, qtbot)
    window.environment.actions["rename"].trigger()
    dialog = window.albums.findChild(QInputDialog)
    field = dialog.findChild(QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, "Friends")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [card.name for card in window.albums.model.records] == ["Friends"])
    window.environment.actions["delete-album"].trigger()
    qtbot.waitUntil(lambda: window.albums.model.ids == [])
    window.environment.actions["undo"].trigger()
    qtbot.waitUntil(lambda: [card.name for card in window.albums.model.records] == ["Friends"])


def test_enter_opens_an_album_and_deleting_it_leads_back(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    library.albums.create("Friends")
    visit_albums(window, qtbot)
    qtbot.keyClick(window.albums.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.album.isVisible() and window.album.heading.text() == "Friends")
    window.environment.actions["delete-album"].trigger()
    qtbot.waitUntil(window.albums.isVisible)


def test_a_taken_name_is_told(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    library.albums.create("Friends")
    library.albums.create("Trips")
    visit_albums(window, qtbot, 2)
    window.environment.actions["rename"].trigger()
    dialog = window.albums.findChild(QInputDialog)
    dialog.setTextValue("Trips")
    with qtbot.waitSignal(window.albums.told) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert "Trips" in told.args[0]
