"""Faces and people in XMP: regions of the Metadata Working Group, of Microsoft and of the IPTC, and names alone.

MWG Guidelines for Handling Image Metadata 2.0, section 5.9; Microsoft's People Tagging schema; IPTC Photo Metadata
Standard 2019.1, Image Region. All keep boxes relative to the picture as it is stored.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

import numpy as np

from faceorganizer.domain.geometry import Box, overlaps, stored_points, upright_points
from faceorganizer.domain.people import clean_name, distinct_names, folded, same_name
from faceorganizer.domain.regions import FaceRegion, Frame, Reading, RegionOrigin
from faceorganizer.metadata.xmp import (
    AREA,
    DIGIKAM,
    DIMENSIONS,
    IPTC,
    LIGHTROOM,
    MICROSOFT,
    MWG,
    REGION,
    REGION_INFO,
    Packet,
    Value,
    field,
    items,
    structure,
    text,
)

REGIONS: Final = f"{{{MWG}}}Regions"
APPLIED: Final = f"{{{MWG}}}AppliedToDimensions"
REGION_LIST: Final = f"{{{MWG}}}RegionList"
MWG_NAME: Final = f"{{{MWG}}}Name"
MWG_TYPE: Final = f"{{{MWG}}}Type"
MWG_AREA: Final = f"{{{MWG}}}Area"
INFO: Final = f"{{{MICROSOFT}}}RegionInfo"
INFO_REGIONS: Final = f"{{{REGION_INFO}}}Regions"
RECTANGLE: Final = f"{{{REGION}}}Rectangle"
DISPLAY_NAME: Final = f"{{{REGION}}}PersonDisplayName"
IMAGE_REGION: Final = f"{{{IPTC}}}ImageRegion"
IN_IMAGE: Final = f"{{{IPTC}}}PersonInImage"
HIERARCHICAL: Final = f"{{{LIGHTROOM}}}hierarchicalSubject"
TAGS_LIST: Final = f"{{{DIGIKAM}}}TagsList"
PEOPLE: Final = "People"

SAME: Final = 0.5  # intersection over union from which regions of two formats are one face
_TWICE: Final = 0.9  # of two regions of one format and name
_MOST: Final = 1000
_ASPECT: Final = 0.01  # relative difference: previews and sensor edges; crops differ by more
_NOBODY: Final = "ffffffffffffffff"  # a face that was ignored
_LONGEST_NAME: Final = 1000

Rectangle = tuple[float, float, float, float]
"""Left, top, width and height as shares of the stored picture."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A region as a packet has it.

    Attributes:
        item: Its element in the packet.
        name: None where it has none.
        place: None where it cannot be understood.
    """

    item: Value
    name: str | None
    place: Rectangle | None


def read_people(packet: Packet, frame: Frame) -> Reading:
    """Read what a packet says of people in a picture.

    Args:
        packet: Of the picture's file or of a sidecar.
        frame: Size and orientation of the picture; regions are turned upright by it.
    """
    problems: list[str] = []
    groups = [
        (RegionOrigin.MWG, _of_mwg(packet, frame, problems)),
        (RegionOrigin.MICROSOFT, microsoft_regions(packet)),
        (RegionOrigin.IPTC, _iptc_regions(packet, frame)),
    ]
    regions: list[FaceRegion] = []
    for origin, stored in groups:
        if len(stored) > _MOST:
            problems.append(f"it has {len(stored)} regions, more than there could be faces")
            continue
        if any(region.place is None for region in stored):
            problems.append("a region in it makes no sense")
        placed = [
            FaceRegion(region.name, upright_box(region.place, frame), origin)
            for region in stored
            if region.place is not None
        ]
        regions = _joined(regions, placed, problems)
    named = {folded(region.name) for region in regions if region.name is not None}
    names = [name for name in _names(packet) if folded(name) not in named]
    return Reading(tuple(regions), tuple(names), tuple(dict.fromkeys(problems)))


def mwg_regions(packet: Packet) -> list[Stored]:
    """Return the faces among the MWG regions; pets, bar codes and focus points are left out."""
    found = packet.find(REGIONS)
    node = None if found is None else structure(found)
    listed = None if node is None else field(node, REGION_LIST)
    if listed is None:
        return []
    dimensions = applied_dimensions(packet)
    return [region for item in items(listed) if (region := _mwg_region(item, dimensions)) is not None]


def microsoft_regions(packet: Packet) -> list[Stored]:
    """Return Microsoft's regions; those of people that were ignored are left out."""
    found = packet.find(INFO)
    node = None if found is None else structure(found)
    listed = None if node is None else field(node, INFO_REGIONS)
    if listed is None:
        return []
    regions = []
    for item in items(listed):
        inner = structure(item)
        if inner is None or (field(inner, RECTANGLE) is None and field(inner, DISPLAY_NAME) is None):
            continue
        name = _name(field(inner, DISPLAY_NAME))
        rectangle = text(field(inner, RECTANGLE))
        if name != _NOBODY and rectangle:  # people are tagged without a rectangle as well
            numbers = [_number(part) for part in rectangle.split(",")]
            regions.append(Stored(item, name, _rectangle(numbers)))
    return regions


def applied_dimensions(packet: Packet) -> tuple[float, float] | None:
    """Return width and height of the stored picture that the MWG regions were made for; None where nothing says."""
    found = packet.find(REGIONS)
    node = None if found is None else structure(found)
    applied = None if node is None else field(node, APPLIED)
    inner = None if applied is None else structure(applied)
    if inner is None:
        return None
    width, height = (_number(text(field(inner, f"{{{DIMENSIONS}}}{side}"))) for side in ("w", "h"))
    return (width, height) if width and height and width > 0 and height > 0 else None


def fits(dimensions: tuple[float, float] | None, frame: Frame) -> bool:
    """Whether regions made for a picture of some size are places in this one: it was not cropped since."""
    if dimensions is None:
        return True
    (width, height), (stored_width, stored_height) = dimensions, frame.stored_size
    return math.isclose(width * stored_height, height * stored_width, rel_tol=_ASPECT)


def upright_box(place: Rectangle, frame: Frame) -> Box:
    """Turn a place in the stored picture into a box in pixels of the upright one."""
    left, top, width, height = place
    size = frame.stored_size
    corners = np.array([[left, top], [left + width, top + height]]) * size
    turned = upright_points(corners.astype(np.float64), frame.orientation, size)
    return _box(turned.min(axis=0).tolist(), turned.max(axis=0).tolist())


def stored_place(box: Box, frame: Frame) -> Rectangle:
    """Turn a box in pixels of the upright picture into a place in the stored one, within its edges."""
    x, y, width, height = box
    corners = np.array([[x, y], [x + width, y + height]], np.float64)
    size = frame.stored_size
    turned = stored_points(corners, frame.orientation, size) / size  # type: ignore[arg-type]
    low, high = np.clip(turned.min(axis=0), 0, 1).tolist(), np.clip(turned.max(axis=0), 0, 1).tolist()
    return _box(low, high)


def share(first: Rectangle, second: Rectangle) -> float:
    """Intersection over union of two boxes or places."""
    return float(overlaps(np.array([first], np.float32), np.array([second], np.float32))[0, 0])


def _box(low: Sequence[float], high: Sequence[float]) -> Box:
    return low[0], low[1], high[0] - low[0], high[1] - low[1]


def _of_mwg(packet: Packet, frame: Frame, problems: list[str]) -> list[Stored]:
    regions = mwg_regions(packet)
    dimensions = applied_dimensions(packet)
    if regions and dimensions is not None and not fits(dimensions, frame):
        width, height = dimensions
        stored = "{} x {}".format(*frame.stored_size)
        problems.append(f"its regions were made for a picture of {width:g} x {height:g}, not {stored}: it was cropped")
        return []
    return regions


def _mwg_region(item: Value, dimensions: tuple[float, float] | None) -> Stored | None:
    node = structure(item)
    if node is None:
        return None
    kind = text(field(node, MWG_TYPE)).lower()
    area = field(node, MWG_AREA)
    inner = None if area is None else structure(area)
    if kind not in ("face", "") or (kind == "" and not _name(field(node, MWG_NAME))):
        return None
    place = None if inner is None else _area(inner, dimensions)
    return Stored(item, _name(field(node, MWG_NAME)), place)


def _area(node: Element, dimensions: tuple[float, float] | None) -> Rectangle | None:
    x, y, width, height = [_number(text(field(node, f"{{{AREA}}}{key}"))) for key in ("x", "y", "w", "h")]
    if x is None or y is None or width is None or height is None:
        return None
    if text(field(node, f"{{{AREA}}}unit")).lower() == "pixel":
        if dimensions is None:
            return None
        across, down = dimensions
        x, y, width, height = x / across, y / down, width / across, height / down
    return _rectangle([x - width / 2, y - height / 2, width, height])


def _iptc_regions(packet: Packet, frame: Frame) -> list[Stored]:
    found = packet.find(IMAGE_REGION)
    regions = []
    for item in () if found is None else items(found):
        node = structure(item)
        boundary = None if node is None else field(node, f"{{{IPTC}}}RegionBoundary")
        inner = None if boundary is None else structure(boundary)
        if node is None or inner is None:
            continue
        people = field(node, IN_IMAGE)
        names = [] if people is None else [name for person in items(people) if (name := _name(person))]
        if names:  # regions show anything; only where a person is named is it one
            regions.append(Stored(item, names[0] if len(names) == 1 else None, _boundary(inner, frame)))
    return regions


def _boundary(node: Element, frame: Frame) -> Rectangle | None:
    def number(key: str) -> float | None:
        return _number(text(field(node, f"{{{IPTC}}}{key}")))

    shape = text(field(node, f"{{{IPTC}}}rbShape")).lower()
    across, down = frame.stored_size if text(field(node, f"{{{IPTC}}}rbUnit")).lower() == "pixel" else (1, 1)
    x, y = number("rbX"), number("rbY")
    if shape == "rectangle":
        width, height = number("rbW"), number("rbH")
    elif shape == "circle" and (radius := number("rbRx")) is not None and x is not None and y is not None:
        stored_width, stored_height = frame.stored_size
        tall = radius if across > 1 else radius * stored_width / stored_height  # the radius is relative to the width
        x, y, width, height = x - radius, y - tall, 2 * radius, 2 * tall
    elif shape == "polygon":
        x, y, width, height = _hull(field(node, f"{{{IPTC}}}rbVertices"))
    else:
        return None
    if x is None or y is None or width is None or height is None:
        return None
    return _rectangle([x / across, y / down, width / across, height / down])


def _hull(vertices: Value | None) -> tuple[float | None, float | None, float | None, float | None]:
    points = []
    for vertex in () if vertices is None else items(vertices):
        node = structure(vertex)
        x, y = (None if node is None else _number(text(field(node, f"{{{IPTC}}}{key}"))) for key in ("rbX", "rbY"))
        if x is None or y is None:
            return None, None, None, None
        points.append((x, y))
    if not points:
        return None, None, None, None
    (left, top), (right, bottom) = (tuple(map(end, zip(*points, strict=True))) for end in (min, max))
    return left, top, right - left, bottom - top


def _rectangle(numbers: Sequence[float | None]) -> Rectangle | None:
    """Return a place that can be one: finite, not empty, and for the better part in the picture."""
    if len(numbers) != 4 or any(number is None for number in numbers):
        return None
    left, top, width, height = (float(number or 0) for number in numbers)
    if not (0 < width <= 2 and 0 < height <= 2):
        return None
    across = min(left + width, 1) - max(left, 0)
    down = min(top + height, 1) - max(top, 0)
    return (left, top, width, height) if min(across, down) > 0 and across * down >= width * height / 2 else None


def _number(said: str) -> float | None:
    if len(said) > 100:
        return None
    try:
        # Some programs wrote a decimal comma, as their users' countries do.
        number = float(said.replace(",", ".") if said.count(",") == 1 else said)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _name(said: Value | None) -> str | None:
    return clean_name(text(said)[:_LONGEST_NAME])


def _joined(known: list[FaceRegion], found: Iterable[FaceRegion], problems: list[str]) -> list[FaceRegion]:
    """Add regions of another format; one that is known already gives it a name where it has none."""
    regions = list(known)
    for region in found:
        same = _same(region, regions, len(known))
        if same is None:
            regions.append(region)
            continue
        there = regions[same]
        if there.name is None:
            regions[same] = FaceRegion(region.name, there.box, there.origin)
        elif region.name is not None and not same_name(region.name, there.name):
            problems.append(f"one face is {there.name} by {there.origin} and {region.name} by {region.origin}")
    return regions


def _same(region: FaceRegion, regions: Sequence[FaceRegion], others: int) -> int | None:
    """Return the place of the region that is the same face; the first ``others`` are of other formats."""
    if not regions:
        return None
    table = overlaps(_boxes([region]), _boxes(regions))[0]
    for index in np.argsort(-table, kind="stable")[:5].tolist():
        twice = table[index] >= _TWICE and (regions[index].name or "") == (region.name or "")
        if twice or (index < others and table[index] >= SAME):
            return int(index)
    return None


def _boxes(regions: Sequence[FaceRegion]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    return np.array([region.box for region in regions], np.float32).reshape(-1, 4)


def _names(packet: Packet) -> list[str]:
    """The people that a packet names without saying where they are."""
    said = [*packet.texts(IN_IMAGE), *_tagged_without_place(packet)]
    said += _below_people(tag.split("|") for tag in packet.texts(HIERARCHICAL))
    said += _below_people(tag.split("/") for tag in packet.texts(TAGS_LIST))
    return distinct_names(name for each in said[:_MOST] if (name := clean_name(each[:_LONGEST_NAME])))


def _tagged_without_place(packet: Packet) -> Iterator[str]:
    found = packet.find(INFO)
    node = None if found is None else structure(found)
    listed = None if node is None else field(node, INFO_REGIONS)
    for item in () if listed is None else items(listed):
        inner = structure(item)
        if inner is not None and not text(field(inner, RECTANGLE)):
            said = text(field(inner, DISPLAY_NAME))
            if said and said != _NOBODY:
                yield said


def _below_people(tags: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the leaves of the branch of people: "Family" and "Ann" of "People|Family|Ann" make "Ann"."""
    paths = [tuple(part.strip() for part in tag) for tag in tags]
    paths = [path for path in paths if len(path) > 1 and folded(path[0]) == folded(PEOPLE)]
    inner = {path[:length] for path in paths for length in range(1, len(path))}
    yield from (path[-1] for path in paths if path not in inner)
