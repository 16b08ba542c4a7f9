import os
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from patch_pictures import Camera

from faceorganizer.domain.errors import CancelledError, LibraryLockedError
from faceorganizer.jobs.job import Job
from faceorganizer.library import Library
from faceorganizer.services.scan import watch as module
from faceorganizer.services.scan.report import ScanReport
from faceorganizer.services.scan.watch import FolderWatch, is_network_folder
from faceorganizer.settings.model import ScanSettings

QUICK = ScanSettings(settle_seconds=0.1, poll_seconds=1.0)
QUIET_SECONDS = 0.7


@pytest.fixture(autouse=True)
def _quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOST_SECONDS", 0.2)
    monkeypatch.setattr(module, "CHECK_SECONDS", 0.02)


@pytest.fixture
def watch(photos: Path, tmp_path: Path) -> Iterator[FolderWatch]:
    with FolderWatch(QUICK, ignore=[photos / "cache"]) as watching:
        watching.watch([photos])
        time.sleep(0.2)
        yield watching


def noticed(watch: FolderWatch, seconds: float = 10.0) -> bool:
    job = Job()
    timer = threading.Timer(seconds, job.cancel)
    timer.start()
    try:
        watch.wait(job)
    except CancelledError:
        return False
    finally:
        timer.cancel()
    return True


def test_new_changed_moved_and_deleted_photos_are_noticed(watch: FolderWatch, photos: Path) -> None:
    (photos / "a.jpg").write_bytes(b"1")
    assert noticed(watch)
    (photos / "a.jpg").write_bytes(b"22")
    assert noticed(watch)
    (photos / "a.jpg").rename(photos / "b.jpg")
    assert noticed(watch)
    (photos / "b.jpg").unlink()
    assert noticed(watch)
    assert not noticed(watch, QUIET_SECONDS)


def test_folders_with_photos_are_noticed(watch: FolderWatch, photos: Path) -> None:
    (photos.parent / "new").mkdir()
    (photos.parent / "new/a.jpg").write_bytes(b"1")
    (photos.parent / "new").rename(photos / "new.folder")
    assert noticed(watch)
    (photos / "new.folder").rename(photos.parent / "new")
    assert noticed(watch)


def test_what_is_no_photo_or_is_only_read_is_not_noticed(watch: FolderWatch, photos: Path) -> None:
    (photos / "a.jpg").write_bytes(b"1")
    (photos / "cache").mkdir()
    assert noticed(watch)
    (photos / "a.jpg").read_bytes()
    list(photos.iterdir())
    (photos / "notes.txt").write_text("x")
    (photos / "library.sqlite-wal").write_text("x")
    (photos / "library.sqlite-wal").unlink()
    (photos / "cache/thumbnail.jpg").write_bytes(b"1")
    assert not noticed(watch, QUIET_SECONDS)


def test_a_folder_that_never_rests_is_noticed_all_the_same(watch: FolderWatch, photos: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.wait(0.03):
            (photos / "a.jpg").write_bytes(b"1")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert noticed(watch)
    finally:
        stop.set()
        writer.join()


def test_a_folder_that_goes_and_comes_back_is_watched_again(watch: FolderWatch, photos: Path) -> None:
    away = photos.parent / "away"
    photos.rename(away)
    assert noticed(watch)
    watch.watch([photos])
    assert not noticed(watch, QUIET_SECONDS)
    away.rename(photos)
    assert noticed(watch)
    watch.watch([photos])
    noticed(watch, QUIET_SECONDS)
    (photos / "a.jpg").write_bytes(b"1")
    assert noticed(watch)


def test_another_folder_in_the_same_place_is_watched(watch: FolderWatch, photos: Path) -> None:
    photos.rename(photos.parent / "old")
    photos.mkdir()
    assert noticed(watch)
    watch.watch([photos])
    noticed(watch, QUIET_SECONDS)
    (photos / "a.jpg").write_bytes(b"1")
    assert noticed(watch)


def test_a_folder_that_is_no_longer_wanted_is_left_alone(watch: FolderWatch, photos: Path) -> None:
    watch.watch([])
    (photos / "a.jpg").write_bytes(b"1")
    assert not noticed(watch, QUIET_SECONDS)


def test_more_folders_than_the_system_watches_are_looked_through(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    with FolderWatch(QUICK) as watching:
        monkeypatch.setattr(watching._native, "schedule", refuse)
        watching.watch([photos])
        (photos / "a.jpg").write_bytes(b"1")
        assert noticed(watching)


@pytest.mark.skipif(os.name == "nt", reason="needs links as POSIX systems have them")
def test_a_folder_behind_a_link_is_watched(photos: Path) -> None:
    link = photos.parent / "link"
    link.symlink_to(photos)
    with FolderWatch(QUICK, ignore=[link / "cache"]) as watching:
        watching.watch([link])
        (photos / "cache").mkdir()
        noticed(watching, QUIET_SECONDS)
        (photos / "cache/a.jpg").write_bytes(b"1")
        assert not noticed(watching, QUIET_SECONDS)
        (photos / "a.jpg").write_bytes(b"1")
        assert noticed(watching)


def test_leaving_ends_the_observers(photos: Path) -> None:
    before = threading.active_count()
    with FolderWatch(QUICK) as watching:
        watching.watch([photos])
        assert threading.active_count() > before
    assert threading.active_count() == before


@pytest.mark.parametrize(
    ("path", "kind", "options", "network"),
    [
        ("/", "ext4", "rw", False),
        ("/", "nfs4", "rw", True),
        ("/", "fuse.sshfs", "rw", True),
        ("/", "fuseblk", "rw", False),
        ("/", "NTFS", "rw,remote", True),
        ("\\\\server\\photos", "NTFS", "rw", True),
    ],
)
def test_network_drives_are_known_by_their_kind(
    monkeypatch: pytest.MonkeyPatch, path: str, kind: str, options: str, network: bool
) -> None:
    from psutil._ntuples import sdiskpart

    mounts = [sdiskpart("disk", "/", kind, options)]
    monkeypatch.setattr(module.psutil, "disk_partitions", lambda all: mounts)
    assert is_network_folder(Path(path)) is network


def reports_of(library: Library, seconds: float, *actions: Callable[[], None]) -> list[ScanReport]:
    """Watch for so long, doing one thing after each scan."""
    job = Job()
    timer = threading.Timer(seconds, job.cancel)
    timer.start()
    reports: list[ScanReport] = []

    def follow() -> None:
        left = iter(actions)
        for report in library.watch(group=False, context=job):
            reports.append(report)
            next(left, lambda: None)()

    with pytest.raises(CancelledError):
        follow()
    timer.join()
    return reports


@pytest.mark.usefixtures("inline")
def test_photos_appear_by_themselves_and_scans_do_not_start_one_another(
    library: Library, camera: Camera, photos: Path
) -> None:
    library.settings.set("scan.settle_seconds", "0.1")
    library.folders.add(photos)
    before = threading.active_count()
    camera.write(photos / "a.jpg", 1)
    reports = reports_of(library, 3.0, lambda: camera.write(photos / "b.jpg", 2))
    assert [report.photos["new"] for report in reports if report.changed] == [1, 1]
    assert threading.active_count() == before
    assert len(reports_of(library, 1.0)) == 1


@pytest.mark.usefixtures("inline")
def test_a_scan_waits_while_another_process_writes(
    library: Library, camera: Camera, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.settings.set("scan.settle_seconds", "0.1")
    library.folders.add(photos)
    camera.write(photos / "a.jpg", 1)
    scan, refused = library.scan, [LibraryLockedError("The library is being written to.")] * 2

    def sometimes(*arguments: object, **options: object) -> ScanReport:
        if refused:
            raise refused.pop()
        return scan(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(library, "scan", sometimes)
    (report,) = reports_of(library, 2.0)
    assert report.photos["new"] == 1


@pytest.mark.usefixtures("watch")
def test_what_watchdog_warns_of_is_no_message_to_the_user() -> None:
    warnings.warn_explicit("already exists", RuntimeWarning, "inotify.py", 365, "watchdog.observers.inotify")
    with pytest.raises(RuntimeWarning):
        warnings.warn_explicit("something else", RuntimeWarning, "other.py", 1, "faceorganizer.other")
