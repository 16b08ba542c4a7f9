"""A second pass over groups: what was broken up comes together again."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from faceorganizer.clustering import strangers
from faceorganizer.clustering.constraints import compact, without_pairs
from faceorganizer.clustering.strangers import Numbers
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.neighbours.spread import DLIB_UNIT, Spread

# A fragment: so few faces at most, of a quality below that on average, and a group so many times as large to be of.
_FRAGMENT: Final = 2
_POOR: Final = 0.5
_LARGER: Final = 2


@dataclass(frozen=True, slots=True)
class Joining:
    """How near groups have to be to join.

    Attributes:
        faces: Size of the library.
        tolerated: Groups of strangers expected within that distance.
        stretch: Factor of distances where the law does not hold as it is.
        spread: How far apart different people are.
        fragments: Groups of strangers expected within the distance at which fragments join; 0 if they do not.
    """

    faces: int
    tolerated: float
    stretch: float = 1.0
    spread: Spread = DLIB_UNIT
    fragments: float = 0.0

    def reach(self, first: IntArray, second: IntArray, *, fragments: bool = False) -> Numbers:
        """Largest root mean square distance, at unit length, between groups of these sizes that join."""
        tolerated = self.fragments if fragments else self.tolerated
        usual = strangers.reach_of_groups(tolerated, self.faces, first, second)
        return DLIB_UNIT.carried(usual, self.spread) * self.stretch


def join_groups(
    labels: IntArray,
    descriptors: FloatArray,
    pairs: IntArray,
    *,
    cannot: IntArray,
    joining: Joining,
    context: JobContext,
    quality: FloatArray | None = None,
) -> IntArray:
    """Join groups whose faces are, on average, nearer to one another than groups of strangers come.

    Agglomeration by the root mean square distance at unit length, in rounds: all pairs of groups that are each other's
    nearest join at once. It mends people with more faces than neighbours are looked at: a random walk hardly leaves
    the part of them it is in. The distance follows from the mean vectors, so a round takes O(pairs dimension) time.

    Args:
        labels: (n,) groups from 0 up without gaps.
        descriptors: (n, dimension).
        pairs: (p, 2) rows; only groups that these connect are compared.
        cannot: (c, 2) rows that are two people; their groups do not join.
        joining: How near is near enough.
        context: May cancel between rounds.
        quality: (n,) 0 to 1. If it is given, only :func:`fragments` join, each a group twice as large or larger.

    Returns:
        (n,) labels from 0 up without gaps.
    """
    groups = labels
    pairs = _distinct(groups[pairs])
    worth = None if quality is None else np.bincount(groups, quality)
    sums, sizes = _sums(descriptors, groups, np.unique(pairs))
    while len(pairs):
        context.check_cancelled()
        allowed = without_pairs(pairs, np.sort(groups[cannot], axis=1))
        first, second = allowed.T
        squares = _squares(sums, sizes, first, second)
        near = squares <= joining.reach(sizes[first], sizes[second], fragments=worth is not None) ** 2
        if worth is not None:
            loose = _are_fragments(sizes, worth)
            small, large = np.minimum(sizes[first], sizes[second]), np.maximum(sizes[first], sizes[second])
            near &= np.where(sizes[first] < sizes[second], loose[first], loose[second]) & (large >= _LARGER * small)
        couples = _mutual(allowed[near], squares[near], len(sizes))
        if not len(couples):
            break
        place = np.arange(len(sizes))
        place[couples[:, 1]] = couples[:, 0]
        sums[couples[:, 0]] += sums[couples[:, 1]]
        sizes[couples[:, 0]] += sizes[couples[:, 1]]
        if worth is not None:
            worth[couples[:, 0]] += worth[couples[:, 1]]
        groups, pairs = place[groups], _distinct(place[pairs])
    return compact(groups)


def fragments(labels: IntArray, quality: FloatArray) -> npt.NDArray[np.bool_]:
    """Which rows are alone or in a group of two, and poor on average.

    A poor face is far from its own person, too: where few people have one picture only, it is rather a piece of
    somebody than somebody.

    Args:
        labels: (n,) groups from 0 up.
        quality: (n,) 0 to 1.
    """
    found: npt.NDArray[np.bool_] = _are_fragments(np.bincount(labels), np.bincount(labels, quality))[labels]
    return found


def adopt(labels: IntArray, descriptors: FloatArray, pairs: IntArray, *, joining: Joining) -> IntArray:
    """Let each of some groups become part of another, if that is as near as :func:`join_groups` asks.

    Args:
        labels: (n,) groups.
        descriptors: (n, dimension).
        pairs: (p, 2) rows, one of a group that may be adopted and one of a group that may adopt it.
        joining: How near is near enough.

    Returns:
        (n,) groups.
    """
    ends = np.unique(labels[pairs], axis=0)
    known, place = np.unique(ends, return_inverse=True)
    within = np.isin(labels, known)
    sums, sizes = _sums(descriptors[within], np.searchsorted(known, labels[within]), np.arange(len(known)))
    first, second = place.reshape(-1, 2).T
    squares = _squares(sums, sizes, first, second)
    near = squares <= joining.reach(sizes[first], sizes[second]) ** 2
    order = np.lexsort((second[near], squares[near], first[near]))
    adopted, best = np.unique(first[near][order], return_index=True)
    parents = np.arange(len(known))
    parents[adopted] = second[near][order][best]
    grown = labels.copy()
    grown[within] = known[parents[np.searchsorted(known, labels[within])]]
    return grown


def _are_fragments(sizes: IntArray, worth: Numbers | IntArray) -> npt.NDArray[np.bool_]:
    """Which groups are, by their sizes and the sums of their qualities."""
    poor: npt.NDArray[np.bool_] = (sizes <= _FRAGMENT) & (worth < _POOR * sizes)
    return poor


def _squares(sums: FloatArray, sizes: IntArray, first: IntArray, second: IntArray) -> FloatArray:
    """Mean squared distance at unit length between the members of groups: 2 - 2 times the product of their means."""
    mean = sums / np.maximum(sizes, 1)[:, None]
    squares: FloatArray = 2 - 2 * np.einsum("ij,ij->i", mean[first], mean[second])
    return squares


def _distinct(pairs: IntArray) -> IntArray:
    """Pairs (p, 2) of different groups, each once, the lower one first."""
    ordered = np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1)
    width = int(ordered.max(initial=0)) + 1
    return np.column_stack(np.divmod(np.unique(ordered[:, 0] * width + ordered[:, 1]), width))


def _sums(descriptors: FloatArray, groups: IntArray, wanted: IntArray) -> tuple[FloatArray, IntArray]:
    """Sum of the descriptors of each wanted group at unit length (zero for the others), and sizes of all groups."""
    sizes = np.bincount(groups)
    rows = np.flatnonzero(np.isin(groups, wanted))
    chosen = descriptors[rows]
    lengths = np.linalg.norm(chosen, axis=1, keepdims=True)
    places = np.searchsorted(wanted, groups[rows])
    member = csr_array((np.ones(len(rows), np.float32), (places, np.arange(len(rows)))), (len(wanted), len(rows)))
    sums = np.zeros((len(sizes), descriptors.shape[1]), np.float32)
    sums[wanted] = member @ (chosen / np.maximum(lengths, np.finfo(np.float32).tiny))
    return sums, sizes


def _mutual(pairs: IntArray, distances: FloatArray, count: int) -> IntArray:
    """The (m, 2) pairs of groups that are each other's nearest; among equals the pair with the lowest numbers."""
    order = np.lexsort((pairs[:, 1], pairs[:, 0], distances))
    ranks = np.empty(len(pairs), np.int64)
    ranks[order] = np.arange(len(pairs))
    best = np.full(count, len(pairs))
    np.minimum.at(best, pairs[:, 0], ranks)
    np.minimum.at(best, pairs[:, 1], ranks)
    mutual: IntArray = pairs[(best[pairs[:, 0]] == ranks) & (best[pairs[:, 1]] == ranks)]
    return mutual
