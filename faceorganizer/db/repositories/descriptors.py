"""Descriptors of faces, of one model or several."""

from collections.abc import Collection, Iterable, Sequence
from itertools import compress
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import sqlite

from faceorganizer.db.journal import Journal
from faceorganizer.db.queries import among, is_present
from faceorganizer.db.repositories.models import ModelRepository
from faceorganizer.db.tables import assignment, descriptor, face, model, setting
from faceorganizer.domain.compact import COMPACT, STORED_FORM, Codes, CompactForm
from faceorganizer.domain.errors import LibraryCorruptError, VectorError
from faceorganizer.domain.faces import (
    LANDMARKS,
    AssignmentSource,
    FaceObservations,
    FaceState,
    FaceTable,
    FaceToDescribe,
)
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.ids import ContentId, FaceId, ModelId, PersonId

_BOX: Final = (face.c.x, face.c.y, face.c.width, face.c.height)
_PAGE: Final = 20_000  # rows held as Python objects while arrays are filled
_STORED: Final = np.dtype("<f4")
_DESCRIBED: Final = face.join(descriptor, descriptor.c.face_id == face.c.id)
_ROUND: Final = "UPDATE descriptor SET vector = ? WHERE face_id = ? AND model_id = ?"


class DescriptorRepository:
    """Descriptors, by face and model."""

    def __init__(self, connection: Connection, journal: Journal, models: ModelRepository) -> None:
        self._connection = connection
        self._journal = journal
        self._models = models

    def table(
        self,
        model: ModelId,
        *,
        person: PersonId | None = None,
        faces: Collection[FaceId] | None = None,
        descriptors: bool = True,
        decided: bool = False,
    ) -> FaceTable:
        """Return the active faces of present pictures that have a descriptor of a model, as arrays by face id.

        Args:
            model: What made the descriptors.
            person: Only the faces it holds; everybody's when None.
            faces: Only those of them that are among these.
            descriptors: Whether they are read; (n, 0) otherwise.
            decided: Only faces of which somebody said who it is.

        Raises:
            LibraryCorruptError: A descriptor is not as long as the model says.
        """
        dimension = self._models.dimension(model) if descriptors else 0
        form = self._models.known_form(model) if descriptors else None
        source = _DESCRIBED.outerjoin(assignment, assignment.c.face_id == face.c.id)
        chosen = _described_by(model)
        if person is not None:
            chosen.append(assignment.c.person_id == person)
        if faces is not None:
            chosen.append(among(face.c.id, faces))
        if decided:
            chosen.append(assignment.c.source != AssignmentSource.AUTOMATIC.value)
        count = self._connection.execute(select(func.count()).select_from(source).where(*chosen)).scalar_one()
        columns = (
            face.c.id,
            face.c.content_id,
            face.c.quality,
            func.coalesce(assignment.c.person_id, -1),
            func.coalesce(assignment.c.source != AssignmentSource.AUTOMATIC.value, 0),
            descriptor.c.vector if descriptors else literal(b""),
        )
        statement = select(*columns).select_from(source).where(*chosen).order_by(face.c.id)
        return self._filled(statement, count, dimension, form)

    def codes(self, model: ModelId, form: CompactForm) -> tuple[IntArray, Codes]:
        """Return the ids (n,) of the faces in :meth:`table`, and their descriptors as codes (n, dimension).

        A quarter of the room that descriptors take; those that are stored in full are rounded.

        Args:
            model: What made the descriptors.
            form: That of the model.

        Raises:
            LibraryCorruptError: A descriptor is not as long as the model says.
        """
        chosen = _described_by(model)
        count = self._connection.execute(select(func.count()).select_from(_DESCRIBED).where(*chosen)).scalar_one()
        ids, codes = np.empty(count, np.int64), np.empty((count, form.dimension), np.uint8)
        columns = face.c.id, descriptor.c.vector
        statement = select(*columns).select_from(_DESCRIBED).where(*chosen).order_by(face.c.id)
        start = 0
        for page in self._connection.execute(statement, execution_options={"yield_per": _PAGE}).partitions():
            numbers, vectors = zip(*page, strict=True)
            rows = slice(start, start + len(page))
            ids[rows], codes[rows] = numbers, _codes(vectors, form)
            start += len(page)
        return ids, codes

    def described(self, model: ModelId) -> IntArray:
        """Return the ids of the faces in :meth:`table`, ascending."""
        statement = select(face.c.id).select_from(_DESCRIBED).where(*_described_by(model)).order_by(face.c.id)
        return np.array(self._connection.execute(statement).scalars().all(), np.int64)

    def fingerprint(self, model: ModelId) -> list[int]:
        """Return the number, sum and highest id of the faces in :meth:`table`: it tells whether they are others now."""
        columns = func.count(), func.coalesce(func.sum(face.c.id), 0), func.coalesce(func.max(face.c.id), 0)
        statement = select(*columns).select_from(_DESCRIBED).where(*_described_by(model))
        return list(self._connection.execute(statement).one())

    def undescribed(self, number: ModelId) -> list[ContentId]:
        """Return the present pictures, by id, with a face that might be described by a model and is not."""
        lacking = select(face.c.content_id).where(_has_points(), ~_is_described(number)).distinct()
        chosen = face.c.content_id.in_(lacking), is_present(face.c.content_id)
        statement = select(face.c.content_id).where(*chosen).distinct().order_by(face.c.content_id)
        return [ContentId(content) for content in self._connection.execute(statement).scalars()]

    def to_describe(self, contents: Collection[ContentId], number: ModelId) -> list[FaceToDescribe]:
        """Return the faces of some pictures that might be described by a model and are not, by picture and id."""
        columns = face.c.content_id, face.c.id, *_BOX, face.c.landmarks
        chosen = among(face.c.content_id, contents), _has_points(), ~_is_described(number)
        statement = select(*columns).where(*chosen).order_by(face.c.content_id, face.c.id)
        return [
            FaceToDescribe(FaceId(one), ContentId(content), (x, y, width, height), points_of(points))
            for content, one, x, y, width, height, points in self._connection.execute(statement)
        ]

    def describe(self, number: ModelId, faces: Sequence[FaceId], vectors: FloatArray) -> int:
        """Add what a model makes of faces that are there, as a machine; returns how many of them still are.

        Args:
            number: What made the descriptors.
            faces: n faces; some may have gone meanwhile, or must not be described any more.
            vectors: (n, dimension).

        Raises:
            VectorError: Descriptors are not finite, or not as long as the model says.
        """
        self.check(number, vectors, len(faces))
        statement = select(face.c.id).where(among(face.c.id, faces), face.c.forgotten == 0)
        there = set(self._connection.execute(statement).scalars())
        rows = [row for row, one in enumerate(faces) if one in there]
        kept = [faces[row] for row in rows]
        self.put(number, kept, vectors[rows])
        self._journal.touch("face", kept)
        return len(kept)

    def stored_form(self, number: ModelId) -> CompactForm | None:
        """Return the compact form that a model's new descriptors are stored in; None when they are stored in full.

        Raises:
            UnknownIdError: There is no such model.
        """
        stored = self._connection.execute(select(setting.c.value).where(setting.c.key == STORED_FORM)).scalar()
        return self._models.known_form(number) if stored == COMPACT else None

    def compact_some(self, after: FaceId | None = None, most: int = _PAGE) -> tuple[int, FaceId | None]:
        """Round descriptors that are stored in full, where the library's setting asks for that.

        Nothing else of the faces changes, and no step is written: what was rounded cannot be taken back.

        Args:
            after: Where the last call ended.
            most: Descriptors that are read.

        Returns:
            How many were rounded, and where to go on; None when all have been looked at.
        """
        models = self._connection.execute(select(model.c.id)).scalars().all()
        forms = {number: form for number in models if (form := self.stored_form(ModelId(number))) is not None}
        columns = descriptor.c.face_id, descriptor.c.model_id, descriptor.c.vector
        chosen = descriptor.c.face_id > (0 if after is None else after), among(descriptor.c.model_id, list(forms))
        full = func.length(descriptor.c.vector) == _STORED.itemsize * model.c.dimension
        source = descriptor.join(model, model.c.id == descriptor.c.model_id)
        statement = select(*columns).select_from(source).where(*chosen, full).order_by(*columns[:2]).limit(most)
        rows = self._connection.execute(statement).all()
        rounded = []
        for number, form in forms.items():
            mine = [row for row in rows if row.model_id == number]
            if mine:
                codes = _codes([row.vector for row in mine], form)
                keys = ((row.face_id, row.model_id) for row in mine)
                rounded += [(code.tobytes(), *key) for code, key in zip(codes, keys, strict=True)]
        if rounded:  # past SQLAlchemy: there may be a million, and no parameter needs converting
            self._connection.exec_driver_sql(_ROUND, rounded)
        # One face may have descriptors of two models, of which the page held the first.
        return len(rounded), FaceId(rows[-1].face_id - 1) if len(rows) == most else None

    def check(self, number: ModelId, vectors: FloatArray, count: int) -> None:
        """Make sure that there are so many descriptors, finite and as long as a model makes them.

        Raises:
            UnknownIdError: There is no such model.
            VectorError: They are not.
        """
        dimension = self._models.dimension(number)
        if count and vectors.shape != (count, dimension):
            raise VectorError(f"Descriptors of shape {vectors.shape} are not of length {dimension}.")
        if not np.isfinite(vectors).all():
            raise VectorError("A descriptor is not finite.")

    def put(self, number: ModelId, ids: Sequence[FaceId], vectors: FloatArray) -> None:
        """Write descriptors that were checked, past the journal, in the place of those of the same model."""
        rows = [
            {"face_id": face_id, "model_id": number, "vector": stored}
            for face_id, stored in zip(ids, self._stored(number, vectors), strict=True)
        ]
        if rows:
            statement = sqlite.insert(descriptor)
            replaced = {"vector": statement.excluded.vector}
            keys = ["face_id", "model_id"]
            self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=replaced), rows)

    def replace(self, number: FaceId, model: ModelId | None, seen: FaceObservations | None) -> None:
        """Put the only descriptor of a face in the place of all it had, as part of the step.

        Raises:
            VectorError: It is not finite, or not as long as the model says.
        """
        rows = []
        if seen is not None and model is not None:
            self.check(model, seen.descriptors, len(seen))
            (stored,) = self._stored(model, seen.descriptors)
            rows = [{"face_id": number, "model_id": model, "vector": stored}]
        had = select(descriptor.c.face_id, descriptor.c.model_id).where(descriptor.c.face_id == number)
        keys = [tuple(key) for key in self._connection.execute(had)]
        self._journal.remove(descriptor, [key for key in keys if not rows or key[1] != model])
        self._journal.put(descriptor, rows)

    def _stored(self, number: ModelId, vectors: FloatArray) -> list[bytes]:
        """Descriptors as the library's setting wants them stored."""
        form = self.stored_form(number) if len(vectors) else None
        return [packed(vector) for vector in vectors] if form is None else [c.tobytes() for c in form.encode(vectors)]

    def _filled(self, statement: Select[Any], count: int, dimension: int, form: CompactForm | None) -> FaceTable:
        table = FaceTable(
            ids=np.empty(count, np.int64),
            contents=np.empty(count, np.int64),
            quality=np.empty(count, np.float32),
            persons=np.empty(count, np.int64),
            decided=np.empty(count, np.bool_),
            descriptors=np.empty((count, dimension), np.float32),
        )
        start = 0
        for page in self._connection.execute(statement, execution_options={"yield_per": _PAGE}).partitions():
            *columns, vectors = zip(*page, strict=True)
            rows = slice(start, start + len(page))
            targets: tuple[npt.NDArray[Any], ...] = (
                table.ids,
                table.contents,
                table.quality,
                table.persons,
                table.decided,
            )
            for target, column in zip(targets, columns, strict=True):
                target[rows] = column
            table.descriptors[rows] = _unpacked(vectors, dimension, form)
            start += len(page)
        return table


def same_vector(one: bytes, other: bytes, form: CompactForm | None) -> bool:
    """Whether stored descriptors are the same, one of them perhaps rounded since."""
    if one == other or form is None or len(one) == len(other):
        return one == other
    codes = _codes([one, other], form)
    return bool(np.array_equal(codes[0], codes[1]))


def _described_by(number: ModelId) -> list[ColumnElement[bool]]:
    """Which faces of :data:`_DESCRIBED` take part: the active ones of present pictures."""
    return [descriptor.c.model_id == number, face.c.state == FaceState.ACTIVE.value, is_present(face.c.content_id)]


def _unpacked(stored: Sequence[bytes], dimension: int, form: CompactForm | None) -> FloatArray:
    """Descriptors (n, dimension) of either form, which their length tells."""
    full, compact = dimension * _STORED.itemsize, dimension if form is not None else -1
    lengths = set(map(len, stored))
    if lengths == {full}:
        return np.frombuffer(b"".join(stored), _STORED).reshape(len(stored), dimension)
    if not lengths <= {full, compact}:
        raise LibraryCorruptError("A descriptor in the library is not as long as its model says.")
    assert form is not None
    rounded = np.fromiter(map(len, stored), np.int64, len(stored)) == compact
    vectors = np.empty((len(stored), dimension), np.float32)
    vectors[rounded] = form.decode(_joined(compress(stored, rounded), np.dtype(np.uint8), dimension))
    vectors[~rounded] = _joined(compress(stored, ~rounded), _STORED, dimension)
    return vectors


def _codes(stored: Sequence[bytes], form: CompactForm) -> Codes:
    """Codes (n, dimension) of descriptors of either form."""
    if set(map(len, stored)) == {form.dimension}:
        return _joined(stored, np.dtype(np.uint8), form.dimension)
    return form.encode(_unpacked(stored, form.dimension, form))  # what was rounded keeps its code


def _joined(stored: Iterable[bytes], kind: np.dtype[Any], dimension: int) -> npt.NDArray[Any]:
    return np.frombuffer(b"".join(stored), kind).reshape(-1, dimension)


def packed(numbers: FloatArray) -> bytes:
    """Numbers as they are stored."""
    return np.ascontiguousarray(numbers, _STORED).tobytes()


def points_of(stored: bytes | None) -> npt.NDArray[np.float32]:
    """Landmarks (n, 2) as they were stored; none where there are none."""
    return np.frombuffer(stored or b"", _STORED).reshape(-1, 2)


def _has_points() -> ColumnElement[bool]:
    """Whether a face has landmarks, by which it can be described."""
    return and_(face.c.forgotten == 0, func.length(face.c.landmarks) == LANDMARKS * 2 * _STORED.itemsize)


def _is_described(number: ModelId) -> ColumnElement[bool]:
    return exists().where(descriptor.c.face_id == face.c.id, descriptor.c.model_id == number)
