"""How near strangers come: what tells which neighbours mean something.

Descriptors are compared at unit length: what a descriptor's length says is not whose face it is. Let F(d) be the
probability that the faces of two different people are closer than d then. Among n faces one expects s(d) = n F(d)
strangers within d of any face. A neighbour at distance d is worth the less, the larger s(d) is.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from faceorganizer.clustering.edges import FEWEST, MOST
from faceorganizer.domain.geometry import IntArray

Numbers = npt.NDArray[np.float64]

# F is normal in its lower tail. Mean and deviation were fitted to pairs of different people of one half of Labeled
# Faces in the Wild, with descriptors of dlib's recognition network v1, for 1e-5 <= F <= 0.01. Others need others.
_MEAN: Final = 0.578
_DEVIATION: Final = 0.0612
# Of the mean distance between two people with many faces each; on the same pairs.
_DEVIATION_OF_PEOPLE: Final = 0.05

# Odds, between which they count, that a face has another one of its person; see tolerated.
_LEAST_ODDS: Final = 2.0
_MOST_ODDS: Final = 7.0
# Strangers come in crowds: a few faces are like many, most are like none. So the share of faces that meet one grows
# more slowly with the library than the number expected does, and more of them may be tolerated. Chosen on libraries of
# an eighth, a quarter, a half and all of the people of that half.
_USUAL_SIZE: Final = 3000
_GROWTH: Final = 0.35
_LEAST_GROWTH: Final = 0.5


def expected(distances: Numbers, faces: int) -> Numbers:
    """Strangers expected within each distance of a face, in a library of so many faces."""
    result: Numbers = _crowd(faces) * ndtr((distances - _MEAN) / _DEVIATION)
    return result


def reach(strangers: float, faces: int) -> float:
    """Distance within which so many strangers are expected: between vectors of unit length, 0 to 2.

    Libraries of fewer than 50 or more than 2 million faces count as those.

    Args:
        strangers: Expected number, above 0; half of the library at most counts.
        faces: Size of the library.
    """
    return float(_MEAN + _DEVIATION * ndtri(min(strangers / _crowd(faces), 0.5)))


def reach_of_groups(strangers: float, faces: int, first: Numbers | IntArray, second: Numbers | IntArray) -> Numbers:
    """Root mean square distance between groups within which so many groups of strangers are expected.

    What makes one face like another by chance averages out in groups; what makes people alike stays.

    Args:
        strangers: Expected number, above 0; half of the library at most counts.
        faces: Size of the library.
        first: Sizes of the groups.
        second: Sizes of the groups that they are compared with.
    """
    chance = (_DEVIATION**2 - _DEVIATION_OF_PEOPLE**2) * (1 / first + 1 / second) / 2
    deviation: Numbers = np.sqrt(_DEVIATION_OF_PEOPLE**2 + chance)
    return _MEAN + deviation * float(ndtri(min(strangers / _crowd(faces), 0.5)))


def strictest(strangers: float) -> float:
    """Strangers tolerated in libraries of usual size where hardly any face has another one of its person."""
    return strangers * _LEAST_ODDS / _MOST_ODDS


def tolerated(strangers: float, accompanied: float, faces: int) -> float:
    """Strangers tolerated within the cut, given how many faces are not alone.

    A stranger does harm where a face has no neighbour of its own person, and a wide cut is of use where it has: so
    what is tolerated grows with the odds that it has one (the prior odds of Efron, "Large-scale inference", 2010).

    Args:
        strangers: Tolerated at most.
        accompanied: Share of the faces that have a neighbour within the :func:`strictest` reach, 0 to 1.
        faces: Size of the library; where few faces have company, larger ones tolerate more.
    """
    odds = accompanied / max(1 - accompanied, 1e-9)
    least = strictest(strangers) * max((faces / _USUAL_SIZE) ** _GROWTH, _LEAST_GROWTH)
    return float(np.clip(strangers * odds / _MOST_ODDS, min(least, strangers), strangers))


def _crowd(faces: int) -> int:
    return int(np.clip(faces, FEWEST, MOST))
