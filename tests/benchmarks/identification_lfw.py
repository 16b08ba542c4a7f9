"""How far classifiers can be trusted: Labeled Faces in the Wild, or any folder with one folder of pictures per person.

    python tests/benchmarks/identification_lfw.py fit shared/data/lfw --features lfw.npz
    python tests/benchmarks/identification_lfw.py measure shared/data/lfw --features lfw.npz

``fit`` finds the constants of faceorganizer/recognition/classifiers.py on one half of the people; ``measure`` tries
those on the other half, with and without adaptation to the people learned ("ECE of truth" is what the same number of
perfectly calibrated answers would have by chance). Half of what is asked about is of people who
are not known. In galleries of 10 to 1,000 people somebody known has 1 to 32 faces, at random, and each person counts
alike; in libraries everybody has as many faces as there are, and is asked about as often.
"""

from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from grouping_lfw import load_features
from rich.console import Console
from rich.table import Table
from suggestions_lfw import QUERIES, STRANGERS_LEFT, calibration_error

from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import Unattended
from faceorganizer.recognition.calibration import Trial, fitted
from faceorganizer.recognition.classifiers import PRIORS, SCORERS, OpenSetClassifier, tried

PLAN = [(10, 60), (30, 20), (100, 10), (300, 6), (1000, 4)]  # people who are known, how often drawn
MOST = 32  # faces of one of them

app = typer.Typer()
Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False)]
Features = Annotated[Path, typer.Option()]


def draw(people: IntArray, pool: IntArray, known: int, random: np.random.Generator) -> tuple[IntArray, IntArray]:
    """Rows of faces to learn, and rows to ask about."""
    sizes = np.bincount(people)
    several = pool[sizes[pool] > 1]
    if known <= len(several) // 2:
        chosen = random.choice(several, known, replace=False)
    else:
        chosen = random.choice(several, len(several) * 7 // 10, replace=False)
        rest = np.setdiff1d(pool, chosen)
        more = max(0, min(known - len(chosen), len(rest) - STRANGERS_LEFT))
        chosen = np.concatenate([chosen, random.choice(rest, more, replace=False)])[:known]
    learned, asked = [], []
    for person in chosen.tolist():
        rows = random.permutation(np.flatnonzero(people == person))
        count = min(MOST, int(random.integers(1, max(2, len(rows)))))
        learned.append(rows[:count])
        asked.append(rows[count : count + QUERIES])
    total = sum(map(len, asked))
    strangers = random.permutation(np.setdiff1d(pool, chosen))[:total]
    asked += [random.choice(np.flatnonzero(people == person), 1) for person in strangers.tolist()]
    return np.concatenate(learned), np.concatenate(asked)


def library(
    people: IntArray, pool: IntArray, share: float, least: int, random: np.random.Generator
) -> tuple[IntArray, IntArray]:
    """Likewise, of a half of the people with so many faces; this share of the faces is asked about."""
    several = random.permutation(pool[np.bincount(people)[pool] >= least])
    known = several[: len(several) // 2]
    learned, asked, strange = [], [], []
    for person in several.tolist():
        rows = random.permutation(np.flatnonzero(people == person))
        count = max(1, round(len(rows) * share))
        if person in known:
            learned.append(rows[min(count, len(rows) - 1) :])
            asked.append(rows[: min(count, len(rows) - 1)])
        else:
            strange.append(rows[:count])
    familiar, strangers = (random.permutation(np.concatenate(rows)) for rows in (asked, strange))
    balanced = min(len(familiar), len(strangers))
    return np.concatenate(learned), np.concatenate([familiar[:balanced], strangers[:balanced]])


def draws(
    people: IntArray, pool: IntArray, seed: int, times: float = 1.0
) -> dict[str, list[tuple[IntArray, IntArray]]]:
    """Rows to learn and rows to ask about, by what they are like."""
    random = np.random.default_rng(seed)
    found = {
        str(known): [draw(people, pool, known, random) for _ in range(max(1, round(count * times)))]
        for known, count in PLAN
    }
    some = [(share, least) for share in (0.1, 0.3, 0.5) for least in (2, 3)] * max(1, round(4 * times))
    return found | {"library": [library(people, pool, share, least, random) for share, least in some]}


def halves(people: IntArray) -> tuple[IntArray, IntArray]:
    side = np.random.default_rng(0).permutation(int(people.max()) + 1) % 2
    return np.flatnonzero(side == 0), np.flatnonzero(side == 1)


def trials(name: str, vectors: FloatArray, people: IntArray, pool: IntArray, seed: int) -> list[Trial]:
    found = []
    for title, rows in draws(people, pool, seed).items():
        weight = 2 if title in ("300", "1000", "library") else 1  # there are few of them
        for learned, asked in rows:
            found += weight * [tried(SCORERS[name], (vectors[learned], people[learned]), vectors, people, asked)]
    return found


@app.command()
def fit(folder: Folder, features: Features, only: str = "") -> None:
    """Find the constants on the first half of the people."""
    vectors, people = load_features(folder, features)
    for name in [only] if only else SCORERS:
        found = fitted(trials(name, vectors, people, halves(people)[0], 1), PRIORS[name])
        weights = tuple(round(weight, 3) for weight in found.weights)
        print(f'"{name}": NestedLogit({weights}, {found.crowd:.3f}, {found.rivalry:.3f}),', flush=True)


@app.command()
def measure(folder: Folder, features: Features, only: str = "", times: float = 1.0) -> None:
    """Try the constants in use on the second half of the people."""
    vectors, people = load_features(folder, features)
    pool = halves(people)[1]
    table = Table("classifier", "people", "adapted", "asked", "best is right", "ECE", "ECE of truth",
                  "known: right and > 0.5", "strangers > 0.5", "share > 0.9", "right if > 0.9")  # fmt: skip
    for name in [only] if only else SCORERS:
        for adapt in (False, True) if name != "svm" else (False,):
            everything = []
            for title, rows in draws(people, pool, 2, times).items():
                answers = []
                for learned, asked in rows:
                    classifier = OpenSetClassifier(scorer=SCORERS[name], prior=PRIORS[name], adapt=adapt)
                    classifier.fit(vectors[learned], people[learned], Unattended())
                    told = classifier.predict(vectors[asked])
                    truth = np.where(np.isin(people[asked], people[learned]), people[asked], -2)
                    answers.append(np.stack([told.probabilities[:, 0], told.people[:, 0] == truth, truth >= 0]))
                everything += answers
                table.add_row(name, title, str(adapt), *figures(np.concatenate(answers, axis=1)))
            table.add_row(name, "all", str(adapt), *figures(np.concatenate(everything, axis=1)))
    Console(width=150).print(table)


def figures(answers: FloatArray) -> list[str]:
    random = np.random.default_rng(0)
    sure, right, known = answers[0], answers[1], answers[2] > 0
    values = [
        right[known].mean(),
        calibration_error(sure, right),
        np.mean([calibration_error(sure, random.random(len(sure)) < sure) for _ in range(20)]),
        (right * (sure > 0.5))[known].mean(),
        (sure > 0.5)[~known].mean(),
        (sure > 0.9).mean(),
        right[sure > 0.9].mean(),
    ]
    return [str(answers.shape[1]), *(f"{value:.3f}" for value in values)]


if __name__ == "__main__":
    app()
