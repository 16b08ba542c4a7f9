"""People and groups: which face is whose, and what people decided about it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Connection, Row, distinct, exists, func, or_, select

from faceorganizer.db.columns import now
from faceorganizer.db.journal import Journal
from faceorganizer.db.queries import among, is_present, next_id, require
from faceorganizer.db.tables import assignment, face, link, person, rejection
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.faces import AssignmentSource, FaceState
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.ids import FaceId, PersonId, RunId
from faceorganizer.domain.people import PersonOutline, PersonRecord, folded

LinkKind = Literal["must", "cannot"]
NOBODY: Final = -1


class PersonRepository:
    """Named persons and unnamed groups, by id; assignments, rejections and links."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def records(self) -> list[PersonRecord]:
        """Return everybody: the named by name, then the unnamed, the largest group first."""
        return self._records(None)

    def visible(self, persons: Collection[PersonId] | None = None) -> list[PersonRecord]:
        """Return whom there is something to see of, ordered as :meth:`records`: the named, and groups with faces.

        Only those among some ids, if any are given.

        An unnamed group whose folder was removed or whose photos are missing is kept, and comes back with them.
        """
        return [record for record in self._records(persons) if record.name is not None or record.faces]

    def outlines(self, persons: Collection[PersonId] | None = None) -> list[PersonOutline]:
        """Return what needs no counting of faces: of everybody, or of those of some ids that are there."""
        statement = select(person.c.id, person.c.name, person.c.hidden, person.c.birth_date).order_by(person.c.id)
        if persons is not None:
            statement = statement.where(among(person.c.id, persons))
        return [
            PersonOutline(number, name, bool(hidden), None if born is None else date.fromisoformat(born))
            for number, name, hidden, born in self._connection.execute(statement)
        ]

    def get(self, number: PersonId) -> PersonRecord:
        """Return one person or group.

        Raises:
            UnknownIdError: There is none of that id.
        """
        found = self._records([number])
        if not found:
            raise _unknown(number)
        return found[0]

    def those(self, numbers: Sequence[PersonId]) -> list[PersonRecord]:
        """Return persons in the order given; ids that are not there are left out."""
        order = {number: place for place, number in enumerate(numbers)}
        return sorted(self._records(numbers), key=lambda record: order[record.id])

    def named(self, name: str) -> list[PersonRecord]:
        """Return the persons whose name reads the same, without regard to case and compatibility forms."""
        rows = self._connection.execute(select(person.c.id, person.c.name).where(person.c.name.is_not(None)))
        wanted = folded(name)
        numbers = [number for number, other in map(tuple, rows.all()) if folded(other) == wanted]
        return self._records(numbers) if numbers else []

    def create(self, name: str | None) -> PersonId:
        """Add a person, or with None an unnamed group.

        Raises:
            ValueError: The name is empty.
        """
        (number,) = self._create([name])
        return number

    def create_groups(self, count: int) -> list[PersonId]:
        """Add unnamed groups."""
        return self._create([None] * count)

    def rename(self, number: PersonId, name: str | None) -> None:
        """Give a person another name, or none.

        Raises:
            UnknownIdError: There is none of that id.
            ValueError: The name is empty.
        """
        self._change([number], {"name": name})

    def set_hidden(self, numbers: Collection[PersonId], hidden: bool) -> None:
        """Hide persons, or show them again.

        Raises:
            UnknownIdError: There is none of an id.
        """
        self._change(numbers, {"hidden": int(hidden)})

    def set_note(self, number: PersonId, note: str) -> None:
        """Write what is to be remembered of a person; empty takes it away.

        Raises:
            UnknownIdError: There is none of that id.
        """
        self._change([number], {"note": note})

    def set_birth_date(self, number: PersonId, born: date | None) -> None:
        """Set the day of birth of a person, or forget it.

        Raises:
            UnknownIdError: There is none of that id.
        """
        self._change([number], {"birth_date": None if born is None else born.isoformat()})

    def use(self, number: PersonId) -> None:
        """Note that somebody named this person, or gave it faces, just now.

        Raises:
            UnknownIdError: There is none of that id.
        """
        self._change([number], {"used": now()})

    def recent(self, limit: int) -> list[PersonRecord]:
        """Return the named persons used last, the latest first."""
        used = select(person.c.id).where(person.c.used.is_not(None), person.c.name.is_not(None))
        numbers = self._connection.execute(used.order_by(person.c.used.desc(), person.c.id.desc()).limit(limit))
        return self.those(numbers.scalars().all())

    def set_key_face(self, number: PersonId, chosen: FaceId | None) -> None:
        """Choose the face that stands for a person; None leaves the choice to the program.

        Raises:
            UnknownIdError: There is no such person.
            UsageError: The face is not one of the person's.
        """
        held = exists().where(assignment.c.face_id == chosen, assignment.c.person_id == number)
        if chosen is not None and not self._connection.execute(select(held)).scalar():
            raise UsageError(f"Face {chosen} is not one of person {number}.", "Choose one of the person's own faces.")
        self._change([number], {"key_face_id": chosen})

    def faces(self, number: PersonId) -> list[FaceId]:
        """Return the faces a person holds, in any state, by id."""
        statement = select(assignment.c.face_id).where(assignment.c.person_id == number)
        return list(self._connection.execute(statement.order_by(assignment.c.face_id)).scalars())

    def holders(self, faces: Collection[FaceId]) -> set[PersonId]:
        """Return who holds some faces, in any state."""
        statement = select(assignment.c.person_id).where(among(assignment.c.face_id, faces)).distinct()
        return {PersonId(number) for number in self._connection.execute(statement).scalars()}

    def drop_empty(self, persons: Collection[PersonId]) -> None:
        """Delete those of some persons that hold no face and that nobody named or wrote anything about."""
        statement = select(person.c.id).where(
            among(person.c.id, persons),
            person.c.name.is_(None),
            person.c.note == "",
            person.c.birth_date.is_(None),
            ~exists().where(assignment.c.person_id == person.c.id),
        )
        self.delete([PersonId(number) for number in self._connection.execute(statement).scalars()])

    def delete(self, persons: Sequence[PersonId]) -> None:
        """Delete persons that hold no face; what was rejected for them goes with them.

        Raises:
            UnknownIdError: There is no such person.
            ValueError: One still holds faces.
        """
        require(self._connection, person, persons, "person")
        holding = select(assignment.c.person_id).where(among(assignment.c.person_id, persons)).distinct()
        if held := self._connection.execute(holding).scalars().all():
            raise ValueError(f"persons {sorted(held)} still hold faces")
        statement = select(rejection.c.face_id, rejection.c.person_id).where(among(rejection.c.person_id, persons))
        self._journal.remove(rejection, [(a, b) for a, b in self._connection.execute(statement)])
        self._journal.remove(person, [(number,) for number in persons])

    def assign(
        self,
        faces: Sequence[FaceId],
        number: PersonId,
        source: AssignmentSource,
        probability: float | None = None,
        run: RunId | None = None,
    ) -> None:
        """Say whose faces these are, whoever held them before.

        A decision supersedes an earlier rejection of the same face for the same person. A face that leaves a person
        stands for it no longer.

        Args:
            faces: The faces.
            number: The person or group.
            source: Who says so.
            probability: 0 to 1, where a machine said so.
            run: The cluster run, where one said so.

        Raises:
            UnknownIdError: There is no such face or person.
            ValueError: A machine would overrule a decision, or the probability is none.
        """
        if probability is not None and not 0 <= probability <= 1:
            raise ValueError(f"a probability is 0 to 1, not {probability}")
        require(self._connection, person, [number], "person")
        require(self._connection, face, faces, "face")
        if source is AssignmentSource.AUTOMATIC:
            self._refuse_decided(faces)
        else:
            self._journal.remove(rejection, [(held, number) for held in faces])
        rows = [_assignment(held, number, source, probability, run) for held in faces]
        self._journal.put(assignment, rows)
        self._release_key_faces(faces, number)

    def confirm(self, number: PersonId) -> None:
        """Make the active faces that a machine gave to a person decisions; what was decided before stays as it is.

        Raises:
            UnknownIdError: There is none of that id.
        """
        require(self._connection, person, [number], "person")
        active = face.c.state == FaceState.ACTIVE.value
        statement = select(assignment.c.face_id).join_from(assignment, face, face.c.id == assignment.c.face_id)
        held = self._connection.execute(statement.where(assignment.c.person_id == number, active)).scalars()
        self.confirm_faces(held.all())

    def confirm_faces(self, faces: Collection[FaceId]) -> None:
        """Make what a machine said of faces decisions; those that nobody holds, or by decision, stay as they are."""
        automatic = AssignmentSource.AUTOMATIC.value
        rows = self._journal.rows(assignment, [(number,) for number in faces]).values()
        given = ((row["face_id"], row["person_id"]) for row in rows if row["source"] == automatic)
        confirmed = AssignmentSource.CONFIRMED
        self._journal.put(assignment, [_assignment(held, holder, confirmed, None, None) for held, holder in given])

    def of_faces(self, faces: Sequence[FaceId]) -> dict[FaceId, PersonId]:
        """Return who holds each face; those that nobody holds are left out."""
        statement = select(assignment.c.face_id, assignment.c.person_id).where(among(assignment.c.face_id, faces))
        return {FaceId(held): PersonId(number) for held, number in self._connection.execute(statement)}

    def unassign(self, faces: Sequence[FaceId]) -> None:
        """Take faces from whoever holds them; those that nobody holds are no error."""
        self._journal.remove(assignment, [(number,) for number in faces])
        self._release_key_faces(faces, None)

    def reject(self, pairs: Sequence[tuple[FaceId, PersonId]], source: str) -> None:
        """Say that faces are not those persons.

        Args:
            pairs: (face, person).
            source: Who says so.

        Raises:
            UnknownIdError: There is no such face or person.
        """
        require(self._connection, face, [pair[0] for pair in pairs], "face")
        require(self._connection, person, [pair[1] for pair in pairs], "person")
        known = self._journal.rows(rejection, pairs)
        new = [pair for pair in pairs if pair not in known]  # who said it first, and when, stays
        moment = now()
        rows = [{"face_id": int(a), "person_id": int(b), "source": source, "at": moment} for a, b in new]
        self._journal.put(rejection, rows)

    def rejected_for(self, persons: Collection[PersonId]) -> list[FaceId]:
        """Return the faces that are not one of some persons, by id."""
        statement = select(rejection.c.face_id).where(among(rejection.c.person_id, persons)).distinct()
        return list(self._connection.execute(statement.order_by(rejection.c.face_id)).scalars())

    def unreject(self, pairs: Sequence[tuple[FaceId, PersonId]]) -> None:
        """Take rejections back; those that are not there are no error."""
        self._journal.remove(rejection, pairs)

    def rejections(self, faces: Collection[FaceId] | None = None) -> IntArray:
        """Return (k, 2) face and person ids that do not belong together, in order: all, or those of some faces."""
        columns = rejection.c.face_id, rejection.c.person_id
        statement = select(*columns).order_by(*columns)
        if faces is not None:
            statement = statement.where(among(rejection.c.face_id, faces))
        rows = self._connection.execute(statement).all()
        return np.array([tuple(row) for row in rows], np.int64).reshape(-1, 2)

    def link(self, pairs: Sequence[tuple[FaceId, FaceId]], kind: LinkKind, source: str) -> None:
        """Say that two faces are one person ("must") or are not ("cannot"); the last word on a pair counts.

        Args:
            pairs: Faces, either one first.
            kind: Which of the two.
            source: Who says so.

        Raises:
            UnknownIdError: There is no such face.
            ValueError: A face is paired with itself.
        """
        ordered = [_ordered(pair) for pair in pairs]
        require(self._connection, face, [number for pair in ordered for number in pair], "face")
        known = self._journal.rows(link, ordered)
        new = [pair for pair in ordered if pair not in known or known[pair]["kind"] != kind]
        moment = now()
        rows = [{"face_a": a, "face_b": b, "kind": kind, "source": source, "at": moment} for a, b in new]
        self._journal.put(link, rows)

    def unlink(self, pairs: Sequence[tuple[FaceId, FaceId]]) -> None:
        """Take links of either kind back; those that are not there are no error."""
        self._journal.remove(link, [_ordered(pair) for pair in pairs])

    def links(self, faces: Collection[FaceId] | None = None) -> list[tuple[FaceId, FaceId, LinkKind]]:
        """Return (face, face, kind), the lower id first, in the order of the ids: all, or those of some faces."""
        columns = link.c.face_a, link.c.face_b, link.c.kind
        statement = select(*columns).order_by(*columns)
        if faces is not None:
            statement = statement.where(or_(among(link.c.face_a, faces), among(link.c.face_b, faces)))
        return [(a, b, kind) for a, b, kind in self._connection.execute(statement)]

    def apply_grouping(self, run: RunId, faces: IntArray, persons: IntArray) -> dict[int, PersonId]:
        """Write what a machine made of many faces, as automatic assignments, where it differs from what is there.

        Unnamed groups that lose their last face by it, and of which nobody decided anything, are deleted.

        Args:
            run: The cluster run.
            faces: (n,) face ids, each once.
            persons: (n,) who is to hold each: a person id from 1 up, -1 for nobody, -2 and below for new groups, one
                for each value.

        Returns:
            The id that each new group got, by its value in ``persons``.

        Raises:
            UnknownIdError: There is no such face or person.
            ValueError: A decided assignment would change, or the arrays are not as described.
        """
        faces, wanted = _checked_grouping(faces, persons)
        held, decided = self._holders(faces)
        if overruled := faces[decided & (held != wanted)].tolist():
            raise ValueError(f"a machine may not change the decided faces {overruled[:10]}")
        require(self._connection, person, np.unique(wanted[wanted >= 1]).tolist(), "person")
        labels = np.unique(wanted[wanted < NOBODY])[::-1].tolist()
        created = dict(zip(labels, self._create([None] * len(labels)), strict=True))
        target = _with_new_groups(wanted, created)
        changed = held != target
        leaving = changed & (target == NOBODY)
        self._journal.remove(assignment, [(number,) for number in faces[leaving].tolist()])
        joining = changed & (target != NOBODY)
        self._journal.put(
            assignment,
            (
                _assignment(number, holder, AssignmentSource.AUTOMATIC, None, run)
                for number, holder in zip(faces[joining].tolist(), target[joining].tolist(), strict=True)
            ),
        )
        self._delete_left_empty(np.unique(held[changed & (held != NOBODY)]).tolist())
        return created

    def _records(self, persons: Collection[int] | None) -> list[PersonRecord]:
        everybody = select(person) if persons is None else select(person).where(among(person.c.id, persons))
        rows = self._connection.execute(everybody).all()
        held = self._held(None if persons is None else among(assignment.c.person_id, persons))
        chosen = self._still_held([row.key_face_id for row in rows if row.key_face_id is not None])
        return sorted((_record(row, held.get(row.id), chosen) for row in rows), key=_order)

    def _held(self, condition: ColumnElement[bool] | None) -> dict[int, Row[Any]]:
        """Count what persons hold, and find the best face of each."""
        columns = (
            assignment.c.person_id,
            func.count().label("faces"),
            func.count(distinct(face.c.content_id)).label("photos"),
            # SQLite takes a bare column from the row that holds the maximum: https://sqlite.org/lang_select.html
            face.c.id.label("best"),
            func.max(face.c.quality),
        )
        statement = (
            select(*columns)
            .join_from(assignment, face, face.c.id == assignment.c.face_id)
            .where(face.c.state == FaceState.ACTIVE.value, is_present(face.c.content_id))
            .group_by(assignment.c.person_id)
        )
        rows = self._connection.execute(statement if condition is None else statement.where(condition))
        return {row.person_id: row for row in rows}

    def _still_held(self, chosen: Collection[int]) -> set[tuple[int, int]]:
        """Return (holder, face) of those chosen faces that are active and held."""
        statement = (
            select(assignment.c.person_id, assignment.c.face_id)
            .join_from(assignment, face, face.c.id == assignment.c.face_id)
            .where(among(assignment.c.face_id, chosen), face.c.state == FaceState.ACTIVE.value)
        )
        return {(holder, number) for holder, number in self._connection.execute(statement)}

    def _create(self, names: Sequence[str | None]) -> list[PersonId]:
        first = next_id(self._connection, person)
        moment = now()
        blank = {"hidden": 0, "key_face_id": None, "note": "", "birth_date": None, "created": moment, "used": None}
        numbers = [PersonId(number) for number in range(first, first + len(names))]
        rows = ({"id": number, "name": name, **blank} for number, name in zip(numbers, names, strict=True))
        self._journal.put(person, rows)
        return numbers

    def _change(self, numbers: Collection[PersonId], values: dict[str, Any]) -> None:
        require(self._connection, person, numbers, "person")
        self._journal.change(person, numbers, values)

    def _refuse_decided(self, faces: Sequence[FaceId]) -> None:
        decided = assignment.c.source != AssignmentSource.AUTOMATIC.value
        statement = select(assignment.c.face_id).where(among(assignment.c.face_id, faces), decided)
        if overruled := self._connection.execute(statement).scalars().all():
            raise ValueError(f"a machine may not change the decided faces {sorted(overruled)[:10]}")

    def _release_key_faces(self, faces: Sequence[FaceId], holder: PersonId | None) -> None:
        statement = select(person.c.id).where(among(person.c.key_face_id, faces))
        if holder is not None:
            statement = statement.where(person.c.id != holder)
        self._journal.change(person, self._connection.execute(statement).scalars().all(), {"key_face_id": None})

    def _holders(self, faces: IntArray) -> tuple[IntArray, npt.NDArray[np.bool_]]:
        """Return who holds each face, and whether that was decided."""
        source = face.outerjoin(assignment, assignment.c.face_id == face.c.id)
        columns = face.c.id, func.coalesce(assignment.c.person_id, NOBODY), assignment.c.source
        statement = select(*columns).select_from(source).where(among(face.c.id, faces.tolist())).order_by(face.c.id)
        rows = self._connection.execute(statement).all()
        order = np.argsort(faces)
        ids = np.array([row[0] for row in rows], np.int64)
        if missing := np.setdiff1d(faces, ids).tolist():
            raise UnknownIdError(f"The library has no face {missing[0]}.")
        held = np.empty(len(faces), np.int64)
        decided = np.empty(len(faces), np.bool_)
        held[order] = [row[1] for row in rows]
        decided[order] = [row[2] not in (None, AssignmentSource.AUTOMATIC.value) for row in rows]
        return held, decided

    def _delete_left_empty(self, persons: Sequence[int]) -> None:
        statement = select(person.c.id).where(
            among(person.c.id, persons),
            person.c.name.is_(None),
            person.c.hidden == 0,
            person.c.key_face_id.is_(None),
            person.c.note == "",
            person.c.birth_date.is_(None),
            ~exists().where(assignment.c.person_id == person.c.id),
            ~exists().where(rejection.c.person_id == person.c.id),
        )
        self._journal.remove(person, [(number,) for number in self._connection.execute(statement).scalars()])


def _unknown(number: PersonId) -> UnknownIdError:
    return UnknownIdError(f"The library has no person {number}.")


def _ordered(pair: tuple[FaceId, FaceId]) -> tuple[int, int]:
    first, second = sorted(map(int, pair))
    if first == second:
        raise ValueError(f"face {first} is paired with itself")
    return first, second


def _assignment(
    number: int, holder: int, source: AssignmentSource, probability: float | None, run: RunId | None
) -> dict[str, Any]:
    return {
        "face_id": int(number),
        "person_id": int(holder),
        "source": source.value,
        "probability": None if probability is None else float(probability),
        "run_id": run,
    }


def _checked_grouping(faces: IntArray, persons: IntArray) -> tuple[IntArray, IntArray]:
    faces, persons = np.asarray(faces, np.int64), np.asarray(persons, np.int64)
    if faces.ndim != 1 or faces.shape != persons.shape:
        raise ValueError(f"faces {faces.shape} do not fit persons {persons.shape}")
    if len(np.unique(faces)) < len(faces):
        raise ValueError("a face is named twice")
    if (persons == 0).any():
        raise ValueError("0 is neither a person nor a new group")
    return faces, persons


def _with_new_groups(wanted: IntArray, created: dict[int, PersonId]) -> IntArray:
    """Put the ids of new groups in the place of their values."""
    if not created:
        return wanted
    values, positions = np.unique(wanted, return_inverse=True)
    ids = np.array([created.get(value, value) for value in values.tolist()], np.int64)
    return ids[positions]


def _record(row: Row[Any], held: Row[Any] | None, chosen: set[tuple[int, int]]) -> PersonRecord:
    best = None if held is None else held.best
    return PersonRecord(
        id=PersonId(row.id),
        name=row.name,
        faces=0 if held is None else held.faces,
        photos=0 if held is None else held.photos,
        key_face=row.key_face_id if (row.id, row.key_face_id) in chosen else best,
        hidden=bool(row.hidden),
        note=row.note,
        birth_date=None if row.birth_date is None else date.fromisoformat(row.birth_date),
    )


def _order(record: PersonRecord) -> tuple[bool, str, str, int, int]:
    name = record.name or ""
    return record.name is None, name.casefold(), name, -record.faces, record.id
