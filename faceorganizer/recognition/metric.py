"""A metric learned from confirmed people: a linear head on descriptors, trained with the triplet loss.

Schroff, Kalenichenko and Philbin, "FaceNet: a unified embedding for face recognition and clustering" (CVPR 2015): the
squared distance to a face of the same person is to be smaller by a margin than that to anybody else, on the unit
sphere. Here the network is fixed; what is learned is a residual linear map of its descriptors that begins as the
identity and is drawn back to it, for few people have thousands of confirmed faces.

Descriptors of one network lie in a narrow cone about a common direction. The map works on what they differ in: their
deviation from the mean. What comes out is put back into the cone, as wide as distances between different people keep
their meaning, so that all that is calibrated for the plain descriptors stays so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext, Unattended
from faceorganizer.neighbours.vectors import checked_vectors

Numbers = npt.NDArray[np.float64]
Vectors = TypeVar("Vectors", FloatArray, npt.NDArray[np.float64])

MARGIN: Final = 0.2  # of squared distances on the unit sphere, as FaceNet's
PEOPLE: Final = 32  # of a mini-batch at most
FACES: Final = 4  # of each of them
STEPS: Final = 600
PATIENCE: Final = 12  # looks at the validation people without a gain, after which training ends
LOOK_EVERY: Final = 10  # steps
RATE: Final = 0.3
MOMENTUM: Final = 0.9
DECAY: Final = 0.02  # how strongly the map is drawn back to the identity
LEVEL: Final = 0.01  # share of pairs of different people whose largest distance stays what it was

_TINY: Final = 1e-8
_BLOCK: Final = 1 << 16  # faces mapped at a time
_LOOKED_AT: Final = 800  # faces of each kind that a look at the validation people takes
_LEAST_RATE: Final = 3e-4
_MOST_RATE: Final = 0.1
_RATES: Final = 9
_FEWEST_PAIRS: Final = 20  # that a width is chosen by
_WIDEST: Final = 2.0  # bounds of the width that is looked for
_HALVINGS: Final = 12


@dataclass(frozen=True, slots=True)
class Head:
    """What turns descriptors into the vectors that are compared in their place.

    Attributes:
        centre: (d,) float32 mean of the descriptors at unit length.
        weights: (d, d) float32; the residual: zero leaves everything as it is.
        width: Above 0; how far what comes out is spread about the centre.
    """

    centre: FloatArray
    weights: FloatArray
    width: float = 1.0

    def apply(self, descriptors: FloatArray) -> FloatArray:
        """Map (n, d) descriptors; each keeps its length, so that distances keep their scale.

        Raises:
            VectorError: A descriptor is not finite.
        """
        vectors = checked_vectors(descriptors)
        result = np.empty_like(vectors)
        for start in range(0, len(vectors), _BLOCK):
            rows = slice(start, start + _BLOCK)
            result[rows] = self._mapped(vectors[rows])
        return result

    def _mapped(self, vectors: FloatArray) -> FloatArray:
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        deviations = unit_length(vectors) - self.centre
        moved = deviations + deviations @ self.weights.T
        # A blurred face deviates little from the mean, and is to go on doing so: the map turns, it does not stretch.
        before, after = (np.linalg.norm(some, axis=1, keepdims=True) for some in (deviations, moved))
        turned = moved * (self.width * before / np.maximum(after, _TINY))
        return np.asarray(unit_length(self.centre + turned) * lengths, np.float32)


def unit_length(vectors: Vectors) -> Vectors:
    """Vectors (n, d) at length one; those of length zero stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result = np.zeros_like(vectors)
    np.divide(vectors, lengths, out=result, where=lengths > 0)
    return result


def plain_head(descriptors: FloatArray, people: IntArray) -> Head:
    """The head that changes nothing; its centre is the mean of people's means.

    Args:
        descriptors: (n, d), one or more.
        people: (n,) whose they are.
    """
    vectors = unit_length(checked_vectors(descriptors)).astype(np.float64)
    _, places, sizes = np.unique(people, return_inverse=True, return_counts=True)
    share = 1 / (len(sizes) * sizes[places])
    dimension = vectors.shape[1]
    return Head((share @ vectors).astype(np.float32), np.zeros((dimension, dimension), np.float32))


@dataclass(frozen=True, slots=True)
class Curve:
    """How training went, look by look.

    Attributes:
        steps: (k,) int64 mini-batches seen; the first look is before any.
        training: (k,) mean triplet loss of the mini-batches since the last look.
        validation: (k,) share of pairs of one person that is missed among the people not trained on, mean over
            false-accept rates of 0.1 % to 10 %; NaN where there are none.
        best: Steps after which that was least.
    """

    steps: IntArray
    training: Numbers
    validation: Numbers
    best: int


def train(
    descriptors: FloatArray,
    people: IntArray,
    validation: IntArray,
    *,
    steps: int = STEPS,
    seed: int = 0,
    context: JobContext | None = None,
) -> tuple[Head, Curve]:
    """Train a head.

    Time O(steps x batch^2 x d), whatever the number of faces; the same input gives the same head.

    Args:
        descriptors: (n, d).
        people: (n,) whose they are; who has a single face is nobody's anchor.
        validation: Numbers of the people that only tell when to stop; without any, all steps are done.
        steps: Mini-batches at most.
        seed: Of what is drawn.
        context: Told of steps; may cancel.

    Raises:
        VectorError: A descriptor is not finite.
        CancelledError: The context said so.
    """
    context = context or Unattended()
    random = np.random.default_rng(seed)
    head = plain_head(descriptors, people)
    points = _deviations(head, descriptors)
    held = np.isin(people, validation)
    batches = _Batches(people, np.flatnonzero(~held), random)
    looked_at = random.permutation(np.flatnonzero(held))[:_LOOKED_AT]
    beside = random.permutation(np.flatnonzero(~held))[:_LOOKED_AT]
    weights = np.zeros((points.shape[1], points.shape[1]))
    optimiser = _Descent(weights.shape)
    looks = [0]
    losses = [triplet_loss(weights, points[rows := batches.draw()], people[rows])[0]]
    tried = [_validation_loss(weights, points, people, looked_at, beside)]
    best, kept, since = 0, weights.copy(), []
    for step in range(1, steps + 1):
        rows = batches.draw()
        loss, slope = triplet_loss(weights, points[rows], people[rows])
        weights = optimiser.step(weights, slope + DECAY * weights)
        since.append(loss)
        if step % LOOK_EVERY == 0 or step == steps:
            context.check_cancelled()
            context.report(step, steps, "Learning from confirmed faces")
            looks.append(step)
            losses.append(float(np.mean(since)))
            tried.append(_validation_loss(weights, points, people, looked_at, beside))
            since = []
            if not len(validation) or tried[-1] < min(tried[:-1]):
                best, kept = step, weights.copy()
            elif step - best >= PATIENCE * LOOK_EVERY:
                break
    curve = Curve(np.array(looks), np.array(losses), np.array(tried), best)
    return replace(head, weights=kept.astype(np.float32)), curve


def triplet_loss(weights: Numbers, points: Numbers, people: IntArray, margin: float = MARGIN) -> tuple[float, Numbers]:
    """The loss of a mini-batch, and its gradient.

    Every pair of faces of one person is anchor and positive, both ways; its negative is the nearest face of anybody
    else that is further away than the positive (semi-hard). Pairs for which there is none are left out; so is what has
    no loss. The loss is the mean over all pairs.

    Args:
        weights: (d, d) the residual.
        points: (b, d) deviations, scaled.
        people: (b,) whose they are.
        margin: Of squared distances.

    Returns:
        The loss, and (d, d) its derivative.
    """
    raw = points + points @ weights.T
    lengths = np.maximum(np.linalg.norm(raw, axis=1, keepdims=True), _TINY)
    placed = raw / lengths
    anchors, positives, negatives, losses = semi_hard(placed, people, margin)
    pairs = max(1, _pairs(people))
    if not len(anchors):
        return 0.0, np.zeros_like(weights)
    # The sum of squared distances with signs is a quadratic form of the graph's Laplacian.
    signs = np.zeros((len(points), len(points)))
    np.add.at(signs, (anchors, positives), 1.0)
    np.add.at(signs, (anchors, negatives), -1.0)
    signs += signs.T
    slope = 2 * (signs.sum(axis=1)[:, None] * placed - signs @ placed) / pairs
    slope -= placed * np.einsum("ij,ij->i", placed, slope)[:, None]
    return float(losses.sum()) / pairs, (slope / lengths).T @ points


def semi_hard(placed: Numbers, people: IntArray, margin: float) -> tuple[IntArray, IntArray, IntArray, Numbers]:
    """Anchors, positives and semi-hard negatives (t,) with a loss, and that loss, of (b, d) points on the sphere."""
    squares = np.maximum(2 - 2 * placed @ placed.T, 0)
    same = people[:, None] == people[None]
    anchors, positives = np.nonzero(same & ~np.eye(len(people), dtype=bool))
    near = squares[anchors, positives]
    candidates = np.where(same[anchors] | (squares[anchors] <= near[:, None]), np.inf, squares[anchors])
    negatives = candidates.argmin(axis=1) if len(people) else anchors
    losses = near - candidates[np.arange(len(anchors)), negatives] + margin
    wanted = losses > 0
    return anchors[wanted], positives[wanted], negatives[wanted], losses[wanted]


def fitted_width(head: Head, descriptors: FloatArray, people: IntArray, asked: IntArray, others: IntArray) -> float:
    """The width at which as many pairs of different people are within the same distance as before.

    Args:
        head: Its own width does not matter.
        descriptors: (n, d).
        people: (n,) whose they are.
        asked: (a,) rows of people that the head was not trained on: it parts those it knows further.
        others: (b,) rows that these are compared with, besides each other.
    """
    _, before, _ = compared(descriptors, people, asked, others)
    if not len(before):
        return 1.0
    level = min(max(LEVEL, _FEWEST_PAIRS / len(before)), 0.5)
    wanted = float(np.quantile(before, level))
    low, high = 1 / _WIDEST, _WIDEST
    for _ in range(_HALVINGS):  # the distance grows with the width
        middle = (low * high) ** 0.5
        _, after, _ = compared(replace(head, width=middle).apply(descriptors), people, asked, others)
        if float(np.quantile(after, level)) < wanted:
            low = middle
        else:
            high = middle
    return float((low * high) ** 0.5)


def _deviations(head: Head, descriptors: FloatArray) -> Numbers:
    """What descriptors differ in, one long on average: the gradient does not depend on how narrow the cone is."""
    deviations = (unit_length(checked_vectors(descriptors)) - head.centre).astype(np.float64)
    result: Numbers = deviations / max(float(np.linalg.norm(deviations, axis=1).mean()), _TINY)
    return result


def recognised(near: Numbers, others: Numbers, of: IntArray, count: int) -> Numbers:
    """Share of each person's pairs that a threshold accepts, mean over thresholds of false-accept rates up to a tenth.

    Args:
        near: (p,) distances of pairs of one person.
        others: (q,) distances of pairs of different people, one or more; the thresholds come from them.
        of: (p,) whose each pair is, 0 to count - 1.
        count: Number of people.

    Returns:
        (count,) 0 to 1; NaN for who has no pair.
    """
    rates = np.geomspace(_LEAST_RATE, _MOST_RATE, _RATES)
    places = np.unique((rates * len(others)).astype(np.int64))  # of few pairs, the strictest rates are one
    thresholds = np.sort(np.partition(others, places)[places])
    passed = 1 - np.searchsorted(thresholds, near) / len(thresholds)
    pairs = np.bincount(of, minlength=count)
    return np.bincount(of, passed, count) / np.where(pairs, pairs, np.nan)


def compared(
    vectors: Vectors, people: IntArray, asked: IntArray, others: IntArray
) -> tuple[Numbers, Numbers, IntArray]:
    """Distances at unit length between some rows, and between them and others.

    Args:
        vectors: (n, d).
        people: (n,) whose they are.
        asked: (a,) rows that are compared with each other and with the others.
        others: (b,) rows, none of them asked.

    Returns:
        Distances of pairs of one person, of pairs of different people, and whose each pair of the first kind is.
    """
    placed = unit_length(vectors)
    rows = np.concatenate([asked, others])
    distances = np.sqrt(np.maximum(2 - 2 * (placed[asked] @ placed[rows].T), 0)).astype(np.float64)
    once = np.arange(len(rows))[None] > np.arange(len(asked))[:, None]
    same = people[asked][:, None] == people[rows][None]
    return (
        distances[once & same],
        distances[once & ~same],
        np.broadcast_to(people[asked][:, None], same.shape)[once & same],
    )


def _validation_loss(weights: Numbers, points: Numbers, people: IntArray, held: IntArray, others: IntArray) -> float:
    """One minus the share of pairs of held-out people that thresholds accept; NaN where there are none."""
    near, far, _ = compared(points + points @ weights.T, people, held, others)
    if not len(near) or not len(far):
        return float("nan")
    return 1 - float(recognised(near, far, np.zeros(len(near), np.int64), 1)[0])


def _pairs(people: IntArray) -> int:
    _, sizes = np.unique(people, return_counts=True)
    return int((sizes * (sizes - 1)).sum())


class _Batches:
    """Mini-batches of a few people with a few faces each, everybody in turn."""

    def __init__(self, people: IntArray, rows: IntArray, random: np.random.Generator) -> None:
        self._random = random
        numbers, sizes = np.unique(people[rows], return_counts=True)
        self._rows: Sequence[IntArray] = [rows[people[rows] == number] for number in numbers[sizes > 1]]
        self._waiting: list[int] = []

    def draw(self) -> IntArray:
        """Rows of a mini-batch."""
        wanted = min(PEOPLE, len(self._rows))
        while len(self._waiting) < wanted:
            self._waiting += self._random.permutation(len(self._rows)).tolist()
        chosen, self._waiting = dict.fromkeys(self._waiting[:wanted]), self._waiting[wanted:]
        parts = [self._random.permutation(self._rows[place])[:FACES] for place in chosen]
        return np.concatenate([np.zeros(0, np.int64), *parts])


class _Descent:
    """Gradient descent with momentum (Polyak, 1964).

    Steps in proportion to the slope keep to the few directions that matter; those of Adam, alike in all directions, fit
    what is particular to a handful of people.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._speed = np.zeros(shape)

    def step(self, weights: Numbers, slope: Numbers) -> Numbers:
        """Weights after one step against the slope."""
        self._speed = MOMENTUM * self._speed + slope
        return weights - RATE * self._speed
