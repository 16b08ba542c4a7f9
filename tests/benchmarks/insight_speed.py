"""Maps of many faces by each method, and what insight takes.

With the project on the path:

    OMP_NUM_THREADS=1 python tests/benchmarks/insight_speed.py [--faces 100000] [--methods sample,tsne,umap]

Faces are invented: people of sizes as in a family's library, around places of their own on the sphere. Of a map it is
told how many of a face's ten nearest in the descriptors are among its ten nearest on the map, and how many of these
are the same person; "sample" is t-SNE of 5,000 faces, among which the others are put, as without the extra "maps".
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import faiss
import numpy as np

from faceorganizer.domain.insight import DistanceHistogram, FigureStyle, MapPoints, PeopleDistances
from faceorganizer.domain.people import PersonRecord
from faceorganizer.domain.progress import Unattended
from faceorganizer.recognition.insight import (
    closest_people,
    distances_between,
    pair_distances,
    people_means,
    side_by_side,
)
from faceorganizer.recognition.maps import SAMPLE, face_map
from faceorganizer.services.recognition.figures import save_figure

ASKED = 2000  # faces whose neighbours are looked at
NEAREST = 10
DIMENSION = 128
Result = TypeVar("Result")


def told(name: str, work: Callable[[], Result]) -> Result:
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    seconds, used = time.perf_counter() - clock, time.process_time() - processor
    print(f"{name:<60} {seconds:8.1f} s  {used:8.1f} s of the processor", flush=True)
    return result


def invented(count: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    people = max(2, count // 20)
    middles = random.normal(size=(people, DIMENSION))
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    sizes = 1 / np.arange(1, people + 1) ** 0.7
    who = random.choice(people, count, p=sizes / sizes.sum())
    vectors = middles[who] + 0.6 * random.normal(size=(count, DIMENSION)) / DIMENSION**0.5
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), who


def neighbours(vectors: np.ndarray, asked: np.ndarray) -> np.ndarray:
    index = faiss.IndexFlatL2(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, np.float32))
    return index.search(np.ascontiguousarray(vectors[asked], np.float32), NEAREST + 1)[1][:, 1:]


def maps(vectors: np.ndarray, who: np.ndarray, methods: list[str]) -> np.ndarray:
    asked = np.random.default_rng(1).choice(len(vectors), min(ASKED, len(vectors)), replace=False)
    near = neighbours(vectors, asked)
    print(f"same person among the ten nearest descriptors: {(who[near] == who[asked][:, None]).mean():.3f}")
    places = np.zeros((len(vectors), 2), np.float32)
    for method in methods:
        sample = SAMPLE if method == "sample" else None
        kind = "umap" if method == "umap" else "tsne"
        places = told(
            f"map of {len(vectors)} faces, {method}",
            lambda kind=kind, sample=sample: face_map(vectors, context=Unattended(), method=kind, sample=sample),
        )
        found = neighbours(places, asked)
        kept = np.mean([len(set(a) & set(b)) / NEAREST for a, b in zip(near.tolist(), found.tolist(), strict=True)])
        print(f"    neighbours kept {kept:.3f}, same person {(who[found] == who[asked][:, None]).mean():.3f}")
    return places


def insight(vectors: np.ndarray, who: np.ndarray, places: np.ndarray) -> None:
    pairs = told("pairs of faces: 500,000 of each kind", lambda: pair_distances(vectors, who, context=Unattended()))
    means = told("people reduced to means", lambda: people_means(vectors, who))
    print(f"    {len(means)} people")
    told("closest pairs of all people", lambda: closest_people(means, 200, context=Unattended()))
    largest = means.only(np.sort(np.argsort(-means.faces)[:2000]))
    matrix = told("matrix of 2,000 people", lambda: distances_between(largest))
    order = told("who is alike side by side", lambda: side_by_side(matrix))
    records = [
        PersonRecord(number, f"Person {number}", int(faces), int(faces), None, False)
        for number, faces in zip(largest.people.tolist(), largest.faces.tolist(), strict=True)
    ]
    edges = np.arange(0, 2, 0.02, dtype=np.float32)
    rows, names = np.arange(len(who)), {record.id: record.name or "" for record in records}
    shown = {
        "distances": DistanceHistogram(
            edges, np.histogram(pairs.same, edges)[0], np.histogram(pairs.different, edges)[0], pairs.same_pairs,
            pairs.different_pairs, len(who), len(means), 0.49,
        ),
        "people": PeopleDistances([records[row] for row in order], matrix[np.ix_(order, order)], len(means), []),
        "map": MapPoints("tsne", rows, rows, who, places, names),
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for name, content in shown.items():
            for suffix in ("png", "svg", "csv"):
                file = Path(folder) / f"{name}.{suffix}"
                told(
                    f"figure of {name} as {suffix}",
                    lambda content=content, file=file: save_figure(
                        content, file, Path(folder) / "cache", Unattended(), style=FigureStyle()
                    ),
                )
                print(f"    {file.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faces", type=int, default=100_000)
    parser.add_argument("--methods", default="sample,tsne,umap")
    options = parser.parse_args()
    vectors, who = invented(options.faces)
    insight(vectors, who, maps(vectors, who, [method for method in options.methods.split(",") if method]))


if __name__ == "__main__":
    main()
