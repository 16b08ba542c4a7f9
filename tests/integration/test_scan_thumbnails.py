"""Thumbnails are made by the scan, and made anew when they are gone."""

import io
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from album_material import (
    COPY,
    FACES,
    MIRRORED,
    PORTRAIT,
    POSIX,
    SCENERY,
    SIDE,
    TURNED,
    TWINS,
    Scanned,
    counts,
    portrait,
    retag,
    save_jpeg,
    scenery,
)
from PIL import Image

from faceorganizer.domain.errors import UnknownIdError
from faceorganizer.domain.ids import ContentId
from faceorganizer.domain.pictures import Detail
from faceorganizer.services.scan.tasks import Analysed, AnalyseTask, VisionOptions
from faceorganizer.services.scan.worker import PhotoWorker

FACES_IN_ALL = sum(FACES.values())


def pixels(jpeg: bytes | None) -> np.ndarray:
    assert jpeg is not None
    with Image.open(io.BytesIO(jpeg)) as image:
        assert image.format == "JPEG"
        return np.asarray(image.convert("RGB"), np.int16)


def difference(jpeg: bytes | None, picture: Image.Image) -> float:
    return float(np.abs(pixels(jpeg) - np.asarray(picture, np.int16)).mean())


def kept(album: Scanned, what: str = "*") -> list[Path]:
    return sorted((album.program.library / "cache").glob(f"{what}/??/*.jpg"))


def forget(album: Scanned) -> None:
    shutil.rmtree(album.program.library / "cache")


def photo_id(album: Scanned, path: str) -> Any:
    with album.program.open() as library:
        return next(photo.photo for photo in library.photos() if photo.path == album.folder / path)


def thumbnail(album: Scanned, path: str) -> bytes | None:
    with album.program.open() as library:
        return library.thumbnails.photo(photo_id(album, path))


def face_pictures(album: Scanned, path: str) -> Sequence[bytes | None]:
    with album.program.open() as library:
        return [library.thumbnails.face(face.face) for face in library.faces.list(photo=album.folder / path)]


def set_limit(album: Scanned, megabytes: int) -> None:
    album.program.run("settings", "set", "cache.megabytes", megabytes)


def test_a_scan_makes_one_thumbnail_a_picture_and_one_a_face(template: Any, scanned: Scanned) -> None:
    assert template.report["seconds"]["thumbnails"] > 0
    assert template.report["notices"] == []
    assert (len(kept(scanned, "photos")), len(kept(scanned, "faces"))) == (len(FACES), FACES_IN_ALL)
    assert photo_id(scanned, COPY) == photo_id(scanned, PORTRAIT)  # copies share theirs
    shutil.rmtree(scanned.folder)  # what follows comes from the cache
    assert difference(thumbnail(scanned, PORTRAIT), portrait(0)) < 4
    assert difference(thumbnail(scanned, SCENERY), scenery()) < 4
    assert pixels(thumbnail(scanned, TWINS)).shape == (SIDE, 2 * SIDE, 3)
    assert [pixels(face).shape for face in face_pictures(scanned, TWINS)] == [(256, 256, 3)] * 2
    size = sum(path.stat().st_size for path in (scanned.program.library / "cache").rglob("*") if path.is_file())
    assert scanned.program.document("library", "info")["cache_bytes"] == size > 0


def test_pictures_of_a_turned_photo_are_upright(scanned: Scanned) -> None:
    before = kept(scanned)
    face = scanned.face(TURNED)
    x, y, width, height = face.box
    side = min(round(max(width, height) * 1.8), SIDE)
    left, top = (min(max(start, 0), SIDE - side) for start in (x + (width - side) // 2, y + (height - side) // 2))
    wanted = portrait(8).crop((left, top, left + side, top + side)).resize((256, 256), Image.Resampling.BICUBIC)
    (seen,) = face_pictures(scanned, TURNED)
    assert np.abs(pixels(seen) - np.asarray(wanted, np.int16)).mean() < 6
    assert difference(thumbnail(scanned, TURNED), portrait(8)) < 4
    assert kept(scanned) == before  # they were there


def test_a_changed_orientation_tag_turns_the_pictures(scanned: Scanned) -> None:
    retag(scanned.folder / MIRRORED, orientation=3)
    scanned.scan("--no-cluster")
    before = kept(scanned)
    assert difference(thumbnail(scanned, MIRRORED), portrait(1).transpose(Image.Transpose.ROTATE_180)) < 4
    assert all(face is not None for face in face_pictures(scanned, MIRRORED))
    assert kept(scanned) == before


def test_a_deleted_cache_is_made_anew(scanned: Scanned) -> None:
    before = [thumbnail(scanned, PORTRAIT), *face_pictures(scanned, TWINS)]
    forget(scanned)
    assert counts(scanned.scan()) == {"unchanged": len(FACES) + 1}
    assert [thumbnail(scanned, PORTRAIT), *face_pictures(scanned, TWINS)] == before
    assert (len(kept(scanned, "photos")), len(kept(scanned, "faces"))) == (2, 2)


def test_without_an_original_there_is_no_picture(scanned: Scanned) -> None:
    forget(scanned)
    (scanned.folder / PORTRAIT).unlink()
    assert thumbnail(scanned, PORTRAIT) is not None  # there is a copy of it
    forget(scanned)
    (scanned.folder / COPY).unlink()
    face = scanned.face(PORTRAIT)
    with scanned.program.open() as library:
        assert library.thumbnails.photo(face.photo) is None
        assert library.thumbnails.face(face.face) is None
        with pytest.raises(UnknownIdError):
            library.thumbnails.photo(type(face.photo)(10**9))
        with pytest.raises(UnknownIdError):
            library.thumbnails.face(type(face.face)(10**9))
    save_jpeg(scenery(), scanned.folder / PORTRAIT)  # another picture in its place is not shown as if it were that
    assert thumbnail(scanned, PORTRAIT) is None


def test_a_damaged_file_is_made_anew(scanned: Scanned) -> None:
    before = thumbnail(scanned, TWINS), *face_pictures(scanned, TWINS)
    whole = {path: path.read_bytes() for path in kept(scanned)}
    for path, content in whole.items():
        path.write_bytes(content[: len(content) // 2])
    assert (thumbnail(scanned, TWINS), *face_pictures(scanned, TWINS)) == before
    assert sum(path.read_bytes() == content for path, content in whole.items()) == 3


def test_a_limit_of_zero_keeps_none(fresh: Scanned, monkeypatch: pytest.MonkeyPatch) -> None:
    save_jpeg(portrait(0), fresh.folder / "a.jpg")
    set_limit(fresh, 0)
    report = fresh.scan(fresh.folder)
    assert "thumbnails" not in report["seconds"]
    monkeypatch.setenv("FACEORGANIZER_CONFIG", fresh.program.environment["FACEORGANIZER_CONFIG"])
    assert difference(thumbnail(fresh, "a.jpg"), portrait(0)) < 4
    assert [pixels(face).shape for face in face_pictures(fresh, "a.jpg")] == [(256, 256, 3)]
    assert kept(fresh) == []


def test_a_lowered_limit_empties_the_cache_at_the_next_scan(scanned: Scanned) -> None:
    set_limit(scanned, 0)
    scanned.scan("--no-cluster")
    assert kept(scanned) == []


@POSIX
def test_a_cache_that_cannot_be_written_to_is_told_once_and_costs_no_face(
    fresh: Scanned, without_rights: tuple[str, ...]
) -> None:
    for number in range(6):
        save_jpeg(portrait(number), fresh.folder / f"{number}.jpg")
    fresh.program.run("library", "create")
    cache = fresh.program.library / "cache"
    cache.chmod(0o500)
    try:
        report = replace(fresh.program, prefix=without_rights).scan(fresh.folder, "--jobs", 2)
    finally:
        cache.chmod(0o700)
    assert counts(report) == {"new": 6}
    assert report["faces"] == 6
    (notice,) = report["notices"]
    assert notice.startswith(f"Thumbnails cannot be kept in {cache}: permission denied.")
    assert kept(fresh) == []
    assert len(face_pictures(fresh, "0.jpg")) == 1
    assert len(kept(fresh)) == 2


def test_a_worker_that_cannot_keep_thumbnails_says_so_once_and_tries_no_more(tmp_path: Path) -> None:
    path = save_jpeg(portrait(0), tmp_path / "a.jpg")
    cache = tmp_path / "cache"
    cache.write_bytes(b"a file where a folder should be")
    options = VisionOptions(Detail.FAST, 0.2, "68-point", False, "onnxruntime", tmp_path / "models")
    worker = PhotoWorker(options, 10.0, cache)
    first, second = (worker(AnalyseTask(ContentId(1), bytes(32), 1, path, SIDE, SIDE)) for _ in range(2))
    assert isinstance(first, Analysed)
    assert isinstance(second, Analysed)
    assert len(first.faces) == len(second.faces) == 1
    assert first.thumbnail_error.startswith("Thumbnails cannot be kept in")
    assert (second.thumbnail_error, second.thumbnail_bytes) == ("", 0)
    assert "thumbnails" not in second.seconds
