"""A library that keeps no pictures of faces: nothing makes any, and all else works."""

import io
import shutil
from pathlib import Path

import pytest
from album_material import FACES, PORTRAIT, TWINS, Scanned, build_album
from PIL import Image

from faceorganizer.domain.ids import FaceId
from faceorganizer.domain.pictures import Detail
from faceorganizer.library import Library
from faceorganizer.services.previews import PreviewService
from faceorganizer.services.scan.tasks import AnalyseTask, VisionOptions
from faceorganizer.services.scan.worker import PhotoWorker

SETTING = "privacy.face_pictures"


def cached(album: Scanned) -> dict[str, int]:
    """How many files there are in each part of the cache; whatever their names are."""
    cache = album.program.library / "cache"
    files = [path for path in cache.rglob("*") if path.is_file()] if cache.exists() else []
    parts = [path.relative_to(cache).parts[0] for path in files]
    return {part: parts.count(part) for part in sorted(set(parts) - {"models"})}


def faces_of(library: Library) -> list[FaceId]:
    return [face.face for face in library.faces.list()]


@pytest.fixture
def unscanned(fresh: Scanned) -> Scanned:
    """An album, and a library that knows nothing of it."""
    build_album(fresh.folder)
    fresh.program.run("library", "create")
    return fresh


def test_a_scan_makes_none(unscanned: Scanned) -> None:
    unscanned.program.run("settings", "set", SETTING, "false")
    report = unscanned.program.scan(unscanned.folder, "--jobs", 2)
    assert report["faces"] == sum(FACES.values())
    assert report["notices"] == []
    assert cached(unscanned) == {"photos": len(FACES)}
    with unscanned.program.open() as library:
        assert not library.thumbnails.keeps_faces()
        assert {library.thumbnails.face(face) for face in faces_of(library)} == {None}
        assert all(library.thumbnails.photo(record.photo) for record in library.photos() if record.photo is not None)
    assert cached(unscanned) == {"photos": len(FACES)}
    unscanned.program.check()


def test_turning_it_off_deletes_those_there_are_at_once(scanned: Scanned) -> None:
    assert cached(scanned) == {"faces": sum(FACES.values()), "photos": len(FACES)}
    scanned.program.run("settings", "set", SETTING, "false")
    assert cached(scanned) == {"photos": len(FACES)}


def test_turned_on_again_they_come_back_when_they_are_shown(scanned: Scanned) -> None:
    scanned.program.run("settings", "set", SETTING, "false")
    scanned.program.run("settings", "set", SETTING, "true")
    with scanned.program.open() as library:
        (face,) = [record.face for record in library.faces.list(photo=scanned.folder / PORTRAIT)]
        picture = library.thumbnails.face(face)
    assert picture is not None
    with Image.open(io.BytesIO(picture)) as image:
        assert image.size == (256, 256)
    assert cached(scanned) == {"faces": 1, "photos": len(FACES)}


def test_all_but_the_pictures_works(scanned: Scanned, tmp_path: Path) -> None:
    scanned.program.run("settings", "set", SETTING, "false")
    scanned.name_everybody()
    assert "Eileen Collins" in scanned.names().values()
    scanned.program.run("cluster")
    scanned.program.run("undo", "--restore")
    scanned.program.run("library", "backup")
    scanned.program.run("export", "crops", tmp_path / "crops")  # somebody asks for them
    assert any((tmp_path / "crops").rglob("*.jpg"))
    (scanned.folder / TWINS).unlink()
    scanned.scan()
    assert cached(scanned) == {"photos": len(FACES)}
    scanned.program.check()


def test_a_thumbnail_made_anew_brings_no_faces(scanned: Scanned) -> None:
    scanned.program.run("settings", "set", SETTING, "false")
    shutil.rmtree(scanned.program.library / "cache" / "photos")
    with scanned.program.open() as library:
        for record in library.photos():
            assert record.photo is None or library.thumbnails.photo(record.photo)
    assert cached(scanned) == {"photos": len(FACES)}


def test_what_is_made_while_it_is_turned_off_goes_again(scanned: Scanned, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody asks for a face, and the setting changes while it is cut out."""
    shutil.rmtree(scanned.program.library / "cache" / "faces")
    made = PreviewService._made

    with scanned.program.open() as library:

        def late(self: PreviewService, *arguments: object) -> object:
            result = made(self, *arguments)  # type: ignore[arg-type]
            assert "faces" in cached(scanned)
            library.settings.set(SETTING, "false")
            made(self, *arguments)  # type: ignore[arg-type]
            return result

        monkeypatch.setattr(PreviewService, "_made", late)
        assert library.thumbnails.face(faces_of(library)[0]) is None
    assert cached(scanned) == {"photos": len(FACES)}


def test_a_scan_under_way_leaves_none(unscanned: Scanned, monkeypatch: pytest.MonkeyPatch) -> None:
    """It began with pictures of faces; the setting changes while photos are read."""
    with unscanned.program.open() as library:
        states = [True, True]
        monkeypatch.setattr(
            "faceorganizer.services.scan.service.ScanService._keeps_faces", lambda _: states.pop() if states else False
        )
        library.scan([unscanned.folder])
    assert cached(unscanned) == {"photos": len(FACES)}


def test_a_worker_makes_thumbnails_of_photos_alone(scanned: Scanned, tmp_path: Path) -> None:
    options = VisionOptions(Detail.FAST, 0.2, "68-point", False, "onnxruntime", tmp_path / "models")
    worker = PhotoWorker(options, 10.0, tmp_path / "cache", face_pictures=False)
    with Image.open(scanned.folder / PORTRAIT) as image:
        width, height = image.size
    done = worker(AnalyseTask(1, bytes(32), 1, scanned.folder / PORTRAIT, width, height))  # type: ignore[arg-type]
    assert len(done.faces) == 1  # type: ignore[union-attr]
    assert [path.parts[-3] for path in (tmp_path / "cache").rglob("*.jpg")] == ["photos"]
