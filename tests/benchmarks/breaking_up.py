"""How well a mixed person is broken into its people: people of LFW, each mixed with the one it looks most like.

    python tests/benchmarks/breaking_up.py shared/data/lfw --features lfw.npz [--first 0] [--count 60]

Descriptors are those of tests/benchmarks/grouping_lfw.py. People with six pictures or more take their turn in a random
order; the cuts of faceorganizer/services/clustering/grouping.py were chosen on the first 60 of them.
"""

from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from grouping_lfw import load_features

from faceorganizer.domain.faces import FaceTable
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.services.clustering.grouping import part_faces
from faceorganizer.services.clustering.parts import PartsTask

LEAST, OTHER_LEAST, MOST = 6, 3, 60  # pictures of a person


def main(
    folder: Annotated[Path, typer.Argument(help="One folder of pictures per person.")],
    features: Annotated[Path, typer.Option(help="Where descriptors are kept.")],
    first: Annotated[int, typer.Option(help="How many people to pass over.")] = 0,
    count: Annotated[int, typer.Option(help="How many people to try.")] = 60,
) -> None:
    """Print how many parts are proposed and how pure they are, for mixed people and for those who are one."""
    vectors, people = load_features(folder, features)
    sizes = np.bincount(people)
    order = np.random.default_rng(0).permutation(np.flatnonzero(sizes >= LEAST))[first : first + count]
    means = np.array([vectors[people == person].mean(axis=0) for person in range(len(sizes))])
    mixed, single = [], []
    for person in order:
        distances = np.linalg.norm(means - means[person], axis=1)
        distances[(sizes < OTHER_LEAST) | (np.arange(len(sizes)) == person)] = np.inf
        own, others = (np.flatnonzero(people == who)[:MOST] for who in (person, distances.argmin()))
        mixed.append(taken_apart(vectors, people, np.concatenate([own, others])))
        single.append(taken_apart(vectors, people, own))
    for name, results in (("two people in one", mixed), ("one person", single)):
        before, parts, pure = np.mean(results, axis=0)
        whole = np.mean([result[1] == 1 for result in results])
        purity = f"purity {before:.3f} before, {pure:.3f} after"
        print(f"{name}, {len(results)}: {purity}; {parts:.2f} parts; left whole {whole:.2f}")


def taken_apart(vectors: FloatArray, people: IntArray, rows: IntArray) -> tuple[float, int, float]:
    """Purity before, number of parts, and purity of the parts."""
    count = len(rows)
    table = FaceTable(
        ids=np.arange(1, count + 1),
        contents=np.arange(1, count + 1),
        quality=np.ones(count, np.float32),
        persons=np.ones(count, np.int64),
        decided=np.zeros(count, np.bool_),
        descriptors=vectors[rows],
    )
    none = np.zeros((0, 2), np.int64)
    parts = part_faces(PartsTask(table, none, none))
    truth = people[rows]
    agreeing = sum(np.bincount(truth[parts == part]).max() for part in np.unique(parts[parts >= 0]))
    return float(np.bincount(truth).max() / count), len(np.unique(parts[parts >= 0])), float(agreeing / count)


if __name__ == "__main__":
    typer.run(main)
