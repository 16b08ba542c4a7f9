"""Whatever happens to files between scans: nothing is lost, nothing double, faces follow their pictures."""

import itertools
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patch_pictures import Camera, patch_box, work_inline

from faceorganizer.db.database import Database
from faceorganizer.domain.geometry import overlaps
from faceorganizer.imaging.decode import decode
from faceorganizer.imaging.formats import is_photo
from faceorganizer.imaging.identify import identify
from faceorganizer.library import Library
from faceorganizer.services.scan import service
from faceorganizer.services.scan.report import ScanReport

VERDICTS = ("new", "changed", "moved", "duplicate", "unchanged", "failed")
PLACES = ["a.jpg", "b.jpg", "c.jpg", "x/a.jpg", "x/d.jpg", "y/e.jpg"]

place = st.sampled_from(PLACES)
steps = st.one_of(
    st.tuples(st.just("shoot"), place, st.integers(1, 4)),
    st.tuples(st.just("tag"), place, st.sampled_from([1, 3, 6, 8])),
    st.tuples(st.just("copy"), place, place),
    st.tuples(st.just("move"), place, place),
    st.tuples(st.just("swap"), place, place),
    st.tuples(st.just("delete"), place, st.none()),
    st.tuples(st.just("break"), place, st.none()),
    st.tuples(st.just("touch"), place, st.none()),
)


class Album:
    """A folder in which things happen, and what must be true of the library after a scan."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "photos"
        self.folder.mkdir()
        self.camera = Camera()
        self.pictures: dict[str, int | None] = {}  # None: broken
        self.named: dict[bytes, str] = {}
        self.library = Library(Database.create(folder / "library"), folder / "settings.toml")
        self.library.folders.add(self.folder)

    def do(self, what: str, first: str, second: object) -> None:
        path = self.folder / first
        if what == "shoot":
            assert isinstance(second, int)
            self._write(first, second)
        elif first not in self.pictures:
            return
        elif what == "tag" and self.pictures[first] is not None:
            assert isinstance(second, int)
            self._write(first, self.pictures[first], orientation=second)
        elif what == "break":
            path.write_bytes(path.read_bytes()[:100])
            self.camera.touch(path)
            self.pictures[first] = None
        elif what == "touch":
            self.camera.touch(path)
        elif what == "delete":
            path.unlink()
            del self.pictures[first]
        elif isinstance(second, str) and second != first:
            self._rearrange(what, first, second)

    def _write(self, name: str, picture: int | None, orientation: int = 1) -> None:
        assert picture is not None
        self.camera.write(self.folder / name, picture, orientation=orientation)
        self.pictures[name] = picture

    def _rearrange(self, what: str, first: str, second: str) -> None:
        source, target = self.folder / first, self.folder / second
        target.parent.mkdir(exist_ok=True)
        if what == "copy":
            shutil.copyfile(source, target)
            self.camera.touch(target)
            self.pictures[second] = self.pictures[first]
        elif what == "move":
            source.replace(target)
            self.pictures[second] = self.pictures.pop(first)
        elif what == "swap" and second in self.pictures:
            spare = self.folder / "spare"
            source.rename(spare)
            target.rename(source)
            spare.rename(target)
            self.pictures[first], self.pictures[second] = self.pictures[second], self.pictures[first]

    def scan(self) -> ScanReport:
        report = self.library.scan(group=False)
        self._check_counts(report)
        self._check_files()
        self._check_faces()
        return report

    def _check_counts(self, report: ScanReport) -> None:
        assert report.photos["seen"] == len(self.pictures)
        assert sum(report.photos[verdict] for verdict in VERDICTS) == report.photos["seen"]
        assert report.photos["failed"] == sum(picture is None for picture in self.pictures.values())
        assert {str(failure.path.relative_to(self.folder)) for failure in report.failures} == {
            name for name, picture in self.pictures.items() if picture is None
        }

    def _check_files(self) -> None:
        records = self.library.photos()
        there = {record.path: record for record in records if record.state != "missing"}
        on_disk = {path for path in self.folder.rglob("*") if path.is_file() and is_photo(path.name)}
        assert set(there) == on_disk
        assert not {record.path for record in records if record.state == "missing"} & on_disk
        for name, picture in self.pictures.items():
            assert (there[self.folder / name].state == "failed") == (picture is None)

    def _check_faces(self) -> None:
        """Every picture has its face once, in the frame of the file it is listed with, and keeps its name."""
        listed: dict[bytes, str | None] = {}
        for face in self.library.faces.list():
            if self.pictures[str(face.path.relative_to(self.folder).as_posix())] is None:
                continue  # what was known of a file that broke stays
            pixels = decode(face.path, long_side=None, max_megapixels=1.0).pixels
            drawn = np.array([patch_box(pixels)], np.float32)
            assert overlaps(drawn, np.array([face.box], np.float32))[0, 0] > 0.8, face.path
            inside = (face.landmarks >= drawn[0, :2] - 1) & (face.landmarks <= drawn[0, :2] + drawn[0, 2:] + 1)
            assert inside.all()
            content = identify(face.path, max_megapixels=1.0).content_hash
            assert content not in listed
            listed[content] = face.name
            if content in self.named:
                assert face.name == self.named[content]
            else:
                self.named[content] = f"Person {len(self.named)}"
                self.library.people.name_face(face.face, self.named[content])
        whole = [self.folder / name for name, picture in self.pictures.items() if picture is not None]
        expected = {identify(path, max_megapixels=1.0).content_hash for path in whole}
        assert expected <= set(listed) | self._held_by_broken(expected)

    def _held_by_broken(self, expected: set[bytes]) -> set[bytes]:
        """Pictures that a broken file stands for until it is mended: their faces are listed with that file."""
        broken = {self.folder / name for name, picture in self.pictures.items() if picture is None}
        names = {face.name for face in self.library.faces.list() if face.path in broken}
        return {content for content in expected if self.named.get(content) in names}

    def close(self) -> None:
        assert self.library.check() == []
        self.library.close()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.lists(st.lists(steps, min_size=1, max_size=6), min_size=1, max_size=4))
def test_scans_keep_up_with_whatever_happens(
    rounds: list[list[tuple[str, str, object]]],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    work_inline(monkeypatch)
    album = Album(tmp_path_factory.mktemp("album"))
    try:
        for events in rounds:
            for event in events:
                album.do(*event)
            album.scan()
            again = album.scan()
            assert not again.changed
            assert again.photos["missing"] == 0
    finally:
        album.close()


@pytest.mark.parametrize("batch_seconds", [0.0, 60.0])
@pytest.mark.parametrize("order", list(itertools.permutations("abc")))
def test_copies_that_are_tagged_otherwise_may_come_while_a_picture_is_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: tuple[str, ...], batch_seconds: float
) -> None:
    work_inline(monkeypatch)
    monkeypatch.setattr(service, "BATCH_SECONDS", batch_seconds)
    monkeypatch.setattr(service, "FIRST", 0)  # nothing is written before it is due
    album = Album(tmp_path)
    try:
        for name, orientation in zip(order, (6, 1, 3), strict=True):
            album.do("shoot", f"{name}.jpg", 1)
            album.do("tag", f"{name}.jpg", orientation)
        album.scan()
        assert not album.scan().changed
    finally:
        album.close()
