"""The hash that tells pictures apart whatever their metadata say.

It covers the encoded picture and what says how to decode it. A file that is not laid out quite as its format says
is hashed as a whole: two files that differ in metadata alone then count as two pictures, but never two pictures as one.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from faceorganizer.imaging.bmff import read_container
from faceorganizer.imaging.tiff import Directory, OddStructureError, TiffReader

_BLOCK: Final = 1 << 20
Span = tuple[int, int]
"""Offset and size of bytes in a file."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """The encoded picture in a file: bytes that are not in the file as such, then spans of the file, in order."""

    notes: bytes
    spans: Iterable[Span]


def hash_file(file: BinaryIO) -> bytes:
    """Return the BLAKE2b-256 hash of a whole file."""
    return _hash(file, b"", [(0, file.seek(0, 2))])


def hash_content(file: BinaryIO, picture_format: str) -> bytes:
    """Return the BLAKE2b-256 hash of the encoded picture in a file.

    Args:
        file: Seekable.
        picture_format: As :func:`faceorganizer.imaging.formats.sniff` names it, or "raw".
    """
    find = _FINDERS.get(picture_format)
    try:
        if find:
            encoded = find(file)
            return _hash(file, picture_format.encode() + b"\0" + encoded.notes, encoded.spans)
    except OddStructureError:
        pass
    return _hash(file, b"file\0", [(0, file.seek(0, 2))])


def _hash(file: BinaryIO, notes: bytes, spans: Iterable[Span]) -> bytes:
    digest = hashlib.blake2b(notes, digest_size=32)
    for offset, size in spans:
        file.seek(offset)
        while size:
            block = file.read(min(size, _BLOCK))
            if not block:
                raise OddStructureError("the file ends early")
            digest.update(block)
            size -= len(block)
    return digest.digest()


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise OddStructureError("the file ends early")
    return data


# JPEG: ITU-T T.81. After 0xFF in compressed data, 0 is a stuffed byte and D0 to D7 are restart marks.
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_SOI, _EOI, _SOS, _TEM = 0xD8, 0xD9, 0xDA, 0x01
# Application segments and comments, but not Adobe's APP14: it says how colours are encoded.
_JPEG_METADATA: Final = frozenset({*range(0xE0, 0xEE), 0xEF, 0xFE})


def _jpeg(file: BinaryIO) -> Encoded:
    return Encoded(b"", list(_jpeg_spans(file)))


def _jpeg_spans(file: BinaryIO) -> Iterator[Span]:
    """Yield the segments up to the end of the first picture; what cameras append after it is left out."""
    file.seek(0)
    if _exactly(file, 2) != b"\xff\xd8":
        raise OddStructureError("no start of image")
    at = 2
    scans = 0
    while True:
        marker, at = _jpeg_marker(file, at)
        if marker == _EOI:
            if not scans:
                raise OddStructureError("no picture")
            return
        if marker in (_SOI, _TEM, 0x00):
            raise OddStructureError("a marker out of place")
        size = int.from_bytes(_exactly(file, 2), "big")
        if size < 2:
            raise OddStructureError("a segment without its size")
        end = at + size
        if marker == _SOS:
            scans += 1
            end = _end_of_scan(file, end)
        if marker not in _JPEG_METADATA:
            yield at - 1, end - at + 1  # with the byte that names the segment
        at = end


def _jpeg_marker(file: BinaryIO, at: int) -> tuple[int, int]:
    """Read a marker with the fill bytes before it: the marker and the place after it."""
    file.seek(at)
    if _exactly(file, 1) != b"\xff":
        raise OddStructureError("no marker")
    at += 1
    while (byte := _exactly(file, 1)) == b"\xff":
        at += 1
    return byte[0], at + 1


def _end_of_scan(file: BinaryIO, at: int) -> int:
    """Find the marker that ends compressed data."""
    file.seek(at)
    held = b""
    while block := file.read(_BLOCK):
        data = held + block
        match = _NEXT_MARKER.search(data)
        if match:
            return at - len(held) + match.start()
        at += len(block)
        held = b"\xff" if data.endswith(b"\xff") else b""
    raise OddStructureError("no end of image")


_PNG_PICTURE: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"acTL", b"fcTL", b"fdAT"})


def png_chunks(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, offset and size of the data of each chunk, up to IEND.

    Raises:
        OddStructureError: The file ends early.
    """
    length = file.seek(0, 2)
    at = 8
    while True:
        file.seek(at)
        head = _exactly(file, 8)
        size, kind = int.from_bytes(head[:4], "big"), head[4:]
        if at + 12 + size > length:
            raise OddStructureError("the file ends early")
        yield kind, at + 8, size
        if kind == b"IEND":
            return
        at += 12 + size


def _png(file: BinaryIO) -> Encoded:
    spans = []
    before = b""
    for kind, offset, size in png_chunks(file):
        if kind in _PNG_PICTURE:
            # Programs cut the same stream into chunks as they like: data that goes on is not marked again.
            goes_on = kind == before == b"IDAT"
            spans.append((offset, size) if goes_on else (offset - 4, size + 4))
        before = kind
    return Encoded(b"", spans)


_WEBP_PICTURE: Final = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"})


def webp_chunks(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, offset and size of the data of each chunk.

    Raises:
        OddStructureError: The file ends early.
    """
    length = file.seek(0, 2)
    file.seek(4)
    end = 8 + int.from_bytes(_exactly(file, 4), "little")
    if end > length:
        raise OddStructureError("the file ends early")
    at = 12
    while at + 8 <= end:
        file.seek(at)
        head = _exactly(file, 8)
        size = int.from_bytes(head[4:], "little")
        if at + 8 + size > end:
            raise OddStructureError("a chunk larger than the file")
        yield head[:4], at + 8, size
        at += 8 + size + size % 2


def _webp(file: BinaryIO) -> Encoded:
    spans = [(offset - 8, size + 8) for kind, offset, size in webp_chunks(file) if kind in _WEBP_PICTURE]
    if not spans:
        raise OddStructureError("no picture")
    return Encoded(b"", spans)


_TIFF_WIDTH, _TIFF_COMPRESSION = 256, 259
_OLD_JPEG: Final = 6  # keeps parts of its stream in places of their own
# Strips and tiles: offsets and sizes.
_TIFF_DATA: Final = ((273, 279), (324, 325))
# Size, sample layout, compression, colours, tables: whatever changes what the bytes decode to.
_TIFF_DECODING: Final = (
    *(256, 257, 258, 259, 262, 266, 277, 278, 284, 292, 293, 317, 320, 322, 323, 332, 338, 339, 347, 529, 530, 532),
)


def _tiff(file: BinaryIO) -> Encoded:
    reader = TiffReader(file)
    length = file.seek(0, 2)
    notes: list[str] = [reader.order]
    spans: list[Span] = []
    for page in reader.chain():
        found = _tiff_spans(reader, page, length)
        if not found or _TIFF_WIDTH not in page or reader.numbers(page, _TIFF_COMPRESSION) == (_OLD_JPEG,):
            raise OddStructureError("no plain picture")
        notes.append(repr([(number, _tiff_value(reader, page, number)) for number in _TIFF_DECODING]))
        notes.append(repr([size for _, size in found]))
        spans += found
    if not spans:
        raise OddStructureError("no picture")
    return Encoded("\n".join(notes).encode(), spans)


def _tiff_value(reader: TiffReader, page: Directory, number: int) -> object:
    """Return a value that does not depend on how wide its numbers are stored."""
    tag = page.get(number)
    return reader.value(tag) if tag else None


def _tiff_spans(reader: TiffReader, page: Directory, length: int) -> list[Span]:
    spans: list[Span] = []
    for offsets, sizes in _TIFF_DATA:
        pairs = list(zip(reader.numbers(page, offsets), reader.numbers(page, sizes), strict=False))
        if len(pairs) != (page[offsets].count if offsets in page else 0):
            raise OddStructureError("strips without their sizes")
        spans += pairs
    if any(offset + size > length for offset, size in spans) or sum(size for _, size in spans) > length:
        raise OddStructureError("strips outside the file")
    return spans


def _heif(file: BinaryIO) -> Encoded:
    container = read_container(file)
    pictures = {number: item for number, item in container.items.items() if not item.metadata}
    spans = [span for _, item in sorted(pictures.items()) for span in item.extents]
    if not spans:
        raise OddStructureError("no picture")
    notes = [
        item.kind + item.decoding + repr([size for _, size in item.extents]).encode()
        for _, item in sorted(pictures.items())
    ]
    place = sorted(pictures).index(container.primary)
    return Encoded(b"\n".join([str(place).encode(), container.references, *notes]), spans)


_FINDERS: Final = {"jpeg": _jpeg, "png": _png, "webp": _webp, "tiff": _tiff, "heif": _heif, "avif": _heif}
