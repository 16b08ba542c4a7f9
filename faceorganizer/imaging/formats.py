"""Which files are pictures: by name when a folder is listed, by content when a file is opened."""

from pathlib import PurePath
from typing import Final

# fmt: off
RAW_SUFFIXES: Final = frozenset({
    ".3fr", ".ari", ".arw", ".cap", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".gpr", ".iiq", ".k25",
    ".kdc", ".mdc", ".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".ori", ".pef", ".ptx", ".raf", ".raw", ".rw2",
    ".rwl", ".sr2", ".srf", ".srw", ".x3f",
})
PHOTO_SUFFIXES: Final = RAW_SUFFIXES | {
    ".jpg", ".jpeg", ".jpe", ".jfif", ".jif", ".mpo", ".png", ".apng", ".webp", ".tif", ".tiff", ".gif", ".bmp",
    ".dib", ".heic", ".heif", ".heics", ".heifs", ".hif", ".avif", ".avifs",
}
# fmt: on

_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})
_HEIF_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_CONTAINER_BRANDS: Final = frozenset({b"mif1", b"mif2", b"msf1", b"miaf"})
_RAW_STARTS: Final = (
    b"IIU\0",  # Panasonic, Leica
    b"IIRO",  # Olympus
    b"IIRS",
    b"MMOR",
    b"FUJIFILMCCD-RAW",
    b"FOVb",  # Sigma
    b"\0MRM",  # Minolta
    b"IIII",  # Phase One
    b"MMMM",
    b"II\x1a\0\0\0HEAPCCDR",  # Canon CRW
)


def is_photo(name: str) -> bool:
    """Whether a file of that name is looked at; its content decides what it is."""
    return PurePath(name).suffix.lower() in PHOTO_SUFFIXES


def has_raw_suffix(name: str) -> bool:
    """Whether the name is that of a camera's raw file."""
    return PurePath(name).suffix.lower() in RAW_SUFFIXES


def sniff(head: bytes) -> str | None:
    """Name the format by the first bytes of a file.

    Args:
        head: At least the first 64 bytes, or the whole file when it is shorter.

    Returns:
        "jpeg", "png", "webp", "tiff" (which camera raw may turn out to be), "gif", "bmp", "heif", "avif" or "raw";
        None when it is none of them.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"BM"):
        return "bmp"
    if head.startswith(_RAW_STARTS):
        return "raw"
    if head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "raw" if head[8:11] == b"CR\x02" else "tiff"
    if head[4:8] == b"ftyp":
        return _sniff_brands(head)
    return None


def _sniff_brands(head: bytes) -> str | None:
    size = int.from_bytes(head[:4], "big")
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, min(size, len(head)) - 3, 4))]
    if brands[0] == b"crx ":
        return "raw"
    for brand in brands:
        if brand in _AVIF_BRANDS:
            return "avif"
        if brand in _HEIF_BRANDS:
            return "heif"
    return "heif" if _CONTAINER_BRANDS.intersection(brands) else None
