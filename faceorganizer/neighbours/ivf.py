"""Approximate nearest neighbours by inverted lists: each face is compared with those of the nearest cells of a grid."""

import math
from typing import Final

import faiss

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph
from faceorganizer.neighbours.vectors import checked_count, checked_vectors, gathered, others_first

TRAINING: Final = 39  # vectors for each cell; faiss wants no fewer, and more make the cells hardly better
_MOST_CELLS: Final = 4096  # training costs cells x vectors, hence their square


class InvertedLists:
    """Neighbours in the nearest cells of a k-means grid, by faiss ``IndexIVFFlat``.

    Sivic and Zisserman, "Video Google", ICCV 2003; Douze et al., "The Faiss library", arXiv 2401.08281.

    Distances are exact; a neighbour is missed when it lies in a cell that is not searched. Time O(n (compared + cells)
    dimension) with up to 4096 cells, memory O(n (2 dimension + k)). The choice for large libraries.

    Args:
        compared: Faces that each is compared with, about: so many of the nearest cells are searched, 1 to 1,000,000.
            2000 find 0.99 and more of the neighbours within the cut, less of people with far more faces than
            neighbours are looked for, where it makes no difference.
        block: Rows searched at a time, between which the job can be cancelled.
    """

    def __init__(self, *, compared: int = 2000, block: int = 8192) -> None:
        self.compared = compared
        self.block = block

    def graph(self, descriptors: FloatArray, k: int, context: JobContext) -> NeighbourGraph:
        """Find most of the k nearest neighbours of each row among the others.

        Args:
            descriptors: (n, dimension).
            k: Neighbours of each; rows that have fewer in the cells searched are padded.
            context: Asked between blocks whether to go on.

        Raises:
            SettingError: A parameter is out of range.
            VectorError: Descriptors are not finite or not two-dimensional.
            CancelledError: The job was cancelled.
        """
        checked_compared(self.compared)
        vectors, count = checked_vectors(descriptors), checked_count(k)
        context.check_cancelled()
        context.report(0, len(vectors), "Comparing faces")
        index = self._index(vectors)
        return gathered(
            vectors,
            count,
            self.block,
            lambda rows: others_first(rows, *index.search(vectors[rows], count + 1)[::-1]),
            context,
        )

    def _index(self, vectors: FloatArray) -> "faiss.IndexIVFFlat":
        dimension = max(1, vectors.shape[1])
        index = faiss.IndexIVFFlat(faiss.IndexFlatL2(dimension), dimension, cells(len(vectors)))
        arrange(index, len(vectors), self.compared)
        if len(vectors):
            index.train(vectors)
            index.add(vectors)
        return index


def checked_compared(compared: int) -> None:
    """Refuse a number of faces that each is to be compared with.

    Raises:
        SettingError: It is out of range.
    """
    if not 1 <= compared <= 1_000_000:
        raise SettingError(f"“compared” is {compared!r}.", "Choose a whole number from 1 to 1,000,000.")


def cells(faces: int) -> int:
    """How many cells the grid has among so many faces."""
    return max(1, min(int(4 * math.sqrt(faces)), faces // TRAINING, _MOST_CELLS))


def arrange(index: "faiss.IndexIVF", faces: int, compared: int) -> None:
    """Say how a grid is made, and how many of its cells are searched."""
    index.cp.min_points_per_centroid = 1
    index.cp.max_points_per_centroid = TRAINING
    index.cp.niter = 6
    index.nprobe = min(math.ceil(compared * index.nlist / max(1, faces)), index.nlist)
