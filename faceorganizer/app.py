"""Starts the program: the command line, and one day the window."""

import contextlib
import os
import sys
from collections.abc import Sequence

import click

from faceorganizer.cli.arguments import hoist_global_options
from faceorganizer.cli.main import app
from faceorganizer.cli.session import printable
from faceorganizer.domain.errors import CancelledError, FaceOrganizerError, SettingError, UsageError

DONE, FAILED, WRONG_USAGE, CANCELLED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code. Expected errors become one plain line on stderr; bugs stay loud."""
    words = hoist_global_options(sys.argv[1:] if arguments is None else arguments)
    try:
        result = app(words, prog_name="faceorganizer", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (UsageError, SettingError) as error:
        return _told(error, WRONG_USAGE)
    except (CancelledError, KeyboardInterrupt, click.Abort) as error:
        return _told(error if isinstance(error, CancelledError) else CancelledError(), CANCELLED)
    except FaceOrganizerError as error:
        return _told(error, FAILED)
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return result if isinstance(result, int) else DONE


def _told(error: FaceOrganizerError, code: int) -> int:
    print(printable(f"faceorganizer: {error}"), file=sys.stderr)  # noqa: T201
    return code
