"""Boxes from elsewhere, framed as the HOG detector frames faces.

The 68-point predictor was trained on boxes of the HOG detector and places its points a little differently in others,
which moves descriptors. But where it places them says where the HOG detector's box would be: on 594 faces of LFW,
descriptors of boxes of the CNN detector lie 0.051 on average from those of the HOG detector's boxes, framed anew 0.035;
those of the HOG detector on the same pictures, enlarged by a tenth, lie 0.035 from them too.
"""

from typing import Final

import numpy as np

from faceorganizer.domain.faces import Detections
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.seams import Detector, LandmarkPredictor, Pixels

# Medians over HOG boxes of 594 faces of LFW at random sizes, in root-mean-square distances of the landmarks from
# their mean.
_SIDE: Final = 2.81
_CENTRE_BELOW: Final = -0.143


class HogFramed:
    """A detector whose boxes are framed anew, as the HOG detector would.

    Args:
        detector: Finds faces.
        predictor: Places 68 landmarks in its boxes.
    """

    def __init__(self, *, detector: Detector, predictor: LandmarkPredictor) -> None:
        self.detector = detector
        self.predictor = predictor

    @property
    def name(self) -> str:
        """What is stored with a scan."""
        return f"{self.detector.name} framed as dlib-hog"

    def detect(self, pixels: Pixels) -> Detections:
        """Search (height, width) grey or (height, width, 3) RGB pixels; boxes may reach over the edge.

        Raises:
            ModelFileError: Weights are missing or damaged.
        """
        found = self.detector.detect(pixels)
        if len(found) == 0:
            return found
        return Detections(hog_framed(pixels, found.boxes, self.predictor), found.scores)


def hog_framed(pixels: Pixels, boxes: FloatArray, predictor: LandmarkPredictor) -> FloatArray:
    """Frame boxes anew, whether another detector found them or somebody drew them.

    Args:
        pixels: (height, width) grey or (height, width, 3) RGB.
        boxes: (n, 4) around faces, in those pixels.
        predictor: Places 68 landmarks in them.

    Returns:
        (n, 4) float32.

    Raises:
        ModelFileError: Weights are missing or damaged.
    """
    coloured = pixels if pixels.ndim == 3 else np.repeat(pixels[..., None], 3, axis=2)
    return boxes_around(predictor.predict(np.ascontiguousarray(coloured), boxes))


def boxes_around(landmarks: FloatArray) -> FloatArray:
    """Boxes (n, 4) that the HOG detector is likely to find around faces with landmarks (n, 68, 2)."""
    middle = landmarks.mean(axis=1)
    spread = np.sqrt(np.square(landmarks - middle[:, None]).sum(axis=2).mean(axis=1))[:, None]
    side = _SIDE * spread
    corner = middle + spread * np.array([0, _CENTRE_BELOW]) - side / 2
    return np.concatenate([corner, side, side], axis=1).astype(np.float32)
