"""How long decisions take, and taking them back: single ones in a large library, and 10,000 faces in one step.

    python tests/benchmarks/corrections.py [--faces 100000] [--people 2000] [--bulk 10000]

The faces are made up; half of the people are named. Each time is the median of some rounds, transaction included.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from faceorganizer.db.database import Database
from faceorganizer.domain.faces import EmbeddingModel, FaceObservations
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity
from faceorganizer.library import Library

MODEL = EmbeddingModel("made up", "0123456789abcdef", 128, "euclidean", "68-point")
IN_A_PHOTO = 4
ROUNDS = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faces", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--bulk", type=int, default=10_000)
    arguments = parser.parse_args()
    with filled(arguments.faces, arguments.people) as library:
        print(f"{arguments.faces} faces, {arguments.people} people, half of them named; milliseconds")
        print(f"{'':24}{'do':>8}{'undo':>8}{'redo':>8}")
        for name, operation in single_operations(library).items():
            show(name, library, operation)
        for name, operation in bulk_operations(library, arguments.bulk).items():
            show(f"{name}, {arguments.bulk} faces", library, operation)
        print(f"history of 100 steps: {1000 * timed(library.history):.1f}")


@contextmanager
def filled(faces: int, people: int) -> Iterator[Library]:
    """A library of made-up faces, four in each photo, dealt out to people in turn."""
    rng = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        database = Database.create(Path(folder, "library"))
        with database.write() as unit:
            root = unit.roots.add(Path("/photos"), "1:1").id
            model = unit.faces.model_id(MODEL)
            run = unit.runs.add("made up", {}, model, 0, 0.0, {})
            ids: list[int] = []
            for photo in range(faces // IN_A_PHOTO):
                content = unit.contents.add(PictureIdentity(b"", photo.to_bytes(8, "big"), "jpeg", 4000, 3000))
                unit.files.add([FileRecord(0, root, f"{photo}.jpg", 1, 1, None, content, FileState.PRESENT)])  # type: ignore[arg-type]
                ids += unit.faces.store(content, model, "made up", observations(rng), [], [])
            unit.people.apply_grouping(run, np.array(ids), -2 - np.arange(len(ids)) % people)
        with database.write() as unit:
            for number, person in enumerate(unit.people.records()[: people // 2]):
                unit.people.rename(person.id, f"Person {number}")
        library = Library(database, Path(folder, "settings.toml"))
        try:
            yield library
        finally:
            library.close()


def observations(rng: np.random.Generator) -> FaceObservations:
    return FaceObservations(
        boxes=rng.random((IN_A_PHOTO, 4), np.float32) * 1000,
        scores=rng.random(IN_A_PHOTO, np.float32),
        landmarks=rng.random((IN_A_PHOTO, 68, 2), np.float32) * 1000,
        descriptors=rng.random((IN_A_PHOTO, MODEL.dimension), np.float32),
        quality=rng.random(IN_A_PHOTO, np.float32),
    )


def single_operations(library: Library) -> dict[str, Callable[[], object]]:
    """One decision each; a new one, such as of a review, goes here."""
    groups = [person for person in library.people.list() if person.name is None]
    named = [person for person in library.people.list() if person.name is not None]
    with library._database.read() as unit:
        faces = unit.people.faces(groups[2].id)
    return {
        "name a group": lambda: library.people.name(groups[0].id, "Somebody New"),
        "name a face": lambda: library.people.name_face(faces[0], "Somebody Else"),
        "merge two": lambda: library.people.merge([named[0].id, groups[1].id]),
        "split off half": lambda: library.people.split(groups[2].id, faces[: len(faces) // 2]),
        "break up in three": lambda: library.people.break_up(groups[2].id, [faces[:20], faces[20:35], faces[35:]]),
        "confirm a face": lambda: library.faces.confirm(faces[:1]),
        "confirm a group": lambda: library.people.confirm([groups[3].id]),
        "reject a face": lambda: library.faces.reject(faces[:1]),
        "move a face": lambda: library.faces.move(faces[:1], named[0].id),
        "ignore a face": lambda: library.faces.ignore(faces[:1]),
        "hide a group": lambda: library.people.hide([groups[3].id]),
        "hide all small groups": lambda: library.people.hide_groups_below(1000),
        "write a note": lambda: library.people.note(named[0].id, "a note"),
    }


def bulk_operations(library: Library, count: int) -> dict[str, Callable[[], object]]:
    """Many faces in one step, one of each photo."""
    with library._database.read() as unit:
        faces = [face.face for face in unit.faces.records()][::IN_A_PHOTO][:count]
        target = unit.people.of_faces(faces)[faces[0]]
    return {
        "confirm": lambda: library.faces.confirm(faces),
        "move": lambda: library.faces.move(faces, target),
        "ignore": lambda: library.faces.ignore(faces),
        "reject": lambda: library.faces.reject(faces),
    }


def show(name: str, library: Library, operation: Callable[[], object]) -> None:
    times: dict[str, list[float]] = {"do": [], "undo": [], "redo": []}
    for _ in range(ROUNDS):
        times["do"].append(timed(operation))
        times["undo"].append(timed(library.undo))
        times["redo"].append(timed(library.redo))
        library.undo()
    print(f"{name:24}" + "".join(f"{1000 * statistics.median(values):8.1f}" for values in times.values()), flush=True)


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
