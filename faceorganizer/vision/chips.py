"""Cutting aligned face chips."""

from typing import Final

import dlib
import numpy as np

from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.seams import Pixels

CHIP: Final = 150
PADDING: Final = 0.25


def face_chips(pixels: Pixels, landmarks: FloatArray) -> Pixels:
    """Cut faces turned upright, scaled and centred as dlib's recognition net was trained on.

    A similarity transform carries the landmarks as near as it can to those of dlib's mean face. What lies outside the
    picture is black.

    Args:
        pixels: (height, width, 3) RGB.
        landmarks: (n, 68, 2) or (n, 5, 2), in those pixels.

    Returns:
        (n, 150, 150, 3) uint8 RGB.
    """
    if len(landmarks) == 0:
        return np.zeros((0, CHIP, CHIP, 3), np.uint8)
    faces = dlib.full_object_detections()
    for points in np.floor(landmarks).astype(int).tolist():
        faces.append(dlib.full_object_detection(dlib.rectangle(), [dlib.point(x, y) for x, y in points]))
    return np.stack(dlib.get_face_chips(np.ascontiguousarray(pixels), faces, CHIP, PADDING))
