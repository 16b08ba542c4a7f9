"""A benchmark of verification as tables, plain values and a curve."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from faceorganizer.domain.insight import RocCurve
from faceorganizer.recognition.protocol import Curve, Rate
from faceorganizer.services.benchmark.verification import VerificationReport

FOLD_HEADINGS: Final = ("fold", "pairs", "threshold", "accuracy")
RATE_HEADINGS: Final = ("false accepts", "true accepts", "threshold", "pairs of two people accepted")
CURVE_HEADINGS: Final = ("threshold", "false_accepts", "true_accepts")


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


def curve_shown(report: VerificationReport) -> RocCurve:
    """The curve as a figure shows it."""
    protocol, corners = report.protocol, report.protocol.curve.corners()
    below = f"accuracy {protocol.accuracy:.4f} ± {protocol.error:.4f}, area under the curve {protocol.curve.area:.4f}"
    return RocCurve(Path(report.source).name, below, corners.false_accepts, corners.true_accepts)


def _rate_fields(rate: Rate) -> dict[str, Any]:
    return {
        "false_accepts": rate.wanted,
        "realised": rate.false_accepts,
        "true_accepts": rate.true_accepts,
        "threshold": rate.threshold,
        "pairs": rate.pairs,
    }
