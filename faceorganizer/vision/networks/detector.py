"""Finding faces with dlib's convolutional network."""

import functools
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.faces import Detections
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.seams import Pixels
from faceorganizer.vision.networks.dlibfile import WINDOW, DetectorNet, parse_detector
from faceorganizer.vision.networks.engines import DEFAULT_ENGINE, Engine, create_engine
from faceorganizer.vision.networks.pyramid import Layout, tile_layout, tile_pixels
from faceorganizer.vision.weights import Weights, weights_content

CELL: Final = 8  # pixels per score
FIRST_CENTRE: Final = 14  # of the pixels that the first score is about
LEAST_STRIP: Final = 29  # pixels that the first score needs
LEAST_SIDE: Final = 10  # of a picture; dlib itself fails on smaller ones
STRIP: Final = 1 << 21  # pixels of a tile that are run at a time, so that memory does not grow with the tile
REACH: Final = 10  # rows of scores that a score depends on beyond its own pixels, up and down


class CnnDetector:
    """dlib's max-margin CNN detector on a fast engine: dlib's own boxes, but for rounding.

    It finds faces of 80 pixels and more, turned and hidden ones better than the HOG detector. Its boxes are framed
    otherwise: see :func:`~faceorganizer.vision.framing.hog_framed`. One object belongs to one thread. See D. E. King,
    "Max-Margin Object Detection", arXiv:1502.00046.

    Args:
        min_score: Least confidence; faces score up to about 1.1.
        engine: Name of the engine, "onnxruntime" or "opencv".
        threads: How many ONNX Runtime uses; 0 for one per core.
        cache: Folder where converted networks are kept.
    """

    def __init__(
        self, *, min_score: float = 0.0, engine: str = DEFAULT_ENGINE, threads: int = 1, cache: Path | None = None
    ) -> None:
        self.min_score = min_score
        self.engine = engine
        self.threads = threads
        self.cache = cache

    @property
    def name(self) -> str:
        """What is stored with a scan; another threshold makes another search."""
        return f"dlib-cnn(min_score={self.min_score:g})"

    def detect(self, pixels: Pixels) -> Detections:
        """Search (height, width) grey or (height, width, 3) RGB pixels; boxes may reach over the edge.

        It takes about 60 bytes of memory per pixel, and some 80 MB.

        Raises:
            ModelFileError: The weights are missing or damaged.
        """
        if min(pixels.shape[:2]) < LEAST_SIDE:
            return Detections.none()
        layout = tile_layout(pixels.shape[1], pixels.shape[0])
        scores = self._scores(tile_pixels(_coloured(pixels), layout, self._net.means))
        rows, columns = np.nonzero(scores > self.min_score)
        found = scores[rows, columns]
        order = np.argsort(-found, kind="stable")
        corners = picture_corners(np.stack([columns, rows], axis=1)[order], layout)
        kept = separate(corners, self._net.most_overlap)
        boxes = np.concatenate([corners[:, :2], corners[:, 2:] - corners[:, :2] + 1], axis=1)
        return Detections(boxes[kept].astype(np.float32), found[order][kept])

    def _scores(self, tile: FloatArray) -> FloatArray:
        """Scores (rows, columns) of a tile, strip by strip; the strips overlap so that none sees their edges."""
        total = _cells(len(tile))
        step = max(2 * REACH, STRIP // tile.shape[1] // CELL)
        parts = []
        for first in range(0, total, step):
            above = min(REACH, first)
            last = min(first + step + REACH, total)
            strip = tile[(first - above) * CELL : (last - 1) * CELL + LEAST_STRIP]
            parts.append(self._engine.run(strip[None])[0, 0, above : above + step])
        return np.concatenate(parts)

    @functools.cached_property
    def _engine(self) -> Engine:
        return create_engine(self.engine, weights=Weights.CNN_DETECTOR, threads=self.threads, cache=self.cache)

    @functools.cached_property
    def _net(self) -> DetectorNet:
        return parse_detector(weights_content(Weights.CNN_DETECTOR), Weights.CNN_DETECTOR)


def picture_corners(cells: IntArray, layout: Layout) -> IntArray:
    """First and last pixels (n, 4), both included, of the windows that cells (n, 2) of the scores stand for."""
    centres = cells * CELL + FIRST_CENTRE
    levels = _levels_of(centres, layout)
    half = (WINDOW - 1) / 2
    corners = np.concatenate([centres - half, centres + half], axis=1) - np.tile(layout.levels[levels, :2], 2)
    for level in range(1, int(levels.max(initial=0)) + 1):
        corners[levels >= level] = corners[levels >= level] * 1.2 + 0.3  # as dlib does, step by step
    return np.floor(corners + 0.5).astype(np.int64)


def separate(corners: IntArray, most_overlap: float) -> IntArray:
    """Rows to keep of corners (n, 4), the surest first, so that none overlaps a surer one that is kept.

    Args:
        corners: First and last pixels, both included.
        most_overlap: Largest intersection as a share of the box that bounds both.
    """
    kept: list[int] = []
    for row, corner in enumerate(corners):
        others = corners[kept]
        shared = _area(np.maximum(corner[:2], others[:, :2]), np.minimum(corner[2:], others[:, 2:]))
        bound = _area(np.minimum(corner[:2], others[:, :2]), np.maximum(corner[2:], others[:, 2:]))
        if not (shared > most_overlap * bound).any():
            kept.append(row)
    return np.array(kept, np.int64)


def _levels_of(points: IntArray, layout: Layout) -> IntArray:
    """The level that each point (n, 2) lies on, or nearest to."""
    first, last = layout.levels[:, :2], layout.levels[:, :2] + layout.levels[:, 2:] - 1
    beyond = np.maximum(first - points[:, None], 0) + np.maximum(points[:, None] - last, 0)
    nearest: IntArray = np.square(beyond).sum(axis=2).argmin(axis=1)
    return nearest


def _area(first: IntArray, last: IntArray) -> npt.NDArray[np.int64]:
    return np.asarray(np.maximum(last - first + 1, 0).prod(axis=1), np.int64)


def _cells(side: int) -> int:
    """Scores along a side of so many pixels, of which each convolution of three halves leaves (side - 3) // 2."""
    for _ in range(3):
        side = (side - 3) // 2
    return side


def _coloured(pixels: Pixels) -> Pixels:
    return np.broadcast_to(pixels[..., None], (*pixels.shape, 3)) if pixels.ndim == 2 else pixels
