"""photos: what is in the library, by people, year and state."""

from typing import Annotated, Any

import typer

from faceorganizer.cli.session import session_of
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.pictures import PhotoRecord
from faceorganizer.library import Library
from faceorganizer.services.search import PhotoQuery

PersonOption = Annotated[list[str] | None, typer.Option(metavar="P", help="A name or an id; may be repeated.")]


def photos(
    context: typer.Context,
    person: PersonOption = None,
    any_: Annotated[bool, typer.Option("--any", help="At least one of the people is in it (default).")] = False,
    all_: Annotated[bool, typer.Option("--all", help="All of the people are in it.")] = False,
    only: Annotated[bool, typer.Option("--only", help="All of them and nobody else.")] = False,
    without: Annotated[
        list[str] | None, typer.Option(metavar="P", help="Nobody of these is in it; may be repeated.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Taken in that year.", min=1, max=9999)] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Could not be read.")] = False,
    no_faces: Annotated[bool, typer.Option("--no-faces", help="No face was found.")] = False,
) -> None:
    """List photos; with --json one object a line."""
    session = session_of(context)
    if any_ + all_ + only > 1:
        raise UsageError("--any, --all and --only exclude one another.")
    if (any_ or all_ or only) and not person:
        raise UsageError("--any, --all and --only need a --person.")
    with session.open() as library:
        chosen = _ids(library, person)
        query = PhotoQuery(
            any_of=() if all_ or only else chosen,
            all_of=chosen if all_ else (),
            only=chosen if only else (),
            without=_ids(library, without),
            year=year,
            failed=failed,
            no_faces=no_faces,
        )
        records = library.photos(query)
    if session.as_json:
        session.lines(_fields(record) for record in records)
        return
    for record in records:
        session.show(f"{record.path}  {record.error or _in_words(record)}")


def _ids(library: Library, texts: list[str] | None) -> tuple[PersonId, ...]:
    return tuple(library.people.find(text).id for text in texts or ())


def _in_words(record: PhotoRecord) -> str:
    words = [f"{record.faces} {'face' if record.faces == 1 else 'faces'}"]
    if record.capture.taken is not None:
        words.append(f"{record.capture.taken:%Y-%m-%d}")
    if record.duplicate_of is not None:
        words.append(f"duplicate of {record.duplicate_of.name}")
    if record.state != "present":
        words.append(record.state)
    return ", ".join(words)


def _fields(record: PhotoRecord) -> dict[str, Any]:
    capture = record.capture
    place = capture.place
    return {
        "photo": record.photo,
        "path": str(record.path),
        "root": str(record.root),
        "taken": capture.taken.isoformat() if capture.taken else None,
        "taken_source": capture.taken_source or None,
        "camera": capture.camera,
        "place": {"latitude": place.latitude, "longitude": place.longitude, "altitude": place.altitude}
        if place
        else None,
        "width": record.width,
        "height": record.height,
        "orientation": record.orientation,
        "state": record.state,
        "reason": record.error or None,
        "faces": record.faces,
        "duplicate_of": str(record.duplicate_of) if record.duplicate_of else None,
    }
