"""What the methods that stand beside the default one have in common."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
import numpy.typing as npt

from faceorganizer.clustering.constraints import attach, enforce
from faceorganizer.clustering.distances import (
    METRICS,
    among,
    checked_cut,
    checked_metric,
    equivalent_cut,
    measured,
    pairs_within,
)
from faceorganizer.clustering.edges import Edges, adaptive_cut, checked_range, checked_spread
from faceorganizer.domain.errors import SettingError, VectorError
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import Constraints, NeighbourGraph
from faceorganizer.neighbours.spread import DLIB, DLIB_UNIT, Spread

LARGEST_SEED: Final = 2**31 - 2


@dataclass(kw_only=True)
class Method(ABC):
    """A :class:`~faceorganizer.domain.seams.Clusterer` whose own part is :meth:`group` alone.

    Faces below ``least_quality`` take no part; each then joins the group that it has most weight to within the cut.
    Constraints are enforced on the result.

    Args:
        k: Nearest neighbours of each face that count, 1 to 10,000.
        cut: Largest distance that can mean one person, in the unit of the metric, 0.000001 to 1000. None adapts it to
            the size of the library: the Euclidean distance within which some strangers are expected (see
            :func:`faceorganizer.clustering.edges.adaptive_cut`; how many is a constant of each method, chosen on one
            half of the people of LFW), or what leaves as many neighbours in another metric.
        metric: "cosine" (one minus the cosine), "euclidean" or "cityblock", as the method allows. The default is what
            measures best on LFW: what a descriptor's length says is not whose face it is.
        least_quality: Faces below hold no groups together, 0 to 1.
        spread: How far apart different people are at unit length, for descriptors of other networks than dlib's; it
            carries the adaptive cut over.
    """

    k: int = 80
    cut: float | None = None
    metric: str = "cosine"
    least_quality: float = 0.4
    spread: Spread = DLIB_UNIT

    metrics: ClassVar[tuple[str, ...]] = METRICS
    strangers: ClassVar[float] = 0.5

    @abstractmethod
    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label (n,) good faces.

        Args:
            graph: At least one face, at most k neighbours each, distances of the metric.
            cut: In the same unit.
            context: May cancel.
        """

    def check(self) -> None:
        """Refuse parameters that do not fit.

        Raises:
            SettingError: One is refused.
        """
        checked_range("k", self.k, 1, 10_000, whole=True)
        checked_cut(self.cut)
        checked_metric(self.metric, self.metrics)
        checked_range("least_quality", self.least_quality, 0, 1)
        checked_spread(self.spread)

    def fit_predict(
        self,
        graph: NeighbourGraph,
        *,
        quality: FloatArray | None = None,
        constraints: Constraints | None = None,
        context: JobContext,
    ) -> IntArray:
        """Return (n,) labels from 0 up without gaps.

        Args:
            graph: The faces to group, best with at least ``k`` neighbours each.
            quality: (n,) 0 to 1. None: all are good.
            constraints: Pairs that belong together, or never do.
            context: Told of progress; may cancel.

        Raises:
            SettingError: A parameter is out of range, or there are too many faces for the method.
            VectorError: ``quality`` does not fit the graph.
            CancelledError: The job was cancelled.
        """
        self.check()
        context.check_cancelled()
        pairs = constraints or Constraints.none()
        good = self._good(len(graph), quality)
        nearest = NeighbourGraph(graph.descriptors, graph.indices[:, : self.k], graph.distances[:, : self.k])
        near = measured(nearest, self.metric)
        cut = self._cut(nearest, near)
        labels = np.arange(len(graph))
        if good.any():
            labels[good] = len(graph) + self.group(among(near, np.flatnonzero(good)), cut, context)
        edges = _edges(near, cut).without(pairs.cannot)
        context.check_cancelled()
        return enforce(attach(labels, edges.only(~good[edges.sources] & good[edges.targets])), edges, pairs)

    def _good(self, count: int, quality: FloatArray | None) -> npt.NDArray[np.bool_]:
        if quality is None:
            return np.ones(count, bool)
        if quality.shape != (count,):
            raise VectorError(f"Qualities of shape {quality.shape} do not fit {count} faces.")
        good: npt.NDArray[np.bool_] = quality >= self.least_quality
        return good

    def _cut(self, graph: NeighbourGraph, near: NeighbourGraph) -> float:
        if self.cut is not None:
            return self.cut
        usual = adaptive_cut(len(graph), self.strangers)
        if self.spread != DLIB_UNIT:
            usual = max(DLIB.carried(usual, self.spread), 1e-6)
        return usual if near is graph else equivalent_cut(graph, near, usual)


def refuse_above(most: int, count: int, what: str, why: str) -> None:
    """Refuse what would take more memory or time than a laptop has.

    Args:
        most: Number that is still taken.
        count: Number that there is.
        what: What is counted, such as "faces".
        why: What grows so fast, one clause.

    Raises:
        SettingError: There are too many.
    """
    if count > most:
        raise SettingError(
            f"{count:,} {what} are too many for this method, which takes {most:,}: {why}.",
            "Choose the method “infomap”, which takes a million faces, or a smaller cut where it has one.",
        )


def _edges(graph: NeighbourGraph, cut: float) -> Edges:
    """Edges within the cut in both directions, weighted exp(-2 (d / cut)^2)."""
    pairs, distances = pairs_within(graph, cut)
    weights = np.exp(-2 * (distances / cut) ** 2)
    both = np.concatenate([pairs, pairs[:, ::-1]])
    return Edges(both[:, 0], both[:, 1], np.concatenate([weights, weights]))
