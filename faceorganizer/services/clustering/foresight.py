"""What another grouping would change, without changing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from faceorganizer.domain.faces import FaceTable
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.ids import FaceId

PART: Final = 2  # faces from which a piece of a group is a group itself
SHOWN_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class GroupingForesight:
    """How the people and groups of now compare with those of another grouping.

    Attributes:
        faces: Faces that took part.
        groups_now: People and groups that hold faces.
        groups_then: The same afterwards.
        apart: People and groups that would come apart.
        joined: People and groups that would become one with others.
        placed: Faces without anybody that would join somebody.
        dropped: Faces that would be left without anybody.
        apart_examples: For some that would come apart, the largest first: the best face of each of their parts.
        joined_examples: For some that would be joined, the largest first: the best face of each of them.
    """

    faces: int
    groups_now: int
    groups_then: int
    apart: int
    joined: int
    placed: int
    dropped: int
    apart_examples: tuple[tuple[FaceId, ...], ...]
    joined_examples: tuple[tuple[FaceId, ...], ...]


def foresee(faces: FaceTable, persons: IntArray, examples: int) -> GroupingForesight:
    """Compare who holds faces now with who would.

    Args:
        faces: With who holds them now.
        persons: (n,) who would hold each face: an id, -1 for nobody, -2 and below for new groups.
        examples: Most examples of either kind.
    """
    now = faces.persons
    held = (now >= 0) & (persons != -1)
    pairs, counts = np.unique(np.column_stack([now[held], persons[held]]), axis=0, return_counts=True)
    pieces, sizes = pairs[counts >= PART], counts[counts >= PART]
    apart = _several(pieces[:, 0], sizes)
    joined = _several(pieces[:, 1], sizes)
    return GroupingForesight(
        faces=len(faces),
        groups_now=len(np.unique(now[now >= 0])),
        groups_then=len(np.unique(persons[persons != -1])),
        apart=len(apart),
        joined=int(np.isin(pieces[:, 1], joined).sum()),
        placed=int(np.count_nonzero((now < 0) & (persons != -1))),
        dropped=int(np.count_nonzero((now >= 0) & (persons == -1))),
        apart_examples=tuple(_best(faces, now == group, persons) for group in apart[:examples]),
        joined_examples=tuple(_best(faces, persons == group, now) for group in joined[:examples]),
    )


def _several(labels: IntArray, sizes: IntArray) -> IntArray:
    """Labels that occur more than once, those with most faces first."""
    found, first, times = np.unique(labels, return_inverse=True, return_counts=True)
    total = np.bincount(first.ravel(), weights=sizes, minlength=len(found))
    order = np.argsort(-total, kind="stable")
    several: IntArray = found[order][times[order] > 1]
    return several


def _best(faces: FaceTable, among: np.ndarray, parts: IntArray) -> tuple[FaceId, ...]:
    """The best face of each of the largest parts of some faces."""
    rows = np.flatnonzero(among & (parts != -1))
    labels, sizes = np.unique(parts[rows], return_counts=True)
    largest = labels[np.argsort(-sizes, kind="stable")][:SHOWN_PARTS]
    return tuple(_best_face(faces.ids, faces.quality, rows[parts[rows] == label]) for label in largest)


def _best_face(ids: IntArray, quality: FloatArray, rows: Sequence[int] | IntArray) -> FaceId:
    return FaceId(int(ids[rows][int(np.argmax(quality[rows]))]))
