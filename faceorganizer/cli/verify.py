"""verify: whether two faces are one person's."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.progress import shown_work
from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.domain.errors import CancelledError, LibraryMissingError, UsageError
from faceorganizer.domain.ids import FaceId
from faceorganizer.export.atomic import put_whole
from faceorganizer.services.interchange.listing import FileThereError, checked_destination
from faceorganizer.services.recognition.verification import (
    Asked,
    ComparedFace,
    PictureFace,
    Verification,
    VerificationService,
    in_words,
)
from faceorganizer.services.settings import SettingsService
from faceorganizer.settings.store import config_path

_FORMS: Final = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}
_EXAMPLE: Final = "both.png"


def verify(
    context: typer.Context,
    left: Annotated[str, typer.Argument(metavar="A", help="Id of a face, or a picture file; FILE#2: its second face.")],
    right: Annotated[str, typer.Argument(metavar="B", help="As A.")],
    false_accepts: Annotated[
        float, typer.Option("--false-accepts", metavar="RATE", help="Of pairs of two people, 0.0001 to 0.1.")
    ] = 1e-3,
    picture: Annotated[
        Path | None, typer.Option(parser=path_argument, metavar="FILE", help="Also draw both; FILE.png or FILE.jpg.")
    ] = None,
) -> None:
    """Compare two faces: distance, probability that they are one person's, and yes or no.

    The probability holds where one person was as likely as two before. Yes is said up to the distance that takes the
    share --false-accepts of the pairs of two people for one. Of a file with several faces the largest one is taken;
    FILE#2 is the second largest. Files need not be in the library, and for two files none is needed.
    """
    session = session_of(context)
    asked = _asked(left), _asked(right)
    drawn = None if picture is None else free_place(session, picture, _FORMS, _EXAMPLE)
    with _service(session, asked) as service, shown_work(session) as job:
        result = service.verify(*asked, false_accepts=false_accepts, context=job)
        both = b""
        if drawn is not None and not session.dry_run:
            both = service.picture(result, _FORMS[drawn.suffix.lower()], job)
    if session.as_json:
        session.document(_fields(result))
    else:
        for face in (result.left, result.right):
            session.show(_told(face))
        for line in in_words(result):
            session.show(f"{line}.")
    if drawn is not None:
        if both:
            put_whole(drawn, both)
        session.say(f"{'Would write' if session.dry_run else 'Wrote'} {drawn}.")


def _asked(text: str) -> Asked:
    """A number is a face of the library; ``./12`` is a file of that name."""
    if text.isascii() and text.isdecimal():
        return FaceId(int(text))
    path = path_argument(text)
    before, mark, number = text.rpartition("#")
    if before and mark and number.isascii() and number.isdecimal() and not path.exists():
        return PictureFace(Path(before), int(number))
    return PictureFace(path)


@contextmanager
def _service(session: Session, asked: tuple[Asked, Asked]) -> Iterator[VerificationService]:
    """Of the library; files do without one."""
    try:
        library = session.open()
    except LibraryMissingError:
        if not all(isinstance(one, PictureFace) for one in asked):
            raise
        yield VerificationService(None, SettingsService(config_path(), None))
        return
    with library:
        yield library.verification


def free_place(session: Session, file: Path, suffixes: Collection[str], example: str) -> Path:
    """Where a file goes; asks if one is there already, before anything is done.

    Raises:
        UsageError: Its name ends otherwise, or nobody can be asked.
        CancelledError: The answer was no.
    """
    if file.suffix.lower() not in suffixes:
        raise UsageError(f"{file} is no name for it.", f"End it in {' or '.join(sorted(suffixes))}, such as {example}.")
    try:
        return checked_destination(file, example, replace=session.yes or session.dry_run)
    except FileThereError as error:
        if not session.can_ask:
            raise
        if not session.confirm(f"{error.path} is there already. Replace it?", "--yes"):
            raise CancelledError from error
        return error.path


def _told(face: ComparedFace) -> str:
    x, y, width, height = face.box
    who = f" {face.name}," if face.name is not None else ""
    known = f" face {face.face}," if face.face is not None else ""
    return f"{face.photo}:{who}{known} box {x}, {y}, {width}, {height}, of {counted(face.faces, 'face')} in the photo."


def _fields(result: Verification) -> dict[str, Any]:
    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 6)

    return {
        "distance": rounded(result.distance),
        "probability": rounded(result.probability),
        "same": result.same,
        "threshold": rounded(result.threshold),
        "false_accepts": result.false_accepts,
        "left": _face_fields(result.left),
        "right": _face_fields(result.right),
        "model": result.model.name,
    }


def _face_fields(face: ComparedFace) -> dict[str, Any]:
    return {
        "photo": str(face.photo),
        "face": face.face,
        "box": list(face.box),
        "faces": face.faces,
        "person": face.person,
        "name": face.name,
    }
