"""Learns from the user's own confirmed faces how faces are told apart, and says whether that helps."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from faceorganizer.db.database import Database
from faceorganizer.db.repositories.metrics import MetricRecord, MetricState
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.errors import FaceOrganizerError, UnknownIdError, UsageError
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.ids import ModelId
from faceorganizer.domain.progress import JobContext
from faceorganizer.jobs.alone import run_told
from faceorganizer.jobs.noticeboard import Noticeboard
from faceorganizer.recognition.metric import Curve, Numbers
from faceorganizer.services.clustering.service import SEED, ClusteringService
from faceorganizer.services.events import EventBus
from faceorganizer.services.recognition.trial import Confirmed, Figure, Histograms, Trial
from faceorganizer.services.settings import SettingsService

LEAST_PEOPLE: Final = 5  # with so many confirmed faces each
LEAST_FACES: Final = 4
MOST_FACES: Final = 100  # of one person that are learned from; drawn at random


@dataclass(frozen=True, slots=True)
class LearningReport:
    """What was learned, and how it measures on people and faces that it was not trained on.

    Attributes:
        made: When.
        state: Whether it is used; "refused" since it was no better, "dropped" since it no longer is, "outdated" since
            much of what it was learned from is no longer said.
        faces: Confirmed faces that were learned from.
        people: Whose they are.
        seconds: How long it took.
        figures: Each measure before and after.
        low: Lower end of the 90 % interval of the mean gain of all measures.
        high: Its upper end.
        curve: How training went, of the first of five folds.
        histograms: Pairs of faces by distance, before and after.
    """

    made: datetime
    state: MetricState
    faces: int
    people: int
    seconds: float
    figures: tuple[Figure, ...]
    low: float
    high: float
    curve: Curve
    histograms: Histograms

    @property
    def gain(self) -> float:
        """Mean gain of all measures."""
        return float(np.mean([figure.gain for figure in self.figures]))

    @property
    def worse(self) -> tuple[str, ...]:
        """Names of the measures that fell."""
        return tuple(figure.name for figure in self.figures if figure.gain < 0)


@dataclass(frozen=True, slots=True)
class LearningTask:
    """What is learned from, as it travels to the process that learns.

    Attributes:
        grouping: Parameters of the usual clusterer.
        board: File to put progress on.
    """

    faces: Confirmed
    grouping: Mapping[str, Any]
    board: Path


def learning_worker() -> Callable[[LearningTask], Trial]:
    """Make the handler of the learning process."""
    # Only there: its libraries take a while to load, and no other process needs them.
    from faceorganizer.services.recognition.judging import learn

    return lambda task: learn(task.faces, task.grouping, Noticeboard(task.board), SEED)


class LearningService:
    """Learns a metric from confirmed faces, and keeps it."""

    def __init__(
        self, database: Database, settings: SettingsService, clustering: ClusteringService, events: EventBus
    ) -> None:
        self._database = database
        self._settings = settings
        self._clustering = clustering
        self._events = events

    def learn(self, context: JobContext) -> LearningReport:
        """Learn from all faces of which somebody said who it is; never from guesses. It takes seconds.

        What comes of it is used for grouping and suggestions only if it measures better by more than its uncertainty;
        whatever was learned before is replaced.

        Raises:
            UsageError: Too few faces are confirmed.
            LibraryLockedError: Another process is writing.
            CancelledError: The context said so; nothing is changed.
        """
        started = time.perf_counter()
        _check_enough(self.confirmed()[1])
        with self._database.read() as unit:
            model = self._model(unit)
            faces = unit.descriptors.table(model, decided=True)
        rows = _chosen(faces.persons)
        confirmed = Confirmed(faces.descriptors[rows], faces.persons[rows], faces.quality[rows])
        trial = _in_own_process(confirmed, self._clustering.usual_parameters(), context)
        state: MetricState = "used" if trial.better else "refused"
        seconds = time.perf_counter() - started
        people = len(np.unique(confirmed.people))
        with self._database.write() as unit:
            made = unit.metrics.put(
                model,
                state,
                centre=trial.head.centre,
                weights=trial.head.weights,
                width=trial.head.width,
                trained=np.stack([faces.ids[rows], faces.persons[rows]], axis=1),
                report=_document(trial, len(rows), people, seconds),
            )
        self._events.changed(unit.changes)
        return LearningReport(
            made,
            state,
            len(rows),
            people,
            seconds,
            trial.figures,
            trial.low,
            trial.high,
            trial.curve,
            trial.histograms,
        )

    def present(self) -> LearningReport | None:
        """What was learned last from descriptors of the present model; None when nothing was."""
        with self._database.read() as unit:
            try:
                record = unit.metrics.get(self._model(unit))
            except UnknownIdError:
                return None
        return None if record is None else _report(record)

    def confirmed(self) -> tuple[int, int]:
        """How many faces there are to learn from, and how many people have enough of them."""
        with self._database.read() as unit:
            try:
                faces = unit.descriptors.table(self._model(unit), descriptors=False, decided=True)
            except UnknownIdError:
                return 0, 0
        rows = _chosen(faces.persons)
        return len(rows), _with_enough(faces.persons[rows])

    def forget(self) -> bool:
        """Forget what was learned; faces are compared by the plain descriptors again.

        Returns:
            Whether there was anything.

        Raises:
            LibraryLockedError: Another process is writing.
        """
        with self._database.write(durable=True) as unit:
            there = unit.metrics.forget()
        self._events.changed(unit.changes)
        return there

    def _model(self, unit: UnitOfWork) -> ModelId:
        return unit.models.id_of(self._clustering.model)


def _chosen(persons: IntArray) -> IntArray:
    """Rows that are learned from: of people with two faces or more, up to so many of each, drawn at random."""
    shuffled = np.random.default_rng(SEED).permutation(len(persons))
    rows = shuffled[np.argsort(persons[shuffled], kind="stable")]
    _, sizes = np.unique(persons, return_counts=True)
    rank = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.sort(rows[(rank < MOST_FACES) & (np.repeat(sizes, sizes) > 1)])


def _with_enough(persons: IntArray) -> int:
    return sum(count >= LEAST_FACES for count in Counter(persons.tolist()).values())


def _check_enough(there: int) -> None:
    if there < LEAST_PEOPLE:
        raise UsageError(
            f"Learning needs {LEAST_PEOPLE} people with {LEAST_FACES} confirmed faces each; there "
            f"{'is' if there == 1 else 'are'} {there}.",
            "Name people and confirm their faces first.",
        )


def _in_own_process(faces: Confirmed, grouping: Mapping[str, Any], context: JobContext) -> Trial:
    """Learn where it disturbs nobody and can be stopped at any time; on one thread, for the matrices are small."""
    context.report(0, None, "Learning from confirmed faces")
    return run_told(
        learning_worker,
        lambda board: LearningTask(faces, grouping, board),
        context,
        lambda cause: FaceOrganizerError(f"Learning ended early: {cause}.", "Nothing was changed; try again."),
    )


def _document(trial: Trial, faces: int, people: int, seconds: float) -> dict[str, Any]:
    """What is kept of a trial besides the head, as JSON."""
    curve, shown = trial.curve, trial.histograms
    return {
        "faces": faces,
        "people": people,
        "seconds": seconds,
        "figures": [asdict(figure) for figure in trial.figures],
        "low": trial.low,
        "high": trial.high,
        "curve": {
            "steps": curve.steps.tolist(),
            "training": curve.training.tolist(),
            "validation": [None if np.isnan(value) else value for value in curve.validation.tolist()],
            "best": curve.best,
        },
        "histograms": {name: getattr(shown, name).tolist() for name in Histograms.__slots__},
    }


def _report(record: MetricRecord) -> LearningReport:
    kept = record.report
    curve, shown = kept["curve"], kept["histograms"]
    return LearningReport(
        record.made,
        record.state,
        kept["faces"],
        kept["people"],
        kept["seconds"],
        tuple(Figure(**figure) for figure in kept["figures"]),
        kept["low"],
        kept["high"],
        Curve(
            np.array(curve["steps"], np.int64),
            np.array(curve["training"], np.float64),
            np.array(curve["validation"], np.float64),
            curve["best"],
        ),
        Histograms(
            _numbers(shown["edges"]),
            *(np.array(shown[name], np.int64) for name in Histograms.__slots__[1:]),
        ),
    )


def _numbers(values: list[float]) -> Numbers:
    return np.array(values, np.float64)
