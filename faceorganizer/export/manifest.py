"""What an export has written: the list that tells its own files from those of others.

``faceorganizer-export.json`` holds {"format": "faceorganizer-export", "version": 1, "written": moment, "files": [...]}
with the fields of :class:`Entry`; ``faceorganizer-export.csv`` says the same for people. Hashes are BLAKE2b-256.
"""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final, Literal

from faceorganizer.domain.errors import StorageError
from faceorganizer.export.atomic import whole_file
from faceorganizer.export.transfer import file_digest

NAME: Final = "faceorganizer-export.json"
TABLE: Final = "faceorganizer-export.csv"
FORMAT: Final = "faceorganizer-export"
VERSION: Final = 1
CSV_COLUMNS: Final = ("path", "why", "people", "source", "hash", "source_hash", "photo", "size", "way", "added")
State = Literal["ours", "changed", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file at the destination.

    Attributes:
        path: Below the destination, with forward slashes.
        key: The path that was wanted, by which it is known again; without its number.
        photo: Hash of the picture's data; empty for a page.
        recipe: What was made of the photo; empty for the file as it is.
        source: Absolute path of the original.
        source_hash: Of the original's bytes when it was exported; empty where that is not known.
        mark: What the file is made anew for when it changes.
        hash: Of the file's bytes; empty for a symbolic link.
        way: "copy", "hard", "symbolic", "reflink", or "made".
        people: Names of those who are in it.
        why: What it is there for.
        added: UTC.
        adopted: Whether it was there already with the same bytes; then it is never removed.
    """

    path: str
    key: str
    photo: str
    recipe: str
    source: str
    source_hash: str
    mark: str
    hash: str
    size: int
    mtime_ns: int
    way: str
    people: tuple[str, ...]
    why: str
    added: str
    adopted: bool = False

    def state(self, folder: Path) -> State:
        """Whether the file is there as it was written."""
        path = folder / self.path
        if passes_link(folder, self.path):
            return "changed"
        try:
            status = path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return "gone"
        if self.way == "symbolic":
            return "ours" if path.is_symlink() and str(path.readlink()) == self.source else "changed"
        if path.is_symlink() or not path.is_file():
            return "changed"
        if self.way == "hard" and _is_one_file(path, Path(self.source)):
            return "ours"
        if (status.st_size, status.st_mtime_ns) == (self.size, self.mtime_ns):
            return "ours"
        return "ours" if status.st_size == self.size and file_digest(path) == self.hash else "changed"

    def certainly(self, folder: Path) -> bool:
        """Whether the file has the bytes that were written: looked at closely, before it is deleted or replaced."""
        path = folder / self.path
        if self.state(folder) != "ours":
            return False
        linked = self.way == "symbolic" or (self.way == "hard" and _is_one_file(path, Path(self.source)))
        return linked or file_digest(path) == self.hash


def _is_one_file(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def passes_link(folder: Path, path: str) -> bool:
    """Whether a folder on the way to a file is a link, which may lead out of the destination."""
    place = folder
    for part in PurePosixPath(path).parts[:-1]:
        place = place / part
        if place.is_symlink():
            return True
    return False


def read_manifest(folder: Path) -> dict[str, Entry]:
    """Read the list of a destination by path; empty where there is none.

    Raises:
        StorageError: There is a file of that name that is none, or of a newer version.
    """
    path = folder / NAME
    try:
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise StorageError(f"{path} could not be read: {(error.strerror or str(error)).lower()}.") from error
    try:
        document = json.loads(text)
        if document["format"] != FORMAT or document["version"] != VERSION:
            raise ValueError(f"version {document['version']!r} of {document['format']!r}")
        entries = [_entry(values) for values in document["files"]]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise StorageError(
            f"{path} is no list of an export that this version of the program knows.",
            "Move it away, or choose another folder.",
        ) from error
    return {entry.path: entry for entry in entries}


def write_manifest(folder: Path, entries: Iterable[Entry]) -> Path:
    """Write the list of a destination, as JSON and as CSV.

    Raises:
        StorageError: It cannot be written; the former one stays.
    """
    listed = sorted(entries, key=lambda entry: entry.path)
    with whole_file(folder / NAME) as stream:
        stream.write(manifest_json(listed))
    with whole_file(folder / TABLE) as stream:
        stream.writelines(manifest_csv(listed))
    return folder / NAME


def manifest_json(entries: Iterable[Entry]) -> str:
    """The list as JSON, one file a line."""
    written = datetime.now(UTC).isoformat(timespec="seconds")
    head = json.dumps({"format": FORMAT, "version": VERSION, "written": written})[:-1]
    return f'{head}, "files": [\n' + ",\n".join(json.dumps(_values(entry)) for entry in entries) + "\n]}\n"


def manifest_csv(entries: Iterable[Entry]) -> list[str]:
    """The list as lines of CSV."""
    lines: list[str] = []
    writer = csv.DictWriter(_Lines(lines), CSV_COLUMNS, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**_values(entry), "people": ", ".join(entry.people)} for entry in entries)
    return lines


class _Lines:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def write(self, line: str) -> int:
        self._lines.append(line)
        return len(line)


_NAMES: Final = tuple(field.name for field in fields(Entry))


def _values(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _NAMES}


_TYPES: Final = {"size": int, "mtime_ns": int, "people": list, "adopted": bool}


def _entry(values: dict[str, Any]) -> Entry:
    for name in _NAMES:
        if not isinstance(values[name], _TYPES.get(name, str)):
            raise ValueError(f"{name} is {values[name]!r:.100}")
    path = PurePosixPath(values["path"])
    # What it names is deleted by --sync: it must lie below the destination.
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in values["path"] or ":" in values["path"]:
        raise ValueError(f"a path leads elsewhere: {values['path']!r:.200}")
    if not all(isinstance(name, str) for name in values["people"]):
        raise ValueError("people are not names")
    known = {name: values[name] for name in _NAMES}
    return Entry(**{**known, "people": tuple(values["people"])})
