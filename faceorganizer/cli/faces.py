"""faces: what was found in the photos."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.session import session_of
from faceorganizer.domain.faces import FaceState
from faceorganizer.export.tables import face_fields
from faceorganizer.services.faces import FaceStateFilter

app = typer.Typer(help="The faces in the photos.", no_args_is_help=True)


class StateChoice(StrEnum):
    """Which faces are listed."""

    ACTIVE = "active"
    IGNORED = "ignored"
    NOT_A_FACE = "not-a-face"
    MISSING = "missing"
    ALL = "all"


_STATES: dict[StateChoice, FaceStateFilter] = {
    StateChoice.ACTIVE: FaceState.ACTIVE,
    StateChoice.IGNORED: FaceState.IGNORED,
    StateChoice.NOT_A_FACE: FaceState.NOT_A_FACE,
    StateChoice.MISSING: "missing",
    StateChoice.ALL: "all",
}


@app.command("list")
def list_faces(
    context: typer.Context,
    person: Annotated[str | None, typer.Option(metavar="P", help="A name or an id.")] = None,
    photo: Annotated[
        Path | None, typer.Option(parser=path_argument, metavar="PATH", help="Only faces in this file.")
    ] = None,
    state: Annotated[StateChoice, typer.Option(help="Which faces.")] = StateChoice.ACTIVE,
) -> None:
    """List faces; with --json one object a line."""
    session = session_of(context)
    with session.open() as library:
        chosen = library.people.find(person).id if person is not None else None
        records = library.faces.list(person=chosen, photo=photo, state=_STATES[state])
    if session.as_json:
        session.lines(face_fields(record) for record in records)
        return
    session.table(
        ("Face", "Person", "Box", "Quality", "Photo"),
        ((f.face, f.name or f.person, " ".join(map(str, f.box)), f"{f.quality:.2f}", f.path) for f in records),
    )
