"""Networks run by OpenCV."""

import functools
from pathlib import Path

import cv2
import numpy as np

from faceorganizer.domain.geometry import FloatArray
from faceorganizer.vision.networks.engines import GivenNetwork, PixelsOrFloats, Source, planes
from faceorganizer.vision.networks.models import onnx_model


class OpenCvEngine:
    """OpenCV's dnn module, with as many threads as ``cv2.setNumThreads`` allows the process.

    Args:
        weights: RECOGNITION, CNN_DETECTOR, or a given network.
        cache: Folder where converted networks are kept.
    """

    def __init__(self, *, weights: Source, cache: Path | None = None) -> None:
        self.weights = weights
        self.cache = cache

    def run(self, pixels: PixelsOrFloats) -> FloatArray:
        """Return what the network makes of (n, height, width, 3) RGB from 0 to 255.

        Raises:
            ModelFileError: The weights are missing or damaged, or a given network cannot be run.
        """
        if not isinstance(self.weights, GivenNetwork):
            return self._forward(planes(pixels))
        try:
            last = self.weights.channels_last
            return self._forward(np.ascontiguousarray(pixels, np.float32) if last else planes(pixels))
        except cv2.error as error:
            raise self.weights.refused(error) from error

    def _forward(self, fed: FloatArray) -> FloatArray:
        self._net.setInput(fed)
        return np.array(self._net.forward(), np.float32)  # a copy: the next run writes over the original

    @functools.cached_property
    def _net(self) -> cv2.dnn.Net:
        model = self.weights.content if isinstance(self.weights, GivenNetwork) else onnx_model(self.weights, self.cache)
        return cv2.dnn.readNetFromONNX(np.frombuffer(model, np.uint8))
