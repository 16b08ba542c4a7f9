"""Where the faces of a picture are.

The HOG detector looks through the picture in a few sizes, far apart and with little confidence asked, for anything that
may be a face. Each such place is then looked at closely, in many sizes: that says how sure the face is, and where
exactly. Where doubts remain the network decides, which knows half-hidden and turned faces better.

So three fifths of the pixels of dlib's pyramid, whose sizes are a sixth apart, are searched, and yet what the pyramid
finds is found: a face between two sizes scores lower, but hardly anything else scores as much.
"""

import functools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from faceorganizer.domain.faces import Detections
from faceorganizer.domain.geometry import FloatArray, IntArray, overlaps
from faceorganizer.domain.pictures import Detail, Picture
from faceorganizer.domain.seams import Detector, LandmarkPredictor, Pixels
from faceorganizer.vision.boxes import distinct
from faceorganizer.vision.detector import FACE, MIN_SCORE, HogDetector
from faceorganizer.vision.framing import HogFramed
from faceorganizer.vision.landmarks import DlibLandmarks
from faceorganizer.vision.networks.detector import CnnDetector
from faceorganizer.vision.networks.engines import DEFAULT_ENGINE
from faceorganizer.vision.regions import textured_regions


@dataclass(frozen=True, slots=True)
class Effort:
    """How closely a picture is searched.

    Attributes:
        long_side: Of the largest size that the HOG detector looks through, in pixels; the smallest faces wanted are 64
            wide there.
        dense: Sizes of at most so many pixels are looked through in smaller steps, which cost little there.
        network: Of the size in which the network looks through the picture, too, for turned and half-hidden faces that
            are 80 wide there; None to ask it in doubt alone.
    """

    long_side: int
    dense: int = 0
    network: int | None = None


EFFORTS: Final = {
    Detail.FAST: Effort(1280),  # faces from 5 % of the long side
    Detail.BALANCED: Effort(3200, dense=1600),  # from 2 %
    Detail.THOROUGH: Effort(6400, dense=3200, network=1600),  # from 1 %; turned and half-hidden ones from 5 %
}

MOST_ENLARGED: Final = 2.0  # beyond that the detector sees little more, and invents faces
USUAL_ASPECT: Final = 1.5
SAME_FACE: Final = 0.6  # of the smaller box

# Looking through the picture
STEP: Final = math.sqrt(2)  # from size to size
DENSE_STEP: Final = 2**0.25
SHORTFALL: Final = 1.0  # less is asked than of a face
LEAST_SIDE: Final = 60  # pixels of the longer side

# Looking closely
FINE_STEPS: Final = tuple(2 ** (step / 6) for step in (-2, -1, 0, 1, 2, 3))  # sizes, in parts of the candidate's own
ROOM: Final = 0.6  # around a candidate, in its widths
AGREEMENT: Final = 0.4  # intersection over union from which it is the same face

# Asking the network
HOPE: Final = 0.4  # so much less than is asked may still be a face, if the network says so
DOUBT: Final = 0.2  # so much more has to be confirmed
CLOSE_UP: Final = 110  # pixels that a face is wide for the network
NETWORK_ROOM: Final = 0.75
CONFIRMED: Final = 0.3  # intersection over union
NETWORK_ENGINES: Final = ("onnxruntime", "opencv")


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
    wanted = EFFORTS[detail].long_side * max(1.0, math.sqrt(longer / shorter / USUAL_ASPECT))
    return max(1, round(min(wanted, longer * MOST_ENLARGED)))


class GreyPyramid:
    """Grey pixels of a picture, halved again and again: any size is quickly made of the next larger one."""

    def __init__(self, pixels: Pixels) -> None:
        self._halved = [np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)]
        self.long_side = max(pixels.shape[:2])
        while min(self._halved[-1].shape) > 1:
            height, width = self._halved[-1].shape
            half = cv2.resize(self._halved[-1], (width // 2, height // 2), interpolation=cv2.INTER_AREA)
            self._halved.append(np.asarray(half, np.uint8))

    def part(self, factor: float, box: FloatArray | None = None) -> tuple[Pixels, FloatArray]:
        """Pixels of the picture or a part of it, brought to a size.

        Args:
            factor: Of that size, in those of the picture.
            box: (4,) the part, in pixels of the picture; it may reach over the edge.

        Returns:
            Grey pixels (height, width), and what turns boxes in them into boxes in the picture: (2, 4) float32, a
            factor and then an addend.
        """
        depth = int(np.clip(math.floor(-math.log2(factor)), 0, len(self._halved) - 1))
        source = self._halved[depth]
        ratio = np.array(self._halved[0].shape[::-1], np.float64) / source.shape[::-1]
        size = np.array(source.shape[::-1])
        low, high = np.zeros(2, int), size
        if box is not None:
            low = np.clip(np.floor(box[:2] / ratio), 0, size - 1).astype(int)
            high = np.clip(np.ceil((box[:2] + box[2:]) / ratio), low + 1, size).astype(int)
        cut = source[low[1] : high[1], low[0] : high[0]]
        wanted = np.maximum(1, np.rint((high - low) * ratio * factor)).astype(int)
        scaled = resized(cut, int(wanted[0]), int(wanted[1]))
        back = np.tile((high - low) * ratio / wanted, 2)
        return scaled, np.array([back, [*(low * ratio), 0, 0]], np.float32)


@dataclass(frozen=True, kw_only=True)
class FaceFinder:
    """Finds the faces of one picture after the other. One object belongs to one thread.

    Attributes:
        detail: How small faces may be.
        min_score: Confidence that is asked of faces; the network judges those of a little less or more.
        engine: What runs the network.
        cache: Folder where the converted network and the HOG detector are kept.
        predictor: Places 68 landmarks, by which the network's boxes are framed.
    """

    detail: Detail = Detail.BALANCED
    min_score: float = MIN_SCORE
    engine: str = DEFAULT_ENGINE
    cache: Path | None = None
    predictor: LandmarkPredictor = field(default_factory=DlibLandmarks)

    @property
    def name(self) -> str:
        """What is stored with a scan; another threshold makes another search."""
        return f"dlib-hog, closely, and dlib-cnn(min_score={self.min_score:g})"

    def find(self, picture: Picture) -> Detections:
        """Find faces, the surest first; boxes in full-resolution pixels.

        Raises:
            ModelFileError: Weights are missing or damaged.
        """
        pixels = picture.pixels
        found = self._by_filters(pixels, self._long_side(picture))
        if (side := EFFORTS[self.detail].network) is not None:
            found = _with_others(found, self._by_network(pixels, side))
        return Detections((found.boxes * pixel_ratio(picture)).astype(np.float32), found.scores)

    def _by_filters(self, pixels: Pixels, long_side: float) -> Detections:
        """Search with the HOG detector; boxes in the pixels that are held, as in all that follows."""
        pyramid = GreyPyramid(pixels)
        found = self._closely(pyramid, self._candidates(pyramid, long_side))
        found = _rows(found, np.flatnonzero(found.scores >= self.min_score - HOPE))
        doubted = found.scores < self.min_score + DOUBT
        believed = [not doubt or self._confirmed(pixels, box) for doubt, box in zip(doubted, found.boxes, strict=True)]
        return _rows(found, np.flatnonzero(believed))

    def _by_network(self, pixels: Pixels, long_side: int) -> Detections:
        """Search with the network; boxes are framed as the HOG detector would.

        Each gets the least score: where faces are turned by 45 degrees or more, landmarks are misplaced and descriptors
        are another person's, so they must not hold a group together.
        """
        held = max(pixels.shape[:2])
        factor = min(long_side / held, MOST_ENLARGED)
        height, width = (max(1, round(length * factor)) for length in pixels.shape[:2])
        found = HogFramed(detector=self._network, predictor=self.predictor).detect(resized(pixels, width, height))
        scores = np.full(len(found), self.min_score, np.float32)
        return Detections((found.boxes / factor).astype(np.float32), scores)

    def _long_side(self, picture: Picture) -> float:
        wanted = working_long_side(self.detail, picture.full_width, picture.full_height)
        return float(min(wanted, max(picture.pixels.shape[:2]) * MOST_ENLARGED))

    def _candidates(self, pyramid: GreyPyramid, long_side: float) -> Detections:
        """Places where a face may be."""
        found = []
        dense = EFFORTS[self.detail].dense
        for factor in (size / pyramid.long_side for size in search_sizes(long_side, dense)):
            grey, back = pyramid.part(factor)
            for rows, columns in textured_regions(grey):
                seen = self._hog.detect(grey[rows, columns])
                offset = np.array([columns.start, rows.start, 0, 0], np.float32)
                found.append(Detections((seen.boxes + offset) * back[0] + back[1], seen.scores))
        return _distinct(_joined(found))

    def _closely(self, pyramid: GreyPyramid, candidates: Detections) -> Detections:
        """The same places, looked at in more sizes: the surest box that is found at each."""
        return _distinct(_joined([self._best(pyramid, box) for box in candidates.boxes]))

    def _best(self, pyramid: GreyPyramid, box: FloatArray) -> Detections:
        room = box[2:] * ROOM
        around = np.concatenate([box[:2] - room, box[2:] + 2 * room])
        found = []
        for step in FINE_STEPS:
            grey, back = pyramid.part(min(FACE / float(box[2]) * step, MOST_ENLARGED), around)
            seen = self._hog.detect(grey)
            found.append(Detections(seen.boxes * back[0] + back[1], seen.scores))
        every = _joined(found)
        same = np.flatnonzero(overlaps(box[None], every.boxes)[0] > AGREEMENT)
        return _rows(every, same[np.argsort(-every.scores[same], kind="stable")[:1]])

    def _confirmed(self, pixels: Pixels, box: FloatArray) -> bool:
        """Whether the network finds a face, too."""
        x, y, side, _ = box
        left, top = max(0, int(x - side * NETWORK_ROOM)), max(0, int(y - side * NETWORK_ROOM))
        part = pixels[top : int(y + side * (1 + NETWORK_ROOM)), left : int(x + side * (1 + NETWORK_ROOM))]
        factor = CLOSE_UP / side
        width, height = (max(1, round(length * factor)) for length in part.shape[1::-1])
        seen = self._network.detect(resized(part, width, height))
        expected = np.array([[x - left, y - top, side, side]], np.float32) * factor
        return bool((overlaps(expected, seen.boxes) > CONFIRMED).any())

    @functools.cached_property
    def _hog(self) -> Detector:
        return HogDetector(min_score=self.min_score - SHORTFALL, all_sizes=False, cache=self.cache)

    @functools.cached_property
    def _network(self) -> Detector:
        engine = self.engine if self.engine in NETWORK_ENGINES else DEFAULT_ENGINE
        return CnnDetector(engine=engine, cache=self.cache)


def search_sizes(long_side: float, dense: int) -> Iterator[float]:
    """Long sides at which a picture is looked through, the largest first."""
    while long_side >= LEAST_SIDE:
        yield long_side
        long_side /= DENSE_STEP if long_side <= dense else STEP


def resized(pixels: Pixels, width: int, height: int) -> Pixels:
    """Bring pixels to a size."""
    if pixels.shape[1::-1] == (width, height):
        return pixels
    # Bilinear is enough between half and whole size; beyond, fine detail would turn into false patterns.
    factor = width / pixels.shape[1]
    interpolation = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_LINEAR if factor >= 0.5 else cv2.INTER_AREA
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=interpolation), np.uint8)


def _joined(found: list[Detections]) -> Detections:
    found = [Detections.none(), *found]
    return Detections(
        np.concatenate([each.boxes for each in found]).astype(np.float32),
        np.concatenate([each.scores for each in found]),
    )


def _distinct(found: Detections) -> Detections:
    return _rows(found, distinct(found.boxes, found.scores, SAME_FACE))


def _with_others(found: Detections, others: Detections) -> Detections:
    """Add faces that are not among those found."""
    every = _joined([found, others])
    first = every.scores + np.where(np.arange(len(every)) < len(found), every.scores.max(initial=0) + 1, 0)
    kept = distinct(every.boxes, first, SAME_FACE)
    return _rows(every, kept[np.argsort(-every.scores[kept], kind="stable")])


def _rows(found: Detections, rows: IntArray) -> Detections:
    return Detections(found.boxes[rows], found.scores[rows])


def pixel_ratio(picture: Picture) -> FloatArray:
    """Full-resolution pixels per pixel held, as (x, y, x, y)."""
    height, width = picture.pixels.shape[:2]
    return np.array([picture.full_width / width, picture.full_height / height] * 2, np.float32)
