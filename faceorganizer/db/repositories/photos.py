"""The list of photos."""

import functools
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, not_, or_, select

from faceorganizer.db.queries import among, standing_file
from faceorganizer.db.repositories.contents import capture_of
from faceorganizer.db.tables import assignment, content, face, file, root, scan
from faceorganizer.domain.faces import FaceState
from faceorganizer.domain.ids import ContentId, PersonId
from faceorganizer.domain.pictures import FileState, PhotoRecord, ScanState


class PhotoListing:
    """Photos with what they show; read only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def records(
        self,
        *,
        any_of: Collection[PersonId] = (),
        all_of: Collection[PersonId] = (),
        only: Collection[PersonId] = (),
        without: Collection[PersonId] = (),
        year: int | None = None,
        failed: bool = False,
        no_faces: bool = False,
        photo: ContentId | None = None,
    ) -> list[PhotoRecord]:
        """List files by root and path; a condition that is not given does not count.

        Who is in a picture is told by its active faces.

        Args:
            any_of: At least one of these persons is in it.
            all_of: All of these are in it.
            only: All of these are in it, and no other face, known or not.
            without: None of these is in it.
            year: It was taken in this year.
            failed: The file or the search for faces in it failed.
            no_faces: It was searched, and no face is in it.
            photo: It is this picture.
        """
        conditions = [*_of_people(any_of, all_of, only, without)]
        if year is not None:
            conditions.append(func.substr(content.c.taken, 1, 4) == f"{year:04}")
        if no_faces:
            conditions += [_searched(ScanState.DONE), _active_faces() == 0]
        if photo is not None:
            conditions.append(content.c.id == photo)
        if failed:
            present = file.c.state == FileState.PRESENT.value
            conditions.append(and_(present, or_(file.c.error != "", _searched(ScanState.FAILED))))
        rows = self._connection.execute(_statement().where(*conditions))
        folder_of = functools.cache(Path)  # few folders, many photos
        return [_record(row, folder_of) for row in rows]


def _faces_of(*conditions: ColumnElement[bool]) -> Select[Any]:
    held = face.outerjoin(assignment, assignment.c.face_id == face.c.id)
    active = face.c.state == FaceState.ACTIVE.value
    return (
        select(face.c.id)
        .select_from(held)
        .where(face.c.content_id == content.c.id, active, *conditions)
        .correlate(content)
    )


def _active_faces() -> ColumnElement[int]:
    counted = select(func.count(face.c.id)).where(
        face.c.content_id == content.c.id, face.c.state == FaceState.ACTIVE.value
    )
    return counted.correlate(content).scalar_subquery()


def _of_people(
    any_of: Collection[PersonId],
    all_of: Collection[PersonId],
    only: Collection[PersonId],
    without: Collection[PersonId],
) -> list[ColumnElement[bool]]:
    holder = assignment.c.person_id
    conditions: list[ColumnElement[bool]] = [
        _faces_of(holder == number).exists() for number in dict.fromkeys([*all_of, *only])
    ]
    if any_of:
        conditions.append(_faces_of(among(holder, any_of)).exists())
    if without:
        conditions.append(and_(content.c.id.is_not(None), ~_faces_of(among(holder, without)).exists()))
    if only:
        conditions.append(~_faces_of(or_(holder.is_(None), not_(among(holder, only)))).exists())
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
