"""How far apart different people are, by descriptors of any network: what makes distances comparable.

The rules of grouping and of suggestions were fitted to distances of dlib's network. Of another network's distances
none means the same. But a distance that is as unusual between two different people means the same: so distances are
carried over by how many deviations they lie below the middle of those between different people, measured on the
library itself. Measured in this way on Labeled Faces in the Wild, dlib's own descriptors come to 0.575 and 0.060, where
the law of grouping, fitted to its tail, has 0.578 and 0.061. What the tail of another network is like is not known:
carried over, thresholds are fair guesses.
"""

from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np

from faceorganizer.domain.geometry import FloatArray, IntArray

Numbers = TypeVar("Numbers", float, np.ndarray[Any, Any])

SAMPLE: Final = 2000  # faces that are compared with each other
_FEWEST: Final = 300  # pairs of different people that tell more than what is usual
_NINE_TENTHS: Final = 1.2816  # of a normal distribution, in deviations
_LEAST_DEVIATION: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Spread:
    """Distances between the faces of different people.

    Attributes:
        middle: Their median.
        deviation: Their standard deviation, as a normal distribution's.
    """

    middle: float
    deviation: float

    def carried(self, distances: Numbers, to: "Spread") -> Numbers:
        """Distances that are as unusual in another spread, never below 0."""
        moved = to.middle + (distances - self.middle) * (to.deviation / self.deviation)
        return np.maximum(moved, 0.0) if isinstance(moved, np.ndarray) else max(moved, 0.0)


DLIB_UNIT: Final = Spread(0.578, 0.0612)  # at unit length: the law in faceorganizer.clustering.strangers
DLIB: Final = Spread(0.819, 0.0897)  # as they are; on one half of the people of LFW
# Where a library is too small to measure: descriptors of different people at about a right angle, as those are that
# are trained with an angular margin. A guess.
USUAL: Final = Spread(2**0.5, 0.1)


def measured_spread(descriptors: FloatArray, persons: IntArray) -> Spread:
    """Measure how far apart different people are, at unit length.

    Nobody knows who all the faces are; but most pairs of faces are two people, and pairs that are held to be one do
    not count. The upper half of the distances tells the deviation, which pairs of one person hardly reach.

    Args:
        descriptors: (n, dimension) float32 of some thousand faces at most: memory is O(n^2).
        persons: (n,) who holds each; -1 for nobody.
    """
    lengths = np.linalg.norm(descriptors, axis=1, keepdims=True)
    unit = descriptors / np.maximum(lengths, np.finfo(np.float32).tiny)
    first, second = np.triu_indices(len(unit), 1)
    different = (persons[first] != persons[second]) | (persons[first] < 0)
    if np.count_nonzero(different) < _FEWEST:
        return USUAL
    cosines = (unit @ unit.T)[first[different], second[different]]
    distances = np.sqrt(np.maximum(2 - 2 * cosines, 0))
    middle, high = np.quantile(distances, (0.5, 0.9))
    return Spread(float(middle), max(float(high - middle) / _NINE_TENTHS, _LEAST_DEVIATION))
