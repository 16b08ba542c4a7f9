"""How long a scan takes that finds nothing new, and what a first one costs per file that needs no search.

    python tests/benchmarks/rescan.py [--photos 10000]

The photos are small and all different; the times are those of the whole command, start-up included.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        album = Path(folder, "album")
        make_photos(album, arguments.photos)
        print(f"first scan of {arguments.photos} photos: {scan(folder, album):.1f} s")
        for _ in range(arguments.rounds):
            print(f"scan again, nothing changed: {scan(folder, album):.2f} s")


def make_photos(album: Path, count: int) -> None:
    pixels = np.random.default_rng(1)
    for number in range(count):
        path = album / f"{number // 500:03d}" / f"IMG_{number:06d}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels.integers(0, 255, (24, 32, 3), np.uint8)).resize((96, 72)).save(path)


def scan(folder: str, album: Path) -> float:
    command = [sys.executable, "-m", "faceorganizer", "--quiet", "--library", f"{folder}/library", "scan", str(album)]
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
