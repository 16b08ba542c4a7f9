"""How well faces are grouped: Labeled Faces in the Wild, or any folder with one folder of pictures per person.

    python tests/benchmarks/grouping_lfw.py shared/data/lfw --features lfw.npz

Descriptors come from dlib itself and are kept at --features; pictures that are not in there yet are added.
"""

from importlib.metadata import distribution
from pathlib import Path
from typing import Annotated

import dlib
import numpy as np
import typer
from PIL import Image
from rich.console import Console
from rich.progress import track
from rich.table import Table

from faceorganizer.clustering.metrics import bcubed, contingency, mutual_information, pairwise
from faceorganizer.clustering.registry import create_clusterer
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.progress import Unattended
from faceorganizer.neighbours.exact import ExactIndex

NEIGHBOURS = 80
DRAWS = 5  # of the libraries drawn at random; the mean of their figures is shown


class Describer:
    """The descriptor of the face nearest to the centre of a picture."""

    def __init__(self) -> None:
        self._detect = dlib.get_frontal_face_detector()
        self._landmarks = dlib.shape_predictor(_weights("shape_predictor_68_face_landmarks.dat"))
        self._describe = dlib.face_recognition_model_v1(_weights("dlib_face_recognition_resnet_model_v1.dat"))

    def describe(self, path: Path) -> FloatArray:
        """Look once more at twice the size when nothing is found, then trust that LFW centres its faces."""
        pixels, boxes = np.zeros(0), []
        for scale in (1, 2):
            with Image.open(path) as image:
                pixels = np.asarray(image.convert("RGB").resize((image.width * scale, image.height * scale)))
            boxes = list(self._detect(pixels, 0))
            if boxes:
                break
        height, width = pixels.shape[:2]
        centred = dlib.rectangle(int(0.28 * width), int(0.28 * height), int(0.72 * width), int(0.72 * height))
        box = min(boxes or [centred], key=lambda b: (b.center().x - width / 2) ** 2 + (b.center().y - height / 2) ** 2)
        chip = dlib.get_face_chip(pixels, self._landmarks(pixels, box), 150, 0.25)
        return np.asarray(self._describe.compute_face_descriptor(chip), np.float32)


def _weights(name: str) -> str:
    return str(distribution("face-recognition-models").locate_file(f"face_recognition_models/models/{name}"))


def load_features(folder: Path, features: Path) -> tuple[FloatArray, IntArray]:
    """Descriptors (n, 128) and people (n,) of all pictures, from the cache as far as they are there."""
    known: dict[str, FloatArray] = {}
    if features.exists():
        with np.load(features) as stored:
            known = dict(zip(stored["paths"].tolist(), stored["vectors"], strict=True))
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.jpg"))
    missing = [path for path in paths if path not in known]
    if missing:
        describer = Describer()
        for path in track(missing, "Describing faces"):
            known[path] = describer.describe(folder / path)
        np.savez(features, paths=np.array(paths), vectors=np.array([known[path] for path in paths]))
    people = np.unique([Path(path).parent.as_posix() for path in paths], return_inverse=True)[1]
    return np.array([known[path] for path in paths]), people.astype(np.int64)


def libraries(people: IntArray) -> dict[str, list[IntArray]]:
    """Rows of the libraries that are tried, by title."""
    sizes = np.bincount(people)
    ranked = np.argsort(-sizes, kind="stable")
    half = np.random.default_rng(0).permutation(len(sizes)) % 2
    result = {
        "everybody": [np.arange(len(people))],
        "first half of the people": [np.flatnonzero(half[people] == 0)],
        "second half of the people": [np.flatnonzero(half[people] == 1)],
    }
    for count in (860, 420, 158, 60, 12):
        result[f"the {count} with most pictures"] = [np.flatnonzero(np.isin(people, ranked[:count]))]
    for part, name in enumerate(("first", "second")):
        frequent = np.flatnonzero((sizes >= 3) & (half == part))
        for count, most in ((30, 25), (8, 12), (3, 5)):
            draws = [_album(people, frequent, count, most, seed) for seed in range(DRAWS)]
            result[f"{count} at random of the {name} half"] = draws
    return result


def _album(people: IntArray, eligible: IntArray, count: int, most: int, seed: int) -> IntArray:
    random = np.random.default_rng(seed)
    chosen = random.choice(eligible, count, replace=False)
    rows = [random.permutation(np.flatnonzero(people == person))[:most] for person in chosen]
    return np.sort(np.concatenate(rows))


def figures(vectors: FloatArray, people: IntArray, method: str, options: dict[str, float]) -> list[float]:
    """BCubed P, R, F, pairwise P, R, F, mutual information, and groups found for each person."""
    graph = ExactIndex().graph(vectors, NEIGHBOURS, Unattended())
    found = create_clusterer(method, **options).fit_predict(graph, context=Unattended())
    table = contingency(people, found)
    cubed, pairs = bcubed(table), pairwise(table)
    groups = len(table.found_sizes) / len(table.true_sizes)
    measures = [cubed.precision, cubed.recall, cubed.f, pairs.precision, pairs.recall, pairs.f]
    return [*measures, mutual_information(table), groups]


def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="One folder of pictures per person.")],
    features: Annotated[Path, typer.Option(help="Where descriptors are kept (.npz).")],
    method: Annotated[str, typer.Option(help="Name of the method.")] = "infomap",
    option: Annotated[list[str], typer.Option(help="KEY=NUMBER of the method.")] = [],  # noqa: B006
) -> None:
    """Print the agreement of found groups with the true people."""
    options: dict[str, float] = {}
    for pair in option:
        key, _, value = pair.partition("=")
        options[key] = float(value) if "." in value else int(value)
    vectors, people = load_features(folder, features)
    table = Table("library", "faces", *("BCubed P", "R", "F", "pairs P", "R", "F", "NMI", "groups"), box=None)
    for title, draws in libraries(people).items():
        rows = np.mean([figures(vectors[part], people[part], method, options) for part in draws], axis=0)
        faces = np.mean([len(part) for part in draws])
        table.add_row(title, f"{faces:.0f}", *(f"{value:.3f}" for value in rows))
    Console(width=110).print(table)


if __name__ == "__main__":
    typer.run(main)
