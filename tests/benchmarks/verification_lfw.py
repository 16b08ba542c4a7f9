"""Whether two faces are one person's: Labeled Faces in the Wild, or any folder with one folder of pictures per person.

    python tests/benchmarks/verification_lfw.py fit shared/data/lfw --features lfw.npz
    python tests/benchmarks/verification_lfw.py measure shared/data/lfw --features lfw.npz

``fit`` finds the constants of faceorganizer/recognition/verification.py on one half of the people; ``measure`` tries
those on the other half. All pairs of faces of a half are taken; each person with several pictures counts alike, and so
does each pair of people.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from grouping_lfw import load_features
from rich.console import Console
from rich.table import Table
from scipy.optimize import minimize
from scipy.spatial.distance import pdist

from faceorganizer.domain.progress import Unattended
from faceorganizer.recognition.protocol import all_pairs, distances_of, paired, rates_at, verified
from faceorganizer.recognition.verification import DLIB, Values

BINS = 15
FINE = np.linspace(0, 2, 4001)  # edges of the bins that distances are counted in

app = typer.Typer(no_args_is_help=True)
Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False, help="One folder of pictures per person.")]
Features = Annotated[Path, typer.Option(help="Where descriptors are kept (.npz).")]


@dataclass(frozen=True)
class Distances:
    """Pairs of a half of the people, counted by distance.

    Attributes:
        centres: (b,) of the bins.
        same: (b,) share of the pairs of one person; 1 together.
        different: (b,) share of the pairs of two people; 1 together.
    """

    centres: Values
    same: Values
    different: Values

    @classmethod
    def of(cls, folder: Path, features: Path, half: int) -> "Distances":
        """Count the pairs of one half."""
        vectors, people = load_features(folder, features)
        sizes = np.bincount(people)
        halves = np.random.default_rng(0).permutation(len(sizes)) % 2
        rows = np.flatnonzero(halves[people] == half)
        distances = pdist(vectors[rows]).astype(np.float32)
        first, second = np.triu_indices(len(rows), 1)
        one, other = people[rows][first], people[rows][second]
        weights = 1 / (sizes[one] * np.where(one == other, sizes[one] - 1, sizes[other]))
        counted = [np.histogram(distances[w], FINE, weights=weights[w])[0] for w in (one == other, one != other)]
        return cls((FINE[1:] + FINE[:-1]) / 2, *(counts / counts.sum() for counts in counted))

    def loss(self, log_odds: Values) -> float:
        """Mean negative log-likelihood; both kinds of pairs count alike."""
        told = self.same * np.logaddexp(0, -log_odds) + self.different * np.logaddexp(0, log_odds)
        return float(told.sum() / 2)

    def calibration_error(self, chances: Values) -> float:
        """Expected calibration error over bins of equal width (Guo et al., ICML 2017), prior one half."""
        place = np.minimum((chances * BINS).astype(np.int64), BINS - 1)
        gaps = np.bincount(place, (chances * (self.same + self.different) - self.same) / 2, BINS)
        return float(np.abs(gaps).sum())

    def accepted(self, cut: float) -> tuple[float, float]:
        """Share of the pairs of two people, and of one, within a distance."""
        inside = self.centres <= cut
        return float(self.different[inside].sum()), float(self.same[inside].sum())


@app.command()
def fit(folder: Folder, features: Features) -> None:
    """Find the constants on the first half of the people."""
    pairs = Distances.of(folder, features, 0)
    found = minimize(lambda v: pairs.loss(v[0] + v[1] * pairs.centres), [20.0, -33.0], method="BFGS")
    cuts = [float(pairs.centres[np.searchsorted(pairs.different.cumsum(), rate)]) for rate in DLIB.rates]
    console = Console()
    console.print("constant, slope", found.x.round(3).tolist(), "loss", found.fun)
    console.print("cuts", [round(cut, 4) for cut in cuts])


@app.command()
def measure(folder: Folder, features: Features) -> None:
    """Try the constants in use on the second half of the people, then the protocol on everybody."""
    console = Console()
    for half, title in ((0, "first half of the people, fitted to"), (1, "second half")):
        pairs = Distances.of(folder, features, half)
        chances = DLIB.probability(pairs.centres)
        console.print(f"{title}: ECE {pairs.calibration_error(chances):.4f}")
        table = Table("false accepts wanted", "threshold", "realised", "true accepts", box=None)
        for rate, cut in zip(DLIB.rates, DLIB.cuts, strict=True):
            false, true = pairs.accepted(cut)
            table.add_row(f"{rate:.5f}", f"{cut:.4f}", f"{false:.6f}", f"{true:.4f}")
        console.print(table)
    vectors, people = load_features(folder, features)
    drawn = paired(people)
    result = verified(distances_of(vectors, drawn), drawn)
    console.print(f"10 folds: {result.accuracy:.4f} +- {result.error:.4f}, area {result.curve.area:.5f}")
    curve, same, different = all_pairs(vectors, people, Unattended())
    console.print(f"all {same:,} pairs of one person and {different:,} of two, area {curve.area:.5f}")
    for rate in rates_at(curve, different):
        console.print(f"  true accepts at {rate.wanted:g}: {rate.true_accepts:.4f}, threshold {rate.threshold:.4f}")


if __name__ == "__main__":
    app()
