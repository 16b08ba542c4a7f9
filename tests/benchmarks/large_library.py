"""How long everyday steps take in a library of 500,000 faces in 200,000 photos of 10,000 people.

    PYTHONPATH=. python tests/benchmarks/large_library.py LIBRARY [--faces 500000] [--photos 200000] [--people 10000]

makes the library when it is not there (corrections.py draws it), and works on a copy of it. Each step is stated with
the time that it may take; by the clock, and of the processor, which others on the machine do not lengthen. Ends with
code 1 when the processor's time of one is longer.
"""

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from corrections import make

from faceorganizer import Library
from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.ids import ContentId

ROUNDS = 5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--faces", type=int, default=500_000)
    parser.add_argument("--photos", type=int, default=200_000)
    parser.add_argument("--people", type=int, default=10_000)
    arguments = parser.parse_args()
    if not arguments.library.exists():
        make(arguments.library, arguments.faces, arguments.people, 0, arguments.photos)
    with tempfile.TemporaryDirectory(dir=arguments.library.parent) as temporary:
        copy = Path(temporary, "library")
        shutil.copytree(arguments.library, copy)
        steps = Steps()
        _measure(copy, steps)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"peak of memory {peak:.0f} MB")
    return int(steps.late)


class Steps:
    """Prints what took how long."""

    def __init__(self) -> None:
        self.late = False
        print(f"{'milliseconds, the longest of several':50} {'goal':>7} {'clock':>8} {'processor':>10}")

    def take(self, what: str, goal: int, *actions: Callable[[], Any]) -> Any:
        """Take steps of one kind; returns what the last one gave."""
        clock, used, result = 0.0, 0.0, None
        for action in actions:
            began = time.perf_counter(), time.process_time()
            result = action()
            clock = max(clock, 1000 * (time.perf_counter() - began[0]))
            used = max(used, 1000 * (time.process_time() - began[1]))
        self.late |= used > goal
        print(f"{what:50} {goal:7} {clock:8.0f} {used:10.0f}{'  late' if used > goal else ''}", flush=True)
        return result


def _measure(path: Path, steps: Steps) -> None:
    def opened() -> None:
        with closing(Library.open(path)):
            pass

    steps.take("open and close", 500, *[opened] * ROUNDS)
    with Library.open(path) as library:
        _read(library, steps)
        _decide(library, steps)
        steps.take("check", 30_000, library.check)
        steps.take("backup", 15_000, library.backup)


def _read(library: Library, steps: Steps) -> None:
    people = steps.take("list of people", 2000, *[library.people.list] * 3)
    first = people[0].id
    steps.take("what is in the library (info)", 3000, *[library.info] * 3)
    steps.take("person by name", 500, *[lambda: library.people.find("Person 7123")] * ROUNDS)
    steps.take("faces of the largest person", 1500, *[lambda: library.faces.list(person=first)] * 3)
    steps.take("all photos", 12_000, library.photos)
    queries = {
        "photos of a person": PhotoQuery(any_of=[people[40].id]),
        "photos of two people together": PhotoQuery(all_of=[people[0].id, people[1].id]),
        "photos without a person": PhotoQuery(without=[people[0].id], year=2007),
        "photos of a month": PhotoQuery(taken_from=date(2010, 6, 1), taken_to=date(2010, 6, 30)),
        "photos of a folder": PhotoQuery(folder=Path("/photos/42")),
        "photos with four faces or more": PhotoQuery(min_faces=4),
        "photos with unnamed faces of a year": PhotoQuery(unnamed=True, year=2011),
    }
    for what, query in queries.items():
        found = steps.take(what, 3000, *[lambda query=query: library.photos(query)] * 2)
        print(f"{'':4}{len(found)} photos")
    steps.take("a photo by its id", 200, *[lambda: library.photos(PhotoQuery(photo=ContentId(77_777)))] * ROUNDS)
    steps.take("history", 200, *[library.history] * ROUNDS)


def _decide(library: Library, steps: Steps) -> None:
    people = [record for record in library.people.list() if record.name]
    largest = people[0]
    middle = [record for record in people if 20 <= record.faces <= 60][: 4 * ROUNDS]
    renames = [lambda one=one: library.people.name(one.id, f"Anna {one.id}") for one in middle[:ROUNDS]]
    steps.take("rename", 500, *renames)
    steps.take("undo of a rename", 500, *[library.undo] * ROUNDS)
    steps.take("redo of a rename", 500, *[library.redo] * ROUNDS)
    pairs = zip(middle[ROUNDS : 2 * ROUNDS], middle[2 * ROUNDS : 3 * ROUNDS], strict=True)
    merges = [
        lambda one=one, two=two: library.people.merge([one.id, two.id], name=one.name, same_photo=False)
        for one, two in pairs
    ]
    steps.take("merge of two people", 800, *merges)
    steps.take("undo of a merge", 800, *[library.undo] * len(merges))
    giant, other = largest.id, people[1].id
    print(f"{'':4}the two largest have {largest.faces} and {people[1].faces} faces")
    steps.take(
        "merge of the two largest", 6000, lambda: library.people.merge([giant, other], name="Both", same_photo=False)
    )
    steps.take("undo of that", 6000, library.undo)
    faces = [record.face for record in library.faces.list(person=middle[-1].id)]
    steps.take("rejecting a person's faces", 800, lambda: library.faces.reject(faces, middle[-1].id))
    steps.take("undo of that", 800, library.undo)


if __name__ == "__main__":
    sys.exit(main())
