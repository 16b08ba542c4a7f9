"""Where the packets of a library's photos are, read and put back."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from faceorganizer.db.repositories.written import PacketChange
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.errors import StepConflictError, UnreadablePhotoError, UnwritableFileError
from faceorganizer.domain.ids import FileId
from faceorganizer.domain.pictures import FileRecord, FileState
from faceorganizer.imaging.files import os_reason
from faceorganizer.imaging.packet import read_packet
from faceorganizer.jobs.workers import Outcome, WorkerPool
from faceorganizer.metadata.files import contents
from faceorganizer.metadata.placing import write_sidecar
from faceorganizer.metadata.writing import digest
from faceorganizer.services.interchange.embedding import WRITABLE, Embedded, EmbedTask, embedding_worker

FILE: Final = "file"
SIDECAR: Final = "sidecar"
STEM: Final = "stem"
TASK_SECONDS: Final = 120.0

EmbedPool = WorkerPool[EmbedTask, Embedded]


class UnreadablePacketError(Exception):
    """A sidecar is there and cannot be read; the message finishes the sentence "It was left alone: ..."."""


@dataclass(frozen=True, slots=True)
class State:
    """How the file with a packet looks."""

    size: int | None
    mtime_ns: int | None


def packet_path(photo: Path, place: str) -> Path:
    """Return the file that holds a packet: the photo itself, or a sidecar."""
    if place == SIDECAR:
        return photo.with_name(f"{photo.name}.xmp")
    return photo.with_suffix(".xmp") if place == STEM else photo


def current_packet(photo: Path, place: str) -> bytes | None:
    """Return the packet at a place; None where there is none.

    Raises:
        UnreadablePacketError: The file is there and cannot be read, or is far too large for a sidecar.
    """
    path = packet_path(photo, place)
    if place == FILE:
        try:
            return read_packet(path)
        except UnreadablePhotoError as error:
            raise UnreadablePacketError(error.reason) from error
    data = contents(path)
    if data is None:
        try:
            path.lstat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UnreadablePacketError(f"{path.name}: {os_reason(error)}") from error
        raise UnreadablePacketError(f"{path.name} cannot be read, or is no sidecar")
    return data


def state_of(path: Path) -> State:
    """Return how a file looks now."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return State(None, None)
    return State(status.st_size, status.st_mtime_ns)


def put_sidecar(photo: Path, place: str, packet: bytes | None) -> None:
    """Write a sidecar, or with None remove it.

    Raises:
        UnwritableFileError: It cannot be written.
    """
    path = packet_path(photo, place)
    try:
        if path.exists() and not path.stat().st_mode & WRITABLE:
            raise UnwritableFileError(photo, f"{path.name} is read-only")
        write_sidecar(path, packet)
    except OSError as error:
        raise UnwritableFileError(photo, os_reason(error)) from error


def embed_all(tasks: Sequence[EmbedTask], jobs: int) -> Generator[Outcome[EmbedTask, Embedded], None, None]:
    """Write packets into photos, several at a time; outcomes come in any order."""
    if not tasks:
        return
    with EmbedPool(embedding_worker, (), size=min(jobs, len(tasks)), task_timeout=TASK_SECONDS) as pool:
        waiting = iter(tasks)
        for task in waiting:
            pool.submit(task)
            if pool.pending >= 2 * jobs:
                yield _next(pool)
        while pool.pending:
            yield _next(pool)


def failure(outcome: Outcome[EmbedTask, Embedded]) -> UnwritableFileError | None:
    """Return why a photo could not be written to; None when it was.

    Raises:
        FaceOrganizerError: It was no fault of the photo.
    """
    if outcome.crash:
        return UnwritableFileError(outcome.task.path, outcome.crash)
    if outcome.error is not None and not isinstance(outcome.error, UnwritableFileError):
        raise outcome.error
    return outcome.error


def put_back(unit: UnitOfWork, changes: Sequence[PacketChange], *, keep_times: bool, jobs: int) -> None:
    """Bring files to where undoing or redoing a step leads: all of them, unless one is in the way.

    Files that are gone, or that no longer are the library's, are passed over; files that are there already stay.

    Args:
        unit: In the transaction of that step.
        changes: What it means for files.
        keep_times: Whether photos keep their modification times.
        jobs: How many photos are written at a time.

    Raises:
        StepConflictError: A file's metadata have been changed since; nothing was written.
        UnwritableFileError: A file cannot be written.
    """
    files = _files(unit, [change.file for change in changes])
    waiting: list[tuple[PacketChange, FileRecord, Path]] = []
    for change in changes:
        record, path = files.get(change.file, (None, None))
        if record is None or path is None or record.state is FileState.MISSING or not path.exists():
            continue
        if _is_waiting(change, path):
            waiting.append((change, record, path))
    states: list[tuple[int, int | None, int | None]] = []
    tasks = []
    for change, _, path in waiting:
        if change.place == FILE:
            # As it is, and not as it was scanned: a program that was killed could not note what it had written.
            seen = state_of(path)
            if seen.size is None or seen.mtime_ns is None:
                raise UnwritableFileError(path, "it is no longer there")
            tasks.append(EmbedTask(change.id, path, change.wanted, seen.size, seen.mtime_ns, keep_times))
        else:
            put_sidecar(path, change.place, change.wanted)
            state = state_of(packet_path(path, change.place))
            states.append((change.id, state.size, state.mtime_ns))
    by_number = {change.id: record for change, record, _ in waiting}
    for outcome in embed_all(tasks, jobs):
        error = failure(outcome)
        if error is not None:
            raise error
        done = outcome.result
        assert done is not None
        note_embedded(unit, by_number[outcome.task.number], done, keep_times)
        states.append((outcome.task.number, done.size, done.mtime_ns))
    unit.written.note_states(states)


def note_embedded(unit: UnitOfWork, record: FileRecord, done: Embedded, keep_times: bool) -> None:
    """Note how a photo looks after it was written into, so that the next scan does not see a change.

    Where the file's age may decide which of several copies stands for the picture, the scan has to look again.
    """
    if record.content is None:
        return
    holders = unit.files.of_contents([record.content]).get(record.content, [])
    if keep_times or all(holder.id == record.id for holder in holders):
        unit.files.update([replace(record, size=done.size, mtime_ns=done.mtime_ns, file_hash=done.file_hash)])


def _is_waiting(change: PacketChange, photo: Path) -> bool:
    """Whether a file is as the step left it, and not where it is to be already."""
    try:
        packet = current_packet(photo, change.place)
    except UnreadablePacketError as error:
        raise StepConflictError(f"{photo}: {error}.", "Nothing was changed.") from error
    if packet == change.expected:  # as is usual, and told without reading what it says
        return change.expected != change.wanted
    now = digest(packet)
    if now == digest(change.wanted):
        return False
    if now != digest(change.expected):
        raise StepConflictError(
            f"The metadata of {photo} have been changed by another program since.",
            "Nothing was changed. 'faceorganizer import metadata' takes over what was changed.",
        )
    return True


def _files(unit: UnitOfWork, wanted: Sequence[FileId]) -> Mapping[FileId, tuple[FileRecord, Path]]:
    chosen = set(wanted)
    return {
        file.id: (file, root.path / file.path)
        for root in unit.roots.all()
        for file in unit.files.of_root(root.id)
        if file.id in chosen
    }


def _next(pool: EmbedPool) -> Outcome[EmbedTask, Embedded]:
    outcome = pool.next_outcome()
    if outcome is None:
        raise RuntimeError("a task that was submitted has no outcome")
    return outcome
