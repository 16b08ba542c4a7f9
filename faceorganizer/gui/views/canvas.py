"""A photo on the screen: fitted, enlarged or turned, with the faces outlined."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.gui import theme
from faceorganizer.gui.views.spots import Spot, Spots

_MOST: Final = 8.0  # screen pixels per pixel of the photo
_STEP: Final = 1.25  # of the keys
_NOTCH: Final = 1.2  # of the wheel
_TURNS: Final[dict[int, int]] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_PageDown: 1,
}
_LABEL: Final = 3 * theme.UNIT
_LEAST_DRAWN: Final = 8.0  # pixels of the screen that make a drawn face
_CLICK: Final = 4  # pixels that the pointer may move in a click


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
        picked: The id of a face that is to be named.
        chosen_changed: Another face is chosen, or none.
        drawn: The box of a face that was drawn, in pixels of the full photo.
        turned: -1 for the photo before, 1 for the one after.
        menu_wanted: A context menu, at a global position.
        sharper_wanted: The photo is enlarged beyond the pixels that are there.
        escaped: Escape was pressed, and there is nothing here to step back from.
    """

    picked = Signal(int)
    chosen_changed = Signal()
    drawn = Signal(object)
    turned = Signal(int)
    menu_wanted = Signal(QPoint)
    sharper_wanted = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self._image: QImage | None = None
        self._sharp: QImage | None = None
        self._preview: QPixmap | None = None
        self._full = QSize(4, 3)
        self._outlines: Sequence[Outline] = ()
        self._chosen: FaceId | None = None
        self._hovered: FaceId | None = None
        self._zoom: float | None = None  # None fits
        self._middle = QPointF()
        self._quarters = 0
        self._always = False
        self._alone = False
        self._drawing = False
        self._asked_sharper = False
        self._start: QPointF | None = None
        self._end = QPointF()
        self._pressed: QPointF | None = None
        self._dragged: QPointF | None = None
        self._painted: tuple[object, QPixmap] | None = None  # the photo as it was painted last
        self._spots = Spots(self)
        self._spots.pressed.connect(self._press)

    @property
    def outlines(self) -> Sequence[Outline]:
        """The faces that are shown."""
        return self._outlines

    @property
    def has_photo(self) -> bool:
        """Whether the photo itself is there by now, and no small picture in its place."""
        return self._image is not None

    @property
    def has_preview(self) -> bool:
        """Whether a small picture is there."""
        return self._preview is not None

    @property
    def fitted(self) -> bool:
        """Whether the whole photo is shown."""
        return self._zoom is None

    @property
    def drawing(self) -> bool:
        """Whether the mouse draws a face."""
        return self._drawing

    @property
    def chosen(self) -> Outline | None:
        """The face that actions are about: the one that was chosen, or the only one."""
        found = next((outline for outline in self._outlines if outline.face == self._chosen), None)
        return found or (self._outlines[0] if len(self._outlines) == 1 else None)

    def show_preview(self, preview: QPixmap | None, full: QSize | None) -> None:
        """Show another photo by a small picture, until it comes itself.

        Args:
            preview: None when there is none, either.
            full: Size of the full upright photo, if it is known.
        """
        self._image = self._sharp = None
        self._preview = preview
        self._zoom, self._quarters, self._asked_sharper = None, 0, False
        self._full = full or (preview.size() if preview is not None else self._full)
        self._refresh()

    def show_photo(self, image: QImage | None, full: QSize) -> None:
        """Show the photo itself.

        Args:
            image: Possibly smaller than the photo; None when it cannot be read.
            full: Size of the full upright photo.
        """
        self._image = image
        if image is not None:
            self.set_full(full)
        self._refresh()

    def show_sharp(self, image: QImage) -> None:
        """Show the photo in more of its pixels wherever it is enlarged."""
        self._sharp = image
        self._refresh()

    def set_full(self, full: QSize) -> None:
        """Say how large the full photo is."""
        if full != self._full and not full.isEmpty():
            self._middle = QPointF(
                self._middle.x() * full.width() / self._full.width(),
                self._middle.y() * full.height() / self._full.height(),
            )
            self._full = full
            self._refresh()

    def show_faces(self, outlines: Sequence[Outline]) -> None:
        """Outline these faces."""
        self._outlines = outlines
        if self._chosen not in [outline.face for outline in outlines]:
            self.choose(None)
        self.update()
        self._place_spots()

    def choose(self, face: FaceId | None) -> None:
        """Let actions be about a face."""
        if face != self._chosen:
            self._chosen = face
            self.chosen_changed.emit()
            self.update()
            self._place_spots()
            self._spots.say(", ".join(_in_words(outline) for outline in self._outlines if outline.face == face))

    def toggle_boxes(self) -> None:
        """Show the outlines always, or under the pointer only."""
        self._always = not self._always
        self.update()

    def set_alone(self, alone: bool) -> None:
        """Whether nothing else is to be seen: the ground is dark then, as in a cinema."""
        self._alone = alone
        self._refresh()

    def begin_drawing(self) -> None:
        """The next drag of the mouse outlines a face."""
        self._drawing = True
        self.setCursor(Qt.CursorShape.CrossCursor)

    def stop_drawing(self) -> None:
        """Draw no face."""
        self._drawing, self._start = False, None
        self.unsetCursor()
        self.update()

    def fit(self) -> None:
        """Show the whole photo."""
        self._zoom = None
        self._refresh()

    def zoom_in(self) -> None:
        """Enlarge around the middle."""
        self._enlarge(_STEP, QRectF(self.rect()).center())

    def zoom_out(self) -> None:
        """Make it smaller, down to the whole photo."""
        self._enlarge(1 / _STEP, QRectF(self.rect()).center())

    def turn(self, quarters: int) -> None:
        """Turn the view, not the file.

        Args:
            quarters: Turns by 90 degrees, clockwise.
        """
        self._quarters = (self._quarters + quarters) % 4
        self._zoom = None
        self._refresh()

    def on_screen(self, box: Sequence[float]) -> QRectF:
        """Where a box of the full photo is on the canvas."""
        return self._view().mapRect(QRectF(*box))

    def label_rect(self, outline: Outline) -> QRectF:
        """Where a face's name is written: under it, and inside the canvas as long as the face is."""
        box = self.on_screen(outline.box)
        width = QFontMetricsF(self.font()).horizontalAdvance(self._words(outline)) + 2 * theme.UNIT
        label = QRectF(box.center().x() - width / 2, box.bottom() + 4, width, _LABEL)
        if box.intersects(QRectF(self.rect())):
            label.moveLeft(min(max(label.left(), 0.0), max(0.0, self.width() - width)))
            label.moveTop(min(label.top(), self.height() - _LABEL))
        return label

    def event(self, event: QEvent) -> bool:
        """Two fingers enlarge, on trackpads and on screens."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._enlarge(1.0 + event.value(), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._enlarge(pinch.scaleFactor(), self.mapFromGlobal(pinch.hotSpot()))
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._next_face(event.key()):
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the photo, the faces, and what is being drawn."""
        shown = theme.DARK if self._alone else theme.colours()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._photo_painted(shown))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for outline in self._outlines:
            chosen = outline.face == self._chosen
            if self._always or chosen or self.underMouse():
                self._paint_outline(painter, outline, chosen=chosen or outline.face == self._hovered)
        if self._start is not None:
            painter.setPen(QPen(QColor(shown.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self._start, self._end).normalized())
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Enlarge around the pointer."""
        self._enlarge(_NOTCH ** (event.angleDelta().y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin to draw, or to move the photo, or pick a name."""
        place = event.position()
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif self._drawing:
            self._start = self._end = place
        elif (picked := self._label_at(place)) is not None:
            self.choose(picked.face)
            self.picked.emit(picked.face)
        else:
            self._pressed = self._dragged = place

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw, move the photo, or show what is under the pointer."""
        place = event.position()
        if self._start is not None:
            self._end = place
        elif self._dragged is not None and self._zoom is not None:
            moved = self._linear().inverted()[0].map(place - self._dragged)
            self._middle = self._bounded(self._middle - moved)
            self._dragged = place
            self._painted = None
            self._place_spots()
        elif not self._drawing:
            label = self._label_at(place)
            under = label or self._face_at(place)
            self._hovered = under.face if under is not None else None
            self.setCursor(Qt.CursorShape.PointingHandCursor if label else Qt.CursorShape.ArrowCursor)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """What was drawn is a face, if it is more than a click; a click chooses a face, or none."""
        pressed, self._pressed, self._dragged = self._pressed, None, None
        if pressed is not None and (event.position() - pressed).manhattanLength() <= _CLICK:
            face = self._face_at(pressed)
            self.choose(face.face if face is not None else None)
        if self._start is None:
            return
        drawn = QRectF(self._start, self._end).normalized()
        self.stop_drawing()
        if min(drawn.width(), drawn.height()) >= _LEAST_DRAWN:
            self.drawn.emit(self._in_photo(drawn))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Full size, or the whole photo again."""
        if self._zoom is None:
            self._enlarge(max(1 / self._scale(), 2.0), event.position())
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows turn to other photos, plus and minus enlarge, Enter names the face, Escape steps back."""
        key = event.key()
        if key in _TURNS:
            self.turned.emit(_TURNS[key])
        elif key == Qt.Key.Key_Plus:
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen is not None:
            self.picked.emit(self.chosen.face)
        elif key == Qt.Key.Key_Escape:
            self._step_back()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Ask for a menu; the face under the pointer is chosen by then."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            place = QPointF(event.pos())
            face = self._label_at(place) or self._face_at(place)
            self.choose(face.face if face is not None else None)
        self.menu_wanted.emit(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A fitted photo stays fitted."""
        self._refresh()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """The outlines appear."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """The outlines go."""
        self._hovered = None
        self.update()

    def _step_back(self) -> None:
        if self._drawing:
            self.stop_drawing()
        elif self._zoom is not None:
            self.fit()
        elif self._chosen is not None:
            self.choose(None)
        else:
            self.escaped.emit()

    def _next_face(self, key: int) -> bool:
        """Tab goes from face to face, and leaves the photo after the last one."""
        steps = {int(Qt.Key.Key_Tab): 1, int(Qt.Key.Key_Backtab): -1}
        if key not in steps or not self._outlines:
            return False
        faces = [outline.face for outline in self._in_order()]
        if self._chosen in faces:
            place = faces.index(self._chosen) + steps[key]
        else:
            place = 0 if steps[key] > 0 else len(faces) - 1
        self.choose(faces[place] if 0 <= place < len(faces) else None)
        return 0 <= place < len(faces)

    def _refresh(self) -> None:
        """Paint the photo anew."""
        self._painted = None
        sharp = max(self._full.width(), self._full.height())
        have = max(self._image.width(), self._image.height()) if self._image is not None else sharp
        needed = self._scale() * sharp * self.devicePixelRatioF()
        if self._zoom is not None and not self._asked_sharper and have < min(needed, sharp):
            self._asked_sharper = True
            self.sharper_wanted.emit()
        self.update()
        self._place_spots()

    def _place_spots(self) -> None:
        """Tell screen readers where the faces are, from left to right, whose they are, and which is chosen."""
        seen = self.rect()
        spots = [
            Spot(outline.face, _in_words(outline), place, outline.face == self._chosen)
            for outline in self._in_order()
            if (place := self.on_screen(outline.box).toAlignedRect().intersected(seen)).isValid()
        ]
        self._spots.show(spots)

    def _press(self, number: int) -> None:
        """A screen reader chooses a face."""
        self.choose(FaceId(number))

    def _in_order(self) -> list[Outline]:
        return sorted(self._outlines, key=lambda outline: (outline.box[0], outline.box[1]))

    def _upright(self) -> tuple[float, float]:
        """Size of the photo as it is turned."""
        size = self._full if self._quarters % 2 == 0 else self._full.transposed()
        return float(size.width()), float(size.height())

    def _fitting(self) -> float:
        width, height = self._upright()
        return min(self.width() / width, self.height() / height)

    def _scale(self) -> float:
        """Screen pixels per pixel of the full photo; a small photo is not enlarged to fit."""
        return self._zoom if self._zoom is not None else max(min(self._fitting(), 1.0), 1e-6)

    def _linear(self) -> QTransform:
        """The view without its position."""
        return QTransform().rotate(90.0 * self._quarters).scale(self._scale(), self._scale())

    def _view(self) -> QTransform:
        """From pixels of the full photo to pixels of the canvas."""
        middle = self._middle if self._zoom is not None else self._centre()
        corner = QRectF(self.rect()).center() - self._linear().map(middle)
        return self._linear() * QTransform.fromTranslate(corner.x(), corner.y())

    def _centre(self) -> QPointF:
        return QPointF(self._full.width(), self._full.height()) / 2

    def _bounded(self, middle: QPointF) -> QPointF:
        """The point that is shown in the middle, so that no room is wasted beside the photo."""
        half_width, half_height = self.width() / self._scale() / 2, self.height() / self._scale() / 2
        if self._quarters % 2:
            half_width, half_height = half_height, half_width
        return QPointF(
            _within(middle.x(), half_width, self._full.width()), _within(middle.y(), half_height, self._full.height())
        )

    def _enlarge(self, factor: float, around: QPointF) -> None:
        least = min(self._fitting(), 1.0)
        point = self._view().inverted()[0].map(around)
        scale = min(max(self._scale() * factor, least), _MOST)
        self._zoom = None if scale <= least else scale
        away = self._linear().inverted()[0].map(around - QRectF(self.rect()).center())
        self._middle = self._bounded(point - away)
        self._refresh()

    def _in_photo(self, drawn: QRectF) -> tuple[float, float, float, float]:
        """A rectangle of the canvas as a box of the full photo, cut at its edges."""
        whole = QRectF(0, 0, self._full.width(), self._full.height())
        inside = self._view().inverted()[0].mapRect(drawn).intersected(whole)
        return inside.x(), inside.y(), inside.width(), inside.height()

    def _face_at(self, place: QPointF) -> Outline | None:
        hit = [outline for outline in self._outlines if self.on_screen(outline.box).contains(place)]
        return min(hit, key=lambda outline: outline.box[2] * outline.box[3], default=None)

    def _label_at(self, place: QPointF) -> Outline | None:
        return next((outline for outline in self._outlines if self.label_rect(outline).contains(place)), None)

    def _words(self, outline: Outline) -> str:
        if outline.name or outline.face not in (self._chosen, self._hovered):
            return outline.name or "?"
        return self.tr("Who is this?")

    def _photo_painted(self, shown: theme.Colours) -> QPixmap:
        """The photo as it lies on the canvas; painted anew when something has changed."""
        wanted = (self._view(), self.size(), self.devicePixelRatioF(), shown.ground)
        if self._painted is None or self._painted[0] != wanted:
            layer = QPixmap(self.size() * self.devicePixelRatioF())
            layer.setDevicePixelRatio(self.devicePixelRatioF())
            layer.fill(QColor(shown.ground))
            painter = QPainter(layer)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setTransform(self._view())
            self._paint_photo(painter, QRectF(0, 0, self._full.width(), self._full.height()), shown)
            painter.end()
            self._painted = (wanted, layer)
        return self._painted[1]

    def _paint_photo(self, painter: QPainter, place: QRectF, shown: theme.Colours) -> None:
        image = self._sharp if self._sharp is not None and self._zoom is not None else self._image
        if image is not None:
            painter.drawImage(place, image)
        elif self._preview is not None:
            painter.drawPixmap(place, self._preview, QRectF(self._preview.rect()))
        else:
            painter.fillRect(place, QColor(shown.empty))

    def _paint_outline(self, painter: QPainter, outline: Outline, *, chosen: bool) -> None:
        box = self.on_screen(outline.box)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 110), 4))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QPen(QColor(theme.DARK.accent if chosen else "#ffffff"), 2))
        painter.drawRoundedRect(box, 4, 4)
        label = self.label_rect(outline)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 170))
        painter.drawRoundedRect(label, 4, 4)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, self._words(outline))


def _in_words(outline: Outline) -> str:
    """A face, for screen readers."""
    return outline.name or QCoreApplication.translate("PhotoCanvas", "Who is this?")


def _within(middle: float, half: float, length: float) -> float:
    """A place along a side so that the view does not reach over its ends, or the centre of what is shorter."""
    return length / 2 if length <= 2 * half else min(max(middle, half), length - half)
