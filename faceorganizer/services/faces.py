"""Faces: list them, and what people decide about them."""

from pathlib import Path
from typing import Literal

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.errors import UnknownIdError
from faceorganizer.domain.faces import FaceRecord, FaceState
from faceorganizer.domain.ids import ContentId, PersonId
from faceorganizer.services.folders import absolute, place_in

FaceStateFilter = FaceState | Literal["missing", "all"]


class FacesService:
    """What a user does with faces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(
        self,
        *,
        person: PersonId | None = None,
        photo: Path | None = None,
        state: FaceStateFilter = FaceState.ACTIVE,
    ) -> list[FaceRecord]:
        """The faces that fit, by photo and place in it.

        Args:
            person: Only faces of this person or group.
            photo: Only faces in this file.
            state: What the user made of them; "missing" for active faces whose photos are gone, "all" for every one.

        Raises:
            UnknownIdError: There is no such person or photo.
        """
        with self._database.read() as unit:
            if person is not None:
                unit.people.get(person)
            content = _content_of(unit, photo) if photo is not None else None
            return list(unit.faces.records(person=person, content=content, state=state))


def _content_of(unit: UnitOfWork, photo: Path) -> ContentId:
    wanted = absolute(photo)
    for root in unit.roots.all():
        path = place_in(root.path, wanted)
        file = unit.files.at(root.id, path) if path is not None else None
        if file is not None and file.content is not None:
            return file.content
        if file is not None:
            raise UnknownIdError(f"No face is known of {wanted}: {file.error}.")
    raise UnknownIdError(f"The library does not know the photo {wanted}.", "Scan its folder first.")
