"""Names and faces of other programs: read from photos, sidecars and folders, and written for them."""

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Final

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import UnreadablePhotoError, UsageError
from faceorganizer.domain.geometry import Box
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.people import same_name
from faceorganizer.domain.progress import JobContext, Unattended
from faceorganizer.domain.regions import Frame, ImportedRegion, OnConflict, Reading, RegionOrigin
from faceorganizer.imaging.packet import read_packet
from faceorganizer.metadata.picasa import CONTACTS, PicasaFolder, read_contacts, read_folder
from faceorganizer.metadata.reading import read_photo
from faceorganizer.metadata.regions import SAME, share, upright_box
from faceorganizer.metadata.takeout import read_takeout
from faceorganizer.metadata.writing import Added
from faceorganizer.services.events import EventBus
from faceorganizer.services.folders import absolute
from faceorganizer.services.interchange.import_report import ImportNote, ImportReport
from faceorganizer.services.interchange.importing import ImportingService
from faceorganizer.services.interchange.located import LocatedFile, located_files
from faceorganizer.services.interchange.writing import MetadataWriter, Where, WriteReport, changed_outside
from faceorganizer.services.settings import SettingsService

AS_WRITTEN: Final = 0.9  # intersection over union of a face with the region that was written for it
Read = Callable[[LocatedFile, Frame], Reading]


class MetadataService:
    """Takes names in from what other programs left beside and in the photos."""

    def __init__(
        self, database: Database, settings: SettingsService, importing: ImportingService, events: EventBus
    ) -> None:
        self._database = database
        self._importing = importing
        self._writer = MetadataWriter(database, settings, events)

    def write(
        self,
        paths: Sequence[Path] = (),
        *,
        people: Collection[PersonId] = (),
        where: Where | None = None,
        replace_others: bool = False,
        dry_run: bool = False,
        context: JobContext | None = None,
    ) -> WriteReport:
        """Write the names and faces of named people, who are not hidden, for other programs; one step.

        What others wrote stays. Names that are no longer people's go, where this program wrote them. Undoing the step
        brings back what was there before, unless it was changed since.

        Args:
            paths: Photos or folders of the library; all when empty.
            people: Only photos that one of these is in; of each all its faces are written.
            where: "sidecar" or "file"; the setting metadata.where when None. Formats that cannot be written into,
                and camera raw, have sidecars in either case.
            replace_others: Whether a region of another program that names somebody else gives way.
            dry_run: Only say what would be done.
            context: Told of progress; may cancel, which keeps what was done.

        Raises:
            UnknownIdError: There is no such person or photo.
            LibraryLockedError: Another process is writing.
            CancelledError: The context said so.
        """
        return self._writer.write(paths, people, where, replace_others, dry_run, context or Unattended())

    def import_metadata(
        self,
        paths: Sequence[Path] = (),
        *,
        on_conflict: OnConflict | None = None,
        dry_run: bool = False,
        context: JobContext | None = None,
    ) -> ImportReport:
        """Take in the faces and names in XMP: of the Metadata Working Group, Microsoft, the IPTC, and keywords.

        Args:
            paths: Photos, or folders with photos, that the library knows; all when empty.
            on_conflict: As for :meth:`ImportingService.take_in`.
            dry_run: Only say what would be done.
            context: Told of progress; may cancel, which changes nothing.

        Raises:
            UnknownIdError: The library knows no photo there.
            NamesTakenError: Names are taken, and ``on_conflict`` does not say what to do.
            LibraryLockedError: Another process is writing.
            CancelledError: The context said so.
        """
        with self._held(dry_run):
            regions, problems = self._read(paths, _of_xmp, RegionOrigin.KEYWORDS, context or Unattended())
            before, removed = self._compared(paths, regions)
            report = self._importing.take_in(
                regions,
                on_conflict=on_conflict,
                dry_run=dry_run,
                step="import metadata",
                problems=problems,
                written=before,
            )
            return replace(report, removed=tuple(removed))

    def changed_elsewhere(self) -> list[Path]:
        """The photos whose metadata another program has changed since names were written there, by path."""
        with self._database.read() as unit:
            return sorted({photo for _, photo in changed_outside(unit)})

    def import_picasa(
        self,
        paths: Sequence[Path] = (),
        *,
        contacts: Path | None = None,
        on_conflict: OnConflict | None = None,
        dry_run: bool = False,
        context: JobContext | None = None,
    ) -> ImportReport:
        """Take in the faces that Picasa kept in the file .picasa.ini of each folder.

        Args:
            paths: As for :meth:`import_metadata`.
            contacts: Picasa's contacts.xml; looked for beside the photos, and where Picasa has it on Windows, when
                None.
            on_conflict: As for :meth:`import_metadata`.
            dry_run: As for :meth:`import_metadata`.
            context: As for :meth:`import_metadata`.

        Raises:
            UsageError: There are no contacts in that file.
            UnknownIdError: As for :meth:`import_metadata`.
            NamesTakenError: As for :meth:`import_metadata`.
            LibraryLockedError: As for :meth:`import_metadata`.
            CancelledError: As for :meth:`import_metadata`.
        """
        named = _contacts(contacts, paths)
        seen: dict[Path, PicasaFolder | None] = {}

        def read(located: LocatedFile, frame: Frame) -> Reading:
            place = located.path.parent
            if place not in seen:
                seen[place] = read_folder(place)
            folder = seen[place]
            if folder is None:
                return Reading()
            found, problems = folder.regions(located.path.name, frame, named)
            return Reading(tuple(found), problems=tuple(problems))

        with self._held(dry_run):
            regions, problems = self._read(paths, read, RegionOrigin.PICASA, context or Unattended())
            damaged = (folder for folder, said in seen.items() if said is not None and said.damaged)
            problems += [
                ImportNote(folder, "", "its .picasa.ini is damaged; what could be read counts") for folder in damaged
            ]
            return self._importing.take_in(
                regions, on_conflict=on_conflict, dry_run=dry_run, step="import Picasa's names", problems=problems
            )

    def import_takeout(
        self,
        paths: Sequence[Path] = (),
        *,
        on_conflict: OnConflict | None = None,
        dry_run: bool = False,
        context: JobContext | None = None,
    ) -> ImportReport:
        """Take in the names in the JSON files of a Google Takeout; they say who is in a photo, and not where.

        Args:
            paths: As for :meth:`import_metadata`.
            on_conflict: As for :meth:`import_metadata`.
            dry_run: As for :meth:`import_metadata`.
            context: As for :meth:`import_metadata`.

        Raises:
            UnknownIdError: As for :meth:`import_metadata`.
            NamesTakenError: As for :meth:`import_metadata`.
            LibraryLockedError: As for :meth:`import_metadata`.
            CancelledError: As for :meth:`import_metadata`.
        """
        with self._held(dry_run):
            regions, problems = self._read(paths, _of_takeout, RegionOrigin.TAKEOUT, context or Unattended())
            return self._importing.take_in(
                regions, on_conflict=on_conflict, dry_run=dry_run, step="import a Takeout's names", problems=problems
            )

    def _held(self, dry_run: bool) -> AbstractContextManager[None]:
        """Hold the writer's lock from the start: whoever cannot have it learns that before the work is done."""
        return nullcontext() if dry_run else self._database.lock()

    def _compared(
        self, paths: Sequence[Path], regions: Sequence[ImportedRegion]
    ) -> tuple[dict[FaceId, str], list[ImportNote]]:
        """Compare what is in the files with what was written there.

        Returns:
            The names that were written for faces in files that another program has changed since; and those names
            that it took out.
        """
        with self._database.read() as unit:
            changed = {record.file: record for record, _ in changed_outside(unit)}
            if not changed:
                return {}, []
            files = [located for located in located_files(self._database, paths) if located.file.id in changed]
            known = unit.faces.of_contents([located.content for located in files])
        said: defaultdict[Path, list[ImportedRegion]] = defaultdict(list)
        for region in regions:
            said[region.photo].append(region)
        before: dict[FaceId, str] = {}
        removed: list[ImportNote] = []
        for located in files:
            frame = located.frame()
            for name, place in Added.of_plain(changed[located.file.id].added).mwg:
                box = located.to_picture(upright_box(place, frame), frame)
                before |= {
                    face.id: name for face in known.get(located.content, ()) if share(face.box, box) >= AS_WRITTEN
                }
                if not any(_keeps(region, name, box) for region in said[located.path]):
                    removed.append(ImportNote(located.path, name, "another program took that name out; here it stays"))
        return before, removed

    def _read(
        self, paths: Sequence[Path], read: Read, nameless: RegionOrigin, context: JobContext
    ) -> tuple[list[ImportedRegion], list[ImportNote]]:
        """Read all photos.

        Args:
            paths: Where they are.
            read: Reads one.
            nameless: The origin of names without a box.
            context: Told of progress; may cancel.
        """
        files = located_files(self._database, paths)
        regions: list[ImportedRegion] = []
        problems: list[ImportNote] = []
        for done, located in enumerate(files):
            context.check_cancelled()
            context.report(done, len(files), "Reading names")
            try:
                frame = located.frame()
                reading = read(located, frame)
            except UnreadablePhotoError as error:
                problems.append(ImportNote(located.path, "", error.reason))
                continue
            regions += _imported(located, frame, reading, nameless)
            problems += [ImportNote(located.path, "", problem) for problem in reading.problems]
        context.report(len(files), len(files), "Reading names")
        return regions, problems


def _keeps(region: ImportedRegion, name: str, box: Box) -> bool:
    """Whether a region names somebody where that name was written, or the name is there without a place."""
    if region.name is None:
        return False
    return same_name(region.name, name) or (region.box is not None and share(region.box, box) >= SAME)


def _imported(located: LocatedFile, frame: Frame, reading: Reading, nameless: RegionOrigin) -> Iterator[ImportedRegion]:
    for face in reading.regions:
        yield ImportedRegion(located.path, face.name, located.to_picture(face.box, frame), face.origin)
    for name in reading.names:
        yield ImportedRegion(located.path, name, None, nameless)


def _of_xmp(located: LocatedFile, frame: Frame) -> Reading:
    return read_photo(located.path, read_packet(located.path), frame)


def _of_takeout(located: LocatedFile, frame: Frame) -> Reading:
    return read_takeout(located.path)


def _contacts(given: Path | None, paths: Sequence[Path]) -> dict[str, str]:
    if given is not None:
        named = read_contacts(absolute(given))
        if not named:
            raise UsageError(f"There are no contacts of Picasa in {given}.", "It is a file contacts.xml.")
        return named
    places = [absolute(path) / CONTACTS for path in paths]
    if local := os.environ.get("LOCALAPPDATA"):
        places += [Path(local, "Google", program, "contacts", CONTACTS) for program in ("Picasa2", "Picasa3")]
    return next(filter(None, map(read_contacts, places)), {})
