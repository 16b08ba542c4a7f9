"""Small pictures for whoever paints: visible ones first, made beside the GUI thread, kept within bounds."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from PySide6.QtCore import QByteArray, QDataStream, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPixmap

from faceorganizer.domain.errors import FaceOrganizerError

Key = tuple[str, int]  # what is shown ("face" or "photo"), and its id

TELL_MS: Final = 50
MEGABYTE: Final = 1_000_000


class Thumbnails(QObject):
    """Gives pictures by key, or fetches them and says when they are there.

    The newest wishes are fulfilled first, and wishes of what was scrolled away are forgotten (:meth:`want`).

    Args:
        sources: What reads the JPEG file of an id, by kind; called on threads, None where there is no picture.
        threads: That read and decode.
        megabytes: Of pictures kept.

    Attributes:
        faceless: Whether no pictures of faces are kept, so that none will ever come.

    Signals:
        ready: A set of keys whose pictures have come, or are gone.
        returning: Pictures of faces are kept again: whoever shows some has to want them.
    """

    ready = Signal(object)
    returning = Signal()
    _stirred = Signal()

    def __init__(
        self,
        sources: Mapping[str, Callable[[Any], bytes | None]],
        *,
        threads: int = 2,
        megabytes: int = 96,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sources = sources
        self._limit = megabytes * MEGABYTE
        self.faceless = False
        self._kept: OrderedDict[Key, QPixmap | None] = OrderedDict()
        self._bytes = 0
        self._wanted: list[Key] = []  # what was asked for last and is not there; the next one last
        self._busy: set[Key] = set()
        self._come: list[tuple[Key, QImage | None]] = []
        self._turn = threading.Condition()
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TELL_MS)
        self._timer.timeout.connect(self._tell)
        self._stirred.connect(self._wait, Qt.ConnectionType.QueuedConnection)
        self._threads = [
            threading.Thread(target=self._serve, name=f"thumbnails-{n}", daemon=True) for n in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def busy(self) -> bool:
        """Whether pictures that are wanted are still to come."""
        with self._turn:
            return bool(self._wanted or self._busy or self._come)

    def get(self, key: Key) -> QPixmap | None:
        """The picture, if it is there; never waits."""
        picture = self._kept.get(key)
        if picture is not None:
            self._kept.move_to_end(key)
        return picture

    def want(self, keys: Iterable[Key]) -> None:
        """Fetch these pictures, the first ones first, and none that were asked for before and are not among them."""
        missing = [key for key in keys if key not in self._kept and not self._refused(key)]
        with self._turn:
            self._wanted = [key for key in reversed(missing) if key not in self._busy]
            self._turn.notify_all()

    def keep_faces(self, kept: bool) -> None:
        """Keep and show pictures of faces, or let go of those there are."""
        if kept is not self.faceless:
            return
        self.faceless = not kept
        gone = {key for key in self._kept if key[0] == "face"}
        for key in gone:
            self._drop(key)
        self.ready.emit(gone)
        if kept:
            self.returning.emit()

    def close(self) -> None:
        """End the threads; what they are at is finished first."""
        with self._turn:
            self._closed = True
            self._wanted.clear()
            self._turn.notify_all()
        for thread in self._threads:
            thread.join()
        self._timer.stop()

    def _serve(self) -> None:
        while True:
            with self._turn:
                while not self._wanted and not self._closed:
                    self._turn.wait()
                if self._closed:
                    return
                key = self._wanted.pop()
                self._busy.add(key)
            image = self._fetched(key)
            with self._turn:
                self._busy.discard(key)
                self._come.append((key, image))
                closed = self._closed
            if not closed:
                self._stirred.emit()

    def _fetched(self, key: Key) -> QImage | None:
        kind, number = key
        try:
            content = self._sources[kind](number)
        except FaceOrganizerError:  # gone meanwhile, or the disk fails: a placeholder stays
            return None
        return decoded(content) if content else None

    @Slot()
    def _wait(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _tell(self) -> None:
        with self._turn:
            come, self._come = self._come, []
        come = [(key, image) for key, image in come if not self._refused(key)]
        for key, image in come:
            self._drop(key)
            self._kept[key] = None if image is None else QPixmap.fromImage(image)
            self._bytes += _size(self._kept[key])
        while self._bytes > self._limit and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))
        if come:
            self.ready.emit({key for key, _ in come})

    def _refused(self, key: Key) -> bool:
        return self.faceless and key[0] == "face"

    def _drop(self, key: Key) -> None:
        self._bytes -= _size(self._kept.pop(key, None))


def decoded(content: bytes) -> QImage | None:
    """Decode a picture on any thread; None where it is broken.

    QImage.fromData would keep Python's lock, and with it the GUI thread, meanwhile. A QBuffer of Python's is worse:
    Qt reads it under a lock of its own, and it waits for Python's then, whose holder may wait for Qt's to draw an icon.
    The buffer that a QDataStream makes knows nothing of Python.
    """
    stream = QDataStream(QByteArray(content))
    image = QImageReader(stream.device()).read()
    return None if image.isNull() else image


def _size(picture: QPixmap | None) -> int:
    return 0 if picture is None else picture.width() * picture.height() * 4
