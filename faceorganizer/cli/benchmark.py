"""benchmark: all methods of grouping on the same faces."""

import csv
import io
import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.cluster import options_of
from faceorganizer.cli.progress import shown_work
from faceorganizer.cli.session import Session, session_of
from faceorganizer.domain.errors import CancelledError, UsageError
from faceorganizer.library import Library
from faceorganizer.services.benchmark.labelled import LabelledFaces, read_faces
from faceorganizer.services.benchmark.methods import BenchmarkReport, run_benchmark
from faceorganizer.services.benchmark.tables import INDEX_HEADINGS, METHOD_HEADINGS, document, index_cells, method_cells
from faceorganizer.services.interchange.listing import FileThereError

Form = Literal["markdown", "csv", "json"]


def benchmark(
    context: typer.Context,
    features: Annotated[
        Path,
        typer.Argument(parser=path_argument, metavar="FEATURES", help="FILE.npy, raw float32, or a library's folder."),
    ],
    labels: Annotated[
        Path | None,
        typer.Argument(
            parser=path_argument,
            metavar="[LABELS]",
            help="FILE.npy, or one whole number a line; -1 is left out. For a library also what evaluate takes.",
        ),
    ] = None,
    methods: Annotated[str, typer.Option(metavar="A,B…", help="Only these methods; all otherwise.")] = "",
    option: Annotated[
        list[str] | None,
        typer.Option(metavar="K=V", help="A parameter of all methods that have it, or of one: hdbscan.cut=0.5."),
    ] = None,
    neighbours: Annotated[
        str, typer.Option(metavar="A,B…", help="Neighbour indexes; the methods get the neighbours of the first.")
    ] = "exact",
    unit_length: Annotated[
        bool, typer.Option("--unit-length", help="Scale descriptors to length one first, as cosine similarity does.")
    ] = False,
    dim: Annotated[int | None, typer.Option(min=1, help="Numbers of each face in a raw file.")] = None,
    folders: Annotated[bool, typer.Option("--folders", help="A library's folders name the people.")] = False,
    centre: Annotated[
        bool, typer.Option("--centre", help="The face nearest to the centre counts, not the largest.")
    ] = False,
    seconds: Annotated[float | None, typer.Option(min=1, help="That one method may take.")] = None,
    form: Annotated[Form, typer.Option("--format", help="How the tables are written.")] = "markdown",
    report: Annotated[
        Path | None, typer.Option(parser=path_argument, metavar="DIR", help="Also write a page with plots there.")
    ] = None,
) -> None:
    """Compare the methods of grouping: measures, time and memory of each, on the same faces.

    FEATURES is a NumPy file with one row a face, a file of raw little-endian float32 with --dim numbers a face, or the
    folder of a library. Each method runs in a process of its own.
    """
    session = session_of(context)
    page = _page(session, report) if report is not None else None
    with shown_work(session) as job:
        faces = labelled_faces(features, labels, dim, folders, centre)
        result = run_benchmark(
            faces.unit_length() if unit_length else faces,
            job,
            methods=_names(methods),
            indexes=_names(neighbours),
            options=options_of(option),
            seconds=seconds,
        )
    _show(session, "json" if session.as_json else form, result)
    if page is not None:
        if not session.dry_run:
            _write_page(page, result, faces, features)
        session.say(f"{'Would write' if session.dry_run else 'Wrote'} {page}.")


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def labelled_faces(features: Path, labels: Path | None, dim: int | None, folders: bool, centre: bool) -> LabelledFaces:
    """Faces with the truth about them: of files, or of a library with labels or by its folders.

    Raises:
        UsageError: Who the faces are is not said, or twice.
    """
    if not features.is_dir():
        if labels is None or folders or centre:
            raise UsageError("The labels of features in a file are in a file as well.", "Name it after the features.")
        return read_faces(features, labels, dim)
    if (labels is None) != folders:
        raise UsageError("Who the faces are is to be said once.", "Name a file of labels, or say --folders.")
    with Library.open(features) as library:
        return library.evaluation.labelled(labels, centre=centre)


def _page(session: Session, folder: Path) -> Path:
    """Where the page goes; asks if one is there already, before anything is done."""
    page = folder / "index.html"
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder.", "Name one for the page.")
    if page.exists() and not (session.yes or session.dry_run):
        if not session.can_ask:
            raise FileThereError(page)
        if not session.confirm(f"{page} is there already. Replace it?", "--yes"):
            raise CancelledError
    return page


def _write_page(page: Path, result: BenchmarkReport, faces: LabelledFaces, features: Path) -> None:
    # Only here: hardly any command writes one.
    from faceorganizer.services.benchmark.page import write_page

    if faces.ids is None:
        write_page(page, result, faces, None)
        return
    with Library.open(features) as library:
        write_page(page, result, faces, library.thumbnails)


def _show(session: Session, form: Form, result: BenchmarkReport) -> None:
    if form == "json":
        session.document(document(result))
    elif form == "csv":
        _show_csv(session, result)
    else:
        session.show(
            f"{result.source}: {result.faces:,} faces, {result.labelled:,} labelled, of {result.people:,} people; "
            f"{result.dimension} dimensions, {result.k} neighbours."
        )
        for headings, rows in (
            (INDEX_HEADINGS, [index_cells(row) for row in result.indexes]),
            (METHOD_HEADINGS, [method_cells(row) for row in result.methods]),
        ):
            session.show("")
            show_markdown(session, headings, rows)


def show_markdown(session: Session, headings: tuple[str, ...], rows: list[list[str]]) -> None:
    """Print a table as Markdown."""
    lines: list[Any] = [headings, ["---"] * len(headings), *rows]
    for cells in lines:
        session.show("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")


def _show_csv(session: Session, result: BenchmarkReport) -> None:
    """One row a method; parameters as JSON."""
    rows = [{**fields, "parameters": json.dumps(fields["parameters"])} for fields in document(result)["methods"]]
    headings = list(dict.fromkeys(key for row in rows for key in row))
    for cells in (headings, *([row.get(heading) for heading in headings] for row in rows)):
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(cells)
        session.show(line.getvalue())
