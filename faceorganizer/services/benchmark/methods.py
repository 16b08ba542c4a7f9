"""All methods of grouping on the same faces, by the same measures."""

import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np

from faceorganizer.clustering.metrics import Measures, measure
from faceorganizer.clustering.registry import CLUSTERERS, parameters_of
from faceorganizer.domain.errors import FaceOrganizerError, SettingError, StorageError
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.jobs.workers import WorkerPool
from faceorganizer.neighbours.registry import INDEXES
from faceorganizer.services.benchmark.labelled import LabelledFaces

NEIGHBOURS: Final = 80
CHECK_SECONDS: Final = 0.1

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class IndexTask:
    """Find neighbours. The folder holds descriptors.npy and takes NAME.indices.npy and NAME.distances.npy."""

    folder: Path
    name: str
    k: int


@dataclass(frozen=True, slots=True)
class MethodTask:
    """Group the faces of a folder by the graph that an index left there; the labels go into METHOD.npy."""

    folder: Path
    index: str
    name: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a task took.

    Attributes:
        seconds: Of wall time, without reading the faces and loading libraries.
        peak_bytes: Most memory its process held, faces, graph, Python and libraries included.
        recall: Of an index: share of the true nearest neighbours found, on a sample of faces.
    """

    seconds: float
    peak_bytes: int
    recall: float = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what something came to, or why it came to nothing.

    Attributes:
        name: Of the method or index.
        parameters: That were given; all others are its defaults.
        cost: None when it failed.
        measures: Of a method; None when it failed.
        error: Why it failed; empty when it did not.
    """

    name: str
    parameters: Mapping[str, Any]
    cost: Cost | None = None
    measures: Measures | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class BenchmarkReport:
    """What a benchmark found.

    Attributes:
        source: Where the faces are from.
        faces: All of them.
        labelled: Those with a label, which are measured.
        people: Among these.
        dimension: Of a descriptor.
        k: Neighbours of each face.
        indexes: In the order asked for; the methods got the neighbours of the first.
        methods: In the order asked for.
        labels: (faces,) groups found, by name of the method.
    """

    source: str
    faces: int
    labelled: int
    people: int
    dimension: int
    k: int
    indexes: tuple[Row, ...]
    methods: tuple[Row, ...]
    labels: Mapping[str, IntArray]


def run_benchmark(
    faces: LabelledFaces,
    context: JobContext,
    *,
    methods: Sequence[str] = (),
    indexes: Sequence[str] = ("exact",),
    options: Mapping[str, str] | None = None,
    seconds: float | None = None,
) -> BenchmarkReport:
    """Group faces by one method after the other, each in a process of its own, and measure the results.

    Args:
        faces: With their labels; faces without are grouped as well, but not measured.
        context: Told of progress; may cancel.
        methods: Names; all when empty.
        indexes: Names of neighbour indexes; the methods get the neighbours of the first one.
        options: Parameters as text, "cut" for all methods that have it or "hdbscan.cut" for one. "k" is the number
            of neighbours looked for as well, 80 unless given.
        seconds: That one method may take; None for any time.

    Raises:
        SettingError: There is no such method, index or option.
        VectorError: The descriptors cannot be compared.
        StorageError: There is no room for the neighbours on the disk.
        CancelledError: The context said so.
    """
    methods = list(dict.fromkeys(methods)) or list(CLUSTERERS)
    indexes = _known_indexes(indexes)
    k = _neighbours(options or {})
    parameters = _parameters(methods, options or {})
    try:
        with tempfile.TemporaryDirectory(prefix="faceorganizer-") as name:
            folder = Path(name)
            np.save(folder / "descriptors.npy", faces.descriptors)
            if faces.quality is not None:
                np.save(folder / "quality.npy", faces.quality)
            found = [_index(IndexTask(folder, index, k), context) for index in indexes]
            grouped, labels = [], {}
            for done, method in enumerate(methods):
                context.report(done, len(methods), f"Grouping by {method}")
                row = _method(MethodTask(folder, indexes[0], method, parameters[method]), faces, context, seconds)
                grouped.append(row)
                if row.measures is not None:
                    labels[method] = np.load(folder / f"{method}.npy")
    except OSError as error:
        raise StorageError(
            f"The neighbours of the faces could not be kept meanwhile: {(error.strerror or str(error)).lower()}.",
            f"Make room in {tempfile.gettempdir()}, or set TMPDIR.",
        ) from error
    known = faces.labels[faces.labels >= 0]
    return BenchmarkReport(
        source=faces.source,
        faces=len(faces.labels),
        labelled=len(known),
        people=len(np.unique(known)),
        dimension=faces.descriptors.shape[1],
        k=k,
        indexes=tuple(found),
        methods=tuple(grouped),
        labels=labels,
    )


def _index(task: IndexTask, context: JobContext) -> Row:
    context.report(0, None, f"Looking for neighbours: {task.name}")
    # An index that fails ends the benchmark: all that follows needs it, or a comparison was asked for.
    cost = _alone(_index_worker, task, context, None)
    if isinstance(cost, str):
        raise FaceOrganizerError(f"The index “{task.name}” came to nothing: {cost}.", "Choose another one.")
    return Row(task.name, {}, cost)


def _method(task: MethodTask, faces: LabelledFaces, context: JobContext, seconds: float | None) -> Row:
    try:
        cost = _alone(_method_worker, task, context, seconds)
    except SettingError as error:
        return Row(task.name, task.parameters, error=str(error))
    if isinstance(cost, str):
        return Row(task.name, task.parameters, error=f"The process ended: {cost}.")
    found = np.load(task.folder / f"{task.name}.npy")
    return Row(task.name, task.parameters, cost, measure(faces.labels, found))


def _alone(
    factory: Callable[[], Callable[[Task], Cost]], task: Task, context: JobContext, seconds: float | None
) -> Cost | str:
    """Run a task in a new process; its cost, or why the process died."""
    with WorkerPool[Task, Cost](factory, (), size=1, task_timeout=seconds, threads=os.cpu_count() or 1) as pool:
        pool.submit(task)
        while (outcome := pool.next_outcome(timeout=CHECK_SECONDS)) is None:
            context.check_cancelled()
    if outcome.error is not None:
        raise outcome.error
    return outcome.result if outcome.result is not None else str(outcome.crash)


def _index_worker() -> Callable[[IndexTask], Cost]:
    # Only there: its libraries take a while to load, and count in its memory alone.
    from faceorganizer.services.benchmark.worker import find_neighbours

    return find_neighbours


def _method_worker() -> Callable[[MethodTask], Cost]:
    from faceorganizer.services.benchmark.worker import group

    return group


def _parameters(methods: Sequence[str], options: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Parameters of each method, of the options that it has."""
    known = {method: parameters_of(method) for method in methods}
    result: dict[str, dict[str, Any]] = {method: {} for method in methods}
    # What is said of one method counts more than what is said of all.
    for key, text in sorted(options.items(), key=lambda option: "." in option[0]):
        named, _, parameter = key.rpartition(".")
        takers = [method for method in methods if parameter in known[method] and named in ("", method)]
        if not takers:
            raise SettingError(
                f"None of the methods chosen has the option “{key}”.",
                f"Theirs are: {', '.join(sorted({name for names in known.values() for name in names}))}.",
            )
        for method in takers:
            result[method][parameter] = _value(text)
    return result


def _neighbours(options: Mapping[str, str]) -> int:
    k = _value(options.get("k", str(NEIGHBOURS)))
    if not isinstance(k, int) or isinstance(k, bool) or not 1 <= k <= 10_000:
        raise SettingError(f"“k” is {k!r}.", "Choose a whole number from 1 to 10,000.")
    return k


def _known_indexes(names: Sequence[str]) -> list[str]:
    for name in names:
        if name not in INDEXES:
            raise SettingError(
                f"There is no neighbour index “{name}”.", f"Choose one of: {', '.join(sorted(INDEXES))}."
            )
    return list(dict.fromkeys(names)) or ["exact"]


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
