"""Photos large enough to fill a screen, decoded beside the GUI thread; the next ones before they are asked for."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import sqrt
from typing import Final

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.ids import ContentId
from faceorganizer.gui.background import Background, Call
from faceorganizer.library import Library

LONG_SIDE: Final = 2048  # of what is decoded to fill a screen
MOST_PIXELS: Final = 50_000_000  # of what is decoded to be looked at closely
KEPT_BYTES: Final = 96_000_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A photo to be shown.

    Attributes:
        image: In the format that is painted fastest; None when the photo cannot be read now.
        full: Size of the full upright photo.
    """

    photo: ContentId
    image: QImage | None
    full: QSize


class Pictures(QObject):
    """Decodes photos: the one that is looked at at once, its neighbours one by one when nothing else is to do.

    Signals:
        come: A :class:`Decoded` that was wanted.
        sharper: A :class:`Decoded` in (nearly) all its pixels.
    """

    come = Signal(object)
    sharper = Signal(object)

    def __init__(self, library: Library, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._kept: OrderedDict[ContentId, Decoded] = OrderedDict()
        self._busy: set[ContentId] = set()
        self._line: list[ContentId] = []
        self._wanted: ContentId | None = None
        self._close_look: Call | None = None

    def want(self, photo: ContentId, neighbours: Sequence[ContentId] = ()) -> None:
        """Get a photo, then those that may be wanted next; what was wanted before is forgotten."""
        self._wanted = photo
        if self._close_look is not None:
            self._close_look.drop()
        if photo in self._kept:
            self._kept.move_to_end(photo)
            self.come.emit(self._kept[photo])
        self._line = [other for other in (photo, *neighbours) if other not in self._kept]
        self._begin()

    def sharpen(self, photo: ContentId, full: QSize) -> None:
        """Get a photo in all its pixels, or as many as there is room for."""
        self._close_look = self._background.read(
            partial(_decode, self._library, photo, most_long_side(full)), self._sharp_come
        )

    def _begin(self) -> None:
        while self._line and (not self._busy or self._line[0] == self._wanted):
            photo = self._line.pop(0)
            if photo not in self._busy:
                self._busy.add(photo)
                self._background.read(partial(_decode, self._library, photo, LONG_SIDE), self._decoded)

    def _decoded(self, decoded: Decoded) -> None:
        self._busy.discard(decoded.photo)
        if decoded.image is not None:
            self._keep(decoded)
        if decoded.photo == self._wanted:
            self.come.emit(decoded)
        self._begin()

    def _keep(self, decoded: Decoded) -> None:
        self._kept[decoded.photo] = decoded
        while sum(_bytes(kept) for kept in self._kept.values()) > KEPT_BYTES and len(self._kept) > 1:
            self._kept.popitem(last=False)

    def _sharp_come(self, decoded: Decoded) -> None:
        if decoded.photo == self._wanted and decoded.image is not None:
            self.sharper.emit(decoded)


def most_long_side(full: QSize) -> int:
    """Long side of the largest picture that is decoded of a photo, in pixels."""
    share = min(1.0, sqrt(MOST_PIXELS / max(1, full.width() * full.height())))
    return int(max(full.width(), full.height()) * share)


def _bytes(decoded: Decoded) -> int:
    return decoded.image.sizeInBytes() if decoded.image is not None else 0


def _decode(library: Library, photo: ContentId, long_side: int) -> Decoded:
    """Runs beside the GUI thread."""
    try:
        picture = library.thumbnails.picture(photo, long_side)
    except FaceOrganizerError:  # it has left the library meanwhile
        picture = None
    if picture is None:
        return Decoded(photo, None, QSize())
    height, width = picture.pixels.shape[:2]
    image = QImage(picture.pixels.data, width, height, picture.pixels.strides[0], QImage.Format.Format_RGB888)
    # The array does not outlive the call; the conversion copies it.
    full = QSize(picture.full_width, picture.full_height)
    return Decoded(photo, image.convertToFormat(QImage.Format.Format_RGB32), full)
