"""The public face of the program in Python.

Example:
    >>> from faceorganizer import Library
    >>> with Library.open_or_create("people.library") as library:
    ...     report = library.scan(["Pictures"])
    ...     for person in library.people.list():
    ...         print(person.id, person.name, person.faces)
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from faceorganizer.db.backup import BackupRecord
from faceorganizer.db.database import Database
from faceorganizer.db.repositories.steps import StepRecord
from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import LibraryLockedError, LibraryMissingError
from faceorganizer.domain.ids import ContentId, PersonId
from faceorganizer.domain.pictures import Detail, PhotoRecord
from faceorganizer.domain.progress import JobContext, Unattended
from faceorganizer.services.albums import AlbumsService
from faceorganizer.services.benchmark.evaluation import EvaluationService
from faceorganizer.services.clustering.foresight import GroupingForesight
from faceorganizer.services.clustering.service import ClusteringService, GroupingReport
from faceorganizer.services.events import EventBus
from faceorganizer.services.faces import FacesService
from faceorganizer.services.folders import FoldersService, absolute
from faceorganizer.services.interchange.exporting import ExportService
from faceorganizer.services.interchange.importing import ImportingService
from faceorganizer.services.interchange.metadata import MetadataService
from faceorganizer.services.interchange.table_import import TableImportService
from faceorganizer.services.maintenance import (
    ForgetReport,
    LibraryInfo,
    MaintenanceService,
    VacuumReport,
    backups_in,
    find_copy,
    recover,
)
from faceorganizer.services.models.choosing import ModelsService
from faceorganizer.services.people import PeopleService
from faceorganizer.services.previews import PreviewService
from faceorganizer.services.recognition.insight import InsightService
from faceorganizer.services.recognition.learning import LearningService
from faceorganizer.services.recognition.maps import MapsService
from faceorganizer.services.recognition.similar import SimilarService
from faceorganizer.services.recognition.verification import VerificationService
from faceorganizer.services.review import ReviewService
from faceorganizer.services.scan.report import ScanReport
from faceorganizer.services.scan.service import ScanService
from faceorganizer.services.scan.walk import picture_folders
from faceorganizer.services.scan.watch import FolderWatch
from faceorganizer.services.search import SearchService
from faceorganizer.services.settings import SettingsService
from faceorganizer.services.undo import UndoService
from faceorganizer.settings.store import config_path, default_library_path

PathLike = str | os.PathLike[str]


class Library:
    """A library: what is known of folders full of photos and of the people in them.

    Reading is possible beside another process that writes; only one process writes at a time.

    Args:
        database: Of the library; closed with it.
        settings_file: The program's settings; those of the user when None.

    Attributes:
        path: The library's folder.
        events: Tells of changes and progress.
        folders: The folders looked after.
        faces: Faces.
        people: People and unnamed groups.
        albums: Photos put together by hand or by a rule.
        review: Who is likely to be who, and what to ask next.
        learning: How faces are told apart, learned from confirmed ones.
        export: Photos, people and faces for others.
        importing: Names from elsewhere, taken in.
        tables: Names and decisions out of tables that export wrote.
        metadata: Names in photos and sidecars, as other programs keep them.
        evaluation: The grouping measured by labels.
        settings: Settings of the program and of this library.
        thumbnails: Small pictures of photos and faces.
        maps: All faces as points, who looks alike close together.
        verification: Whether two faces are one person's.
        similar: The faces that look most like one.
        insight: How far faces and people are apart, and how good the faces are.
        models: What finds and describes faces: the program's own, or networks in files.
    """

    def __init__(self, database: Database, settings_file: Path | None = None) -> None:
        self._database = database
        self.path = database.folder
        self.events = EventBus()
        self.settings = SettingsService(settings_file or config_path(), database)
        self.folders = FoldersService(database, self.events)
        self.faces = FacesService(database, self.settings, self.events)
        self.people = PeopleService(database, self.settings, self.events)
        self.albums = AlbumsService(database, self.events)
        self.export = ExportService(database, self.settings)
        self.thumbnails = PreviewService(database, self.settings)
        self.maps = MapsService(database, self.settings)
        self.verification = VerificationService(database, self.settings)
        self.similar = SimilarService(database, self.settings, self.events)
        self.insight = InsightService(database, self.settings)
        self._search = SearchService(database)
        self._maintenance = MaintenanceService(database, self.events)
        self._undo = UndoService(database, self.settings, self.events)
        self._clustering = ClusteringService(database, self.settings, self.events)
        self.evaluation = EvaluationService(database, lambda: self._clustering.model)
        self.models = ModelsService(database, self.settings, self._clustering, self.events)
        self.review = ReviewService(database, self.settings, self._clustering, self.events)
        self.learning = LearningService(database, self.settings, self._clustering, self.events)
        self.importing = ImportingService(database, self.review, self.events)
        self.tables = TableImportService(database, self.importing, self.events)
        self.metadata = MetadataService(database, self.settings, self.importing, self.events)
        self._scan = ScanService(database, self.settings, self.folders, self._clustering, self.review, self.events)

    @classmethod
    def open(cls, path: PathLike | None = None) -> Self:
        """Open a library; the user's own when no path is given.

        Raises:
            LibraryMissingError: There is none.
            LibraryTooNewError: A newer version of the program made it; it is left untouched.
            LibraryCorruptError: It is damaged.
        """
        return cls(Database.open(library_folder(path)))

    @classmethod
    def create(cls, path: PathLike | None = None) -> Self:
        """Make an empty library and open it.

        Raises:
            LibraryExistsError: There is one already.
            StorageError: The folder cannot be written to.
        """
        return cls(Database.create(library_folder(path)))

    @classmethod
    def open_or_create(cls, path: PathLike | None = None) -> Self:
        """Open a library, or make it where there is none yet."""
        try:
            return cls.open(path)
        except LibraryMissingError:
            return cls.create(path)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def scan(
        self,
        folders: Sequence[PathLike] | PathLike = (),
        *,
        detail: Detail | None = None,
        jobs: int | None = None,
        exclude: Sequence[str] = (),
        group: bool = True,
        meanwhile: bool = False,
        context: JobContext | None = None,
    ) -> ScanReport:
        """Find the faces in folders of photos and group them into people; do only what is new or changed.

        Args:
            folders: Added to the library, or parts of those it has; all its folders when empty.
            detail: How small faces may be; the library's setting when None.
            jobs: Worker processes; the setting when None.
            exclude: Glob patterns to leave out, stored with the folders.
            group: Whether the faces are grouped afterwards.
            meanwhile: Whether they are grouped now and then before that, too, so that people can be seen early.
            context: Told of progress; may cancel, which keeps what was done.

        Raises:
            UsageError: A path is no folder, or there is nothing to scan.
            LibraryLockedError: Another process is writing.
            CancelledError: The context said so.
        """
        paths = [folders] if isinstance(folders, str | os.PathLike) else folders
        return self._scan.scan(
            [Path(path) for path in paths],
            context or Unattended(),
            detail=detail,
            jobs=jobs,
            exclusions=exclude,
            group=group,
            meanwhile=meanwhile,
        )

    def retry(
        self, files: Sequence[PathLike] = (), *, group: bool = True, context: JobContext | None = None
    ) -> ScanReport:
        """Read files again that could not be read, also unchanged ones, and nothing else.

        Args:
            files: Files, or folders for all below them; all that could not be read when empty.
            group: Whether the faces are grouped afterwards.
            context: Told of progress; may cancel, which keeps what was done.

        Raises:
            LibraryLockedError: Another process is writing.
            CancelledError: The context said so.
        """
        return self._scan.retry([Path(file) for file in files], context or Unattended(), group=group)

    def watch(
        self,
        *,
        detail: Detail | None = None,
        jobs: int | None = None,
        group: bool = True,
        context: JobContext | None = None,
    ) -> Iterator[ScanReport]:
        """Scan whenever something changes in the library's folders, and yield each report, until cancelled.

        While another process is writing to the library, scans wait.

        Args:
            detail: How small faces may be; the library's setting when None.
            jobs: Worker processes; the setting when None.
            group: Whether the faces are grouped after each scan.
            context: Told of progress; may cancel.

        Raises:
            CancelledError: The context said so.
        """
        context = context or Unattended()
        with FolderWatch(self.settings.application().scan, ignore=picture_folders(self.path)) as watch:
            while True:
                watch.watch([status.root.path for status in self.folders.list()])
                try:
                    report = self.scan(detail=detail, jobs=jobs, group=group, context=context)
                except LibraryLockedError:
                    watch.again()
                else:
                    yield report
                watch.wait(context)

    def stirrings(self, context: JobContext) -> Iterator[None]:
        """Wait until something changes in the library's folders, and yield then, again and again, until cancelled.

        Raises:
            CancelledError: The context said so.
        """
        with FolderWatch(self.settings.application().scan, ignore=picture_folders(self.path)) as watch:
            while True:
                watch.watch([status.root.path for status in self.folders.list()])
                watch.wait(context)
                yield

    def cluster(
        self, *, method: str = "infomap", options: Mapping[str, str] | None = None, context: JobContext | None = None
    ) -> GroupingReport:
        """Group all faces again, after a snapshot of the library. Names and corrections stay.

        Args:
            method: Name of the clustering method.
            options: Its parameters, as text.
            context: Told of progress; may cancel, which changes nothing.

        Raises:
            SettingError: There is no such method or parameter.
            LibraryLockedError: Another process is writing.
            CancelledError: The context said so.
        """
        return self._clustering.regroup(method, options or {}, context or Unattended())

    def group(self, *, context: JobContext | None = None) -> GroupingReport | None:
        """Group by the present settings, as a scan does that finds new faces: people with a name keep their faces.

        Returns:
            None when there are no faces.

        Raises:
            LibraryLockedError: Another process is writing.
            CancelledError: The context said so, which changes nothing.
        """
        with self._database.lock():
            report = self._clustering.group_new(context or Unattended(), anew=True)
            self.review.assign_automatically()
        return report

    def foresee_grouping(self, strangers: float, *, context: JobContext | None = None) -> GroupingForesight:
        """What :meth:`group` would change with another strictness; nothing is changed.

        Args:
            strangers: As the setting ``grouping.strangers``.
            context: Told of progress; may cancel.

        Raises:
            SettingError: The strictness is out of range.
            CancelledError: The context said so.
        """
        return self._clustering.foresee(strangers, context or Unattended())

    def photos(self, query: PhotoQuery | None = None) -> list[PhotoRecord]:
        """List photos, one record a file."""
        return self._search.photos(query)

    def other_writer(self) -> str:
        """Say which other process is writing to the library just now; empty when none is."""
        return self._database.other_writer()

    def photo(self, text: str) -> ContentId:
        """The photo meant by an id or a path.

        Raises:
            UnknownIdError: There is none.
        """
        return self._search.photo(text)

    def info(self) -> LibraryInfo:
        """Count what the library holds."""
        return self._maintenance.info()

    def check(self) -> list[str]:
        """Look for damage; one sentence for each thing that is wrong."""
        return self._maintenance.check()

    def undo(self, *, restore: bool = False) -> ChangeSet:
        """Take the last decision back; scans and groupings never stand in the way.

        Args:
            restore: Whether a copy of the library may be restored, where that alone leads back.

        Raises:
            NothingToUndoError: Everything was undone.
            BarrierError: It takes a copy, and ``restore`` is False.
            StepConflictError: A decision is not as the step left it; nothing is changed.
            LibraryLockedError: Another process is writing.
        """
        return self._undo.undo(restore=restore)

    def redo(self, *, restore: bool = False) -> ChangeSet:
        """Make the decision again that was undone last.

        Args:
            restore: As for :meth:`undo`.

        Raises:
            NothingToUndoError: Nothing is undone.
            BarrierError: It takes a copy, and ``restore`` is False.
            StepConflictError: A decision is not as it was before the step; nothing is changed.
            LibraryLockedError: Another process is writing.
        """
        return self._undo.redo(restore=restore)

    def history(self, limit: int = 100) -> list[StepRecord]:
        """The last steps, the newest first."""
        return self._undo.history(limit)

    def backup(self, file: PathLike | None = None) -> Path:
        """Copy the library's database into a new file, or into the library's folder backups, and verify the copy.

        Raises:
            StorageError: There is such a file already, or no room for it.
            LibraryCorruptError: The library is damaged.
        """
        return self._maintenance.backup(None if file is None else absolute(Path(file)))

    def backups(self) -> list[BackupRecord]:
        """The copies in the library's folder backups, the newest first."""
        return self._maintenance.backups()

    @staticmethod
    def backups_in(path: PathLike | None = None) -> list[BackupRecord]:
        """As :meth:`backups`, of a library that need not be sound.

        Raises:
            LibraryMissingError: There is no such folder.
        """
        return backups_in(library_folder(path))

    def restore(self, copy: PathLike) -> ChangeSet:
        """Go back to a copy, after a copy of what is there now, which undoing leads back to.

        Args:
            copy: Name of a copy in backups/, or a path.

        Raises:
            UnknownIdError: There is no such copy.
            LibraryError: It cannot be used; nothing is changed.
        """
        return self._maintenance.restore(find_copy(self.path, os.fspath(copy)))

    @classmethod
    def recover(cls, path: PathLike | None, copy: PathLike) -> Path | None:
        """Put a copy in the place of a library that cannot be opened, being damaged or gone.

        Args:
            path: The library's folder; the user's own when None.
            copy: Name of a copy in backups/, or a path.

        Returns:
            Where the damaged database is now; None when there was none.

        Raises:
            UnknownIdError: There is no such copy.
            LibraryError: It cannot be used; nothing is changed.
        """
        folder = library_folder(path)
        return recover(folder, find_copy(folder, os.fspath(copy)))

    def vacuum(self, context: JobContext | None = None) -> VacuumReport:
        """Give back the room that deleted things leave.

        Where the setting ``storage.descriptors`` is "compact", descriptors that are stored in full are rounded before.

        Args:
            context: Told of progress; may cancel the rounding. None: nobody is told.

        Raises:
            LibraryLockedError: Another process is using the library.
            StorageError: There is no room for it.
            CancelledError: The context said so.
        """
        return self._maintenance.vacuum(context or Unattended())

    def forget_faces(self, person: PersonId | None = None, *, keep_names: bool = True) -> ForgetReport:
        """Delete all that was measured of faces, with the history and all copies, for good.

        Args:
            person: Whose faces; all when None.
            keep_names: Whether names stay, with the faces that somebody confirmed.

        Raises:
            UnknownIdError: There is no such person.
            LibraryLockedError: Another process is using the library.
            StorageError: Something cannot be deleted.
        """
        report = self._maintenance.forget_faces(person, keep_names=keep_names)
        for service in (self.review, self.similar):
            service.forget()  # they keep descriptors in memory
        return report


def library_folder(path: PathLike | None = None) -> Path:
    """Absolute folder of a library; the user's own when no path is given."""
    return absolute(Path(path) if path is not None else default_library_path())
