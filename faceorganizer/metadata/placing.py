"""Packets put where they belong: into a sidecar, or into a copy of the picture's file.

Nothing is ever changed in place: a new file takes the place of the old one when it is complete.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from faceorganizer.metadata.xmp import Packet

EMBEDDABLE: Final = frozenset({"jpeg", "png", "webp", "tiff"})
"""Formats that exiv2 writes packets into."""
WITH_EXIFTOOL: Final = frozenset({"heif", "avif"})
"""Formats that only ExifTool writes packets into."""
_TOOL_SECONDS: Final = 120


class PlacingError(Exception):
    """A packet cannot be put into a file; the message finishes the sentence "It was not written to: ..."."""


@contextmanager
def successor(path: Path) -> Iterator[Path]:
    """Give a new file beside another one, whose place it takes at the end of the block, on the disk and complete.

    When the block raises, the old file is as it was. A link stays a link: what it leads to is replaced.

    Raises:
        OSError: The folder cannot be written to, or there is no room.
    """
    target = Path(os.path.realpath(path))
    number, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent)
    os.close(number)
    new = Path(name)
    try:
        yield new
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(new, target)  # noqa: PTH105 - the same, and what the rest of this function is written in
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise


def write_sidecar(path: Path, packet: bytes | None) -> None:
    """Write a packet beside a photo, or with None remove what was there.

    Raises:
        OSError: The folder cannot be written to, or there is no room.
    """
    if packet is None:
        path.unlink(missing_ok=True)
        return
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    with successor(path) as new:
        new.write_bytes(packet)
        new.chmod(mode)


def write_into(copy: Path, packet: bytes | None, picture_format: str) -> None:
    """Write a packet into a file, or with None remove the one that is there. Nothing else of the file changes.

    Args:
        copy: A copy of a picture; when this raises it may be damaged.
        packet: The whole packet.
        picture_format: One of :data:`EMBEDDABLE` or :data:`WITH_EXIFTOOL`.

    Raises:
        PlacingError: exiv2 or ExifTool refuses.
    """
    if picture_format in WITH_EXIFTOOL:
        _with_exiftool(copy, packet)
    else:
        _with_exiv2(copy, packet)


def exiftool() -> str | None:
    """Return the program ExifTool; None where it is not installed."""
    return shutil.which("exiftool")


def _with_exiv2(copy: Path, packet: bytes | None) -> None:
    import exiv2  # only there: it takes a while to load

    exiv2.LogMsg.setLevel(exiv2.LogMsg.Level.mute)
    try:
        image = exiv2.ImageFactory.open(str(copy))
        image.readMetadata()
        if packet is None:
            image.clearXmpPacket()
            image.clearXmpData()
        else:
            image.setXmpPacket(packet.decode())
            image.writeXmpFromPacket(True)  # as it is, and not as exiv2 would put it
        image.writeMetadata()
    except exiv2.Exiv2Error as error:
        raise PlacingError(f"exiv2 says: {error.args[-1]}") from error


def _with_exiftool(copy: Path, packet: bytes | None) -> None:
    program = exiftool()
    if program is None:
        raise PlacingError("ExifTool, which could, is not installed")
    command = [program, "-q", "-m", "-overwrite_original", "-XMP<=-", os.fspath(copy)]
    # What it leaves of a container when it takes a packet out is not quite what was there before.
    given = Packet.empty().serialised() if packet is None else packet
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=_TOOL_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PlacingError(f"ExifTool failed: {error}") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise PlacingError(f"ExifTool says: {said[0] if said else done.returncode}")


def _umask() -> int:
    """The process's mask for new files; asking for it means setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
