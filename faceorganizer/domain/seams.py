"""The seams of the program: what may be exchanged, and what each side promises.

Each Protocol has one contract test that every implementation passes. Implementations take keyword-only parameters
in ``__init__`` and merely store them.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.faces import Detections, EmbeddingModel
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext

Pixels = npt.NDArray[np.uint8]


class Detector(Protocol):
    """Finds faces. One object belongs to one thread."""

    @property
    def name(self) -> str:
        """What is stored with a scan, such as "dlib-hog"."""

    def detect(self, pixels: Pixels) -> Detections:
        """Search (height, width) grey or (height, width, 3) RGB pixels; boxes in pixels of that array."""


class LandmarkPredictor(Protocol):
    """Places landmarks in a box."""

    def predict(self, pixels: Pixels, boxes: FloatArray) -> FloatArray:
        """Return (n, points, 2) landmarks for (n, 4) boxes in RGB pixels (height, width, 3)."""


class Embedder(Protocol):
    """Turns aligned face chips into descriptors."""

    @property
    def model(self) -> EmbeddingModel:
        """What made the descriptors; stored with each."""

    def embed(self, chips: Pixels) -> FloatArray:
        """Return (n, dimension) descriptors of (n, side, side, 3) RGB chips, cut as the model's aligner says."""


@dataclass(frozen=True, slots=True)
class NeighbourGraph:
    """n descriptors with the nearest neighbours of each, nearest first, without the descriptor itself.

    Attributes:
        descriptors: (n, dimension) float32, finite, of one model.
        indices: (n, k) int64 rows of the neighbours; -1 pads rows that have fewer.
        distances: (n, k) float32 Euclidean distances, ascending; infinite where padded.
    """

    descriptors: FloatArray
    indices: IntArray
    distances: FloatArray

    def __post_init__(self) -> None:
        if self.indices.shape != self.distances.shape or self.indices.ndim != 2:
            raise ValueError(f"indices {self.indices.shape} do not fit distances {self.distances.shape}")
        if self.descriptors.ndim != 2 or len(self.descriptors) != len(self.indices):
            raise ValueError(f"descriptors {self.descriptors.shape} do not fit indices {self.indices.shape}")

    def __len__(self) -> int:
        return len(self.indices)


class NeighbourIndex(Protocol):
    """Finds nearest neighbours among descriptors."""

    def graph(self, descriptors: FloatArray, k: int, context: JobContext) -> NeighbourGraph:
        """Find the k nearest neighbours of each of (n, dimension) descriptors among the others.

        Raises:
            VectorError: Descriptors are not finite or not two-dimensional.
        """


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a grouping has to respect, as pairs of rows.

    Attributes:
        must: (m, 2) int64 rows that belong together.
        cannot: (c, 2) int64 rows that never do.
    """

    must: IntArray
    cannot: IntArray

    @classmethod
    def none(cls) -> "Constraints":
        """Nothing to respect."""
        return cls(np.zeros((0, 2), np.int64), np.zeros((0, 2), np.int64))


class Clusterer(Protocol):
    """Groups the descriptors of a graph. Deterministic for a seed."""

    def fit_predict(
        self,
        graph: NeighbourGraph,
        *,
        quality: FloatArray | None = None,
        constraints: Constraints | None = None,
        context: JobContext,
    ) -> IntArray:
        """Return (n,) labels from 0 up without gaps; every face has one, alone in its group or not.

        Args:
            graph: The faces to group.
            quality: (n,) 0 to 1; poor faces join groups but do not hold them together. None: all are good.
            constraints: Pairs that belong together, or never do.
            context: Told of progress; may cancel.
        """


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who n faces may be, the likeliest first.

    Attributes:
        people: (n, k) int64 ids; -1 where there are fewer.
        probabilities: (n, k) float64, 0 to 1, descending; what one face's are short of 1 is that it is nobody known.
    """

    people: IntArray
    probabilities: npt.NDArray[np.float64]

    def __post_init__(self) -> None:
        if self.people.shape != self.probabilities.shape or self.people.ndim != 2:
            raise ValueError(f"people {self.people.shape} do not fit probabilities {self.probabilities.shape}")


class Classifier(Protocol):
    """Says who of the known people a face is, or that it is nobody of them. Deterministic."""

    def fit(self, descriptors: FloatArray, people: IntArray, context: JobContext) -> None:
        """Learn (n, dimension) descriptors of faces whose people (n,) are known by ids, 0 or above.

        Raises:
            VectorError: Descriptors are not finite or not two-dimensional.
            UsageError: There are not as many people as descriptors, or an id is below 0.
            CancelledError: The context said so.
        """

    def predict(self, descriptors: FloatArray, rows: IntArray | None = None) -> Candidates:
        """Say who (m, dimension) faces may be.

        Args:
            descriptors: Of the faces.
            rows: (m,) where each is among those learned, so that it does not speak for itself; -1 where it is not.

        Raises:
            VectorError: Descriptors are not finite, or of another dimension than those learned.
        """
