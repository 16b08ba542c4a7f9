"""What every index asks of descriptors, and how its answers become a graph."""

from collections.abc import Callable

import numpy as np

from faceorganizer.domain.errors import VectorError
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph

Search = Callable[[IntArray], tuple[IntArray, FloatArray]]


def checked_vectors(descriptors: FloatArray) -> FloatArray:
    """Return descriptors as C-contiguous float32 (n, dimension).

    Raises:
        VectorError: They are not two-dimensional real numbers, not finite, or so large that float32 distances
            overflow.
    """
    if descriptors.ndim != 2 or (len(descriptors) and not descriptors.shape[1]):
        raise VectorError(f"Descriptors of shape {descriptors.shape} are not rows of numbers.")
    if descriptors.dtype.kind not in "fiu":
        raise VectorError(f"Descriptors of type {descriptors.dtype} are not real numbers.")
    with np.errstate(over="ignore", invalid="ignore"):
        vectors = np.ascontiguousarray(descriptors, np.float32)
        # |x - y|^2 <= 4 max |x|^2: when that is finite, so is every distance. One pass finds NaN and infinity too.
        largest = 4 * np.einsum("ij,ij->i", vectors, vectors)
    bad = np.flatnonzero(~np.isfinite(largest))
    if bad.size:
        raise VectorError(f"{bad.size} descriptors hold values that are not finite or too large (row {bad[0]} first).")
    return vectors


def unit_length(vectors: FloatArray) -> FloatArray:
    """Descriptors (n, dimension) scaled to length one; those of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: FloatArray = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit


def checked_count(k: int) -> int:
    """Return k, the number of neighbours wanted.

    Raises:
        ValueError: It is below one; callers choose it, not users.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    return k


def nearest_others(vectors: FloatArray, rows: IntArray, candidates: IntArray, k: int) -> tuple[IntArray, FloatArray]:
    """Measure candidates anew and keep the k nearest of each row, the row itself left out.

    Indexes report |x|^2 + |y|^2 - 2 x.y, which is off by 1e-3 for near-equal vectors; here the difference is
    taken first. Equal distances are ordered by row, so that the answer depends on the vectors alone.

    Args:
        vectors: (n, dimension).
        rows: (m,) rows asked about.
        candidates: (m, c) rows that may be their neighbours, each at most once a row; -1 for none.
        k: Neighbours to keep.

    Returns:
        (m, k) rows, -1 where there are fewer, and (m, k) distances, infinite there.
    """
    wanted = (candidates >= 0) & (candidates != rows[:, None])
    difference = vectors[candidates] - vectors[rows][:, None, :]
    distances = np.sqrt(np.einsum("mcd,mcd->mc", difference, difference))
    distances[~wanted] = np.inf
    order = np.lexsort((candidates, distances), axis=1)[:, :k]
    kept = np.take_along_axis(distances, order, axis=1)
    indices = np.take_along_axis(candidates, order, axis=1)
    indices[np.isinf(kept)] = -1
    missing = ((0, 0), (0, k - order.shape[1]))
    return np.pad(indices, missing, constant_values=-1), np.pad(kept, missing, constant_values=np.inf)


def others_first(rows: IntArray, candidates: IntArray, squares: FloatArray) -> tuple[IntArray, FloatArray]:
    """Leave each row itself out of its neighbours, or the last of them where it is not among them.

    Args:
        rows: (m,) rows asked about.
        candidates: (m, k + 1) rows, nearest first; -1 for none.
        squares: (m, k + 1) squared distances.

    Returns:
        (m, k) rows and (m, k) distances, infinite where there is none.
    """
    itself = candidates == rows[:, None]
    itself[~itself.any(axis=1), -1] = True
    shape = (len(rows), candidates.shape[1] - 1)
    others, left = candidates[~itself].reshape(shape), squares[~itself].reshape(shape)
    distances = np.sqrt(np.maximum(left, 0))
    distances[others < 0] = np.inf
    return others, distances


def by_blocks(rows: IntArray, k: int, block: int, search: Search, context: JobContext) -> tuple[IntArray, FloatArray]:
    """Search for the neighbours of rows block by block.

    Args:
        rows: (m,) rows asked about.
        k: Neighbours of each.
        block: Rows searched at a time.
        search: Returns neighbours and distances of the rows it is given.
        context: Asked between blocks whether to go on.

    Returns:
        (m, k) rows and (m, k) distances.

    Raises:
        CancelledError: The job was cancelled.
    """
    indices = np.full((len(rows), k), -1, np.int64)
    distances = np.full((len(rows), k), np.inf, np.float32)
    context.check_cancelled()
    for start in range(0, len(rows), block):
        context.check_cancelled()
        part = slice(start, min(start + block, len(rows)))
        indices[part], distances[part] = search(rows[part])
        context.report(part.stop, len(rows), "Comparing faces")
    return indices, distances


def gathered(vectors: FloatArray, k: int, block: int, search: Search, context: JobContext) -> NeighbourGraph:
    """The graph of what a search finds for all rows; see :func:`by_blocks`."""
    return NeighbourGraph(vectors, *by_blocks(np.arange(len(vectors)), k, block, search, context))
