"""The recognition net run by dlib itself: slow, and what the other engines are held to."""

import functools

import dlib
import numpy as np

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.vision.networks.engines import PixelsOrFloats
from faceorganizer.vision.weights import Weights, load_weights


class DlibEngine:
    """dlib, which runs its recognition net; of its detector it shows the boxes alone, not the scores.

    It holds the interpreter lock while it computes.

    Args:
        weights: RECOGNITION.

    Raises:
        SettingError: Other weights.
    """

    def __init__(self, *, weights: Weights) -> None:
        if weights is not Weights.RECOGNITION:
            raise SettingError(f"The engine “dlib” cannot run {weights} by itself.", "Choose another engine.")
        self.weights = weights

    def run(self, pixels: PixelsOrFloats) -> FloatArray:
        """Return (n, 128) descriptors of (n, 150, 150, 3) uint8 RGB chips.

        Raises:
            ModelFileError: The weights are missing or damaged.
        """
        return np.array(self._net.compute_face_descriptor(list(np.ascontiguousarray(pixels, np.uint8))), np.float32)

    @functools.cached_property
    def _net(self) -> dlib.face_recognition_model_v1:
        return load_weights(self.weights, dlib.face_recognition_model_v1)
