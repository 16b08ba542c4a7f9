"""Photos into one zip file, which appears under its name when it is whole. Any size (Zip64)."""

import hashlib
import os
import secrets
import time
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from faceorganizer.domain.errors import StorageError, UnreadablePhotoError
from faceorganizer.domain.export import ExportProblem
from faceorganizer.export.manifest import NAME, TABLE, Entry, manifest_csv, manifest_json
from faceorganizer.export.plan import Step
from faceorganizer.export.transfer import PART, reading, rename_new, storage_error

_BLOCK: Final = 1 << 20
_AHEAD: Final = 2
_AT_ONCE: Final = 32 << 20  # a file up to this size is read once; a larger one first for its hash, then again
_LOOSE: Final = frozenset({".bmp", ".tif", ".tiff", ".ppm", ".pgm", ".json", ".csv", ".xmp"})  # the rest is packed
_FIRST_YEAR: Final = 1980
_LATEST: Final = 4_354_819_200  # seconds; 2108


class ZipExport:
    """A zip at work. Use it as a context: when the block raises, nothing of it stays.

    Args:
        path: The zip file; its folder is there.
        replace: Whether a file that is there is replaced.
        check: Called often; may raise to stop.

    Attributes:
        problems: What could not be put in, and why.
        written: Bytes.

    Raises:
        StorageError: It cannot be written.
    """

    def __init__(self, path: Path, *, replace: bool, check: Callable[[], None]) -> None:
        self.path = path
        self.problems: list[ExportProblem] = []
        self.written = 0
        self._replace = replace
        self._check = check
        self._entries: list[Entry] = []
        self._part = path.with_name(f"{PART}{secrets.token_hex(8)}.part")
        try:
            self._file: BinaryIO = self._part.open("xb")
        except OSError as error:
            if not path.parent.is_dir():
                raise StorageError(f"There is no folder {path.parent}.", "Make it first.") from error
            raise storage_error(error, path) from error
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_STORED, allowZip64=True)

    def __enter__(self) -> "ZipExport":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._finish()
        except OSError as error:
            raise storage_error(error, self.path) from error
        finally:
            with suppress(OSError, ValueError):
                self._zip.fp = None  # its end is not to be written into what is thrown away
                self._file.close()
            with suppress(OSError):
                self._part.unlink()

    @property
    def count(self) -> int:
        """How many photos are in it."""
        return len(self._entries)

    def transfer(self, steps: Iterable[Step]) -> None:
        """Put photos in, as they are; the next ones are read and verified while one is written.

        One that cannot be read, or is not as it was scanned, is noted, and nothing of it is put in.

        Raises:
            StorageError: The disk is full, read-only or failing.
        """
        waiting: deque[Future[_Loaded]] = deque()
        with ThreadPoolExecutor(_AHEAD, "export") as threads:
            try:
                for step in steps:
                    waiting.append(threads.submit(self._loaded, step))
                    if len(waiting) > _AHEAD:
                        self._put(waiting.popleft())
                while waiting:
                    self._put(waiting.popleft())
            finally:
                for future in waiting:
                    future.cancel()

    def _loaded(self, step: Step) -> "_Loaded":
        item = step.item
        if item is None or item.source is None:
            raise ValueError("only photos can be transferred")
        source = item.source.path
        with reading(source) as original:
            status = os.fstat(original.fileno())
            content = _read(original, source, status.st_size + 1) if status.st_size <= _AT_ONCE else None
            digest = self._digest_of(original, source) if content is None else _digest(content)
        if item.source.expected not in (None, digest):
            raise UnreadablePhotoError(source, "it has other bytes than when it was scanned: its drive may be failing")
        return _Loaded(step, source, status, digest, content)

    def _put(self, future: "Future[_Loaded]") -> None:
        try:
            loaded = future.result()
        except UnreadablePhotoError as error:
            self.problems.append(ExportProblem(error.path, error.reason))
            return
        info = _info(loaded.step.path, loaded.status)
        try:
            with self._zip.open(info, "w", force_zip64=info.file_size >= 1 << 31) as file:
                for block in loaded.blocks():
                    file.write(block)
                    self._check()
        except UnreadablePhotoError as error:  # it was read a moment ago; what is in the zip of it must not stay
            raise StorageError(f"{loaded.source} became unreadable: {error.reason}.", "Nothing was written.") from error
        except OSError as error:
            raise storage_error(error, self.path) from error
        self.written += loaded.status.st_size
        self._entries.append(_entry(loaded.step, loaded.digest, loaded.status))

    def _digest_of(self, original: BinaryIO, source: Path) -> str:
        digest = hashlib.blake2b(digest_size=32)
        while block := _read(original, source, _BLOCK):
            digest.update(block)
            self._check()
        return digest.hexdigest()

    def _finish(self) -> None:
        for name, text in ((NAME, manifest_json(self._entries)), (TABLE, "".join(manifest_csv(self._entries)))):
            info = zipfile.ZipInfo(name, _moment(time.time()))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            self._zip.writestr(info, text.encode(errors="surrogateescape"))
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        if self._replace:
            self._part.replace(self.path)
            return
        try:
            rename_new(self._part, self.path)
        except FileExistsError as error:
            raise StorageError(f"{self.path} is there by now.", "Choose another name.") from error


@dataclass(frozen=True, slots=True)
class _Loaded:
    """An original that was read and verified; a large one is read again when it is written."""

    step: Step
    source: Path
    status: os.stat_result
    digest: str
    content: bytes | None

    def blocks(self) -> Iterator[bytes]:
        if self.content is not None:
            yield self.content
            return
        with reading(self.source) as original:
            while block := _read(original, self.source, _BLOCK):
                yield block


def _read(file: BinaryIO, source: Path, size: int) -> bytes:
    try:
        pieces = []
        while size and (piece := file.read(size)):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)
    except OSError as error:
        raise UnreadablePhotoError(source, str(error.strerror or error).lower()) from error


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=32).hexdigest()


def _moment(seconds: float) -> tuple[int, int, int, int, int, int]:
    """A time as an archive can hold it: 1980 to 2107, whatever a clock or a file says."""
    moment = time.localtime(min(max(0, seconds), _LATEST))
    wanted = (moment.tm_year, moment.tm_mon, moment.tm_mday, moment.tm_hour, moment.tm_min, moment.tm_sec)
    return min(max(wanted, (_FIRST_YEAR, 1, 1, 0, 0, 0)), (2107, 12, 31, 23, 59, 58))


def _info(path: str, status: os.stat_result) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, _moment(status.st_mtime))
    loose = PurePosixPath(path).suffix.lower() in _LOOSE
    info.compress_type = zipfile.ZIP_DEFLATED if loose else zipfile.ZIP_STORED
    info.external_attr = 0o644 << 16
    info.file_size = status.st_size
    return info


def _entry(step: Step, digest: str, status: os.stat_result) -> Entry:
    item = step.item
    if item is None or item.source is None:
        raise ValueError("only photos can be transferred")
    return Entry(
        path=step.path,
        key=step.key,
        photo=item.photo,
        recipe="",
        source=str(item.source.path),
        source_hash=digest,
        mark=item.origin,
        hash=digest,
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        way="copy",
        people=item.people,
        why=item.why,
        added=datetime.now(UTC).isoformat(timespec="seconds"),
    )
