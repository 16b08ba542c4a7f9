"""All faces of one model in memory, and who is near to whom. It follows changes without starting anew.

A unit is what is asked about: a face that nobody holds, by its negative id, or an unnamed group, by its id. Hidden
groups are no units; hidden people are known like others, for a face that is theirs is nobody else's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from faceorganizer.db.repositories.people import LinkKind
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.faces import FaceTable
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.ids import FaceId, ModelId, PersonId
from faceorganizer.domain.people import DAYS_A_YEAR, PersonOutline
from faceorganizer.neighbours.spread import DLIB
from faceorganizer.recognition.evidence import (
    LEFT_BY_GROUPING,
    LFW,
    Calibration,
    Values,
    evidence,
    least_evidence,
    probabilities,
    years_of_doubt,
)
from faceorganizer.recognition.gallery import (
    REACH,
    REACH_OF_GROUPS,
    Gallery,
    Portrait,
    Units,
    mean_nearest,
    nearest_people,
    portray,
)
from faceorganizer.services.mathematics import load_scipy
from faceorganizer.services.models.spread import spread_of
from faceorganizer.services.recognition.learned import Learned, seen

Mask = npt.NDArray[np.bool_]
Link = tuple[FaceId, FaceId, LinkKind]

# Evidence is fitted anew to the confirmed faces with each change of them; where there are more, with each tenth.
MOST_FOLLOWED: Final = 1000
CHANGED: Final = 0.1
LEAST: Final = 0.01  # probability that somebody has to have, were there no rivals, to be a candidate at all
_JULIAN: Final = 1_721_424.5  # day of date.toordinal() 0


@dataclass(frozen=True, slots=True)
class Pairs:
    """Units and people that are near to each other, by unit.

    Attributes:
        known: (u,) ids of the units that were compared, ascending.
        units: (e,) id of the unit.
        people: (e,) id of the person.
        distances: (e,) float32.
        compared: (e,) faces of the person that could be nearest.
    """

    known: IntArray
    units: IntArray
    people: IntArray
    distances: FloatArray
    compared: IntArray

    @classmethod
    def none(cls) -> "Pairs":
        """Nothing compared yet."""
        nothing = np.zeros(0, np.int64)
        return cls(nothing, nothing, nothing, np.zeros(0, np.float32), nothing)

    def only(self, wanted: Mask) -> "Pairs":
        """Some of the pairs."""
        return Pairs(self.known, self.units[wanted], self.people[wanted], self.distances[wanted], self.compared[wanted])


@dataclass(frozen=True, slots=True)
class Chances:
    """Who units may be, by unit, the likeliest first.

    Attributes:
        units: (e,) id of the unit.
        people: (e,) id of the person.
        values: (e,) probability.
    """

    units: IntArray
    people: IntArray
    values: Values

    def only(self, wanted: Mask | IntArray) -> "Chances":
        """Some of them."""
        return Chances(self.units[wanted], self.people[wanted], self.values[wanted])

    def best(self) -> "Chances":
        """The likeliest of each unit."""
        return self.only(np.flatnonzero(np.diff(self.units, prepend=np.iinfo(np.int64).min)))


class Likeness:
    """The faces that a library holds of one model.

    Args:
        unit: A transaction to read in.
        model: What made the descriptors.
        learned: What they are seen through; None for nothing.

    Attributes:
        model: What made the descriptors.
        learned: When that was learned what they are seen through; None for nothing.
        faces: The faces; those of present photos that are neither ignored nor no face.
        people: Everybody, by id.
        changed: Holders of faces that changed since this was last emptied.
    """

    def __init__(self, unit: UnitOfWork, model: ModelId, learned: Learned | None = None) -> None:
        self.model = model
        self._spread = spread_of(unit, model) or DLIB
        self.learned = None if learned is None else learned.made
        self._head = learned
        self.faces: FaceTable = seen(unit.descriptors.table(model), learned)
        self.people: dict[int, PersonOutline] = {outline.id: outline for outline in unit.people.outlines()}
        self.changed: set[int] = set()
        self._alone: dict[tuple[int, int], Values] = {}
        self._rejections = unit.people.rejections()
        self._links: list[Link] = unit.people.links()
        self._portraits: dict[int, Portrait] = {}
        self._to_named = self._among_groups = self._among_named = Pairs.none()
        self._taken: Values | None = None
        self._calibration, self._confirmed = LFW, np.zeros((2, 0), np.int64)
        self._arrange(unit, None, np.zeros(0, np.int64))

    def refresh(self, unit: UnitOfWork, faces: Collection[int], people: Collection[int]) -> None:
        """Take over what changed.

        Args:
            unit: A transaction to read in.
            faces: Ids of faces of which anything may have changed.
            people: Ids of people likewise.
        """
        numbers = [FaceId(number) for number in faces]
        touched = np.array(sorted(faces), np.int64)
        fresh = seen(unit.descriptors.table(self.model, faces=numbers), self._head)
        stale = np.isin(self.faces.ids, touched)
        dirty = {*people, *self.faces.persons[stale].tolist(), *fresh.persons.tolist()} - {-1}
        self.faces = _replaced(self.faces, stale, fresh)
        outlines = {outline.id: outline for outline in unit.people.outlines([PersonId(number) for number in dirty])}
        self.people = {number: who for number, who in self.people.items() if number not in dirty} | outlines
        self._rejections = np.concatenate(
            [self._rejections[~np.isin(self._rejections[:, 0], touched)], unit.people.rejections(numbers)]
        )
        others = [link for link in self._links if link[0] not in faces and link[1] not in faces]
        self._links = [*others, *unit.people.links(numbers)]
        self._arrange(unit, dirty, touched)

    def rows_of(self, units: IntArray) -> tuple[IntArray, IntArray]:
        """Rows of the faces of units or people, one after the other, and where each one's begin."""
        starts, ends = self._bounds(units)
        lengths = ends - starts
        offsets = np.cumsum(lengths) - lengths
        positions = np.arange(int(lengths.sum())) + np.repeat(starts - offsets, lengths)
        return self._order[positions], offsets

    def rows(self, unit: int) -> IntArray:
        """Rows of the faces of one unit or person, by face id."""
        return self.rows_of(np.array([unit], np.int64))[0]

    def parting(self, height: float) -> float:
        """The height of a merge, as average linkage tells it, that is as unusual by dlib's network."""
        return height if self._spread == DLIB else self._spread.carried(height, DLIB)

    def width(self, number: int) -> float:
        """How far apart the faces of a person or group are, likewise."""
        return self.parting(self.portrait(number).width)

    def sizes(self, units: IntArray) -> IntArray:
        """Number of faces of each unit or person."""
        starts, ends = self._bounds(units)
        return ends - starts

    def portrait(self, person: int) -> Portrait:
        """The faces that stand for a person or group that has some."""
        return self._portraits[person]

    @property
    def holders(self) -> IntArray:
        """Ids of the people and groups that have faces and are not hidden, ascending."""
        return np.array([number for number in sorted(self._portraits) if not self.people[number].hidden], np.int64)

    @property
    def loose(self) -> IntArray:
        """Units that are single faces: negative ids, ascending."""
        units: IntArray = -self.faces.ids[self.faces.persons == -1][::-1]
        return units

    @property
    def groups(self) -> IntArray:
        """Ids of the unnamed groups that are units, ascending."""
        return self._groups.people

    def named(self) -> Chances:
        """Who of the named people each unit may be."""
        return self._chances(self._to_named, self._named.faces, log_odds=LEFT_BY_GROUPING)

    def alike(self, *, named: bool, log_odds: float = LEFT_BY_GROUPING) -> Chances:
        """Who may be whom among the unnamed groups, or among the named people."""
        if named:  # by evidence that was not fitted to these people's being different
            return self._chances(self._among_named, self._named.faces, log_odds=log_odds, mutual=True, fitted=LFW)
        return self._chances(self._among_groups, self._groups.faces, log_odds=log_odds, mutual=True)

    def of_face(self, face: FaceId) -> Chances:
        """Who of the named people a face may be, whoever holds it; its holder is judged by the other faces."""
        row = int(np.searchsorted(self.faces.ids, face))
        if row == len(self.faces) or self.faces.ids[row] != face:
            return Chances(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
        holder = int(self.faces.persons[row])
        query = Units.of(self.faces.descriptors[[row]], np.array([holder]))
        pairs = self._measured(query, self._named, np.array([-face]))
        others = self.rows(holder) if holder in self._named_ids else np.zeros(0, np.int64)
        others = others[others != row]
        if len(others):
            own = Gallery.of(np.array([holder]), [self._portray(others)], self.faces.descriptors.shape[1])
            alone = Units.of(query.witnesses, np.array([-1]))
            pairs = _joined([pairs, self._measured(alone, own, np.array([-face]))], pairs.known)
        return self._chances(pairs, self._named.faces, log_odds=self.prior(holder))

    def of_group(self, group: PersonId) -> Chances:
        """Who of the other named people a person or group may be."""
        if group not in self._portraits:
            return Chances(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
        pairs = self._measured(self._units([group]), self._named, np.array([group]))
        return self._chances(pairs, self._named.faces, log_odds=self.prior(group))

    def alone(self, groups: IntArray, people: IntArray) -> Values:
        """Probability of each face of groups, in the order of :meth:`rows_of`, to be a person, were it alone."""
        parts = [np.zeros(0)]
        for group, person in zip(groups.tolist(), people.tolist(), strict=True):
            if (group, person) not in self._alone:
                exemplars = self._portraits[person].exemplars
                distances = self._as_dlibs(mean_nearest(self.faces.descriptors[self.rows(group)], exemplars))
                one = np.ones(len(distances), np.int64)
                self._alone[group, person] = evidence(distances, len(exemplars) * one, one, self._calibration)
            parts.append(self._alone[group, person])
        strengths = np.concatenate(parts)
        known = self._named.faces
        return probabilities(np.arange(len(strengths)), strengths, known, calibration=self._calibration)

    def barred(self, units: IntArray, people: IntArray) -> tuple[Mask, IntArray]:
        """Which faces of units may not be which people.

        A face was rejected for the person, cannot be with one of the person's faces, is in a photo that holds the
        person already, or in one that was taken before the person was born.

        Args:
            units: (e,) ids.
            people: (e,) ids.

        Returns:
            (f,) whether, for all faces of each unit in a row; and (e,) where those of each begin.
        """
        rows, offsets = self.rows_of(units)
        person = np.repeat(people, self.sizes(units))
        bad = _holds(self._bans, rows * self._width + person)
        together = _holds(self._photos, self.faces.contents[rows] * self._width + person)
        together &= self.faces.persons[rows] != person  # which is itself what the photo holds
        bad |= together & ~_holds(self._exempt, rows * self._width + person)
        if self._taken is not None:
            bad |= self._taken[rows] < self._born(person)
        return bad, offsets

    def tied(self, first: IntArray, second: IntArray) -> bool:
        """Whether somebody said of one face among each (n,) ids that they are one person."""
        one, other = set(first.tolist()), set(second.tolist())
        return any(
            kind == "must" and ((a in one and b in other) or (a in other and b in one)) for a, b, kind in self._links
        )

    def prior(self, holder: int) -> float:
        """Log-odds that what somebody holds is anybody known: less where grouping left it."""
        return 0.0 if holder in self._named_ids else LEFT_BY_GROUPING

    def _chances(
        self,
        pairs: Pairs,
        known: int,
        *,
        log_odds: float = 0.0,
        mutual: bool = False,
        fitted: Calibration | None = None,
    ) -> Chances:
        units, places = np.unique(pairs.units, return_inverse=True)
        witnesses = [len(self._portraits[unit].witnesses) if unit > 0 else 1 for unit in units.tolist()]
        spoken = np.array(witnesses, np.int64)[places]
        calibration = self._calibration if fitted is None else fitted
        strengths = evidence(pairs.distances, pairs.compared, spoken, calibration) - self._doubt(pairs)
        allowed = strengths > least_evidence(LEAST, known, log_odds=log_odds, calibration=calibration)
        pairs, strengths = pairs.only(allowed), strengths[allowed]
        allowed = self.allowed(pairs.units, pairs.people)
        if mutual:
            allowed &= self.allowed(pairs.people, pairs.units)
        units, persons = pairs.units[allowed], pairs.people[allowed]
        values = probabilities(units, strengths[allowed], known, log_odds=log_odds, calibration=calibration)
        order = np.lexsort((persons, -values, units))
        return Chances(units[order], persons[order], values[order])

    def allowed(self, units: IntArray, people: IntArray) -> Mask:
        """Whether more than half of the unit may be the person, and nobody parted them."""
        if not len(units):
            return np.zeros(0, np.bool_)
        bad, offsets = self.barred(units, people)
        fit: Mask = 2 * np.add.reduceat(bad, offsets, dtype=np.int64) < self.sizes(units)
        grouped = units > 0
        fit[grouped] &= ~_holds(self._parted, units[grouped] * self._width + people[grouped])
        return fit

    def _doubt(self, pairs: Pairs) -> Values:
        """What evidence loses where a child may have grown between two pictures."""
        lost = np.zeros(len(pairs.units))
        if self._taken is None:
            return lost
        born = self._born(pairs.people)
        for person in np.unique(pairs.people[born > -np.inf]).tolist():
            mine = np.flatnonzero(pairs.people == person)
            known = np.sort(self._taken[self.rows(person)])
            known = known[~np.isnan(known)]
            if len(known):
                rows, offsets = self.rows_of(pairs.units[mine])
                sizes = self.sizes(pairs.units[mine])
                taken = np.add.reduceat(self._taken[rows], offsets) / sizes  # unknown if one of them is
                after = np.clip(np.searchsorted(known, taken), 1, len(known)) - 1
                before = known[after]
                later = known[np.minimum(after + 1, len(known) - 1)]
                nearest = np.where(np.abs(taken - before) <= np.abs(later - taken), before, later)
                age = (np.minimum(taken, nearest) - born[mine[0]]) / DAYS_A_YEAR
                lost[mine] = years_of_doubt(np.abs(taken - nearest) / DAYS_A_YEAR, age)
        return lost

    def _born(self, people: IntArray) -> Values:
        """Julian day of birth; minus infinity where it is not known."""
        numbers, places = np.unique(people, return_inverse=True)
        days = [_julian(self.people[number].birth_date) for number in numbers.tolist()]
        return np.array(days, np.float64)[places]

    def _arrange(self, unit: UnitOfWork, dirty: set[int] | None, touched: IntArray) -> None:
        """Bring everything derived up to date; ``dirty`` people and ``touched`` faces changed, None: all did."""
        self._sort()
        self._portray_again(dirty)
        named = [number for number in sorted(self._portraits) if self.people[number].name is not None]
        groups = [
            number
            for number in sorted(self._portraits)
            if self.people[number].name is None and not self.people[number].hidden
        ]
        self._named, self._groups = self._gallery(named), self._gallery(groups)
        self._named_ids = set(named)
        self._calibrate()
        self._read_dates(unit)
        self._forbid()
        loose = np.flatnonzero(self.faces.persons == -1)[::-1]
        of_groups, of_named = self._units(groups), self._units(named)
        asked = Units.of(self.faces.descriptors[loose], np.full(len(loose), -1)).followed_by(of_groups)
        ids = np.concatenate([-self.faces.ids[loose], self._groups.people])
        changed = None if dirty is None else np.array(sorted(dirty | set((-touched).tolist())), np.int64)
        self._to_named = self._again(self._to_named, ids, asked, self._named, changed)
        groups_ids, named_ids, reach = self._groups.people, self._named.people, REACH_OF_GROUPS
        self._among_groups = self._again(self._among_groups, groups_ids, of_groups, self._groups, changed, reach)
        self._among_named = self._again(self._among_named, named_ids, of_named, self._named, changed, reach)
        self.changed |= set(self._portraits) if dirty is None else dirty
        fresh = set() if dirty is None else dirty
        self._alone = {pair: values for pair, values in self._alone.items() if fresh.isdisjoint(pair)}

    def _calibrate(self) -> None:
        """Fit the evidence to the confirmed faces of named people, where enough of them came or went since."""
        sure = self.faces.decided & np.isin(self.faces.persons, self._named.people)
        confirmed = np.stack([self.faces.ids[sure], self.faces.persons[sure]])
        before, now = self._confirmed.shape[1], confirmed.shape[1]
        if np.array_equal(confirmed, self._confirmed) or (
            now > MOST_FOLLOWED and abs(now - before) <= CHANGED * before
        ):
            return
        # Only here: whoever has confirmed nobody needs nothing of it.
        load_scipy()
        from faceorganizer.recognition.classifiers import adapted_evidence

        people = np.unique(confirmed[1], return_inverse=True)[1]
        self._calibration = adapted_evidence(self.faces.descriptors[sure], people, self._spread)
        self._confirmed = confirmed
        self._alone.clear()

    def _sort(self) -> None:
        by_holder = np.argsort(self.faces.persons, kind="stable").astype(np.int64)
        self._held = self.faces.persons[by_holder]
        self._order = np.concatenate([by_holder, np.arange(len(self.faces))])

    def _bounds(self, units: IntArray) -> tuple[IntArray, IntArray]:
        """Where the rows of units are in the order of all: first those of holders, then each face by itself."""
        alone = len(self.faces) + np.searchsorted(self.faces.ids, -units)
        starts = np.where(units > 0, np.searchsorted(self._held, units), alone)
        ends = np.where(units > 0, np.searchsorted(self._held, units, side="right"), alone + 1)
        return starts.astype(np.int64), ends.astype(np.int64)

    def _portray(self, rows: IntArray) -> Portrait:
        return portray(self.faces.descriptors[rows], self.faces.quality[rows])

    def _portray_again(self, dirty: set[int] | None) -> None:
        numbers = np.unique(self._held[self._held > 0]) if dirty is None else np.array(sorted(dirty), np.int64)
        starts, ends = self._bounds(numbers)
        for number, start, end in zip(numbers.tolist(), starts.tolist(), ends.tolist(), strict=True):
            if start < end:
                self._portraits[number] = self._portray(self._order[start:end])
            else:
                self._portraits.pop(number, None)

    def _gallery(self, numbers: list[int]) -> Gallery:
        portraits = [self._portraits[number] for number in numbers]
        return Gallery.of(np.array(numbers, np.int64), portraits, self.faces.descriptors.shape[1])

    def _units(self, numbers: list[int]) -> Units:
        portraits = [self._portraits[number] for number in numbers]
        return Units.standing_for(portraits, np.array(numbers, np.int64), self.faces.descriptors.shape[1])

    def _again(
        self,
        pairs: Pairs,
        ids: IntArray,
        units: Units,
        gallery: Gallery,
        changed: IntArray | None,
        reach: float = REACH,
    ) -> Pairs:
        """Measure changed units with everybody, and changed people with all units; None: all changed."""
        if changed is None:
            return self._measured(units, gallery, ids, reach)
        stale = _holds(changed, ids) | ~_holds(pairs.known, ids)
        of_units = self._measured(units.only(stale), gallery, ids[stale], reach)
        of_people = self._measured(units, self._gallery(np.intersect1d(changed, gallery.people).tolist()), ids, reach)
        standing = ids[~stale]
        kept = pairs.only(_holds(standing, pairs.units) & ~_holds(changed, pairs.people))
        return _joined([kept, of_units, of_people.only(_holds(standing, of_people.units))], ids)

    def _measured(self, units: Units, gallery: Gallery, ids: IntArray, reach: float = REACH) -> Pairs:
        found = nearest_people(units, gallery, reach=DLIB.carried(reach, self._spread))
        distances = self._as_dlibs(found.distances)
        return Pairs(ids, ids[found.units], gallery.people[found.places], distances, found.compared)

    def _as_dlibs(self, distances: FloatArray) -> FloatArray:
        """Distances that are as unusual between people by dlib's network, to which evidence was fitted."""
        return distances if self._spread == DLIB else self._spread.carried(distances, DLIB)

    def _read_dates(self, unit: UnitOfWork) -> None:
        """Julian days of all faces' pictures, NaN where unknown; only where somebody's birth is known."""
        if not any(self.people[number].birth_date for number in self._named_ids):
            self._taken = None
        else:
            pictures, days = unit.contents.days_taken()
            self._taken = np.full(len(self.faces), np.nan)
            known = _holds(pictures, self.faces.contents)
            self._taken[known] = days[np.searchsorted(pictures, self.faces.contents[known])]

    def _forbid(self) -> None:
        """Collect what is never to be suggested, as sorted keys."""
        faces = self.faces
        self._width = width = 1 + max([0, *self.people])
        rejected = self._rejections[np.isin(self._rejections[:, 0], faces.ids)]
        rejected = rejected[rejected[:, 1] < width]
        must, cannot = (self._linked(kind) for kind in ("must", "cannot"))
        both = np.concatenate([cannot, cannot[:, ::-1]])
        held = both[faces.persons[both[:, 1]] > 0]
        self._bans = np.unique(
            np.concatenate(
                [
                    np.searchsorted(faces.ids, rejected[:, 0]) * width + rejected[:, 1],
                    held[:, 0] * width + faces.persons[held[:, 1]],
                ]
            )
        )
        apart = held[faces.contents[held[:, 0]] != faces.contents[held[:, 1]]]
        self._parted = np.unique(faces.persons[apart[:, 0]] * width + faces.persons[apart[:, 1]])
        shown = faces.persons > 0
        self._photos = np.unique(faces.contents[shown] * width + faces.persons[shown])
        both = np.concatenate([must, must[:, ::-1]])
        both = both[(faces.contents[both[:, 0]] == faces.contents[both[:, 1]]) & (faces.persons[both[:, 1]] > 0)]
        self._exempt = np.unique(both[:, 0] * width + faces.persons[both[:, 1]])

    def _linked(self, kind: str) -> IntArray:
        """Rows (k, 2) of faces that are linked, where both are there."""
        pairs = np.array([(a, b) for a, b, other in self._links if other == kind], np.int64).reshape(-1, 2)
        pairs = pairs[np.isin(pairs, self.faces.ids).all(axis=1)]
        return np.searchsorted(self.faces.ids, pairs).astype(np.int64)


def _replaced(faces: FaceTable, stale: Mask, fresh: FaceTable) -> FaceTable:
    """The table with some rows replaced; in place where only their contents differ, which is the usual case."""
    if np.array_equal(faces.ids[stale], fresh.ids):
        for column in fields(FaceTable):
            getattr(faces, column.name)[stale] = getattr(fresh, column.name)
        return faces
    order = np.argsort(np.concatenate([faces.ids[~stale], fresh.ids]), kind="stable")
    columns = (
        np.concatenate([getattr(faces, column.name)[~stale], getattr(fresh, column.name)])[order]
        for column in fields(FaceTable)
    )
    return FaceTable(*columns)


def _joined(pairs: Sequence[Pairs], known: IntArray) -> Pairs:
    units = np.concatenate([part.units for part in pairs])
    order = np.argsort(units, kind="stable")
    return Pairs(
        known,
        units[order],
        np.concatenate([part.people for part in pairs])[order],
        np.concatenate([part.distances for part in pairs])[order],
        np.concatenate([part.compared for part in pairs])[order],
    )


def _holds(keys: IntArray, wanted: IntArray) -> Mask:
    """Whether sorted keys hold each of those wanted."""
    if not len(keys):
        return np.zeros(len(wanted), np.bool_)
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: Mask = keys[places] == wanted
    return found


def _julian(day: date | None) -> float:
    return -np.inf if day is None else day.toordinal() + _JULIAN
