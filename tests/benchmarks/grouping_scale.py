"""How grouping grows: synthetic people, from ten thousand faces to a million.

    python -m tests.benchmarks.grouping_scale growth --faces 100000 --faces 500000
    python -m tests.benchmarks.grouping_scale recall --faces 100000
    python -m tests.benchmarks.grouping_scale loss --faces 200000
    python -m tests.benchmarks.grouping_scale reference --faces 10000
    python -m tests.benchmarks.grouping_scale library FOLDER --faces 1000000

Descriptors lie on the unit sphere like dlib's: around a common direction, people 0.58 +- 0.06 apart, faces of one
person 0.30 apart, some worse than others. How many faces a person has follows a Pareto law: most have one or two.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import faiss
import numpy as np
import typer
from infomap import Network
from rich.console import Console
from rich.table import Table

from faceorganizer.clustering import strangers
from faceorganizer.clustering.infomap import InfomapClusterer
from faceorganizer.clustering.metrics import bcubed, contingency, pairwise
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.seams import NeighbourGraph
from faceorganizer.neighbours.registry import INDEXES, create_index, usual_index
from tests.benchmarks.corrections import write_library
from tests.benchmarks.scan_speed import MemoryWatch

NEIGHBOURS = 80
LARGEST = 3000  # faces of one person
WIDEST = 0.5  # strangers expected within the widest cut of Infomap by default, and a little more
_BLOCK = 8192  # faces that are compared with as many at a time: a quarter of a gigabyte
_LIVELY = 45  # of the 128 dimensions, those in which faces differ; sets how much distances scatter

app = typer.Typer(add_completion=False)
Faces = Annotated[list[int], typer.Option(help="Size of a library; may be given several times.")]


def crowd(faces: int, seed: int = 0, apart: float = 0.58, within: float = 0.30) -> tuple[FloatArray, IntArray]:
    """Unit descriptors (n, 128) and people (n,) in random order."""
    random = np.random.default_rng(seed)
    sizes = np.minimum(random.pareto(1.1, faces) * 2 + 1, LARGEST).astype(np.int64)
    people = np.repeat(np.arange(faces), sizes)[: faces * 4]
    people = random.permutation(people[:faces])
    frame = np.linalg.qr(random.normal(size=(128, _LIVELY + 1)))[0].astype(np.float32)
    centres = random.standard_normal((people.max() + 1, _LIVELY), np.float32) * np.float32(_scale(apart, within))
    blur = np.exp(random.normal(0, 0.2, (faces, 1))).astype(np.float32)
    points = random.standard_normal((faces, _LIVELY), np.float32) * blur * np.float32(within / (2 * _LIVELY) ** 0.5)
    points += centres[people]
    vectors = points @ frame[:, 1:].T + frame[:, 0]
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), people


def _scale(apart: float, within: float) -> float:
    return float(np.sqrt(max(apart**2 * 1.2 - within**2, 0) / (2 * _LIVELY)))  # 1.2: the sphere draws them nearer


class Watch:
    """Wall and CPU time since it was made."""

    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        return f"{time.perf_counter() - self.wall:.1f} s (CPU {time.process_time() - self.cpu:.1f} s)"


def agreement(people: IntArray, found: IntArray) -> str:
    table = contingency(people, found)
    return f"BCubed {bcubed(table).f:.4f}, pairs {pairwise(table).f:.4f}"


@app.command()
def growth(faces: Faces, index: str = "", within: float = 0.30) -> None:
    """Time and memory of the whole grouping."""
    for count in faces:
        vectors, people = crowd(count, within=within)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        watch = Watch()
        graph = (create_index(index) if index else usual_index(count)).graph(vectors, NEIGHBOURS, Unattended())
        print(f"{count:,} faces: neighbours {watch}", flush=True)
        rest = Watch()
        labels = InfomapClusterer().fit_predict(graph, context=Unattended())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(f"  groups {rest}, all {watch}, peak {peak:.2f} GB ({before:.2f} before), {agreement(people, labels)}")


@app.command()
def recall(faces: Faces, rows: int = 2000, index: str = "") -> None:
    """Share of the true neighbours, and of those within the cut, that each index finds."""
    table = Table("faces", "index", "of 80 neighbours", "within the cut", "time", box=None)
    for count in faces:
        vectors, _ = crowd(count)
        chosen = np.random.default_rng(1).choice(count, rows, replace=False)
        exact = faiss.IndexFlatL2(128)
        exact.add(vectors)
        squares, true = exact.search(vectors[chosen], NEIGHBOURS + 1)
        itself = true == chosen[:, None]
        near = (np.sqrt(np.maximum(squares, 0)) <= strangers.reach(0.35, count)) & ~itself
        for name in [index] if index else sorted(set(INDEXES) - {"exact"}):
            watch = Watch()
            found = create_index(name).graph(vectors, NEIGHBOURS, Unattended()).indices[chosen]
            hit = np.array([np.isin(a, b) for a, b in zip(true, found, strict=True)]) & ~itself
            share = (hit & near).sum() / max(1, near.sum())
            table.add_row(f"{count:,}", name, f"{hit.sum() / (rows * NEIGHBOURS):.4f}", f"{share:.4f}", str(watch))
    Console(width=110).print(table)


@app.command()
def loss(faces: Faces) -> None:
    """What the groups lose by neighbours that the usual index does not find."""
    for count in faces:
        vectors, people = crowd(count)
        found = []
        for title in ("exact", "usual"):
            watch = Watch()
            graph = _near(vectors) if title == "exact" else usual_index(count).graph(vectors, NEIGHBOURS, Unattended())
            found.append(InfomapClusterer().fit_predict(graph, context=Unattended()))
            print(f"{count:,} faces, {title}: {watch}, {_exactly(people, found[-1])}", flush=True)
        print(f"  one against the other: {_exactly(*found)}")


def _near(vectors: FloatArray) -> NeighbourGraph:
    """The true nearest neighbours among those that grouping looks at: within its widest cut, which is much faster."""
    count = len(vectors)
    least = np.float32(1 - strangers.reach(WIDEST, count) ** 2 / 2)
    parts = []
    for i in range(0, count, _BLOCK):
        for j in range(i, count, _BLOCK):
            cosines = vectors[i : i + _BLOCK] @ vectors[j : j + _BLOCK].T
            rows, columns = np.nonzero(cosines >= least)
            if i == j:
                rows, columns = rows[rows != columns], columns[rows != columns]
            ends, near = np.stack([rows + i, columns + j]).astype(np.int32), cosines[rows, columns]
            parts += [(*ends, near)] if i == j else [(*ends, near), (*ends[::-1], near)]
    sources, targets, cosines = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((-cosines, sources))
    sources, targets, cosines = sources[order], targets[order], cosines[order]
    ranks = np.arange(len(sources)) - np.searchsorted(sources, np.arange(count))[sources]
    kept = ranks < NEIGHBOURS
    indices = np.full((count, NEIGHBOURS), -1, np.int64)
    distances = np.full((count, NEIGHBOURS), np.inf, np.float32)
    indices[sources[kept], ranks[kept]] = targets[kept]
    distances[sources[kept], ranks[kept]] = np.sqrt(np.maximum(2 - 2 * cosines[kept], 0))
    return NeighbourGraph(vectors, indices, distances)


def _exactly(people: IntArray, found: IntArray) -> str:
    table = contingency(people, found)
    return f"BCubed {bcubed(table).f:.5f}, pairs {pairwise(table).f:.5f}"


@app.command()
def reference(faces: Faces) -> None:
    """The same against the plain way: exact neighbours, one Python call a link, the whole graph; and against dlib."""
    import dlib

    for count in faces:
        vectors, people = crowd(count)
        watch = Watch()
        graph = usual_index(count).graph(vectors, NEIGHBOURS, Unattended())
        labels = InfomapClusterer().fit_predict(graph, context=Unattended())
        print(f"{count:,} faces: {watch}, {agreement(people, labels)}", flush=True)
        watch = Watch()
        print(f"  one call a link {agreement(people, plain(vectors))}: {watch}", flush=True)
        watch = Watch()
        found = dlib.chinese_whispers_clustering([dlib.vector(vector) for vector in vectors], 0.36)
        print(f"  dlib's Chinese Whispers {agreement(people, np.array(found))}: {watch}", flush=True)


@app.command()
def library(folder: Path, faces: int = 1_000_000, seed: int = 0) -> None:
    """Time and memory of the whole program: `faceorganizer cluster` on a library, all its processes together.

    The library is made first, unless it is there; 2.5 faces a photo.
    """
    if not folder.exists():
        vectors, people = crowd(faces, seed)
        random = np.random.default_rng(seed)
        photos = random.permutation(faces) * 2 // 5 + 1
        write_library(folder, vectors, np.zeros(faces, np.int64), photos, 0, random)
        np.save(folder / "people.npy", people)
    started = time.perf_counter()
    command = [sys.executable, "-m", "faceorganizer", "--library", str(folder), "--yes", "--json", "cluster"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    memory = MemoryWatch(process.pid, every=0.5)  # to add up millions of pages takes a while
    memory.start()
    answer, _ = process.communicate()
    report = json.loads(answer)
    print(f"{faces:,} faces: {time.perf_counter() - started:.1f} s, of which grouping {report['seconds']:.1f} s")
    print(f"  {report['groups']:,} groups; peak of all processes {memory.most / 1e9:.2f} GB")


def plain(vectors: FloatArray) -> IntArray:
    """Group as the method's public script does."""
    index = faiss.IndexFlatL2(128)
    index.add(vectors)
    squares, indices = index.search(vectors, NEIGHBOURS + 1)
    network = Network()
    cut = strangers.reach(0.2, len(vectors)) ** 2
    for row in range(len(vectors)):
        for column in range(NEIGHBOURS + 1):
            if squares[row, column] <= cut and indices[row, column] != row:
                network.add_link(row, int(indices[row, column]), 1 - float(squares[row, column]) / 2)
    labels = np.arange(len(vectors)) + len(vectors)
    for node, module in network.run(two_level=True, directed=True, seed=1, num_trials=1).modules().items():
        labels[node] = module
    return labels


if __name__ == "__main__":
    app()
