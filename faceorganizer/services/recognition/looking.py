"""Faces of picture files that no library has to know: found and described in worker processes, as by a scan."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from faceorganizer.domain.errors import UnreadablePhotoError
from faceorganizer.domain.faces import FaceObservations
from faceorganizer.domain.ids import ContentId, RootId
from faceorganizer.domain.pictures import LARGE_PIXELS
from faceorganizer.domain.progress import JobContext
from faceorganizer.jobs.workers import Outcome, WorkerPool
from faceorganizer.services.folders import absolute
from faceorganizer.services.models.chosen import vision_options
from faceorganizer.services.scan.tasks import (
    AnalyseTask,
    Identified,
    IdentifyTask,
    PhotoResult,
    PhotoTask,
    photo_worker,
)
from faceorganizer.services.settings import SettingsService

WAIT_SECONDS: Final = 0.2  # between two looks at whether it was cancelled
AHEAD: Final = 4  # pictures handed out for each process
_NO_ROOT: Final = RootId(0)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen in one file.

    Attributes:
        number: Its place among the files.
        size: Width and height of the upright picture; (0, 0) when it could not be read.
        faces: None when it could not be read.
        reason: Why it could not, in plain words that finish a sentence; empty when it could.
    """

    number: int
    size: tuple[int, int]
    faces: FaceObservations | None
    reason: str = ""


def named_file(path: Path) -> Path:
    """The absolute path of a file that somebody named, before any process is started for it.

    Raises:
        UnreadablePhotoError: There is no such file.
    """
    path = absolute(path)
    if not os.path.lexists(path):
        raise UnreadablePhotoError(path, "there is no such file")
    return path


def look_at(
    paths: Sequence[Path], settings: SettingsService, cache: Path, context: JobContext, message: str
) -> Iterator[Looked]:
    """Find and describe the faces of files with the models and settings of a library, in whatever order they get ready.

    Args:
        paths: Picture files.
        settings: Of the program and the library.
        cache: Folder where converted networks are kept.
        context: Told of progress; may cancel.
        message: What is told meanwhile.

    Raises:
        ModelFileError: Weights are missing or damaged.
        CancelledError: The context said so.
    """
    if not paths:
        return
    scan = settings.application().scan
    options = vision_options(settings, cache)
    processes = min(scan.jobs or os.cpu_count() or 1, len(paths))
    with WorkerPool[PhotoTask, PhotoResult](
        photo_worker, (options, scan.max_megapixels, None), size=processes, task_timeout=scan.task_seconds
    ) as pool:
        pool.start()  # its libraries and models load while this process prepares what all need
        options.fill_cache()
        waiting, done = deque(enumerate(paths)), 0
        sizes: dict[int, tuple[int, int]] = {}
        while waiting or pool.pending:
            context.report(done, len(paths), message)
            context.check_cancelled()
            while waiting and pool.pending < AHEAD * processes:
                number, path = waiting.popleft()
                pool.submit(IdentifyTask((_NO_ROOT, str(number)), path))
            outcome = pool.next_outcome(WAIT_SECONDS)
            if outcome is None:
                continue
            if isinstance(outcome.result, Identified):
                task = _to_search(outcome.task, outcome.result)
                sizes[task.content] = task.width, task.height
                pool.submit(task, alone=task.width * task.height > LARGE_PIXELS)
                continue
            done += 1
            yield _looked(outcome, sizes)
    context.report(done, len(paths), message)


def _to_search(task: PhotoTask, result: Identified) -> AnalyseTask:
    identity = result.identity
    place = ContentId(_number(task))  # of the file; there is no picture of a library
    return AnalyseTask(place, identity.content_hash, identity.orientation, task.path, identity.width, identity.height)


def _number(task: PhotoTask) -> int:
    return int(task.key[1]) if isinstance(task, IdentifyTask) else task.content


def _looked(outcome: Outcome[PhotoTask, PhotoResult], sizes: dict[int, tuple[int, int]]) -> Looked:
    number, result = _number(outcome.task), outcome.result
    if result is not None and not isinstance(result, Identified):
        return Looked(number, sizes.pop(number), result.faces)
    if outcome.error is not None and not isinstance(outcome.error, UnreadablePhotoError):
        raise outcome.error
    reason = outcome.error.reason if outcome.error is not None else outcome.crash
    return Looked(number, (0, 0), None, reason or "its worker ended without a word")
