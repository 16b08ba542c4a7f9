"""Photos in rows that are filled from edge to edge, each photo in its own shape."""

from bisect import bisect_left, bisect_right
from typing import Final

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from faceorganizer.domain.pictures import PhotoRecord
from faceorganizer.gui import theme
from faceorganizer.gui.dragging import photos_as_content
from faceorganizer.gui.models.photos import Arrangement, PhotoModel
from faceorganizer.gui.models.records import Index
from faceorganizer.gui.views.grid import HEADING, GridView, _Block

GAP: Final = theme.UNIT  # between two photos; half of it is within each cell
_EDGE: Final = theme.UNIT
_TALLEST: Final = 1.35  # times the height that is aimed at: how far a full row may be stretched
_DRAGGED_HEIGHT: Final = 12 * theme.UNIT


class RowsView(GridView):
    """Shows a :class:`PhotoModel` in justified rows under headings that stay in sight.

    Where a photo lies follows from the running sum of shapes and the line it is in: ten thousand photos are laid
    out in some milliseconds.

    Args:
        height: Of a row, in pixels, as near as filled rows allow.
    """

    def __init__(self, height: int, parent: QWidget | None = None) -> None:
        self._height = height
        self._photos = PhotoModel()
        self._sums: list[float] = [0.0]
        self._firsts: list[int] = []  # of each line: its first row, its top, the height of its photos
        self._tops: list[int] = []
        self._heights: list[float] = []
        self._lines_of: tuple[Arrangement, int, int] | None = None  # what these are of
        self._parts: list[_Block] = []
        super().__init__(QSize(height, height), parent)
        self._photos.setParent(self)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.show_model(self._photos)

    @property
    def photos(self) -> PhotoModel:
        """The model."""
        return self._photos

    def show_arrangement(self, arrangement: Arrangement, *, stay: bool = True) -> None:
        """Show photos.

        Args:
            arrangement: Made by :func:`~faceorganizer.gui.models.photos.arranged`.
            stay: Whether what was selected stays selected, and what was at the top stays there.
        """
        if arrangement is self._photos.arrangement:
            return
        ids, chosen = self._photos.ids, self.selected_ids() if stay else []
        current = ids[self.currentIndex().row()] if stay and self.currentIndex().isValid() else None
        seen = self.visible_rows() if stay and self.verticalOffset() else range(0)
        top = (ids[seen.start], self.visualRect(self._photos.index(seen.start)).top()) if seen else None
        self._sums = arrangement.sums
        self._photos.show(arrangement)
        if chosen:
            self.select_ids(chosen)
        if current is not None and (index := self._photos.index_of(current)).isValid():
            self.selectionModel().setCurrentIndex(index, self.selectionModel().SelectionFlag.NoUpdate)
        if top is not None and (index := self._photos.index_of(top[0])).isValid():
            self.verticalScrollBar().setValue(self._place(index.row()).top() - top[1])
        else:
            self.verticalScrollBar().setValue(0)

    def set_height(self, height: int) -> None:
        """Make the rows higher or lower; the first row that is seen stays at the top."""
        self._height = height
        self.set_cell(QSize(height, height))

    def scrollTo(  # noqa: N802
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a photo into view, and not under the heading."""
        super().scrollTo(index, hint)
        if index.isValid() and 0 <= self.visualRect(index).top() < HEADING and self.verticalOffset():
            self.verticalScrollBar().setValue(self.verticalOffset() - HEADING + self.visualRect(index).top())

    def moveCursor(  # noqa: N802
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where the arrow keys lead: up and down to the photo that is nearest across."""
        count, current = self._photos.rowCount(), self.currentIndex().row()
        if not count:
            return QModelIndex()
        actions = QAbstractItemView.CursorAction
        if current < 0:
            return self._photos.index(0)
        match action:
            case actions.MoveUp:
                row = self._across(current, self._line_of(current) - 1)
            case actions.MoveDown:
                row = self._across(current, self._line_of(current) + 1)
            case actions.MovePageUp | actions.MovePageDown:
                away = self.viewport().height() * (-1 if action == actions.MovePageUp else 1)
                line = bisect_right(self._tops, self._place(current).top() + away) - 1
                row = self._across(current, min(max(line, 0), len(self._tops) - 1))
            case _:
                row = self._moved(current, action)
        return self._photos.index(min(max(row, 0), count - 1))

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802
        """Drag the photos that are selected to other programs, and to albums."""
        content = self.dragged()
        if not content.urls():
            return
        drag = QDrag(self)
        drag.setMimeData(content)
        place = self.visualRect(self.currentIndex()).intersected(self.viewport().rect())
        if not place.isEmpty():
            drag.setPixmap(self.viewport().grab(place).scaledToHeight(_DRAGGED_HEIGHT))
        drag.exec(Qt.DropAction.CopyAction)

    def dragged(self) -> QMimeData:
        """What is dragged: the photos that are selected."""
        records = self.selected_records()
        photos = (record.photo for record in records if record.photo is not None)
        return photos_as_content((record.path for record in records), photos)

    def selected_records(self) -> list[PhotoRecord]:
        """The photos that are selected, by row."""
        records = self._photos.records
        return [records[row] for row in self._selected_rows()]

    def selected_ids(self) -> list[int]:
        """Ids of the photos that are selected, by row."""
        ids = self._photos.ids
        return [ids[row] for row in self._selected_rows()]

    def _selected_rows(self) -> list[int]:
        selection = self.selectionModel().selection()
        parts = sorted((part.top(), part.bottom()) for part in map(selection.at, range(selection.count())))
        return list(dict.fromkeys(row for first, last in parts for row in range(first, last + 1)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Photos that come from here are no new ones."""
        if event.source() is self:
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Nothing is dropped here."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the photos, and the heading that stays in sight."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self._paint_sticky(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay out anew; the first row that is seen stays at the top."""
        seen = self.visible_rows() if self.verticalOffset() else range(0)
        super().resizeEvent(event)
        if seen and event.size().width() != event.oldSize().width():
            self.scrollTo(self._photos.index(seen.start), QAbstractItemView.ScrollHint.PositionAtTop)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """Scroll; the heading that stays has to be painted anew."""
        super().scrollContentsBy(dx, dy)
        self.viewport().update()

    def _lay_out(self) -> list[_Block]:
        """Lay out anew, unless nothing has changed: views ask several times."""
        wanted = (self._photos.arrangement, self.viewport().width(), self._height)
        if self._lines_of is None or self._lines_of[0] is not wanted[0] or self._lines_of[1:] != wanted[1:]:
            self._lines_of, self._parts = wanted, self._lay_out_sections()
        return self._parts

    def _lay_out_sections(self) -> list[_Block]:
        self._firsts, self._tops, self._heights = [], [], []
        blocks, first, top = [], 0, 0
        for section in self._photos.sections:
            cells = top + (HEADING if section.title else _EDGE)
            bottom = self._lay_out_section(first, first + section.count, cells)
            blocks.append(_Block(section, first, top, cells, bottom))
            first, top = first + section.count, bottom + theme.UNIT
        return blocks

    def _lay_out_section(self, first: int, end: int, top: int) -> int:
        """Break the rows of a section into lines; returns where the last one ends."""
        sums, room = self._sums, max(1, self.viewport().width() - 2 * _EDGE)
        while first < end:
            # Photos up to the first with which the line is full; it may be full a little over its height.
            after = min(bisect_left(sums, sums[first] + room / self._height, first + 1, end), end)
            height = (room - (after - first) * GAP) / (sums[after] - sums[first])
            if height < 0.75 * self._height and after - first > 1:
                wider = (room - (after - 1 - first) * GAP) / (sums[after - 1] - sums[first])
                if wider <= _TALLEST * self._height:
                    after, height = after - 1, wider
            if after == end and height > self._height:
                height = self._height  # the last line is not stretched
            self._firsts.append(first)
            self._tops.append(top)
            self._heights.append(max(1.0, height))
            top += round(max(1.0, height)) + GAP
            first = after
        return top

    def _line_of(self, row: int) -> int:
        _ = self._blocks  # laid out by now
        return bisect_right(self._firsts, row) - 1

    def _place(self, row: int) -> QRect:
        line = self._line_of(row)
        first, height = self._firsts[line], self._heights[line]
        left = self._sums[row] - self._sums[first]
        right = self._sums[row + 1] - self._sums[first]
        begin = _EDGE + round(left * height) + (row - first) * GAP
        end = _EDGE + round(right * height) + (row - first + 1) * GAP
        return QRect(begin, self._tops[line], end - begin, round(height) + GAP)

    def _rows_between(self, top: int, bottom: int) -> range:
        blocks = self._blocks
        if not self._firsts or bottom <= top:
            return range(0)
        begin = max(0, bisect_right(self._tops, top) - 1)
        if self._tops[begin] + round(self._heights[begin]) + GAP <= top:
            begin += 1
        end = bisect_left(self._tops, bottom)
        firsts = [*self._firsts[end : end + 1], blocks[-1].first + blocks[-1].section.count]
        return range(self._firsts[begin], firsts[0]) if begin < end else range(0)

    def _across(self, row: int, line: int) -> int:
        """The photo of a line that is nearest to one across; the photo itself when there is no such line."""
        if not 0 <= line < len(self._firsts):
            return row
        last = self._firsts[line + 1] if line + 1 < len(self._firsts) else self._photos.rowCount()
        middle = self._place(row).center().x()
        return min(range(self._firsts[line], last), key=lambda other: abs(self._place(other).center().x() - middle))

    def _paint_headings(self, painter: QPainter, offset: int) -> None:
        for block in self._blocks:
            if block.cells > offset and block.top < offset + self.viewport().height() and block.section.title:
                self._paint_heading(painter, block, block.top - offset)

    def _paint_sticky(self, painter: QPainter) -> None:
        """The heading of the topmost photos, pushed away by the next one."""
        offset = self.verticalOffset()
        blocks = self._blocks
        after = bisect_left(blocks, offset, key=lambda block: block.top)
        if not after or not blocks[after - 1].section.title:
            return
        block = blocks[after - 1]
        top = min(0, blocks[after].top - offset - HEADING) if after < len(blocks) else 0
        ground = QColor(theme.colours().ground)
        ground.setAlpha(235)
        painter.fillRect(QRect(0, top, self.viewport().width(), HEADING), ground)
        self._paint_heading(painter, block, top)

    def _paint_heading(self, painter: QPainter, block: _Block, top: int) -> None:
        shown = theme.colours()
        line = QRect(QPoint(_EDGE + GAP // 2, top), QSize(self.viewport().width() - 4 * theme.UNIT, HEADING))
        painter.setFont(theme.sized(self.font(), 1.15, strong=True))
        painter.setPen(QColor(shown.text))
        title = painter.fontMetrics().elidedText(
            block.section.title, Qt.TextElideMode.ElideMiddle, max(0, line.width() - 10 * theme.UNIT)
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
        line.setLeft(line.left() + painter.fontMetrics().horizontalAdvance(title) + 2 * theme.UNIT)
        painter.setFont(theme.sized(self.font(), 0.95))
        painter.setPen(QColor(shown.faint))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self.locale().toString(block.section.count))
