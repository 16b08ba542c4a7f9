"""library: upkeep."""

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
    faces = ", ".join(f"{count} {state}" for state, count in info.faces.items() if count)
    session.table((), ((key.replace("_", " "), faces if key == "faces" else value) for key, value in fields.items()))


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
