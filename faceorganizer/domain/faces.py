"""Faces: what the machine saw, and what the library keeps."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.ids import ContentId, FaceId, PersonId

LANDMARKS = 68


class FaceSource(StrEnum):
    """Who says that there is a face."""

    DETECTED = "detected"
    MANUAL = "manual"
    IMPORTED = "imported"


class FaceState(StrEnum):
    """What the user made of a face."""

    ACTIVE = "active"
    IGNORED = "ignored"
    NOT_A_FACE = "not-a-face"


class AssignmentSource(StrEnum):
    """Who says that a face is a person. Machines write ``AUTOMATIC`` only; the others are decisions."""

    AUTOMATIC = "automatic"
    CONFIRMED = "confirmed"
    IMPORTED = "imported"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Detections:
    """Faces found in one picture, in pixels of the array that was searched.

    Attributes:
        boxes: (n, 4) float32 x, y, width, height.
        scores: (n,) float32 detector confidence; higher is surer, the scale is the detector's own.
    """

    boxes: FloatArray
    scores: FloatArray

    def __post_init__(self) -> None:
        if self.boxes.shape != (len(self.scores), 4) or self.scores.ndim != 1:
            raise ValueError(f"boxes {self.boxes.shape} do not fit scores {self.scores.shape}")

    def __len__(self) -> int:
        return len(self.scores)

    @classmethod
    def none(cls) -> "Detections":
        """No face at all."""
        return cls(np.zeros((0, 4), np.float32), np.zeros(0, np.float32))


@dataclass(frozen=True, slots=True)
class FaceObservations:
    """Everything the vision pipeline says of the faces of one picture, in full-resolution upright pixels.

    Attributes:
        boxes: (n, 4) float32, inside the picture or reaching over its edge.
        scores: (n,) float32 detector confidence.
        landmarks: (n, 68, 2) float32.
        descriptors: (n, dimension) float32.
        quality: (n,) float32, 0 (useless) to 1 (sharp, frontal, large).
    """

    boxes: FloatArray
    scores: FloatArray
    landmarks: FloatArray
    descriptors: FloatArray
    quality: FloatArray

    def __post_init__(self) -> None:
        count = len(self.boxes)
        shapes = {
            "boxes": (self.boxes.shape, (count, 4)),
            "scores": (self.scores.shape, (count,)),
            "landmarks": (self.landmarks.shape, (count, LANDMARKS, 2)),
            "descriptors": (self.descriptors.shape[:1], (count,)),
            "quality": (self.quality.shape, (count,)),
        }
        for name, (shape, wanted) in shapes.items():
            if shape != wanted:
                raise ValueError(f"{name} has shape {shape}, not {wanted}")

    def __len__(self) -> int:
        return len(self.boxes)


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """What made a descriptor. Descriptors of different models are never compared.

    Attributes:
        name: Such as "dlib-resnet-v1".
        version: First 16 hexadecimal digits of the SHA-256 of the weights.
        dimension: Length of a descriptor.
        metric: "euclidean" or "cosine".
        aligner: Landmarks the chip was aligned by: "68-point" or "5-point".
    """

    name: str
    version: str
    dimension: int
    metric: str
    aligner: str


@dataclass(frozen=True, slots=True)
class StoredFace:
    """A face of one picture as needed to recognise it when it is found again."""

    id: FaceId
    box: tuple[float, float, float, float]
    source: FaceSource
    state: FaceState
    decided: bool  # confirmed, imported or manual assignment, or any other decision: must never be dropped
    forgotten: bool = False  # must not be described again, and no picture of it is kept

    @property
    def disposable(self) -> bool:
        """Whether a machine alone says that there is a face, and nobody said anything about it."""
        return self.source is FaceSource.DETECTED and self.state is FaceState.ACTIVE and not self.decided


@dataclass(frozen=True, slots=True)
class HeldFace:
    """A face with who holds it, as needed to decide about it.

    Attributes:
        content: The picture it is in.
        person: None when nobody holds it.
        assignment: Who says so; None when nobody holds it.
    """

    id: FaceId
    content: ContentId
    state: FaceState
    person: PersonId | None
    assignment: AssignmentSource | None


@dataclass(frozen=True, slots=True)
class FaceToDescribe:
    """A face whose place is known, to be described by another model.

    Attributes:
        content: The picture it is in.
        box: x, y, width, height in full-resolution upright pixels.
        landmarks: (68, 2) float32 in the same pixels.
    """

    id: FaceId
    content: ContentId
    box: tuple[float, float, float, float]
    landmarks: FloatArray


@dataclass(frozen=True, slots=True)
class FaceRecord:
    """One line of the list of faces."""

    face: FaceId
    photo: ContentId
    path: Path
    box: tuple[int, int, int, int]
    landmarks: npt.NDArray[np.float32]
    score: float
    quality: float
    state: FaceState
    source: FaceSource
    person: PersonId | None
    name: str | None
    assignment: AssignmentSource | None
    model: str | None


@dataclass(frozen=True, slots=True)
class FaceTable:
    """The faces to be grouped, column by column, ordered by face id.

    Attributes:
        ids: (n,) int64 face ids.
        contents: (n,) int64 picture ids.
        quality: (n,) float32, 0 to 1.
        persons: (n,) int64 person that holds the face now; -1 for none.
        decided: (n,) bool, whether a human said so (confirmed, imported, manual).
        descriptors: (n, dimension) float32.
    """

    ids: npt.NDArray[np.int64]
    contents: npt.NDArray[np.int64]
    quality: FloatArray
    persons: npt.NDArray[np.int64]
    decided: npt.NDArray[np.bool_]
    descriptors: FloatArray

    def __len__(self) -> int:
        return len(self.ids)
