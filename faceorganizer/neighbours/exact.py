"""Exact nearest neighbours by comparing everything with everything."""

from typing import Final

import faiss
import numpy as np

from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph
from faceorganizer.neighbours.vectors import checked_count, checked_vectors, nearest_others

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
        count = checked_count(k)
        total = len(vectors)
        indices = np.full((total, count), -1, np.int64)
        distances = np.full((total, count), np.inf, np.float32)
        index = faiss.IndexFlatL2(max(1, vectors.shape[1]))
        if total:
            index.add(vectors)
        reach = min(count + 1, total)  # one more, for the row itself
        block = max(1, min(self.block, _MEASURED_VALUES // max(1, reach * vectors.shape[1])))
        for start in range(0, total, block):
            context.check_cancelled()
            rows = np.arange(start, min(start + block, total))
            candidates = index.search(vectors[rows], reach)[1]
            indices[rows], distances[rows] = nearest_others(vectors, rows, candidates, count)
            context.report(int(rows[-1]) + 1, total, "Comparing faces")
        return NeighbourGraph(vectors, indices, distances)
