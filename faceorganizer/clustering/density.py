"""Groups as dense regions: DBSCAN and HDBSCAN."""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
from scipy.sparse import csr_array
from sklearn.cluster import DBSCAN, HDBSCAN
from sklearn.neighbors import sort_graph_by_row_values

from faceorganizer.clustering.constraints import connected
from faceorganizer.clustering.distances import pairs_within
from faceorganizer.clustering.edges import Weights, checked_range
from faceorganizer.clustering.method import Method, refuse_above
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph

LARGEST_COMPONENT: Final = 50_000  # faces: HDBSCAN's spanning tree takes time quadratic in their number, minutes here


@dataclass(kw_only=True)
class Dbscan(Method):
    """Groups are faces with enough neighbours within the cut, and those near them (Ester, Kriegel, Sander and Xu, "A
    density-based algorithm for discovering clusters in large spatial databases with noise", KDD 1996), by
    scikit-learn on the neighbour graph. What belongs nowhere is alone.

    Time O(n k log k), memory O(n k).

    Args:
        k: See :class:`~faceorganizer.clustering.method.Method`, as for the other parameters.
        cut: Radius of the neighbourhood.
        min_samples: Faces in it, the one in the middle included, that make it dense, 1 to 10,000; with 2 this is
            single linkage.
        metric: Any.
        least_quality: As there.
    """  # noqa: D205

    min_samples: int = 2

    strangers: ClassVar[float] = 0.05

    def check(self) -> None:
        """As the others, with the number of samples."""
        super().check()
        checked_range("min_samples", self.min_samples, 1, 10_000, whole=True)

    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label dense regions."""
        pairs, distances = pairs_within(graph, cut)
        if not len(pairs):
            return np.arange(len(graph))
        near = _distance_matrix(len(graph), pairs, distances)
        labels = DBSCAN(eps=cut, min_samples=self.min_samples, metric="precomputed").fit(near).labels_
        return _noise_apart(labels)


@dataclass(kw_only=True)
class Hdbscan(Method):
    """Groups are those dense regions that last longest while the density asked for grows (Campello, Moulavi and
    Sander, "Density-based clustering based on hierarchical density estimates", PAKDD 2013), by scikit-learn.

    The hierarchy begins where pairs of faces are within the cut, so that strangers are none in a library of few
    people, and a single person is one: each connected component of such pairs is solved alone, as a region born at
    that density. What belongs nowhere is alone. Identical faces are one. Time quadratic in the largest component, at
    most 50,000 faces; memory O(n k).

    Args:
        k: See :class:`~faceorganizer.clustering.method.Method`, as for the other parameters.
        cut: Largest distance of neighbouring faces of one person; large ones leave the plain method.
        min_cluster_size: Fewest faces of a group, 2 to 10,000.
        min_samples: The distance to this many neighbours, the face itself included, tells how dense a place is, 1 to
            10,000.
        metric: Any; "cosine" measures unit vectors by the Euclidean distance.
        least_quality: As there.
    """  # noqa: D205

    min_cluster_size: int = 2
    min_samples: int = 3

    strangers: ClassVar[float] = 0.7

    def check(self) -> None:
        """As the others, with both numbers."""
        super().check()
        checked_range("min_cluster_size", self.min_cluster_size, 2, 10_000, whole=True)
        checked_range("min_samples", self.min_samples, 1, 10_000, whole=True)

    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label component by component."""
        components = connected(len(graph), pairs_within(graph, cut)[0])
        sizes = np.bincount(components)
        refuse_above(LARGEST_COMPONENT, int(sizes.max()), "faces that hang together", "its time is quadratic")
        labels = np.arange(len(graph))
        order = np.argsort(components, kind="stable")
        order = order[sizes[components[order]] >= self.min_cluster_size]
        done = 0
        for rows in np.split(order, np.flatnonzero(np.diff(components[order])) + 1) if len(order) else []:
            context.check_cancelled()
            points, which = np.unique(graph.descriptors[rows], axis=0, return_inverse=True)
            regions = _noise_apart(self._regions(points.astype(np.float64), cut))[which.ravel()]
            labels[rows] = rows[0] + len(graph) * (1 + regions)
            done += len(rows)
            context.report(done, len(order), "Grouping faces")
        return labels

    def _regions(self, points: Weights, cut: float) -> IntArray:
        """Label (n,) different points of one component; -1 for noise."""
        count = len(points)
        if count <= self.min_cluster_size:
            return np.zeros(count, np.int64)  # cannot be divided
        reach = float(np.sqrt(2 * cut)) if self.metric == "cosine" else cut
        # scikit-learn either never takes the whole for a region, or one born at density zero, which beats every other.
        # So the component gets company: a few points at the distance of the cut, in a dimension of their own.
        away = max(self.min_cluster_size, self.min_samples)
        raised = np.hstack([np.vstack([points, np.repeat(points[:1], away, axis=0)]), np.zeros((count + away, 1))])
        raised[count:, -1] = reach * (1 + np.arange(away) / 100)
        method = HDBSCAN(
            min_cluster_size=self.min_cluster_size,
            min_samples=self.min_samples,
            metric="cityblock" if self.metric == "cityblock" else "euclidean",
            copy=True,
        )
        labels: IntArray = method.fit(raised).labels_[:count]
        return labels


def _distance_matrix(count: int, pairs: IntArray, distances: Weights) -> csr_array:
    """Symmetric distances, rows sorted by them; a pair at distance zero is stored as well."""
    both = np.concatenate([pairs, pairs[:, ::-1]])
    matrix = csr_array((np.concatenate([distances, distances]), (both[:, 0], both[:, 1])), shape=(count, count))
    return sort_graph_by_row_values(matrix, warn_when_not_sorted=False)


def _noise_apart(labels: IntArray) -> IntArray:
    """Give each face labelled -1 a label of its own."""
    apart = labels.astype(np.int64)
    noise = np.flatnonzero(apart < 0)
    apart[noise] = apart.max(initial=0) + 1 + np.arange(len(noise))
    return apart
