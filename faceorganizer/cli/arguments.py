"""Global options are accepted before and after the command."""

from collections.abc import Sequence
from pathlib import Path

import typer

FLAGS = ("--json", "--quiet", "--verbose", "--yes", "--dry-run")
WITH_VALUE = ("--library",)


def hoist_global_options(arguments: Sequence[str]) -> list[str]:
    """Move global options to the front, where the parser expects them; nothing behind ``--`` is touched.

    An option that lacks its value comes alone, so that the parser says just that.
    """
    ahead: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            rest += [argument, *waiting]
        elif argument in FLAGS or argument.startswith(tuple(f"{option}=" for option in WITH_VALUE)):
            ahead.append(argument)
        elif argument in WITH_VALUE:
            value = next(waiting, None)
            if value is None:
                return [argument]
            ahead += [argument, value]
        else:
            rest.append(argument)
    return ahead + rest


def path_argument(text: str) -> Path:
    """Take a path as the user typed it. An empty one, such as of a variable that is not set, is no current folder."""
    if not text.strip():
        raise typer.BadParameter("The path is empty.")
    return Path(text)
