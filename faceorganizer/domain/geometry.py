"""Boxes, points and EXIF orientations.

Inside the program a box or landmark is in pixels of the full-resolution *upright* picture: x to the right,
y down, the origin at the upper left corner. A box is (x, y, width, height).
"""

from typing import Final

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]
Box = tuple[float, float, float, float]  # x, y, width, height

UPRIGHT: Final = 1
ORIENTATIONS: Final = range(1, 9)

# What turns the stored picture into the upright one, per EXIF orientation: (transpose axes, mirror x, mirror y),
# transposition first.
_STEPS: Final = {
    1: (False, False, False),
    2: (False, True, False),
    3: (False, True, True),
    4: (False, False, True),
    5: (True, False, False),
    6: (True, True, False),
    7: (True, True, True),
    8: (True, False, True),
}


def swaps_sides(orientation: int) -> bool:
    """Whether width and height of the upright picture are those of the stored one exchanged."""
    return _STEPS[orientation][0]


def upright_pixels(stored: npt.NDArray[np.uint8], orientation: int) -> npt.NDArray[np.uint8]:
    """Turn stored pixels (height, width[, channels]) upright; a view where NumPy can make one."""
    transposed, mirror_x, mirror_y = _STEPS[orientation]
    pixels = stored.swapaxes(0, 1) if transposed else stored
    return pixels[:: -1 if mirror_y else 1, :: -1 if mirror_x else 1]


def upright_points(points: FloatArray, orientation: int, stored_size: tuple[float, float]) -> FloatArray:
    """Move points from the stored picture to the upright one.

    Args:
        points: (..., 2) x and y.
        orientation: EXIF orientation, 1 to 8.
        stored_size: (width, height) of the stored picture.
    """
    transposed, mirror_x, mirror_y = _STEPS[orientation]
    x, y = points[..., 0], points[..., 1]
    width, height = stored_size
    if transposed:
        x, y, width, height = y, x, height, width
    x = width - x if mirror_x else x
    y = height - y if mirror_y else y
    return np.stack([x, y], axis=-1)


def stored_points(points: FloatArray, orientation: int, stored_size: tuple[float, float]) -> FloatArray:
    """Move points from the upright picture back to the stored one; the inverse of :func:`upright_points`."""
    transposed, mirror_x, mirror_y = _STEPS[orientation]
    width, height = stored_size[::-1] if transposed else stored_size
    x, y = points[..., 0], points[..., 1]
    x = width - x if mirror_x else x
    y = height - y if mirror_y else y
    return np.stack([y, x] if transposed else [x, y], axis=-1)


def turn_points(points: FloatArray, before: int, after: int, upright_size: tuple[float, float]) -> FloatArray:
    """Move points when a file's orientation tag changes while its pixels stay.

    Args:
        points: (..., 2) in the picture as it was upright under ``before``.
        before: Former EXIF orientation.
        after: New EXIF orientation.
        upright_size: (width, height) of the picture as it was upright under ``before``.
    """
    stored_size = upright_size[::-1] if swaps_sides(before) else upright_size
    return upright_points(stored_points(points, before, stored_size), after, stored_size)


def turn_boxes(boxes: FloatArray, before: int, after: int, upright_size: tuple[float, float]) -> FloatArray:
    """As :func:`turn_points`, for boxes (n, 4)."""
    corners = np.stack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]], axis=1)
    turned = turn_points(corners, before, after, upright_size)
    low, high = turned.min(axis=1), turned.max(axis=1)
    return np.concatenate([low, high - low], axis=1)


def overlaps(first: FloatArray, second: FloatArray) -> FloatArray:
    """Intersection over union of every box with every other.

    Args:
        first: (n, 4).
        second: (m, 4).

    Returns:
        (n, m), each 0 to 1; empty boxes overlap nothing.
    """
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, :2] + first[:, None, 2:], second[None, :, :2] + second[None, :, 2:])
    shared = np.clip(high - low, 0, None).prod(axis=2)
    union = first[:, None, 2:].prod(axis=2) + second[None, :, 2:].prod(axis=2) - shared
    shares: FloatArray = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    return shares


def match_boxes(known: FloatArray, found: FloatArray, least: float = 0.5) -> list[tuple[int, int]]:
    """Pair boxes of the same faces found twice, best overlap first.

    Args:
        known: (n, 4).
        found: (m, 4).
        least: Smallest intersection over union that still counts as the same face.

    Returns:
        (index in known, index in found), each index at most once.
    """
    table = overlaps(known, found)
    pairs: list[tuple[int, int]] = []
    while table.size and table.max() >= least:
        row, column = np.unravel_index(int(table.argmax()), table.shape)
        pairs.append((int(row), int(column)))
        table[row, :] = -1
        table[:, column] = -1
    return pairs
