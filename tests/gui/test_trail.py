"""The way back and forward, and the lines at the side."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from faceorganizer.domain.ids import RootId
from faceorganizer.domain.pictures import Root
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.gui.sidebar import Sidebar
from faceorganizer.gui.trail import Trail
from faceorganizer.library import Library
from faceorganizer.services.folders import FolderStatus


def test_back_and_forward_as_in_a_browser() -> None:
    trail = Trail()
    assert trail.here is None
    assert trail.step(-1) is None
    for address in (("people", 0), ("person", 3), ("person", 3), ("photo", 8)):
        trail.go(address)
    assert trail.step(-1) == ("person", 3)
    assert trail.step(-1) == ("people", 0)
    assert not trail.can_step(-1)
    assert trail.step(1) == ("person", 3)
    trail.go(("review", 0))
    assert not trail.can_step(1)
    assert trail.step(-1) == ("person", 3)


@pytest.fixture
def sidebar(qtbot: QtBot) -> Sidebar:
    shown = Sidebar()
    qtbot.addWidget(shown)
    shown.add_place("people", "People")
    shown.add_place("photos", "Photos")
    shown.resize(220, 400)
    shown.show()
    return shown


def folder(number: int, path: str, photos: int, *, online: bool = True) -> FolderStatus:
    return FolderStatus(Root(RootId(number), Path(path), ""), online, photos, 0)


def test_folders_stand_below_the_places_with_what_is_known_of_them(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.show_folders([folder(4, "/home/anna/Pictures", 12_340), folder(9, "/media/nas", 5, online=False)])
    sidebar.add_place("albums", "Albums")
    texts = [sidebar.item(row).text() for row in range(sidebar.count())]
    assert texts == ["People", "Photos", "Albums", "Folders", "Pictures", "nas"]
    assert sidebar.note_of(("folder", 4)) in ("12,340", "12340", "12.340")
    assert sidebar.note_of(("folder", 9)) == "offline"
    item = sidebar.item_of(("folder", 9))
    assert item is not None
    with qtbot.waitSignal(sidebar.chosen) as chosen:
        place = sidebar.visualItemRect(item).center()
        qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["folder", 9]
    sidebar.show_folders([folder(9, "/media/nas", 6)])
    assert sidebar.address == ("folder", 9)
    sidebar.show_folders([])
    assert sidebar.count() == 3


def test_a_heading_is_no_place(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.show_folders([folder(4, "/p", 1)])
    with qtbot.assertNotEmitted(sidebar.chosen, wait=50):
        place = sidebar.visualItemRect(sidebar.item(2)).center()
        qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=place)
    sidebar.mark(("review", 0))
    assert sidebar.address is None


def test_what_is_said_beside_a_place(sidebar: Sidebar) -> None:
    sidebar.set_note("people", "31", "31 named, 4 groups")
    sidebar.set_note("nowhere", "1")
    assert sidebar.note_of(("people", 0)) == "31"
    assert sidebar.note_of(("nowhere", 0)) == ""
    assert not sidebar.grab(sidebar.visualItemRect(sidebar.item(0))).isNull()
    assert sidebar.itemAt(QPoint(5, 5)) is not None


def test_questions_are_counted_at_the_side(populate, library: Library, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    made = populate(6, 4, 5, model=library._clustering.model, of=(0, 0, 1))
    library.people.name(made[0], "Anna")
    window = MainWindow(library)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.sidebar.note_of(("review", 0)) == str(len(library.review.queue())), timeout=15_000)
    library.people.merge([made[0], made[1]])
    left = str(len(library.review.queue()))
    qtbot.waitUntil(lambda: window.sidebar.note_of(("review", 0)) in (left, left.strip("0")), timeout=15_000)
    window.close()
