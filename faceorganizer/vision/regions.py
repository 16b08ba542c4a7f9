"""Where in a picture a face can be at all: not in clear sky, plain walls or a blurred background.

Searching closely is what takes time, and much of most photos is smooth. Eyes, brows and mouth are not: even in dim and
faded faces grey levels spread by more than ``CONTRAST`` over the window that the detector looks at.
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from faceorganizer.domain.seams import Pixels

CELL: Final = 8  # pixels a side, averaged: so the grain of a sensor does not count
WINDOW: Final = 9  # cells a side: 72 pixels, most of a face
CONTRAST: Final = 4.0  # grey levels, standard deviation over a window
MARGIN: Final = 7  # cells around the middle of a window that is not smooth: room for the whole of a face
MOST: Final = 0.7  # share of the picture from which on one search of the whole is quicker than several of parts

Region = tuple[slice, slice]


def textured_regions(grey: Pixels) -> list[Region]:
    """Rectangles (rows, columns) of grey pixels (height, width) that hold everything that is not smooth.

    Returns:
        Rectangles that do not overlap, or one for the whole picture; none when all of it is smooth.
    """
    height, width = grey.shape
    cells = cv2.resize(grey, (-(-width // CELL), -(-height // CELL)), interpolation=cv2.INTER_AREA).astype(np.float32)
    near = cv2.dilate(_contrast(cells), np.ones((2 * MARGIN + 1,) * 2, np.uint8))
    rectangles = _merged(_components(np.asarray(near, np.uint8)))
    if _area(rectangles) > MOST * cells.size:
        return [(slice(0, height), slice(0, width))]
    return [
        (slice(top * CELL, min(bottom * CELL, height)), slice(left * CELL, min(right * CELL, width)))
        for left, top, right, bottom in rectangles.tolist()
    ]


def _contrast(cells: npt.NDArray[np.float32]) -> Pixels:
    """Which cells (rows, columns) are the middle of a window that is not smooth, 0 or 1."""
    size = (WINDOW, WINDOW)
    mean = cv2.boxFilter(cells, -1, size, borderType=cv2.BORDER_REPLICATE)
    square = cv2.boxFilter(cells * cells, -1, size, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(square - mean * mean > CONTRAST**2, np.uint8)


def _components(mask: Pixels) -> npt.NDArray[np.int64]:
    """Bounding rectangles (n, 4) left, top, right, bottom of what hangs together."""
    _, _, statistics, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    left, top, width, height = statistics[1:, :4].T.astype(np.int64)
    return np.stack([left, top, left + width, top + height], axis=1)


def _merged(rectangles: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Join rectangles until none overlaps another."""
    pending = list(rectangles)
    kept: list[npt.NDArray[np.int64]] = []
    while pending:
        rectangle = pending.pop()
        touching = [other for other in kept if (other[:2] < rectangle[2:]).all() and (rectangle[:2] < other[2:]).all()]
        if not touching:
            kept.append(rectangle)
            continue
        kept = [other for other in kept if not any(other is one for one in touching)]
        joined = np.stack([rectangle, *touching])
        pending.append(np.concatenate([joined[:, :2].min(axis=0), joined[:, 2:].max(axis=0)]))
    return np.array(kept, np.int64).reshape(-1, 4)


def _area(rectangles: npt.NDArray[np.int64]) -> int:
    return int((rectangles[:, 2:] - rectangles[:, :2]).prod(axis=1).sum())
