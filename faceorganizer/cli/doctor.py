"""doctor: is everything there that the program needs."""

import typer

from faceorganizer import __version__
from faceorganizer.cli.session import session_of
from faceorganizer.library import library_folder
from faceorganizer.services.doctor import examine
from faceorganizer.settings.store import config_path


def doctor(context: typer.Context) -> None:
    """Show versions, model files, processor and threads, and what is wrong; exit code 1 when something is."""
    session = session_of(context)
    diagnosis = examine(__version__, library_folder(session.library_path), config_path())
    if session.as_json:
        session.document(
            {
                "versions": dict(diagnosis.versions),
                "models": dict(diagnosis.models),
                "machine": dict(diagnosis.machine),
                "places": dict(diagnosis.places),
                "problems": list(diagnosis.problems),
            }
        )
    else:
        for title, facts in (
            ("Versions", diagnosis.versions),
            ("Models", diagnosis.models),
            ("Machine", diagnosis.machine),
            ("Places", diagnosis.places),
        ):
            session.show(title)
            session.table((), ((f"  {key}", value) for key, value in facts.items()))
        for problem in diagnosis.problems:
            session.show(f"Wrong: {problem}")
        if not diagnosis.problems:
            session.show("Nothing is wrong.")
    if diagnosis.problems:
        raise typer.Exit(1)
