"""From upright pixels to faces with landmarks, descriptors and quality."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.faces import Detections, FaceObservations
from faceorganizer.domain.geometry import FloatArray, overlaps
from faceorganizer.domain.pictures import Detail, Picture
from faceorganizer.domain.seams import Detector, Embedder, LandmarkPredictor, Pixels
from faceorganizer.vision.boxes import distinct
from faceorganizer.vision.chips import face_chips
from faceorganizer.vision.detector import MIN_SCORE, HogDetector
from faceorganizer.vision.landmarks import DlibLandmarks
from faceorganizer.vision.networks.embedder import NetworkEmbedder
from faceorganizer.vision.networks.engines import DEFAULT_ENGINE
from faceorganizer.vision.quality import face_quality
from faceorganizer.vision.regions import textured_regions

LONG_SIDE: Final = {Detail.FAST: 1600, Detail.BALANCED: 3200, Detail.THOROUGH: 6400}
MOST_ENLARGED: Final = 2.0  # beyond that the detector sees little more, and invents faces
USUAL_ASPECT: Final = 1.5
SAME_FACE: Final = 0.6  # of the smaller box
SCALES: Final = (1, 2, 3)  # parts of the working size; the small ones cost a third more
AGREEMENT: Final = 0.4  # intersection over union from which two scales see the same face
LENIENCE: Final = 0.2  # less confidence is asked of a face that every scale sees
HINT: Final = 0.4  # so much below what is asked, a scale still agrees with the others
ALIGNERS: Final = ("68-point", "5-point")


def working_long_side(detail: Detail, width: int, height: int) -> int:
    """Long side, in pixels, at which a picture is searched: ask the decoder for at least that much.

    Smaller pictures are enlarged, up to twice, so this may be more than the picture has. Panoramas get more pixels
    along the long side, as many as an ordinary picture in all.

    Args:
        detail: How small faces may be.
        width: Of the full-resolution upright picture.
        height: Of the full-resolution upright picture.
    """
    longer, shorter = max(width, height), max(1, min(width, height))
    wanted = LONG_SIDE[detail] * max(1.0, math.sqrt(longer / shorter / USUAL_ASPECT))
    return max(1, round(min(wanted, longer * MOST_ENLARGED)))


def search_pixels(picture: Picture, long_side: int) -> Pixels:
    """Grey pixels (height, width) of a picture, brought to a long side."""
    grey: Pixels = np.asarray(cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    factor = long_side / max(grey.shape)
    if factor == 1.0:
        return grey
    size = (max(1, round(grey.shape[1] * factor)), max(1, round(grey.shape[0] * factor)))
    interpolation = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, size, interpolation=interpolation), np.uint8)


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
        detector: Finds faces.
        predictor: Places the 68 landmarks that are returned.
        aligner: Places the landmarks that chips are aligned by; None for the 68. Must be what the embedder's model
            says.
        embedder: Describes chips.
        detail: How small faces may be.
        min_score: Confidence from which a face counts that was seen at one scale; one seen at every scale counts from
            ``LENIENCE`` less. Nothing below that is of use to the detector.
    """

    detector: Detector
    predictor: LandmarkPredictor
    embedder: Embedder
    aligner: LandmarkPredictor | None = None
    detail: Detail = Detail.BALANCED
    min_score: float = -math.inf

    def analyse(self, picture: Picture) -> FaceObservations:
        """Find the faces of a picture and describe them, the surest first.

        The search runs on the picture brought to :func:`working_long_side`, a half and a third of it; landmarks and
        chips come from all the pixels the picture holds.

        Raises:
            ModelFileError: Weights are missing or damaged.
        """
        return self.describe(self.align(picture, self.search(picture)))

    def search(self, picture: Picture) -> Detections:
        """Find the faces of a picture, the surest first; boxes in full-resolution pixels."""
        seen = [self._search(picture, divisor) for divisor in SCALES]
        boxes = np.concatenate([found.boxes for found in seen])
        scores = np.concatenate([found.scores for found in seen])
        # What looks a little like a face by chance does so at one scale; half-hidden faces do at all of them.
        lasting = np.all([(overlaps(boxes, found.boxes) > AGREEMENT).any(axis=1) for found in seen], axis=0)
        sure = scores >= np.where(lasting, self.min_score - LENIENCE, self.min_score)
        boxes, scores = boxes[sure], scores[sure]
        kept = distinct(boxes, scores, SAME_FACE)
        return Detections(boxes[kept].astype(np.float32), scores[kept].astype(np.float32))

    def align(self, picture: Picture, found: Detections) -> AlignedFaces:
        """Place landmarks and cut chips, for faces found here, drawn by hand, or found by another engine.

        Args:
            picture: Upright pixels.
            found: Boxes in full-resolution pixels, framed as the HOG detector does; scores are its confidence, 2 where
                a human says that there is a face.

        Raises:
            ModelFileError: Weights are missing or damaged.
        """
        size = (picture.full_width, picture.full_height)
        ratio = _ratio(size, picture.pixels)
        held = found.boxes / ratio
        points = self.predictor.predict(picture.pixels, held)
        chips = face_chips(
            picture.pixels, points if self.aligner is None else self.aligner.predict(picture.pixels, held)
        )
        return AlignedFaces(found, points * ratio[:2], chips, size)

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

    def _search(self, picture: Picture, divisor: int) -> Detections:
        """Search a picture at a part of its working size; boxes in full-resolution pixels."""
        wanted = working_long_side(self.detail, picture.full_width, picture.full_height)
        longest = min(wanted, round(max(picture.pixels.shape[:2]) * MOST_ENLARGED))
        searched = search_pixels(picture, max(1, longest // divisor))
        found = self._detect(searched)
        return Detections(found.boxes * _ratio((picture.full_width, picture.full_height), searched), found.scores)

    def _detect(self, grey: Pixels) -> Detections:
        """Search what is not smooth; boxes in pixels of the array."""
        boxes, scores = [np.zeros((0, 4), np.float32)], [np.zeros(0, np.float32)]
        for rows, columns in textured_regions(grey):
            found = self.detector.detect(grey[rows, columns])
            boxes.append(found.boxes + np.array([columns.start, rows.start, 0, 0], np.float32))
            scores.append(found.scores)
        return Detections(np.concatenate(boxes), np.concatenate(scores))


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
    return FaceAnalyser(
        detector=HogDetector(min_score=min_score - HINT),
        min_score=min_score,
        predictor=DlibLandmarks(points=68),
        aligner=DlibLandmarks(points=5) if aligner == "5-point" else None,
        embedder=NetworkEmbedder(aligner=aligner, mirrored=mirrored, engine=engine, cache=cache),
        detail=detail,
    )


def _ratio(full_size: tuple[int, int], pixels: Pixels) -> FloatArray:
    """Full-resolution pixels per pixel held, as (x, y, x, y)."""
    height, width = pixels.shape[:2]
    return np.array([full_size[0] / width, full_size[1] / height] * 2, np.float32)
