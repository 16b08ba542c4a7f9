"""A benchmark of verification as tables, plain values and a plot."""

import math
from collections.abc import Iterator
from html import escape
from typing import Any, Final

from faceorganizer.recognition.protocol import Curve, Rate
from faceorganizer.services.verification_benchmark import VerificationReport

FOLD_HEADINGS: Final = ("fold", "pairs", "threshold", "accuracy")
RATE_HEADINGS: Final = ("false accepts", "true accepts", "threshold", "pairs of two people accepted")
CURVE_HEADINGS: Final = ("threshold", "false_accepts", "true_accepts")

_LEAST: Final = 1e-4  # false accepts at the left edge of the plot


def fold_cells(report: VerificationReport) -> list[list[str]]:
    """One line for each fold."""
    return [
        [str(number), f"{fold.pairs:,}", f"{fold.threshold:.4f}", f"{fold.accuracy:.4f}"]
        for number, fold in enumerate(report.protocol.folds, 1)
    ]


def rate_cells(rates: tuple[Rate, ...]) -> list[list[str]]:
    """One line for each false-accept rate."""
    return [
        [f"{rate.wanted:g}", "too few pairs", "", ""]
        if rate.true_accepts is None
        else [
            f"{rate.wanted:g}",
            f"{rate.true_accepts:.4f}",
            "none" if rate.threshold is None else f"{rate.threshold:.4f}",
            f"{rate.pairs:,}",
        ]
        for rate in rates
    ]


def document(report: VerificationReport) -> dict[str, Any]:
    """Everything as plain values."""
    everything = report.everything
    return {
        "source": report.source,
        "faces": report.faces,
        "people": report.people,
        "failures": [{"path": str(path), "reason": reason} for path, reason in report.failures],
        "pairs": {"same": report.same, "different": report.different},
        "accuracy": report.protocol.accuracy,
        "standard_error": report.protocol.error,
        "auc": report.protocol.curve.area,
        "folds": [
            {"fold": number, "pairs": fold.pairs, "threshold": fold.threshold, "accuracy": fold.accuracy}
            for number, fold in enumerate(report.protocol.folds, 1)
        ],
        "rates": [_rate_fields(rate) for rate in report.rates],
        "roc": [
            dict(zip(CURVE_HEADINGS, point, strict=True)) for point in curve_points(report.protocol.curve.corners())
        ],
        "all_pairs": None
        if everything is None
        else {
            "same": everything.same,
            "different": everything.different,
            "auc": everything.area,
            "rates": [_rate_fields(rate) for rate in everything.rates],
        },
    }


def curve_points(curve: Curve) -> Iterator[tuple[float | None, float, float]]:
    """Points of a curve; no threshold where only pairs without a descriptor are left."""
    points = zip(curve.thresholds.tolist(), curve.false_accepts.tolist(), curve.true_accepts.tolist(), strict=True)
    for threshold, false, true in points:
        yield threshold if math.isfinite(threshold) else None, false, true


def curve_csv(curve: Curve) -> Iterator[str]:
    """A curve as lines of CSV."""
    yield ",".join(CURVE_HEADINGS) + "\n"
    for threshold, false, true in curve_points(curve):
        yield f"{'' if threshold is None else f'{threshold:.6f}'},{false:.8g},{true:.8g}\n"


def curve_svg(report: VerificationReport) -> str:
    """A plot of the curve: true accepts over false accepts, these on a logarithmic axis, as an SVG file."""
    left, top, width, height = 60, 50, 640, 420
    decades = round(-math.log10(_LEAST))

    def across(false: float) -> float:
        return left + width * (1 - math.log10(max(false, _LEAST)) / math.log10(_LEAST))

    def down(true: float) -> float:
        return top + height * (1 - true)

    title = (
        f"{report.source}: accuracy {report.protocol.accuracy:.4f} ± {report.protocol.error:.4f}, "
        f"area under the curve {report.protocol.curve.area:.4f}"
    )
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {left + width + 30} {top + height + 60}' role='img'>",
        "<style>svg { color-scheme: light dark; background: Canvas; color: CanvasText; } "
        "text { font: 13px system-ui, sans-serif; fill: currentColor; } .grid { stroke: currentColor; opacity: .2; } "
        "path { fill: none; stroke: #3274b5; stroke-width: 2; }</style>",
        f"<title>{_plain(title)}</title><text x='{left}' y='24'>{_plain(title)}</text>",
    ]
    for decade in range(-decades, 1):
        x = across(10.0**decade)
        parts.append(f"<line class='grid' x1='{x:.1f}' x2='{x:.1f}' y1='{top}' y2='{top + height}'/>")
        parts.append(f"<text x='{x:.1f}' y='{top + height + 20}' text-anchor='middle'>{10.0**decade:g}</text>")
    for tenth in range(0, 11, 2):
        y = down(tenth / 10)
        parts.append(f"<line class='grid' x1='{left}' x2='{left + width}' y1='{y:.1f}' y2='{y:.1f}'/>")
        parts.append(f"<text x='{left - 8}' y='{y + 4:.1f}' text-anchor='end'>{tenth / 10:.1f}</text>")
    parts.append(f"<text x='{left + width / 2}' y='{top + height + 45}' text-anchor='middle'>false accepts</text>")
    parts.append(f"<text x='{left}' y='{top - 10}'>true accepts</text>")
    steps = [
        f"{across(false):.1f},{down(true):.1f}" for _, false, true in curve_points(report.protocol.curve.corners())
    ]
    parts.append(f"<path d='M{left},{top + height} L{' L'.join(steps)}'/>")
    return "\n".join([*parts, "</svg>\n"])


def _plain(text: str) -> str:
    return escape("".join(sign if sign.isprintable() else "\ufffd" for sign in text))


def _rate_fields(rate: Rate) -> dict[str, Any]:
    return {
        "false_accepts": rate.wanted,
        "realised": rate.false_accepts,
        "true_accepts": rate.true_accepts,
        "threshold": rate.threshold,
        "pairs": rate.pairs,
    }
