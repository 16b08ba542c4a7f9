"""What new faces cost a library that is grouped, and whether the result is that of grouping everything again.

python -m tests.benchmarks.grouping_living synthetic --faces 100000 --new 500
python -m tests.benchmarks.grouping_living lfw FOLDER --features FEATURES.npz
"""

from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from faceorganizer.clustering.metrics import lone
from faceorganizer.domain.faces import FaceTable
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import Unattended
from faceorganizer.services.clustering.grouping import extend_groups, group_faces
from faceorganizer.services.clustering.service import GroupingTask
from tests.benchmarks.grouping_lfw import load_features
from tests.benchmarks.grouping_scale import Watch, agreement, crowd

NO_PAIRS = np.zeros((0, 2), np.int64)

app = typer.Typer(add_completion=False)


def task_of(vectors: FloatArray, persons: IntArray) -> GroupingTask:
    count = len(vectors)
    rows = np.arange(count)
    faces = FaceTable(rows + 1, rows, np.ones(count, np.float32), persons, np.zeros(count, bool), vectors)
    return GroupingTask(faces, np.zeros(0, np.int64), NO_PAIRS, NO_PAIRS, NO_PAIRS, True, "infomap", {}, 80)


def numbered(persons: IntArray) -> IntArray:
    """New groups with ids of their own."""
    return np.where(persons < -1, persons.max(initial=0) - 1 - persons, persons)


def compare(vectors: FloatArray, people: IntArray, new: int) -> None:
    count = len(vectors)
    watch = Watch()
    old = numbered(group_faces(task_of(vectors[: count - new], np.full(count - new, -1))))
    print(f"{count - new:,} faces grouped in {watch}, {agreement(people[: count - new], lone(old))}", flush=True)
    task = task_of(vectors, np.append(old, np.full(new, -1)))
    fresh = np.arange(count - new, count)
    for _ in range(2):  # the first time libraries are loaded
        watch = Watch()
        grown = numbered(extend_groups(task, fresh, Unattended()))
        print(f"{new} new faces added in {watch}", flush=True)
    whole = numbered(group_faces(task_of(vectors, np.full(count, -1))))
    print(f"added: {agreement(people, lone(grown))}; all at once: {agreement(people, lone(whole))}")
    print(f"one against the other: {agreement(lone(whole), lone(grown))}")
    kept = np.isin(people, people[fresh])
    print(f"  on the people of the new faces alone: {agreement(lone(whole)[kept], lone(grown)[kept])}")


@app.command()
def synthetic(faces: int = 100_000, new: int = 500) -> None:
    """Synthetic people."""
    compare(*crowd(faces + new), new)


@app.command()
def lfw(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)],
    features: Path = Path("lfw.npz"),
    new: int = 300,
) -> None:
    """Faces of LFW in random order, the last ones new."""
    vectors, people = load_features(folder, features)
    order = np.random.default_rng(0).permutation(len(people))
    compare(vectors[order], people[order], new)


if __name__ == "__main__":
    app()
