"""import: names and faces that other programs know."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.progress import shown_job
from faceorganizer.cli.scan import SOME_FAILED
from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.domain.regions import OnConflict
from faceorganizer.services.interchange.import_report import ImportNote, ImportReport, NamesTakenError

app = typer.Typer(help="Names and faces that other programs know.", no_args_is_help=True)

PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        parser=path_argument, metavar="[PATH]...", help="Photos, or folders with photos, of the library; otherwise all."
    ),
]
SourceArgument = Annotated[Path, typer.Argument(parser=path_argument, metavar="FILE", help="The file to read.")]
Report = TypeVar("Report")
ConflictOption = Annotated[
    OnConflict | None,
    typer.Option(
        "--on-conflict",
        help="When somebody here has an imported name: the same person, another one, or leave that name out.",
    ),
]


@app.command()
def metadata(context: typer.Context, paths: PathsArgument = None, on_conflict: ConflictOption = None) -> None:
    """Take in faces and names from XMP, in the photos and beside them."""
    session = session_of(context)
    with session.open() as library, shown_job(session, library) as job:
        report = with_conflict_answer(
            session,
            lambda answer: library.metadata.import_metadata(
                paths or (), on_conflict=answer, dry_run=session.dry_run, context=job
            ),
            on_conflict,
        )
    report_import(session, report)


@app.command()
def picasa(
    context: typer.Context,
    paths: PathsArgument = None,
    contacts: Annotated[
        Path | None,
        typer.Option(parser=path_argument, metavar="FILE", help="Picasa's contacts.xml; looked for otherwise."),
    ] = None,
    on_conflict: ConflictOption = None,
) -> None:
    """Take in the faces that Picasa kept in the file .picasa.ini of each folder."""
    session = session_of(context)
    with session.open() as library, shown_job(session, library) as job:
        report = with_conflict_answer(
            session,
            lambda answer: library.metadata.import_picasa(
                paths or (), contacts=contacts, on_conflict=answer, dry_run=session.dry_run, context=job
            ),
            on_conflict,
        )
    report_import(session, report)


@app.command()
def takeout(context: typer.Context, paths: PathsArgument = None, on_conflict: ConflictOption = None) -> None:
    """Take in the names in a Google Takeout, which does not say which face is whose."""
    session = session_of(context)
    with session.open() as library, shown_job(session, library) as job:
        report = with_conflict_answer(
            session,
            lambda answer: library.metadata.import_takeout(
                paths or (), on_conflict=answer, dry_run=session.dry_run, context=job
            ),
            on_conflict,
        )
    report_import(session, report)


@app.command()
def csv(context: typer.Context, source: SourceArgument, on_conflict: ConflictOption = None) -> None:
    """Take in names and decisions of a table of faces, such as export csv writes."""
    _take_in(session_of(context), "csv", source, on_conflict)


@app.command()
def json(context: typer.Context, source: SourceArgument, on_conflict: ConflictOption = None) -> None:
    """Take in names and decisions of a document of faces and people, such as export json writes."""
    _take_in(session_of(context), "json", source, on_conflict)


def _take_in(session: Session, form: Literal["csv", "json"], source: Path, on_conflict: OnConflict | None) -> None:
    with session.open() as library:
        report = with_conflict_answer(
            session,
            lambda answer: library.tables.take_in(form, source, on_conflict=answer, dry_run=session.dry_run),
            on_conflict,
        )
    also = {"set_aside": report.set_aside, "described": report.described, "guesses_left_out": report.guesses}
    report_import(session, report.names, also)


def with_conflict_answer(
    session: Session, action: Callable[[OnConflict | None], Report], answer: OnConflict | None = None
) -> Report:
    """Import, asking whether people with the same names are the same when that has to be known."""
    try:
        return action(answer)
    except NamesTakenError as error:
        if session.yes:
            return action(OnConflict.MERGE)
        answers = [choice.value for choice in OnConflict]
        question = f"{error.message} Are they the same people?"
        return action(OnConflict(session.choose(question, answers, error)))


def report_import(session: Session, report: ImportReport, also: Mapping[str, int] = MappingProxyType({})) -> None:
    """Tell what an import did, and what it left out.

    Raises:
        typer.Exit: Some metadata could not be used.
    """
    if session.as_json:
        session.document({**_fields(report), **also})
    else:
        _show_words(session, report)
        for what, count in also.items():
            if count:
                session.show(f"{what.replace('_', ' ').capitalize()}: {count}")
    if report.problems:
        raise typer.Exit(SOME_FAILED)


def _fields(report: ImportReport) -> dict[str, Any]:
    return {
        "step": report.changes.step if report.changes else "",
        "photos": report.photos,
        "confirmed": report.confirmed,
        "drawn": report.drawn,
        "agreed": report.agreed,
        "unnamed": report.unnamed,
        "people": list(report.people),
        "conflicts": list(map(note_fields, report.conflicts)),
        "unplaced": list(map(note_fields, report.unplaced)),
        "removed": list(map(note_fields, report.removed)),
        "unknown": [str(path) for path in report.unknown],
        "problems": list(map(note_fields, report.problems)),
    }


def note_fields(note: ImportNote) -> dict[str, str]:
    """What JSON says of something that was left out."""
    return {"path": str(note.photo), "name": note.name, "reason": note.reason}


def show_notes(session: Session, title: str, notes: Sequence[ImportNote]) -> None:
    """Tell what was left out, if anything was."""
    if notes:
        session.show(title)
    for note in notes:
        session.show(f"  {note.photo}: {note.name}{': ' if note.name else ''}{note.reason}")


def _show_words(session: Session, report: ImportReport) -> None:
    would = "would be " if session.dry_run else ""
    session.show(
        f"{counted(report.photos, 'photo')} with names: {counted(report.confirmed, 'face')} {would}named, "
        f"{counted(report.drawn, 'face')} {would}drawn, {report.agreed} known already"
    )
    if report.people:
        session.show(f"New people: {', '.join(report.people)}")
    if report.unnamed:
        session.say(f"{counted(report.unnamed, 'region')} without a name left out.")
    for title, notes in (
        ("Not taken over, for something else is known here:", report.conflicts),
        ("In the photo, but not said where:", report.unplaced),
        ("Taken out by another program since they were written:", report.removed),
        ("Could not be used:", report.problems),
    ):
        show_notes(session, title, notes)
    if report.unknown:
        session.say(f"{counted(len(report.unknown), 'photo')} not in the library. Scan their folders first.")
    if report.drawn and not session.dry_run:
        session.say("The next scan describes the faces that were drawn.")
