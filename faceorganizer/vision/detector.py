"""Finding faces with dlib."""

import functools
from typing import Final

import dlib
import numpy as np

from faceorganizer.domain.faces import Detections
from faceorganizer.domain.seams import Pixels
from faceorganizer.vision.boxes import boxes_of

MIN_SCORE: Final = 0.2


class HogDetector:
    """dlib's frontal face detector: five linear filters over histograms of oriented gradients.

    Its window is 80 pixels wide, so that is about the smallest face it finds: enlarge the picture for smaller ones.
    It releases the interpreter lock while it searches. **One object belongs to one thread**: two threads that share
    one corrupt memory, silently at first.

    See N. Dalal and B. Triggs, "Histograms of Oriented Gradients for Human Detection", CVPR 2005, and D. E. King,
    "Max-Margin Object Detection", arXiv:1502.00046.

    Args:
        min_score: Least confidence; faces score up to about 3, false ones seldom more than 0.15.
    """

    def __init__(self, *, min_score: float = MIN_SCORE) -> None:
        self.min_score = min_score

    @property
    def name(self) -> str:
        """What is stored with a scan; another threshold makes another search."""
        return f"dlib-hog(min_score={self.min_score:g})"

    def detect(self, pixels: Pixels) -> Detections:
        """Search (height, width) grey or (height, width, 3) RGB pixels; boxes may reach over the edge."""
        if pixels.size == 0:
            return Detections.none()
        rectangles, scores, _ = self._filters.run(np.ascontiguousarray(pixels), 0, self.min_score)
        return Detections(boxes_of(rectangles), np.array(scores, np.float32))

    @functools.cached_property
    def _filters(self) -> dlib.fhog_object_detector:
        return dlib.get_frontal_face_detector()
