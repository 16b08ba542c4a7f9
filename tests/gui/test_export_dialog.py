"""Export: a plan before, files after, questions between."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.export import ExportKind, SeveralPeople
from faceorganizer.gui.dialogs.export import ExportDialog
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def dialog(populate, library: Library, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> ExportDialog:  # type: ignore[no-untyped-def]
    anna, ben = populate(3, 2)
    library.people.name(anna, "Anna")
    library.people.name(ben, "Ben")
    library.albums.create("Friends", query=PhotoQuery(any_of=[anna, ben]))
    window.go("album", library.albums.list()[0].id)
    qtbot.waitUntil(lambda: len(window.album.photos) == 5)
    window.environment.actions["export"].trigger()
    shown = window.album.findChild(ExportDialog)
    retype(qtbot, shown, str(tmp_path / "out" / "Friends"))
    return shown


def retype(qtbot: QtBot, dialog: ExportDialog, text: str) -> None:
    dialog.destination.selectAll()
    qtbot.keyClicks(dialog.destination, text)


def planned(qtbot: QtBot, dialog: ExportDialog, first: str) -> None:
    qtbot.waitUntil(lambda: dialog.paths.text().startswith(first) and dialog.go.isEnabled(), timeout=10_000)


def choose(dialog: ExportDialog, kind: ExportKind) -> None:
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))


def run(qtbot: QtBot, dialog: ExportDialog) -> None:
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.outcome, timeout=20_000)


def test_a_plan_is_shown_then_done_and_told(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    planned(qtbot, dialog, "Anna/0-0.jpg")
    assert "5 photo(s)" in dialog.summary.text()
    assert not (tmp_path / "out").exists()
    run(qtbot, dialog)
    written = sorted(path.name for path in (tmp_path / "out" / "Friends").glob("*/*.jpg"))
    assert written == ["0-0.jpg", "0-1.jpg", "0-2.jpg", "1-0.jpg", "1-1.jpg"]
    assert "5 photo(s) are in" in dialog.outcome.text()
    assert dialog.folder.isVisible()
    qtbot.mouseClick(dialog.leave, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_the_preview_follows_the_layout(dialog: ExportDialog, qtbot: QtBot) -> None:
    planned(qtbot, dialog, "Anna/0-0.jpg")
    dialog.layouts.setCurrentIndex(dialog.layouts.findData("own"))
    dialog.template.selectAll()
    qtbot.keyClicks(dialog.template, "{album}/{index:04}")
    planned(qtbot, dialog, "Friends/0001.jpg")
    qtbot.keyClicks(dialog.template, "{nonsense}")
    qtbot.waitUntil(lambda: "nonsense" in dialog.summary.text())
    assert not dialog.go.isEnabled()
    dialog.several.setCurrentIndex(dialog.several.findData(SeveralPeople.ONCE))
    assert not dialog.go.isEnabled()


def test_a_zip_file_that_is_there_is_asked_about(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    choose(dialog, ExportKind.ZIP)
    assert dialog.destination.text().endswith("Friends.zip")
    file = tmp_path / "out" / "Friends.zip"
    file.parent.mkdir()
    file.write_bytes(b"something else")
    planned(qtbot, dialog, "Anna/0-0.jpg")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.findChild(QMessageBox) is not None)
    assert file.read_bytes() == b"something else"
    box = dialog.findChild(QMessageBox)
    qtbot.mouseClick(box.button(QMessageBox.StandardButton.Yes), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.outcome, timeout=20_000)
    with zipfile.ZipFile(file) as content:
        assert "Anna/0-0.jpg" in content.namelist()


def test_a_folder_that_is_scanned_is_asked_about(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    retype(qtbot, dialog, str(tmp_path / "photos" / "out"))
    planned(qtbot, dialog, "Anna/0-0.jpg")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.findChild(QMessageBox) is not None)
    box = dialog.findChild(QMessageBox)
    qtbot.mouseClick(box.button(QMessageBox.StandardButton.Cancel), Qt.MouseButton.LeftButton)
    assert dialog.go.isVisible()
    assert not (tmp_path / "photos" / "out").exists()


def test_crops_and_galleries_need_no_layout(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    choose(dialog, ExportKind.CROPS)
    assert not dialog.layouts.isVisible()
    planned(qtbot, dialog, "Anna/")
    run(qtbot, dialog)
    assert len(list((tmp_path / "out" / "Friends").glob("*/*.jpg"))) == 5


def test_nowhere_is_no_destination(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.destination.selectAll()
    qtbot.keyClick(dialog.destination, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: dialog.summary.text() == "Choose where.")
    assert not dialog.go.isEnabled()


def test_an_export_is_stopped_with_the_window(
    dialog: ExportDialog, window: MainWindow, qtbot: QtBot, library: Library
) -> None:
    planned(qtbot, dialog, "Anna/")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    window.close()
    assert window.album.findChildren(ExportDialog) == [] or not dialog.errand.running
