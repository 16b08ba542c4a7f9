"""Writing packets into photos: in a process of its own, so that no odd file can do harm, and never unchecked."""

import os
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from faceorganizer.domain.errors import UnreadablePhotoError, UnwritableFileError
from faceorganizer.domain.pictures import PictureIdentity
from faceorganizer.imaging.files import os_reason
from faceorganizer.imaging.packet import read_packet
from faceorganizer.metadata.writing import digest

UNLIMITED = float("inf")
WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class EmbedTask:
    """Write a packet into a photo.

    Attributes:
        number: Of the caller's.
        path: The photo; not a link.
        packet: The whole packet; None to remove the one that is there.
        size: Bytes of the photo, as it was scanned.
        mtime_ns: When it was modified, as it was scanned.
        keep_times: Whether it keeps that time.
    """

    number: int
    path: Path
    packet: bytes | None
    size: int
    mtime_ns: int
    keep_times: bool


@dataclass(frozen=True, slots=True)
class Embedded:
    """How a photo looks that was written into."""

    size: int
    mtime_ns: int
    file_hash: bytes


def embedding_worker() -> Callable[[EmbedTask], Embedded]:
    """Make the handler of the process."""
    return embed


def embed(task: EmbedTask) -> Embedded:
    """Write a packet into a copy of a photo, check the copy, and let it take the photo's place.

    Checked are the hash of the encoded picture, its size and orientation, when and where it was taken, and the packet.

    Raises:
        UnwritableFileError: It is not as it was scanned, cannot be written to, or the copy did not pass; the photo is
            as it was.
    """
    # Only there: these libraries take a while to load, and no other process needs them.
    from faceorganizer.imaging.identify import identify
    from faceorganizer.metadata.placing import PlacingError, successor, write_into

    path = task.path
    try:
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) != (task.size, task.mtime_ns):
            raise UnwritableFileError(path, "it is not as it was scanned; scan its folder first")
        if not status.st_mode & WRITABLE:  # whoever made it so does not want it changed
            raise UnwritableFileError(path, "it is read-only")
        before = identify(path, max_megapixels=UNLIMITED)
        with successor(path) as copy:
            shutil.copyfile(path, copy)
            write_into(copy, task.packet, before.format)
            after = identify(copy, max_megapixels=UNLIMITED)
            if not _is_same_picture(before, after) or digest(read_packet(copy)) != digest(task.packet):
                raise UnwritableFileError(path, "its format would have changed more than the metadata")
            shutil.copystat(path, copy)
            if not task.keep_times:
                os.utime(copy)
            with suppress(OSError, AttributeError):  # not the owner, or a system without owners
                os.chown(copy, status.st_uid, status.st_gid)
            if path.stat().st_mtime_ns != task.mtime_ns:
                raise UnwritableFileError(path, "another program was writing to it")
        status = path.stat()
    except PlacingError as error:
        raise UnwritableFileError(path, str(error)) from error
    except UnreadablePhotoError as error:
        raise UnwritableFileError(path, error.reason) from error
    except OSError as error:
        raise UnwritableFileError(path, os_reason(error)) from error
    return Embedded(status.st_size, status.st_mtime_ns, after.file_hash)


def _is_same_picture(before: PictureIdentity, after: PictureIdentity) -> bool:
    first, second = (
        (each.content_hash, each.format, each.width, each.height, each.orientation, each.capture)
        for each in (before, after)
    )
    return first == second
