"""Photos dropped on albums at the side, from wherever photos and faces are shown."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.ids import AlbumId, PersonId
from faceorganizer.gui.dialogs.album import ToAlbumDialog
from faceorganizer.gui.dragging import PHOTOS, photos_in
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(populate: Callable[..., list[PersonId]], library: Library, window: MainWindow, qtbot: QtBot) -> MainWindow:
    person, _ = populate(3, 2)
    library.people.name(person, "Anna")
    library.albums.create("By hand")
    library.albums.create("Of Anna", query=PhotoQuery(all_of=frozenset({person})))
    qtbot.waitUntil(lambda: window.sidebar.item_of(("album", 2)) is not None)
    window.go("photos")
    qtbot.waitUntil(lambda: window.photos.model.rowCount() == 5)
    return window


def drop(window: MainWindow, content: QMimeData, kind: str, number: int) -> bool:
    """Drag something over a line at the side and let it go; whether it was taken."""
    side = window.sidebar
    item = side.item_of((kind, number))
    assert item is not None
    place = side.visualItemRect(item).center()
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(side.viewport(), QDragEnterEvent(place, copy, content, LEFT, NONE))
    move = QDragMoveEvent(place, copy, content, LEFT, NONE)
    QApplication.sendEvent(side.viewport(), move)
    if not move.isAccepted():
        return False
    assert side.target.row() == side.row(item)
    event = QDropEvent(QPointF(place), copy, content, LEFT, NONE)
    QApplication.sendEvent(side.viewport(), event)
    assert not side.target.isValid()
    return event.isAccepted()


def photos_of(library: Library, album: int) -> set[int | None]:
    return {record.photo for record in library.albums.photos(AlbumId(album))}


def test_photos_join_the_album_they_are_dropped_on(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    grid = window.photos.grid
    grid.select_ids(window.photos.model.ids[:2])
    chosen = {record.photo for record in grid.selected_records()}
    content = grid.dragged()
    assert len(content.urls()) == 2
    assert drop(window, content, "album", 1)
    qtbot.waitUntil(lambda: photos_of(library, 1) == chosen)
    qtbot.waitUntil(lambda: "add to album" in window.toast.text)
    window.toast.undo.emit()
    qtbot.waitUntil(lambda: photos_of(library, 1) == set())


def test_what_is_in_the_album_already_is_said(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    library.albums.add(AlbumId(1), window.photos.photos[:1])
    window.photos.grid.select_ids(window.photos.model.ids[:1])
    assert drop(window, window.photos.grid.dragged(), "album", 1)
    qtbot.waitUntil(lambda: "already" in window.toast.text)


def test_an_album_with_a_rule_takes_nothing(window: MainWindow) -> None:
    window.photos.grid.select_ids(window.photos.model.ids[:1])
    content = window.photos.grid.dragged()
    assert not drop(window, content, "album", 2)
    assert not drop(window, content, "people", 0)


def test_dropped_on_all_albums_it_is_asked_which(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    window.photos.grid.select_ids(window.photos.model.ids[:3])
    assert drop(window, window.photos.grid.dragged(), "albums", 0)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ToAlbumDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ToAlbumDialog)
    qtbot.keyClicks(dialog.field, "Summer")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [album.name for album in library.albums.list()][-1] == "Summer")
    assert len(photos_of(library, 3)) == 3


def test_faces_are_dragged_with_their_photos(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    window.go("person", 1)
    qtbot.waitUntil(lambda: window.person.model.rowCount() == 3)
    window.person.grid.select_ids(window.person.model.ids[:2])
    content = window.person.grid.dragged()
    assert len(photos_in(content)) == 2
    assert drop(window, content, "album", 1)
    qtbot.waitUntil(lambda: len(photos_of(library, 1)) == 2)


def test_ids_of_another_window_mean_nothing(window: MainWindow) -> None:
    content = QMimeData()
    content.setData(PHOTOS + "0", b"[1]")
    assert not drop(window, content, "album", 1)


def test_albums_at_the_side_lead_to_their_place(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    side = window.sidebar
    item = side.item_of(("album", 2))
    assert item is not None
    qtbot.mouseClick(side.viewport(), LEFT, NONE, side.visualItemRect(item).center())
    assert window.stack.currentWidget() is window.album
    assert side.address == ("album", 2)
    library.albums.rename(AlbumId(2), "Anna alone")
    qtbot.waitUntil(lambda: side.item_of(("album", 2)).text() == "Anna alone")
    assert side.address == ("album", 2)
    library.albums.delete(AlbumId(2))
    qtbot.waitUntil(lambda: side.item_of(("album", 2)) is None)
    qtbot.waitUntil(lambda: side.address == ("albums", 0))
