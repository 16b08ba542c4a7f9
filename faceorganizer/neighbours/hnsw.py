"""Approximate nearest neighbours by walking a graph of near ones."""

import faiss

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph
from faceorganizer.neighbours.vectors import checked_count, checked_vectors, gathered, others_first


class NavigableSmallWorld:
    """Hierarchical navigable small world graphs, by faiss ``IndexHNSWFlat``.

    Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using hierarchical navigable small
    world graphs", TPAMI 42, 2020.

    Distances are exact; single neighbours are missed, and of many equal descriptors most. Time O(n log n dimension),
    memory O(n (2 dimension + links + k)). Building takes longer than with inverted lists, searching less. With more
    than one OpenMP thread the graph, and hence what is missed, may differ from run to run.

    Args:
        links: Of each row in the graph, 4 to 256.
        breadth: Rows kept in view while the graph is built and searched, 1 to 10,000; at least k + 1 are.
        block: Rows searched at a time, between which the job can be cancelled.
    """

    def __init__(self, *, links: int = 24, breadth: int = 100, block: int = 8192) -> None:
        self.links = links
        self.breadth = breadth
        self.block = block

    def graph(self, descriptors: FloatArray, k: int, context: JobContext) -> NeighbourGraph:
        """Find most of the k nearest neighbours of each row among the others.

        Args:
            descriptors: (n, dimension).
            k: Neighbours of each; rows that have fewer within sight are padded.
            context: Asked between blocks whether to go on.

        Raises:
            SettingError: A parameter is out of range.
            VectorError: Descriptors are not finite or not two-dimensional.
            CancelledError: The job was cancelled.
        """
        if not 4 <= self.links <= 256:
            raise SettingError(f"“links” is {self.links!r}.", "Choose a whole number from 4 to 256.")
        if not 1 <= self.breadth <= 10_000:
            raise SettingError(f"“breadth” is {self.breadth!r}.", "Choose a whole number from 1 to 10,000.")
        vectors, count = checked_vectors(descriptors), checked_count(k)
        context.check_cancelled()
        index = faiss.IndexHNSWFlat(max(1, vectors.shape[1]), self.links)
        index.hnsw.efConstruction = self.breadth
        index.hnsw.efSearch = max(self.breadth, count + 1)
        for start in range(0, len(vectors), self.block):
            context.check_cancelled()
            index.add(vectors[start : start + self.block])
            context.report(start, 2 * len(vectors), "Comparing faces")
        return gathered(
            vectors,
            count,
            self.block,
            lambda rows: others_first(rows, *index.search(vectors[rows], count + 1)[::-1]),
            context,
        )
