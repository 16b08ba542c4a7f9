"""How fast names go out into sidecars and photos, and come in again.

With the project on the path:

    python tests/benchmarks/metadata_speed.py [--photos 10000] [--in-file 1000] [--folder DIR]

The library is filled without a scan: small JPEG files of all eight orientations with two faces each, of fifty people.
Files are written to a temporary folder, or to one on the disk that is to be measured.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image

from faceorganizer import Library
from faceorganizer.db.database import Database
from faceorganizer.domain.faces import AssignmentSource, EmbeddingModel, FaceObservations
from faceorganizer.domain.pictures import FileRecord, FileState
from faceorganizer.imaging.identify import identify

MODEL = EmbeddingModel("drawn", "0" * 16, 4, "euclidean", "68-point")
PEOPLE = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=10_000)
    parser.add_argument("--in-file", type=int, default=1_000)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        photos = Path(folder, "photos")
        with timed("making the photos and the library", arguments.photos):
            make_photos(photos, arguments.photos)
            fill(Path(folder, "library"), photos)
        with Library.open(Path(folder, "library")) as library:
            measure(library, arguments.photos, arguments.in_file, photos)


def measure(library: Library, count: int, in_file: int, photos: Path) -> None:
    def run(title: str, work: Callable[[], object], number: int) -> None:
        with timed(title, number):
            print(f"  {work()}")

    def written(**options: object) -> str:
        report = library.metadata.write(**options)  # type: ignore[arg-type]
        done = f"{report.sidecars} sidecars, {report.files} files, {report.unchanged} unchanged"
        return f"{done}, {len(report.problems)} problems"

    def taken(**options: object) -> str:
        report = library.metadata.import_metadata(**options)  # type: ignore[arg-type]
        return f"{report.confirmed} named, {report.agreed} agreed, {len(report.conflicts)} conflicts"

    run("sidecars, first", written, count)
    run("sidecars, nothing to do", written, count)
    run("import, nothing new", taken, count)
    run("what other programs changed", lambda: len(library.metadata.changed_elsewhere()), count)
    run("undo", lambda: len(library.undo().of("written")), count)
    some = sorted(photos.rglob("*.jpg"))[:in_file]
    run("into photos, first", lambda: written(paths=some, where="file"), len(some))
    run("undo", lambda: len(library.undo().of("written")), len(some))


@contextmanager
def timed(title: str, count: int):  # type: ignore[no-untyped-def]
    start = time.perf_counter()
    yield
    seconds = time.perf_counter() - start
    print(f"{title}: {seconds:.1f} s, {count / seconds:,.0f} photos/s", flush=True)


def make_photos(album: Path, count: int) -> None:
    pixels = np.random.default_rng(1)
    for number in range(count):
        path = album / f"{number // 500:03d}" / f"IMG_{number:06d}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        exif = Image.Exif()
        exif[274] = 1 + number % 8
        Image.fromarray(pixels.integers(0, 255, (24, 32, 3), np.uint8)).resize((640, 480)).save(path, exif=exif)


def fill(folder: Path, photos: Path) -> None:
    """Put photos into a new library, with two named faces each."""
    database = Database.create(folder)
    random = np.random.default_rng(2)
    with database.write() as unit:
        root = unit.roots.add(photos, "").id
        model = unit.models.id_of(MODEL)
        people = [unit.people.create(f"Person {number}") for number in range(PEOPLE)]
        found_by: dict[int, list[int]] = {}
        for path in sorted(photos.rglob("*.jpg")):
            identity = identify(path, max_megapixels=10)
            content = unit.contents.add(identity)
            status = path.stat()
            place = path.relative_to(photos).as_posix()
            unit.files.add(
                [
                    FileRecord(
                        0,
                        root,
                        place,
                        status.st_size,
                        status.st_mtime_ns,
                        identity.file_hash,
                        content,
                        FileState.PRESENT,  # type: ignore[arg-type]
                    )
                ]
            )
            boxes = np.array([[40, 60, 80, 100], [240, 120, 90, 110]], np.float32)
            found = FaceObservations(
                boxes,
                np.ones(2, np.float32),
                np.zeros((2, 68, 2), np.float32),
                np.ones((2, 4), np.float32),
                np.ones(2, np.float32),
            )
            faces = unit.faces.store(content, model, "drawn", found, [], [])
            for face, person in zip(faces, random.choice(PEOPLE, 2, replace=False).tolist(), strict=True):
                found_by.setdefault(person, []).append(face)
        for person, faces in found_by.items():
            unit.people.assign(faces, people[person], AssignmentSource.CONFIRMED)  # type: ignore[arg-type]
    database.close()


if __name__ == "__main__":
    main()
