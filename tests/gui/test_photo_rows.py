"""Photos in order, and in rows from edge to edge."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from faceorganizer.domain.ids import ContentId
from faceorganizer.domain.pictures import Capture, PhotoRecord
from faceorganizer.gui.delegates.photos import PhotoTile
from faceorganizer.gui.models.photos import Order, PhotoModel, arranged
from faceorganizer.gui.thumbnails import Thumbnails
from faceorganizer.gui.views.grid import HEADING
from faceorganizer.gui.views.rows import RowsView

ROOT = Path("/pictures")


def photo(
    number: int, taken: datetime | None = None, size: tuple[int | None, int | None] = (400, 300), folder: str = "a"
) -> PhotoRecord:
    path = ROOT / folder / f"{number:05}.jpg"
    return PhotoRecord(ContentId(number), path, ROOT, Capture(taken), *size, 1, "present", "", 0)


SIZES = st.tuples(st.one_of(st.none(), st.integers(1, 9000)), st.one_of(st.none(), st.integers(1, 9000)))
DATES = st.one_of(st.none(), st.datetimes(datetime(1990, 1, 1), datetime(1991, 1, 1)))
PHOTOS = st.lists(st.tuples(DATES, SIZES, st.sampled_from("abc")), max_size=60).map(
    lambda made: sorted(
        (photo(number, taken, size, folder) for number, (taken, size, folder) in enumerate(made)),
        key=lambda record: record.path,
    )
)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[RowsView]:
    thumbnails = Thumbnails({"photo": lambda _: None})
    rows = RowsView(120)
    rows.setItemDelegate(PhotoTile(thumbnails, rows))
    qtbot.addWidget(rows)
    rows.resize(640, 480)
    rows.show()
    yield rows
    thumbnails.close()
    rows.close()


@given(PHOTOS)
def test_months_run_from_the_newest_to_those_without_a_date(photos: list[PhotoRecord]) -> None:
    shown = arranged(photos, Order.MONTH)
    dates = [record.capture.taken for record in shown.records]
    known = [taken for taken in dates if taken is not None]
    assert known == sorted(known, reverse=True)
    assert dates[len(known) :] == [None] * (len(dates) - len(known))
    months = {(taken.year, taken.month) for taken in known}
    assert len(shown.sections) == len(months) + (len(known) < len(dates))
    assert sum(section.count for section in shown.sections) == len(photos)
    assert [shown.rows[number] for number in shown.ids] == list(range(len(photos)))


def test_folders_are_named_from_the_library_folder_on() -> None:
    shown = arranged([photo(1, folder="a"), photo(2, folder="a/b"), photo(3, folder="a/b")], Order.FOLDER)
    assert [(Path(section.title), section.count) for section in shown.sections] == [
        (Path("pictures/a"), 1),
        (Path("pictures/a/b"), 2),
    ]


def test_a_model_answers_for_each_arrangement(qtbot: QtBot) -> None:
    model = PhotoModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for count in (0, 5, 3, 0, 7):
        model.show(arranged([photo(number) for number in range(count)], Order.FOLDER))
        assert [model.data(model.index(row)) for row in range(count)] == [f"{n:05}.jpg" for n in range(count)]
        assert model.photos == list(range(count))
    assert tester.model() is model


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(photos=PHOTOS, order=st.sampled_from(Order), width=st.integers(60, 1500), top=st.integers(-50, 4000))
def test_photos_lie_in_order_inside_the_view_and_over_nothing(
    view: RowsView, photos: list[PhotoRecord], order: Order, width: int, top: int
) -> None:
    view.resize(width, 400)
    view.show_arrangement(arranged(photos, order), stay=False)
    places = [view._place(row) for row in range(len(photos))]
    for place, after in pairwise(places):
        assert (after.top() == place.top() and after.left() == place.right() + 1) or after.top() > place.bottom()
    for place in places:
        assert place.left() >= 0
        assert min(place.width(), place.height()) > 0
        assert place.right() <= view.viewport().width()
    window = QRect(0, top, view.viewport().width(), 400)
    seen = [row for row, place in enumerate(places) if place.intersects(window)]
    rows = view._rows_between(top, top + 400)
    assert seen == [row for row in rows if places[row].intersects(window)]
    assert not seen or (rows.start == seen[0] and rows.stop == seen[-1] + 1)


def test_full_lines_reach_the_right_edge(view: RowsView) -> None:
    view.show_arrangement(arranged([photo(number) for number in range(40)], Order.FOLDER))
    places = [view._place(row) for row in range(40)]
    ends = {place.top(): place.right() for place in places}
    full = [right for top, right in ends.items() if top < max(ends)]
    assert len(full) > 3
    assert max(full) - min(full) <= 1
    assert view.viewport().width() - max(full) <= 2 * 8


def test_arrows_lead_along_and_across_the_lines(view: RowsView, qtbot: QtBot) -> None:
    view.show_arrangement(arranged([photo(n, size=(300 + 200 * (n % 3), 300)) for n in range(30)], Order.FOLDER))
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    start = view.currentIndex().row()
    assert start == 1
    qtbot.keyClick(view, Qt.Key.Key_Down)
    below = view._place(view.currentIndex().row())
    assert below.top() > view._place(start).bottom()
    assert below.left() <= view._place(start).center().x() <= below.right()
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view._place(view.currentIndex().row()).top() == view._place(start).top()
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == 29
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 29


def test_what_the_keys_reach_is_not_under_the_heading(view: RowsView, qtbot: QtBot) -> None:
    view.show_arrangement(arranged([photo(number) for number in range(60)], Order.FOLDER))
    qtbot.keyClick(view, Qt.Key.Key_End)
    for _ in range(8):
        qtbot.keyClick(view, Qt.Key.Key_Up)
        place = view.visualRect(view.currentIndex())
        assert place.top() >= HEADING or not view.verticalOffset()
        assert place.bottom() <= view.viewport().height()


def test_selection_and_position_stay_when_photos_come(view: RowsView, qtbot: QtBot) -> None:
    months = [datetime(2000, 1 + n // 30, 1 + n % 30 % 28) for n in range(180)]
    photos = [photo(number, taken) for number, taken in enumerate(months)]
    view.show_arrangement(arranged(photos, Order.MONTH))
    view.scrollTo(view.photos.index_of(50), QAbstractItemView.ScrollHint.PositionAtCenter)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.photos.index_of(50)).center())
    qtbot.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
        view.visualRect(view.photos.index_of(47)).center(),
    )
    before = view.visualRect(view.photos.index_of(50)).top()
    more = [*photos, *(photo(1000 + n, datetime(2001, 5, 5)) for n in range(25))]
    view.show_arrangement(arranged(more, Order.MONTH))
    assert set(view.selected_ids()) == {47, 50}
    assert view.currentIndex() == view.photos.index_of(47)
    assert abs(view.visualRect(view.photos.index_of(50)).top() - before) <= 240


def test_what_is_dragged_out_are_the_files(view: RowsView, qtbot: QtBot) -> None:
    view.show_arrangement(arranged([photo(number) for number in range(5)], Order.FOLDER))
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    urls = [Path(url.toLocalFile()).name for url in view.dragged().urls()]
    assert urls == ["00000.jpg", "00001.jpg"]


def test_a_point_between_photos_is_none_of_them(view: RowsView) -> None:
    view.show_arrangement(arranged([photo(1)], Order.FOLDER))
    assert not view.indexAt(QPoint(600, 460)).isValid()
    assert view.indexAt(view.visualRect(view.photos.index(0)).center()).row() == 0
