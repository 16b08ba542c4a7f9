"""Other distances than the Euclidean one, and the pairs of faces within one."""

from typing import Final

import numpy as np

from faceorganizer.clustering.edges import Weights, checked_range
from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.seams import NeighbourGraph

METRICS: Final = ("euclidean", "cosine", "cityblock")

_BLOCK: Final = 1 << 24  # numbers of descriptors that are gathered at a time: 64 MB
_NEAREST: Final = 1e-6  # a cut has to be above zero


def measured(graph: NeighbourGraph, metric: str) -> NeighbourGraph:
    """Measure the neighbours of a graph by another metric and order them by it.

    Who is a neighbour at all was decided by the Euclidean distance; for descriptors of about equal lengths that
    leaves the nearest ones by the others' account among them.

    Args:
        graph: As an index made it.
        metric: "euclidean"; "cosine", one minus the cosine of the angle, 0 to 2, one for a descriptor of zeros;
            "cityblock", the sum of absolute differences.

    Returns:
        A graph with distances of that metric. For "cosine" its descriptors are of unit length.

    Raises:
        SettingError: There is no such metric.
    """
    if metric not in METRICS:
        raise SettingError(f"There is no metric “{metric}”.", f"Choose one of: {', '.join(METRICS)}.")
    if metric == "euclidean":
        return graph
    vectors = unit_length(graph.descriptors) if metric == "cosine" else graph.descriptors
    distances = np.full_like(graph.distances, np.inf)
    step = max(1, _BLOCK // max(1, graph.indices.shape[1] * vectors.shape[1]))
    for start in range(0, len(graph), step):
        rows = slice(start, start + step)
        others, own = vectors[graph.indices[rows]], vectors[rows][:, None, :]
        if metric == "cosine":
            distances[rows] = np.maximum(1 - np.einsum("mkd,mod->mk", others, own), 0)
        else:
            distances[rows] = np.abs(others - own).sum(axis=2)
    distances[graph.indices < 0] = np.inf
    return _ordered(vectors, graph.indices, distances)


def unit_length(vectors: FloatArray) -> FloatArray:
    """Descriptors (n, dimension) scaled to length one; those of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: FloatArray = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return scaled


def equivalent_cut(graph: NeighbourGraph, other: NeighbourGraph, cut: float) -> float:
    """The distance in another metric that keeps as many neighbours as ``cut`` does in the graph it is given for.

    It lies in the middle between the last one kept and the first one that is not; where all are, half as far again.
    Among faces without any neighbour nothing is near.
    """
    kept = int(np.count_nonzero(graph.distances <= cut))
    ascending = np.sort(other.distances[np.isfinite(other.distances)].astype(np.float64))
    if not len(ascending):
        return _NEAREST
    last = ascending[kept - 1] if kept else 0.0
    following = ascending[kept] if kept < len(ascending) else 2 * last
    return max(float(last + following) / 2, _NEAREST)


def pairs_within(graph: NeighbourGraph, cut: float) -> tuple[IntArray, Weights]:
    """Pairs of neighbours at most so far apart.

    Args:
        graph: The faces; a pair counts when either is among the neighbours of the other.
        cut: Largest distance, in the graph's metric.

    Returns:
        (p, 2) rows, the lower one first, each pair once and in order; (p,) distances.
    """
    sources, columns = np.nonzero((graph.distances <= cut) & (graph.indices >= 0))
    targets = graph.indices[sources, columns]
    low, high = np.minimum(sources, targets), np.maximum(sources, targets)
    keys, first = np.unique(low * max(len(graph), 1) + high, return_index=True)
    pairs = np.column_stack(np.divmod(keys, max(len(graph), 1))).astype(np.int64)
    return pairs, graph.distances[sources[first], columns[first]].astype(np.float64)


def among(graph: NeighbourGraph, rows: IntArray) -> NeighbourGraph:
    """The graph of some rows, ascending, with those of their neighbours that are among them."""
    if len(rows) == len(graph):
        return graph
    place = np.full(len(graph) + 1, -1)  # the last one for padding
    place[rows] = np.arange(len(rows))
    indices = place[graph.indices[rows]]
    distances = np.where(indices < 0, np.float32(np.inf), graph.distances[rows])
    order = np.argsort(distances, axis=1, kind="stable")
    return NeighbourGraph(
        graph.descriptors[rows],
        np.take_along_axis(indices, order, axis=1),
        np.take_along_axis(distances, order, axis=1),
    )


def checked_metric(metric: str, allowed: tuple[str, ...]) -> None:
    """Refuse a metric that a method cannot work with.

    Raises:
        SettingError: It is refused.
    """
    if metric not in allowed:
        raise SettingError(f"This method does not take the metric “{metric}”.", f"Choose one of: {', '.join(allowed)}.")


def checked_cut(cut: float | None) -> None:
    """Refuse a largest distance that is none.

    Raises:
        SettingError: It is refused.
    """
    checked_range("cut", 1.0 if cut is None else cut, 1e-6, 1000)


def _ordered(vectors: FloatArray, indices: IntArray, distances: FloatArray) -> NeighbourGraph:
    """A graph with the neighbours of each row in ascending order."""
    order = np.argsort(distances, axis=1, kind="stable")
    ascending = np.take_along_axis(distances, order, axis=1).astype(np.float32)
    return NeighbourGraph(vectors, np.take_along_axis(indices, order, axis=1), ascending)
