"""Albums as cards."""

from typing import Final

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from faceorganizer.gui import theme
from faceorganizer.gui.cutting import paint_cut
from faceorganizer.gui.delegates.photos import filling
from faceorganizer.gui.models.albums import ShownAlbum
from faceorganizer.gui.models.records import RECORD, Index
from faceorganizer.gui.thumbnails import Thumbnails

_COVER: Final = QSize(28 * theme.UNIT, 20 * theme.UNIT)
_LINE: Final = 3 * theme.UNIT
_CHOSEN: Final = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus


class AlbumCard(QStyledItemDelegate):
    """An album: the cover, the name, how many photos, and the rule in words."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    @property
    def cell(self) -> QSize:
        """Room of a card."""
        return QSize(_COVER.width() + 2 * theme.UNIT, _COVER.height() + 3 * _LINE + 2 * theme.UNIT)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Room of a card."""
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a card."""
        shown = theme.colours()
        album: ShownAlbum = index.data(RECORD)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        cover = QRectF(QRect(option.rect.topLeft(), _COVER).translated(theme.UNIT, theme.UNIT))
        path = QPainterPath()
        path.addRoundedRect(cover, theme.RADIUS, theme.RADIUS)
        picture = self._thumbnails.get(("photo", album.cover)) if album.cover is not None else None
        if picture is None:
            painter.fillPath(path, QColor(shown.empty))
        else:
            paint_cut(painter, cover, picture, filling(picture, cover.size()), theme.RADIUS)
        if option.state & (_CHOSEN | QStyle.StateFlag.State_MouseOver):
            chosen = option.state & QStyle.StateFlag.State_Selected
            painter.setPen(QPen(QColor(shown.accent if option.state & _CHOSEN else shown.faint), 4 if chosen else 2))
            painter.drawPath(path)
        line = QRect(int(cover.left()), int(cover.bottom()) + theme.UNIT // 2, int(cover.width()), _LINE)
        self._write(painter, line, album.name, theme.sized(option.font, 1.0, strong=True), shown.text)
        small = theme.sized(option.font, 0.85)
        line.translate(0, _LINE - 2)
        self._write(painter, line, album.counted, small, shown.faint)
        line.translate(0, _LINE - 6)
        self._write(painter, line, album.words, small, shown.faint)
        painter.restore()

    @staticmethod
    def _write(painter: QPainter, line: QRect, text: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
