"""Chinese Whispers: each face takes over what most of its neighbours say."""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
from scipy.sparse import csr_array

from faceorganizer.clustering.distances import pairs_within
from faceorganizer.clustering.edges import checked_range
from faceorganizer.clustering.method import LARGEST_SEED, Method
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph

_PARTS: Final = 32  # that each round is divided into; faces of one part do not hear each other's news


@dataclass(kw_only=True)
class ChineseWhispers(Method):
    """Every face begins with a label of its own and takes, in random order, the one with most weight among its
    neighbours within the cut, until nothing changes (Biemann, "Chinese Whispers", TextGraphs 2006).

    The faces of a round are taken in 32 parts, each at once. A neighbour's weight falls from 1 at distance zero to 0
    at the cut, with the square of the distance. Time O(rounds n k log k), memory O(n k).

    Args:
        k: See :class:`~faceorganizer.clustering.method.Method`, as for the other parameters.
        cut: Largest distance of neighbours that are listened to.
        rounds: Most rounds, 1 to 1000.
        seed: Of the random order, 0 to 2^31 - 2.
        metric: Any.
        least_quality: As there.
    """  # noqa: D205

    rounds: int = 50
    seed: int = 0

    strangers: ClassVar[float] = 0.3

    def check(self) -> None:
        """As the others, with rounds and seed."""
        super().check()
        checked_range("rounds", self.rounds, 1, 1000, whole=True)
        checked_range("seed", self.seed, 0, LARGEST_SEED, whole=True)

    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label what agrees."""
        pairs, distances = pairs_within(graph, cut)
        weights = 1.001 - (distances / cut) ** 2  # what lies at the cut still counts
        both = np.concatenate([pairs, pairs[:, ::-1]])
        near = csr_array((np.concatenate([weights, weights]), (both[:, 0], both[:, 1])), shape=(len(graph),) * 2)
        labels = np.arange(len(graph))
        random = np.random.default_rng(self.seed)
        speaking = np.flatnonzero(np.diff(near.indptr))
        for done in range(self.rounds):
            changed = 0
            for part in np.array_split(random.permutation(speaking), _PARTS):
                context.check_cancelled()
                heard = _loudest(near[part], labels, labels[part])
                changed += int(np.count_nonzero(heard != labels[part]))
                labels[part] = heard
            context.report(done + 1, self.rounds, "Grouping faces")
            if not changed:
                break
        return labels


def _loudest(near: csr_array, labels: IntArray, own: IntArray) -> IntArray:
    """The label with most weight in each row of ``near``; their own where none is louder."""
    rows = np.repeat(np.arange(near.shape[0]), np.diff(near.indptr))
    width = len(labels)
    keys, inverse = np.unique(rows * width + labels[near.indices], return_inverse=True)
    weights = np.bincount(inverse, near.data, len(keys))
    rows, said = np.divmod(keys, width)
    order = np.lexsort((said != own[rows], -weights, rows))
    first = np.unique(rows[order], return_index=True)[1]
    loudest: IntArray = said[order][first]
    return loudest
