"""Who belongs together and who never does: enforced on the result of any method.

Pure functions over rows of a face table.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from faceorganizer.clustering.edges import Edges, Weights
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.seams import Constraints

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Candidates:
    """Places that owners would take, in any order.

    Attributes:
        owners: (c,) int64, 0 to the number of owners.
        places: (c,) int64, not negative.
        ranks: (c,) int64 order of an owner's wishes; the lowest is tried first.
        strengths: (c,) float64 claim to the place; of two who cannot share it the stronger has it.
    """

    owners: IntArray
    places: IntArray
    ranks: IntArray
    strengths: Weights


def compact(labels: IntArray) -> IntArray:
    """Renumber labels (n,) from 0 up without gaps, in the order of first appearance."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]


def connected(count: int, pairs: IntArray) -> IntArray:
    """Component (count,) of each node under (p, 2) undirected pairs."""
    joined = coo_array((np.ones(len(pairs), np.int8), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    return connected_components(joined, directed=False)[1].astype(np.int64) if count else np.zeros(0, np.int64)


def photo_pairs(contents: IntArray, exceptions: IntArray | None = None) -> IntArray:
    """Pairs of faces of one photo: two people, unless the user said otherwise.

    Args:
        contents: (n,) picture ids.
        exceptions: (e, 2) rows that are one person though in one photo (a mirror, a collage).

    Returns:
        (c, 2) rows, the lower one first.
    """
    order = np.argsort(contents, kind="stable")
    _, sizes = np.unique(contents, return_counts=True)
    ends = np.repeat(np.cumsum(sizes), sizes)
    later = ends - np.arange(len(contents)) - 1  # faces of the same photo that follow in this order
    first = np.repeat(np.arange(len(contents)), later)
    offset = np.arange(len(first)) - np.repeat(np.cumsum(later) - later, later)
    pairs = np.sort(np.column_stack([order[first], order[first + 1 + offset]]), axis=1).astype(np.int64)
    return pairs if exceptions is None else without_pairs(pairs, exceptions)


def without_pairs(pairs: IntArray, excluded: IntArray) -> IntArray:
    """The (p, 2) pairs that are not among the (e, 2) excluded ones, whichever row comes first."""
    if not len(pairs) or not len(excluded):
        return pairs
    width = int(max(pairs.max(), excluded.max())) + 1
    keys, excluded_keys = (both.min(axis=1) * width + both.max(axis=1) for both in (pairs, excluded))
    return pairs[~np.isin(keys, excluded_keys)]


def affinities(edges: Edges, sources: IntArray, labels: IntArray) -> tuple[IntArray, IntArray, Weights]:
    """Sum the edge weights from each source to each group.

    Args:
        edges: Edges between rows.
        sources: (e,) what stands at the source of each edge, such as the row itself or the block it is in.
        labels: (n,) group of each row.

    Returns:
        Source, group and weight of each pair that has an edge.
    """
    width = int(labels.max(initial=0)) + 1
    keys, inverse = np.unique(sources * width + labels[edges.targets], return_inverse=True)
    weights = np.bincount(inverse, edges.weights, len(keys)).astype(np.float64)
    return keys // width, keys % width, weights


def attach(labels: IntArray, edges: Edges) -> IntArray:
    """Move the source of each edge to the group it has most weight to; sources are not targets."""
    rows, groups, weights = affinities(edges, edges.sources, labels)
    order = np.lexsort((groups, -weights, rows))
    rows, first = np.unique(rows[order], return_index=True)
    attached = labels.copy()
    attached[rows] = groups[order][first]
    return attached


def enforce(labels: IntArray, edges: Edges, constraints: Constraints) -> IntArray:
    """Make a grouping respect its constraints.

    Groups with faces that must be together become one. Of two faces that cannot be together the one with more edge
    weight to the group stays; the other goes to the group it has most weight to among those without a face that it
    cannot be with, or is alone. Where the two kinds contradict each other, "must" wins: it is said of two faces by
    name, while "cannot" mostly follows from a photo.

    Args:
        labels: (n,) groups as a method found them.
        edges: Edges between rows, those between rows that cannot be together left out.
        constraints: What to respect.

    Returns:
        (n,) labels from 0 up without gaps.
    """
    groups = compact(labels)
    if len(constraints.must):
        groups = connected(len(groups), groups[constraints.must])[groups]
    if not len(constraints.cannot):
        return compact(groups)
    blocks = connected(len(groups), constraints.must)  # what must be together moves together
    pairs = blocks[constraints.cannot]
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    home = np.empty(int(blocks.max(initial=-1)) + 1, np.int64)
    home[blocks] = groups
    settled = settle(home, pairs, _wishes(home, pairs, edges, blocks, groups))
    alone = settled == NOWHERE
    settled[alone] = len(groups) + np.arange(np.count_nonzero(alone))
    return compact(settled[blocks])


def settle(home: IntArray, conflicts: IntArray, candidates: Candidates) -> IntArray:
    """Give every owner the best place it can have without meeting somebody it conflicts with.

    Deferred acceptance (Gale and Shapley, 1962) in rounds over all owners at once: each asks for its best place left;
    where two in conflict ask for the same one, the weaker goes on to its next. Owners without a candidate stay at
    home and give way to nobody; conflicts between two of them are left as they are.

    Args:
        home: (o,) place of owners without candidates.
        conflicts: (c, 2) owners that may not share a place.
        candidates: Places the other owners would take, best first by rank.

    Returns:
        (o,) places; :data:`NOWHERE` where no candidate was left.
    """
    order = np.lexsort((candidates.ranks, candidates.owners))
    owners, choices, strengths = (a[order] for a in (candidates.owners, candidates.places, candidates.strengths))
    count = len(home)
    pointer = np.searchsorted(owners, np.arange(count))
    end = np.searchsorted(owners, np.arange(count), side="right")
    loose = end > pointer
    places, claims = home.astype(np.int64), np.full(count, np.inf)
    places[loose], claims[loose] = choices[pointer[loose]], strengths[pointer[loose]]
    conflicts = conflicts[loose[conflicts].any(axis=1) & (conflicts[:, 0] != conflicts[:, 1])]
    while True:
        first, second = conflicts[:, 0], conflicts[:, 1]
        meeting = (places[first] == places[second]) & (places[first] != NOWHERE)
        if not meeting.any():
            return places
        losers = _losers(first[meeting], second[meeting], claims, loose)
        pointer[losers] += 1
        left = pointer[losers] < end[losers]
        places[losers] = NOWHERE
        going = losers[left]
        places[going], claims[going] = choices[pointer[going]], strengths[pointer[going]]


def separate(labels: IntArray, conflicts: IntArray, wanted: npt.NDArray[np.bool_], quality: FloatArray) -> IntArray:
    """Split groups such that no two rows in conflict share one: the better ones stay, the others form the next part.

    Args:
        labels: (n,) groups.
        conflicts: (c, 2) rows that may not share one.
        wanted: (n,) rows to look at; conflicts with others do not count.
        quality: (n,) the better row stays, the lower number at equal quality.

    Returns:
        (n,) labels from 0 up.
    """
    groups = compact(labels)
    order = np.lexsort((np.arange(len(groups)), -np.nan_to_num(quality)))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    inside = wanted[conflicts].all(axis=1) & (groups[conflicts[:, 0]] == groups[conflicts[:, 1]])
    places = np.sort(place[conflicts[inside]], axis=1)  # better, worse
    places = places[places[:, 0] != places[:, 1]]
    places = places[np.argsort(places[:, 1], kind="stable")]
    parts = np.zeros(len(order), np.int64)  # by place
    starts = np.flatnonzero(np.diff(places[:, 1], prepend=-1))
    # First-fit colouring is sequential by nature; only rows that have to give way are walked through.
    for start, end in zip(starts, np.append(starts, len(places))[1:], strict=True):
        taken = np.bincount(parts[places[start:end, 0]])
        parts[places[start, 1]] = np.argmin(np.append(taken, 0))
    return compact(groups * (parts.max(initial=0) + 1) + parts[place])


def _losers(first: IntArray, second: IntArray, claims: Weights, loose: npt.NDArray[np.bool_]) -> IntArray:
    """Owners who meet somebody stronger, unless only such as lose themselves."""
    # Stronger: settled before loose, then by claim, then the lower number: a strict order, so that one always wins.
    wins = np.where(
        loose[first] != loose[second],
        ~loose[first],
        np.where(claims[first] != claims[second], claims[first] > claims[second], first < second),
    )
    winner, loser = np.where(wins, first, second), np.where(wins, second, first)
    beaten = np.zeros(len(claims), bool)
    beaten[loser] = True
    losers: IntArray = np.unique(loser[~beaten[winner]])
    return losers


def _wishes(home: IntArray, pairs: IntArray, edges: Edges, blocks: IntArray, groups: IntArray) -> Candidates:
    """Groups that blocks in violated pairs would be in: their own first, then those they have most weight to."""
    violated = pairs[home[pairs[:, 0]] == home[pairs[:, 1]]]
    moving = np.zeros(len(home), bool)
    moving[violated] = True
    outward = edges.only(moving[blocks[edges.sources]] & (blocks[edges.sources] != blocks[edges.targets]))
    owners, places, weights = affinities(outward, blocks[outward.sources], groups)
    at_home = np.flatnonzero(moving)
    own = home[owners] == places
    kept = np.zeros(len(home))
    kept[owners[own]] = weights[own]
    owners, places, weights = owners[~own], places[~own], weights[~own]
    ranks = np.empty(len(owners), np.int64)
    ranks[np.lexsort((places, -weights, owners))] = np.arange(1, len(owners) + 1)
    return Candidates(
        np.concatenate([at_home, owners]),
        np.concatenate([home[at_home], places]),
        np.concatenate([np.zeros(len(at_home), np.int64), ranks]),
        np.concatenate([kept[at_home], weights]),
    )
