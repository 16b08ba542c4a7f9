"""The files that an order to export asks for."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from faceorganizer.domain.export import CROP_LAYOUT, CROP_MARGIN, LAYOUTS, ExportKind, ExportOrder, SeveralPeople
from faceorganizer.domain.faces import FaceRecord
from faceorganizer.domain.ids import PersonId
from faceorganizer.export.gallery import GalleryFace, GalleryPerson, GalleryPhoto, gallery_pages
from faceorganizer.export.names import NOBODY, Template, Values
from faceorganizer.export.plan import Item, Source
from faceorganizer.services.interchange.export_choice import Choice, ChosenPhoto
from faceorganizer.services.interchange.rendering import Crop, Recipe, Sized

THUMBNAIL: Final = 480  # pixels along the long side of a photo in a gallery's overview


@dataclass(slots=True)
class Wanted:
    """Files to be made.

    Attributes:
        recipes: What is made of a photo, by the item's recipe.
        pages: What is written as it is, by path, without the photos of some files.
    """

    items: list[Item] = field(default_factory=list)
    recipes: dict[str, Recipe] = field(default_factory=dict)
    pages: Callable[[Collection[Path]], dict[str, bytes]] = field(default=lambda _: {})


def template_of(order: ExportOrder) -> Template:
    """What names are made by.

    Raises:
        UsageError: The layout is none.
    """
    if order.kind is ExportKind.GALLERY:
        return Template("{original}")  # its files have places of their own
    layout = order.layout
    if layout is None:
        default = "folder" if order.album is not None else "person"
        layout = CROP_LAYOUT if order.kind is ExportKind.CROPS else default
    return Template(LAYOUTS.get(layout, layout))


def items_of(order: ExportOrder, chosen: Choice, template: Template) -> Wanted:
    """The files that are wanted, in the order that numbers are given in."""
    if order.kind is ExportKind.CROPS:
        return _crops(order, chosen)
    if order.kind is ExportKind.GALLERY:
        return _gallery(order, chosen)
    by_person = "person" in template.fields
    wanted = Wanted()
    for photo in chosen.photos:
        if photo.source is not None:
            places = _places(order, chosen, photo) if by_person else [("", _presence(chosen, photo))]
            wanted.items += [_item(chosen, photo, photo.source, folder, why) for folder, why in places]
    return wanted


def _places(order: ExportOrder, chosen: Choice, photo: ChosenPhoto) -> list[tuple[str, str]]:
    """The folders that a photo belongs to, each with the reason."""
    people = photo.people
    if order.several is SeveralPeople.ONCE:
        people = people[:1]
    elif order.several is SeveralPeople.COMBINED and len(people) > 1:
        together = ", ".join(sorted(chosen.folders[person] for person in people))
        return [(together, _presence(chosen, photo))]
    return [(chosen.folders[person], f"{chosen.names[person]} is in it") for person in people]


def _presence(chosen: Choice, photo: ChosenPhoto) -> str:
    names = [chosen.names[person] for person in photo.people]
    if not names:
        return f"it belongs to {chosen.title}"
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} in it"


def _item(chosen: Choice, photo: ChosenPhoto, source: Source, folder: str, why: str, face: str = "") -> Item:
    values = _values(chosen, photo, source, folder, face)
    people = tuple(chosen.names[person] for person in photo.people)
    return Item(source, values, source.path.suffix, why, people)


def _values(chosen: Choice, photo: ChosenPhoto, source: Source, folder: str, face: str) -> Values:
    capture = photo.record.capture
    return Values(
        person=folder or NOBODY,
        people=", ".join(sorted(chosen.names[person] for person in photo.people)) or NOBODY,
        album=chosen.title,
        original=source.path.stem,
        taken=capture.taken,
        camera=capture.camera or "unknown",
        face=face,
    )


def _crops(order: ExportOrder, chosen: Choice) -> Wanted:
    wanted = Wanted()
    for photo in chosen.photos:
        if photo.source is None:
            continue
        for face in photo.shown:
            number = face.record.face
            folder, why = chosen.folders[face.person], f"the face of {chosen.names[face.person]}"
            item = _item(chosen, photo, photo.source, folder, why, face=str(number))
            _add_crop(wanted, replace(item, suffix=".jpg", recipe=f"crop {number}"), face.record, order.margin)
    return wanted


def _add_crop(wanted: Wanted, item: Item, face: FaceRecord, margin: float) -> None:
    x, y, width, height = map(float, face.box)
    wanted.recipes[item.recipe] = Crop((x, y, width, height), margin)
    mark = f"{item.origin} {x:g},{y:g},{width:g},{height:g} {margin:g}"
    wanted.items.append(replace(item, mark=mark))


def _gallery(order: ExportOrder, chosen: Choice) -> Wanted:
    wanted = Wanted(recipes={"photo": Sized(order.long_side), "thumbnail": Sized(THUMBNAIL)})
    shown: dict[Path, GalleryPhoto] = {}
    best: dict[PersonId, tuple[Item, FaceRecord]] = {}
    for photo in chosen.photos:
        source = photo.source
        if source is None:
            continue
        name = f"{source.photo[:20]}.jpg"
        item = _item(chosen, photo, source, "", _presence(chosen, photo))
        mark = f"{source.digest} {order.long_side}"
        wanted.items.append(replace(item, recipe="photo", fixed=f"photos/{name}", mark=mark))
        wanted.items.append(replace(item, recipe="thumbnail", fixed=f"small/{name}"))
        shown[source.path] = _gallery_photo(photo, source, name)
        for face in photo.shown:
            if face.person not in best or face.record.quality > best[face.person][1].quality:
                best[face.person] = item, face.record
    people = [person for person in chosen.names if person in best]
    for person in people:
        item, face_record = best[person]
        why = f"the face of {chosen.names[person]}"
        portrait = replace(item, why=why, recipe=f"portrait {person}", fixed=f"people/{person}.jpg")
        _add_crop(wanted, portrait, face_record, CROP_MARGIN)
    portraits = [GalleryPerson(person, chosen.names[person], f"people/{person}.jpg") for person in people]
    wanted.pages = partial(_pages, chosen.title, portraits, shown)
    for path, content in wanted.pages(()).items():
        wanted.items.append(Item(None, Values(), "", "the gallery", recipe="page", fixed=path, mark=mark_of(content)))
    return wanted


def _pages(
    title: str, people: Sequence[GalleryPerson], photos: Mapping[Path, GalleryPhoto], without: Collection[Path]
) -> dict[str, bytes]:
    return gallery_pages(title, people, [photo for path, photo in photos.items() if path not in without])


def mark_of(content: bytes) -> str:
    """What a page is known to be another one by."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _gallery_photo(photo: ChosenPhoto, source: Source, name: str) -> GalleryPhoto:
    identity = photo.content.identity
    width, height = float(identity.width), float(identity.height)
    faces = []
    for face in photo.shown:
        x, y, w, h = face.record.box
        faces.append(GalleryFace(face.person, x / width, y / height, w / width, h / height))
    return GalleryPhoto(name, source.path.name, identity.width, identity.height, photo.record.capture.taken, faces)
