"""Notices changes in the folders of a library.

Local folders tell of changes themselves; network drives do not, and are looked through now and then.
"""

import os
import threading
import time
from collections.abc import Collection
from pathlib import Path

import psutil
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from faceorganizer.domain.progress import JobContext
from faceorganizer.imaging.formats import is_photo
from faceorganizer.settings.model import ScanSettings

CHECK_SECONDS = 0.2  # between two looks whether to stop
LOST_SECONDS = 5.0  # between two looks for folders that are not there
MOST_SETTLINGS = 10  # a folder that never comes to rest is scanned after so many times the settling time
CHANGES = frozenset({"created", "modified", "moved", "deleted", "closed"})  # reading a file is none
NETWORK_FILE_SYSTEMS = frozenset(
    {
        "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.davfs", "fuse.glusterfs", "fuse.rclone",
        "fuse.sshfs", "fuse.vmhgfs-fuse", "glusterfs", "nfs", "nfs4", "prl_fs", "smb3", "smbfs", "vboxsf",
        "webdav"
    }
)  # fmt: skip


class FolderWatch:
    """Watches folders until it is left as a context manager.

    Args:
        settings: How long changes take to settle, and how often network drives are looked through.
        ignore: Folders whose changes do not count: the library itself, which may lie in a watched folder.
    """

    def __init__(self, settings: ScanSettings, ignore: Collection[Path] = ()) -> None:
        self._settings = settings
        self._changes = _Changes(tuple(ignore))
        self._native = Observer()
        self._polling = PollingObserver(timeout=settings.poll_seconds)
        self._watches: dict[Path, tuple[BaseObserver, ObservedWatch]] = {}
        self._lost: set[Path] = set()

    def __enter__(self) -> "FolderWatch":
        self._native.start()
        self._polling.start()
        return self

    def __exit__(self, *_: object) -> None:
        for observer in (self._native, self._polling):
            observer.stop()
        for observer in (self._native, self._polling):
            observer.join()

    def watch(self, folders: Collection[Path]) -> None:
        """Watch exactly these folders from now on, each with all below it."""
        for folder in set(self._watches) - set(folders):
            self._unwatch(folder)
        self._lost = set()
        for folder in folders:
            if not folder.is_dir():
                self._lost.add(folder)
                self._unwatch(folder)
            elif folder not in self._watches:
                self._watches[folder] = self._schedule(folder)

    def wait(self, context: JobContext) -> None:
        """Return when something changed and has come to rest, or a lost folder is back.

        Raises:
            CancelledError: The context said so.
        """
        looked = time.monotonic()
        while not self._changes.settled(self._settings.settle_seconds):
            context.check_cancelled()
            time.sleep(CHECK_SECONDS)
            if time.monotonic() - looked > LOST_SECONDS:
                looked = time.monotonic()
                gone = any(not folder.is_dir() for folder in self._watches)
                if gone or any(folder.is_dir() for folder in self._lost):
                    break
        self._changes.clear()

    def _schedule(self, folder: Path) -> tuple[BaseObserver, ObservedWatch]:
        if not is_network_folder(folder):
            try:
                return self._native, self._native.schedule(self._changes, str(folder), recursive=True)
            except OSError:
                pass  # more folders than the system watches at a time (inotify's limit): looked through instead
        return self._polling, self._polling.schedule(self._changes, str(folder), recursive=True)

    def _unwatch(self, folder: Path) -> None:
        if folder in self._watches:
            observer, watch = self._watches.pop(folder)
            observer.unschedule(watch)


class _Changes(FileSystemEventHandler):
    """Remembers when something last changed. Called by the observers' threads."""

    def __init__(self, ignore: tuple[Path, ...]) -> None:
        self._ignore = ignore
        self._lock = threading.Lock()
        self._first: float | None = None
        self._last = 0.0

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note an event that may concern a photo."""
        paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
        if event.event_type not in CHANGES or (event.is_directory and event.event_type == "modified"):
            return
        if not event.is_directory and not any(is_photo(path.name) for path in paths):
            return
        if all(any(path.is_relative_to(folder) for folder in self._ignore) for path in paths):
            return
        with self._lock:
            self._last = time.monotonic()
            self._first = self._first if self._first is not None else self._last

    def settled(self, seconds: float) -> bool:
        """Whether something changed, and nothing since that many seconds (or it never comes to rest)."""
        with self._lock:
            now = time.monotonic()
            if self._first is None:
                return False
            return now - self._last >= seconds or now - self._first >= seconds * MOST_SETTLINGS

    def clear(self) -> None:
        """Forget what changed."""
        with self._lock:
            self._first = None


def is_network_folder(folder: Path) -> bool:
    """Whether a folder lies on a network drive, which does not tell of changes made elsewhere."""
    if str(folder).startswith("\\\\"):
        return True
    resolved = folder.resolve()
    mounts = [
        partition for partition in psutil.disk_partitions(all=True) if resolved.is_relative_to(partition.mountpoint)
    ]
    if not mounts:
        return False
    nearest = max(mounts, key=lambda partition: len(partition.mountpoint))
    return nearest.fstype.lower() in NETWORK_FILE_SYSTEMS or "remote" in nearest.opts.split(",")
