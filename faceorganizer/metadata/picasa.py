"""Faces and names as Picasa kept them: .picasa.ini in each folder, contacts.xml beside its database.

Facts on the format were found by reading such files: the section of a photo holds "faces=rect64(hexadecimal),id;…",
with left, top, right and bottom in 16 bits each as shares of the stored picture, leading zeros left out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from faceorganizer.domain.people import clean_name
from faceorganizer.domain.regions import FaceRegion, Frame, RegionOrigin
from faceorganizer.metadata.files import contents, xml
from faceorganizer.metadata.regions import Rectangle, upright_box

NAMES: Final = (".picasa.ini", "Picasa.ini", ".Picasa.ini", "picasa.ini")
CONTACTS: Final = "contacts.xml"
_LARGEST: Final = 32 << 20
_MOST: Final = 1000
_FACE: Final = re.compile(r"rect64\(\s*([0-9a-f]{1,16})\s*\)\s*,\s*([0-9a-f]{1,32})", re.ASCII | re.IGNORECASE)
_NOBODY: Final = re.compile(r"0*|f{8,16}", re.ASCII | re.IGNORECASE)
_STEPS: Final = 65536
_LONGEST_NAME: Final = 1000


@dataclass(frozen=True, slots=True)
class PicasaFace:
    """A face as Picasa has it.

    Attributes:
        place: In the stored picture; None where it makes no sense.
        contact: Id of a contact; empty for nobody.
    """

    place: Rectangle | None
    contact: str


@dataclass(frozen=True, slots=True)
class PicasaFolder:
    """What Picasa knows of the photos of one folder.

    Attributes:
        faces: By the photo's file name, in lower case, for Windows wrote it.
        contacts: Names by id.
        damaged: Whether some of it could not be read.
    """

    faces: Mapping[str, tuple[PicasaFace, ...]]
    contacts: Mapping[str, str]
    damaged: bool = False

    def regions(self, photo: str, frame: Frame, contacts: Mapping[str, str]) -> tuple[list[FaceRegion], list[str]]:
        """Return the faces of a photo, and what could not be used of them.

        Args:
            photo: Its file name.
            frame: Its size and orientation.
            contacts: Of contacts.xml, which count before those of the folder.
        """
        regions, problems = [], []
        for face in self.faces.get(photo.lower(), ()):
            if face.place is None:
                problems.append("a face of Picasa makes no sense")
                continue
            name = contacts.get(face.contact) or self.contacts.get(face.contact)
            if face.contact and name is None:
                problems.append(f"nothing says who Picasa's contact {face.contact} is")
            regions.append(FaceRegion(name, upright_box(face.place, frame), RegionOrigin.PICASA))
        return regions, list(dict.fromkeys(problems))


def read_folder(folder: Path) -> PicasaFolder | None:
    """Read the ini file of a folder; None where there is none."""
    for name in NAMES:
        data = contents(folder / name, _LARGEST)
        if data is not None:
            return parse_ini(data)
        if (folder / name).is_file():
            return PicasaFolder({}, {}, damaged=True)
    return None


def parse_ini(data: bytes) -> PicasaFolder:
    """Read an ini file, as far as it goes: files are found cut off and with lines of anything."""
    faces: dict[str, tuple[PicasaFace, ...]] = {}
    contacts: dict[str, str] = {}
    old_contacts: dict[str, str] = {}
    section, damaged = "", b"\0" in data
    for line in data.decode("utf-8-sig", "replace").splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1].strip().lower()
            continue
        key, equals, value = line.partition("=")
        key = key.strip().lower()
        if not equals:
            damaged |= bool(line)
        elif section == "contacts2":
            _note_contact(contacts, key, value)
        elif section == "contacts":
            _note_contact(old_contacts, key, value)
        elif key == "faces":
            found = _faces(value)
            damaged |= len(found) < value.count("rect64")
            faces[section] = (*faces.get(section, ()), *found)[:_MOST]
    return PicasaFolder(faces, {**old_contacts, **contacts}, damaged)


def read_contacts(path: Path) -> dict[str, str]:
    """Read the names of a contacts.xml by id; empty where it is missing, damaged or hostile."""
    data = contents(path, _LARGEST)
    root = None if data is None else xml(data)
    if root is None:
        return {}
    named: dict[str, str] = {}
    for element in root.iter("contact"):
        name = clean_name((element.get("name") or element.get("display") or "")[:_LONGEST_NAME])
        contact = _contact(element.get("id", ""))
        if name and contact:
            named.setdefault(contact, name)
    return named


def _note_contact(contacts: dict[str, str], key: str, value: str) -> None:
    name = clean_name(value.split(";")[0][:_LONGEST_NAME])
    contact = _contact(key)
    if name and contact:
        contacts.setdefault(contact, name)


def _faces(value: str) -> list[PicasaFace]:
    return [PicasaFace(rect64(match[1]), _contact(match[2])) for match in _FACE.finditer(value)]


def rect64(digits: str) -> Rectangle | None:
    """Read a rectangle of up to 16 hexadecimal digits, of which leading zeros are left out; None when it is empty."""
    full = digits.zfill(16)
    left, top, right, bottom = (int(full[at : at + 4], 16) / _STEPS for at in range(0, 16, 4))
    return (left, top, right - left, bottom - top) if right > left and bottom > top else None


def _contact(digits: str) -> str:
    """An id as it is compared: without leading zeros, which are left out here and there; empty for nobody."""
    return "" if _NOBODY.fullmatch(digits.strip()) else digits.strip().lower().lstrip("0")
