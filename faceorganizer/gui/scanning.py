"""A scan that runs beside the window."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from faceorganizer.domain.errors import CancelledError, FaceOrganizerError, LibraryLockedError
from faceorganizer.jobs.job import Job
from faceorganizer.library import Library
from faceorganizer.services.clustering.service import GroupingReport
from faceorganizer.services.events import ScanAdvanced
from faceorganizer.services.models.choosing import SwitchReport
from faceorganizer.services.scan.report import ScanReport

Report = ScanReport | GroupingReport | SwitchReport
Work = Callable[[Job], Report | None]


class Scanning(QObject):
    """Runs one scan at a time on a thread of its own; what is asked for meanwhile comes after it.

    Signals:
        started: A scan has begun.
        paused: It waits.
        resumed: It goes on.
        finished: It has ended; with its report (that of a grouping where only that was asked for), or None when it
            was cancelled.
        failed: An expected error has ended it.
        put_off: It was not asked for by anybody, and another process is writing to the library.
        broken: A bug has ended it.
    """

    started = Signal()
    paused = Signal()
    resumed = Signal()
    finished = Signal(object)
    failed = Signal(object)
    put_off = Signal()
    broken = Signal(object)
    _ended = Signal(object, object)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._job: Job | None = None
        self._thread: threading.Thread | None = None
        self._waiting: deque[tuple[Work, bool]] = deque()
        self._by_itself = False
        self.latest: ScanAdvanced | None = None
        self.report: ScanReport | None = None
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether a scan is under way, or waits in a pause."""
        return self._thread is not None

    @property
    def is_paused(self) -> bool:
        """Whether a scan is under way and was asked to wait."""
        return self._job is not None and self._job.paused

    def start(self, folders: Sequence[Path] = ()) -> None:
        """Scan folders, or all the library has."""
        self._ask(partial(_scan, self._library, list(folders)))

    def start_by_itself(self) -> None:
        """Scan all folders since something changed there; not needed while such a scan waits."""
        if not any(by_itself for _, by_itself in self._waiting):
            self._ask(partial(_scan, self._library, []), by_itself=True)

    def retry(self, files: Sequence[Path] = ()) -> None:
        """Read files again that could not be read; all of them when none is named."""
        self._ask(partial(_retry, self._library, list(files)))

    def regroup(self) -> None:
        """Group all faces by the present settings."""
        self._ask(partial(_group, self._library))

    def use_model(self, name: str) -> None:
        """Work with another model, which describes all faces if it is one that describes."""
        self._ask(partial(_use, self._library, name))

    def pause(self) -> None:
        """Let the scan wait, until it is resumed or cancelled."""
        if self._job is not None and not self._job.paused:
            self._job.pause()
            self.paused.emit()

    def resume(self) -> None:
        """Let the scan go on."""
        if self._job is not None and self._job.paused:
            self._job.resume()
            self.resumed.emit()

    def cancel(self) -> None:
        """Stop soon; what was done stays."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def advance(self, event: ScanAdvanced) -> None:
        """Remember how far the scan is."""
        self.latest = event

    def close(self) -> None:
        """Stop, and wait until it has."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _ask(self, work: Work, *, by_itself: bool = False) -> None:
        self._waiting.append((work, by_itself))
        if not self.running:
            self._start_next()

    def _start_next(self) -> None:
        work, self._by_itself = self._waiting.popleft()
        self.latest = None
        self._job = Job()
        self._thread = threading.Thread(target=self._run, args=(self._job, work), name="scan")
        self._thread.start()
        self.started.emit()

    def _run(self, job: Job, work: Work) -> None:
        try:
            with job:
                report = work(job)
        except Exception as error:  # noqa: BLE001 - told on the GUI thread, bugs as bugs
            self._ended.emit(None, error)  # in no variable of this call, as in an Errand
        else:
            self._ended.emit(report, None)

    @Slot(object, object)
    def _end(self, report: Report | None, error: Exception | None) -> None:
        if self._thread is not None:
            self._thread.join()
        self._thread, self._job = None, None
        if error is None or isinstance(error, CancelledError):
            self.report = report if isinstance(report, ScanReport) else self.report
            self.finished.emit(report)
        elif self._by_itself and isinstance(error, LibraryLockedError):
            self.put_off.emit()
        elif isinstance(error, FaceOrganizerError):
            self.failed.emit(error)
        else:
            self.broken.emit(error)
        if self._waiting and not self.running:
            self._start_next()


def _scan(library: Library, folders: list[Path], job: Job) -> ScanReport:
    return library.scan(folders, meanwhile=True, context=job)


def _group(library: Library, job: Job) -> GroupingReport | None:
    return library.group(context=job)


def _use(library: Library, name: str, job: Job) -> SwitchReport:
    return library.models.use(name, job)


def _retry(library: Library, files: list[Path], job: Job) -> ScanReport:
    return library.retry(files, context=job)
