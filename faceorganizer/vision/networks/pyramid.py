"""One picture that holds all the sizes of a picture, so that a network sees them at once.

The levels shrink to five sixths each. They go down along the left side and, where they have become narrow enough, up
again along the right. Positions and pixels are those of ``dlib/image_transforms/image_pyramid.h`` and of
``resize_bilinear`` in ``dlib/cuda/cpu_dlib.cpp``.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.seams import Pixels

GAP: Final = 10
MARGIN: Final = 11
LEAST_HEIGHT: Final = 5


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the levels lie.

    Attributes:
        levels: (n, 4) int64 x, y, width and height of the levels, the largest first.
        width: Of the tile.
        height: Of the tile.
    """

    levels: IntArray
    width: int
    height: int


def tile_layout(width: int, height: int) -> Layout:
    """Lay out the levels of a picture of at least one pixel."""
    sizes = _level_sizes(width, height)
    column = _column_height(sizes)
    levels: list[tuple[int, int, int, int]] = []
    y = MARGIN
    while len(levels) < len(sizes) and y < MARGIN + column:
        wide, high = sizes[len(levels)]
        levels.append((MARGIN, y, wide, high))
        y += high + GAP
    y -= GAP
    for wide, high in sizes[len(levels) :]:
        if y - high < MARGIN + height:
            break  # it would lie on the first level
        levels.append((MARGIN + width - wide, y - high, wide, high))
        y -= high + GAP
    return Layout(np.array(levels, np.int64), width + 2 * MARGIN, column + 2 * MARGIN)


def tile_pixels(pixels: Pixels, layout: Layout, background: FloatArray) -> FloatArray:
    """Draw the levels of a picture.

    Args:
        pixels: (height, width, 3) RGB.
        layout: Of a picture of that size.
        background: (3,) colour between the levels.

    Returns:
        (height, width, 3) float32, each colour in a plane of its own in memory.
    """
    planes = np.empty((3, layout.height, layout.width), np.float32)
    planes[:] = background[:, None, None]
    tile = planes.transpose(1, 2, 0)
    level: FloatArray = pixels.astype(np.float32)
    for number, (x, y, width, height) in enumerate(layout.levels.tolist()):
        if number:
            level = resize_bilinear(level, width, height)
        tile[y : y + height, x : x + width] = level
    return tile


def resize_bilinear(pixels: FloatArray, width: int, height: int) -> FloatArray:
    """Resize (rows, columns, 3) to (height, width, 3) so that the centres of the corner pixels stay where they are.

    ``cv2.resize`` keeps the outer edges of the corner pixels in place instead.
    """
    rows, columns = pixels.shape[:2]
    steps = np.array([[(columns - 1) / max(width - 1, 1), 0, 0], [0, (rows - 1) / max(height - 1, 1), 0]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    resized = cv2.warpAffine(pixels, steps, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(resized, np.float32)


def _level_sizes(width: int, height: int) -> list[tuple[int, int]]:
    sizes = [(width, height)]
    while True:
        width, height = width * 5 // 6, height * 5 // 6
        if width == 0 or height < LEAST_HEIGHT:
            return sizes
        sizes.append((width, height))


def _column_height(sizes: list[tuple[int, int]]) -> int:
    """How far the left column reaches: to where the next level fits beside it, but at least halfway through.

    In dlib a negative room is an unsigned number and so a very large one; that decides on pictures narrower than 60.
    """
    width, height = sizes[0]
    total = sum(high + GAP for _, high in sizes) - 2 * GAP
    column, previous = 0, 0
    for wide, high in sizes:
        room = width - previous - GAP
        if (room < 0 or wide <= room) and 2 * (column - height) >= total - height:
            break
        column += high + GAP
        previous = wide
    return column - GAP
