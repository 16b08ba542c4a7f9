"""What is set for people beside their faces: hidden, key face, note, birth date. One call is one journal step."""

from collections.abc import Sequence
from datetime import date

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.people import checked_birth_date, clean_note
from faceorganizer.services.assigning import active_faces
from faceorganizer.services.events import EventBus


class ProfileService:
    """What a user sets for people. No scan and no grouping changes it."""

    def __init__(self, database: Database, events: EventBus) -> None:
        self._database = database
        self._events = events

    def hide(self, people: Sequence[PersonId]) -> ChangeSet:
        """Hide people or groups. No grouping shows their faces again under another id.

        Raises:
            UnknownIdError: There is no such person.
            UsageError: None was given.
        """
        check_any(people)
        with self._database.write("hide people") as unit:
            unit.people.set_hidden(people, True)
        return self._published(unit)

    def restore(self, people: Sequence[PersonId]) -> ChangeSet:
        """Show people or groups again.

        Raises:
            UnknownIdError: There is no such person.
            UsageError: None was given.
        """
        check_any(people)
        with self._database.write("show people") as unit:
            unit.people.set_hidden(people, False)
        return self._published(unit)

    def hide_groups_below(self, size: int) -> ChangeSet:
        """Hide all unnamed groups with fewer faces in present photos, but not those whose photos are all gone.

        Raises:
            UsageError: The size is negative.
        """
        if size < 0:
            raise UsageError(f"No group has fewer than {size} faces.")
        with self._database.write("hide small groups") as unit:
            small = [record.id for record in unit.people.visible() if record.name is None and record.faces < size]
            unit.people.set_hidden(small, True)
        return self._published(unit)

    def key_face(self, person: PersonId, face: FaceId | None) -> ChangeSet:
        """Choose the face that stands for a person; None leaves the choice to the program.

        Args:
            person: The person.
            face: One of the person's; None as above.

        Raises:
            UnknownIdError: There is no such person or face.
            UsageError: The face is not one of the person's, or is ignored.
        """
        with self._database.write("key face") as unit:
            if face is not None:
                active_faces(unit, [face])
            unit.people.set_key_face(person, face)
        return self._published(unit)

    def note(self, person: PersonId, text: str) -> ChangeSet:
        """Write what is to be remembered of a person; an empty text takes it away.

        Args:
            person: The person.
            text: The note as a whole; it replaces the former one.

        Raises:
            UnknownIdError: There is no such person.
        """
        with self._database.write("note") as unit:
            unit.people.set_note(person, clean_note(text))
        return self._published(unit)

    def birth_date(self, person: PersonId, born: str | date | None) -> ChangeSet:
        """Set a person's day of birth; None or an empty text forgets it.

        Args:
            person: The person.
            born: A date, or YYYY-MM-DD.

        Raises:
            UnknownIdError: There is no such person.
            UsageError: It is no date, or in the future.
        """
        day = checked_birth_date("" if born is None else str(born), date.today())
        with self._database.write("birth date") as unit:
            unit.people.set_birth_date(person, day)
        return self._published(unit)

    def _published(self, unit: UnitOfWork) -> ChangeSet:
        self._events.changed(unit.changes)
        return unit.changes


def check_any(people: Sequence[PersonId]) -> None:
    """Refuse a choice of nobody.

    Raises:
        UsageError: None was given.
    """
    if not people:
        raise UsageError("Say which people.")
