"""A photo on the screen: fitted or enlarged, with the faces outlined."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.gui import theme

_MOST: Final = 8.0  # screen pixels per pixel of the photo
_TURNS: Final[dict[int, int]] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_FACTORS: Final[dict[int, float]] = {Qt.Key.Key_Plus: 1.25, Qt.Key.Key_Minus: 0.8}
_LABEL: Final = 3 * theme.UNIT
_LEAST_DRAWN: Final = 8.0  # pixels of the screen that make a drawn face


@dataclass(frozen=True, slots=True)
class Outline:
    """A face in a photo.

    Attributes:
        box: x, y, width, height in pixels of the full upright photo.
        person: Who holds it; None when it is in no group.
        name: None when nobody said.
    """

    face: FaceId
    box: tuple[float, float, float, float]
    person: PersonId | None
    name: str | None


class PhotoCanvas(QWidget):
    """Paints a photo and its faces.

    Signals:
        picked: The id of a face whose label was clicked.
        drawn: The box of a face that was drawn, in pixels of the full photo.
        turned: -1 for the photo before, 1 for the one after.
    """

    picked = Signal(int)
    drawn = Signal(object)
    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._photo: QPixmap | None = None
        self._full = QSize(1, 1)
        self._outlines: Sequence[Outline] = ()
        self._zoom: float | None = None  # None fits
        self._middle = QPointF()
        self._always = False
        self._drawing = False
        self._start: QPointF | None = None
        self._end = QPointF()
        self._dragged: QPointF | None = None

    @property
    def outlines(self) -> Sequence[Outline]:
        """The faces that are shown."""
        return self._outlines

    @property
    def has_photo(self) -> bool:
        """Whether the photo itself is there by now."""
        return self._photo is not None

    def show_photo(self, image: QImage | None, full: QSize) -> None:
        """Show another photo, fitted.

        Args:
            image: Possibly smaller than the photo; None while it is on its way.
            full: Size of the full upright photo.
        """
        if full != self._full or image is None:
            self._zoom = None
        self._photo = QPixmap.fromImage(image) if image is not None else None
        self._full = full
        self.update()

    def show_faces(self, outlines: Sequence[Outline]) -> None:
        """Outline these faces."""
        self._outlines = outlines
        self.update()

    def toggle_boxes(self) -> None:
        """Show the outlines always, or under the pointer only."""
        self._always = not self._always
        self.update()

    def begin_drawing(self) -> None:
        """The next drag of the mouse outlines a face."""
        self._drawing = True
        self.setCursor(Qt.CursorShape.CrossCursor)

    def fit(self) -> None:
        """Show the whole photo."""
        self._zoom = None
        self.update()

    def on_screen(self, box: Sequence[float]) -> QRectF:
        """Where a box of the full photo is on the canvas."""
        scale, corner = self._scale(), self._corner()
        x, y, width, height = box
        return QRectF(corner.x() + x * scale, corner.y() + y * scale, width * scale, height * scale)

    def label_rect(self, outline: Outline) -> QRectF:
        """Where a face's name is written."""
        box = self.on_screen(outline.box)
        width = QFontMetricsF(self.font()).horizontalAdvance(self._words(outline)) + 2 * theme.UNIT
        return QRectF(box.center().x() - width / 2, box.bottom() + 4, width, _LABEL)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the photo, the faces, and what is being drawn."""
        shown = theme.colours()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(shown.ground))
        place = self.on_screen((0, 0, self._full.width(), self._full.height()))
        if self._photo is None:
            painter.fillRect(place, QColor(shown.empty))
        else:
            painter.drawPixmap(place, self._photo, QRectF(self._photo.rect()))
        under = self._face_at(QPointF(self.mapFromGlobal(self.cursor().pos())))
        if self._always or self.underMouse():
            for outline in self._outlines:
                self._paint_outline(painter, outline, chosen=outline is under, shown=shown)
        if self._start is not None:
            painter.setPen(QPen(QColor(shown.accent), 2))
            painter.drawRect(QRectF(self._start, self._end).normalized())
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Enlarge around the pointer."""
        self._enlarge(1.2 ** (event.angleDelta().y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin to draw, or to move the photo, or pick a name."""
        place = event.position()
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif self._drawing:
            self._start = self._end = place
        elif (picked := self._label_at(place)) is not None:
            self.picked.emit(picked.face)
        else:
            self._dragged = place

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw, move the photo, or show what is under the pointer."""
        place = event.position()
        if self._start is not None:
            self._end = place
        elif self._dragged is not None and self._zoom is not None:
            self._middle -= (place - self._dragged) / self._scale()
            self._dragged = place
        elif not self._drawing:
            over = self._label_at(place) is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """What was drawn is a face, if it is more than a click."""
        self._dragged = None
        if self._start is None:
            return
        drawn, self._start = QRectF(self._start, self._end).normalized(), None
        self._drawing = False
        self.unsetCursor()
        self.update()
        if min(drawn.width(), drawn.height()) >= _LEAST_DRAWN:
            self.drawn.emit(self._in_photo(drawn))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Full size, or the whole photo again."""
        if self._zoom is None:
            self._enlarge(1 / self._scale(), event.position())
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows turn to other photos, plus and minus enlarge, Escape stops drawing."""
        key = event.key()
        if key in _TURNS:
            self.turned.emit(_TURNS[key])
        elif key in _FACTORS:
            self._enlarge(_FACTORS[key], QPointF(self.rect().center()))
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_Escape and self._drawing:
            self._drawing, self._start = False, None
            self.unsetCursor()
            self.update()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A fitted photo stays fitted."""
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """The outlines appear."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """The outlines go."""
        self.update()

    def _fitting(self) -> float:
        return min(self.width() / self._full.width(), self.height() / self._full.height())

    def _scale(self) -> float:
        """Screen pixels per pixel of the full photo; a small photo is not enlarged to fit."""
        return self._zoom if self._zoom is not None else min(self._fitting(), 1.0)

    def _corner(self) -> QPointF:
        size = QPointF(self._full.width(), self._full.height())
        middle = self._middle if self._zoom is not None else size / 2
        return QPointF(self.rect().center()) - middle * self._scale()

    def _enlarge(self, factor: float, around: QPointF) -> None:
        least = min(self._fitting(), 1.0)
        point = (around - self._corner()) / self._scale()
        scale = min(max(self._scale() * factor, least), _MOST)
        self._zoom = None if scale <= least else scale
        self._middle = point + (QPointF(self.rect().center()) - around) / scale
        self.update()

    def _in_photo(self, drawn: QRectF) -> tuple[float, float, float, float]:
        """A rectangle of the canvas as a box of the full photo, cut at its edges."""
        whole = self.on_screen((0, 0, self._full.width(), self._full.height()))
        inside, scale = drawn.intersected(whole), self._scale()
        corner = (inside.topLeft() - whole.topLeft()) / scale
        return corner.x(), corner.y(), inside.width() / scale, inside.height() / scale

    def _face_at(self, place: QPointF) -> Outline | None:
        hit = [outline for outline in self._outlines if self.on_screen(outline.box).contains(place)]
        return min(hit, key=lambda outline: outline.box[2] * outline.box[3], default=None)

    def _label_at(self, place: QPointF) -> Outline | None:
        return next((outline for outline in self._outlines if self.label_rect(outline).contains(place)), None)

    def _words(self, outline: Outline) -> str:
        return outline.name or self.tr("Who is this?")

    def _paint_outline(self, painter: QPainter, outline: Outline, *, chosen: bool, shown: theme.Colours) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 110), 4))
        painter.drawRoundedRect(self.on_screen(outline.box), 4, 4)
        painter.setPen(QPen(QColor(theme.DARK.accent if chosen else "#ffffff"), 2))
        painter.drawRoundedRect(self.on_screen(outline.box), 4, 4)
        label = self.label_rect(outline)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 170))
        painter.drawRoundedRect(label, 4, 4)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, self._words(outline))
