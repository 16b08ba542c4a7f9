"""How quick corrections, suggestions and the review queue are in a large library.

    python tests/benchmarks/corrections.py make LIBRARY --faces 100000 --people 2000
    python tests/benchmarks/corrections.py figures LIBRARY

``make`` writes a library of invented people: distances between faces of one and of two people are spread like those of
Labeled Faces in the Wild. Three fifths of the faces are those of named people; a fifth are in unnamed groups, a quarter
of which are people with a name; a fifth are nobody's, half of them of people with a name.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import numpy as np
import typer

from faceorganizer.db.database import Database
from faceorganizer.db.engine import connect
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.geometry import FloatArray, IntArray
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.review import IsPerson
from faceorganizer.library import Library

DIMENSION = 128
WITHIN, BETWEEN = 0.083, 0.245  # variance of a face around its person, and of people
FACES_A_PHOTO = 2
ROUNDS = 20

Result = TypeVar("Result")

app = typer.Typer()
Place = Annotated[Path, typer.Argument(metavar="LIBRARY")]


def drawn(count: int, variance: float, random: np.random.Generator) -> FloatArray:
    """Points whose distances vary as those of descriptors do: as if they had some forty dimensions."""
    spectrum = np.exp(-np.arange(DIMENSION) / 20)
    scale = np.sqrt(variance * spectrum / spectrum.sum()).astype(np.float32)
    return random.standard_normal((count, DIMENSION), np.float32) * scale


def shares(total: int, parts: int, random: np.random.Generator) -> IntArray:
    """Which part each of ``total`` is of, at least two each, sizes with a heavy tail."""
    weights = random.pareto(1.2, parts) + 0.2
    sizes = 2 + np.floor((total - 2 * parts) * weights / weights.sum()).astype(np.int64)
    sizes[0] += total - sizes.sum()
    return np.repeat(np.arange(parts), sizes)


@app.command()
def make(library: Place, faces: int = 100_000, people: int = 2_000, seed: int = 0, photos: int | None = None) -> None:
    """Write a library of invented people; with as many photos as are asked for, or one for two faces."""
    started = time.perf_counter()
    random = np.random.default_rng(seed)
    named, grouped = faces * 3 // 5, faces // 5
    groups = max(1, grouped // 5)
    holders = np.concatenate([shares(named, people, random), people + shares(grouped, groups, random)])
    identity = np.arange(people + groups + faces)
    of_named = random.random(groups) < 0.25
    identity[people : people + groups][of_named] = random.integers(0, people, int(of_named.sum()))
    loose = faces - named - grouped
    strangers = np.where(
        random.random(loose) < 0.5, random.integers(0, people, loose), people + groups + np.arange(loose)
    )
    identities = np.concatenate([identity[holders], strangers])
    centres = drawn(people + groups + faces, BETWEEN, random)
    vectors = centres[identities] + drawn(faces, WITHIN, random)
    holder = np.concatenate([holders + 1, np.zeros(loose, np.int64)])
    photo = random.permutation(faces) * (photos or faces // FACES_A_PHOTO) // faces + 1
    write_library(library, vectors, holder, photo, people, random)
    print(f"{faces} faces of {people} people and {groups} groups in {time.perf_counter() - started:.1f} s")


def write_library(
    folder: Path, vectors: FloatArray, holder: IntArray, photo: IntArray, people: int, random: np.random.Generator
) -> None:
    opened = Library(Database.create(folder))
    model = opened._clustering.model
    opened.close()
    quality = random.uniform(0.4, 1.0, len(vectors)).tolist()
    connection = connect(folder / "library.sqlite")
    connection.execute("BEGIN")
    connection.execute("INSERT INTO root VALUES (1, '/photos', '1:1', '[]')")
    columns = "(id, name, version, dimension, metric, aligner)"
    connection.execute(
        f"INSERT INTO model {columns} VALUES (1, ?, ?, ?, ?, ?)",
        (model.name, model.version, model.dimension, model.metric, model.aligner),
    )
    photos = range(1, int(photo.max()) + 1)
    connection.executemany(
        "INSERT INTO content (id, hash, format, width, height, orientation, taken, taken_source)"
        " VALUES (?, ?, 'jpeg', 4000, 3000, 1, ?, 'exif')",
        ((n, n.to_bytes(8, "little"), f"{2000 + n % 25}-06-01T12:00:00") for n in photos),
    )
    connection.executemany(
        "INSERT INTO file (id, root_id, path, size, mtime_ns, content_id, state, error)"
        " VALUES (?, 1, ?, 1, 2, ?, 'present', '')",
        ((n, f"{n % 100}/{n}.jpg", n) for n in photos),
    )
    connection.executemany(
        "INSERT INTO face (id, content_id, x, y, width, height, score, quality, source, state, detector)"
        " VALUES (?, ?, ?, 100, 200, 200, 1.0, ?, 'detected', 'active', 'none')",
        (
            (n, place, 300 * (n % 10), good)
            for n, (place, good) in enumerate(zip(photo.tolist(), quality, strict=True), 1)
        ),
    )
    connection.executemany(
        "INSERT INTO descriptor VALUES (?, 1, ?)", ((n, vector.tobytes()) for n, vector in enumerate(vectors, 1))
    )
    connection.executemany(
        "INSERT INTO person (id, name, hidden, note, created) VALUES (?, ?, 0, '', '2026-01-01T00:00:00+00:00')",
        ((n, f"Person {n}" if n <= people else None) for n in range(1, int(holder.max()) + 1)),
    )
    connection.executemany(
        "INSERT INTO assignment (face_id, person_id, source) VALUES (?, ?, ?)",
        (
            (n, held, "confirmed" if held <= people else "automatic")
            for n, held in enumerate(holder.tolist(), 1)
            if held
        ),
    )
    connection.execute("COMMIT")
    connection.close()


class Stopwatch:
    """Times of what is done, by name, in milliseconds: by the clock, and of the processor where others use it, too."""

    def __init__(self) -> None:
        self._times: dict[str, list[tuple[float, float]]] = {}

    def time(self, what: str, action: Callable[[], Result]) -> Result:
        started = time.perf_counter(), time.process_time()
        result = action()
        ended = time.perf_counter(), time.process_time()
        self._times.setdefault(what, []).append((1000 * (ended[0] - started[0]), 1000 * (ended[1] - started[1])))
        return result

    def show(self) -> None:
        print(
            f"{'milliseconds':45} {'clock: median':>15} {'most':>9} {'processor: median':>20} {'most':>9} {'times':>6}"
        )
        for what, times in self._times.items():
            clock, processor = zip(*times, strict=True)
            print(
                f"{what:45} {statistics.median(clock):15.1f} {max(clock):9.1f}"
                f" {statistics.median(processor):20.1f} {max(processor):9.1f} {len(times):6}"
            )


@app.command()
def figures(library: Place, seed: int = 1) -> None:
    """Measure suggestions, the queue and each operation; the library is changed by it."""
    watch = Stopwatch()
    random = np.random.default_rng(seed)
    opened = Library.open(library)
    review = opened.review
    questions = watch.time("queue, first call: all is read and compared", review.queue)
    print(f"{len(questions)} questions")
    for _ in range(3):
        watch.time("queue, nothing changed", review.queue)
    count = opened.info().faces["active"]
    for face in random.integers(1, count, 200).tolist():
        watch.time("suggestions for a face", lambda face=face: review.suggestions(FaceId(face)))
    watch.time("all suggestions", review.suggest_all)
    _answers(opened, watch)
    _operations(opened, watch, random)
    watch.show()
    opened.close()


def _answers(opened: Library, watch: Stopwatch) -> None:
    for number in range(ROUNDS):
        question = next(
            q for q in opened.review.queue() if isinstance(q, IsPerson) and (number % 4 == 0) == (not q.group)
        )
        if number % 2:
            watch.time("answer no", lambda q=question: opened.faces.reject(q.faces, q.person))
        else:
            watch.time("answer yes", lambda q=question: opened.faces.confirm(q.faces, q.person, same_photo=False))
        watch.time("queue after an answer", opened.review.queue)
        watch.time("suggestions for a face after an answer", lambda q=question: opened.review.suggestions(q.faces[0]))


def _operations(opened: Library, watch: Stopwatch, random: np.random.Generator) -> None:
    for number in range(ROUNDS):
        records = [record for record in opened.people.list() if 2 <= record.faces <= 200]
        named = [record.id for record in records if record.name is not None]
        groups = [record.id for record in records if record.name is None]
        one, other = (PersonId(int(person)) for person in random.choice(named, 2, replace=False))
        group, second = (PersonId(int(person)) for person in random.choice(groups, 2, replace=False))
        for what, action in _steps(opened, one, other, group, second, number).items():
            watch.time(what, action)
        watch.time("queue after all of these", opened.review.queue)


def _steps(
    opened: Library, one: PersonId, other: PersonId, group: PersonId, second: PersonId, number: int
) -> dict[str, Callable[[], ChangeSet]]:
    people, faces = opened.people, opened.faces
    first, *_, last = (record.face for record in faces.list(person=one))
    third = faces.list(person=other)[0].face
    return {
        "name a group": lambda: people.name(group, f"New {number}"),
        "rename": lambda: people.name(other, f"Renamed {number}"),
        "move a face": lambda: faces.move([first], other, same_photo=True),
        "confirm a face": lambda: faces.confirm([first], one, same_photo=True),
        "reject a face": lambda: faces.reject([first], one),
        "ignore a face": lambda: faces.ignore([last]),
        "restore a face": lambda: faces.restore([last]),
        "not a face": lambda: faces.not_a_face([last]),
        "hide": lambda: people.hide([second]),
        "show again": lambda: people.restore([second]),
        "note": lambda: people.note(one, "A note"),
        "birth date": lambda: people.birth_date(one, "1980-01-01"),
        "different": lambda: opened.review.different(one, other),
        "split": lambda: people.split(other, [third]),
        "merge": lambda: people.merge([one, second], same_photo=False),
    }


if __name__ == "__main__":
    app()
