"""Names and faces written for other programs: beside the photos or into them, as one step."""

import os
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from faceorganizer.db.database import Database
from faceorganizer.db.repositories.written import WrittenRecord
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UnreadablePhotoError, UnwritableFileError
from faceorganizer.domain.geometry import Box
from faceorganizer.domain.ids import ContentId, FileId, PersonId
from faceorganizer.domain.people import folded
from faceorganizer.domain.pictures import FileState
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.regions import Frame
from faceorganizer.metadata.placing import EMBEDDABLE, WITH_EXIFTOOL, exiftool
from faceorganizer.metadata.writing import Added, NamedFace, UnusablePacketError, digest, rewrite, without_extension
from faceorganizer.services.events import EventBus
from faceorganizer.services.interchange.embedding import Embedded, EmbedTask
from faceorganizer.services.interchange.import_report import ImportNote
from faceorganizer.services.interchange.located import LocatedFile, located_files
from faceorganizer.services.interchange.packets import (
    FILE,
    SIDECAR,
    STEM,
    State,
    UnreadablePacketError,
    current_packet,
    embed_all,
    failure,
    note_embedded,
    packet_path,
    put_sidecar,
    state_of,
)
from faceorganizer.services.settings import SettingsService
from faceorganizer.settings.model import MetadataSettings

Where = Literal["sidecar", "file"]
BATCH: Final = 256  # files whose looks are noted in one transaction
BATCH_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What was written, or would be.

    Attributes:
        photos: Photo files that named people are in, or were when they were written last.
        sidecars: Sidecars written or removed.
        files: Photos written into.
        unchanged: Files that said all of it already.
        faces: Faces in what was written.
        conflicts: Faces left out, for another program says something else there.
        problems: Files that were left alone.
        changes: What the step changed.
    """

    photos: int = 0
    sidecars: int = 0
    files: int = 0
    unchanged: int = 0
    faces: int = 0
    conflicts: tuple[ImportNote, ...] = ()
    problems: tuple[ImportNote, ...] = ()
    changes: ChangeSet = field(default_factory=ChangeSet)


@dataclass(frozen=True, slots=True)
class _Write:
    """One packet that is to be put somewhere."""

    located: LocatedFile
    place: str
    record: WrittenRecord
    faces: int


@dataclass(slots=True)
class _Tally:
    photos: int = 0
    unchanged: int = 0
    sidecars: int = 0
    files: int = 0
    faces: int = 0
    conflicts: list[ImportNote] = field(default_factory=list)
    problems: list[ImportNote] = field(default_factory=list)

    def count(self, write: _Write) -> None:
        self.faces += write.faces
        if write.place == FILE:
            self.files += 1
        else:
            self.sidecars += 1

    def report(self, changes: ChangeSet) -> WriteReport:
        return WriteReport(
            self.photos,
            self.sidecars,
            self.files,
            self.unchanged,
            self.faces,
            tuple(self.conflicts),
            tuple(self.problems),
            changes,
        )


class MetadataWriter:
    """Writes the names of a library's people into the metadata of its photos."""

    def __init__(self, database: Database, settings: SettingsService, events: EventBus) -> None:
        self._database = database
        self._settings = settings
        self._events = events

    def write(
        self,
        paths: Sequence[Path],
        people: Collection[PersonId],
        where: Where | None,
        replace_others: bool,
        dry_run: bool,
        context: JobContext,
    ) -> WriteReport:
        """Write, as :meth:`faceorganizer.services.interchange.metadata.MetadataService.write` says."""
        settings = self._settings.application()
        place = where or settings.metadata.where
        tally = _Tally()
        with nullcontext() if dry_run else self._database.lock():
            writes = list(self._planned(paths, people, settings.metadata, place, replace_others, tally, context))
            if dry_run or not writes:
                for write in writes:
                    tally.count(write)
                return tally.report(ChangeSet())
            # Noted before a file is touched: whatever ends the program, what is in the files can be told apart.
            with self._database.write("write metadata") as unit:
                numbers = unit.written.put([write.record for write in writes])
            self._events.changed(unit.changes)
            keeping = _Noting(self._database, settings.metadata.keep_times)
            try:
                numbered = dict(zip(numbers, writes, strict=True))
                self._write_all(numbered, keeping, tally, settings.scan.jobs or os.cpu_count() or 1, context)
            finally:
                keeping.flush()
        return tally.report(unit.changes)

    def _write_all(
        self, writes: Mapping[int, _Write], keeping: "_Noting", tally: _Tally, jobs: int, context: JobContext
    ) -> None:
        done = 0
        tasks = []
        for number, write in writes.items():
            context.check_cancelled()
            if write.place == FILE:
                file, path = write.located.file, write.located.path
                packet = write.record.packet
                tasks.append(EmbedTask(number, path, packet, file.size, file.mtime_ns, keeping.keep_times))
                continue
            context.report(done, len(writes), "Writing sidecars")
            done += 1
            try:
                put_sidecar(write.located.path, write.place, write.record.packet)
            except UnwritableFileError as error:
                tally.problems.append(ImportNote(write.located.path, "", error.reason))
                continue
            tally.count(write)
            keeping.note_sidecar(number, packet_path(write.located.path, write.place))
        with closing(embed_all(tasks, jobs)) as outcomes:
            for outcome in outcomes:
                write = writes[outcome.task.number]
                done += 1
                context.report(done, len(writes), "Writing into photos")
                refusal = failure(outcome)
                if refusal is not None or outcome.result is None:
                    reason = refusal.reason if refusal is not None else "it gave no answer"
                    tally.problems.append(ImportNote(write.located.path, "", reason))
                else:
                    tally.count(write)
                    keeping.note_photo(outcome.task.number, write, outcome.result)
                context.check_cancelled()

    # What is to be written

    def _planned(
        self,
        paths: Sequence[Path],
        people: Collection[PersonId],
        settings: MetadataSettings,
        where: Where,
        replace_others: bool,
        tally: _Tally,
        context: JobContext,
    ) -> Iterator[_Write]:
        faces = self._faces(people)
        files = located_files(self._database, paths)
        with self._database.read() as unit:
            known: defaultdict[FileId, dict[str, WrittenRecord]] = defaultdict(dict)
            for record in unit.written.added():
                known[record.file][record.place] = record
        if people:
            files = [located for located in files if located.content in faces]
        else:
            files = [located for located in files if located.content in faces or _says_any(known.get(located.file.id))]
        shared = _sharing_a_stem(files) if settings.sidecar_name == "photo.xmp" else frozenset()
        tally.photos = len(files)
        for done, located in enumerate(files):
            context.check_cancelled()
            context.report(done, len(files), "Comparing names")
            former = known.get(located.file.id, {})
            wanted = _place(located, settings, where)
            if wanted == STEM and located.path in shared:
                reason = f"{packet_path(located.path, STEM).name} would be another photo's as well"
                tally.problems.append(ImportNote(located.path, "", reason))
                continue
            others = [place for place, record in former.items() if place != wanted and _says_any({place: record})]
            for place in [wanted, *others]:
                try:
                    write = _rewritten(located, place, faces.get(located.content, ()), former, replace_others, tally)
                except (UnreadablePhotoError, UnwritableFileError) as error:
                    tally.problems.append(ImportNote(located.path, "", error.reason))
                    break
                except (UnreadablePacketError, UnusablePacketError) as error:
                    tally.problems.append(ImportNote(located.path, "", str(error)))
                    continue
                if write is None:
                    tally.unchanged += 1
                else:
                    yield write

    def _faces(self, people: Collection[PersonId]) -> dict[ContentId, list[tuple[str, Box]]]:
        """The faces of named people that are not hidden, by picture; of pictures that some people are in."""
        with self._database.read() as unit:
            for person in people:
                unit.people.get(person)
            hidden = {outline.id for outline in unit.people.outlines() if outline.hidden}
            records = list(unit.faces.records())
        faces: defaultdict[ContentId, list[tuple[str, Box]]] = defaultdict(list)
        shown: set[ContentId] = set()
        for record in records:
            if record.name is not None and record.person not in hidden:
                x, y, width, height = record.box
                faces[record.photo].append((record.name, (x, y, width, height)))
                if record.person in people:
                    shown.add(record.photo)
        return {content: found for content, found in faces.items() if not people or content in shown}


class _Noting:
    """Notes how files look that were written, some at a time."""

    def __init__(self, database: Database, keep_times: bool) -> None:
        self.keep_times = keep_times
        self._database = database
        self._states: list[tuple[int, int | None, int | None]] = []
        self._photos: list[tuple[FileId, Embedded]] = []
        self._records: dict[FileId, LocatedFile] = {}
        self._since = time.monotonic()

    def note_sidecar(self, number: int, path: Path) -> None:
        state = state_of(path)
        self._note((number, state.size, state.mtime_ns))

    def note_photo(self, number: int, write: _Write, done: Embedded) -> None:
        self._photos.append((write.located.file.id, done))
        self._records[write.located.file.id] = write.located
        self._note((number, done.size, done.mtime_ns))

    def flush(self) -> None:
        """Write what is not written yet."""
        if not self._states:
            return
        with self._database.write() as unit:
            unit.written.note_states(self._states)
            for file, done in self._photos:
                note_embedded(unit, self._records[file].file, done, self.keep_times)
        self._states, self._photos, self._records = [], [], {}
        self._since = time.monotonic()

    def _note(self, state: tuple[int, int | None, int | None]) -> None:
        self._states.append(state)
        if len(self._states) >= BATCH or time.monotonic() - self._since > BATCH_SECONDS:
            self.flush()


def _rewritten(
    located: LocatedFile,
    place: str,
    faces: Iterable[tuple[str, Box]],
    former: Mapping[str, WrittenRecord],
    replace_others: bool,
    tally: _Tally,
) -> _Write | None:
    """Plan one packet; None when it says everything already."""
    state = state_of(located.path)
    if (state.size, state.mtime_ns) != (located.file.size, located.file.mtime_ns):
        raise UnwritableFileError(located.path, "it is not as it was scanned; scan its folder first")
    frame = located.frame()
    named = [NamedFace(name, located.from_picture(box, frame)) for name, box in faces]
    record = former.get(place)
    packet = current_packet(located.path, place)
    added = Added() if record is None else Added.of_plain(record.added)
    begun = packet if packet is not None or place == FILE or not named else _beginning(located.path, frame, former)
    rewritten = rewrite(begun, named, added, frame, replace=replace_others)
    tally.conflicts += [ImportNote(located.path, "", conflict) for conflict in rewritten.conflicts]
    if not rewritten.changed and (begun is packet or not rewritten.added):
        return None
    new = WrittenRecord(
        None if record is None else record.id, located.file.id, place, rewritten.added.plain(), packet, rewritten.packet
    )
    return _Write(located, place, new, len(named) - len(rewritten.conflicts))


def _beginning(photo: Path, frame: Frame, former: Mapping[str, WrittenRecord]) -> bytes | None:
    """What a new sidecar begins with: what others said so far. Programs that read one leave the photo's own out."""
    for place in (SIDECAR, STEM, FILE):
        packet = current_packet(photo, place)
        if packet is not None:
            ours = Added.of_plain(former[place].added) if place in former else Added()
            theirs = rewrite(packet, [], ours, frame).packet
            return without_extension(theirs) if theirs is not None else None
    return None


def _place(located: LocatedFile, settings: MetadataSettings, where: Where) -> str:
    if where == "file":
        picture_format = located.picture.format
        tool = settings.exiftool and picture_format in WITH_EXIFTOOL and exiftool() is not None
        if picture_format in EMBEDDABLE or tool:
            return FILE
    return STEM if settings.sidecar_name == "photo.xmp" else SIDECAR


def _says_any(records: Mapping[str, WrittenRecord] | None) -> bool:
    return any(Added.of_plain(record.added) for record in (records or {}).values())


def _sharing_a_stem(files: Iterable[LocatedFile]) -> frozenset[Path]:
    """Photos beside which another one has the same name but for its suffix."""
    by_stem: defaultdict[tuple[Path, str], list[Path]] = defaultdict(list)
    for located in files:
        by_stem[located.path.parent, folded(located.path.stem)].append(located.path)
    return frozenset(path for paths in by_stem.values() if len(paths) > 1 for path in paths)


def changed_outside(unit: UnitOfWork) -> list[tuple[WrittenRecord, Path]]:
    """Return what another program has changed since it was written here, with the photo.

    Only files that look otherwise than they were left are read.
    """
    looks = unit.written.looks()
    if not looks:
        return []
    wanted = {file for _, file, *_ in looks}
    photos = {
        file.id: root.path / file.path
        for root in unit.roots.all()
        for file in unit.files.of_root(root.id)
        if file.id in wanted and file.state is FileState.PRESENT
    }
    changed = []
    for number, file_id, place, size, mtime_ns in looks:
        photo = photos.get(file_id)
        state = None if photo is None else state_of(packet_path(photo, place))
        if photo is None or state == State(size, mtime_ns) or not photo.exists():
            continue
        record = unit.written.get(number)
        with suppress(UnreadablePacketError):
            now = digest(current_packet(photo, place))
            if now not in (digest(record.packet), digest(record.former)):
                changed.append((record, photo))
    return changed
