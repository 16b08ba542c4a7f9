"""Faces with how like another one they are, as they are painted."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QLocale, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from faceorganizer.domain.ids import FaceId
from faceorganizer.domain.sightings import Sighting
from faceorganizer.gui import theme
from faceorganizer.gui.delegates.faces import FaceTile, name_line
from faceorganizer.gui.models.records import RECORD, Index
from faceorganizer.gui.thumbnails import Thumbnails
from faceorganizer.gui.translation import Context
from faceorganizer.services.recognition.similar import SimilarFace

similar: Final = Context("similar")


class SimilarTile(FaceTile):
    """A face, the name of who holds it, and how sure it is the same person as the one asked about."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__(thumbnails)
        self.found: Mapping[FaceId, SimilarFace] = {}

    @property
    def cell(self) -> QSize:
        """Room of a tile with two lines below."""
        return super().cell + QSize(0, 2 * name_line())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the face, then the lines."""
        tile = QStyleOptionViewItem(option)
        tile.rect = QRect(option.rect.topLeft(), super().cell)
        super().paint(painter, tile, index)
        record: Sighting = index.data(RECORD)
        if (one := self.found.get(record.face)) is None:
            return
        shown = theme.colours()
        line = QRect(tile.rect.left(), tile.rect.bottom(), tile.rect.width(), name_line())
        painter.save()
        painter.setFont(theme.sized(option.font, 1.0, strong=one.name is not None))
        painter.setPen(QColor(shown.text if one.name is not None else shown.faint))
        name = one.name or similar.tr("No name yet")
        elided = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, line.width() - theme.UNIT)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, elided)
        painter.setFont(theme.sized(option.font, 0.85))
        selected = option.state & QStyle.StateFlag.State_Selected
        painter.setPen(QColor(shown.text if selected else shown.faint))
        below = line.translated(0, name_line() - theme.UNIT // 2)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, likeness_in_words(one))
        painter.restore()


def likeness_in_words(one: SimilarFace) -> str:
    """How sure it is that two faces are one person, and how far apart they are."""
    distance = QLocale().toString(one.distance, "f", 2)
    if one.probability is None:
        return similar.tr("distance {distance}").format(distance=distance)
    percent = QLocale().toString(min(99, int(100 * one.probability)))
    return similar.tr("{percent} %, distance {distance}").format(percent=percent, distance=distance)
