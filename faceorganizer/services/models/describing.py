"""Describing all faces by another model: from the photos' files, at the places that are known; nothing is searched.

Each descriptor is filed under face and model, so that a job that was stopped or killed is simply continued.
"""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import CancelledError, UnreadablePhotoError
from faceorganizer.domain.faces import FaceToDescribe
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.ids import ContentId, FaceId, ModelId
from faceorganizer.domain.pictures import LARGE_PIXELS
from faceorganizer.domain.progress import JobContext
from faceorganizer.jobs.workers import Outcome, WorkerPool
from faceorganizer.services.events import EventBus, ScanAdvanced, ScanStage
from faceorganizer.services.originals import original_of
from faceorganizer.services.scan.report import Failure, Pace
from faceorganizer.services.scan.tasks import VisionOptions
from faceorganizer.settings.model import ScanSettings

PAGE: Final = 200  # pictures looked up at a time
BATCH: Final = 64  # pictures written in one transaction
BATCH_SECONDS: Final = 0.5
TASKS_PER_WORKER: Final = 4
REPORT_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True)
class DescribeAgainTask:
    """Describe the faces of a picture at the places that are known.

    Attributes:
        path: Of a file that holds it.
        width: Of the full-resolution upright picture.
        height: Of the full-resolution upright picture.
        faces: n ids, handed back.
        boxes: (n, 4) in full-resolution pixels.
        landmarks: (n, 68, 2) in full-resolution pixels.
    """

    content: ContentId
    path: Path
    width: int
    height: int
    faces: tuple[FaceId, ...]
    boxes: FloatArray
    landmarks: FloatArray


@dataclass(slots=True)
class Described:
    """What came of it.

    Attributes:
        faces: Faces that were described.
        pictures: Pictures that were read.
        missing: Photos whose files are not there, or not as they were scanned; their faces wait for the next time.
        failures: Photos that could not be read.
    """

    faces: int = 0
    pictures: int = 0
    missing: list[Path] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


Pool = WorkerPool[DescribeAgainTask, FloatArray]
DescribeOutcome = Outcome[DescribeAgainTask, FloatArray]


def describing_again_worker(options: VisionOptions, max_megapixels: float) -> Callable[[DescribeAgainTask], FloatArray]:
    """Make the handler of a worker process; it returns (n, dimension) descriptors.

    Args:
        options: How faces are described.
        max_megapixels: Larger pictures are refused.
    """
    # Only there: these libraries take a while to load, and no other process needs them.
    from faceorganizer.imaging.decode import decode
    from faceorganizer.vision.search import working_long_side

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # C libraries complain of damaged pictures there
    analyser = options.analyser()

    def handle(task: DescribeAgainTask) -> FloatArray:
        # As many pixels as a scan looks at: the descriptors are those that it would make.
        long_side = working_long_side(options.detail, task.width, task.height)
        picture = decode(task.path, long_side=long_side, max_megapixels=max_megapixels)
        return analyser.describe_again(picture, task.boxes, task.landmarks)

    return handle


class DescribingAgain:
    """One run over all faces that a model has not described. One object, one run.

    Args:
        database: Of the library; the writer's lock is held by the caller.
        events: Told how far it is.
        options: How faces are described.
        model: What describes them.
        scan: Of the program.
        jobs: Worker processes; 0 for one per core.
        context: Told of progress; may cancel.
    """

    def __init__(
        self,
        database: Database,
        events: EventBus,
        options: VisionOptions,
        model: ModelId,
        scan: ScanSettings,
        jobs: int,
        context: JobContext,
    ) -> None:
        self._database = database
        self._events = events
        self._options = options
        self._model = model
        self._scan = scan
        self._jobs = jobs or os.cpu_count() or 1
        self._context = context
        self._pace = Pace()
        self._reported = 0.0
        self._total = 0
        self._done = 0
        self.described = Described()

    def run(self) -> Described:
        """Describe them.

        Raises:
            ModelFileError: The model's file is gone, or cannot be run.
            CancelledError: The context said so; what was done is kept.
        """
        with self._database.read() as unit:
            lacking = unit.descriptors.undescribed(self._model)
        self._total = len(lacking)
        with ExitStack() as stack:
            pool: Pool | None = None
            if lacking:
                pool = stack.enter_context(
                    WorkerPool[DescribeAgainTask, FloatArray](
                        describing_again_worker,
                        (self._options, self._scan.max_megapixels),
                        size=self._jobs,
                        task_timeout=self._scan.task_seconds,
                    )
                )
                self._work(pool, self._tasks(lacking))
        self._take_over()
        return self.described

    def _work(self, pool: Pool, tasks: Iterator[DescribeAgainTask]) -> None:
        waiting: list[DescribeOutcome] = []
        written = time.monotonic()
        more = True
        try:
            while more or pool.pending or waiting:
                self._context.check_cancelled()
                while more and pool.pending < self._jobs * TASKS_PER_WORKER:
                    task = next(tasks, None)
                    more = task is not None
                    if task is not None:
                        pool.submit(task, alone=task.width * task.height > LARGE_PIXELS)
                outcome = pool.next_outcome(timeout=REPORT_SECONDS) if pool.pending else None
                if outcome is not None:
                    waiting.append(outcome)
                due = len(waiting) >= BATCH or time.monotonic() - written > BATCH_SECONDS or not pool.pending
                if waiting and due:
                    self._record(waiting)
                    waiting, written = [], time.monotonic()
                self._report()
        except CancelledError:
            self._record(waiting)
            raise

    def _tasks(self, lacking: Sequence[ContentId]) -> Iterator[DescribeAgainTask]:
        """What is to be read, page by page; photos that are not there are noted."""
        for start in range(0, len(lacking), PAGE):
            page = lacking[start : start + PAGE]
            with self._database.read() as unit:
                faces = unit.descriptors.to_describe(page, self._model)
                originals = {content: original_of(unit, content) for content in page}
            by_picture: defaultdict[ContentId, list[FaceToDescribe]] = defaultdict(list)
            for face in faces:
                by_picture[face.content].append(face)
            for content, some in by_picture.items():
                original = originals[content]
                path = next(original.readable(), None)
                if path is None:
                    self._done += 1
                    self.described.missing += [path for path, _ in original.files[:1]]
                    continue
                yield DescribeAgainTask(
                    content,
                    path,
                    original.identity.width,
                    original.identity.height,
                    tuple(face.id for face in some),
                    np.array([face.box for face in some], np.float32),
                    np.stack([face.landmarks for face in some]),
                )

    def _record(self, outcomes: Sequence[DescribeOutcome]) -> None:
        with self._database.write() as unit:
            whole = []
            for outcome in outcomes:
                self._done += 1
                if outcome.result is None or outcome.error is not None:
                    self.described.failures.append(Failure(outcome.task.path, _reason(outcome)))
                    continue
                self.described.pictures += 1
                self.described.faces += unit.descriptors.describe(self._model, outcome.task.faces, outcome.result)
                whole.append(outcome.task.content)
            unit.scans.take_over(whole, self._model)
        self._events.changed(unit.changes)

    def _take_over(self) -> None:
        """Let no scan search again what lacks nothing: also photos without a face."""
        with self._database.write() as unit:
            lacking = set(unit.descriptors.undescribed(self._model))
            unit.scans.take_over([content for content in unit.scans.done() if content not in lacking], self._model)

    def _report(self) -> None:
        now = time.monotonic()
        if now - self._reported < REPORT_SECONDS:
            return
        self._reported = now
        message = "Describing faces"
        self._context.report(self._done, self._total, message)
        rate = self._pace.rate(self._done)
        left = (self._total - self._done) / rate if rate > 0 else None
        failed = len(self.described.failures)
        self._events.publish(
            ScanAdvanced(self._done, self._total, 0, failed, rate, left, message, ScanStage.DESCRIBING)
        )


def _reason(outcome: DescribeOutcome) -> str:
    if isinstance(outcome.error, UnreadablePhotoError):
        return outcome.error.reason
    if outcome.error is not None:
        raise outcome.error
    return outcome.crash or "its worker ended without a word"
