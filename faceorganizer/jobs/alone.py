"""One task in a process of its own: nothing it does disturbs this one, and it is simply ended when the user cancels."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar, cast

from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.progress import JobContext
from faceorganizer.jobs.noticeboard import Noticeboard
from faceorganizer.jobs.workers import WorkerPool

Task = TypeVar("Task")
Result = TypeVar("Result")

_CHECK_SECONDS: Final = 0.1  # between two looks at whether it was cancelled


def run_alone(
    factory: Callable[..., Callable[[Task], Result]],
    task: Task,
    context: JobContext,
    crashed: Callable[[str], FaceOrganizerError],
    *,
    arguments: tuple[Any, ...] = (),
    threads: int = 1,
    timeout: float | None = None,
    board: Path | None = None,
) -> Result:
    """Do one task in a process of its own.

    Args:
        factory: As of :class:`~faceorganizer.jobs.workers.WorkerPool`.
        task: Picklable.
        context: May cancel; told what is on the board.
        crashed: Makes the error of plain words why there is no answer.
        arguments: For the factory.
        threads: Of BLAS and OpenMP.
        timeout: Seconds it may take; None for any time.
        board: Where the process reports its progress, if it does.

    Raises:
        FaceOrganizerError: The handler or the factory raised it, or the process died.
        CancelledError: The context said so.
    """
    with WorkerPool[Task, Result](factory, arguments, size=1, task_timeout=timeout, threads=threads) as pool:
        pool.submit(task)
        while (outcome := pool.next_outcome(_CHECK_SECONDS)) is None:
            context.check_cancelled()
            if board is not None and (progress := Noticeboard(board).read()) is not None:
                context.report(progress.done, progress.total, progress.message)
    if outcome.error is not None:
        raise outcome.error
    if outcome.crash is not None:
        raise crashed(outcome.crash)
    return cast("Result", outcome.result)


def run_told(
    factory: Callable[..., Callable[[Task], Result]],
    task: Callable[[Path], Task],
    context: JobContext,
    crashed: Callable[[str], FaceOrganizerError],
    *,
    threads: int = 1,
) -> Result:
    """Likewise, with its progress: ``task`` makes the task with a board to report on, in a folder that goes again."""
    with TemporaryDirectory(prefix="faceorganizer-") as folder:
        board = Path(folder) / "progress"
        return run_alone(factory, task(board), context, crashed, threads=threads, board=board)
