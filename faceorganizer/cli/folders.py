"""folders: what the library looks after."""

from pathlib import Path
from typing import Annotated

import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.session import Session, session_of
from faceorganizer.domain.errors import UsageError

app = typer.Typer(help="The folders a library looks after.", no_args_is_help=True)


@app.command("list")
def list_folders(context: typer.Context) -> None:
    """List the folders, with photos and whether their drive is connected."""
    session = session_of(context)
    with session.open() as library:
        statuses = library.folders.list()
    if session.as_json:
        session.lines(
            {
                "path": str(status.root.path),
                "online": status.online,
                "photos": status.photos,
                "missing": status.missing,
                "exclude": list(status.root.exclusions),
            }
            for status in statuses
        )
    else:
        session.table(
            ("Folder", "Photos", "Missing", ""),
            ((s.root.path, s.photos, s.missing, "" if s.online else "offline") for s in statuses),
        )


@app.command()
def add(
    context: typer.Context,
    folders: Annotated[list[Path], typer.Argument(parser=path_argument, metavar="FOLDER...", help="Folders to add.")],
    exclude: Annotated[list[str] | None, typer.Option(help="Glob patterns to leave out.", metavar="GLOB")] = None,
) -> None:
    """Add folders; the next scan reads them."""
    session = session_of(context)
    with session.open() as library:
        roots = [library.folders.add(folder, exclude or ()) for folder in folders]
    _report(session, "added", [str(root.path) for root in roots])


@app.command()
def exclude(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(parser=path_argument, metavar="FOLDER", help="A folder of the library.")],
    patterns: Annotated[list[str] | None, typer.Argument(metavar="[GLOB]...", help="Patterns to leave out.")] = None,
    nothing: Annotated[bool, typer.Option("--nothing", help="Leave nothing out any more.")] = False,
) -> None:
    """Say anew what is left out of a folder; the next scan heeds it."""
    session = session_of(context)
    if bool(patterns) == nothing:
        raise UsageError("Name the patterns to leave out, or --nothing.")
    with session.open() as library:
        library.folders.set_exclusions(folder, patterns or ())
    if session.as_json:
        session.document({"path": str(folder), "exclude": list(patterns or ())})
    else:
        session.say(f"From the next scan on {', '.join(patterns or ['nothing'])} is left out of {folder}.")


@app.command()
def remove(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(parser=path_argument, metavar="FOLDER", help="Folder to forget.")],
) -> None:
    """Forget a folder. Its people and names stay, and return when it is added again."""
    session = session_of(context)
    with session.open() as library:
        library.folders.remove(folder)
    _report(session, "removed", [str(folder)])


@app.command()
def relocate(
    context: typer.Context,
    old: Annotated[Path, typer.Argument(parser=path_argument, metavar="OLD", help="Where the folder was.")],
    new: Annotated[Path, typer.Argument(parser=path_argument, metavar="NEW", help="Where it is now.")],
) -> None:
    """Say that a folder has moved; everything known of it stays."""
    session = session_of(context)
    with session.open() as library:
        library.folders.relocate(old, new)
    _report(session, "relocated", [str(old), str(new)])


def _report(session: Session, what: str, paths: list[str]) -> None:
    if session.as_json:
        session.document({what: paths})
    elif what == "relocated":
        session.say(" is now ".join(paths) + ".")
    else:
        session.say(f"{what.capitalize()}: {', '.join(paths)}. The photos themselves are untouched.")
