"""A library that keeps no pictures of faces: who stands in their place."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from faceorganizer.gui import theme
from faceorganizer.gui.dialogs.preferences import PreferencesDialog
from faceorganizer.gui.figures import figure, initials, paint_figure
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library

SETTING = "privacy.face_pictures"
PRIVACY = 4  # tab of the settings


@pytest.fixture
def people(populate: Callable[..., list[int]], library: Library) -> list[int]:
    made = populate(3, 2)
    library.people.name(made[0], "Anna Berg")  # type: ignore[arg-type]
    return made


@pytest.fixture
def window(people: list[int], window: MainWindow) -> MainWindow:
    return window


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> Iterator[PreferencesDialog]:
    shown = PreferencesDialog(window.environment, window.folders, window.scanning, window.watching, window)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: shown.strictness._usual > 0)
    shown.tabs.setCurrentIndex(PRIVACY)
    yield shown
    shown.close()


def faces_kept(library: Library) -> int:
    return len(list((library.path / "cache" / "faces").rglob("*.jpg")))


def faces_in_memory(window: MainWindow) -> int:
    return sum(kind == "face" for kind, _ in window.environment.thumbnails._kept)


def click(qtbot: QtBot, box: QAbstractButton) -> None:
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))


def answer(text: str) -> None:
    """Click a button of the question that comes."""

    def click_it() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        (button,) = [button for button in box.buttons() if button.text().replace("&", "") == text]
        button.click()

    QTimer.singleShot(100, click_it)


def colours_of_cards(window: MainWindow) -> set[str]:
    """All colours of the cards, without what text and edges are made of: those of drawn portraits are strong."""
    image = window.people.grid.viewport().grab().toImage()
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
        if QColor(image.pixel(x, y)).hsvSaturationF() > 0.3
    }


def test_turned_off_they_are_gone_from_disk_and_window_and_come_back(
    window: MainWindow, dialog: PreferencesDialog, qtbot: QtBot, library: Library
) -> None:
    qtbot.waitUntil(lambda: faces_in_memory(window) == 2, timeout=10_000)
    qtbot.waitUntil(lambda: faces_kept(library) > 0)
    assert dialog.faces.isChecked()
    portraits = colours_of_cards(window)
    answer("Delete Pictures")
    click(qtbot, dialog.faces)
    qtbot.waitUntil(lambda: window.environment.thumbnails.faceless)
    assert library.settings.get(SETTING) is False
    assert faces_kept(library) == 0
    assert faces_in_memory(window) == 0
    assert len(colours_of_cards(window)) < len(portraits) / 4
    qtbot.wait(200)
    assert faces_in_memory(window) == faces_kept(library) == 0
    click(qtbot, dialog.faces)
    qtbot.waitUntil(lambda: faces_in_memory(window) == 2, timeout=10_000)
    assert library.settings.get(SETTING) is True


def test_nothing_is_deleted_without_a_yes(
    window: MainWindow, dialog: PreferencesDialog, qtbot: QtBot, library: Library
) -> None:
    qtbot.waitUntil(lambda: faces_in_memory(window) == 2, timeout=10_000)
    before = faces_kept(library)
    answer("Cancel")
    click(qtbot, dialog.faces)
    assert dialog.faces.isChecked()
    qtbot.wait(100)
    assert library.settings.get(SETTING) is True
    assert faces_kept(library) == before > 0


def test_what_the_command_line_sets_is_noticed(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    qtbot.waitUntil(lambda: faces_in_memory(window) == 2, timeout=10_000)
    library.settings.set(SETTING, "false")
    window.face_pictures.look()
    qtbot.waitUntil(lambda: window.environment.thumbnails.faceless)
    assert faces_in_memory(window) == 0


def test_people_can_be_named_without_pictures(
    window: MainWindow, qtbot: QtBot, library: Library, people: list[int]
) -> None:
    library.settings.set(SETTING, "false")
    window.face_pictures.look()
    qtbot.waitUntil(lambda: window.environment.thumbnails.faceless)
    library.people.name(people[1], "Berta")  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: library.people.get(people[1]).name == "Berta")  # type: ignore[arg-type]
    for place in ("people", "review", "map", "photos"):
        window.go(place)
        qtbot.wait(100)
    window.go("person", people[0])
    qtbot.waitUntil(lambda: window.person.profile.name.text() == "Anna Berg")
    window.person.profile.portrait.grab()
    assert faces_kept(library) == 0


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Anna", "A"),
        ("Anna Berg", "AB"),
        ("anna maria von berg", "AB"),
        ("Émile Zola", "ÉZ"),
        ("E\u0301mile", "É"),
        ("李 小龙", "李小"),
        ("(Tante) Ida", "I"),
        ("  ", ""),
        ("?!", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_initials(name: str | None, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize("name", [None, "Anna Berg"])
def test_a_figure_stays_in_its_shape(qapp: QApplication, name: str | None) -> None:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    shape = QPainterPath()
    shape.addEllipse(QRectF(QRect(10, 10, 80, 80)))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_figure(painter, shape, name)
    painter.end()
    assert {QColor(image.pixel(*corner)).name() for corner in ((5, 5), (95, 5), (5, 95), (95, 95))} == {"#ff0000"}
    assert QColor(image.pixel(50, 14)).name() == theme.colours().empty
    shades = {QColor(image.pixel(x, y)).name() for x in range(20, 80) for y in range(20, 80)}
    assert (theme.colours().figure in shades) is (name is None)


def test_a_figure_is_sharp_on_any_screen(qapp: QApplication) -> None:
    picture = figure(48, 1.5)
    assert picture.size().width() == 72
    assert picture.deviceIndependentSize().width() == 48
