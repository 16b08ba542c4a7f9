"""How long it takes to find similar faces in large libraries: synthetic people, up to a million faces.

    python -m tests.benchmarks.similar_speed index --faces 100000 --faces 1000000
    python -m tests.benchmarks.similar_speed library FOLDER

``index`` asks the open index alone, and compares with the true neighbours. ``library`` asks a library that
``grouping_scale library`` made, transaction, names and all.
"""

import resource
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import faiss
import numpy as np
import typer

from faceorganizer.domain.ids import FaceId
from faceorganizer.library import Library
from faceorganizer.neighbours.lookup import OpenIndex
from tests.benchmarks.grouping_scale import crowd

WANTED = 20
Answer = TypeVar("Answer")

app = typer.Typer(add_completion=False)
Faces = Annotated[list[int], typer.Option(help="Size of a library; may be given several times.")]


class Clock:
    """Milliseconds of questions, by the clock and of the processor."""

    def __init__(self) -> None:
        self._taken: list[tuple[float, float]] = []

    def ask(self, question: Callable[[], Answer]) -> Answer:
        wall, cpu = time.perf_counter(), time.process_time()
        answer = question()
        self._taken.append((1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)))
        return answer

    def __str__(self) -> str:
        parts = np.percentile(np.array(self._taken), [50, 95, 100], axis=0).T
        words = [f"median {middle:.1f} ms, 95 % {most:.1f}, most {worst:.1f}" for middle, most, worst in parts]
        return f"{words[0]} (CPU: {words[1]})"


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


@app.command()
def index(faces: Faces, queries: int = 300) -> None:
    """Time to build and to ask, and the share of the true 20 nearest that are found."""
    for count in faces:
        vectors, _ = crowd(count)
        before, wall, cpu = peak(), time.perf_counter(), time.process_time()
        opened = OpenIndex(np.arange(count), vectors)
        built = f"{time.perf_counter() - wall:.1f} s (CPU {time.process_time() - cpu:.1f} s)"
        after = peak()
        asked = np.random.default_rng(1).choice(count, queries, replace=False)
        exact = faiss.IndexFlatL2(128)
        exact.add(vectors)
        true = exact.search(vectors[asked], WANTED)[1]
        clock, hits = Clock(), 0
        for row, wanted in zip(asked.tolist(), true, strict=True):
            found, _ = clock.ask(partial(opened.nearest, vectors[row], 2 * WANTED))
            # As the program does: the few that are found are measured again.
            squares = np.square(vectors[found] - vectors[row]).sum(axis=1)
            hits += len(np.intersect1d(found[np.argsort(squares)[:WANTED]], wanted))
        started = time.perf_counter()
        opened.remove(asked[:1])
        opened.add(asked[:1], vectors[asked[:1]])
        followed = 1000 * (time.perf_counter() - started)
        print(f"{count:,} faces: built in {built}, {after - before:.2f} GB more at the peak ({before:.2f} before)")
        share = hits / (queries * WANTED)
        print(f"  a question {clock}; recall@{WANTED} {share:.4f}; a change {followed:.1f} ms")


@app.command()
def library(folder: Path, queries: int = 200) -> None:
    """Time of the first question and of the next ones, of a library."""
    with Library.open(folder) as opened:
        faces = np.random.default_rng(1).choice([record.face for record in opened.faces.list()], queries)
        before = peak()
        started = time.perf_counter()
        opened.similar.to_face(FaceId(int(faces[0])), limit=WANTED)
        print(f"first question {time.perf_counter() - started:.1f} s, {peak() - before:.2f} GB more at the peak")
        clock = Clock()
        for face in faces.tolist():
            clock.ask(partial(opened.similar.to_face, FaceId(face), limit=WANTED))
        print(f"a question {clock}")


if __name__ == "__main__":
    app()
