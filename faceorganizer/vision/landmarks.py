"""Placing landmarks with dlib."""

import functools
from typing import Literal

import dlib
import numpy as np

from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.seams import Pixels
from faceorganizer.vision.boxes import rectangle_of
from faceorganizer.vision.weights import Weights, load_weights

CENTRE = 0.5  # dlib numbers pixels; the program measures from the edge, so that a mirrored x is the width less x
_WEIGHTS = {5: Weights.LANDMARKS_5, 68: Weights.LANDMARKS_68}


class DlibLandmarks:
    """dlib's shape predictors: cascades of regression trees.

    They were trained on boxes of the HOG detector and expect its framing. See V. Kazemi and J. Sullivan, "One
    Millisecond Face Alignment with an Ensemble of Regression Trees", CVPR 2014. The 68 points are those of iBUG 300-W:
    jaw 0-16, brows 17-26, nose 27-35, eyes 36-47, mouth 48-67; left and right are the viewer's. The 5 points are the
    corners of the right-hand eye (outer, inner), those of the left-hand one, and the base of the nose.

    Args:
        points: 68, or 5.
    """

    def __init__(self, *, points: Literal[5, 68] = 68) -> None:
        self.points = points

    def predict(self, pixels: Pixels, boxes: FloatArray) -> FloatArray:
        """Place landmarks.

        Args:
            pixels: (height, width, 3) RGB.
            boxes: (n, 4), inside the picture or reaching over its edge.

        Returns:
            (n, points, 2) float32, measured as boxes are: the centre of the first pixel is (0.5, 0.5).

        Raises:
            ModelFileError: The weights are missing or damaged.
        """
        placed = np.zeros((len(boxes), self.points, 2), np.float32)
        for row, box in enumerate(boxes):
            parts = self._predictor(pixels, rectangle_of(box)).parts()
            placed[row] = [(part.x, part.y) for part in parts]
        return placed + np.float32(CENTRE)

    @functools.cached_property
    def _predictor(self) -> dlib.shape_predictor:
        return load_weights(_WEIGHTS[self.points], dlib.shape_predictor)
