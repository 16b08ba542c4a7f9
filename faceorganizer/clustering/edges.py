"""From a neighbour graph to weighted edges between faces."""

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.seams import NeighbourGraph
from faceorganizer.neighbours.spread import Spread

Weights = npt.NDArray[np.float64]

# ln F(d) = a d^2 + b d + c, fitted to pairs of different people of Labeled Faces in the Wild with descriptors of
# dlib's recognition network v1, for 0.36 <= d <= 0.6. Other descriptors need another law.
_LAW: Final = (-17.70, 61.75, -34.85)

# Outside of this range of library sizes the law is an extrapolation, and a handful of faces is no crowd of strangers
# drawn at random: they may be relatives.
FEWEST: Final = 50
MOST: Final = 2_000_000

_ROWS: Final = 1 << 16  # looked at at a time: some 200 MB with 80 neighbours each


@dataclass(frozen=True, slots=True)
class Edges:
    """Directed edges between faces.

    Attributes:
        sources: (e,) int64 rows.
        targets: (e,) int64 rows.
        weights: (e,) float64; above 0 up to 1 where they are weights.
    """

    sources: IntArray
    targets: IntArray
    weights: Weights

    def __len__(self) -> int:
        return len(self.sources)

    def only(self, wanted: npt.NDArray[np.bool_] | IntArray) -> "Edges":
        """The edges that a mask or an order of edges selects."""
        if wanted.dtype == np.bool_ and wanted.all():
            return self  # a million faces have a gigabyte of them
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
        if not len(pairs):
            return self
        sources = np.concatenate([self.sources, pairs[:, 0], pairs[:, 1]])
        targets = np.concatenate([self.targets, pairs[:, 1], pairs[:, 0]])
        return Edges(sources, targets, np.concatenate([self.weights, np.ones(2 * len(pairs))]))


NO_EDGES: Final = Edges(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


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


def near_edges(graph: NeighbourGraph, *, k: int, reach: float, rows: IntArray | None = None) -> Edges:
    """Edges to the k nearest neighbours within reach, their distance at unit length as weight.

    Follows from distance and lengths alone: |x/|x| - y/|y||^2 = (|x - y|^2 - (|x| - |y|)^2) / (|x| |y|). A descriptor
    of length zero is like its copies only.

    Args:
        graph: The faces with their neighbours.
        k: Neighbours of each face that count.
        reach: Largest distance at unit length, 0 to 2.
        rows: (m,) faces whose neighbours are looked at; None for all.
    """
    chosen = np.arange(len(graph)) if rows is None else rows
    lengths = np.sqrt(np.einsum("ij,ij->i", graph.descriptors, graph.descriptors))
    parts = []
    for start in range(0, len(chosen), _ROWS):
        part = chosen[start : start + _ROWS]
        targets, distances = graph.indices[part, :k], graph.distances[part, :k].astype(np.float64)
        own, others = lengths[part, None].astype(np.float64), lengths[targets].astype(np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            squares = (distances**2 - (own - others) ** 2) / (own * others)
        squares[distances == 0] = 0
        sources, columns = np.nonzero((targets >= 0) & (squares <= reach**2))
        found = np.sqrt(np.maximum(squares[sources, columns], 0))
        parts.append(Edges(part[sources], targets[sources, columns], found))
    return joined(parts)


def vouched_for(edges: Edges, count: int, doubtful: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which edges are beyond doubt, or between faces that have a neighbour in common or none but each other.

    A stranger is mostly near to one face of a person; a face of the same person is near to several.

    Args:
        edges: Between rows; either direction counts.
        count: Number of rows.
        doubtful: (e,) the edges that need somebody to vouch for them.
    """
    # Only here: SciPy takes a tenth of a second to load, and most commands need nothing of it.
    from scipy.sparse import csr_array

    links = csr_array((np.ones(len(edges), bool), (edges.sources, edges.targets)), (count, count))
    links = csr_array(links + links.T)
    known = np.diff(links.indptr)
    result = ~doubtful
    result |= (known[edges.sources] == 1) & (known[edges.targets] == 1)
    rest = np.flatnonzero(~result)
    for start in range(0, len(rest), _ROWS):
        part = rest[start : start + _ROWS]
        common = csr_array(links[edges.sources[part]].multiply(links[edges.targets[part]]))
        result[part] = np.diff(common.indptr) > 0
    return result


def joined(parts: Sequence[Edges]) -> Edges:
    """The edges of all parts, in their order."""
    parts = [NO_EDGES, *parts]
    return Edges(*(np.concatenate([getattr(part, name) for part in parts]) for name in Edges.__slots__))


def checked_range(name: str, value: Any, low: float, high: float, *, whole: bool = False) -> None:
    """Refuse a parameter that is no number from low to high, or no whole one where it has to be.

    Raises:
        SettingError: It is refused.
    """
    wanted = "a whole number" if whole else "a number"
    is_number = isinstance(value, Integral if whole else Real)
    if not is_number or not low <= value <= high:
        raise SettingError(f"“{name}” is {value!r}.", f"Choose {wanted} from {low:,} to {high:,}.")


def checked_spread(spread: Any) -> None:
    """Refuse what does not say how far apart different people are.

    Raises:
        SettingError: It is refused.
    """
    if not isinstance(spread, Spread) or not spread.deviation > 0:
        raise SettingError(f"“spread” is {spread!r}.", "It is measured, and cannot be chosen; leave it out.")
