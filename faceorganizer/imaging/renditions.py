"""Pictures made of photos for others to look at, as JPEG files: whole photos made smaller, and faces cut out."""

import io
from typing import Final

import cv2
import numpy as np
from PIL import Image

from faceorganizer.domain.pictures import Picture
from faceorganizer.imaging.pixels import Pixels

Box = tuple[float, float, float, float]
PHOTO_QUALITY: Final = 85
CROP_QUALITY: Final = 95


def sized_photo(picture: Picture, long_side: int) -> bytes:
    """A JPEG file of a whole photo, upright, with at most so many pixels along its long side."""
    height, width = picture.pixels.shape[:2]
    factor = min(1.0, long_side / max(height, width))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    pixels = picture.pixels
    if factor < 1:
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    return _jpeg(pixels, PHOTO_QUALITY)


def face_crop(picture: Picture, box: Box, margin: float) -> bytes:
    """A JPEG file of a face with what is around it, upright, in the pixels that the picture has.

    Args:
        picture: Upright pixels, best all there are.
        box: x, y, width, height in full-resolution pixels; may reach over the edge.
        margin: At each side, as a share of the box's longer side; the edge of the photo ends it.
    """
    x, y, width, height = (value / picture.scale for value in box)
    around = margin * max(width, height)
    rows, columns = picture.pixels.shape[:2]
    left, right = _inside(x - around, x + width + around, columns)
    top, bottom = _inside(y - around, y + height + around, rows)
    return _jpeg(picture.pixels[top:bottom, left:right], CROP_QUALITY)


def _inside(start: float, end: float, limit: int) -> tuple[int, int]:
    """From and to in whole pixels, one at least, within a picture."""
    first = min(max(0, round(start)), limit - 1)
    return first, max(first + 1, min(limit, round(end)))


def _jpeg(pixels: Pixels, quality: int) -> bytes:
    encoded = io.BytesIO()
    Image.fromarray(pixels).save(encoded, "JPEG", quality=quality, optimize=True)
    return encoded.getvalue()
