"""Turning chips into descriptors with dlib."""

import functools
from typing import Final

import dlib
import numpy as np

from faceorganizer.domain.faces import EmbeddingModel
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.seams import Pixels
from faceorganizer.vision.weights import Weights, load_weights, weights_version

MODEL: Final = "dlib-resnet-v1"
DIMENSION: Final = 128


class DlibEmbedder:
    """dlib's recognition net, a ResNet of 29 convolutions, run by dlib itself.

    Descriptors of one person lie less than about 0.6 apart. It holds the interpreter lock while it computes. See
    K. He et al., "Deep Residual Learning for Image Recognition", CVPR 2016.

    Args:
        aligner: What the chips are aligned by, "68-point" or "5-point"; part of the model's identity.
    """

    def __init__(self, *, aligner: str = "68-point") -> None:
        self.aligner = aligner

    @property
    def model(self) -> EmbeddingModel:
        """What makes the descriptors.

        Raises:
            ModelFileError: The weights are missing or cannot be read.
        """
        return EmbeddingModel(MODEL, weights_version(Weights.RECOGNITION), DIMENSION, "euclidean", self.aligner)

    def embed(self, chips: Pixels) -> FloatArray:
        """Return (n, 128) float32 descriptors of (n, 150, 150, 3) uint8 RGB chips.

        Raises:
            ModelFileError: The weights are missing or damaged.
        """
        if len(chips) == 0:
            return np.zeros((0, DIMENSION), np.float32)
        descriptors = self._net.compute_face_descriptor(list(np.ascontiguousarray(chips)))
        return np.array(descriptors, np.float32)

    @functools.cached_property
    def _net(self) -> dlib.face_recognition_model_v1:
        return load_weights(Weights.RECOGNITION, dlib.face_recognition_model_v1)
