"""How far a face's descriptor can be trusted.

Each part is a number from 0 to 1 for one thing that spoils a descriptor; together they make the quality. The curves
were set on labelled faces, blurred, shrunk, darkened and made grainy in steps, so that quality falls as descriptors
move away from those of the same person's other pictures.
"""

from typing import Final

import cv2
import numpy as np

from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.seams import Pixels

POOR: Final = 0.4
"""Below this a face says little: more than one in four was nearer to one of 670 strangers than to three other pictures
of its person; above, one in forty."""

_FACE: Final = np.s_[30:130, 25:125]  # of a chip, without hair and background
_BAND_FLOOR: Final = 0.05  # grey levels squared; less is the noise of rounding
_EYES: Final = (np.s_[36:42], np.s_[42:48])
_MOUTH: Final = np.s_[48:60]
_CHEEKS: Final = (2, 14)
_NOSE_TIP: Final = 30
_NOSE_BASE: Final = 33
_FRONTAL_PITCH: Final = 0.68


def face_quality(
    boxes: FloatArray, scores: FloatArray, landmarks: FloatArray, chips: Pixels, size: tuple[int, int]
) -> FloatArray:
    """Quality of faces, 0 (useless) to 1 (sharp, frontal, large, surely a face).

    Args:
        boxes: (n, 4) in full-resolution pixels.
        scores: (n,) confidence of the HOG detector; 2 where a human says that there is a face.
        landmarks: (n, 68, 2) in full-resolution pixels.
        chips: (n, 150, 150, 3) RGB.
        size: Full-resolution width and height of the picture.

    Returns:
        (n,) float32: the square root of the product of the parts.
    """
    parts = [
        size_quality(boxes),
        score_quality(scores),
        pose_quality(landmarks),
        coverage_quality(landmarks, size),
        chip_quality(chips),
    ]
    return np.asarray(np.sqrt(np.prod(parts, axis=0)), np.float32)


def size_quality(boxes: FloatArray) -> FloatArray:
    """Rises with the width of a box in pixels of the full picture: 0.5 at 28, 0.92 at 100."""
    return (1 - np.exp(-np.maximum(boxes[:, 2], 0) / 40)).astype(np.float32)


def score_quality(scores: FloatArray) -> FloatArray:
    """Rises with the HOG detector's confidence, which blur, grain and odd poses lower: 0.16 at 0.2, 0.94 at 1.5."""
    return _rising(scores, 0.7, 0.3)


def pose_quality(landmarks: FloatArray) -> FloatArray:
    """Falls as a face turns away: 0.6 at about 25 degrees to a side.

    Descriptors stand a turned head well as long as the detector finds it, so the curve is gentle.
    """
    yaw, pitch, roll = head_pose(landmarks)
    return np.asarray(np.exp(-0.5 * ((yaw / 0.6) ** 2 + (pitch / 0.15) ** 2 + (roll / 0.5) ** 2)), np.float32)


def coverage_quality(landmarks: FloatArray, size: tuple[int, int]) -> FloatArray:
    """Falls with the share of landmarks (n, 68, 2) that lie outside a picture of some width and height."""
    inside = ((landmarks >= 0) & (landmarks <= np.array(size))).all(axis=2)
    return np.asarray(inside.mean(axis=1) ** 3, np.float32)


def chip_quality(chips: Pixels) -> FloatArray:
    """Rises with the detail of chips (n, 150, 150, 3) and falls with their grain."""
    detail = np.array([detail_and_grain(chip) for chip in chips], np.float32).reshape(-1, 2)
    return _rising(detail[:, 0], -1.05, 0.12) * (1 - _rising(detail[:, 1], 0.35, 0.12))


def head_pose(landmarks: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """How a head is turned, read off the landmarks.

    Args:
        landmarks: (n, 68, 2).

    Returns:
        Yaw (n,), -1 to 1: the difference of the distances from the tip of the nose to the cheeks over their sum;
        pitch (n,): where between eyes and mouth the nose ends, less where it does in frontal faces;
        roll (n,): slope of the line between the eyes, radians. All are 0 for an upright frontal face.
    """
    left, right = (landmarks[:, eye].mean(axis=1) for eye in _EYES)
    between = right - left
    down = np.stack([-between[:, 1], between[:, 0]], axis=1)
    middle = (left + right) / 2
    nose = ((landmarks[:, _NOSE_BASE] - middle) * down).sum(axis=1)
    mouth = ((landmarks[:, _MOUTH].mean(axis=1) - middle) * down).sum(axis=1)
    cheeks = [np.linalg.norm(landmarks[:, _NOSE_TIP] - landmarks[:, cheek], axis=1) for cheek in _CHEEKS]
    yaw = _ratio(cheeks[0] - cheeks[1], cheeks[0] + cheeks[1])
    pitch = _ratio(nose, mouth) - _FRONTAL_PITCH
    roll = np.arctan2(between[:, 1], between[:, 0])
    return yaw.astype(np.float32), pitch.astype(np.float32), roll.astype(np.float32)


def detail_and_grain(chip: Pixels) -> tuple[float, float]:
    """Energy of fine structure over that of coarse, and of the very finest over that of fine, as decimal logarithms.

    Bands are differences of Gaussians of the face's middle; their ratio does not change with exposure. A sharp face
    has a detail of -0.65, one blurred until the eyes are smudges -1.4; a grainless one a grain below -0.5.

    Args:
        chip: (150, 150, 3) RGB.
    """
    grey = cv2.cvtColor(chip, cv2.COLOR_RGB2GRAY).astype(np.float32)
    levels = [grey, *(cv2.GaussianBlur(grey, (0, 0), sigma) for sigma in (1, 1.5, 3, 8))]
    finest, fine, coarse = (
        float(np.square((levels[low] - levels[high])[_FACE]).mean()) for low, high in ((0, 1), (2, 3), (3, 4))
    )
    return _log_ratio(fine, coarse), _log_ratio(finest, fine)


def _log_ratio(energy: float, other: float) -> float:
    return float(np.log10((energy + 1e-9) / (other + _BAND_FLOOR)))


def _ratio(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Quotients; 0 where there is nothing to divide by."""
    return np.asarray(np.divide(part, whole, out=np.zeros_like(part), where=np.abs(whole) > 1e-6))


def _rising(values: FloatArray, middle: float, width: float) -> FloatArray:
    """Logistic curve: 0.5 at the middle, 0.73 one width above."""
    steps = np.clip((values - middle) / width, -60, 60)
    return np.asarray(1 / (1 + np.exp(-steps)), np.float32)
