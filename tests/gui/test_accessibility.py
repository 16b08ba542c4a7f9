"""What a screen reader is told, what keys reach, and whether texts can be read."""

from collections.abc import Callable, Iterator
from dataclasses import fields

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QContextMenuEvent, QFont
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QWidget
from pytestqt.qtbot import QtBot

from faceorganizer.domain.ids import PersonId
from faceorganizer.gui import theme
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.gui.models.records import RecordModel
from faceorganizer.gui.views.grid import GridView
from faceorganizer.gui.views.photo import PhotoPlace
from faceorganizer.library import Library

Populate = Callable[..., list[PersonId]]
COLUMNS, ROWS = 5, 23


@pytest.fixture
def grid(qtbot: QtBot) -> GridView:
    view = GridView(QSize(80, 60))
    qtbot.addWidget(view)
    model: RecordModel[int] = RecordModel(lambda number: number, lambda number: f"Number {number}", parent=view)
    view.show_model(model)
    view.setItemDelegate(QStyledItemDelegate(view))
    view.resize(2 * theme.UNIT + COLUMNS * 80 + view.verticalScrollBar().sizeHint().width() + 4, 200)
    model.reset({"": list(range(ROWS))})
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.columns == COLUMNS
    return view


def test_each_row_is_known_by_name_and_place(grid: GridView) -> None:
    shown = QAccessible.queryAccessibleInterface(grid)
    assert shown.role() == QAccessible.Role.Table
    assert shown.childCount() == ROWS
    for row in (0, 7):
        cell = shown.child(row)
        assert cell.text(QAccessible.Text.Name) == f"Number {row}"
        place = grid.visualRect(grid.model().index(row, 0))
        assert cell.rect().topLeft() == grid.viewport().mapToGlobal(place.topLeft())
        assert cell.state().focusable
        assert cell.state().selectable


def test_focus_and_selection_are_told(grid: GridView) -> None:
    grid.select_ids([3, 4])
    shown = QAccessible.queryAccessibleInterface(grid)
    states = [(bool(shown.child(row).state().selected), bool(shown.child(row).state().focused)) for row in range(2, 6)]
    assert states == [(False, False), (True, True), (True, False), (False, False)]
    assert shown.focusChild().text(QAccessible.Text.Name) == "Number 3"


@pytest.fixture
def reader() -> Iterator[None]:
    """As if a screen reader were running."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.mark.usefixtures("reader")
def test_rows_that_come_and_go_are_followed(grid: GridView) -> None:
    shown = QAccessible.queryAccessibleInterface(grid)
    assert shown.child(2).text(QAccessible.Text.Name) == "Number 2"
    grid.records.refresh({"": [0, 2, 5]})
    assert [shown.child(row).text(QAccessible.Text.Name) for row in range(shown.childCount())] == [
        "Number 0",
        "Number 2",
        "Number 5",
    ]
    grid.records.reset({})
    assert shown.childCount() == 0


@pytest.fixture
def anna(populate: Populate, library: Library) -> PersonId:
    person, _ = populate(3, 2)
    library.people.name(person, "Anna")
    return person


def test_people_are_spoken_of_with_their_photos(anna: PersonId, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.people.model.rowCount() == 2)
    shown = QAccessible.queryAccessibleInterface(window.people.grid)
    assert [shown.child(row).text(QAccessible.Text.Name) for row in (0, 1)] == [
        "Anna, 3 photo(s)",
        "Who is this?, 2 photo(s)",
    ]


@pytest.mark.usefixtures("reader")
def test_a_screen_reader_does_not_disturb(anna: PersonId, window: MainWindow, library: Library, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.people.model.rowCount() == 2)
    window.people.grid.setFocus()
    window.people.grid.selectAll()
    window.people.grid.setCurrentIndex(window.people.model.index(1, 0))
    library.people.hide([anna])
    qtbot.waitUntil(lambda: window.people.model.rowCount() == 1)
    shown = QAccessible.queryAccessibleInterface(window.people.grid)
    assert shown.child(0).text(QAccessible.Text.Name) == "Who is this?, 2 photo(s)"


def test_tab_gives_the_first_row_the_focus(grid: GridView) -> None:
    assert grid.currentIndex().row() == 0
    assert not grid.selectionModel().hasSelection()


@pytest.mark.parametrize(
    ("key", "row"),
    [
        (Qt.Key.Key_End, ROWS - 1),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Right, 8),
        (Qt.Key.Key_Left, 6),
        (Qt.Key.Key_Down, 12),
        (Qt.Key.Key_Up, 2),
        (Qt.Key.Key_PageDown, 7 + 3 * COLUMNS),
        (Qt.Key.Key_PageUp, 2),
    ],
)
def test_keys_reach_every_row(grid: GridView, qtbot: QtBot, key: Qt.Key, row: int) -> None:
    grid.setCurrentIndex(grid.model().index(7, 0))
    qtbot.keyClick(grid, key)
    assert grid.currentIndex().row() == row
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


def test_shift_selects_as_in_a_text(grid: GridView, qtbot: QtBot) -> None:
    grid.setCurrentIndex(grid.model().index(3, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected_ids() == list(range(3, 9))
    qtbot.keyClick(grid, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected_ids() == list(range(3, ROWS))
    qtbot.keyClick(grid, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected_ids() == list(range(4))


def test_shift_and_a_click_select_all_between(grid: GridView, qtbot: QtBot) -> None:
    def click(row: int, modifier: Qt.KeyboardModifier) -> None:
        place = grid.visualRect(grid.model().index(row, 0)).center()
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, place)

    click(8, Qt.KeyboardModifier.NoModifier)
    click(1, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected_ids() == list(range(1, 9))
    click(0, Qt.KeyboardModifier.ControlModifier)
    assert grid.selected_ids() == list(range(9))


def test_control_moves_without_selecting(grid: GridView, qtbot: QtBot) -> None:
    grid.select_ids([2])
    qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert (grid.currentIndex().row(), grid.selected_ids()) == (3, [2])
    qtbot.keyClick(grid, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert grid.selected_ids() == [2, 3]


def test_the_menu_key_asks_for_the_menu_of_the_current_cell(grid: GridView, qtbot: QtBot) -> None:
    grid.select_ids([6])
    place = grid.viewport().mapToGlobal(grid.visualRect(grid.currentIndex()).center())
    with qtbot.waitSignal(grid.menu_wanted) as asked:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
        QApplication.sendEvent(grid.viewport(), event)
    assert asked.args == [place]


def luminance(colour: str) -> float:
    """Relative luminance as in WCAG 2.2."""
    shade = QColor(colour)
    parts = [shade.redF(), shade.greenF(), shade.blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "side", "raised", "hover"])
def test_texts_can_be_read(colours: theme.Colours, ground: str) -> None:
    behind = getattr(colours, ground)
    assert contrast(colours.text, behind) >= 7
    assert contrast(colours.faint, behind) >= 4.5
    assert contrast(colours.accent, behind) >= 4.5  # links, names that are asked for, buttons of toasts
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert all(QColor(getattr(colours, part.name)).isValid() for part in fields(colours))


@pytest.fixture
def large_font(qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    large = QFont(before)
    large.setPointSizeF(3 * before.pointSizeF())
    qapp.setFont(large)
    yield
    qapp.setFont(before)


@pytest.mark.usefixtures("large_font")
def test_lines_grow_with_the_font(anna: PersonId, window: MainWindow, qtbot: QtBot) -> None:
    grid, card = window.people.grid, window.people.card
    qtbot.waitUntil(lambda: window.people.model.rowCount() == 2)
    needed = grid.fontMetrics().height()
    cell = grid.visualRect(window.people.model.index_of(anna))
    name = card.name_rect(cell)
    assert name.height() >= needed
    assert name.bottom() + needed <= cell.bottom()  # the count has its place below
    assert grid.heading >= needed


def _children(widget: QWidget) -> list[QAccessibleInterface]:
    """What a screen reader finds in a widget and can be seen."""
    shown = QAccessible.queryAccessibleInterface(widget)
    found = [shown.child(number) for number in range(shown.childCount())]
    return [child for child in found if not child.state().invisible]


def _name(child: QAccessibleInterface) -> str:
    return child.text(QAccessible.Text.Name)


def _press(child: QAccessibleInterface) -> None:
    child.actionInterface().doAction(child.actionInterface().actionNames()[0])


@pytest.fixture
def photo(anna: PersonId, window: MainWindow, qtbot: QtBot) -> PhotoPlace:
    window.go("person", anna)
    qtbot.waitUntil(lambda: len(window.person.photos) == 3)
    window.go("photo", window.person.photos[1])
    qtbot.waitUntil(lambda: len(window.photo.canvas.outlines) == 1 and window.photo.canvas.has_photo)
    return window.photo


def test_each_face_of_a_photo_is_known(photo: PhotoPlace, qtbot: QtBot) -> None:
    canvas = photo.canvas
    (face,) = _children(canvas)
    assert _name(face) == "Anna"
    box = canvas.on_screen(canvas.outlines[0].box).toAlignedRect()
    assert face.rect() == QRect(canvas.mapToGlobal(box.topLeft()), box.size())
    assert not face.state().checked
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert face.state().checked
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert face.rect().width() > box.width()
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert not face.state().checked


@pytest.mark.usefixtures("reader")
def test_a_face_is_chosen_by_a_screen_reader(photo: PhotoPlace) -> None:
    (face,) = _children(photo.canvas)
    _press(face)
    assert face.state().checked
    assert photo.canvas.chosen == photo.canvas.outlines[0]


def test_the_photos_of_the_strip_are_known(photo: PhotoPlace, qtbot: QtBot) -> None:
    strip = photo.filmstrip
    shown = _children(strip)
    assert [_name(child) for child in shown] == ["Photo 1 of 3", "Photo 2 of 3", "Photo 3 of 3"]
    assert [bool(child.state().checked) for child in shown] == [False, True, False]
    photos = photo.photos
    place = strip.place_of(photos[2])
    assert shown[2].rect() == QRect(strip.mapToGlobal(place.topLeft()), place.size())
    _press(shown[2])
    assert photo.photo == photos[2]
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.place_of(photos[1]).center())
    assert photo.photo == photos[1]
