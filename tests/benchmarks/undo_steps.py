"""How long it takes to take decisions back: single ones in a large library, and 10,000 faces in one step.

    python tests/benchmarks/undo_steps.py [--faces 100000] [--people 2000] [--bulk 10000]

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
from faceorganizer.domain.faces import AssignmentSource, EmbeddingModel, FaceObservations, FaceState
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity
from faceorganizer.library import Library

MODEL = EmbeddingModel("made up", "0123456789abcdef", 128, "euclidean", "68-point")
IN_A_PHOTO = 4
ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faces", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--bulk", type=int, default=10_000)
    arguments = parser.parse_args()
    with filled(arguments.faces, arguments.people) as library:
        print(f"{arguments.faces} faces, {arguments.people} people, half of them named; milliseconds (of the process)")
        print(f"{'':24}{'do':>17}{'undo':>17}{'redo':>17}")
        for name, operation in single_operations(library).items():
            show(name, library, operation)
        for name, operation in bulk_operations(library, arguments.bulk).items():
            show(f"{name}, {arguments.bulk} faces", library, operation)
        print(f"history of 100 steps: {1000 * timed(library.history)[0]:.1f}")


@contextmanager
def filled(faces: int, people: int) -> Iterator[Library]:
    """A library of made-up faces, four in each photo, dealt out to people in turn."""
    rng = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        database = Database.create(Path(folder, "library"))
        with database.write() as unit:
            root = unit.roots.add(Path("/photos"), "1:1").id
            model = unit.models.id_of(MODEL)
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
    }


def bulk_operations(library: Library, count: int) -> dict[str, Callable[[], object]]:
    """Many faces in one step."""
    with library._database.read() as unit:
        faces = [face.face for face in unit.faces.records()][:count]
        persons = unit.people.of_faces(faces)
        target = unit.people.records()[0].id

    def assign() -> None:
        with library._database.write("move") as unit:
            unit.people.assign(faces, target, AssignmentSource.MANUAL)

    def ignore() -> None:
        with library._database.write("ignore") as unit:
            unit.faces.set_state(faces, FaceState.IGNORED)

    def reject() -> None:
        with library._database.write("reject") as unit:
            unit.people.unassign(faces)
            unit.people.reject(list(persons.items()), "user")

    return {"move": assign, "ignore": ignore, "reject": reject}


def show(name: str, library: Library, operation: Callable[[], object]) -> None:
    times: dict[str, list[tuple[float, float]]] = {"do": [], "undo": [], "redo": []}
    for _ in range(ROUNDS):
        times["do"].append(timed(operation))
        times["undo"].append(timed(library.undo))
        times["redo"].append(timed(library.redo))
        library.undo()
    medians = (tuple(map(statistics.median, zip(*values, strict=True))) for values in times.values())
    print(f"{name:24}" + "".join(f"{1000 * wall:9.1f} ({1000 * own:5.1f})" for wall, own in medians), flush=True)


def timed(action: Callable[[], object]) -> tuple[float, float]:
    """Seconds that passed, and those that this process worked: on a machine that others use, the two differ."""
    start, own = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - start, time.process_time() - own


if __name__ == "__main__":
    main()
