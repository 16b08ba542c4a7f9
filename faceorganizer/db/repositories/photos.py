"""The list of photos."""

import functools
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, LargeBinary, Row, Select, and_, case, cast, func, not_, or_, select

from faceorganizer.db.columns import encode_text
from faceorganizer.db.queries import among, standing_file
from faceorganizer.db.repositories.contents import capture_of
from faceorganizer.db.tables import assignment, content, face, file, person, root, scan
from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.faces import FaceState
from faceorganizer.domain.ids import ContentId
from faceorganizer.domain.pictures import FileState, PhotoRecord, ScanState


class PhotoListing:
    """Photos with what they show; read only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def records(self, query: PhotoQuery | None = None) -> list[PhotoRecord]:
        """List files by root and path; all of them without a question.

        Who is in a picture is told by its active faces.
        """
        return self._listed(self._conditions(query or PhotoQuery()))

    def of(self, contents: Collection[ContentId]) -> list[PhotoRecord]:
        """List the files of some pictures by root and path."""
        return self._listed([among(content.c.id, contents)])

    def summary(self, query: PhotoQuery) -> tuple[int, ContentId | None]:
        """Return how many distinct pictures there are that fit, and the newest of them that can be shown."""
        return self._summary(self._conditions(query))

    def summary_of(self, contents: Collection[ContentId]) -> tuple[int, ContentId | None]:
        """As :meth:`summary`, of some pictures; one that no folder holds any more does not count."""
        return self._summary([among(content.c.id, contents)])

    def _listed(self, conditions: Collection[ColumnElement[bool]]) -> list[PhotoRecord]:
        rows = self._connection.execute(_statement().where(*conditions))
        folder_of = functools.cache(Path)  # few folders, many photos
        return [_record(row, folder_of) for row in rows]

    def _summary(self, conditions: Collection[ColumnElement[bool]]) -> tuple[int, ContentId | None]:
        shown = and_(file.c.state == FileState.PRESENT.value, file.c.error == "", ~_searched(ScanState.FAILED))
        columns = (
            func.count(content.c.id.distinct()),
            func.count().filter(content.c.id.is_(None)),
            # SQLite takes a bare column from the row that holds the maximum: https://sqlite.org/lang_select.html
            content.c.id,
            func.max(case((shown, func.coalesce(content.c.taken, "")))),
        )
        source = file.join(root, root.c.id == file.c.root_id).outerjoin(content, content.c.id == file.c.content_id)
        pictures, unread, newest, taken = self._connection.execute(
            select(*columns).select_from(source).where(*conditions)
        ).one()
        return pictures + unread, None if taken is None else newest

    def _conditions(self, query: PhotoQuery) -> list[ColumnElement[bool]]:
        conditions = [*_of_people(query), *_of_dates(query)]
        if query.min_faces is not None:
            conditions.append(_active_faces() >= query.min_faces)
        most = 0 if query.no_faces else query.max_faces
        if most is not None:
            conditions += [_searched(ScanState.DONE), _active_faces() <= most]
        if query.photo is not None:
            conditions.append(content.c.id == query.photo)
        if query.failed:
            failed = or_(file.c.error != "", _searched(ScanState.FAILED))
            conditions += [file.c.state == FileState.PRESENT.value, failed]
        if query.folder is not None:
            conditions.append(self._inside(query.folder))
        return conditions

    def _inside(self, folder: Path) -> ColumnElement[bool]:
        """Whether a file is in a folder or below it."""
        places: list[ColumnElement[bool]] = [root.c.id.is_(None)]
        for number, path in self._connection.execute(select(root.c.id, root.c.path)):
            if Path(path).is_relative_to(folder):
                places.append(root.c.id == number)
            elif folder.is_relative_to(path):
                start = encode_text(folder.relative_to(path).as_posix() + "/")
                prefix = start.encode() if isinstance(start, str) else start
                # As bytes: a path that is no valid UTF-8 is stored as such.
                head = func.substr(cast(file.c.path, LargeBinary), 1, len(prefix))
                places.append(and_(root.c.id == number, head == prefix))
        return or_(*places)


def _faces_of(*conditions: ColumnElement[bool]) -> Select[Any]:
    held = face.outerjoin(assignment, assignment.c.face_id == face.c.id)
    active = face.c.state == FaceState.ACTIVE.value
    return (
        select(face.c.id)
        .select_from(held)
        .where(face.c.content_id == content.c.id, active, *conditions)
        .correlate(content)
    )


def _with_face(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a picture has an active face that is held so. Faces lead to the few; each picture is not asked."""
    held = face.join(assignment, assignment.c.face_id == face.c.id)
    active = face.c.state == FaceState.ACTIVE.value
    return content.c.id.in_(select(face.c.content_id).select_from(held).where(active, condition))


def _active_faces() -> ColumnElement[int]:
    counted = select(func.count(face.c.id)).where(
        face.c.content_id == content.c.id, face.c.state == FaceState.ACTIVE.value
    )
    return counted.correlate(content).scalar_subquery()


def _of_people(query: PhotoQuery) -> list[ColumnElement[bool]]:
    holder = assignment.c.person_id
    conditions: list[ColumnElement[bool]] = [
        _with_face(holder == number) for number in dict.fromkeys([*query.all_of, *query.only])
    ]
    if query.any_of:
        conditions.append(_with_face(among(holder, query.any_of)))
    if query.without:
        conditions.append(and_(content.c.id.is_not(None), ~_faces_of(among(holder, query.without)).exists()))
    if query.only:
        conditions.append(~_faces_of(or_(holder.is_(None), not_(among(holder, query.only)))).exists())
    if query.unnamed:
        named = select(person.c.id).where(person.c.id == holder, person.c.name.is_not(None)).exists()
        conditions.append(_faces_of(~named).exists())
    return conditions


def _of_dates(query: PhotoQuery) -> list[ColumnElement[bool]]:
    day = func.substr(content.c.taken, 1, 10)  # ISO 8601: in the order of the texts
    conditions: list[ColumnElement[bool]] = []
    if query.year is not None:
        conditions.append(func.substr(content.c.taken, 1, 4) == f"{query.year:04}")
    if query.taken_from is not None:
        conditions.append(day >= query.taken_from.isoformat())
    if query.taken_to is not None:
        conditions.append(day <= query.taken_to.isoformat())
    return conditions


def _searched(state: ScanState) -> ColumnElement[bool]:
    return select(scan.c.content_id).where(scan.c.content_id == content.c.id, scan.c.state == state.value).exists()


def _statement() -> Select[Any]:
    standing, standing_root = file.alias("standing"), root.alias("standing_root")
    # What is done clears what failed, so any failed search is the latest one.
    error = (
        select(func.max(scan.c.error))
        .where(scan.c.content_id == content.c.id, scan.c.state == ScanState.FAILED.value)
        .correlate(content)
        .scalar_subquery()
    )
    first = func.coalesce(standing_file(content.c.id, FileState.PRESENT), standing_file(content.c.id, None))
    columns = (
        file.c.id.label("file_id"),
        file.c.content_id,
        root.c.path.label("root_path"),
        file.c.path.label("file_path"),
        file.c.state,
        file.c.error,
        _searched(ScanState.FAILED).label("search_failed"),
        error.label("search_error"),
        content.c.width,
        content.c.height,
        content.c.orientation,
        content.c.taken,
        content.c.taken_source,
        content.c.camera,
        content.c.latitude,
        content.c.longitude,
        content.c.altitude,
        _active_faces().label("faces"),
        standing.c.id.label("standing_id"),
        standing_root.c.path.label("standing_root_path"),
        standing.c.path.label("standing_path"),
    )
    source = (
        file.join(root, root.c.id == file.c.root_id)
        .outerjoin(content, content.c.id == file.c.content_id)
        .outerjoin(standing, standing.c.id == first)
        .outerjoin(standing_root, standing_root.c.id == standing.c.root_id)
    )
    return select(*columns).select_from(source).order_by(root.c.path, file.c.path)


def _record(row: Row[Any], folder_of: Callable[[str], Path]) -> PhotoRecord:
    known = row.content_id is not None
    duplicate = known and row.standing_id != row.file_id
    folder = folder_of(row.root_path)
    state, error = _outcome(row)
    return PhotoRecord(
        photo=row.content_id,
        path=folder / row.file_path,
        root=folder,
        capture=capture_of(row),
        width=row.width,
        height=row.height,
        orientation=row.orientation,
        state=state,
        error=error,
        faces=row.faces,
        duplicate_of=Path(row.standing_root_path, row.standing_path) if duplicate else None,
    )


def _outcome(row: Row[Any]) -> tuple[str, str]:
    if row.state == FileState.MISSING.value:
        return "missing", ""
    if row.error or row.search_failed:
        return "failed", row.error or row.search_error
    return "present", ""
