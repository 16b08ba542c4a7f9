"""benchmark-identification: all classifiers on faces whose people are known."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.benchmark import Form
from faceorganizer.cli.progress import shown_work
from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.domain.errors import UsageError
from faceorganizer.services.benchmark.identification import FOLDS, HEADINGS, LEAST, IdentificationReport, cross_validate
from faceorganizer.services.benchmark.labelled import LabelledFaces, read_faces


def benchmark_identification(
    context: typer.Context,
    features: Annotated[
        Path | None, typer.Argument(parser=path_argument, metavar="[FEATURES]", help="FILE.npy or raw float32.")
    ] = None,
    labels: Annotated[
        Path | None,
        typer.Argument(
            parser=path_argument, metavar="[LABELS]", help="FILE.npy, or one whole number a line; -1 is left out."
        ),
    ] = None,
    classifiers: Annotated[str, typer.Option(metavar="A,B…", help="Only these classifiers; all otherwise.")] = "",
    least: Annotated[int, typer.Option(min=2, metavar="N", help="Faces that a person must have.")] = LEAST,
    folds: Annotated[int, typer.Option(min=2, metavar="N", help="Parts that the faces are divided into.")] = FOLDS,
    dim: Annotated[int | None, typer.Option(min=1, help="Numbers of each face in a raw file.")] = None,
    form: Annotated[Form, typer.Option("--format", help="How the table is written.")] = "markdown",
) -> None:
    """Compare the classifiers by cross-validation: how often each is right, and how far it can be trusted.

    On the confirmed faces of the library's named people, or on FEATURES with LABELS. In the columns after the accuracy,
    half of what is asked about are strangers, and a name counts from a probability of one half.
    """
    session = session_of(context)
    if (features is None) != (labels is None):
        raise UsageError("Features and labels belong together.", "Name both files, or none for the library's people.")
    with shown_work(session) as job:
        result = cross_validate(
            _faces(session, features, labels, dim),
            job,
            classifiers=[name.strip() for name in classifiers.split(",") if name.strip()],
            folds=folds,
            least=least,
        )
    _show(session, "json" if session.as_json else form, result)


def _faces(session: Session, features: Path | None, labels: Path | None, dim: int | None) -> LabelledFaces:
    if features is not None and labels is not None:
        return read_faces(features, labels, dim)
    with session.open() as library:
        return library.evaluation.confirmed()


def _show(session: Session, form: Form, result: IdentificationReport) -> None:
    if form == "json":
        session.document(result.document())
    elif form == "csv":
        rows = [row.fields() for row in result.rows]
        for cells in (list(rows[0]), *(list(row.values()) for row in rows)):
            line = io.StringIO()
            csv.writer(line, lineterminator="").writerow(cells)
            session.show(line.getvalue())
    else:
        session.show(
            f"{result.source}: {counted(result.faces, 'face')} of {result.people:,} people "
            f"with {result.least} or more; {result.folds} folds."
        )
        session.show("")
        lines: list[Sequence[str]] = [HEADINGS, ["---"] * len(HEADINGS), *(row.cells() for row in result.rows)]
        for words in lines:
            session.show("| " + " | ".join(words) + " |")
