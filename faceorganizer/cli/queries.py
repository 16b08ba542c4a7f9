"""The options that ask for photos, which several commands share, and how photos are shown."""

import functools
import inspect
import typing
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.pictures import PhotoRecord
from faceorganizer.library import Library

Command = Callable[..., None]


def day_argument(text: str) -> date:
    """Take a day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no date; write it as YYYY-MM-DD.") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the options say. Each attribute is one option."""

    person: Annotated[list[str] | None, typer.Option(metavar="P", help="A name or an id; may be repeated.")] = None
    any_: Annotated[
        bool, typer.Option("--any", help="At least one of the people is in it (default).", show_default=False)
    ] = False
    all_: Annotated[bool, typer.Option("--all", help="All of the people are in it.", show_default=False)] = False
    only: Annotated[bool, typer.Option("--only", help="All of them and nobody else.", show_default=False)] = False
    without: Annotated[
        list[str] | None, typer.Option(metavar="P", help="Nobody of these is in it; may be repeated.")
    ] = None
    year: Annotated[int | None, typer.Option(help="Taken in that year.", min=1, max=9999)] = None
    taken_from: Annotated[
        date | None, typer.Option("--from", parser=day_argument, metavar="DAY", help="Taken on that day or later.")
    ] = None
    taken_to: Annotated[
        date | None, typer.Option("--to", parser=day_argument, metavar="DAY", help="Taken on that day or earlier.")
    ] = None
    min_faces: Annotated[int | None, typer.Option(help="At least so many faces are in it.", min=0)] = None
    max_faces: Annotated[int | None, typer.Option(help="At most so many faces are in it.", min=0)] = None
    with_unnamed: Annotated[
        bool, typer.Option("--with-unnamed", help="A face without a name is in it.", show_default=False)
    ] = False
    folder: Annotated[
        Path | None, typer.Option(parser=path_argument, metavar="PATH", help="In this folder or below it.")
    ] = None
    failed: Annotated[bool, typer.Option("--failed", help="Could not be read.", show_default=False)] = False
    no_faces: Annotated[bool, typer.Option("--no-faces", help="No face was found.", show_default=False)] = False

    @property
    def anything(self) -> bool:
        """Whether any option was given."""
        return any(getattr(self, field.name) not in (None, False) for field in fields(self))

    @property
    def anything_but_people(self) -> bool:
        """Whether any option was given but whose photos are meant."""
        return replace(self, person=None).anything

    def query(self, library: Library) -> PhotoQuery:
        """The question, with the people that are meant.

        Raises:
            UsageError: The options contradict each other.
            UnknownIdError: Nobody has such a name.
        """
        if self.any_ + self.all_ + self.only > 1:
            raise UsageError("--any, --all and --only exclude one another.")
        if (self.any_ or self.all_ or self.only) and not self.person:
            raise UsageError("--any, --all and --only need a --person.")
        chosen = _ids(library, self.person)
        return PhotoQuery(
            any_of=() if self.all_ or self.only else chosen,
            all_of=chosen if self.all_ else (),
            only=chosen if self.only else (),
            without=_ids(library, self.without),
            year=self.year,
            taken_from=self.taken_from,
            taken_to=self.taken_to,
            min_faces=self.min_faces,
            max_faces=self.max_faces,
            unnamed=self.with_unnamed,
            folder=self.folder,
            failed=self.failed,
            no_faces=self.no_faces,
        ).checked()


def asks_for_photos(command: Command) -> Command:
    """Give a command the options of :class:`Asked`; it takes them as its last parameter ``asked``."""
    own = inspect.signature(command)
    hints = typing.get_type_hints(command, include_extras=True)
    shared = typing.get_type_hints(Asked, include_extras=True)

    @functools.wraps(command)
    def called(**given: Any) -> None:
        asked = Asked(**{field.name: given.pop(field.name) for field in fields(Asked)})
        command(**given, asked=asked)

    parameters = [
        parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in own.parameters.items()
        if name != "asked"
    ]
    parameters += [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=shared[field.name]
        )
        for field in fields(Asked)
    ]
    # What the parser of the command line looks at.
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return called


def photo_in_words(record: PhotoRecord) -> str:
    """What is known of a photo, for a person."""
    if record.error:
        return record.error
    words = [f"{record.faces} {'face' if record.faces == 1 else 'faces'}"]
    if record.capture.taken is not None:
        words.append(f"{record.capture.taken:%Y-%m-%d}")
    if record.duplicate_of is not None:
        words.append(f"duplicate of {record.duplicate_of.name}")
    if record.state != "present":
        words.append(record.state)
    return ", ".join(words)


def photo_fields(record: PhotoRecord) -> dict[str, Any]:
    """A photo as plain values."""
    capture = record.capture
    place = capture.place
    return {
        "photo": record.photo,
        "path": str(record.path),
        "root": str(record.root),
        "taken": capture.taken.isoformat() if capture.taken else None,
        "taken_source": capture.taken_source or None,
        "camera": capture.camera,
        "place": {"latitude": place.latitude, "longitude": place.longitude, "altitude": place.altitude}
        if place
        else None,
        "width": record.width,
        "height": record.height,
        "orientation": record.orientation,
        "state": record.state,
        "reason": record.error or None,
        "faces": record.faces,
        "duplicate_of": str(record.duplicate_of) if record.duplicate_of else None,
    }


def _ids(library: Library, texts: list[str] | None) -> tuple[PersonId, ...]:
    return tuple(library.people.find(text).id for text in texts or ())
