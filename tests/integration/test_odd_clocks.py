"""Clocks that are wrong, put back, or in another zone: nothing is lost, done again or out of order."""

import os
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from album_material import PORTRAIT, POSIX, Scanned, counts, every_row, portrait, retag, save_jpeg

import faceorganizer.db.backup
import faceorganizer.db.columns
from faceorganizer import Library
from faceorganizer.domain.changes import KEPT_SETTING
from faceorganizer.imaging.identify import identify

ODD_TIMES = {
    "before 1970": -86_400.5,
    "1901": -2_147_483_649.0,
    "the moment of 1970": 0.0,
    "2038": 2_147_483_648.0,
    "2106": 4_294_967_296.0,
    "next century": 7_000_000_000.0,
}
# As the TZ variable names zones, and without the system's list of zones: at both ends of the day, and with half hours.
ZONES = ("<+14>-14", "<-12>12", "<+0545>-5:45", "CET-1CEST,M3.5.0,M10.5.0/3", "UTC0")


class WrongClock(datetime):
    """A datetime whose present is set by hand."""

    present = datetime(2026, 1, 1, tzinfo=UTC)

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return cls.present


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[WrongClock]:
    monkeypatch.setattr(WrongClock, "present", datetime(2026, 1, 1, tzinfo=UTC))
    for module in (faceorganizer.db.backup, faceorganizer.db.columns):
        monkeypatch.setattr(module, "datetime", WrongClock)
    return WrongClock


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.mark.parametrize("moment", ODD_TIMES.values(), ids=list(ODD_TIMES))
def test_a_file_of_any_time_is_scanned_once_and_exported(scanned: Scanned, tmp_path: Path, moment: float) -> None:
    path = scanned.folder / PORTRAIT
    try:
        os.utime(path, (moment, moment))
    except (OSError, OverflowError):
        pytest.skip("this file system has no such times")
    assert counts(scanned.scan()) in (
        {"unchanged": 7, "changed": 1},
        {"unchanged": 8},
        {"unchanged": 7, "duplicate": 1},
    )
    assert counts(scanned.scan()) == {"unchanged": 8}
    scanned.name_everybody()
    scanned.program.run("export", "zip", tmp_path / "album.zip")
    with zipfile.ZipFile(tmp_path / "album.zip") as archive:
        assert archive.testzip() is None
    scanned.program.check()


@POSIX
def test_another_zone_changes_nothing(scanned: Scanned, zone: pytest.MonkeyPatch) -> None:
    scanned.scan()
    before = every_row(scanned.program.library)
    for name in ZONES:
        zone.setenv("TZ", name)
        time.tzset()
        assert counts(scanned.scan()) == {"unchanged": 8}
        (photo,) = [record for record in scanned.program.lines("photos") if record["path"].endswith(PORTRAIT)]
        assert photo["taken"].startswith("2019-05-01T12:00:00")
    assert every_row(scanned.program.library) == before


@POSIX
def test_a_time_that_the_zone_skips_or_has_twice_is_taken_as_it_is(tmp_path: Path, zone: pytest.MonkeyPatch) -> None:
    """When summer time begins there is no half past two, and when it ends there are two."""
    zone.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    path = save_jpeg(portrait(), tmp_path / "photo.jpg")
    for text in ("2025:03:30 02:30:00", "2025:10:26 02:30:00"):
        retag(path, taken=text)
        taken = identify(path, max_megapixels=10).capture.taken
        assert taken == datetime.strptime(text, "%Y:%m:%d %H:%M:%S")


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("0000:00:00 00:00:00", None),
        ("    :  :     :  :  ", None),
        ("1969:12:31 23:59:59", datetime(1969, 12, 31, 23, 59, 59)),
        ("1826:01:01 00:00:00", datetime(1826, 1, 1)),
        ("9999:12:31 23:59:59", None),
        ("2016:12:31 23:59:60", datetime(2016, 12, 31, 23, 59, 59)),
        ("2016:12:31 23:59:61", None),
        ("2016:12:31 24:00:00", None),
        ("2023:02:29 12:00:00", None),
        ("2024:02:29 12:00:00", datetime(2024, 2, 29, 12)),
        ("2019:05:01 12:00:00+99:99", datetime(2019, 5, 1, 12)),
        ("2019:05:01 12:00:00Z", datetime(2019, 5, 1, 12)),
    ],
)
def test_times_that_cameras_write(tmp_path: Path, text: str, taken: datetime | None) -> None:
    path = save_jpeg(portrait(), tmp_path / "photo.jpg", taken=text)
    assert identify(path, max_megapixels=10).capture.taken == taken


@pytest.mark.parametrize("module", ["imaging.exif", "imaging.capture", "metadata.sidecar", "domain.pictures"])
def test_a_clock_without_a_battery_costs_no_dates(module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says 1970: photos are not from the future because of that."""
    monkeypatch.setattr(WrongClock, "present", datetime(1970, 1, 1))
    if hasattr(sys.modules[f"faceorganizer.{module}"], "datetime"):
        monkeypatch.setattr(f"faceorganizer.{module}.datetime", WrongClock)
    path = save_jpeg(portrait(), tmp_path / "photo.jpg", taken="2019:05:01 12:00:00")
    taken = identify(path, max_megapixels=10).capture.taken
    assert taken is not None
    assert taken.isoformat() == "2019-05-01T12:00:00"


def test_a_clock_that_is_put_back_leaves_history_and_copies_in_order(scanned: Scanned, clock: type[WrongClock]) -> None:
    with closing(Library.open(scanned.program.library)) as library:
        person = library.people.list()[0].id
        library.settings.set(KEPT_SETTING, "2")
        copies, present = [], clock.present
        for step, moved in enumerate((timedelta(0), timedelta(days=-400), timedelta(days=-2), timedelta(days=-9000))):
            clock.present = present + moved
            library.people.name(person, f"Name {step}")
            copies.append(library.backup())
            assert copies[-1].is_file()  # though by the clock it is older than the others
        assert len({step.at for step in library.history(4)}) == 4
        assert [record.path for record in library.backups() if record.label == "backup"] == copies[:1:-1]
        for step in (2, 1, 0):
            library.undo()
            assert library.people.get(person).name == f"Name {step}"
        assert library.check() == []
