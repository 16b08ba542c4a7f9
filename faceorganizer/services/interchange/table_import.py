"""Names and decisions out of a table or document of this program, taken into another library."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UnknownIdError
from faceorganizer.domain.faces import FaceState
from faceorganizer.domain.geometry import FloatArray, match_boxes
from faceorganizer.domain.ids import ContentId, FaceId
from faceorganizer.domain.people import PersonRecord, clean_name, clean_note, same_name
from faceorganizer.domain.pictures import FileState, PictureIdentity
from faceorganizer.domain.regions import ImportedRegion, OnConflict, RegionOrigin
from faceorganizer.export.reading import ReadFace, ReadPerson, ReadTable, read_csv, read_json
from faceorganizer.services.events import EventBus
from faceorganizer.services.folders import absolute
from faceorganizer.services.interchange.import_report import ImportNote, ImportReport
from faceorganizer.services.interchange.importing import ImportingService
from faceorganizer.services.interchange.listing import TableFormat
from faceorganizer.services.originals import content_at

OTHER_SIZE = "the photo has another size or is turned otherwise here"


@dataclass(frozen=True, slots=True)
class TableImportReport:
    """What came in.

    Attributes:
        names: Names and their faces.
        set_aside: Faces that are ignored, or none at all, as was decided elsewhere.
        described: People of whom a note, a birth date or that they are hidden was taken over.
        guesses: Faces whose names a machine had guessed, of which nothing is taken over.
        changes: Of both steps.
    """

    names: ImportReport
    set_aside: int
    described: int
    guesses: int
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class _Placed:
    """A face in a photo of this library."""

    face: ReadFace
    content: ContentId
    path: Path


class TableImportService:
    """Takes in what :meth:`~faceorganizer.services.interchange.listing.InterchangeService.export_table` wrote."""

    def __init__(self, database: Database, importing: ImportingService, events: EventBus) -> None:
        self._database = database
        self._importing = importing
        self._events = events

    def take_in(
        self, form: TableFormat, source: Path, *, on_conflict: OnConflict | None = None, dry_run: bool = False
    ) -> TableImportReport:
        """Take in names and decisions for photos that the library knows: by the picture's hash, else by the path.

        Names are one step; faces set aside, notes and birth dates are another one.

        Args:
            form: "csv" or "json".
            source: The file.
            on_conflict: As for :meth:`~faceorganizer.services.interchange.importing.ImportingService.take_in`.
            dry_run: Only say what would be done.

        Raises:
            UsageError: The file cannot be read, or is no such list.
            NamesTakenError: Names are taken, and ``on_conflict`` does not say what to do.
            LibraryLockedError: Another process is writing.
        """
        path = absolute(source)
        table = read_csv(path) if form == "csv" else read_json(path)
        origin = RegionOrigin.CSV if form == "csv" else RegionOrigin.JSON
        problems = [ImportNote(path, "", f"{place}: {reason}") for place, reason in table.problems]
        with self._database.read() as unit:
            placed, unknown, odd = _placed(unit, table.faces)
        problems += odd
        named = [each for each in placed if each.face.state is FaceState.ACTIVE and each.face.name]
        regions = [
            ImportedRegion(each.path, each.face.name, each.face.box, origin) for each in named if each.face.decided
        ]
        names = self._importing.take_in(
            regions, on_conflict=on_conflict, dry_run=dry_run, step=f"import {form}", problems=problems
        )
        names = replace(names, unknown=tuple(dict.fromkeys((*names.unknown, *unknown))))
        set_aside, described, changes = self._decisions(form, table, placed, names, on_conflict, dry_run)
        return TableImportReport(
            names=names,
            set_aside=set_aside,
            described=described,
            guesses=sum(not each.face.decided for each in named),
            changes=ChangeSet.merged([names.changes, changes]),
        )

    def _decisions(
        self,
        form: TableFormat,
        table: ReadTable,
        placed: Sequence[_Placed],
        names: ImportReport,
        on_conflict: OnConflict | None,
        dry_run: bool,
    ) -> tuple[int, int, ChangeSet]:
        """Set faces aside, and write what is known of people beside their faces."""
        with self._database.read() as unit:
            leaving = _to_set_aside(unit, placed)
            people = _to_describe(unit, table.people, names, on_conflict)
        count = sum(map(len, leaving.values()))
        if dry_run or not (count or people):
            return count, len(people), ChangeSet()
        with self._database.write(f"import {form}: decisions") as unit:
            for state, faces in leaving.items():
                unit.faces.set_state(faces, state)
            for record, said in people:
                if record is not None:
                    _describe(unit, record, said, record.name in names.people)
        self._events.changed(unit.changes)
        return count, len(people), unit.changes


def _placed(unit: UnitOfWork, faces: Sequence[ReadFace]) -> tuple[list[_Placed], list[Path], list[ImportNote]]:
    """Find the photos that faces are in; say which are not known, and which are not as they were."""
    hashes = {face.photo_hash for face in faces if face.photo_hash is not None}
    by_hash = {digest: record.id for digest, record in unit.contents.by_hash(sorted(hashes)).items()}
    contents: dict[tuple[bytes | None, Path | None], ContentId | None] = {}
    for face in faces:
        key = face.photo_hash, face.photo
        if key not in contents:
            known = None if face.photo_hash is None else by_hash.get(face.photo_hash)
            contents[key] = known if known is not None else _by_path(unit, face)
    found = {content for content in contents.values() if content is not None}
    pictures = unit.contents.records(list(found))
    paths = _paths(unit, list(found))
    placed: list[_Placed] = []
    unknown: dict[Path, None] = {}
    odd: dict[Path, ImportNote] = {}
    for face in faces:
        content = contents[face.photo_hash, face.photo]
        if content is None or content not in paths:
            unknown[face.photo or Path((face.photo_hash or b"").hex())] = None
        elif not _fits(face, pictures[content].identity):
            odd[paths[content]] = ImportNote(paths[content], "", OTHER_SIZE)
        else:
            placed.append(_Placed(face, content, paths[content]))
    return placed, list(unknown), list(odd.values())


def _by_path(unit: UnitOfWork, face: ReadFace) -> ContentId | None:
    """The photo at a path, where nothing says that it is another picture."""
    if face.photo is None or face.photo_hash is not None:
        return None
    with suppress(UnknownIdError):
        return content_at(unit, face.photo)
    return None


def _paths(unit: UnitOfWork, contents: Sequence[ContentId]) -> Mapping[ContentId, Path]:
    roots = {root.id: root.path for root in unit.roots.all()}
    paths: dict[ContentId, Path] = {}
    for content, files in unit.files.of_contents(contents).items():
        best = min(files, key=lambda file: (file.state is not FileState.PRESENT, file.id), default=None)
        if best is not None:
            paths[content] = roots[best.root] / best.path
    return paths


def _fits(face: ReadFace, picture: PictureIdentity) -> bool:
    return face.size in (None, (picture.width, picture.height))


def _to_set_aside(unit: UnitOfWork, placed: Sequence[_Placed]) -> Mapping[FaceState, list[FaceId]]:
    """Faces of which nobody decided anything here, and that somebody put away there."""
    wanted: defaultdict[ContentId, list[ReadFace]] = defaultdict(list)
    for each in placed:
        if each.face.state is not FaceState.ACTIVE:
            wanted[each.content].append(each.face)
    here = unit.faces.of_contents(list(wanted))
    leaving: defaultdict[FaceState, list[FaceId]] = defaultdict(list)
    for content, faces in wanted.items():
        known = here.get(content, [])
        for row, column in match_boxes(_boxes([k.box for k in known]), _boxes([f.box for f in faces])):
            if known[row].disposable:
                leaving[faces[column].state].append(known[row].id)
    return leaving


def _boxes(boxes: Sequence[tuple[float, float, float, float]]) -> FloatArray:
    return np.array(boxes, np.float32).reshape(-1, 4)


def _to_describe(
    unit: UnitOfWork, people: Sequence[ReadPerson], names: ImportReport, on_conflict: OnConflict | None
) -> list[tuple[PersonRecord | None, ReadPerson]]:
    """People who are new here, or the same as somebody here, and of whom more is said than is known.

    On trial those who are new are not there yet.
    """
    chosen: list[tuple[PersonRecord | None, ReadPerson]] = []
    for said in people:
        name = clean_name(said.name)
        if name is None or not (said.note or said.birth_date or said.hidden):
            continue
        new = any(same_name(name, other) for other in names.people)
        namesakes = unit.people.named(name)
        if new and not namesakes:
            chosen.append((None, said))
        if len(namesakes) == 1 and (new or on_conflict is OnConflict.MERGE):
            (record,) = namesakes
            if _note_of(record, said) != record.note or (said.birth_date and not record.birth_date) or said.hidden:
                chosen.append((record, said))
    return chosen


def _note_of(record: PersonRecord, said: ReadPerson) -> str:
    lines = [*record.note.splitlines(), *clean_note(said.note).splitlines()]
    return "\n".join(dict.fromkeys(lines))


def _describe(unit: UnitOfWork, record: PersonRecord, said: ReadPerson, new: bool) -> None:
    unit.people.set_note(record.id, _note_of(record, said))
    if record.birth_date is None:
        unit.people.set_birth_date(record.id, said.birth_date)
    if new and said.hidden:
        unit.people.set_hidden([record.id], True)
