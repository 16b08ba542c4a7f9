"""What commands that decide something share: their questions, and how a step is told."""

from collections.abc import Callable
from typing import Annotated

import typer

from faceorganizer.cli.session import Session
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UsageError
from faceorganizer.services.assigning import SamePhotoError

SamePhoto = Annotated[
    bool, typer.Option("--same-photo", help="Two faces of one photo may be one person: a mirror, a collage.")
]
LeaveOut = Annotated[
    bool, typer.Option("--leave-out", help="Faces that share a photo with the person stay where they are.")
]


def photo_answer(same_photo: bool, leave_out: bool) -> bool | None:
    """What the two options say about faces of one photo; None when they say nothing.

    Raises:
        UsageError: They contradict each other.
    """
    if same_photo and leave_out:
        raise UsageError("--same-photo and --leave-out exclude each other.")
    return True if same_photo else False if leave_out else None


def with_photo_answer(
    session: Session, action: Callable[[bool | None], ChangeSet], answer: bool | None = None
) -> ChangeSet:
    """Do a step, asking whether two faces of a photo are one person when that has to be known."""
    try:
        return action(answer)
    except SamePhotoError as error:
        if not (session.can_ask or session.yes):
            raise
        question = f"{error.message} Are they? (No leaves such faces where they are.)"
        return action(session.confirm(question, "--same-photo or --leave-out"))


def report_step(session: Session, changes: ChangeSet, message: str) -> None:
    """Tell what a step did: as JSON its label and the ids that it touched."""
    if session.as_json:
        touched = touched_ids(changes)
        session.document({"step": changes.step, **touched})
    else:
        session.say(message)


def touched_ids(changes: ChangeSet) -> dict[str, list[int]]:
    """The ids that a step touched; albums only where it did."""
    kinds = {"people": "person", "faces": "face", **({"albums": "album"} if changes.of("album") else {})}
    return {kind: sorted(changes.of(entity)) for kind, entity in kinds.items()}
