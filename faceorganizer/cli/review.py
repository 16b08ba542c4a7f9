"""review: the questions whose answers settle most."""

from typing import Annotated, Any

import typer

from faceorganizer.cli.answers import report_step, with_photo_answer
from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.cli.suggest import chance, in_words, suggestion_fields
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.review import AreSame, HoldsTwo, IsPerson, Question, QuestionKey, WhoIs
from faceorganizer.library import Library
from faceorganizer.services.people import NameTakenError, TwoNamesError

SHOWN = 8  # ids of faces


def review(
    context: typer.Context,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Only the first questions.")] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Ask one question after the other.")] = False,
    different: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="These two are not the same person.")
    ] = None,
    one_person: Annotated[
        str | None, typer.Option(metavar="P", help="This one is no two people: answers the question that asks it.")
    ] = None,
) -> None:
    """List what is worth asking, most useful first; with --json one object a line."""
    session = session_of(context)
    if ask + (different is not None) + (one_person is not None) > 1:
        raise UsageError("--ask, --different and --one-person exclude each other.")
    if ask and not session.can_ask:
        raise UsageError("Nobody can be asked here.", "Answer with faces confirm, faces reject and people merge.")
    with session.open() as library:
        if ask:
            _ask_all(session, library)
        elif different is not None:
            first, second = (library.people.find(text).id for text in different)
            report_step(session, library.review.different(first, second), "They are two people.")
        elif one_person is not None:
            _one_person(session, library, one_person)
        else:
            _list(session, library.review.queue()[:limit])


def question_fields(question: Question) -> dict[str, Any]:
    """A question as plain values; "question" says which kind it is."""
    settles = round(question.settles, 2)
    match question:
        case IsPerson():
            return {
                "question": "person",
                "person": question.person,
                "name": question.name,
                "group": question.group,
                "faces": list(question.faces),
                "doubtful": list(question.doubtful),
                "probability": round(question.probability, 4),
                "candidates": suggestion_fields(question.candidates),
                "settles": settles,
            }
        case AreSame():
            return {
                "question": "same",
                "people": [question.first, question.second],
                "names": list(question.names),
                "probability": round(question.probability, 4),
                "settles": settles,
            }
        case HoldsTwo():
            return {
                "question": "mixed",
                "person": question.person,
                "name": question.name,
                "parts": [list(part) for part in question.parts],
                "probability": round(question.probability, 4),
                "settles": settles,
            }
        case WhoIs():
            return {
                "question": "who",
                "group": question.group,
                "faces": list(question.faces),
                "candidates": suggestion_fields(question.candidates),
                "settles": settles,
            }


def wording(question: Question) -> str:
    """A question as a person asks it."""
    match question:
        case IsPerson(group=None):
            return f"Is this {question.name}: {_listed(question.faces)}?"
        case IsPerson():
            apart = f", {len(question.doubtful)} in doubt" if question.doubtful else ""
            return f"Is group {question.group} ({counted(len(question.faces), 'face')}{apart}) {question.name}?"
        case AreSame():
            people = zip((question.first, question.second), question.names, strict=True)
            return f"Are {' and '.join(name or f'group {number}' for number, name in people)} the same person?"
        case HoldsTwo():
            parts = " and ".join(map(_listed, question.parts))
            return f"Is {question.name or f'group {question.person}'} two people: {parts}?"
        case WhoIs():
            might = f" Perhaps {in_words(question.candidates)}." if question.candidates else ""
            return f"Who is group {question.group} ({counted(len(question.faces), 'face')})?{might}"


def _list(session: Session, questions: list[Question]) -> None:
    if session.as_json:
        session.lines(map(question_fields, questions))
    else:
        rows = (
            (f"{q.settles:.1f}", "" if isinstance(q, WhoIs) else chance(q.probability), wording(q)) for q in questions
        )
        session.table(("Settles", "Likely", "Question"), rows)


def _ask_all(session: Session, library: Library) -> None:
    """Ask until nothing is left or the user has enough; what is left for later is asked the next time."""
    session.say("y: yes, n: no, Enter: later, q: enough. Anything else is a name.")
    seen: set[QuestionKey] = set()
    while (question := next((q for q in library.review.queue() if q.key not in seen), None)) is not None:
        seen.add(question.key)
        answer = session.ask(wording(question)).strip()
        if answer.casefold() == "q":
            return
        if answer:
            _answered(session, library, question, answer)
    session.say("That was all.")


def _answered(session: Session, library: Library, question: Question, answer: str) -> None:
    said = {"y": True, "n": False}.get(answer.casefold())
    match question:
        case IsPerson() if said is not None:
            _is_person(session, library, question, said)
        case AreSame() if said:
            _merge(session, library, question)
        case AreSame() if said is False:
            library.review.different(question.first, question.second)
        case HoldsTwo() if said:
            library.people.split(question.person, question.parts[1])
        case HoldsTwo() if said is False:
            library.review.one_person(question.person, question.parts)
        case IsPerson(group=int() as group) | WhoIs(group=group) if said is None:
            _name(session, library, group, answer)
        case _:
            session.say("That is no answer to this question; it is left for later.")


def _is_person(session: Session, library: Library, question: IsPerson, is_person: bool) -> None:
    if is_person:
        with_photo_answer(
            session, lambda answer: library.faces.confirm(question.faces, question.person, same_photo=answer)
        )
    else:
        library.faces.reject([*question.faces, *question.doubtful], question.person)


def _merge(session: Session, library: Library, question: AreSame) -> None:
    people = [question.first, question.second]

    def merged(name: str | None) -> ChangeSet:
        return with_photo_answer(session, lambda answer: library.people.merge(people, name=name, same_photo=answer))

    try:
        merged(None)
    except TwoNamesError as error:
        merged(session.choose("Which name stays", error.names, otherwise=error))


def _name(session: Session, library: Library, group: int, name: str) -> None:
    person = library.people.find(str(group)).id

    def named(same: bool | None) -> ChangeSet:
        return with_photo_answer(
            session, lambda answer: library.people.name(person, name, same=same, same_photo=answer)
        )

    try:
        named(None)
    except NameTakenError as taken:
        question = f"Person {taken.holder} is named {taken.name} already. Is it the same person?"
        named(session.confirm(question, "--merge or --separate"))


def _one_person(session: Session, library: Library, text: str) -> None:
    person = library.people.find(text).id
    for question in library.review.queue():
        if isinstance(question, HoldsTwo) and question.person == person:
            report_step(session, library.review.one_person(person, question.parts), "It is one person.")
            return
    raise UsageError(f"Nothing is asked about the parts of person {person}.")


def _listed(faces: tuple[int, ...]) -> str:
    more = f" and {len(faces) - SHOWN} more" if len(faces) > SHOWN else ""
    return f"{'face' if len(faces) == 1 else 'faces'} {', '.join(map(str, faces[:SHOWN]))}{more}"
