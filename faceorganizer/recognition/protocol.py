"""How well pairs of faces are verified: the protocol of Labeled Faces in the Wild.

Pairs come in folds. For each fold the threshold that answers most pairs of all others rightly is tried on it; reported
are the mean of the folds' accuracies and its standard error (Huang, Ramesh, Berg and Learned-Miller, "Labeled Faces in
the Wild", technical report 07-49, University of Massachusetts, 2007).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext

Flags = npt.NDArray[np.bool_]
Values = npt.NDArray[np.float64]

FOLDS: Final = 10
PAIRS: Final = 300  # of one person, and as many of two, in each fold
RATES: Final = (1e-1, 1e-2, 1e-3, 1e-4)

_ROUNDS: Final = 100  # of drawing pairs of two people until there are enough
_BLOCK: Final = 1024  # faces compared with all others at a time
_BINS: Final = 20_000  # of distances, where all pairs are counted


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of faces with the truth about them.

    Attributes:
        left: (p,) int64 row of one face.
        right: (p,) int64 row of the other.
        same: (p,) bool, whether they are one person's.
        folds: (p,) int64 fold of each, from 0 without gaps.
    """

    left: IntArray
    right: IntArray
    same: Flags
    folds: IntArray

    def __len__(self) -> int:
        return len(self.same)


@dataclass(frozen=True, slots=True)
class Fold:
    """What one fold came to.

    Attributes:
        pairs: In the fold.
        threshold: Distance up to which two faces counted as one person; found on all other folds.
        accuracy: Share of right answers.
    """

    pairs: int
    threshold: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Curve:
    """Receiver operating characteristic, one point for each distance that occurs, by rising distance.

    Attributes:
        thresholds: (t,) distances up to which two faces count as one person.
        false_accepts: (t,) share of the pairs of two people within.
        true_accepts: (t,) share of the pairs of one person within.
    """

    thresholds: Values
    false_accepts: Values
    true_accepts: Values

    @property
    def area(self) -> float:
        """Area under the curve: how likely a pair of one person is nearer than one of two; half for ties."""
        return float(np.trapezoid(np.append(0, self.true_accepts), np.append(0, self.false_accepts)))

    def corners(self) -> "Curve":
        """The same curve without the points that lie on a straight line between their neighbours."""
        if len(self.thresholds) < 3:
            return self
        false, true = np.diff(self.false_accepts, prepend=0), np.diff(self.true_accepts, prepend=0)
        turned = false[1:] * true[:-1] != false[:-1] * true[1:]
        kept = np.append(turned, True)
        return Curve(self.thresholds[kept], self.false_accepts[kept], self.true_accepts[kept])


@dataclass(frozen=True, slots=True)
class Rate:
    """True-accept rate at a false-accept rate.

    Attributes:
        wanted: The false-accept rate asked for.
        true_accepts: Share of the pairs of one person that are accepted; None where there are too few pairs of two
            people to tell: fewer than one of them would be accepted.
        false_accepts: Share of the pairs of two people that are: the largest one not above what was asked for.
        threshold: Distance up to which a pair is accepted; None as above, or where none is.
        pairs: Of two people that are accepted: with few of them the rate is a rough one.
    """

    wanted: float
    true_accepts: float | None
    false_accepts: float | None
    threshold: float | None
    pairs: int


@dataclass(frozen=True, slots=True)
class Protocol:
    """What the protocol came to.

    Attributes:
        folds: One by one.
        accuracy: Their mean.
        error: Standard error of that mean; NaN for a single fold.
        curve: Of all pairs together.
    """

    folds: tuple[Fold, ...]
    accuracy: float
    error: float
    curve: Curve


def paired(labels: IntArray, *, folds: int = FOLDS, pairs: int = PAIRS, seed: int = 0) -> Pairs:
    """Draw pairs of faces in folds that share no person.

    Each fold has as many pairs of one person as of two, all of them different. Everybody gives one pair before anybody
    gives a second; for pairs of two people, these are drawn first, then a face of each.

    Args:
        labels: (n,) person of each face, not below 0.
        folds: At least 2.
        pairs: Of one person in each fold, at most; fewer where there are no more.
        seed: Of the draw.

    Raises:
        UsageError: There are too few people.
    """
    people, who = np.unique(labels, return_inverse=True)
    sizes = np.bincount(who, minlength=len(people))
    if folds < 2 or (sizes > 1).sum() < folds or len(people) < 2 * folds:
        raise UsageError(
            f"{len(people)} people, {(sizes > 1).sum()} of them with several pictures, are too few for {folds} folds.",
            "Each fold needs two people, one of them with two pictures; there are two folds or more.",
        )
    random = np.random.default_rng(seed)
    shuffled = random.permutation(len(people))
    # Those with several pictures are shared out first, so that each fold gets its part of them.
    fold_of = np.empty(len(people), np.int64)
    fold_of[shuffled[np.argsort(sizes[shuffled] < 2, kind="stable")]] = np.arange(len(people)) % folds
    order = np.argsort(who, kind="stable")
    rows = np.split(order, np.cumsum(sizes)[:-1])
    made = []
    for fold in range(folds):
        held = [rows[person] for person in np.flatnonzero(fold_of == fold).tolist()]
        same = _of_one(held, pairs, random)
        different = _of_two(held, len(same), random)
        same = same[: len(different)]
        made.append((same, different))
    both = np.concatenate([part for pair in made for part in pair])
    truth = np.concatenate([np.full(len(part), part is pair[0]) for pair in made for part in pair])
    number = np.concatenate([np.full(2 * len(same), fold) for fold, (same, _) in enumerate(made)])
    return Pairs(both[:, 0], both[:, 1], truth, number.astype(np.int64))


def _of_one(held: list[IntArray], most: int, random: np.random.Generator) -> IntArray:
    """(p, 2) pairs of one person: everybody gives one before anybody gives a second."""
    found: list[IntArray] = [np.zeros((0, 2), np.int64)]
    ranks: list[Values] = [np.zeros(0)]
    for rows in held:
        possible = len(rows) * (len(rows) - 1) // 2
        if not possible:
            continue
        chosen = random.choice(possible, min(most, possible), replace=False)
        # The number of a pair (i, j), i < j, is j (j - 1) / 2 + i.
        second = ((1 + np.sqrt(1 + 8 * chosen.astype(np.float64))) / 2).astype(np.int64)
        second -= second * (second - 1) // 2 > chosen
        second += second * (second + 1) // 2 <= chosen
        found.append(np.column_stack([rows[chosen - second * (second - 1) // 2], rows[second]]))
        ranks.append(np.asarray(np.arange(len(chosen)) + random.random(), np.float64))
    pairs = np.concatenate(found)
    return pairs[np.argsort(np.concatenate(ranks), kind="stable")[:most]]


def _of_two(held: list[IntArray], wanted: int, random: np.random.Generator) -> IntArray:
    """(p, 2) pairs of two people; fewer where there are hardly more."""
    sizes, faces = np.array([len(rows) for rows in held]), np.concatenate(held)
    starts = np.cumsum(sizes) - sizes
    found = np.zeros((0, 2), np.int64)
    for _ in range(_ROUNDS):
        people = random.integers(0, len(held), (2 * wanted + 8, 2))
        people = people[people[:, 0] != people[:, 1]]
        drawn = np.sort(faces[starts[people] + random.integers(0, sizes[people])], axis=1)
        both = np.concatenate([found, drawn])
        found = both[np.sort(np.unique(both, axis=0, return_index=True)[1])]
        if len(found) >= wanted:
            break
    return found[:wanted]


def distances_of(descriptors: FloatArray, pairs: Pairs) -> Values:
    """(p,) Euclidean distances; infinite where a face has no descriptor.

    Args:
        descriptors: (n, dimension); a row of NaN for a picture in which no face was found.
        pairs: Of rows.
    """
    distances: Values = np.empty(len(pairs), np.float64)
    for start in range(0, len(pairs), _BLOCK):
        part = slice(start, start + _BLOCK)
        gaps = descriptors[pairs.left[part]].astype(np.float64) - descriptors[pairs.right[part]]
        distances[part] = np.linalg.norm(gaps, axis=1)
    distances[np.isnan(distances)] = np.inf
    return distances


def verified(distances: Values, pairs: Pairs) -> Protocol:
    """Try the protocol.

    Args:
        distances: (p,) of the pairs; infinite for a pair that can only be rejected.
        pairs: With the truth.

    Raises:
        UsageError: There are no pairs of one person, none of two, or just one fold.
    """
    same = pairs.same
    count = int(pairs.folds.max(initial=-1)) + 1
    if not same.any() or same.all() or count < 2:
        raise UsageError("Pairs of one person and of two, in two folds or more, are needed.")
    tried = []
    for fold in range(count):
        inside = pairs.folds == fold
        cut = best_threshold(distances[~inside], same[~inside])
        right = (distances[inside] <= cut) == same[inside]
        tried.append(Fold(int(inside.sum()), cut, float(right.mean())))
    accuracies = np.array([fold.accuracy for fold in tried])
    error = float(accuracies.std(ddof=1) / np.sqrt(count))
    return Protocol(tuple(tried), float(accuracies.mean()), error, curve_of(distances, same))


def best_threshold(distances: Values, same: Flags) -> float:
    """The distance up to which taking pairs for one person is right most often.

    Halfway to the next larger distance; the middle one of several that are as good.
    """
    order = np.argsort(distances, kind="stable")
    sorted_distances, truth = distances[order], same[order]
    # Right answers when the nearest 0, 1, ... p pairs are accepted, where a cut between the distances is possible.
    right = np.concatenate([[0], np.cumsum(np.where(truth, 1, -1))])
    edges = np.concatenate([[min(0.0, sorted_distances[0]) - 1], sorted_distances, [np.inf]])
    possible = np.flatnonzero((edges[1:] > edges[:-1]) & np.isfinite(edges[:-1]))
    best = possible[right[possible] == right[possible].max()]
    place = int(best[len(best) // 2])
    low, high = float(edges[place]), float(edges[place + 1])
    return (low + high) / 2 if np.isfinite(high) else low


def curve_of(distances: Values, same: Flags) -> Curve:
    """The curve of pairs, some of one person and some of two; infinite distances are its last point."""
    values, place = np.unique(distances, return_inverse=True)
    true = np.bincount(place[same], minlength=len(values)).cumsum() / same.sum()
    false = np.bincount(place[~same], minlength=len(values)).cumsum() / (~same).sum()
    return Curve(values, false, true)


def rates_at(curve: Curve, different: int, wanted: tuple[float, ...] = RATES) -> tuple[Rate, ...]:
    """True-accept rates at false-accept rates.

    Args:
        curve: Of the pairs.
        different: Pairs of two people that it is made of.
        wanted: False-accept rates.
    """
    return tuple(_rate(curve, different, rate) for rate in wanted)


def _rate(curve: Curve, different: int, wanted: float) -> Rate:
    if wanted * different < 1 - 1e-9:
        return Rate(wanted, None, None, None, 0)
    allowed = (curve.false_accepts <= wanted + 1e-12) & np.isfinite(curve.thresholds)
    place = int(allowed.sum()) - 1  # both rise together
    if place < 0:
        return Rate(wanted, 0.0, 0.0, None, 0)
    false = float(curve.false_accepts[place])
    true, cut = float(curve.true_accepts[place]), float(curve.thresholds[place])
    return Rate(wanted, true, false, cut, round(false * different))


def all_pairs(descriptors: FloatArray, labels: IntArray, context: JobContext) -> tuple[Curve, int, int]:
    """The curve of all pairs of faces there are, which are enough for small false-accept rates.

    People with many pictures count most. Distances are counted to a 20,000th of the largest possible one. Time
    O(n^2), memory O(n).

    Args:
        descriptors: (n, dimension), finite.
        labels: (n,) persons.
        context: Told of progress; may cancel.

    Returns:
        The curve, the number of pairs of one person and that of two.

    Raises:
        CancelledError: The context said so.
    """
    squares = np.einsum("ij,ij->i", descriptors, descriptors)
    reach = 2 * float(np.sqrt(squares.max(initial=0))) or 1.0
    counts = np.zeros((2, _BINS), np.int64)
    for start in range(0, len(labels), _BLOCK):
        context.report(start, len(labels), "Comparing all faces")
        context.check_cancelled()
        part = slice(start, start + _BLOCK)
        rest = descriptors[start:]
        gaps = squares[part, None] + squares[None, start:] - 2 * (descriptors[part] @ rest.T)
        bins = np.minimum(np.sqrt(np.maximum(gaps, 0)) * (_BINS / reach), _BINS - 1).astype(np.int64)
        after = np.arange(len(rest))[None, :] > np.arange(len(bins))[:, None]
        one = labels[part, None] == labels[None, start:]
        for row, chosen in enumerate((after & one, after & ~one)):
            counts[row] += np.bincount(bins[chosen], minlength=_BINS)
    same, different = (int(number) for number in counts.sum(axis=1))
    used = np.flatnonzero(counts.sum(axis=0))
    true, false = (counts[row].cumsum()[used] / max(1, total) for row, total in ((0, same), (1, different)))
    return Curve(np.asarray((used + 1) * (reach / _BINS), np.float64), false, true), same, different
