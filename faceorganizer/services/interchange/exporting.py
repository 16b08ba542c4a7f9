"""Photos out of the library: into folders, zip files, face crops and galleries."""

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.errors import StorageError, UsageError
from faceorganizer.domain.export import (
    ExportKind,
    ExportOrder,
    ExportPlan,
    ExportProblem,
    ExportReport,
    ExportWay,
    PlannedFile,
)
from faceorganizer.domain.progress import JobContext, Unattended
from faceorganizer.export.archive import ZipExport
from faceorganizer.export.folder import FolderExport
from faceorganizer.export.manifest import read_manifest
from faceorganizer.export.plan import Step, steps_to
from faceorganizer.services.folders import absolute, place_in
from faceorganizer.services.interchange.export_choice import Choice, choose
from faceorganizer.services.interchange.export_items import Wanted, items_of, mark_of, template_of
from faceorganizer.services.interchange.listing import FileThereError, InterchangeService
from faceorganizer.services.interchange.rendering import RenderTask, render_all
from faceorganizer.services.settings import SettingsService

LARGE: Final = 50.0  # megapixels: only one such photo is decoded at a time
THUMBNAIL: Final = 480  # pixels along the long side of a photo in a gallery's overview
ROOM: Final = 16 << 20  # bytes that stay free, for the list and what the file system needs
SHOWN_NAMES: Final = 3  # in a title


class InsideRootError(UsageError):
    """The destination lies in a folder that is scanned: whether that is meant has to be answered.

    Args:
        folder: The destination.
        root: The folder that is scanned.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        super().__init__(
            f"{folder} lies in {root}, which the library scans: what is exported would be found as duplicates.",
            "Choose another place, or say --yes if it is meant.",
        )
        self.folder = folder
        self.root = root


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be done."""

    chosen: Choice
    wanted: Wanted
    steps: Sequence[Step]
    problems: Sequence[ExportProblem]


class ExportService(InterchangeService):
    """Writes photos, people and faces for others. Originals and the library stay as they are."""

    def __init__(self, database: Database, settings: SettingsService) -> None:
        super().__init__(database)
        self._settings = settings

    def plan(self, order: ExportOrder, context: JobContext | None = None) -> ExportPlan:
        """Say what an export would do; nothing is written.

        Raises:
            UsageError: The order makes no sense, or its destination is none.
            UnknownIdError: There is no such person or album.
            InsideRootError: The destination is scanned, and the order does not say that this is meant.
            StorageError: The destination cannot be read.
            CancelledError: The context said so.
        """
        order, work = self._prepared(order, context or Unattended())
        planned = [PlannedFile(step.path, step.action, _source_path(step), _why(step)) for step in work.steps]
        problems = [*work.problems, *_left(order.destination, work.steps)]
        return ExportPlan(
            destination=order.destination,
            photos=len(work.chosen.photos),
            bytes=_needed(order, work.steps),
            free=_free(order.destination),
            left_out=work.chosen.left_out,
            files=planned,
            problems=problems,
        )

    def run(self, order: ExportOrder, context: JobContext | None = None) -> ExportReport:
        """Export. However it ends, the files at the destination are whole ones.

        Raises:
            UsageError: The order makes no sense, or its destination is none.
            FileThereError: The zip file is there already, and the order does not say that it is replaced.
            UnknownIdError: There is no such person or album.
            InsideRootError: The destination is scanned, and the order does not say that this is meant.
            StorageError: The disk is full, read-only or failing, or has no such links; what was exported stays.
            CancelledError: The context said so; what was exported stays.
        """
        context = context or Unattended()
        began = time.monotonic()
        order, work = self._prepared(order, context)
        needed, free = _needed(order, work.steps), _free(order.destination)
        # What is made of photos is mostly far smaller than they are.
        exact = order.kind in (ExportKind.FOLDERS, ExportKind.ZIP)
        if exact and needed and free is not None and needed + ROOM > free:
            raise StorageError(
                f"The export needs {_megabytes(needed)}, and {order.destination} has {_megabytes(free)} free.",
                "Make room there, or export less. Nothing was written.",
            )
        if order.kind is ExportKind.ZIP:
            return self._zipped(order, work, context, began)
        with FolderExport(order.destination, context.check_cancelled) as export:
            if order.kind is ExportKind.FOLDERS:
                self._transfer(order, work, export, context)
            else:
                self._render(work, export, context)
        return ExportReport(
            destination=order.destination,
            photos=len(work.chosen.photos),
            added=export.count("add"),
            updated=export.count("update"),
            kept=export.count("keep"),
            removed=export.count("remove"),
            left_out=work.chosen.left_out,
            bytes=export.written,
            seconds=time.monotonic() - began,
            problems=[*work.problems, *export.problems],
            manifest=export.manifest,
        )

    # What is wanted

    def _prepared(self, order: ExportOrder, context: JobContext) -> tuple[ExportOrder, _Work]:
        order = replace(order, destination=absolute(order.destination)).checked()
        template = template_of(order)
        context.report(0, None, "Looking what is to be exported")
        with self._database.read() as unit:
            self._check_destination(unit, order)
            chosen = choose(unit, order, "person" in template.fields or order.kind is ExportKind.CROPS)
        context.check_cancelled()
        wanted = items_of(order, chosen, template)
        problems = [
            ExportProblem(photo.record.path, "it is missing") for photo in chosen.photos if photo.source is None
        ]
        known = {} if order.kind is ExportKind.ZIP else read_manifest(order.destination)
        place = None if order.kind is ExportKind.ZIP else order.destination
        steps = steps_to(place, wanted.items, template, known, sync=order.sync, check=context.check_cancelled)
        return order, _Work(chosen, wanted, steps, problems)

    def _check_destination(self, unit: UnitOfWork, order: ExportOrder) -> None:
        place = order.destination
        if order.kind is ExportKind.ZIP:
            if place.is_dir():
                raise UsageError(f"{place} is a folder.", f"Name a file in it, such as {place / 'photos.zip'}.")
            if os.path.lexists(place) and not order.replace:
                raise FileThereError(place)
        elif os.path.lexists(place) and not place.is_dir():
            raise UsageError(f"{place} is a file.", "Choose a folder.")
        if place_in(self._database.folder, place) is not None:
            raise UsageError(f"{place} lies in the library itself.", "Choose a folder outside of it.")
        for root in unit.roots.all():
            if place_in(root.path, place) is not None and not order.inside_root:
                raise InsideRootError(place, root.path)

    # Doing it

    def _transfer(self, order: ExportOrder, work: _Work, export: FolderExport, context: JobContext) -> None:
        steps = _ordered(work.steps)
        known = [step for step in steps if step.action in ("keep", "leave")]
        leaving = [step for step in steps if step.action == "remove"]
        for step in known:
            _settled(step, export)
        export.transfer(
            _told(steps[len(known) : len(steps) - len(leaving)], len(known), len(steps), context), order.way
        )
        for step in _told(leaving, len(steps) - len(leaving), len(steps), context):
            _settled(step, export)

    def _render(self, work: _Work, export: FolderExport, context: JobContext) -> None:
        wanted: dict[Path, list[Step]] = {}
        pages: list[Step] = []
        done = 0
        for step in _ordered(work.steps):
            if step.action not in ("add", "update"):
                _settled(step, export)
                done += 1
            elif step.item is None or step.item.source is None:
                pages.append(step)
            else:
                wanted.setdefault(step.item.source.path, []).append(step)
        sizes = {photo.source.path: photo.content.identity for photo in work.chosen.photos if photo.source}
        tasks = [
            RenderTask(
                number,
                path,
                max(sizes[path].width, sizes[path].height),
                sizes[path].megapixels > LARGE,
                tuple(work.wanted.recipes[step.item.recipe] for step in steps if step.item is not None),
            )
            for number, (path, steps) in enumerate(wanted.items())
        ]
        failed: list[Path] = []
        for rendered in render_all(tasks, self._settings, context) if tasks else ():
            path = tasks[rendered.number].path
            steps = wanted[path]
            if rendered.reason:
                failed.append(path)
                export.fail(steps[0], rendered.reason)
            for step, picture in zip(steps, rendered.pictures, strict=not rendered.reason):
                export.put(step, picture)
            done += len(steps)
            context.report(done, len(work.steps), "Exporting")
        _put_pages(work.wanted.pages(failed), pages, export)

    def _zipped(self, order: ExportOrder, work: _Work, context: JobContext, began: float) -> ExportReport:
        with ZipExport(order.destination, replace=order.replace, check=context.check_cancelled) as archive:
            archive.transfer(_told(work.steps, 0, len(work.steps), context))
        return ExportReport(
            destination=order.destination,
            photos=len(work.chosen.photos),
            added=archive.count,
            updated=0,
            kept=0,
            removed=0,
            left_out=work.chosen.left_out,
            bytes=archive.written,
            seconds=time.monotonic() - began,
            problems=[*work.problems, *archive.problems],
            manifest=None,
        )


# What becomes of it


def _told(steps: Iterable[Step], done: int, total: int, context: JobContext) -> Iterator[Step]:
    """Steps one after the other, of each of which the context hears, and before each of which it may cancel."""
    for number, step in enumerate(steps, done):
        context.check_cancelled()
        context.report(number, total, "Exporting")
        yield step


def _put_pages(pages: Mapping[str, bytes], steps: Iterable[Step], export: FolderExport) -> None:
    for step in steps:
        content = pages[step.path]
        # Without a photo that failed it is another page, to be made anew once that one can be read.
        item = None if step.item is None else replace(step.item, mark=mark_of(content))
        export.put(replace(step, item=item), content)


def _ordered(steps: Sequence[Step]) -> list[Step]:
    """What is there stays first, so that it is known; what goes, goes last."""
    rank = {"keep": 0, "leave": 1, "update": 2, "add": 3, "remove": 4}
    return sorted(steps, key=lambda step: rank[step.action])


def _settled(step: Step, export: FolderExport) -> None:
    act: Callable[[Step], None] = {"keep": export.keep, "leave": export.leave, "remove": export.remove}[step.action]
    act(step)


def _source_path(step: Step) -> Path | None:
    return None if step.item is None or step.item.source is None else step.item.source.path


def _why(step: Step) -> str:
    if step.item is not None:
        return step.problem or step.item.why
    return step.problem or "it does not belong here any more"


def _left(destination: Path, steps: Iterable[Step]) -> list[ExportProblem]:
    return [ExportProblem(destination / step.path, step.problem) for step in steps if step.problem]


def _needed(order: ExportOrder, steps: Iterable[Step]) -> int:
    """Bytes that would be written; what is made of a photo is taken for as large as the photo."""
    if order.way is not ExportWay.COPY:
        return 0
    items = [step.item for step in steps if step.action in ("add", "update")]
    return sum(item.source.size for item in items if item is not None and item.source and item.recipe in ("", "photo"))


def _free(folder: Path) -> int | None:
    for place in (folder, *folder.parents):
        try:
            return shutil.disk_usage(place).free
        except OSError:
            continue
    return None


def _megabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
