"""benchmark-verification: the protocol of Labeled Faces in the Wild."""

import csv
import io
import tempfile
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.benchmark import labelled_faces, show_markdown
from faceorganizer.cli.progress import shown_work
from faceorganizer.cli.session import Session, session_of
from faceorganizer.cli.verify import free_place
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.insight import FigureStyle
from faceorganizer.domain.progress import JobContext
from faceorganizer.export.atomic import put_whole, whole_file
from faceorganizer.library import library_folder
from faceorganizer.services.benchmark.verification import (
    Draw,
    PictureDescriber,
    VerificationReport,
    benchmark_folder,
    benchmark_labels,
    benchmark_pairs,
)
from faceorganizer.services.benchmark.verification_tables import (
    FOLD_HEADINGS,
    RATE_HEADINGS,
    curve_csv,
    curve_shown,
    document,
    fold_cells,
    rate_cells,
)
from faceorganizer.services.recognition.figures import draw
from faceorganizer.services.settings import settings_at
from faceorganizer.settings.store import config_path

Form = Literal["markdown", "csv", "json"]

_SHOWN_FAILURES: Final = 5
_DATABASE: Final = "library.sqlite"


def benchmark_verification(
    context: typer.Context,
    source: Annotated[
        Path,
        typer.Argument(
            parser=path_argument,
            metavar="PAIRS",
            help="List of pairs, folder with one folder of pictures per person, FILE.npy, raw float32, or a library.",
        ),
    ],
    labels: Annotated[
        Path | None,
        typer.Argument(
            parser=path_argument,
            metavar="[LABELS]",
            help="Of descriptors: FILE.npy, or one whole number a line; of a library what evaluate takes.",
        ),
    ] = None,
    images: Annotated[
        Path | None,
        typer.Option(parser=path_argument, metavar="FOLDER", help="Where the pictures of a list of pairs are."),
    ] = None,
    folds: Annotated[int, typer.Option(min=2, max=1000, help="Where a list does not say how many.")] = 10,
    pairs: Annotated[int, typer.Option(min=1, max=1_000_000, help="Of one person in each fold, at most.")] = 300,
    seed: Annotated[int, typer.Option(min=0, help="Of the draw of pairs.")] = 0,
    centre: Annotated[
        bool, typer.Option("--centre", help="The face nearest to the centre counts, not the largest.")
    ] = False,
    folders: Annotated[bool, typer.Option("--folders", help="A library's folders name the people.")] = False,
    unit_length: Annotated[
        bool, typer.Option("--unit-length", help="Scale descriptors in files to length one first.")
    ] = False,
    dim: Annotated[int | None, typer.Option(min=1, help="Numbers of each face in a raw file.")] = None,
    form: Annotated[Form, typer.Option("--format", help="How the tables are written.")] = "markdown",
    report: Annotated[
        Path | None,
        typer.Option(parser=path_argument, metavar="FILE", help="Also write the ROC curve: FILE.png, .svg or .csv."),
    ] = None,
) -> None:
    """Measure how well two faces are told to be one person's, by the protocol of Labeled Faces in the Wild.

    For each of the folds the threshold that is right most often on all others is tried on it: mean accuracy with its
    standard error, ROC, true accepts at false-accept rates of 0.1 to 0.0001. PAIRS is a list in LFW's form ("10 300",
    then NAME I J and NAME I NAME2 J) or of lines LEFT RIGHT 1 or 0; a folder whose folders name the people; or
    descriptors with LABELS. From labels the folds are drawn so that no two share a person. A picture without a face is
    taken for nobody; that counts as it comes out.
    """
    session = session_of(context)
    place = None if report is None else free_place(session, report, {".csv", ".png", ".svg"}, "roc.png")
    draw = Draw(folds, pairs, seed)
    is_library = (source / _DATABASE).exists()
    with shown_work(session) as job:
        if is_library or labels is not None:
            faces = labelled_faces(source, labels, dim, folders, centre)
            result = benchmark_labels(faces.unit_length() if unit_length else faces, draw, job)
        else:
            _check_pictures(source, images, folders, unit_length, dim)
            result = _of_pictures(session, source, images, centre, draw, job)
    _show(session, "json" if session.as_json else form, result)
    if place is not None:
        if not session.dry_run:
            with shown_work(session) as job:
                _write_curve(place, result, job)
        session.say(f"{'Would write' if session.dry_run else 'Wrote'} {place}.")


def _check_pictures(source: Path, images: Path | None, folders: bool, unit_length: bool, dim: int | None) -> None:
    """Refuse options that are about something else than what was named."""
    if folders or unit_length or dim is not None:
        raise UsageError("--folders is for libraries, --unit-length and --dim are for descriptors in files.")
    if images is not None and source.is_dir():
        raise UsageError("--images is for lists of pairs.", "A folder holds the pictures itself.")


def _of_pictures(
    session: Session, source: Path, images: Path | None, centre: bool, draw: Draw, job: JobContext
) -> VerificationReport:
    with settings_at(library_folder(session.library_path), config_path()) as settings:
        describer = PictureDescriber(settings, centre=centre)
        if source.is_dir():
            return benchmark_folder(source, describer, draw, job)
        return benchmark_pairs(source, images, describer, draw.folds, job)


def _show(session: Session, form: Form, result: VerificationReport) -> None:
    if form == "json":
        session.document(document(result))
    elif form == "csv":
        for cells in (FOLD_HEADINGS, *fold_cells(result)):
            line = io.StringIO()
            csv.writer(line, lineterminator="").writerow(cells)
            session.show(line.getvalue())
    else:
        _show_tables(session, result)
    for path, reason in result.failures[:_SHOWN_FAILURES]:
        session.say(f"{path}: {reason}.")
    if more := max(0, len(result.failures) - _SHOWN_FAILURES):
        session.say(f"{more} more without a face; --json lists all.")


def _show_tables(session: Session, result: VerificationReport) -> None:
    people = "" if result.people is None else f" of {result.people:,} people"
    lost = f", {len(result.failures):,} without a face" if result.failures else ""
    session.show(
        f"{result.source}: {result.faces:,} faces{people}{lost}; {len(result.protocol.folds)} folds, "
        f"{result.same:,} pairs of one person and {result.different:,} of two."
    )
    session.show(
        f"Accuracy {result.protocol.accuracy:.4f} ± {result.protocol.error:.4f} (standard error of the mean), "
        f"area under the ROC curve {result.protocol.curve.area:.4f}."
    )
    session.show("")
    show_markdown(session, FOLD_HEADINGS, fold_cells(result))
    session.show("")
    show_markdown(session, RATE_HEADINGS, rate_cells(result.rates))
    if result.everything is not None:
        everything = result.everything
        session.show("")
        session.show(
            f"All {everything.same:,} pairs of one person and {everything.different:,} of two, "
            f"area under the ROC curve {everything.area:.4f}:"
        )
        session.show("")
        show_markdown(session, RATE_HEADINGS, rate_cells(everything.rates))


def _write_curve(place: Path, result: VerificationReport, job: JobContext) -> None:
    form = place.suffix.lower()
    if form == ".csv":
        with whole_file(place) as stream:
            stream.writelines(curve_csv(result.protocol.curve))
        return
    # There may be no library whose cache could hold the list of fonts.
    with tempfile.TemporaryDirectory(prefix="faceorganizer-") as fonts:
        put_whole(place, draw(curve_shown(result), "png" if form == ".png" else "svg", FigureStyle(), Path(fonts), job))
