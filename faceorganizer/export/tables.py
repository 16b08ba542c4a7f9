"""Everything about people and faces as one table (CSV) or one document (JSON).

Schema version 2. A CSV row is an active face; the JSON document holds {"schema": "faceorganizer", "version": 2,
"people": [...], "faces": [...], "set_aside": [...]}, with the fields of :func:`person_fields` and :func:`face_fields`;
faces that are set aside are ignored or none at all. Boxes and landmarks are in pixels of the full-resolution upright
picture. What tells a picture again wherever its file is (photo_hash, photo_width, photo_height) came with version 2.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from faceorganizer.domain.faces import FaceRecord
from faceorganizer.domain.ids import ContentId
from faceorganizer.domain.people import PersonRecord
from faceorganizer.domain.pictures import PictureIdentity
from faceorganizer.export.atomic import whole_file

SCHEMA_VERSION: Final = 2
CSV_COLUMNS: Final = (
    "face", "photo", "x", "y", "width", "height", "score", "quality", "state", "source", "person", "name", "assignment",
    "photo_hash", "photo_width", "photo_height",
)  # fmt: skip
Pictures = Mapping[ContentId, PictureIdentity]
_NO_PICTURES: Final[Pictures] = {}


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


def write_csv(path: Path, faces: Iterable[FaceRecord], pictures: Pictures = _NO_PICTURES) -> None:
    """Write one row a face.

    Args:
        path: The file.
        faces: Active ones.
        pictures: What tells their photos again.

    Raises:
        StorageError: The file cannot be written.
    """
    with whole_file(path) as stream:
        writer = csv.DictWriter(stream, CSV_COLUMNS)  # lines end as in RFC 4180, so that a name may hold either end
        writer.writeheader()
        writer.writerows(_row(face, pictures) for face in faces)


def write_json(
    path: Path,
    people: Iterable[PersonRecord],
    faces: Iterable[FaceRecord],
    set_aside: Iterable[FaceRecord] = (),
    pictures: Pictures = _NO_PICTURES,
) -> None:
    """Write people and faces as one document.

    Args:
        path: The file.
        people: Named ones and groups.
        faces: Active ones.
        set_aside: Those that are ignored, or none at all.
        pictures: What tells their photos again.

    Raises:
        StorageError: The file cannot be written.
    """
    with whole_file(path) as stream:
        stream.write(f'{{"schema": "faceorganizer", "version": {SCHEMA_VERSION},\n"people": [\n')
        stream.writelines(_separated(json.dumps(person_fields(person)) for person in people))
        for name, listed in (("faces", faces), ("set_aside", set_aside)):
            stream.write(f'],\n"{name}": [\n')
            rows = ({**face_fields(face), **_picture_fields(face, pictures)} for face in listed)
            stream.writelines(_separated(map(json.dumps, rows)))
        stream.write("]}\n")


def _separated(items: Iterable[str]) -> Iterator[str]:
    """One item a line, with commas between them: a library of any size, never whole in memory."""
    separator = ""
    for item in items:
        yield f"{separator}{item}"
        separator = ",\n"
    yield "\n"


def _row(face: FaceRecord, pictures: Pictures) -> Mapping[str, Any]:
    places = dict(zip(("x", "y", "width", "height"), face.box, strict=True))
    fields = {**face_fields(face), **places, **_picture_fields(face, pictures)}
    return {column: fields[column] for column in CSV_COLUMNS}


def _picture_fields(face: FaceRecord, pictures: Pictures) -> Mapping[str, Any]:
    picture = pictures.get(face.photo)
    if picture is None:
        return dict.fromkeys(("photo_hash", "photo_width", "photo_height"))
    return {
        "photo_hash": picture.content_hash.hex(),
        "photo_width": picture.width,
        "photo_height": picture.height,
    }
