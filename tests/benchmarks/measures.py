"""How long the measures of a grouping take: all of them, labels already read.

With the project on the path:

    python tests/benchmarks/measures.py [--faces 1000000]
"""

import time
from typing import Annotated

import numpy as np
import typer

from faceorganizer.clustering.metrics import measure


def main(faces: Annotated[int, typer.Option(min=100)] = 1_000_000, rounds: int = 5) -> None:
    """Print the median of some rounds, with labels from zero up and with labels of any size."""
    random = np.random.default_rng(0)
    true = random.integers(0, faces // 20, faces)
    found = np.where(random.random(faces) < 0.9, true, random.integers(0, faces // 12, faces))
    for title, factor in (("labels from zero up", 1), ("labels of any size", 10**9)):
        seconds = []
        for _ in range(rounds):
            started = time.perf_counter()
            measures = measure(true * factor, found * factor)
            seconds.append(time.perf_counter() - started)
        print(f"{faces:,} faces, {title}: {np.median(seconds):.2f} s, BCubed F {measures.bcubed.f:.4f}")


if __name__ == "__main__":
    typer.run(main)
