"""Who is really in the photos of a library: read from a file, or from the names of folders."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faceorganizer.domain.errors import UsageError

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class TrueFace:
    """One face that somebody labelled.

    Attributes:
        path: Of the photo; relative ones to a folder of the library or to the file that says so.
        person: Who it is.
        box: x, y, width, height in pixels of the upright picture; None: the only face that counts in the photo.
    """

    path: str
    person: str
    box: Box | None


def read_truth(path: Path) -> list[TrueFace]:
    """Read labelled faces.

    Args:
        path: JSON of the form {"photos": {path: [{"person": name, "box": [x, y, w, h]}, …]}}, "box" where it is known;
            any other file is CSV with path,person or path,person,x,y,w,h in each row, with or without a heading.

    Raises:
        UsageError: It cannot be read or is of another form.
    """
    try:
        text = path.read_text(encoding="utf-8-sig", errors="surrogateescape")
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {path}.") from error
    except OSError as error:
        raise UsageError(f"{path} could not be read: {(error.strerror or str(error)).lower()}.") from error
    faces = list(_of_json(path, text) if path.suffix.lower() == ".json" else _of_csv(path, text))
    if not faces:
        raise UsageError(f"{path} names no face.")
    return faces


def _of_json(path: Path, text: str) -> Iterator[TrueFace]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is no JSON.") from error
    photos = document.get("photos") if isinstance(document, dict) else None
    if not isinstance(photos, dict):
        raise UsageError(f"{path} has no “photos” with the faces of each.")
    for photo, faces in photos.items():
        if not isinstance(faces, list):
            raise _wrong(path, f"photo {photo!r}")
        for face in faces:
            yield _face_of_json(path, photo, face)


def _face_of_json(path: Path, photo: str, face: Any) -> TrueFace:
    if not isinstance(face, Mapping) or not isinstance(face.get("person"), str):
        raise _wrong(path, f"photo {photo!r}")
    return TrueFace(photo, face["person"], _box(path, face.get("box"), f"photo {photo!r}"))


def _of_csv(path: Path, text: str) -> Iterator[TrueFace]:
    try:
        for number, row in enumerate(csv.reader(text.splitlines()), 1):
            heading = number == 1 and [cell.strip().lower() for cell in row[:2]] == ["path", "person"]
            if not row or heading:
                continue
            if len(row) not in (2, 6):
                raise _wrong(path, f"line {number}")
            box = row[2:] if any(cell.strip() for cell in row[2:]) else None
            yield TrueFace(row[0], row[1], _box(path, box, f"line {number}"))
    except csv.Error as error:
        raise UsageError(f"{path} is no CSV: {error}.") from error


def _box(path: Path, value: Any, where: str) -> Box | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 4:
        raise _wrong(path, where)
    try:
        x, y, width, height = (float(number) for number in value)
    except (TypeError, ValueError) as error:
        raise _wrong(path, where) from error
    # Not a number and infinity fail these comparisons as well.
    if not (abs(x) < 1e9 and abs(y) < 1e9 and 0 < width < 1e9 and 0 < height < 1e9):
        raise _wrong(path, where)
    return x, y, width, height


def _wrong(path: Path, where: str) -> UsageError:
    return UsageError(
        f"{path}, {where}: this is no face with a person and, if it is known, a box x, y, width, height.",
        "See faceorganizer evaluate --help.",
    )
