"""Who stands where no picture of a face is kept: initials, or the outline of somebody."""

import unicodedata
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPixmap

from faceorganizer.gui import theme

_LETTERS: Final = 0.34  # height of initials, as a share of the place


def initials(name: str | None) -> str:
    """The first letters of the first and the last word of a name; empty where it has none."""
    words = [word for word in (name or "").split() if word[0].isalnum()]
    chosen = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(_first(word) for word in chosen)


def paint_figure(painter: QPainter, shape: QPainterPath, name: str | None = None) -> None:
    """Paint who stands there.

    Args:
        painter: Smooth.
        shape: The disc or square to fill; nothing is painted beyond.
        name: Of whom the initials are; None for an outline.
    """
    shown, place = theme.colours(), shape.boundingRect()
    painter.save()
    painter.fillPath(shape, QColor(shown.empty))
    if letters := initials(name):
        font = QFont(painter.font())
        font.setPixelSize(max(1, round(place.height() * _LETTERS)))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(shown.faint))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, letters)
    else:
        painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
        painter.fillPath(_outline(place), QColor(shown.figure))
    painter.restore()


def figure(side: int, ratio: float) -> QPixmap:
    """The outline of somebody in a square of so many pixels, on a screen with so many to each."""
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    square = QPainterPath()
    square.addRect(QRectF(0, 0, side, side))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_figure(painter, square)
    painter.end()
    return picture


def _outline(place: QRectF) -> QPainterPath:
    """Head and shoulders."""
    side, middle = place.height(), place.center().x()
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    head = 0.34 * side
    path.addEllipse(QRectF(middle - head / 2, place.top() + 0.2 * side, head, 1.12 * head))
    wide = 0.68 * side
    path.addEllipse(QRectF(middle - wide / 2, place.top() + 0.65 * side, wide, 0.8 * side))
    return path


def _first(word: str) -> str:
    """The first letter with the marks that belong to it."""
    marks = 1
    while marks < len(word) and unicodedata.combining(word[marks]):
        marks += 1
    return unicodedata.normalize("NFC", word[:marks]).upper()
