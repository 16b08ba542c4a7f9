"""Networks run by OpenCV."""

import functools
from pathlib import Path

import cv2
import numpy as np

from faceorganizer.domain.geometry import FloatArray
from faceorganizer.vision.networks.engines import PixelsOrFloats, planes
from faceorganizer.vision.networks.models import onnx_model
from faceorganizer.vision.weights import Weights


class OpenCvEngine:
    """OpenCV's dnn module, with as many threads as ``cv2.setNumThreads`` allows the process.

    Args:
        weights: RECOGNITION or CNN_DETECTOR.
        cache: Folder where converted networks are kept.
    """

    def __init__(self, *, weights: Weights, cache: Path | None = None) -> None:
        self.weights = weights
        self.cache = cache

    def run(self, pixels: PixelsOrFloats) -> FloatArray:
        """Return what the network makes of (n, height, width, 3) RGB from 0 to 255.

        Raises:
            ModelFileError: The weights are missing or damaged.
        """
        self._net.setInput(planes(pixels))
        return np.array(self._net.forward(), np.float32)  # a copy: the next run writes over the original

    @functools.cached_property
    def _net(self) -> cv2.dnn.Net:
        return cv2.dnn.readNetFromONNX(np.frombuffer(onnx_model(self.weights, self.cache), np.uint8))
