"""Boxes and dlib's rectangles.

A box (x, y, width, height) bounds an area: pixel i covers i to i + 1. A rectangle of dlib names the first and the last
pixel, both included. Whole-numbered boxes survive the way there and back exactly.
"""

from collections.abc import Iterable

import dlib
import numpy as np
import numpy.typing as npt

from faceorganizer.domain.geometry import FloatArray, overlaps


def boxes_of(rectangles: Iterable[dlib.rectangle]) -> FloatArray:
    """Boxes (n, 4) float32 of dlib's rectangles."""
    sides = [(r.left(), r.top(), r.right() - r.left() + 1, r.bottom() - r.top() + 1) for r in rectangles]
    return np.array(sides, np.float32).reshape(-1, 4)


def rectangle_of(box: npt.ArrayLike) -> dlib.rectangle:
    """The rectangle of whole pixels nearest to a box (4,); never less than one pixel.

    Raises:
        ValueError: The box is not finite.
    """
    x, y, width, height = np.asarray(box, np.float64)
    if not np.isfinite([x, y, width, height]).all():
        raise ValueError(f"a box has to be finite, not {[x, y, width, height]}")
    left, top = _nearest(x), _nearest(y)
    return dlib.rectangle(left, top, max(left, _nearest(x + width) - 1), max(top, _nearest(y + height) - 1))


def distinct(boxes: FloatArray, scores: FloatArray, most: float) -> npt.NDArray[np.int64]:
    """Rows of boxes (n, 4) to keep so that no face is kept twice, the highest score first.

    Args:
        boxes: (n, 4).
        scores: (n,) higher is surer.
        most: Largest share of the smaller box that may lie within the other, if they are two faces.
    """
    shares = overlaps(boxes, boxes)
    areas = boxes[:, 2:].prod(axis=1)
    common = shares * (areas[:, None] + areas) / (1 + shares)  # the area shared, from intersection over union
    shared = common / np.maximum(np.minimum(areas[:, None], areas), np.finfo(np.float32).tiny)
    kept: list[int] = []
    for row in np.argsort(-scores, kind="stable"):
        if not (shared[row, kept] > most).any():
            kept.append(int(row))
    return np.array(kept, np.int64)


def _nearest(value: float) -> int:
    return int(np.floor(value + 0.5))
