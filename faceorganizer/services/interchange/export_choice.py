"""What an order to export is about: read from the library in one go, so that it is of one moment."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.export import ExportOrder
from faceorganizer.domain.faces import FaceRecord, FaceState
from faceorganizer.domain.ids import ContentId, PersonId
from faceorganizer.domain.people import PersonOutline
from faceorganizer.domain.pictures import ContentRecord, FileRecord, FileState, PhotoRecord
from faceorganizer.export.names import unlike
from faceorganizer.export.plan import Source
from faceorganizer.services.albums import album_photos, one_a_picture
from faceorganizer.services.search import placed

SHOWN_NAMES: Final = 3  # in a title


@dataclass(frozen=True, slots=True)
class ShownFace:
    """A face of somebody who is exported."""

    person: PersonId
    record: FaceRecord


@dataclass(frozen=True, slots=True)
class ChosenPhoto:
    """A picture that is exported.

    Attributes:
        source: None where no file of it is there.
        shown: Whom it shows of those who are exported.
    """

    record: PhotoRecord
    content: ContentRecord
    source: Source | None
    shown: tuple[ShownFace, ...]

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Whom it shows, each once, the largest face first."""
        largest = sorted(self.shown, key=lambda face: (-face.record.box[2] * face.record.box[3], face.person))
        return tuple(dict.fromkeys(face.person for face in largest))


@dataclass(frozen=True, slots=True)
class Choice:
    """Everything an order is about, read in one go.

    Attributes:
        names: Of the people who are exported, as they are shown; those with a name first, by name.
        folders: Names of their folders.
    """

    photos: Sequence[ChosenPhoto]
    names: Mapping[PersonId, str]
    folders: Mapping[PersonId, str]
    title: str
    left_out: int


def choose(unit: UnitOfWork, order: ExportOrder, by_person: bool) -> Choice:
    """Read everything an order is about."""
    if order.album is not None:
        records: Sequence[PhotoRecord] = album_photos(unit, order.album)
    else:
        records = one_a_picture(unit.photos.records(placed(unit, (order.query or PhotoQuery()).checked())))
    records = [record for record in records if record.photo is not None]
    outlines = _people(unit, order)
    outlines.sort(key=lambda person: (person.name is None, (person.name or "").casefold(), person.id))
    names = {person.id: person.name or f"Unnamed {person.id}" for person in outlines}
    contents = [record.photo for record in records if record.photo is not None]
    shown = _shown(unit, contents, names)
    wanted = [record for record in records if not (by_person or order.people) or record.photo in shown]
    identities = unit.contents.records(contents)
    sources = _sources(unit, wanted, identities, order.destination)
    photos = [
        ChosenPhoto(record, identities[record.photo], sources.get(record.photo), tuple(shown.get(record.photo, ())))
        for record in wanted
        if record.photo is not None
    ]
    photos.sort(key=lambda photo: (photo.record.capture.taken is None, photo.record.capture.taken, photo.record.path))
    chosen_name = unit.albums.get(order.album).name if order.album is not None else _title(order, names)
    seen = {face.person for photo in photos for face in photo.shown}
    names = {person: name for person, name in names.items() if person in seen or order.people}
    return Choice(
        photos=photos,
        names=names,
        folders={PersonId(number): name for number, name in unlike(dict(names.items())).items()},
        title=chosen_name,
        left_out=len(records) - len(wanted),
    )


def _people(unit: UnitOfWork, order: ExportOrder) -> list[PersonOutline]:
    """Those whose photos are exported."""
    if order.people:
        for person in order.people:
            unit.people.get(person)
        return unit.people.outlines(order.people)
    return [
        person for person in unit.people.outlines() if not person.hidden and (person.name is not None or order.unnamed)
    ]


def _shown(
    unit: UnitOfWork, contents: Sequence[ContentId], names: Mapping[PersonId, str]
) -> dict[ContentId, list[ShownFace]]:
    among = set(contents)
    shown: dict[ContentId, list[ShownFace]] = {}
    for face in unit.faces.records(state="all"):  # also of photos that are missing, which has to be told
        active = face.state is FaceState.ACTIVE
        if active and face.photo in among and face.person is not None and face.person in names:
            shown.setdefault(face.photo, []).append(ShownFace(face.person, face))
    return shown


def _sources(
    unit: UnitOfWork,
    records: Sequence[PhotoRecord],
    identities: Mapping[ContentId, ContentRecord],
    destination: Path,
) -> dict[ContentId, Source]:
    """The file each picture is exported from: the one that stands for it, if it is there; never an exported one."""
    roots = {root.id: root.path for root in unit.roots.all()}
    stands = {record.photo: record.duplicate_of or record.path for record in records if record.photo is not None}
    holders = unit.files.of_contents(list(stands))
    sources: dict[ContentId, Source] = {}
    for photo, files in holders.items():
        present = [(roots[file.root] / file.path, file) for file in files if file.state is FileState.PRESENT]
        present = [(path, file) for path, file in present if not path.is_relative_to(destination)]
        if present:
            path, file = min(present, key=lambda found: (found[0] != stands[photo], found[1].mtime_ns, str(found[0])))
            sources[photo] = _source(identities[photo], path, file)
    return sources


def _source(content: ContentRecord, path: Path, file: FileRecord) -> Source:
    digest = "" if file.file_hash is None else file.file_hash.hex()
    size, as_scanned = file.size, True
    with suppress(OSError, ValueError):
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) != (file.size, file.mtime_ns):
            digest, as_scanned = f"{status.st_size}-{status.st_mtime_ns}", False
        size = status.st_size
    return Source(content.identity.content_hash.hex(), path, digest, size, as_scanned)


def _title(order: ExportOrder, names: Mapping[PersonId, str]) -> str:
    """What was asked for, in words, such as "Anna and Ben, 2019-2021"."""
    people = [names[person] for person in order.people if person in names]
    query = order.query
    years = []
    if query is not None:
        years = [limit.year for limit in (query.taken_from, query.taken_to) if limit is not None]
        years += [] if query.year is None else [query.year]
    shown = people[:SHOWN_NAMES]
    more = [f"{len(people) - len(shown)} more"] if len(people) > len(shown) else []
    listed = [*shown, *more]
    who = " and ".join(filter(None, (", ".join(listed[:-1]), listed[-1]))) if listed else "Photos"
    return ", ".join(filter(None, (who, "-".join(map(str, sorted(set(years)))))))
