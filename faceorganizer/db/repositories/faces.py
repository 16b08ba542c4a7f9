"""Faces, and what was said of them."""

import functools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from sqlalchemy import (
    ColumnElement,
    Connection,
    Join,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from faceorganizer.db.journal import Journal
from faceorganizer.db.queries import among, is_present, next_id, require, standing_file
from faceorganizer.db.repositories.descriptors import DescriptorRepository, packed, points_of
from faceorganizer.db.tables import assignment, descriptor, face, file, link, model, person, rejection, root
from faceorganizer.domain.errors import UnknownIdError
from faceorganizer.domain.faces import (
    AssignmentSource,
    FaceObservations,
    FaceRecord,
    FaceSource,
    FaceState,
    HeldFace,
    StoredFace,
)
from faceorganizer.domain.geometry import Box, FloatArray, turn_boxes, turn_points
from faceorganizer.domain.ids import ContentId, FaceId, ModelId, PersonId
from faceorganizer.domain.pictures import FileState

_BOX: Final = (face.c.x, face.c.y, face.c.width, face.c.height)
_STATES: Final = {state.value: state for state in FaceState}
_SOURCES: Final = {source.value: source for source in FaceSource}
_ASSIGNMENTS: Final = {source.value: source for source in AssignmentSource}

_SAID: Final[tuple[tuple[Table, tuple[ColumnElement[int], ...]], ...]] = (
    (assignment, (assignment.c.face_id,)),
    (rejection, (rejection.c.face_id,)),
    (link, (link.c.face_a, link.c.face_b)),
    (descriptor, (descriptor.c.face_id,)),
)

_WITH_HOLDER: Final = face.outerjoin(assignment, assignment.c.face_id == face.c.id)
_MAY_BE_DESCRIBED: Final = and_(face.c.source == FaceSource.MANUAL.value, face.c.forgotten == 0)

DRAWN: Final = "by hand"  # in the place of the detector, until one sees the face as well
SURE: Final = 2.0  # score of a face that a human says is one

Listed = FaceState | Literal["missing", "all"]


class FaceRepository:
    """Faces, by id."""

    def __init__(self, connection: Connection, journal: Journal, descriptors: DescriptorRepository) -> None:
        self._connection = connection
        self._journal = journal
        self._descriptors = descriptors

    def content_of(self, number: FaceId) -> ContentId:
        """Return the picture that a face is in.

        Raises:
            UnknownIdError: There is no such face.
        """
        content = self._connection.execute(select(face.c.content_id).where(among(face.c.id, [number]))).scalar()
        if content is None:
            raise UnknownIdError(f"The library has no face {number}.")
        return ContentId(content)

    def held(self, faces: Collection[FaceId]) -> list[HeldFace]:
        """Return faces with who holds them, in the order given, each once.

        Raises:
            UnknownIdError: A face does not exist.
        """
        wanted = list(dict.fromkeys(faces))
        found = {number.id: number for number in self._held(among(face.c.id, wanted))}
        if missing := [number for number in wanted if number not in found]:
            raise UnknownIdError(f"The library has no face {missing[0]}.")
        return [found[number] for number in wanted]

    def held_by(self, persons: Collection[PersonId]) -> list[HeldFace]:
        """Return the faces of some persons, in any state, by id."""
        # Beginning with what persons hold: SQLite would read all faces, in order, for an outer join.
        source = assignment.join(face, face.c.id == assignment.c.face_id)
        return self._held(among(assignment.c.person_id, persons), source)

    def in_pictures(self, contents: Collection[ContentId]) -> list[HeldFace]:
        """Return all faces of some pictures with who holds them, by id."""
        return self._held(among(face.c.content_id, contents))

    def of_contents(self, contents: Sequence[ContentId]) -> dict[ContentId, list[StoredFace]]:
        """Return the faces of each picture in any state, by id; pictures without a face are left out."""
        faces: defaultdict[ContentId, list[StoredFace]] = defaultdict(list)
        columns = face.c.id, face.c.content_id, *_BOX, face.c.source, face.c.state, _is_decided(), face.c.forgotten
        statement = select(*columns).where(among(face.c.content_id, contents)).order_by(face.c.id)
        for number, content, x, y, width, height, source, state, *marks in self._connection.execute(statement):
            box = (x, y, width, height)
            stored = StoredFace(number, box, FaceSource(source), FaceState(state), *map(bool, marks))
            faces[content].append(stored)
        return dict(faces)

    def forgotten(self, contents: Sequence[ContentId]) -> dict[ContentId, list[tuple[float, float, float, float]]]:
        """Return the boxes of each picture's faces that must not be described again; other pictures are left out."""
        boxes: defaultdict[ContentId, list[tuple[float, float, float, float]]] = defaultdict(list)
        chosen = among(face.c.content_id, contents), face.c.forgotten == 1
        for content, *box in self._connection.execute(select(face.c.content_id, *_BOX).where(*chosen)):
            boxes[content].append((box[0], box[1], box[2], box[3]))
        return dict(boxes)

    def store(
        self,
        content: ContentId,
        model: ModelId,
        detector: str,
        found: FaceObservations,
        matches: Sequence[tuple[FaceId, int]],
        drop: Sequence[FaceId],
        *,
        source: FaceSource = FaceSource.DETECTED,
    ) -> list[FaceId]:
        """Write what was found in a picture.

        A face that was found again keeps its id, state, source and everything attached to it; a hand-drawn one also
        keeps its box. A forgotten one is left as it is: nothing is kept of what was found. What was found and matches
        nothing becomes a new face.

        Args:
            content: The picture.
            model: What made the descriptors.
            detector: What found the faces.
            found: The faces.
            matches: (known face, index in found), each at most once.
            drop: Known faces that were not found again and of which nobody decided anything; they are deleted.
            source: Of the new faces.

        Returns:
            The face id of each observation.

        Raises:
            ValueError: A face is of another picture, is named twice, or is to be dropped though something was decided.
            VectorError: Descriptors are not finite, or not as long as the model says.
        """
        self._descriptors.check(model, found.descriptors, len(found))
        known = {stored.id: stored for stored in self.of_contents([content]).get(content, [])}
        _check_plan(content, known, len(found), matches, drop)
        ids = self._numbered(len(found), matches)
        rows = _observed(found, ids, detector)
        again = {number for number, _ in matches}
        forgotten = {stored.id for stored in known.values() if stored.forgotten}
        self._renew([row for row in rows if row["id"] in again - forgotten], known)
        fixed = {"content_id": content, "source": source.value, "state": FaceState.ACTIVE.value}
        new = [{**row, **fixed} for row in rows if row["id"] not in again]
        if new:
            self._connection.execute(insert(face), new)
        kept = [index for index, number in enumerate(ids) if number not in forgotten]
        self._descriptors.put(model, [ids[index] for index in kept], found.descriptors[kept])
        self._delete(drop)
        self._journal.touch("face", [*ids, *drop])
        self._journal.touch("content", [content])
        return ids

    def set_state(self, faces: Sequence[FaceId], state: FaceState) -> None:
        """Set what the user made of faces.

        Raises:
            UnknownIdError: A face does not exist.
        """
        require(self._connection, face, faces, "face")
        self._journal.change(face, faces, {"state": state.value})

    def draw(
        self, content: ContentId, box: FloatArray, model: ModelId | None = None, seen: FaceObservations | None = None
    ) -> FaceId:
        """Add a face that somebody drew.

        Args:
            content: The picture.
            box: (4,) as it was drawn, in full-resolution pixels.
            model: What made the descriptor.
            seen: One face, as described; None when it could not be.

        Raises:
            VectorError: The descriptor is not as long as the model says.
        """
        number = FaceId(next_id(self._connection, face))
        fixed = {"content_id": content, "state": FaceState.ACTIVE.value, "source": FaceSource.MANUAL.value}
        self._journal.put(face, [{"id": number, **fixed, **_drawn(box, seen), "detector": DRAWN, "forgotten": 0}])
        self._descriptors.replace(number, model, seen)
        self._journal.touch("content", [content])
        return number

    def correct(
        self, number: FaceId, box: FloatArray, model: ModelId | None = None, seen: FaceObservations | None = None
    ) -> None:
        """Give a face the box that somebody drew; what it was described by belongs to the former one and goes.

        Args:
            number: The face.
            box: As for :meth:`draw`.
            model: As for :meth:`draw`.
            seen: As for :meth:`draw`.

        Raises:
            UnknownIdError: There is no such face.
            VectorError: The descriptor is not as long as the model says.
        """
        row = self._journal.rows(face, [(number,)]).get((number,))
        if row is None:
            raise UnknownIdError(f"The library has no face {number}.")
        changed = {**_drawn(box, seen), "source": FaceSource.MANUAL.value, "forgotten": 0}
        self._journal.put(face, [{**row, **changed}])
        self._descriptors.replace(number, model, seen)

    def drawn_boxes(self, contents: Collection[ContentId]) -> dict[ContentId, list[tuple[FaceId, Box]]]:
        """Return the boxes that people drew in some pictures, of faces that may be described; others are left out."""
        chosen = among(face.c.content_id, contents), _MAY_BE_DESCRIBED
        rows = self._connection.execute(select(face.c.content_id, face.c.id, *_BOX).where(*chosen).order_by(face.c.id))
        boxes: defaultdict[ContentId, list[tuple[FaceId, Box]]] = defaultdict(list)
        for content, number, x, y, width, height in rows:
            boxes[content].append((number, (x, y, width, height)))
        return dict(boxes)

    def describe_drawn(self, content: ContentId, number: FaceId, model: ModelId, seen: FaceObservations) -> None:
        """Add what a model makes of a face that somebody drew, as a machine; without that face nothing is written.

        Args:
            content: The picture that was looked at.
            number: The face.
            model: What made the descriptor.
            seen: One face, as described.

        Raises:
            VectorError: The descriptor is not as long as the model says.
        """
        self._descriptors.check(model, seen.descriptors, len(seen))
        values = {"landmarks": packed(seen.landmarks[0]), "quality": float(seen.quality[0])}
        chosen = face.c.id == number, face.c.content_id == content, _MAY_BE_DESCRIBED
        if self._connection.execute(update(face).where(*chosen).values(values)).rowcount:
            self._descriptors.put(model, [number], seen.descriptors)
            self._journal.touch("face", [number])

    def only_drawn(self, faces: Collection[FaceId]) -> set[FaceId]:
        """Return which of some faces were drawn by hand and never seen by a detector."""
        statement = select(face.c.id).where(among(face.c.id, faces), face.c.detector == DRAWN)
        return {FaceId(number) for number in self._connection.execute(statement).scalars()}

    def delete(self, faces: Collection[FaceId]) -> None:
        """Delete faces with everything that was said of them; for good, unless the step is undone.

        Raises:
            UnknownIdError: A face does not exist.
        """
        require(self._connection, face, faces, "face")
        shown = select(person.c.id).where(among(person.c.key_face_id, faces))
        self._journal.change(person, self._connection.execute(shown).scalars().all(), {"key_face_id": None})
        for table, columns in _SAID:
            keys = select(*table.primary_key.columns).where(or_(*(among(column, faces) for column in columns)))
            self._journal.remove(table, [tuple(key) for key in self._connection.execute(keys)])
        self._journal.remove(face, [(number,) for number in faces])

    def turn(self, content: ContentId, before: int, after: int, upright_size: tuple[int, int]) -> None:
        """Turn boxes and landmarks with a picture whose orientation tag changed.

        Args:
            content: The picture.
            before: Former EXIF orientation.
            after: New EXIF orientation.
            upright_size: (width, height) of the picture as it was upright before.
        """
        columns = face.c.id, *_BOX, face.c.landmarks
        rows = self._connection.execute(select(*columns).where(face.c.content_id == content)).all()
        if not rows or before == after:
            return
        boxes = turn_boxes(np.array([row[1:5] for row in rows], np.float32), before, after, upright_size)
        turned = []
        for row, box in zip(rows, boxes, strict=True):
            points = row.landmarks and packed(turn_points(points_of(row.landmarks), before, after, upright_size))
            turned.append({"face_id": row.id, **_box_values(box), "landmarks": points})
        self._connection.execute(update(face).where(face.c.id == bindparam("face_id")), turned)
        self._journal.touch("face", (row.id for row in rows))

    def records(
        self,
        *,
        person: PersonId | None = None,
        content: ContentId | None = None,
        state: Listed = FaceState.ACTIVE,
        model: ModelId | None = None,
    ) -> Iterator[FaceRecord]:
        """List faces by id.

        Args:
            person: Only those it holds.
            content: Only those of this picture.
            state: Faces of present pictures in this state; "missing": active faces of pictures of which no file is
                present; "all": everything of which some file is known.
            model: Name this model with the faces that have a descriptor of it; None: the latest of each face.

        Returns:
            An iterator that needs the transaction no longer.
        """
        statement = _listing(state, model)
        if person is not None:
            statement = statement.where(assignment.c.person_id == person)
        if content is not None:
            statement = statement.where(face.c.content_id == content)
        rows = self._connection.execute(statement).all()
        folder_of = functools.cache(Path)  # few folders, many faces
        return (_record(row, folder_of) for row in rows)

    def counts(self) -> Mapping[str, int]:
        """Count faces.

        Returns:
            "active", "ignored" and "not_a_face": of present pictures; "missing": active, of pictures of which no
            file is present; "removed": in any state, of pictures of which no file is known; "all": every face.
        """
        any_file = select(file.c.id).where(file.c.content_id == face.c.content_id).exists()
        place = case((is_present(face.c.content_id), "present"), (any_file, "missing"), else_="removed")
        rows = self._connection.execute(select(place, face.c.state, func.count()).group_by(place, face.c.state)).all()

        counted = {(where, state): count for where, state, count in rows}
        return {
            "active": counted.get(("present", FaceState.ACTIVE.value), 0),
            "ignored": counted.get(("present", FaceState.IGNORED.value), 0),
            "not_a_face": counted.get(("present", FaceState.NOT_A_FACE.value), 0),
            "missing": counted.get(("missing", FaceState.ACTIVE.value), 0),
            "removed": sum(count for (where, _), count in counted.items() if where == "removed"),
            "all": sum(counted.values()),
        }

    def _numbered(self, count: int, matches: Sequence[tuple[FaceId, int]]) -> list[FaceId]:
        known = {index: number for number, index in matches}
        unused = iter(range(next_id(self._connection, face), 1 << 62))
        return [known[index] if index in known else FaceId(next(unused)) for index in range(count)]

    def _renew(self, rows: Sequence[dict[str, Any]], known: Mapping[FaceId, StoredFace]) -> None:
        for keeps_box in (False, True):
            chosen = [row for row in rows if (known[row["id"]].source is FaceSource.MANUAL) is keeps_box]
            columns = [name for name in rows[0] if name != "id"] if rows else []
            if keeps_box:
                columns = [name for name in columns if name not in ("x", "y", "width", "height")]
            if chosen:
                statement = update(face).where(face.c.id == bindparam("face_id"))
                parameters = [{"face_id": row["id"], **{name: row[name] for name in columns}} for row in chosen]
                self._connection.execute(statement, parameters)

    def _held(self, condition: ColumnElement[bool], source: Join = _WITH_HOLDER) -> list[HeldFace]:
        columns = face.c.id, face.c.content_id, face.c.state, assignment.c.person_id, assignment.c.source
        rows = self._connection.execute(select(*columns).select_from(source).where(condition).order_by(face.c.id))
        return [
            HeldFace(number, content, _STATES[state], holder, None if said is None else _ASSIGNMENTS[said])
            for number, content, state, holder, said in rows
        ]

    def _delete(self, faces: Sequence[FaceId]) -> None:
        if faces:
            self._journal.remove(assignment, [(number,) for number in faces])
            self._connection.execute(delete(descriptor).where(among(descriptor.c.face_id, faces)))
            self._connection.execute(delete(face).where(among(face.c.id, faces)))


def _is_decided() -> ColumnElement[bool]:
    """Whether anybody decided anything about a face: then it is never dropped."""
    said = select(assignment.c.face_id).where(
        assignment.c.face_id == face.c.id, assignment.c.source != AssignmentSource.AUTOMATIC.value
    )
    return or_(
        face.c.state != FaceState.ACTIVE.value,
        face.c.source != FaceSource.DETECTED.value,
        face.c.forgotten == 1,
        said.exists(),
        select(rejection.c.face_id).where(rejection.c.face_id == face.c.id).exists(),
        select(link.c.face_a).where(link.c.face_a == face.c.id).exists(),
        select(link.c.face_b).where(link.c.face_b == face.c.id).exists(),
        select(person.c.id).where(person.c.key_face_id == face.c.id).exists(),
    )


def _check_plan(
    content: ContentId,
    known: Mapping[FaceId, StoredFace],
    count: int,
    matches: Sequence[tuple[FaceId, int]],
    drop: Sequence[FaceId],
) -> None:
    named = [number for number, _ in matches] + list(drop)
    indices = [index for _, index in matches]
    if strangers := set(named).difference(known):
        raise ValueError(f"faces {sorted(strangers)} are not of picture {content}")
    if len(set(named)) < len(named) or len(set(indices)) < len(indices):
        raise ValueError("a face is matched or dropped twice")
    if any(not 0 <= index < count for index in indices):
        raise ValueError(f"matches {matches} do not fit {count} observations")
    if decided := [number for number in drop if known[number].decided]:
        raise ValueError(f"faces {decided} carry decisions and are never dropped")


def _observed(found: FaceObservations, ids: Sequence[FaceId], detector: str) -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            **_box_values(found.boxes[index]),
            "landmarks": packed(found.landmarks[index]),
            "score": float(found.scores[index]),
            "quality": float(found.quality[index]),
            "detector": detector,
        }
        for index, number in enumerate(ids)
    ]


def _drawn(box: FloatArray, seen: FaceObservations | None) -> dict[str, Any]:
    return {
        **_box_values(box),
        "landmarks": None if seen is None else packed(seen.landmarks[0]),
        "score": SURE,
        "quality": 0.0 if seen is None else float(seen.quality[0]),
    }


def _box_values(box: FloatArray) -> dict[str, float]:
    return dict(zip(("x", "y", "width", "height"), box.tolist(), strict=True))


def _listing(state: Listed, shown_model: ModelId | None) -> Select[Any]:
    latest = select(func.max(descriptor.c.model_id)).where(descriptor.c.face_id == face.c.id)
    if shown_model is not None:
        latest = latest.where(descriptor.c.model_id == shown_model)
    present = standing_file(face.c.content_id, FileState.PRESENT)
    anywhere = standing_file(face.c.content_id, None)
    stands = {"missing": anywhere, "all": func.coalesce(present, anywhere)}.get(state, present)
    source = (
        face.join(file, file.c.id == stands)
        .join(root, root.c.id == file.c.root_id)
        .outerjoin(assignment, assignment.c.face_id == face.c.id)
        .outerjoin(person, person.c.id == assignment.c.person_id)
        .outerjoin(model, model.c.id == latest.scalar_subquery())
    )
    columns = (
        face.c.id,
        face.c.content_id,
        root.c.path,
        file.c.path,
        *_BOX,
        face.c.landmarks,
        face.c.score,
        face.c.quality,
        face.c.state,
        face.c.source,
        assignment.c.person_id,
        person.c.name,
        assignment.c.source,
        model.c.name,
    )
    statement = select(*columns).select_from(source).order_by(face.c.id)
    if state == "all":
        return statement
    if state == "missing":
        return statement.where(face.c.state == FaceState.ACTIVE.value, ~is_present(face.c.content_id))
    return statement.where(face.c.state == FaceState(state).value)


def _record(row: Row[Any], folder_of: Callable[[str], Path]) -> FaceRecord:
    # By position: a row's columns by name cost as much as the rest.
    number, photo, folder, path, x, y, width, height, landmarks, score, quality, state, source, *held, model_name = (
        tuple(row)
    )
    holder, name, assigned = held
    return FaceRecord(
        face=number,
        photo=photo,
        path=folder_of(folder) / path,
        box=(round(x), round(y), round(width), round(height)),
        landmarks=points_of(landmarks),
        score=score,
        quality=quality,
        state=_STATES[state],
        source=_SOURCES[source],
        person=holder,
        name=name,
        assignment=None if assigned is None else _ASSIGNMENTS[assigned],
        model=model_name,
    )
