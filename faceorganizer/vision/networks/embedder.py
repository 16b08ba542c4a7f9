"""Turning chips into descriptors at the speed of the processor."""

import functools
from pathlib import Path
from typing import Final

import numpy as np

from faceorganizer.domain.faces import EmbeddingModel
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.seams import Pixels
from faceorganizer.vision.embedder import DIMENSION, MODEL
from faceorganizer.vision.networks.engines import DEFAULT_ENGINE, Engine, create_engine
from faceorganizer.vision.weights import Weights, weights_version

BATCH: Final = 16
MIRRORED: Final = "+mirror"


class NetworkEmbedder:
    """dlib's recognition net on a fast engine: dlib's own descriptors, but for rounding (less than 1e-5).

    So its model is that of :class:`~faceorganizer.vision.embedder.DlibEmbedder`, and their descriptors may be mixed.

    Args:
        aligner: What the chips are aligned by, "68-point" or "5-point"; part of the model's identity.
        engine: Name of the engine; see :func:`~faceorganizer.vision.networks.engines.create_engine`.
        threads: How many ONNX Runtime uses; 0 for one per core.
        batch: Most chips that are run at a time.
        mirrored: Whether descriptors are the mean over a chip and its mirror image, at twice the time; these are of
            a model of their own.
        cache: Folder where converted networks are kept.
    """

    def __init__(
        self,
        *,
        aligner: str = "68-point",
        engine: str = DEFAULT_ENGINE,
        threads: int = 1,
        batch: int = BATCH,
        mirrored: bool = False,
        cache: Path | None = None,
    ) -> None:
        self.aligner = aligner
        self.engine = engine
        self.threads = threads
        self.batch = batch
        self.mirrored = mirrored
        self.cache = cache

    @property
    def model(self) -> EmbeddingModel:
        """What makes the descriptors.

        Raises:
            ModelFileError: The weights are missing or cannot be read.
        """
        name = MODEL + MIRRORED if self.mirrored else MODEL
        return EmbeddingModel(name, weights_version(Weights.RECOGNITION), DIMENSION, "euclidean", self.aligner)

    def embed(self, chips: Pixels) -> FloatArray:
        """Return (n, 128) float32 descriptors of (n, 150, 150, 3) uint8 RGB chips.

        Raises:
            ModelFileError: The weights are missing or damaged.
        """
        descriptors = np.zeros((len(chips), DIMENSION), np.float32)
        for start in range(0, len(chips), self.batch):
            part = slice(start, start + self.batch)
            descriptors[part] = self._described(chips[part])
        return descriptors

    def _described(self, chips: Pixels) -> FloatArray:
        described = self._engine.run(chips)
        if not self.mirrored:
            return described
        return (described + self._engine.run(chips[:, :, ::-1])) * np.float32(0.5)

    @functools.cached_property
    def _engine(self) -> Engine:
        return create_engine(self.engine, weights=Weights.RECOGNITION, threads=self.threads, cache=self.cache)
