"""Where small pictures of photos and faces are kept, and how many of them.

A picture is filed under the hash of the photo's encoded picture and its orientation, that of a face under its box,
too: a file never shows anything else than its name says. All of it can be deleted at any time.
"""

import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from faceorganizer.domain.errors import StorageError
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.pictures import Picture

MEGABYTE: Final = 1_000_000
_DIGEST: Final = 16  # bytes after the end of the JPEG data, where no viewer looks
_ABANDONED: Final = 3600.0  # seconds after which a file that was never finished is a killed program's
_SLACK: Final = 10  # the limit may be exceeded by a tenth between two prunings

Box = Sequence[float]


class ThumbnailCache:
    """Files of small pictures in a folder, which need not exist. Any number of processes may use it at a time.

    Args:
        folder: Such as the library's ``cache``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._parts = (folder / "photos", folder / "faces")
        self._added = 0

    def photo(self, content_hash: bytes, orientation: int) -> Path:
        """Where a photo's thumbnail belongs."""
        name = content_hash.hex()
        return self._parts[0] / name[:2] / f"{name}-{orientation}.jpg"

    def face(self, content_hash: bytes, orientation: int, box: Box) -> Path:
        """Where the picture of a face belongs.

        Args:
            content_hash: Of the photo's picture.
            orientation: EXIF orientation that the box is upright under.
            box: x, y, width, height in full-resolution pixels; the nearest whole ones count.
        """
        name, place = content_hash.hex(), "_".join(str(round(float(length))) for length in box)
        return self._parts[1] / name[:2] / f"{name}-{orientation}-{place}.jpg"

    def read(self, path: Path) -> bytes | None:
        """The JPEG file that was written, which counts as used now; None when it is not there or damaged."""
        try:
            content = path.read_bytes()
        except OSError:
            return None
        picture, digest = content[:-_DIGEST], content[-_DIGEST:]
        if _digest(picture) != digest:
            return None
        with suppress(OSError):  # a cache that cannot be written to is still good to read
            os.utime(path)
        return picture

    def make(self, picture: Picture, content_hash: bytes, orientation: int, boxes: FloatArray) -> dict[Path, bytes]:
        """Make the thumbnail of a photo and the pictures of its faces, and say where each belongs.

        Args:
            picture: Upright pixels.
            content_hash: Of the photo's picture.
            orientation: EXIF orientation that it is upright under.
            boxes: (n, 4) faces in full-resolution pixels.
        """
        # Only here: OpenCV takes a while to load, and most commands need nothing of it.
        from faceorganizer.imaging.thumbnails import face_picture, photo_thumbnail

        made = {self.photo(content_hash, orientation): photo_thumbnail(picture)}
        for box in boxes:
            made[self.face(content_hash, orientation, box.tolist())] = face_picture(picture, box)
        return made

    def write(self, pictures: Mapping[Path, bytes]) -> int:
        """Keep pictures, each whole or not at all, in the place of former ones; returns the bytes they take.

        Raises:
            StorageError: The disk is full, read-only or failing.
        """
        try:
            for path, picture in pictures.items():
                _write_whole(path, picture + _digest(picture))
        except OSError as error:
            raise _storage_error(self.folder, error) from error
        return sum(len(picture) + _DIGEST for picture in pictures.values())

    def grown(self, size: int, limit: int) -> None:
        """Take note of bytes that were written, here or by another process; prune when there are many.

        Raises:
            StorageError: Something cannot be deleted.
        """
        self._added += size
        if self._added > limit // _SLACK:
            self.prune(limit)

    def size(self) -> int:
        """Bytes of all pictures that are kept."""
        return sum(size for _, size, _ in self._files())

    def prune(self, limit: int) -> int:
        """Delete the pictures that were not used for longest until the others take no more than ``limit`` bytes.

        Returns:
            Bytes that are left.

        Raises:
            StorageError: Something cannot be deleted.
        """
        self._added = 0
        try:
            return self._prune(limit)
        except OSError as error:
            raise _storage_error(self.folder, error) from error

    def forget(self, photos: Collection[bytes] | None) -> int:
        """Delete the thumbnails of photos and the pictures of all faces in them.

        Args:
            photos: Content hashes; all there are when None.

        Returns:
            Number of pictures deleted.

        Raises:
            StorageError: Something cannot be deleted.
        """
        return self._deleted(self._of(photos))

    def forget_faces(self) -> int:
        """Delete the pictures of all faces; thumbnails of photos stay.

        Returns:
            Number of pictures deleted.

        Raises:
            StorageError: Something cannot be deleted.
        """
        return self._deleted(entry for shard in _entries(self._parts[1]) for entry in _entries(shard))

    def _deleted(self, pictures: Iterable[os.DirEntry[str]]) -> int:
        count = 0
        try:
            for entry in pictures:
                with suppress(FileNotFoundError):
                    os.unlink(entry.path)  # noqa: PTH108 - as below
                    count += 1
        except OSError as error:
            raise _storage_error(self.folder, error) from error
        return count

    def _of(self, photos: Collection[bytes] | None) -> Iterator[os.DirEntry[str]]:
        """What is kept of photos, and whatever was never finished."""
        names = None if photos is None else {photo.hex() for photo in photos}
        shards = None if names is None else {name[:2] for name in names}
        for folder in (shard for part in self._parts for shard in _entries(part)):
            if shards is None or folder.name in shards:
                for entry in _entries(folder.path):
                    if names is None or entry.name.startswith(".") or entry.name.partition("-")[0] in names:
                        yield entry

    def _prune(self, limit: int) -> int:
        files = list(self._files())
        left = sum(size for _, size, _ in files)
        if left <= limit:
            return left
        files.sort()
        for _, size, path in files:
            with suppress(FileNotFoundError):
                os.unlink(path)  # noqa: PTH108 - a Path for each of 200,000 files takes longer than deleting it
            left -= size
            if left <= limit:
                break
        return left

    def _files(self) -> Iterator[tuple[int, int, str]]:
        """Time of last use in nanoseconds, size and path of each picture; what killed programs left is deleted."""
        abandoned = time.time() - _ABANDONED
        for folder in (shard for part in self._parts for shard in _entries(part)):
            for entry in _entries(folder.path):
                try:
                    status = entry.stat(follow_symlinks=False)
                    if entry.name.startswith(".") and status.st_mtime < abandoned:
                        os.unlink(entry.path)  # noqa: PTH108 - as above
                    elif stat.S_ISREG(status.st_mode):
                        yield status.st_mtime_ns, status.st_size, entry.path
                except FileNotFoundError:  # another process finished or deleted it
                    continue


def _write_whole(path: Path, content: bytes) -> None:
    _make_private(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _make_private(folder: Path) -> None:
    """Make a folder with those above it, each for its owner alone: mkdir's mode is for the last one only."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileNotFoundError:
        _make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _entries(folder: str | os.PathLike[str]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _digest(picture: bytes) -> bytes:
    return hashlib.blake2b(picture, digest_size=_DIGEST).digest()


def _storage_error(folder: Path, error: OSError) -> StorageError:
    reason = (error.strerror or str(error)).lower()
    return StorageError(f"Thumbnails cannot be kept in {folder}: {reason}.", "Make room there, or allow writing.")
