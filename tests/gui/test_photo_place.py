"""A photo: boxes where the faces are, names typed on them, turning to other photos."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from faceorganizer.gui.main_window import MainWindow
from faceorganizer.gui.pictures import MOST_PIXELS, most_long_side
from faceorganizer.gui.views.canvas import PhotoCanvas
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


def turn_wheel(canvas: PhotoCanvas, place: QPointF, notches: int = 2) -> None:
    turn = QWheelEvent(
        place, canvas.mapToGlobal(place), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, turn)


def click_face(qtbot: QtBot, window: MainWindow) -> None:
    canvas = window.photo.canvas
    place = canvas.on_screen(canvas.outlines[0].box).center().toPoint()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize("quarters", range(4))
def test_a_face_drawn_on_a_turned_photo_is_where_it_was_drawn(window: MainWindow, qtbot: QtBot, quarters: int) -> None:
    canvas = window.photo.canvas
    canvas.drawn.disconnect()
    for _ in range(quarters):
        window.environment.actions["turn-right"].trigger()
    place = canvas.on_screen((20, 30, 60, 50))
    window.environment.actions["draw"].trigger()
    with qtbot.waitSignal(canvas.drawn) as told:
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place.topLeft().toPoint())
        qtbot.mouseMove(canvas, place.bottomRight().toPoint())
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place.bottomRight().toPoint())
    assert told.args[0] == pytest.approx((20, 30, 60, 50), abs=1.5)


@given(
    full=st.tuples(st.integers(50, 8000), st.integers(50, 8000)),
    quarters=st.integers(0, 3),
    moves=st.lists(st.tuples(st.floats(0.2, 5), st.integers(0, 400), st.integers(0, 300)), max_size=8),
)
def test_however_it_is_enlarged_the_photo_fills_what_it_can(
    qapp: QApplication, full: tuple[int, int], quarters: int, moves: list[tuple[float, int, int]]
) -> None:
    canvas = PhotoCanvas()
    canvas.resize(400, 300)
    canvas.show_preview(None, QSize(*full))
    canvas.turn(quarters)
    for factor, x, y in moves:
        canvas._enlarge(factor, QPointF(x, y))
    place = canvas.on_screen((0, 0, *full))
    for low, high, length in (
        (place.left(), place.right(), canvas.width()),
        (place.top(), place.bottom(), canvas.height()),
    ):
        if high - low >= length:
            assert low <= 1
            assert high >= length - 1
        else:
            assert low + high == pytest.approx(length, abs=2)


def test_turning_back_leads_to_where_the_photos_are(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.photo.canvas, Qt.Key.Key_Right)
    qtbot.keyClick(window.photo.canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(window.person.isVisible)


def test_escape_steps_back_one_thing_at_a_time(window: MainWindow, qtbot: QtBot) -> None:
    canvas, actions = window.photo.canvas, window.environment.actions
    actions["full-screen"].trigger()
    assert window.sidebar.isHidden()
    assert window.menuBar().isHidden()
    assert window.photo.inspector.isHidden()
    click_face(qtbot, window)
    turn_wheel(canvas, QPointF(100, 100))
    actions["rename"].trigger()
    field = canvas.findChild(QLineEdit)
    qtbot.keyClicks(field, "Nob")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not canvas.fitted
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.fitted
    assert canvas.chosen is not None
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert window.sidebar.isHidden()
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert not window.sidebar.isHidden()
    assert window.photo.isVisible()
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(window.person.isVisible)


def test_leaving_the_place_ends_the_full_screen(window: MainWindow, qtbot: QtBot) -> None:
    window.environment.actions["full-screen"].trigger()
    window.go("people")
    assert not window.sidebar.isHidden()
    assert not window.isFullScreen()


def test_the_face_that_was_clicked_is_none(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    click_face(qtbot, window)
    qtbot.keyClick(window.photo.canvas, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(window.photo.canvas.outlines) == 0)
    library.undo()
    qtbot.waitUntil(lambda: len(window.photo.canvas.outlines) == 1)


def test_tab_chooses_a_face_and_enter_names_it(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    canvas = window.photo.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert canvas.chosen == canvas.outlines[0]
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    field = canvas.findChild(QLineEdit)
    qtbot.keyClicks(field, "Carl")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.people.get(groups[0]).name == "Carl")


def test_a_drawn_face_is_asked_for_its_name(
    window: MainWindow, qtbot: QtBot, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas = window.photo.canvas
    place = canvas.on_screen((10, 10, 40, 40))
    window.environment.actions["draw"].trigger()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place.topLeft().toPoint())
    qtbot.mouseMove(canvas, place.bottomRight().toPoint())
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place.bottomRight().toPoint())
    qtbot.waitUntil(lambda: len(canvas.outlines) == 2, timeout=60_000)
    qtbot.waitUntil(lambda: canvas.findChild(QLineEdit) is not None)
    qtbot.keyClicks(canvas.findChild(QLineEdit), "Dora")
    qtbot.keyClick(canvas.findChild(QLineEdit), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Dora" in [outline.name for outline in canvas.outlines])


def test_a_click_on_the_filmstrip_shows_that_photo(window: MainWindow, qtbot: QtBot) -> None:
    strip, photos = window.photo.filmstrip, window.person.photos
    assert strip.isVisible()
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.place_of(photos[2]).center())
    assert window.photo.photo == photos[2]
    assert strip.place_of(photos[2]).center().x() == pytest.approx(strip.width() // 2, abs=2)


def test_details_go_and_stay_away(window: MainWindow, qtbot: QtBot) -> None:
    inspector = window.photo.inspector
    assert inspector.isVisible()
    window.environment.actions["inspector"].trigger()
    assert inspector.isHidden()
    qtbot.keyClick(window.photo.canvas, Qt.Key.Key_Right)
    assert inspector.isHidden()
    window.environment.actions["inspector"].trigger()
    assert inspector.isVisible()


def test_the_photos_around_are_decoded_before_they_are_asked_for(window: MainWindow, qtbot: QtBot) -> None:
    around = window.person.photos
    qtbot.waitUntil(lambda: set(around) <= set(window.photo.pictures._kept))


def test_what_cannot_be_read_is_said(window: MainWindow, qtbot: QtBot, library: Library, tmp_path: Path) -> None:
    (tmp_path / "photos" / "1-0.jpg").unlink()
    gone = next(record.photo for record in library.photos() if record.path.name == "1-0.jpg")
    with qtbot.waitSignal(window.photo.told, timeout=5000) as told:
        window.go("photo", gone)
    assert "cannot be read" in told.args[0]


def test_a_small_part_is_shown_in_all_pixels_of_the_photo(qtbot: QtBot) -> None:
    canvas = PhotoCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show_preview(None, QSize(8000, 6000))
    canvas.show_photo(QImage(2048, 1536, QImage.Format.Format_RGB32), QSize(8000, 6000))
    with qtbot.waitSignal(canvas.sharper_wanted):
        for _ in range(12):
            turn_wheel(canvas, QPointF(200, 150))


def test_no_more_pixels_are_decoded_than_there_is_room_for() -> None:
    assert most_long_side(QSize(6000, 4000)) == 6000
    long_side = most_long_side(QSize(30_000, 10_000))
    assert long_side * long_side / 3 <= MOST_PIXELS
