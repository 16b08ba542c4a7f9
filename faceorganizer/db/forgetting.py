"""Deletes what a machine measured of faces, for good."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, or_, select, true, update

from faceorganizer.db.journal import Journal
from faceorganizer.db.queries import among
from faceorganizer.db.replay import BLANK
from faceorganizer.db.tables import (
    assignment,
    content,
    descriptor,
    face,
    file,
    journal,
    link,
    metric,
    person,
    rejection,
    written,
)
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.faces import AssignmentSource, FaceState
from faceorganizer.domain.ids import PersonId

_SAID: Final = ("name", "hidden", "key_face_id", "note", "birth_date")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was deleted.

    Attributes:
        faces: Faces of which nothing but a box is known now.
        descriptors: Descriptors deleted.
        pictures: Content hashes of the pictures that the faces are in.
        steps: Steps of the history deleted.
        copies: Copies of the library deleted.
        changes: Ids of what was touched.
    """

    faces: int
    descriptors: int
    pictures: frozenset[bytes]
    steps: int
    copies: int
    changes: ChangeSet


def forget(connection: Connection, number: PersonId | None, *, keep_names: bool, copies: int) -> Forgotten:
    """Delete descriptors and landmarks of faces, and the whole history, which may hold them.

    The bare boxes stay, marked, so that no later search describes these faces again. Those that nobody holds any more
    are ignored from then on.

    Args:
        connection: In a transaction that may write.
        number: Whose faces; those of everybody and nobody when None.
        keep_names: Whether names stay, with what people decided about the faces.
        copies: Noted in the result.
    """
    done = Journal(connection, "")
    faces = _faces(connection, number)
    chosen = true() if number is None else among(face.c.id, faces)
    hashes = connection.execute(select(content.c.hash).where(exists().where(face.c.content_id == content.c.id, chosen)))
    pictures = frozenset(hashes.scalars())
    of_chosen = true() if number is None else among(descriptor.c.face_id, faces)
    descriptors = connection.execute(delete(descriptor).where(of_chosen)).rowcount
    connection.execute(update(face).where(chosen).values(landmarks=None, forgotten=1))
    steps = connection.execute(delete(journal)).rowcount
    connection.execute(delete(metric))  # it was learned from these faces, too
    _delete_guesses(connection, done, number)
    if not keep_names:
        _delete_decisions(connection, done, number, faces)
    _delete_empty_groups(connection, done)
    held = exists().where(assignment.c.face_id == face.c.id)
    active = face.c.state == FaceState.ACTIVE.value
    connection.execute(update(face).where(chosen, active, ~held).values(state=FaceState.IGNORED.value))
    done.touch("face", faces)
    return Forgotten(len(faces), descriptors, pictures, steps, copies, done.changes)


def _faces(connection: Connection, number: PersonId | None) -> list[int]:
    statement = select(face.c.id)
    if number is not None:
        statement = select(assignment.c.face_id).where(assignment.c.person_id == number)
    return list(connection.execute(statement).scalars())


def _delete_guesses(connection: Connection, done: Journal, number: PersonId | None) -> None:
    """Delete what machines made of the descriptors."""
    of_chosen = true() if number is None else assignment.c.person_id == number
    automatic = assignment.c.source == AssignmentSource.AUTOMATIC.value
    guessed = connection.execute(select(assignment.c.face_id).where(of_chosen, automatic)).scalars()
    done.remove(assignment, [(key,) for key in guessed])


def _delete_decisions(connection: Connection, done: Journal, number: PersonId | None, faces: Collection[int]) -> None:
    everybody = connection.execute(select(person.c.id)).scalars()
    persons: list[int] = list(everybody) if number is None else [number]
    done.remove(assignment, [(key,) for key in faces])
    pairs = select(rejection.c.face_id, rejection.c.person_id).where(
        or_(among(rejection.c.face_id, faces), among(rejection.c.person_id, persons))
    )
    done.remove(rejection, [(a, b) for a, b in connection.execute(pairs)])
    links = select(link.c.face_a, link.c.face_b).where(or_(among(link.c.face_a, faces), among(link.c.face_b, faces)))
    done.remove(link, [(a, b) for a, b in connection.execute(links)])
    # What was written into photos stays there: only that it was, with names and boxes, is not known any more.
    contents = select(face.c.content_id).where(among(face.c.id, faces))
    files = select(file.c.id).where(file.c.content_id.in_(contents))
    connection.execute(delete(written).where(written.c.file_id.in_(files)))
    shown = connection.execute(select(person.c.id).where(among(person.c.key_face_id, faces))).scalars().all()
    done.change(person, shown, {"key_face_id": None})
    done.remove(person, [(key,) for key in persons])


def _delete_empty_groups(connection: Connection, done: Journal) -> None:
    nothing_said: ColumnElement[bool] = and_(*(person.c[name].is_not_distinct_from(BLANK[name]) for name in _SAID))
    holds = exists().where(assignment.c.person_id == person.c.id)
    rejected = exists().where(rejection.c.person_id == person.c.id)
    empty = connection.execute(select(person.c.id).where(nothing_said, ~holds, ~rejected)).scalars()
    done.remove(person, [(key,) for key in empty])
