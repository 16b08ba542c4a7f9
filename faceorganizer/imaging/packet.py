"""The XMP packet in a picture file, as its bytes (ISO 16684-1, part 3 on where formats keep it)."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from faceorganizer.imaging.bmff import read_container
from faceorganizer.imaging.content import png_chunks, webp_chunks
from faceorganizer.imaging.files import open_photo
from faceorganizer.imaging.formats import sniff
from faceorganizer.imaging.tiff import OddStructureError, TiffReader

LARGEST: Final = 16 << 20
_HEAD: Final = 256
_JPEG_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_PNG_XMP: Final = b"XML:com.adobe.xmp\0"
_XMP_TAG: Final = 700
_APP1: Final = 0xE1
_SOS, _EOI = 0xDA, 0xD9


def read_packet(path: Path) -> bytes | None:
    """Read the XMP packet of a picture.

    Returns:
        Its bytes, of which nothing was checked; None where there is none, or the file keeps it in a way that is not
        understood here. A part that does not fit into a JPEG file's one segment is left out.

    Raises:
        UnreadablePhotoError: The file is missing, empty, not permitted or no regular file.
    """
    with open_photo(path) as file:
        find = _FINDERS.get(sniff(file.read(_HEAD)) or "")
        try:
            return find(file) if find else None
        except (OddStructureError, OSError, zlib.error):
            return None


def _jpeg(file: BinaryIO) -> bytes | None:
    for marker, size in _jpeg_segments(file):
        if marker == _APP1 and size > len(_JPEG_XMP) and file.read(len(_JPEG_XMP)) == _JPEG_XMP:
            return file.read(size - len(_JPEG_XMP))
    return None


def _jpeg_segments(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Yield marker and size of the contents of each segment before the picture, with the file at the contents."""
    at = 2
    while True:
        file.seek(at)
        head = file.read(4)
        if len(head) < 4 or head[0] != 0xFF:
            return
        if head[1] == 0xFF:  # a fill byte
            at += 1
            continue
        if head[1] in (_SOS, _EOI):
            return
        size = int.from_bytes(head[2:], "big")
        if size < 2:
            return
        yield head[1], size - 2
        at += 2 + size


def _png(file: BinaryIO) -> bytes | None:
    for kind, offset, size in png_chunks(file):
        if kind == b"iTXt" and len(_PNG_XMP) < size <= LARGEST:
            file.seek(offset)
            data = file.read(size)
            if data.startswith(_PNG_XMP):
                return _png_text(data[len(_PNG_XMP) :])
    return None


def _png_text(data: bytes) -> bytes | None:
    """Read what follows the keyword: whether and how it is compressed, language, translated keyword, text."""
    if len(data) < 2:
        return None
    parts = data[2:].split(b"\0", 2)
    if len(parts) < 3:
        return None
    if not data[0]:
        return parts[2]
    unpacker = zlib.decompressobj()
    unpacked = unpacker.decompress(parts[2], LARGEST)
    return None if unpacker.unconsumed_tail else unpacked


def _webp(file: BinaryIO) -> bytes | None:
    for kind, offset, size in webp_chunks(file):
        if kind == b"XMP " and size <= LARGEST:
            file.seek(offset)
            return file.read(size)
    return None


def _tiff(file: BinaryIO) -> bytes | None:
    reader = TiffReader(file)
    tag = reader.first().get(_XMP_TAG)
    value = reader.value(tag) if tag is not None and tag.size <= LARGEST else None
    if isinstance(value, bytes):
        return value
    return bytes(value) if value and all(isinstance(item, int) and 0 <= item < 256 for item in value) else None  # type: ignore[arg-type]


def _bmff(file: BinaryIO) -> bytes | None:
    container = read_container(file)
    for _, item in sorted(container.items.items()):
        if item.kind == b"mime" and item.metadata and sum(size for _, size in item.extents) <= LARGEST:
            parts = []
            for offset, size in item.extents:
                file.seek(offset)
                parts.append(file.read(size))
            return b"".join(parts)
    return None


_FINDERS: Final = {"jpeg": _jpeg, "png": _png, "webp": _webp, "tiff": _tiff, "raw": _tiff, "heif": _bmff, "avif": _bmff}
