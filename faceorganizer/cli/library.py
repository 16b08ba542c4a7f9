"""library: upkeep."""

from collections.abc import Mapping
from typing import Any

import typer

from faceorganizer.cli.session import session_of
from faceorganizer.library import Library

app = typer.Typer(help="Upkeep of the library.", no_args_is_help=True)


@app.command()
def create(context: typer.Context) -> None:
    """Make an empty library."""
    session = session_of(context)
    with Library.create(session.library_path) as library:
        path = library.path
    if session.as_json:
        session.document({"path": str(path)})
    else:
        session.say(f"Created the library {path}.")


@app.command()
def info(context: typer.Context) -> None:
    """Show what the library holds."""
    session = session_of(context)
    with session.open() as library:
        info = library.info()
    fields = {
        "path": str(info.path),
        "version": info.version,
        "bytes": info.bytes,
        "cache_bytes": info.cache_bytes,
        "folders": info.folders,
        "photos": info.photos,
        "missing": info.missing,
        "faces": dict(info.faces),
        "people": info.people,
        "groups": info.groups,
        "last_grouping": info.last_grouping,
    }
    if session.as_json:
        session.document(fields)
        return
    words = {**fields, "faces": _in_words(info.faces), "last_grouping": _grouping_in_words(info.last_grouping)}
    session.table((), ((key.replace("_", " "), value) for key, value in words.items()))


@app.command()
def check(context: typer.Context) -> None:
    """Look for damage; exit code 1 when there is any."""
    session = session_of(context)
    with session.open() as library:
        problems = library.check()
    if session.as_json:
        session.document({"sound": not problems, "problems": problems})
    else:
        for problem in problems:
            session.show(problem)
        if not problems:
            session.show("The library is sound.")
    if problems:
        raise typer.Exit(1)


def _in_words(faces: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in faces.items() if count) or "none"


def _grouping_in_words(grouping: Mapping[str, Any] | None) -> str:
    if grouping is None:
        return "none yet"
    return f"{grouping['method']}, {grouping['faces']} faces in {grouping['seconds']:.1f} s"
