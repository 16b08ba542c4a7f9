"""people: named persons and unnamed groups."""

from collections.abc import Callable
from typing import Annotated

import typer

from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.ids import FaceId
from faceorganizer.export.tables import face_fields, person_fields
from faceorganizer.services.people import NameTakenError, TwoNamesError

app = typer.Typer(help="People and unnamed groups.", no_args_is_help=True)

PersonArgument = Annotated[str, typer.Argument(metavar="PERSON", help="A name or an id.")]


@app.command("list")
def list_people(context: typer.Context) -> None:
    """List people and unnamed groups; with --json one object a line."""
    session = session_of(context)
    with session.open() as library:
        records = library.people.list()
    if session.as_json:
        session.lines(person_fields(record) for record in records)
        return
    session.table(
        ("Person", "Name", "Faces", "Photos", ""),
        ((r.id, r.name or "(unnamed)", r.faces, r.photos, "hidden" if r.hidden else "") for r in records),
    )


@app.command()
def show(context: typer.Context, person: PersonArgument) -> None:
    """Show a person with all faces."""
    session = session_of(context)
    with session.open() as library:
        record = library.people.find(person)
        faces = library.faces.list(person=record.id)
    if session.as_json:
        session.document({**person_fields(record), "faces_list": [face_fields(face) for face in faces]})
        return
    session.show(
        f"{record.name or '(unnamed)'}, person {record.id}: "
        f"{counted(record.faces, 'face')} in {counted(record.photos, 'photo')}"
    )
    session.table(
        ("Face", "Said by", "Quality", "Photo"),
        ((f.face, f.assignment, f"{f.quality:.2f}", f.path) for f in faces),
    )


@app.command()
def name(
    context: typer.Context,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="A name, an id, or face:ID for a single face.")],
    new_name: Annotated[str, typer.Argument(metavar="NAME", help="The name; empty takes the name away.")],
    merge_same: Annotated[bool, typer.Option("--merge", help="Whoever has that name is the same person.")] = False,
    separate: Annotated[bool, typer.Option("--separate", help="Two people may share the name.")] = False,
) -> None:
    """Name a person, an unnamed group or a single face."""
    session = session_of(context)
    if merge_same and separate:
        raise UsageError("--merge and --separate exclude each other.")
    same = True if merge_same else False if separate else None
    with session.open() as library:
        if person.startswith("face:"):
            face = FaceId(_number(person.removeprefix("face:")))
            done = f"Face {face} is {new_name.strip()}."
            _named(session, lambda same: library.people.name_face(face, new_name, same=same), same, done)
        else:
            target = library.people.find(person).id
            done = (
                f"Person {target} is {new_name.strip()}." if new_name.strip() else f"Person {target} has no name now."
            )
            _named(session, lambda same: library.people.name(target, new_name, same=same), same, done)


@app.command()
def merge(
    context: typer.Context,
    people: Annotated[list[str], typer.Argument(metavar="PERSON...", help="Names or ids, two or more.")],
    final_name: Annotated[str | None, typer.Option("--name", help="Which name stays.")] = None,
) -> None:
    """Make several people one; the named one's id, name and key face stay."""
    session = session_of(context)
    with session.open() as library:
        ids = [library.people.find(text).id for text in people]
        try:
            changes = library.people.merge(ids, name=final_name)
        except TwoNamesError as error:
            final_name = session.choose("Which name stays", error.names, otherwise=error)
            changes = library.people.merge(ids, name=final_name)
    _report(session, changes, f"Merged {len(ids)} people.")


@app.command()
def split(
    context: typer.Context,
    person: PersonArgument,
    faces: Annotated[list[int], typer.Argument(metavar="FACE...", help="Ids of the faces to take out.")],
    to: Annotated[str | None, typer.Option(metavar="P", help="Who gets them; a new group otherwise.")] = None,
) -> None:
    """Take faces out of a person, into a new one or another."""
    session = session_of(context)
    with session.open() as library:
        source = library.people.find(person).id
        into = library.people.find(to).id if to is not None else None
        changes = library.people.split(source, [FaceId(face) for face in faces], into=into)
    _report(session, changes, f"Split off {counted(len(faces), 'face')}.")


def _named(session: Session, action: Callable[[bool | None], ChangeSet], same: bool | None, done: str) -> None:
    try:
        changes = action(same)
    except NameTakenError as taken:
        if not (session.can_ask or session.yes):
            raise
        question = f"Person {taken.holder} is named {taken.name} already. Is it the same person?"
        changes = action(session.confirm(question, "--merge or --separate"))
    _report(session, changes, done)


def _report(session: Session, changes: ChangeSet, message: str) -> None:
    if session.as_json:
        session.document({"step": changes.step, "people": sorted(changes.of("person"))})
    else:
        session.say(message)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise UsageError(f"{text!r} is not the id of a face.")
    return int(text)
