"""The figures of a benchmark in the order in which papers print them."""

from collections.abc import Mapping
from typing import Any, Final

from faceorganizer.clustering.metrics import Measures
from faceorganizer.services.benchmark.methods import BenchmarkReport, Cost, Row

MEGABYTE: Final = 1 << 20

METHOD_HEADINGS: Final = (
    "method", "accuracy", "pairwise P", "R", "F", "BCubed P", "R", "F", "NMI", "groups", "singletons", "seconds", "MB",
)  # fmt: skip
INDEX_HEADINGS: Final = ("neighbours", "recall", "seconds", "MB")


def method_cells(row: Row) -> list[str]:
    """One line of the table of methods; a method that failed has its reason in the second column."""
    name = row.name + "".join(f" {key}={value}" for key, value in row.parameters.items())
    if row.measures is None or row.cost is None:
        return [name, row.error, *[""] * (len(METHOD_HEADINGS) - 2)]
    shares = [value for key, value in measure_fields(row.measures).items() if isinstance(value, float)]
    counts = [str(row.measures.groups), str(row.measures.singletons)]
    return [name, *(f"{value:.4f}" for value in shares), *counts, *_cost_cells(row.cost)]


def index_cells(row: Row) -> list[str]:
    """One line of the table of indexes."""
    return [row.name, f"{row.cost.recall:.4f}", *_cost_cells(row.cost)] if row.cost else [row.name, row.error, "", ""]


def document(report: BenchmarkReport) -> dict[str, Any]:
    """Everything as plain values."""
    return {
        "features": report.source,
        "faces": report.faces,
        "labelled": report.labelled,
        "people": report.people,
        "dimension": report.dimension,
        "k": report.k,
        "neighbours": [
            {"index": row.name, "recall": round(row.cost.recall, 6), **_cost_fields(row.cost)}
            for row in report.indexes
            if row.cost is not None
        ],
        "methods": [_method_fields(row) for row in report.methods],
    }


def measure_fields(measures: Measures) -> dict[str, Any]:
    """Measures as plain values."""
    return {
        "accuracy": measures.accuracy,
        "pairwise_precision": measures.pairwise.precision,
        "pairwise_recall": measures.pairwise.recall,
        "pairwise_f": measures.pairwise.f,
        "bcubed_precision": measures.bcubed.precision,
        "bcubed_recall": measures.bcubed.recall,
        "bcubed_f": measures.bcubed.f,
        "nmi": measures.nmi,
        "groups": measures.groups,
        "singletons": measures.singletons,
    }


def _method_fields(row: Row) -> dict[str, Any]:
    fields: dict[str, Any] = {"method": row.name, "parameters": dict(row.parameters)}
    if row.measures is None or row.cost is None:
        return {**fields, "error": row.error}
    return {**fields, **measure_fields(row.measures), **_cost_fields(row.cost), "error": None}


def _cost_fields(cost: Cost) -> Mapping[str, float]:
    return {"seconds": round(cost.seconds, 3), "peak_memory_mb": round(cost.peak_bytes / MEGABYTE, 1)}


def _cost_cells(cost: Cost) -> list[str]:
    return [f"{cost.seconds:.2f}", f"{cost.peak_bytes / MEGABYTE:.0f}"]
