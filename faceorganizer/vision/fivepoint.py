"""Faces cut out for networks that expect 112 x 112 pixels aligned by five points.

J. Deng et al., "ArcFace: Additive Angular Margin Loss for Deep Face Recognition", arXiv:1801.07698, and W. Liu et al.,
"SphereFace", arXiv:1704.08063, align by the eyes, the tip of the nose and the corners of the mouth; the places these
are brought to have become the usual ones, and OpenCV's FaceRecognizerSF cuts the same.
"""

import math
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.seams import Pixels

SIDE: Final = 112
# Left eye, right eye (as they are seen), tip of the nose, left and right corner of the mouth.
PLACES: Final = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]]
)
_LEAST_SPREAD: Final = 1e-6


def five_points(landmarks: FloatArray) -> FloatArray:
    """Centres of the eyes, tip of the nose and corners of the mouth (n, 5, 2) of landmarks (n, 68, 2)."""
    eyes = [landmarks[:, part].mean(axis=1) for part in (np.s_[36:42], np.s_[42:48])]
    return np.stack([*eyes, *(landmarks[:, point] for point in (30, 48, 54))], axis=1).astype(np.float32)


def five_point_chips(pixels: Pixels, landmarks: FloatArray) -> Pixels:
    """Cut faces turned, scaled and placed so that their five points come as near as they can to the usual places.

    What lies outside the picture is black.

    Args:
        pixels: (height, width, 3) RGB.
        landmarks: (n, 68, 2), in those pixels.

    Returns:
        (n, 112, 112, 3) uint8 RGB.
    """
    chips = np.zeros((len(landmarks), SIDE, SIDE, 3), np.uint8)
    for chip, points in zip(chips, five_points(landmarks), strict=True):
        chip[:] = _cut(pixels, similarity(points))
    return chips


def similarity(points: FloatArray) -> npt.NDArray[np.float64]:
    """The similarity transform (2, 3) that carries (5, 2) points to the places in the sense of least squares.

    Points in the plane as complex numbers: the transform is z -> a z + b (S. Umeyama, "Least-squares estimation of
    transformation parameters between two point patterns", PAMI 13, 1991, without reflections).
    """
    source, target = points.astype(np.float64) @ (1, 1j), PLACES @ (1, 1j)
    middle, centre = source.mean(), target.mean()
    spread = max(float((np.abs(source - middle) ** 2).sum()), _LEAST_SPREAD)
    turn = complex((np.conj(source - middle) * (target - centre)).sum()) / spread
    shift = complex(centre - turn * middle)
    return np.array([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]])


def _cut(pixels: Pixels, transform: npt.NDArray[np.float64]) -> Pixels:
    """A face; from much larger ones by way of a smaller picture of it, so that fine detail makes no false patterns."""
    scale = math.hypot(*transform[:, 0])
    if 0 < scale < 0.5:
        back = cv2.invertAffineTransform(transform)
        corners = np.array([[0, 0], [SIDE, 0], [0, SIDE], [SIDE, SIDE]]) @ back[:, :2].T + back[:, 2]
        margin = 2 / scale
        bounds = np.array(pixels.shape[1::-1])
        low = np.clip(np.floor(corners.min(axis=0) - margin), 0, bounds - 1).astype(int)
        high = np.clip(np.ceil(corners.max(axis=0) + margin), low + 1, bounds).astype(int)
        part = pixels[low[1] : high[1], low[0] : high[0]]
        size = np.maximum(1, np.rint((high - low) * scale)).astype(int)
        pixels = np.asarray(cv2.resize(part, size.tolist(), interpolation=cv2.INTER_AREA), np.uint8)
        ratio = (high - low) / size  # pixels of the picture to one of the smaller one, whose centres lie half in
        transform = np.column_stack(
            [transform[:, :2] * ratio, transform[:, :2] @ (low + ratio / 2 - 0.5) + transform[:, 2]]
        )
    cut = cv2.warpAffine(np.ascontiguousarray(pixels), transform, (SIDE, SIDE), flags=cv2.INTER_LINEAR)
    return np.asarray(cut, np.uint8)
