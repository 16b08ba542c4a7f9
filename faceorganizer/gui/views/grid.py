"""A grid of equal cells under headings that stays quick with a hundred thousand of them.

Where a cell lies is reckoned, never looked up: laying out costs nothing, whatever the number of rows.
"""

import json
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHoverEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from faceorganizer.gui import theme
from faceorganizer.gui.models.records import RecordModel, Section, runs

Index = QModelIndex | QPersistentModelIndex
HEADING: Final = 5 * theme.UNIT
EDGE: Final = 4 * theme.UNIT  # where dragging scrolls
DRAGGED: Final = "application/x-faceorganizer-ids"


@dataclass(frozen=True, slots=True)
class _Block:
    """A section as it is laid out.

    Attributes:
        first: Its first row.
        top: Of the heading, or of the cells where there is none, in pixels of the content.
        cells: Top of the cells.
        bottom: Below the last cell.
    """

    section: Section
    first: int
    top: int
    cells: int
    bottom: int


class QTableView(QAbstractItemView):
    """Makes rows known to screen readers.

    Qt looks for what tells them of a widget by the names of its classes, from the lowest one up. Under this name it
    finds what it has for item views of its own: each row is a cell with its name, place, state and selection.
    """


class GridView(QTableView):
    """Shows a :class:`RecordModel` as a grid; the delegate paints the cells.

    Signals:
        seen: The rows that can be seen have changed, as a range.
        stepped: Enter was pressed on a row, or it was double-clicked.
        menu_wanted: A context menu for the selection, at a global position.
        dropped: Ids that were dragged, and the id they were dropped on.
        typed: A letter was typed.
    """

    seen = Signal(object)
    stepped = Signal(QModelIndex)
    menu_wanted = Signal(QPoint)
    dropped = Signal(object, int)
    typed = Signal(str)
    drag_action = Qt.DropAction.MoveAction

    def __init__(self, cell: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell = cell
        self._records: RecordModel[Any] = RecordModel(hash, str, parent=self)
        self._laid_out: list[_Block] | None = []
        self._band: QRect | None = None
        self._pressed: QPoint | None = None
        self._hovered = QPersistentModelIndex()
        self._target = QPersistentModelIndex()
        self._drop: tuple[list[int], int] = ([], 0)
        self._geometry = _soon(self._relaid, self)
        self._watch = _soon(self._tell_seen, self)
        self._dropping = _soon(self._tell_dropped, self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.activated.connect(self.stepped)

    @property
    def records(self) -> RecordModel[Any]:
        """The model."""
        return self._records

    def show_model(self, model: RecordModel[Any]) -> None:
        """Show records."""
        self._records = model
        self.setModel(model)
        model.layoutChanged.connect(self._relaid)
        model.rowsInserted.connect(self._rows_changed)
        model.rowsRemoved.connect(self._rows_changed)
        self._relaid()

    def set_cell(self, cell: QSize) -> None:
        """Change the size of the cells; the first row that is seen stays at the top."""
        seen = self.visible_rows()
        self._cell = cell
        self._relaid()
        if seen and (top := self.model().index(seen.start, 0)).isValid():
            self.scrollTo(top, QAbstractItemView.ScrollHint.PositionAtTop)

    @property
    def columns(self) -> int:
        """Cells side by side."""
        return max(1, (self.viewport().width() - 2 * theme.UNIT) // self._cell.width())

    @property
    def heading(self) -> int:
        """Height of a heading; larger where the system's font is."""
        return max(HEADING, 2 * self.fontMetrics().height())

    def visible_rows(self) -> range:
        """Rows that can be seen now, also in part."""
        return self._rows_between(self.verticalOffset(), self.verticalOffset() + self.viewport().height())

    def records_near(self, rows: range, margin: int) -> list[Any]:
        """The records of rows, then of so many below and above: what is seen, and what will be next."""
        near = [*rows, *range(rows.stop, rows.stop + margin), *range(rows.start - margin, rows.start)]
        records = self._records.records
        return [records[row] for row in near if 0 <= row < len(records)]

    def visualRect(self, index: Index) -> QRect:  # noqa: N802
        """Where a cell is, in pixels of the viewport."""
        if not index.isValid() or not self._blocks:
            return QRect()
        return self._place(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802
        """The cell under a point; invalid between cells."""
        content = point + QPoint(0, self.verticalOffset())
        rows = self._rows_between(content.y(), content.y() + 1)
        row = next((row for row in rows if self._place(row).contains(content)), None)
        return self.model().index(row, 0) if row is not None else QModelIndex()

    def scrollTo(  # noqa: N802
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into view, by no more than it needs unless the hint says otherwise."""
        if not index.isValid() or not self._blocks:
            return
        place, bar, height = self._place(index.row()), self.verticalScrollBar(), self.viewport().height()
        top = self._with_heading(index.row(), place)
        hints = QAbstractItemView.ScrollHint
        if hint == hints.PositionAtTop:
            bar.setValue(top)
        elif hint == hints.PositionAtCenter:
            bar.setValue(place.center().y() - height // 2)
        elif hint == hints.PositionAtBottom or place.bottom() > bar.value() + height:
            bar.setValue(place.bottom() - height + 1)
        elif top < bar.value():
            bar.setValue(top)

    def moveCursor(  # noqa: N802
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where the arrow keys lead."""
        count = self.model().rowCount() if self.model() else 0
        if not count:
            return QModelIndex()
        current = self.currentIndex()
        row = self._moved(current.row(), action) if current.isValid() else 0
        return self.model().index(min(max(row, 0), count - 1), 0)

    def horizontalOffset(self) -> int:  # noqa: N802
        """Nothing is ever scrolled sideways."""
        return 0

    def verticalOffset(self) -> int:  # noqa: N802
        """Pixels of the content above the viewport."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:  # noqa: N802
        """No row is hidden."""
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:  # noqa: N802
        """Select the cells that touch a rectangle of the viewport."""
        self.selectionModel().select(self._selection(self._rows_meant(rect)), command)

    def _rows_meant(self, rect: QRect) -> Sequence[int]:
        """Rows a rectangle stands for: what it touches where a rubber band is drawn, else all from corner to corner."""
        first, last = self.indexAt(rect.topLeft()), self.indexAt(rect.bottomRight())
        if self._band is None and first.isValid() and last.isValid():  # Shift with keys or a click, as text is selected
            return range(min(first.row(), last.row()), max(first.row(), last.row()) + 1)
        area = rect.normalized().translated(0, self.verticalOffset())
        return [row for row in self._rows_between(area.top(), area.bottom() + 1) if self._place(row).intersects(area)]

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell screen readers which row has the focus."""
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self._announce(QAccessible.Event.Focus, current.row())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        """Tell screen readers what was selected, and what is no longer."""
        super().selectionChanged(selected, deselected)
        events = QAccessible.Event
        for parts, event in ((selected, events.SelectionAdd), (deselected, events.SelectionRemove)):
            if parts.count():
                self._announce(event, parts.at(0).top())

    def _announce(self, kind: QAccessible.Event, row: int) -> None:
        if QAccessible.isActive():
            event = QAccessibleEvent(self, kind)
            event.setChild(row)
            QAccessible.updateAccessibility(event)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802
        """What has to be painted again when a selection changes: no more than can be seen."""
        seen, region = self.visible_rows(), QRegion()
        for place in range(selection.count()):
            part = selection.at(place)
            for row in range(max(part.top(), seen.start), min(part.bottom() + 1, seen.stop)):
                region += self.visualRect(self.model().index(row, 0))
        return region

    def selected_ids(self) -> list[int]:
        """Ids of the selected rows, by row."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        ids = self.records.ids
        return [ids[row] for row in rows]

    def select_ids(self, ids: Sequence[int]) -> None:
        """Select these and no others; the first one becomes current."""
        indexes = [index for index in map(self.records.index_of, ids) if index.isValid()]
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(self._selection(sorted(i.row() for i in indexes)), flags.ClearAndSelect)
        if indexes:
            self.selectionModel().setCurrentIndex(indexes[0], flags.NoUpdate)
            self.scrollTo(indexes[0])

    def updateGeometries(self) -> None:  # noqa: N802
        """Fit the scroll bar to the content."""
        self._laid_out = None
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, (self._blocks[-1].bottom + theme.UNIT if self._blocks else 0) - height))
        bar.setPageStep(height)
        bar.setSingleStep(max(20, self._cell.height() // 4))
        super().updateGeometries()
        self._watch.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the headings and cells that are seen."""
        painter = QPainter(self.viewport())
        offset = self.verticalOffset()
        self._paint_headings(painter, offset)
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        chosen, current = self.selectionModel(), self.currentIndex()
        for row in self._rows_between(event.rect().top() + offset, event.rect().bottom() + offset + 1):
            index = self.model().index(row, 0)
            option.rect = self.visualRect(index)
            option.state = plain
            if chosen.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if index == current and self.hasFocus():
                option.state |= QStyle.StateFlag.State_HasFocus
            if index in (self._hovered, self._target):
                option.state |= QStyle.StateFlag.State_MouseOver
            self.itemDelegateForIndex(index).paint(painter, option, index)
        if self._band is not None:
            self._paint_band(painter, self._band.translated(0, -offset))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the first row that is seen at the top when the columns change."""
        before = self.visible_rows()
        columns = self._columns_of(event.oldSize().width())
        super().resizeEvent(event)
        self.updateGeometries()
        if columns != self.columns and before and self.verticalOffset():
            self.scrollTo(self.model().index(before.start, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """Scroll by pixels."""
        self.viewport().scroll(0, dy)
        self._watch.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a rubber band between the cells."""
        point = event.position().toPoint()
        on_cell = self.indexAt(point).isValid()
        self._pressed = None
        if event.button() == Qt.MouseButton.LeftButton and not on_cell:
            self._pressed = point + QPoint(0, self.verticalOffset())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw the rubber band, or do what views do."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        self._band = QRect(self._pressed, event.position().toPoint() + QPoint(0, self.verticalOffset())).normalized()
        flags = QItemSelectionModel.SelectionFlag
        adding = event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
        command = flags.Select if adding else flags.ClearAndSelect
        self.setSelection(self._band.translated(0, -self.verticalOffset()), command)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End the rubber band."""
        banding, self._band, self._pressed = self._band, None, None
        if banding is not None:
            self.viewport().update()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens on every platform; the rest is the view's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.stepped.emit(self.currentIndex())
            return
        commanding = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.text().isprintable() and event.text().strip() and not commanding:
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:  # noqa: N802
        """Tab goes on to the next row's editor, and from the last one to what comes after the grid."""
        hints = QStyledItemDelegate.EndEditHint
        ends = {hints.EditNextItem: self.model().rowCount() - 1, hints.EditPreviousItem: 0}
        leaving = self.currentIndex().row() == ends.get(hint)
        super().closeEditor(editor, hints.NoHint if leaving else hint)
        if leaving:
            self.focusNextPrevChild(hint == hints.EditNextItem)

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802
        """Drag what is selected, under the picture of the current cell."""
        if not self.selected_ids():
            return
        drag = QDrag(self)
        drag.setMimeData(self.dragged())
        place = self.visualRect(self.currentIndex())
        drag.setPixmap(self.viewport().grab(place).scaledToWidth(place.width() // 2))
        drag.exec(self.drag_action)

    def dragged(self) -> QMimeData:
        """What is dragged: the ids of what is selected."""
        content = QMimeData()
        content.setData(DRAGGED, json.dumps(self.selected_ids()).encode("ascii"))
        return content

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take what comes from this grid."""
        if event.source() is self and event.mimeData().hasFormat(DRAGGED):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Show on what it would be dropped; scroll at the edges."""
        index = self.indexAt(event.position().toPoint())
        self._target = QPersistentModelIndex(index)
        self.viewport().update()
        self._scroll_at_edge(event.position().toPoint().y())
        if index.isValid() and not self.selectionModel().isSelected(index):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """Nothing would be dropped here any more."""
        self._target = QPersistentModelIndex()
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Tell what was dropped on what."""
        index = self.indexAt(event.position().toPoint())
        self._target = QPersistentModelIndex()
        self.viewport().update()
        if index.isValid():
            event.acceptProposedAction()
            ids = json.loads(bytes(event.mimeData().data(DRAGGED).data()))
            self._drop = (ids, self.records.ids[index.row()])
            self._dropping.start()  # a dialog must not open inside the drag

    def _tell_dropped(self) -> None:
        self.dropped.emit(*self._drop)

    def _scroll_at_edge(self, height: int) -> None:
        bar = self.verticalScrollBar()
        if height < EDGE:
            bar.setValue(bar.value() - EDGE)
        elif height > self.viewport().height() - EDGE:
            bar.setValue(bar.value() + EDGE)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Ask for a menu: of the current cell where the key is pressed, else of the cell under the pointer."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_wanted.emit(place)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """Paint the cell under the pointer anew, and the one it has left."""
        if isinstance(event, QHoverEvent):
            gone = event.type() == QEvent.Type.HoverLeave
            hovered = QPersistentModelIndex() if gone else self.indexAt(event.position().toPoint())
            if self._hovered != hovered:
                self.viewport().update(self.visualRect(self._hovered))
                self._hovered = QPersistentModelIndex(hovered)
                self.viewport().update(self.visualRect(self._hovered))
        return super().viewportEvent(event)

    def watch_seen(self) -> None:
        """Tell soon which rows are seen, though they may be the same ones."""
        self._watch.start()

    def _relaid(self) -> None:
        self.updateGeometries()
        self.viewport().update()

    def reset(self) -> None:
        """The model has new content."""
        super().reset()
        self.verticalScrollBar().setValue(0)
        self._relaid()

    def _rows_changed(self) -> None:
        self._laid_out = None
        self._geometry.start()

    @property
    def _blocks(self) -> list[_Block]:
        """The sections as they lie, reckoned anew when rows have come or gone."""
        if self._laid_out is None:
            self._laid_out = self._lay_out()
        return self._laid_out

    def _lay_out(self) -> list[_Block]:
        blocks, first, top, heading = [], 0, theme.UNIT, self.heading
        for section in self._records.sections:
            cells = top + (heading if section.title else 0)
            bottom = cells + -(-section.count // self.columns) * self._cell.height()
            blocks.append(_Block(section, first, top, cells, bottom))
            first, top = first + section.count, bottom + theme.UNIT
        return blocks

    def _block_of(self, row: int) -> _Block:
        return self._blocks[bisect_right(self._blocks, row, key=lambda block: block.first) - 1]

    def _place(self, row: int) -> QRect:
        block = self._block_of(row)
        line, column = divmod(row - block.first, self.columns)
        left = theme.UNIT + column * self._cell.width()
        return QRect(QPoint(left, block.cells + line * self._cell.height()), self._cell)

    def _with_heading(self, row: int, place: QRect) -> int:
        block = self._block_of(row)
        return block.top if place.top() == block.cells else place.top()

    def _rows_between(self, top: int, bottom: int) -> range:
        """Rows whose cells lie at least in part between two heights of the content."""
        first = last = None
        for block in self._blocks:
            if block.bottom <= top:
                continue
            if block.cells >= bottom:
                break
            above = max(0, (top - block.cells) // self._cell.height()) * self.columns
            below = -(-(bottom - block.cells) // self._cell.height()) * self.columns
            first = block.first + min(above, block.section.count) if first is None else first
            last = block.first + min(below, block.section.count)
        return range(first, last) if first is not None and last is not None else range(0)

    def _moved(self, row: int, action: QAbstractItemView.CursorAction) -> int:
        actions = QAbstractItemView.CursorAction
        page = max(1, self.viewport().height() // self._cell.height())
        match action:
            case actions.MoveLeft | actions.MovePrevious:
                return row - 1
            case actions.MoveRight | actions.MoveNext:
                return row + 1
            case actions.MoveUp:
                return self._line_away(row, -1)
            case actions.MoveDown:
                return self._line_away(row, 1)
            case actions.MovePageUp:
                return self._line_away(row, -page)
            case actions.MovePageDown:
                return self._line_away(row, page)
            case actions.MoveHome:
                return 0
            case _:
                return self.model().rowCount() - 1

    def _line_away(self, row: int, lines: int) -> int:
        """The row so many lines below or above, in the same column where the line is long enough."""
        place = self._place(row)
        height = self._cell.height()
        target = place.top() + lines * height
        blocks = self._blocks
        if target < blocks[0].cells:
            return row if place.top() == blocks[0].cells else (row - blocks[0].first) % self.columns
        block = next((block for block in blocks if target < block.bottom), blocks[-1])
        if block.first != self._block_of(row).first and lines == 1:
            line = 0
        elif block.first < self._block_of(row).first and lines == -1:
            line = (block.section.count - 1) // self.columns
        else:
            line = min(max(target - block.cells, 0) // height, (block.section.count - 1) // self.columns)
        column = (place.left() - theme.UNIT) // self._cell.width()
        found = block.first + line * self.columns + column
        return min(found, block.first + block.section.count - 1)

    def _columns_of(self, width: int) -> int:
        return max(1, (width - 2 * theme.UNIT) // self._cell.width())

    def _selection(self, rows: Sequence[int]) -> QItemSelection:
        """Ascending rows as few ranges."""
        selection = QItemSelection()
        for first, last in runs(rows):
            selection.append(QItemSelectionRange(self.model().index(first, 0), self.model().index(last, 0)))
        return selection

    def _tell_seen(self) -> None:
        self.seen.emit(self.visible_rows())

    def _paint_headings(self, painter: QPainter, offset: int) -> None:
        shown = theme.colours()
        painter.setFont(theme.sized(self.font(), 1.15, strong=True))
        painter.setPen(QColor(shown.text))
        for block in self._blocks:
            if block.cells > block.top and block.cells > offset and block.top < offset + self.viewport().height():
                line = QRect(2 * theme.UNIT, block.top - offset, self.viewport().width() - 4 * theme.UNIT, self.heading)
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, block.section.title)

    def _paint_band(self, painter: QPainter, band: QRect) -> None:
        accent = QColor(theme.colours().accent)
        painter.setPen(accent)
        accent.setAlpha(40)
        painter.setBrush(accent)
        painter.drawRect(band)


def _soon(call: Callable[[], None], parent: QWidget) -> QTimer:
    """A timer that calls once, when the events that are waiting are dealt with."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(0)
    timer.timeout.connect(call)
    return timer
