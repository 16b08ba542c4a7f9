"""undo, redo, history: what was decided, taken back and made again."""

from collections.abc import Callable
from typing import Annotated

import typer

from faceorganizer.cli.answers import touched_ids
from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import CancelledError
from faceorganizer.services.undo import BarrierError

Restore = Annotated[
    bool, typer.Option("--restore", help="Restore a copy of the library, where that alone leads past a step.")
]


def undo(context: typer.Context, restore: Restore = False) -> None:
    """Take the last decision back. Scans never stand in the way."""
    session = session_of(context)
    with session.open() as library:
        _told(session, "Undone", _walked(session, library.undo, restore))


def redo(context: typer.Context, restore: Restore = False) -> None:
    """Make the decision again that was undone last."""
    session = session_of(context)
    with session.open() as library:
        _told(session, "Done again", _walked(session, library.redo, restore))


def history(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, metavar="N", help="Steps to show.")] = 100,
) -> None:
    """List the decisions that can be undone, the newest first; with --json one object a line."""
    session = session_of(context)
    with session.open() as library:
        steps = library.history(limit)
    if session.as_json:
        session.lines(
            {
                "id": step.id,
                "step": step.step,
                "at": step.at.isoformat(timespec="seconds"),
                "undone": step.undone,
                "barrier": step.barrier,
                "snapshot": step.snapshot,
                "touched": dict(step.touched),
            }
            for step in steps
        )
        return
    session.table(
        ("Step", "When", "", ""),
        (
            (
                step.step,
                f"{step.at.astimezone():%Y-%m-%d %H:%M:%S}",
                step.snapshot if step.barrier else step.description,
                "undone" if step.undone else "",
            )
            for step in steps
        ),
    )


def _walked(session: Session, go: Callable[..., ChangeSet], restore: bool) -> ChangeSet:
    try:
        return go(restore=restore)
    except BarrierError as barrier:
        if not session.yes and not session.can_ask:
            raise
        if not session.confirm(f"{barrier.message} Go back to it?", "--restore"):
            raise CancelledError from barrier
        return go(restore=True)


def _told(session: Session, done: str, changes: ChangeSet) -> None:
    ids = touched_ids(changes)
    if session.as_json:
        session.document({"step": changes.step, **ids})
        return
    touched = f"{counted(len(ids['people']), 'person', 'people')}, {counted(len(ids['faces']), 'face')}"
    if "albums" in ids:
        touched = f"{counted(len(ids['albums']), 'album')}, {touched}"
    if changes.of("written"):
        touched = counted(len(changes.of("written")), "photo")
    session.show(f"{done}: {changes.step} ({touched}).")
