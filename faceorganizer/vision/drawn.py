"""Describing a face in a box that somebody drew.

People draw tighter, looser and beside the place where the HOG detector would see a face, and also around what it never
sees. Boxes were put carelessly on 146 faces of LFW, up to an eighth to each side and 0.8 to 1.4 times as large: framed
anew, their descriptors lie 0.035 from those of the detector's boxes in the median and 0.091 at the ninth decile, as
drawn 0.064 and 0.280.

The predictor places landmarks anywhere; asked leniently, the detector tells where there is a face to place them in. It
sees one in all of those boxes, in 96 of 100 when the face is tilted by 35 degrees, dark, grainy and blurred to 20
pixels, and in one of 145 boxes in the background (tests/benchmarks/drawn_boxes.py).
"""

from typing import Final

import cv2
import numpy as np

from faceorganizer.domain.faces import Detections, FaceObservations
from faceorganizer.domain.geometry import FloatArray, overlaps
from faceorganizer.domain.pictures import Picture
from faceorganizer.domain.seams import Detector, Pixels
from faceorganizer.vision.analyser import FaceAnalyser
from faceorganizer.vision.detector import HogDetector
from faceorganizer.vision.framing import hog_framed

LENIENT: Final = -0.8  # on the HOG detector's scale
SIDE: Final = 110.0  # pixels that the longer side of a box is brought to: the detector's window is 80
MARGIN: Final = 0.5  # of the longer side, looked at on each side
SAME_FACE: Final = 0.3  # intersection over union from which what is seen is what was drawn
SURE: Final = 2.0  # the score where a human says that there is a face


class DrawnFaces:
    """Describes drawn faces as found ones are. One object belongs to one thread.

    Args:
        analyser: Describes found faces.
    """

    def __init__(self, *, analyser: FaceAnalyser) -> None:
        self.analyser = analyser
        self._detector: Detector = HogDetector(min_score=LENIENT)

    def describe(self, picture: Picture, box: FloatArray) -> FaceObservations | None:
        """Describe the face in a box.

        Args:
            picture: Upright pixels.
            box: (4,) as drawn, in full-resolution pixels.

        Returns:
            One face, in the box that the HOG detector would see it in; None where no landmarks can be placed.

        Raises:
            ModelFileError: Weights are missing or damaged.
        """
        height, width = picture.pixels.shape[:2]
        ratio = np.array([picture.full_width / width, picture.full_height / height] * 2, np.float32)
        held = (box / ratio).astype(np.float32)
        if not self._sees(picture.pixels, held):
            return None
        framed = hog_framed(picture.pixels, held[None], self.analyser.predictor) * ratio
        found = Detections(framed.astype(np.float32), np.full(1, SURE, np.float32))
        return self.analyser.describe(self.analyser.align(picture, found))

    def _sees(self, pixels: Pixels, box: FloatArray) -> bool:
        """Whether the detector sees a face in a box, in pixels of the array."""
        longer = float(box[2:].max())
        low = np.maximum(np.floor(box[:2] - MARGIN * longer), 0).astype(int)
        high = np.ceil(box[:2] + box[2:] + MARGIN * longer).astype(int)
        part = pixels[low[1] : high[1], low[0] : high[0]]
        if part.size == 0:
            return False
        factor = SIDE / longer
        size = tuple(max(1, round(length * factor)) for length in part.shape[1::-1])
        grey = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY)
        sized = cv2.resize(grey, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC)
        found = self._detector.detect(np.asarray(sized, np.uint8))
        drawn = np.concatenate([box[:2] - low, box[2:]]) * factor
        return bool((overlaps(found.boxes, drawn[None].astype(np.float32)) >= SAME_FACE).any())
