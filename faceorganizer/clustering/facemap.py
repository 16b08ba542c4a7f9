"""Infomap on neighbours chosen face by face (FaceMap), or by one similarity."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from faceorganizer.clustering.edges import Edges, Weights, checked_range
from faceorganizer.clustering.flow import communities
from faceorganizer.clustering.method import LARGEST_SEED, Method
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph


@dataclass(kw_only=True)
class SimilarityInfomap(Method):
    """Infomap on the neighbours above one similarity, which is also the weight of their edges (Rosvall and
    Bergstrom, "Maps of random walks on complex networks reveal community structure", PNAS 105, 2008): how the
    published tables for MS-Celeb-1M and YouTube Faces were made, with cosine similarity.

    Time about O(n k), memory O(n k).

    Args:
        k: See :class:`~faceorganizer.clustering.method.Method`, as for the other parameters.
        cut: Largest distance of neighbours; of the cosine metric, one minus the least similarity.
        seed: Of Infomap's random numbers, 0 to 2^31 - 2.
        metric: Any. Similarity is one minus the distance, for Euclidean distances one minus half the square, for
            cityblock one minus the distance over twice the cut.
        least_quality: As there.
    """  # noqa: D205

    seed: int = 0

    strangers: ClassVar[float] = 0.3

    def check(self) -> None:
        """As the others, with the seed."""
        super().check()
        checked_range("seed", self.seed, 0, LARGEST_SEED, whole=True)

    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label communities."""
        near = (graph.distances <= cut) & (graph.indices >= 0)
        similarities = self._similarities(graph, cut)
        sources, columns = np.nonzero(near & self._chosen(graph, cut, similarities))
        edges = Edges(sources, graph.indices[sources, columns], similarities[sources, columns])
        return communities(edges, len(graph), seed=self.seed, context=context)

    def _similarities(self, graph: NeighbourGraph, cut: float) -> Weights:
        """Similarity (n, k), least just above zero; zero where a row is padded."""
        distances = np.where(graph.indices < 0, np.inf, graph.distances).astype(np.float64)
        if self.metric == "euclidean":
            result = 1 - distances**2 / 2
        else:
            result = 1 - distances / (1 if self.metric == "cosine" else 2 * cut)
        return np.where(graph.indices < 0, 0, np.maximum(result, 1e-6))

    def _chosen(self, graph: NeighbourGraph, cut: float, similarities: Weights) -> npt.NDArray[np.bool_]:
        """Which (n, k) neighbours within the cut count."""
        return np.ones(graph.indices.shape, bool)


@dataclass(kw_only=True)
class FaceMap(SimilarityInfomap):
    """Infomap on neighbours that an outlier test chooses face by face (Yu, Yang and others, "FaceMap: towards
    unsupervised face clustering via map equation", arXiv 2203.10090).

    A face's similarities to its neighbours, nearest first, are normalised to probabilities. Where they fall from its
    person to strangers their differences are large: the neighbours end in the middle of that window of differences
    whose mean lies most standard deviations above what follows it. At least half a window is always kept, strangers or
    not, so neighbours beyond the cut are dropped first, an addition to the paper; a cut of 2 leaves its method alone.

    Time about O(n k), memory O(n k).

    Args:
        k: The paper takes 256. See :class:`~faceorganizer.clustering.method.Method`, as for the other parameters.
        cut: Largest distance of neighbours.
        sure: Share of the cut within which neighbours stay whatever the test says, 0 to 1.
        window: Differences in a window, 2 to 1000.
        seed: Of Infomap's random numbers, 0 to 2^31 - 2.
        metric: Any.
        least_quality: As there.
    """  # noqa: D205

    sure: float = 0.7
    window: int = 3

    strangers: ClassVar[float] = 0.3

    def check(self) -> None:
        """As the others, with the window."""
        super().check()
        checked_range("window", self.window, 2, 1000, whole=True)
        checked_range("sure", self.sure, 0, 1)

    def _chosen(self, graph: NeighbourGraph, cut: float, similarities: Weights) -> npt.NDArray[np.bool_]:
        return (graph.distances <= self.sure * cut) | self._ahead(similarities)

    def _ahead(self, similarities: Weights) -> npt.NDArray[np.bool_]:
        """Which (n, k) neighbours come before the break; all of rows too short for a window and what follows it."""
        count, length = similarities.shape
        windows = length - 1 - 2 * self.window + 1  # those with as many differences behind them
        if windows < 1:
            return np.ones((count, length), bool)
        totals = similarities.sum(axis=1, keepdims=True)
        chances = np.divide(similarities, totals, out=np.zeros_like(similarities), where=totals > 0)
        falls = -np.diff(chances, axis=1)
        sums, squares = (np.pad(np.cumsum(a, axis=1), ((0, 0), (1, 0))) for a in (falls, falls**2))
        start = np.arange(windows)
        end = start + self.window
        behind = falls.shape[1] - end
        mean = (sums[:, end] - sums[:, start]) / self.window
        tail = (sums[:, -1:] - sums[:, end]) / behind
        spread = np.sqrt(np.maximum((squares[:, -1:] - squares[:, end]) / behind - tail**2, 1e-18))
        ends = np.argmax((mean - tail) / spread, axis=1) + self.window // 2
        ahead: npt.NDArray[np.bool_] = np.arange(length) <= ends[:, None]
        return ahead
