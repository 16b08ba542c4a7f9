"""Everything about people and faces as one table (CSV) or one document (JSON).

Schema version 1. A CSV row is a face; the JSON document holds {"schema": "faceorganizer", "version": 1, "people":
[...], "faces": [...]}, with the fields of :func:`person_fields` and :func:`face_fields`. Boxes and landmarks are in
pixels of the full-resolution upright picture.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from faceorganizer.domain.faces import FaceRecord
from faceorganizer.domain.people import PersonRecord
from faceorganizer.export.atomic import whole_file

SCHEMA_VERSION: Final = 1
CSV_COLUMNS: Final = (
    "face", "photo", "x", "y", "width", "height", "score", "quality", "state", "source", "person", "name", "assignment",
)  # fmt: skip


def person_fields(person: PersonRecord) -> dict[str, Any]:
    """A person as plain values."""
    return {
        "person": person.id,
        "name": person.name,
        "faces": person.faces,
        "photos": person.photos,
        "key_face": person.key_face,
        "state": person.state,
        "note": person.note,
        "birth_date": None if person.birth_date is None else person.birth_date.isoformat(),
    }


def face_fields(face: FaceRecord) -> dict[str, Any]:
    """A face as plain values."""
    return {
        "face": face.face,
        "photo": str(face.path),
        "box": list(face.box),
        "landmarks": face.landmarks.astype(np.float64).round(1).tolist(),
        "score": round(face.score, 4),
        "quality": round(face.quality, 4),
        "state": face.state.value,
        "source": face.source.value,
        "person": face.person,
        "name": face.name,
        "assignment": face.assignment.value if face.assignment else None,
        "model": face.model,
    }


def write_csv(path: Path, faces: Iterable[FaceRecord]) -> None:
    """Write one row a face.

    Raises:
        StorageError: The file cannot be written.
    """
    with whole_file(path) as stream:
        writer = csv.DictWriter(stream, CSV_COLUMNS)  # lines end as in RFC 4180, so that a name may hold either end
        writer.writeheader()
        writer.writerows(map(_row, faces))


def write_json(path: Path, people: Iterable[PersonRecord], faces: Iterable[FaceRecord]) -> None:
    """Write people and faces as one document.

    Raises:
        StorageError: The file cannot be written.
    """
    with whole_file(path) as stream:
        stream.write(f'{{"schema": "faceorganizer", "version": {SCHEMA_VERSION},\n"people": [\n')
        stream.writelines(_separated(json.dumps(person_fields(person)) for person in people))
        stream.write('],\n"faces": [\n')
        stream.writelines(_separated(json.dumps(face_fields(face)) for face in faces))
        stream.write("]}\n")


def _separated(items: Iterable[str]) -> Iterator[str]:
    """One item a line, with commas between them: a library of any size, never whole in memory."""
    separator = ""
    for item in items:
        yield f"{separator}{item}"
        separator = ",\n"
    yield "\n"


def _row(face: FaceRecord) -> Mapping[str, Any]:
    fields = face_fields(face) | dict(zip(("x", "y", "width", "height"), face.box, strict=True))
    return {column: fields[column] for column in CSV_COLUMNS}
