"""What decoders raise when a file is damaged, and how to say it to a user."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import rawpy
from PIL import Image

from faceorganizer.domain.errors import UnreadablePhotoError
from faceorganizer.imaging.files import os_reason
from faceorganizer.imaging.tiff import OddStructureError

DECODER_ERRORS: Final[tuple[type[Exception], ...]] = (
    OSError,  # Pillow: truncated or undecodable data; the system: a read that fails
    SyntaxError,  # Pillow: a header that does not parse
    ValueError,  # Pillow, pillow-heif, OpenCV bindings: sizes or values that make no sense
    EOFError,  # pillow-heif: data ends early
    RuntimeError,  # pillow-heif: libheif refuses the file
    MemoryError,  # any: sizes that do not fit into memory
    OverflowError,  # Pillow: numbers in headers beyond what C takes
    struct.error,  # Pillow: fields that end early
    zlib.error,  # Pillow: damaged compressed data
    Image.DecompressionBombError,  # Pillow: a frame beyond its own limit
    rawpy.LibRawError,  # LibRaw: unknown camera, damaged data
    rawpy.NotSupportedError,  # rawpy: something this build of LibRaw cannot do
)
"""Every type a decoder was documented, or seen under fuzzing, to raise for a file that is not as it should be."""


@contextmanager
def decoder_errors(path: Path) -> Iterator[None]:
    """Turn what decoders raise into :class:`UnreadablePhotoError`; only decoders' calls belong under it."""
    try:
        yield
    except DECODER_ERRORS as error:
        raise UnreadablePhotoError(path, _reason(error)) from error


def _reason(error: Exception) -> str:
    if isinstance(error, (MemoryError, rawpy.LibRawUnsufficientMemoryError, rawpy.LibRawTooBigError)):
        return "there is not enough memory for it"
    if isinstance(error, OSError) and error.errno:
        return os_reason(error)
    if isinstance(error, OddStructureError):
        return "it changes while it is read"
    said = str(error).lower()
    if isinstance(error, (EOFError, rawpy.LibRawIOError)) or "truncated" in said or "end of" in said:
        return "the file is truncated"
    return "it is damaged, or of a kind that is not supported"
