"""A photo: boxes where the faces are, names typed on them, turning to other photos."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


@pytest.fixture
def groups(populate) -> list[int]:  # type: ignore[no-untyped-def]
    return populate(3, 2)


@pytest.fixture
def window(groups: list[int], window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.go("person", groups[0])
    qtbot.waitUntil(lambda: len(window.person.photos) == 3)
    window.go("photo", window.person.photos[1])
    qtbot.waitUntil(lambda: len(window.photo.canvas.outlines) == 1 and window.photo.canvas.has_photo)
    return window


def type_name(qtbot: QtBot, window: MainWindow, text: str) -> None:
    canvas = window.photo.canvas
    label = canvas.label_rect(canvas.outlines[0]).center().toPoint()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=label)
    field = canvas.findChild(QLineEdit)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_name_typed_on_a_face_names_its_group(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    type_name(qtbot, window, "Anna")
    qtbot.waitUntil(lambda: library.people.get(groups[0]).name == "Anna")
    qtbot.waitUntil(lambda: window.photo.canvas.outlines[0].name == "Anna")


def test_another_name_moves_this_face_alone(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    library.people.name(groups[0], "Anna")
    library.people.name(groups[1], "Ben")
    qtbot.waitUntil(lambda: window.photo.canvas.outlines[0].name == "Anna")
    type_name(qtbot, window, "Ben")
    qtbot.waitUntil(lambda: window.photo.canvas.outlines[0].name == "Ben")
    assert [library.people.get(group).faces for group in groups] == [2, 3]


def test_arrows_turn_to_the_photos_of_the_person_and_stop_at_the_last(window: MainWindow, qtbot: QtBot) -> None:
    photos = window.person.photos
    for wanted in (photos[2], photos[2]):
        qtbot.keyClick(window.photo.canvas, Qt.Key.Key_Right)
        assert window.photo.photo == wanted
    qtbot.keyClick(window.photo.canvas, Qt.Key.Key_Left)
    assert window.photo.photo == photos[1]


def test_a_box_stays_on_its_face_when_the_photo_is_enlarged(window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.photo.canvas
    box = canvas.outlines[0].box
    before = canvas.on_screen(box)
    middle = before.center()
    turn = QWheelEvent(
        middle, canvas.mapToGlobal(middle), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, turn)
    after = canvas.on_screen(box)
    assert after.width() == pytest.approx(before.width() * 1.44)
    assert QPointF(after.center() - middle).manhattanLength() < 2
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.on_screen(box) == before


def test_a_face_drawn_by_mouse_is_told_in_pixels_of_the_photo(window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.photo.canvas
    start, end = (
        canvas.on_screen((20, 30, 0, 0)).topLeft().toPoint(),
        canvas.on_screen((80, 90, 0, 0)).topLeft().toPoint(),
    )
    canvas.drawn.disconnect()
    window.environment.actions["draw"].trigger()
    with qtbot.waitSignal(canvas.drawn) as told:
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(canvas, end)
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
    assert told.args[0] == pytest.approx((20, 30, 60, 60), abs=1.5)
