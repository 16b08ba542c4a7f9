"""A real scan, names written for other programs, exiftool as the judge, and the way back into another library."""

import json
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from album_material import portrait
from PIL import Image
from xmp_material import exiftool

from faceorganizer import Library
from faceorganizer.domain.geometry import ORIENTATIONS, upright_pixels

pytestmark = pytest.mark.slow
INVERSE = {6: 8, 8: 6}
NAME = "Eileen Collins"


def album(folder: Path) -> None:
    """One portrait in every format, and as JPEG in all eight orientations; each stored so that it is upright."""
    folder.mkdir()
    pillow_heif.register_heif_opener()
    pixels = np.asarray(portrait())
    for orientation in ORIENTATIONS:
        stored = upright_pixels(pixels, INVERSE.get(orientation, orientation))
        exif = Image.Exif()
        exif[274] = orientation
        Image.fromarray(np.ascontiguousarray(stored)).save(folder / f"turned{orientation}.jpg", quality=95, exif=exif)
        if orientation == 6:
            for suffix in ("png", "webp", "tif"):
                Image.fromarray(np.ascontiguousarray(stored)).save(folder / f"turned6.{suffix}", exif=exif)
    for suffix in ("png", "webp", "tif", "heic"):
        Image.fromarray(pixels[: -len(suffix)]).save(folder / f"straight.{suffix}")


@pytest.mark.parametrize("where", ["sidecar", "file"])
def test_names_go_out_and_come_back(tmp_path, where):
    photos = tmp_path / "photos"
    album(photos)
    with Library.create(tmp_path / "first") as library:
        library.scan([photos])
        boxes = {face.path.name: face.box for face in library.faces.list() if face.score > 0.5}
        assert set(boxes) == {path.name for path in photos.iterdir()}
        library.people.name_faces([face.face for face in library.faces.list() if face.score > 0.5], NAME)
        report = library.metadata.write(where=where)
        assert (report.problems, report.conflicts) == ((), ())
        assert report.sidecars + report.files == len(boxes)
        assert report.sidecars == (len(boxes) if where == "sidecar" else 1)  # of the HEIC
        again = library.scan([photos])
        assert dict(again.photos) == {**dict.fromkeys(again.photos, 0), "seen": len(boxes), "unchanged": len(boxes)}
    judged(photos, boxes)
    with Library.create(tmp_path / "second") as library:
        library.scan([photos])
        report = library.metadata.import_metadata()
        assert (report.confirmed, report.drawn, report.conflicts, report.problems) == (len(boxes), 0, (), ())
        assert {face.path.name for face in library.faces.list() if face.name == NAME} == set(boxes)


def judged(photos: Path, boxes: dict[str, tuple[int, int, int, int]]) -> None:
    """Hold what exiftool reads against the faces, turned by the orientation that exiftool reads."""
    sources = [next(filter(Path.exists, (photos / f"{name}.xmp", photos / name))) for name in boxes]
    said = json.loads(exiftool("-json", "-struct", "-RegionInfo", *sources))
    for (name, (x, y, width, height)), source in zip(boxes.items(), said, strict=True):
        orientation = int(name[6]) if name.startswith("turned") else 1
        (region,) = (each for each in source["RegionInfo"]["RegionList"] if each["Name"] == NAME)
        applied, area = source["RegionInfo"]["AppliedToDimensions"], region["Area"]
        marked = np.zeros((applied["H"], applied["W"], 1), np.uint8)
        left, top = (area["X"] - area["W"] / 2) * applied["W"], (area["Y"] - area["H"] / 2) * applied["H"]
        right, bottom = left + area["W"] * applied["W"], top + area["H"] * applied["H"]
        marked[round(top) : round(bottom), round(left) : round(right)] = 1
        rows, columns = np.nonzero(upright_pixels(marked, orientation)[:, :, 0])
        found = (columns.min(), rows.min(), columns.max() + 1 - columns.min(), rows.max() + 1 - rows.min())
        assert found == pytest.approx((x, y, width, height), abs=1), name
