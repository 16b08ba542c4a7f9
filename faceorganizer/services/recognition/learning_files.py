"""What learning measured, as files: tables (CSV) and plots (SVG) that need nothing else."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

import numpy as np

from faceorganizer.domain.errors import StorageError
from faceorganizer.export.atomic import whole_file
from faceorganizer.recognition.metric import Numbers
from faceorganizer.services.recognition.learning import LearningReport

_FILES: Final = ("learning_curve", "histograms")
_LEFT, _TOP, _WIDTH, _HEIGHT, _GAP = 60, 40, 640, 240, 70
_FIRST, _SECOND = "#3274b5", "#d98b2b"  # to be told apart also by the colour-blind, on light and dark ground
_STYLE: Final = (
    ":root { color-scheme: light dark } text { font: 12px system-ui, sans-serif; fill: #808080 } "
    "line { stroke: #808080; stroke-opacity: .4 } polyline { fill: none; stroke-width: 2 } "
    ".area { fill-opacity: .45; stroke: none }"
)


@dataclass(frozen=True, slots=True)
class _Series:
    name: str
    colour: str
    x: Numbers
    y: Numbers
    filled: bool = False


def learning_files(folder: Path) -> list[Path]:
    """The files that :func:`write_learning` writes."""
    return [folder / f"{name}.{kind}" for name in _FILES for kind in ("csv", "svg")]


def write_learning(folder: Path, report: LearningReport) -> list[Path]:
    """Write the learning curve and the histograms of distances, each as a table and as a plot.

    Args:
        folder: Made where it is missing; files of these names are replaced.
        report: What was measured.

    Returns:
        The files.

    Raises:
        StorageError: They cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StorageError(f"{folder} could not be made: {reason}.", "Choose another place.") from error
    files = curve_table, curve_plot, bins_table, bins_plot = learning_files(folder)
    curve, shown = report.curve, report.histograms
    steps = curve.steps.astype(np.float64)
    _write_table(
        curve_table,
        ("step", "training_loss", "validation_missed"),
        zip(curve.steps.tolist(), curve.training.tolist(), _known(curve.validation), strict=True),
    )
    training = _Series("Triplet loss of the mini-batches", _FIRST, steps, curve.training)
    validation = _Series("Pairs missed of people not trained on", _SECOND, steps, curve.validation)
    _write_plot(curve_plot, [("Training", [training]), ("Validation", [validation])], "steps")
    counts = [getattr(shown, name) for name in _COLUMNS]
    edges = shown.edges.tolist()
    _write_table(
        bins_table,
        ("from", "to", *_COLUMNS),
        zip(edges[:-1], edges[1:], *(column.tolist() for column in counts), strict=True),
    )
    middles = (shown.edges[1:] + shown.edges[:-1]) / 2
    panels = []
    for title, same, different in (("Before", *counts[:2]), ("After", *counts[2:])):
        series = [
            _Series(name, colour, middles, column / max(int(column.sum()), 1), filled=True)
            for name, colour, column in (("One person", _FIRST, same), ("Different people", _SECOND, different))
        ]
        panels.append((title, series))
    _write_plot(bins_plot, panels, "distance at unit length")
    return list(files)


_COLUMNS: Final = ("same_before", "different_before", "same_after", "different_after")


def _known(values: Numbers) -> list[object]:
    """Numbers, and nothing where there is none."""
    return ["" if np.isnan(value) else value for value in values.tolist()]


def _write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with whole_file(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)


def _write_plot(path: Path, panels: Sequence[tuple[str, Sequence[_Series]]], unit: str) -> None:
    """Panels one above the other, with one horizontal axis."""
    width, height = _LEFT + _WIDTH + 20, len(panels) * (_TOP + _HEIGHT + _GAP)
    known = [np.isfinite(series.y) for _, some in panels for series in some]
    every = [series.x[mask] for (series, mask) in zip((s for _, some in panels for s in some), known, strict=True)]
    across = np.concatenate([*every, np.zeros(1)])
    low, high = float(across.min()), max(float(across.max()), 1e-9)
    with whole_file(path) as stream:
        parts = [f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' role='img'>\n"]
        parts.append(f"<style>{_STYLE}</style>\n")
        for number, (title, some) in enumerate(panels):
            top = number * (_TOP + _HEIGHT + _GAP) + _TOP
            parts.append(_panel(title, some, top, low, high, unit))
        stream.writelines([*parts, "</svg>\n"])


def _panel(title: str, some: Sequence[_Series], top: float, low: float, high: float, unit: str) -> str:
    most = max([float(np.nanmax(series.y)) for series in some if np.isfinite(series.y).any()], default=0.0) or 1.0
    parts = [f"<text x='{_LEFT}' y='{top - 22}' font-weight='bold'>{escape(title)}</text>"]
    for share in (0.0, 0.5, 1.0):
        y = top + (1 - share) * _HEIGHT
        parts.append(f"<line x1='{_LEFT}' x2='{_LEFT + _WIDTH}' y1='{y:.1f}' y2='{y:.1f}'/>")
        parts.append(f"<text x='{_LEFT - 8}' y='{y + 4:.1f}' text-anchor='end'>{share * most:.3g}</text>")
        x = _LEFT + share * _WIDTH
        value = low + share * (high - low)
        parts.append(f"<text x='{x:.1f}' y='{top + _HEIGHT + 18}' text-anchor='middle'>{value:.3g}</text>")
    parts.append(f"<text x='{_LEFT + _WIDTH / 2}' y='{top + _HEIGHT + 36}' text-anchor='middle'>{escape(unit)}</text>")
    for place, series in enumerate(some):
        finite = np.isfinite(series.y)
        across = _LEFT + (series.x[finite] - low) / (high - low) * _WIDTH
        down = top + (1 - series.y[finite] / most) * _HEIGHT
        points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(across.tolist(), down.tolist(), strict=True))
        if series.filled and len(across):
            ground = top + _HEIGHT
            parts.append(
                f"<polygon class='area' fill='{series.colour}' "
                f"points='{across[0]:.1f},{ground} {points} {across[-1]:.1f},{ground}'/>"
            )
        parts.append(f"<polyline stroke='{series.colour}' points='{points}'/>")
        left = _LEFT + 90 + place * 200
        parts.append(f"<rect fill='{series.colour}' x='{left}' y='{top - 32}' width='12' height='12'/>")
        parts.append(f"<text x='{left + 18}' y='{top - 22}'>{escape(series.name)}</text>")
    return "\n".join([*parts, ""])
