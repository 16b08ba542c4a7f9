"""Chinese Whispers as dlib has it."""

from dataclasses import dataclass
from typing import ClassVar, Final

import dlib
import numpy as np

from faceorganizer.clustering.method import Method, refuse_above
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import NeighbourGraph

MOST_FACES: Final = 50_000  # dlib compares all pairs


@dataclass(kw_only=True)
class DlibChineseWhispers(Method):
    """dlib's own Chinese Whispers on all pairs of descriptors within the cut, every pair of equal weight (King,
    "Dlib-ml: a machine learning toolkit", JMLR 10, 2009; Biemann, "Chinese Whispers", TextGraphs 2006).

    Time quadratic, memory O(pairs within the cut), at worst quadratic as well: at most 50,000 faces are taken. Cannot
    be cancelled while dlib is at work; its random numbers are always the same.

    Args:
        k: See :class:`~faceorganizer.clustering.method.Method`, as for the other parameters; tells only what enforces
            constraints.
        cut: Largest distance of neighbours that are listened to.
        metric: "euclidean" or "cosine".
        least_quality: As there.
    """  # noqa: D205

    metric: str = "euclidean"  # dlib's own

    metrics: ClassVar[tuple[str, ...]] = ("euclidean", "cosine")
    strangers: ClassVar[float] = 0.12

    def group(self, graph: NeighbourGraph, cut: float, context: JobContext) -> IntArray:
        """Label by dlib."""
        refuse_above(MOST_FACES, len(graph), "faces", "its time is quadratic")
        reach = cut if self.metric == "euclidean" else float(np.sqrt(2 * cut))  # of unit vectors
        return np.array(dlib.chinese_whispers_clustering([dlib.vector(v) for v in graph.descriptors], reach), np.int64)
