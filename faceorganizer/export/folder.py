"""Carries out an export into a folder, file by file, and keeps the list of what is there."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from faceorganizer.domain.errors import FaceOrganizerError, UnreadablePhotoError
from faceorganizer.domain.export import ExportProblem, ExportWay
from faceorganizer.export.manifest import Entry, read_manifest, write_manifest
from faceorganizer.export.plan import CHANGED, Step
from faceorganizer.export.transfer import (
    UnwritableError,
    Written,
    clone_file,
    copy_file,
    link_file,
    make_folder,
    put_file,
    storage_error,
    sweep,
)

_AT_A_TIME: Final = 4
_SAVED_EVERY: Final = 5.0  # seconds; what a killed export wrote since is known again by its bytes
_SAVING_SHARE: Final = 50  # times as long as saving the list takes passes before it is saved again
_ABANDONED: Final = 3600.0


class FolderExport:
    """An export at work. Use it as a context: however it ends, the list says what is there.

    Args:
        folder: The destination.
        check: Called often; may raise to stop.

    Attributes:
        problems: What could not be exported, or was left as it is.
        written: Bytes.

    Raises:
        StorageError: The destination cannot be written to, or holds a list that is not known.
    """

    def __init__(self, folder: Path, check: Callable[[], None]) -> None:
        self.problems: list[ExportProblem] = []
        self.written = 0
        self._folder = folder
        self._check = check
        make_folder(folder)
        self._entries = read_manifest(folder)
        self._save_next = time.monotonic() + _SAVED_EVERY
        self._swept: set[Path] = set()
        self._counts = {"add": 0, "update": 0, "keep": 0, "remove": 0}

    def __enter__(self) -> "FolderExport":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.manifest = write_manifest(self._folder, self._entries.values())
            return
        with suppress(FaceOrganizerError):  # what ended the export is what has to be told
            write_manifest(self._folder, self._entries.values())

    def count(self, action: str) -> int:
        """How many files something became of."""
        return self._counts[action]

    def transfer(self, steps: Iterable[Step], way: ExportWay) -> None:
        """Get photos to their places as they are, several at a time: a disk takes long to say that a file is safe.

        Raises:
            StorageError: The disk is full, read-only or failing, or has no such links. What was under way is finished.
        """
        with ThreadPoolExecutor(_AT_A_TIME, "export") as threads:
            waiting: deque[tuple[Step, Future[Written]]] = deque()
            try:
                for step in steps:
                    if self._is_ready(step):
                        waiting.append((step, threads.submit(self._transferred, step, way)))
                    if len(waiting) > 2 * _AT_A_TIME:
                        first, future = waiting.popleft()
                        self._done(first, future.result, way.value)
                while waiting:
                    first, future = waiting.popleft()
                    self._done(first, future.result, way.value)
            except BaseException:  # whatever it was: what is there has to be in the list
                for _, future in waiting:
                    future.cancel()
                for step, future in waiting:
                    if not future.cancelled() and future.exception() is None:
                        self._done(step, future.result, way.value)
                raise

    def _transferred(self, step: Step, way: ExportWay) -> Written:
        item = step.item
        if item is None or item.source is None:
            raise ValueError("only photos can be transferred")
        source, replace = item.source, step.action == "update"
        target = self._folder / step.path
        if way is ExportWay.COPY:
            return copy_file(source.path, target, replace=replace, expected=source.expected, check=self._check)
        if way is ExportWay.REFLINK:
            return clone_file(source.path, target, replace=replace, check=self._check)
        digest = source.expected or ""
        symbolic = way is ExportWay.SYMBOLIC
        return link_file(source.path, target, symbolic=symbolic, replace=replace, digest=digest, check=self._check)

    def put(self, step: Step, content: bytes) -> None:
        """Write what was made of a photo, or a page.

        Raises:
            StorageError: The disk is full, read-only or failing.
        """
        target, replace = self._folder / step.path, step.action == "update"
        if self._is_ready(step):
            self._done(step, lambda: put_file(content, target, replace=replace, check=self._check), "made")

    def keep(self, step: Step) -> None:
        """Take note of a file that is as it is to be; one that nobody exported is known from now on."""
        if step.entry is None and step.item is not None:
            status = (self._folder / step.path).lstat()
            written = Written(step.digest, status.st_size, status.st_mtime_ns, there=True)
            self._entries[step.path] = _entry(step, written, "copy")
        self._counts["keep"] += 1

    def leave(self, step: Step) -> None:
        """Leave a file as somebody else made it; one that is gone, and wanted no more, is forgotten."""
        if step.problem:
            self.problems.append(ExportProblem(self._folder / step.path, step.problem))
        elif step.item is None and step.entry is not None and step.entry.state(self._folder) == "gone":
            self._entries.pop(step.path, None)

    def remove(self, step: Step) -> None:
        """Delete a file that an earlier export wrote, if it is as that left it, and folders that become empty by it.

        Raises:
            StorageError: It cannot be deleted.
        """
        entry = step.entry
        if entry is None:
            raise ValueError("only what was exported can be removed")
        path = self._folder / step.path
        try:
            if entry.state(self._folder) != "gone":
                if not entry.certainly(self._folder):
                    self.problems.append(ExportProblem(path, CHANGED))
                    return
                path.unlink()
                self._counts["remove"] += 1
            for folder in list(path.relative_to(self._folder).parents)[:-1]:
                with suppress(OSError):  # not empty, or gone
                    (self._folder / folder).rmdir()
        except OSError as error:
            raise storage_error(error, path) from error
        self._entries.pop(step.path, None)
        self._save_now_and_then()

    def fail(self, step: Step, error: FaceOrganizerError | str) -> None:
        """Take note of a file that could not be made."""
        source = None if step.item is None or step.item.source is None else step.item.source.path
        reason = error.reason if isinstance(error, UnreadablePhotoError | UnwritableError) else str(error)
        self.problems.append(ExportProblem(source or self._folder / step.path, reason))

    def _is_ready(self, step: Step) -> bool:
        """Whether a file may be written: its folder is there, and what it replaces is as it was exported."""
        target = self._folder / step.path
        try:
            if step.action == "update" and step.entry is not None and not step.entry.certainly(self._folder):
                self.problems.append(ExportProblem(target, CHANGED))
                return False
            self._prepare(target.parent)
        except UnwritableError as error:
            self.fail(step, error)
            return False
        except OSError as error:
            raise storage_error(error, target) from error
        return True

    def _done(self, step: Step, result: Callable[[], Written], way: str) -> None:
        try:
            written = result()
        except (UnreadablePhotoError, UnwritableError) as error:
            self.fail(step, error)
            return
        except OSError as error:
            raise storage_error(error, self._folder / step.path) from error
        self._entries[step.path] = _entry(step, written, way)
        self._counts["keep" if written.there else step.action] += 1
        self.written += 0 if written.there or way in ("hard", "symbolic", "reflink") else written.size
        self._save_now_and_then()

    def _prepare(self, folder: Path) -> None:
        make_folder(folder)
        if folder not in self._swept:
            self._swept.add(folder)
            sweep(folder, time.time() - _ABANDONED)

    def _save_now_and_then(self) -> None:
        began = time.monotonic()
        if began > self._save_next:
            write_manifest(self._folder, self._entries.values())
            ended = time.monotonic()
            self._save_next = ended + max(_SAVED_EVERY, _SAVING_SHARE * (ended - began))


def _entry(step: Step, written: Written, way: str) -> Entry:
    item = step.item
    if item is None:
        raise ValueError("a file without anything wanted")
    source = item.source
    known = "" if source is None else source.expected or ""
    return Entry(
        path=step.path,
        key=step.key,
        photo=item.photo,
        recipe=item.recipe,
        source="" if source is None else str(source.path),
        source_hash=written.digest or known if not item.recipe else known,
        mark=item.origin,
        hash=written.digest,
        size=written.size,
        mtime_ns=written.mtime_ns,
        way=way,
        people=item.people,
        why=item.why,
        added=datetime.now(UTC).isoformat(timespec="seconds"),
        # Of an earlier export that was killed before it could say so, or of somebody else: never to be removed.
        adopted=written.there and (step.entry is None or step.entry.adopted),
    )
