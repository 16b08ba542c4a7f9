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
        return NeighbourGraph(vectors, *self.search(vectors, np.arange(len(vectors)), k, context))

    def search(
        self, descriptors: FloatArray, rows: IntArray, k: int, context: JobContext
    ) -> tuple[IntArray, FloatArray]:
        """Find the k nearest neighbours of some rows among all others.

        Time O(rows n dimension).

        Args:
            descriptors: (n, dimension).
            rows: (m,) rows asked about.
            k: Neighbours of each.
            context: Asked between blocks whether to go on.

        Returns:
            (m, k) rows, -1 where there are fewer, and (m, k) distances, infinite there.

        Raises:
            VectorError: Descriptors are not finite or not two-dimensional.
            CancelledError: The job was cancelled.
        """
        vectors, count = checked_vectors(descriptors), checked_count(k)
        index = faiss.IndexFlatL2(max(1, vectors.shape[1]))
        if len(vectors):
            index.add(vectors)
        reach = min(count + 1, len(vectors))  # one more, for the row itself
        block = max(1, min(self.block, _MEASURED_VALUES // max(1, reach * vectors.shape[1])))
        return by_blocks(
            rows,
            count,
            block,
            lambda part: nearest_others(vectors, part, index.search(vectors[part], reach)[1], count),
            context,
        )
