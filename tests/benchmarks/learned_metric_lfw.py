"""What learning from confirmed people is worth: LFW, or any folder with one folder of pictures for each person.

    python tests/benchmarks/learned_metric_lfw.py shared/data/lfw --features lfw.npz [--camera blur --cache blurred.npz]

Half of the people (those with four pictures or more) count as confirmed, but for a quarter of their faces; the head is
learned and judged as ``faceorganizer learn`` does it. Then plain and learned vectors are compared on what it never saw:
the people of the other half (verification, grouping), and the held-out faces of the people it knows (suggestions).

With --camera every picture is spoilt first, as by the user's own camera, and described by dlib where the good picture
has its face: ``blur`` (a Gaussian of 2.5 pixels of the chip), ``dark`` (a tenth of the light, with noise), ``small``
(a chip of 24 pixels), or ``mixed``: each face at random in one of these ways or in none.
"""

import time
from pathlib import Path
from typing import Annotated, Literal

import dlib
import numpy as np
import typer
from grouping_lfw import Describer, load_features
from PIL import Image, ImageFilter
from rich.console import Console
from rich.progress import track
from rich.table import Table

from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import Unattended
from faceorganizer.recognition.metric import compared
from faceorganizer.services.recognition.judging import grouped_right, judged, learn, suggested_right
from faceorganizer.services.recognition.trial import Confirmed

Camera = Literal["none", "blur", "dark", "small", "mixed"]
GROUPING = {"k": 80, "strangers": 0.35, "least_quality": 0.1, "seed": 0}
RATES = (1e-4, 1e-3, 1e-2)
MOST = 20  # confirmed faces of a person, and faces of a person who is tried


class Spoilt(Describer):
    """Describes the face of a picture after a camera has spoilt it."""

    def __init__(self, camera: Camera) -> None:
        super().__init__()
        self._camera = camera

    def describe(self, path: Path) -> FloatArray:
        """As the good picture is described, but the chip is spoilt."""
        with Image.open(path) as image:
            pixels = np.asarray(image.convert("RGB"))
        boxes = list(self._detect(pixels, 0)) or list(self._detect(pixels, 1))
        height, width = pixels.shape[:2]
        centred = dlib.rectangle(int(0.28 * width), int(0.28 * height), int(0.72 * width), int(0.72 * height))
        box = min(boxes or [centred], key=lambda b: (b.center().x - width / 2) ** 2 + (b.center().y - height / 2) ** 2)
        chip = dlib.get_face_chip(pixels, self._landmarks(pixels, box), 150, 0.25)
        random = np.random.default_rng(list(path.name.encode()))
        kinds = ("none", "blur", "dark", "small")
        camera = str(random.choice(kinds)) if self._camera == "mixed" else self._camera
        return np.asarray(self._describe.compute_face_descriptor(spoil(chip, camera, random)), np.float32)


def spoil(chip: np.ndarray, camera: str, random: np.random.Generator) -> np.ndarray:
    """A chip as a bad camera takes it."""
    image = Image.fromarray(chip)
    if camera == "blur":
        return np.array(image.filter(ImageFilter.GaussianBlur(2.5)))
    if camera == "small":
        return np.array(image.resize((24, 24), Image.Resampling.BOX).resize((150, 150), Image.Resampling.BICUBIC))
    if camera == "dark":
        seen = chip * 0.1 + random.normal(size=chip.shape) * 3
        return np.clip(np.round(seen), 0, 255).astype(np.uint8)
    return chip


def spoilt_features(folder: Path, camera: Camera, cache: Path) -> tuple[FloatArray, IntArray]:
    """Descriptors of people with four pictures or more, spoilt; kept at the cache."""
    people = [sorted(person.glob("*.jpg"))[:MOST] for person in sorted(folder.iterdir()) if person.is_dir()]
    paths = [path for pictures in people if len(pictures) >= 4 for path in pictures]
    names = [path.parent.name for path in paths]
    if cache.exists():
        with np.load(cache) as stored:
            vectors = stored["vectors"]
    else:
        describer = Spoilt(camera)
        vectors = np.array([describer.describe(path) for path in track(paths, "Describing faces")])
        np.savez(cache, vectors=vectors)
    return vectors, np.unique(names, return_inverse=True)[1].astype(np.int64)


def some(people: IntArray, wanted: IntArray, random: np.random.Generator) -> IntArray:
    """Rows of these people, at most so many of each."""
    rows = [random.permutation(np.flatnonzero(people == person))[:MOST] for person in wanted.tolist()]
    return np.concatenate(rows)


def accepted(faces: Confirmed, rows: IntArray) -> list[float]:
    """Share of pairs of one person accepted at each rate of false accepts."""
    near, far, _ = compared(faces.descriptors, faces.people, rows, np.zeros(0, np.int64))
    return [float((near <= np.quantile(far, rate)).mean()) for rate in RATES]


def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="One folder of pictures per person.")],
    features: Annotated[Path, typer.Option(help="Where descriptors are kept (.npz).")],
    camera: Annotated[Camera, typer.Option(help="How pictures are spoilt.")] = "none",
    cache: Annotated[Path, typer.Option(help="Where descriptors of spoilt pictures are kept (.npz).")] = Path("x.npz"),
    people: Annotated[int, typer.Option(help="Confirmed people at most.")] = 10_000,
) -> None:
    """Print what a learned head is worth, learned on either half of the people."""
    vectors, labels = load_features(folder, features) if camera == "none" else spoilt_features(folder, camera, cache)
    labels = labels.astype(np.int64)
    sizes = np.bincount(labels)
    halves = np.random.default_rng(0).permutation(len(sizes)) % 2
    faces = Confirmed(vectors, labels, np.ones(len(labels), np.float32))
    console = Console(width=110)
    for half in (0, 1):
        random = np.random.default_rng(half)
        known = random.permutation(np.flatnonzero((halves == half) & (sizes >= 4)))[:people]
        rows = some(labels, known, random)
        queries = np.concatenate([rows[labels[rows] == person][::4] for person in known.tolist()])
        confirmed = np.setdiff1d(rows, queries)
        others = some(labels, np.flatnonzero((halves != half) & (sizes >= 2)), random)
        started = time.process_time()
        trial = learn(faces.only(confirmed), GROUPING, Unattended())
        seconds = time.process_time() - started
        title = f"half {half + 1}: {len(confirmed)} confirmed faces of {len(known)} people, {seconds:.1f} s of CPU; "
        title += "used" if trial.better else "refused"
        title += f" (mean gain {trial.low:+.4f} to {trial.high:+.4f} by cross-validation)"
        strangers = random.permutation(others)[: len(queries)]
        table = Table("on what was not learned from", "plain", "learned", "gain, 90 %", box=None, title=title)
        scores, pairs = [], []
        for seen in (faces, faces.seen_by(trial.head)):
            count = len(sizes)
            suggested = suggested_right(seen, confirmed, queries, strangers, count)
            grouped = grouped_right(seen, others, GROUPING, count)
            scores.append(np.stack([np.full(count, np.nan), suggested, grouped], axis=1))
            pairs.append(accepted(seen, others))
        for rate, plain, learned in zip(RATES, *pairs, strict=True):
            table.add_row(f"other people: accepted at {rate:g} false", f"{plain:.4f}", f"{learned:.4f}", "")
        figures, _, _ = judged(np.stack(scores))
        for figure in figures:
            what = "right suggestions" if figure.name == "suggestions" else "other people: BCubed F by person"
            interval = f"{figure.low:+.4f} to {figure.high:+.4f}"
            table.add_row(what, f"{figure.before:.4f}", f"{figure.after:.4f}", interval)
        console.print(table)


if __name__ == "__main__":
    typer.run(main)
