"""Directories of tags, as in TIFF files and EXIF blocks (TIFF 6.0; BigTIFF).

Only what is needed to read tags, from files that may be damaged or hostile: whatever does not fit is left out of a
directory, and nothing larger than the file is ever read.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

Value = bytes | tuple[int, ...] | tuple[float, ...] | tuple[tuple[int, int], ...]

_STRUCT_CODES: Final = {3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q", 17: "q", 18: "Q"}
_BYTES_TYPES: Final = frozenset({1, 2, 7})
_RATIONAL_CODES: Final = {5: "I", 10: "i"}
_MOST_ENTRIES: Final = 4096
_MOST_DIRECTORIES: Final = 256
_MOST_BYTES: Final = 64 << 20


class OddStructureError(ValueError):
    """A file is not laid out as its format says. Never leaves this package."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One entry of a directory: where its value lies in the file."""

    kind: int
    count: int
    offset: int
    size: int


Directory = dict[int, Tag]


class TiffReader:
    """Reads directories of a TIFF file, or of an EXIF block in an ``io.BytesIO``.

    Args:
        file: Seekable; read at any place.

    Raises:
        OddStructureError: It does not start as a TIFF file does.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._length = file.seek(0, 2)
        head = self.read(0, 16)
        marks: dict[bytes, str] = {b"II": "<", b"MM": ">"}
        if head[:2] not in marks or len(head) < 8:
            raise OddStructureError("no byte order mark")
        self.order = marks[head[:2]]
        # 42 is TIFF and 43 BigTIFF; raw files have numbers of their own with the layout of TIFF.
        self._big = self._number(head[2:4]) == 43
        self._first = self._number(head[8:16] if self._big else head[4:8])

    def read(self, offset: int, size: int) -> bytes:
        """Read up to ``size`` bytes at a place of the file."""
        if not 0 <= offset <= self._length:
            return b""
        self._file.seek(offset)
        return self._file.read(min(size, self._length - offset))

    def chain(self) -> Iterator[Directory]:
        """Yield the main directories, one per page.

        Raises:
            OddStructureError: The chain runs in a circle, leaves the file, or has too many links.
        """
        seen: set[int] = set()
        offset = self._first
        while offset:
            if offset in seen or len(seen) >= _MOST_DIRECTORIES:
                raise OddStructureError("a circle of directories")
            seen.add(offset)
            directory, offset = self._directory(offset)
            yield directory

    def first(self) -> Directory:
        """Return the first directory, empty when there is none."""
        try:
            return next(self.chain(), {})
        except OddStructureError:
            return {}

    def below(self, directory: Directory, pointer: int) -> list[Directory]:
        """Return the directories a tag points to, such as EXIF's; those that cannot be read are left out."""
        found = []
        for offset in self.numbers(directory, pointer)[:16]:
            try:
                found.append(self._directory(offset)[0])
            except OddStructureError:
                continue
        return found

    def value(self, tag: Tag) -> Value | None:
        """Return the value of a tag; None when it lies outside the file or is of no known kind."""
        data = self.read(tag.offset, tag.size) if tag.size <= _MOST_BYTES else b""
        if len(data) != tag.size:
            return None
        if tag.kind in _BYTES_TYPES:
            return data
        if tag.kind in _RATIONAL_CODES:
            parts = struct.unpack(f"{self.order}{2 * tag.count}{_RATIONAL_CODES[tag.kind]}", data)
            return tuple(zip(parts[::2], parts[1::2], strict=True))
        return struct.unpack(f"{self.order}{tag.count}{_STRUCT_CODES[tag.kind]}", data)

    def numbers(self, directory: Directory, number: int) -> tuple[int, ...]:
        """Return the whole numbers of a tag; empty when it is missing or holds something else."""
        tag = directory.get(number)
        value = self.value(tag) if tag else None
        if not value:
            return ()
        return tuple(item for item in value if isinstance(item, int))

    def _directory(self, offset: int) -> tuple[Directory, int]:
        count_size, entry_size, link_size = (8, 20, 8) if self._big else (2, 12, 4)
        count = self._number(self._exactly(offset, count_size))
        if count > _MOST_ENTRIES:
            raise OddStructureError("too many tags")
        start = offset + count_size
        entries = self._exactly(start, count * entry_size)
        # Some EXIF writers leave out the link at the end.
        link = self.read(start + len(entries), link_size)
        directory: Directory = {}
        for at in range(0, len(entries), entry_size):
            number, kind = struct.unpack_from(f"{self.order}HH", entries, at)
            tag = self._tag(kind, entries[at + 4 : at + entry_size], start + at + 4)
            if tag:
                directory.setdefault(number, tag)
        return directory, self._number(link) if len(link) == link_size else 0

    def _tag(self, kind: int, rest: bytes, place: int) -> Tag | None:
        half = len(rest) // 2
        count = self._number(rest[:half])
        if kind in _BYTES_TYPES:
            unit = 1
        elif kind in _RATIONAL_CODES:
            unit = 8
        elif kind in _STRUCT_CODES:
            unit = struct.calcsize("<" + _STRUCT_CODES[kind])
        else:
            return None
        size = unit * count
        offset = place + half if size <= half else self._number(rest[half:])
        return Tag(kind, count, offset, size) if offset + size <= self._length else None

    def _exactly(self, offset: int, size: int) -> bytes:
        data = self.read(offset, size)
        if len(data) != size:
            raise OddStructureError("a directory outside the file")
        return data

    def _number(self, data: bytes) -> int:
        return int.from_bytes(data, "little" if self.order == "<" else "big")


_SUB_DIRECTORIES: Final = 330
_PHOTOMETRIC: Final = 262
_DNG_VERSION: Final = 50706
_SENSOR_DATA: Final = frozenset({32803, 34892})  # colour filter array, linear raw


def holds_sensor_data(file: BinaryIO) -> bool:
    """Whether a TIFF file is camera raw (DNG, NEF, ARW, PEF ...) rather than a finished picture."""
    try:
        reader = TiffReader(file)
    except OddStructureError:
        return False
    first = reader.first()
    if _DNG_VERSION in first:
        return True
    directories = [first, *reader.below(first, _SUB_DIRECTORIES)]
    return any(_SENSOR_DATA.intersection(reader.numbers(entry, _PHOTOMETRIC)) for entry in directories)
