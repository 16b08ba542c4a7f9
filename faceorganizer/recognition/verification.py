"""Whether two faces are one person's: from a distance to a calibrated probability, and to yes or no.

The log-odds of one person fall linearly with the Euclidean distance (Platt, "Probabilistic outputs for support vector
machines", 1999). The threshold belongs to a false-accept rate: the share of pairs of two people that it takes for one.
It is read from the distances of such pairs, in between by the logarithm of the rate.

Both are fitted to one half of the people of Labeled Faces in the Wild, described by dlib's recognition network v1; each
person and each pair of people counts alike. ``tests/benchmarks/verification_lfw.py`` fits and measures.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.faces import EmbeddingModel
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.recognition.evidence import logistic

Values = npt.NDArray[np.float64]

FALSE_ACCEPTS: Final = 1e-3  # unless the user names another rate
EVEN: Final = 0.5  # prior: as many pairs are of one person as of two


@dataclass(frozen=True, slots=True)
class PairCalibration:
    """What was fitted for the descriptors of one network.

    Attributes:
        constant: Log-odds of one person at distance 0.
        slope: Change of the log-odds with the distance, below 0.
        rates: False-accept rates, falling.
        cuts: The distance up to which two faces count as one person, for each rate; falling as well.
    """

    constant: float
    slope: float
    rates: tuple[float, ...]
    cuts: tuple[float, ...]

    def probability(self, distances: FloatArray | Values, *, prior: float = EVEN) -> Values:
        """Probability that two faces are one person's; it falls with the distance.

        Args:
            distances: (...) Euclidean.
            prior: How likely that was before the faces were looked at, between 0 and 1.
        """
        if not 0 < prior < 1:
            raise UsageError(f"A prior of {prior:g} leaves nothing to find out.", "Choose one between 0 and 1.")
        before = math.log(prior / (1 - prior))
        return logistic(self.constant + self.slope * np.asarray(distances, np.float64) + before)

    def threshold(self, false_accepts: float) -> float:
        """The distance up to which two faces count as one person.

        Args:
            false_accepts: Share of the pairs of two people that may be taken for one.

        Raises:
            UsageError: No threshold was measured for such a rate.
        """
        least, most = self.rates[-1], self.rates[0]
        if not least <= false_accepts <= most:  # neither for NaN
            raise UsageError(
                f"No threshold is known for a false-accept rate of {false_accepts:g}.",
                f"Choose one from {least:g} to {most:g}, such as {FALSE_ACCEPTS:g}.",
            )
        known = np.log(self.rates[::-1])
        return float(np.interp(math.log(false_accepts), known, self.cuts[::-1]))


DLIB: Final = PairCalibration(
    constant=32.735,
    slope=-52.838,
    rates=(1e-1, 10**-1.5, 1e-2, 10**-2.5, 1e-3, 10**-3.5, 1e-4),
    cuts=(0.7118, 0.6613, 0.6194, 0.5814, 0.5438, 0.5081, 0.4728),
)

# Means over a chip and its mirror image lie nearer to each other, at 0.983 of the distance plus 0.003: by regression on
# the pairs of 440 pictures of the same half.
MIRRORED: Final = PairCalibration(
    constant=32.904,
    slope=-53.772,
    rates=DLIB.rates,
    cuts=(0.7026, 0.6530, 0.6118, 0.5744, 0.5375, 0.5024, 0.4677),
)

_CALIBRATED: Final = {"dlib-resnet-v1": DLIB, "dlib-resnet-v1+mirror": MIRRORED}


def calibration_of(model: EmbeddingModel) -> PairCalibration | None:
    """What distances between a model's descriptors mean; None for a network that was never measured."""
    return _CALIBRATED.get(model.name)


def distance_between(left: FloatArray, right: FloatArray) -> float:
    """Euclidean distance of two descriptors (dimension,) of one model."""
    return float(np.linalg.norm(left.astype(np.float64) - right.astype(np.float64)))
