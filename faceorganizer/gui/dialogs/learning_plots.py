"""The plots of learning: a curve over steps, and two histograms of distances, in the colours of the appearance."""

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from faceorganizer.gui import theme

Numbers = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

_HEIGHT: Final = 24 * theme.UNIT
_VEIL: Final = 90  # of 255: how thick the filling under a line is


def shares(counts: Counts) -> Numbers:
    """Shares of all; zeros where there are none."""
    return counts / max(int(counts.sum()), 1)


class _Plot(QWidget):
    """Lines on one ground: the horizontal axis in the plot's unit, the vertical one from zero."""

    def __init__(self, title: str, unit: str) -> None:
        super().__init__()
        self._title, self._unit = title, unit
        self._names: tuple[str, str] = ("", "")
        self._x = np.zeros(0)
        self._ends = (0.0, 1.0)
        self._lines: tuple[Numbers, Numbers] = (np.zeros(0), np.zeros(0))
        self._tops = (1.0, 1.0)
        self._filled = False
        self._mark: float | None = None
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as a plot is to be read."""
        return QSize(44 * theme.UNIT, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the plot."""
        shown = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().lineSpacing()
        inside = QRectF(0, 2.5 * line, self.width(), self.height() - 4.5 * line)
        strong = theme.sized(self.font(), 1.0, strong=True)
        painter.setFont(strong)
        painter.setPen(QColor(shown.text))
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, self._title)
        painter.setFont(self.font())
        self._paint_legend(painter, line)
        painter.setPen(QColor(shown.line))
        painter.drawLine(inside.bottomLeft(), inside.bottomRight())
        if len(self._x):
            self._paint_axis(painter, inside, line)
            for values, top, colour in zip(self._lines, self._tops, self._colours(), strict=True):
                self._paint_line(painter, inside, values / top, colour)
        painter.end()

    @staticmethod
    def _colours() -> tuple[QColor, QColor]:
        shown = theme.colours()
        return QColor(shown.accent), QColor(shown.faint)

    def _paint_legend(self, painter: QPainter, line: int) -> None:
        left, middle = 0.0, 1.75 * line
        for name, colour in zip(self._names, self._colours(), strict=True):
            if name:
                painter.setPen(QPen(colour, 3))
                painter.drawLine(QLineF(left, middle, left + 2 * theme.UNIT, middle))
                painter.setPen(QColor(theme.colours().faint))
                left += 3 * theme.UNIT
                width = painter.fontMetrics().horizontalAdvance(name)
                place = QRectF(left, middle - line / 2, width + 1, line)
                painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
                left += width + 2 * theme.UNIT

    def _paint_axis(self, painter: QPainter, inside: QRectF, line: int) -> None:
        painter.setPen(QColor(theme.colours().faint))
        below = QRectF(inside.left(), inside.bottom() + line * 0.3, inside.width(), line)
        low, high = (f"{end:g}" for end in self._ends)
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
        for text, side in zip((low, self._unit, high), sides, strict=True):
            painter.drawText(below, side, text)
        if self._mark is not None:
            place = self._across(np.array([self._mark]), inside)[0]
            painter.setPen(QPen(QColor(theme.colours().line), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(place, inside.top(), place, inside.bottom()))

    def _across(self, values: Numbers, inside: QRectF) -> Numbers:
        low, high = self._ends
        result: Numbers = inside.left() + (values - low) / max(high - low, 1e-9) * inside.width()
        return result

    def _paint_line(self, painter: QPainter, inside: QRectF, heights: Numbers, colour: QColor) -> None:
        finite = np.isfinite(heights)
        across = self._across(self._x[finite], inside).tolist()
        down = (inside.bottom() - np.clip(heights[finite], 0, 1) * inside.height()).tolist()
        points = [QPointF(x, y) for x, y in zip(across, down, strict=True)]
        if not points:
            return
        if self._filled:
            veil = QColor(colour)
            veil.setAlpha(_VEIL)
            ground = [QPointF(across[-1], inside.bottom()), QPointF(across[0], inside.bottom())]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(veil)
            painter.drawPolygon(QPolygonF([*points, *ground]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 2))
        painter.drawPolyline(QPolygonF(points))


class CurvePlot(_Plot):
    """The loss of training, and what is missed of people who are not trained on; each to its own height."""

    def __init__(self, title: str) -> None:
        super().__init__(title, "")
        self._unit = self.tr("steps")
        self._names = self.tr("Loss"), self.tr("Missed of people kept out")

    def show_curve(self, steps: Counts, training: Numbers, validation: Numbers, best: int) -> None:
        """Show how training went; a dashed line is where it was best."""
        self._x = steps.astype(np.float64)
        self._ends = float(steps[0]), float(steps[-1])
        self._lines = training, validation
        self._tops = _top(training), _top(validation)
        self._mark = float(best)
        self.update()


class DistancePlot(_Plot):
    """Pairs of one person and of different people, by distance."""

    def __init__(self, title: str) -> None:
        super().__init__(title, "")
        self._unit = self.tr("distance")
        self._names = self.tr("One person"), self.tr("Different people")
        self._filled = True

    def show_pairs(self, edges: Numbers, same: Counts, different: Counts, most: float) -> None:
        """Show pairs.

        Args:
            edges: (b + 1,) of the bins.
            same: (b,) pairs of one person.
            different: (b,) pairs of different people.
            most: Share that reaches the top.
        """
        self._x = (edges[1:] + edges[:-1]) / 2
        self._ends = float(edges[0]), float(edges[-1])
        self._lines = shares(same), shares(different)
        self._tops = (max(most, 1e-9), max(most, 1e-9))
        self.update()


def _top(values: Numbers) -> float:
    known = values[np.isfinite(values)]
    return max(float(known.max(initial=0.0)), 1e-9)
