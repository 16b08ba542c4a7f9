"""Groups as the surroundings of their means: k-means, nearest-cluster threshold clustering, mean shift."""

import warnings
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.exceptions import ConvergenceWarning

from faceorganizer.clustering.constraints import compact, connected
from faceorganizer.clustering.distances import pairs_within
from faceorganizer.clustering.edges import Weights, checked_range
from faceorganizer.clustering.method import LARGEST_SEED, Method, refuse_above
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph

MOST_DISTANCES: Final = 10_000_000_000  # of faces to means in one round: half a minute here
MOST_COMPARED_ONE_BY_ONE: Final = 100_000  # faces
MOST_SHIFTED: Final = 20_000  # faces
_DISTANCES: Final = 1 << 22  # held at a time: 32 MB, twice


@dataclass(kw_only=True)
class KMeansMethod(Method):
    """Each face belongs to the nearest of a number of means, the means to their faces (Lloyd, "Least squares
    quantization in PCM", IEEE Transactions on Information Theory 28, 1982), by scikit-learn.

    Without ``clusters`` there are as many as the pairs of neighbours within the cut have connected components, and
    the means of those are the first ones; otherwise they are drawn by k-means++ (Arthur and Vassilvitskii, SODA 2007).
    Time O(rounds n clusters dimension), at most ten billion distances a round; memory O(n (k + dimension)).

    Args:
        k: See :class:`~faceorganizer.clustering.method.Method`, as for the other parameters.
        cut: Tells only how many groups there are.
        clusters: Number of groups, at least 1; no more than there are different faces are made. None: see above.
        rounds: Most rounds, 1 to 10,000.
        seed: Of k-means++, 0 to 2^31 - 2.
        metric: "euclidean" or "cosine", which is spherical k-means but for the length of the means.
        least_quality: As there.
    """  # noqa: D205

    metric: str = "euclidean"
    clusters: int | None = None
    rounds: int = 100
    seed: int = 0

    metrics: ClassVar[tuple[str, ...]] = ("euclidean", "cosine")
    strangers: ClassVar[float] = 0.08

    def check(self) -> None:
        """As the others, with clusters, rounds and seed."""
        super().check()
        checked_range("clusters", 1 if self.clusters is None else self.clusters, 1, 100_000_000, whole=True)
        checked_range("rounds", self.rounds, 1, 10_000, whole=True)
        checked_range("seed", self.seed, 0, LARGEST_SEED, whole=True)

    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label by the nearest mean."""
        points = graph.descriptors.astype(np.float64)  # sums of threads in any order: rounding must not tell
        if self.clusters is None:
            first: Weights | str = means(points, connected(len(graph), pairs_within(graph, cut)[0]))
            clusters = len(first)
        else:
            first, clusters = "k-means++", min(self.clusters, len(np.unique(points, axis=0)))
        refuse_above(MOST_DISTANCES // clusters, len(graph), f"faces for {clusters:,} groups", "each meets every mean")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # some means coincide: then some groups stay empty
            labels: IntArray = self._method(first, clusters).fit(points).labels_
        return labels.astype(np.int64)

    def _method(self, first: Weights | str, clusters: int) -> KMeans | MiniBatchKMeans:
        return KMeans(clusters, init=first, n_init=1, max_iter=self.rounds, random_state=self.seed)


@dataclass(kw_only=True)
class MiniBatchKMeansMethod(KMeansMethod):
    """As k-means, each round on some faces drawn at random (Sculley, "Web-scale k-means clustering", WWW 2010), by
    scikit-learn.

    Time O(rounds batch clusters dimension) and one assignment of all faces, at most ten billion distances; memory
    O(n (k + dimension)). Parameters as of :class:`KMeansMethod`, and:

    Args:
        k: See :class:`~faceorganizer.clustering.method.Method`.
        cut: Tells only how many groups there are.
        clusters: Number of groups; None: as many as connected components.
        rounds: Most passes over all faces, 1 to 10,000.
        batch: Faces in a round, 1 to 10 million.
        seed: Of batches and k-means++.
        metric: "euclidean" or "cosine".
        least_quality: See :class:`~faceorganizer.clustering.method.Method`.
    """  # noqa: D205

    batch: int = 4096

    def check(self) -> None:
        """As k-means, with the size of a batch."""
        super().check()
        checked_range("batch", self.batch, 1, 10_000_000, whole=True)

    def _method(self, first: Weights | str, clusters: int) -> KMeans | MiniBatchKMeans:
        return MiniBatchKMeans(
            clusters,
            init=first,
            n_init=1,
            max_iter=self.rounds,
            batch_size=self.batch,
            random_state=self.seed,
            reassignment_ratio=0,  # a person with few faces is no mistake
        )


@dataclass(kw_only=True)
class NearestCluster(Method):
    """Face by face: into the group with the nearest mean if that is within the cut, else into a new one (leader
    clustering: Hartigan, "Clustering Algorithms", Wiley 1975, chapter 3).

    Depends on the order of the faces. Time O(n groups dimension), at most 100,000 faces; memory O(n (k + dimension)).

    Args:
        k: See :class:`~faceorganizer.clustering.method.Method`, as for the other parameters; tells only what enforces
            constraints.
        cut: Largest distance of a face to the mean of its group.
        metric: "euclidean" or "cosine".
        least_quality: As there.
    """  # noqa: D205

    metrics: ClassVar[tuple[str, ...]] = ("euclidean", "cosine")
    strangers: ClassVar[float] = 0.12

    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label in the order of the faces."""
        count = len(graph)
        refuse_above(MOST_COMPARED_ONE_BY_ONE, count, "faces", "each is compared with every group before it")
        reach = (cut if self.metric == "euclidean" else np.sqrt(2 * cut)) ** 2
        centres, sizes = np.zeros_like(graph.descriptors), np.zeros(count, np.int64)
        lengths = np.zeros(count, np.float32)
        labels, groups = np.empty(count, np.int64), 0
        # One after the other by definition; bounded by the limit above.
        for row, face in enumerate(graph.descriptors):
            if row % 1024 == 0:
                context.check_cancelled()
                context.report(row, count, "Grouping faces")
            squares = lengths[:groups] - 2 * (centres[:groups] @ face) + face @ face
            nearest = int(squares.argmin()) if groups else 0
            if not groups or squares[nearest] > reach:
                nearest, groups = groups, groups + 1
            labels[row] = nearest
            sizes[nearest] += 1
            centres[nearest] += (face - centres[nearest]) / sizes[nearest]
            lengths[nearest] = centres[nearest] @ centres[nearest]
        return labels


@dataclass(kw_only=True)
class MeanShiftMethod(Method):
    """Every face climbs to a peak of density, by moving to the mean of the faces within the cut, again and again;
    faces of one peak are one group (Comaniciu and Meer, "Mean shift: a robust approach toward feature space
    analysis", TPAMI 24, 2002).

    All faces move at once, in blocks of matrix products: scikit-learn asks for the neighbours of one face at a time,
    which takes a hundred times as long in 128 dimensions. Time O(rounds n^2 dimension), at most 20,000 faces; memory
    O(n (k + dimension)).

    Args:
        k: See :class:`~faceorganizer.clustering.method.Method`, as for the other parameters; tells only what enforces
            constraints.
        cut: Radius of the flat kernel; peaks closer than it are one, the denser one.
        rounds: Most moves of a face, 1 to 1000.
        metric: "euclidean" or "cosine".
        least_quality: As there.
    """  # noqa: D205

    metric: str = "euclidean"
    rounds: int = 100

    metrics: ClassVar[tuple[str, ...]] = ("euclidean", "cosine")
    strangers: ClassVar[float] = 0.01

    def check(self) -> None:
        """As the others, with rounds."""
        super().check()
        checked_range("rounds", self.rounds, 1, 1000, whole=True)

    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label by peak."""
        refuse_above(MOST_SHIFTED, len(graph), "faces", "its time is quadratic, many times over")
        points = graph.descriptors.astype(np.float64)
        reach = cut if self.metric == "euclidean" else float(np.sqrt(2 * cut))
        peaks, crowds = points.copy(), np.ones(len(points))
        moving = np.arange(len(points))
        for done in range(self.rounds):
            targets, crowds[moving] = _shifted(peaks[moving], points, reach, context)
            moved = np.linalg.norm(targets - peaks[moving], axis=1) > 1e-3 * reach
            peaks[moving] = targets
            moving = moving[moved]
            context.report(done + 1, self.rounds, "Climbing to the peaks")
            if not len(moving):
                break
        return _merged(peaks, crowds, reach, context)


def _shifted(places: Weights, points: Weights, reach: float, context: JobContext) -> tuple[Weights, Weights]:
    """Mean (m, dimension) of the points within reach of each place, the place itself where there are none; how many."""
    means, crowds = places.copy(), np.empty(len(places))
    lengths = np.einsum("ij,ij->i", points, points)
    step = max(1, _DISTANCES // len(points))
    for start in range(0, len(places), step):
        context.check_cancelled()
        part = places[start : start + step]
        squares = np.einsum("ij,ij->i", part, part)[:, None] + lengths - 2 * (part @ points.T)
        near = (squares <= reach**2).astype(np.float64)
        crowds[start : start + step] = near.sum(axis=1)
        some = np.flatnonzero(crowds[start : start + step])
        means[start + some] = (near[some] @ points) / crowds[start + some, None]
    return means, crowds


def _merged(peaks: Weights, crowds: Weights, reach: float, context: JobContext) -> IntArray:
    """Label (n,) peaks: the one with the largest crowd takes those within reach, then the next one."""
    labels = np.full(len(peaks), -1)
    left = np.lexsort((np.arange(len(peaks)), -crowds))
    while len(left):
        context.check_cancelled()
        near = np.linalg.norm(peaks[left] - peaks[left[0]], axis=1) <= reach
        labels[left[near]] = left[0]
        left = left[~near]
    return labels


def means(points: Weights, labels: IntArray) -> Weights:
    """Mean (groups, dimension) of each group, in the order of :func:`compact` labels."""
    groups = compact(labels)
    sizes = np.bincount(groups)
    order = np.argsort(groups, kind="stable")
    sums: Weights = np.add.reduceat(points[order], np.cumsum(sizes) - sizes)
    return sums / sizes[:, None]
