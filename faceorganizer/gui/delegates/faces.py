"""Faces as they are painted: round for people, square for single faces."""

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPen, QPixmap, QPixmapCache
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.people import PersonRecord
from faceorganizer.domain.sightings import Sighting
from faceorganizer.gui import theme
from faceorganizer.gui.cutting import paint_cut
from faceorganizer.gui.figures import paint_figure
from faceorganizer.gui.models.records import RECORD, Index
from faceorganizer.gui.thumbnails import Thumbnails
from faceorganizer.gui.translation import Context
from faceorganizer.gui.views.names import NameField, complete_with

people: Final = Context("people")
_SELECTED: Final = QStyle.StateFlag.State_Selected
_FOCUSED: Final = QStyle.StateFlag.State_HasFocus
_HOVERED: Final = QStyle.StateFlag.State_MouseOver
NAME_LINE: Final = 3 * theme.UNIT
_ROUND_MARGIN: Final = 0.15  # of a face's picture that a round one leaves out at each side
_SQUARE_MARGIN: Final = 0.12  # and a square one
_TICK: Final = 5 * theme.UNIT // 2  # pixels
_PALE: Final = 0.35  # opacity of what is left out


def counted(record: PersonRecord) -> str:
    """How often a person was seen, in words."""
    return people.tr("%n photo(s)", "", record.photos)


def name_line() -> int:
    """Height of a line under a face; larger where the system's font is."""
    return max(NAME_LINE, QFontMetrics(QApplication.font()).height() + 2)


class PersonCard(QStyledItemDelegate):
    """A person: the key face in a circle, the name under it, the count small.

    Signals:
        named: Id of a person, and the name that was typed; empty takes the name away.
        submitted: Id of the person whose name was finished by Enter.
    """

    named = Signal(int, str)
    submitted = Signal(int)

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._face = theme.CARD_FACE
        self._names: list[str] = []

    @property
    def cell(self) -> QSize:
        """Room of a card."""
        return QSize(self._face + 3 * theme.UNIT, self._face + 2 * name_line() + 3 * theme.UNIT)

    def set_face(self, pixels: int) -> None:
        """Paint larger or smaller faces."""
        self._face = pixels

    def set_names(self, names: list[str]) -> None:
        """Known names, those used last first."""
        self._names = names

    def offer(self, name: str) -> None:
        """Offer a name before all others from now on."""
        self._names = [name, *(other for other in self._names if other != name)]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Room of a card."""
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a card."""
        record: PersonRecord = index.data(RECORD)
        shown = theme.colours()
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        circle = self._circle(option.rect)
        if option.state & (_HOVERED | _SELECTED):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shown.hover))
            painter.drawRoundedRect(option.rect.adjusted(2, 2, -2, -2), theme.RADIUS, theme.RADIUS)
        picture = self._thumbnails.get(("face", record.key_face)) if record.key_face is not None else None
        painter.setOpacity(_PALE if record.hidden else 1.0)
        if self._thumbnails.faceless:
            paint_round_figure(painter, circle, record.name)
        else:
            paint_round(painter, circle, picture)
        painter.setOpacity(1.0)
        if option.state & (_SELECTED | _FOCUSED):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(shown.accent), 4 if option.state & _SELECTED else 2))
            painter.drawEllipse(QRectF(circle).adjusted(-1, -1, 1, 1))
        self._paint_words(painter, option, record, shown)
        painter.restore()

    def name_rect(self, cell: QRect) -> QRect:
        """Where the name is written."""
        circle = self._circle(cell)
        return QRect(cell.left() + theme.UNIT, circle.bottom() + theme.UNIT, cell.width() - 2 * theme.UNIT, name_line())

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QLineEdit:  # noqa: N802
        """A line to type a name in, which knows the names there are."""
        editor = NameField(parent)
        editor.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        editor.setPlaceholderText(self.tr("Who is this?"))
        editor.setAccessibleName(self.tr("Name"))
        complete_with(editor, self._names)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        """Begin with the present name; what is typed by then stays when the record changes."""
        record: PersonRecord = index.data(RECORD)
        if not isinstance(editor, QLineEdit) or editor.property("person") == record.id:
            return
        editor.setProperty("person", record.id)
        editor.setText(record.name or "")
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        """Tell the name, if it is another one."""
        record: PersonRecord = index.data(RECORD)
        text = editor.text().strip() if isinstance(editor, QLineEdit) else ""
        if text != (record.name or ""):
            self.named.emit(record.id, text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """Over the name."""
        place = self.name_rect(option.rect)
        height = editor.sizeHint().height()
        editor.setGeometry(QRect(place.left(), place.center().y() - height // 2, place.width(), height))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter finishes a name and asks for the next one."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in enter:
            number = editor.property("person")
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            if number is not None:
                self.submitted.emit(number)
            return True
        return bool(super().eventFilter(editor, event))

    def _circle(self, cell: QRect) -> QRect:
        left = cell.left() + (cell.width() - self._face) // 2
        return QRect(QPoint(left, cell.top() + theme.UNIT + theme.UNIT // 2), QSize(self._face, self._face))

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, record: PersonRecord, shown: theme.Colours
    ) -> None:
        line = self.name_rect(option.rect)
        painter.setFont(theme.sized(option.font, 1.0, strong=record.name is not None))
        painter.setPen(QColor(shown.text if record.name else shown.accent))
        name = record.name or self.tr("Who is this?")
        elided = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, elided)
        painter.setFont(theme.sized(option.font, 0.85))
        painter.setPen(QColor(shown.faint))
        below = line.translated(0, name_line() - theme.UNIT // 2)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.count(record))

    def count(self, record: PersonRecord) -> str:
        """What is said below the name."""
        return counted(record)


class FaceTile(QStyledItemDelegate):
    """A single face in a square; a small mark says that somebody confirmed it.

    Args:
        thumbnails: Where its picture comes from.
        side: Of the square, pixels.
        taking: Whether what is not selected is left out, and looks like it; selected is what others look like then.
    """

    def __init__(
        self, thumbnails: Thumbnails, parent: QObject | None = None, *, side: int = theme.TILE, taking: bool = False
    ) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._side = side
        self.taking = taking

    @property
    def cell(self) -> QSize:
        """Room of a tile."""
        return QSize(self._side + theme.UNIT, self._side + theme.UNIT)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Room of a tile."""
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a tile."""
        record: Sighting = index.data(RECORD)
        shown = theme.colours()
        selected = option.state & _SELECTED
        gap = theme.UNIT // 2
        tile = QRectF(option.rect.adjusted(gap, gap, -gap, -gap))
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(tile, theme.RADIUS, theme.RADIUS)
        picture = self._thumbnails.get(("face", record.face))
        pale = self.taking and not selected
        if picture is None or pale:
            painter.fillPath(path, QColor(shown.empty))
        painter.setOpacity(_PALE if pale else 1.0)
        if self._thumbnails.faceless:
            painter.setClipPath(path)
            paint_figure(painter, path)
            painter.setClipping(False)
        elif picture is not None:
            paint_cut(painter, tile, picture, within(picture, _SQUARE_MARGIN), theme.RADIUS)
        painter.setOpacity(1.0)
        if record.assignment is not None and record.assignment is not AssignmentSource.AUTOMATIC:
            _paint_tick(painter, tile, shown)
        if pen := self._frame(option):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(pen)
            painter.drawPath(path)
        painter.restore()

    def _frame(self, option: QStyleOptionViewItem) -> QPen | None:
        """What is drawn around the tile, if anything."""
        shown, selected = theme.colours(), bool(option.state & _SELECTED)
        if option.state & _FOCUSED or (selected and not self.taking):
            return QPen(QColor(shown.accent), 4 if selected else 2)
        return QPen(QColor(shown.faint), 2) if option.state & _HOVERED else None


def paint_round(painter: QPainter, circle: QRect, picture: QPixmap | None) -> None:
    """Paint a face in a circle; a plain disc while its picture is not there."""
    if picture is not None:
        paint_cut(painter, QRectF(circle), picture, within(picture, _ROUND_MARGIN), circle.width() / 2)
        return
    path = QPainterPath()
    path.addEllipse(QRectF(circle))
    painter.fillPath(path, QColor(theme.colours().empty))


def paint_round_figure(painter: QPainter, circle: QRect, name: str | None) -> None:
    """Paint who stands in a circle where no picture of a face is kept."""
    path = QPainterPath()
    path.addEllipse(QRectF(circle))
    paint_figure(painter, path, name)


def within(picture: QPixmap, margin: float) -> QRectF:
    """A picture without a share of each side."""
    cut = picture.width() * margin
    return QRectF(picture.rect()).adjusted(cut, cut, -cut, -cut)


def _paint_tick(painter: QPainter, tile: QRectF, shown: theme.Colours) -> None:
    ratio = painter.device().devicePixelRatioF()
    key = f"tick {shown.accent} {shown.on_accent} {ratio}"
    tick = QPixmap()
    if not QPixmapCache.find(key, tick):
        tick = _tick(shown, ratio)
        QPixmapCache.insert(key, tick)
    painter.drawPixmap(QPointF(tile.right() - _TICK - 5, tile.bottom() - _TICK - 5), tick)


def _tick(shown: theme.Colours, ratio: float) -> QPixmap:
    """The sign of what is confirmed; drawn once, since most faces have it."""
    drawn = QPixmap(QSize(_TICK, _TICK) * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(shown.accent))
    painter.drawEllipse(QRectF(0, 0, _TICK, _TICK))
    painter.setPen(QPen(QColor(shown.on_accent), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPolyline([QPointF(5, 10), QPointF(9, 14), QPointF(15, 6)])
    painter.end()
    return drawn
