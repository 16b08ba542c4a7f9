"""export: people and faces for other programs."""

from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.session import Session, session_of
from faceorganizer.domain.errors import CancelledError
from faceorganizer.services.interchange import FileThereError

app = typer.Typer(help="People and faces for other programs.", no_args_is_help=True)

Destination = Annotated[Path, typer.Argument(parser=path_argument, metavar="DEST", help="The file to write.")]
PersonOption = Annotated[list[str] | None, typer.Option(metavar="P", help="Only this person; may be repeated.")]


@app.command()
def csv(context: typer.Context, destination: Destination, person: PersonOption = None) -> None:
    """Write one row a face."""
    _export(session_of(context), "csv", destination, person)


@app.command()
def json(context: typer.Context, destination: Destination, person: PersonOption = None) -> None:
    """Write people and faces as one document."""
    _export(session_of(context), "json", destination, person)


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
