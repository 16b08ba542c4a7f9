"""Folders and photos that the program is started with."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from faceorganizer.gui.main_window import MainWindow, folders_of
from faceorganizer.library import Library


@pytest.fixture
def known(tmp_path: Path) -> Path:
    folder = tmp_path / "known"
    (folder / "within").mkdir(parents=True)
    return folder


def question(window: MainWindow) -> QMessageBox:
    (box,) = window.findChildren(QMessageBox)
    return box


def test_photos_stand_for_their_folders(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    photos = [folder / "a.jpg", folder / "b.jpg"]
    for photo in photos:
        photo.touch()
    assert folders_of([*photos, folder, tmp_path]) == [folder, tmp_path]
    assert folders_of([]) == []


def test_an_empty_library_proposes_them_on_its_first_page(window: MainWindow, known: Path) -> None:
    window.offer_folders([known])
    assert known in window.start_page.folders
    assert not window.scanning.running


def test_a_folder_that_is_known_is_shown(qtbot: QtBot, library: Library, known: Path) -> None:
    library.folders.add(known)
    window = MainWindow(library)
    qtbot.addWidget(window)
    window.offer_folders([known / "within"])  # before it is known what the library holds
    window.show()
    qtbot.waitUntil(lambda: window.ready and window.stack.currentWidget() is window.photos)
    assert not window.findChildren(QMessageBox)
    window.close()


def test_for_others_it_is_asked_first(qtbot: QtBot, library: Library, known: Path, tmp_path: Path) -> None:
    library.folders.add(known)
    (tmp_path / "<b>new").mkdir()
    window = MainWindow(library)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.ready)
    window.offer_folders([known, tmp_path / "<b>new"])
    box = question(window)
    assert "<b>new" in box.informativeText()
    assert str(known) not in box.informativeText().splitlines()
    qtbot.mouseClick(box.button(QMessageBox.StandardButton.Cancel), Qt.MouseButton.LeftButton)
    assert len(library.folders.list()) == 1
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    window.offer_folders([tmp_path / "<b>new"])
    with qtbot.waitSignal(window.scanning.finished, timeout=60_000):
        qtbot.mouseClick(question(window).defaultButton(), Qt.MouseButton.LeftButton)
    assert {status.root.path for status in library.folders.list()} == {known, tmp_path / "<b>new"}
    window.close()
