"""The first start: a page that asks for folders, and people that appear while they are scanned."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


@pytest.fixture
def pictures(tmp_path: Path, astronaut: np.ndarray) -> Path:
    """One face in two photos, and a file that is no picture."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    Image.fromarray(astronaut).save(folder / "one.jpg", quality=95)
    Image.fromarray(astronaut[::-1][::-1, 20:]).save(folder / "two.jpg", quality=90)
    (folder / "three.jpg").write_bytes(b"no picture")
    return folder


def test_a_folder_is_scanned_and_a_group_appears(
    window: MainWindow, qtbot: QtBot, library: Library, pictures: Path
) -> None:
    assert window.stack.currentWidget() is window.start_page
    window.start_page.add_folder(pictures)
    start = next(button for button in window.start_page.findChildren(QPushButton) if button.isDefault())
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.scanning.finished, timeout=120_000) as ended:
        assert window.scanning.running
    assert ended.args[0].photos["failed"] == 1
    assert window.stack.currentWidget() is window.people
    qtbot.waitUntil(lambda: len(window.people.model.ids) == 1)
    assert library.people.list()[0].faces == 2
    qtbot.waitUntil(lambda: window.attention.isVisible() and "1" in window.attention.text())


def test_closing_the_window_ends_a_scan(window: MainWindow, qtbot: QtBot, library: Library, pictures: Path) -> None:
    window.add_folders([pictures])
    qtbot.waitUntil(lambda: window.scanning.running)
    window.close()
    assert not window.scanning.running
    assert library.check() == []


def test_a_folder_that_is_none_is_told(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.add_folders([tmp_path / "nowhere"])
    qtbot.waitUntil(lambda: window.toast.isVisible())
    assert "nowhere" in window.toast.text


def test_the_licence_of_the_landmarks_is_said(window: MainWindow) -> None:
    (licence,) = (label for label in window.start_page.findChildren(QLabel) if label.objectName() == "licence")
    assert licence.isVisible()
    assert "300-W" in licence.text()
    assert "ommercial" in licence.text()


def test_without_a_folder_there_is_no_start(window: MainWindow) -> None:
    start = next(button for button in window.start_page.findChildren(QPushButton) if button.isDefault())
    assert window.start_page.folders == []
    assert not start.isEnabled()
