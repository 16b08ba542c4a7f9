"""The writer's lock: one process at a time writes to a library."""

import contextlib
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from faceorganizer.db.columns import now
from faceorganizer.db.errors import folder_errors
from faceorganizer.domain.errors import LibraryLockedError


class WriterLock:
    """A lock on a library's folder, held by a process for as long as one of its threads wants it.

    The operating system drops it when the process dies. Who holds it is written beside the lock, since a locked
    file cannot be read everywhere; that note is trusted only while the lock is held.

    Args:
        folder: The library's folder.
    """

    def __init__(self, folder: Path) -> None:
        self._owner = folder / "lock.owner"
        # Not zero: a thread of this process may be just about to take the lock or to let go of it.
        self._lock = FileLock(folder / "lock", timeout=0.1, thread_local=False, is_singleton=True)
        self._gate = threading.Lock()  # the count of holders and the note change together

    @property
    def holders(self) -> int:
        """How many blocks of this process hold it, through whatever object."""
        return self._lock.lock_counter

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock for a block; blocks of one process may overlap.

        Raises:
            LibraryLockedError: Another process holds it.
            StorageError: The folder cannot be written to.
        """
        with self._gate:
            self._acquire()
        try:
            yield
        finally:
            with self._gate:
                self._release()

    def other(self) -> str:
        """Say which other process holds it; empty when none does. Writes nothing."""
        with self._gate:
            if self._lock.lock_counter:
                return ""
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                return self._locked().message
            except OSError:  # it cannot be written to at all: whoever tries to is told why
                return ""
            self._lock.release()
            return ""

    def _acquire(self) -> None:
        with folder_errors(self._owner.parent):
            try:
                self._lock.acquire()
            except Timeout:
                raise self._locked() from None
            try:
                if self._lock.lock_counter == 1:
                    self._owner.write_text(json.dumps({"pid": os.getpid(), "since": now()}), "ascii")
            except BaseException:  # also an interrupt: a lock without a holder would stay until the process ends
                self._lock.release()
                raise

    def _release(self) -> None:
        if self._lock.lock_counter == 1:
            with contextlib.suppress(OSError):  # an outdated note does no harm
                self._owner.unlink()
        self._lock.release()

    def _locked(self) -> LibraryLockedError:
        try:
            owner = json.loads(self._owner.read_text("ascii"))
            since = datetime.fromisoformat(owner["since"]).astimezone()
            holder = f"process {int(owner['pid'])}, since {since:%Y-%m-%d %H:%M:%S}"
        except (OSError, ValueError, TypeError, KeyError):  # not written yet, or half
            holder = "another process"
        return LibraryLockedError(
            f"The library {self._owner.parent} is being written to by {holder}.",
            "Wait until it is done, or close it.",
        )
