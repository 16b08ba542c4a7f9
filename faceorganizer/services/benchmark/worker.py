"""What the processes of a benchmark do."""

import sys
import time
from pathlib import Path
from typing import Final

import numpy as np
import psutil

from faceorganizer.clustering.registry import create_clusterer
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.seams import NeighbourGraph
from faceorganizer.neighbours.registry import create_index
from faceorganizer.services.benchmark.methods import Cost, IndexTask, MethodTask

_SAMPLE: Final = 1000  # faces whose true neighbours are looked for
_BLOCK: Final = 1 << 24  # distances held at a time: 64 MB


def find_neighbours(task: IndexTask) -> Cost:
    """Build an index, write down the neighbours, and compare some of them with the true ones."""
    descriptors = np.load(task.folder / "descriptors.npy")
    index = create_index(task.name)
    started = time.perf_counter()
    graph = index.graph(descriptors, task.k, Unattended())
    seconds = time.perf_counter() - started
    peak = peak_memory()
    np.save(task.folder / f"{task.name}.indices.npy", graph.indices)
    np.save(task.folder / f"{task.name}.distances.npy", graph.distances)
    return Cost(seconds, peak, recall(graph))


def group(task: MethodTask) -> Cost:
    """Group faces and write the labels down."""
    folder, quality = task.folder, task.folder / "quality.npy"
    graph = NeighbourGraph(
        np.load(folder / "descriptors.npy"),
        np.load(folder / f"{task.index}.indices.npy"),
        np.load(folder / f"{task.index}.distances.npy"),
    )
    known = np.load(quality) if quality.exists() else None
    clusterer = create_clusterer(task.name, **task.parameters)
    started = time.perf_counter()
    labels = clusterer.fit_predict(graph, quality=known, context=Unattended())
    seconds = time.perf_counter() - started
    np.save(folder / f"{task.name}.npy", labels)
    return Cost(seconds, peak_memory())


def recall(graph: NeighbourGraph, sample: int = _SAMPLE) -> float:
    """Share of the nearest neighbours that are as near as the true ones, on faces drawn at random; 1 if there are none.

    Neighbours are compared by distance, so that of equally near ones any will do.
    """
    wanted = min(graph.indices.shape[1], len(graph) - 1)
    if wanted < 1:
        return 1.0
    rows = np.random.default_rng(0).choice(len(graph), min(sample, len(graph)), replace=False)
    farthest = np.concatenate([_farthest(graph.descriptors, part, wanted) for part in _parts(rows, len(graph))])
    return float(np.mean(graph.distances[rows, :wanted] <= farthest[:, None] * (1 + 1e-4) + 1e-6))


def peak_memory() -> int:
    """Most bytes of memory that this process held so far."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    if sys.platform == "linux":
        # Of this program alone: getrusage() also knows the process it was started from.
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _parts(rows: np.ndarray, count: int) -> list[np.ndarray]:
    return np.array_split(rows, max(1, len(rows) * count // _BLOCK))


def _farthest(descriptors: FloatArray, rows: np.ndarray, k: int) -> FloatArray:
    """Distance of the k-th nearest other face of each row."""
    lengths = np.einsum("ij,ij->i", descriptors, descriptors)
    squares = lengths[rows][:, None] + lengths - 2 * (descriptors[rows] @ descriptors.T)
    squares[np.arange(len(rows)), rows] = np.inf
    nearest = np.argpartition(squares, k - 1, axis=1)[:, :k]
    # Measured anew: near-equal descriptors lose their digits in the formula above.
    others = descriptors[nearest] - descriptors[rows][:, None, :]
    farthest: FloatArray = np.sqrt(np.einsum("mkd,mkd->mk", others, others).max(axis=1))
    return farthest
