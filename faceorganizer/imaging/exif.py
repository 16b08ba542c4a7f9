"""When, with what and where a picture was taken, from its EXIF block (CIPA DC-008, Exif 2.32)."""

import io
import math
import re
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from faceorganizer.domain.geometry import ORIENTATIONS, UPRIGHT
from faceorganizer.domain.pictures import Capture, Place, latest_year, second_of
from faceorganizer.imaging.tiff import Directory, OddStructureError, TiffReader, Value

_MAKE: Final = 271
_MODEL: Final = 272
_ORIENTATION: Final = 274
_DATE_TIME: Final = 306
_EXIF_POINTER: Final = 34665
_GPS_POINTER: Final = 34853
_ORIGINAL: Final = 36867
_DIGITIZED: Final = 36868
_FRACTION: Final = 37520
_FRACTION_ORIGINAL: Final = 37521
_FRACTION_DIGITIZED: Final = 37522
_ALTITUDE_REFERENCE: Final = 5
_ALTITUDE: Final = 6
_BELOW_THE_SEA: Final = (b"\1", b"\3")

_DATE: Final = re.compile(r"(\d{4})[:/.-](\d\d?)[:/.-](\d\d?)[ T](\d\d?):(\d\d?)(?::(\d\d?)(?:[.,](\d+))?)?", re.ASCII)
_FIRST_YEAR: Final = 1826  # of the oldest photograph that is left
_LONGEST_TEXT: Final = 200


@dataclass(frozen=True, slots=True)
class Tags:
    """One directory of an EXIF block, with what reads its values; nothing in it is trusted."""

    reader: TiffReader
    directory: Directory

    def below(self, pointer: int) -> "Tags":
        """Return the first directory a tag points to; an empty one when there is none."""
        return Tags(self.reader, next(iter(self.reader.below(self.directory, pointer)), {}))

    def value(self, number: int) -> Value | None:
        """Return the value of a tag; None when it is missing or damaged."""
        tag = self.directory.get(number)
        return self.reader.value(tag) if tag else None

    def text(self, number: int) -> str:
        """Return the text of a tag up to its NUL, without control characters and double spaces."""
        value = self.value(number)
        if not isinstance(value, bytes):
            return ""
        text = value.split(b"\0", 1)[0].decode("utf-8", "replace")
        return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:_LONGEST_TEXT]

    def rationals(self, number: int) -> list[float | None]:
        """Return the fractions of a tag; None for one without a denominator."""
        value = self.value(number)
        if value is None or isinstance(value, bytes):
            return []
        return [_quotient(item) for item in value]


def read_exif(file: BinaryIO) -> tuple[int, Capture]:
    """Read orientation (1 to 8) and capture from a TIFF file or EXIF block; damaged parts count as absent."""
    try:
        reader = TiffReader(file)
    except OddStructureError:
        return UPRIGHT, Capture()
    main = Tags(reader, reader.first())
    return _orientation(main), capture_of(main, main.below(_EXIF_POINTER), main.below(_GPS_POINTER))


def read_exif_block(block: bytes) -> tuple[int, Capture]:
    """As :func:`read_exif`, for the bytes of an EXIF block with or without its leading "Exif" mark."""
    return read_exif(io.BytesIO(block.removeprefix(b"Exif\0\0")))


def capture_of(main: Tags, exif: Tags, gps: Tags) -> Capture:
    """Put together what the three directories of an EXIF block say."""
    taken = (
        _taken(exif.text(_ORIGINAL), exif.text(_FRACTION_ORIGINAL))
        or _taken(exif.text(_DIGITIZED), exif.text(_FRACTION_DIGITIZED))
        or _taken(main.text(_DATE_TIME), exif.text(_FRACTION))
    )
    return Capture(taken, "exif" if taken else "", camera_name(main.text(_MAKE), main.text(_MODEL)), _place(gps))


def camera_name(make: str, model: str) -> str | None:
    """Join maker and model, naming the maker once: "NIKON CORPORATION", "NIKON D90" -> "NIKON D90"."""
    if not make or not model:
        return make or model or None
    return model if model.lower().startswith(make.lower().split()[0]) else f"{make} {model}"


def _orientation(main: Tags) -> int:
    numbers = main.reader.numbers(main.directory, _ORIENTATION)
    return numbers[0] if numbers and numbers[0] in ORIENTATIONS else UPRIGHT


def _taken(text: str, fraction: str) -> datetime | None:
    match = _DATE.match(text)
    if not match:
        return None
    year, month, day, hour, minute = map(int, match.groups()[:5])
    if not _FIRST_YEAR <= year <= latest_year():
        return None
    digits = re.match(r"[0-9]*", match[7] or fraction)
    microseconds = int((digits[0] if digits else "")[:6].ljust(6, "0"))
    try:
        return datetime(year, month, day, hour, minute, second_of(int(match[6] or 0)), microseconds)
    except ValueError:
        return None


def _place(gps: Tags) -> Place | None:
    latitude = _degrees(gps, 1, "NS", 90)
    longitude = _degrees(gps, 3, "EW", 180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None  # devices without a fix write zeros
    return Place(latitude, longitude, _altitude(gps))


def _degrees(gps: Tags, reference: int, letters: str, most: int) -> float | None:
    mark = gps.text(reference)[:1].upper()
    parts = gps.rationals(reference + 1)
    if not mark or mark not in letters or not parts or parts[0] is None:
        return None
    degrees = sum((part or 0.0) / (1.0, 60.0, 3600.0)[power] for power, part in enumerate(parts[:3]))
    if not 0 <= degrees <= most:
        return None
    return -degrees if mark == letters[1] else degrees


def _altitude(gps: Tags) -> float | None:
    heights = gps.rationals(_ALTITUDE)
    if not heights or heights[0] is None:
        return None
    reference = gps.value(_ALTITUDE_REFERENCE)
    below = isinstance(reference, bytes) and reference[:1] in _BELOW_THE_SEA
    return -heights[0] if below else heights[0]


def _quotient(item: float | tuple[int, int]) -> float | None:
    if isinstance(item, tuple):
        return item[0] / item[1] if item[1] else None
    return float(item) if math.isfinite(item) else None
