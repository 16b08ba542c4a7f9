"""How far apart different people are, by descriptors of any network: what makes distances comparable.

The rules of grouping and of suggestions were fitted to distances of dlib's network. Of another network's distances
none means the same. But a distance that is as unusual between two different people means the same: so distances are
carried over by how many deviations they lie below the middle of those between different people, measured on the
library itself. What counts is the lower tail. Who already is somebody tells which pairs are of two people, and lets
the tail be measured; where nobody is known, pairs of one person would be taken for it, and it is guessed from the
least tenth. Measured so on one half of the people of Labeled Faces in the Wild, dlib's own descriptors come to 0.577
and 0.060, where the law of grouping, fitted to its tail, has 0.578 and 0.061.
"""

from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np

from faceorganizer.domain.geometry import FloatArray, IntArray

Numbers = TypeVar("Numbers", float, np.ndarray[Any, Any])

SAMPLE: Final = 2000  # faces that are compared with each other
_FEWEST: Final = 300  # pairs of different people that tell more than what is usual
_TENTH: Final = (0.1, 1.2816)  # share of a normal distribution that lies so many deviations below its middle
_TAIL: Final = (1e-4, 3.719)
_THOUSANDTH: Final = (1e-3, 3.0902)
_PAIRS_OF_TAIL: Final = 100_000
_PAIRS_OF_THOUSANDTH: Final = 10_000
_KNOWN: Final = 0.5  # share of the faces that are somebody's from which the tail is measured
# Of the deviation at the least tenth: at the tail of descriptors that were bent in two ways it was 1.19 and 1.29 times
# that, of dlib's 0.94 times.
_MOST: Final = 1.3
_GUESSED: Final = 1.15
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
DLIB: Final = Spread(0.819, 0.0929)  # as they are; on one half of the people of LFW
# Where a library is too small to measure: descriptors of different people at about a right angle, as those are that
# are trained with an angular margin. A guess.
USUAL: Final = Spread(2**0.5, 0.1)


def measured_spread(descriptors: FloatArray, persons: IntArray) -> Spread:
    """Measure how far apart different people are, at unit length.

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
    shares = [share for share, _ in (_TENTH, _THOUSANDTH, _TAIL)]
    middle, tenth, thousandth, tail = np.quantile(distances, [0.5, *shares]).tolist()
    deviation = (middle - tenth) / _TENTH[1]
    measured = _GUESSED * deviation
    if np.mean(persons >= 0) >= _KNOWN and len(distances) >= _PAIRS_OF_THOUSANDTH:
        measured = (middle - thousandth) / _THOUSANDTH[1]
        if len(distances) >= _PAIRS_OF_TAIL:
            measured = (middle - tail) / _TAIL[1]
    return Spread(middle, max(min(measured, _MOST * deviation), _LEAST_DEVIATION))
