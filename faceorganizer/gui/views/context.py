"""A face large, and the photo it is in with the face outlined."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from faceorganizer.domain.ids import ContentId
from faceorganizer.domain.sightings import Sighting
from faceorganizer.gui import theme
from faceorganizer.gui.delegates.faces import within
from faceorganizer.gui.dragging import photos_as_content
from faceorganizer.gui.figures import paint_figure
from faceorganizer.gui.thumbnails import Key, Thumbnails
from faceorganizer.gui.views.profile import shown_date

_MARGIN: Final = 0.06  # of a face's picture that is left out at each side
_CAPTION: Final = 3 * theme.UNIT
_DRAGGED_HEIGHT: Final = 12 * theme.UNIT


class LargeFace(QWidget):
    """One face, as large as there is room."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.sighting: Sighting | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("The face in question"))

    def show_sighting(self, sighting: Sighting | None) -> None:
        """Show another face."""
        self.sighting = sighting
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint it in the middle."""
        if self.sighting is None:
            return
        side = min(self.width(), self.height(), 2 * theme.INSPECTOR_WIDTH) - 2 * theme.UNIT
        place = QRectF(0, 0, side, side)
        place.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(place, theme.RADIUS, theme.RADIUS)
        painter.fillPath(path, QColor(theme.colours().empty))
        picture = self._thumbnails.get(("face", self.sighting.face))
        if self._thumbnails.faceless:
            paint_figure(painter, path)
        elif picture is not None:
            painter.setClipPath(path)
            painter.drawPixmap(place, picture, within(picture, _MARGIN))
        painter.end()


class PhotoContext(QWidget):
    """The photo of a face, with the face outlined; date and file name below.

    Signals:
        opened: The photo was clicked.
    """

    opened = Signal(int)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._pressed: QPoint | None = None
        self.sighting: Sighting | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Open the photo"))
        thumbnails.ready.connect(self._repaint)

    @property
    def wanted(self) -> list[Key]:
        """The picture that is needed."""
        return [] if self.sighting is None else [("photo", self.sighting.photo)]

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for a photo."""
        return QSize(theme.CONTEXT_WIDTH, theme.CONTEXT_WIDTH)

    def show_sighting(self, sighting: Sighting | None) -> None:
        """Show another one."""
        self.sighting = sighting
        self.setAccessibleName("" if sighting is None else self.tr("Photo {file}").format(file=sighting.path.name))
        self.update()

    def outline(self) -> QRectF:
        """Where the face is outlined, in pixels of the widget."""
        if self.sighting is None:
            return QRectF()
        photo, (width, height) = self._photo_rect(self.sighting), self.sighting.size
        x, y, wide, high = self.sighting.box
        across, down = photo.width() / max(1, width), photo.height() / max(1, height)
        return QRectF(photo.left() + x * across, photo.top() + y * down, wide * across, high * down)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The photo may be dragged from here."""
        self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Drag the photo to an album, or to another program."""
        far = QApplication.startDragDistance()
        if self._pressed is None or self.sighting is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() >= far:
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(photos_as_content([self.sighting.path], [self.sighting.photo]))
            place = self._photo_rect(self.sighting).toRect()
            drag.setPixmap(self.grab(place).scaledToHeight(_DRAGGED_HEIGHT))
            drag.exec(Qt.DropAction.CopyAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Ask for the photo."""
        pressed, self._pressed = self._pressed, None
        if event.button() == Qt.MouseButton.LeftButton and pressed is not None and self.sighting is not None:
            self.opened.emit(ContentId(self.sighting.photo))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint photo, outline and caption."""
        if self.sighting is None:
            return
        shown, place = theme.colours(), self._photo_rect(self.sighting)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(place, theme.RADIUS, theme.RADIUS)
        painter.fillPath(path, QColor(shown.empty))
        picture = self._thumbnails.get(("photo", self.sighting.photo))
        if picture is not None:
            painter.setClipPath(path)
            painter.drawPixmap(place, picture, QRectF(picture.rect()))
            painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 110), 5), (QColor("#ffffff"), 2)):  # seen on any photo
            painter.setPen(QPen(colour, width))
            painter.drawRoundedRect(self.outline(), theme.UNIT // 2, theme.UNIT // 2)
        painter.setPen(QColor(shown.faint))
        painter.setFont(theme.sized(self.font(), 0.9))
        line = QRectF(QPointF(place.left(), place.bottom() + theme.UNIT // 2), QSizeF(place.width(), _CAPTION))
        words = painter.fontMetrics().elidedText(self._caption(), Qt.TextElideMode.ElideMiddle, int(line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()

    def _caption(self) -> str:
        if self.sighting is None:
            return ""
        taken = self.sighting.taken
        return self.sighting.path.name if taken is None else f"{shown_date(taken.date())}  ·  {self.sighting.path.name}"

    def _photo_rect(self, sighting: Sighting) -> QRectF:
        room = QSizeF(self.width() - 2 * theme.UNIT, self.height() - 2 * theme.UNIT - _CAPTION)
        size = QSizeF(*map(float, sighting.size)).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(QPointF(0, 0), size)
        place.moveCenter(QPointF(self.width() / 2, theme.UNIT + room.height() / 2))
        return place

    def _repaint(self) -> None:
        self.update()
