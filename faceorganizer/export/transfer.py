"""Getting one file to its place: whole or not at all, verified, and never over a file of somebody else."""

import ctypes
import errno
import hashlib
import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from faceorganizer.domain.errors import FaceOrganizerError, StorageError, UnreadablePhotoError

PART: Final = ".faceorganizer-"  # how files begin that are not finished
_BLOCK: Final = 1 << 20
_DIGEST_SIZE: Final = 32  # BLAKE2b-256, as the library knows files by
_FICLONE: Final = 0x40049409  # linux/fs.h; the same on all architectures Python wheels exist for
# What ends an export: the next file would fare no better.
_FATAL: Final = {
    errno.ENOSPC: ("the disk is full", "Make room there, then export again: what is there stays."),
    errno.EDQUOT: ("your share of the disk is used up", "Make room there, then export again: what is there stays."),
    errno.EROFS: ("the disk may only be read", "Choose another place."),
    errno.EACCES: ("you may not write there", "Choose another place, or change who may write there."),
    errno.EPERM: ("you may not write there", "Choose another place, or change who may write there."),
    errno.EIO: ("the disk is failing", "Choose another disk."),
    errno.ENODEV: ("the disk is gone", "Connect it again, then export again: what is there stays."),
    errno.ENXIO: ("the disk is gone", "Connect it again, then export again: what is there stays."),
    errno.ENOTCONN: ("the disk is gone", "Connect it again, then export again: what is there stays."),
    errno.ESTALE: ("the disk is gone", "Connect it again, then export again: what is there stays."),
}
_OF_ONE_FILE: Final = {
    errno.ENAMETOOLONG: "its path would be too long there",
    errno.EINVAL: "the disk does not take its name",
    errno.EILSEQ: "the disk does not take its name",
    errno.EFBIG: "it is larger than a file may be there",
    errno.ENOTDIR: "a file is where its folder should be",
    errno.EEXIST: "a file is where its folder should be",
    errno.EISDIR: "a folder is where it should be",
}
_NO_LINKS: Final = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.ENOTTY, errno.EINVAL, errno.EXDEV}


class UnwritableError(FaceOrganizerError):
    """One file cannot be written at the destination; others may.

    Args:
        path: The file.
        reason: Plain words that finish the sentence "This file is not exported: ...".
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} is not exported: {reason}.")
        self.path = path
        self.reason = reason


class TakenError(UnwritableError):
    """Somebody else's file is in the place of one that was to be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "another file has that name")


class LinkError(StorageError):
    """The way that was chosen is not possible there."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written.

    Attributes:
        digest: BLAKE2b-256 of its bytes, hexadecimal.
        there: Whether it was there already with the same bytes.
    """

    digest: str
    size: int
    mtime_ns: int
    there: bool = False


def file_digest(path: Path, check: Callable[[], None] = lambda: None) -> str:
    """BLAKE2b-256 of a file's bytes, hexadecimal.

    Args:
        path: The file.
        check: Called between blocks; may raise to stop.

    Raises:
        OSError: It cannot be read.
    """
    digest = hashlib.blake2b(digest_size=_DIGEST_SIZE)
    with path.open("rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            check()
    return digest.hexdigest()


def copy_file(source: Path, target: Path, *, replace: bool, expected: str | None, check: Callable[[], None]) -> Written:
    """Copy a file with its times, read the copy back, and compare.

    Args:
        source: The original.
        target: Where it goes; its folder is there.
        replace: Whether a file that is there is replaced.
        expected: Digest that the original has to have; None for any.
        check: Called between blocks; may raise to stop.

    Raises:
        UnreadablePhotoError: The original cannot be read, or is not what was expected.
        TakenError: A file with other bytes is there, and is not to be replaced.
        UnwritableError: The disk does not take this file.
        StorageError: The disk is full, read-only or failing.
    """
    with _arriving(target, replace) as part, reading(source) as original:
        with _created(part) as copy:
            digest = _copied(original, source, copy, check)
            if expected is not None and digest != expected:
                raise UnreadablePhotoError(
                    source, "it has other bytes than when it was scanned: its drive may be failing"
                )
            _settle(copy)
        status = os.fstat(original.fileno())
        if file_digest(part, check) != digest:
            raise StorageError(f"{target} reads back otherwise than it was written.", "Its drive may be failing.")
        os.utime(part, ns=(status.st_atime_ns, status.st_mtime_ns))
        there = _place(part, target, replace, digest, check)
    return _written(target, digest, there)


def clone_file(source: Path, target: Path, *, replace: bool, check: Callable[[], None]) -> Written:
    """Make a file that shares its blocks with the original until one of them is changed (a reflink).

    Raises:
        LinkError: The file system cannot, or the original is on another one.
        UnreadablePhotoError: The original cannot be read.
        TakenError: A file with other bytes is there, and is not to be replaced.
        StorageError: The disk is full, read-only or failing.
    """
    with _arriving(target, replace) as part, reading(source) as original:
        status = os.fstat(original.fileno())
        try:
            _clone(original, source, part)
        except OSError as error:
            if error.errno in _NO_LINKS:
                raise LinkError(
                    f"{target.parent} cannot hold reflinks to {source.parent}: that takes one file system that can, "
                    "such as Btrfs, XFS or APFS.",
                    "Choose copies.",
                ) from error
            raise
        digest = file_digest(part, check)
        os.utime(part, ns=(status.st_atime_ns, status.st_mtime_ns))
        there = _place(part, target, replace, digest, check)
    return _written(target, digest, there)


def link_file(
    source: Path, target: Path, *, symbolic: bool, replace: bool, digest: str, check: Callable[[], None]
) -> Written:
    """Make a hard or symbolic link.

    Args:
        source: The original.
        target: Where the link goes; its folder is there.
        symbolic: Which of the two.
        replace: Whether a file that is there is replaced.
        digest: Of the original, where it is known: nothing is read for a link.
        check: Called now and then; may raise to stop.

    Raises:
        LinkError: The file system has no such links, or the original is on another one.
        UnreadablePhotoError: The original cannot be read.
        TakenError: Another file is there, and is not to be replaced.
        StorageError: The disk is full, read-only or failing.
    """
    with reading(source):
        pass
    with _arriving(target, replace) as part:
        try:
            if symbolic:
                part.symlink_to(source)
            else:
                part.hardlink_to(os.path.realpath(source))
        except OSError as error:
            # Windows asks for a privilege to make symbolic links: 1314.
            if error.errno in _NO_LINKS or getattr(error, "winerror", None) == 1314:
                raise LinkError(
                    f"{target.parent} cannot hold {'symbolic' if symbolic else 'hard'} links to {source.parent}: "
                    + ("the system does not allow it." if symbolic else "they are not on one file system that can."),
                    "Choose copies.",
                ) from error
            raise
        there = _place(part, target, replace, None, check)
    return _written(target, "" if symbolic else digest, there)


def put_file(content: bytes, target: Path, *, replace: bool, check: Callable[[], None]) -> Written:
    """Write bytes into a file.

    Raises:
        TakenError: A file with other bytes is there, and is not to be replaced.
        UnwritableError: The disk does not take this file.
        StorageError: The disk is full, read-only or failing.
    """
    digest = hashlib.blake2b(content, digest_size=_DIGEST_SIZE).hexdigest()
    with _arriving(target, replace) as part:
        with _created(part) as file:
            file.write(content)
            _settle(file)
        there = _place(part, target, replace, digest, check)
    return _written(target, digest, there)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are not there.

    Raises:
        UnwritableError: A file is in its place, or the disk does not take its name.
        StorageError: The disk is full, read-only or failing.
    """
    with _storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)


def sweep(folder: Path, older_than: float) -> None:
    """Delete what a killed export left unfinished in a folder, if it is older than some seconds since 1970."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.startswith(PART) and entry.name.endswith(".part"):
                with suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_mtime < older_than:
                        os.unlink(entry.path)  # noqa: PTH108 - of a folder that may be very large


def storage_error(error: OSError, path: Path) -> FaceOrganizerError:
    """What a failure at the destination means."""
    if error.errno in _OF_ONE_FILE:
        return UnwritableError(path, _OF_ONE_FILE[error.errno])
    reason, advice = _FATAL.get(error.errno or 0, ((error.strerror or str(error)).lower(), "Choose another place."))
    return StorageError(f"{path} could not be written: {reason}.", advice)


@contextmanager
def _storage_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise storage_error(error, path) from error


@contextmanager
def _arriving(target: Path, replace: bool) -> Iterator[Path]:
    """A path beside a file's own at which it is made; nothing of it stays when the block raises."""
    part = target.with_name(f"{PART}{secrets.token_hex(8)}.part")
    with _storage_errors(target):
        try:
            yield part
        finally:
            with suppress(FileNotFoundError):
                part.unlink()


@contextmanager
def reading(source: Path) -> Iterator[BinaryIO]:
    """An original, unbuffered.

    Raises:
        UnreadablePhotoError: It is not there, is no file, or may not be read.
    """
    try:
        file = source.open("rb", buffering=0)
    except (OSError, ValueError) as error:
        raise UnreadablePhotoError(source, _unreadable(error)) from error
    with file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise UnreadablePhotoError(source, "it is no file")
        yield file


def _unreadable(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "it is not there any more"
    return (getattr(error, "strerror", None) or str(error)).lower()


@contextmanager
def _created(path: Path) -> Iterator[BinaryIO]:
    with path.open("xb", buffering=0) as file:
        yield file


def _copied(original: BinaryIO, source: Path, copy: BinaryIO, check: Callable[[], None]) -> str:
    digest = hashlib.blake2b(digest_size=_DIGEST_SIZE)
    while True:
        try:
            block = original.read(_BLOCK)
        except OSError as error:
            raise UnreadablePhotoError(source, _unreadable(error)) from error
        if not block:
            return digest.hexdigest()
        digest.update(block)
        write_all(copy, block)
        check()


def write_all(file: BinaryIO, block: bytes) -> None:
    """Write a block to an unbuffered file, which may take it in pieces."""
    view = memoryview(block)
    while view:
        view = view[file.write(view) :]


def _settle(file: BinaryIO) -> None:
    """Get a file onto the disk, so that reading it back says something of the disk."""
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _clone(original: BinaryIO, source: Path, part: Path) -> None:
    if sys.platform == "darwin":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.clonefile(os.fsencode(source), os.fsencode(part), 0):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(part))
    elif sys.platform == "linux":
        import fcntl

        with _created(part) as file:
            fcntl.ioctl(file.fileno(), _FICLONE, original.fileno())
    else:
        raise OSError(errno.EOPNOTSUPP, "reflinks are not supported here")


def _place(part: Path, target: Path, replace: bool, digest: str | None, check: Callable[[], None]) -> bool:
    """Give a finished file its name; returns whether one with the same bytes has it already."""
    if replace:
        part.replace(target)
        return False
    try:
        rename_new(part, target)
    except FileExistsError:
        if digest is not None and target.is_file() and not target.is_symlink():
            with suppress(OSError):
                if file_digest(target, check) == digest:
                    return True
        raise TakenError(target) from None
    return False


def rename_new(part: Path, target: Path) -> None:
    """Rename, and fail if there is such a file; os.rename would replace it except on Windows.

    Raises:
        FileExistsError: There is.
        OSError: It cannot be renamed.
    """
    if sys.platform != "win32":
        try:
            os.link(part, target, follow_symlinks=False)
            return
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    part.rename(target)


def _written(target: Path, digest: str, there: bool) -> Written:
    status = target.lstat()
    return Written(digest, status.st_size, status.st_mtime_ns, there)
