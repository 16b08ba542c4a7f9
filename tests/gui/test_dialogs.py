"""Settings, and what the program says of itself."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from faceorganizer.gui import theme
from faceorganizer.gui.dialogs.about import AboutDialog
from faceorganizer.gui.dialogs.keys import KeysBox
from faceorganizer.gui.dialogs.preferences import PreferencesDialog
from faceorganizer.gui.dialogs.trouble import TroubleBox
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


@pytest.fixture
def groups(populate) -> list[int]:  # type: ignore[no-untyped-def]
    return populate(2, 2)


@pytest.fixture
def window(groups: list[int], window: MainWindow) -> MainWindow:
    return window


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> Iterator[PreferencesDialog]:
    shown = PreferencesDialog(window.environment, window.folders, window.scanning, window.watching, window)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: shown.strictness._usual > 0)
    yield shown
    shown.close()


def click(qtbot: QtBot, box: QAbstractButton) -> None:
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))


def choose(qtbot: QtBot, box: QComboBox, data: str) -> None:
    """As somebody does who opens the list and takes a line."""
    qtbot.keyClick(box, Qt.Key.Key_Home)
    while box.currentData() != data:
        before = box.currentIndex()
        qtbot.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() > before


def test_settings_show_what_is_set_and_set_what_is_changed(
    dialog: PreferencesDialog, qtbot: QtBot, library: Library
) -> None:
    settings = library.settings
    assert dialog.detail.currentData() == "balanced"
    dialog.tabs.setCurrentIndex(1)
    choose(qtbot, dialog.detail, "thorough")
    qtbot.waitUntil(lambda: settings.get("vision.detail") == "thorough")
    click(qtbot, dialog.automatic)
    qtbot.waitUntil(lambda: settings.get("review.automatic_from") == pytest.approx(0.99))
    dialog.automatic_from.setValue(95)
    qtbot.waitUntil(lambda: settings.get("review.automatic_from") == pytest.approx(0.95))
    click(qtbot, dialog.automatic)
    qtbot.waitUntil(lambda: settings.get("review.automatic_from") == 0)
    dialog.tabs.setCurrentIndex(2)
    choose(qtbot, dialog.where, "file")
    qtbot.waitUntil(lambda: settings.get("metadata.where") == "file")
    click(qtbot, dialog.times)
    qtbot.waitUntil(lambda: settings.get("metadata.keep_times") is False)
    dialog.tabs.setCurrentIndex(3)
    dialog.jobs.setValue(3)
    qtbot.waitUntil(lambda: settings.get("scan.jobs") == 3)


def test_watching_begins_at_once(dialog: PreferencesDialog, window: MainWindow, qtbot: QtBot, library: Library) -> None:
    assert not window.watching.active
    click(qtbot, dialog.watch)
    assert window.watching.active
    qtbot.waitUntil(lambda: library.settings.get("scan.watch") is True)
    click(qtbot, dialog.watch)
    assert not window.watching.active


def test_the_theme_changes_at_once(dialog: PreferencesDialog, qtbot: QtBot, qapp: QApplication) -> None:
    dialog.tabs.setCurrentIndex(3)
    try:
        choose(qtbot, dialog.theme, "dark")
        assert theme.colours() is theme.DARK
        assert qapp.palette().color(QPalette.ColorRole.Base).name() == theme.DARK.ground
        choose(qtbot, dialog.theme, "light")
        assert theme.colours() is theme.LIGHT
    finally:
        theme.choose(qapp, "system")


def test_the_cache_is_emptied(dialog: PreferencesDialog, qtbot: QtBot, library: Library) -> None:
    face = library.faces.list()[0].face
    assert library.thumbnails.face(face)
    assert library.thumbnails.kept_bytes() > 0
    dialog.tabs.setCurrentIndex(4)
    click(qtbot, dialog.empty)
    qtbot.waitUntil(lambda: library.thumbnails.kept_bytes() == 0)
    qtbot.waitUntil(lambda: "0 byte" in dialog.cache_size.text())


def test_face_data_is_deleted_only_when_that_is_said_twice(
    dialog: PreferencesDialog, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    library.people.name(groups[0], "Anna")
    dialog.tabs.setCurrentIndex(4)
    says: list[str] = []

    def answer(text: str) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        says.append(box.informativeText())
        assert box.defaultButton().text() != "Delete Face Data"
        next(button for button in box.buttons() if text in button.text()).click()

    QTimer.singleShot(100, lambda: answer("Cancel"))
    click(qtbot, dialog.forget)
    assert "nothing of it can be taken back" in says[0]
    assert library.history()
    QTimer.singleShot(100, lambda: answer("Delete"))
    click(qtbot, dialog.forget)
    qtbot.waitUntil(lambda: "deleted" in dialog._trouble.text(), timeout=20_000)
    assert library.history() == []
    assert [person.name for person in library.people.list()] == ["Anna"]


def test_folders_are_listed_with_what_is_left_out(dialog: PreferencesDialog, qtbot: QtBot, library: Library) -> None:
    page = dialog.folders_page
    qtbot.waitUntil(lambda: page.list.count() == 1)
    library.folders.set_exclusions(library.folders.list()[0].root.path, ["*.gif"])
    qtbot.waitUntil(lambda: "*.gif" in page.list.item(0).text())


def test_about_names_what_is_inside_and_the_licence_of_the_landmarks(window: MainWindow, qtbot: QtBot) -> None:
    window.environment.actions["about"].trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), AboutDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, AboutDialog)
    names = {dialog.parts.topLevelItem(row).text(0) for row in range(dialog.parts.topLevelItemCount())}
    assert {"Qt for Python", "dlib", "faiss", "Infomap"} <= names
    assert all(dialog.parts.topLevelItem(row).text(1) for row in range(dialog.parts.topLevelItemCount()))
    text = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "300-W" in text
    assert "commercial" in text
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert "faiss 1" in QGuiApplication.clipboard().text()
    dialog.close()


def test_keys_are_on_one_page(window: MainWindow, qtbot: QtBot) -> None:
    window.environment.actions["keys"].trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), KeysBox))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, KeysBox)
    text = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "F9" in text
    assert "F2" in text
    dialog.close()


def test_trouble_is_told_with_details_to_copy(window: MainWindow, qtbot: QtBot) -> None:
    try:
        raise ValueError("odd")
    except ValueError as error:
        window.environment.background.broken.emit(error)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), TroubleBox))
    box = QApplication.activeModalWidget()
    assert isinstance(box, TroubleBox)
    assert "Traceback" not in box.text()
    qtbot.mouseClick(box.copy, Qt.MouseButton.LeftButton)
    assert box.isVisible()
    assert "ValueError: odd" in QGuiApplication.clipboard().text()
    box.close()
