"""Paints the map of faces; zoom, pan, lasso."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.gui import theme
from faceorganizer.gui.background import Background, Call
from faceorganizer.gui.figures import paint_figure
from faceorganizer.gui.points import (
    Pixels,
    View,
    inside_lasso,
    nearest,
    painted,
    person_colours,
    spread_out,
)
from faceorganizer.gui.thumbnails import Thumbnails
from faceorganizer.gui.translation import Context
from faceorganizer.gui.views.spots import MOST, Spot, Spots
from faceorganizer.services.recognition.maps import FaceMap

faces_on_map: Final = Context("faces_on_map")
_ZOOM: Final = 1.25
_MOST_ZOOM: Final = 400.0  # times the scale that fits
_REACH: Final = 12.0  # pixels from a point that still mean it
_FACE: Final = 6 * theme.UNIT  # a face in the map
_LARGE_FACE: Final = 14 * theme.UNIT  # the face under the pointer
_MOST_FACES: Final = 350  # pictures shown at a time
_CROWDED: Final = 4000  # points in view from which on no pictures are shown
_MARGIN: Final = 0.5  # of the view that is painted beyond it on each side
_CLICK: Final = 4
_LEAST_LABELLED: Final = 3  # faces of a person whose name is written
_MOST_LABELS: Final = 60
_SETTLE_MS: Final = 20
_DRAGGED: Final = Qt.MouseButton.MiddleButton | Qt.MouseButton.RightButton


@dataclass(frozen=True, slots=True)
class Area:
    """Where most faces of somebody with a name are.

    Attributes:
        faces: How many there are on the map.
        corners: (2, 2) float32, the lower and upper corner of what holds the middle four fifths each way.
    """

    person: PersonId
    name: str
    faces: int
    corners: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ShownMap:
    """A map with all that painting it needs.

    Attributes:
        map: The points.
        colours: (n, 3) uint8.
        names: Of people who have one.
        labels: Names with the median of their faces, the most frequent first.
        areas: Of the same people, in the same order.
        dark: Whether the colours are for a dark ground.
    """

    map: FaceMap
    colours: Pixels
    names: Mapping[PersonId, str]
    labels: Sequence[tuple[str, float, float]]
    areas: Sequence[Area]
    dark: bool


@dataclass(frozen=True, slots=True)
class _Picture:
    """The points as they were painted.

    Attributes:
        faces: Rows that are far enough apart to be shown as pictures; none while it is crowded.
    """

    view: View
    image: QImage
    faces: Sequence[int]


def shown_map(faces: FaceMap, names: Mapping[PersonId, str], *, dark: bool) -> ShownMap:
    """Prepare a map for being shown; runs beside the GUI thread."""
    named = np.array(sorted(names), np.int64)
    labels, areas = [], []
    order = np.argsort(faces.persons, kind="stable")
    people, starts, counts = np.unique(faces.persons[order], return_index=True, return_counts=True)
    for place in np.argsort(-counts, kind="stable"):
        name = names.get(PersonId(int(people[place])))
        if name is not None and counts[place] >= _LEAST_LABELLED:
            rows = order[starts[place] : starts[place] + counts[place]]
            x, y = np.median(faces.places[rows], axis=0)
            labels.append((name, float(x), float(y)))
            corners = np.quantile(faces.places[rows], (0.1, 0.9), axis=0).astype(np.float32)
            areas.append(Area(PersonId(int(people[place])), name, int(counts[place]), corners))
    return ShownMap(faces, person_colours(faces.persons, named, dark=dark), names, labels, areas, dark)


class MapCanvas(QWidget):
    """Points of one colour a person, pictures where there is room, a lasso to choose with.

    What is painted is one picture, made beside the GUI thread whenever the view has come to rest; meanwhile the last
    one is moved and stretched.

    Signals:
        chosen_changed: Other faces are chosen.
        opened: Id of the picture of a face that was double-clicked.
        menu_wanted: A context menu, at a global position.
        wanted: Faces that are shown as pictures, the nearest first.
    """

    chosen_changed = Signal()
    opened = Signal(int)
    menu_wanted = Signal(QPoint)
    wanted = Signal(object)

    def __init__(self, thumbnails: Thumbnails, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._thumbnails = thumbnails
        self._background = background
        self._shown: ShownMap | None = None
        self._chosen: npt.NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._x, self._y, self._scale = 0.0, 0.0, 0.0  # no scale: all is seen
        self._picture: _Picture | None = None
        self._asked: Call | None = None
        self._hovered = -1
        self._pressed: QPointF | None = None
        self._lasso: list[QPointF] = []
        self._frame = QSizeF()  # that keys choose in, around the middle; invalid for none
        self._panned: QPointF | None = None
        self._moved = False
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE_MS)
        self._settled.timeout.connect(self._paint_soon)
        self._spots = Spots(self)
        self._spots.pressed.connect(self._press)
        thumbnails.ready.connect(self._repaint)

    @property
    def shown(self) -> ShownMap | None:
        """What is shown."""
        return self._shown

    @property
    def painted(self) -> bool:
        """Whether the points are painted as the view is now."""
        return self._picture is not None and self._asked is None and not self._settled.isActive()

    @property
    def chosen(self) -> list[FaceId]:
        """The faces that are chosen, ascending."""
        if self._shown is None:
            return []
        return [FaceId(face) for face in self._shown.map.faces[self._chosen].tolist()]

    @property
    def chosen_rows(self) -> npt.NDArray[np.int64]:
        """The points that are chosen."""
        return np.flatnonzero(self._chosen)

    @property
    def view(self) -> View:
        """What part of the plane is seen."""
        scale = self._scale or self._fitting()
        return View(self._x, self._y, scale, max(1, self.width()), max(1, self.height()))

    def show_map(self, shown: ShownMap) -> None:
        """Show a map; what was chosen and is still there stays chosen."""
        kept = set(self.chosen)
        if self._shown is None or not np.array_equal(self._shown.map.places, shown.map.places):
            self._picture = None
        self._shown = shown
        self._hovered = -1
        self._chosen = np.isin(shown.map.faces, np.array(sorted(kept), np.int64))
        if set(self.chosen) != kept:
            self.chosen_changed.emit()
        self._change()

    def fit(self) -> None:
        """Show all."""
        self._x, self._y, self._scale = 0.0, 0.0, 0.0
        self._change()

    def zoom_in(self) -> None:
        """Look closer at the middle."""
        self._enlarge(_ZOOM, QRectF(self.rect()).center())

    def zoom_out(self) -> None:
        """See more."""
        self._enlarge(1 / _ZOOM, QRectF(self.rect()).center())

    def choose(self, rows: npt.NDArray[np.int64], *, add: bool = False) -> None:
        """Choose points.

        Args:
            rows: Which.
            add: Whether those chosen before stay chosen.
        """
        if not add:
            self._chosen[:] = False
        self._chosen[rows] = True
        self.chosen_changed.emit()
        self._change()

    def place_of(self, face: FaceId) -> QPoint:
        """Where a face is, in pixels of the canvas."""
        assert self._shown is not None
        row = int(np.searchsorted(self._shown.map.faces, face))
        x, y = self.view.on_screen(self._shown.map.places[row : row + 1])[0]
        return QPoint(round(float(x)), round(float(y)))

    def event(self, event: QEvent) -> bool:
        """Two fingers enlarge."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._enlarge(1.0 + event.value(), event.position())
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the points, then faces, names, the lasso and the face under the pointer."""
        shown = theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(shown.ground))
        if self._shown is not None and self._picture is not None:
            self._paint_points(painter, self._picture)
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            self._paint_faces(painter, self._shown, self._picture.faces)
            if not self._picture.faces:
                self._paint_labels(painter, self._shown, shown)
            self._paint_hovered(painter, self._shown, shown)
        if self._lasso or self._frame.isValid():
            accent = QColor(shown.accent)
            painter.setPen(QPen(accent, 2))
            accent.setAlpha(40)
            painter.setBrush(accent)
            painter.drawPolygon(QPolygonF(self._lasso) if self._lasso else QPolygonF(self._framed()))
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Look closer at what is under the pointer."""
        self._enlarge(_ZOOM ** (event.angleDelta().y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a lasso, or to move the map with another button."""
        self._moved = False
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
        elif event.button() in (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
            self._panned = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw the lasso, move the map, or show the face under the pointer."""
        place = event.position()
        if self._panned is not None and event.buttons() & _DRAGGED:
            moved = place - self._panned
            if self._moved or moved.manhattanLength() > _CLICK:
                self._moved = True
                self._move(-moved.x(), -moved.y())
                self._panned = place
        elif self._pressed is not None:
            if self._lasso or (place - self._pressed).manhattanLength() > _CLICK:
                self._lasso = [*(self._lasso or [self._pressed]), place]
                self.update()
        else:
            self._hover(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose what the lasso holds, or what was clicked."""
        self._panned = None
        self._frame = QSizeF()
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton or self._shown is None:
            return
        lasso, self._lasso, pressed, self._pressed = self._lasso, [], self._pressed, None
        adding = bool(event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier))
        if lasso:
            corners = np.array([(corner.x(), corner.y()) for corner in lasso], np.float32)
            self.choose(inside_lasso(self.view, self._shown.map.places, corners), add=adding)
        else:
            row = self._at(pressed)
            self.choose(np.array([row] if row >= 0 else [], np.int64), add=adding)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Show the photo of a face."""
        row = self._at(event.position())
        if self._shown is not None and row >= 0:
            self.opened.emit(int(self._shown.map.photos[row]))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Ask for a menu, unless the map was moved; the face under the pointer is chosen by then."""
        if self._moved:
            return
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            row = self._at(QPointF(event.pos()))
            if row >= 0 and not self._chosen[row]:
                self.choose(np.array([row], np.int64))
        self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows move, with Shift they choose in a frame; plus and minus enlarge, Escape chooses nothing."""
        step = min(self.width(), self.height()) / 6
        moves = {
            int(Qt.Key.Key_Left): (-step, 0.0),
            int(Qt.Key.Key_Right): (step, 0.0),
            int(Qt.Key.Key_Up): (0.0, -step),
            int(Qt.Key.Key_Down): (0.0, step),
        }
        key, held = event.key(), event.modifiers()
        if key in moves and held & Qt.KeyboardModifier.ShiftModifier:
            self._grow(*moves[key])
        elif key in moves:
            self._move(*moves[key])
        elif key == Qt.Key.Key_A and held & Qt.KeyboardModifier.ControlModifier:
            self._choose_in(QRectF(self.rect()))
        elif key == Qt.Key.Key_Plus:
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_Escape and (self._chosen.any() or self._frame.isValid()):
            self._frame = QSizeF()
            self.choose(np.zeros(0, np.int64))
        else:
            super().keyPressEvent(event)

    def _grow(self, wider: float, taller: float) -> None:
        """Make the frame in the middle wider or taller, or smaller again, and choose what is in it."""
        before = self._frame if self._frame.isValid() else QSizeF(0, 0)
        least = min(self.width(), self.height()) / 6
        width, height = before.width() + wider, before.height() + taller
        self._frame = QSizeF(min(max(width, least), self.width()), min(max(height, least), self.height()))
        self._choose_in(self._framed())

    def _framed(self) -> QRectF:
        """Where the frame is."""
        frame = QRectF(QPointF(0, 0), self._frame)
        frame.moveCenter(QRectF(self.rect()).center())
        return frame

    def _choose_in(self, frame: QRectF) -> None:
        if self._shown is not None:
            edges = (frame.topLeft(), frame.topRight(), frame.bottomRight(), frame.bottomLeft())
            corners = np.array([(corner.x(), corner.y()) for corner in edges], np.float32)
            self.choose(inside_lasso(self.view, self._shown.map.places, corners))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """More or less is seen."""
        self._change()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Nothing is under the pointer."""
        self._hovered = -1
        self.update()

    def _fitting(self) -> float:
        return max(1.0, 0.46 * min(self.width(), self.height()))

    def _enlarge(self, factor: float, around: QPointF) -> None:
        before, least = self.view, self._fitting()
        scale = min(max(before.scale * factor, least), least * _MOST_ZOOM)
        x, y = before.in_plane(around.x(), around.y())
        after = replace(before, scale=scale)
        moved_x, moved_y = after.in_plane(around.x(), around.y())
        self._scale = scale
        self._x, self._y = before.x + x - moved_x, before.y + y - moved_y
        self._change()

    def _move(self, x: float, y: float) -> None:
        view = self.view
        self._scale = view.scale
        self._x = min(max(self._x + x / view.scale, -1.0), 1.0)
        self._y = min(max(self._y + y / view.scale, -1.0), 1.0)
        self._change()

    def _change(self) -> None:
        """Paint anew as soon as nothing has moved for a moment."""
        self._settled.start()
        self.update()

    def _paint_soon(self) -> None:
        if self._shown is None:
            return
        if self._asked is not None:
            self._asked.drop()
        view, colours = self.view, theme.colours()
        wide = replace(view, width=round(view.width * (1 + 2 * _MARGIN)), height=round(view.height * (1 + 2 * _MARGIN)))
        work = partial(
            _paint, view, wide, self._shown, self._chosen.copy(), QColor(colours.ground), QColor(colours.accent)
        )
        self._asked = self._background.read(work, self._come)

    def _come(self, picture: _Picture) -> None:
        self._picture, self._asked = picture, None
        self._want()
        self._place_spots()
        self.update()

    def _place_spots(self) -> None:
        """Tell screen readers whose faces are where, the most frequent people first."""
        if self._shown is None:
            return
        spots = []
        for area in self._shown.areas[:MOST]:
            (left, top), (right, bottom) = self.view.on_screen(area.corners).tolist()
            place = QRectF(QPointF(left, top), QPointF(right, bottom)).normalized().adjusted(-8, -8, 8, 8)
            seen = place.toAlignedRect().intersected(self.rect())
            if seen.isValid():
                count = faces_on_map.tr("%n face(s)", "", area.faces)
                chosen = bool(self._chosen[self._shown.map.persons == area.person].all())
                spots.append(Spot(area.person, f"{area.name}, {count}", seen, chosen))
        self._spots.show(spots)

    def _press(self, person: int) -> None:
        """A screen reader chooses the faces of a person."""
        if self._shown is not None:
            self.choose(np.flatnonzero(self._shown.map.persons == person))

    def _want(self) -> None:
        if self._shown is not None and self._picture is not None:
            rows = [*([self._hovered] if self._hovered >= 0 else []), *self._picture.faces]
            self.wanted.emit([FaceId(int(self._shown.map.faces[row])) for row in rows])

    def _at(self, place: QPointF) -> int:
        if self._shown is None:
            return -1
        pictured = bool(self._picture is not None and self._picture.faces)
        reach = _FACE / 2 if pictured else _REACH
        return nearest(self.view, self._shown.map.places, place.x(), place.y(), reach)

    def _hover(self, place: QPointF) -> None:
        row = self._at(place)
        if row != self._hovered:
            self._hovered = row
            self.setCursor(Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.CrossCursor)
            self._want()
            self.update()

    def _repaint(self) -> None:
        self.update()

    def _paint_points(self, painter: QPainter, picture: _Picture) -> None:
        now, then = self.view, picture.view
        share = now.scale / then.scale
        left = now.width / 2 + (then.x - now.x) * now.scale - then.width / 2 * share
        top = now.height / 2 + (then.y - now.y) * now.scale - then.height / 2 * share
        place = QRectF(left, top, then.width * share, then.height * share)
        painter.drawImage(place, picture.image, QRectF(picture.image.rect()))

    def _paint_faces(self, painter: QPainter, shown: ShownMap, rows: Sequence[int]) -> None:
        if not len(rows):
            return
        accent = QColor(theme.colours().accent)
        for row, (x, y) in zip(rows, self.view.on_screen(shown.map.places[rows]), strict=True):
            picture = self._thumbnails.get(("face", FaceId(int(shown.map.faces[row]))))
            if picture is not None:
                circle = QRectF(float(x) - _FACE / 2, float(y) - _FACE / 2, _FACE, _FACE)
                chosen = bool(self._chosen[row])
                rim = accent if chosen else QColor(*(int(part) for part in shown.colours[row]))
                _paint_round(painter, circle, picture, rim, 4 if chosen else 2)

    def _paint_labels(self, painter: QPainter, shown: ShownMap, colours: theme.Colours) -> None:
        """Names where most of their faces are, as far as they do not cover each other."""
        painter.setFont(theme.sized(self.font(), 0.95, strong=True))
        metrics, view = painter.fontMetrics(), self.view
        taken: list[QRect] = []
        ground = QColor(colours.ground)
        ground.setAlpha(190)
        for name, x, y in shown.labels:
            at_x, at_y = (float(part) for part in view.on_screen(np.array([[x, y]], np.float32))[0])
            size = QSize(metrics.horizontalAdvance(name) + 2 * theme.UNIT, metrics.height() + 4)
            label = QRect(QPoint(round(at_x) - size.width() // 2, round(at_y) - size.height() // 2), size)
            if not self.rect().contains(label) or any(label.intersects(other) for other in taken):
                continue
            taken.append(label)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(label, 4, 4)
            painter.setPen(QColor(colours.text))
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, name)
            if len(taken) == _MOST_LABELS:
                break

    def _paint_hovered(self, painter: QPainter, shown: ShownMap, colours: theme.Colours) -> None:
        """The face under the pointer, large, with the name."""
        if self._hovered < 0 or self._lasso:
            return
        face, person = int(shown.map.faces[self._hovered]), PersonId(int(shown.map.persons[self._hovered]))
        x, y = (float(part) for part in self.view.on_screen(shown.map.places[self._hovered][None])[0])
        side, line = float(_LARGE_FACE), 3.0 * theme.UNIT
        card = QRectF(0, 0, side + 2 * theme.UNIT, side + line + theme.UNIT)
        left = x + 2 * theme.UNIT if x + 2 * theme.UNIT + card.width() < self.width() else x - card.width() - 16
        card.moveTo(left, min(max(0.0, y - card.height() / 2), self.height() - card.height()))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(card, theme.RADIUS, theme.RADIUS)
        place = QRectF(card.left() + theme.UNIT, card.top() + theme.UNIT, side, side)
        picture = self._thumbnails.get(("face", face))
        if self._thumbnails.faceless:
            square = QPainterPath()
            square.addRect(place)
            paint_figure(painter, square, shown.names.get(person))
        elif picture is None:
            painter.fillRect(place, QColor(colours.empty))
        else:
            painter.drawPixmap(place, picture, QRectF(picture.rect()))
        painter.setFont(self.font())
        painter.setPen(QColor(colours.text))
        name = painter.fontMetrics().elidedText(
            shown.names.get(person) or self.tr("Who is this?"), Qt.TextElideMode.ElideRight, round(side)
        )
        painter.drawText(QRectF(place.left(), place.bottom(), side, line), Qt.AlignmentFlag.AlignCenter, name)


def _paint(
    view: View, wide: View, shown: ShownMap, chosen: npt.NDArray[np.bool_], ground: QColor, accent: QColor
) -> _Picture:
    """Paint the points; runs beside the GUI thread."""
    places = shown.map.places
    pixels = painted(
        wide, places, shown.colours, chosen, (ground.red(), ground.green(), ground.blue()),
        (accent.red(), accent.green(), accent.blue()),
    )  # fmt: skip
    image = QImage(pixels.data, wide.width, wide.height, 4 * wide.width, QImage.Format.Format_RGB32).copy()
    on_screen = view.on_screen(places)
    inside = int(np.count_nonzero(((on_screen >= 0) & (on_screen < (view.width, view.height))).all(axis=1)))
    faces = spread_out(view, places, _FACE) if inside <= _CROWDED else np.zeros(0, np.int64)
    return _Picture(wide, image, [int(row) for row in faces] if len(faces) <= _MOST_FACES else [])


def _paint_round(painter: QPainter, circle: QRectF, picture: QPixmap, rim: QColor, width: int) -> None:
    path = QPainterPath()
    path.addEllipse(circle)
    painter.setClipPath(path)
    painter.drawPixmap(circle, picture, QRectF(picture.rect()))
    painter.setClipping(False)
    painter.setPen(QPen(rim, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(circle)
