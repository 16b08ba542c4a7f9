"""Where faces were seen, and together with whom."""

import functools
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, distinct, func, select

from faceorganizer.db.queries import among, is_present, standing_file
from faceorganizer.db.tables import assignment, content, face, file, root
from faceorganizer.domain.faces import AssignmentSource, FaceState
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.pictures import FileState
from faceorganizer.domain.sightings import Sighting

_ACTIVE: Final = face.c.state == FaceState.ACTIVE.value


class SightingListing:
    """Active faces in present photos; read only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_person(self, person: PersonId) -> list[Sighting]:
        """Return the faces of a person, by id."""
        # Beginning with what the person holds: SQLite would read all faces for an outer join.
        held = select(assignment.c.face_id).where(assignment.c.person_id == person)
        return self._listed(face.c.id.in_(held))

    def of_faces(self, faces: Collection[FaceId]) -> list[Sighting]:
        """Return these faces, in the order given; those that are put away or whose photos are gone are left out."""
        found = {sighting.face: sighting for sighting in self._listed(among(face.c.id, faces))}
        return [found[number] for number in dict.fromkeys(faces) if number in found]

    def companions(self, person: PersonId) -> dict[PersonId, int]:
        """Return who else is in the photos of a person, and in how many, the most first."""
        own = (
            select(face.c.content_id)
            .join_from(assignment, face, face.c.id == assignment.c.face_id)
            .where(assignment.c.person_id == person, _ACTIVE)
        )
        together = func.count(distinct(face.c.content_id))
        statement = (
            select(assignment.c.person_id, together)
            .join_from(face, assignment, assignment.c.face_id == face.c.id)
            .where(face.c.content_id.in_(own), assignment.c.person_id != person, _ACTIVE, is_present(face.c.content_id))
            .group_by(assignment.c.person_id)
            .order_by(together.desc(), assignment.c.person_id)
        )
        return {PersonId(number): count for number, count in map(tuple, self._connection.execute(statement))}

    def _listed(self, condition: ColumnElement[bool]) -> list[Sighting]:
        columns: tuple[ColumnElement[Any], ...] = (
            face.c.id,
            face.c.content_id,
            root.c.path,
            file.c.path,
            content.c.taken,
            face.c.x,
            face.c.y,
            face.c.width,
            face.c.height,
            content.c.width,
            content.c.height,
            face.c.quality,
            assignment.c.person_id,
            assignment.c.source,
        )
        source = (
            face.join(file, file.c.id == standing_file(face.c.content_id, FileState.PRESENT))
            .join(root, root.c.id == file.c.root_id)
            .join(content, content.c.id == face.c.content_id)
            .outerjoin(assignment, assignment.c.face_id == face.c.id)
        )
        rows = self._connection.execute(
            select(*columns).select_from(source).where(condition, _ACTIVE).order_by(face.c.id)
        )
        folder_of = functools.cache(Path)  # few folders, many faces
        return [_sighting(row, folder_of) for row in rows]


def _sighting(row: Row[Any], folder_of: Callable[[str], Path]) -> Sighting:
    # By position: a row's columns by name cost as much as the rest.
    number, photo, folder, path, taken, x, y, width, height, *sides, quality, holder, said = tuple(row)
    return Sighting(
        face=number,
        photo=photo,
        path=folder_of(folder) / path,
        taken=None if taken is None else datetime.fromisoformat(taken),
        box=(x, y, width, height),
        size=(sides[0], sides[1]),
        quality=quality,
        person=holder,
        assignment=None if said is None else AssignmentSource(said),
    )
