"""Insight as figures: PNG and SVG, drawn by Matplotlib in a process of its own.

Matplotlib keeps its settings and fonts in global state and in a folder of its own; a process that does nothing else is
the place for that.
"""

import io
import logging
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.insight import (
    DistanceHistogram,
    FigureStyle,
    Insight,
    MapPoints,
    PeopleDistances,
    QualityHistogram,
    RocCurve,
)
from faceorganizer.domain.people import PersonRecord

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FigureFormat = Literal["png", "svg"]

_WIDTH: Final = 10.0  # inches, for a text of ten points
_HEIGHTS: Final = {DistanceHistogram: 6.2, QualityHistogram: 6.2, MapPoints: 10.0, PeopleDistances: 9.2, RocCurve: 7.0}
_MOST_VECTORS: Final = 20_000  # points; more are a raster picture in an SVG, too
_MOST_LABELS: Final = 40
_LEAST_LABELLED: Final = 3  # faces of a person whose name is written
_MOST_TICKS: Final = 60  # people whose names stand beside a matrix
_LONGEST_NAME: Final = 24
_LEAST_FALSE: Final = 1e-4  # false accepts at the left edge of a ROC curve
_MISSING: Final = "\N{WHITE VERTICAL RECTANGLE}"  # for what no font shows
# Fonts that are asked for what the first one lacks, where they are installed.
_FONTS: Final = (
    "DejaVu Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR", "Droid Sans Fallback",
    "WenQuanYi Zen Hei", "Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "PingFang SC", "Hiragino Sans",
    "Apple SD Gothic Neo", "Arial Unicode MS", "Noto Sans", "Noto Sans Hebrew", "Noto Sans Arabic",
    "Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Tamil", "Noto Sans Thai", "Nirmala UI", "Leelawadee UI",
    "Segoe UI Symbol", "Noto Emoji",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Colours:
    """Of a figure: those of Okabe and Ito ("Color universal design", 2008), which the colour-blind tell apart."""

    ground: str
    text: str
    faint: str
    line: str
    same: str
    different: str
    nobody: str
    near_to_far: str
    people: tuple[str, ...]


_COLOURS: Final = {
    "light": _Colours(
        ground="#ffffff", text="#1d1d22", faint="#63636b", line="#dddde2", same="#0072b2", different="#d55e00",
        nobody="#9a9aa2", near_to_far="cividis",
        people=("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b88700", "#3d9bd6", "#1d1d22"),
    ),
    "dark": _Colours(
        ground="#1b1b1f", text="#f1f1f4", faint="#a6a6b0", line="#3a3a42", same="#56b4e9", different="#e69f00",
        nobody="#7d7d87", near_to_far="cividis_r",
        people=("#56b4e9", "#e69f00", "#1fc79a", "#e09cc3", "#f0e442", "#ff8a4c", "#f1f1f4"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureTask:
    """A figure to draw.

    Attributes:
        shown: What it shows.
        form: PNG or SVG.
        style: Colours and size.
    """

    shown: Insight | RocCurve
    form: FigureFormat
    style: FigureStyle


def figure_worker(folder: Path) -> Callable[[FigureTask], bytes]:
    """Make the handler of the process that draws figures.

    Args:
        folder: For Matplotlib's list of fonts, which takes seconds to make.
    """
    os.environ["MPLCONFIGDIR"] = str(folder)  # read as Matplotlib is imported
    import matplotlib as mpl

    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells of fonts that lack a weight
    mpl.rcdefaults()  # nothing that somebody set up for other figures
    mpl.rcParams["svg.hashsalt"] = "faceorganizer"  # or ids would differ from time to time
    return drawn


def drawn(task: FigureTask) -> bytes:
    """Draw a figure; the same bytes for the same task and fonts."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    colours = _COLOURS[task.style.theme]
    figure = Figure((_WIDTH, _HEIGHTS[type(task.shown)]), dpi=task.style.pixels / _WIDTH, facecolor=colours.ground)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    letters = _Letters.of_system()
    _dress(axes, colours)
    if isinstance(task.shown, DistanceHistogram):
        _draw_distances(axes, task.shown, colours)
    elif isinstance(task.shown, QualityHistogram):
        _draw_quality(axes, task.shown, colours)
    elif isinstance(task.shown, PeopleDistances):
        _draw_people(figure, axes, task.shown, colours, letters)
    elif isinstance(task.shown, RocCurve):
        _draw_curve(axes, task.shown, colours, letters)
    else:
        _draw_map(axes, task.shown, colours, letters)
    figure.tight_layout(pad=2)
    stream = io.BytesIO()
    if task.form == "svg":
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": "Face Organizer"})
    else:
        figure.savefig(stream, format="png", metadata={"Software": "Face Organizer"})
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class _Letters:
    """Which characters can be shown, and by which fonts.

    Attributes:
        fonts: Families, the first one first.
        known: Code points that one of them has.
    """

    fonts: tuple[str, ...]
    known: frozenset[int]

    @classmethod
    def of_system(cls) -> "_Letters":
        from matplotlib.font_manager import FontProperties, fontManager, get_font

        names = {entry.name for entry in fontManager.ttflist}
        there = tuple(name for name in _FONTS if name in names)
        files = [fontManager.findfont(FontProperties(family=name)) for name in there]
        return cls(there, frozenset(code for file in files for code in get_font(file).get_charmap()))

    def shown(self, text: str) -> str:
        """A text without what no font shows, nor what turns the direction of writing; long ones are cut."""
        kept = (character for character in text if character.isprintable())
        seen = "".join(character if ord(character) in self.known else _MISSING for character in kept)
        return seen if len(seen) <= _LONGEST_NAME else seen[: _LONGEST_NAME - 1] + "…"


def _dress(axes: "Axes", colours: _Colours) -> None:
    axes.set_facecolor(colours.ground)
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(colours.line)
    axes.tick_params(colors=colours.faint, length=0, labelsize=10)
    for part in (axes.xaxis.label, axes.yaxis.label):
        part.set_color(colours.faint)
        part.set_fontsize(11)


def _title(axes: "Axes", colours: _Colours, title: str, below: str) -> None:
    axes.set_title(
        title, loc="left", color=colours.text, fontsize=16, fontweight="bold", pad=46 if "\n" in below else 32
    )
    axes.text(0, 1.02, below, transform=axes.transAxes, color=colours.faint, fontsize=10.5, va="bottom")


def _legend(axes: "Axes", colours: _Colours, where: Literal["upper right", "best"] = "upper right") -> None:
    ground: dict[str, Any] = {"facecolor": colours.ground, "edgecolor": "none", "framealpha": 0.85}
    axes.legend(labelcolor=colours.text, fontsize=10.5, loc=where, **ground)


def _draw_distances(axes: "Axes", shown: DistanceHistogram, colours: _Colours) -> None:
    """Shares of the pairs of each kind, since there are many more of different people."""
    for counts, colour, name in (
        (shown.same, colours.same, "two faces of one person"),
        (shown.different, colours.different, "faces of two people"),
    ):
        share = 100 * counts / max(1, int(counts.sum()))
        axes.stairs(share, shown.edges, fill=True, color=colour, alpha=0.35)
        axes.stairs(share, shown.edges, color=colour, linewidth=1.8, label=name)
    measured = shown.measured
    below = f"{shown.faces:,} confirmed faces of {shown.people:,} people; {measured[0]:,} and {measured[1]:,} pairs"
    if shown.cut is not None:
        line = "where grouping draws the line"
        axes.axvline(shown.cut, color=colours.text, linestyle="--", linewidth=1.4, label=line)
        below += (
            f"\n{100 * shown.same_beyond:.2f} % of one person are beyond the line, "
            f"{100 * shown.different_within:.3f} % of two before it"
        )
    axes.set_xlim(0, float(shown.edges[-1]))
    axes.set_ylim(bottom=0)
    axes.set_xlabel("Distance of two faces")
    axes.set_ylabel("Per cent of the pairs")
    axes.grid(axis="y", color=colours.line, linewidth=0.6)
    axes.set_axisbelow(True)
    _title(axes, colours, "How far apart faces are", below)
    _legend(axes, colours)


def _draw_quality(axes: "Axes", shown: QualityHistogram, colours: _Colours) -> None:
    width = float(shown.edges[1] - shown.edges[0])
    bottom = np.zeros(len(shown.named))
    for counts, colour, name in (
        (shown.named, colours.same, "of named people"),
        (shown.groups, colours.different, "of groups without a name"),
        (shown.nobody, colours.nobody, "of nobody yet"),
    ):
        axes.bar(shown.edges[:-1], counts, 0.9 * width, bottom, align="edge", color=colour, label=name)
        bottom = bottom + counts
    axes.axvline(
        shown.least, color=colours.text, linestyle="--", linewidth=1.4, label="least that holds a group together"
    )
    axes.set_xlim(0, 1)
    axes.set_xlabel("Quality: 0 useless, 1 sharp, frontal and large")
    axes.set_ylabel("Faces")
    axes.grid(axis="y", color=colours.line, linewidth=0.6)
    axes.set_axisbelow(True)
    _title(axes, colours, "How good the faces are", f"{shown.faces:,} faces, {shown.below:,} below the line")
    _legend(axes, colours, "best")


def _draw_curve(axes: "Axes", shown: RocCurve, colours: _Colours, letters: _Letters) -> None:
    """True accepts over false accepts, these on a logarithmic axis; what is left of it begins at its edge."""
    across = np.maximum(shown.false_accepts, _LEAST_FALSE)
    axes.plot(across, shown.true_accepts, color=colours.same, linewidth=2, drawstyle="steps-post", clip_on=False)
    axes.set_xscale("log")
    axes.set_xlim(_LEAST_FALSE, 1)
    axes.set_ylim(0, 1)
    ticks = [10.0**power for power in range(-4, 1)]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_xlabel("False accepts: share of the pairs of two people")
    axes.set_ylabel("True accepts: share of the pairs of one person")
    axes.grid(color=colours.line, linewidth=0.6)
    axes.set_axisbelow(True)
    _title(axes, colours, "How well two faces are told apart", f"{letters.shown(shown.source)}: {shown.below}")


def _draw_people(figure: "Figure", axes: "Axes", shown: PeopleDistances, colours: _Colours, letters: _Letters) -> None:
    image = axes.imshow(shown.distances, cmap=colours.near_to_far, interpolation="nearest", aspect="equal")
    axes.spines["bottom"].set_visible(False)
    bar = figure.colorbar(image, ax=axes, shrink=0.7, pad=0.03)
    bar.set_label("Distance between two people", color=colours.faint, size=11)
    bar.ax.tick_params(colors=colours.faint, length=0)
    bar.outline.set_visible(False)
    places = np.arange(len(shown.people))
    if len(places) <= _MOST_TICKS:
        names = [letters.shown(_called(record)) for record in shown.people]
        size = float(np.clip(420 / max(1, len(names)), 6, 10))
        style: dict[str, Any] = {"fontfamily": list(letters.fonts), "fontsize": size, "parse_math": False}
        axes.set_xticks(places, names, rotation=90, **style)
        axes.set_yticks(places, names, **style)
    else:
        axes.set_xticks([])
        axes.set_yticks([])
    of = "" if len(shown.people) == shown.everybody else f" of {shown.everybody:,}, those with most faces"
    below = f"{len(shown.people):,} people and groups{of}; who is alike stands side by side"
    _title(axes, colours, "How far apart people are", below)


def _called(record: PersonRecord) -> str:
    return record.name or f"group {record.id}"


def _draw_map(axes: "Axes", shown: MapPoints, colours: _Colours, letters: _Letters) -> None:
    shades = _shades(shown, colours)
    size = float(np.clip(60_000 / max(1, len(shown.faces)), 1.5, 36))
    raster = len(shown.faces) > _MOST_VECTORS
    named = np.isin(shown.persons, np.array(list(shown.names), np.int64))
    for rows, order in ((~named, 1), (named, 2)):
        axes.scatter(
            shown.places[rows, 0], -shown.places[rows, 1], s=size, c=shades[rows], linewidths=0, rasterized=raster,
            zorder=order,
        )  # fmt: skip
    axes.set_xlim(-1.05, 1.05)
    axes.set_ylim(-1.05, 1.05)
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    method = {"tsne": "t-SNE", "umap": "UMAP"}.get(shown.method, shown.method)
    named_people = len(np.unique(shown.persons[named]))
    below = f"{len(shown.faces):,} faces, {named_people:,} named people ({method}); grey: nobody who has a name"
    _title(axes, colours, "Who looks like whom", below)
    _label(axes, shown, colours, letters)


def _shades(shown: MapPoints, colours: _Colours) -> np.ndarray:
    """(n, 3) a colour for each face: those with most faces differ, then colours come again; grey without a name."""
    from matplotlib.colors import to_rgb

    palette = np.array([to_rgb(colour) for colour in (*colours.people, colours.nobody)])
    people, rows, counts = np.unique(shown.persons, return_inverse=True, return_counts=True)
    rank = np.empty(len(people), np.int64)
    rank[np.argsort(-counts, kind="stable")] = np.arange(len(people))
    places = np.array([place % len(colours.people) for place in rank.tolist()], np.int64)
    unnamed = np.array([PersonId(number) not in shown.names for number in people.tolist()], np.bool_)
    places[unnamed] = len(colours.people)
    return palette[places[rows]]


def _label(axes: "Axes", shown: MapPoints, colours: _Colours, letters: _Letters) -> None:
    """Names where most of their faces are, the most frequent first, as far as they do not cover each other."""
    from matplotlib.patheffects import withStroke

    taken: list[Any] = []
    rim = [withStroke(linewidth=3, foreground=colours.ground)]
    axes.figure.draw_without_rendering()  # type: ignore[union-attr]  # so that texts have their sizes
    for person, x, y in _middles(shown):
        text = axes.text(
            x, -y, letters.shown(shown.names[person]), color=colours.text, fontsize=11, ha="center",
            va="center", path_effects=rim, fontfamily=list(letters.fonts), parse_math=False, zorder=3,
        )  # fmt: skip
        room = text.get_window_extent().padded(2)
        if any(room.overlaps(other) for other in taken):
            text.remove()
        else:
            taken.append(room)
        if len(taken) == _MOST_LABELS:
            return


def _middles(shown: MapPoints) -> Iterable[tuple[PersonId, float, float]]:
    order = np.argsort(shown.persons, kind="stable")
    people, starts, counts = np.unique(shown.persons[order], return_index=True, return_counts=True)
    largest: Sequence[int] = np.argsort(-counts, kind="stable").tolist()
    for place in largest:
        person = PersonId(int(people[place]))
        if counts[place] >= _LEAST_LABELLED and person in shown.names:
            x, y = np.median(shown.places[order[starts[place] : starts[place] + counts[place]]], axis=0)
            yield person, float(x), float(y)
