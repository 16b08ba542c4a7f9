"""What all commands share: the global options, the library, and how results are shown."""

import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from faceorganizer.domain.errors import CancelledError, UsageError
from faceorganizer.library import Library

UNLIMITED = 100_000


@dataclass(slots=True)
class Session:
    """One call of the program.

    Attributes:
        library_path: Folder of the library; None for the usual one.
        as_json: Whether results are JSON on stdout.
        quiet: Whether only results and errors are shown.
        verbose: Whether more is told than usual.
        yes: Whether questions are answered with yes.
        dry_run: Whether what is written outside the library is only shown.
    """

    library_path: Path | None = None
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    yes: bool = False
    dry_run: bool = False
    out: Console = field(default_factory=lambda: _console(stderr=False))
    err: Console = field(default_factory=lambda: _console(stderr=True))

    def open(self) -> Library:
        """Open the library.

        Raises:
            LibraryError: There is none, or it cannot be used.
        """
        return Library.open(self.library_path)

    def open_or_create(self) -> Library:
        """Open the library, or make it where there is none yet."""
        return Library.open_or_create(self.library_path)

    @property
    def can_ask(self) -> bool:
        """Whether somebody is there to answer: input and messages are on a terminal."""
        return sys.stdin is not None and sys.stdin.isatty() and self.err.is_terminal and not self.as_json

    def confirm(self, question: str, answer: str) -> bool:
        """Ask a question that ``--yes`` answers, too.

        Args:
            question: Ends with a question mark.
            answer: The option that answers it when nobody can be asked.

        Raises:
            UsageError: Nobody can be asked.
        """
        if self.yes:
            return True
        if not self.can_ask:
            raise UsageError(question, f"Answer with {answer}.")
        try:
            return typer.confirm(question, err=True)
        except typer.Abort as error:
            raise CancelledError from error

    def say(self, message: str) -> None:
        """Tell something on stderr, unless the user wants quiet."""
        if not self.quiet:
            self.err.print(printable(message), markup=False)

    def show(self, message: str) -> None:
        """Print a line of the result for a person."""
        self.out.print(printable(message), markup=False)

    def document(self, value: Any) -> None:
        """Print one JSON document on stdout."""
        _write_lines([json.dumps(value, indent=1)])

    def lines(self, values: Iterable[Mapping[str, Any]]) -> None:
        """Print one JSON object a line on stdout."""
        _write_lines(map(json.dumps, values))

    def table(self, headings: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
        """Print a table for a person."""
        headings = list(headings)
        table = Table(box=None, pad_edge=False, header_style="bold", show_header=bool(headings))
        for heading in headings:
            table.add_column(heading, overflow="fold")
        for row in rows:
            table.add_row(*(printable(str(cell)) if cell is not None else "" for cell in row))
        self.out.print(table, markup=False)


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, soft_wrap=True, highlight=False)
    if not console.is_terminal:
        console.width = UNLIMITED  # nothing is wrapped for a program or a file that reads it
    return console


def _write_lines(texts: Iterable[str]) -> None:
    # JSON is ASCII here: it survives any code page, and names that are no valid UTF-8.
    sys.stdout.writelines(text + "\n" for text in texts)
    sys.stdout.flush()  # who reads along while folders are watched waits for it


def printable(text: str) -> str:
    """Text with what no terminal can show replaced: bytes that are no valid UTF-8, control characters."""
    clean = os.fsencode(text).decode("utf-8", "replace")
    return "".join(character if character.isprintable() or character in "\n\t" else "�" for character in clean)


def session_of(context: typer.Context) -> Session:
    """The session of a command."""
    session = context.find_object(Session)
    if session is None:
        raise RuntimeError("a command was called without a session")
    return session
