"""Names and faces put into XMP packets, beside everything that other programs have there.

What was added is remembered as an :class:`Added`, so that it can be taken out again, and nothing else with it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from faceorganizer.domain.geometry import Box
from faceorganizer.domain.people import distinct_names, folded, same_name
from faceorganizer.domain.regions import Frame
from faceorganizer.metadata.regions import (
    APPLIED,
    DISPLAY_NAME,
    HIERARCHICAL,
    IN_IMAGE,
    INFO,
    INFO_REGIONS,
    MWG_AREA,
    MWG_NAME,
    MWG_TYPE,
    PEOPLE,
    RECTANGLE,
    REGION_LIST,
    REGIONS,
    SAME,
    TAGS_LIST,
    Rectangle,
    Stored,
    applied_dimensions,
    fits,
    microsoft_regions,
    mwg_regions,
    share,
    stored_place,
)
from faceorganizer.metadata.xmp import (
    AREA,
    BAG,
    DC,
    DIMENSIONS,
    Packet,
    append_item,
    array_of,
    as_structure,
    structure,
    text,
)
from faceorganizer.metadata.xmp import field as field_of

SUBJECT: Final = f"{{{DC}}}subject"
_EXTENDED: Final = "{http://ns.adobe.com/xmp/note/}HasExtendedXMP"
# What separates the levels of a tag, as letters that are the same to a reader and to a comparison of names.
_NO_LEVELS: Final = str.maketrans({"|": "\uff5c", "/": "\uff0f"})
_KEYWORDS: Final[Mapping[str, Callable[[str], str]]] = {
    SUBJECT: lambda name: name,
    HIERARCHICAL: lambda name: f"{PEOPLE}|{name.translate(_NO_LEVELS)}",
    TAGS_LIST: lambda name: f"{PEOPLE}/{name.translate(_NO_LEVELS)}",
    IN_IMAGE: lambda name: name,
}
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no character of XML 1.0
_EXACT: Final = 2e-6


@dataclass(frozen=True, slots=True)
class NamedFace:
    """A face to be written.

    Attributes:
        name: Of the person.
        box: In full-resolution upright pixels.
    """

    name: str
    box: Box


@dataclass(frozen=True, slots=True)
class Added:
    """What this program has added to a packet.

    Attributes:
        mwg: Name and place of each region.
        microsoft: As ``mwg``, for Microsoft's regions.
        keywords: Texts by the qualified name of the array they are in.
    """

    mwg: tuple[tuple[str, Rectangle], ...] = ()
    microsoft: tuple[tuple[str, Rectangle], ...] = ()
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.mwg or self.microsoft or any(self.keywords.values()))

    def plain(self) -> dict[str, Any]:
        """Return it as JSON knows it."""
        return {
            "mwg": [[name, *place] for name, place in self.mwg],
            "microsoft": [[name, *place] for name, place in self.microsoft],
            "keywords": {name: list(said) for name, said in self.keywords.items()},
        }

    @classmethod
    def of_plain(cls, said: Mapping[str, Any]) -> "Added":
        """Undo :meth:`plain`."""
        mwg, microsoft = (
            tuple((name, (x, y, width, height)) for name, x, y, width, height in said[key])
            for key in ("mwg", "microsoft")
        )
        return cls(mwg, microsoft, {name: tuple(words) for name, words in said["keywords"].items()})


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A packet with the faces in it.

    Attributes:
        packet: The whole packet; None where nothing is left to say.
        changed: Whether it says anything else than before.
        added: What of it is this program's.
        conflicts: Faces that were left out, for the packet says something else, in words.
    """

    packet: bytes | None
    changed: bool
    added: Added
    conflicts: tuple[str, ...] = ()


class UnusablePacketError(ValueError):
    """A packet must not be written to; the message finishes the sentence "It was left alone: ..."."""


def rewrite(
    data: bytes | None, faces: Sequence[NamedFace], former: Added, frame: Frame, *, replace: bool = False
) -> Rewritten:
    """Put faces into a packet and take out what this program had added before.

    Args:
        data: The packet; None where there is none.
        faces: All that are to be in it.
        former: What this program added the last time.
        frame: Size and orientation of the picture.
        replace: Whether a region of another program that names somebody else gives way.

    Raises:
        UnusablePacketError: The packet is damaged, or its regions belong to another picture.
    """
    packet = Packet.empty() if data is None else Packet.parse(data)
    if packet is None:
        raise UnusablePacketError("what is there is damaged, or no XMP")
    before = None if data is None else packet.digest()
    _take_out(packet, former)
    if mwg_regions(packet) and not fits(applied_dimensions(packet), frame):
        raise UnusablePacketError("the regions in it were made for a picture of another shape: it was cropped")
    placed = [(_NO_XML.sub("\ufffd", face.name), _rounded(stored_place(face.box, frame))) for face in faces]
    placed = [(name, place) for name, place in placed if min(place[2:]) > 0]
    admitted, conflicts = _admitted(packet, placed, replace)
    added = Added(
        _add_mwg(packet, admitted, frame),
        _add_microsoft(packet, admitted),
        {name: _add_keywords(packet, name, map(form, _names(admitted))) for name, form in _KEYWORDS.items()},
    )
    if before is not None and packet.digest() == before:
        return Rewritten(data, False, added, conflicts)
    empty = not added and packet.is_empty()
    return Rewritten(None if empty else packet.serialised(), data is not None or not empty, added, conflicts)


def without_extension(data: bytes) -> bytes | None:
    """Return a packet of a file as the beginning of a sidecar's; None where it is damaged.

    A JPEG file may hold a second part of its packet, which the first refers to and which stays in the file.
    """
    packet = Packet.parse(data)
    if packet is None:
        return None
    packet.remove(_EXTENDED)
    return packet.serialised()


def digest(data: bytes | None) -> bytes:
    """Return a hash of what a packet says, however it is written; of no packet, an empty and a damaged one, too."""
    if data is None:
        return b""
    packet = Packet.parse(data)
    if packet is None:
        return b"damaged"
    return b"" if packet.is_empty() else packet.digest()


def _take_out(packet: Packet, former: Added) -> None:
    _remove_regions(packet, REGIONS, REGION_LIST, mwg_regions(packet), former.mwg)
    _remove_regions(packet, INFO, INFO_REGIONS, microsoft_regions(packet), former.microsoft)
    for name, words in former.keywords.items():
        _remove_words(packet, name, words)
    _tidy(packet)


def _remove_regions(
    packet: Packet,
    property_name: str,
    list_name: str,
    regions: Iterable[Stored],
    former: Sequence[tuple[str, Rectangle]],
) -> None:
    container = _listed(packet, property_name, list_name)
    for region in regions:
        ours = any(name == region.name and _is_exactly(region.place, place) for name, place in former)
        if ours and container is not None and isinstance(region.item, Element) and region.item in list(container):
            container.remove(region.item)


def _is_exactly(place: Rectangle | None, other: Rectangle) -> bool:
    return place is not None and all(abs(one - two) <= _EXACT for one, two in zip(place, other, strict=True))


def _remove_words(packet: Packet, name: str, words: Sequence[str]) -> None:
    found = packet.find(name)
    container = array_of(found) if isinstance(found, Element) else None
    if container is None:
        return
    for item in list(container):
        if text(item) in words:
            container.remove(item)
    if not len(container):
        packet.remove(name)


def _tidy(packet: Packet) -> None:
    """Remove the frame of regions where none is left in it."""
    for property_name, list_name, around in ((REGIONS, REGION_LIST, {APPLIED}), (INFO, INFO_REGIONS, set())):
        found = packet.find(property_name)
        node = None if found is None else structure(found)
        container = _listed(packet, property_name, list_name)
        if node is None or container is None or len(container):
            continue
        if {child.tag for child in node} <= {list_name, *around}:
            packet.remove(property_name)


def _listed(packet: Packet, property_name: str, list_name: str) -> Element | None:
    found = packet.find(property_name)
    node = None if found is None else structure(found)
    listed = None if node is None else field_of(node, list_name)
    return array_of(listed) if isinstance(listed, Element) else None


def _admitted(
    packet: Packet, placed: Sequence[tuple[str, Rectangle]], replace: bool
) -> tuple[list[tuple[str, Rectangle]], tuple[str, ...]]:
    """Those faces about which nobody says something else; with ``replace`` all, and what others say goes."""
    admitted, conflicts = [], []
    sources = (
        (REGIONS, REGION_LIST, mwg_regions(packet)),
        (INFO, INFO_REGIONS, microsoft_regions(packet)),
    )
    for name, place in placed:
        contrary = [
            (property_name, list_name, region)
            for property_name, list_name, regions in sources
            for region in regions
            if region.name is not None
            and not same_name(region.name, name)
            and region.place is not None
            and share(region.place, place) >= SAME
        ]
        if not contrary or replace:
            admitted.append((name, place))
        else:
            conflicts.append(f"{name} is {contrary[0][2].name} there")
        for property_name, list_name, region in contrary if replace else ():
            container = _listed(packet, property_name, list_name)
            if container is not None and isinstance(region.item, Element) and region.item in list(container):
                container.remove(region.item)
    return admitted, tuple(conflicts)


def _is_said(regions: Iterable[Stored], name: str, place: Rectangle) -> bool:
    return any(
        region.name is not None
        and region.place is not None
        and same_name(region.name, name)
        and share(region.place, place) >= SAME
        for region in regions
    )


def _add_mwg(packet: Packet, faces: Sequence[tuple[str, Rectangle]], frame: Frame) -> tuple[tuple[str, Rectangle], ...]:
    there = mwg_regions(packet)
    missing = [(name, place) for name, place in faces if not _is_said(there, name, place)]
    if not missing:
        return ()
    node = as_structure(packet.element(REGIONS))
    if applied_dimensions(packet) is None:
        _set_dimensions(node, frame)
    container = _array_in(node, REGION_LIST)
    for index, (name, (left, top, width, height)) in enumerate(missing):
        item = append_item(container)
        # Some readers stop at a region without a name, so these come first.
        container.remove(item)
        container.insert(index, item)
        SubElement(item, MWG_NAME).text = name
        SubElement(item, MWG_TYPE).text = "Face"
        area = as_structure(SubElement(item, MWG_AREA))
        numbers = {"x": left + width / 2, "y": top + height / 2, "w": width, "h": height}
        for key, number in numbers.items():
            SubElement(area, f"{{{AREA}}}{key}").text = _plain(number)
        SubElement(area, f"{{{AREA}}}unit").text = "normalized"
    return tuple(missing)


def _set_dimensions(node: Element, frame: Frame) -> None:
    for child in node.findall(APPLIED):
        node.remove(child)
    node.attrib.pop(APPLIED, None)
    applied = as_structure(SubElement(node, APPLIED))
    width, height = frame.stored_size
    for key, said in (("w", str(width)), ("h", str(height)), ("unit", "pixel")):
        SubElement(applied, f"{{{DIMENSIONS}}}{key}").text = said


def _add_microsoft(packet: Packet, faces: Sequence[tuple[str, Rectangle]]) -> tuple[tuple[str, Rectangle], ...]:
    there = microsoft_regions(packet)
    missing = [(name, place) for name, place in faces if not _is_said(there, name, place)]
    if not missing:
        return ()
    container = _array_in(as_structure(packet.element(INFO)), INFO_REGIONS)
    for index, (name, place) in enumerate(missing):
        item = append_item(container)
        container.remove(item)
        container.insert(index, item)
        SubElement(item, RECTANGLE).text = ", ".join(map(_plain, place))
        SubElement(item, DISPLAY_NAME).text = name
    return tuple(missing)


def _array_in(node: Element, name: str) -> Element:
    """Return the array in a field of a structure; a bag is made where there is none."""
    listed = node.find(name)
    if listed is None:
        node.attrib.pop(name, None)
        listed = SubElement(node, name)
    container = array_of(listed)
    return container if container is not None else SubElement(listed, BAG)


def _add_keywords(packet: Packet, name: str, words: Iterable[str]) -> tuple[str, ...]:
    there = {folded(word) for word in packet.texts(name)}
    missing = [word for word in words if folded(word) not in there]
    if missing:
        container = packet.array(name)
        for word in missing:
            append_item(container, word)
    return tuple(missing)


def _names(faces: Iterable[tuple[str, Rectangle]]) -> list[str]:
    return sorted(distinct_names(name for name, _ in faces))


def _rounded(place: Rectangle) -> Rectangle:
    """The place as it is read again from what is written."""
    left, top, width, height = (round(number, 6) for number in place)
    return left, top, width, height


def _plain(number: float) -> str:
    return f"{number:.7f}".rstrip("0").rstrip(".")
