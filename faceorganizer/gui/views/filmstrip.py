"""The photos before and after the one that is shown, in a strip."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from faceorganizer.domain.ids import ContentId
from faceorganizer.gui import theme
from faceorganizer.gui.cutting import paint_cut
from faceorganizer.gui.delegates.photos import filling
from faceorganizer.gui.thumbnails import Key, Thumbnails
from faceorganizer.gui.views.spots import Spot, Spots

_SIDE: Final = 8 * theme.UNIT
_STEP: Final = _SIDE + theme.UNIT // 2
_NOTCH: Final = 120  # of a mouse wheel


class Filmstrip(QWidget):
    """Small pictures in a row, the one that is shown in the middle; a click shows another one.

    Signals:
        chosen: Id of the photo that was clicked.
        seen: The photos that can be seen have changed.
    """

    chosen = Signal(int)
    seen = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._photos: Sequence[ContentId] = ()
        self._places: dict[ContentId, int] = {}
        self._current = -1
        self._shift = 0
        self.setFixedHeight(_SIDE + 2 * theme.UNIT)
        self.setAccessibleName(self.tr("Photos before and after"))
        self._spots = Spots(self)
        self._spots.pressed.connect(self.chosen)
        thumbnails.ready.connect(self._repaint)

    def show_photos(self, photos: Sequence[ContentId], current: ContentId) -> None:
        """Show these photos, with one of them in the middle."""
        if photos is not self._photos:
            self._photos = photos
            self._places = {photo: place for place, photo in enumerate(photos)}
        self._current = self._places.get(current, -1)
        self._shift = 0
        self.update()
        self._place_spots()

    @property
    def wanted(self) -> list[Key]:
        """What can be seen, from the middle outwards."""
        first, last = self._visible()
        places = sorted(range(first, last), key=lambda place: abs(place - self._current))
        return [("photo", self._photos[place]) for place in places]

    def place_of(self, photo: ContentId) -> QRect:
        """Where a photo is; empty when it is not among them."""
        place = self._places.get(photo)
        return QRect() if place is None else self._rect(place)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint what can be seen."""
        shown = theme.colours()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for place in range(*self._visible()):
            tile = QRectF(self._rect(place))
            path = QPainterPath()
            path.addRoundedRect(tile, 4, 4)
            picture = self._thumbnails.get(("photo", self._photos[place]))
            if picture is None:
                painter.fillPath(path, QColor(shown.empty))
            else:
                paint_cut(painter, tile, picture, filling(picture, tile.size()), 4)
            if place == self._current:
                painter.setPen(QPen(QColor(shown.accent), 3))
                painter.drawPath(path)
                painter.setPen(Qt.PenStyle.NoPen)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Show the photo that was clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            for place in range(*self._visible()):
                if self._rect(place).contains(event.position().toPoint()):
                    self.chosen.emit(self._photos[place])
                    return

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Look further along the strip."""
        turn = event.angleDelta().x() or event.angleDelta().y()
        least, most = (self._current - len(self._photos) + 1) * _STEP, self._current * _STEP
        self._shift = min(max(self._shift + turn * 2 * _STEP // _NOTCH, least), most)
        self.update()
        self._place_spots()
        self.seen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """More or fewer can be seen."""
        super().resizeEvent(event)
        self._place_spots()
        self.seen.emit()

    def _place_spots(self) -> None:
        """Tell screen readers which photos can be seen."""
        words, count = self.tr("Photo {number} of {count}"), len(self._photos)
        self._spots.show(
            [
                Spot(
                    self._photos[place],
                    words.format(number=place + 1, count=count),
                    self._rect(place),
                    place == self._current,
                )
                for place in range(*self._visible())
            ]
        )

    def _visible(self) -> tuple[int, int]:
        if self._current < 0:
            return 0, 0
        reach = self.width() // 2 // _STEP + 1
        middle = self._current - round(self._shift / _STEP)
        return max(0, middle - reach), min(len(self._photos), middle + reach + 1)

    def _rect(self, place: int) -> QRect:
        left = (self.width() - _SIDE) // 2 + (place - self._current) * _STEP + self._shift
        return QRect(QPoint(left, theme.UNIT), QSize(_SIDE, _SIDE))

    def _repaint(self) -> None:
        self.update()
