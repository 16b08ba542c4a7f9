"""Pictures made of photos for an export: in worker processes, so that no decoder can do harm."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.progress import JobContext
from faceorganizer.jobs.workers import WorkerPool
from faceorganizer.services.settings import SettingsService

WAIT_SECONDS = 0.2  # between two looks at whether the export was cancelled
AHEAD = 4  # photos handed out for each process; what is made waits in memory


@dataclass(frozen=True, slots=True)
class Sized:
    """A whole photo with at most so many pixels along its long side."""

    long_side: int


@dataclass(frozen=True, slots=True)
class Crop:
    """A face, with a margin at each side as a share of the longer side of its box, in full-resolution pixels."""

    box: tuple[float, float, float, float]
    margin: float


Recipe: TypeAlias = Sized | Crop


@dataclass(frozen=True, slots=True)
class RenderTask:
    """What is to be made of one photo.

    Attributes:
        number: Given back with what was made.
        path: The file.
        full: Long side of the full-resolution picture.
        large: Whether only one such photo may be in memory at a time.
        recipes: What is to be made.
    """

    number: int
    path: Path
    full: int
    large: bool
    recipes: tuple[Recipe, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """What came of a task: JPEG files in the order of its recipes, or why there are none."""

    number: int
    pictures: Sequence[bytes]
    reason: str = ""


def render_all(tasks: Sequence[RenderTask], settings: SettingsService, context: JobContext) -> Iterator[Rendered]:
    """Make pictures of many photos, in whatever order they get ready.

    Raises:
        CancelledError: The context said so.
    """
    scan = settings.application().scan
    processes = min(scan.jobs or os.cpu_count() or 1, len(tasks)) or 1
    waiting = iter(tasks)
    with WorkerPool[RenderTask, list[bytes]](
        rendering_worker, (scan.max_megapixels,), size=processes, task_timeout=scan.task_seconds
    ) as pool:
        for task in islice(waiting, AHEAD * processes):
            pool.submit(task, alone=task.large)
        while pool.pending:
            context.check_cancelled()
            outcome = pool.next_outcome(WAIT_SECONDS)
            if outcome is None:
                continue
            following = next(waiting, None)
            if following is not None:
                pool.submit(following, alone=following.large)
            reason = outcome.crash or ("" if outcome.error is None else _reason(outcome.error))
            yield Rendered(outcome.task.number, outcome.result or (), reason)


def rendering_worker(max_megapixels: float) -> Callable[[RenderTask], list[bytes]]:
    """Make the handler of a process: makes the pictures of one photo by one decoding.

    Args:
        max_megapixels: Larger pictures are refused.
    """
    # Only there: these libraries take a while to load, and no other process needs them.
    from faceorganizer.imaging.decode import decode
    from faceorganizer.imaging.renditions import face_crop, sized_photo

    def handle(task: RenderTask) -> list[bytes]:
        sizes = [recipe.long_side if isinstance(recipe, Sized) else task.full for recipe in task.recipes]
        largest = max(sizes)
        picture = decode(task.path, long_side=None if largest >= task.full else largest, max_megapixels=max_megapixels)
        return [
            sized_photo(picture, recipe.long_side)
            if isinstance(recipe, Sized)
            else face_crop(picture, recipe.box, recipe.margin)
            for recipe in task.recipes
        ]

    return handle


def _reason(error: FaceOrganizerError) -> str:
    return str(getattr(error, "reason", error))
