"""Small pictures of photos and faces for whoever shows them: from the cache, or made anew from the original."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import StorageError, UnreadablePhotoError
from faceorganizer.domain.faces import StoredFace
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.ids import ContentId, FaceId
from faceorganizer.domain.pictures import Picture
from faceorganizer.services.originals import Original, original_of
from faceorganizer.services.settings import SettingsService
from faceorganizer.services.thumbnails import MEGABYTE, ThumbnailCache


class PreviewService:
    """Small pictures, as JPEG files in memory, upright."""

    def __init__(self, database: Database, settings: SettingsService) -> None:
        self._database = database
        self._settings = settings
        self._cache = ThumbnailCache(database.folder / "cache")

    def kept_bytes(self) -> int:
        """Room that small pictures take."""
        return self._cache.size()

    def empty(self) -> int:
        """Delete all small pictures; they are made anew when they are shown. Returns how many there were.

        Raises:
            StorageError: One cannot be deleted.
        """
        return self._cache.forget(None)

    def photo(self, photo: ContentId) -> bytes | None:
        """A photo's thumbnail, 512 pixels along its long side or what the photo has.

        Returns:
            None when it has to be made, and no file holds the photo as it was scanned, or none can be read.

        Raises:
            UnknownIdError: The library has no such photo.
        """
        with self._database.read() as unit:
            original = original_of(unit, photo)
        path = self._cache.photo(original.identity.content_hash, original.identity.orientation)
        return self._cache.read(path) or self._made(original, ()).get(path)

    def face(self, face: FaceId) -> bytes | None:
        """A face with a margin, 256 x 256 pixels; what lies outside the photo is grey.

        When it has to be made, so are those of the other faces in the photo, by the same decoding.

        Returns:
            None when it has to be made, and no file holds the photo as it was scanned, or none can be read; and where
            no pictures of faces are kept, as a setting of the library says.

        Raises:
            UnknownIdError: The library has no such face.
        """
        with self._database.read() as unit:
            photo = unit.faces.content_of(face)
            faces = unit.faces.of_contents([photo])[photo]
            original = original_of(unit, photo)
        if not self.keeps_faces():
            return None
        places = {stored.id: self._place(original, stored) for stored in faces}
        kept = self._cache.read(places[face])
        made = kept or self._made(original, [stored for stored in faces if stored.id == face], faces).get(places[face])
        if self.keeps_faces():
            return made
        with suppress(StorageError):  # whoever turned it off was told
            self._cache.forget_faces()
        return None

    def keeps_faces(self) -> bool:
        """Whether pictures of faces are kept and shown in this library."""
        return self._settings.library().privacy.face_pictures

    def picture(self, photo: ContentId, long_side: int) -> Picture | None:
        """A photo upright, decoded anew, at least so large along its long side or as large as it is.

        Args:
            photo: The photo.
            long_side: In pixels.

        Returns:
            None when no file holds the photo as it was scanned, or none can be read.

        Raises:
            UnknownIdError: The library has no such photo.
        """
        with self._database.read() as unit:
            original = original_of(unit, photo)
        return _decoded(original, long_side, self._settings.application().scan.max_megapixels)

    def _place(self, original: Original, face: StoredFace) -> Path:
        return self._cache.face(original.identity.content_hash, original.identity.orientation, face.box)

    def _made(
        self, original: Original, wanted: Sequence[StoredFace], others: Sequence[StoredFace] = ()
    ) -> dict[Path, bytes]:
        """Make the thumbnail and pictures of faces; of others, too, if they are kept and not there yet."""
        settings = self._settings.application()
        limit = settings.cache.megabytes * MEGABYTE
        lost = [
            face
            for face in others
            if limit and face not in wanted and not face.forgotten and not self._place(original, face).exists()
        ]
        boxes = np.array([face.box for face in (*wanted, *lost)], np.float32).reshape(-1, 4)
        picture = _decoded(original, _long_side(original, boxes), settings.scan.max_megapixels)
        if picture is None:
            return {}
        made = self._cache.make(picture, original.identity.content_hash, original.identity.orientation, boxes)
        if limit:
            with suppress(StorageError):  # it only costs the time of making it again
                unkept = {self._place(original, face) for face in wanted if face.forgotten}
                kept = {path: picture for path, picture in made.items() if path not in unkept}
                self._cache.grown(self._cache.write(kept), limit)
        return made


def _long_side(original: Original, boxes: FloatArray) -> int:
    """How large the original has to be for pictures of these faces."""
    # Only here: OpenCV takes a while to load, and most commands need nothing of it.
    from faceorganizer.imaging.thumbnails import face_long_side

    return face_long_side(max(original.identity.width, original.identity.height), boxes)


def _decoded(original: Original, long_side: int, max_megapixels: float) -> Picture | None:
    """The original, at least so large along its long side; None when no file of it can be read."""
    # Only here: decoders take a while to load, and most commands need none of them.
    from faceorganizer.imaging.decode import decode

    for path in original.readable():
        with suppress(UnreadablePhotoError):
            return decode(path, long_side=long_side, max_megapixels=max_megapixels)
    return None
