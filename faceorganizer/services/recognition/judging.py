"""Whether a learned metric is better than the plain descriptors, by people and faces that it was not trained on.

Cross-validation: each person is held out once. In each fold a head is trained on the others, without some of their
faces; then plain and learned vectors do what the library does with them. The bootstrap over people (Efron, 1979) says
how far the difference can be trusted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from faceorganizer.clustering.metrics import lone
from faceorganizer.clustering.registry import create_clusterer
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext, Unattended
from faceorganizer.neighbours.exact import ExactIndex
from faceorganizer.recognition.evidence import evidence, probabilities
from faceorganizer.recognition.gallery import Gallery, Units, nearest_people, portray
from faceorganizer.recognition.metric import (
    STEPS,
    Curve,
    Head,
    Numbers,
    compared,
    fitted_width,
    plain_head,
    recognised,
    train,
)
from faceorganizer.services.recognition.trial import MEASURES, Confirmed, Figure, Histograms, Trial

FOLDS: Final = 5
PART_VALIDATION: Final = 5  # one in so many people says when to stop
PART_FACES: Final = 4  # one in so many faces of known people is held out
SURE_FROM: Final = 0.5  # probability from which somebody is suggested here
CONFIDENCE: Final = 0.95  # that the gain is one, by the bootstrap
LEAST_FRESH: Final = 20  # faces confirmed since that say anything about a head
BINS: Final = 50

_MOST_HELD: Final = 800  # faces of held-out people in a fold that are compared
_MOST_OTHERS: Final = 1200
_RESAMPLES: Final = 2000
_HIGHEST: Final = 1.25  # end of the histograms; plain distances of dlib's network hardly reach 1


@dataclass(frozen=True, slots=True)
class _Fold:
    curve: Curve
    width: float
    scores: Numbers  # (2, people, measures), NaN where a person says nothing
    counts: IntArray  # (4, bins)


def learn(faces: Confirmed, grouping: Mapping[str, Any], context: JobContext, seed: int = 0) -> Trial:
    """Train a head on confirmed faces, and judge it.

    Args:
        faces: Of two people or more for each fold, two faces or more of each.
        grouping: Parameters of the usual clusterer.
        context: Told of progress; may cancel.
        seed: Of what is drawn.

    Raises:
        CancelledError: The context said so.
    """
    numbers, people = np.unique(faces.people, return_inverse=True)
    faces = replace(faces, people=people.astype(np.int64))
    order = np.random.default_rng(seed).permutation(len(numbers))
    folds = []
    for number in range(FOLDS):
        context.check_cancelled()
        context.report(number, FOLDS + 1, "Learning from confirmed faces")
        folds.append(_fold(faces, order[number::FOLDS], grouping, seed + number, context))
    context.report(FOLDS, FOLDS + 1, "Learning from confirmed faces")
    steps = int(np.median([fold.curve.best for fold in folds]))
    head = plain_head(faces.descriptors, faces.people)
    if steps:
        head, _ = train(
            faces.descriptors, faces.people, np.zeros(0, np.int64), steps=steps, seed=seed, context=_Quiet(context)
        )
    head = replace(head, width=float(np.median([fold.width for fold in folds])))
    figures, low, high = judged(_mean([fold.scores for fold in folds]), seed)
    counts = np.sum([fold.counts for fold in folds], axis=0)
    return Trial(head, folds[0].curve, figures, low, high, Histograms(_edges(), *counts))


def judged(scores: Numbers, seed: int = 0) -> tuple[tuple[Figure, ...], float, float]:
    """Figures of (2, people, measures) scores before and after, and the interval of their mean gain."""
    before, after = scores
    counted = ~np.isnan(before + after)
    gains = np.where(counted, after - before, 0.0)
    people = len(gains)
    draws = np.random.default_rng(seed).multinomial(people, np.full(people, 1 / people), _RESAMPLES)
    resampled = (draws @ gains) / np.maximum(draws @ counted, 1)
    edges = [1 - CONFIDENCE, CONFIDENCE]
    lows, highs = np.quantile(resampled, edges, axis=0)
    low, high = np.quantile(resampled.mean(axis=1), edges)
    figures = tuple(
        Figure(
            name,
            float(before[counted[:, place], place].mean()),
            float(after[counted[:, place], place].mean()),
            float(lows[place]),
            float(highs[place]),
        )
        for place, name in enumerate(MEASURES)
        if counted[:, place].any()
    )
    return figures, float(low), float(high)


def gain_since(head: Head, faces: Confirmed, fresh: IntArray, seed: int = 0) -> float | None:
    """How much better a head tells pairs of faces that it was not trained on; quick.

    Args:
        head: What is judged.
        faces: All that are confirmed now.
        fresh: (m,) rows that it was not trained on.
        seed: Of what is drawn, where there are many.

    Returns:
        Gain of the mean over people of the share of pairs recognised; None where too few faces are fresh.
    """
    random = np.random.default_rng(seed)
    others = np.setdiff1d(np.arange(len(faces)), fresh)
    asked, beside = random.permutation(fresh)[:_MOST_HELD], random.permutation(others)[:_MOST_OTHERS]
    if len(asked) < LEAST_FRESH:
        return None
    before, after = (_verified(some, asked, beside) for some in (faces, faces.seen_by(head)))
    if np.isnan(before).all():
        return None
    return float(np.nanmean(after - before))


def _fold(faces: Confirmed, held: IntArray, grouping: Mapping[str, Any], seed: int, context: JobContext) -> _Fold:
    random = np.random.default_rng(seed)
    strange = np.isin(faces.people, held)
    queries = _queries(faces.people, ~strange, random)
    known = np.setdiff1d(np.flatnonzero(~strange), queries)
    part = faces.only(known)
    others = random.permutation(np.unique(part.people))
    stopping = others[: max(1, len(others) // PART_VALIDATION)]
    head, curve = train(part.descriptors, part.people, stopping, steps=STEPS, seed=seed, context=_Quiet(context))
    new = np.isin(part.people, stopping)
    asked, beside = (random.permutation(np.flatnonzero(some)) for some in (new, ~new))
    head = replace(
        head, width=fitted_width(head, part.descriptors, part.people, asked[:_MOST_HELD], beside[:_MOST_OTHERS])
    )
    asked, beside = random.permutation(np.flatnonzero(strange))[:_MOST_HELD], random.permutation(known)[:_MOST_OTHERS]
    scores, counts = [], []
    for some in (faces, faces.seen_by(head)):
        context.check_cancelled()
        count = int(faces.people.max()) + 1
        values = np.stack(
            [
                _verified(some, asked, beside, count),
                suggested_right(some, known, queries, asked, count),
                grouped_right(some, np.union1d(asked, queries), grouping, count),
            ],
            axis=1,
        )
        scores.append(values)
        near, far, _ = compared(some.descriptors, some.people, asked, np.zeros(0, np.int64))
        counts += [np.histogram(np.minimum(lengths, _HIGHEST), _edges())[0] for lengths in (near, far)]
    width = fitted_width(head, faces.descriptors, faces.people, asked, beside)
    return _Fold(curve, width, np.stack(scores), np.stack(counts))


def _queries(people: IntArray, known: npt.NDArray[np.bool_], random: np.random.Generator) -> IntArray:
    """Rows of one face in four of each known person who has as many, drawn at random."""
    rows = random.permutation(np.flatnonzero(known))
    rows = rows[np.argsort(people[rows], kind="stable")]
    numbers, starts, sizes = np.unique(people[rows], return_index=True, return_counts=True)
    rank = np.arange(len(rows)) - np.repeat(starts, sizes)
    return np.sort(rows[rank < np.repeat(sizes // PART_FACES, sizes)]) if len(numbers) else rows


def _verified(faces: Confirmed, asked: IntArray, beside: IntArray, count: int = 0) -> Numbers:
    """Share of each person's pairs that are recognised."""
    count = count or int(faces.people.max()) + 1
    near, far, of = compared(faces.descriptors, faces.people, asked, beside)
    if not len(far):
        return np.full(count, np.nan)
    return recognised(near, far, of, count)


def suggested_right(faces: Confirmed, known: IntArray, queries: IntArray, strangers: IntArray, count: int) -> Numbers:
    """Share of each person's faces that get the right answer: the person, or nobody for one who is not known."""
    numbers = np.unique(faces.people[known])
    rows_of = [known[faces.people[known] == number] for number in numbers]
    portraits = [portray(faces.descriptors[rows], faces.quality[rows]) for rows in rows_of]
    asked = np.concatenate([queries, strangers])
    gallery = Gallery.of(numbers, portraits, faces.descriptors.shape[1])
    found = nearest_people(Units.of(faces.descriptors[asked], np.full(len(asked), -1)), gallery)
    strengths = evidence(found.distances, found.compared, np.ones(len(found.units), np.int64))
    values = probabilities(found.units, strengths, gallery.faces)
    sure = values > SURE_FROM  # one of each face at most, for they add up to one at most
    answers = np.full(len(asked), -1)
    answers[found.units[sure]] = numbers[found.places[sure]]
    truth = np.where(np.arange(len(asked)) < len(queries), faces.people[asked], -1)
    return _by_person(answers == truth, faces.people[asked], count)


def grouped_right(faces: Confirmed, rows: IntArray, parameters: Mapping[str, Any], count: int) -> Numbers:
    """BCubed F of each person's faces, grouped as the library groups."""
    part, context = faces.only(rows), Unattended()
    graph = ExactIndex().graph(part.descriptors, int(parameters.get("k", 80)), context)
    found = create_clusterer("infomap", **parameters).fit_predict(graph, quality=part.quality, context=context)
    _, cells, together = np.unique(
        np.stack([part.people, lone(found)]), axis=1, return_inverse=True, return_counts=True
    )
    together = together[cells.ravel()]
    _, group, of_group = np.unique(lone(found), return_inverse=True, return_counts=True)
    of_person = np.bincount(part.people, minlength=count)[part.people]
    precision = _by_person(together / of_group[group], part.people, count)
    recall = _by_person(together / of_person, part.people, count)
    both: Numbers = 2 * precision * recall / (precision + recall)
    return both


def _by_person(values: npt.NDArray[Any], people: IntArray, count: int) -> Numbers:
    """Mean of each person's values; NaN for who has none."""
    sizes = np.bincount(people, minlength=count)
    means: Numbers = np.bincount(people, values, count) / np.where(sizes, sizes, np.nan)
    return means


def _mean(scores: list[Numbers]) -> Numbers:
    """Mean over folds of what each person's score was; NaN where there was none in any."""
    stacked = np.stack(scores)
    said = ~np.isnan(stacked)
    means: Numbers = np.where(said, stacked, 0).sum(axis=0) / np.where(said.any(axis=0), said.sum(axis=0), np.nan)
    return means


def _edges() -> Numbers:
    return np.linspace(0, _HIGHEST, BINS + 1)


class _Quiet(Unattended):
    """Passes on only that a job is to stop."""

    def __init__(self, context: JobContext) -> None:
        self._context = context

    def check_cancelled(self) -> None:
        """As the other context says."""
        self._context.check_cancelled()
