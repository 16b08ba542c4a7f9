"""The root of the command line."""

import os
from pathlib import Path
from typing import Annotated

import typer

from faceorganizer import __version__
from faceorganizer.cli import (
    albums,
    benchmark,
    benchmark_identification,
    benchmark_verification,
    cluster,
    doctor,
    evaluate,
    export,
    faces,
    folders,
    history,
    imports,
    insight,
    learn,
    library,
    models,
    people,
    photos,
    review,
    scan,
    settings,
    similar,
    suggest,
    verify,
    write_metadata,
)
from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.session import Session, session_of
from faceorganizer.domain.errors import UsageError

app = typer.Typer(
    help="Finds the people in folders of photos, on your own machine.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="Global options are accepted before or after the command.",
)
app.command("scan")(scan.scan)
app.add_typer(folders.app, name="folders")
app.command("photos")(photos.photos)
app.add_typer(albums.app, name="albums")
app.add_typer(faces.app, name="faces")
app.add_typer(people.app, name="people")
app.command("review")(review.review)
app.command("suggest")(suggest.suggest)
app.command("similar")(similar.similar)
app.command("verify")(verify.verify)
app.command("cluster")(cluster.cluster)
app.command("learn")(learn.learn)
app.command("evaluate")(evaluate.evaluate)
app.command("benchmark")(benchmark.benchmark)
app.command("benchmark-identification")(benchmark_identification.benchmark_identification)
app.command("benchmark-verification")(benchmark_verification.benchmark_verification)
app.command("map")(insight.face_map)
app.add_typer(insight.app, name="insight")
app.command("undo")(history.undo)
app.command("redo")(history.redo)
app.command("history")(history.history)
app.add_typer(export.app, name="export")
app.add_typer(imports.app, name="import")
app.command("write-metadata")(write_metadata.write_metadata)
app.add_typer(library.app, name="library")
app.add_typer(models.app, name="models")
app.add_typer(settings.app, name="settings")
app.command("doctor")(doctor.doctor)


@app.command("gui")
def open_window(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(parser=path_argument, help="Folders and photos to show, or to offer to scan.", metavar="PATH"),
    ] = None,
) -> None:
    """Open the window, which is what happens without a command, too."""
    session = session_of(context)
    if session.open_window is None:
        raise RuntimeError("the command line was started without a window to open")
    wanted = [Path(os.path.abspath(path)) for path in paths or ()]
    for path in wanted:
        if not os.path.exists(path):  # noqa: PTH110 - never raises
            raise UsageError(f"There is no file or folder {path}.")
    raise typer.Exit(session.open_window(session.library_path, wanted))


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"faceorganizer {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    library_path: Annotated[
        Path | None, typer.Option("--library", parser=path_argument, help="Folder of the library.", metavar="PATH")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Results as JSON on stdout.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show results and errors only.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Tell more.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Answer every question with yes.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would be done, where a command says so.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Find the people in folders of photos, on your own machine."""
    session = Session(library_path, as_json, quiet, verbose, yes, dry_run, open_window=context.obj)
    context.obj = session
    if context.invoked_subcommand is None:
        open_window(context)
