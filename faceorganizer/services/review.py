"""Who is likely to be who, and what to ask next. Nothing here assigns by itself unless a setting says so.

Answers are what :class:`~faceorganizer.services.people.PeopleService` and
:class:`~faceorganizer.services.faces.FacesService` do anyway: confirm or reject faces, merge, split, name. Two answers
that nobody else needs are here: that two people are different, and that one person is not two.
"""

import threading
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Final

import numpy as np

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.people import same_name
from faceorganizer.domain.review import (
    KNOWN,
    AreSame,
    HoldsTwo,
    IsPerson,
    Question,
    QuestionKey,
    Suggested,
    Suggestion,
    WhoIs,
)
from faceorganizer.recognition.evidence import mixed_probability
from faceorganizer.services.assigning import active_faces
from faceorganizer.services.clustering.service import ClusteringService
from faceorganizer.services.events import EventBus, LibraryChanged
from faceorganizer.services.mathematics import load_scipy
from faceorganizer.services.recognition.learned import in_use, learned_head
from faceorganizer.services.recognition.likeness import Chances, Likeness
from faceorganizer.services.settings import SettingsService

if TYPE_CHECKING:
    from faceorganizer.services.recognition.classifying import Identifier

ASK_FROM: Final = 0.3  # probability from which a question is worth asking
FITS_FROM: Final = 0.5  # probability of a face alone from which it is not set apart
SHOWN_FROM: Final = 0.05  # probability from which somebody is named as a candidate
SHOWN: Final = 5  # candidates of a face or group
TWO_NAMES: Final = float(-np.log(19.0))  # log-odds that people with two names are one: whoever named them knew

_WIDE: Final = 0.5  # whose anchors are not this far apart is one person; spares most people the closer look
_PICTURES: Final = ("content", "file", "root")  # what scans and folders touch

EVIDENCE: Final = "evidence"  # the classifier that Likeness itself is

_Parted = tuple[float, tuple[FaceId, ...], tuple[FaceId, ...]]  # probability, faces of the larger and smaller part


class ReviewService:
    """Suggestions, and questions in the order of their use.

    Everything is kept in memory after the first call and follows what the library's own services change. Changes by
    another process are seen after :meth:`forget`.
    """

    def __init__(
        self, database: Database, settings: SettingsService, clustering: ClusteringService, events: EventBus
    ) -> None:
        self._database = database
        self._settings = settings
        self._clustering = clustering
        self._events = events
        self._likeness: Likeness | None = None
        self._waiting: list[ChangeSet] = []
        self._following = False
        self._parts: dict[int, _Parted | None] = {}
        self._first_worth: dict[QuestionKey, float] = {}
        self._asked: list[Question] | None = None  # as long as nothing changes
        self._identifiers: dict[str, Identifier] = {}  # likewise
        self._busy = threading.RLock()
        self._noting = threading.Lock()
        events.subscribe(LibraryChanged, self._note)

    def suggestions(
        self, face: FaceId, *, hidden: bool = False, classifier: str | None = None
    ) -> tuple[Suggestion, ...]:
        """The named people that a face may be, the likeliest first; none where it has no descriptor.

        Never anybody it was rejected for, who is in the same photo, or who was born later. The holder of a face is
        judged by the other faces.

        Args:
            face: Held by anybody or nobody.
            hidden: Whether hidden people are named, too.
            classifier: What tells who it is; what the library's setting says when None.

        Raises:
            UnknownIdError: There is no such face.
            SettingError: There is no such classifier.
        """
        with self._informed(self._database.read()) as (unit, likeness):
            unit.faces.held([face])
            if likeness is None:
                return ()
            return _named(likeness, self._judge(likeness, classifier).of_face(face), hidden)

    def suggestions_for_group(
        self, person: PersonId, *, hidden: bool = False, classifier: str | None = None
    ) -> tuple[Suggestion, ...]:
        """The other named people that a person or an unnamed group as a whole may be, the likeliest first.

        Args:
            person: A person or group.
            hidden: Whether hidden people are named, too.
            classifier: What tells who it is; what the library's setting says when None.

        Raises:
            UnknownIdError: There is no such person.
            SettingError: There is no such classifier.
        """
        with self._informed(self._database.read()) as (unit, likeness):
            unit.people.get(person)
            if likeness is None:
                return ()
            return _named(likeness, self._judge(likeness, classifier).of_group(person), hidden)

    def suggest_all(self, *, hidden: bool = False, classifier: str | None = None) -> list[Suggested]:
        """All faces and groups without a name that may be somebody, the surest first.

        Args:
            hidden: Whether hidden people are named, too.
            classifier: What tells who they are; what the library's setting says when None.

        Raises:
            SettingError: There is no such classifier.
        """
        with self._informed(self._database.read()) as (_, likeness):
            if likeness is None:
                return []
            chances = self._judge(likeness, classifier).named()
            found = [_suggested(likeness, *entry) for entry in _by_unit(likeness, chances, hidden)]
        return sorted(found, key=lambda one: (-one.suggestions[0].probability, one.group or 0, one.face or 0))

    def queue(self) -> list[Question]:
        """What is worth asking, first what is expected to settle most faces (see :mod:`faceorganizer.domain.review`).

        A question keeps its rank among the others as long as it is asked, whatever is answered meanwhile.
        """
        with self._informed(self._database.read()) as (_, likeness):
            if self._asked is None:
                asked = {} if likeness is None else {question.key: question for question in self._questions(likeness)}
                known = self._first_worth
                self._first_worth = {key: known.get(key, question.settles) for key, question in asked.items()}
                order = sorted(asked, key=lambda key: (-self._first_worth[key], key))
                self._asked = [asked[key] for key in order]
            return list(self._asked)

    def different(self, first: PersonId, second: PersonId) -> ChangeSet:
        """Say that two people or groups are not the same, so that it is never asked again.

        No face of either becomes the other by a machine, and a cannot-link between their key faces outlives any
        grouping.

        Args:
            first: One of them.
            second: The other.

        Raises:
            UnknownIdError: One of them does not exist.
            UsageError: Both are the same.
        """
        if first == second:
            raise UsageError("It takes two people to be different.")
        with self._database.write("different people") as unit:
            records = [unit.people.get(person) for person in (first, second)]
            for one, other in (records, records[::-1]):
                unit.people.reject([(face, other.id) for face in unit.people.faces(one.id)], "different")
            key, other_key = (record.key_face for record in records)
            if key is not None and other_key is not None:
                unit.people.link([(key, other_key)], "cannot", "different")
        return self._published(unit)

    def one_person(self, person: PersonId, parts: Sequence[Sequence[FaceId]]) -> ChangeSet:
        """Say that somebody is one person, though the faces look like two: all are confirmed, the parts linked.

        Args:
            person: A person or group.
            parts: Faces of that person, in two parts or more.

        Raises:
            UnknownIdError: There is no such person or face.
            UsageError: A face is not one of the person's, is ignored, or there are fewer than two parts.
        """
        if len(parts) < 2:
            raise UsageError("Parts are two or more.")
        with self._database.write("one person") as unit:
            unit.people.get(person)
            chosen = [active_faces(unit, part) for part in parts]
            strangers = [face.id for part in chosen for face in part if face.person != person]
            if strangers:
                raise UsageError(f"Not faces of person {person}: {', '.join(map(str, strangers))}.")
            unit.people.link([(one[0].id, other[0].id) for one, other in pairwise(chosen)], "must", "one person")
            unit.people.confirm(person)
        return self._published(unit)

    def assign_automatically(self) -> ChangeSet:
        """Follow all suggestions that are as sure as the library's setting asks, as a machine: decisions stay.

        Whole groups are followed but for faces that do not fit. Of two faces in one photo the likelier one goes.

        Returns:
            What changed; nothing when the setting is off, as it is unless somebody turned it on.

        Raises:
            LibraryLockedError: Another process is writing.
        """
        least = self._settings.library().review.automatic_from
        if not least:
            return ChangeSet()
        with self._informed(self._database.write()) as (unit, likeness):
            if likeness is not None:
                _follow(unit, likeness, self._judge(likeness).named().best(), least)
        return self._published(unit)

    def forget(self) -> None:
        """Read everything anew at the next call."""
        with self._busy:
            self._likeness = None
            self._identifiers.clear()

    def _judge(self, likeness: Likeness, classifier: str | None = None) -> "Likeness | Identifier":
        """Who tells who somebody is."""
        name = classifier or self._settings.library().review.classifier
        if name == EVIDENCE:
            return likeness
        if name not in self._identifiers:
            # Only here: what classifiers need takes a while to load.
            load_scipy()
            from faceorganizer.services.recognition.classifying import Identifier

            self._identifiers[name] = Identifier(likeness, name)
        return self._identifiers[name]

    def _questions(self, likeness: Likeness) -> Iterator[Question]:
        chances = self._judge(likeness).named()
        unseen = _of_the_hidden(likeness, chances)
        candidates = {n: found for n, found in _by_unit(likeness, chances, hidden=False) if n not in unseen}
        likely = {number: found for number, found in candidates.items() if found[0].probability >= ASK_FROM}
        groups = {number: found for number, found in likely.items() if number > 0}
        yield from _are_groups(likeness, groups)
        yield from _are_faces(likeness, {number: found for number, found in likely.items() if number < 0})
        yield from _are_same(likeness, likeness.alike(named=False), groups.keys() | unseen)
        yield from _are_same(likeness, likeness.alike(named=True, log_odds=TWO_NAMES), ())
        yield from self._mixed(likeness)
        rest = np.setdiff1d(likeness.groups, np.array([*groups, *unseen], np.int64))
        for number, faces in zip(rest.tolist(), _faces_of(likeness, rest), strict=True):
            yield WhoIs(PersonId(number), faces, candidates.get(number, ()), KNOWN * len(faces))

    def _mixed(self, likeness: Likeness) -> Iterator[HoldsTwo]:
        for number in likeness.changed:
            self._parts.pop(number, None)
        likeness.changed.clear()
        for number in likeness.holders.tolist():
            if number not in self._parts:
                self._parts[number] = _parted(likeness, number)
            parts = self._parts[number]
            if parts is not None:
                chance, larger, smaller = parts
                if not likeness.tied(np.array(larger), np.array(smaller)):
                    name = likeness.people[number].name
                    yield HoldsTwo(PersonId(number), name, (larger, smaller), chance, chance * len(smaller))

    def _note(self, event: LibraryChanged) -> None:
        with self._noting:
            if self._following:
                self._waiting.append(event.changes)

    @contextmanager
    def _informed(
        self, transaction: AbstractContextManager[UnitOfWork]
    ) -> Iterator[tuple[UnitOfWork, Likeness | None]]:
        """A transaction with what is known as of it; None where the library has no descriptors of the model in use."""
        with self._busy:
            # Before the transaction begins: it is sure to see what was told of until now.
            with self._noting:
                changes, self._waiting, self._following = ChangeSet.merged(self._waiting), [], True
            with transaction as unit:
                known, self._likeness = self._likeness, None  # stays so if this fails
                self._likeness = self._followed(unit, known, changes)
                if changes or known is None or self._likeness is not known:
                    self._asked = None
                    self._identifiers.clear()
                yield unit, self._likeness

    def _followed(self, unit: UnitOfWork, known: Likeness | None, changes: ChangeSet) -> Likeness | None:
        try:
            model = unit.models.id_of(self._clustering.model)
        except UnknownIdError:
            return None
        faces = set(changes.of("face"))
        if known is not None and known.model == model and any(changes.of(entity) for entity in _PICTURES):
            # Pictures came or went, and their faces with them.
            faces.update(np.setxor1d(known.faces.ids, unit.descriptors.described(model)).tolist())
        same = known is not None and (known.model, known.learned) == (model, in_use(unit, model))
        if known is None or not same or 4 * len(faces) > len(known.faces):
            self._parts.clear()
            return Likeness(unit, model, learned_head(unit, model))
        if changes:
            known.refresh(unit, faces, changes.of("person"))
        return known

    def _published(self, unit: UnitOfWork) -> ChangeSet:
        self._events.changed(unit.changes)
        return unit.changes


def _by_unit(likeness: Likeness, chances: Chances, hidden: bool) -> Iterator[tuple[int, tuple[Suggestion, ...]]]:
    """Each unit that may be somebody, with whom, the likeliest first."""
    kept = chances.only(chances.values >= SHOWN_FROM)
    entries = zip(kept.units.tolist(), kept.people.tolist(), kept.values.tolist(), strict=True)
    for number, mine in groupby(entries, key=itemgetter(0)):
        found = [
            Suggestion(PersonId(person), likeness.people[person].name or "", value)
            for _, person, value in mine
            if hidden or not likeness.people[person].hidden
        ]
        if found:
            yield number, tuple(found[:SHOWN])


def _of_the_hidden(likeness: Likeness, chances: Chances) -> set[int]:
    """Units that are most likely somebody who is hidden: nothing is asked about them."""
    best = chances.best()
    entries = zip(best.units.tolist(), best.people.tolist(), best.values.tolist(), strict=True)
    return {number for number, person, value in entries if value >= ASK_FROM and likeness.people[person].hidden}


def _named(likeness: Likeness, chances: Chances, hidden: bool) -> tuple[Suggestion, ...]:
    return next((suggestions for _, suggestions in _by_unit(likeness, chances, hidden)), ())


def _suggested(likeness: Likeness, number: int, suggestions: tuple[Suggestion, ...]) -> Suggested:
    if number < 0:
        return Suggested(FaceId(-number), None, 1, suggestions)
    return Suggested(None, PersonId(number), len(likeness.rows(number)), suggestions)


def _faces(likeness: Likeness, rows: IntArray) -> tuple[FaceId, ...]:
    return tuple(FaceId(number) for number in likeness.faces.ids[rows].tolist())


def _faces_of(likeness: Likeness, holders: IntArray) -> Iterator[tuple[FaceId, ...]]:
    rows, offsets = likeness.rows_of(holders)
    faces = likeness.faces.ids[rows].tolist()
    for start, end in pairwise([*offsets.tolist(), len(faces)]):
        yield tuple(faces[start:end])


@dataclass(frozen=True, slots=True)
class _Fit:
    """The faces of a group that may be a person at all, the most doubtful first: those that fit, and the others."""

    faces: tuple[FaceId, ...]
    doubtful: tuple[FaceId, ...]


def _fits(likeness: Likeness, groups: IntArray, people: IntArray) -> Iterator[_Fit]:
    """How the faces of each group fit a person."""
    rows, offsets = likeness.rows_of(groups)
    possible = ~likeness.barred(groups, people)[0]
    chances = likeness.alone(groups, people)
    entry = np.repeat(np.arange(len(groups)), likeness.sizes(groups))
    order = np.lexsort((rows, chances, entry))  # keeps the faces of each group where they are
    faces = likeness.faces.ids[rows[order]].tolist()
    fit, may = (chances >= FITS_FROM)[order].tolist(), possible[order].tolist()
    for start, end in pairwise([*offsets.tolist(), len(faces)]):
        mine = [(faces[place], fit[place]) for place in range(start, end) if may[place]]
        fitting = tuple(face for face, fits in mine if fits)
        doubtful = tuple(face for face, fits in mine if not fits)
        yield _Fit(fitting, doubtful)


def _are_groups(likeness: Likeness, likely: Mapping[int, tuple[Suggestion, ...]]) -> Iterator[IsPerson]:
    groups = np.array(list(likely), np.int64)
    people = np.array([found[0].person for found in likely.values()], np.int64)
    for (group, found), fit in zip(likely.items(), _fits(likeness, groups, people), strict=True):
        best = found[0]
        # Where no face fits alone, none is more doubtful than the others.
        faces, doubtful = (fit.faces, fit.doubtful) if fit.faces else (fit.doubtful, ())
        settles = best.probability * len(faces)
        yield IsPerson(best.person, best.name, PersonId(group), faces, doubtful, best.probability, found, settles)


def _are_faces(likeness: Likeness, likely: Mapping[int, tuple[Suggestion, ...]]) -> Iterator[IsPerson]:
    """Faces that nobody holds, together for each person they may be; of each photo the likeliest one."""
    of_people: defaultdict[tuple[PersonId, str], list[tuple[float, FaceId]]] = defaultdict(list)
    taken: set[tuple[int, PersonId]] = set()
    rows, _ = likeness.rows_of(np.array(list(likely), np.int64))
    photos = dict(zip(likely, likeness.faces.contents[rows].tolist(), strict=True))
    for number, (best, *_) in sorted(likely.items(), key=lambda entry: (-entry[1][0].probability, -entry[0])):
        photo = photos[number]
        if (photo, best.person) not in taken:
            taken.add((photo, best.person))
            of_people[best.person, best.name].append((best.probability, FaceId(-number)))
    for (person, name), found in of_people.items():
        found.reverse()
        fit = [entry for entry in found if entry[0] >= FITS_FROM] or found
        doubtful = tuple(face for chance, face in found if chance < fit[0][0])
        settles = sum(chance for chance, _ in fit)
        faces = tuple(face for _, face in fit)
        yield IsPerson(person, name, None, faces, doubtful, settles / len(fit), (), settles)


def _are_same(likeness: Likeness, chances: Chances, asked: Collection[int]) -> Iterator[AreSame]:
    """Pairs that may be one; not of groups that are asked about anyway."""
    likely = chances.only(chances.values >= ASK_FROM)
    sizes, others = likeness.sizes(likely.units), likeness.sizes(likely.people)
    found: dict[QuestionKey, AreSame] = {}
    # What the smaller one says counts: its faces are compared with the many of the larger one.
    for place in np.lexsort((likely.units, likely.people, sizes > others)).tolist():
        smaller, larger = int(likely.units[place]), int(likely.people[place])
        small, large = likeness.people[smaller], likeness.people[larger]
        namesakes = large.name is not None and same_name(large.name, small.name or "")
        if smaller in asked or larger in asked or large.hidden or small.hidden or namesakes:
            continue
        chance = float(likely.values[place])
        settles = chance * int(min(sizes[place], others[place]))
        question = AreSame(PersonId(larger), PersonId(smaller), (large.name, small.name), chance, settles)
        found.setdefault(question.key, question)
    yield from found.values()


def _parted(likeness: Likeness, number: int) -> _Parted | None:
    """How likely somebody is two people, and the faces of each; None where that is not worth asking."""
    if likeness.width(number) < _WIDE:
        return None
    # Only here: it loads SciPy, and few people look like two.
    load_scipy()
    from faceorganizer.recognition.parts import two_parts

    rows = likeness.rows(number)
    found = two_parts(likeness.faces.descriptors[rows])
    if found is None:
        return None
    height, parts = found
    chance = float(mixed_probability(np.array(likeness.parting(height))))
    if chance < ASK_FROM:
        return None
    return chance, _faces(likeness, rows[parts == 0]), _faces(likeness, rows[parts == 1])


def _follow(unit: UnitOfWork, likeness: Likeness, chances: Chances, least: float) -> None:
    """Give faces to whom they are as likely as asked, the likeliest first."""
    hidden = np.array([likeness.people[person].hidden for person in chances.people.tolist()], np.bool_)
    chances = chances.only((chances.values >= least) & ~hidden)
    chances = chances.only(np.argsort(-chances.values, kind="stable"))
    chosen: defaultdict[tuple[PersonId, float], list[FaceId]] = defaultdict(list)
    taken: set[tuple[int, int]] = set()
    left: set[PersonId] = set()
    entries = zip(chances.units.tolist(), chances.people.tolist(), chances.values.tolist(), strict=True)
    fits = _fits(likeness, chances.units, chances.people)
    for (number, person, chance), fit in zip(entries, fits, strict=True):
        rows = np.searchsorted(likeness.faces.ids, np.array([-number] if number < 0 else fit.faces, np.int64))
        for row in rows[~likeness.faces.decided[rows]].tolist():
            place = int(likeness.faces.contents[row]), person
            if place not in taken:
                taken.add(place)
                chosen[PersonId(person), round(chance, 2)].append(FaceId(int(likeness.faces.ids[row])))
        if number > 0:
            left.add(PersonId(number))
    for (person, chance), faces in sorted(chosen.items()):
        unit.people.assign(faces, person, AssignmentSource.AUTOMATIC, chance)
    unit.people.drop_empty(left)
