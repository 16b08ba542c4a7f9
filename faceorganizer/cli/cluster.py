"""cluster: group all faces again."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated

import typer

from faceorganizer.cli.progress import shown_job
from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.domain.errors import UsageError
from faceorganizer.services.clustering.service import DEFAULT_METHOD, METHODS


def cluster(
    context: typer.Context,
    method: Annotated[str, typer.Option(help=f"How to group: {', '.join(METHODS)}.", metavar="NAME")] = DEFAULT_METHOD,
    option: Annotated[
        list[str] | None, typer.Option(metavar="K=V", help="A parameter of the method; may be repeated.")
    ] = None,
) -> None:
    """Group all faces again. Names and corrections stay; a snapshot of the library is kept first."""
    session = session_of(context)
    if session.dry_run:
        _foresee(session, method, options_of(option))
        return
    with session.open() as library, shown_job(session, library) as job:
        report = library.cluster(method=method, options=options_of(option), context=job)
    if session.as_json:
        session.document(
            {
                "method": report.method,
                "parameters": dict(report.parameters),
                "faces": report.faces,
                "people": report.people,
                "groups": report.groups,
                "moved": report.moved,
                "seconds": round(report.seconds, 3),
                "snapshot": str(report.snapshot) if report.snapshot else None,
                "learned": report.learned,
            }
        )
        return
    session.show(
        f"{counted(report.faces, 'face')}: {counted(report.people, 'person', 'people')}, "
        f"{counted(report.groups, 'unnamed group')}."
    )
    if report.learned == "dropped":
        session.say("What was learned from confirmed faces no longer helps; it was left out.")
    elif report.learned == "yes":
        session.say("What was learned from confirmed faces was used.")
    session.say(f"The library as it was before: {report.snapshot}")


def _foresee(session: Session, method: str, options: Mapping[str, str]) -> None:
    """Show what another strictness would change."""
    if method != DEFAULT_METHOD or set(options) - {"strangers"}:
        raise UsageError(f"--dry-run foresees {DEFAULT_METHOD} with --option strangers=N only.")
    with session.open() as library, shown_job(session, library) as job:
        usual = str(library.settings.get("grouping.strangers"))
        try:
            strangers = float(options.get("strangers", usual))
        except ValueError:
            raise UsageError(f"strangers is a number, not {options['strangers']!r}.") from None
        seen = library.foresee_grouping(strangers, context=job)
    if session.as_json:
        session.document({field.name: getattr(seen, field.name) for field in fields(seen)})
        return
    session.show(f"{counted(seen.groups_now, 'person or group', 'people and groups')} now, {seen.groups_then} then.")
    session.show(f"{seen.apart} would come apart, {seen.joined} would become one with others.")
    session.show(f"{counted(seen.placed, 'face')} would join somebody, {seen.dropped} would be left alone.")


def options_of(texts: list[str] | None) -> dict[str, str]:
    """Parameters as text, of K=V.

    Raises:
        UsageError: One has no equals sign.
    """
    options = {}
    for text in texts or ():
        key, equals, value = text.partition("=")
        if not equals:
            raise UsageError(
                f"{text!r} is not of the form K=V.", "Write the parameter's name, an equals sign, a value."
            )
        options[key] = value
    return options
