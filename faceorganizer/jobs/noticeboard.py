"""Progress of a worker process, told through a file."""

import json
import time
from contextlib import suppress
from pathlib import Path

from faceorganizer.domain.progress import Progress, Unattended

_REPORT_SECONDS = 0.1


class Noticeboard(Unattended):
    """A job context in one process whose last report another process reads from a file; the process is simply ended.

    Args:
        path: Of the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next = 0.0

    def report(self, done: int, total: int | None, message: str) -> None:
        """Replace the report on the board, ten times a second at most."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _REPORT_SECONDS
        fresh = self._path.with_suffix(".new")
        with suppress(OSError):  # the disk is full, or on Windows it is being read: no reason to fail
            fresh.write_text(json.dumps([done, total, message]), encoding="utf-8")
            fresh.replace(self._path)

    def read(self) -> Progress | None:
        """Return the last report; None when there is none."""
        try:
            return Progress(*json.loads(self._path.read_text(encoding="utf-8")))
        except OSError:  # nothing yet; on Windows also while it is replaced
            return None
