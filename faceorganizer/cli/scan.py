"""scan: bring the library up to date with its folders."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.progress import shown_job
from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.pictures import Detail
from faceorganizer.services.scan.report import ScanReport

SOME_FAILED = 3


def scan(
    context: typer.Context,
    folders: Annotated[
        list[Path] | None,
        typer.Argument(parser=path_argument, metavar="[FOLDER...]", help="Folders; all known ones if none is given."),
    ] = None,
    detail: Annotated[Detail | None, typer.Option(help="How small faces may be.")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, max=256, help="Worker processes.", metavar="N")] = None,
    exclude: Annotated[list[str] | None, typer.Option(help="Glob patterns to leave out.", metavar="GLOB")] = None,
    no_cluster: Annotated[bool, typer.Option("--no-cluster", help="Do not group the faces.")] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Read only what could not be read before, in the folders if any.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on, and scan whatever changes.")] = False,
    profile: Annotated[bool, typer.Option("--profile", help="Show the time of each stage.")] = False,
) -> None:
    """Find the faces in folders of photos and group them into people."""
    session = session_of(context)
    if retry_failed and (watch or detail or jobs or exclude):
        raise UsageError("--retry-failed goes with folders and --no-cluster only.")
    with session.open_or_create() as library, shown_job(session, library) as job:
        if retry_failed:
            report = library.retry(folders or (), group=not no_cluster, context=job)
        else:
            report = library.scan(
                folders or (), detail=detail, jobs=jobs, exclude=exclude or (), group=not no_cluster, context=job
            )
        profile = profile or session.verbose
        _show(session, report, profile=profile, compact=watch)
        if watch:
            session.say("Watching the folders; Ctrl-C ends it.")
            for later in library.watch(detail=detail, jobs=jobs, group=not no_cluster, context=job):
                if later.changed:
                    _show(session, later, profile=profile, compact=True)
    if report.failures:
        raise typer.Exit(SOME_FAILED)


def _show(session: Session, report: ScanReport, *, profile: bool, compact: bool) -> None:
    if session.as_json:
        if compact:
            session.lines([_fields(report)])
        else:
            session.document(_fields(report))
    else:
        _show_words(session, report)
    for folder in report.offline:
        session.say(f"{folder} is not connected; its photos stay as they are.")
    for notice in report.notices:
        session.say(notice)
    if profile:
        _show_profile(session, report)


def _fields(report: ScanReport) -> dict[str, Any]:
    return {
        "photos": dict(report.photos),
        "faces": report.faces,
        "people": report.people,
        "groups": report.groups,
        "seconds": {stage: round(seconds, 3) for stage, seconds in report.seconds.items()},
        "failures": [{"path": str(failure.path), "reason": failure.reason} for failure in report.failures],
        "offline": [str(folder) for folder in report.offline],
        "notices": list(report.notices),
    }


def _show_words(session: Session, report: ScanReport) -> None:
    counts = dict(report.photos)
    seen = counts.pop("seen")
    parts = [f"{count} {word}" for word, count in counts.items() if count]
    session.show(f"{seen} photos" + (f": {', '.join(parts)}" if parts else ""))
    session.show(
        f"{counted(report.faces, 'face')} ({report.new_faces} new), {counted(report.people, 'person', 'people')}, "
        f"{counted(report.groups, 'unnamed group')}"
    )
    if report.failures:
        session.show("Could not be read:")
    for failure in report.failures:
        session.show(f"  {failure.path}: {failure.reason}")


def _show_profile(session: Session, report: ScanReport) -> None:
    photos = max(1, report.analysed)
    rows = [(stage, f"{seconds:.2f}", f"{seconds / photos * 1000:.1f}") for stage, seconds in report.seconds.items()]
    if session.as_json:
        session.say(json.dumps({"analysed": report.analysed, "ms_per_photo": {row[0]: float(row[2]) for row in rows}}))
        return
    session.table(("Stage", "Seconds", "ms a photo"), rows)
