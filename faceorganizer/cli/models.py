"""models: what finds and describes faces."""

from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any

import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.progress import shown_job
from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.services.models.choosing import LAYOUTS, ModelEntry, SwitchReport

SOME_FAILED = 3

app = typer.Typer(help="What finds and describes faces.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="As “models list” names it.")]


@app.command("list")
def list_models(context: typer.Context) -> None:
    """List the program's own models and those that were added."""
    session = session_of(context)
    with session.open() as library:
        entries = library.models.list()
    if session.as_json:
        session.lines(map(_fields, entries))
        return
    session.table(
        ("Model", "What it does", "Layout", "Numbers", "Faces described", ""),
        (
            (
                entry.name,
                "describes faces" if entry.describes else "finds faces",
                entry.layout,
                entry.dimension or "",
                entry.faces if entry.describes else "",
                ", ".join(filter(None, ("used" if entry.used else "", _trouble(entry)))),
            )
            for entry in entries
        ),
    )


@app.command("add")
def add_model(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(parser=path_argument, metavar="FILE", help="A network in the format ONNX.")],
    layout: Annotated[
        str | None,
        typer.Option(
            metavar="LAYOUT",
            help=f"What it takes and gives: {', '.join(LAYOUTS)}. Without it arcface, or yunet for what is one.",
        ),
    ] = None,
    name: Annotated[str | None, typer.Option("--as", metavar="NAME", help="What to call it.")] = None,
) -> None:
    """Try a model and keep a copy of it; nothing else changes until it is used."""
    session = session_of(context)
    with session.open() as library:
        entry = library.models.add(file, layout=layout, name=name)
    if session.as_json:
        session.document(_fields(entry))
        return
    what = f"describes faces by {entry.dimension} numbers" if entry.describes else "finds faces"
    session.show(f"{entry.name}: {what}, layout {entry.layout}.")
    session.say(f"To work with it: faceorganizer models use {entry.name}")


@app.command("use")
def use_model(
    context: typer.Context,
    name: NameArgument,
    jobs: Annotated[int | None, typer.Option(min=1, max=256, help="Worker processes.", metavar="N")] = None,
) -> None:
    """Work with a model: all faces are described by it and grouped again. Names and decisions stay."""
    session = session_of(context)
    with session.open() as library, shown_job(session, library) as job:
        report = library.models.use(name, job, jobs=jobs)
    if session.as_json:
        session.document(_report_fields(report))
    else:
        _show(session, report)
    if report.missing or report.failures:
        raise typer.Exit(SOME_FAILED)


@app.command("remove")
def remove_model(context: typer.Context, name: NameArgument) -> None:
    """Delete the copy of a model that is not used; what it has described stays."""
    session = session_of(context)
    with session.open() as library:
        library.models.remove(name)
    if session.as_json:
        session.document({"removed": name})
    else:
        session.say(f"{name} was removed.")


def _show(session: Session, report: SwitchReport) -> None:
    if not report.describes:
        session.show(f"{report.name} finds faces from the next scan on, which looks through all photos.")
        return
    session.show(
        f"{report.name}: {counted(report.described, 'face')} described in {counted(report.pictures, 'photo')}, "
        f"{counted(report.faces, 'face')} grouped, {report.moved} of them into another group."
    )
    if report.missing:
        session.show("Not there, or not as scanned; their faces keep their people:")
    for path in report.missing:
        session.show(f"  {path}")
    if report.failures:
        session.show("Could not be read:")
    for failure in report.failures:
        session.show(f"  {failure.path}: {failure.reason}")
    if report.snapshot is not None:
        session.say(f"The library as it was before: {report.snapshot}")


def _trouble(entry: ModelEntry) -> str:
    return {"missing": "its file is missing", "changed": "its file has changed"}.get(entry.trouble, "")


def _fields(entry: ModelEntry) -> dict[str, Any]:
    return {field.name: getattr(entry, field.name) for field in fields(entry)}


def _report_fields(report: SwitchReport) -> dict[str, Any]:
    found = {field.name: getattr(report, field.name) for field in fields(report)}
    return found | {
        "missing": [str(path) for path in report.missing],
        "failures": [{"path": str(failure.path), "reason": failure.reason} for failure in report.failures],
        "seconds": round(report.seconds, 3),
        "snapshot": str(report.snapshot) if report.snapshot else None,
    }
