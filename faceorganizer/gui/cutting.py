"""Pictures cut as cells show them."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap, QPixmapCache

KEPT_KILOBYTES: Final = 24 * 1024  # some pages of cells


def paint_cut(painter: QPainter, place: QRectF, picture: QPixmap, part: QRectF, radius: float) -> None:
    """Paint a part of a picture with round corners.

    Scaling takes most of the time of painting a grid, and a cell is painted again whenever one beside it changes:
    what is ready to be copied is kept in Qt's cache of pixmaps.

    Args:
        painter: On a widget.
        place: Where it goes; whole pixels.
        picture: The whole picture.
        part: What is shown of it.
        radius: Of the corners, pixels.
    """
    painter.drawPixmap(
        place.topLeft(), _cut(picture, part, place.size().toSize(), radius, painter.device().devicePixelRatioF())
    )


def _cut(picture: QPixmap, part: QRectF, size: QSize, radius: float, ratio: float) -> QPixmap:
    shape = f"{part.x():.2f} {part.y():.2f} {part.width():.2f} {part.height():.2f} {radius}"
    key = f"cut {picture.cacheKey()} {shape} {size.width()} {size.height()} {ratio}"
    made = QPixmap()
    if QPixmapCache.find(key, made):
        return made
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    place = QRectF(QPointF(), size.toSizeF())
    outline = QPainterPath()
    outline.addRoundedRect(place, radius, radius)
    painter = QPainter(made)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(outline)
    painter.drawPixmap(place, picture, part)
    painter.end()
    QPixmapCache.insert(key, made)
    return made
