"""Reads the tables and documents of :mod:`faceorganizer.export.tables`, also where somebody else wrote them."""

import csv
import json
import math
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, TextIO

from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.faces import AssignmentSource, FaceState
from faceorganizer.domain.geometry import Box
from faceorganizer.export.tables import SCHEMA_VERSION

LARGEST: Final = 1 << 30  # bytes; a hundred thousand faces take a fifth of it
_LONGEST_CELL: Final = 1 << 20
_PLACE: Final = ("x", "y", "width", "height")
_MOST_PROBLEMS: Final = 1000
_LARGEST_NUMBER: Final = 1e7  # pixels


@dataclass(frozen=True, slots=True)
class ReadFace:
    """A face that a table tells of.

    Attributes:
        photo: Path of the photo; None where only its hash is said.
        photo_hash: Of the picture's data; None where it is not said.
        size: Width and height of the upright photo; None where they are not said.
        name: None where it is not said.
        decided: Whether somebody said who it is; False for what a machine guessed.
    """

    photo: Path | None
    photo_hash: bytes | None
    size: tuple[int, int] | None
    box: Box
    name: str | None
    state: FaceState
    decided: bool


@dataclass(frozen=True, slots=True)
class ReadPerson:
    """A named person that a document tells of."""

    name: str
    note: str
    birth_date: date | None
    hidden: bool


@dataclass(slots=True)
class ReadTable:
    """What was read.

    Attributes:
        problems: What could not be used: where, and why.
    """

    faces: list[ReadFace] = field(default_factory=list)
    people: list[ReadPerson] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def read_csv(path: Path) -> ReadTable:
    """Read a table with a row for each face: photo or photo_hash, x, y, width, height, name, and what else is known.

    Raises:
        UsageError: It cannot be read, or is no such table.
    """
    table = ReadTable()
    with _opened(path) as stream:
        limit = csv.field_size_limit(_LONGEST_CELL)
        try:
            rows = csv.DictReader(stream)
            columns = set(rows.fieldnames or ())
            if not {"name", *_PLACE} <= columns or not {"photo", "photo_hash"} & columns:
                raise _no_table(path, "it needs the columns photo (or photo_hash), x, y, width, height and name")
            for row in rows:
                _add_face(table, f"line {rows.line_num}", {key: row[key] or None for key in columns})
        except csv.Error as error:
            raise _no_table(path, str(error)) from error
        finally:
            csv.field_size_limit(limit)
    return table


def read_json(path: Path) -> ReadTable:
    """Read a document of this or an earlier version of the schema.

    Raises:
        UsageError: It cannot be read, or is no such document.
    """
    with _opened(path) as stream:
        try:
            document = json.load(stream)
        except (ValueError, RecursionError) as error:
            raise _no_table(path, "it is no JSON") from error
    if not isinstance(document, dict) or document.get("schema") != "faceorganizer":
        raise _no_table(path, "it is no document of this program")
    version = document.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _no_table(path, "it says no version")
    if version > SCHEMA_VERSION:
        raise UsageError(f"{path} was written by a newer version of Face Organizer.", "Update Face Organizer first.")
    table = ReadTable()
    for part in ("faces", "set_aside"):
        for number, values in enumerate(_list(path, document, part)):
            if isinstance(values, dict):
                box = values.get("box")
                place = dict(zip(_PLACE, box, strict=True)) if isinstance(box, list) and len(box) == 4 else {}
                _add_face(table, f"{part}[{number}]", {**values, **place})
            else:
                _note(table, f"{part}[{number}]", "it is no face")
    for number, values in enumerate(_list(path, document, "people")):
        _add_person(table, f"people[{number}]", values)
    return table


def _list(path: Path, document: Mapping[str, Any], part: str) -> list[Any]:
    listed = document.get(part, [])
    if not isinstance(listed, list):
        raise _no_table(path, f"{part} is no list")
    return listed


def _add_face(table: ReadTable, place: str, values: Mapping[str, Any]) -> None:
    try:
        table.faces.append(_face(values))
    except ValueError as error:
        _note(table, place, str(error))


def _note(table: ReadTable, place: str, reason: str) -> None:
    if len(table.problems) < _MOST_PROBLEMS:
        table.problems.append((place, reason))


def _face(values: Mapping[str, Any]) -> ReadFace:
    photo, name = values.get("photo"), values.get("name")
    if not isinstance(photo, str | None) or not isinstance(name, str | None):
        raise ValueError("photo or name is no text")
    if photo is not None and "\0" in photo:
        raise ValueError("the photo's path has a character that no path has")
    x, y, width, height = (_number(values.get(side), side) for side in _PLACE)
    if width <= 0 or height <= 0:
        raise ValueError("the box is empty")
    digest = _hash(values.get("photo_hash"))
    if photo is None and digest is None:
        raise ValueError("it says no photo")
    return ReadFace(
        photo=None if photo is None else Path(photo),
        photo_hash=digest,
        size=_size(values.get("photo_width"), values.get("photo_height")),
        box=(x, y, width, height),
        name=name,
        state=_one_of(FaceState, values.get("state"), FaceState.ACTIVE),
        decided=_one_of(AssignmentSource, values.get("assignment"), AssignmentSource.MANUAL)
        is not AssignmentSource.AUTOMATIC,
    )


def _add_person(table: ReadTable, place: str, values: Any) -> None:
    if not isinstance(values, dict):
        _note(table, place, "it is nobody")
        return
    name, note, born = values.get("name"), values.get("note") or "", values.get("birth_date")
    if name is None:
        return  # an unnamed group says nothing that another library could use
    if not isinstance(name, str) or not isinstance(note, str) or not isinstance(born, str | None):
        _note(table, place, "name, note or birth date is no text")
        return
    try:
        table.people.append(
            ReadPerson(name, note, date.fromisoformat(born) if born else None, values.get("state") == "hidden")
        )
    except ValueError:
        _note(table, place, f"{born!r:.50} is no date")


def _number(value: Any, name: str) -> float:
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not abs(number) <= _LARGEST_NUMBER:  # also false for what is no number
        raise ValueError(f"{name} is {value!r:.50}")
    return number


def _size(width: Any, height: Any) -> tuple[int, int] | None:
    if width is None or height is None:
        return None
    return round(_number(width, "photo_width")), round(_number(height, "photo_height"))


def _hash(value: Any) -> bytes | None:
    if value is None:
        return None
    try:
        return bytes.fromhex(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"photo_hash is {value!r:.80}") from error


def _one_of(kind: Any, value: Any, otherwise: Any) -> Any:
    if value is None:
        return otherwise
    try:
        return kind(value)
    except ValueError as error:
        raise ValueError(f"{value!r:.50} is not known") from error


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """A text file as this program writes it; a mark at its beginning, as spreadsheets write one, is left out."""
    try:
        with path.open(encoding="utf-8-sig", errors=sys.getfilesystemencodeerrors(), newline="") as stream:
            if path.stat().st_size > LARGEST:
                raise _no_table(path, "it is too large for that")
            yield stream
    except OSError as error:
        raise UsageError(f"{path} could not be read: {(error.strerror or str(error)).lower()}.") from error


def _no_table(path: Path, reason: str) -> UsageError:
    return UsageError(f"{path} is no list of faces: {reason}.", "'faceorganizer export json FILE' writes one.")
