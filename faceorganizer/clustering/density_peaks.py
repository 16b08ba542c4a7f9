"""Density peaks, with densities that spread among neighbours."""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
from scipy.sparse import csr_array

from faceorganizer.clustering.constraints import connected
from faceorganizer.clustering.distances import pairs_within
from faceorganizer.clustering.edges import Weights, checked_range
from faceorganizer.clustering.method import Method
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph

_PAIRS: Final = 1 << 17  # compared at a time


@dataclass(kw_only=True)
class DensityPeaks(Method):
    """Each face follows the most similar of its denser neighbours, up to a peak (Rodriguez and Laio, "Clustering by
    fast search and find of density peaks", Science 344, 2014), with the density and the distance of Chen, Zhong, Chen,
    Shen, Huang, Wang, Liang and Sun, "On mitigating hard clusters for face clustering" (ECCV 2022, arXiv 2207.11895).

    A walker at a face stays or goes to a neighbour within the cut, with a probability that falls with the distance.
    Density is how much arrives when every face sends out the same amount: so small and sparse groups are as dense as
    large ones. Two faces are as far apart as their walkers' chances to meet are small: one minus the sum over all
    places of the root of both probabilities. Who has no denser neighbour within ``threshold`` is a peak.

    Time O(n k^2), memory O(n k).

    Args:
        k: See :class:`~faceorganizer.clustering.method.Method`, as for the other parameters.
        cut: Largest distance of neighbours.
        threshold: Largest distance to follow, 0 to 1.
        steps: Of walkers until the density is taken, 1 to 100.
        metric: Any.
        least_quality: As there.
    """  # noqa: D205

    threshold: float = 0.5
    steps: int = 1

    strangers: ClassVar[float] = 0.3

    def check(self) -> None:
        """As the others, with threshold and steps."""
        super().check()
        checked_range("threshold", self.threshold, 0, 1)
        checked_range("steps", self.steps, 1, 100, whole=True)

    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label by peak."""
        count = len(graph)
        pairs, _ = pairs_within(graph, cut)
        chances = _transitions(graph, cut)
        density = np.ones(count)
        for _ in range(self.steps):
            density = chances.T @ density
        density = np.round(density, 9)  # equal ones are equal in whatever order they were summed
        apart = _apart(chances, pairs, context)
        uphill = density[pairs[:, 0]] < density[pairs[:, 1]]  # of equal ones the lower row is the denser one
        lower = np.where(uphill, pairs[:, 0], pairs[:, 1])
        higher = np.where(uphill, pairs[:, 1], pairs[:, 0])
        order = np.lexsort((higher, apart, lower))
        first = order[np.unique(lower[order], return_index=True)[1]]
        first = first[apart[first] <= self.threshold]
        return connected(count, np.column_stack([lower[first], higher[first]]))


def _transitions(graph: NeighbourGraph, cut: float) -> csr_array:
    """Chance (n, n) to go from one face to a neighbour, or to stay."""
    sources, columns = np.nonzero((graph.distances <= cut) & (graph.indices >= 0))
    stay = np.arange(len(graph))
    rows = np.concatenate([sources, stay])
    places = np.concatenate([graph.indices[sources, columns], stay])
    weights = np.concatenate([np.exp(-2 * (graph.distances[sources, columns] / cut) ** 2), np.ones(len(graph))])
    totals = np.bincount(rows, weights, len(graph))
    return csr_array((weights / totals[rows], (rows, places)), shape=(len(graph),) * 2)


def _apart(chances: csr_array, pairs: IntArray, context: JobContext) -> Weights:
    """One minus the Bhattacharyya coefficient of the walkers of each pair."""
    roots = chances.sqrt()
    apart = np.empty(len(pairs))
    for start in range(0, len(pairs), _PAIRS):
        context.check_cancelled()
        part = pairs[start : start + _PAIRS]
        apart[start : start + _PAIRS] = 1 - roots[part[:, 0]].multiply(roots[part[:, 1]]).sum(axis=1)
        context.report(start, len(pairs), "Comparing neighbourhoods")
    return apart
