"""Folders at the side: what can be done with them, and what is said before."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from faceorganizer.gui.dialogs.exclusions import ExclusionsDialog
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library
from faceorganizer.services.folders import FolderStatus


@pytest.fixture
def window(populate, window: MainWindow, qtbot: QtBot) -> MainWindow:  # type: ignore[no-untyped-def]
    populate(3, 2)
    window.environment.background.read(window.environment.library.folders.list, window._show_folders)
    qtbot.waitUntil(lambda: window.sidebar.item_of(("folder", 1)) is not None)
    return window


def only(window: MainWindow) -> FolderStatus:
    status = window.folders.status(1)
    assert status is not None
    return status


def press_in_box(text: str, says: list[str]) -> None:
    """Press a button of the message box that is about to open."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        says.append(f"{box.text()} {box.informativeText()}")
        button = next(button for button in box.buttons() if text in button.text())
        assert isinstance(button, QAbstractButton)
        button.click()

    QTimer.singleShot(50, press)


def test_the_menu_offers_what_can_be_done(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    menu = window.folders.menu(only(window))
    assert [action.isEnabled() for action in menu.actions()] == [True] * 5
    menu.deleteLater()
    (tmp_path / "photos").rename(tmp_path / "elsewhere")
    window.environment.background.read(window.environment.library.folders.list, window._show_folders)
    qtbot.waitUntil(lambda: window.sidebar.note_of(("folder", 1)) == "offline")
    menu = window.folders.menu(only(window))
    assert [action.isEnabled() for action in menu.actions()] == [False, False, True, True, True]
    menu.deleteLater()


def test_removing_says_what_is_kept_and_can_be_left(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    says: list[str] = []
    press_in_box("Cancel", says)
    window.folders.remove(only(window))
    assert "5 photo" in says[0]
    assert "not touched" in says[0]
    assert "kept" in says[0]
    assert len(library.folders.list()) == 1
    press_in_box("Remove", says)
    window.folders.remove(only(window))
    qtbot.waitUntil(lambda: library.folders.list() == [])
    qtbot.waitUntil(lambda: window.sidebar.item_of(("folder", 1)) is None)


def test_what_is_left_out_is_typed_line_by_line(
    window: MainWindow, qtbot: QtBot, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.scanning, "start", lambda folders=(): None)

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExclusionsDialog)
        qtbot.keyClicks(dialog.field, "Screenshots")
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        qtbot.keyClicks(dialog.field, " *.gif ")
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        dialog.accept()

    QTimer.singleShot(50, fill)
    window.folders.exclude(only(window))
    qtbot.waitUntil(lambda: library.folders.list()[0].root.exclusions == ("Screenshots", "*.gif"))
    qtbot.waitUntil(lambda: only(window).root.exclusions == ("Screenshots", "*.gif"))
    QTimer.singleShot(50, lambda: _reject())
    window.folders.exclude(only(window))
    assert library.folders.list()[0].root.exclusions == ("Screenshots", "*.gif")


def _reject() -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    dialog.reject()


def test_a_folder_that_has_moved_is_found_again(
    window: MainWindow, qtbot: QtBot, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = (tmp_path / "photos").rename(tmp_path / "moved")
    scans: list[object] = []
    monkeypatch.setattr(window.scanning, "start", lambda folders=(): scans.append(folders))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(new))
    window.folders.relocate(only(window))
    qtbot.waitUntil(lambda: [status.root.path for status in library.folders.list()] == [new])
    qtbot.waitUntil(lambda: len(scans) == 1)
    item = window.sidebar.item_of(("folder", 1))
    assert item is not None
    qtbot.waitUntil(lambda: window.sidebar.item_of(("folder", 1)).text() == "moved")  # type: ignore[union-attr]
