"""A gallery: a folder of pages and pictures that opens from disk in any browser, without any network.

Names and titles come from users and files: they reach the page as data, as the text of elements, never as markup.
"""

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from faceorganizer.export.gallery_page import PAGE, SCRIPT, STYLE


@dataclass(frozen=True, slots=True)
class GalleryPerson:
    """Somebody in a gallery.

    Attributes:
        picture: Path of a picture of the face, below the gallery's folder.
    """

    id: int
    name: str
    picture: str


@dataclass(frozen=True, slots=True)
class GalleryFace:
    """A face in a photo: whose it is, and where, in shares of the photo's width and height."""

    person: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class GalleryPhoto:
    """A photo in a gallery.

    Attributes:
        file: Name of its pictures in the folders photos and small.
        name: Of the original.
        width: Of the upright photo, pixels.
        height: Of the upright photo, pixels.
    """

    file: str
    name: str
    width: int
    height: int
    taken: datetime | None
    faces: Sequence[GalleryFace]


def gallery_pages(title: str, people: Sequence[GalleryPerson], photos: Sequence[GalleryPhoto]) -> dict[str, bytes]:
    """The pages of a gallery by path: the page itself, how it looks and works, and what is in it."""
    document = {
        "title": title,
        "people": [[person.id, _shown(person.name), person.picture] for person in people],
        "photos": [_photo(photo) for photo in photos],
    }
    # A browser reads scripts from disk, but no other data. "<" could end a script where somebody pastes it into one.
    data = json.dumps(document, separators=(",", ":")).replace("<", "\\u003c")
    return {
        "index.html": PAGE.replace("{{title}}", html.escape(_shown(title))).encode(),
        "gallery.css": STYLE.encode(),
        "gallery.js": SCRIPT.encode(),
        "data.js": f"window.GALLERY = {data};\n".encode("ascii"),
    }


def _photo(photo: GalleryPhoto) -> list[Any]:
    faces = [
        [face.person, *(round(side, 4) for side in (face.x, face.y, face.width, face.height))] for face in photo.faces
    ]
    taken = "" if photo.taken is None else photo.taken.isoformat(timespec="minutes")
    return [photo.file, _shown(photo.name), photo.width, photo.height, taken, faces]


def _shown(text: str) -> str:
    """Text without bytes that are no valid UTF-8."""
    return text.encode(errors="replace").decode()
