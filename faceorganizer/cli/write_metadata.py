"""write-metadata: names and faces for other programs."""

from typing import Annotated, Any

import typer

from faceorganizer.cli.imports import PathsArgument, note_fields, show_notes
from faceorganizer.cli.progress import shown_job
from faceorganizer.cli.scan import SOME_FAILED
from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.domain.errors import UsageError
from faceorganizer.services.interchange.writing import Where, WriteReport


def write_metadata(
    context: typer.Context,
    paths: PathsArgument = None,
    sidecar: Annotated[bool, typer.Option("--sidecar", help="Beside the photos, in XMP files.")] = False,
    in_file: Annotated[
        bool, typer.Option("--in-file", help="Into the photos; HEIC and camera raw have XMP files all the same.")
    ] = False,
    person: Annotated[
        list[str] | None, typer.Option(metavar="P", help="Only photos with this person; may be repeated.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Where another program names somebody else for a face, replace that.")
    ] = False,
) -> None:
    """Write the names and faces of people for other programs; what those wrote stays, and undo takes it back."""
    session = session_of(context)
    if sidecar and in_file:
        raise UsageError("--sidecar and --in-file exclude each other.")
    where: Where | None = "sidecar" if sidecar else "file" if in_file else None
    with session.open() as library, shown_job(session, library) as job:
        people = [library.people.find(text).id for text in person or ()]
        report = library.metadata.write(
            paths or (), people=people, where=where, replace_others=replace, dry_run=session.dry_run, context=job
        )
    _report(session, report)


def _report(session: Session, report: WriteReport) -> None:
    if session.as_json:
        session.document(_fields(report))
    else:
        would = "would be " if session.dry_run else ""
        written = f"{counted(report.sidecars, 'sidecar')} and {counted(report.files, 'file')} {would}written"
        faces = counted(report.faces, "face")
        session.show(f"{counted(report.photos, 'photo')}: {written} with {faces}, {report.unchanged} unchanged")
        show_notes(session, "Left out, for another program says something else:", report.conflicts)
        show_notes(session, "Left alone:", report.problems)
    if report.problems:
        raise typer.Exit(SOME_FAILED)


def _fields(report: WriteReport) -> dict[str, Any]:
    return {
        "step": report.changes.step if report.changes else "",
        "photos": report.photos,
        "sidecars": report.sidecars,
        "files": report.files,
        "unchanged": report.unchanged,
        "faces": report.faces,
        "conflicts": list(map(note_fields, report.conflicts)),
        "problems": list(map(note_fields, report.problems)),
    }
