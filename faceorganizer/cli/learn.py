"""learn: how faces are told apart, learned from confirmed ones."""

import math
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.progress import shown_job
from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.domain.errors import CancelledError, UsageError
from faceorganizer.services.interchange.listing import FileThereError
from faceorganizer.services.recognition.learning import LearningReport
from faceorganizer.services.recognition.learning_files import learning_files, write_learning

_STATES: Final = {
    "used": "It is used for grouping and suggestions, for as long as it measures better.",
    "refused": "It is not better by more than the uncertainty: refused. Faces are compared as before.",
    "dropped": "By faces confirmed since, it is no longer better: it is not used.",
    "outdated": "Much of what it was learned from is no longer said: it is not used. Learn again.",
}


def learn(
    context: typer.Context,
    show: Annotated[bool, typer.Option("--show", help="Show what was learned last; learn nothing.")] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Forget what was learned.")] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            parser=path_argument, metavar="DIR", help="Also write the learning curve and histograms there (CSV, SVG)."
        ),
    ] = None,
) -> None:
    """Learn from confirmed faces how faces are told apart.

    It is used only if it measures better on people and faces that it was not trained on. Guesses are never learned
    from.
    """
    session = session_of(context)
    if forget and (show or report is not None):
        raise UsageError("--forget goes alone.")
    if report is not None:
        _check_folder(session, report)
    with session.open() as library:
        if forget:
            there = library.learning.forget()
            if session.as_json:
                session.document({"forgotten": there})
            else:
                session.show("What was learned is forgotten." if there else "Nothing was learned.")
            return
        if show:
            found = library.learning.present()
        else:
            with shown_job(session, library) as job:
                found = library.learning.learn(job)
    if session.as_json:
        session.document({"learned": None if found is None else _fields(found)} if show else _fields(_there(found)))
    else:
        _show(session, found)
    if report is not None and found is not None:
        files = [] if session.dry_run else write_learning(report, found)
        session.say(f"Wrote {counted(len(files), 'file')} into {report}." if files else f"Would write into {report}.")


def _there(report: LearningReport | None) -> LearningReport:
    assert report is not None  # whoever learns has learned something
    return report


def _check_folder(session: Session, folder: Path) -> None:
    """Ask before files are replaced, and before anything is done."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder.", "Name one for the files.")
    there = next((file for file in learning_files(folder) if file.exists()), None)
    if there is not None and not (session.yes or session.dry_run):
        if not session.can_ask:
            raise FileThereError(there)
        if not session.confirm(f"{there} is there already. Replace it?", "--yes"):
            raise CancelledError


def _show(session: Session, report: LearningReport | None) -> None:
    if report is None:
        session.show("Nothing was learned.")
        return
    session.show(
        f"Learned from {counted(report.faces, 'confirmed face')} of {counted(report.people, 'person', 'people')} "
        f"in {report.seconds:.0f} s; measured on people and faces that were held out."
    )
    rows = [
        (figure.name, f"{figure.before:.3f}", f"{figure.after:.3f}", f"{figure.low:+.3f} to {figure.high:+.3f}")
        for figure in report.figures
    ]
    rows.append(("mean", "", f"{report.gain:+.3f}", f"{report.low:+.3f} to {report.high:+.3f}"))
    session.table(("Measure", "Plain", "Learned", "Gain, 90 %"), rows)
    if report.state == "refused" and report.worse:
        session.show(f"Worse than before: {', '.join(report.worse)}.")
    session.show(_STATES[report.state])


def _fields(report: LearningReport) -> dict[str, Any]:
    curve, shown = report.curve, report.histograms
    return {
        "made": report.made.isoformat(timespec="seconds"),
        "state": report.state,
        "accepted": report.state != "refused",
        "used": report.state == "used",
        "faces": report.faces,
        "people": report.people,
        "seconds": round(report.seconds, 3),
        "figures": [
            {
                "name": figure.name,
                "before": round(figure.before, 5),
                "after": round(figure.after, 5),
                "gain": round(figure.gain, 5),
                "low": round(figure.low, 5),
                "high": round(figure.high, 5),
            }
            for figure in report.figures
        ],
        "gain": round(report.gain, 5),
        "low": round(report.low, 5),
        "high": round(report.high, 5),
        "curve": {
            "steps": curve.steps.tolist(),
            "training": [round(value, 6) for value in curve.training.tolist()],
            "validation": [None if math.isnan(value) else round(value, 6) for value in curve.validation.tolist()],
            "best": curve.best,
        },
        "histograms": {
            "edges": [round(value, 6) for value in shown.edges.tolist()],
            "same_before": shown.same_before.tolist(),
            "different_before": shown.different_before.tolist(),
            "same_after": shown.same_after.tolist(),
            "different_after": shown.different_after.tolist(),
        },
    }
