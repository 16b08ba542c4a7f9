"""Files that are whole or not there."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from faceorganizer.domain.errors import StorageError


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """Open a text file (UTF-8) that appears under its name only when everything is written.

    Raises:
        StorageError: It cannot be written; a former file of that name stays as it was.
    """
    # Names that are no valid UTF-8 are written as the bytes they are.
    with _whole(path, "w", encoding="utf-8", errors=sys.getfilesystemencodeerrors(), newline="") as stream:
        yield stream


def put_whole(path: Path, content: bytes) -> None:
    """Write a file that appears under its name only when everything is written.

    Raises:
        StorageError: It cannot be written; a former file of that name stays as it was.
    """
    with _whole(path, "wb") as stream:
        stream.write(content)


@contextmanager
def _whole(path: Path, mode: str, **options: str) -> Iterator[Any]:
    path = Path(os.path.realpath(path))  # a link stays one
    try:
        handle, name = tempfile.mkstemp(prefix=".export.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _storage_error(path, error) from error
    try:
        with os.fdopen(handle, mode, **options) as stream:  # type: ignore[call-overload]
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except OSError as error:
        raise _storage_error(path, error) from error
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


def _storage_error(path: Path, error: OSError) -> StorageError:
    if not path.parent.is_dir():
        return StorageError(f"There is no folder {path.parent}.", "Make it first, or choose another place.")
    reason = (error.strerror or str(error)).lower()
    return StorageError(f"{path} could not be written: {reason}.", "Choose another place, or make room there.")
