"""Takes a step of the journal back, or does it again, around what machines have written since.

What people decided must be as the step left it, or nothing is done. What machines wrote gives way: a face that is gone
is passed over, a group that is gone comes back, a person who still holds automatic faces stays as an unnamed group.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from sqlalchemy import ColumnElement, Connection, Table, select

from faceorganizer.db.columns import now
from faceorganizer.db.journal import Journal, Key, Row
from faceorganizer.db.queries import among
from faceorganizer.db.repositories.descriptors import DescriptorRepository, same_vector
from faceorganizer.db.repositories.faces import FaceRepository
from faceorganizer.db.repositories.models import ModelRepository
from faceorganizer.db.tables import (
    album,
    album_content,
    assignment,
    content,
    descriptor,
    face,
    file,
    link,
    metadata,
    person,
    rejection,
    written,
)
from faceorganizer.domain.changes import RowChange
from faceorganizer.domain.errors import StepConflictError
from faceorganizer.domain.faces import AssignmentSource, FaceSource
from faceorganizer.domain.geometry import match_boxes
from faceorganizer.domain.ids import FaceId

Net = tuple[Row | None, Row | None]  # what the row has to be now, and what it is to become; both may be parts of it
Resolve = Callable[[Key, Net, Row | None], Row | None]  # of a row as it is now: what it is to become

_AUTOMATIC: Final = AssignmentSource.AUTOMATIC.value
# What a search renews of a face; the four numbers of a box are one.
_RENEWED: Final = (("x", "y", "width", "height"), ("landmarks",), ("score",), ("quality",), ("detector",))
BLANK: Final[Mapping[str, Any]] = {
    "name": None,
    "hidden": 0,
    "key_face_id": None,
    "note": "",
    "birth_date": None,
    "used": None,
}
_KNOWN: Final = frozenset(
    {"face", "person", "descriptor", "assignment", "rejection", "link", "album", "album_content", "written"}
)
_PASSING: Final = frozenset({"created", "used", "key_face_id"})  # of a person: says nothing of who it is


def inverted(changes: Sequence[RowChange]) -> list[RowChange]:
    """Return the changes that take others back, in their order."""
    return [RowChange(change.entity, change.key, change.after, change.before) for change in reversed(changes)]


def net_changes(changes: Iterable[RowChange]) -> dict[str, dict[Key, Net]]:
    """Return what changes come to, row by row, by table; a row that came and went is left out."""
    net: dict[str, dict[Key, Net]] = {}
    for change in changes:
        rows = net.setdefault(change.entity, {})
        before, after = change.before, change.after
        first, last = rows.get(change.key, (before, before))
        if first is not None and last is not None and before is not None:
            first = {**before, **first}
        if after is not None and last is not None and before is not None:
            after = {**last, **after}
        rows[change.key] = (None if first is None else dict(first), None if after is None else dict(after))
    return {entity: {key: pair for key, pair in rows.items() if pair != (None, None)} for entity, rows in net.items()}


def replay(connection: Connection, journal: Journal, changes: Sequence[RowChange]) -> None:
    """Make changes again, all of them or, when something stands in the way, none.

    Args:
        connection: In a transaction that may write, which has to be rolled back when this raises.
        journal: Without a step: what is done here is none.
        changes: Of one step, or their inversion.

    Raises:
        StepConflictError: A decision is not as the step left it.
    """
    _Replay(connection, journal, net_changes(changes)).run()


class _Replay:
    def __init__(self, connection: Connection, journal: Journal, net: Mapping[str, dict[Key, Net]]) -> None:
        self._connection = connection
        self._journal = journal
        self._net = net

    def run(self) -> None:
        # What is referred to comes first and goes last.
        faces, leaving_faces, known = self._planned(face, self._face)
        self._journal.put(face, faces, known)
        leaving_persons = self._write(person, self._person)
        for table, resolve in ((assignment, self._assignment), (rejection, self._relation), (link, self._relation)):
            rows, gone, current = self._planned(table, resolve)
            self._bring_back_groups(rows)
            self._journal.remove(table, gone)
            self._journal.put(table, rows, current)
        self._journal.remove(descriptor, self._write(descriptor, self._descriptor))
        leaving_albums = self._write(album, _other)
        self._journal.remove(album_content, self._write(album_content, _other))
        self._journal.remove(album, leaving_albums)
        self._journal.remove(written, self._write(written, _written))
        for entity in sorted(self._net.keys() - _KNOWN):
            table = metadata.tables[entity]
            self._journal.remove(table, self._write(table, _other))
        self._unassign_rejected()
        self._delete_persons(leaving_persons)
        self._delete_faces(leaving_faces)
        self._join_found_again([row for row in faces if (row["id"],) not in known])

    def _write(self, table: Table, resolve: Resolve) -> list[Key]:
        """Write the rows that are to be, and return the keys of those that are to go."""
        rows, gone, current = self._planned(table, resolve)
        self._journal.put(table, rows, current)
        return gone

    def _planned(self, table: Table, resolve: Resolve) -> tuple[list[Row], list[Key], dict[Key, Row]]:
        """Return the rows that are to be, the keys of those that are to go, and all of them as they are."""
        net = self._without_strays(table, self._net.get(table.name, {}))
        current = self._journal.rows(table, net)
        rows: list[Row] = []
        gone: list[Key] = []
        for key, pair in net.items():
            row = current.get(key)
            wanted = resolve(key, pair, row)
            if wanted is not None:
                # A version of the program that knew fewer columns may have written the step.
                complete = _missing_columns(table) if pair[0] is None else {}
                rows.append({**complete, **(row or {}), **wanted})
            elif row is not None:
                gone.append(key)
        whole = len(table.columns)
        return [row for row in rows if len(row) == whole], gone, current

    def _without_strays(self, table: Table, net: dict[Key, Net]) -> dict[Key, Net]:
        """Leave out what belongs to a face, picture or file that is gone: nothing can be said of it any more."""
        if table is face:
            wanted = {row["content_id"] for before, row in net.values() if before is None and row is not None}
            there = self._existing(content, wanted)
            return {
                key: (before, row)
                for key, (before, row) in net.items()
                if before is not None or row is None or row["content_id"] in there
            }
        if table is written:
            there = self._existing(file, {(row or before or {})["file_id"] for before, row in net.values()})
            return {
                key: (before, row) for key, (before, row) in net.items() if (row or before or {})["file_id"] in there
            }
        positions = [
            index
            for index, column in enumerate(table.primary_key.columns)
            if any(reference.column is face.c.id for reference in column.foreign_keys)
        ]
        if not positions:
            return net
        there = self._existing(face, {key[index] for key in net for index in positions})
        return {key: pair for key, pair in net.items() if all(key[index] in there for index in positions)}

    def _existing(self, table: Table, ids: Collection[int]) -> set[int]:
        if not ids:
            return set()
        return set(self._connection.execute(select(table.c.id).where(among(table.c.id, ids))).scalars())

    # One row: what it is to be now, given what it has to be, what the step makes of it, and what it is

    def _face(self, key: Key, net: Net, row: Row | None) -> Row | None:
        expected, wanted = net
        if expected is None:
            # A search found it, too, and so it stayed when it was taken back.
            return wanted if row is None or wanted is None else {**row, "source": wanted["source"]}
        if row is None:
            return None
        renewed = [name for group in _RENEWED if not _is(row, expected, group) for name in group]
        _require_unchanged(f"face {key[0]}", row, expected, renewed)
        if wanted is None:
            return {**row, "source": FaceSource.DETECTED.value} if "detector" in renewed else None
        return {**row, **{name: value for name, value in wanted.items() if name not in renewed}}

    def _person(self, key: Key, net: Net, row: Row | None) -> Row | None:
        expected, wanted = net
        (number,) = key
        # A grouping deletes a group that it empties and of which nothing is said; one that holds faces stays.
        blank = _blank(number)
        _require_unchanged(f"person {number}", row or blank, BLANK if expected is None else expected, _PASSING)
        if wanted is None:
            return None
        merged = {**(row or blank), **wanted}
        if merged["key_face_id"] is not None and not self._existing(face, [merged["key_face_id"]]):
            merged["key_face_id"] = None
        return merged

    def _descriptor(self, key: Key, net: Net, row: Row | None) -> Row | None:
        expected, wanted = net
        if row is None or expected is None:
            return wanted if row == expected else row
        form = ModelRepository(self._connection).known_form(row["model_id"])
        # It may have been rounded since: then it is the one that the step left.
        return wanted if same_vector(row["vector"], expected["vector"], form) else row

    def _assignment(self, key: Key, net: Net, row: Row | None) -> Row | None:
        expected, wanted = net
        if row is not None and row["source"] != _AUTOMATIC and not _is(row, wanted, ("person_id", "source")):
            _require_unchanged(f"face {key[0]}", row, expected or {"person_id": None}, ("probability", "run_id"))
        return wanted

    def _relation(self, key: Key, net: Net, row: Row | None) -> Row | None:
        expected, wanted = net
        if row is not None and expected is not None:
            _require_unchanged(f"face {key[0]}", row, expected, ("source", "at"))
        elif row is not None and wanted is not None:
            _require_unchanged(f"face {key[0]}", row, wanted, ("source", "at"))
        return wanted

    # What refers to something that is not there, or goes

    def _bring_back_groups(self, rows: Iterable[Row]) -> None:
        """Make groups again that a grouping deleted since, as they were: unnamed, with nothing said of them."""
        wanted = {row["person_id"] for row in rows if "person_id" in row}
        lost = wanted - self._existing(person, wanted)
        self._journal.put(person, [_blank(number) for number in sorted(lost)])

    def _unassign_rejected(self) -> None:
        """Where a rejection is back, a machine may have put the face there meanwhile."""
        faces = {key[0] for entity in ("assignment", "rejection") for key in self._net.get(entity, ())}
        rejected = (rejection.c.face_id == assignment.c.face_id, rejection.c.person_id == assignment.c.person_id)
        statement = select(assignment.c.face_id).where(
            among(assignment.c.face_id, faces),
            assignment.c.source == _AUTOMATIC,
            select(rejection.c.face_id).where(*rejected).exists(),
        )
        self._journal.remove(assignment, [(number,) for number in self._connection.execute(statement).scalars()])

    def _delete_persons(self, keys: Collection[Key]) -> None:
        if not keys:
            return
        persons = [key[0] for key in keys]
        self._refuse_decided(
            "person",
            ((assignment.c.person_id, assignment.c.source != _AUTOMATIC), (rejection.c.person_id, None)),
            persons,
        )
        column = assignment.c.person_id
        holding = set(self._connection.execute(select(column).where(among(column, persons)).distinct()).scalars())
        rows = self._journal.rows(person, [(number,) for number in holding])
        self._journal.put(person, [{**row, **BLANK} for row in rows.values()])
        self._journal.remove(person, [key for key in keys if key[0] not in holding])

    def _delete_faces(self, keys: Collection[Key]) -> None:
        if not keys:
            return
        faces = [key[0] for key in keys]
        self._refuse_decided(
            "face",
            (
                (assignment.c.face_id, assignment.c.source != _AUTOMATIC),
                (rejection.c.face_id, None),
                (link.c.face_a, None),
                (link.c.face_b, None),
                (person.c.key_face_id, None),
            ),
            faces,
        )
        self._journal.remove(assignment, keys)
        statement = select(descriptor.c.face_id, descriptor.c.model_id).where(among(descriptor.c.face_id, faces))
        self._journal.remove(descriptor, [(number, model) for number, model in self._connection.execute(statement)])
        self._journal.remove(face, keys)

    def _join_found_again(self, returned: Collection[Row]) -> None:
        """Where a face is back, a search may have found it anew meanwhile: that one becomes part of it."""
        models = ModelRepository(self._connection)
        descriptors = DescriptorRepository(self._connection, self._journal, models)
        repository = FaceRepository(self._connection, self._journal, descriptors)
        there = repository.of_contents([row["content_id"] for row in returned]) if returned else {}
        for row in returned:
            found = [other for other in there[row["content_id"]] if other.id != row["id"] and other.disposable]
            place = np.array([[row[name] for name in _RENEWED[0]]], np.float32)
            places = np.array([other.box for other in found], np.float32).reshape(-1, 4)
            for _, index in match_boxes(place, places):
                self._join(row, found[index].id, repository)

    def _join(self, row: Row, found: FaceId, repository: FaceRepository) -> None:
        (seen,) = self._journal.rows(face, [(found,)]).values()
        renewed = {name: seen[name] for group in _RENEWED[1:] for name in group}
        self._journal.put(face, [{**row, **renewed}])
        models = self._connection.execute(select(descriptor.c.model_id).where(descriptor.c.face_id == found)).scalars()
        vectors = self._journal.rows(descriptor, [(found, model) for model in models]).values()
        self._journal.put(descriptor, [{**vector, "face_id": row["id"]} for vector in vectors])
        repository.delete([found])

    def _refuse_decided(
        self,
        what: str,
        references: Iterable[tuple[ColumnElement[int], ColumnElement[bool] | None]],
        ids: Collection[int],
    ) -> None:
        for column, condition in references:
            statement = select(column).where(among(column, ids)).limit(1)
            number = self._connection.execute(statement if condition is None else statement.where(condition)).scalar()
            if number is not None:
                raise _conflict(f"{what} {number}")


def _other(key: Key, net: Net, row: Row | None) -> Row | None:
    expected, wanted = net
    if (row is None) is not (expected is None):
        raise _conflict(f"entry {', '.join(map(str, key))}")
    if row is not None and expected is not None:
        _require_unchanged(f"entry {', '.join(map(str, key))}", row, expected, ())
    return wanted if row is None or wanted is None else {**row, **wanted}


def _written(key: Key, net: Net, row: Row | None) -> Row | None:
    expected, wanted = net
    if row is not None and expected is not None:
        _require_unchanged(f"what was written as {key[0]}", row, expected, ("size", "mtime_ns", "at"))
    return None if wanted is None else {**(row or {}), **wanted}


def _missing_columns(table: Table) -> Row:
    return {column.name: 0 if column.server_default is not None else None for column in table.columns}


def _blank(number: int) -> Row:
    return {"id": number, **BLANK, "created": now()}


def _is(row: Row, values: Mapping[str, Any] | None, names: Iterable[str]) -> bool:
    return values is not None and all(row[name] == values[name] for name in names if name in values)


def _require_unchanged(what: str, row: Row, expected: Mapping[str, Any], free: Collection[str]) -> None:
    if any(row[name] != value for name, value in expected.items() if name not in free):
        raise _conflict(what)


def _conflict(what: str) -> StepConflictError:
    return StepConflictError(
        f"Since that step, something else was decided about {what}.", "Nothing was changed. Correct it by hand."
    )
