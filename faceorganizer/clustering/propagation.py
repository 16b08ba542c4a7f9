"""Consensus-driven propagation, with a single model."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from faceorganizer.clustering.constraints import connected
from faceorganizer.clustering.distances import pairs_within
from faceorganizer.clustering.edges import checked_range
from faceorganizer.clustering.method import Method
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph


@dataclass(kw_only=True)
class ConsensusPropagation(Method):
    """Labels spread along pairs within a cut that tightens where a group grows too large (Zhan, Liu, Yan, Lin and
    Loy, "Consensus-driven propagation in massive unlabeled data for face recognition", ECCV 2018; the propagation
    alone, without committee and mediator).

    Groups are the connected components of the pairs within the cut. Those with more faces than ``max_size`` lose
    their longest pairs, a step at a time, until what is left of them is small enough. Time O(steps n k), memory
    O(n k).

    Args:
        k: Few neighbours work best. See :class:`~faceorganizer.clustering.method.Method`, as for the other parameters.
        cut: Largest distance of two neighbouring faces of one person, to begin with.
        max_size: Most faces of a group, 2 to 100 million.
        step: Share of the cut that each tightening takes away, 0.001 to 0.5.
        metric: Any.
        least_quality: As there.
    """  # noqa: D205

    k: int = 15
    max_size: int = 600
    step: float = 0.02

    strangers: ClassVar[float] = 0.05

    def check(self) -> None:
        """As the others, with size and step."""
        super().check()
        checked_range("max_size", self.max_size, 2, 100_000_000, whole=True)
        checked_range("step", self.step, 0.001, 0.5)

    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label components small enough."""
        pairs, distances = pairs_within(graph, cut)
        while True:
            context.check_cancelled()
            labels = connected(len(graph), pairs)
            tight = np.bincount(labels)[labels[pairs[:, 0]]] > self.max_size
            cut *= 1 - self.step
            cutting = tight & (distances > cut)
            # Faces that coincide, or nearly so, cannot be told apart by a shorter distance.
            if not cutting.any() and (not tight.any() or distances[tight].max() <= 1e-6):
                return labels
            pairs, distances = pairs[~cutting], distances[~cutting]
