"""Exact nearest neighbours by comparing everything with everything."""

from typing import Final

import faiss
import numpy as np

from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph
from faceorganizer.neighbours.vectors import by_blocks, checked_count, checked_vectors, nearest_others

_MEASURED_VALUES: Final = 1 << 23  # of descriptors gathered at a time: 32 MB


class ExactIndex:
    """Every true neighbour, by faiss ``IndexFlatL2`` (Douze et al., "The Faiss library", arXiv 2401.08281).

    Time O(n^2 dimension), memory O(n (dimension + k)); cancelled between blocks of rows. The choice up to about
    100,000 faces.

    Args:
        block: Rows searched at a time.
    """

    def __init__(self, *, block: int = 1024) -> None:
        self.block = block

    def graph(self, descriptors: FloatArray, k: int, context: JobContext) -> NeighbourGraph:
        """Find the k nearest neighbours of each row among the others.

        Args:
            descriptors: (n, dimension).
            k: Neighbours of each; rows of smaller libraries are padded.
            context: Asked between blocks whether to go on.

        Raises:
            VectorError: Descriptors are not finite or not two-dimensional.
            CancelledError: The job was cancelled.
        """
        vectors = checked_vectors(descriptors)
        indices, distances = self._search(vectors, np.arange(len(vectors)), checked_count(k), context)
        return NeighbourGraph(vectors, indices, distances)

    def graph_of(self, descriptors: FloatArray, rows: IntArray, k: int, context: JobContext) -> NeighbourGraph:
        """Find the k nearest neighbours of some rows among all others; the rest of the graph is padding.

        Time O(rows n dimension).

        Args:
            descriptors: (n, dimension).
            rows: (m,) rows asked about, each once.
            k: Neighbours of each.
            context: Asked between blocks whether to go on.

        Raises:
            VectorError: Descriptors are not finite or not two-dimensional.
            CancelledError: The job was cancelled.
        """
        vectors, count = checked_vectors(descriptors), checked_count(k)
        indices = np.full((len(vectors), count), -1, np.int64)
        distances = np.full((len(vectors), count), np.inf, np.float32)
        indices[rows], distances[rows] = self._search(vectors, rows, count, context)
        return NeighbourGraph(vectors, indices, distances)

    def _search(self, vectors: FloatArray, rows: IntArray, k: int, context: JobContext) -> tuple[IntArray, FloatArray]:
        index = faiss.IndexFlatL2(max(1, vectors.shape[1]))
        if len(vectors):
            index.add(vectors)
        reach = min(k + 1, len(vectors))  # one more, for the row itself
        block = max(1, min(self.block, _MEASURED_VALUES // max(1, reach * vectors.shape[1])))
        return by_blocks(
            rows,
            k,
            block,
            lambda part: nearest_others(vectors, part, index.search(vectors[part], reach)[1], k),
            context,
        )
