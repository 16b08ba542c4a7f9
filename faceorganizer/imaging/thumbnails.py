"""Small pictures, as JPEG files, of photos and of faces."""

from typing import Final

import cv2
import numpy as np

from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.pictures import Picture
from faceorganizer.imaging.pixels import Pixels

PHOTO_SIDE: Final = 512
FACE_SIDE: Final = 256
MARGIN: Final = 0.4  # of the box's longer side, at each side
QUALITY: Final = 85
_OUTSIDE: Final = 128  # grey where a face's picture reaches over the edge of the photo


def photo_thumbnail(picture: Picture) -> bytes:
    """A JPEG file of a whole photo, upright, of 512 pixels along its long side or as many as the picture holds."""
    height, width = picture.pixels.shape[:2]
    factor = min(1.0, PHOTO_SIDE / max(height, width))
    return _jpeg(_resized(picture.pixels, max(1, round(width * factor)), max(1, round(height * factor))))


def face_picture(picture: Picture, box: FloatArray) -> bytes:
    """A JPEG file of 256 x 256 pixels of a face with some of what is around it, upright.

    Args:
        picture: Upright pixels. Fewer than :func:`face_long_side` asks for make a blurred picture.
        box: (4,) x, y, width, height in full-resolution pixels; may reach over the edge. What lies outside is grey;
            a face at the edge is not in the middle, and one that fills the photo has less around it, rather than that.
    """
    x, y, width, height = (np.asarray(box, np.float64) / picture.scale).tolist()
    rows, columns = picture.pixels.shape[:2]
    side = max(1, round(max(width, height)), min(round(_square(width, height)), rows, columns))
    left, top = _drawn_in(x, width, side, columns), _drawn_in(y, height, side, rows)
    canvas = np.full((FACE_SIDE, FACE_SIDE, 3), _OUTSIDE, np.uint8)
    # The part that lies inside the photo: from and to, in pixels held and on the canvas.
    (x0, x1), (y0, y1) = _inside(left, side, columns), _inside(top, side, rows)
    (u0, u1), (v0, v1) = _placed(x0, x1, left, side), _placed(y0, y1, top, side)
    if x0 < x1 and y0 < y1:
        canvas[v0:v1, u0:u1] = _resized(picture.pixels[y0:y1, x0:x1], u1 - u0, v1 - v0)
    return _jpeg(canvas)


def face_long_side(full_long_side: int, boxes: FloatArray) -> int:
    """Long side, in pixels, to decode a photo at so that the pictures of its faces are as sharp as they can be.

    Args:
        full_long_side: Of the full-resolution picture.
        boxes: (n, 4) faces in full-resolution pixels; for none, what a thumbnail of the photo needs.
    """
    smallest = min((_square(width, height) for width, height in boxes[:, 2:].tolist()), default=np.inf)
    wanted = max(PHOTO_SIDE, full_long_side * FACE_SIDE / max(1.0, smallest))
    return round(min(wanted, max(1, full_long_side)))


def _square(width: float, height: float) -> float:
    return max(width, height) * (1 + 2 * MARGIN)


def _drawn_in(start: float, length: float, side: int, limit: int) -> int:
    """Where a square begins that a stretch is in the middle of, or as near as the photo allows without cutting it."""
    middle = start + (length - side) / 2
    wanted = min(max(middle, 0), limit - side)
    return round(min(max(wanted, start + length - side), start))


def _inside(start: int, length: int, limit: int) -> tuple[int, int]:
    return max(0, start), min(limit, start + length)


def _placed(start: int, end: int, origin: int, length: int) -> tuple[int, int]:
    """Where a part of a stretch comes to lie on the canvas: one pixel at least."""
    first = min(FACE_SIDE - 1, (start - origin) * FACE_SIDE // length)
    return first, max(first + 1, round((end - origin) * FACE_SIDE / length))


def _resized(pixels: Pixels, width: int, height: int) -> Pixels:
    # Halving exactly is ten times as fast as any other reduction by area; an odd row or column at the end is left out.
    while pixels.shape[0] >= 2 * height and pixels.shape[1] >= 2 * width:
        rows, columns = pixels.shape[0] // 2, pixels.shape[1] // 2
        even = pixels[: 2 * rows, : 2 * columns]
        pixels = np.asarray(cv2.resize(even, (columns, rows), interpolation=cv2.INTER_AREA), np.uint8)
    enlarged = width > pixels.shape[1] or height > pixels.shape[0]
    interpolation = cv2.INTER_CUBIC if enlarged else cv2.INTER_LINEAR  # for less than half, as good as by area
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=interpolation), np.uint8)


def _jpeg(pixels: Pixels) -> bytes:
    done, encoded = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    assert done, "OpenCV always knows JPEG"
    return encoded.tobytes()
