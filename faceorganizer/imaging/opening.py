"""Open a picture of any format as far as its header."""

import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import pillow_heif
import rawpy
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from faceorganizer.domain.errors import UnreadablePhotoError
from faceorganizer.domain.geometry import UPRIGHT, swaps_sides
from faceorganizer.domain.pictures import Capture
from faceorganizer.imaging.bmff import read_container
from faceorganizer.imaging.content import png_chunks, webp_chunks
from faceorganizer.imaging.exif import read_exif, read_exif_block
from faceorganizer.imaging.failures import decoder_errors
from faceorganizer.imaging.files import open_photo
from faceorganizer.imaging.formats import has_raw_suffix, sniff
from faceorganizer.imaging.raw import raw_capture, raw_orientation, raw_size
from faceorganizer.imaging.tiff import OddStructureError, holds_sensor_data

# Pictures are refused by the caller's limit before any pixel is decoded; Pillow's own, fixed one would refuse more.
Image.MAX_IMAGE_PIXELS = None
# Worker processes share the cores among pictures; threads within a picture would fight over them.
pillow_heif.options.DECODE_THREADS = 1
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
# Pillow logs errors besides raising them; without a handler logging would print them.
logging.getLogger("PIL").addHandler(logging.NullHandler())

_HEAD: Final = 256
_LARGEST_EXIF: Final = 16 << 20
Decodable = ImageFile.ImageFile | pillow_heif.HeifImage | rawpy.RawPy
# The classes themselves and not Image.open, which would try formats by suffix and warn of those that do not fit.
_PILLOW: Final[dict[str, Callable[[BinaryIO], ImageFile.ImageFile]]] = {
    "jpeg": JpegImagePlugin.JpegImageFile,
    "png": PngImagePlugin.PngImageFile,
    "webp": WebPImagePlugin.WebPImageFile,
    "tiff": TiffImagePlugin.TiffImageFile,
    "gif": GifImagePlugin.GifImageFile,
    "bmp": BmpImagePlugin.BmpImageFile,
    "avif": AvifImagePlugin.AvifImageFile,
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A picture whose header was read and whose pixels were not.

    Attributes:
        file: The open file.
        format: As :func:`faceorganizer.imaging.formats.sniff` names it, or "raw".
        width: Of the upright picture at full resolution.
        height: Of the upright picture at full resolution.
        orientation: EXIF orientation that makes the stored picture upright.
        turn: EXIF orientation still to be applied to what the decoder returns.
        capture: What EXIF says.
        image: What decodes it.
    """

    file: BinaryIO
    format: str
    width: int
    height: int
    orientation: int
    turn: int
    capture: Capture
    image: Decodable


@contextmanager
def open_picture(path: Path, *, max_megapixels: float) -> Iterator[Opened]:
    """Open a picture; inside the block decoders may be used.

    Args:
        path: The file; its content decides how it is read.
        max_megapixels: Larger pictures are refused before anything is decoded.

    Raises:
        UnreadablePhotoError: It cannot be read, is no picture, is damaged or is too large. Also for decoders' errors
            inside the block.
    """
    # Pillow warns of damaged tags, which is nothing a user can act on. A filter for its modules alone, set anew every
    # time: warnings.catch_warnings must not be used by several threads at once.
    warnings.filterwarnings("ignore", module=r"PIL\.|pillow_heif\.")
    with open_photo(path) as file, decoder_errors(path):
        opened = _open(path, file, max_megapixels)
        try:
            _limit(path, opened.width, opened.height, max_megapixels)
            yield opened
        finally:
            if isinstance(opened.image, (ImageFile.ImageFile, rawpy.RawPy)):
                opened.image.close()


def _open(path: Path, file: BinaryIO, max_megapixels: float) -> Opened:
    picture_format = sniff(file.read(_HEAD))
    file.seek(0)
    if picture_format is None:
        raise UnreadablePhotoError(path, "it is not a picture")
    if picture_format == "tiff" and (has_raw_suffix(path.name) or holds_sensor_data(file)):
        try:
            return _open_raw(file)
        except rawpy.LibRawError:
            pass  # a finished TIFF picture after all, or one that LibRaw does not know
    if picture_format == "raw":
        return _open_raw(file)
    if picture_format == "heif":
        return _open_heif(file)
    if picture_format == "webp":
        # Pillow takes memory for the canvas as soon as it opens the file.
        _limit(path, *_webp_canvas(file), max_megapixels)
    return _open_pillow(file, picture_format)


def _limit(path: Path, width: int, height: int, max_megapixels: float) -> None:
    megapixels = width * height / 1e6
    if megapixels > max_megapixels:
        reason = (
            f"it has {megapixels:.0f} megapixels, more than the limit of {max_megapixels:g}; "
            "raise the setting scan.max_megapixels to read it"
        )
        raise UnreadablePhotoError(path, reason)
    if width < 1 or height < 1:
        raise UnreadablePhotoError(path, "it has no pixels")


def _open_pillow(file: BinaryIO, picture_format: str) -> Opened:
    file.seek(0)
    image = _PILLOW[picture_format](file)
    if picture_format == "tiff":
        orientation, capture = read_exif(file)
        # Pillow turns TIFF pictures upright itself and gives the size of the upright one.
        return Opened(file, picture_format, *image.size, orientation, UPRIGHT, capture, image)
    orientation, capture = read_exif_block(_exif_block(file, picture_format, image))
    width, height = image.size[::-1] if swaps_sides(orientation) else image.size
    return Opened(file, picture_format, width, height, orientation, orientation, capture, image)


def _exif_block(file: BinaryIO, picture_format: str, image: ImageFile.ImageFile) -> bytes:
    block = image.info.get("exif")
    if picture_format == "png" and not block:
        block = _late_png_exif(file)
    return block if isinstance(block, bytes) else b""


def _late_png_exif(file: BinaryIO) -> bytes:
    """Find EXIF after the pixels of a PNG file, where Pillow sees it only once they are decoded."""
    place = file.tell()
    try:
        for kind, offset, size in png_chunks(file):
            if kind == b"eXIf" and size <= _LARGEST_EXIF:
                file.seek(offset)
                return file.read(size)
    except OddStructureError:
        pass
    finally:
        file.seek(place)
    return b""


def _webp_canvas(file: BinaryIO) -> tuple[int, int]:
    try:
        for kind, offset, size in webp_chunks(file):
            file.seek(offset)
            head = file.read(min(size, 10)).ljust(10, b"\0")
            if kind == b"VP8X":
                return 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
            if kind == b"VP8L":
                bits = int.from_bytes(head[1:5], "little")
                return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
            if kind == b"VP8 ":
                return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF
    except OddStructureError:
        pass
    return 1, 1  # damaged: Pillow says how


def _open_heif(file: BinaryIO) -> Opened:
    image = pillow_heif.open_heif(file, convert_hdr_to_8bit=True)
    if not len(image):
        raise ValueError("no picture in the container")
    primary = image[image.primary_index]
    exif = primary.info.get("exif")
    _, capture = read_exif_block(exif if isinstance(exif, bytes) else b"")
    try:
        orientation = read_container(file).orientation  # EXIF's is to be ignored here
    except OddStructureError:
        orientation = UPRIGHT
    # libheif turns pictures upright itself and gives the size of the upright one.
    return Opened(file, "heif", *primary.size, orientation, UPRIGHT, capture, primary)


def _open_raw(file: BinaryIO) -> Opened:
    raw = rawpy.RawPy()
    try:
        file.seek(0)
        raw.open_buffer(file)
        width, height = raw_size(raw)
        return Opened(file, "raw", width, height, raw_orientation(raw), UPRIGHT, raw_capture(file, raw), raw)
    except BaseException:
        raw.close()
        raise
