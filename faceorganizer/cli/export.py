"""export: photos, people and faces for others."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.progress import shown_work
from faceorganizer.cli.queries import Asked, asks_for_photos
from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.domain.errors import CancelledError, UsageError
from faceorganizer.domain.export import (
    CROP_MARGIN,
    GALLERY_SIDE,
    Action,
    ExportKind,
    ExportOrder,
    ExportPlan,
    ExportProblem,
    ExportReport,
    ExportWay,
    SeveralPeople,
)
from faceorganizer.services.interchange.exporting import InsideRootError
from faceorganizer.services.interchange.listing import FileThereError

app = typer.Typer(help="Photos, people and faces for others.", no_args_is_help=True)

SOME_FAILED = 3
SHOWN = 20  # paths in a preview
ACTIONS: tuple[Action, ...] = ("add", "update", "keep", "remove", "leave")

Destination = Annotated[Path, typer.Argument(parser=path_argument, metavar="DEST", help="The file to write.")]
Folder = Annotated[Path, typer.Argument(parser=path_argument, metavar="DEST", help="The folder to write into.")]
PersonOption = Annotated[list[str] | None, typer.Option(metavar="P", help="Only this person; may be repeated.")]
AlbumOption = Annotated[str | None, typer.Option(metavar="ALBUM", help="Photos of this album: a name or an id.")]
LayoutOption = Annotated[
    str | None,
    typer.Option(
        metavar="TEMPLATE",
        help="person, person-year, folder, flat, or a template such as '{person}/{date:%Y-%m-%d} {original}'.",
    ),
]
SeveralOption = Annotated[SeveralPeople, typer.Option(help="Where a photo of several people goes.")]
UnnamedOption = Annotated[bool, typer.Option("--unnamed", help="Unnamed groups, too.", show_default=False)]
SyncOption = Annotated[
    bool,
    typer.Option(
        "--sync", help="Remove what an earlier export wrote and does not belong there any more.", show_default=False
    ),
]


@app.command()
@asks_for_photos
def folders(
    context: typer.Context,
    destination: Folder,
    asked: Asked,
    album: AlbumOption = None,
    layout: LayoutOption = None,
    link: Annotated[ExportWay, typer.Option(help="How photos get there.")] = ExportWay.COPY,
    several: SeveralOption = SeveralPeople.EACH,
    unnamed: UnnamedOption = False,
    sync: SyncOption = False,
) -> None:
    """Put photos into folders; exporting again adds what is new."""
    order = ExportOrder(destination=destination, layout=layout, way=link, several=several, unnamed=unnamed, sync=sync)
    _run(session_of(context), order, asked, album)


@app.command("zip")
@asks_for_photos
def zip_file(
    context: typer.Context,
    destination: Destination,
    asked: Asked,
    album: AlbumOption = None,
    layout: LayoutOption = None,
    several: SeveralOption = SeveralPeople.EACH,
    unnamed: UnnamedOption = False,
) -> None:
    """Put photos into one zip file."""
    order = ExportOrder(destination=destination, kind=ExportKind.ZIP, layout=layout, several=several, unnamed=unnamed)
    _run(session_of(context), order, asked, album)


@app.command()
@asks_for_photos
def gallery(
    context: typer.Context,
    destination: Folder,
    asked: Asked,
    album: AlbumOption = None,
    size: Annotated[int, typer.Option(metavar="PIXELS", help="Long side of the photos.")] = GALLERY_SIDE,
    unnamed: UnnamedOption = False,
    sync: SyncOption = False,
) -> None:
    """Make a folder with a page that shows photos and people in any browser, without any network."""
    order = ExportOrder(destination=destination, kind=ExportKind.GALLERY, long_side=size, unnamed=unnamed, sync=sync)
    _run(session_of(context), order, asked, album)


@app.command()
@asks_for_photos
def crops(
    context: typer.Context,
    destination: Folder,
    asked: Asked,
    album: AlbumOption = None,
    layout: LayoutOption = None,
    margin: Annotated[
        float, typer.Option(metavar="SHARE", help="Around the face, as a share of its size.")
    ] = CROP_MARGIN,
    unnamed: UnnamedOption = False,
    sync: SyncOption = False,
) -> None:
    """Cut faces out of the photos, upright and in full size."""
    order = ExportOrder(
        destination=destination,
        kind=ExportKind.CROPS,
        layout=layout,
        margin=margin,
        unnamed=unnamed,
        sync=sync,
    )
    _run(session_of(context), order, asked, album)


@app.command()
def csv(context: typer.Context, destination: Destination, person: PersonOption = None) -> None:
    """Write one row a face."""
    _export(session_of(context), "csv", destination, person)


@app.command()
def json(context: typer.Context, destination: Destination, person: PersonOption = None) -> None:
    """Write people and faces as one document."""
    _export(session_of(context), "json", destination, person)


def _run(session: Session, order: ExportOrder, asked: Asked, album: str | None) -> None:
    if album is not None and asked.anything_but_people:
        raise UsageError("--album goes with --person alone, not with the other options that ask for photos.")
    with session.open() as library, shown_work(session) as job:
        people = tuple(library.people.find(text).id for text in asked.person or ())
        order = replace(
            order,
            people=people,
            album=None if album is None else library.albums.find(album).id,
            query=asked.query(library) if asked.anything and album is None else None,
            inside_root=session.yes,
            replace=session.yes,
        )
        if session.dry_run:
            problems = _show_plan(session, _answered(session, order, partial(library.export.plan, context=job)))
        else:
            problems = _show_report(session, _answered(session, order, partial(library.export.run, context=job)))
    if problems:
        raise typer.Exit(SOME_FAILED)


def _answered(session: Session, order: ExportOrder, act: Any) -> Any:
    """Plan or run, asking what has to be answered first."""
    try:
        return act(order)
    except FileThereError as error:
        if session.dry_run:
            return _answered(session, replace(order, replace=True), act)
        _ask(session, error, f"{error.path} is there already. Replace it?")
        return _answered(session, replace(order, replace=True), act)
    except InsideRootError as error:
        _ask(session, error, f"{error.message} Is that meant?")
        return _answered(session, replace(order, inside_root=True), act)


def _ask(session: Session, error: UsageError, question: str) -> None:
    if not session.can_ask:
        raise error
    if not session.confirm(question, "--yes"):
        raise CancelledError from error


def _show_plan(session: Session, plan: ExportPlan) -> Sequence[ExportProblem]:
    counts = {action: plan.count(action) for action in ACTIONS}
    if session.as_json:
        session.document(
            {
                "path": str(plan.destination),
                "photos": plan.photos,
                **counts,
                "bytes": plan.bytes,
                "free": plan.free,
                "left_out": plan.left_out,
                "files": [
                    {
                        "path": file.path,
                        "action": file.action,
                        "source": None if file.source is None else str(file.source),
                        "why": file.why,
                    }
                    for file in plan.files
                ],
                "problems": _problems(plan.problems),
            }
        )
        return plan.problems
    listed = [file for file in plan.files if file.action != "keep"]
    for file in listed[:SHOWN]:
        session.show(f"{file.action:6}  {file.path}  ({file.why})")
    if len(listed) > SHOWN:
        session.show(f"… and {len(listed) - SHOWN} more")
    session.say(
        f"Would add {counted(counts['add'], 'file')}, update {counts['update']}, keep {counts['keep']} and remove "
        f"{counts['remove']} in {plan.destination}: {_megabytes(plan.bytes)}."
    )
    _say_rest(session, plan)
    return plan.problems


def _show_report(session: Session, report: ExportReport) -> Sequence[ExportProblem]:
    if session.as_json:
        session.document(
            {
                "path": str(report.destination),
                "photos": report.photos,
                "added": report.added,
                "updated": report.updated,
                "kept": report.kept,
                "removed": report.removed,
                "left_out": report.left_out,
                "bytes": report.bytes,
                "seconds": round(report.seconds, 2),
                "manifest": None if report.manifest is None else str(report.manifest),
                "problems": _problems(report.problems),
            }
        )
        return report.problems
    words = [f"{counted(report.added, 'file')} added"]
    words += [
        f"{number} {what}"
        for number, what in ((report.updated, "updated"), (report.kept, "kept"), (report.removed, "removed"))
        if number
    ]
    photos = counted(report.photos, "photo")
    session.say(f"{report.destination}: {', '.join(words)}, {_megabytes(report.bytes)} of {photos}.")
    _say_rest(session, report)
    return report.problems


def _say_rest(session: Session, told: ExportPlan | ExportReport) -> None:
    if told.left_out:
        session.say(f"{counted(told.left_out, 'photo')} left out: nobody who has a folder is in there.")
    for problem in told.problems[:SHOWN]:
        session.say(f"  {problem.path}: {problem.reason}")
    if len(told.problems) > SHOWN:
        session.say(f"  … and {len(told.problems) - SHOWN} more")


def _problems(problems: Sequence[ExportProblem]) -> list[dict[str, str]]:
    return [{"path": str(problem.path), "reason": problem.reason} for problem in problems]


def _megabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"


def _export(session: Session, form: Literal["csv", "json"], destination: Path, person: list[str] | None) -> None:
    with session.open() as library:
        people = [library.people.find(text).id for text in person or ()]
        export = partial(library.export.export_table, form, destination, people=people, dry_run=session.dry_run)
        try:
            report = export(replace=session.yes)
        except FileThereError as error:
            if not session.can_ask:
                raise
            if not session.confirm(f"{error.path} is there already. Replace it?", "--yes"):
                raise CancelledError from error
            report = export(replace=True)
    if session.as_json:
        session.document({"path": str(report.path), "faces": report.faces, "people": report.people})
        return
    verb = "Would write" if session.dry_run else "Wrote"
    session.say(f"{verb} {report.faces} faces of {report.people} people to {report.path}.")
