"""photos: what is in the library, by people, date, faces, folder and state."""

import typer

from faceorganizer.cli.queries import Asked, asks_for_photos, photo_fields, photo_in_words
from faceorganizer.cli.session import session_of


@asks_for_photos
def photos(context: typer.Context, asked: Asked) -> None:
    """List photos; with --json one object a line."""
    session = session_of(context)
    with session.open() as library:
        records = library.photos(asked.query(library))
    if session.as_json:
        session.lines(photo_fields(record) for record in records)
        return
    for record in records:
        session.show(f"{record.path}  {photo_in_words(record)}")
