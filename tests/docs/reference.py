"""The command-line reference of the help, written from the program itself.

    python3 dev.py docs

writes it to resources/help/commands.md.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).resolve().parents[2] / "resources" / "help" / "commands.md"
_BEGINNING: Final = """\
# All commands

This page is written from the program. `faceorganizer COMMAND --help` says the same.

## Everywhere

Without a command the window opens. These options stand before or after any command:

{options}

With `--json` each command prints one document, or one object a line where it lists something. Nothing asks where no
terminal is: what would be asked ends with exit code 2, and the message names the option that answers.

| Exit code | |
|---|---|
| 0 | done |
| 1 | failed; the message says why |
| 2 | wrong usage, or an answer is missing |
| 3 | done, but some files could not be read or written |
| 130 | cancelled; what was done is kept |

| Environment variable | |
|---|---|
| `FACEORGANIZER_LIBRARY` | folder of the library, where `--library` does not name another |
| `FACEORGANIZER_CONFIG` | file of the program's settings |
| `FACEORGANIZER_MODELS` | folder of models that were added |
"""


_TYPES: Final = {"<int range>": "N", "<float range>": "NUMBER", "<int>": "N", "<float>": "NUMBER", "<str>": "TEXT"}


def reference() -> str:
    """The page as the program is now."""
    os.environ["COLUMNS"] = "120"
    import typer

    from faceorganizer.cli.main import app

    root = typer.main.get_command(app)
    context = root.context_class(root, info_name="faceorganizer")
    shown = [option for option in root.params if not option.name.endswith("_completion")]
    parts = [_BEGINNING.format(options="\n".join(_table(shown, context, "Option")))]
    for name, command in sorted(root.commands.items()):
        parts += _section(command, root.context_class(command, info_name=name, parent=context), ["faceorganizer", name])
    return "\n".join(parts).rstrip() + "\n"


def _section(command: Any, context: Any, words: list[str]) -> Iterator[str]:
    """A command, or all commands of a noun."""
    level = "#" * len(words)
    yield f"{level} {' '.join(words[1:])}\n"
    if command.help:
        yield f"{_paragraphs(command.help)}\n"
    if hasattr(command, "commands"):
        for name, inner in sorted(command.commands.items()):
            yield from _section(inner, command.context_class(inner, info_name=name, parent=context), [*words, name])
        return
    arguments = [part for part in command.params if part.param_type_name == "argument"]
    options = [part for part in command.params if part not in arguments and part.name != "help"]
    named = [_record(part, context)[0] for part in arguments]
    yield f"```\n{' '.join([*words, *(['[OPTIONS]'] if options else []), *named])}\n```\n"
    if arguments:
        yield "\n".join(_table(arguments, context, "Argument")) + "\n"
    if options:
        yield "\n".join(_table(options, context, "Option")) + "\n"


def _table(parts: list[Any], context: Any, title: str) -> Iterator[str]:
    yield f"| {title} | |"
    yield "|---|---|"
    for part in parts:
        name, text = _record(part, context)
        yield f"| `{name.replace('|', ', ')}` | {text.replace('|', ', ')} |"


def _record(part: Any, context: Any) -> tuple[str, str]:
    name, text = part.get_help_record(context)
    if part.param_type_name == "argument":
        name = name.partition(" <")[0]
        if part.nargs == -1 and "..." not in name:
            name += "..."
    for of_the_type, plain in _TYPES.items():
        name = name.replace(of_the_type, plain)
    return name, " ".join(text.replace("  [", " [").split())


def _paragraphs(text: str) -> str:
    """As Markdown: what looks like an option or a placeholder of HTML is code."""
    return text.replace("\b\n", "").replace("<", "&lt;").strip()
