"""The library's people and faces for other programs."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.faces import FaceRecord, FaceState
from faceorganizer.domain.ids import ContentId, PersonId
from faceorganizer.domain.people import PersonRecord
from faceorganizer.domain.pictures import PictureIdentity
from faceorganizer.export.tables import write_csv, write_json
from faceorganizer.services.folders import absolute

TableFormat = Literal["csv", "json"]


class FileThereError(UsageError):
    """The file to be written is there already: whether it is replaced has to be answered."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already.", "Say --yes to replace it.")
        self.path = path


def checked_destination(destination: Path, example: str, *, replace: bool) -> Path:
    """The absolute path of a file to be written.

    Args:
        destination: As the user named it.
        example: Name of such a file.
        replace: Whether a file that is there already is replaced.

    Raises:
        FileThereError: There is such a file, and it may not be replaced.
        UsageError: The destination is a folder or a device.
    """
    path = absolute(destination)
    if os.path.isdir(path):  # noqa: PTH112 - never raises, here and below
        raise UsageError(f"{path} is a folder.", f"Name a file in it, such as {path / example}.")
    if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113
        raise UsageError(f"{path} is no regular file.", "Name another one.")
    if os.path.exists(path) and not replace:  # noqa: PTH110
        raise FileThereError(path)
    return path


@dataclass(frozen=True, slots=True)
class TableReport:
    """What an export wrote, or would write."""

    path: Path
    faces: int
    people: int


class InterchangeService:
    """Writes people and faces into files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def export_table(
        self,
        form: TableFormat,
        destination: Path,
        *,
        people: Collection[PersonId] = (),
        replace: bool = False,
        dry_run: bool = False,
    ) -> TableReport:
        """Write active faces of present photos, with their people.

        Args:
            form: "csv" or "json".
            destination: The file to write.
            people: Only these; everybody, and faces of nobody, when empty.
            replace: Whether a file that is there already is replaced.
            dry_run: Only say what would be written.

        Raises:
            FileThereError: There is such a file, and it may not be replaced.
            UsageError: The destination is a folder or a device.
            UnknownIdError: There is no such person.
            StorageError: The file cannot be written.
        """
        path = checked_destination(destination, f"faces.{form}", replace=replace or dry_run)
        persons, faces, set_aside, pictures = self._read(people)
        if not dry_run:
            if form == "csv":
                write_csv(path, faces, pictures)
            else:
                write_json(path, persons, faces, set_aside, pictures)
        return TableReport(path, len(faces), len(persons))

    def _read(
        self, wanted: Collection[PersonId]
    ) -> tuple[list[PersonRecord], list[FaceRecord], list[FaceRecord], Mapping[ContentId, PictureIdentity]]:
        with self._database.read() as unit:
            persons = unit.people.records() if wanted else unit.people.visible()
            faces = list(unit.faces.records())
            put_away = (FaceState.IGNORED, FaceState.NOT_A_FACE)
            set_aside = [] if wanted else [face for state in put_away for face in unit.faces.records(state=state)]
            for person in wanted:
                unit.people.get(person)
            records = unit.contents.records(list({face.photo for face in (*faces, *set_aside)}))
        pictures = {number: record.identity for number, record in records.items()}
        if wanted:
            chosen = set(wanted)
            persons = [person for person in persons if person.id in chosen]
            faces = [face for face in faces if face.person in chosen]
        return persons, faces, set_aside, pictures
