"""Hierarchical agglomerative clustering: the two nearest groups become one until none are within the cut.

In each of the three linkages two groups that join have a pair of faces within the cut. So all that happens, happens
inside the connected components of the pairs within the cut, and each is solved alone.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist

from faceorganizer.clustering.constraints import connected
from faceorganizer.clustering.distances import pairs_within
from faceorganizer.clustering.method import Method, refuse_above
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph

LARGEST_COMPONENT: Final = 20_000  # faces: their distances take 1.6 GB, and SciPy holds them twice


@dataclass(kw_only=True)
class SingleLinkage(Method):
    """Groups are the connected components of the pairs within the cut (Sneath, "The application of computers to
    taxonomy", Journal of General Microbiology 17, 1957).

    Pairs are looked for among the k nearest neighbours; a pair that is in neither list is missed, though most often
    a chain of nearer faces joins the two all the same. Time O(n k log(n k)), memory O(n k).

    Args:
        k: See :class:`~faceorganizer.clustering.method.Method`, as for the other parameters.
        cut: Largest distance of two neighbouring faces of one person.
        metric: Any.
        least_quality: As there.
    """  # noqa: D205

    strangers: ClassVar[float] = 0.05

    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label the components."""
        return connected(len(graph), pairs_within(graph, cut)[0])


@dataclass(kw_only=True)
class AverageLinkage(Method):
    """Groups join while the mean distance between their faces is within the cut (Sokal and Michener, "A statistical
    method for evaluating systematic relationships", University of Kansas Science Bulletin 38, 1958), by SciPy.

    Time and memory are quadratic in the largest connected component of the pairs within the cut, at most 20,000 faces
    (about 3.5 GB); otherwise O(n k).

    Args:
        k: See :class:`~faceorganizer.clustering.method.Method`, as for the other parameters. Neighbours only tell
            which faces may have to do with each other; within a component all distances are measured.
        cut: Largest mean distance of two groups of one person.
        metric: Any.
        least_quality: As there.
    """  # noqa: D205

    strangers: ClassVar[float] = 1.7
    linkage: ClassVar[str] = "average"

    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label component by component."""
        components = connected(len(graph), pairs_within(graph, cut)[0])
        sizes = np.bincount(components)
        refuse_above(LARGEST_COMPONENT, int(sizes.max()), "faces that hang together", "its memory is quadratic")
        labels = np.arange(len(graph))
        order = np.argsort(components, kind="stable")
        order = order[sizes[components[order]] > 1]
        done = 0
        for rows in np.split(order, np.flatnonzero(np.diff(components[order])) + 1) if len(order) else []:
            context.check_cancelled()
            tree = linkage(np.maximum(pdist(graph.descriptors[rows], self.metric), 0), self.linkage)
            labels[rows] = rows[0] + len(graph) * fcluster(tree, cut, "distance")
            done += len(rows)
            context.report(done, len(order), "Grouping faces")
        return labels


@dataclass(kw_only=True)
class CompleteLinkage(AverageLinkage):
    """Groups join while the largest distance between their faces is within the cut (Sørensen, "A method of
    establishing groups of equal amplitude in plant sociology", Biologiske Skrifter 5, 1948), by SciPy.

    Time and memory are quadratic in the largest connected component of the pairs within the cut, at most 20,000 faces
    (about 3.5 GB); otherwise O(n k).

    Args:
        k: See :class:`AverageLinkage`.
        cut: Largest distance of any two faces of one person.
        metric: Any.
        least_quality: See :class:`~faceorganizer.clustering.method.Method`.
    """  # noqa: D205

    strangers: ClassVar[float] = 12.0
    linkage: ClassVar[str] = "complete"
