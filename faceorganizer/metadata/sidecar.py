"""When, with what and where a picture was taken, from a file beside it: XMP, or the JSON of a Google Takeout.

XMP as in ISO 16684-1 with the EXIF, TIFF, Photoshop and basic namespaces; Takeout as its archives are found to be.
"""

import json
import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath
from typing import Any, Final
from xml.etree.ElementTree import Element

from faceorganizer.domain.pictures import Capture, Place, latest_year, second_of
from faceorganizer.metadata.files import contents, xml

_FIRST_YEAR: Final = 1826  # of the oldest photograph that is left
_LONGEST_TEXT: Final = 200
_EXIF: Final = "{http://ns.adobe.com/exif/1.0/}"
_TIFF: Final = "{http://ns.adobe.com/tiff/1.0/}"
_DATES: Final = (
    f"{_EXIF}DateTimeOriginal",
    "{http://ns.adobe.com/photoshop/1.0/}DateCreated",
    "{http://ns.adobe.com/xap/1.0/}CreateDate",
)
_ISO_DATE: Final = re.compile(
    r"(\d{4})[-:](\d\d)[-:](\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?\s*(?:Z|[-+]\d\d:?\d\d)?", re.ASCII
)
_DEGREES: Final = re.compile(r"(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?(?:,(\d+(?:\.\d+)?))?\s*([NSEW])", re.ASCII)
_FRACTION: Final = re.compile(r"(\d+(?:\.\d+)?)(?:/(\d+(?:\.\d+)?))?", re.ASCII)

# Takeout cuts the names of its JSON files to a length, so that any beginning of this may be left.
_TAKEOUT_SUFFIX: Final = ".supplemental-metadata"
_TAKEOUT_LENGTH: Final = 46
_EDITED: Final = "-edited"
_COPY: Final = re.compile(r"(?P<stem>.+)(?P<number>\(\d+\))", re.ASCII | re.DOTALL)


def read_capture(photo: Path) -> Capture | None:
    """Read what the files beside a photo say of its taking; an XMP file is asked before a Takeout's.

    Args:
        photo: The picture; it need not exist.

    Returns:
        Local time as an XMP file gives it, or UTC, which is all a Takeout knows. None when there is no such file or
        nothing of use in it; damaged, hostile and oversized files count as none.
    """
    captures = [_of_xmp(photo), _of_takeout(photo)]
    taken = next((each.taken for each in captures if each.taken), None)
    camera = next((each.camera for each in captures if each.camera), None)
    place = next((each.place for each in captures if each.place), None)
    if taken is None and camera is None and place is None:
        return None
    return Capture(taken, "sidecar" if taken else "", camera, place)


def _of_xmp(photo: Path) -> Capture:
    names = (f"{start}{suffix}" for start in (photo.name, photo.stem) for suffix in (".xmp", ".XMP"))
    for name in names:
        data = contents(photo.with_name(name))
        root = None if data is None else xml(data)
        if root is not None:
            return _xmp_capture(root)
    return Capture()


def _xmp_capture(root: Element) -> Capture:
    said = dict(reversed(list(_properties(root))))  # the first of several counts
    taken = next((date for name in _DATES if (date := _iso_date(said.get(name, "")))), None)
    camera = _camera(said.get(f"{_TIFF}Make", ""), said.get(f"{_TIFF}Model", ""))
    return Capture(taken, "sidecar" if taken else "", camera, _xmp_place(said))


def _properties(root: Element) -> Iterator[tuple[str, str]]:
    """Yield the simple properties, which XMP writes as attributes or as elements."""
    for element in root.iter():
        yield from element.attrib.items()
        if isinstance(element.tag, str) and element.text and element.text.strip():
            yield element.tag, element.text


def _iso_date(text: str) -> datetime | None:
    match = _ISO_DATE.fullmatch(text.strip())
    if not match:
        return None
    year, month, day, hour, minute = map(int, match.groups()[:5])
    microsecond = int((match[7] or "")[:6].ljust(6, "0"))
    try:
        return _plausible(datetime(year, month, day, hour, minute, second_of(int(match[6] or 0)), microsecond))
    except ValueError:
        return None


def _plausible(taken: datetime) -> datetime | None:
    return taken if _FIRST_YEAR <= taken.year <= latest_year() else None


def _camera(make: str, model: str) -> str | None:
    make, model = (" ".join(text.replace("\0", " ").split())[:_LONGEST_TEXT] for text in (make, model))
    if not make or not model:
        return make or model or None
    return model if model.lower().startswith(make.lower().split()[0]) else f"{make} {model}"


def _xmp_place(said: dict[str, str]) -> Place | None:
    latitude = _xmp_degrees(said.get(f"{_EXIF}GPSLatitude", ""), "NS")
    longitude = _xmp_degrees(said.get(f"{_EXIF}GPSLongitude", ""), "EW")
    height = _xmp_fraction(said.get(f"{_EXIF}GPSAltitude", ""))
    if height is not None and said.get(f"{_EXIF}GPSAltitudeRef", "").strip() in ("1", "3"):
        height = -height
    return _place(latitude, longitude, height)


def _xmp_degrees(text: str, letters: str) -> float | None:
    """Read "48,12.34N" or "48,12,20.4N"."""
    match = _DEGREES.fullmatch(text.strip())
    if not match or match[4] not in letters:
        return None
    degrees = float(match[1]) + float(match[2] or 0) / 60 + float(match[3] or 0) / 3600
    return -degrees if match[4] == letters[1] else degrees


def _xmp_fraction(text: str) -> float | None:
    match = _FRACTION.fullmatch(text.strip())
    if not match or (match[2] is not None and float(match[2]) == 0):
        return None
    return float(match[1]) / float(match[2] or 1)


def _place(latitude: float | None, longitude: float | None, altitude: float | None) -> Place | None:
    if latitude is None or longitude is None or not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    if latitude == 0 and longitude == 0:
        return None  # what programs write that know no place
    return Place(latitude, longitude, altitude if altitude is not None and math.isfinite(altitude) else None)


def _of_takeout(photo: Path) -> Capture:
    for name in takeout_names(photo.name):
        data = contents(photo.with_name(name))
        if data is None:
            continue
        try:
            said = json.loads(data)
        except (ValueError, RecursionError):
            continue  # damaged, or nested deeper than Python goes
        capture = _takeout_capture(said) if isinstance(said, dict) else Capture()
        if capture != Capture():
            return capture
    return Capture()


def takeout_names(name: str) -> Iterator[str]:
    """Yield the names a Takeout may have given to the JSON file of a photo."""
    stem, suffix = PurePath(name).stem, PurePath(name).suffix
    original = stem.removesuffix(_EDITED) + suffix
    for photo in dict.fromkeys((name, original)):
        endings = [_TAKEOUT_SUFFIX[:length] for length in range(len(_TAKEOUT_SUFFIX), -1, -1)]
        yield from (f"{photo}{ending}.json" for ending in endings)
        copy = _COPY.fullmatch(PurePath(photo).stem)
        if copy:  # "photo(1).jpg" has "photo.jpg(1).json"
            yield from (f"{copy['stem']}{suffix}{ending}{copy['number']}.json" for ending in endings)
        if len(photo) > _TAKEOUT_LENGTH:
            yield f"{photo[:_TAKEOUT_LENGTH]}.json"


def _takeout_capture(said: dict[str, Any]) -> Capture:
    taken = _takeout_time(said.get("photoTakenTime"))
    place = _takeout_place(said.get("geoData")) or _takeout_place(said.get("geoDataExif"))
    return Capture(taken, "sidecar" if taken else "", None, place)


def _takeout_time(said: object) -> datetime | None:
    stamp = said.get("timestamp") if isinstance(said, dict) else None
    if not isinstance(stamp, (str, int)) or isinstance(stamp, bool):
        return None
    try:
        # Not fromtimestamp, which on some systems refuses what was before 1970.
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(stamp))
    except (ValueError, OverflowError):
        return None
    return _plausible(moment.replace(tzinfo=None)) if moment.timestamp() else None  # 0 where nothing is known


def _takeout_place(said: object) -> Place | None:
    if not isinstance(said, dict):
        return None
    latitude, longitude, altitude = (_number(said.get(key)) for key in ("latitude", "longitude", "altitude"))
    return _place(latitude, longitude, altitude)


def _number(said: object) -> float | None:
    if not isinstance(said, (int, float)) or isinstance(said, bool):
        return None
    try:
        return float(said)
    except OverflowError:
        return None
