"""What can be said of a library as a whole: how far faces and people are apart, and how good the faces are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.people import PersonRecord

MapMethod = Literal["tsne", "umap"]
MAP_METHODS: Final[tuple[MapMethod, ...]] = ("tsne", "umap")


@dataclass(frozen=True, slots=True)
class DistanceHistogram:
    """How far apart two faces of one person are, and two of different people: descriptors at unit length.

    Attributes:
        edges: (b + 1,) float32 ascending, of the bins.
        same: (b,) pairs of faces of one person in each bin.
        different: (b,) pairs of different people likewise.
        same_pairs: Pairs of one person there are; more than were measured where they were sampled.
        different_pairs: Pairs of different people there are, likewise.
        faces: Confirmed faces that took part.
        people: Whose they are.
        cut: Distance at which the present grouping takes a stranger to be as likely as it tolerates; None where its
            method has no such distance.
        same_beyond: Share of the pairs of one person that are farther apart than the cut, 0 to 1.
        different_within: Share of the pairs of different people that are nearer than the cut, 0 to 1.
    """

    edges: FloatArray
    same: IntArray
    different: IntArray
    same_pairs: int
    different_pairs: int
    faces: int
    people: int
    cut: float | None = None
    same_beyond: float = 0.0
    different_within: float = 0.0

    @property
    def measured(self) -> tuple[int, int]:
        """How many pairs of one person, and of different people, were measured."""
        return int(self.same.sum()), int(self.different.sum())


@dataclass(frozen=True, slots=True)
class ClosePair:
    """Two people who are near to each other: they may be one.

    Attributes:
        first: The one with more faces.
        second: The other one.
        distance: Root mean square distance between faces of the one and of the other, 0 to 2.
        photos_together: Photos that show both, which speak against their being one.
        joins: Whether grouping would find them near enough to be one person.
    """

    first: PersonRecord
    second: PersonRecord
    distance: float
    photos_together: int
    joins: bool


@dataclass(frozen=True, slots=True)
class PeopleDistances:
    """How far people are apart.

    Attributes:
        people: Those of the matrix: people and groups with most faces, who is alike beside each other.
        distances: (p, p) float32 root mean square distances between their faces; on the diagonal those between a
            person's own faces, NaN for somebody with one face.
        everybody: How many people and groups there are.
        pairs: The closest pairs of everybody, the closest first, but for those the user said are different.
    """

    people: Sequence[PersonRecord]
    distances: FloatArray
    everybody: int
    pairs: Sequence[ClosePair]


@dataclass(frozen=True, slots=True)
class QualityHistogram:
    """How good the faces are.

    Attributes:
        edges: (b + 1,) float32 from 0 to 1.
        named: (b,) faces of named people in each bin.
        groups: (b,) faces of unnamed groups.
        nobody: (b,) faces that nobody holds.
        least: Quality below which faces hold no groups together.
    """

    edges: FloatArray
    named: IntArray
    groups: IntArray
    nobody: IntArray
    least: float

    @property
    def faces(self) -> int:
        """How many faces there are."""
        return int(self.named.sum() + self.groups.sum() + self.nobody.sum())

    @property
    def below(self) -> int:
        """Faces in bins below the least quality."""
        low = self.edges[1:] <= np.float32(self.least) + np.float32(1e-6)
        return int((self.named + self.groups + self.nobody)[low].sum())


@dataclass(frozen=True, slots=True)
class RocCurve:
    """How verification trades false accepts for true ones, as a figure shows it.

    Attributes:
        source: What was measured.
        below: What was found, in a line.
        false_accepts: (n,) share of the pairs of two people that are accepted, ascending.
        true_accepts: (n,) share of the pairs of one person likewise.
    """

    source: str
    below: str
    false_accepts: npt.NDArray[np.float64]
    true_accepts: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MapPoints:
    """Faces as points, for a figure or a table.

    Attributes:
        method: How they were laid out.
        faces: (n,) int64 face ids.
        photos: (n,) int64 picture ids.
        persons: (n,) int64 person that holds the face; -1 for none.
        places: (n, 2) float32 from -1 to 1, y down.
        names: Of the people who have one.
    """

    method: MapMethod
    faces: IntArray
    photos: IntArray
    persons: IntArray
    places: FloatArray
    names: Mapping[PersonId, str]


Insight = DistanceHistogram | PeopleDistances | QualityHistogram | MapPoints


@dataclass(frozen=True, slots=True)
class FigureStyle:
    """How a figure looks.

    Attributes:
        theme: Colours for a light or a dark ground.
        pixels: Width of a raster picture; a vector one has the same proportions.
    """

    theme: Literal["light", "dark"] = "light"
    pixels: int = 2000
