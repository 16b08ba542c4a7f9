"""Which face a region of another program means: they frame the whole head, or only the middle of a face."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from faceorganizer.domain.geometry import Box, FloatArray, match_boxes, overlaps
from faceorganizer.domain.pictures import PictureIdentity

SAME_FACE: Final = 0.3  # intersection over union
INSIDE: Final = 0.7  # share of the smaller box that lies in the larger one, where that is too little
WIDEST: Final = 0.15  # share of the larger box that the smaller one takes at least
SMALLEST: Final = 4  # pixels of a side


def matched(faces: Iterable[Box], regions: Iterable[Box]) -> dict[int, tuple[int, float]]:
    """Pair regions with faces: (index of the face, overlap) by the region's index."""
    known, said = _boxes(faces), _boxes(regions)
    shared = overlaps(known, said)
    pairs = {column: (row, float(shared[row, column])) for row, column in match_boxes(known, said, SAME_FACE)}
    taken = {row for row, _ in pairs.values()}
    for column in range(len(said)):
        if column in pairs:
            continue
        rows = [row for row in range(len(known)) if row not in taken and _frames(known[row], said[column])]
        if len(rows) == 1:
            pairs[column] = rows[0], float(shared[rows[0], column])
            taken.add(rows[0])
    return pairs


def _frames(face: FloatArray, region: FloatArray) -> bool:
    """Whether one box frames the other more widely, with hair and neck: most of the smaller one lies in it."""
    low = np.maximum(face[:2], region[:2])
    high = np.minimum(face[:2] + face[2:], region[:2] + region[2:])
    shared = float(np.clip(high - low, 0, None).prod())
    smaller, larger = sorted((float(face[2:].prod()), float(region[2:].prod())))
    return smaller >= WIDEST * larger and shared >= INSIDE * smaller > 0


def lies_in(box: Box, picture: PictureIdentity) -> bool:
    """Whether at least half of a box lies in a picture, and is large enough for a face."""
    x, y, width, height = box
    across, down = min(x + width, picture.width) - max(x, 0), min(y + height, picture.height) - max(y, 0)
    return min(width, height) >= SMALLEST and min(across, down) > 0 and across * down >= width * height / 2


def _boxes(boxes: Iterable[Box]) -> FloatArray:
    return np.array(list(boxes), np.float32).reshape(-1, 4)
