"""People and unnamed groups. One call is one transaction and one journal step."""

from collections.abc import Collection, Sequence

from faceorganizer.db.database import Database
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.faces import AssignmentSource, FaceState, HeldFace
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.people import PersonRecord, clean_name
from faceorganizer.domain.progress import JobContext, Unattended
from faceorganizer.domain.sightings import Companion, Sighting
from faceorganizer.services.assigning import absorb, active_faces, give, note_use
from faceorganizer.services.clustering.parts import parts_task, propose_parts
from faceorganizer.services.events import EventBus
from faceorganizer.services.models.chosen import library_model
from faceorganizer.services.profiles import ProfileService, check_any
from faceorganizer.services.settings import SettingsService

SHOWN = 10  # ids in a message


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


class PeopleService(ProfileService):
    """What a user does with people. Whatever is done here is a decision and outlives every grouping."""

    def __init__(self, database: Database, settings: SettingsService, events: EventBus) -> None:
        super().__init__(database, events)
        self._settings = settings

    def list(self) -> list[PersonRecord]:
        """All people: the named by name, then unnamed groups that have faces in present photos, the largest first."""
        with self._database.read() as unit:
            return unit.people.visible()

    def some(self, people: Collection[PersonId]) -> Sequence[PersonRecord]:
        """As :meth:`list`, of some people; those that are not there, or of whom nothing is to be seen, are left out."""
        with self._database.read() as unit:
            return unit.people.visible(people)

    def holders(self, faces: Collection[FaceId]) -> set[PersonId]:
        """The people and groups that hold some faces, in whatever state these are."""
        with self._database.read() as unit:
            return unit.people.holders(faces)

    def get(self, person: PersonId) -> PersonRecord:
        """One person or unnamed group.

        Raises:
            UnknownIdError: There is none of that id.
        """
        with self._database.read() as unit:
            return unit.people.get(person)

    def find(self, text: str) -> PersonRecord:
        """The person meant by an id or a name. A number is an id first, a name where nobody has that id.

        Raises:
            UnknownIdError: There is none.
            UsageError: Several people share the name.
        """
        name = clean_name(text)
        if name is None:
            raise UnknownIdError("Nobody has an empty name.", "'faceorganizer people list' shows everybody.")
        with self._database.read() as unit:
            namesakes = unit.people.named(name)
            if text.isdecimal() and (unit.people.outlines([PersonId(int(text))]) or not namesakes):
                return unit.people.get(PersonId(int(text)))
        if not namesakes:
            raise UnknownIdError(f"Nobody is named {text}.", "'faceorganizer people list' shows everybody.")
        return _only(namesakes, "Give the id instead of the name.")

    def recent(self, limit: int = 10) -> Sequence[PersonRecord]:
        """The named people that were named or given faces last, the latest first.

        Raises:
            UsageError: The limit is negative.
        """
        if limit < 0:
            raise UsageError(f"There are no {limit} people.")
        with self._database.read() as unit:
            return unit.people.recent(limit)

    def sightings(self, person: PersonId) -> Sequence[Sighting]:
        """Where and when a person was seen: the active faces in present photos, by id.

        Raises:
            UnknownIdError: There is no such person.
        """
        with self._database.read() as unit:
            unit.people.get(person)
            return unit.sightings.of_person(person)

    def companions(self, person: PersonId, limit: int = 60) -> Sequence[Companion]:
        """Who else is in the photos of a person, whoever is in most of them first; hidden people are left out.

        Args:
            person: A person or group.
            limit: How many at most.

        Raises:
            UnknownIdError: There is no such person.
            UsageError: The limit is negative.
        """
        if limit < 0:
            raise UsageError(f"There are no {limit} people.")
        with self._database.read() as unit:
            unit.people.get(person)
            together = unit.sightings.companions(person)
            shown = {record.id for record in unit.people.outlines(list(together)) if not record.hidden}
            chosen = [number for number in together if number in shown][:limit]
            return [Companion(record, together[record.id]) for record in unit.people.those(chosen)]

    def name(
        self, person: PersonId, name: str, *, same: bool | None = None, same_photo: bool | None = None
    ) -> ChangeSet:
        """Name a person or group; an empty name takes the name away. Its faces count as confirmed from then on.

        Args:
            person: Whom to name.
            name: Trimmed and Unicode-normalised before it is stored.
            same: When somebody has that name already: True merges the two, False lets both have it.
            same_photo: As for :meth:`merge`.

        Raises:
            UnknownIdError: There is no such person.
            NameTakenError: Somebody has that name, and ``same`` does not say what to do.
            SamePhotoError: As for :meth:`merge`.
            UsageError: Several people have that name, and it is one of them.
        """
        wanted = clean_name(name)
        with self._database.write("name") as unit:
            record = unit.people.get(person)
            namesakes = [other for other in unit.people.named(wanted) if other.id != person] if wanted else []
            if namesakes and wanted and same is None:
                raise NameTakenError(namesakes[0].name or wanted, namesakes[0].id)
            if namesakes and same:
                holder = _only(namesakes, "Merge it with one of them by id: faceorganizer people merge")
                absorb(unit, holder, [record], same_photo=same_photo)
            else:
                unit.people.rename(person, wanted)
                if wanted:
                    unit.people.confirm(person)
                    note_use(unit, person)
        return self._published(unit)

    def name_face(
        self, face: FaceId, name: str, *, same: bool | None = None, same_photo: bool | None = None
    ) -> ChangeSet:
        """Name a single face, as :meth:`name_faces` does.

        Args:
            face: The face.
            name: Of a new person, or of a known one when ``same`` is True.
            same: As for :meth:`name`.
            same_photo: As for :meth:`merge`.

        Raises:
            FaceOrganizerError: As :meth:`name_faces`.
        """
        return self.name_faces([face], name, same=same, same_photo=same_photo)

    def name_faces(
        self, faces: Sequence[FaceId], name: str, *, same: bool | None = None, same_photo: bool | None = None
    ) -> ChangeSet:
        """Name faces: they leave their groups for the person of that name.

        Args:
            faces: One or more.
            name: Of a new person, or of a known one when ``same`` is True.
            same: As for :meth:`name`.
            same_photo: As for :meth:`merge`.

        Raises:
            UnknownIdError: There is no such face.
            NameTakenError: Somebody else has that name, and ``same`` does not say whether it is the same person.
            SamePhotoError: That person is in a photo already, and ``same_photo`` does not say what to do.
            UsageError: The name is empty, several people have it and a face is one of them, one is ignored, or none
                was given.
        """
        wanted = clean_name(name)
        if wanted is None:
            raise UsageError("A face needs a name that is not empty.")
        with self._database.write("name face") as unit:
            chosen = active_faces(unit, faces)
            holders = {face.person for face in chosen}
            namesakes = unit.people.named(wanted)
            held = [other for other in namesakes if other.id in holders]
            if namesakes and not held and same is None:
                raise NameTakenError(namesakes[0].name or wanted, namesakes[0].id)
            if namesakes and same is not False:
                target = _only(held or namesakes, "Split the face off to one of them by id: people split … --to ID").id
            else:
                target = unit.people.create(wanted)
            give(unit, chosen, target, AssignmentSource.MANUAL, same_photo=same_photo)
        return self._published(unit)

    def merge(
        self, people: Sequence[PersonId], *, name: str | None = None, same_photo: bool | None = None
    ) -> ChangeSet:
        """Make several people one. The named one's id, name and key face stay; among unnamed ones the largest.

        What was set for whoever stays, stays. Notes of the others are added to the note; their birth dates, too,
        where another one stays.

        Args:
            people: Two or more.
            name: Which name stays, when they have several, or a new one.
            same_photo: When two of them are in one photo: True if it shows one person twice, as in a mirror; False
                leaves out the faces of the smaller one in such photos, which stay with it.

        Raises:
            UnknownIdError: One of them does not exist.
            TwoNamesError: They have different names, and ``name`` does not say which one stays.
            SamePhotoError: Two of them are in one photo, and ``same_photo`` does not say what to do.
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
            absorb(unit, target, [record for record in records if record.id != target.id], same_photo=same_photo)
            if wanted is not None and wanted != target.name:
                unit.people.rename(target.id, wanted)
        return self._published(unit)

    def split(
        self,
        person: PersonId,
        faces: Sequence[FaceId],
        *,
        into: PersonId | None = None,
        same_photo: bool | None = None,
    ) -> ChangeSet:
        """Take faces out of a person and into another one, for good: no grouping brings them back together.

        Args:
            person: Whom they are taken from.
            faces: Faces of that person.
            into: Who gets them; a new unnamed person when None.
            same_photo: As for :meth:`merge`.

        Raises:
            UnknownIdError: There is no such person or face.
            SamePhotoError: As for :meth:`merge`.
            UsageError: A face is not one of the person's, is ignored, or none was given.
        """
        with self._database.write("split") as unit:
            unit.people.get(person)
            chosen = active_faces(unit, faces)
            _check_own(person, chosen)
            if into == person:
                raise UsageError("The faces are that person's already.")
            target = unit.people.get(into).id if into is not None else unit.people.create(None)
            give(unit, chosen, target, AssignmentSource.MANUAL, same_photo=same_photo)
            left = {face.id for face in unit.faces.held_by([person]) if face.state is FaceState.ACTIVE}
            unit.people.reject(
                [(face, target) for face in sorted(left.difference(face.id for face in chosen))], "split"
            )
        return self._published(unit)

    def parts(self, person: PersonId, context: JobContext | None = None) -> Sequence[Sequence[FaceId]]:
        """Propose how a mixed person is broken into its people; takes seconds and changes nothing.

        Args:
            person: Whose active faces of present photos are looked at.
            context: May cancel.

        Returns:
            Faces of each part, the largest first; a single part when they hold together. Faces that fit in nowhere, or
            cannot be compared, are in none.

        Raises:
            UnknownIdError: There is no such person.
            CancelledError: The context said so.
        """
        model = library_model(self._settings)
        with self._database.read() as unit:
            unit.people.get(person)
            task = parts_task(unit, person, unit.models.id_of(model))
        return propose_parts(task, context or Unattended())

    def break_up(
        self, person: PersonId, parts: Sequence[Sequence[FaceId]], *, same_photo: bool | None = None
    ) -> ChangeSet:
        """Make each part of a mixed person a person of its own, for good.

        Args:
            person: Who is mixed.
            parts: Two or more, such as :meth:`parts` proposes. The first stays the person, with its name; the others
                become new unnamed ones. What is in no part stays as it is.
            same_photo: As for :meth:`merge`, where two faces of one photo are in one part; none is as proposed.

        Raises:
            UnknownIdError: There is no such person or face.
            SamePhotoError: As for :meth:`merge`.
            UsageError: There are fewer than two parts, one is empty, a face is in two, ignored, or not the person's.
        """
        faces = [face for part in parts for face in part]
        if len(parts) < 2 or not all(parts):
            raise UsageError("Breaking up needs two parts or more with faces in each.")
        if len(set(faces)) < len(faces):
            raise UsageError("A face is in two parts.")
        with self._database.write("break up") as unit:
            unit.people.get(person)
            held = {face.id: face for face in active_faces(unit, faces)}
            _check_own(person, list(held.values()))
            unit.people.confirm_faces(parts[0])
            for part, target in zip(parts[1:], unit.people.create_groups(len(parts) - 1), strict=True):
                give(unit, [held[face] for face in part], target, AssignmentSource.MANUAL, same_photo=same_photo)
        return self._published(unit)

    def confirm(self, people: Sequence[PersonId]) -> ChangeSet:
        """Say that whole people or groups are right: all their faces are theirs for good.

        Raises:
            UnknownIdError: There is no such person.
            UsageError: None was given.
        """
        check_any(people)
        with self._database.write("confirm people") as unit:
            for person in dict.fromkeys(people):
                unit.people.confirm(unit.people.get(person).id)
        return self._published(unit)


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


def _check_own(person: PersonId, faces: Sequence[HeldFace]) -> None:
    strangers = [face.id for face in faces if face.person != person]
    if strangers:
        shown = ", ".join(map(str, strangers[:SHOWN])) + (" and more" if len(strangers) > SHOWN else "")
        raise UsageError(f"Not faces of person {person}: {shown}.")
