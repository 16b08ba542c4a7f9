"""people: named persons and unnamed groups."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from faceorganizer.cli.answers import LeaveOut, SamePhoto, photo_answer, report_step, with_photo_answer
from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.ids import FaceId
from faceorganizer.domain.people import clean_name
from faceorganizer.domain.sightings import photos_by_year
from faceorganizer.export.tables import face_fields, person_fields
from faceorganizer.services.people import NameTakenError, TwoNamesError

app = typer.Typer(help="People and unnamed groups.", no_args_is_help=True)

SHOWN = 12  # ids of a part
COMPANIONS = 8  # named after a person

PersonArgument = Annotated[str, typer.Argument(metavar="PERSON", help="A name or an id.")]
PeopleArgument = Annotated[list[str], typer.Argument(metavar="PERSON", help="Names or ids.")]


@app.command("list")
def list_people(
    context: typer.Context,
    recent: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Only the N named people that were used last.")
    ] = None,
) -> None:
    """List people and unnamed groups; with --json one object a line."""
    session = session_of(context)
    with session.open() as library:
        records = library.people.list() if recent is None else library.people.recent(recent)
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
        years = photos_by_year(library.people.sightings(record.id))
        companions = library.people.companions(record.id)
    if session.as_json:
        often = [{**person_fields(other.person), "together": other.together} for other in companions]
        said = {"years": years, "often_with": often, "faces_list": [face_fields(face) for face in faces]}
        session.document({**person_fields(record), **said})
        return
    session.show(
        f"{record.name or '(unnamed)'}, person {record.id}: "
        f"{counted(record.faces, 'face')} in {counted(record.photos, 'photo')}"
    )
    for detail in (record.birth_date and f"Born {record.birth_date}", *record.note.splitlines()):
        if detail:
            session.show(detail)
    if years:
        session.show("Photos by year: " + ", ".join(f"{year}: {count}" for year, count in years.items()))
    if named := [f"{other.person.name} ({other.together})" for other in companions if other.person.name][:COMPANIONS]:
        session.show("Often with: " + ", ".join(named))
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
    same_photo: SamePhoto = False,
    leave_out: LeaveOut = False,
) -> None:
    """Name a person, an unnamed group or a single face."""
    session = session_of(context)
    if merge_same and separate:
        raise UsageError("--merge and --separate exclude each other.")
    same = True if merge_same else False if separate else None
    answer = photo_answer(same_photo, leave_out)
    with session.open() as library:
        if person.startswith("face:"):
            face = FaceId(_number(person.removeprefix("face:")))
            done = f"Face {face} is {clean_name(new_name)}."

            def action(same: bool | None, answer: bool | None) -> ChangeSet:
                return library.people.name_face(face, new_name, same=same, same_photo=answer)
        else:
            target = library.people.find(person).id
            wanted = clean_name(new_name)
            done = f"Person {target} is {wanted}." if wanted else f"Person {target} has no name now."

            def action(same: bool | None, answer: bool | None) -> ChangeSet:
                return library.people.name(target, new_name, same=same, same_photo=answer)

        report_step(session, _named(session, action, same, answer), done)


@app.command()
def merge(
    context: typer.Context,
    people: Annotated[list[str], typer.Argument(metavar="PERSON", help="Names or ids, two or more.")],
    final_name: Annotated[str | None, typer.Option("--name", help="Which name stays.")] = None,
    same_photo: SamePhoto = False,
    leave_out: LeaveOut = False,
) -> None:
    """Make several people one; the named one's id, name and key face stay."""
    session = session_of(context)
    answer = photo_answer(same_photo, leave_out)
    with session.open() as library:
        ids = [library.people.find(text).id for text in people]

        def merged(name: str | None) -> ChangeSet:
            return with_photo_answer(
                session, lambda answer: library.people.merge(ids, name=name, same_photo=answer), answer
            )

        try:
            changes = merged(final_name)
        except TwoNamesError as error:
            changes = merged(session.choose("Which name stays", error.names, otherwise=error))
    report_step(session, changes, f"Merged {len(set(ids))} people.")


@app.command()
def split(
    context: typer.Context,
    person: PersonArgument,
    faces: Annotated[list[int], typer.Argument(metavar="FACE", help="Ids of the faces to take out.")],
    to: Annotated[str | None, typer.Option(metavar="P", help="Who gets them; a new group otherwise.")] = None,
    same_photo: SamePhoto = False,
    leave_out: LeaveOut = False,
) -> None:
    """Take faces out of a person, into a new one or another."""
    session = session_of(context)
    chosen = [FaceId(face) for face in faces]
    with session.open() as library:
        source = library.people.find(person).id
        into = library.people.find(to).id if to is not None else None
        changes = with_photo_answer(
            session,
            lambda answer: library.people.split(source, chosen, into=into, same_photo=answer),
            photo_answer(same_photo, leave_out),
        )
    report_step(session, changes, f"Split off {counted(len(set(faces)), 'face')}.")


@app.command("break-up")
def break_up(
    context: typer.Context,
    person: PersonArgument,
    keep: Annotated[
        int, typer.Option(min=1, metavar="N", help="Number of the part that stays the person; 1 is the largest.")
    ] = 1,
) -> None:
    """Break a mixed person into its people; with --dry-run only show the parts."""
    session = session_of(context)
    with session.open() as library:
        target = library.people.find(person).id
        parts = [list(part) for part in library.people.parts(target)]
        if len(parts) > 1 and keep > len(parts):
            raise UsageError(f"There are {len(parts)} parts, not {keep}.")
        changes = ChangeSet()
        if len(parts) > 1 and not session.dry_run:
            changes = library.people.break_up(target, [parts[keep - 1], *parts[: keep - 1], *parts[keep:]])
    if session.as_json:
        session.document({"step": changes.step, "people": sorted(changes.of("person")), "parts": parts})
    elif len(parts) < 2:
        session.say(f"Person {target} holds together.")
    else:
        session.table(("Part", "Faces", "Ids"), ((n, len(p), _some(p)) for n, p in enumerate(parts, 1)))
        session.say("Nothing was changed." if session.dry_run else f"Person {target} is {len(parts)} people now.")


@app.command()
def move(
    context: typer.Context,
    person: PersonArgument,
    faces: Annotated[list[int], typer.Argument(metavar="FACE", help="Ids of faces, whoever holds them.")],
    same_photo: SamePhoto = False,
    leave_out: LeaveOut = False,
) -> None:
    """Give faces to a person, for good."""
    session = session_of(context)
    chosen = [FaceId(face) for face in faces]
    with session.open() as library:
        target = library.people.find(person).id
        changes = with_photo_answer(
            session,
            lambda answer: library.faces.move(chosen, target, same_photo=answer),
            photo_answer(same_photo, leave_out),
        )
    report_step(session, changes, f"Moved {counted(len(set(faces)), 'face')} to person {target}.")


@app.command()
def confirm(context: typer.Context, people: PeopleArgument) -> None:
    """Say that people or groups are right as they are: no grouping moves their faces."""
    session = session_of(context)
    with session.open() as library:
        changes = library.people.confirm([library.people.find(text).id for text in people])
    report_step(session, changes, f"Confirmed {counted(len(changes.of('face')), 'face')}.")


@app.command()
def hide(
    context: typer.Context,
    people: Annotated[list[str] | None, typer.Argument(metavar="PERSON", help="Names or ids.")] = None,
    groups_below: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Hide all unnamed groups of fewer than N faces.")
    ] = None,
) -> None:
    """Hide people or groups, or all small groups at once."""
    session = session_of(context)
    if bool(people) == (groups_below is not None):
        raise UsageError("Say whom to hide, or --groups-below N.")
    with session.open() as library:
        if groups_below is not None:
            changes = library.people.hide_groups_below(groups_below)
        else:
            changes = library.people.hide([library.people.find(text).id for text in people or ()])
    report_step(session, changes, f"Hid {len(changes.of('person'))}.")


@app.command()
def restore(context: typer.Context, people: PeopleArgument) -> None:
    """Show hidden people or groups again."""
    session = session_of(context)
    with session.open() as library:
        changes = library.people.restore([library.people.find(text).id for text in people])
    report_step(session, changes, f"Shown again: {len(changes.of('person'))}.")


@app.command("key-face")
def key_face(
    context: typer.Context,
    person: PersonArgument,
    face: Annotated[int | None, typer.Argument(metavar="FACE", help="Id of one of the person's faces.")] = None,
    automatic: Annotated[bool, typer.Option("--automatic", help="Let the program choose.")] = False,
) -> None:
    """Choose the face that stands for a person."""
    session = session_of(context)
    if (face is None) != automatic:
        raise UsageError("Say which face, or --automatic.")
    with session.open() as library:
        target = library.people.find(person).id
        changes = library.people.key_face(target, None if face is None else FaceId(face))
    shown = "the best face" if face is None else f"face {face}"
    report_step(session, changes, f"Person {target} is shown by {shown}.")


@app.command()
def note(
    context: typer.Context,
    person: PersonArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to remember; empty takes the note away.")],
) -> None:
    """Write down something about a person."""
    session = session_of(context)
    with session.open() as library:
        target = library.people.find(person).id
        changes = library.people.note(target, text)
    report_step(session, changes, f"Noted for person {target}.")


@app.command("birth-date")
def birth_date(
    context: typer.Context,
    person: PersonArgument,
    born: Annotated[str, typer.Argument(metavar="DATE", help="YYYY-MM-DD; empty forgets it.")],
) -> None:
    """Set a person's day of birth: nobody is looked for in photos taken before."""
    session = session_of(context)
    with session.open() as library:
        target = library.people.find(person).id
        changes = library.people.birth_date(target, born)
    report_step(session, changes, f"Person {target}: born {born.strip() or 'on an unknown day'}.")


def _named(
    session: Session,
    action: Callable[[bool | None, bool | None], ChangeSet],
    same: bool | None,
    answer: bool | None,
) -> ChangeSet:
    try:
        return with_photo_answer(session, lambda answer: action(same, answer), answer)
    except NameTakenError as taken:
        if not (session.can_ask or session.yes):
            raise
        question = f"Person {taken.holder} is named {taken.name} already. Is it the same person?"
        same = session.confirm(question, "--merge or --separate")
        return with_photo_answer(session, lambda answer: action(same, answer), answer)


def _some(faces: Sequence[FaceId]) -> str:
    return " ".join(map(str, faces[:SHOWN])) + (" …" if len(faces) > SHOWN else "")


def _number(text: str) -> int:
    if not text.isdecimal():
        raise UsageError(f"{text!r} is not the id of a face.")
    return int(text)
