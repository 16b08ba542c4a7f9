"""Memory of a scan of many photos: it must stay flat.

    PYTHONPATH=. python tests/benchmarks/scan_endurance.py FOLDER [--photos 20000] [--jobs 2] [--minutes 60]

draws photos of 1000x750 into FOLDER/photos (what is there by then is kept), each another one with up to three faces of
a portrait in the public domain, scans them in fast detail into a new library, and looks at the memory of the program
and of its workers each second. Growth is the slope of a line through the samples after the first thousand photos, in MB
for 1,000 photos; peaks are the most of any second. After so many minutes the scan is asked to end, and told of as far
as it came. Ends with code 1 when a process grows by more than 2 MB for 1,000 photos, or the library is not sound.
"""

import argparse
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import skimage.data
from memory_of import Sample, watched
from PIL import Image

from faceorganizer import Library

SIZE = (1000, 750)
WARM = 1000  # photos until caches are full
ALLOWED = 2.0  # MB for 1,000 photos
FACE = (140, 20, 320, 200)  # of the portrait


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--warm", type=int, default=WARM, help="photos before the line is drawn")
    arguments = parser.parse_args()
    draw(arguments.folder / "photos", arguments.photos)
    library = arguments.folder / "library"
    shutil.rmtree(library, ignore_errors=True)
    words = ["--quiet", "--library", library, "scan", arguments.folder / "photos", "--detail", "fast", "--json"]
    command = [sys.executable, "-m", "faceorganizer", *words, "--no-cluster", "--jobs", str(arguments.jobs)]
    environment = {**os.environ, "FACEORGANIZER_CONFIG": str(arguments.folder / "settings.toml")}
    run = watched(command, lambda: searched(library), environment=environment, seconds=60 * arguments.minutes)
    main_peak, worker_peak, together = run.peak()
    done = searched(library)
    print(
        f"{done} of {arguments.photos} photos in {run.seconds:.0f} s, exit code {run.code}, {len(run.samples)} samples"
    )
    print(f"peak: {main_peak:.0f} MB the program, {worker_peak:.0f} MB a worker, {together:.0f} MB together")
    program = run.growth(lambda sample: sample.main, arguments.warm)
    worker = run.growth(_largest, arguments.warm)
    print(f"growth for 1,000 photos after {arguments.warm}: {program:+.2f} MB the program, {worker:+.2f} MB a worker")
    for at in range(0, done + 1, max(1, done // 10)):
        sample = next((sample for sample in run.samples if sample.done >= at), run.samples[-1])
        print(
            f"  {sample.done:6} photos {sample.main:7.0f} MB the program {_largest(sample):7.0f} MB the larger worker"
        )
    with Library.open(library) as opened:
        info, problems = opened.info(), opened.check()
    print(
        f"{info.faces['active']} faces, {info.bytes / 1e6:.0f} MB of database; wrong with it: {problems or 'nothing'}"
    )
    return int(bool(problems) or not (program < ALLOWED and worker < ALLOWED))


def _largest(sample: Sample) -> float:
    return max(sample.workers.values(), default=0.0)


def draw(folder: Path, count: int) -> None:
    """Photos with a coloured ground of their own, noise, and up to three faces in other sizes and light."""
    portrait = Image.fromarray(skimage.data.astronaut()).crop(FACE)
    for number in range(count):
        path = folder / f"{number // 500:03}" / f"{number:06}.jpg"
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        chance = np.random.default_rng(number)
        ground = Image.fromarray(chance.integers(40, 216, (6, 8, 3), np.uint8)).resize(SIZE, Image.Resampling.BICUBIC)
        photo = Image.fromarray((np.asarray(ground) + chance.integers(0, 24, (*SIZE[::-1], 1))).astype(np.uint8))
        for place in range(chance.integers(0, 4)):
            side = int(chance.integers(70, 300))
            face = portrait.resize((side, side)).rotate(chance.uniform(-12, 12), fillcolor=(120, 110, 100))
            light = chance.uniform(0.6, 1.15)
            shown = face.point(lambda value, light=light: min(255, int(value * light)))
            photo.paste(shown, (330 * place + int(chance.integers(0, 30)), int(chance.integers(0, SIZE[1] - side))))
        part = path.with_suffix(".part")
        photo.save(part, "JPEG", quality=85)
        part.rename(path)


def searched(library: Path) -> int:
    """How many pictures were searched so far."""
    try:
        with closing(sqlite3.connect(f"{(library / 'library.sqlite').as_uri()}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM scan").fetchone()[0])
    except sqlite3.Error:  # not made yet
        return 0


if __name__ == "__main__":
    sys.exit(main())
