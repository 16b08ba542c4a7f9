"""Conditional pairwise clustering: belief propagation decides of each pair whether it is one person."""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from faceorganizer.clustering.constraints import connected
from faceorganizer.clustering.distances import pairs_within
from faceorganizer.clustering.edges import Weights, checked_range
from faceorganizer.clustering.method import Method, refuse_above
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph

MOST_TRIANGLES: Final = 20_000_000  # about 2.5 GB with their messages
_SUREST: Final = 30.0  # log odds beyond are certainty
_WEDGES: Final = 1 << 22  # looked at a time


@dataclass(kw_only=True)
class ConditionalPairwise(Method):
    """ConPaC (Shi, Otto and Jain, "Face clustering: representation and pairwise constraints", IEEE Transactions on
    Information Forensics and Security 13, 2018), on the neighbour graph.

    One binary variable a pair of neighbours: is it one person? Its distance gives it log odds, ``sharpness`` (1 - d /
    cut); three pairs that form a triangle are unlikely to be one person in exactly two cases, by a factor of
    exp(-``strictness``). Loopy belief propagation (sum-product, damped by half) finds what each pair should be; the
    pairs that are one person connect the groups. Pairs up to 1.1 times the cut take part.

    Time O(rounds triangles), memory O(triangles), at worst O(n k^2); at most 20 million triangles (2.5 GB).

    Args:
        k: See :class:`~faceorganizer.clustering.method.Method`, as for the other parameters.
        cut: Distance at which a pair by itself is as likely one person as two.
        sharpness: Log odds of a pair at distance zero, 0.1 to 1000.
        strictness: Cost of a triangle that contradicts itself, 0 to 30.
        rounds: Of messages, 1 to 1000.
        metric: Any.
        least_quality: As there.
    """  # noqa: D205

    k: int = 40
    metric: str = "euclidean"
    sharpness: float = 20.0
    strictness: float = 3.0
    rounds: int = 10

    strangers: ClassVar[float] = 0.7

    def check(self) -> None:
        """As the others, with the potentials and rounds."""
        super().check()
        checked_range("sharpness", self.sharpness, 0.1, 1000)
        checked_range("strictness", self.strictness, 0, 30)
        checked_range("rounds", self.rounds, 1, 1000, whole=True)

    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label what the pairs of one person connect."""
        pairs, distances = pairs_within(graph, 1.1 * cut)
        own = np.clip(self.sharpness * (1 - distances / cut), -_SUREST, _SUREST)
        triangles = _triangles(len(graph), pairs, context)
        beliefs = self._beliefs(own, triangles, context)
        return connected(len(graph), pairs[beliefs >= 0])

    def _beliefs(self, own: Weights, triangles: IntArray, context: JobContext) -> Weights:
        """Log odds (p,) of each pair after some rounds."""
        contradiction = np.exp(-self.strictness)
        messages = np.zeros(triangles.shape)  # from each triangle to each of its pairs, log odds
        beliefs = own
        for done in range(self.rounds):
            context.check_cancelled()
            odds = np.exp(np.clip(beliefs[triangles] - messages, -_SUREST, _SUREST))  # from pairs to triangles
            for place in range(3):
                one, other = odds[:, place - 2], odds[:, place - 1]
                both, either = one * other, one + other
                said = np.log((1 + contradiction * either + both) / (1 + either + contradiction * both))
                messages[:, place] = (messages[:, place] + said) / 2
            beliefs = own + np.bincount(triangles.ravel(), messages.ravel(), len(own))
            context.report(done + 1, self.rounds, "Weighing pairs of faces")
        return beliefs


def _triangles(count: int, pairs: IntArray, context: JobContext) -> IntArray:
    """Numbers (t, 3) of the pairs (p, 2) that form triangles."""
    # From rows with few pairs to rows with many: then no row has more than O(sqrt(p)) pairs to go on with.
    place = np.argsort(np.argsort(np.bincount(pairs.ravel(), minlength=count), kind="stable"))
    pairs = np.sort(place[pairs], axis=1)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs = pairs[order]
    keys = pairs[:, 0] * count + pairs[:, 1]
    ends = np.searchsorted(pairs[:, 0], pairs[:, 0], side="right")
    later = ends - np.arange(len(pairs)) - 1  # pairs of the same lower row that follow
    wedges = np.cumsum(later)
    found, total, low = [np.zeros((0, 3), np.int64)], 0, 0
    while low < len(pairs):
        context.check_cancelled()
        before = int(wedges[low - 1]) if low else 0
        high = max(int(np.searchsorted(wedges, before + _WEDGES, side="right")), low + 1)
        one = np.repeat(np.arange(low, high), later[low:high])
        other = one + 1 + np.arange(len(one)) - np.repeat(wedges[low:high] - later[low:high] - before, later[low:high])
        wanted = pairs[one, 1] * count + pairs[other, 1]
        third = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        there = keys[third] == wanted
        found.append(np.column_stack([one[there], other[there], third[there]]))
        total += len(found[-1])
        refuse_above(MOST_TRIANGLES, total, "triangles of neighbouring faces", "its memory grows with them")
        low = high
    triangles: IntArray = order[np.concatenate(found)]
    return triangles
