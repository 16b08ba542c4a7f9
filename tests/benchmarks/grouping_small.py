"""How well small libraries of hard pictures are grouped: every face blurred, darkened, turned or covered.

python -m tests.benchmarks.grouping_small describe FEATURES.npz --lfw FOLDER --small FOLDER
python -m tests.benchmarks.grouping_small table FEATURES.npz
python -m tests.benchmarks.grouping_small degradations FEATURES.npz

The program's own analyser finds and describes the faces of pictures that are spoilt in eight ways. What it no longer
finds would be in no library; it is described all the same, and left out unless ``--unseen`` asks for it.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import cv2
import numpy as np
import typer
from PIL import Image
from rich.console import Console
from rich.progress import track
from rich.table import Table
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist, squareform

from faceorganizer.clustering.metrics import bcubed, contingency
from faceorganizer.clustering.registry import create_clusterer
from faceorganizer.domain.faces import Detections
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.pictures import Picture
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.seams import Pixels
from faceorganizer.neighbours.exact import ExactIndex
from faceorganizer.vision.analyser import FaceAnalyser, dlib_analyser

NEIGHBOURS: Final = 80
LONGEST: Final = 1000  # pixels of a picture's longer side
MOST_FACES: Final = 8  # of a person of LFW
FEWEST_FACES: Final = 6
PEOPLE: Final = 120
LFW_BOX: Final = (70.0, 70.0, 110.0, 110.0)  # where LFW has its faces
UNSEEN: Final = -0.1  # score of a face that the detector no longer finds
SAME_FACE: Final = 0.3  # intersection over union
DRAWS: Final = 40
COUNTS: Final = (3, 5, 10)
CUTS: Final = np.arange(0.10, 0.40, 0.01)  # of the mean squared distance at unit length

Box = tuple[float, float, float, float]
Degradation = Callable[[Pixels, Box, np.random.Generator], Pixels]

app = typer.Typer(add_completion=False)


def small(pixels: Pixels, box: Box, random: np.random.Generator) -> Pixels:
    """A face 28 to 40 pixels wide, enlarged again."""
    return _rescaled(_reduced(pixels, random.uniform(28, 40) / box[2]), pixels)


def blurred(pixels: Pixels, box: Box, random: np.random.Generator) -> Pixels:
    return cv2.GaussianBlur(pixels, (0, 0), box[2] * random.uniform(0.02, 0.035)).astype(np.uint8)


def compressed(pixels: Pixels, box: Box, random: np.random.Generator) -> Pixels:
    """JPEG of quality 8 to 17, the face 80 pixels wide."""
    _, content = cv2.imencode(".jpg", _reduced(pixels, 80 / box[2]), [1, int(random.integers(8, 18))])
    return _rescaled(cv2.imdecode(content, 1).astype(np.uint8), pixels)


def dark(pixels: Pixels, box: Box, random: np.random.Generator) -> Pixels:
    exposed = (pixels / 255.0) ** random.uniform(2, 3) * 255 * random.uniform(0.5, 0.8)
    return np.clip(exposed + random.normal(0, 7, pixels.shape), 0, 255).astype(np.uint8)


def lit_from_a_side(pixels: Pixels, box: Box, random: np.random.Generator) -> Pixels:
    middle = box[0] + box[2] / 2
    across = np.clip((np.arange(pixels.shape[1]) - middle) / (box[2] / 2), -1, 1) * random.choice([-1, 1])
    light = 0.12 + 1.3 * (0.5 + 0.475 * across)
    return np.clip(pixels * light[None, :, None], 0, 255).astype(np.uint8)


def turned(pixels: Pixels, box: Box, random: np.random.Generator) -> Pixels:
    """Foreshortened as a plane would be that turns away."""
    middle, width = np.array([box[0] + box[2] / 2, box[1] + box[3] / 2]), box[2]
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float64)
    narrowed = corners * np.array([0.65, 1])
    away = np.sign(corners[:, 0]) == random.choice([-1, 1])
    narrowed[away, 1] *= 1 - random.uniform(0.25, 0.38)
    transform = cv2.getPerspectiveTransform(
        (middle + width * corners).astype(np.float32), (middle + width * narrowed).astype(np.float32)
    )
    size = (pixels.shape[1], pixels.shape[0])
    return cv2.warpPerspective(pixels, transform, size, borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)


def lower_half_covered(pixels: Pixels, box: Box, random: np.random.Generator) -> Pixels:
    covered = pixels.copy()
    covered[max(0, int(box[1] + box[3] * random.uniform(0.62, 0.75))) :] = random.integers(40, 200)
    return covered


def eyes_covered(pixels: Pixels, box: Box, random: np.random.Generator) -> Pixels:
    covered = pixels.copy()
    left, right = (max(0, int(box[0] + box[2] * share)) for share in (0.05, 0.95))
    top, bottom = (max(0, int(box[1] + box[3] * share)) for share in (0.18, 0.42))
    covered[top:bottom, left:right] = 20
    return covered


DEGRADATIONS: Final[dict[str, Degradation]] = {
    "small": small,
    "blurred": blurred,
    "compressed": compressed,
    "dark": dark,
    "lit from a side": lit_from_a_side,
    "turned": turned,
    "lower half covered": lower_half_covered,
    "eyes covered": eyes_covered,
}
DRAWN: Final = ("as they are", "one, first draw", "one, second draw", "two at once")


def _reduced(pixels: Pixels, factor: float) -> Pixels:
    factor = min(factor, 1.0)
    return cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA).astype(np.uint8)


def _rescaled(pixels: Pixels, like: Pixels) -> Pixels:
    size = (like.shape[1], like.shape[0])
    return cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class HardFaces:
    """Faces as they are and degraded.

    Attributes:
        sets: (n,) "johns", "sitcom", "first" or "second" half of LFW.
        people: (n,) names.
        pictures: (n,) paths.
        draws: (n,) one of DRAWN.
        degradations: (n,) what was done to the picture.
        seen: (n,) whether the detector found the face.
        quality: (n,) 0 to 1.
        vectors: (n, 128) descriptors.
    """

    sets: IntArray
    people: IntArray
    pictures: IntArray
    draws: IntArray
    degradations: IntArray
    seen: IntArray
    quality: FloatArray
    vectors: FloatArray


def load(features: Path) -> HardFaces:
    with np.load(features) as stored:
        return HardFaces(**{name: stored[name] for name in HardFaces.__slots__})


def variants(pixels: Pixels, box: Box, random: np.random.Generator) -> Iterator[tuple[str, str, Pixels]]:
    """Which draw it is, what was done, and what came of it."""
    names = random.permutation(list(DEGRADATIONS)).tolist()
    for draw, chosen in zip(DRAWN, ([], names[:1], names[1:2], names[2:4]), strict=True):
        spoilt = pixels
        for name in chosen:
            spoilt = DEGRADATIONS[name](spoilt, box, random)
        yield draw, " and ".join(chosen), spoilt


def pictures_of(lfw: Path, other: Path) -> list[tuple[str, Path]]:
    """Pictures by set: those of the small libraries, and some of people of LFW, halved as in grouping_lfw."""
    people = sorted(folder for folder in lfw.iterdir() if folder.is_dir())
    half = np.random.default_rng(0).permutation(len(people)) % 2
    names = {person: ("first", "second")[part] for person, part in zip(people, half, strict=True)}
    frequent = [person for person in people if len(list(person.glob("*.jpg"))) >= FEWEST_FACES]
    random = np.random.default_rng(1)
    chosen = [frequent[place] for place in random.permutation(len(frequent))[:PEOPLE]]
    found = [(folder.name, path) for folder in sorted(other.iterdir()) for path in sorted(folder.glob("*/*"))]
    for person in chosen:
        files = sorted(person.glob("*.jpg"))
        found += [(names[person], files[place]) for place in random.permutation(len(files))[:MOST_FACES]]
    return found


def _overlap(box: FloatArray, other: FloatArray) -> float:
    low, high = np.maximum(box[:2], other[:2]), np.minimum(box[:2] + box[2:], other[:2] + other[2:])
    shared = np.prod(np.maximum(high - low, 0))
    return float(shared / (np.prod(box[2:]) + np.prod(other[2:]) - shared))


def _observed(analyser: FaceAnalyser, pixels: Pixels, box: Box) -> tuple[bool, float, FloatArray]:
    """Whether the face is seen, its quality and its descriptor."""
    picture = Picture(np.ascontiguousarray(pixels), pixels.shape[1], pixels.shape[0])
    found, wanted = analyser.search(picture), np.array(box, np.float32)
    likeness = [_overlap(one, wanted) for one in found.boxes]
    seen = max(likeness, default=0) >= SAME_FACE
    place = int(np.argmax(likeness)) if seen else 0
    face = Detections(wanted[None], np.array([UNSEEN], np.float32))
    if seen:
        face = Detections(found.boxes[place : place + 1], found.scores[place : place + 1])
    observed = analyser.describe(analyser.align(picture, face))
    return seen, float(observed.quality[0]), observed.descriptors[0]


def _largest(analyser: FaceAnalyser, pixels: Pixels) -> Box | None:
    found = analyser.search(Picture(pixels, pixels.shape[1], pixels.shape[0]))
    if not len(found.boxes):
        return None
    left, top, width, height = found.boxes[np.argmax(found.boxes[:, 2])].tolist()
    return left, top, width, height


@app.command()
def describe(
    features: Path,
    lfw: Annotated[Path, typer.Option(exists=True, file_okay=False)],
    small: Annotated[Path, typer.Option(exists=True, file_okay=False, help="Holds one folder a library.")],
    part: Annotated[int, typer.Option(help="Of the pictures, to share the work.")] = 0,
    parts: int = 1,
) -> None:
    """Degrade pictures, find and describe their faces, and keep what comes of it."""
    analyser, rows = dlib_analyser(), []
    for title, path in track(pictures_of(lfw, small)[part::parts], "Describing faces"):
        with Image.open(path) as image:
            pixels = np.asarray(image.convert("RGB"))
        pixels = np.ascontiguousarray(_reduced(pixels, LONGEST / max(pixels.shape)))
        box = LFW_BOX if title in ("first", "second") else _largest(analyser, pixels)
        if box is None:
            continue
        random = np.random.default_rng(zlib.crc32(path.name.encode()))
        for draw, degradation, spoilt in variants(pixels, box, random):
            rows.append((title, path.parent.name, path.name, draw, degradation, *_observed(analyser, spoilt, box)))
    columns = zip(*rows, strict=True)
    np.savez(features, **{name: np.array(column) for name, column in zip(HardFaces.__slots__, columns, strict=True)})


def libraries(faces: HardFaces, draw: str, unseen: bool) -> Iterator[tuple[str, list[IntArray]]]:
    """Rows of the libraries that are tried, by title."""
    there = (faces.draws == draw) & (faces.seen | unseen)
    for name in ("johns", "sitcom"):
        yield name, [np.flatnonzero(there & (faces.sets == name))]
    for half in ("first", "second"):
        people = np.unique(faces.people[faces.sets == half])
        for count in COUNTS:
            random = np.random.default_rng(count)
            chosen = [random.choice(people, count, replace=False) for _ in range(DRAWS)]
            rows = [np.flatnonzero(there & np.isin(faces.people, some)) for some in chosen]
            yield f"{count} people, {half} half", rows


def figures(faces: HardFaces, rows: IntArray, options: dict[str, float]) -> list[float]:
    """BCubed P, R, F; F of average linkage at the cut that is best for this library; faces nearest to a stranger."""
    vectors, people = faces.vectors[rows], np.unique(faces.people[rows], return_inverse=True)[1].astype(np.int64)
    graph = ExactIndex().graph(vectors, NEIGHBOURS, Unattended())
    clusterer = create_clusterer("infomap", **options)
    found = clusterer.fit_predict(graph, quality=faces.quality[rows], context=Unattended())
    cubed = bcubed(contingency(people, found))
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    tree = linkage(pdist(unit, "sqeuclidean"), "average")
    best = max(bcubed(contingency(people, fcluster(tree, cut, "distance").astype(np.int64))).f for cut in CUTS)
    squares = squareform(pdist(unit, "sqeuclidean"))
    np.fill_diagonal(squares, np.inf)
    astray = float(np.mean(people[squares.argmin(axis=1)] != people))
    return [cubed.precision, cubed.recall, cubed.f, best, astray]


@app.command()
def table(
    features: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    unseen: Annotated[bool, typer.Option(help="With faces that the detector no longer finds.")] = False,
    option: Annotated[list[str], typer.Option(help="KEY=NUMBER of infomap.")] = [],  # noqa: B006
) -> None:
    """Print how well small libraries are grouped, and what their descriptors allow."""
    faces = load(features)
    options: dict[str, float] = {}
    for pair in option:
        key, _, value = pair.partition("=")
        options[key] = float(value) if "." in value else int(value)
    columns = ("faces", "BCubed P", "R", "F", "10 % below", "best cut", "astray")
    shown = Table("degraded", "library", *columns, box=None)
    for draw in DRAWN:
        for title, parts in libraries(faces, draw, unseen):
            results = np.array([figures(faces, rows, options) for rows in parts])
            means, low = results.mean(axis=0), np.quantile(results[:, 2], 0.1)
            cells = [f"{value:.3f}" for value in (*means[:3], low, *means[3:])]
            shown.add_row(draw, title, f"{np.mean([len(rows) for rows in parts]):.0f}", *cells)
    Console(width=130).print(shown)


@app.command()
def degradations(features: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Print what each degradation does to the faces of LFW that are still seen, and how many are."""
    faces = load(features)
    lfw = np.isin(faces.sets, ("first", "second"))
    plain = lfw & (faces.draws == DRAWN[0])
    unit = faces.vectors / np.linalg.norm(faces.vectors, axis=1, keepdims=True)
    shown = Table("degradation", "faces", "seen", "quality", "to own", "to strangers", "5 % least", box=None)
    for title in np.unique(faces.degradations[lfw & (faces.draws != DRAWN[3])]):
        every = lfw & (faces.degradations == title) & (faces.draws != DRAWN[3])
        rows = np.flatnonzero(every & faces.seen)
        distances = np.sqrt(np.maximum(2 - 2 * unit[rows] @ unit[plain].T, 0))
        own = faces.people[rows][:, None] == faces.people[plain][None]
        same = own & (faces.pictures[rows][:, None] != faces.pictures[plain][None])
        cells = [np.median(faces.quality[rows]), *np.median(distances[same])[None], np.median(distances[~own])]
        cells.append(np.quantile(distances[~own], 0.05))
        share = f"{faces.seen[every].mean():.3f}"
        shown.add_row(title or "none", f"{np.count_nonzero(every)}", share, *(f"{value:.3f}" for value in cells))
    Console(width=110).print(shown)


if __name__ == "__main__":
    app()
