"""similar: the faces that look most like one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from faceorganizer.cli.session import counted, session_of
from faceorganizer.cli.suggest import chance
from faceorganizer.domain.ids import FaceId
from faceorganizer.services.recognition.similar import FoundFace, SimilarFace


def similar(
    context: typer.Context,
    face: Annotated[str, typer.Argument(metavar="FACE|FILE", help="Id of a face, or a picture file.")],
    limit: Annotated[int, typer.Option(min=1, max=100_000, metavar="N", help="Most faces shown.")] = 20,
) -> None:
    """List the faces that look most like one, the nearest first; with --json one object a line.

    A FILE need not be in the library: its largest face is looked for, and nothing of it is kept. A file whose name is a
    number is meant by ./NUMBER. The probability says how likely two faces so far apart are one person, if that was as
    likely as not beforehand; it is left out for models whose distances were never measured.
    """
    session = session_of(context)
    with session.open() as library:
        asked: FoundFace | None = None
        if face.isdecimal():
            found = library.similar.to_face(FaceId(int(face)), limit=limit)
        else:
            asked = library.similar.face_in(Path(face))
            found = library.similar.to_descriptor(asked.descriptor, limit=limit)
    if asked is not None and asked.faces > 1:
        session.say(f"{asked.path.name} shows {counted(asked.faces, 'face')}; the largest is meant.")
    if session.as_json:
        session.lines(similar_fields(found))
    elif found:
        session.table(
            ("Face", "Distance", "Same person", "Person", "Photo"),
            ((one.seen.face, f"{one.distance:.3f}", _sure(one), one.name, one.seen.path) for one in found),
        )
    else:
        session.show("No other face in the library.")


def similar_fields(found: Sequence[SimilarFace]) -> list[dict[str, Any]]:
    """Similar faces as plain values."""
    return [
        {
            "face": one.seen.face,
            "photo": str(one.seen.path),
            "box": [round(number) for number in one.seen.box],
            "person": one.seen.person,
            "name": one.name,
            "distance": round(one.distance, 4),
            "probability": None if one.probability is None else round(one.probability, 4),
        }
        for one in found
    ]


def _sure(one: SimilarFace) -> str:
    return "" if one.probability is None else chance(one.probability)
