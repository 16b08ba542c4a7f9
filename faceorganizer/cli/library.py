"""library: upkeep."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.progress import shown_job
from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.domain.errors import (
    CancelledError,
    LibraryCorruptError,
    LibraryError,
    LibraryMissingError,
    UsageError,
)
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
        "learned": [dict(one) for one in info.learned],
    }
    if session.as_json:
        session.document(fields)
        return
    words = {**fields, "faces": _in_words(info.faces), "last_grouping": _grouping_in_words(info.last_grouping)}
    words["learned"] = ", ".join(f"{one['state']} ({one['model']})" for one in info.learned) or "nothing"
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


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(parser=path_argument, metavar="FILE", help="A new file; else one in backups/.")
    ] = None,
) -> None:
    """Copy the library's database, and verify the copy. It holds names, faces and decisions, no photos."""
    session = session_of(context)
    with session.open() as library:
        path = library.backup(file)
    if session.as_json:
        session.document({"path": str(path), "bytes": path.stat().st_size})
    else:
        session.show(f"Copied into {path}.")


@app.command()
def backups(context: typer.Context) -> None:
    """List the copies in the library's folder, the newest first; with --json one object a line."""
    session = session_of(context)
    records = Library.backups_in(session.library_path)
    if session.as_json:
        session.lines(
            {
                "name": record.name,
                "path": str(record.path),
                "label": record.label,
                "at": record.at.isoformat(timespec="seconds"),
                "bytes": record.bytes,
            }
            for record in records
        )
        return
    session.table(
        ("Copy", "Made", "Bytes"),
        ((record.name, f"{record.at.astimezone():%Y-%m-%d %H:%M:%S}", record.bytes) for record in records),
    )


@app.command()
def restore(
    context: typer.Context,
    copy: Annotated[
        str, typer.Argument(metavar="COPY", help="Name of a copy, as 'library backups' shows it, or a file.")
    ],
) -> None:
    """Go back to a copy. What is there now is copied first; undo leads back to it."""
    session = session_of(context)
    try:
        library = session.open()
    except (LibraryCorruptError, LibraryMissingError) as error:
        _recover(session, copy, error)
        return
    with library:
        library.restore(copy)
        before = library.history(1)[0].snapshot
    if session.as_json:
        session.document({"restored": copy, "before": before})
        return
    session.show(f"Restored {copy}.")
    session.say(f"The library as it was before: {before}. To go back: faceorganizer undo --restore")


@app.command()
def vacuum(context: typer.Context) -> None:
    """Give back the room that deleted things leave; round descriptors where the setting storage.descriptors says so."""
    session = session_of(context)
    with session.open() as library, shown_job(session, library) as job:
        report = library.vacuum(job)
    if session.as_json:
        session.document({"bytes_before": report.bytes_before, "bytes": report.bytes, "rounded": report.rounded})
        return
    if report.rounded:
        session.show(f"Rounded {counted(report.rounded, 'descriptor')}.")
    session.show(f"The database took {report.bytes_before} bytes and takes {report.bytes} now.")


@app.command("empty-cache")
def empty_cache(context: typer.Context) -> None:
    """Delete the small pictures of photos and faces; they are made anew when they are shown."""
    session = session_of(context)
    with session.open() as library:
        size = library.thumbnails.kept_bytes()
        deleted = library.thumbnails.empty()
    if session.as_json:
        session.document({"deleted": deleted, "bytes": size})
    else:
        session.show(f"Deleted {counted(deleted, 'small picture')}, {size / 1e6:.1f} MB.")


@app.command("forget-faces")
def forget_faces(
    context: typer.Context,
    person: Annotated[str | None, typer.Argument(metavar="PERSON", help="A name or an id; else all faces.")] = None,
    everybody: Annotated[bool, typer.Option("--all", help="The faces of everybody, and of nobody.")] = False,
    keep_names: Annotated[
        bool, typer.Option("--keep-names/--no-names", help="Whether names and confirmed faces stay, as bare boxes.")
    ] = True,
) -> None:
    """Delete all that was measured of a person's faces, or of all faces, for good.

    Descriptors, landmarks, pictures of faces, the history and all copies in the library's folder are deleted; photos,
    and copies elsewhere, are not touched. It cannot be undone. Later scans leave these faces alone.
    """
    session = session_of(context)
    if (person is None) is not everybody:
        raise UsageError("Say whose faces are to be forgotten.", "Name a person or say --all, not both.")
    with session.open() as library:
        record = library.people.find(person) if person is not None else None
        whose = "all faces" if record is None else f"the faces of {record.name or f'person {record.id}'}"
        names = "Names stay." if keep_names else "Names go, too."
        question = (
            f"All that was measured of {whose} is deleted for good, with the history and all copies of the library "
            f"in its folder. {names} Go on?"
        )
        if not session.confirm(question, "--yes"):
            raise CancelledError
        report = library.forget_faces(None if record is None else record.id, keep_names=keep_names)
    fields = {
        "faces": report.faces,
        "descriptors": report.descriptors,
        "steps": report.steps,
        "copies": report.copies,
        "cached": report.cached,
        "backup": str(report.backup),
    }
    if session.as_json:
        session.document(fields)
        return
    session.show(
        f"Forgot {counted(report.faces, 'face')}: {counted(report.descriptors, 'descriptor')}, "
        f"{counted(report.cached, 'small picture')}, {counted(report.steps, 'step')} of the history and "
        f"{counted(report.copies, 'copy', 'copies')} are deleted."
    )
    session.say(f"A new copy is {report.backup}. Copies that you keep elsewhere still hold these faces.")


def _recover(session: Session, copy: str, error: LibraryError) -> None:
    damaged = Library.recover(session.library_path, copy)
    session.say(error.message)
    if session.as_json:
        session.document({"restored": copy, "before": damaged and damaged.name})
        return
    session.show(f"Restored {copy}.")
    if damaged is not None:
        session.say(f"The damaged database is {damaged}.")


def _in_words(faces: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in faces.items() if count) or "none"


def _grouping_in_words(grouping: Mapping[str, Any] | None) -> str:
    if grouping is None:
        return "none yet"
    return f"{grouping['method']}, {grouping['faces']} faces in {grouping['seconds']:.1f} s"
