"""suggest: who a face or a group may be."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import typer

from faceorganizer.cli.session import counted, session_of
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.ids import FaceId
from faceorganizer.domain.review import Suggested, Suggestion

Judge = Literal["evidence", "nearest", "knn", "svm"]


def suggest(
    context: typer.Context,
    face: Annotated[int | None, typer.Argument(metavar="FACE", help="Id of a face.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All faces and groups without a name.")] = False,
    person: Annotated[str | None, typer.Option(metavar="P", help="A person or group as a whole: name or id.")] = None,
    hidden: Annotated[bool, typer.Option("--hidden", help="Suggest hidden people, too.")] = False,
    classifier: Annotated[
        Judge | None, typer.Option(help="What tells who it is; the setting review.classifier otherwise.")
    ] = None,
) -> None:
    """Suggest who a face or a group may be, with probabilities; with --all --json one object a line."""
    session = session_of(context)
    if (face is not None) + everything + (person is not None) != 1:
        raise UsageError("Give the id of a face, or --all, or --person.")
    with session.open() as library:
        if everything:
            found = library.review.suggest_all(hidden=hidden, classifier=classifier)
            if session.as_json:
                session.lines(map(_fields, found))
            else:
                session.table(("Whose", "May be"), ((_whose(one), in_words(one.suggestions)) for one in found))
            return
        if face is not None:
            asked: dict[str, int] = {"face": face}
            suggestions = library.review.suggestions(FaceId(face), hidden=hidden, classifier=classifier)
        else:
            record = library.people.find(str(person))
            asked = {"person": record.id}
            suggestions = library.review.suggestions_for_group(record.id, hidden=hidden, classifier=classifier)
    if session.as_json:
        session.document({**asked, "suggestions": suggestion_fields(suggestions)})
    else:
        session.show(in_words(suggestions) or "Nobody who has a name.")


def suggestion_fields(suggestions: Sequence[Suggestion]) -> list[dict[str, Any]]:
    """Suggestions as plain values."""
    return [{"person": one.person, "name": one.name, "probability": round(one.probability, 4)} for one in suggestions]


def in_words(suggestions: Sequence[Suggestion]) -> str:
    """Suggestions for a person to read."""
    return ", ".join(f"{one.name} ({chance(one.probability)})" for one in suggestions)


def chance(probability: float) -> str:
    """A probability in per cent; what is not sure is never 100."""
    return f"{min(99, int(100 * probability))} %"


def _fields(one: Suggested) -> dict[str, Any]:
    return {
        "face": one.face,
        "group": one.group,
        "faces": one.faces,
        "suggestions": suggestion_fields(one.suggestions),
    }


def _whose(one: Suggested) -> str:
    return f"face {one.face}" if one.group is None else f"group {one.group}, {counted(one.faces, 'face')}"
