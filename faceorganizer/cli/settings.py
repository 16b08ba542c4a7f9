"""settings: what can be changed."""

from typing import Annotated

import typer

from faceorganizer.cli.session import session_of
from faceorganizer.library import library_folder
from faceorganizer.services.settings import settings_at
from faceorganizer.settings.keys import plain
from faceorganizer.settings.store import config_path

app = typer.Typer(help="What can be changed.", no_args_is_help=True)

KeyArgument = Annotated[str, typer.Argument(metavar="KEY", help="Such as scan.jobs.")]


@app.command("list")
def list_settings(context: typer.Context) -> None:
    """List all settings with their values and what they mean."""
    session = session_of(context)
    with settings_at(library_folder(session.library_path), config_path()) as settings:
        entries = settings.list()
    if session.as_json:
        session.lines(
            {
                "key": entry.key.name,
                "value": plain(entry.value),
                "default": plain(entry.key.default),
                "scope": entry.key.scope.value,
                "description": entry.key.description,
                "allowed": entry.key.allowed,
            }
            for entry in entries
        )
        return
    session.table(
        ("Setting", "Value", "Meaning"),
        ((entry.key.name, _shown(entry.value), entry.key.description) for entry in entries),
    )


@app.command("get")
def get_setting(context: typer.Context, key: KeyArgument) -> None:
    """Show one setting."""
    session = session_of(context)
    with settings_at(library_folder(session.library_path), config_path()) as settings:
        value = settings.get(key)
    if session.as_json:
        session.document(plain(value))
    else:
        session.show(_shown(value))


@app.command("set", context_settings={"ignore_unknown_options": True})  # values may be negative
def set_setting(
    context: typer.Context, key: KeyArgument, value: Annotated[str, typer.Argument(metavar="VALUE")]
) -> None:
    """Change one setting."""
    session = session_of(context)
    with settings_at(library_folder(session.library_path), config_path()) as settings:
        settings.set(key, value)
        stored = settings.get(key)
    if session.as_json:
        session.document({"key": key, "value": plain(stored)})
    else:
        session.say(f"{key} = {_shown(stored)}")


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "(none)"
    return str(value)
