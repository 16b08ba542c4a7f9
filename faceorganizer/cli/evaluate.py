"""evaluate: the present grouping against the truth."""

from pathlib import Path
from typing import Annotated

import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.session import counted, session_of
from faceorganizer.domain.errors import UsageError
from faceorganizer.services.benchmark.tables import measure_fields


def evaluate(
    context: typer.Context,
    truth: Annotated[
        Path | None,
        typer.Argument(parser=path_argument, metavar="[TRUTH]", help="JSON or CSV with who is in which photo."),
    ] = None,
    folders: Annotated[bool, typer.Option("--folders", help="The folder of a photo names its person.")] = False,
    centre: Annotated[
        bool, typer.Option("--centre", help="The face nearest to the centre counts, not the largest.")
    ] = False,
) -> None:
    """Measure how well the present grouping fits the truth.

    TRUTH is CSV with path,person or path,person,x,y,w,h in each row, or JSON {"photos": {path: [{"person": name, "box":
    [x, y, w, h]}]}}; boxes are in pixels of the upright picture, paths relative to a folder of the library or to the
    file. Where there is no box, the photo's largest face counts.
    """
    session = session_of(context)
    if (truth is None) != folders:
        raise UsageError("Who is in the photos is to be said once.", "Name a file that says it, or say --folders.")
    with session.open() as library:
        result = library.evaluation.evaluate(truth, centre=centre)
    measures = measure_fields(result.measures)
    if session.as_json:
        session.document(
            {
                "faces": result.faces,
                "found": result.found,
                "missed": result.missed,
                "others": result.others,
                "unknown_photos": result.unknown_photos,
                "people": result.measures.people,
                **measures,
            }
        )
        return
    session.show(
        f"{counted(result.faces, 'labelled face')} of {counted(result.measures.people, 'person', 'people')}: "
        f"{result.found} found, {result.missed} missed; {counted(result.others, 'other face')} in the same photos."
    )
    if result.unknown_photos:
        session.say(f"{counted(result.unknown_photos, 'labelled photo')} not in the library.")
    session.table(
        (),
        (
            (key.replace("_", " "), f"{value:.4f}" if isinstance(value, float) else value)
            for key, value in measures.items()
        ),
    )
