"""Finding faces with dlib."""

import functools
from pathlib import Path
from typing import Final

import dlib
import numpy as np

from faceorganizer.domain.faces import Detections
from faceorganizer.domain.seams import Pixels
from faceorganizer.vision.boxes import boxes_of
from faceorganizer.vision.networks.models import kept

MIN_SCORE: Final = 0.2
FACE: Final = 73  # pixels: the boxes around the smallest faces found

# As dlib writes integers: how many bytes follow, then those bytes, the lowest first.
_WINDOW: Final = bytes([1, 80, 1, 80])  # width and height in pixels
_MANY_LEVELS: Final = bytes([2]) + (1000).to_bytes(2, "little")
_ONE_LEVEL: Final = bytes([1, 1])
_KEPT: Final = f"dlib-hog-one-size-{dlib.__version__}.detector"


class HogDetector:
    """dlib's frontal face detector: five linear filters over histograms of oriented gradients.

    Its window is 80 pixels wide, a face in it about ``FACE``: enlarge the picture for smaller ones.
    It releases the interpreter lock while it searches. **One object belongs to one thread**: two threads that share
    one corrupt memory, silently at first.

    See N. Dalal and B. Triggs, "Histograms of Oriented Gradients for Human Detection", CVPR 2005, and D. E. King,
    "Max-Margin Object Detection", arXiv:1502.00046.

    Args:
        min_score: Least confidence; faces score up to about 3, false ones seldom more than 0.15.
        all_sizes: Look for faces of every size, in a pyramid of pictures each a sixth smaller than the one before; else
            for faces of about ``FACE`` pixels only, in a third of the time.
        cache: Folder where the detector for one size is kept, which takes dlib half a second to unpack.
    """

    def __init__(self, *, min_score: float = MIN_SCORE, all_sizes: bool = True, cache: Path | None = None) -> None:
        self.min_score = min_score
        self.all_sizes = all_sizes
        self.cache = cache

    @property
    def name(self) -> str:
        """What is stored with a scan; another threshold makes another search."""
        return f"dlib-hog({'' if self.all_sizes else 'one size, '}min_score={self.min_score:g})"

    def detect(self, pixels: Pixels) -> Detections:
        """Search (height, width) grey or (height, width, 3) RGB pixels; boxes may reach over the edge."""
        if pixels.size == 0:
            return Detections.none()
        rectangles, scores, _ = self._filters.run(np.ascontiguousarray(pixels), 0, self.min_score)
        return Detections(boxes_of(rectangles), np.array(scores, np.float32))

    @functools.cached_property
    def _filters(self) -> dlib.fhog_object_detector:
        if self.all_sizes:
            return dlib.get_frontal_face_detector()
        state = _one_size() if self.cache is None else kept(self.cache / _KEPT, _one_size)
        filters = dlib.fhog_object_detector.__new__(dlib.fhog_object_detector)
        filters.__setstate__((state,))
        return filters


def keep_filters(cache: Path) -> None:
    """Unpack the detector for one size into a cache, unless it is there."""
    path = cache / _KEPT
    if not path.is_file():
        kept(path, _one_size)


def _one_size() -> bytes:
    """The same filters, for the picture itself only: dlib offers no other way to set that than what it pickles."""
    (state,) = dlib.get_frontal_face_detector().__getstate__()
    before, at, after = state.partition(_WINDOW + _MANY_LEVELS)
    if not at:
        raise RuntimeError(f"dlib {dlib.__version__} writes its face detector in another way than is known here")
    return bytes(before + _WINDOW + _ONE_LEVEL + after)
