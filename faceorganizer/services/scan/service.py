"""Brings a library up to date with its folders: walk, identify, detect, align, embed, write.

Every step is filed under the picture's hash and the models that took it, so that a scan can be stopped or killed
anywhere and the next one does only what is left. This thread alone writes; worker processes read the pictures.
"""

import os
import time
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.errors import (
    CancelledError,
    FaceOrganizerError,
    StorageError,
    UnreadablePhotoError,
    UsageError,
)
from faceorganizer.domain.geometry import Box
from faceorganizer.domain.ids import ContentId, FaceId, RootId
from faceorganizer.domain.people import count_people
from faceorganizer.domain.pictures import LARGE_PIXELS, Detail, FileRecord, FileState, PictureIdentity, Root
from faceorganizer.domain.progress import JobContext
from faceorganizer.imaging.files import os_reason
from faceorganizer.jobs.workers import Outcome, WorkerPool
from faceorganizer.services.clustering.service import ClusteringService
from faceorganizer.services.events import EventBus, ScanAdvanced, ScanStage
from faceorganizer.services.folders import (
    FoldersService,
    absolute,
    existing_folder,
    folder_identity,
    is_online,
    is_other_folder,
    place_in,
)
from faceorganizer.services.interchange.writing import changed_outside
from faceorganizer.services.models.chosen import vision_options
from faceorganizer.services.review import ReviewService
from faceorganizer.services.scan.inventory import Inventory, Scope, look_at, take_inventory
from faceorganizer.services.scan.ledger import Ledger, Search, standing
from faceorganizer.services.scan.report import Failure, FileKey, Pace, ScanReport, Tally, Verdict
from faceorganizer.services.scan.tasks import (
    Analysed,
    AnalyseTask,
    Identified,
    IdentifyTask,
    PhotoResult,
    PhotoTask,
    VisionOptions,
    photo_worker,
)
from faceorganizer.services.scan.walk import DirectoryId, FoundFile, directory_id, picture_folders
from faceorganizer.services.settings import SettingsService
from faceorganizer.services.thumbnails import MEGABYTE, ThumbnailCache
from faceorganizer.settings.model import AppSettings

BATCH = 64  # outcomes written in one transaction
FIRST = 10  # files that are written one by one until there is a new picture among them
BATCH_SECONDS = 0.5  # after which fewer are written, too
TASKS_PER_WORKER = 4  # handed out at most, done or not: bounds memory and the wait after a cancel
REPORT_SECONDS = 0.1
MEANWHILE_SECONDS = 10.0  # of a scan before faces are grouped for the first time, and at least until the next time
MEANWHILE_SHARE = 20  # times what grouping took, until faces are grouped again: some 5 % of the time

PhotoPool = WorkerPool[PhotoTask, PhotoResult]
PhotoOutcome = Outcome[PhotoTask, PhotoResult]


class ScanService:
    """Scans folders into a library."""

    def __init__(
        self,
        database: Database,
        settings: SettingsService,
        folders: FoldersService,
        clustering: ClusteringService,
        review: ReviewService,
        events: EventBus,
    ) -> None:
        self._database = database
        self._settings = settings
        self._folders = folders
        self._clustering = clustering
        self._review = review
        self._events = events

    def scan(
        self,
        paths: Sequence[Path],
        context: JobContext,
        *,
        detail: Detail | None = None,
        jobs: int | None = None,
        exclusions: Sequence[str] = (),
        group: bool = True,
        meanwhile: bool = False,
    ) -> ScanReport:
        """Bring folders up to date.

        Args:
            paths: Folders, or parts of known ones; all known folders when empty.
            context: Told of progress; may cancel, which keeps what was done.
            detail: How small faces may be; the library's setting when None.
            jobs: Worker processes; the program's setting when None.
            exclusions: Glob patterns, stored with the folders.
            group: Whether new faces are grouped.
            meanwhile: Whether they are grouped now and then before the end, too, for somebody who watches.

        Raises:
            UsageError: A path is no folder, or there is nothing to scan.
            LibraryLockedError: Another process is writing.
            CancelledError: The context said so.
        """

        def plan() -> "Callable[[_Run], None]":
            scopes = self._scopes(paths, exclusions)
            return lambda run: run.scan(scopes)

        return self._run(plan, context, detail=detail, jobs=jobs, group=group, meanwhile=meanwhile)

    def retry(self, paths: Sequence[Path], context: JobContext, *, group: bool = True) -> ScanReport:
        """Read files again that could not be read, whether or not they have changed; nothing else is looked at.

        Args:
            paths: Which ones: files, or folders for all below them; all that there are when empty.
            context: Told of progress; may cancel, which keeps what was done.
            group: Whether new faces are grouped.

        Raises:
            LibraryLockedError: Another process is writing.
            CancelledError: The context said so.
        """
        wanted = [absolute(path) for path in paths]

        def plan() -> "Callable[[_Run], None]":
            failed = self._failed(wanted)
            return lambda run: run.retry(failed)

        return self._run(plan, context, group=group)

    def _run(
        self,
        plan: "Callable[[], Callable[[_Run], None]]",
        context: JobContext,
        *,
        detail: Detail | None = None,
        jobs: int | None = None,
        group: bool,
        meanwhile: bool = False,
    ) -> ScanReport:
        application = self._settings.application()
        vision = vision_options(self._settings, self._database.folder / "cache" / "models", detail)
        started = time.perf_counter()
        with self._database.lock():
            work = plan()
            count = jobs or application.scan.jobs
            early = _Meanwhile(lambda: self._clustering.group_new(context, meanwhile=True)) if meanwhile else None
            run = _Run(self._database, self._events, application, vision, count, context, early, self._keeps_faces)
            try:
                work(run)
            finally:
                run.prune()
            if group:
                with run.tally.timed("group"):
                    run.tell(ScanStage.GROUPING, "Grouping faces")
                    self._clustering.group_new(context)
                    self._review.assign_automatically()
        run.tally.seconds["total"] = time.perf_counter() - started
        return self._report(run.tally)

    def _keeps_faces(self) -> bool:
        return self._settings.library().privacy.face_pictures

    def _report(self, tally: Tally) -> ScanReport:
        with self._database.read() as unit:
            named, unnamed = count_people(unit.people.visible())
            faces = unit.faces.counts()["active"]
            changed = len({photo for _, photo in changed_outside(unit)})
        if changed:
            tally.notices.append(
                f"The names in {'one photo' if changed == 1 else f'{changed} photos'} were changed by another program "
                "since they were written. To see how: faceorganizer import metadata --dry-run"
            )
        return ScanReport(
            photos=tally.photos(),
            faces=faces,
            people=named,
            groups=unnamed,
            new_faces=tally.new_faces,
            seconds=dict(tally.seconds),
            analysed=tally.analysed,
            failures=tuple(Failure(path, reason) for path, reason in sorted(tally.failures.items())),
            offline=tuple(tally.offline),
            notices=tuple(tally.notices),
        )

    def _failed(self, wanted: Sequence[Path]) -> dict[RootId, list[FileRecord]]:
        """Files that could not be read, or in which faces could not be looked for, by folder."""
        with self._database.read() as unit:
            failed = {record.path for record in unit.photos.records(PhotoQuery(failed=True))}
            chosen = {path for path in failed if not wanted or any(path.is_relative_to(place) for place in wanted)}
            found = defaultdict(list)
            for root in unit.roots.all():
                for file in unit.files.of_root(root.id) if chosen else ():
                    if root.path / file.path in chosen:
                        found[root.id].append(file)
        return found

    def _scopes(self, paths: Sequence[Path], exclusions: Sequence[str]) -> list[Scope]:
        places = dict.fromkeys(self._place(path, exclusions) for path in paths)
        roots = {status.root.id: status.root for status in self._folders.list()}
        if not roots:
            raise UsageError("The library has no folders yet.", "Name one: faceorganizer scan FOLDER")
        if not paths:
            return [Scope(root) for root in roots.values()]
        scopes = [Scope(roots[root], under) for root, under in places]
        return [scope for scope in scopes if not any(other is not scope and other.covers(scope) for other in scopes)]

    def _place(self, path: Path, exclusions: Sequence[str]) -> tuple[RootId, str]:
        """Known folder and part of it that a path means; it is added when it is new."""
        wanted = absolute(path)
        roots = [status.root for status in self._folders.list()]
        places = [(under, root) for root in roots if (under := place_in(root.path, wanted)) is not None]
        if not places:
            return self._folders.add(path, exclusions).id, ""
        under, root = min(places, key=lambda place: len(place[0]))
        if under:
            existing_folder(path)  # a known folder may be unplugged: that is told in the report
        self._folders.exclude(root, under, exclusions)
        return root.id, under


class _Meanwhile:
    """Groups faces now and then while a scan goes on, so that people are seen early; bounded by a share of the time.

    Args:
        group: Groups what there is.
    """

    def __init__(self, group: Callable[[], object]) -> None:
        self._group: Callable[[], object] | None = group
        self._due = time.monotonic() + MEANWHILE_SECONDS
        self._faces = 0

    def consider(self, faces: int) -> None:
        """Group, if it is time and there are other faces than before.

        Raises:
            CancelledError: The scan is to stop.
        """
        started = time.monotonic()
        if self._group is None or started < self._due or faces == self._faces:
            return
        self._faces = faces
        try:
            self._group()
        except CancelledError:
            raise
        except FaceOrganizerError:
            self._group = None  # the grouping at the end says why; the photos are read all the same
        ended = time.monotonic()
        self._due = ended + max(MEANWHILE_SECONDS, MEANWHILE_SHARE * (ended - started))


class _Run:
    """One scan: its queues and counts live as long as it does."""

    def __init__(
        self,
        database: Database,
        events: EventBus,
        settings: AppSettings,
        vision: VisionOptions,
        jobs: int,
        context: JobContext,
        meanwhile: _Meanwhile | None,
        keeps_faces: Callable[[], bool],
    ) -> None:
        self._database = database
        self._events = events
        self._keeps_faces = keeps_faces
        self._settings = settings.scan
        self._meanwhile = meanwhile
        self._thumbnails = ThumbnailCache(database.folder / "cache")
        self._thumbnail_limit = settings.cache.megabytes * MEGABYTE
        self._jobs = jobs or os.cpu_count() or 1
        self._vision = vision
        self._context = context
        self._pace = Pace()
        self._reported = 0.0
        self._handed_out: dict[Path, None] = {}  # in the order in which they are read
        self._done = 0
        self._total = 0
        self._inventories: list[Inventory] = []
        self._to_identify: deque[tuple[Inventory, FoundFile]] = deque()
        self._identifying: dict[FileKey, tuple[Inventory, FoundFile]] = {}
        self._to_search: deque[AnalyseTask] = deque()
        self._searched: set[ContentId] = set()
        self._unsearchable: dict[ContentId, str] = {}
        with database.read() as unit:
            self._roots = {root.id: root for root in unit.roots.all()}
        self._search: Search  # known once workers are on their way: it takes a library that is slow to load
        self._ledger: Ledger
        self.tally = Tally()

    def scan(self, scopes: Sequence[Scope]) -> None:
        """Do everything."""
        with self.tally.timed("walk"):
            self._inventories = [
                inventory for scope in scopes if (inventory := self._take_inventory(scope)) is not None
            ]
        self._read_photos()

    def retry(self, failed: "dict[RootId, list[FileRecord]]") -> None:
        """Read files again, and nothing else."""
        for number, files in failed.items():
            root = self._roots[number]
            if is_online(root, known_files=True):
                self._inventories.append(look_at(root, files))
            else:
                self.tally.offline.append(root.path)
        self._read_photos()

    def tell(self, stage: ScanStage, message: str, current: Path | None = None) -> None:
        """Tell what is going on, whenever it was told last."""
        rate = self._pace.rate(self._done)
        left = (self._total - self._done) / rate if rate > 0 and stage is ScanStage.READING else None
        failed, faces = len(self.tally.failures), self.tally.new_faces
        self._events.publish(ScanAdvanced(self._done, self._total, faces, failed, rate, left, message, stage, current))

    def _read_photos(self) -> None:
        with WorkerPool[PhotoTask, PhotoResult](
            photo_worker,
            (
                self._vision,
                self._settings.max_megapixels,
                self._thumbnails.folder if self._thumbnail_limit else None,
                self._keeps_faces(),
            ),
            size=self._jobs,
            task_timeout=self._settings.task_seconds,
        ) as pool:
            if any(inventory.has_news() for inventory in self._inventories):
                pool.start()  # its libraries and models load while this process prepares what all need
                self._vision.fill_cache()
            self._search = _search(self._database, self._vision)
            self._ledger = Ledger(self._search, self._is_gone)
            self._sort_files()
            self._work(pool)
            self._note_missing()
            if self._queue_twins():
                self._work(pool)

    def prune(self) -> None:
        """Bring the thumbnails within their limit."""
        with self.tally.timed("prune"), self._noticing():
            self._drop_faces()
            self._thumbnails.prune(self._thumbnail_limit)

    def _drop_faces(self) -> None:
        """Delete the pictures of faces that workers made although somebody turned that off meanwhile."""
        if not self._keeps_faces():
            self._thumbnails.forget_faces()

    # What is on disk

    def _take_inventory(self, scope: Scope) -> Inventory | None:
        with self._database.read() as unit:
            known = unit.files.of_root(scope.root.id)
        if not is_online(scope.root, known_files=any(file.state is FileState.PRESENT for file in known)):
            self.tally.offline.append(scope.root.path)
            return None
        message = f"Looking through {scope.root.path.name or scope.root.path}"
        self._context.report(0, None, message)
        self.tell(ScanStage.WALKING, message, scope.root.path)
        try:
            inventory = take_inventory(
                scope, known, self._settings, self._foreign_folders(scope.root), self._context.check_cancelled
            )
            # A mount point is not always empty without its drive.
            if inventory.gone and not inventory.found and not scope.under and is_other_folder(scope.root):
                self.tally.offline.append(scope.root.path)
                return None
        except StorageError as error:
            self.tally.fail(scope.root.path / scope.under, error.message)
            return None
        except OSError as error:  # unplugged just now
            self.tally.fail(scope.root.path, os_reason(error))
            return None
        return inventory

    def _foreign_folders(self, root: Root) -> Collection[DirectoryId]:
        ours = picture_folders(self._database.folder)
        others = [other.path for other in self._roots.values() if other.id != root.id]
        found = []
        for folder in (*ours, *others):
            with suppress(OSError):  # it is not there: nothing to leave out
                found.append(directory_id(folder))
        return found

    def _sort_files(self) -> None:
        """Tell what has to be looked at from what is as it was."""
        with self._database.write() as unit:
            for inventory in self._inventories:
                root = inventory.scope.root
                for found in inventory.found.values():
                    key = (root.id, found.path)
                    if inventory.settled(found):
                        self.tally.verdicts[key] = Verdict.UNCHANGED
                    elif found.error:
                        self._fail_file(unit, inventory, found, found.error)
                    else:
                        self._to_identify.append((inventory, found))
                for folder, reason in inventory.unlisted.items():
                    self.tally.fail(inventory.path(folder), reason)
                self._note_returned(unit, inventory)
                self._note_volume(unit, inventory)
        self._events.changed(unit.changes)
        self._total = len(self._to_identify)
        self._refill()

    def _note_returned(self, unit: UnitOfWork, inventory: Inventory) -> None:
        returned = inventory.returned()
        unit.files.set_state([record.id for record in returned], FileState.PRESENT)
        for record in returned:
            self._ledger.note_twins(record)

    @staticmethod
    def _note_volume(unit: UnitOfWork, inventory: Inventory) -> None:
        root = inventory.scope.root
        with suppress(OSError):  # unplugged just now
            volume = folder_identity(root.path)
            if not inventory.scope.under and root.volume != volume:
                unit.roots.update(replace(root, volume=volume))

    def _refill(self) -> bool:
        """Queue the pictures that still have to be searched and were not tried yet; say whether there are any."""
        finer = tuple(detail for detail in Detail if detail.fineness >= self._search.detail.fineness)
        with self._database.read() as unit:
            unfinished = unit.scans.unfinished(self._search.detector, finer, self._search.model)
            left = [content for content in unfinished if content not in self._searched]
            files = unit.files.of_contents(left)
            pictures = unit.contents.records(left)
            forgotten = unit.faces.forgotten(left)
            drawn = unit.faces.drawn_boxes(left)
        for content in left:
            source = self._source(files.get(content, ()))
            if source is not None:
                path = self._roots[source.root].path / source.path
                boxes = forgotten.get(content, ()), drawn.get(content, ())
                self._queue_search(content, path, pictures[content].identity, *boxes)
                self._total += 1
        return bool(self._to_search)

    def _source(self, holders: Sequence[FileRecord]) -> FileRecord | None:
        """A file that was seen and from which a picture may be read: its boxes must fit the file that stands for it."""
        stands = standing(holders)
        if stands is None:
            return None
        twins = (holder for holder in holders if holder.file_hash == stands.file_hash)
        return next((twin for twin in twins if self._is_seen(twin)), None)

    def _queue_twins(self) -> bool:
        """Queue files that stand for their pictures now, instead of others with other metadata, to be looked at."""
        unsettled, self._ledger.unsettled = self._ledger.unsettled, {}
        with self._database.read() as unit:
            files = unit.files.of_contents(list(unsettled))
        for content, holders in files.items():
            stands = standing(holders)
            if stands is None or unsettled[content] | {holder.file_hash for holder in holders} == {stands.file_hash}:
                continue
            inventory = self._inventory_of(stands)
            if inventory is not None and self._is_seen(stands):
                self._to_identify.append((inventory, inventory.found[stands.path]))
                self._searched.discard(content)
                self._total += 1
        return bool(self._to_identify)

    def _queue_search(
        self,
        content: ContentId,
        path: Path,
        identity: PictureIdentity,
        forgotten: Iterable[Box] = (),
        drawn: Iterable[tuple[FaceId, Box]] = (),
    ) -> None:
        self._searched.add(content)
        self._to_search.append(
            AnalyseTask(
                content,
                identity.content_hash,
                identity.orientation,
                path,
                identity.width,
                identity.height,
                tuple(forgotten),
                tuple(drawn),
            )
        )

    def _is_seen(self, file: FileRecord) -> bool:
        return self.tally.verdicts.get((file.root, file.path), Verdict.FAILED) is not Verdict.FAILED

    def _is_gone(self, file: FileRecord) -> bool:
        inventory = self._inventory_of(file)
        if inventory is not None:
            return inventory.lacks(file)
        root = self._roots[file.root]
        if is_online(root, known_files=True):
            return not os.path.lexists(root.path / file.path)
        return file.state is FileState.MISSING

    def _inventory_of(self, file: FileRecord) -> Inventory | None:
        return next(
            (
                inventory
                for inventory in self._inventories
                if inventory.scope.root.id == file.root and inventory.scope.holds(file.path)
            ),
            None,
        )

    # What the workers do

    def _work(self, pool: PhotoPool) -> None:
        waiting: list[PhotoOutcome] = []
        written = time.monotonic()
        try:
            while self._feed(pool) or waiting or self._refill():
                self._context.check_cancelled()
                outcome = pool.next_outcome(timeout=REPORT_SECONDS) if pool.pending else None
                if outcome is not None:
                    waiting.append(outcome)
                    self._handed_out.pop(outcome.task.path, None)
                due = len(waiting) >= BATCH or time.monotonic() - written > BATCH_SECONDS or not pool.pending
                due = due or (outcome is not None and self._is_urgent(outcome))
                if waiting and due:
                    self._record(waiting)
                    waiting, written = [], time.monotonic()
                    if self._meanwhile is not None:
                        with self.tally.timed("group"):
                            self._meanwhile.consider(self.tally.new_faces)
                self._report("Looking for faces")
        except CancelledError:
            self._record(waiting)
            raise

    def _is_urgent(self, outcome: PhotoOutcome) -> bool:
        """Whether it is written at once, so that the first photo is soon searched and seen."""
        if isinstance(outcome.task, AnalyseTask):
            return not self.tally.analysed
        return not self._searched and self._done < FIRST

    def _feed(self, pool: PhotoPool) -> bool:
        """Hand out tasks, searches first; say whether any are under way."""
        while pool.pending < self._jobs * TASKS_PER_WORKER:
            if self._to_search:
                task = self._to_search.popleft()
                self._handed_out[task.path] = None
                pool.submit(task, alone=task.width * task.height > LARGE_PIXELS)
            elif self._to_identify:
                inventory, found = self._to_identify.popleft()
                key = (inventory.scope.root.id, found.path)
                self._identifying[key] = (inventory, found)
                self._handed_out[inventory.path(found.path)] = None
                pool.submit(IdentifyTask(key, inventory.path(found.path)))
            else:
                break
        return pool.pending > 0

    def _record(self, outcomes: Sequence[PhotoOutcome]) -> None:
        with self.tally.timed("write"), self._database.write() as unit:
            for outcome in outcomes:
                if isinstance(outcome.task, IdentifyTask):
                    self._note_identified(unit, outcome.task.key, outcome)
                else:
                    self._note_searched(unit, outcome.task, outcome)
        self._events.changed(unit.changes)
        self._note_thumbnails([outcome.result for outcome in outcomes if isinstance(outcome.result, Analysed)])

    def _note_thumbnails(self, results: Sequence[Analysed]) -> None:
        for reason in filter(None, (result.thumbnail_error for result in results)):
            self.tally.notice(f"{reason} The faces are all there.")
        with self.tally.timed("prune"), self._noticing():
            self._drop_faces()
            self._thumbnails.grown(sum(result.thumbnail_bytes for result in results), self._thumbnail_limit)

    @contextmanager
    def _noticing(self) -> Iterator[None]:
        """Tell the user that the cache cannot be written to, and go on."""
        try:
            yield
        except StorageError as error:
            self.tally.notice(f"{error} The faces are all there.")

    def _note_identified(self, unit: UnitOfWork, key: FileKey, outcome: PhotoOutcome) -> None:
        inventory, found = self._identifying.pop(key)
        if not isinstance(outcome.result, Identified):
            self._done += 1
            self._fail_file(unit, inventory, found, _reason(outcome))
            return
        self.tally.spend(outcome.result.seconds)
        identity = outcome.result.identity
        known = unit.files.at(*key)  # not the inventory's: a file that moved may have left that place since
        verdict, content = self._ledger.identified(unit, key[0], found, known, identity)
        self.tally.verdicts.setdefault(key, verdict)
        if content in self._ledger.created and content not in self._searched:
            self._queue_search(content, inventory.path(found.path), identity)
        else:
            self._done += 1
            if content in self._unsearchable:
                self.tally.fail(inventory.path(found.path), self._unsearchable[content], key)

    def _note_searched(self, unit: UnitOfWork, task: AnalyseTask, outcome: PhotoOutcome) -> None:
        self._done += 1
        if isinstance(outcome.result, Analysed):
            self.tally.spend(outcome.result.seconds)
            if self._ledger.turned.get(task.content, task.orientation) != task.orientation:
                # Turned while it was searched: what was found does not fit the picture as it is shown now.
                self._searched.discard(task.content)
                return
            self.tally.analysed += 1
            self.tally.new_faces += self._ledger.searched(unit, task.content, outcome.result.faces)
            self._ledger.described(unit, task.content, outcome.result.drawn)
            return
        reason = _reason(outcome)
        self._unsearchable[task.content] = reason
        self._ledger.unsearchable(unit, task.content, reason)
        for file in unit.files.of_contents([task.content]).get(task.content, ()):
            key = (file.root, file.path)
            if key in self.tally.verdicts:
                self.tally.fail(self._roots[file.root].path / file.path, reason, key)

    def _fail_file(self, unit: UnitOfWork, inventory: Inventory, found: FoundFile, reason: str) -> None:
        root = inventory.scope.root.id
        self._ledger.unreadable(unit, root, found, unit.files.at(root, found.path), reason)
        self.tally.fail(inventory.path(found.path), reason, (root, found.path))

    def _note_missing(self) -> None:
        with self._database.write() as unit:
            for inventory in self._inventories:
                lost = [
                    record
                    for record in inventory.gone.values()
                    if record.state is FileState.PRESENT and record.id not in self._ledger.moved
                ]
                unit.files.set_state([record.id for record in lost], FileState.MISSING)
                self.tally.missing += len(lost)
                for record in lost:
                    self._ledger.note_twins(record)
        self._events.changed(unit.changes)

    def _report(self, message: str) -> None:
        now = time.monotonic()
        if now - self._reported < REPORT_SECONDS:
            return
        self._reported = now
        self._context.report(self._done, self._total, message)
        self.tell(ScanStage.READING, message, next(iter(self._handed_out), None))


def _search(database: Database, vision: VisionOptions) -> Search:
    analyser = vision.analyser()
    with database.write() as unit:
        model = unit.models.id_of(analyser.embedder.model)
    return Search(analyser.finder.name, vision.detail, model)


def _reason(outcome: PhotoOutcome) -> str:
    if isinstance(outcome.error, UnreadablePhotoError):
        return outcome.error.reason
    if outcome.error is not None:
        raise outcome.error
    return outcome.crash or "its worker ended without a word"
