"""A scan that is paused, resumed and cancelled by mouse, and files that are tried again."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from faceorganizer.gui.dialogs.scan import ScanDialog
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library
from faceorganizer.services.events import ScanAdvanced, ScanStage


@pytest.fixture
def pictures(tmp_path: Path, astronaut: np.ndarray) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    Image.fromarray(astronaut).save(folder / "one.jpg", quality=95)
    (folder / "two.jpg").write_bytes(b"no picture")
    (folder / "three.jpg").write_bytes(b"")
    return folder


def click(qtbot: QtBot, button: QAbstractButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def details(window: MainWindow, qtbot: QtBot) -> ScanDialog:
    window.environment.actions["scan-details"].trigger()
    dialog = window._scan_dialog
    assert dialog is not None
    qtbot.waitExposed(dialog)
    return dialog


def test_a_scan_is_paused_and_goes_on(window: MainWindow, qtbot: QtBot, library: Library, pictures: Path) -> None:
    window.add_folders([pictures])
    assert window.status.pause.isVisible()
    click(qtbot, window.status.pause)
    assert window.scanning.is_paused
    assert window.status.text.text() == "Paused"
    window.status.advance(ScanAdvanced(1, 3, 0, 0, 1.0, 2.0, "", ScanStage.READING))
    assert window.status.text.text() == "Paused"
    dialog = details(window, qtbot)
    assert dialog.heading.text() == "The scan pauses"
    qtbot.wait(500)
    assert window.scanning.running
    with qtbot.waitSignal(window.scanning.finished, timeout=120_000) as ended:
        click(qtbot, dialog.pause)
        assert not window.scanning.is_paused
    assert ended.args[0].photos["new"] == 1
    qtbot.waitUntil(lambda: dialog.unread.topLevelItemCount() == 2)
    dialog.close()


def test_a_paused_scan_is_cancelled(window: MainWindow, qtbot: QtBot, pictures: Path) -> None:
    window.add_folders([pictures])
    click(qtbot, window.status.pause)
    with qtbot.waitSignal(window.scanning.finished, timeout=60_000) as ended:
        click(qtbot, window.status.cancel)
    assert ended.args == [None]
    assert not window.status.pause.isVisible()
    assert "Stopped" in window.status.text.text()


def test_files_that_failed_are_listed_with_a_reason_and_tried_again(
    window: MainWindow, qtbot: QtBot, library: Library, pictures: Path, astronaut: np.ndarray
) -> None:
    with qtbot.waitSignal(window.scanning.finished, timeout=120_000):
        window.add_folders([pictures])
    qtbot.waitUntil(lambda: "2 file" in window.attention.text())
    click(qtbot, window.attention)
    dialog = window._scan_dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.unread.topLevelItemCount() == 2)
    rows = [dialog.unread.topLevelItem(row) for row in range(2)]
    assert {(row.text(0), row.text(1)) for row in rows} == {
        ("three.jpg", "the file is empty"),
        ("two.jpg", "it is not a picture"),
    }
    assert dialog.again.text() == "Try All Again"
    for name in ("two.jpg", "three.jpg"):
        Image.fromarray(astronaut[:, ::-1]).save(pictures / name, quality=95)
    two = next(row for row in rows if row.text(0) == "two.jpg")
    place: QRect = dialog.unread.visualItemRect(two)
    qtbot.mouseClick(dialog.unread.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert dialog.again.text() == "Try Again"
    with qtbot.waitSignal(window.scanning.finished, timeout=120_000) as ended:
        click(qtbot, dialog.again)
    assert ended.args[0].photos["seen"] == 1
    qtbot.waitUntil(lambda: dialog.unread.topLevelItemCount() == 1)
    with qtbot.waitSignal(window.scanning.finished, timeout=120_000):
        click(qtbot, dialog.again)
    qtbot.waitUntil(lambda: dialog.unread.topLevelItemCount() == 0)
    assert dialog.unread_heading.text() == "Every file could be read."
    qtbot.waitUntil(lambda: not window.attention.isVisible())
    dialog.close()


def test_what_is_asked_for_during_a_scan_comes_after_it(
    window: MainWindow, qtbot: QtBot, library: Library, pictures: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    window.add_folders([pictures])
    window.add_folders([other])
    window.scanning.start_by_itself()
    window.scanning.start_by_itself()
    with qtbot.waitSignals([window.scanning.finished] * 3, timeout=120_000):
        pass
    assert {status.root.path for status in library.folders.list()} == {pictures, other}
    assert not window.scanning.running
