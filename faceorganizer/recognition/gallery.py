"""People reduced to a few faces each, and who of them is near to a face or a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.neighbours.vectors import checked_vectors
from faceorganizer.recognition.evidence import NEAREST

EXEMPLARS: Final = 32  # faces that stand for a person
WITNESSES: Final = 8  # faces that speak for a group
ANCHORS: Final = 4  # means of exemplars that a person is found by; a person looks different from year to year
FACES_AN_ANCHOR: Final = 4

REACH: Final = 0.62  # a face further from every anchor is hardly that person: the evidence is below -4
CANDIDATES: Final = 5  # people that are looked at more closely
LEAST_QUALITY: Final = 0.4  # exemplars are better, where a person has better ones

_BLOCK: Final = 1 << 24  # distances held at a time: 64 MB


@dataclass(frozen=True, slots=True)
class Portrait:
    """The faces that stand for a person or a group.

    Attributes:
        exemplars: (e, dimension) float32, spread evenly over the order they were given in.
        anchors: (a, dimension) float32 means of exemplars that are alike.
        faces: How many faces there are altogether.
    """

    exemplars: FloatArray
    anchors: FloatArray
    faces: int

    @property
    def witnesses(self) -> FloatArray:
        """The few exemplars that speak for it where it is the one asked about."""
        return self.exemplars[spread(len(self.exemplars), WITNESSES)]

    @property
    def width(self) -> float:
        """Largest distance between two anchors: who is two people is wide."""
        difference = self.anchors[:, None] - self.anchors[None]
        return float(np.sqrt(np.einsum("ijk,ijk->ij", difference, difference).max(initial=0)))


def spread(count: int, most: int) -> IntArray:
    """At most so many of ``count`` positions, evenly spread."""
    return np.linspace(0, count - 1, min(count, most)).round().astype(np.int64)


def portray(descriptors: FloatArray, quality: FloatArray) -> Portrait:
    """Choose the faces that stand for somebody.

    Args:
        descriptors: (n, dimension) float32, one or more, in an order that means something, such as that of time.
        quality: (n,) 0 to 1.

    Raises:
        VectorError: A descriptor is not finite.
    """
    vectors = checked_vectors(descriptors)
    good = np.flatnonzero(quality >= LEAST_QUALITY)
    chosen = good if len(good) else np.arange(len(vectors))
    exemplars = vectors[chosen[spread(len(chosen), EXEMPLARS)]]
    return Portrait(exemplars, _anchors(exemplars), len(vectors))


def _anchors(exemplars: FloatArray) -> FloatArray:
    """Means of what is nearest to each of a few exemplars that lie far apart (one step of k-means)."""
    count = min(ANCHORS, 1 + len(exemplars) // FACES_AN_ANCHOR)
    if count == 1:
        mean: FloatArray = exemplars.mean(axis=0, keepdims=True, dtype=np.float32)
        return mean
    squares = _squares(exemplars, exemplars)
    seeds = [int(squares.sum(axis=1).argmin())]
    while len(seeds) < count:
        seeds.append(int(squares[seeds].min(axis=0).argmax()))
    nearest = squares[seeds].argmin(axis=0)
    return np.stack([exemplars[nearest == place].mean(axis=0, dtype=np.float32) for place in np.unique(nearest)])


@dataclass(frozen=True, slots=True)
class Gallery:
    """Portraits side by side.

    Attributes:
        people: (p,) int64 ids, ascending.
        portraits: One each.
        anchors: (a, dimension) float32 of all, those of one person in a row.
        starts: (p,) int64 first anchor of each.
    """

    people: IntArray
    portraits: Sequence[Portrait]
    anchors: FloatArray
    starts: IntArray

    def __len__(self) -> int:
        return len(self.people)

    @classmethod
    def of(cls, people: IntArray, portraits: Sequence[Portrait], dimension: int) -> "Gallery":
        """Put portraits side by side, by ascending id."""
        anchors = [portrait.anchors for portrait in portraits]
        starts = np.cumsum([0, *(len(some) for some in anchors)])[:-1]
        return cls(people, portraits, np.concatenate([np.zeros((0, dimension), np.float32), *anchors]), starts)


@dataclass(frozen=True, slots=True)
class Units:
    """What is asked about: single faces, and groups with the faces that speak for them.

    Attributes:
        witnesses: (w, dimension) float32, those of one unit in a row.
        starts: (u,) int64 first witness of each unit; every unit has one.
        own: (u,) int64 id of the person or group a unit is itself, who is never its candidate; -1 for none.
    """

    witnesses: FloatArray
    starts: IntArray
    own: IntArray

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def sizes(self) -> IntArray:
        """(u,) number of witnesses."""
        return np.diff(self.starts, append=len(self.witnesses)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Matches:
    """Who is near to what, by unit and person.

    Attributes:
        units: (e,) int64 row of the unit.
        places: (e,) int64 row of the person in the gallery.
        distances: (e,) float32, the mean over the unit's witnesses of the mean distance to the nearest faces.
        compared: (e,) int64 faces of the person that could be nearest.
    """

    units: IntArray
    places: IntArray
    distances: FloatArray
    compared: IntArray


def nearest_people(units: Units, gallery: Gallery, *, candidates: int = CANDIDATES, reach: float = REACH) -> Matches:
    """Find the people that each unit may be.

    Those with the nearest anchors are measured closely: by the distance to the nearest few of their exemplars.

    Time O(units x anchors + matches x exemplars); memory O(units).

    Args:
        units: What is asked about.
        gallery: Who is known.
        candidates: People that are measured for each unit.
        reach: Distance to the nearest anchor beyond which nobody is.

    Raises:
        VectorError: A descriptor is not finite.
    """
    witnesses = checked_vectors(units.witnesses)
    if not len(units) or not len(gallery):
        nothing = np.zeros(0, np.int64)
        return Matches(nothing, nothing, np.zeros(0, np.float32), nothing)
    sums = np.add.reduceat(witnesses, units.starts, dtype=np.float32)
    means: FloatArray = np.divide(sums, units.sizes[:, None], dtype=np.float32)
    rows, places = _screened(means, units.own, gallery, candidates, reach)
    order = np.argsort(places, kind="stable")
    distances = np.empty(len(rows), np.float32)
    bounds = np.flatnonzero(np.diff(places[order], prepend=-1, append=-1))
    ends = units.starts + units.sizes
    # One small product of matrices for each person who is anybody's candidate.
    for low, high in pairwise(bounds.tolist()):
        asked = order[low:high]
        mine = rows[asked]
        exemplars = gallery.portraits[int(places[asked[0]])].exemplars
        picked, starts = _runs(units.starts[mine], ends[mine])
        near = mean_nearest(witnesses[picked], exemplars)
        distances[asked] = np.add.reduceat(near, starts) / units.sizes[mine]
    compared = np.array([len(portrait.exemplars) for portrait in gallery.portraits], np.int64)[places]
    return Matches(rows, places, distances, compared)


def within_reach(points: FloatArray, portrait: Portrait, reach: float = REACH) -> npt.NDArray[np.bool_]:
    """Which of (n, dimension) points are near to an anchor of somebody."""
    near: npt.NDArray[np.bool_] = _squares(points, portrait.anchors).min(axis=1) <= reach * reach
    return near


def mean_nearest(points: FloatArray, exemplars: FloatArray) -> FloatArray:
    """Mean distance of each of (n, dimension) points to the nearest few of (e, dimension) exemplars."""
    squares = _squares(points, exemplars)
    nearest = min(NEAREST, len(exemplars))
    if nearest < len(exemplars):
        squares = np.partition(squares, nearest - 1, axis=1)[:, :nearest]
    distances: FloatArray = np.sqrt(squares).mean(axis=1)
    return distances


def _screened(
    means: FloatArray, own: IntArray, gallery: Gallery, candidates: int, reach: float
) -> tuple[IntArray, IntArray]:
    """Rows of units and places of the people whose anchors are nearest, by unit."""
    step = max(1, _BLOCK // len(gallery.anchors))
    found: list[tuple[IntArray, IntArray]] = []
    place_of_own = np.searchsorted(gallery.people, own)
    place_of_own[place_of_own == len(gallery)] = 0
    is_there = gallery.people[place_of_own] == own
    for start in range(0, len(means), step):
        part = slice(start, start + step)
        squares = np.minimum.reduceat(_squares(means[part], gallery.anchors), gallery.starts, axis=1)
        inside = np.flatnonzero(is_there[part])
        squares[inside, place_of_own[part][inside]] = np.inf
        rows, places = np.nonzero(squares <= reach * reach)
        order = np.lexsort((places, squares[rows, places], rows))
        rows, places = rows[order], places[order]
        rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
        found.append((rows[rank < candidates] + start, places[rank < candidates]))
    rows, places = (np.concatenate(parts).astype(np.int64) for parts in zip(*found, strict=True))
    return rows, places


def _runs(starts: IntArray, ends: IntArray) -> tuple[IntArray, IntArray]:
    """All positions of several ranges in a row, and where each range begins among them."""
    lengths = ends - starts
    offsets = np.cumsum(lengths) - lengths
    positions = np.arange(int(lengths.sum())) + np.repeat(starts - offsets, lengths)
    return positions, offsets


def _squares(points: FloatArray, others: FloatArray) -> FloatArray:
    """(n, m) squared distances, never below 0."""
    squares = points @ others.T
    squares *= -2
    squares += np.einsum("ij,ij->i", points, points)[:, None]
    squares += np.einsum("ij,ij->i", others, others)
    result: FloatArray = np.maximum(squares, 0, out=squares)
    return result
