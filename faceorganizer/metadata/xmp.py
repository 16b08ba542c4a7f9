"""XMP packets (ISO 16684-1) as trees: read in every form that RDF allows, changed in place, written again.

What is not touched stays as it is: properties of unknown namespaces, their prefixes, comments.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import (
    Comment,
    Element,
    ParseError,
    ProcessingInstruction,
    SubElement,
    TreeBuilder,
    indent,
)
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from faceorganizer.metadata.files import LARGEST, is_shallow

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML: Final = "http://www.w3.org/XML/1998/namespace"
META: Final = "adobe:ns:meta/"
DC: Final = "http://purl.org/dc/elements/1.1/"
TIFF: Final = "http://ns.adobe.com/tiff/1.0/"
MWG: Final = "http://www.metadataworkinggroup.com/schemas/regions/"
AREA: Final = "http://ns.adobe.com/xmp/sType/Area#"
DIMENSIONS: Final = "http://ns.adobe.com/xap/1.0/sType/Dimensions#"
MICROSOFT: Final = "http://ns.microsoft.com/photo/1.2/"
REGION_INFO: Final = "http://ns.microsoft.com/photo/1.2/t/RegionInfo#"
REGION: Final = "http://ns.microsoft.com/photo/1.2/t/Region#"
IPTC: Final = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
LIGHTROOM: Final = "http://ns.adobe.com/lightroom/1.0/"
DIGIKAM: Final = "http://www.digikam.org/ns/1.0/"

_PREFIXES: Final = {
    RDF: "rdf",
    META: "x",
    DC: "dc",
    TIFF: "tiff",
    MWG: "mwg-rs",
    AREA: "stArea",
    DIMENSIONS: "stDim",
    MICROSOFT: "MP",
    REGION_INFO: "MPRI",
    REGION: "MPReg",
    IPTC: "Iptc4xmpExt",
    LIGHTROOM: "lr",
    DIGIKAM: "digiKam",
}
_ARRAYS: Final = tuple(f"{{{RDF}}}{kind}" for kind in ("Bag", "Seq", "Alt"))
BAG: Final = _ARRAYS[0]
_ITEM: Final = f"{{{RDF}}}li"
_DESCRIPTION: Final = f"{{{RDF}}}Description"
_ABOUT: Final = f"{{{RDF}}}about"
_PARSE_TYPE: Final = f"{{{RDF}}}parseType"
_RESOURCE: Final = f"{{{RDF}}}resource"
_VALUE: Final = f"{{{RDF}}}value"
_LANGUAGE: Final = f"{{{XML}}}lang"
_NOT_FIELDS: Final = (f"{{{RDF}}}", f"{{{XML}}}")
# When something was last written, and by what: no difference in what is said.
_BOOKKEEPING: Final = frozenset({"{http://ns.adobe.com/xap/1.0/}MetadataDate"})
_BEGIN: Final = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_END: Final = '\n<?xpacket end="w"?>'

Value = Element | str
"""What a property holds: an element, or the text of an attribute."""


@dataclass(frozen=True, slots=True)
class Packet:
    """A parsed packet.

    Attributes:
        root: Its outermost element.
        prefixes: Prefix of each namespace, as the packet has them.
    """

    root: Element
    prefixes: dict[str, str]

    @classmethod
    def empty(cls) -> "Packet":
        """A packet that says nothing."""
        root = Element(f"{{{META}}}xmpmeta")
        description = SubElement(SubElement(root, f"{{{RDF}}}RDF"), _DESCRIPTION)
        description.set(_ABOUT, "")
        return cls(root, {})

    @classmethod
    def parse(cls, data: bytes) -> "Packet | None":
        """Parse a packet; None when it is damaged, hostile, too large, or no XMP."""
        if len(data) > LARGEST:
            return None
        builder = _Builder()
        parser = DefusedXMLParser(target=builder, forbid_dtd=True)
        try:
            parser.feed(data.strip(b"\0 \t\r\n"))
            root = parser.close()
        except (ParseError, DefusedXmlException, ValueError, LookupError):
            return None  # damaged; entities; an encoding that does not fit, or is not known
        packet = cls(root, builder.prefixes)
        return packet if is_shallow(root) and packet._rdf() is not None else None

    def descriptions(self) -> list[Element]:
        """The nodes whose fields are the packet's properties."""
        rdf = self._rdf()
        return [] if rdf is None else [child for child in rdf if child.tag == _DESCRIPTION]

    def find(self, name: str) -> Value | None:
        """Return a property by its qualified name, the first where several are given."""
        return next((found for node in self.descriptions() if (found := field(node, name)) is not None), None)

    def texts(self, name: str) -> list[str]:
        """Return the texts of an array, or the one text that stands in its place; empty ones are left out."""
        found = self.find(name)
        return [] if found is None else [said for item in items(found) if (said := text(item))]

    def remove(self, name: str) -> None:
        """Remove a property from wherever it is given."""
        for node in self.descriptions():
            node.attrib.pop(name, None)
            for child in node.findall(name):
                node.remove(child)

    def array(self, name: str) -> Element:
        """Return the element that holds an array's items; a bag is made where there is none."""
        found = self.find(name)
        if isinstance(found, Element):
            container = array_of(found)
            if container is not None:
                return container
        said = "" if found is None else text(found)
        self.remove(name)
        container = SubElement(self.element(name), BAG)
        if said:
            SubElement(container, _ITEM).text = said
        return container

    def element(self, name: str) -> Element:
        """Return the element of a property, which is made where there is none."""
        found = self.find(name)
        if isinstance(found, Element):
            return found
        nodes = self.descriptions()
        if not nodes:
            rdf = self._rdf()
            assert rdf is not None  # parse looks for it, empty makes it
            nodes = [SubElement(rdf, _DESCRIPTION)]
            nodes[0].set(_ABOUT, "")
        return SubElement(nodes[0], name)

    def serialised(self) -> bytes:
        """Return the packet as UTF-8, wrapped as files keep it."""
        indent(self.root, " ")
        return f"{_BEGIN}{_written(self.root, self.prefixes)}{_END}".encode()

    def digest(self) -> bytes:
        """Return a hash of what the packet says, however it is written.

        Attributes or elements, the order of properties, white space between them and prefixes make no difference.
        """
        said = sorted(_said(node) for node in self.descriptions())
        return hashlib.blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=32).digest()

    def is_empty(self) -> bool:
        """Whether the packet says nothing at all."""
        return not any(_said(node) for node in self.descriptions())

    def _rdf(self) -> Element | None:
        name = f"{{{RDF}}}RDF"
        return self.root if self.root.tag == name else self.root.find(f".//{name}")


def field(node: Element, name: str) -> Value | None:
    """Return a field of a structure by its qualified name; None when it has none."""
    child = node.find(name)
    return child if child is not None else node.attrib.get(name)


def structure(value: Value) -> Element | None:
    """Return the node that holds a structure's fields; None for a plain text."""
    if not isinstance(value, Element):
        return None
    inner = value.find(_DESCRIPTION)
    return value if inner is None else inner


def array_of(element: Element) -> Element | None:
    """Return the element that holds an array's items; None where the property is no array."""
    return next((child for child in element if child.tag in _ARRAYS), None)


def items(value: Value) -> list[Value]:
    """Return the items of an array of any kind; a value that is none counts as an array of one."""
    if isinstance(value, Element):
        container = array_of(value)
        if container is not None:
            return [item for item in container if item.tag == _ITEM]
    return [value]


def text(value: Value | None) -> str:
    """Return a simple value without white space around it; of alternatives the first; empty for anything else."""
    if value is None:
        return ""
    if not isinstance(value, Element):
        return value.strip()
    if _RESOURCE in value.attrib:
        return value.attrib[_RESOURCE].strip()
    container = array_of(value)
    if container is not None:
        first = next((item for item in container if item.tag == _ITEM), None)
        return "" if first is None else (first.text or "").strip()
    node = structure(value)
    qualified = None if node is None else field(node, _VALUE)
    if qualified is not None:
        return text(qualified)
    return "" if len(value) else (value.text or "").strip()


def append_item(container: Element, said: str | None = None) -> Element:
    """Append an item to an array: a text, or a structure to be filled."""
    item = SubElement(container, _ITEM)
    if said is None:
        item.set(_PARSE_TYPE, "Resource")
    else:
        item.text = said
    return item


def as_structure(element: Element) -> Element:
    """Return the node in which fields of a structure are set, making an empty element one."""
    node = structure(element)
    assert node is not None  # an element always has one
    if node is element and _PARSE_TYPE not in element.attrib:
        # Fields written as attributes do not go together with this form.
        for name in [name for name in element.attrib if not name.startswith(_NOT_FIELDS)]:
            SubElement(element, name).text = element.attrib.pop(name)
        element.text = None
        element.set(_PARSE_TYPE, "Resource")
    return node


class _Builder(TreeBuilder):
    """Builds a tree with comments and instructions, and keeps the prefixes that were used."""

    def __init__(self) -> None:
        super().__init__(insert_comments=True, insert_pis=True)
        self.prefixes: dict[str, str] = {}

    def start_ns(self, prefix: str | None, uri: str) -> None:
        """Note what a namespace is called."""
        if prefix:
            self.prefixes.setdefault(uri, prefix)


def _said(node: Element) -> tuple[Any, ...]:
    """What a structure says, in a form that does not depend on how it is written."""
    fields = {(name, said) for name, said in node.attrib.items() if not name.startswith(_NOT_FIELDS)}
    fields |= {(child.tag, _meant(child)) for child in node if isinstance(child.tag, str)}
    return tuple(sorted(((name, said) for name, said in fields if name not in _BOOKKEEPING), key=repr))


def _meant(element: Element) -> Any:
    if _RESOURCE in element.attrib:
        return element.attrib[_RESOURCE]
    container = array_of(element)
    if container is not None:
        said = [(item.attrib.get(_LANGUAGE, ""), _meant(item)) for item in container if item.tag == _ITEM]
        return tuple(sorted(said, key=repr) if container.tag == BAG else said)
    node = structure(element)
    assert node is not None  # an element always has one
    fields = _said(node)
    return fields if fields or node is not element else (element.text or "")


def _written(root: Element, known: dict[str, str]) -> str:
    """Write a tree with all namespaces declared where it begins."""
    names = _prefixes(root, known)
    declared = "".join(f' xmlns:{prefix}="{escape(uri, {chr(34): "&quot;"})}"' for uri, prefix in sorted(names.items()))
    parts: list[str] = []
    pending: list[Element | str] = [root]
    while pending:
        element = pending.pop()
        if isinstance(element, str):
            parts.append(element)
            continue
        tail = "" if element is root else escape(element.tail or "")
        kind: Any = element.tag  # a function, for comments and instructions
        if kind in (Comment, ProcessingInstruction):
            mark = ("<!--", "-->") if kind is Comment else ("<?", "?>")
            parts.append(f"{mark[0]}{element.text or ''}{mark[1]}{tail}")
            continue
        name = _qualified(element.tag, names)
        attributes = "".join(
            f' {_qualified(key, names)}="{escape(said, _IN_ATTRIBUTES)}"' for key, said in element.attrib.items()
        )
        opening = f"<{name}{declared if element is root else ''}{attributes}"
        if not len(element) and not element.text:
            parts.append(f"{opening}/>{tail}")
            continue
        parts.append(f"{opening}>{escape(element.text or '', _IN_TEXT)}")
        pending.append(f"</{name}>{tail}")
        pending.extend(reversed(element))
    return "".join(parts)


_IN_TEXT: Final = {"\r": "&#13;"}
_IN_ATTRIBUTES: Final = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def _prefixes(root: Element, known: dict[str, str]) -> dict[str, str]:
    """Return a prefix for each namespace of a tree, no two alike."""
    uris: dict[str, None] = {}
    for element in root.iter():
        if isinstance(element.tag, str):
            for name in (element.tag, *element.attrib):
                uri = name[1:].partition("}")[0] if name.startswith("{") else ""
                if uri and uri != XML:
                    uris[uri] = None
    chosen: dict[str, str] = {}
    for uri in uris:
        wanted = known.get(uri) or _PREFIXES.get(uri) or "ns"
        prefix, number = wanted, 1
        while prefix in chosen.values() or prefix in ("xml", "xmlns"):
            number += 1
            prefix = f"{wanted}{number}"
        chosen[uri] = prefix
    return chosen


def _qualified(name: str, prefixes: dict[str, str]) -> str:
    if not name.startswith("{"):
        return name
    uri, _, local = name[1:].partition("}")
    return f"xml:{local}" if uri == XML else f"{prefixes[uri]}:{local}"
