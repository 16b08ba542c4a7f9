"""From upright pixels to faces with landmarks, descriptors and quality."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.faces import Detections, FaceObservations
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.pictures import Detail, Picture
from faceorganizer.domain.seams import Embedder, LandmarkPredictor, Pixels
from faceorganizer.vision.chips import CHIP, face_chips
from faceorganizer.vision.detector import MIN_SCORE, keep_filters
from faceorganizer.vision.landmarks import DlibLandmarks
from faceorganizer.vision.networks.embedder import NetworkEmbedder
from faceorganizer.vision.networks.engines import DEFAULT_ENGINE
from faceorganizer.vision.networks.models import keep_models
from faceorganizer.vision.quality import face_quality
from faceorganizer.vision.search import FaceFinder, pixel_ratio

ALIGNERS: Final = ("68-point", "5-point")


@dataclass(frozen=True, slots=True)
class AlignedFaces:
    """Faces of one picture, ready to be described.

    Attributes:
        found: n faces, boxes in full-resolution pixels.
        landmarks: (n, 68, 2) float32 in full-resolution pixels.
        chips: (n, 150, 150, 3) uint8 RGB.
        size: Full-resolution width and height of the picture.
    """

    found: Detections
    landmarks: FloatArray
    chips: Pixels
    size: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceAnalyser:
    """Finds and describes the faces of one picture after the other. One object belongs to one thread.

    Attributes:
        finder: Finds faces.
        predictor: Places the 68 landmarks that are returned.
        aligner: Places the landmarks that chips are aligned by; None for the 68. Must be what the embedder's model
            says.
        embedder: Describes chips.
    """

    finder: FaceFinder
    predictor: LandmarkPredictor
    embedder: Embedder
    aligner: LandmarkPredictor | None = None

    def analyse(self, picture: Picture) -> FaceObservations:
        """Find the faces of a picture and describe them, the surest first.

        Landmarks and chips come from all the pixels the picture holds.

        Raises:
            ModelFileError: Weights are missing or damaged.
        """
        return self.describe(self.align(picture, self.search(picture)))

    def load(self) -> None:
        """Load the landmark model, which takes half a second, before the first face needs it.

        Raises:
            ModelFileError: The weights are missing or damaged.
        """
        blank = np.zeros((CHIP, CHIP, 3), np.uint8)
        self.predictor.predict(blank, np.array([[0, 0, CHIP, CHIP]], np.float32))

    def search(self, picture: Picture) -> Detections:
        """Find the faces of a picture, the surest first; boxes in full-resolution pixels."""
        return self.finder.find(picture)

    def align(self, picture: Picture, found: Detections) -> AlignedFaces:
        """Place landmarks and cut chips, for faces found here, drawn by hand, or found by another engine.

        Args:
            picture: Upright pixels.
            found: Boxes in full-resolution pixels, framed as the HOG detector does; scores are its confidence, 2 where
                a human says that there is a face.

        Raises:
            ModelFileError: Weights are missing or damaged.
        """
        ratio = pixel_ratio(picture)
        held = found.boxes / ratio
        points = self.predictor.predict(picture.pixels, held)
        chips = face_chips(
            picture.pixels, points if self.aligner is None else self.aligner.predict(picture.pixels, held)
        )
        return AlignedFaces(found, points * ratio[:2], chips, (picture.full_width, picture.full_height))

    def describe(self, faces: AlignedFaces) -> FaceObservations:
        """Describe aligned faces and judge their quality.

        Raises:
            ModelFileError: Weights are missing or damaged.
        """
        found = faces.found
        return FaceObservations(
            boxes=found.boxes,
            scores=found.scores,
            landmarks=faces.landmarks,
            descriptors=self.embedder.embed(faces.chips),
            quality=face_quality(found.boxes, found.scores, faces.landmarks, faces.chips, faces.size),
        )


def fill_cache(folder: Path) -> None:
    """Convert what analysers keep in a cache, unless it is there, so that each of many need not.

    Raises:
        ModelFileError: Weights are missing or damaged.
    """
    keep_filters(folder)
    keep_models(folder)


def dlib_analyser(
    *,
    detail: Detail = Detail.BALANCED,
    min_score: float = MIN_SCORE,
    aligner: str = "68-point",
    mirrored: bool = False,
    engine: str = DEFAULT_ENGINE,
    cache: Path | None = None,
) -> FaceAnalyser:
    """An analyser made of dlib's parts; weights are read at first use.

    Args:
        detail: How small faces may be.
        min_score: Least confidence of the detector.
        aligner: "68-point" or "5-point".
        mirrored: Whether descriptors are the mean over a chip and its mirror image.
        engine: What runs the recognition net: "onnxruntime", "opencv" or "dlib".
        cache: Folder where converted networks are kept.

    Raises:
        SettingError: There is no such aligner or engine.
    """
    if aligner not in ALIGNERS:
        raise SettingError(f"There is no aligner {aligner!r}.", f"Choose one of {', '.join(ALIGNERS)}.")
    predictor = DlibLandmarks(points=68)
    return FaceAnalyser(
        finder=FaceFinder(detail=detail, min_score=min_score, engine=engine, cache=cache, predictor=predictor),
        predictor=predictor,
        aligner=DlibLandmarks(points=5) if aligner == "5-point" else None,
        embedder=NetworkEmbedder(aligner=aligner, mirrored=mirrored, engine=engine, cache=cache),
    )
