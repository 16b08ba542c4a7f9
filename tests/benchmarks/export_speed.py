"""Exports 10,000 photos in every way, beside what the disk does by itself.

    python tests/benchmarks/export_speed.py [--photos 10000] [--kilobytes 300] [--folder DIR]

The photos are files of random bytes with the head of a JPEG file; 200 people are in them, one or two in each. "Plain
copy" is shutil.copyfile file by file and a sync at the end; "one file" writes all bytes into a single file, and syncs.
Times are by the clock; beside them the processor time, which others on the machine do not lengthen.
"""

import argparse
import hashlib
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from faceorganizer import Library
from faceorganizer.db.database import Database
from faceorganizer.domain.export import ExportKind, ExportOrder, ExportWay
from faceorganizer.domain.faces import AssignmentSource, EmbeddingModel, FaceObservations
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity

MODEL = EmbeddingModel("small", "0123456789abcdef", 4, "euclidean", "68-point")
PEOPLE = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=10_000)
    parser.add_argument("--kilobytes", type=int, default=300)
    parser.add_argument("--folder", type=Path, help="where to work; the system's temporary folder otherwise")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        measure(Path(folder), arguments.photos, arguments.kilobytes * 1000)


def measure(folder: Path, photos: int, size: int) -> None:
    originals = folder / "photos"
    library = fill(folder / "library", originals, photos, size)
    files = sorted(originals.iterdir())
    amount = photos * size / 1e6
    print(f"{photos} photos of {size / 1000:.0f} kB: {amount:.0f} MB")
    show("one file", lambda: one_file(files, folder / "one"), amount)
    show("plain copy", lambda: plain_copy(files, folder / "plain"), amount)
    flat = ExportOrder(destination=folder / "out", layout="flat")
    show("plan", lambda: library.export.plan(flat), amount)
    show("copy, verified", lambda: library.export.run(flat), amount)
    show("again, nothing new", lambda: library.export.run(flat), amount)
    shutil.rmtree(folder / "out")
    archive = ExportOrder(destination=folder / "out.zip", kind=ExportKind.ZIP, layout="flat")
    show("zip", lambda: library.export.run(archive), amount)
    (folder / "out.zip").unlink()
    for way in (ExportWay.HARD, ExportWay.SYMBOLIC):
        order = ExportOrder(destination=folder / way.value, way=way)
        show(f"{way.value} links, by person", lambda order=order: library.export.run(order), amount)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    library.close()


def fill(place: Path, originals: Path, photos: int, size: int) -> Library:
    rng = np.random.default_rng(1)
    originals.mkdir()
    database = Database.create(place)
    with database.write() as unit:
        root, model = unit.roots.add(originals, "1:1").id, unit.models.id_of(MODEL)
        people = [unit.people.create(f"Person {number:03}") for number in range(PEOPLE)]
        for number in range(photos):
            content = b"\xff\xd8\xff\xe0" + rng.bytes(size - 4)
            path = originals / f"IMG_{number:05}.jpg"
            path.write_bytes(content)
            digest = hashlib.blake2b(content, digest_size=32).digest()
            status = path.stat()
            picture = unit.contents.add(PictureIdentity(digest, digest, "jpeg", 4000, 3000))
            unit.files.add(
                [
                    FileRecord(
                        0,  # type: ignore[arg-type]
                        root,
                        path.name,
                        size,
                        status.st_mtime_ns,
                        digest,
                        picture,
                        FileState.PRESENT,
                    )
                ]
            )
            count = 1 + number % 2
            boxes = np.array([[100 + 900 * index, 100, 400, 400] for index in range(count)], np.float32)
            ones = np.ones(count, np.float32)
            landmarks, descriptors = np.zeros((count, 68, 2), np.float32), np.zeros((count, 4), np.float32)
            found = FaceObservations(boxes, ones, landmarks, descriptors, ones)
            for index, face in enumerate(unit.faces.store(picture, model, "test", found, [], [])):
                unit.people.assign([face], people[(number + 7 * index) % PEOPLE], AssignmentSource.MANUAL)
    os.sync()
    return Library(database)


def one_file(files: list[Path], target: Path) -> None:
    with target.open("wb") as file:
        for path in files:
            file.write(path.read_bytes())
        file.flush()
        os.fsync(file.fileno())
    target.unlink()


def plain_copy(files: list[Path], target: Path) -> None:
    target.mkdir()
    for path in files:
        shutil.copyfile(path, target / path.name)
    os.sync()
    shutil.rmtree(target)


def show(name: str, act: Callable[[], object], amount: float) -> None:
    os.sync()
    began, worked = time.perf_counter(), time.process_time()
    act()
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    print(f"{name:28} {seconds:7.1f} s {amount / seconds:8.0f} MB/s, processor {worked:6.1f} s", flush=True)


if __name__ == "__main__":
    main()
