"""map and insight: a library seen as a whole, in words and as figures."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import typer

from faceorganizer.cli.arguments import path_argument
from faceorganizer.cli.progress import shown_job
from faceorganizer.cli.session import Session, counted, session_of
from faceorganizer.domain.errors import CancelledError
from faceorganizer.domain.insight import (
    DistanceHistogram,
    FigureStyle,
    Insight,
    MapMethod,
    PeopleDistances,
    QualityHistogram,
)
from faceorganizer.domain.people import PersonRecord
from faceorganizer.jobs.job import Job
from faceorganizer.library import Library
from faceorganizer.services.interchange.listing import FileThereError
from faceorganizer.services.recognition.figures import check_figure, map_points

app = typer.Typer(help="How far faces and people are apart, and how good the faces are.", no_args_is_help=True)

SHOWN = 20  # pairs
BAR = 40  # characters


class Theme(StrEnum):
    """What ground a figure is drawn for."""

    LIGHT = "light"
    DARK = "dark"


class Method(StrEnum):
    """How faces are laid out."""

    TSNE = "tsne"
    UMAP = "umap"


_METHODS: dict[Method, MapMethod] = {Method.TSNE: "tsne", Method.UMAP: "umap"}
_THEMES: dict[Theme, Literal["light", "dark"]] = {Theme.LIGHT: "light", Theme.DARK: "dark"}

ThemeOption = Annotated[Theme, typer.Option(help="What ground a figure is for.")]
SizeOption = Annotated[int, typer.Option(metavar="PX", help="Width of a PNG.")]
FileArgument = Annotated[
    Path | None, typer.Argument(parser=path_argument, metavar="[FILE]", help="A figure (.png, .svg) or table (.csv).")
]


def face_map(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(parser=path_argument, metavar="FILE", help="A figure (.png, .svg) or table (.csv).")
    ],
    method: Annotated[
        Method, typer.Option(help="How faces are laid out; umap needs faceorganizer[maps].")
    ] = Method.TSNE,
    limit: Annotated[
        int | None, typer.Option(metavar="N", help="Lay out N faces together; the others join those they look like.")
    ] = None,
    theme: ThemeOption = Theme.LIGHT,
    size: SizeOption = 2000,
) -> None:
    """Write all faces as points, who looks alike close together.

    The map that was made last is taken as long as it fits; with --limit it is made anew. With --json the file, faces
    and method are told.
    """
    session, chosen = session_of(context), _METHODS[method]
    style = FigureStyle(_THEMES[theme], size)
    replace = _may_write(session, file, style)
    with session.open() as library, shown_job(session, library) as job:
        faces = library.maps.stored(chosen) if limit is None else None
        if faces is None:
            faces = library.maps.make(job, method=chosen, limit=limit)
        names = {person.id: person.name for person in library.people.list() if person.name is not None}
        path = library.insight.save(map_points(faces, names, chosen), file, job, style=style, replace=replace)
    if session.as_json:
        session.document({"file": str(path), "faces": len(faces), "method": chosen})
        return
    session.say(f"Wrote {counted(len(faces), 'face')} to {path}.")


@app.command()
def distances(
    context: typer.Context, file: FileArgument = None, theme: ThemeOption = Theme.LIGHT, size: SizeOption = 2000
) -> None:
    """Show how far apart two faces of one person are, and two of different people.

    Of confirmed faces; many pairs are sampled. The line is where the present grouping draws it.
    """
    session = session_of(context)
    style = FigureStyle(_THEMES[theme], size)
    replace = _may_write(session, file, style)
    with session.open() as library, shown_job(session, library) as job:
        seen = library.insight.distances(job)
        written = _written(library, seen, file, job, style, replace)
    _tell(session, written, distance_fields(seen), partial(_show_distances, session, seen))


@app.command()
def people(
    context: typer.Context,
    file: FileArgument = None,
    pairs: Annotated[
        bool, typer.Option("--pairs", help="Into a table: the closest pairs, not the matrix.", show_default=False)
    ] = False,
    limit: Annotated[int, typer.Option(metavar="N", help="List so many pairs.", min=0, max=100_000)] = SHOWN,
    most: Annotated[
        int, typer.Option("--most", metavar="N", help="People of the matrix, those with most faces.", min=1, max=2000)
    ] = 2000,
    theme: ThemeOption = Theme.LIGHT,
    size: SizeOption = 2000,
) -> None:
    """Show how far people and groups are apart, and which are so close that they may be one person.

    Pairs that were said to be different people are left out. Two who are in one photo are rarely one.
    """
    session = session_of(context)
    style = FigureStyle(_THEMES[theme], size)
    replace = _may_write(session, file, style)
    with session.open() as library, shown_job(session, library) as job:
        seen = library.insight.people(job, most=most, pairs=limit)
        written = _written(library, seen, file, job, style, replace, pairs=pairs)
    _tell(session, written, people_fields(seen), partial(_show_people, session, seen))


@app.command()
def quality(
    context: typer.Context, file: FileArgument = None, theme: ThemeOption = Theme.LIGHT, size: SizeOption = 2000
) -> None:
    """Show how good the faces are: 0 for useless, 1 for sharp, frontal and large."""
    session = session_of(context)
    style = FigureStyle(_THEMES[theme], size)
    replace = _may_write(session, file, style)
    with session.open() as library, shown_job(session, library) as job:
        seen = library.insight.quality()
        written = _written(library, seen, file, job, style, replace)
    _tell(session, written, quality_fields(seen), partial(_show_quality, session, seen))


def distance_fields(seen: DistanceHistogram) -> dict[str, Any]:
    """Distances as plain values: bins of pairs, and how many lie on the wrong side of the line."""
    same, different = seen.measured
    return {
        "faces": seen.faces,
        "people": seen.people,
        "same_pairs": seen.same_pairs,
        "different_pairs": seen.different_pairs,
        "same_measured": same,
        "different_measured": different,
        "cut": None if seen.cut is None else round(seen.cut, 4),
        "same_beyond": round(seen.same_beyond, 6),
        "different_within": round(seen.different_within, 6),
        "edges": [round(edge, 4) for edge in seen.edges.tolist()],
        "same": seen.same.tolist(),
        "different": seen.different.tolist(),
    }


def people_fields(seen: PeopleDistances) -> dict[str, Any]:
    """People as plain values: the closest pairs, and who is in the matrix."""
    return {
        "everybody": seen.everybody,
        "people": [record.id for record in seen.people],
        "pairs": [
            {
                "first": pair.first.id,
                "first_name": pair.first.name,
                "second": pair.second.id,
                "second_name": pair.second.name,
                "distance": round(pair.distance, 4),
                "photos_together": pair.photos_together,
                "joins": pair.joins,
            }
            for pair in seen.pairs
        ],
    }


def quality_fields(seen: QualityHistogram) -> dict[str, Any]:
    """Quality as plain values: bins of faces by who holds them."""
    return {
        "faces": seen.faces,
        "least": seen.least,
        "below": seen.below,
        "edges": [round(edge, 4) for edge in seen.edges.tolist()],
        "named": seen.named.tolist(),
        "groups": seen.groups.tolist(),
        "nobody": seen.nobody.tolist(),
    }


def _tell(session: Session, written: Path | None, fields: dict[str, Any], show: Callable[[], None]) -> None:
    """What was found: as JSON, as the file it was written into, or in words."""
    if session.as_json:
        session.document(fields | _file_fields(written))
    elif written is None:
        show()
    else:
        session.say(f"Wrote {written}.")


def _file_fields(written: Path | None) -> dict[str, str]:
    return {} if written is None else {"file": str(written)}


def _may_write(session: Session, file: Path | None, style: FigureStyle) -> bool:
    """Whether a file that is there may be replaced; asks before anything is computed."""
    if file is None:
        return False
    try:
        check_figure(file, style, replace=session.yes)
    except FileThereError as error:
        if not session.can_ask:
            raise
        if not session.confirm(f"{error.path} is there already. Replace it?", "--yes"):
            raise CancelledError from error
        return True
    return session.yes


def _written(
    library: Library, seen: Insight, file: Path | None, job: Job, style: FigureStyle, replace: bool, pairs: bool = False
) -> Path | None:
    if file is None:
        return None
    return library.insight.save(seen, file, job, style=style, replace=replace, pairs=pairs)


def _show_distances(session: Session, seen: DistanceHistogram) -> None:
    same, different = (counts / max(1, int(counts.sum())) for counts in (seen.same, seen.different))
    longest = max(float(same.max()), float(different.max()))
    rows = [
        (f"{edge:.2f}", f"{100 * a:.2f}", f"{100 * b:.2f}", _bar(a / longest, "=") + _bar(b / longest, "-"))
        for edge, a, b in zip(seen.edges.tolist(), same.tolist(), different.tolist(), strict=False)
        if a or b
    ]
    session.table(("From", "Same, %", "Different, %", "= same  - different"), rows)
    session.say(
        f"{counted(seen.faces, 'confirmed face')} of {counted(seen.people, 'person', 'people')}; "
        f"measured {seen.measured[0]} of {seen.same_pairs} pairs of one person and {seen.measured[1]} of "
        f"{seen.different_pairs} of two."
    )
    if seen.cut is not None:
        session.say(
            f"Grouping draws the line at {seen.cut:.3f}: {100 * seen.same_beyond:.2f} % of the pairs of one person are "
            f"beyond it, {100 * seen.different_within:.3f} % of the others before it."
        )


def _bar(share: float, mark: str) -> str:
    return mark * round(BAR * share)


def _show_people(session: Session, seen: PeopleDistances) -> None:
    session.table(
        ("Distance", "Person", "", "and", "", "Photos of both", "May be one"),
        (
            (
                f"{pair.distance:.3f}", pair.first.id, _called(pair.first), pair.second.id, _called(pair.second),
                pair.photos_together or "", "yes" if pair.joins and not pair.photos_together else "",
            )
            for pair in seen.pairs
        ),
    )  # fmt: skip
    session.say(f"{counted(seen.everybody, 'person or group', 'people and groups')}.")


def _called(record: PersonRecord) -> str:
    return record.name or f"({counted(record.faces, 'face')})"


def _show_quality(session: Session, seen: QualityHistogram) -> None:
    every = seen.named + seen.groups + seen.nobody
    longest = max(1, int(np.max(every)))
    rows = zip(seen.edges.tolist(), *(part.tolist() for part in (seen.named, seen.groups, seen.nobody)), strict=False)
    session.table(
        ("From", "Named", "Groups", "Nobody", ""),
        ((f"{edge:.2f}", a, b, c, _bar((a + b + c) / longest, "=")) for edge, a, b, c in rows),
    )
    session.say(
        f"{counted(seen.faces, 'face')}; {seen.below} below {seen.least:g}, from which on faces hold groups together."
    )
