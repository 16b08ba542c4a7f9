"""Finding faces with a YuNet network that somebody brought.

W. Wu, H. Peng, S. Yu, "YuNet: A Tiny Millisecond-level Face Detector", Machine Intelligence Research 20, 2023; run by
OpenCV's FaceDetectorYN.
"""

import functools
from typing import Final

import cv2
import numpy as np

from faceorganizer.domain.errors import ModelFileError
from faceorganizer.domain.faces import Detections
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.pictures import Detail, Picture
from faceorganizer.domain.seams import Detector, LandmarkPredictor, Pixels
from faceorganizer.vision.boxes import distinct
from faceorganizer.vision.detector import MIN_SCORE
from faceorganizer.vision.framing import HogFramed
from faceorganizer.vision.modelfile import ModelFile
from faceorganizer.vision.networks.given import check_yunet
from faceorganizer.vision.search import MOST_ENLARGED, SAME_FACE, pixel_ratio, resized, working_long_side

USUAL: Final = 0.6  # confidence that is asked of a face where the HOG detector is asked MIN_SCORE
SURE: Final = 2.0  # of the HOG detector: what stands for a confidence of 1
MOST_FACES: Final = 5000
LEAST_SIDE: Final = 8  # pixels of a face, and of a picture
LONG_SIDE: Final = 1600  # of the largest size that is looked through: faces from 10 pixels are found there
SHRINK: Final = 4  # from size to size; faces are found from 10 to 300 pixels in each
SMALLEST: Final = 300

_SUPPRESSION: Final = 0.3  # intersection over union of one face found twice
_STEP: Final = (SURE - MIN_SCORE) / (1 - USUAL)


class YuNetDetector:
    """A YuNet network on OpenCV; boxes as it gives them. One object belongs to one thread.

    Confidence is told on the scale of the HOG detector, by which thresholds are set and quality is judged: 0.6, the
    least that is usual for YuNet, counts as 0.2, and 1 as 2. How sure its users may be of that is not known.

    Args:
        file: The network.
        min_score: Least confidence, on the scale of the HOG detector.
    """

    def __init__(self, *, file: ModelFile, min_score: float = MIN_SCORE) -> None:
        self.file = file
        self.min_score = min_score

    @property
    def name(self) -> str:
        """What is stored with a scan; another file or threshold makes another search."""
        return f"yunet({self.file.version}, min_score={self.min_score:g})"

    def detect(self, pixels: Pixels) -> Detections:
        """Search (height, width) grey or (height, width, 3) RGB pixels; boxes may reach over the edge.

        Raises:
            ModelFileError: The file is gone or another one, or cannot be run.
        """
        height, width = pixels.shape[:2]
        if min(height, width) < LEAST_SIDE:
            return Detections.none()
        code = cv2.COLOR_GRAY2BGR if pixels.ndim == 2 else cv2.COLOR_RGB2BGR
        try:
            self._network.setInputSize((width, height))
            _, faces = self._network.detect(cv2.cvtColor(np.ascontiguousarray(pixels), code))
        except cv2.error as error:
            raise self._refused(error) from error
        found = np.asarray(faces, np.float32) if np.size(faces) > 1 else np.zeros((0, 15), np.float32)  # may be None
        found = found[np.argsort(-found[:, 14], kind="stable")]
        found = found[_sound(found[:, :4], width, height)]
        return Detections(found[:, :4].copy(), (SURE + (found[:, 14] - 1) * np.float32(_STEP)).astype(np.float32))

    @functools.cached_property
    def _network(self) -> cv2.FaceDetectorYN:
        content = self.file.content()
        check_yunet(content, f"The model “{self.file.name}”")
        least = float(np.clip(1 + (self.min_score - SURE) / _STEP, 0.01, 1))
        model, no_configuration = np.frombuffer(content, np.uint8), np.zeros(0, np.uint8)
        try:
            return cv2.FaceDetectorYN.create(
                "onnx", model, no_configuration, (320, 320), least, _SUPPRESSION, MOST_FACES
            )
        except cv2.error as error:
            raise self._refused(error) from error

    def _refused(self, error: cv2.error) -> ModelFileError:
        return ModelFileError(
            f"The model “{self.file.name}” cannot be run by OpenCV: {' '.join(str(error).split())[:300]}",
            "Choose another model.",
        )


class NetworkFinder:
    """Finds the faces of a picture with a given network, large ones in smaller pictures of it.

    Args:
        detector: The network; its boxes are framed as the HOG detector would, for the landmarks' sake.
        predictor: Places 68 landmarks.
        detail: How small faces may be.
    """

    def __init__(self, *, detector: Detector, predictor: LandmarkPredictor, detail: Detail = Detail.BALANCED) -> None:
        self.detector = detector
        self.predictor = predictor
        self.detail = detail

    @property
    def name(self) -> str:
        """What is stored with a scan."""
        return self._framed.name

    def find(self, picture: Picture) -> Detections:
        """Find faces, the surest first; boxes in full-resolution pixels.

        Raises:
            ModelFileError: The file is gone or another one, or cannot be run.
        """
        pixels = picture.pixels
        held = max(pixels.shape[:2])
        wanted = working_long_side(self.detail, picture.full_width, picture.full_height)
        side = float(min(wanted, held * MOST_ENLARGED, _LONG_SIDES[self.detail]))
        boxes, scores = [np.zeros((0, 4), np.float32)], [np.zeros(0, np.float32)]
        while True:
            factor = side / held
            height, width = (max(1, round(length * factor)) for length in pixels.shape[:2])
            found = self._framed.detect(resized(pixels, width, height))
            boxes.append((found.boxes / factor).astype(np.float32))
            scores.append(found.scores)
            side /= SHRINK
            if side < SMALLEST:
                break
        every, sure = np.concatenate(boxes), np.concatenate(scores)
        kept = distinct(every, sure, SAME_FACE)
        kept = kept[np.argsort(-sure[kept], kind="stable")]
        return Detections((every[kept] * pixel_ratio(picture)).astype(np.float32), sure[kept])

    @functools.cached_property
    def _framed(self) -> HogFramed:
        return HogFramed(detector=self.detector, predictor=self.predictor)


_LONG_SIDES: Final = {Detail.FAST: 800, Detail.BALANCED: LONG_SIDE, Detail.THOROUGH: 2 * LONG_SIDE}


def _sound(boxes: FloatArray, width: int, height: int) -> np.ndarray:
    """Which boxes (n, 4) can be of faces in a picture: a network that was not trained for it gives any numbers."""
    with np.errstate(invalid="ignore", over="ignore"):
        centres = boxes[:, :2] + boxes[:, 2:] / 2
        inside = ((centres >= 0) & (centres < (width, height))).all(axis=1)
        sized = (boxes[:, 2:] >= LEAST_SIDE).all(axis=1) & (boxes[:, 2:] <= 2 * max(width, height)).all(axis=1)
    return np.asarray(inside & sized & np.isfinite(boxes).all(axis=1), np.bool_)
