"""Models in the settings: added, used in the background, removed; with real clicks."""

from pathlib import Path

import pytest
from given_models import DIMENSION, descriptor_net, yunet_net
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot

from faceorganizer.gui.dialogs.models import AddModelDialog, ModelsPage
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> ModelsPage:
    shown = ModelsPage(window.environment, window.scanning)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: shown.list.count() == 2)
    return shown


def rows(page: ModelsPage) -> list[str]:
    return [page.list.item(row).text().replace("\n", " · ") for row in range(page.list.count())]


def choose(page: ModelsPage, name: str) -> None:
    (row,) = [row for row, text in enumerate(rows(page)) if text.startswith(name)]
    page.list.setCurrentRow(row)


def test_the_programs_own_models_are_listed(page: ModelsPage) -> None:
    assert rows(page) == [
        "dlib's network · Describes faces · in use · comes with the program",
        "dlib's detectors · Finds faces · in use · comes with the program",
    ]
    assert not page.use.isEnabled()
    assert not page.remove.isEnabled()


def test_a_model_is_added_used_and_removed(
    page: ModelsPage,
    window: MainWindow,
    qtbot: QtBot,
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "my net.onnx"
    file.write_bytes(descriptor_net())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))  # the system's own

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AddModelDialog)
        assert dialog.name.text() == "my-net"
        qtbot.keyClick(dialog.name, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(dialog.name, "mine")
        (add,) = [
            button for button in dialog.findChild(QDialogButtonBox).buttons() if button.text().replace("&", "") == "Add"
        ]
        qtbot.mouseClick(add, Qt.MouseButton.LeftButton)

    QTimer.singleShot(300, answer)
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    assert not page.add.isEnabled()  # one after the other
    qtbot.waitUntil(lambda: page.list.count() == 3, timeout=60_000)
    assert rows(page)[2] == "mine · Describes faces · arcface"
    choose(page, "mine")
    with qtbot.waitSignal(window.scanning.finished, timeout=60_000):
        qtbot.mouseClick(page.use, Qt.MouseButton.LeftButton)
        assert not page.use.isEnabled()
    assert library.settings.get("vision.embedder") == "mine"
    assert window.status.text.text() == "mine describes the faces now"
    qtbot.waitUntil(lambda: "in use" in rows(page)[2])
    choose(page, "mine")
    assert not page.remove.isEnabled()
    assert library.models.list()[2].dimension == DIMENSION

    choose(page, "dlib's network")
    with qtbot.waitSignal(window.scanning.finished, timeout=60_000):
        qtbot.mouseClick(page.use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "in use" in rows(page)[0])
    choose(page, "mine")
    qtbot.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.list.count() == 2)


def test_what_is_no_model_is_told(page: ModelsPage, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "text.onnx"
    file.write_text("no model")
    page.add_file(file, None, "text")
    assert page.trouble.text() == "text.onnx is being tried…"
    qtbot.waitUntil(lambda: "no ONNX model" in page.trouble.text(), timeout=60_000)
    assert page.trouble.isVisible()
    assert page.add.isEnabled()
    assert page.list.count() == 2


def test_a_detector_is_used_from_the_next_scan_on(
    page: ModelsPage, window: MainWindow, qtbot: QtBot, library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "yunet.onnx"
    file.write_bytes(yunet_net())
    page.add_file(file, None, "yunet")
    qtbot.waitUntil(lambda: page.list.count() == 3, timeout=60_000)
    choose(page, "yunet")
    place = page.list.visualItemRect(page.list.item(2)).center()
    with qtbot.waitSignal(window.scanning.finished, timeout=60_000):
        qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert library.settings.get("vision.detector") == "yunet"
    assert window.status.text.text() == "yunet finds faces from the next scan on"
