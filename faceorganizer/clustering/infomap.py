"""Grouping by random walks: the method the program uses unless told otherwise."""

from typing import Final

import numpy as np

from faceorganizer.clustering import strangers as law
from faceorganizer.clustering.constraints import attach, enforce
from faceorganizer.clustering.edges import Edges, checked_range, checked_spread, joined, near_edges, vouched_for
from faceorganizer.clustering.flow import communities
from faceorganizer.clustering.joining import Joining, adopt, fragments, join_groups
from faceorganizer.domain.errors import VectorError
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import Constraints, NeighbourGraph
from faceorganizer.neighbours.spread import DLIB_UNIT, Spread

_LARGEST_SEED: Final = 2**31 - 2
_LEAST_TRUST: Final = 1e-4  # product of two qualities; weights stay above 0
# Of the strangers tolerated, those within reach of faces with a neighbour in common, and of faces without one.
_VOUCHED: Final = 1.4
_UNVOUCHED: Final = 0.6
JOINING: Final = 0.3  # of the strangers tolerated between faces, those tolerated between groups that join
_FRAGMENTS: Final = 3.0  # the same where one or two poor faces join a group


class InfomapClusterer:
    """Groups such that a random walk along the edges is told in the fewest bits.

    The two-level directed map equation (Rosvall and Bergstrom, "Maps of random walks on complex networks reveal
    community structure", PNAS 105, 2008; Rosvall, Axelsson and Bergstrom, "The map equation", EPJ ST 178, 2009)
    solved by Infomap, on edges cut where a stranger becomes likely (see :mod:`faceorganizer.clustering.strangers`),
    later where a third face is near to both.
    Distances are those of descriptors at unit length; the quality of both faces counts into the weight. Groups that
    belong together on average are joined in a second pass. Faces below ``least_quality`` take no part; each then joins
    the group it has most edge weight to. Where nearly all faces have another one of their person, one or two poor ones
    that are left by themselves join the nearest group within a wider reach. Constraints are enforced last. Connected
    components are solved in batches of some thousand faces, between which the job can be cancelled; that gives the same
    figures as solving everything at once.

    Time about O(n k), memory O(n k). Deterministic for a seed.

    Args:
        k: Nearest neighbours of each face that count.
        cut: Largest distance between neighbours at unit length, 0.01 to 2; None adapts it to the library.
        strangers: Strangers tolerated within the cut where nearly all faces have another one of their person, 0.001 to
            100; where few have, down to a seventh of that, and less far down in larger libraries. Less makes more and
            purer groups.
        steepness: How fast an edge loses weight with the strangers expected at its length, 0 to 1000.
        least_quality: Faces below hold no groups together, 0 to 1. Up to 0.4 it makes no difference on LFW; in small
            libraries with many poor pictures less is better.
        trials: Times Infomap starts afresh on a batch, 1 to 100; the best result counts.
        seed: Of Infomap's random numbers, 0 to 2^31 - 2.
        spread: How far apart different people are at unit length, for descriptors of other networks than dlib's; it
            carries the adaptive cut over.
    """

    def __init__(
        self,
        *,
        k: int = 80,
        cut: float | None = None,
        strangers: float = 0.35,
        steepness: float = 40.0,
        least_quality: float = 0.1,
        trials: int = 1,
        seed: int = 0,
        spread: Spread = DLIB_UNIT,
    ) -> None:
        self.k = k
        self.cut = cut
        self.strangers = strangers
        self.steepness = steepness
        self.least_quality = least_quality
        self.trials = trials
        self.seed = seed
        self.spread = spread

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
        context.check_cancelled()
        pairs = constraints or Constraints.none()
        worth = np.ones(len(graph), np.float32) if quality is None else np.nan_to_num(quality)
        if worth.shape != (len(graph),):
            raise VectorError(f"Qualities of shape {worth.shape} do not fit {len(graph)} faces.")
        good = worth >= self.least_quality
        edges, joining = self._edges(graph, worth, len(graph), None)
        edges = edges.without(pairs.cannot)
        holding = edges.joined_with(pairs.must)
        holding = holding.only(good[holding.sources] & good[holding.targets])
        labels = self._communities(holding, len(graph), context)
        labels = join_groups(
            labels,
            graph.descriptors,
            np.column_stack([holding.sources, holding.targets]),
            cannot=pairs.cannot,
            joining=joining,
            context=context,
        )
        labels = attach(labels, edges.only(~good[edges.sources] & good[edges.targets]))
        return enforce(self._whole(labels, graph, worth, pairs.cannot, joining, context), edges, pairs)

    def extend(
        self,
        graph: NeighbourGraph,
        labels: IntArray,
        *,
        quality: FloatArray,
        faces: int,
        accompanied: float,
        context: JobContext,
    ) -> IntArray:
        """Give faces without a group one, leaving all others in theirs.

        Faces without a group make groups among themselves; each of these becomes part of the group that is nearest on
        average, where that is near enough to join. A face left alone goes to the group it has most edge weight to.

        Args:
            graph: The faces in question and those near them; only neighbours of the former need be known.
            labels: (n,) groups; -1 for none.
            quality: (n,) 0 to 1.
            faces: Size of the library that the graph is a part of.
            accompanied: Share of the library's faces that are in a group.
            context: May cancel.

        Returns:
            (n,) groups; new ones are numbered after the given ones, -1 for none.

        Raises:
            CancelledError: The job was cancelled.
        """
        self._check()
        context.check_cancelled()
        worth = np.nan_to_num(quality)
        found, joining = self._edges(graph, worth, faces, accompanied)
        edges = joined([found, Edges(found.targets, found.sources, found.weights)])
        free, good = labels < 0, worth >= self.least_quality
        within = edges.only((free & good)[edges.sources] & (free & good)[edges.targets])
        made = self._communities(within, len(labels), context)
        grown = np.where(free, labels.max(initial=-1) + 1 + made, labels)
        alone = free & (np.bincount(made)[made] == 1) if len(made) else free
        between = edges.only(
            ~alone[edges.sources] & ~alone[edges.targets] & (free[edges.sources] > free[edges.targets])
        )
        pairs = np.column_stack([between.sources, between.targets])
        grown = adopt(grown, graph.descriptors, pairs, joining=joining)
        while alone.any():
            reaching = edges.only(alone[edges.sources] & ~alone[edges.targets])
            if not len(reaching):
                break
            grown = attach(grown, reaching)
            alone[reaching.sources] = False
        grown[alone] = -1
        return grown

    def _edges(
        self, graph: NeighbourGraph, quality: FloatArray, faces: int, accompanied: float | None
    ) -> tuple[Edges, Joining]:
        """Weighted edges within the cut, and which groups are near enough to join."""
        stretch, own, pieces = 1.0, self.spread, 0.0
        if self.cut is not None:
            # Descriptors of another kind may need this: the law is stretched until it has that cut.
            near, tolerated = near_edges(graph, k=self.k, reach=self.cut), self.strangers
            stretch, own = self.cut / law.reach(tolerated, faces), DLIB_UNIT
        else:
            reach = DLIB_UNIT.carried(law.reach(_VOUCHED * self.strangers, faces), self.spread)
            near = near_edges(graph, k=self.k, reach=reach)
            near = Edges(near.sources, near.targets, self.spread.carried(near.weights, DLIB_UNIT))
            if accompanied is None:
                close = near.sources[near.weights <= law.reach(law.strictest(self.strangers), faces)]
                accompanied = len(np.unique(close)) / max(faces, 1)
            tolerated = law.tolerated(self.strangers, accompanied, faces)
            near = near.only(near.weights <= law.reach(_VOUCHED * tolerated, faces))
            # With many lone faces about, a poor one far from everybody is rather one of them.
            pieces = _FRAGMENTS * tolerated if tolerated >= self.strangers else 0.0
            doubtful = near.weights > law.reach(_UNVOUCHED * tolerated, faces)
            near = near.only(vouched_for(near, len(graph), doubtful))
        trust = np.sqrt(np.clip(quality[near.sources] * quality[near.targets], _LEAST_TRUST, 1))
        weights = trust / (1 + self.steepness * law.expected(near.weights / stretch, faces))
        return Edges(near.sources, near.targets, weights), Joining(faces, tolerated * JOINING, stretch, own, pieces)

    def _whole(
        self,
        labels: IntArray,
        graph: NeighbourGraph,
        quality: FloatArray,
        cannot: IntArray,
        joining: Joining,
        context: JobContext,
    ) -> IntArray:
        """Let one or two poor faces join the group they are nearest to, where nearly everybody has company."""
        pieces = np.flatnonzero(fragments(labels, quality)) if joining.fragments else np.zeros(0, np.int64)
        if not len(pieces):
            return labels
        one = np.ones(1, np.int64)
        near = near_edges(graph, k=self.k, reach=joining.reach(one, one, fragments=True).item(), rows=pieces)
        pairs = np.column_stack([near.sources, near.targets])
        return join_groups(
            labels, graph.descriptors, pairs, cannot=cannot, joining=joining, context=context, quality=quality
        )

    def _communities(self, edges: Edges, count: int, context: JobContext) -> IntArray:
        return communities(edges, count, seed=self.seed, trials=self.trials, context=context)

    def _check(self) -> None:
        checked_range("k", self.k, 1, 10_000, whole=True)
        checked_range("cut", 1.0 if self.cut is None else self.cut, 0.01, 2)
        checked_range("strangers", self.strangers, 0.001, 100)
        checked_range("steepness", self.steepness, 0, 1000)
        checked_range("least_quality", self.least_quality, 0, 1)
        checked_range("trials", self.trials, 1, 100, whole=True)
        checked_spread(self.spread)
        checked_range("seed", self.seed, 0, _LARGEST_SEED, whole=True)
