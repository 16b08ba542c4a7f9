"""From distances to calibrated probabilities: who of the known people it is, or nobody.

The evidence that a face is a certain person is a logistic function of its mean distance d to the nearest three faces of
that person, and of how many there are to be near to. The people compete in a nested logit (McFadden, "Modelling the
choice of residential location", 1978): one nest holds everybody who is known, the other choice is nobody. A stranger
resembles somebody the more easily, the more faces are known; so their number counts against all people.

Several faces of one group are no independent witnesses: they share a camera, a day, a look. Their mean distance is
taken, and their number counts by a small power only.

Everything is fitted to Labeled Faces in the Wild with descriptors of dlib's recognition network v1, half of the queries
being strangers; for other descriptors it is a guess. ``tests/benchmarks/suggestions_lfw.py`` fits and measures.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.geometry import FloatArray, IntArray

Values = npt.NDArray[np.float64]

NEAREST: Final = 3  # faces of a person that a face is compared with


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was fitted.

    Attributes:
        weights: Of 1, d, d^2, ln n, d ln n, 1 / k and d / k, for n faces of a person of which the k nearest count.
        crowd: Of the logarithm of the number of known faces, in the evidence that it is anybody at all.
        rivalry: Above 0 up to 1; the smaller, the more those compete who are alike (dissimilarity of the nest).
        power: Of the number of faces of a group, which scales the evidence.
        surplus: Of the logarithm of that number, which is added.
    """

    weights: tuple[float, ...]
    crowd: float
    rivalry: float
    power: float
    surplus: float


LFW: Final = Calibration(
    weights=(15.335, -10.27, -14.688, 4.2, -10.013, 3.243, -10.094),
    crowd=-0.621,
    rivalry=0.446,
    power=0.122,
    surplus=-0.349,
)

# Grouping compared the same faces before: what it left alone is less often somebody known than distances say. Log-odds
# of that, chosen on the faces of one half of LFW that grouping leaves alone; taken for groups that it left, too.
LEFT_BY_GROUPING: Final = -1.5

# Whether a person's faces are two people's is told by the height of the last merge of two parts in average linkage.
# Fitted to 86 people of LFW and 295 mixtures of two; then one in twenty is taken to be mixed.
_MIXED: Final = (44.65, -24.42 - np.log(295 / 86) - np.log(19.0))

# A person whose age is known to be below this, in either picture, changes with the years.
CHILDHOOD_YEARS: Final = 10.0
_A_YEAR: Final = 0.5  # of log-odds; chosen, not measured: LFW holds no children
_MOST_YEARS: Final = 6.0


def features(distances: FloatArray | Values, compared: IntArray) -> Values:
    """What the weights of a calibration are of.

    Args:
        distances: (...) mean distances to the nearest faces of a person.
        compared: (...) faces of that person that could be nearest, one or more.

    Returns:
        (..., 7) float64.
    """
    d = np.asarray(distances, np.float64)
    count = np.log(np.asarray(compared, np.float64))
    few = 1 / np.minimum(compared, NEAREST)
    return np.stack([np.ones_like(d), d, d * d, count, d * count, few, d * few], axis=-1)


def likened(calibration: Calibration, slope: float, shift: float) -> Calibration:
    """A calibration whose evidence of single faces is stretched and shifted."""
    constant, *others = (slope * weight for weight in calibration.weights)
    return replace(calibration, weights=(constant + shift, *others))


def evidence(
    distances: FloatArray | Values, compared: IntArray, faces: IntArray, calibration: Calibration = LFW
) -> Values:
    """Log-odds that a face or group is a certain person rather than a stranger, before others are considered.

    It falls with the distance.

    Args:
        distances: (e,) Euclidean; of a group the mean over its faces.
        compared: (e,) faces of the person that could be nearest.
        faces: (e,) faces of the group; 1 for a face.
        calibration: What was fitted.
    """
    single = features(distances, compared) @ np.array(calibration.weights)
    return np.asarray(single * faces**calibration.power + calibration.surplus * np.log(faces), np.float64)


def probabilities(
    queries: IntArray, strengths: Values, known: int, *, log_odds: float = 0.0, calibration: Calibration = LFW
) -> Values:
    """Probability of each person for each query; what is missing to one is that it is nobody of them.

    Args:
        queries: (e,) what each entry is about, in any order; a query's people are in entries of their own. Who is too
            far away to count may be left out.
        strengths: (e,) evidence of each.
        known: Faces that all people are compared by, not only those in entries.
        log_odds: Of being known at all, where it differs from one half.
        calibration: What was fitted.

    Returns:
        (e,) 0 to 1; of one query at most 1 together.
    """
    if not len(queries):
        return np.zeros(0)
    _, row = np.unique(queries, return_inverse=True)
    scaled = strengths / calibration.rivalry
    best = np.full(int(row.max()) + 1, -np.inf)
    np.maximum.at(best, row, scaled)
    shares = np.exp(scaled - best[row])
    total = np.bincount(row, shares)
    anybody = calibration.rivalry * (best + np.log(total)) + calibration.crowd * np.log(max(known, 1)) + log_odds
    return np.asarray(shares / total[row] * logistic(anybody)[row], np.float64)


def least_evidence(probability: float, known: int, *, log_odds: float = 0.0, calibration: Calibration = LFW) -> float:
    """Evidence that makes somebody so likely who has no rival."""
    return float(np.log(probability / (1 - probability)) - calibration.crowd * np.log(max(known, 1)) - log_odds)


def logistic(values: Values) -> Values:
    """1 / (1 + exp(-x)), without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * values)), np.float64)


def mixed_probability(heights: FloatArray | Values) -> Values:
    """Probability that a person's faces are those of two people.

    Args:
        heights: (...) average-linkage height of the merge that joins the two parts.
    """
    slope, constant = _MIXED
    return logistic(slope * np.asarray(heights, np.float64) + constant)


def years_of_doubt(gap: Values, age: Values) -> Values:
    """What the evidence loses where a child has grown meanwhile.

    Half a unit of log-odds a year (the odds fall by two fifths), for at most six years, if the person was younger than
    ten in one of the two pictures. A rule of thumb, not measured.

    Args:
        gap: (...) years between the picture and the nearest one in time that the person is known from; NaN: unknown.
        age: (...) the person's age in the earlier of both, in years; NaN: unknown.
    """
    young = np.less(age, CHILDHOOD_YEARS, where=~np.isnan(age), out=np.zeros(age.shape, bool))
    return np.where(young, _A_YEAR * np.minimum(np.nan_to_num(gap), _MOST_YEARS), 0.0)
