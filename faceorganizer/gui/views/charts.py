"""Charts: bars of distances and of quality, and people against people as a heat map."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QToolTip, QWidget

from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.insight import DistanceHistogram, PeopleDistances, QualityHistogram
from faceorganizer.domain.people import PersonRecord
from faceorganizer.gui import theme
from faceorganizer.gui.translation import Context

charts: Final = Context("charts")
_LINES: Final = 5  # across a chart, at most
_LEGEND: Final = 0.12  # quality that it begins at
_LABELLED: Final = 0.2  # along it
_KEYS: Final = {
    int(Qt.Key.Key_Left): (0, -1),
    int(Qt.Key.Key_Right): (0, 1),
    int(Qt.Key.Key_Up): (-1, 0),
    int(Qt.Key.Key_Down): (1, 0),
}


@dataclass(frozen=True, slots=True)
class Series:
    """Bars of one colour.

    Attributes:
        name: For the legend.
        values: (b,) heights.
        colour: Which.
    """

    name: str
    values: FloatArray
    colour: str


class BarChart(QWidget):
    """Values over a range, as overlapping outlines or as stacked bars, with a line at a threshold.

    Arrow keys go from bin to bin; what is there is said in words, also by the pointer and to a screen reader.
    """

    def __init__(self, *, stacked: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(QSize(40 * theme.UNIT, 28 * theme.UNIT))
        self._stacked = stacked
        self._edges: FloatArray = np.zeros(0, np.float32)
        self._shape: DistanceHistogram | QualityHistogram | None = None
        self.bin = -1

    @property
    def shown(self) -> DistanceHistogram | QualityHistogram | None:
        """What is shown."""
        return self._shape

    def show_histogram(self, shown: DistanceHistogram | QualityHistogram) -> None:
        """Show other values."""
        self._shape, self._edges = shown, shown.edges
        self.bin = min(self.bin, len(shown.edges) - 2)
        self.update()

    def words(self) -> str:
        """What is in the bin that is looked at; empty while none is."""
        shown, place = self._shape, self.bin
        if shown is None or not 0 <= place < len(self._edges) - 1:
            return ""
        start, end = (QLocale().toString(float(edge), "f", 2) for edge in self._edges[place : place + 2])
        if isinstance(shown, QualityHistogram):
            number = QLocale().toString
            return charts.tr("Quality {start} to {end}: {named} named, {groups} in groups, {nobody} of nobody").format(
                start=start, end=end, named=number(int(shown.named[place])), groups=number(int(shown.groups[place])),
                nobody=number(int(shown.nobody[place])),
            )  # fmt: skip
        same, different = (QLocale().toString(float(one.values[place]), "f", 2) for one in self._series())
        return charts.tr("Distance {start} to {end}: {same} % of one person, {different} % of two").format(
            start=start, end=end, same=same, different=different
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint axes, bars, the line and the legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.colours().ground))
        series = self._series()
        if series and len(self._edges) > 1:
            highest = self._highest(series)
            self._paint_axes(painter, highest)
            self._paint_series(painter, series, highest)
            self._paint_line(painter)
            self._paint_legend(painter, series)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.colours().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Say what is under the pointer."""
        plot = self._plot()
        if len(self._edges) > 1 and plot.contains(event.position()):
            share = (event.position().x() - plot.left()) / plot.width()
            span = float(self._edges[-1] - self._edges[0])
            place = int(np.searchsorted(self._edges, float(self._edges[0]) + share * span, side="right")) - 1
            self._look_at(min(place, len(self._edges) - 2))
            QToolTip.showText(event.globalPosition().toPoint(), self.words(), self)
        else:
            self._look_at(-1)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Nothing is looked at."""
        self._look_at(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go from bin to bin."""
        step = _KEYS.get(event.key(), (0, 0))[1]
        if step and len(self._edges) > 1:
            self._look_at(int(np.clip(self.bin + step, 0, len(self._edges) - 2)))
            place = self._x(float(self._edges[self.bin]))
            QToolTip.showText(self.mapToGlobal(QPoint(round(place), 4 * theme.UNIT)), self.words(), self)
        else:
            super().keyPressEvent(event)

    def _look_at(self, place: int) -> None:
        if place != self.bin:
            self.bin = place
            self.setAccessibleDescription(self.words())
            self.update()

    def _series(self) -> list[Series]:
        shown, colours = self._shape, theme.chart_colours()
        if isinstance(shown, DistanceHistogram):
            return [
                Series(charts.tr("two faces of one person"), _per_cent(shown.same), colours.first),
                Series(charts.tr("faces of two people"), _per_cent(shown.different), colours.second),
            ]
        if shown is None:
            return []
        return [
            Series(charts.tr("of named people"), shown.named.astype(np.float32), colours.first),
            Series(charts.tr("of groups without a name"), shown.groups.astype(np.float32), colours.second),
            Series(charts.tr("of nobody yet"), shown.nobody.astype(np.float32), colours.rest),
        ]

    def _line(self) -> tuple[float, str] | None:
        shown = self._shape
        if isinstance(shown, DistanceHistogram):
            return None if shown.cut is None else (shown.cut, charts.tr("where grouping draws the line"))
        return None if shown is None else (shown.least, charts.tr("least that holds a group together"))

    def _highest(self, series: Sequence[Series]) -> float:
        values = np.array([one.values for one in series])
        highest = float(values.sum(axis=0).max() if self._stacked else values.max())
        return 1.08 * highest or 1.0

    def _plot(self) -> QRectF:
        line = self.fontMetrics().height()
        return QRectF(self.rect()).adjusted(8 * theme.UNIT, 2 * theme.UNIT, -2 * theme.UNIT, -2 * line - 2 * theme.UNIT)

    def _x(self, value: float) -> float:
        plot, span = self._plot(), float(self._edges[-1] - self._edges[0])
        return plot.left() + plot.width() * (value - float(self._edges[0])) / span

    def _paint_axes(self, painter: QPainter, highest: float) -> None:
        plot, shown = self._plot(), theme.colours()
        line = self.fontMetrics().height()
        painter.setFont(theme.sized(self.font(), 0.9))
        for value in _ticks(highest):
            y = plot.bottom() - plot.height() * value / highest
            painter.setPen(QPen(QColor(shown.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(shown.faint))
            text = QLocale().toString(value, "g", 6) + ("" if self._stacked else " %")
            place = QRectF(0, y - line / 2, plot.left() - theme.UNIT, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        for number in range(int(float(self._edges[-1]) / _LABELLED + 1e-6) + 1):
            x = self._x(_LABELLED * number)
            place = QRectF(x - 4 * theme.UNIT, plot.bottom() + theme.UNIT / 2, 8 * theme.UNIT, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, QLocale().toString(_LABELLED * number, "f", 1))
        below = QRectF(plot.left(), plot.bottom() + line + theme.UNIT / 2, plot.width(), line + theme.UNIT)
        text = charts.tr("Quality: 0 useless, 1 sharp, frontal and large")
        if isinstance(self._shape, DistanceHistogram):
            text = charts.tr("Distance of two faces")
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_series(self, painter: QPainter, series: Sequence[Series], highest: float) -> None:
        plot = self._plot()
        xs = [self._x(float(edge)) for edge in self._edges]
        bottom: FloatArray = np.zeros(len(self._edges) - 1, np.float32)
        for one in series:
            top = bottom + one.values if self._stacked else one.values
            ys = plot.bottom() - plot.height() * top / highest
            floor = plot.bottom() - plot.height() * bottom / highest
            if self._stacked:
                self._paint_bars(painter, xs, ys.tolist(), floor.tolist(), QColor(one.colour))
                bottom = top
            else:
                self._paint_outline(painter, xs, ys.tolist(), plot.bottom(), QColor(one.colour))
        if self.bin >= 0:
            marked = QColor(theme.colours().text)
            marked.setAlpha(28)
            painter.fillRect(QRectF(xs[self.bin], plot.top(), xs[self.bin + 1] - xs[self.bin], plot.height()), marked)

    @staticmethod
    def _paint_bars(
        painter: QPainter, xs: Sequence[float], ys: Sequence[float], floor: Sequence[float], colour: QColor
    ) -> None:
        for left, right, top, bottom in zip(xs, xs[1:], ys, floor, strict=False):
            if bottom - top > 0:
                painter.fillRect(QRectF(left + 1, top, right - left - 2, bottom - top), colour)

    @staticmethod
    def _paint_outline(
        painter: QPainter, xs: Sequence[float], ys: Sequence[float], bottom: float, colour: QColor
    ) -> None:
        steps = [QPointF(x, y) for left, right, y in zip(xs, xs[1:], ys, strict=False) for x in (left, right)]
        filled = QColor(colour)
        filled.setAlpha(90)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(filled)
        painter.drawPolygon(QPolygonF([QPointF(xs[0], bottom), *steps, QPointF(xs[-1], bottom)]))
        painter.setPen(QPen(colour, 2))
        painter.drawPolyline(QPolygonF(steps))

    def _paint_line(self, painter: QPainter) -> None:
        line = self._line()
        if line is not None:
            plot, x = self._plot(), self._x(line[0])
            painter.setPen(QPen(QColor(theme.colours().text), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    def _paint_legend(self, painter: QPainter, series: Sequence[Series]) -> None:
        plot, height = self._plot(), self.fontMetrics().height() + theme.UNIT / 2
        line = self._line()
        texts = [one.name for one in series] + ([line[1]] if line is not None else [])
        width = max(map(self.fontMetrics().horizontalAdvance, texts)) + 4 * theme.UNIT
        painter.setFont(self.font())
        # Most faces are good, and most pairs far apart or near: where the bars are low.
        left = self._x(_LEGEND) if self._stacked else plot.right() - width
        room = QRectF(left, plot.top(), width, height * len(texts) + theme.UNIT)
        ground = QColor(theme.colours().ground)
        ground.setAlpha(215)
        painter.fillRect(room, ground)
        for number, text in enumerate(texts):
            y = plot.top() + theme.UNIT / 2 + number * height
            mark = QRectF(room.left() + theme.UNIT, y + height / 2 - 5, 10, 10)
            if number < len(series):
                painter.fillRect(mark, QColor(series[number].colour))
            else:
                painter.setPen(QPen(QColor(theme.colours().text), 1.5, Qt.PenStyle.DashLine))
                painter.drawLine(mark.center() - QPointF(6, 0), mark.center() + QPointF(6, 0))
            painter.setPen(QColor(theme.colours().text))
            place = QRectF(mark.right() + theme.UNIT, y, width, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class HeatMap(QWidget):
    """People against people: the nearer, the more it stands out.

    The pointer and arrow keys look at a pair, Enter and a click open it.

    Signals:
        looked: The pair that is looked at has changed.
        opened: Rows of the two people of a pair.
    """

    looked = Signal()
    opened = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(QSize(40 * theme.UNIT, 28 * theme.UNIT))
        self._shape: PeopleDistances | None = None
        self._image: QImage | None = None
        self._dark = False
        self.cell: tuple[int, int] | None = None

    @property
    def shown(self) -> PeopleDistances | None:
        """What is shown."""
        return self._shape

    def show_people(self, shown: PeopleDistances) -> None:
        """Show other people."""
        self._shape, self._image, self.cell = shown, None, None
        self.looked.emit()
        self.update()

    def words(self) -> str:
        """Who is looked at, and how far apart they are; empty while nobody is."""
        if self._shape is None or self.cell is None:
            return ""
        row, column = self.cell
        value = float(self._shape.distances[row, column])
        one = called(self._shape.people[row])
        distance = QLocale().toString(value, "f", 3)
        if row == column:
            if np.isnan(value):
                return charts.tr("{one}: one face").format(one=one)
            return charts.tr("{one}: {distance} between own faces").format(one=one, distance=distance)
        other = called(self._shape.people[column])
        return charts.tr("{one} and {other}: {distance}").format(one=one, other=other, distance=distance)

    def place_of(self, row: int, column: int) -> QPoint:
        """The middle of a cell, in pixels of this widget."""
        square, count = self._square(), self._count()
        side = square.width() / count
        return QPoint(round(square.left() + (column + 0.5) * side), round(square.top() + (row + 0.5) * side))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the matrix and the cell that is looked at."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().ground))
        if self._shape is not None and self._count():
            square = self._square()
            painter.drawImage(square, self._drawn(), QRectF(self._drawn().rect()))
            self._paint_scale(painter, square)
            if self.cell is not None:
                self._paint_cell(painter, square)
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.colours().accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(square.adjusted(-2, -2, 2, 2))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Look at the pair under the pointer."""
        self._look_at(self._at(event.position()))
        if self.cell is not None:
            QToolTip.showText(event.globalPosition().toPoint(), self.words(), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open the pair."""
        self._look_at(self._at(event.position()))
        if event.button() == Qt.MouseButton.LeftButton:
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go from pair to pair, and open one."""
        step = _KEYS.get(event.key())
        if step is not None and self._count():
            row, column = self.cell or (0, 0)
            most = self._count() - 1
            moved = (row + step[0], column + step[1]) if self.cell is not None else (0, 0)
            self._look_at((min(max(moved[0], 0), most), min(max(moved[1], 0), most)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Nothing is looked at."""
        if not self.hasFocus():
            self._look_at(None)

    def _open(self) -> None:
        if self.cell is not None and self.cell[0] != self.cell[1]:
            self.opened.emit(*self.cell)

    def _count(self) -> int:
        return 0 if self._shape is None else len(self._shape.people)

    def _square(self) -> QRectF:
        side = max(1, min(self.width(), self.height()) - 2 * theme.UNIT)
        count = self._count()
        if 0 < count <= side:
            side -= side % count  # cells of whole pixels are crisp
        return QRectF((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def _at(self, place: QPointF) -> tuple[int, int] | None:
        square, count = self._square(), self._count()
        if not count or not square.contains(place):
            return None
        row = int((place.y() - square.top()) / square.height() * count)
        column = int((place.x() - square.left()) / square.width() * count)
        return min(row, count - 1), min(column, count - 1)

    def _look_at(self, cell: tuple[int, int] | None) -> None:
        if cell != self.cell:
            self.cell = cell
            self.setAccessibleDescription(self.words())
            self.looked.emit()
            self.update()

    def _drawn(self) -> QImage:
        dark = theme.colours() is theme.DARK
        if self._image is None or dark != self._dark:
            assert self._shape is not None
            self._image, self._dark = _painted(self._shape.distances), dark
        return self._image

    def _paint_scale(self, painter: QPainter, square: QRectF) -> None:
        """Which colour is how far."""
        assert self._shape is not None
        bar = QRectF(square.right() + 3 * theme.UNIT, square.top(), 1.5 * theme.UNIT, square.height() / 2)
        shades = QLinearGradient(bar.topLeft(), bar.bottomLeft())
        names = theme.chart_colours().near_to_far
        for place, name in enumerate(names):
            shades.setColorAt(place / (len(names) - 1), QColor(name))
        painter.fillRect(bar, shades)
        painter.setPen(QColor(theme.colours().faint))
        line = self.fontMetrics().height()
        for value, y in zip(_range(self._shape.distances), (bar.top(), bar.bottom() - line), strict=True):
            place_of_text = QRectF(bar.right() + theme.UNIT, y, 8 * theme.UNIT, line)
            text = QLocale().toString(value, "f", 2)
            painter.drawText(place_of_text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_cell(self, painter: QPainter, square: QRectF) -> None:
        assert self.cell is not None
        side = square.width() / self._count()
        row, column = self.cell
        place = QRectF(square.left() + column * side, square.top() + row * side, side, side)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, wide in ((theme.colours().ground, 4), (theme.colours().text, 2)):
            painter.setPen(QPen(QColor(colour), wide))
            painter.drawRect(place.adjusted(-2, -2, 2, 2))


def called(record: PersonRecord) -> str:
    """A person's name, or what a group without one is called."""
    return record.name or charts.tr("Group {number}").format(number=record.id)


def _ticks(highest: float) -> list[float]:
    """Round numbers from 0 up, a few of them."""
    rough = highest / _LINES
    power = 10.0 ** np.floor(np.log10(rough))
    step = float(next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough))
    return [number * step for number in range(int(highest / step) + 1)]


def _per_cent(counts: np.ndarray) -> FloatArray:
    share: FloatArray = (100 * counts / max(1, int(counts.sum()))).astype(np.float32)
    return share


def _range(distances: FloatArray) -> tuple[float, float]:
    """The nearest and the farthest that two people are."""
    apart = distances[~np.eye(len(distances), dtype=np.bool_)]
    return (float(apart.min()), float(apart.max())) if len(apart) else (0.0, 1.0)


def _painted(distances: FloatArray) -> QImage:
    """One pixel a pair; own distances that are not known as the ground."""
    anchors = [QColor(name) for name in theme.chart_colours().near_to_far]
    table = np.array([(c.red(), c.green(), c.blue()) for c in anchors], np.float32)
    count = len(distances)
    low, high = _range(distances)
    share = np.clip((np.nan_to_num(distances) - low) / max(high - low, 1e-6), 0, 1) * (len(table) - 1)
    place = np.minimum(share.astype(np.int64), len(table) - 2)
    part = (share - place)[..., None]
    shades = table[place] * (1 - part) + table[place + 1] * part
    ground = QColor(theme.colours().ground)
    shades[np.isnan(distances)] = (ground.red(), ground.green(), ground.blue())
    pixels = np.full((count, count, 4), 255, np.uint8)
    pixels[..., :3] = shades[..., ::-1].round()
    return QImage(pixels.data, count, count, 4 * count, QImage.Format.Format_RGB32).copy()
