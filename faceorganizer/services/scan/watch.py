"""Notices changes in the folders of a library.

Local folders tell of changes themselves; network drives do not, and are looked through now and then.
"""

import os
import threading
import time
import warnings
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from faceorganizer.domain.progress import JobContext
from faceorganizer.imaging.formats import is_photo
from faceorganizer.services.scan.walk import DirectoryId, directory_id
from faceorganizer.settings.model import ScanSettings

CHECK_SECONDS = 0.2  # between two looks whether to stop
LOST_SECONDS = 5.0  # between two looks for folders that are not there
JOIN_SECONDS = 5.0  # a look at a drive that does not answer must not hold up the end
MOST_SETTLINGS = 10  # a folder that never comes to rest is scanned after so many times the settling time
CHANGES = frozenset({"created", "modified", "moved", "deleted", "closed"})  # reading a file is none
NETWORK_FILE_SYSTEMS = frozenset(
    {
        "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "glusterfs", "lustre", "nfs", "nfs4", "prl_fs", "smb2", "smb3",
        "smbfs", "vboxsf", "virtiofs", "webdav",
    }
)  # fmt: skip
USER_SPACE = "fuse."  # sshfs, rclone, gvfs and the like


@dataclass(frozen=True, slots=True)
class _Watched:
    """A folder that is watched.

    Attributes:
        identity: Of the folder; another one at the same path, such as a drive's, has to be watched anew.
    """

    identity: DirectoryId
    observer: BaseObserver
    watch: ObservedWatch


class FolderWatch:
    """Watches folders until it is left as a context manager.

    Args:
        settings: How long changes take to settle, and how often network drives are looked through.
        ignore: Folders whose changes do not count: those of the library, which may lie in a watched folder.
    """

    def __init__(self, settings: ScanSettings, ignore: Collection[Path] = ()) -> None:
        self._settings = settings
        self._changes = _Changes(tuple(_real(folder) for folder in ignore))
        self._native = Observer()
        self._polling = PollingObserver(timeout=settings.poll_seconds)
        self._watched: dict[Path, _Watched] = {}
        self._lost: set[Path] = set()

    def __enter__(self) -> "FolderWatch":
        # A folder made while its parent is being listed is watched twice, and watchdog prints its inner state for that.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
        self._native.start()
        self._polling.start()
        return self

    def __exit__(self, *_: object) -> None:
        for observer in (self._native, self._polling):
            observer.stop()
        for observer in (self._native, self._polling):
            observer.join(JOIN_SECONDS)

    def watch(self, folders: Collection[Path]) -> None:
        """Watch exactly these folders from now on, each with all below it."""
        for folder in list(self._watched):
            if folder not in folders or _identity(folder) != self._watched[folder].identity:
                self._unwatch(folder)
        for folder in folders:
            identity = _identity(folder)
            if identity is not None and folder not in self._watched:
                self._watch(folder, identity)
        self._lost = set(folders) - set(self._watched)

    def wait(self, context: JobContext) -> None:
        """Return when something changed and has come to rest, or a folder has gone or is back.

        Raises:
            CancelledError: The context said so.
        """
        looked = time.monotonic()
        while not self._changes.settled(self._settings.settle_seconds):
            context.check_cancelled()
            time.sleep(CHECK_SECONDS)
            if time.monotonic() - looked > LOST_SECONDS:
                looked = time.monotonic()
                if self._other_folders():
                    break
        self._changes.clear()

    def again(self) -> None:
        """Let the next wait end as if something had changed."""
        self._changes.note()

    def _other_folders(self) -> bool:
        changed = any(_identity(folder) != watched.identity for folder, watched in self._watched.items())
        return changed or any(_identity(folder) is not None for folder in self._lost)

    def _watch(self, folder: Path, identity: DirectoryId) -> None:
        path = str(_real(folder))  # events come with real paths on some systems
        observers = [self._polling] if is_network_folder(folder) else [self._native, self._polling]
        for observer in observers:
            # More folders than the system watches at a time (inotify's limit) are looked through instead; a folder
            # that is gone just now is lost.
            with suppress(OSError):
                watch = observer.schedule(self._changes, path, recursive=True)
                self._watched[folder] = _Watched(identity, observer, watch)
                return

    def _unwatch(self, folder: Path) -> None:
        watched = self._watched.pop(folder)
        with suppress(KeyError):  # it ended by itself when its folder went
            watched.observer.unschedule(watched.watch)


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
        # Windows does not tell whether what was deleted was a folder.
        folder = event.is_directory or (event.event_type == "deleted" and not paths[0].suffix)
        if not folder and not any(is_photo(path.name) for path in paths):
            return
        if all(any(path.is_relative_to(ignored) for ignored in self._ignore) for path in paths):
            return
        self.note()

    def note(self) -> None:
        """Something changed."""
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
    kind = nearest.fstype.lower()
    return kind in NETWORK_FILE_SYSTEMS or kind.startswith(USER_SPACE) or "remote" in nearest.opts.split(",")


def _identity(folder: Path) -> DirectoryId | None:
    try:
        return directory_id(folder) if os.path.isdir(folder) else None  # noqa: PTH112 - never raises
    except OSError:
        return None


def _real(folder: Path) -> Path:
    return Path(os.path.realpath(folder))
