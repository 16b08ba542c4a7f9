"""People and unnamed groups: list, name, merge, split. One call is one transaction and one journal step."""

from collections.abc import Sequence

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.people import PersonRecord, clean_name
from faceorganizer.services.events import EventBus


class NameTakenError(UsageError):
    """Another person has that name: whether they are one has to be answered.

    Args:
        name: The name.
        holder: The person who has it.
    """

    def __init__(self, name: str, holder: PersonId) -> None:
        super().__init__(
            f"Person {holder} is named {name} already.",
            "Say --merge if they are the same person, --separate if two people share the name.",
        )
        self.name = name
        self.holder = holder


class TwoNamesError(UsageError):
    """People with different names are to be merged: which name stays has to be answered."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"They have different names: {', '.join(names)}.", "Say which one stays: --name NAME")
        self.names = tuple(names)


class PeopleService:
    """What a user does with people. Whatever is done here is a decision and outlives every grouping."""

    def __init__(self, database: Database, events: EventBus) -> None:
        self._database = database
        self._events = events

    def list(self) -> list[PersonRecord]:
        """All people: the named by name, then unnamed groups that have faces in present photos, the largest first."""
        with self._database.read() as unit:
            return unit.people.visible()

    def find(self, text: str) -> PersonRecord:
        """The person meant by an id or a name.

        Raises:
            UnknownIdError: There is none.
            UsageError: Several people share the name.
        """
        with self._database.read() as unit:
            if text.isdecimal():
                return unit.people.get(PersonId(int(text)))
            namesakes = unit.people.named(clean_name(text) or text)
        if not namesakes:
            raise UnknownIdError(f"Nobody is named {text}.", "'faceorganizer people list' shows everybody.")
        return _only(namesakes, "Give the id instead of the name.")

    def name(self, person: PersonId, name: str, *, same: bool | None = None) -> ChangeSet:
        """Name a person or group; an empty name takes the name away. Its faces count as confirmed from then on.

        Args:
            person: Whom to name.
            name: Trimmed and Unicode-normalised before it is stored.
            same: When somebody has that name already: True merges the two, False lets both have it.

        Raises:
            UnknownIdError: There is no such person.
            NameTakenError: Somebody has that name, and ``same`` does not say what to do.
            UsageError: Several people have that name, and it is one of them.
        """
        wanted = clean_name(name)
        with self._database.write("name") as unit:
            unit.people.get(person)
            namesakes = [other for other in unit.people.named(wanted) if other.id != person] if wanted else []
            if namesakes and wanted and same is None:
                raise NameTakenError(wanted, namesakes[0].id)
            if namesakes and same:
                holder = _only(namesakes, "Merge it with one of them by id: faceorganizer people merge")
                self._absorb(unit, holder.id, [person])
            else:
                unit.people.rename(person, wanted)
                if wanted:
                    unit.people.confirm(person)
        return self._published(unit)

    def name_face(self, face: FaceId, name: str, *, same: bool | None = None) -> ChangeSet:
        """Name a single face: it leaves its group for the person of that name.

        Args:
            face: The face.
            name: Of a new person, or of a known one when ``same`` is True.
            same: As for :meth:`name`.

        Raises:
            UnknownIdError: There is no such face.
            NameTakenError: Somebody else has that name, and ``same`` does not say whether it is the same person.
            UsageError: The name is empty, or several people have it and the face is one of them.
        """
        wanted = clean_name(name)
        if wanted is None:
            raise UsageError("A face needs a name that is not empty.")
        with self._database.write("name face") as unit:
            namesakes = unit.people.named(wanted)
            holder = unit.people.of_faces([face]).get(face)
            held = [other for other in namesakes if other.id == holder]
            if namesakes and not held and same is None:
                raise NameTakenError(wanted, namesakes[0].id)
            if namesakes and same is not False:
                target = _only(held or namesakes, "Split the face off to one of them by id: people split … --to ID").id
            else:
                target = unit.people.create(wanted)
            self._move(unit, [face], target)
        return self._published(unit)

    def merge(self, people: Sequence[PersonId], *, name: str | None = None) -> ChangeSet:
        """Make several people one. The named one's id, name and key face stay; among unnamed ones the largest.

        Args:
            people: Two or more.
            name: Which name stays, when they have several, or a new one.

        Raises:
            UnknownIdError: One of them does not exist.
            TwoNamesError: They have different names, and ``name`` does not say which one stays.
            UsageError: Fewer than two were given, or somebody else has the name.
        """
        with self._database.write("merge") as unit:
            records = [unit.people.get(person) for person in dict.fromkeys(people)]
            if len(records) < 2:
                raise UsageError("A merge needs two people or more.")
            wanted = clean_name(name) if name is not None else None
            target = _surviving(records, wanted)
            given = {record.id for record in records}
            others = [other for other in unit.people.named(wanted) if other.id not in given] if wanted else []
            if others and wanted != target.name:
                raise UsageError(f"Person {others[0].id} is named {wanted} already.", "Merge that one, too.")
            self._absorb(unit, target.id, [record.id for record in records if record.id != target.id])
            if wanted is not None and wanted != target.name:
                unit.people.rename(target.id, wanted)
        return self._published(unit)

    def split(self, person: PersonId, faces: Sequence[FaceId], *, into: PersonId | None = None) -> ChangeSet:
        """Take faces out of a person and into another one, for good: no grouping brings them back together.

        Args:
            person: Whom they are taken from.
            faces: Faces of that person.
            into: Who gets them; a new unnamed person when None.

        Raises:
            UnknownIdError: There is no such person.
            UsageError: A face is not one of the person's, or none was given.
        """
        with self._database.write("split") as unit:
            unit.people.get(person)
            chosen = list(dict.fromkeys(faces))
            held = set(unit.people.faces(person))
            strangers = [face for face in chosen if face not in held]
            if strangers:
                raise UsageError(f"Not faces of person {person}: {', '.join(map(str, strangers))}.")
            if not chosen:
                raise UsageError("Say which faces are to be split off.")
            if into == person:
                raise UsageError("The faces are that person's already.")
            target = unit.people.get(into).id if into is not None else unit.people.create(None)
            self._move(unit, chosen, target)
            unit.people.reject([(face, target) for face in sorted(held - set(chosen))], "split")
        return self._published(unit)

    @staticmethod
    def _absorb(unit: UnitOfWork, target: PersonId, others: Sequence[PersonId]) -> None:
        rejections = unit.people.rejections()
        never = {FaceId(face) for face, person in rejections.tolist() if person in others}
        for other in others:
            unit.people.assign(unit.people.faces(other), target, AssignmentSource.CONFIRMED)
        unit.people.confirm(target)
        # Who is not the one is not the other either; faces that are both by this very merge excepted.
        unit.people.reject([(face, target) for face in sorted(never.difference(unit.people.faces(target)))], "merge")
        unit.people.delete(others)

    @staticmethod
    def _move(unit: UnitOfWork, faces: Sequence[FaceId], target: PersonId) -> None:
        former = unit.people.of_faces(faces)
        unit.people.assign(faces, target, AssignmentSource.MANUAL)
        unit.people.reject([(face, person) for face, person in former.items() if person != target], "move")
        left = {person for person in former.values() if not unit.people.faces(person)}
        unit.people.delete([person for person in left if unit.people.get(person).name is None])

    def _published(self, unit: UnitOfWork) -> ChangeSet:
        self._events.changed(unit.changes)
        return unit.changes


def _surviving(records: Sequence[PersonRecord], wanted: str | None) -> PersonRecord:
    named = [record for record in records if record.name is not None]
    names = list(dict.fromkeys(record.name for record in named if record.name is not None))
    if len(names) > 1 and wanted is None:
        raise TwoNamesError(names)
    candidates = [record for record in named if record.name == wanted] or named or list(records)
    return max(candidates, key=lambda record: (record.faces, -record.id))


def _only(namesakes: Sequence[PersonRecord], advice: str) -> PersonRecord:
    if len(namesakes) > 1:
        ids = ", ".join(str(person.id) for person in namesakes)
        raise UsageError(f"Several people are named {namesakes[0].name}: {ids}.", advice)
    return namesakes[0]
