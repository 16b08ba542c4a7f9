"""Camera raw files, by LibRaw."""

import io
from datetime import datetime
from typing import BinaryIO, Final

import numpy as np
import numpy.typing as npt
import rawpy
from PIL import JpegImagePlugin

from faceorganizer.domain.geometry import UPRIGHT, swaps_sides
from faceorganizer.domain.pictures import Capture
from faceorganizer.imaging.bmff import boxes, find_box
from faceorganizer.imaging.exif import Tags, capture_of, read_exif, read_exif_block
from faceorganizer.imaging.failures import DECODER_ERRORS
from faceorganizer.imaging.pixels import draft, pillow_pixels, upright_copy
from faceorganizer.imaging.tiff import OddStructureError, TiffReader

# LibRaw's flip: 1 mirrors left and right, 2 up and down, 4 exchanges the axes first.
_EXIF_OF_FLIP: Final = {0: 1, 1: 2, 2: 4, 3: 3, 4: 5, 5: 8, 6: 6, 7: 7}
_SAME_SHAPE: Final = 0.02
_LARGEST_PREVIEW: Final = 64 << 20
_CANON_BOX: Final = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_NO_TAGS: Final = b"II*\0\0\0\0\0"


def raw_orientation(raw: rawpy.RawPy) -> int:
    """Return the EXIF orientation that makes the sensor's picture upright."""
    return _EXIF_OF_FLIP.get(raw.sizes.flip, UPRIGHT)


def raw_size(raw: rawpy.RawPy) -> tuple[int, int]:
    """Return width and height of the developed upright picture."""
    sizes = raw.sizes
    width, height = sizes.iwidth, sizes.iheight
    # LibRaw makes pixels square by stretching the shorter side.
    if 0 < sizes.pixel_aspect < 0.995:
        height = int(height / sizes.pixel_aspect + 0.5)
    elif sizes.pixel_aspect > 1.005:
        width = int(width * sizes.pixel_aspect + 0.5)
    return (height, width) if swaps_sides(raw_orientation(raw)) else (width, height)


def raw_pixels(raw: rawpy.RawPy, long_side: int | None) -> npt.NDArray[np.uint8]:
    """Develop a raw file, or take the picture the camera made of it where that is large enough.

    Args:
        raw: Opened.
        long_side: Least length of the long side that is asked for; None for full resolution. A preview or picture of
            half the resolution is taken for anything.

    Returns:
        (height, width, 3) RGB, upright.
    """
    if long_side is not None:
        half = (max(raw_size(raw)) + 1) // 2
        preview = _preview(raw, min(long_side, half), long_side)
        if preview is not None:
            return preview
    developed = raw.postprocess(half_size=long_side is not None, use_camera_wb=True, output_bps=8)
    pixels = developed if developed.ndim == 3 else developed[:, :, None]
    return np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else pixels[:, :, :3]


def _preview(raw: rawpy.RawPy, least: int, long_side: int) -> npt.NDArray[np.uint8] | None:
    """Return the embedded picture upright, if it shows the whole picture and its long side has ``least`` pixels."""
    size = raw_size(raw)
    try:
        thumb = raw.extract_thumb()
        if not isinstance(thumb.data, bytes):
            height, width = thumb.data.shape[:2]
            turn = _preview_turn((width, height), raw_orientation(raw), raw_orientation(raw), size, least)
            return None if turn is None else upright_copy(thumb.data, turn)
        with JpegImagePlugin.JpegImageFile(io.BytesIO(thumb.data)) as image:
            own, _ = read_exif_block(image.info.get("exif") or b"")
            turn = _preview_turn(image.size, own, raw_orientation(raw), size, least)
            if turn is None:
                return None
            draft(image, long_side)
            return pillow_pixels(image, turn)
    except DECODER_ERRORS:
        return None  # there is none, or it is damaged; the sensor's data may still be good


def _preview_turn(stored: tuple[int, int], own: int, orientation: int, size: tuple[int, int], least: int) -> int | None:
    """Return how a preview is to be turned; None when it is too small or shows another part of the picture.

    Its own orientation comes first, which LibRaw sets to that of the sensor's picture where the camera gave none; but
    some cameras turn the preview without saying so, which its shape then tells.
    """
    if not least <= max(stored) <= max(size) * (1 + _SAME_SHAPE):
        return None
    for turn in (own, orientation, UPRIGHT):
        width, height = stored[::-1] if swaps_sides(turn) else stored
        if abs(width * size[1] - height * size[0]) <= _SAME_SHAPE * width * size[1]:
            return turn
    return None


def raw_capture(file: BinaryIO, raw: rawpy.RawPy) -> Capture:
    """Read when, with what and where a raw file was taken."""
    file.seek(0)
    head = file.read(96)
    if head[4:12] == b"ftypcrx ":
        capture = _canon_capture(file)
    elif head.startswith(b"FUJIFILM"):
        capture = _fuji_capture(file, int.from_bytes(head[84:88], "big"))
    else:
        _, capture = read_exif(file)
    if capture.taken is None:
        taken = _libraw_time(raw)
        capture = Capture(taken, "exif" if taken else "", capture.camera, capture.place)
    return capture


def _libraw_time(raw: rawpy.RawPy) -> datetime | None:
    try:
        taken: datetime = raw.other.timestamp
    except (ValueError, OverflowError, OSError):  # beyond what the system's calendar knows
        return None
    return taken if taken.year > 1980 else None  # 1970 where nothing says so


def _canon_capture(file: BinaryIO) -> Capture:
    """Read the EXIF directories that CR3 files keep in boxes of their own, each as the first of a TIFF file."""
    try:
        movie = find_box(file, b"moov")
        canon = next(box for kind, box in boxes(movie) if kind == b"uuid" and box.startswith(_CANON_BOX))
        parts = dict(boxes(canon[len(_CANON_BOX) :]))
        main, exif, gps = (_first_tags(parts.get(kind, _NO_TAGS)) for kind in (b"CMT1", b"CMT2", b"CMT4"))
    except (OddStructureError, StopIteration):
        return Capture()
    return capture_of(main, exif, gps)


def _first_tags(block: bytes) -> Tags:
    reader = TiffReader(io.BytesIO(block))
    return Tags(reader, reader.first())


def _fuji_capture(file: BinaryIO, offset: int) -> Capture:
    """Read the EXIF block of the JPEG picture that RAF files begin with."""
    file.seek(offset)
    try:
        with JpegImagePlugin.JpegImageFile(io.BytesIO(file.read(_LARGEST_PREVIEW))) as image:
            return read_exif_block(image.info.get("exif") or b"")[1]
    except DECODER_ERRORS:
        return Capture()
