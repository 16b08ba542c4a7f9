"""Open a picture file, and nothing that only looks like one."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

from faceorganizer.domain.errors import UnreadablePhotoError

_REASONS: Final = {
    errno.ENOENT: "it is no longer there",
    errno.ENOTDIR: "it is no longer there",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EISDIR: "it is a folder, not a file",
    errno.ELOOP: "it is a link that leads round in a circle",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EIO: "the disk reports an error",
    errno.ESTALE: "the drive it is on is gone",
    errno.ENXIO: "it is not a regular file",
    errno.ENODEV: "it is not a regular file",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
}


def open_photo(path: Path) -> BinaryIO:
    """Open a regular, non-empty file for reading.

    Raises:
        UnreadablePhotoError: It is missing, empty, not permitted, or a folder, pipe, socket or device.
    """
    try:
        _require_regular(path, path.stat())  # before opening: opening a device may already do something
        # Without blocking, should a pipe have taken the file's place since.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        file = os.fdopen(os.open(path, flags), "rb")
    except OSError as error:
        raise UnreadablePhotoError(path, os_reason(error)) from error
    except ValueError as error:  # a NUL in the name
        raise UnreadablePhotoError(path, "its name is not valid") from error
    try:
        _require_regular(path, os.fstat(file.fileno()))
    except BaseException:
        file.close()
        raise
    return file


def os_reason(error: OSError) -> str:
    """Say in plain words why the system refuses a file."""
    return _REASONS.get(error.errno or 0) or (error.strerror or str(error) or "the system refuses it").lower()


def _require_regular(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnreadablePhotoError(path, "it is a folder, not a file")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadablePhotoError(path, "it is not a regular file")
    if status.st_size == 0:
        raise UnreadablePhotoError(path, "the file is empty")
