"""Grouping by random walks: the method the program uses unless told otherwise."""

from typing import Final

# Loaded before infomap: both carry SWIG's iterator type, and infomap's results iterated as faiss' own crash.
import faiss  # noqa: F401
import numpy as np
from infomap import Network

from faceorganizer.clustering.constraints import affinities, compact, connected, enforce
from faceorganizer.clustering.edges import LOOSEST_CUT, Edges, Weights, adaptive_cut, checked_range, edges_within
from faceorganizer.domain.errors import VectorError
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import Constraints, NeighbourGraph

_LARGEST_SEED: Final = 2**31 - 2


class InfomapClusterer:
    """Groups such that a random walk along the edges is told in the fewest bits.

    The two-level directed map equation (Rosvall and Bergstrom, "Maps of random walks on complex networks reveal
    community structure", PNAS 105, 2008; Rosvall, Axelsson and Bergstrom, "The map equation", EPJ ST 178, 2009)
    solved by Infomap, on edges cut where a stranger becomes likely (see :mod:`faceorganizer.clustering.edges`).
    Faces below ``least_quality`` take no part; each then joins the group it has most edge weight to. Constraints
    are enforced last. Connected components are solved one by one, so that a new photo changes only the groups it
    touches, and so that the job can be cancelled between them.

    Time about O(n k), memory O(n k). Deterministic for a seed.

    Args:
        k: Nearest neighbours of each face that count; fewer than about 50 break large people up.
        cut: Largest Euclidean distance between neighbours, above 0 up to 1.5; None adapts it to the library.
        strangers: Strangers expected within the cut, 0.001 to 100; fewer make a stricter cut.
        steepness: How fast an edge loses weight with the strangers expected at its length, 0 to 1000.
        least_quality: Faces below hold no groups together, 0 to 1.
        trials: Times Infomap starts afresh on a component, 1 to 100; the best result counts.
        seed: Of Infomap's random numbers, 0 to 2^31 - 2.
    """

    def __init__(
        self,
        *,
        k: int = 80,
        cut: float | None = None,
        strangers: float = 0.5,
        steepness: float = 20.0,
        least_quality: float = 0.1,
        trials: int = 1,
        seed: int = 0,
    ) -> None:
        self.k = k
        self.cut = cut
        self.strangers = strangers
        self.steepness = steepness
        self.least_quality = least_quality
        self.trials = trials
        self.seed = seed

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
            graph: The faces to group, with at least ``k`` neighbours each for the best result.
            quality: (n,) 0 to 1. None: all are good.
            constraints: Pairs that belong together, or never do.
            context: Told of progress; may cancel.

        Raises:
            SettingError: A parameter is out of range.
            VectorError: ``quality`` does not fit the graph.
            CancelledError: The job was cancelled.
        """
        self._check()
        pairs = constraints or Constraints.none()
        good = np.ones(len(graph), bool) if quality is None else quality >= self.least_quality
        if good.shape != (len(graph),):
            raise VectorError(f"Qualities of shape {good.shape} do not fit {len(graph)} faces.")
        cut = adaptive_cut(len(graph), self.strangers) if self.cut is None else self.cut
        edges = edges_within(graph, cut=cut, k=self.k, strangers=self.strangers, steepness=self.steepness)
        edges = edges.without(pairs.cannot)
        holding = edges.joined_with(pairs.must)
        holding = holding.only(good[holding.sources] & good[holding.targets])
        labels = self._communities(holding, len(graph), context)
        return enforce(_attach(labels, edges.only(~good[edges.sources] & good[edges.targets])), edges, pairs)

    def _communities(self, edges: Edges, count: int, context: JobContext) -> IntArray:
        """Label (count,) nodes, component by component."""
        components = connected(count, np.column_stack([edges.sources, edges.targets]))
        labels = components.copy()
        fresh = count
        nodes = np.argsort(components, kind="stable")
        starts = np.cumsum(np.bincount(components, minlength=1)) if count else np.zeros(1, np.int64)
        position = np.empty(count, np.int64)
        position[nodes] = np.arange(count)
        by_component = edges.only(np.argsort(components[edges.sources], kind="stable"))
        ends = np.searchsorted(components[by_component.sources], np.arange(len(starts)), side="right")
        for component in np.flatnonzero(np.diff(starts, prepend=0) > 2):  # two joined faces are one group anyway
            context.check_cancelled()
            first, last = (starts[component - 1] if component else 0), starts[component]
            part = slice(ends[component - 1] if component else 0, ends[component])
            found = self._solve(
                position[by_component.sources[part]] - first,
                position[by_component.targets[part]] - first,
                by_component.weights[part],
            )
            labels[nodes[first:last]] = fresh + found
            fresh += int(found.max()) + 1
            context.report(int(last), count, "Grouping faces")
        return compact(labels)

    def _solve(self, sources: IntArray, targets: IntArray, weights: Weights) -> IntArray:
        """Modules of one connected network whose nodes are numbered from 0 without gaps."""
        network = Network()
        network.add_links(np.column_stack([sources, targets, weights]))
        result = network.run(two_level=True, directed=True, seed=self.seed + 1, num_trials=self.trials)
        modules = result.modules()
        labels = np.empty(len(modules), np.int64)
        labels[np.fromiter(modules.keys(), np.int64)] = np.fromiter(modules.values(), np.int64)
        return labels

    def _check(self) -> None:
        checked_range("k", self.k, 1, 10_000)
        checked_range("cut", 1.0 if self.cut is None else self.cut, 0.01, LOOSEST_CUT)
        checked_range("strangers", self.strangers, 0.001, 100)
        checked_range("steepness", self.steepness, 0, 1000)
        checked_range("least_quality", self.least_quality, 0, 1)
        checked_range("trials", self.trials, 1, 100)
        checked_range("seed", self.seed, 0, _LARGEST_SEED)


def _attach(labels: IntArray, edges: Edges) -> IntArray:
    """Move the source of each edge to the group it has most weight to; sources are not targets."""
    rows, groups, weights = affinities(edges, edges.sources, labels)
    order = np.lexsort((groups, -weights, rows))
    rows, first = np.unique(rows[order], return_index=True)
    attached = labels.copy()
    attached[rows] = groups[order][first]
    return attached
