"""From the groups of a run to people: what people decided stays, what they know by id keeps its id.

A run labels faces anew each time; labels mean nothing from one run to the next. Here they meet the persons that hold
the faces now. The result is a fixed point: reconciling it again with the same labels changes nothing.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from faceorganizer.clustering.constraints import (
    NOWHERE,
    Candidates,
    compact,
    photo_pairs,
    separate,
    settle,
)
from faceorganizer.domain.faces import FaceTable
from faceorganizer.domain.geometry import FloatArray, IntArray

NONE: Final = -1
FIRST_NEW: Final = -2

_NEAREST: Final = 3  # anchors of a person that a face is compared with
_DISTANCES: Final = 1 << 22  # held at a time: 16 MB

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Bans:
    """Which faces may never be which persons, as one sorted key a pair. Persons are numbered from 0 to width."""

    keys: IntArray
    width: int

    @classmethod
    def of(cls, rows: IntArray, persons: IntArray, width: int) -> "_Bans":
        return cls(np.unique(rows * width + persons), width)

    def hold(self, rows: IntArray, persons: IntArray) -> Mask:
        """Whether each pair is banned."""
        return np.isin(rows * self.width + persons, self.keys)

    def and_holders(self, conflicts: IntArray, holders: IntArray) -> "_Bans":
        """Also ban each row from persons that hold a row it conflicts with; holders (n,) are -1 where none."""
        both = np.concatenate([conflicts, conflicts[:, ::-1]])
        both = both[holders[both[:, 1]] != NOWHERE]
        return _Bans(np.union1d(self.keys, both[:, 0] * self.width + holders[both[:, 1]]), self.width)

    def pairs(self) -> tuple[IntArray, IntArray]:
        """Rows and persons."""
        return self.keys // max(self.width, 1), self.keys % max(self.width, 1)


def reconcile(
    labels: IntArray,
    faces: FaceTable,
    *,
    named: IntArray,
    rejections: IntArray,
    cannot: IntArray,
    exceptions: IntArray | None = None,
    keep: Mask | None = None,
) -> IntArray:
    """Decide which person or group holds each face.

    - Decided faces never move; faces to keep do not either, unless that breaks a rule below.
    - A face whose group holds such fixed faces goes to the person of the nearest of them (mean distance to the three
      nearest of each person), the next person if that one is ruled out.
    - What is left of each group keeps the person it overlaps most, each person going to one group only, provided that
      more than half of it may be that person. Otherwise it becomes a new group; so do those who may not come along.
    - No face becomes a person it was rejected for, or one that holds a face it cannot be with.
    - One face alone is no group, unless it stays in a named person or is fixed.

    Time O(n log n) and, in groups with fixed faces, O(free x fixed); memory O(n + pairs).

    Args:
        labels: (n,) groups as a run found them.
        faces: The faces with the persons that hold them now.
        named: (p,) ids of persons with a name.
        rejections: (r, 2) row and id of a person that this face never is.
        cannot: (c, 2) rows that are never one person.
        exceptions: (e, 2) rows that may be one person though in one photo. All others of one photo may not.
        keep: (n,) faces that stay where they are though no human said so. None: no such face.

    Returns:
        (n,) ids of persons; -1 for none; -2 and below for groups that are new, numbered by their first face.
    """
    count = len(faces)
    if labels.shape != (count,) or (keep is not None and keep.shape != (count,)):
        raise ValueError(f"labels {labels.shape} and what to keep do not fit {count} faces")
    known = np.unique(np.concatenate([faces.persons[faces.persons > 0], named, rejections[:, 1]]))
    now = np.where(faces.persons > 0, np.searchsorted(known, faces.persons), NOWHERE)
    conflicts = np.concatenate([photo_pairs(faces.contents, exceptions), cannot])
    bans = _Bans.of(rejections[:, 0], np.searchsorted(known, rejections[:, 1]), len(known))

    fixed = _fixed(now, faces, keep, conflicts, bans)
    held = np.where(fixed, now, NOWHERE)
    held = _joined(labels, faces.descriptors, fixed | faces.decided, held, conflicts, bans.and_holders(conflicts, held))

    lasting = np.isin(known, named)
    lasting[held[held != NOWHERE]] = True
    free = np.flatnonzero((held == NOWHERE) & ~faces.decided)
    groups = separate(labels, conflicts, np.isin(np.arange(count), free), faces.quality)
    return _kept_ids(free, groups, now, held, known, lasting, bans.and_holders(conflicts, held))


def _fixed(now: IntArray, faces: FaceTable, keep: Mask | None, conflicts: IntArray, bans: _Bans) -> Mask:
    """Faces that stay in a person: decided ones, and those to keep that break no rule, the best first."""
    decided: Mask = faces.decided & (now != NOWHERE)
    if keep is None:
        return decided
    asked = np.flatnonzero(keep & ~faces.decided & (now != NOWHERE))
    asked = asked[~bans.hold(asked, now[asked])]
    claims = np.nan_to_num(faces.quality[asked].astype(np.float64))
    wishes = Candidates(asked, now[asked], np.zeros(len(asked), np.int64), claims)
    fixed: Mask = settle(np.where(decided, now, NOWHERE), conflicts, wishes) != NOWHERE
    return fixed


def _joined(
    labels: IntArray, descriptors: FloatArray, settled: Mask, held: IntArray, conflicts: IntArray, bans: _Bans
) -> IntArray:
    """Let free faces join the persons that hold fixed faces of their group; ``held`` (n,) with those added."""
    rows, persons, distances = _nearest_people(labels, descriptors, settled, held)
    allowed = ~bans.hold(rows, persons)
    rows, persons, distances = rows[allowed], persons[allowed], distances[allowed]
    ranks = np.empty(len(rows), np.int64)
    ranks[np.lexsort((persons, distances, rows))] = np.arange(len(rows))
    return settle(held, conflicts, Candidates(rows, persons, ranks, -distances.astype(np.float64)))


def _nearest_people(
    labels: IntArray, descriptors: FloatArray, settled: Mask, held: IntArray
) -> tuple[IntArray, IntArray, FloatArray]:
    """Each free row with each person fixed in its group, and its mean distance to the nearest faces of that person."""
    groups = compact(labels)
    anchored = np.zeros(int(groups.max(initial=-1)) + 1, bool)
    anchored[groups[held != NOWHERE]] = True
    anchors = np.flatnonzero(held != NOWHERE)
    anchors = anchors[np.lexsort((held[anchors], groups[anchors]))]
    free = np.flatnonzero(~settled & anchored[groups])
    free = free[np.argsort(groups[free], kind="stable")]
    rows, persons, distances = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
    # One run of anchors per group and person; each is compared with the free rows of that group.
    keys = np.column_stack([groups[anchors], held[anchors]])
    starts = np.flatnonzero(np.any(np.diff(keys, axis=0, prepend=-1), axis=1))
    ends = np.append(starts, len(anchors))[1:]
    lows = np.searchsorted(groups[free], keys[starts, 0])
    highs = np.searchsorted(groups[free], keys[starts, 0], side="right")
    for start, end, low, high in zip(starts, ends, lows, highs, strict=True):
        if low < high:
            rows.append(free[low:high])
            persons.append(np.full(high - low, held[anchors[start]]))
            distances.append(_mean_nearest(descriptors[free[low:high]], descriptors[anchors[start:end]]))
    return np.concatenate(rows), np.concatenate(persons), np.concatenate(distances)


def _mean_nearest(points: FloatArray, others: FloatArray) -> FloatArray:
    """Mean distance of each point to the nearest few others."""
    nearest = min(_NEAREST, len(others))
    result = np.empty(len(points), np.float32)
    step = max(1, _DISTANCES // len(others))
    lengths = np.einsum("ij,ij->i", others, others)
    for start in range(0, len(points), step):
        part = points[start : start + step]
        squares = np.einsum("ij,ij->i", part, part)[:, None] + lengths - 2 * (part @ others.T)
        least = np.partition(squares, nearest - 1, axis=1)[:, :nearest]
        result[start : start + step] = np.sqrt(np.maximum(least, 0)).mean(axis=1)
    return result


def _kept_ids(
    rows: IntArray,
    groups: IntArray,
    now: IntArray,
    held: IntArray,
    known: IntArray,
    lasting: Mask,
    bans: _Bans,
) -> IntArray:
    """Give what is left of each group the person it overlaps most, or make it a new one."""
    result = np.where(held != NOWHERE, np.append(known, NONE)[held], NONE)
    fresh = np.full(len(now), NOWHERE)
    used = np.zeros(len(known), bool)
    while len(rows):
        units = compact(groups[rows])
        person_of = _matches(rows, units, now[rows], lasting, used, bans)
        used[person_of[person_of != NOWHERE]] = True
        wanted = person_of[units]
        new = wanted == NOWHERE
        sizes = np.bincount(units)
        grouped = rows[new & (sizes[units] > 1)]
        fresh[grouped] = rows[np.unique(units, return_index=True)[1]][units[new & (sizes[units] > 1)]]
        barred = ~new & bans.hold(rows, wanted)
        result[rows[~new & ~barred]] = known[wanted[~new & ~barred]]
        rows = rows[barred]  # fewer than half of each group: they try again among themselves
    made = np.flatnonzero(fresh != NOWHERE)
    result[made] = FIRST_NEW - compact(fresh[made])
    return result


def _matches(rows: IntArray, units: IntArray, now: IntArray, lasting: Mask, used: Mask, bans: _Bans) -> IntArray:
    """Pair units with persons one to one, the largest overlap first; (units,) persons, -1 for none."""
    width = bans.width
    sizes = np.bincount(units)
    result = np.full(len(sizes), NOWHERE)
    here = now != NOWHERE
    here[here] = ~bans.hold(rows[here], now[here])
    pairs, overlap = np.unique(units[here] * width + now[here], return_counts=True)
    unit, person = pairs // max(width, 1), pairs % max(width, 1)
    may = 2 * (sizes[unit] - _banned(rows, units, pairs, bans)) > sizes[unit]
    may &= ~used[person] & ((sizes[unit] > 1) | lasting[person])
    unit, person, overlap = unit[may], person[may], overlap[may]
    order = np.lexsort((unit, person, -sizes[unit], ~lasting[person], -overlap))
    taken = set()
    # A plain loop: there are no more overlaps than faces, most often as many as groups.
    for one, other in zip(unit[order].tolist(), person[order].tolist(), strict=True):
        if result[one] == NOWHERE and other not in taken:
            result[one] = other
            taken.add(other)
    return result


def _banned(rows: IntArray, units: IntArray, pairs: IntArray, bans: _Bans) -> IntArray:
    """How many rows of the unit may not be the person, for each key unit x person."""
    banned_rows, banned_persons = bans.pairs()
    place = np.searchsorted(rows, banned_rows)
    there = place < len(rows)
    there[there] = rows[place[there]] == banned_rows[there]
    keys, counts = np.unique(units[place[there]] * bans.width + banned_persons[there], return_counts=True)
    found = np.searchsorted(keys, pairs)
    hit = found < len(keys)
    hit[hit] = keys[found[hit]] == pairs[hit]
    result = np.zeros(len(pairs), np.int64)
    result[hit] = counts[found[hit]]
    return result
