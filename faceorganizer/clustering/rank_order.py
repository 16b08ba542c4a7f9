"""Rank-order distance: two faces are one person when their neighbour lists agree."""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from faceorganizer.clustering.constraints import connected
from faceorganizer.clustering.distances import pairs_within
from faceorganizer.clustering.edges import Weights, checked_range
from faceorganizer.clustering.method import Method
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph

_TABLE: Final = 1 << 25  # cells of the table of who is in whose list, one byte each
_PAIRS: Final = 1 << 18  # looked up at a time


@dataclass(kw_only=True)
class RankOrder(Method):
    """Approximate rank-order clustering (Otto, Wang and Jain, "Clustering millions of faces by identity", TPAMI 40,
    2018, after Zhu, Wen and Sun, "A rank-order distance based clustering algorithm for face tagging", CVPR 2011).

    d(a, b) counts which of a's neighbours up to and with b are absent from the list of b, a itself among them; D(a, b)
    = (d(a, b) + d(b, a)) / min(rank of b at a, rank of a at b), a rank beyond the list being k. Pairs with D up to
    the threshold are joined, in one pass. Ranks say nothing in a library smaller than its lists, where all are
    neighbours of all: so neighbours further away than the cut are in nobody's list, an addition to the paper.

    Time O(n k^2), memory O(n k).

    Args:
        k: Length of the lists, see :class:`~faceorganizer.clustering.method.Method`, as for the other parameters.
        cut: Largest distance of neighbours.
        threshold: Largest D of a pair of one person, 0 to 1000.
        metric: Any.
        least_quality: As there.
    """  # noqa: D205

    threshold: float = 0.8

    strangers: ClassVar[float] = 0.7

    def check(self) -> None:
        """As the others, with the threshold."""
        super().check()
        checked_range("threshold", self.threshold, 0, 1000)

    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label what the joined pairs connect."""
        lists = np.where(graph.distances <= cut, graph.indices, -1)
        pairs, _ = pairs_within(graph, cut)
        there, back = _ranks(lists, pairs), _ranks(lists, pairs[:, ::-1])
        absent = _absences(lists, pairs, there, context) + _absences(lists, pairs[:, ::-1], back, context)
        return connected(len(graph), pairs[absent <= self.threshold * np.minimum(there, back)])


def _ranks(lists: IntArray, pairs: IntArray) -> IntArray:
    """Rank (p,) of the second of each pair in the list of the first, from 1; the length of a list where it is not."""
    length = lists.shape[1]
    ranks = np.empty(len(pairs), np.int64)
    for start in range(0, len(pairs), _PAIRS):
        part = pairs[start : start + _PAIRS]
        found = lists[part[:, 0]] == part[:, 1:]
        ranks[start : start + _PAIRS] = np.where(found.any(axis=1), found.argmax(axis=1) + 1, length)
    return ranks


def _absences(lists: IntArray, pairs: IntArray, ranks: IntArray, context: JobContext) -> Weights:
    """d(a, b) of each pair (p,): a and its first neighbours, up to the rank, that are not in the list of b."""
    count, length = lists.shape
    order = np.argsort(pairs[:, 1], kind="stable")
    absent = np.empty(len(pairs))
    width = max(1, _TABLE // count)
    bounds = np.searchsorted(pairs[order, 1], np.arange(0, count + width, width))
    table = np.zeros((min(width, count), count + 1), bool)  # the last column for padding
    table[:, count] = True
    columns = np.arange(length)
    for block, start in enumerate(range(0, count, width)):
        context.check_cancelled()
        holders = np.arange(start, min(start + width, count))
        table[(holders - start)[:, None], lists[holders]] = True
        table[holders - start, holders] = True
        for first in range(bounds[block], bounds[block + 1], _PAIRS):
            chosen = order[first : min(first + _PAIRS, bounds[block + 1])]
            one, other = pairs[chosen, 0], pairs[chosen, 1] - start
            missing = ~table[other[:, None], lists[one]] & (columns < ranks[chosen, None])
            absent[chosen] = missing.sum(axis=1) + ~table[other, one]
        table[(holders - start)[:, None], lists[holders]] = False
        table[holders - start, holders] = False
        table[:, count] = True
        context.report(start, count, "Comparing lists of neighbours")
    return absent
