"""Groups the faces of a library into people, keeping what people decided."""

import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np

from faceorganizer.clustering.registry import CLUSTERERS, create_clusterer
from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.faces import EmbeddingModel, FaceTable
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.ids import ModelId
from faceorganizer.domain.people import count_people
from faceorganizer.domain.progress import JobContext, Unattended
from faceorganizer.domain.seams import NeighbourGraph
from faceorganizer.jobs.alone import run_told
from faceorganizer.neighbours.spread import Spread
from faceorganizer.services.clustering.foresight import GroupingForesight, foresee
from faceorganizer.services.events import EventBus
from faceorganizer.services.mathematics import load_scipy
from faceorganizer.services.models.chosen import library_model
from faceorganizer.services.models.spread import spread_of
from faceorganizer.services.recognition.learned import Learned, in_use, judge_again, learned_head
from faceorganizer.services.settings import SettingsService

METHODS = tuple(sorted(CLUSTERERS))
DEFAULT_METHOD = "infomap"
SEED = 0
GROUPED = "group again"
SWITCHED = "another model"
MOST_GROWN = 1.25  # times the faces that were grouped together last; beyond, all are grouped again
MOST_COMPARED = 500_000_000  # new faces times faces: some 3 s of two cores


@dataclass(frozen=True, slots=True)
class GroupingReport:
    """What a grouping did.

    Attributes:
        faces: Faces that took part.
        people: Named people in the library.
        groups: Unnamed groups in the library.
        moved: Faces whose person or group is another one than before.
        snapshot: Copy of the library as it was before; None when none was asked for.
        learned: Whether what was learned from confirmed faces was used: "no", "yes", or "dropped" when it was until
            now, and no longer helps.
    """

    method: str
    parameters: Mapping[str, object]
    faces: int
    people: int
    groups: int
    moved: int
    seconds: float
    snapshot: Path | None
    learned: Literal["no", "yes", "dropped"] = "no"


@dataclass(frozen=True, slots=True)
class GroupingTask:
    """Everything a grouping needs, as it travels to the process that does it.

    Attributes:
        faces: The faces with the persons that hold them now; without descriptors where ``library`` is given.
        named: (p,) ids of named persons.
        rejections: (r, 2) row and person that are never one.
        must: (m, 2) rows that belong together.
        cannot: (c, 2) rows that never do.
        keep_named: Whether faces stay in named people although no human put them there.
        method: Name of the clusterer.
        parameters: Of the clusterer.
        neighbours: Neighbours of each face that are looked for.
        hidden: (h,) ids of hidden persons and groups: what is hidden stays so, under its id.
        board: File to put progress on; None for nowhere.
        library: Folder of the library to read descriptors from, by the process that needs them: those of a million
            faces are half a gigabyte.
        model: What made these descriptors.
        spread: How far apart different people are by them; None for dlib's network, of which it is known.
        learned: What they are seen through; None for nothing.
    """

    faces: FaceTable
    named: IntArray
    rejections: IntArray
    must: IntArray
    cannot: IntArray
    keep_named: bool
    method: str
    parameters: Mapping[str, Any]
    neighbours: int
    hidden: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
    board: Path | None = None
    library: Path | None = None
    model: ModelId | None = None
    spread: Spread | None = None
    learned: Learned | None = None


class FacesChangedError(FaceOrganizerError):
    """Since a task was made up, a face left."""


def grouping_worker() -> Callable[[GroupingTask], IntArray]:
    """Make the handler of the grouping process."""
    # Only there: its libraries take a while to load, and no other process needs them.
    from faceorganizer.services.clustering.grouping import group_faces

    return group_faces


class ClusteringService:
    """Groups faces: those that are new, or all of them again."""

    def __init__(self, database: Database, settings: SettingsService, events: EventBus) -> None:
        self._database = database
        self._settings = settings
        self._events = events

    def group_new(self, context: JobContext, *, meanwhile: bool = False, anew: bool = False) -> GroupingReport | None:
        """Group faces that a scan brought, unless there are none; faces stay in the people that have a name.

        A few new faces join the people and groups that there are, or make new groups; where much has changed since
        all faces were grouped together, all are grouped again.

        Args:
            context: May cancel; nothing is changed then.
            meanwhile: Whether more faces are about to come. Such a grouping is one to look at: how many faces were
                grouped together is counted from the last one that was not, so that the grouping at the end is the same
                as without it.
            anew: Whether to group also when no face has come or gone: settings may be others.

        Raises:
            CancelledError: The context said so.
        """
        model = self.model
        with self._database.write() as unit:
            latest = unit.runs.latest()
            model_id = unit.models.id_of(model)
            current = unit.descriptors.fingerprint(model_id)
            learned = _moment(in_use(unit, model_id))
        if latest is None and not any(current):
            return None
        if latest is not None and (latest.model, latest.summary.get("fingerprint")) == (model_id, current):
            settled = meanwhile or not latest.summary.get("meanwhile")
            if settled and not anew and learned == latest.summary.get("learned"):
                return None
        parameters = self._parameters(DEFAULT_METHOD, {})
        return self._group(
            model, DEFAULT_METHOD, parameters, context, keep_named=True, additions=True, meanwhile=meanwhile
        )

    def regroup(self, method: str, options: Mapping[str, str], context: JobContext) -> GroupingReport:
        """Group all faces again, after a snapshot of the library.

        Args:
            method: Name of the clusterer.
            options: Its parameters, as text.
            context: May cancel; nothing is changed then.

        Raises:
            SettingError: There is no such method or parameter.
            LibraryLockedError: Another process is writing.
            CancelledError: The context said so.
        """
        parameters = self._parameters(method, options)
        _check(method, parameters)
        with self._database.lock():
            snapshot = self._database.snapshot("before-grouping")
            report = self._group(self.model, method, parameters, context, keep_named=False, snapshot=snapshot)
            assert report is not None  # only a grouping in the middle of a scan gives up
            return report

    def group_by(
        self, model: EmbeddingModel, snapshot: Path, context: JobContext, then: Callable[[UnitOfWork], None]
    ) -> GroupingReport:
        """Group all faces by the descriptors of a model; faces stay in the people that have a name.

        Args:
            model: What describes faces from now on.
            snapshot: A copy of the library as it is now.
            context: May cancel; nothing is changed then.
            then: What else is written in the transaction that writes the groups.

        Raises:
            CancelledError: The context said so.
        """
        parameters = self._parameters(DEFAULT_METHOD, {})
        report = self._group(model, DEFAULT_METHOD, parameters, context, keep_named=True, snapshot=snapshot, then=then)
        assert report is not None  # only a grouping in the middle of a scan gives up
        return report

    def foresee(self, strangers: float, context: JobContext, examples: int = 6) -> GroupingForesight:
        """What the next scan would change if it grouped all faces with another strictness; nothing is written.

        Args:
            strangers: The strictness, as the setting ``grouping.strangers``.
            context: May cancel.
            examples: Most examples of what would come apart, and of what would be joined.

        Raises:
            SettingError: The strictness is out of range.
            UnknownIdError: No face has been described yet.
            CancelledError: The context said so.
        """
        parameters = {**self._parameters(DEFAULT_METHOD, {}), "strangers": strangers}
        _check(DEFAULT_METHOD, parameters)
        while True:
            with self._database.read() as unit:
                task = self._task(unit, unit.models.id_of(self.model), DEFAULT_METHOD, parameters, keep_named=True)
            try:
                return foresee(task.faces, self._persons(task, None, context), examples)
            except FacesChangedError:
                continue

    @property
    def model(self) -> EmbeddingModel:
        """What the library's faces are described by now."""
        return library_model(self._settings)

    def usual_parameters(self) -> dict[str, Any]:
        """Parameters that scans group with."""
        return self._parameters(DEFAULT_METHOD, {})

    def _parameters(self, method: str, options: Mapping[str, str]) -> dict[str, Any]:
        chosen = {key: _value(text) for key, text in options.items()}
        if method != DEFAULT_METHOD:
            return chosen
        grouping = self._settings.library().grouping
        usual = {"k": grouping.neighbours, "strangers": grouping.strangers, "least_quality": grouping.least_quality}
        return {**usual, "seed": SEED, **chosen}

    def _group(
        self,
        model: EmbeddingModel,
        method: str,
        parameters: Mapping[str, Any],
        context: JobContext,
        *,
        keep_named: bool,
        additions: bool = False,
        meanwhile: bool = False,
        snapshot: Path | None = None,
        then: Callable[[UnitOfWork], None] | None = None,
    ) -> GroupingReport | None:
        started = time.perf_counter()
        with self._database.write() as unit:
            dropped = judge_again(unit, unit.models.id_of(model))
        self._events.changed(unit.changes)
        while True:
            with self._database.write() as unit:
                model_id = unit.models.id_of(model)
                task = self._task(unit, model_id, method, parameters, keep_named=keep_named)
                decisions = unit.steps.position()
                before = _Before.of(unit, task, model_id) if additions else None
                together = unit.runs.latest()
            try:
                persons = self._persons(task, before, context)
            except FacesChangedError:
                continue
            with self._database.write() as unit:
                # What somebody decided meanwhile, in the window, was not heeded: then all is done again.
                if unit.steps.position() == decisions:
                    summary: dict[str, object] = {"grouped": len(task.faces) if before is None else before.grouped}
                    if meanwhile:
                        grouped = 0 if together is None else together.summary.get("grouped", 0)
                        summary = {"grouped": grouped, "meanwhile": True}
                    seconds = time.perf_counter() - started
                    step = GROUPED if then is None else SWITCHED
                    report = self._write(unit, task, model_id, persons, summary, seconds, snapshot, step)
                    if then is not None:
                        then(unit)
                    break
            if meanwhile:  # it will be done again anyway
                return None
        self._events.changed(unit.changes)
        return replace(report, learned="dropped") if dropped else report

    @staticmethod
    def _persons(task: GroupingTask, before: "_Before | None", context: JobContext) -> IntArray:
        """Who is to hold each face."""
        if not len(task.faces):
            return task.faces.persons
        if before is None:
            context.report(0, None, f"Grouping {len(task.faces)} faces")
            return _in_own_process(task, context)
        # Only here: the libraries take a while to load.
        load_scipy()
        from faceorganizer.services.clustering.grouping import extend_groups

        context.report(0, None, f"Grouping {len(before.fresh)} new faces")
        return extend_groups(task, before.fresh, context)

    @staticmethod
    def _write(
        unit: UnitOfWork,
        task: GroupingTask,
        model: ModelId,
        persons: IntArray,
        further: Mapping[str, object],
        seconds: float,
        snapshot: Path | None,
        step: str,
    ) -> GroupingReport:
        other = persons != task.faces.persons
        moved = int(np.count_nonzero(other))
        summary = {
            "faces": len(task.faces),
            "moved": moved,
            "fingerprint": _fingerprint(task.faces),
            **further,
        }
        if task.learned is not None:
            summary["learned"] = _moment(task.learned.made)
        seed = int(task.parameters.get("seed", SEED))
        run = unit.runs.add(task.method, task.parameters, model, seed, seconds, summary)
        unit.people.apply_grouping(run, task.faces.ids[other], persons[other])
        if snapshot is not None:
            unit.steps.add_barrier(step, snapshot.name)
        named, unnamed = count_people(unit.people.visible())
        report = GroupingReport(task.method, task.parameters, len(task.faces), named, unnamed, moved, seconds, snapshot)
        return report if task.learned is None else replace(report, learned="yes")

    def _task(
        self, unit: UnitOfWork, model: ModelId, method: str, parameters: Mapping[str, Any], *, keep_named: bool
    ) -> GroupingTask:
        faces = unit.descriptors.table(model, descriptors=False)
        people = unit.people.records()
        links = unit.people.links()
        return GroupingTask(
            faces=faces,
            named=np.array([person.id for person in people if person.name is not None], np.int64),
            rejections=_rows_of_rejections(faces, unit.people.rejections()),
            must=_rows_of_links(faces, [(a, b) for a, b, kind in links if kind == "must"]),
            cannot=_rows_of_links(faces, [(a, b) for a, b, kind in links if kind == "cannot"]),
            keep_named=keep_named,
            method=method,
            parameters=parameters,
            neighbours=int(parameters.get("k", 80)),
            hidden=np.array([person.id for person in people if person.hidden], np.int64),
            library=self._database.folder,
            model=model,
            spread=spread_of(unit, model),
            learned=learned_head(unit, model),
        )


@dataclass(frozen=True, slots=True)
class _Before:
    """A grouping that new faces can be added to.

    Attributes:
        fresh: (m,) rows of the faces that it did not know.
        grouped: Faces when all were grouped together last.
    """

    fresh: IntArray
    grouped: int

    @classmethod
    def of(cls, unit: UnitOfWork, task: GroupingTask, model: ModelId) -> "_Before | None":
        """The last grouping; None when it was of another kind, when other faces left, or when too many came."""
        latest = unit.runs.latest()
        if latest is None or (latest.method, latest.model) != (task.method, model):
            return None
        if latest.summary.get("learned") != (None if task.learned is None else _moment(task.learned.made)):
            return None
        count, total, last = latest.summary["fingerprint"]
        known = task.faces.ids <= last
        fresh = np.flatnonzero(~known)
        grouped = int(latest.summary.get("grouped", 0))
        unchanged = (np.count_nonzero(known), int(task.faces.ids[known].sum())) == (count, total)
        same = unchanged and dict(latest.parameters) == dict(task.parameters)
        few = len(task.faces) <= MOST_GROWN * grouped and len(fresh) * len(task.faces) <= MOST_COMPARED
        bound = bool((task.faces.persons[task.must] < 0).any())  # faces to be with others: the full grouping's work
        return cls(fresh, grouped) if same and few and not bound else None


def _moment(made: datetime | None) -> str | None:
    return None if made is None else made.isoformat()


def _fingerprint(faces: FaceTable) -> list[int]:
    """As the library tells it, of the faces that took part: others may have come meanwhile."""
    return [len(faces), int(faces.ids.sum()), int(faces.ids.max(initial=0))]


def _check(method: str, parameters: Mapping[str, Any]) -> None:
    """Refuse what the method would refuse, before anything is done: it groups nobody.

    Raises:
        SettingError: There is no such method or parameter, or a value is out of range.
    """
    nobody = NeighbourGraph(np.zeros((0, 1), np.float32), np.zeros((0, 1), np.int64), np.zeros((0, 1), np.float32))
    create_clusterer(method, **parameters).fit_predict(nobody, context=Unattended())


def _in_own_process(task: GroupingTask, context: JobContext) -> IntArray:
    """Run a grouping where its libraries' threads disturb nobody and where it can be stopped at any time."""
    return run_told(
        grouping_worker,
        lambda board: replace(task, board=board),
        context,
        lambda cause: FaceOrganizerError(f"Grouping ended early: {cause}.", "The people are as they were; try again."),
        threads=os.cpu_count() or 1,
    )


def _rows_of_rejections(faces: FaceTable, rejections: IntArray) -> IntArray:
    rows, present = _rows(faces, rejections[:, 0])
    return np.column_stack([rows, rejections[present, 1]])


def _rows_of_links(faces: FaceTable, links: list[tuple[Any, Any]]) -> IntArray:
    pairs = np.array(links, np.int64).reshape(-1, 2)
    pairs = pairs[np.isin(pairs, faces.ids).all(axis=1)]
    return np.searchsorted(faces.ids, pairs).astype(np.int64)


def _rows(faces: FaceTable, ids: IntArray) -> tuple[IntArray, Any]:
    present = np.isin(ids, faces.ids)
    return np.searchsorted(faces.ids, ids[present]).astype(np.int64), present


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
