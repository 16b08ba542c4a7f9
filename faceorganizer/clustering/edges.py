"""From a neighbour graph to weighted edges: which neighbours are near enough to mean anything, and how much.

How near is near enough depends on how many strangers there are. Let F(d) be the probability that the descriptors of
two different people are closer than d. Among N faces one expects s(d) = N F(d) strangers within d of any face, so a
neighbour at distance d is worth the less, the larger s(d) is; where half a stranger is expected, the edge is cut.
"""

from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.seams import NeighbourGraph

Weights = npt.NDArray[np.float64]

# ln F(d) = a d^2 + b d + c, fitted to pairs of different people of Labeled Faces in the Wild with descriptors of
# dlib's recognition network v1, for 0.36 <= d <= 0.6. Other descriptors need another law.
_LAW: Final = (-17.70, 61.75, -34.85)

# Outside of this range of library sizes the law is an extrapolation, and a handful of faces is no crowd of strangers
# drawn at random: they may be relatives.
FEWEST: Final = 50
MOST: Final = 2_000_000

LOOSEST_CUT: Final = 1.5  # the law rises up to 1.74; descriptors further apart than 1.2 hardly exist


@dataclass(frozen=True, slots=True)
class Edges:
    """Directed edges between faces.

    Attributes:
        sources: (e,) int64 rows.
        targets: (e,) int64 rows.
        weights: (e,) float64, above 0 up to 1.
    """

    sources: IntArray
    targets: IntArray
    weights: Weights

    def __len__(self) -> int:
        return len(self.sources)

    def only(self, wanted: npt.NDArray[np.bool_] | IntArray) -> "Edges":
        """The edges that a mask or an order of edges selects."""
        return Edges(self.sources[wanted], self.targets[wanted], self.weights[wanted])

    def without(self, pairs: IntArray) -> "Edges":
        """The edges that join none of the given (p, 2) pairs of rows, in either direction."""
        if not len(pairs) or not len(self):
            return self
        width = int(max(self.sources.max(), self.targets.max(), pairs.max())) + 1
        low, high = np.minimum(self.sources, self.targets), np.maximum(self.sources, self.targets)
        return self.only(~np.isin(low * width + high, pairs.min(axis=1) * width + pairs.max(axis=1)))

    def joined_with(self, pairs: IntArray) -> "Edges":
        """These edges and (p, 2) pairs of rows in both directions at full weight."""
        sources = np.concatenate([self.sources, pairs[:, 0], pairs[:, 1]])
        targets = np.concatenate([self.targets, pairs[:, 1], pairs[:, 0]])
        return Edges(sources, targets, np.concatenate([self.weights, np.ones(2 * len(pairs))]))


def stranger_ratio(distances: Weights, cut: float) -> Weights:
    """F(d) / F(cut): how much rarer strangers are within d than within the cut; up to :data:`LOOSEST_CUT`."""
    square, linear, _ = _LAW
    return np.exp((square * distances + linear) * distances - (square * cut + linear) * cut)


def adaptive_cut(faces: int, strangers: float) -> float:
    """Distance within which so many strangers are expected in a library of so many faces.

    Libraries smaller than :data:`FEWEST` or larger than :data:`MOST` get the cut of those.

    Args:
        faces: Size of the library.
        strangers: Expected number, above 0 up to 100.

    Returns:
        Euclidean distance: 0.589 for up to 50 faces, 0.476 for 6,410, 0.35 for 2 million (half a stranger).
    """
    square, linear, constant = _LAW
    wanted = constant - np.log(strangers / np.clip(faces, FEWEST, MOST))
    return float((-linear + np.sqrt(linear**2 - 4 * square * wanted)) / (2 * square))


def edges_within(graph: NeighbourGraph, *, cut: float, k: int, strangers: float, steepness: float) -> Edges:
    """Edges to the k nearest neighbours within the cut, weighted 1 / (1 + steepness s(d)).

    Args:
        graph: The faces with their neighbours.
        cut: Largest Euclidean distance.
        k: Neighbours of each face that count.
        strangers: s at the cut.
        steepness: How much one expected stranger takes from an edge.
    """
    distances = graph.distances[:, :k]
    sources, columns = np.nonzero((distances <= cut) & (graph.indices[:, :k] >= 0))
    lengths = distances[sources, columns].astype(np.float64)
    expected = strangers * stranger_ratio(lengths, cut)
    return Edges(sources, graph.indices[sources, columns], 1 / (1 + steepness * expected))


def checked_range(name: str, value: Any, low: float, high: float, *, whole: bool = False) -> None:
    """Refuse a parameter that is no number from low to high, or no whole one where it has to be.

    Raises:
        SettingError: It is refused.
    """
    wanted = "a whole number" if whole else "a number"
    is_number = isinstance(value, Integral if whole else Real)
    if not is_number or not low <= value <= high:
        raise SettingError(f"“{name}” is {value!r}.", f"Choose {wanted} from {low:,} to {high:,}.")
