"""A thousand damaged files of every format through the scanner: none may end it, hang it, or eat the memory.

    PYTHONPATH=.:tests python tests/benchmarks/mutated_files.py [--files 1000] [--seed 1] [--limit 30]

Good pictures lie among them and must be found. Ends with code 1 when a file is unaccounted for, a good one is lost, a
failure has no reason or is a bug of the program's own, or the library is not sound.
"""

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from memory_of import watched
from mutated_pictures import write_good, write_mutated

from faceorganizer import Library


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--limit", type=int, default=30, help="seconds for one file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        return _run(Path(temporary), arguments)


def _run(folder: Path, arguments: argparse.Namespace) -> int:
    done = write_mutated(folder / "album" / "bad", arguments.files, arguments.seed)
    good = write_good(folder / "album" / "good", arguments.files // 20)
    (folder / "settings.toml").write_text(f"[scan]\ntask_seconds = {arguments.limit}\n")
    environment = {**os.environ, "FACEORGANIZER_CONFIG": str(folder / "settings.toml")}
    program = [sys.executable, "-m", "faceorganizer", "--quiet", "--library", folder / "library"]
    words = ["scan", folder / "album", "--detail", "fast", "--jobs", str(arguments.jobs), "--json"]
    run = watched([*program, *words], environment=environment, output=folder / "report.json")
    report = json.loads((folder / "report.json").read_text())
    failures = {Path(failure["path"]).name: failure["reason"] for failure in report["failures"]}
    main_peak, worker_peak, together = run.peak()
    print(f"{len(done)} mutated files and {len(good)} good ones, {run.seconds:.0f} s, exit code {run.code}")
    print(f"peak of memory: {main_peak:.0f} MB the program, {worker_peak:.0f} MB a worker, {together:.0f} MB together")
    print(f"{len(failures)} failed, {len(done) - len(failures)} could be read all the same; reasons:")
    for reason, count in Counter(reason.partition(":")[0] for reason in failures.values()).most_common():
        print(f"  {count:5} {reason}")
    with Library.open(folder / "library") as library:
        lost = [path.name for path in good if len(library.faces.list(photo=path)) != 1]
        problems = library.check()
    bugs = {name: f"{done.get(name)}: {reason}" for name, reason in failures.items() if "please report" in reason}
    crashed = {name: f"{done.get(name)}: {reason}" for name, reason in failures.items() if "decoder" in reason}
    wrong = {
        "not accounted for": len(done) + len(good) - report["photos"]["seen"],
        "good ones lost": lost,
        "without a reason": [name for name, reason in failures.items() if not reason.strip()],
        "bugs": bugs,
        "of the library": problems,
    }
    print(f"crashed or overdue: {crashed or 'none'}")
    for what, found in wrong.items():
        print(f"{what}: {found or 'none'}")
    return int(any(wrong.values()) or run.code not in (0, 3))


if __name__ == "__main__":
    sys.exit(main())
