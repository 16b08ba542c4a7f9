"""Kills a process that works on a library, again and again, at any moment, and looks at what is left.

    python tests/benchmarks/power_loss.py [--rounds 200] [--seed 0]

Each round a child process decides, undoes, scans, groups, copies, restores, clears, forgets or migrates, one thing
after the other; after some milliseconds it gets SIGKILL. Then the library has to be sound, what the child reported as
done has to be there to the last row, and work has to go on. It needs a system with fork.
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import numpy as np

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import FaceOrganizerError, LibraryMissingError
from faceorganizer.domain.faces import EmbeddingModel, FaceObservations
from faceorganizer.domain.ids import ContentId
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity
from faceorganizer.library import Library

MODEL = EmbeddingModel("made up", "0123456789abcdef", 128, "euclidean", "68-point")
OLD = Path(__file__).resolve().parents[1] / "data" / "library-v1.sqlite"
NAMES = ("Ann", "Bob", "Cid", "Dot", "Eve")
LONGEST = 0.25  # seconds that a child is let live


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    interrupted: Counter[str] = Counter()
    done = 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "library")
        for number in range(arguments.rounds):
            if number % 10 == 0:
                make(folder, old=number % 20 == 0)
            finished, pending, digest = live(folder, chance.random() * LONGEST, seed=arguments.seed + number)
            inspect(folder, pending, digest)
            interrupted[pending or "nothing"] += 1
            done += finished
    print(f"{arguments.rounds} rounds, {done} operations finished, every library intact")
    print("killed in: " + ", ".join(f"{name} {count}" for name, count in interrupted.most_common()))


def make(folder: Path, *, old: bool) -> None:
    """A new library with something in it, or one of version 1, which the next child brings up to date."""
    shutil.rmtree(folder, ignore_errors=True)
    if old:
        folder.mkdir()
        shutil.copy(OLD, folder / "library.sqlite")
        return
    with closing(Database.create(folder)) as database:
        chance = random.Random(0)
        with database.write() as unit:
            unit.roots.add(Path("/photos"), "1:1")
        for _ in range(5):
            scan(Library(database, folder / "settings.toml"), chance)


def live(folder: Path, seconds: float, seed: int) -> tuple[int, str, str | None]:
    """Let a child work for a while, and kill it.

    Returns:
        How much it finished, in what it was killed, and the digest of the state before that.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            work(folder, writer, random.Random(seed))
        finally:
            traceback.print_exc()
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader) as told:
        first = told.readline()  # the child has started
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        lines = [line.split() for line in (first + told.read()).splitlines(keepends=True) if line.endswith("\n")]
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise SystemExit(f"the child failed by itself, after {lines[-1:]}")
    ends = [line for line in lines if line[0] == "end"]
    pending = lines[-1][1] if lines and lines[-1][0] == "begin" else ""
    return len(ends), pending, ends[-1][2] if ends else None


def work(folder: Path, told: int, chance: random.Random) -> None:
    """Do one thing after the other, for ever, telling before and after each."""
    os.write(told, b"begin open\n")
    library = Library(Database.open(folder), folder / "settings.toml")
    while True:
        os.write(told, f"end open {state(folder)}\n".encode())
        name = chance.choice(list(OPERATIONS))
        os.write(told, f"begin {name}\n".encode())
        with suppress(FaceOrganizerError, IndexError):  # such as nothing to undo, or nobody to choose: nothing changes
            OPERATIONS[name](library, chance)
        os.write(told, f"end {name} {state(folder)}\n".encode())


def inspect(folder: Path, pending: str, digest: str | None) -> None:
    """Look at what is left.

    Args:
        folder: Of the library.
        pending: What the child was doing; empty for nothing.
        digest: Of the state before that; None when it had just begun.
    """
    left = state(folder)
    if not pending and left != digest:
        raise SystemExit("what was reported as done is not there")
    try:
        with closing(Database.open(folder)) as database:
            if problems := database.check():
                raise SystemExit(f"after {pending or 'nothing'}: {problems}")
            library = Library(database, folder / "settings.toml")
            library.people.name_face(scan(library, random.Random(1)), f"Somebody {time.time_ns()}")
            library.undo()
            library.redo()
            if problems := database.check():
                raise SystemExit(f"working on after {pending or 'nothing'}: {problems}")
    except (FaceOrganizerError, LibraryMissingError) as error:
        raise SystemExit(f"after {pending or 'nothing'}: {error}") from error


def state(folder: Path) -> str:
    """Digest of every row of every table, as another program sees it."""
    digest = hashlib.sha256()
    with closing(sqlite3.connect(folder / "library.sqlite")) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")
        ]
        for name in names:
            for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2"):
                digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def scan(library: Library, chance: random.Random) -> int:
    """Find a photo with faces, and those of another one again, and group them; return a new face."""
    rng = np.random.default_rng(chance.randrange(1 << 30))
    with library._database.write() as unit:
        model = unit.models.id_of(MODEL)
        root = unit.roots.all()[0].id
        number = os.urandom(16)  # never the same picture twice
        content = unit.contents.add(PictureIdentity(b"", number, "jpeg", 400, 300))
        unit.files.add([FileRecord(0, root, number.hex(), 1, 1, None, content, FileState.PRESENT)])  # type: ignore[arg-type]
        new = unit.faces.store(content, model, "made up", observations(rng, 4), [], [])
        known = [face.id for face in unit.faces.of_contents([ContentId(1)]).get(ContentId(1), [])][:4]
        again = [(face, index) for index, face in enumerate(known)]
        unit.faces.store(ContentId(1), model, "finer", observations(rng, 4), again, [])
    group(library, chance)
    return new[0]


def observations(rng: np.random.Generator, count: int) -> FaceObservations:
    return FaceObservations(
        boxes=rng.random((count, 4), np.float32) * 300,
        scores=rng.random(count, np.float32),
        landmarks=rng.random((count, 68, 2), np.float32) * 300,
        descriptors=rng.random((count, MODEL.dimension), np.float32),
        quality=rng.random(count, np.float32),
    )


def group(library: Library, chance: random.Random, copy: Path | None = None) -> None:
    with library._database.write() as unit:
        model = unit.models.id_of(MODEL)
        table = unit.descriptors.table(model)
        rejected = {tuple(pair) for pair in unit.people.rejections().tolist()}
        people = [-1, -2, -3, *(person.id for person in unit.people.records())]
        wanted = [chance.choice(people) for _ in range(len(table))]
        chosen = [
            held if decided else -1 if (face, person) in rejected else person
            for face, held, decided, person in zip(
                table.ids.tolist(), table.persons.tolist(), table.decided.tolist(), wanted, strict=True
            )
        ]
        run = unit.runs.add("made up", {}, model, 0, 0.0, {})
        unit.people.apply_grouping(run, table.ids, np.array(chosen, np.int64))
        if copy is not None:
            unit.steps.add_barrier("group again", copy.name)


def person(library: Library, chance: random.Random) -> int:
    return chance.choice(library.people.list()).id


def merge(library: Library, chance: random.Random) -> None:
    library.people.merge([person(library, chance), person(library, chance)], name=chance.choice(NAMES))


def split(library: Library, chance: random.Random) -> None:
    source = person(library, chance)
    with library._database.read() as unit:
        faces = unit.people.faces(source)
    library.people.split(source, chance.sample(faces, max(1, len(faces) // 2)))


OPERATIONS: dict[str, Callable[[Library, random.Random], object]] = {
    "name": lambda library, chance: library.people.name(person(library, chance), chance.choice(NAMES), same=True),
    "merge": merge,
    "split": split,
    "undo": lambda library, chance: library.undo(restore=True),
    "redo": lambda library, chance: library.redo(restore=True),
    "scan": scan,
    "regroup": lambda library, chance: group(library, chance, library._database.snapshot("before-grouping")),
    "backup": lambda library, chance: library.backup(),
    "restore": lambda library, chance: library.restore(chance.choice(library.backups()).path),
    "vacuum": lambda library, chance: library.vacuum(),
    "forget": lambda library, chance: library.forget_faces(person(library, chance), keep_names=chance.random() < 0.5),
    "reopen": lambda library, chance: Database.open(library.path).close(),
}


if __name__ == "__main__":
    main()
