"""Every method of grouping at its own best setting, on Labeled Faces in the Wild.

    python tests/benchmarks/methods_lfw.py shared/data/lfw --features lfw.npz [--methods hdbscan,kmeans]

Settings are tried on the first half of the people; the best one (mean of BCubed F and pairwise F) is then measured
there, on the other half, which had no part in the choice, and on everybody.
"""

import itertools
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from grouping_lfw import NEIGHBOURS, libraries, load_features
from rich.progress import track

from faceorganizer.clustering.metrics import bcubed, contingency, mutual_information, pairwise
from faceorganizer.clustering.registry import CLUSTERERS, create_clusterer
from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.seams import NeighbourGraph
from faceorganizer.neighbours.exact import ExactIndex

CUTS = [0.36, 0.38, 0.40, 0.42, 0.44, 0.46, 0.48, 0.50, 0.52, 0.55, 0.58, 0.62]

COSINE_CUTS = [0.045, 0.05, 0.055, 0.06, 0.065, 0.07, 0.075, 0.08]

# What is tried of each method; every combination.
GRIDS: dict[str, dict[str, list[Any]]] = {
    "infomap": {},  # the default as it is: nothing is chosen for this library
    "infomap-similarity": {"cut": [0.42, 0.44, 0.46, 0.48, 0.50]},
    "facemap": {"cut": [0.46, 0.48, 0.50, 0.52], "sure": [0.7, 0.8, 0.9], "window": [3, 5, 10, 20]},
    "chinese-whispers": {"cut": CUTS[:10]},
    "dlib-chinese-whispers": {"cut": CUTS[:10]},
    "rank-order": {"cut": [0.46, 0.50, 0.54, 0.6, 1.5], "k": [20, 40, 80], "threshold": [0.2, 0.4, 0.6, 0.8, 1.0, 1.3]},
    "kmeans": {"cut": CUTS[:6]},
    "minibatch-kmeans": {"cut": CUTS[:6]},
    "threshold": {"cut": CUTS[:10]},
    "mean-shift": {"cut": [0.36, 0.40, 0.44, 0.48]},
    "dbscan": {"cut": CUTS[:8], "min_samples": [2, 3, 4]},
    "hdbscan": {"cut": [0.48, 0.50, 0.52, 0.54, 0.56, 1.5], "min_samples": [1, 2, 3, 4, 5]},
    "hac-single": {"cut": CUTS[:6]},
    "hac-average": {"cut": CUTS[4:]},
    "hac-complete": {"cut": [0.50, 0.54, 0.58, 0.62, 0.66, 0.70]},
    "spectral": {"cut": [0.44, 0.46, 0.48], "loosest": [0.2, 0.3, 0.4, 0.5]},
    "cdp": {"cut": CUTS[:8], "k": [5, 10, 15, 20, 40], "max_size": [100, 600], "step": [0.02, 0.05]},
    "conditional-pairwise": {
        "cut": CUTS[:8],
        "k": [10, 20, 40],
        "sharpness": [10.0, 20.0, 40.0],
        "strictness": [0.3, 1.0, 3.0, 6.0],
    },
    "density-peaks": {
        "cut": [0.46, 0.48, 0.50, 0.52, 0.55],
        "k": [40, 80],
        "threshold": [0.2, 0.3, 0.4, 0.5, 0.6],
        "steps": [1, 3],
    },
}
# The same for methods that compare angles as well: what else to try with each of the cuts.
COSINE: dict[str, dict[str, list[Any]]] = {
    "infomap-similarity": {},
    "facemap": {"sure": [0.6, 0.7, 0.8], "window": [3, 5, 10]},
    "chinese-whispers": {},
    "dlib-chinese-whispers": {},
    "rank-order": {"k": [40, 80], "threshold": [0.6, 0.8, 1.0, 1.3]},
    "threshold": {},
    "dbscan": {"min_samples": [2, 3]},
    "hdbscan": {"min_samples": [2, 3, 4]},
    "hac-single": {},
    "hac-average": {},
    "spectral": {"loosest": [0.3, 0.4, 0.5]},
    "conditional-pairwise": {"k": [40], "sharpness": [5.0, 10.0, 20.0], "strictness": [1.0, 3.0]},
    "density-peaks": {"threshold": [0.3, 0.4, 0.5], "steps": [1, 3]},
}
HEADINGS = (
    "method",
    "setting",
    *(f"{part} {measure}" for part in ("tuned half", "other half", "all") for measure in ("BCubed F", "pairwise F")),
    "all: BCubed P/R",
    "pairwise P/R",
    "NMI",
    "groups",
    "seconds",
)


def measured(method: str, options: dict[str, Any], graph: NeighbourGraph, people: IntArray) -> dict[str, float]:
    started = time.perf_counter()
    found = create_clusterer(method, **options).fit_predict(graph, context=Unattended())
    seconds = time.perf_counter() - started
    table = contingency(people, found)
    cubed, pairs = bcubed(table), pairwise(table)
    return {
        "bcubed": cubed.f,
        "bcubed_precision": cubed.precision,
        "bcubed_recall": cubed.recall,
        "pairwise": pairs.f,
        "pairwise_precision": pairs.precision,
        "pairwise_recall": pairs.recall,
        "nmi": mutual_information(table),
        "groups": len(table.found_sizes),
        "seconds": seconds,
    }


def best(method: str, graph: NeighbourGraph, people: IntArray) -> dict[str, Any]:
    grids = [{"metric": ["euclidean"], **GRIDS[method]} if GRIDS[method] else {}]
    if method in COSINE:
        grids.append({"metric": ["cosine"], "cut": COSINE_CUTS, **COSINE[method]})
    settings = [dict(zip(grid, values, strict=True)) for grid in grids for values in itertools.product(*grid.values())]
    tried = []
    for options in track(settings, method):
        try:
            found = measured(method, options, graph, people)
        except SettingError:  # too large a component for a method of quadratic memory
            continue
        tried.append(((found["bcubed"] + found["pairwise"]) / 2, options))
    return max(tried, key=lambda pair: pair[0])[1]


def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="One folder of pictures per person.")],
    features: Annotated[Path, typer.Option(help="Where descriptors are kept (.npz).")],
    methods: Annotated[str, typer.Option(help="Only these, with commas.")] = ",".join(GRIDS),
    on_all: Annotated[bool, typer.Option(help="Choose settings on everybody, in favour of each method.")] = False,
    defaults: Annotated[bool, typer.Option(help="Measure each method's defaults; choose nothing.")] = False,
) -> None:
    """Print a Markdown table."""
    vectors, people = load_features(folder, features)
    parts = libraries(people)
    rows = [parts[title][0] for title in ("first half of the people", "second half of the people", "everybody")]
    graphs = [ExactIndex().graph(vectors[part], NEIGHBOURS, Unattended()) for part in rows]
    print("| " + " | ".join(HEADINGS) + " |")
    print("|" + "---|" * len(HEADINGS))
    for method in methods.split(","):
        part = 2 if on_all else 0
        options = {} if defaults else best(method, graphs[part], people[rows[part]])
        figures = [measured(method, options, graph, people[part]) for graph, part in zip(graphs, rows, strict=True)]
        everybody = figures[-1]
        cells = [method, ", ".join(f"{key} {value}" for key, value in options.items()) or "default"]
        cells += [f"{part[measure]:.3f}" for part in figures for measure in ("bcubed", "pairwise")]
        cells += [
            f"{everybody[f'{name}_precision']:.3f}/{everybody[f'{name}_recall']:.3f}" for name in ("bcubed", "pairwise")
        ]
        cells += [f"{everybody['nmi']:.3f}", f"{everybody['groups']:.0f}", f"{everybody['seconds']:.1f}"]
        print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    assert set(GRIDS) == set(CLUSTERERS)
    typer.run(main)
