"""What rounding descriptors to one byte a number costs and saves.

    python tests/benchmarks/compact_descriptors.py loss shared/data/lfw --features lfw.npz
    python tests/benchmarks/compact_descriptors.py grids shared/data/lfw --features lfw.npz
    python tests/benchmarks/compact_descriptors.py indexes --features lfw.npz --faces 100000
    python tests/benchmarks/compact_descriptors.py library --features lfw.npz --faces 100000

``loss`` compares distances, groups and suggestions. Infomap's seed alone moves the figures of groups, so there are
those of the program's seed and the mean of several. ``indexes`` and ``library`` take faces of LFW with noise, such that
copies of one face are 0.30 apart; wall times are those of the machine at that moment, CPU seconds say more.
"""

import gc
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from grouping_lfw import NEIGHBOURS, libraries, load_features
from rich.console import Console
from rich.table import Table
from suggestions_lfw import FACES, GROUPS, Faces, figures

from faceorganizer.clustering.metrics import bcubed, contingency, pairwise
from faceorganizer.clustering.registry import create_clusterer
from faceorganizer.db.database import Database
from faceorganizer.domain.compact import CompactForm, compact_form
from faceorganizer.domain.faces import EmbeddingModel, FaceObservations
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.ids import ModelId
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity
from faceorganizer.domain.progress import Unattended
from faceorganizer.neighbours.compact import CompactLists
from faceorganizer.neighbours.exact import ExactIndex
from faceorganizer.neighbours.ivf import InvertedLists
from faceorganizer.recognition.evidence import LFW
from faceorganizer.recognition.gallery import REACH
from faceorganizer.services.benchmark.worker import peak_memory, recall

DLIB = EmbeddingModel("dlib-resnet-v1", "0" * 16, 128, "euclidean", "68-point")
PAIRS = 1_000_000
A_PHOTO = 1000  # faces: photos are not what is measured
APART = 0.30

app = typer.Typer(add_completion=False)
Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False)]
Features = Annotated[Path, typer.Option()]
Count = Annotated[int, typer.Option()]


def the_form() -> CompactForm:
    form = compact_form(DLIB)
    assert form is not None
    return form


@app.command()
def loss(folder: Folder, features: Features, seeds: Count = 12) -> None:
    """Distances, groups and suggestions with full and with compact descriptors."""
    vectors, people = load_features(folder, features)
    form, console = the_form(), Console(width=130)
    codes = form.encode(vectors)
    rounded = form.decode(codes)
    console.print(f"{vectors.nbytes // len(vectors)} bytes a face, then {codes.nbytes // len(codes)}")
    console.print(f"numbers clipped: {form.clipped(vectors)} of {vectors.size}")
    first, second = np.random.default_rng(0).integers(0, len(vectors), (2, PAIRS))
    error = _apart(rounded, first, second) - _apart(vectors, first, second)
    moved = np.linalg.norm(rounded - vectors, axis=1)
    console.print(f"distances of {PAIRS:,} pairs: root mean square error {np.sqrt((error**2).mean()):.5f}, ", end="")
    console.print(
        f"mean {error.mean():.6f}, largest {np.abs(error).max():.5f}; a descriptor moves by {moved.mean():.4f}"
    )
    table = Table("library", "faces", "pairs F", "compact", "BCubed F", "compact", "mean pairs", "compact", "loss",
                  "mean BCubed", "compact", "loss", box=None)  # fmt: skip
    for title, (rows, *_) in list(libraries(people).items())[:3]:
        full, small = (_agreements(some[rows], people[rows], seeds) for some in (vectors, rounded))
        own = [f"{value:.4f}" for pair in zip(full[0], small[0], strict=True) for value in pair]
        means = []
        for measure in (0, 1):
            lost = full[:, measure] - small[:, measure]
            doubt = lost.std(ddof=1) / np.sqrt(seeds)
            means += [f"{full[:, measure].mean():.4f}", f"{small[:, measure].mean():.4f}"]
            means.append(f"{lost.mean():+.4f} ± {doubt:.4f}")
        table.add_row(title, str(len(rows)), *own, *means)
    console.print(table)
    _suggestions(console, vectors, rounded, people)


@app.command()
def grids(folder: Folder, features: Features, count: Count = 12) -> None:
    """What the program's seed makes of roundings that are as good: steps of the same width, begun elsewhere."""
    vectors, people = load_features(folder, features)
    form, random = the_form(), np.random.default_rng(0)
    shifts = random.uniform(-0.5, 0.5, (count, form.dimension)).astype(np.float32) * np.float32(form.step)
    forms = [CompactForm(form.centres + shift, form.step) for shift in shifts]
    for title, (rows, *_) in list(libraries(people).items())[:3]:
        full = _agreements(vectors[rows], people[rows], 1)[0]
        found = [_agreements(one.decode(one.encode(vectors[rows])), people[rows], 1)[0] for one in forms]
        lost = full - np.array(found)
        for name, column in zip(("pairs F", "BCubed F"), lost.T, strict=True):
            doubt = column.std(ddof=1) / np.sqrt(count)
            print(
                f"{title}, {name}: loss {column.mean():+.4f} ± {doubt:.4f}, {column.min():+.4f} to {column.max():+.4f}"
            )


def _suggestions(console: Console, vectors: FloatArray, rounded: FloatArray, people: IntArray) -> None:
    table = Table("faces of the group, people", "asked", "best is right", "compact", "ECE", "compact", "right if > 0.9",
                  "compact", box=None)  # fmt: skip
    plans = [Faces(some, people, 1).draws([*FACES, *GROUPS], 2, reach=REACH) for some in (vectors, rounded)]
    for title, draws in plans[0].items():
        full, small = figures(draws, LFW), figures(plans[1][title], LFW)
        shown = [f"{value:.4f}" for place in (1, 2, 6) for value in (full[place], small[place])]
        table.add_row(title, str(int(full[0])), *shown)
    console.print(table)


def _apart(vectors: FloatArray, first: IntArray, second: IntArray) -> FloatArray:
    lengths: FloatArray = np.linalg.norm(vectors[first] - vectors[second], axis=1)
    return lengths


def _agreements(vectors: FloatArray, people: IntArray, seeds: int) -> FloatArray:
    """Pairwise and BCubed F (seeds, 2) of the default method."""
    graph = ExactIndex().graph(vectors, NEIGHBOURS, Unattended())
    found = []
    for seed in range(seeds):
        labels = create_clusterer("infomap", seed=seed).fit_predict(graph, context=Unattended())
        table = contingency(people, labels)
        found.append((pairwise(table).f, bcubed(table).f))
    return np.array(found)


def crowd(features: Path, faces: int) -> FloatArray:
    """Faces of LFW (n, 128), each with noise."""
    random = np.random.default_rng(0)
    with np.load(features) as stored:
        known = stored["vectors"].astype(np.float32)
    chosen = known[random.integers(0, len(known), faces)]
    chosen += random.standard_normal(chosen.shape, np.float32) * np.float32(APART / (2 * 128) ** 0.5)
    return chosen


@app.command()
def indexes(features: Features, faces: Count = 100_000) -> None:
    """Time, memory and recall of the inverted lists, each in a process of its own."""
    for name in ("ivf", "codes", "ivf-compact"):
        command = [sys.executable, __file__, "index", name, "--features", str(features), "--faces", str(faces)]
        subprocess.run(command, check=True)


@app.command(hidden=True)
def index(name: str, features: Features, faces: Count) -> None:
    """One index."""
    vectors = crowd(features, faces)
    form = the_form()
    codes = form.encode(vectors) if name == "codes" else np.zeros((0, 128), np.uint8)
    if name == "codes":
        del vectors
    before = _memory_now()
    wall, cpu = time.perf_counter(), time.process_time()
    if name == "codes":
        graph = CompactLists().graph_of_codes(codes, form, NEIGHBOURS, Unattended())
    else:
        lists = InvertedLists() if name == "ivf" else CompactLists()
        graph = lists.graph(vectors, NEIGHBOURS, Unattended())
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = peak_memory()
    print(
        f"{name}, {faces:,} faces: CPU {cpu:.1f} s, {wall:.1f} s; peak {peak / 1e6:.0f} MB, {before / 1e6:.0f} MB "
        f"with what is searched; recall {recall(graph):.4f}",
        flush=True,
    )


def _memory_now() -> int:
    """Bytes of memory in use; the most that were so far is forgotten, where the system (Linux) allows it."""
    gc.collect()
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return peak_memory()


@app.command()
def library(features: Features, faces: Count = 100_000) -> None:
    """Size of a library's database in both forms, and how long descriptors take to read and to round."""
    folder = Path(tempfile.mkdtemp(prefix="compact-"))
    try:
        with closing(Database.create(folder / "library")) as database:
            _fill(database, crowd(features, faces))
            database.vacuum()
            _report("full", database, faces)
            with database.write() as unit:
                unit.settings.set("storage.descriptors", "compact")
            with timed("rounded"):
                after, more = None, True
                while more:
                    with database.write() as unit:
                        _, after = unit.descriptors.compact_some(after)
                    more = after is not None
            with timed("vacuumed"):
                database.vacuum()
            _report("compact", database, faces)
    finally:
        shutil.rmtree(folder)


def _fill(database: Database, vectors: FloatArray) -> None:
    with database.write() as unit:
        root = unit.roots.add(Path("/photos"), "1:1").id
        model = unit.models.id_of(DLIB)
        for start in range(0, len(vectors), A_PHOTO):
            part = vectors[start : start + A_PHOTO]
            count = len(part)
            content = unit.contents.add(PictureIdentity(b"f", str(start).encode(), "jpeg", 4000, 3000))
            record = FileRecord(0, root, f"{start}.jpg", 1, 2, b"f", content, FileState.PRESENT)  # type: ignore[arg-type]
            unit.files.add([record])
            found = FaceObservations(
                np.full((count, 4), 50, np.float32),
                np.ones(count, np.float32),
                np.ones((count, 68, 2), np.float32),
                part,
                np.ones(count, np.float32),
            )
            unit.faces.store(content, model, "none", found, [], [])


def _report(title: str, database: Database, faces: int) -> None:
    with closing(sqlite3.connect(database.path)) as connection:
        (stored,) = connection.execute("SELECT sum(length(vector)) FROM descriptor").fetchone()
    size = database.path.stat().st_size
    print(f"{title}: {stored / faces:.0f} bytes a face, database {size / 1e6:.1f} MB, {size / faces:.0f} bytes a face")
    for number in range(2):
        with timed(f"{title}: all read as arrays, time {number + 1}"), database.read() as unit:
            unit.descriptors.table(ModelId(1))
    if title == "compact":
        with timed("compact: all read as codes"), database.read() as unit:
            unit.descriptors.codes(ModelId(1), the_form())


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long something takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{what}: CPU {cpu:.2f} s, {wall:.2f} s; peak so far {peak:.0f} MB", flush=True)


if __name__ == "__main__":
    app()
