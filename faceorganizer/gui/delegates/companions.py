"""People who are in photos with somebody, and photos of somebody, as they are painted."""

from PySide6.QtCore import QObject, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.people import PersonRecord
from faceorganizer.domain.sightings import Sighting
from faceorganizer.gui import theme
from faceorganizer.gui.delegates.faces import PersonCard
from faceorganizer.gui.delegates.photos import filling
from faceorganizer.gui.models.records import RECORD, Index
from faceorganizer.gui.thumbnails import Thumbnails

_CHOSEN = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus


class CompanionCard(PersonCard):
    """A person, and in how many photos together with another one."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(thumbnails, parent)
        self.set_face(theme.COMPANION_FACE)
        self.together: dict[PersonId, int] = {}

    def count(self, record: PersonRecord) -> str:
        """In how many photos both are."""
        return QApplication.translate("people", "%n photo(s) together", "", self.together.get(record.id, 0))


class SightingTile(QStyledItemDelegate):
    """The photo that somebody was seen in; it fills its cell."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    @property
    def cell(self) -> QSize:
        """Room of a tile."""
        return QSize(theme.PHOTO_WIDTH, theme.PHOTO_HEIGHT)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Room of a tile."""
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a tile."""
        record: Sighting = index.data(RECORD)
        shown, gap = theme.colours(), theme.UNIT // 2
        tile = QRectF(option.rect.adjusted(gap, gap, -gap, -gap))
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(tile, gap, gap)
        painter.fillPath(path, QColor(shown.empty))
        picture = self._thumbnails.get(("photo", record.photo))
        if picture is not None:
            painter.setClipPath(path)
            painter.drawPixmap(tile, picture, filling(picture, tile.size()))
            painter.setClipping(False)
        if option.state & (_CHOSEN | QStyle.StateFlag.State_MouseOver):
            selected = option.state & QStyle.StateFlag.State_Selected
            painter.setPen(QPen(QColor(shown.accent if option.state & _CHOSEN else shown.faint), 4 if selected else 2))
            painter.drawPath(path)
        painter.restore()
