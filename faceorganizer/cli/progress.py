"""Progress of long work on the terminal, and Ctrl-C."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from faceorganizer.cli.session import Session, printable
from faceorganizer.domain import progress as domain
from faceorganizer.jobs.job import Job, interruptible
from faceorganizer.library import Library
from faceorganizer.services.events import ScanAdvanced


class ProgressDisplay:
    """Shows jobs and scans as one bar on stderr."""

    def __init__(self, session: Session) -> None:
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[details]}", markup=False),
            console=session.err,
            transient=True,
            redirect_stdout=False,  # results go where the user sends them
            redirect_stderr=False,
            disable=session.quiet or not session.err.is_terminal,
        )
        self._task: TaskID | None = None
        self._message = self._details = ""

    def hide(self) -> None:
        """Give the terminal's last line back, until there is more to show."""
        self._bar.stop()

    def on_progress(self, report: domain.Progress) -> None:
        """Show a job's report."""
        self._show(report.message, report.done, report.total)

    def on_scan(self, event: ScanAdvanced) -> None:
        """Show how far a scan is."""
        details = [f"{event.rate:.1f}/s"] if event.rate else []
        if event.seconds_left is not None:
            details.append(f"{_duration(event.seconds_left)} left")
        details.append(f"{event.faces} new faces")
        if event.failed:
            details.append(f"{event.failed} unreadable")
        self._show(event.message, event.done, event.total, " · ".join(details))

    def _show(self, message: str, done: int, total: int | None, details: str | None = None) -> None:
        message = printable(message)
        if self._task is None or message != self._message:
            self._message, self._details = message, ""
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task = self._bar.add_task(message, total=total, details="")
        if details is not None:  # a job's report says less of a scan than the scan's own event: its details stay
            self._details = details
        self._bar.update(self._task, completed=done, total=total, details=self._details)
        self._bar.start()


@contextmanager
def shown_job(session: Session, library: Library) -> Iterator[Job]:
    """A job of a library whose progress is shown, and which Ctrl-C cancels."""
    with _shown(session) as (job, display):
        library.events.subscribe(ScanAdvanced, display.on_scan)
        yield job


@contextmanager
def shown_work(session: Session) -> Iterator[Job]:
    """A job of no library, otherwise as :func:`shown_job`."""
    with _shown(session) as (job, _):
        yield job


@contextmanager
def _shown(session: Session) -> Iterator[tuple[Job, ProgressDisplay]]:
    display = ProgressDisplay(session)
    job = Job(display.on_progress)
    session.before_output = display.hide
    try:
        with interruptible(job), job:
            yield job, display
    finally:
        display.hide()


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
