"""Photos as they are painted in a grid."""

from typing import Final

from PySide6.QtCore import QObject, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from faceorganizer.domain.pictures import PhotoRecord
from faceorganizer.gui import theme
from faceorganizer.gui.cutting import paint_cut
from faceorganizer.gui.models.records import RECORD, Index
from faceorganizer.gui.thumbnails import Thumbnails
from faceorganizer.gui.wording import said

_HEIGHT: Final = 20 * theme.UNIT
_WIDTH: Final = 28 * theme.UNIT
_HEADROOM: Final = 0.25  # of what is cut off in height: heads are seldom at the bottom
_CHOSEN: Final = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus


class PhotoTile(QStyledItemDelegate):
    """A photo that fills its cell; what does not fit is cut."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    @property
    def cell(self) -> QSize:
        """Room of a tile."""
        return QSize(_WIDTH, _HEIGHT)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Room of a tile."""
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a tile."""
        record: PhotoRecord = index.data(RECORD)
        shown, gap = theme.colours(), theme.UNIT // 2
        tile = QRectF(option.rect.adjusted(gap, gap, -gap, -gap))
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(tile, gap, gap)
        picture = self._thumbnails.get(("photo", record.photo)) if record.photo is not None else None
        if picture is not None:
            paint_cut(painter, tile, picture, filling(picture, tile.size()), gap)
        else:
            painter.fillPath(path, QColor(shown.empty))
        if picture is None and record.error:
            painter.setPen(QColor(shown.faint))
            painter.drawText(
                tile.adjusted(8, 8, -8, -8),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                f"{record.path.name}\n{said(record.error)}",
            )
        if option.state & (_CHOSEN | QStyle.StateFlag.State_MouseOver):
            chosen = option.state & QStyle.StateFlag.State_Selected
            painter.setPen(QPen(QColor(shown.accent if option.state & _CHOSEN else shown.faint), 4 if chosen else 2))
            painter.drawPath(path)
        painter.restore()


def filling(picture: QPixmap, size: QSizeF) -> QRectF:
    """The part of a picture that has the shape of a cell: the middle across, more of the top than of the bottom."""
    part = size.scaled(QSizeF(picture.size()), Qt.AspectRatioMode.KeepAspectRatio)
    corner = QSizeF(picture.size()) - part
    return QRectF(corner.width() / 2, corner.height() * _HEADROOM, part.width(), part.height())
