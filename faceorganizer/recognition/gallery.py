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

# A face that is further from all anchors of a person is not suggested to be that person: on LFW this loses 3 of 1,000
# suggestions that are right. About as many strangers are nearer.
REACH: Final = 0.56
REACH_OF_GROUPS: Final = 0.5  # likewise for several faces, whose mean is nearer
LEAST_QUALITY: Final = 0.4  # exemplars are better, where a person has better ones

_BLOCK: Final = 1 << 23  # products held at a time: 32 MB


@dataclass(frozen=True, slots=True)
class Portrait:
    """The faces that stand for a person or a group.

    Attributes:
        exemplars: (e, dimension) float32, spread evenly over the order they were given in.
        witnesses: (w, dimension) float32, the few of them that speak for it where it is the one asked about.
        mean: (dimension,) float32 mean of the witnesses.
        anchors: (a, dimension) float32 means of exemplars that are alike.
        faces: How many faces there are altogether.
    """

    exemplars: FloatArray
    witnesses: FloatArray
    mean: FloatArray
    anchors: FloatArray
    faces: int

    @property
    def width(self) -> float:
        """Largest distance between two anchors: who is two people is wide."""
        difference = self.anchors[:, None] - self.anchors[None]
        return float(np.sqrt(np.einsum("ijk,ijk->ij", difference, difference).max(initial=0)))


def spread(count: int, most: int) -> IntArray:
    """At most so many of ``count`` positions, evenly spread."""
    if count <= most:
        return np.arange(count)
    return (np.arange(most) * (count - 1) + (most - 1) // 2) // (most - 1)


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
    witnesses = exemplars[spread(len(exemplars), WITNESSES)]
    mean = witnesses.sum(axis=0) / np.float32(len(witnesses))
    return Portrait(exemplars, witnesses, mean, _anchors(exemplars), len(vectors))


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
        faces: Exemplars of all.
    """

    people: IntArray
    portraits: Sequence[Portrait]
    anchors: FloatArray
    starts: IntArray
    faces: int

    def __len__(self) -> int:
        return len(self.people)

    @classmethod
    def of(cls, people: IntArray, portraits: Sequence[Portrait], dimension: int) -> "Gallery":
        """Put portraits side by side, by ascending id."""
        anchors = [portrait.anchors for portrait in portraits]
        starts = np.cumsum([0, *(len(some) for some in anchors)])[:-1]
        faces = sum(len(portrait.exemplars) for portrait in portraits)
        return cls(people, portraits, np.concatenate([np.zeros((0, dimension), np.float32), *anchors]), starts, faces)


@dataclass(frozen=True, slots=True)
class Units:
    """What is asked about: single faces, and groups with the faces that speak for them.

    Attributes:
        witnesses: (w, dimension) float32, those of one unit in a row.
        starts: (u,) int64 first witness of each unit; every unit has one.
        means: (u, dimension) float32 mean of each unit's witnesses.
        own: (u,) int64 id of the person or group a unit is itself, who is not looked at; -1 for none.
    """

    witnesses: FloatArray
    starts: IntArray
    means: FloatArray
    own: IntArray

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def sizes(self) -> IntArray:
        """(u,) number of witnesses."""
        return np.diff(self.starts, append=len(self.witnesses)).astype(np.int64)

    @classmethod
    def of(cls, witnesses: FloatArray, own: IntArray) -> "Units":
        """Single faces (u, dimension)."""
        return cls(witnesses, np.arange(len(witnesses)), witnesses, own)

    @classmethod
    def standing_for(cls, portraits: Sequence[Portrait], own: IntArray, dimension: int) -> "Units":
        """What the witnesses of portraits speak for."""
        empty = np.zeros((0, dimension), np.float32)
        witnesses = [portrait.witnesses for portrait in portraits]
        starts = np.cumsum([0, *map(len, witnesses)])[:-1].astype(np.int64)
        means = np.array([portrait.mean for portrait in portraits], np.float32).reshape(-1, dimension)
        return cls(np.concatenate([empty, *witnesses]), starts, means, own)

    def followed_by(self, others: "Units") -> "Units":
        """These and others."""
        return Units(
            np.concatenate([self.witnesses, others.witnesses]),
            np.concatenate([self.starts, len(self.witnesses) + others.starts]),
            np.concatenate([self.means, others.means]),
            np.concatenate([self.own, others.own]),
        )

    def only(self, wanted: npt.NDArray[np.bool_]) -> "Units":
        """Some of them."""
        sizes = self.sizes
        kept = sizes[wanted]
        return Units(
            self.witnesses[np.repeat(wanted, sizes)], np.cumsum(kept) - kept, self.means[wanted], self.own[wanted]
        )


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


def nearest_people(units: Units, gallery: Gallery, *, reach: float = REACH) -> Matches:
    """Find the people that each unit may be, and measure how near they are.

    They are found by the nearest of their anchors and measured by the nearest few of their exemplars. Whether somebody
    is found depends on nobody else.

    Time O(units x anchors + matches x exemplars); memory O(units + matches).

    Args:
        units: What is asked about.
        gallery: Who is known.
        reach: Distance to the nearest anchor beyond which nobody is.

    Raises:
        VectorError: A descriptor is not finite.
    """
    witnesses = checked_vectors(units.witnesses)
    rows, places = _screened(units, gallery, reach) if len(units) and len(gallery) else _nothing()
    distances, compared = np.empty(len(rows), np.float32), np.empty(len(rows), np.int64)
    order = np.argsort(places, kind="stable")
    bounds = np.flatnonzero(np.diff(places[order], prepend=-1, append=-1)) if len(rows) else np.zeros(0, np.int64)
    sizes = units.sizes
    # One small product of matrices for each person who is near to anything.
    for low, high in pairwise(bounds.tolist()):
        asked = order[low:high]
        mine = rows[asked]
        exemplars = gallery.portraits[int(places[asked[0]])].exemplars
        lengths = sizes[mine]
        offsets = np.cumsum(lengths) - lengths
        picked = np.arange(int(lengths.sum())) + np.repeat(units.starts[mine] - offsets, lengths)
        distances[asked] = np.add.reduceat(mean_nearest(witnesses[picked], exemplars), offsets) / lengths
        compared[asked] = len(exemplars)
    return Matches(rows, places, distances, compared)


def mean_nearest(points: FloatArray, exemplars: FloatArray) -> FloatArray:
    """Mean distance of each of (n, dimension) points to the nearest few of (e, dimension) exemplars."""
    squares = _squares(points, exemplars)
    nearest = min(NEAREST, len(exemplars))
    if nearest < len(exemplars):
        squares = np.partition(squares, nearest - 1, axis=1)[:, :nearest]
    distances: FloatArray = np.sqrt(squares).mean(axis=1)
    return distances


def _screened(units: Units, gallery: Gallery, reach: float) -> tuple[IntArray, IntArray]:
    """Rows of units and places of people with an anchor within reach, by unit and place."""
    means, anchors = units.means, gallery.anchors
    # |u - a| <= r is u.a - |a|^2 / 2 - (|u|^2 - r^2) / 2 >= 0: one product of matrices and one comparison.
    slack = (np.einsum("ij,ij->i", means, means) - reach * reach) / 2
    half = np.einsum("ij,ij->i", anchors, anchors) / 2
    left = np.column_stack([means, np.ones(len(means), np.float32), -slack]).astype(np.float32)
    right = np.column_stack([anchors, -half, np.ones(len(anchors), np.float32)]).astype(np.float32)
    place_of = np.repeat(np.arange(len(gallery)), np.diff(gallery.starts, append=len(anchors)))
    step = max(1, _BLOCK // len(anchors))
    found = []
    for start in range(0, len(means), step):
        row, anchor = np.divmod(np.flatnonzero(left[start : start + step] @ right.T >= 0), len(anchors))
        found.append(np.unique((row + start) * len(gallery) + place_of[anchor]))
    rows, places = np.divmod(np.concatenate(found), len(gallery))
    others = gallery.people[places] != units.own[rows]
    return rows[others], places[others]


def _nothing() -> tuple[IntArray, IntArray]:
    return np.zeros(0, np.int64), np.zeros(0, np.int64)


def _squares(points: FloatArray, others: FloatArray) -> FloatArray:
    """(n, m) squared distances, never below 0."""
    squares = points @ others.T
    squares *= -2
    squares += np.einsum("ij,ij->i", points, points)[:, None]
    squares += np.einsum("ij,ij->i", others, others)
    result: FloatArray = np.maximum(squares, 0, out=squares)
    return result
