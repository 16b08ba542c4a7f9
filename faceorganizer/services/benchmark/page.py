"""The page of a benchmark: tables, plots, and the faces behind the figures. One file that needs nothing else."""

import base64
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from faceorganizer.clustering.metrics import Contingency, contingency
from faceorganizer.domain.errors import StorageError
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.ids import FaceId
from faceorganizer.export.atomic import whole_file
from faceorganizer.services.benchmark.labelled import UNLABELLED, LabelledFaces
from faceorganizer.services.benchmark.methods import BenchmarkReport, Row
from faceorganizer.services.benchmark.tables import INDEX_HEADINGS, METHOD_HEADINGS, index_cells, method_cells

_GROUPS: Final = 12  # shown of each kind
_FACES: Final = 16  # shown of each group

_STYLE: Final = """
:root { color-scheme: light dark; --line: #8886; --first: #3274b5; --second: #d98b2b; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
td.reason { text-align: left; white-space: normal; }
svg { width: 100%; max-width: 60rem; height: auto; }
svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
.first { fill: var(--first); } .second { fill: var(--second); } .axis { stroke: var(--line); }
.group { display: flex; flex-wrap: wrap; gap: 4px; margin: .25rem 0 1rem; }
figure { margin: 0; width: 88px; } figure img { width: 88px; height: 88px; border-radius: 4px; display: block; }
figcaption { font-size: 11px; line-height: 1.2; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.lost { width: 88px; height: 88px; border: 1px dashed var(--line); border-radius: 4px; box-sizing: border-box; }
"""


class Pictures(Protocol):
    """Whatever has pictures of faces; :class:`~faceorganizer.services.previews.PreviewService` does."""

    def face(self, face: FaceId) -> bytes | None:
        """A JPEG file; None when there is none."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Faces to be looked at together.

    Attributes:
        title: What they are.
        rows: (m,) faces.
    """

    title: str
    rows: IntArray


def write_page(page: Path, report: BenchmarkReport, faces: LabelledFaces, pictures: Pictures | None) -> None:
    """Write the page of a benchmark.

    Args:
        page: The file; its folder is made where it is missing.
        report: What was found.
        faces: What it was made with.
        pictures: Of the library's faces; None where there are none.

    Raises:
        StorageError: It cannot be written.
    """
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StorageError(f"{page.parent} could not be made: {reason}.", "Choose another place.") from error
    with whole_file(page) as stream:
        for part in _page(report, faces, pictures):
            stream.write(part)


def _page(report: BenchmarkReport, faces: LabelledFaces, pictures: Pictures | None) -> Iterator[str]:
    yield "<!doctype html>\n<html lang='en'>\n<meta charset='utf-8'>\n"
    yield "<meta name='viewport' content='width=device-width'>\n"
    yield f"<title>Methods of grouping compared</title>\n<style>{_STYLE}</style>\n"
    yield "<h1>Methods of grouping compared</h1>\n"
    yield (
        f"<p>{escape(_printable(report.source))}: {report.faces:,} faces, {report.labelled:,} with a label, of "
        f"{report.people:,} people; {report.dimension} dimensions, {report.k} neighbours of each face.</p>\n"
    )
    yield _table(METHOD_HEADINGS, map(method_cells, report.methods))
    yield _table(INDEX_HEADINGS, map(index_cells, report.indexes))
    measured = [row for row in report.methods if row.measures is not None]
    if measured:
        yield "<h2>Quality</h2>\n" + _bars(measured)
        yield "<h2>Quality and time</h2>\n" + _scatter(measured)
    if measured and pictures is not None and faces.ids is not None:
        best = max(measured, key=_quality)
        yield from _sheets(best.name, report.labels[best.name], faces, pictures)


def _quality(row: Row) -> float:
    return (row.measures.bcubed.f + row.measures.pairwise.f) / 2 if row.measures is not None else 0.0


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["<tr>" + "".join(f"<th>{escape(heading)}</th>" for heading in headings) + "</tr>"]
    for name, *cells in rows:
        if any(cells[1:]):
            rest = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        else:
            rest = f"<td class='reason' colspan='{len(cells)}'>{escape(_printable(cells[0]))}</td>"
        lines.append(f"<tr><td>{escape(name)}</td>{rest}</tr>")
    return "<table>\n" + "\n".join(lines) + "\n</table>\n"


def _bars(rows: Sequence[Row]) -> str:
    """BCubed and pairwise F of each method, best first."""
    ordered = sorted(rows, key=_quality, reverse=True)
    left, width, height = 170, 560, 34
    parts = [_svg(left + width + 60, 30 + height * len(ordered))]
    parts.append("<rect class='first' x='170' y='4' width='12' height='12'/><text x='188' y='14'>BCubed F</text>")
    parts.append("<rect class='second' x='270' y='4' width='12' height='12'/><text x='288' y='14'>pairwise F</text>")
    for number, row in enumerate(ordered):
        if row.measures is None:
            continue
        top = 26 + number * height
        parts.append(f"<text x='{left - 8}' y='{top + 17}' text-anchor='end'>{escape(row.name)}</text>")
        for kind, offset, value in (("first", 0, row.measures.bcubed.f), ("second", 13, row.measures.pairwise.f)):
            parts.append(
                f"<rect class='{kind}' x='{left}' y='{top + offset}' width='{value * width:.1f}' height='11'/>"
            )
            parts.append(f"<text x='{left + value * width + 6:.1f}' y='{top + offset + 10}'>{value:.3f}</text>")
    return "\n".join([*parts, "</svg>\n"])


def _scatter(rows: Sequence[Row]) -> str:
    """Mean of both F over seconds, these on a logarithmic axis."""
    points = [(max(row.cost.seconds, 0.01), _quality(row), row.name) for row in rows if row.cost is not None]
    low, high = (math.log10(bound([seconds for seconds, _, _ in points])) for bound in (min, max))
    first, last = math.floor(low), max(math.ceil(high), math.floor(low) + 1)
    least = math.floor(min(quality for _, quality, _ in points) * 10) / 10
    left, top, width, height = 50, 10, 640, 320
    parts = [_svg(left + width + 150, top + height + 40)]
    for decade in range(first, last + 1):
        x = left + (decade - first) / (last - first) * width
        parts.append(f"<line class='axis' x1='{x:.1f}' x2='{x:.1f}' y1='{top}' y2='{top + height}'/>")
        parts.append(f"<text x='{x:.1f}' y='{top + height + 18}' text-anchor='middle'>{10**decade:g} s</text>")
    span = max(1 - least, 0.1)
    for tenth in range(round(least * 10), 11):
        y = top + (1 - tenth / 10) / span * height
        parts.append(f"<line class='axis' x1='{left}' x2='{left + width}' y1='{y:.1f}' y2='{y:.1f}'/>")
        parts.append(f"<text x='{left - 8}' y='{y + 4:.1f}' text-anchor='end'>{tenth / 10:.1f}</text>")
    for seconds, quality, name in points:
        x = left + (math.log10(seconds) - first) / (last - first) * width
        y = top + (1 - quality) / span * height
        parts.append(f"<circle class='first' cx='{x:.1f}' cy='{y:.1f}' r='5'/>")
        parts.append(f"<text x='{x + 8:.1f}' y='{y + 4:.1f}'>{escape(name)}</text>")
    return "\n".join([*parts, "</svg>\n"])


def _svg(width: int, height: int) -> str:
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' role='img'>"


def _sheets(method: str, found: IntArray, faces: LabelledFaces, pictures: Pictures) -> Iterator[str]:
    known = np.flatnonzero(faces.labels != UNLABELLED)
    for heading, sheets in chosen_sheets(faces.labels[known], found[known], faces.names).items():
        yield f"<h2>{heading}, by {escape(method)}</h2>\n"
        if not sheets:
            yield "<p>None.</p>\n"
        for sheet in sheets:
            yield f"<h3>{escape(_printable(sheet.title))}</h3>\n<div class='group'>\n"
            for row in known[sheet.rows].tolist():
                yield _figure(row, faces, pictures)
            yield "</div>\n"


def _figure(row: int, faces: LabelledFaces, pictures: Pictures) -> str:
    jpeg = pictures.face(FaceId(int(faces.ids[row]))) if faces.ids is not None else None
    caption = escape(_printable(_name(int(faces.labels[row]), faces.names)))
    picture = "<div class='lost'></div>"
    if jpeg is not None:
        picture = f"<img alt='' src='data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}'>"
    return f"<figure>{picture}<figcaption title='{caption}'>{caption}</figcaption></figure>\n"


def chosen_sheets(true: IntArray, found: IntArray, names: Sequence[str] = ()) -> dict[str, list[Sheet]]:
    """Groups worth looking at: the largest right ones, and those with most that is wrong.

    Args:
        true: (n,) persons.
        found: (n,) groups.
        names: Of persons, by number.

    Returns:
        Groups that are one whole person; groups of several people; people in several groups, the faces of each
        group together.
    """
    table = contingency(true, found)
    persons, groups = np.unique(true), np.unique(found)
    largest = np.zeros(len(groups), np.int64)
    np.maximum.at(largest, table.found, table.cells)
    strangers = table.found_sizes - largest
    widest = np.zeros(len(persons), np.int64)
    np.maximum.at(widest, table.true, table.cells)
    astray = table.true_sizes - widest
    whole = np.zeros(len(groups), np.int64)  # faces of groups that are one whole person
    right = _right(table)
    whole[table.found[right]] = table.cells[right]

    def of_group(group: int) -> Sheet:
        rows = np.flatnonzero(found == groups[group])
        rows = rows[np.argsort(true[rows], kind="stable")]
        people = [_name(int(person), names) for person in np.unique(true[rows])]
        return Sheet(f"{len(rows)} faces: {', '.join(people[:6])}{' …' if len(people) > 6 else ''}", _some(rows, true))

    def of_person(person: int) -> Sheet:
        rows = np.flatnonzero(true == persons[person])
        rows = rows[np.argsort(found[rows], kind="stable")]
        count = len(np.unique(found[rows]))
        title = f"{_name(int(persons[person]), names)}: {len(rows)} faces in {count} groups"
        return Sheet(title, _some(rows, found))

    return {
        "Right": [of_group(group) for group in _worst(np.where(whole > 1, whole, 0))],
        "Mixed": [of_group(group) for group in _worst(strangers)],
        "Broken up": [of_person(person) for person in _worst(astray)],
    }


def _right(table: Contingency) -> IntArray:
    """Cells that are a whole group and a whole person."""
    alone = (table.cells == table.found_sizes[table.found]) & (table.cells == table.true_sizes[table.true])
    return np.flatnonzero(alone)


def _worst(amounts: IntArray) -> list[int]:
    order = np.argsort(-amounts, kind="stable")[:_GROUPS]
    return [int(place) for place in order if amounts[place] > 0]


def _some(rows: IntArray, parts: IntArray) -> IntArray:
    """A few of many rows, of every part in turn, parts together."""
    if len(rows) <= _FACES:
        return rows
    starts = [*np.flatnonzero(np.diff(parts[rows], prepend=parts[rows[0]] - 1)).tolist(), len(rows)]
    rank = np.concatenate([np.arange(end - start) for start, end in pairwise(starts)])
    return rows[np.sort(np.argsort(rank, kind="stable")[:_FACES])]


def _name(person: int, names: Sequence[str]) -> str:
    return names[person] if 0 <= person < len(names) else f"person {person}"


def _printable(text: str) -> str:
    """Text without bytes that are no valid UTF-8, which no page can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
