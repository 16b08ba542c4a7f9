"""Approximate nearest neighbours by randomised k-d trees."""

import cv2
import numpy as np

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph
from faceorganizer.neighbours.vectors import checked_count, checked_vectors, gathered, nearest_others

_KD_TREES = 1  # number of the algorithm in FLANN


class KdForest:
    """Randomised k-d trees searched side by side, by OpenCV's FLANN.

    Muja and Lowe, "Scalable nearest neighbor algorithms for high dimensional data", TPAMI 36, 2014; as in approximate
    rank-order clustering (Otto, Wang and Jain, TPAMI 40, 2018).

    Distances are exact; neighbours in leaves that are not visited are missed. Time O(n checks dimension), memory
    O(n (dimension + trees + k)).

    Args:
        trees: 1 to 64.
        checks: Leaves visited for each row, 1 to 100,000.
        block: Rows searched at a time, between which the job can be cancelled.
    """

    def __init__(self, *, trees: int = 4, checks: int = 2000, block: int = 1024) -> None:
        self.trees = trees
        self.checks = checks
        self.block = block

    def graph(self, descriptors: FloatArray, k: int, context: JobContext) -> NeighbourGraph:
        """Find most of the k nearest neighbours of each row among the others.

        Args:
            descriptors: (n, dimension).
            k: Neighbours of each; rows that have fewer in the leaves visited are padded.
            context: Asked between blocks whether to go on.

        Raises:
            SettingError: A parameter is out of range, or this build of OpenCV has no FLANN.
            VectorError: Descriptors are not finite or not two-dimensional.
            CancelledError: The job was cancelled.
        """
        if not hasattr(cv2, "flann_Index"):
            raise SettingError("This build of OpenCV has no k-d forest.", "Choose the neighbour index “ivf”.")
        if not 1 <= self.trees <= 64:
            raise SettingError(f"“trees” is {self.trees!r}.", "Choose a whole number from 1 to 64.")
        if not 1 <= self.checks <= 100_000:
            raise SettingError(f"“checks” is {self.checks!r}.", "Choose a whole number from 1 to 100,000.")
        vectors, count = checked_vectors(descriptors), checked_count(k)
        context.check_cancelled()
        cv2.setRNGSeed(0)
        index = cv2.flann_Index()
        if len(vectors):
            index.build(vectors, {"algorithm": _KD_TREES, "trees": self.trees})
        reach = min(count + 1, len(vectors))  # one more, for the row itself

        def search(rows: IntArray) -> tuple[IntArray, FloatArray]:
            found = index.knnSearch(vectors[rows], reach, params={"checks": self.checks})[0]
            return nearest_others(vectors, rows, found.astype(np.int64), count)

        return gathered(vectors, count, self.block, search, context)
