"""Scans that wait, that try again what failed, and that show people before they are done."""

import os
import threading
import time
from pathlib import Path

import pytest
from patch_pictures import Camera, InlinePool

from faceorganizer.domain.errors import CancelledError, FaceOrganizerError
from faceorganizer.domain.progress import JobContext, Unattended
from faceorganizer.jobs.job import Job
from faceorganizer.library import Library
from faceorganizer.services.clustering.service import ClusteringService
from faceorganizer.services.events import ScanAdvanced, ScanStage
from faceorganizer.services.scan import service
from faceorganizer.services.scan.report import Pace
from faceorganizer.services.search import PhotoQuery

pytestmark = pytest.mark.usefixtures("inline")


class Listener:
    """Remembers what is told of a scan."""

    def __init__(self, library: Library) -> None:
        self.events: list[ScanAdvanced] = []
        library.events.subscribe(ScanAdvanced, self.hear)

    def hear(self, event: ScanAdvanced) -> None:
        self.events.append(event)


def failed(library: Library) -> list[str]:
    return [record.path.name for record in library.photos(PhotoQuery(failed=True))]


def test_a_paused_scan_takes_no_more_files(
    library: Library, photos: Path, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        camera.write(photos / f"{number}.jpg", number)
    job, submitted = Job(), []
    submit = InlinePool.submit

    def submit_and_pause(self: InlinePool, task: object, *, alone: bool = False) -> None:  # type: ignore[type-arg]
        submitted.append(task)
        if len(submitted) == 3:
            job.pause()
        submit(self, task, alone=alone)

    monkeypatch.setattr(InlinePool, "submit", submit_and_pause)
    scan = threading.Thread(target=library.scan, args=(photos,), kwargs={"group": False, "jobs": 1, "context": job})
    scan.start()
    while len(submitted) < 3:
        time.sleep(0.01)
    time.sleep(0.3)
    held = len(submitted)
    assert held < 12
    time.sleep(0.3)
    assert len(submitted) == held
    job.resume()
    scan.join(60)
    assert not scan.is_alive()
    assert len(library.faces.list()) == 40


def test_a_paused_scan_is_cancelled_and_keeps_what_was_done(
    library: Library, photos: Path, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(10):
        camera.write(photos / f"{number}.jpg", number)
    job = Job()
    next_outcome = InlinePool.next_outcome

    def pause_and_answer(self: InlinePool, timeout: float | None = None) -> object:  # type: ignore[type-arg]
        job.pause()
        threading.Timer(0.1, job.cancel).start()
        return next_outcome(self, timeout)

    monkeypatch.setattr(InlinePool, "next_outcome", pause_and_answer)
    with pytest.raises(CancelledError):
        library.scan(photos, group=False, context=job)
    assert len(library.photos()) == 1
    monkeypatch.setattr(InlinePool, "next_outcome", next_outcome)
    assert library.scan(group=False).photos["seen"] == 10


def test_failed_files_alone_are_read_again(library: Library, photos: Path, camera: Camera) -> None:
    camera.write(photos / "good.jpg", 1)
    for name in ("a.jpg", "b.jpg", "x/c.jpg"):
        (photos / name).parent.mkdir(exist_ok=True)
        (photos / name).write_bytes(b"no picture")
    library.scan(photos, group=False)
    assert failed(library) == ["a.jpg", "b.jpg", "c.jpg"]
    camera.write(photos / "new.jpg", 2)
    camera.write(photos / "a.jpg", 3)
    camera.write(photos / "b.jpg", 4)
    report = library.retry([photos / "a.jpg", photos / "x"], group=False)
    assert (report.photos["seen"], report.photos["failed"]) == (2, 1)
    assert failed(library) == ["b.jpg", "c.jpg"]
    report = library.retry(group=False)
    assert (report.photos["seen"], report.photos["failed"]) == (2, 1)
    assert failed(library) == ["c.jpg"]
    assert "new.jpg" not in {record.path.name for record in library.photos()}
    assert library.retry([photos / "nothing"], group=False).photos["seen"] == 0


def test_a_failed_file_that_is_gone_is_missing(library: Library, photos: Path) -> None:
    (photos / "a.jpg").write_bytes(b"no picture")
    library.scan(photos, group=False)
    (photos / "a.jpg").unlink()
    assert library.retry(group=False).photos["missing"] == 1
    assert failed(library) == []


def test_failed_files_of_a_drive_that_is_not_there_stay(library: Library, photos: Path) -> None:
    (photos / "a.jpg").write_bytes(b"no picture")
    library.scan(photos, group=False)
    photos.rename(photos.with_name("elsewhere"))
    assert library.retry(group=False).offline == (photos,)
    assert failed(library) == ["a.jpg"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs files that may not be read")
def test_a_file_that_may_not_be_read_is_read_when_it_may(library: Library, photos: Path, camera: Camera) -> None:
    camera.write(photos / "a.jpg", 1)
    (photos / "a.jpg").chmod(0)
    library.scan(photos, group=False)
    assert failed(library) == ["a.jpg"]
    (photos / "a.jpg").chmod(0o600)
    library.retry(group=False)
    assert failed(library) == []


def test_the_stages_of_a_scan_are_told(library: Library, photos: Path, camera: Camera) -> None:
    listener = Listener(library)
    for number in range(3):
        camera.write(photos / f"{number}.jpg", number)
    library.scan(photos)
    stages = [event.stage for event in listener.events]
    assert stages[0] is ScanStage.WALKING
    assert stages[-1] is ScanStage.GROUPING
    assert listener.events[0].current == photos
    read = [event for event in listener.events if event.stage is ScanStage.READING]
    assert all(event.current is None or event.current.parent == photos for event in read)


def test_people_are_seen_before_the_scan_ends(
    library: Library, photos: Path, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MEANWHILE_SECONDS", 0.0)
    monkeypatch.setattr(service, "MEANWHILE_SHARE", 0)
    monkeypatch.setattr(service, "BATCH", 4)
    runs: list[bool] = []
    group = ClusteringService.group_new

    def grouped(self: ClusteringService, context: JobContext, *, meanwhile: bool = False) -> object:
        runs.append(meanwhile)
        return group(self, context, meanwhile=meanwhile)

    monkeypatch.setattr(ClusteringService, "group_new", grouped)
    for number in range(6):
        camera.write(photos / f"{number}.jpg", number)
    report = library.scan(photos, meanwhile=True)
    assert runs[0] is True
    assert runs[-1] is False
    # The grouping at the end is the one that would have been without those before.
    with library._database.read() as unit:
        latest = unit.runs.latest()
    assert latest is not None
    assert latest.summary.get("meanwhile") is None
    assert latest.summary["grouped"] == len(library.faces.list()) == report.faces
    assert library._clustering.group_new(Unattended()) is None


def test_a_grouping_that_fails_in_between_does_not_end_the_scan(
    library: Library, photos: Path, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MEANWHILE_SECONDS", 0.0)

    def fails(*_: object, **__: object) -> None:
        raise FaceOrganizerError("Grouping ended early.")

    monkeypatch.setattr(ClusteringService, "group_new", fails)
    camera.write(photos / "a.jpg", 1)
    with pytest.raises(FaceOrganizerError, match="ended early"):
        library.scan(photos, meanwhile=True)
    assert len(library.faces.list()) == 1


def test_a_pause_does_not_count_in_the_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    pace = Pace()
    now = 102.0
    assert pace.rate(20) == pytest.approx(10)
    now = 4000.0
    assert pace.rate(20) == 0
    now = 4001.0
    assert pace.rate(32) == pytest.approx(12)
