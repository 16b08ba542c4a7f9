"""Starts the program: the command line, and the window."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from faceorganizer.domain.errors import CancelledError, FaceOrganizerError, SettingError, StorageError, UsageError

DONE, FAILED, WRONG_USAGE, CANCELLED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code. Expected errors become one plain line on stderr; bugs stay loud."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if not words:  # the window is wanted at once, and needs nothing of the command line
            return open_window(None)
        _command(words)
    except SystemExit as ended:  # how every command ends, with help and wrong usage among them
        return _flushed(ended.code if isinstance(ended.code, int) else DONE)
    except (UsageError, SettingError) as error:
        return _told(error, WRONG_USAGE)
    except CancelledError as error:
        return _told(error, CANCELLED)
    except FaceOrganizerError as error:
        return _told(error, FAILED)
    return DONE


def _command(words: Sequence[str]) -> None:
    # Only here: a window opens sooner without.
    from faceorganizer.cli.arguments import hoist_global_options
    from faceorganizer.cli.main import app

    app(hoist_global_options(words), prog_name="faceorganizer", obj=open_window)


def open_window(library: Path | None, paths: Sequence[Path] = ()) -> int:
    """Show the window of a library until it is closed, and return the exit code.

    Args:
        library: Its folder; the user's own when None.
        paths: Folders and photos to show, or to offer to scan.
    """
    # Only here: no command imports Qt.
    from faceorganizer.gui.application import run

    return run(library, paths)


def _flushed(code: int) -> int:
    try:
        sys.stdout.flush()
        return code
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter tries again at its end
        if isinstance(error, BrokenPipeError):  # the reader, such as `head`, has seen enough
            return code
        return _told(StorageError(f"The results could not be written: {error.strerror}.", "Make room there."), FAILED)


def _told(error: FaceOrganizerError, code: int) -> int:
    from faceorganizer.cli.session import printable

    print(printable(f"faceorganizer: {error}"), file=sys.stderr)  # noqa: T201
    return code
