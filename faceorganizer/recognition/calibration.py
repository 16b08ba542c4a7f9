"""From what a classifier says of a face to calibrated probabilities: who of the known people it is, or nobody.

A classifier reports features of each candidate. Their weighted sum is the evidence that the face is that person; the
candidates compete in a nested logit (McFadden, "Modelling the choice of residential location", 1978), as in
:mod:`faceorganizer.recognition.evidence`: one nest holds everybody who is known, the other choice is nobody.

What holds for one library is somewhat off in another: other cameras, other ages. So a library may shift and stretch
the evidence (Platt, "Probabilistic outputs for support vector machines", 1999) by its own people, some of whom are
taken for strangers in turn. How far it may go is a matter of how many it has: the fit is penalised towards no change.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.geometry import IntArray
from faceorganizer.recognition.evidence import Values, logistic

MOST_FACES: Final = 32  # of one person that make strangers look like somebody known; more are of the same looks

Mask = npt.NDArray[np.bool_]

_STRETCH: Final = 0.2  # how far the logarithm of the slope may be off in another library: standard deviation
_SHIFT: Final = 0.5  # likewise of the log-odds
_RIVALRY: Final = 0.05  # least: below it the likeliest takes all anyway
_LEAST: Final = 1e-12
_BINS: Final = 15


@dataclass(frozen=True, slots=True)
class NestedLogit:
    """What was fitted.

    Attributes:
        weights: Of the features.
        crowd: Of the logarithm of the number of known faces, in the evidence that it is anybody at all.
        rivalry: Above 0 up to 1; the smaller, the more those compete who are alike (dissimilarity of the nest).
        slope: By which the evidence is stretched in a library.
        shift: By which its log-odds are shifted there.
    """

    weights: tuple[float, ...]
    crowd: float
    rivalry: float
    slope: float = 1.0
    shift: float = 0.0

    def probabilities(self, features: Values, present: Mask, known: int) -> Values:
        """Probability of each candidate; what is missing to one is that it is nobody of them.

        Args:
            features: (n, k, f) of the candidates of each face.
            present: (n, k) whether there is such a candidate.
            known: Faces of all people known, not only of candidates; at most :data:`MOST_FACES` of each count.

        Returns:
            (n, k) 0 to 1, 0 for absent ones.
        """
        if not present.size:
            return np.zeros(present.shape)
        strengths = self.slope * (features @ np.array(self.weights)) + self.shift
        scaled = np.where(present, strengths / self.rivalry, -np.inf)
        best = scaled.max(axis=1, initial=-1e9)
        shares = np.exp(scaled - best[:, None])
        total = np.maximum(shares.sum(axis=1), _LEAST)
        anybody = self.rivalry * (best + np.log(total)) + self.crowd * np.log(max(known, 1))
        return np.asarray(shares / total[:, None] * logistic(anybody)[:, None], np.float64)


@dataclass(frozen=True, slots=True)
class Trial:
    """Faces whose truth is known, with what a classifier that did not see them said.

    Attributes:
        features: (n, k, f).
        present: (n, k) whether there is such a candidate.
        right: (n,) column of the true person; -1 when it is not among the candidates.
        known: (n,) whether the true person is known at all.
        faces: That the classifier learned, at most :data:`MOST_FACES` of each person.
    """

    features: Values
    present: Mask
    right: IntArray
    known: Mask
    faces: int

    def loss(self, link: NestedLogit) -> Values:
        """(n,) negative logarithm of the probability of what is true; 0 for who is known but no candidate."""
        chances = link.probabilities(self.features, self.present, self.faces)
        found = self.right >= 0
        told = np.where(found, np.take_along_axis(chances, np.maximum(self.right, 0)[:, None], axis=1)[:, 0], 1.0)
        told = np.where(self.known, told, 1 - chances.sum(axis=1))
        return np.asarray(-np.log(np.maximum(told, _LEAST)), np.float64)


def fitted(trials: Sequence[Trial], start: NestedLogit) -> NestedLogit:
    """Find everything that a calibration has; each trial counts alike."""
    from scipy.optimize import minimize

    def linked(values: Values) -> NestedLogit:
        *weights, crowd, rivalry = values.tolist()
        return NestedLogit(tuple(weights), crowd, _RIVALRY + (1 - _RIVALRY) * float(logistic(np.array(rivalry))))

    def cost(values: Values) -> float:
        link = linked(values)
        return float(np.mean([trial.loss(link).mean() for trial in trials]) + 1e-5 * (values**2).sum())

    inside = (start.rivalry - _RIVALRY) / (1 - _RIVALRY)
    rivalry = np.log(max(inside, 0.01) / (1 - inside))
    return linked(minimize(cost, np.array([*start.weights, start.crowd, rivalry]), method="BFGS").x)


def adapted(trials: Sequence[Trial], prior: NestedLogit) -> NestedLogit:
    """Shift and stretch the evidence as a library's own people ask for; not at all where there are none.

    The maximum of the posterior: slope and shift are expected to be those of the prior, give or take a little.
    """
    # Only here: SciPy takes a while to load.
    from scipy.optimize import minimize

    asked = [trial for trial in trials if len(trial.right)]
    if not asked:
        return prior

    def cost(values: Values) -> float:
        stretch, shift = values.tolist()
        link = replace(prior, slope=float(np.exp(stretch)), shift=shift)
        penalty = 0.5 * ((stretch / _STRETCH) ** 2 + (shift / _SHIFT) ** 2)
        return float(sum(trial.loss(link).sum() for trial in asked) + penalty)

    stretch, shift = minimize(cost, np.zeros(2), method="BFGS", options={"gtol": 0.1}).x.tolist()
    return replace(prior, slope=float(np.exp(stretch)), shift=shift)


def calibration_error(confidence: Values, right: Mask) -> float:
    """Expected calibration error over bins of equal width (Guo et al., ICML 2017).

    Args:
        confidence: (n,) 0 to 1, of the likeliest answers.
        right: (n,) whether these are right.

    Returns:
        0 for a perfect calibration, and for no answers.
    """
    if not len(confidence):
        return 0.0
    places = np.minimum((confidence * _BINS).astype(np.int64), _BINS - 1)
    return float(np.abs(np.bincount(places, confidence - right, _BINS)).sum() / len(confidence))
