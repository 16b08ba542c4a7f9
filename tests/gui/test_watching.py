"""New photos are noticed while the window is open."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    return folder


@pytest.fixture
def library(library: Library, pictures: Path) -> Library:
    library.settings.set("scan.watch", "true")
    library.settings.set("scan.settle_seconds", "0.2")
    library.folders.add(pictures)
    return library


def test_a_photo_that_comes_is_scanned(
    window: MainWindow, qtbot: QtBot, library: Library, pictures: Path, astronaut: np.ndarray
) -> None:
    assert window.watching.active
    qtbot.wait(700)  # until the system watches
    with qtbot.waitSignal(window.scanning.finished, timeout=120_000) as ended:
        Image.fromarray(astronaut).save(pictures / "one.jpg")
    assert ended.args[0].photos["new"] == 1
    assert len(library.faces.list()) == 1


def test_a_folder_that_is_added_is_watched_as_well(
    window: MainWindow, qtbot: QtBot, library: Library, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with qtbot.waitSignal(window.scanning.finished, timeout=60_000):
        window.add_folders([other])
    qtbot.wait(900)
    with qtbot.waitSignal(window.scanning.started, timeout=20_000):
        (other / "one.jpg").write_bytes(b"no picture")
    with qtbot.waitSignal(window.scanning.finished, timeout=60_000):
        pass


def test_it_can_be_turned_off(window: MainWindow, qtbot: QtBot, pictures: Path) -> None:
    window.watching.set_active(False)
    assert not window.watching.active
    with qtbot.assertNotEmitted(window.scanning.started, wait=900):
        (pictures / "one.jpg").write_bytes(b"no picture")


def test_an_automatic_scan_waits_for_another_process(
    window: MainWindow, qtbot: QtBot, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from faceorganizer.domain.errors import LibraryLockedError

    def locked(*_: object, **__: object) -> None:
        raise LibraryLockedError("Somebody is writing.", "")

    monkeypatch.setattr(library, "scan", locked)
    with qtbot.waitSignal(window.scanning.put_off):
        window.scanning.start_by_itself()
    assert "Another program" in window.status.text.text()
    assert not window.toast.isVisible()
    assert window.watching._later.isActive()
