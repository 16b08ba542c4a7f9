"""Classifiers on faces whose people are known: how often they are right, and how far they can be trusted."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import Candidates
from faceorganizer.neighbours.vectors import checked_vectors
from faceorganizer.recognition.calibration import calibration_error
from faceorganizer.recognition.registry import CLASSIFIERS, create_classifier
from faceorganizer.services.benchmark.labelled import LabelledFaces

FOLDS: Final = 10
LEAST: Final = 3
SURE: Final = 0.5  # probability from which somebody is named

HEADINGS: Final = ("classifier", "accuracy", "identified", "false alarms", "ECE", "seconds")


@dataclass(frozen=True, slots=True)
class Identified:
    """What came of one classifier.

    Attributes:
        name: Of the classifier.
        accuracy: Closed set: share of held-out faces whose likeliest person is right, when everybody is known.
        identified: Open set: share of faces of known people that are named rightly with a probability above one half.
        false_alarms: Open set: share of faces of strangers that are named with such a probability.
        calibration_error: Expected calibration error (15 bins) in the open set, half of whose faces are strangers'.
        seconds: Of wall time to learn and to answer, all folds together.
    """

    name: str
    accuracy: float
    identified: float
    false_alarms: float
    calibration_error: float
    seconds: float

    def fields(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "classifier": self.name,
            "accuracy": round(self.accuracy, 6),
            "identified": round(self.identified, 6),
            "false_alarms": round(self.false_alarms, 6),
            "calibration_error": round(self.calibration_error, 6),
            "seconds": round(self.seconds, 3),
        }

    def cells(self) -> list[str]:
        """As one line of a table with :data:`HEADINGS`."""
        shares = (self.accuracy, self.identified, self.false_alarms, self.calibration_error)
        return [self.name, *(f"{share:.4f}" for share in shares), f"{self.seconds:.2f}"]


@dataclass(frozen=True, slots=True)
class IdentificationReport:
    """What a cross-validation found.

    Attributes:
        source: Where the faces are from.
        faces: Those of people with enough of them.
        people: Among these.
        folds: Parts that the faces were divided into.
        least: Faces that a person had to have.
        asked: Faces asked about in the open set, all folds together.
        rows: One for each classifier, in the order asked for.
    """

    source: str
    faces: int
    people: int
    folds: int
    least: int
    asked: int
    rows: tuple[Identified, ...]

    def document(self) -> dict[str, Any]:
        """Everything as plain values."""
        return {
            "features": self.source,
            "faces": self.faces,
            "people": self.people,
            "folds": self.folds,
            "least": self.least,
            "asked": self.asked,
            "classifiers": [row.fields() for row in self.rows],
        }


@dataclass(frozen=True, slots=True)
class _Fold:
    """Rows to learn and rows to ask about, and the same where half of the people are strangers."""

    learned: IntArray
    asked: IntArray
    learned_open: IntArray
    asked_open: IntArray


def cross_validate(
    faces: LabelledFaces,
    context: JobContext,
    *,
    classifiers: Sequence[str] = (),
    folds: int = FOLDS,
    least: int = LEAST,
) -> IdentificationReport:
    """Learn all but one part of the faces and ask about that one, part by part; every person is in all parts alike.

    In the open set, a random half of the people is left out of what is learned in each fold, and as many of their faces
    as of the others' are asked about.

    Args:
        faces: With their labels; faces without are left out.
        context: Told of progress; may cancel.
        classifiers: Names; all when empty.
        folds: Parts, 2 or more.
        least: Faces that a person must have to take part, 2 or more.

    Raises:
        SettingError: There is no such classifier.
        UsageError: Fewer than two people have so many faces, or ``folds`` or ``least`` is below 2.
        VectorError: The descriptors are not finite.
        CancelledError: The context said so.
    """
    names = list(dict.fromkeys(classifiers)) or list(CLASSIFIERS)
    for name in names:
        create_classifier(name)
    if folds < 2 or least < 2:
        raise UsageError("What is learned and what is asked about are different faces.", "Take two or more of both.")
    vectors = checked_vectors(faces.descriptors)
    labels, rows = _several(faces, least)
    vectors = vectors[rows]
    parts = _folds(labels, folds)
    found = [_measured(name, vectors, labels, parts, context) for name in names]
    return IdentificationReport(
        source=faces.source,
        faces=len(labels),
        people=len(np.unique(labels)),
        folds=folds,
        least=least,
        asked=sum(len(fold.asked_open) for fold in parts),
        rows=tuple(found),
    )


def _several(faces: LabelledFaces, least: int) -> tuple[IntArray, IntArray]:
    """Labels and rows of the faces of people with enough of them."""
    labelled = np.flatnonzero(faces.labels >= 0)
    _, person, sizes = np.unique(faces.labels[labelled], return_inverse=True, return_counts=True)
    enough = sizes >= least
    if np.count_nonzero(enough) < 2:
        raise UsageError(
            f"Of {faces.source}, {np.count_nonzero(enough)} of {len(sizes):,} people have {least} faces or more; "
            "it takes two.",
            "Confirm faces of more people, or ask for fewer faces of each.",
        )
    rows = labelled[enough[person]]
    return faces.labels[rows], rows


def _folds(labels: IntArray, count: int) -> list[_Fold]:
    random = np.random.default_rng(0)
    mixed = random.permutation(len(labels))
    order = mixed[np.argsort(labels[mixed], kind="stable")]
    part = np.empty(len(labels), np.int64)
    part[order] = np.arange(len(labels)) % count  # the faces of each person go to one part after the other
    people = np.unique(labels)
    found = []
    for number in range(count):
        known = np.isin(labels, random.permutation(people)[: (len(people) + 1) // 2])
        asked = np.flatnonzero((part == number) & known)
        strangers = random.permutation(np.flatnonzero((part == number) & ~known))
        balanced = min(len(asked), len(strangers))
        found.append(
            _Fold(
                np.flatnonzero(part != number),
                np.flatnonzero(part == number),
                np.flatnonzero((part != number) & known),
                np.concatenate([random.permutation(asked)[:balanced], strangers[:balanced]]),
            )
        )
    return [fold for fold in found if len(fold.asked)]


def _measured(
    name: str, vectors: FloatArray, labels: IntArray, folds: Sequence[_Fold], context: JobContext
) -> Identified:
    right, sure, correct, known = [], [], [], []
    started = time.perf_counter()
    for done, fold in enumerate(folds):
        context.report(done, len(folds), f"Cross-validating {name}")
        context.check_cancelled()
        best, _ = _best(_answers(name, vectors, labels, fold.learned, fold.asked, context))
        right.append(best == labels[fold.asked])
        if len(fold.asked_open):
            best, chance = _best(_answers(name, vectors, labels, fold.learned_open, fold.asked_open, context))
            truth = labels[fold.asked_open]
            sure.append(chance)
            correct.append(best == truth)
            known.append(np.isin(truth, labels[fold.learned_open]))
    seconds = time.perf_counter() - started
    confidence, hits, familiar = (_joined(parts) for parts in (sure, correct, known))
    named = confidence > SURE
    return Identified(
        name=name,
        accuracy=float(_joined(right).mean()),
        identified=_share((hits.astype(np.bool_) & named)[familiar.astype(np.bool_)]),
        false_alarms=_share(named[~familiar.astype(np.bool_)]),
        calibration_error=calibration_error(confidence, hits.astype(np.bool_)),
        seconds=seconds,
    )


def _answers(
    name: str, vectors: FloatArray, labels: IntArray, learned: IntArray, asked: IntArray, context: JobContext
) -> Candidates:
    classifier = create_classifier(name)
    classifier.fit(vectors[learned], labels[learned], context)
    return classifier.predict(vectors[asked])


def _best(told: Candidates) -> tuple[IntArray, npt.NDArray[np.float64]]:
    """The likeliest person of each face and how likely; -2 and 0 where there is none."""
    if not told.people.shape[1]:
        return np.full(len(told.people), -2), np.zeros(len(told.people))
    return np.where(told.people[:, 0] < 0, -2, told.people[:, 0]), told.probabilities[:, 0]


def _joined(parts: Sequence[np.ndarray]) -> npt.NDArray[np.float64]:
    return np.concatenate([np.zeros(0), *parts])


def _share(values: npt.NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else 0.0
