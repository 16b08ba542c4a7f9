"""How far suggestions can be trusted: Labeled Faces in the Wild, or any folder with one folder of pictures per person.

    python tests/benchmarks/suggestions_lfw.py measure shared/data/lfw --features lfw.npz
    python tests/benchmarks/suggestions_lfw.py fit shared/data/lfw --features lfw.npz
    python tests/benchmarks/suggestions_lfw.py leftovers shared/data/lfw --features lfw.npz

``fit`` finds the constants of faceorganizer/recognition/evidence.py on one half of the people; ``measure`` tries those
on the other half. Half of what is asked about is of people who are not in the gallery. A person of the gallery has 1 to
32 faces in it, at random. ``leftovers`` groups a half, names a part of
the groups, and asks about the faces that grouping left alone: harder ones, and mostly strangers.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from grouping_lfw import load_features
from rich.console import Console
from rich.table import Table
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from faceorganizer.clustering.registry import create_clusterer
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import Unattended
from faceorganizer.neighbours.exact import ExactIndex
from faceorganizer.recognition import evidence
from faceorganizer.recognition.evidence import LEFT_BY_GROUPING, LFW, Calibration
from faceorganizer.recognition.gallery import EXEMPLARS, REACH, Gallery, Units, nearest_people, portray
from faceorganizer.recognition.parts import two_parts

# Faces of a group, people in the gallery, how often drawn.
FACES = [(1, 10, 60), (1, 30, 20), (1, 100, 10), (1, 300, 6), (1, 1000, 6)]
GROUPS = [(2, 10, 60), (2, 50, 20), (2, 150, 10), (4, 10, 60), (4, 40, 20), (8, 5, 60), (8, 20, 20)]
QUERIES = 3  # of one person in one draw
STRANGERS_LEFT = 400  # people who are kept out of a large gallery
BINS = 15

app = typer.Typer()
Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False)]
Features = Annotated[Path, typer.Option()]


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of one draw: entries (e,) of queries and people, and the truth of each query (q,), -1 for nobody."""

    queries: IntArray
    places: IntArray
    distances: FloatArray
    compared: IntArray
    faces: int
    known: int
    truth: IntArray


class Faces:
    """The pictures of one half of the people."""

    def __init__(self, vectors: FloatArray, people: IntArray, half: int) -> None:
        sizes = np.bincount(people)
        halves = np.random.default_rng(0).permutation(len(sizes)) % 2
        self.vectors = vectors
        self.pool = np.flatnonzero(halves == half)
        self.sizes = sizes
        self._rows = {int(person): np.flatnonzero(people == person) for person in self.pool}

    def rows(self, person: int, random: np.random.Generator) -> IntArray:
        return random.permutation(self._rows[person])

    def draw(self, faces: int, people: int, random: np.random.Generator, reach: float) -> Asked:
        """Ask about groups of so many faces with so many people in the gallery."""
        enough = self.pool[self.sizes[self.pool] > faces]
        if people <= len(enough) // 2:
            gallery = random.choice(enough, people, replace=False)
        else:
            known = random.choice(enough, len(enough) * 7 // 10, replace=False)
            rest = np.setdiff1d(self.pool, known)
            more = random.choice(rest, max(0, min(people - len(known), len(rest) - STRANGERS_LEFT)), replace=False)
            gallery = np.concatenate([known, more])[:people]
        gallery = np.sort(gallery)
        portraits, asked, truth = [], [], []
        for place, person in enumerate(gallery.tolist()):
            rows = self.rows(person, random)
            count = min(EXEMPLARS, int(random.integers(1, max(2, len(rows) - faces + 1))))
            portraits.append(portray(self.vectors[rows[:count]], np.ones(count)))
            rest = rows[count:]
            for start in range(0, min(len(rest), QUERIES * faces) - faces + 1, faces):
                asked.append(rest[start : start + faces])
                truth.append(place)
        strangers = np.setdiff1d(self.pool, gallery)
        strangers = random.permutation(strangers[self.sizes[strangers] >= faces])[: len(asked)]
        asked += [self.rows(person, random)[:faces] for person in strangers.tolist()]
        truth += [-1] * len(strangers)
        asking = [portray(self.vectors[rows], np.ones(faces)) for rows in asked]
        units = Units.standing_for(asking, np.full(len(asked), -1), self.vectors.shape[1])
        known = Gallery.of(gallery, portraits, self.vectors.shape[1])
        found = nearest_people(units, known, reach=reach)
        return Asked(found.units, found.places, found.distances, found.compared, faces, known.faces, np.array(truth))

    def draws(self, plan: Sequence[tuple[int, int, int]], seed: int, reach: float) -> dict[str, list[Asked]]:
        random = np.random.default_rng(seed)
        return {
            f"{faces}, {people}": [self.draw(faces, people, random, reach) for _ in range(times)]
            for faces, people, times in plan
        }

    def parted(self, seed: int) -> tuple[FloatArray, IntArray]:
        """Heights at which people part, and whether two were mixed: with a look-alike, and with anybody."""
        random = np.random.default_rng(seed)
        several = self.pool[self.sizes[self.pool] >= 2]
        means = np.stack([self.vectors[self._rows[person]].mean(axis=0) for person in several.tolist()])
        heights, mixed = [], []
        for person in self.pool[self.sizes[self.pool] >= 4].tolist():
            rows = self.rows(person, random)[:40]
            place = int(np.flatnonzero(several == person)[0])
            alike = several[np.argsort(((means - means[place]) ** 2).sum(axis=1))[1:6]]
            others = [None, int(random.choice(alike)), int(random.choice(several[several != person]))]
            for other in others:
                more = np.zeros(0, np.int64) if other is None else self.rows(other, random)[: len(rows)]
                parts = two_parts(self.vectors[np.concatenate([rows, more])])
                if parts is not None:
                    heights.append(parts[0])
                    mixed.append(other is not None)
        return np.array(heights), np.array(mixed, np.int64)


def chances(asked: Asked, calibration: Calibration, log_odds: float = 0.0) -> FloatArray:
    faces = np.full(len(asked.queries), asked.faces)
    strengths = evidence.evidence(asked.distances, asked.compared, faces, calibration)
    return evidence.probabilities(asked.queries, strengths, asked.known, log_odds=log_odds, calibration=calibration)


def best_of(asked: Asked, chance: FloatArray) -> tuple[FloatArray, IntArray]:
    """The likeliest of each query: its probability and place; 0 and -2 where there is none."""
    best, who = np.zeros(len(asked.truth)), np.full(len(asked.truth), -2)
    order = np.argsort(chance, kind="stable")
    best[asked.queries[order]], who[asked.queries[order]] = chance[order], asked.places[order]
    return best, who


def likelihood(asked: Asked, calibration: Calibration, log_odds: float = 0.0) -> FloatArray:
    """Logarithm of the probability (q,) of what is true; queries whose person was not looked at are left out."""
    chance = chances(asked, calibration, log_odds)
    nobody = 1 - np.bincount(asked.queries, chance, len(asked.truth))
    right = np.flatnonzero(asked.places == asked.truth[asked.queries])
    result = np.where(asked.truth < 0, nobody, np.nan)
    result[asked.queries[right]] = chance[right]
    return np.log(np.maximum(result[~np.isnan(result)], 1e-12))


def loss(draws: dict[str, list[Asked]], calibration: Calibration) -> float:
    """Mean negative log-likelihood; each kind of draw counts alike."""
    return float(
        -np.mean([np.concatenate([likelihood(a, calibration) for a in same]).mean() for same in draws.values()])
    )


def figures(draws: list[Asked], calibration: Calibration) -> list[float]:
    """Share of known ones whose best candidate is right, calibration error, and what thresholds would do."""
    confidence, right, known = [], [], []
    for asked in draws:
        best, who = best_of(asked, chances(asked, calibration))
        confidence.append(best)
        right.append(who == asked.truth)
        known.append(asked.truth >= 0)
    sure, correct, familiar = (np.concatenate(parts) for parts in (confidence, right, known))
    return [
        len(sure),
        correct[familiar].mean(),
        calibration_error(sure, correct),
        (correct & (sure > 0.5))[familiar].mean(),
        (sure > 0.5)[~familiar].mean(),
        (sure > 0.9).mean(),
        correct[sure > 0.9].mean(),
    ]


def calibration_error(confidence: FloatArray, correct: FloatArray) -> float:
    """Expected calibration error over bins of equal width (Guo et al., ICML 2017)."""
    place = np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
    gaps = np.bincount(place, confidence - correct, BINS)
    return float(np.abs(gaps).sum() / len(confidence))


def packed(values: FloatArray) -> Calibration:
    *weights, crowd, rivalry, power, surplus = values.tolist()
    return Calibration(tuple(weights), crowd, float(np.exp(rivalry)), power, surplus)  # type: ignore[arg-type]


@app.command()
def fit(folder: Folder, features: Features) -> None:
    """Find the constants on the first half of the people."""
    faces = Faces(*load_features(folder, features), 0)
    single = faces.draws(FACES, 1, reach=0.75)
    start = np.concatenate([LFW.weights, [LFW.crowd, np.log(LFW.rivalry)]])
    found = minimize(lambda v: loss(single, packed(np.append(v, [0, 0]))) + 1e-5 * (v**2).sum(), start, method="BFGS").x
    several = faces.draws(GROUPS, 1, reach=0.75)
    grouped = minimize(lambda v: loss(several, packed(np.append(found, v))), [LFW.power, LFW.surplus], method="BFGS").x
    calibration = packed(np.append(found, grouped))
    heights, mixed = faces.parted(1)
    model = LogisticRegression(C=1e4).fit(heights[:, None], mixed)
    console = Console()
    console.print("Calibration", [np.round(np.atleast_1d(value), 3).tolist() for value in astuple(calibration)])
    console.print("loss, faces and groups", loss(single, calibration), loss(several, calibration))
    console.print("mixed: slope, constant, mixed, pure", model.coef_, model.intercept_, mixed.sum(), (1 - mixed).sum())


@app.command()
def measure(folder: Folder, features: Features) -> None:
    """Try the constants in use on the second half of the people."""
    faces = Faces(*load_features(folder, features), 1)
    headings = ("faces of the group, people", "asked", "best is right", "ECE", "known: right and > 0.5",
                "strangers > 0.5", "share > 0.9", "right if > 0.9")  # fmt: skip
    table = Table(*headings)
    for title, draws in faces.draws([*FACES, *GROUPS], 2, reach=REACH).items():
        count, *rest = figures(draws, LFW)
        table.add_row(title, str(count), *(f"{value:.3f}" for value in rest))
    heights, mixed = faces.parted(2)
    chance = evidence.mixed_probability(heights)
    console = Console()
    console.print(table)
    for level in (0.3, 0.5, 0.9):
        told = chance > level
        console.print(
            f"Two people in one, above {level}: {told[mixed == 1].mean():.3f} of {mixed.sum()} mixed, "
            f"{told[mixed == 0].mean():.3f} of {(1 - mixed).sum()} pure"
        )


@app.command()
def leftovers(folder: Folder, features: Features, half: int = 1, draws: int = 5) -> None:
    """Ask about the faces that grouping left alone, when a part of the groups has names."""
    faces = Faces(*load_features(folder, features), half)
    rows = np.concatenate([faces.rows(person, np.random.default_rng(0)) for person in faces.pool.tolist()])
    vectors, people = faces.vectors[rows], np.repeat(faces.pool, faces.sizes[faces.pool])
    groups = create_clusterer("infomap").fit_predict(
        ExactIndex().graph(vectors, 80, Unattended()), context=Unattended()
    )
    random = np.random.default_rng(5)
    for named in (0.25, 0.5, 1.0):
        asked = [_asked_alone(vectors, people, groups, named, random) for _ in range(draws)]
        known = sum(int((one.truth >= 0).sum()) for one in asked)
        print(f"{named:.0%} of the groups named: {sum(len(one.truth) for one in asked)} asked, {known} known")
        for log_odds in (0.0, -1.0, LEFT_BY_GROUPING, -2.0):
            mean = np.mean([likelihood(one, LFW, log_odds).mean() for one in asked])
            error, *bins = reliability(asked, log_odds)
            print(f"  log-odds {log_odds}: loss {-mean:.4f}, ECE {error:.3f};", "; ".join(map(str, bins)))


def reliability(draws: list[Asked], log_odds: float) -> list[object]:
    """Calibration error; then for ranges of probability how many suggestions there are, and how many are right."""
    confidence, right = [], []
    for asked in draws:
        best, who = best_of(asked, chances(asked, LFW, log_odds))
        confidence.append(best)
        right.append(who == asked.truth)
    sure, correct = np.concatenate(confidence), np.concatenate(right)
    told: list[object] = [calibration_error(sure, correct)]
    for low, high in pairwise((0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)):
        inside = (sure > low) & (sure <= high)
        if inside.any():
            told.append(f"{low}-{high}: {correct[inside].mean():.2f} of {inside.sum()}")
    return told


def _asked_alone(
    vectors: FloatArray,
    people: IntArray,
    groups: IntArray,
    named: float,
    random: np.random.Generator,
) -> Asked:
    sizes = np.bincount(groups)
    several, alone = np.flatnonzero(sizes > 1), np.flatnonzero(sizes[groups] == 1)
    chosen = np.sort(random.choice(several, int(named * len(several)), replace=False))
    portraits, names = [], []
    for group in chosen.tolist():
        mine = np.flatnonzero(groups == group)
        portraits.append(portray(vectors[mine], np.ones(len(mine))))
        names.append(int(np.bincount(people[mine]).argmax()))
    # Of two groups of one person, either one is right.
    place_of = {name: place for place, name in enumerate(names)}
    places = np.array([place_of[name] for name in names])
    truth = np.array([place_of.get(person, -1) for person in people[alone].tolist()])
    gallery = Gallery.of(chosen, portraits, vectors.shape[1])
    found = nearest_people(Units.of(vectors[alone], np.full(len(alone), -1)), gallery)
    return Asked(found.units, places[found.places], found.distances, found.compared, 1, gallery.faces, truth)


if __name__ == "__main__":
    app()
