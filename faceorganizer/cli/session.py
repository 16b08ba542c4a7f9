"""What all commands share: the global options, the library, and how results are shown."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import typer
from rich.cells import cell_len
from rich.console import Console

from faceorganizer.domain.errors import CancelledError, StorageError, UsageError
from faceorganizer.library import Library

Answer = TypeVar("Answer")


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
        err: The terminal or file that messages go to; names in them are never taken for markup.
        before_output: Called before anything is printed on stdout.
        open_window: Shows a library's window, with folders and photos, until it is closed, and returns the exit code.
    """

    library_path: Path | None = None
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    yes: bool = False
    dry_run: bool = False
    err: Console = field(
        default_factory=lambda: Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)
    )
    before_output: Callable[[], None] = field(default=lambda: None)
    open_window: Callable[[Path | None, Sequence[Path]], int] | None = None

    def open(self) -> Library:
        """Open the library.

        Raises:
            LibraryError: There is none, or it cannot be used.
        """
        return self._told(Library.open(self.library_path))

    def open_or_create(self) -> Library:
        """Open the library, or make it where there is none yet."""
        return self._told(Library.open_or_create(self.library_path))

    def _told(self, library: Library) -> Library:
        if self.verbose:
            self.say(f"Library: {library.path}")
        return library

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
        return self._asked(lambda: typer.confirm(printable(question), err=True))

    def choose(self, question: str, answers: Sequence[str], otherwise: UsageError) -> str:
        """Ask which one of several texts it is.

        Args:
            question: What is asked.
            answers: One of them is returned.
            otherwise: Raised when nobody can be asked.
        """
        if not self.can_ask:
            raise otherwise
        for number, answer in enumerate(answers, 1):
            self.err.print(printable(f"{number}  {answer}"))

        def chosen(text: str) -> str:
            if not text.isdecimal() or not 1 <= int(text) <= len(answers):
                raise typer.BadParameter(f"Choose a number from 1 to {len(answers)}.")
            return answers[int(text) - 1]

        return self._asked(lambda: str(typer.prompt(printable(question), value_proc=chosen, err=True)))

    def ask(self, question: str) -> str:
        """Ask for a line of text, which may be empty; somebody has to be there to answer."""
        return self._asked(
            lambda: str(typer.prompt(printable(question), default="", show_default=False, prompt_suffix=" ", err=True))
        )

    @staticmethod
    def _asked(ask: Callable[[], Answer]) -> Answer:
        try:
            return ask()
        except typer.Abort as error:
            raise CancelledError from error

    def say(self, message: str) -> None:
        """Tell something on stderr, unless the user wants quiet."""
        if not self.quiet:
            self.err.print(printable(message))

    def show(self, message: str) -> None:
        """Print a line of the result for a person."""
        self._write([printable(message)])

    def document(self, value: Any) -> None:
        """Print one JSON document on stdout."""
        self._write([json.dumps(value, indent=1)])

    def lines(self, values: Iterable[Mapping[str, Any]]) -> None:
        """Print one JSON object a line on stdout."""
        self._write(map(json.dumps, values))

    def table(self, headings: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
        """Print a table for a person; no headings leave that line out. Fast also for a hundred thousand rows."""
        cells = [[printable(str(cell)) if cell is not None else "" for cell in row] for row in (headings, *rows)]
        cells = [row for row in cells if row]
        widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
        self._write(
            "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in cells
        )

    def _write(self, lines: Iterable[str]) -> None:
        self.before_output()
        try:
            for line in lines:
                sys.stdout.write(_encodable(line) + "\n")
            sys.stdout.flush()  # whoever reads a watching scan's results gets them at once
        except BrokenPipeError as error:  # the reader, such as `head`, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit from error
        except OSError as error:
            raise StorageError(f"The results could not be written: {error.strerror}.", "Make room there.") from error


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def _encodable(text: str) -> str:
    """Text without what the encoding of stdout lacks; JSON, which is ASCII here, survives any code page."""
    encoding = sys.stdout.encoding or "ascii"
    return text if text.isascii() else text.encode(encoding, "replace").decode(encoding)


# Control characters, line breaks, what turns the direction of writing round, and bytes that are no valid UTF-8.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Text of one line with what a terminal cannot show, or would obey, replaced."""
    return _UNPRINTABLE.sub("\ufffd", text)


def session_of(context: typer.Context) -> Session:
    """The session of a command."""
    session = context.find_object(Session)
    if session is None:
        raise RuntimeError("a command was called without a session")
    return session
