"""How far faces of one person, of different people, and people as a whole are apart."""

from dataclasses import dataclass
from typing import Final

import faiss
import numpy as np

from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.neighbours.vectors import checked_vectors, unit_length

MOST_PAIRS: Final = 500_000  # of a kind that are measured; of more a sample
_BLOCK: Final = 1 << 16  # pairs, or products of people, at a time
_PEOPLE_A_BLOCK: Final = 2048
_MOST_EXACT: Final = 2000  # people of whom all pairs are looked at
_NEAREST: Final = 32  # of each of more people
_ROUNDS: Final = 64  # of drawing pairs of different people, where one has nearly all faces


@dataclass(frozen=True, slots=True)
class PairDistances:
    """Distances between faces at unit length.

    Attributes:
        same: (s,) float32 of pairs of one person.
        different: (d,) float32 of pairs of different people.
        same_pairs: Pairs of one person that there are.
        different_pairs: Pairs of different people that there are.
    """

    same: FloatArray
    different: FloatArray
    same_pairs: int
    different_pairs: int


def pair_distances(
    descriptors: FloatArray, persons: IntArray, *, context: JobContext, most: int = MOST_PAIRS, seed: int = 0
) -> PairDistances:
    """Measure pairs of faces of one person and of different people.

    All of a kind are measured where there are at most ``most``; otherwise a random sample of so many, each pair as
    likely as every other one, drawn with replacement. Time and memory O(n + most).

    Args:
        descriptors: (n, dimension), finite; compared at unit length.
        persons: (n,) whose face it is.
        context: Told of progress; may cancel.
        most: Pairs of each kind, at least 1.
        seed: Of the samples.

    Raises:
        VectorError: Descriptors are not finite or not two-dimensional.
        CancelledError: The job was cancelled.
    """
    vectors = unit_length(checked_vectors(descriptors))
    order = np.argsort(persons, kind="stable")
    vectors = vectors[order]
    _, starts, counts = np.unique(persons[order], return_index=True, return_counts=True)
    holder = np.repeat(np.arange(len(counts)), counts)
    own = counts * (counts - 1) // 2
    same_pairs = int(own.sum())
    different_pairs = len(vectors) * (len(vectors) - 1) // 2 - same_pairs
    random = np.random.default_rng(seed)
    same = _pairs_of_one(starts, counts, own, random, most)
    different = _pairs_of_two(holder, different_pairs, random, most)
    total = len(same) + len(different)
    return PairDistances(
        _measured(vectors, same, context, 0, total),
        _measured(vectors, different, context, len(same), total),
        same_pairs,
        different_pairs,
    )


def _pairs_of_one(
    starts: IntArray, counts: IntArray, own: IntArray, random: np.random.Generator, most: int
) -> IntArray:
    """Rows (p, 2) of faces of one person: all pairs, numbered person by person, or some of the numbers."""
    ends = np.cumsum(own)
    total = int(ends[-1]) if len(ends) else 0
    chosen = np.arange(total) if total <= most else np.sort(random.integers(0, total, most))
    person = np.searchsorted(ends, chosen, side="right")
    number = chosen - (ends - own)[person]
    # Pair (i, j), i < j, has the number j (j - 1) / 2 + i: exact in float64 for people of up to a hundred million.
    later = ((1 + np.sqrt(1 + 8 * number.astype(np.float64))) / 2).astype(np.int64)
    later -= later * (later - 1) // 2 > number
    later += (later + 1) * later // 2 <= number
    earlier = number - later * (later - 1) // 2
    return np.column_stack([earlier, later]) + starts[person][:, None]


def _pairs_of_two(holder: IntArray, total: int, random: np.random.Generator, most: int) -> IntArray:
    """Rows (p, 2) of faces of different people."""
    count = len(holder)
    if total <= most and count * (count - 1) // 2 <= 4 * most:
        first, second = np.triu_indices(count, 1)
        apart = holder[first] != holder[second]
        return np.column_stack([first[apart], second[apart]]).astype(np.int64)
    found: list[IntArray] = []
    missing = most
    for _ in range(_ROUNDS):
        drawn = random.integers(0, count, (2 * missing + 16, 2))
        drawn = drawn[holder[drawn[:, 0]] != holder[drawn[:, 1]]][:missing]
        found.append(drawn)
        missing -= len(drawn)
        if not missing:
            break
    return np.concatenate(found)


def _measured(vectors: FloatArray, pairs: IntArray, context: JobContext, before: int, total: int) -> FloatArray:
    distances = np.empty(len(pairs), np.float32)
    for start in range(0, len(pairs), _BLOCK):
        context.check_cancelled()
        rows = pairs[start : start + _BLOCK]
        apart = vectors[rows[:, 0]] - vectors[rows[:, 1]]
        distances[start : start + len(rows)] = np.sqrt(np.einsum("ij,ij->i", apart, apart))
        context.report(before + start + len(rows), total, "Measuring pairs of faces")
    return distances


@dataclass(frozen=True, slots=True)
class PeopleMeans:
    """People reduced to what mean distances between them depend on.

    The mean squared distance between the faces of two people is 2 - 2 times the product of their mean descriptors,
    when these are of unit length: average linkage over all pairs of faces without looking at any.

    Attributes:
        people: (p,) int64 ids, ascending.
        faces: (p,) int64 faces of each.
        means: (p, dimension) float32 means of descriptors at unit length.
    """

    people: IntArray
    faces: IntArray
    means: FloatArray

    def __len__(self) -> int:
        return len(self.people)

    def only(self, rows: IntArray) -> "PeopleMeans":
        """Some of them."""
        return PeopleMeans(self.people[rows], self.faces[rows], self.means[rows])


def people_means(descriptors: FloatArray, persons: IntArray) -> PeopleMeans:
    """Reduce people to means.

    Args:
        descriptors: (n, dimension), finite; compared at unit length.
        persons: (n,) whose face it is; faces of -1 are left out.

    Raises:
        VectorError: Descriptors are not finite or not two-dimensional.
    """
    vectors = unit_length(checked_vectors(descriptors))
    order = np.argsort(persons, kind="stable")
    order = order[persons[order] >= 0]
    people, starts, counts = np.unique(persons[order], return_index=True, return_counts=True)
    if not len(people):
        return PeopleMeans(people, counts.astype(np.int64), np.zeros((0, vectors.shape[1]), np.float32))
    sums = np.add.reduceat(vectors[order], starts, axis=0, dtype=np.float64)
    means: FloatArray = (sums / counts[:, None]).astype(np.float32)
    return PeopleMeans(people, counts.astype(np.int64), means)


def distances_between(means: PeopleMeans) -> FloatArray:
    """Root mean square distances between people.

    Memory O(p^2): 16 MB for 2,000 people.

    Returns:
        (p, p) float32; on the diagonal those between a person's own faces, NaN for somebody with one face.
    """
    squares = 2 - 2 * (means.means @ means.means.T)
    np.maximum(squares, 0, out=squares)
    count = means.faces
    own = np.divide(
        np.diagonal(squares) * count, count - 1, out=np.full(len(means), np.nan, np.float32), where=count > 1
    )
    np.fill_diagonal(squares, own)
    distances: FloatArray = np.sqrt(squares, out=squares)
    return distances


def closest_people(means: PeopleMeans, wanted: int, *, context: JobContext) -> tuple[IntArray, FloatArray]:
    """Find the pairs of people who are closest to each other.

    All pairs of 2,000 people are looked at; of more people those of each one and the 32 nearest, so that memory is O(p)
    whatever their number is. Time O(p^2).

    Args:
        means: Everybody.
        wanted: Pairs, at least 1.
        context: Told of progress; may cancel.

    Returns:
        (k, 2) rows, the one with more faces first, the closest pair first, and (k,) root mean square distances; about
        ``wanted`` or more of them where there are so many.

    Raises:
        CancelledError: The job was cancelled.
    """
    count = len(means)
    if count < 2:
        return np.zeros((0, 2), np.int64), np.zeros(0, np.float32)
    index = faiss.IndexFlatIP(means.means.shape[1])
    index.add(means.means)
    # Who has more than so many people nearer than a pair that counts is in enough other pairs that do.
    nearest = count if count <= _MOST_EXACT else 1 + max(_NEAREST, -(-4 * wanted // count))
    keys, products = np.zeros(0, np.int64), np.zeros(0, np.float32)
    for start in range(0, count, _PEOPLE_A_BLOCK):
        context.check_cancelled()
        found, others = index.search(means.means[start : start + _PEOPLE_A_BLOCK], nearest)
        rows = np.repeat(np.arange(start, start + len(found)), nearest)
        low, high = np.minimum(rows, others.ravel()), np.maximum(rows, others.ravel())
        kept = low != high
        keys = np.concatenate([keys, (low * count + high)[kept]])
        products = np.concatenate([products, found.ravel()[kept]])
        keys, products = _best(keys, products, wanted)
        context.report(min(start + _PEOPLE_A_BLOCK, count), count, "Comparing people")
    pairs = np.column_stack(np.divmod(keys, count)).astype(np.int64)
    fewer = means.faces[pairs[:, 0]] < means.faces[pairs[:, 1]]
    pairs[fewer] = pairs[fewer][:, ::-1]
    return pairs, np.sqrt(np.maximum(2 - 2 * products, 0)).astype(np.float32)


def _best(keys: IntArray, products: FloatArray, wanted: int) -> tuple[IntArray, FloatArray]:
    """The best of pairs, each once, the best first."""
    keys, first = np.unique(keys, return_index=True)
    products = products[first]
    order = np.argsort(-products, kind="stable")[:wanted]
    return keys[order], products[order]


def side_by_side(distances: FloatArray) -> IntArray:
    """An order in which people who are alike come next to each other: that of the leaves of average linkage.

    Args:
        distances: (p, p), symmetric; the diagonal does not matter.
    """
    count = len(distances)
    if count < 3:
        return np.arange(count)
    # Only here: SciPy takes a while to load.
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    own = distances.astype(np.float64)
    np.fill_diagonal(own, 0)
    order: IntArray = leaves_list(linkage(squareform(own, checks=False), "average")).astype(np.int64)
    return order
