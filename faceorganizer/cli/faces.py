"""faces: what was found in the photos."""

import math
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from faceorganizer.cli.answers import LeaveOut, SamePhoto, photo_answer, report_step, with_photo_answer
from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.faces import FaceState
from faceorganizer.domain.geometry import Box
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.export.tables import face_fields
from faceorganizer.library import Library
from faceorganizer.services.faces import DrawnFace, FaceStateFilter

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


FacesArgument = Annotated[list[int] | None, typer.Argument(metavar="FACE", help="Ids of faces.")]
PhotoOption = Annotated[
    Path | None, typer.Option(parser=path_argument, metavar="PATH", help="The faces of this file, or with --box some.")
]
BoxesOption = Annotated[
    list[str] | None,
    typer.Option("--box", metavar="X,Y,W,H", help="The face there; several times for several."),
]


@app.command()
def confirm(
    context: typer.Context,
    faces: FacesArgument = None,
    photo: PhotoOption = None,
    box: BoxesOption = None,
    person: Annotated[str | None, typer.Option(metavar="P", help="Who they are; whoever has them otherwise.")] = None,
    same_photo: SamePhoto = False,
    leave_out: LeaveOut = False,
) -> None:
    """Say that faces are who the program takes them for, or who it suggests."""
    session = session_of(context)
    with session.open() as library:
        chosen, somebody = _chosen(library, faces, photo, box), _person(library, person)
        changes = with_photo_answer(
            session,
            lambda answer: library.faces.confirm(chosen, somebody, same_photo=answer),
            photo_answer(same_photo, leave_out),
        )
    report_step(session, changes, f"Confirmed {counted(len(changes.of('face')), 'face')}.")


@app.command()
def reject(
    context: typer.Context,
    faces: FacesArgument = None,
    photo: PhotoOption = None,
    box: BoxesOption = None,
    person: Annotated[
        str | None, typer.Option(metavar="P", help="Who they are not; whoever has them otherwise.")
    ] = None,
) -> None:
    """Say that faces are not that person: they leave, and never come back by themselves."""
    session = session_of(context)
    with session.open() as library:
        chosen = _chosen(library, faces, photo, box)
        changes = library.faces.reject(chosen, _person(library, person))
    report_step(session, changes, f"Rejected {counted(len(set(chosen)), 'face')}.")


@app.command()
def move(
    context: typer.Context,
    faces: FacesArgument = None,
    photo: PhotoOption = None,
    box: BoxesOption = None,
    to: Annotated[str | None, typer.Option(metavar="P", help="Who gets them; a new group otherwise.")] = None,
    same_photo: SamePhoto = False,
    leave_out: LeaveOut = False,
) -> None:
    """Give faces to a person or a new group, for good."""
    session = session_of(context)
    with session.open() as library:
        chosen, target = _chosen(library, faces, photo, box), _person(library, to)
        changes = with_photo_answer(
            session,
            lambda answer: library.faces.move(chosen, target, same_photo=answer),
            photo_answer(same_photo, leave_out),
        )
    report_step(session, changes, f"Moved {counted(len(set(chosen)), 'face')}.")


@app.command()
def ignore(
    context: typer.Context,
    faces: FacesArgument = None,
    photo: PhotoOption = None,
    box: BoxesOption = None,
    unnamed: Annotated[bool, typer.Option("--unnamed", help="All faces of the photo that have no name.")] = False,
) -> None:
    """Leave faces out of everything: strangers in the background."""
    session = session_of(context)
    if unnamed and (photo is None or faces or box):
        raise UsageError("--unnamed goes with --photo alone.")
    with session.open() as library:
        if unnamed and photo is not None:
            changes = library.faces.ignore_unnamed(photo)
        else:
            changes = library.faces.ignore(_chosen(library, faces, photo, box))
    report_step(session, changes, f"Ignored {counted(len(changes.of('face')), 'face')}.")


@app.command("not-a-face")
def not_a_face(
    context: typer.Context, faces: FacesArgument = None, photo: PhotoOption = None, box: BoxesOption = None
) -> None:
    """Say that there is no face: no scan brings it back."""
    session = session_of(context)
    with session.open() as library:
        changes = library.faces.not_a_face(_chosen(library, faces, photo, box))
    report_step(session, changes, f"No faces: {len(changes.of('face'))}.")


@app.command()
def restore(
    context: typer.Context, faces: FacesArgument = None, photo: PhotoOption = None, box: BoxesOption = None
) -> None:
    """Take back that faces are ignored or none; each is again who it was."""
    session = session_of(context)
    with session.open() as library:
        changes = library.faces.restore(_chosen(library, faces, photo, box, active=False))
    report_step(session, changes, f"Restored {counted(len(changes.of('face')), 'face')}.")


@app.command()
def draw(
    context: typer.Context,
    photo: Annotated[Path, typer.Option(parser=path_argument, metavar="PATH", help="The file.")],
    box: Annotated[str, typer.Option(metavar="X,Y,W,H", help="Where the face is, in pixels of the upright photo.")],
) -> None:
    """Add a face that the program did not find."""
    session = session_of(context)
    with session.open() as library:
        drawn = library.faces.draw(photo, _box(box))
    _report_drawn(session, drawn, f"Added face {drawn.face}.")


@app.command()
def correct(
    context: typer.Context,
    face: Annotated[int, typer.Argument(metavar="FACE", help="Its id.")],
    box: Annotated[str, typer.Option(metavar="X,Y,W,H", help="Where it is, in pixels of the upright photo.")],
) -> None:
    """Give a face another box, which no scan changes."""
    session = session_of(context)
    with session.open() as library:
        drawn = library.faces.correct(FaceId(face), _box(box))
    _report_drawn(session, drawn, f"Corrected face {face}.")


@app.command()
def delete(
    context: typer.Context, faces: FacesArgument = None, photo: PhotoOption = None, box: BoxesOption = None
) -> None:
    """Delete faces that were drawn by hand."""
    session = session_of(context)
    with session.open() as library:
        chosen = _chosen(library, faces, photo, box)
        changes = library.faces.delete(chosen)
    report_step(session, changes, f"Deleted {counted(len(set(chosen)), 'face')}.")


@app.command("same-person")
def same_person(
    context: typer.Context,
    first: Annotated[int, typer.Argument(metavar="FACE")],
    second: Annotated[int, typer.Argument(metavar="FACE")],
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="They are two after all; the second one leaves.")
    ] = False,
) -> None:
    """Say that two faces of one photo are one person: a mirror, a collage."""
    session = session_of(context)
    with session.open() as library:
        say = library.faces.same_photo_two_people if withdraw else library.faces.same_photo_same_person
        changes = say(FaceId(first), FaceId(second))
    report_step(session, changes, f"Faces {first} and {second} are {'two people' if withdraw else 'one person'}.")


def _report_drawn(session: Session, drawn: DrawnFace, message: str) -> None:
    if session.as_json:
        session.document({"step": drawn.changes.step, "face": drawn.face, "undescribed": drawn.undescribed})
        return
    session.say(message)
    if drawn.undescribed:
        session.say(f"It is not compared with others: {drawn.undescribed}.")


def _chosen(
    library: Library,
    faces: Sequence[int] | None,
    photo: Path | None,
    boxes: Sequence[str] | None,
    *,
    active: bool = True,
) -> list[FaceId]:
    """The faces meant by ids, or by a photo with or without places in it."""
    if bool(faces) == (photo is not None):
        raise UsageError("Say which faces: ids, or --photo PATH, with --box X,Y,W,H for some of them.")
    if photo is None:
        if boxes:
            raise UsageError("--box goes with --photo.")
        return [FaceId(face) for face in faces or ()]
    if boxes:
        return [library.faces.at(photo, _box(box)) for box in boxes]
    listed = library.faces.list(photo=photo, state="all")
    chosen = [face.face for face in listed if (face.state is FaceState.ACTIVE) is active]
    if not chosen:
        which = "that is not ignored or none" if active else "that is ignored or none"
        raise UsageError(f"No face {which} is known in {photo}.", "'faceorganizer faces list --photo' shows all.")
    return chosen


def _person(library: Library, text: str | None) -> PersonId | None:
    return None if text is None else library.people.find(text).id


def _box(text: str) -> Box:
    try:
        x, y, width, height = (float(number) for number in text.split(","))
        if not all(map(math.isfinite, (x, y, width, height))):
            raise ValueError(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no box.", "Write X,Y,WIDTH,HEIGHT in pixels.") from error
    return x, y, width, height
