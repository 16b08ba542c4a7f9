"""From upright pixels to faces with landmarks, descriptors and quality."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.faces import Detections, FaceObservations
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.pictures import Detail, Picture
from faceorganizer.domain.seams import Embedder, LandmarkPredictor, Pixels
from faceorganizer.vision.chips import CHIP, face_chips
from faceorganizer.vision.detector import MIN_SCORE, keep_filters
from faceorganizer.vision.fivepoint import five_point_chips
from faceorganizer.vision.landmarks import DlibLandmarks
from faceorganizer.vision.modelfile import ModelFile
from faceorganizer.vision.networks.embedder import NetworkEmbedder
from faceorganizer.vision.networks.engines import DEFAULT_ENGINE
from faceorganizer.vision.networks.given import GivenEmbedder
from faceorganizer.vision.networks.models import keep_models
from faceorganizer.vision.networks.yunet import NetworkFinder, YuNetDetector
from faceorganizer.vision.quality import face_quality
from faceorganizer.vision.search import FaceFinder, pixel_ratio

ALIGNERS: Final = ("68-point", "5-point")
_WHOLE: Final = 2  # decimals of landmarks that went through full resolution and back: dlib's are whole numbers


class Finder(Protocol):
    """Finds the faces of a picture, by whatever detectors. One object belongs to one thread."""

    @property
    def name(self) -> str:
        """What is stored with a scan."""

    def find(self, picture: Picture) -> Detections:
        """Find faces, the surest first; boxes in full-resolution pixels, framed as the HOG detector does."""


@dataclass(frozen=True, slots=True)
class AlignedFaces:
    """Faces of one picture, ready to be described.

    Attributes:
        found: n faces, boxes in full-resolution pixels.
        landmarks: (n, 68, 2) float32 in full-resolution pixels.
        chips: (n, 150, 150, 3) uint8 RGB, by which quality is judged.
        size: Full-resolution width and height of the picture.
        described: (n, side, side, 3) uint8 RGB: what the embedder is given, if that is not ``chips``.
    """

    found: Detections
    landmarks: FloatArray
    chips: Pixels
    size: tuple[int, int]
    described: Pixels | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceAnalyser:
    """Finds and describes the faces of one picture after the other. One object belongs to one thread.

    Attributes:
        finder: Finds faces.
        predictor: Places the 68 landmarks that are returned.
        aligner: Places the landmarks that chips are aligned by; None for the 68. Must be what the embedder's model
            says.
        embedder: Describes chips.
        cut: Cuts what the embedder is given, of pixels and 68 landmarks; None for dlib's chips.
    """

    finder: Finder
    predictor: LandmarkPredictor
    embedder: Embedder
    aligner: LandmarkPredictor | None = None
    cut: Callable[[Pixels, FloatArray], Pixels] | None = None

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
        described = None if self.cut is None else self.cut(picture.pixels, points)
        size = (picture.full_width, picture.full_height)
        return AlignedFaces(found, points * ratio[:2], chips, size, described)

    def describe_again(self, picture: Picture, boxes: FloatArray, landmarks: FloatArray) -> FloatArray:
        """Describe faces that were found and given landmarks before, perhaps for another embedder.

        Args:
            picture: Upright pixels, as many as when they were found.
            boxes: (n, 4) in full-resolution pixels.
            landmarks: (n, 68, 2) in full-resolution pixels.

        Returns:
            (n, dimension) float32.

        Raises:
            ModelFileError: Weights are missing or damaged.
        """
        ratio = pixel_ratio(picture)
        points = np.round(landmarks / ratio[:2], _WHOLE).astype(np.float32)
        if self.cut is not None:
            return self.embedder.embed(self.cut(picture.pixels, points))
        if self.aligner is not None:
            points = self.aligner.predict(picture.pixels, boxes / ratio)
        return self.embedder.embed(face_chips(picture.pixels, points))

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
            descriptors=self.embedder.embed(faces.chips if faces.described is None else faces.described),
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
    descriptors: ModelFile | None = None,
    detector: ModelFile | None = None,
) -> FaceAnalyser:
    """An analyser made of dlib's parts, or with networks that somebody brought; weights are read at first use.

    Args:
        detail: How small faces may be.
        min_score: Least confidence of the detector.
        aligner: "68-point" or "5-point".
        mirrored: Whether descriptors are the mean over a chip and its mirror image.
        engine: What runs the recognition net: "onnxruntime", "opencv" or "dlib".
        cache: Folder where converted networks are kept.
        descriptors: A network that describes faces in the place of dlib's, which has an aligner of its own.
        detector: A YuNet network that finds faces in the place of dlib's detectors.

    Raises:
        SettingError: There is no such aligner or engine.
    """
    if aligner not in ALIGNERS:
        raise SettingError(f"There is no aligner {aligner!r}.", f"Choose one of {', '.join(ALIGNERS)}.")
    predictor = DlibLandmarks(points=68)
    finder: Finder = FaceFinder(detail=detail, min_score=min_score, engine=engine, cache=cache, predictor=predictor)
    if detector is not None:
        finder = NetworkFinder(
            detector=YuNetDetector(file=detector, min_score=min_score), predictor=predictor, detail=detail
        )
    if descriptors is not None:
        embedder: Embedder = GivenEmbedder(file=descriptors, mirrored=mirrored, engine=engine)
        return FaceAnalyser(finder=finder, predictor=predictor, embedder=embedder, cut=five_point_chips)
    return FaceAnalyser(
        finder=finder,
        predictor=predictor,
        aligner=DlibLandmarks(points=5) if aligner == "5-point" else None,
        embedder=NetworkEmbedder(aligner=aligner, mirrored=mirrored, engine=engine, cache=cache),
    )
