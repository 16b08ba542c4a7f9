"""Items of a HEIF or AVIF file (ISO/IEC 14496-12 and 23008-12): where they lie and how they are turned."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

import numpy as np

from faceorganizer.domain.geometry import ORIENTATIONS, upright_pixels
from faceorganizer.imaging.tiff import OddStructureError

_LARGEST_BOX: Final = 16 << 20
_MOST_ITEMS: Final = 65536
# What says how to decode an item, and no more: not its rotation, its colours or its descriptions.
_DECODING: Final = frozenset({b"hvcC", b"av1C", b"avcC", b"jpgC", b"ispe", b"clap", b"auxC", b"lsel", b"a1op"})
_XMP_TYPES: Final = (b"application/rdf+xml", b"application/xmp+xml")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the file: a picture, a tile, or metadata.

    Attributes:
        kind: Four letters, such as b"hvc1", b"grid" or b"Exif".
        metadata: Whether it is EXIF or XMP.
        extents: (offset in the file, size) of its bytes, in order.
        properties: (four letters, bytes) in the order in which they apply.
    """

    kind: bytes
    metadata: bool
    extents: tuple[tuple[int, int], ...]
    properties: tuple[tuple[bytes, bytes], ...]

    @property
    def decoding(self) -> bytes:
        """What says how to decode the bytes."""
        return b"".join(kind + data for kind, data in self.properties if kind in _DECODING)


@dataclass(frozen=True, slots=True)
class Container:
    """The items of a file by id, and which of them is the picture."""

    items: dict[int, Item]
    primary: int
    references: bytes

    @property
    def orientation(self) -> int:
        """EXIF orientation that does what the rotation and mirroring of the primary item do."""
        marked = np.arange(6, dtype=np.uint8).reshape(2, 3)
        turned = marked
        for kind, data in self.items[self.primary].properties:
            if kind == b"irot" and data:
                turned = np.rot90(turned, data[0] & 3)  # quarter turns anticlockwise
            elif kind == b"imir" and data:
                turned = turned[:, ::-1] if data[0] & 1 else turned[::-1]
        return next(each for each in ORIENTATIONS if np.array_equal(upright_pixels(marked, each), turned))


class _Cursor:
    """Reads big-endian numbers from the bytes of a box, one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        taken = self._data[self._at : self._at + size]
        if len(taken) != size:
            raise OddStructureError("a box ends early")
        self._at += size
        return taken

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def text(self) -> bytes:
        end = self._data.find(b"\0", self._at)
        end = len(self._data) if end < 0 else end
        text, self._at = self._data[self._at : end], end + 1
        return text

    def full_box(self) -> tuple[int, int]:
        """Read version and flags."""
        return self.number(1), self.number(3)

    def rest(self) -> bytes:
        return self._data[self._at :]


def read_container(file: BinaryIO) -> Container:
    """Read the items of a still picture.

    Raises:
        OddStructureError: It is damaged, a sequence, or laid out in a way that is not understood here.
    """
    meta, meta_start = _meta_box(file)
    _Cursor(meta).full_box()
    parts: dict[bytes, bytes] = {}
    idat = (0, 0)
    for kind, start, end in _boxes(meta, 4):
        if kind in parts:
            raise OddStructureError("a box given twice")
        parts[kind] = meta[start:end]
        if kind == b"idat":
            idat = meta_start + start, end - start
    if not {b"pitm", b"iinf", b"iloc"} <= parts.keys():
        raise OddStructureError("a box is missing")
    kinds = dict(_item_kinds(parts[b"iinf"]))
    extents = dict(_item_extents(parts[b"iloc"], idat, file.seek(0, 2)))
    properties = _item_properties(parts.get(b"iprp", b""))
    items = {
        number: Item(kind, metadata, extents.get(number, ()), properties.get(number, ()))
        for number, (kind, metadata) in kinds.items()
    }
    primary = _primary(parts[b"pitm"])
    if primary not in items or items[primary].metadata:
        raise OddStructureError("no primary picture")
    return Container(items, primary, _picture_references(parts.get(b"iref", b""), items))


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and contents of the boxes that follow one another.

    Raises:
        OddStructureError: One is larger than the data.
    """
    for kind, start, end in _boxes(data):
        yield kind, data[start:end]


def find_box(file: BinaryIO, kind: bytes) -> bytes:
    """Return the contents of the first outermost box of a kind.

    Raises:
        OddStructureError: There is none, it is larger than any such box would be, or the file is damaged before it.
    """
    for found, start, size in _outermost(file):
        if found == kind and size <= _LARGEST_BOX:
            file.seek(start)
            return file.read(size)
    raise OddStructureError("a box is missing")


def _meta_box(file: BinaryIO) -> tuple[bytes, int]:
    """Find the meta box among the outermost ones: its contents and their place."""
    found = [box for box in _outermost(file) if box[0] in (b"meta", b"moov")]
    if len(found) != 1 or found[0][0] != b"meta" or found[0][2] > _LARGEST_BOX:
        raise OddStructureError("not one meta box, or a sequence")
    _, start, size = found[0]
    file.seek(start)
    return file.read(size), start


def _outermost(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, place and size of the contents of each outermost box."""
    length = file.seek(0, 2)
    at = 0
    while at < length:
        file.seek(at)
        size, kind, skip = _box_head(file.read(16), length - at)
        yield kind, at + skip, size - skip
        at += size


def _box_head(head: bytes, room: int) -> tuple[int, bytes, int]:
    """Return size of a box with its head, its kind, and the size of the head."""
    if len(head) < 8:
        raise OddStructureError("a box ends early")
    size, skip = int.from_bytes(head[:4], "big"), 8
    if size == 1:
        size, skip = int.from_bytes(head[8:16], "big"), 16
    elif size == 0:
        size = room
    if not skip <= size <= room:
        raise OddStructureError("a box larger than what holds it")
    return size, head[4:8], skip


def _boxes(data: bytes, at: int = 0) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, start and end of the contents of each box."""
    while at < len(data):
        size, kind, skip = _box_head(data[at : at + 16], len(data) - at)
        yield kind, at + skip, at + size
        at += size


def _primary(data: bytes) -> int:
    cursor = _Cursor(data)
    version, _ = cursor.full_box()
    return cursor.number(4 if version else 2)


def _item_kinds(data: bytes) -> Iterator[tuple[int, tuple[bytes, bool]]]:
    cursor = _Cursor(data)
    version, _ = cursor.full_box()
    if cursor.number(4 if version else 2) > _MOST_ITEMS:
        raise OddStructureError("too many items")
    entries = cursor.rest()
    for _, start, end in _boxes(entries):
        entry = _Cursor(entries[start:end])
        version, _ = entry.full_box()
        if version < 2:
            raise OddStructureError("an old entry")
        number = entry.number(2 if version == 2 else 4)
        protection = entry.number(2)
        kind = entry.take(4)
        if protection:
            raise OddStructureError("a protected item")
        entry.text()  # name
        is_xmp = kind == b"mime" and entry.text() in _XMP_TYPES
        yield number, (kind, is_xmp or kind == b"Exif")


def _item_extents(data: bytes, idat: tuple[int, int], length: int) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
    cursor = _Cursor(data)
    version, _ = cursor.full_box()
    if version > 2:
        raise OddStructureError("a new version")
    sizes = cursor.number(2)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    wide = 4 if version == 2 else 2
    for _ in range(cursor.number(wide)):
        number = cursor.number(wide)
        method = cursor.number(2) & 15 if version else 0
        elsewhere = cursor.number(2)
        if method > 1 or elsewhere:
            raise OddStructureError("an item kept elsewhere")
        start, room = idat if method else (0, length)
        base = cursor.number(base_size)
        extents = []
        for _ in range(cursor.number(2)):
            cursor.take(index_size)
            offset, size = base + cursor.number(offset_size), cursor.number(length_size)
            if not size or offset + size > room:
                raise OddStructureError("an extent outside the file")
            extents.append((start + offset, size))
        yield number, tuple(extents)


def _item_properties(data: bytes) -> dict[int, tuple[tuple[bytes, bytes], ...]]:
    known: list[tuple[bytes, bytes]] = []
    found: dict[int, tuple[tuple[bytes, bytes], ...]] = {}
    for kind, start, end in _boxes(data):
        contents = data[start:end]
        if kind == b"ipco":
            known = [(name, contents[first:last]) for name, first, last in _boxes(contents)]
        elif kind == b"ipma":
            for number, indices in _associations(contents):
                if max(indices, default=0) > len(known):
                    raise OddStructureError("a property that is not there")
                found[number] = tuple(known[index - 1] for index in indices if index)
    return found


def _associations(data: bytes) -> Iterator[tuple[int, list[int]]]:
    cursor = _Cursor(data)
    version, flags = cursor.full_box()
    for _ in range(cursor.number(4)):
        number = cursor.number(4 if version else 2)
        count = cursor.number(1)
        yield number, [cursor.number(2) & 0x7FFF if flags & 1 else cursor.number(1) & 0x7F for _ in range(count)]


def _picture_references(data: bytes, items: dict[int, Item]) -> bytes:
    """Return which pictures are made of which, without the references of metadata."""
    if not data:
        return b""
    cursor = _Cursor(data)
    version, _ = cursor.full_box()
    wide = 4 if version else 2
    body = cursor.rest()
    kept = []
    for kind, start, end in _boxes(body):
        source = items.get(int.from_bytes(body[start : start + wide], "big"))
        if source and not source.metadata:
            kept.append(kind + body[start:end])
    return b"".join(sorted(kept))
