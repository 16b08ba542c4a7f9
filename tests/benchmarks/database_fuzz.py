"""Damaged databases: each is refused or told, or holds what it held; and a copy of it puts all right.

    PYTHONPATH=.:tests python tests/benchmarks/database_fuzz.py [--cases 500] [--seed 1]

Bytes of library.sqlite and of its log are flipped, zeroed, swapped or cut off; then the library is opened, checked,
used and recovered from its copy. Ends with code 1 when anything but an expected error comes, or recovery fails.
What changes within a text or a number SQLite cannot see, for it keeps no checksums; such cases are counted.
"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from library_damage import NAME, copied, damaged, make_library, recovered, rows, tried


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--recover", type=int, default=5, help="recover every so many")
    arguments = parser.parse_args()
    seen: Counter[str] = Counter()
    bugs: Counter[str] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as temporary:
        copy = make_library(Path(temporary))
        made = copy.parents[1]
        wanted = rows(copied(made, Path(temporary, "sound")) / NAME)
        at_copy = rows(copy)
        for case in range(arguments.cases):
            chance = Random(f"{arguments.seed} {case}")
            library = copied(made, Path(temporary, "damaged"))
            outcome = tried(library, damaged(library, chance), wanted)
            seen[outcome.seen] += 1
            for bug in outcome.bugs:
                bugs[bug] += 1
                if bugs[bug] == 1:
                    print(f"case {case}, {outcome.damage}, {outcome.seen}: {bug}")
            if case % arguments.recover == 0 and recovered(library, library / "backups" / copy.name) != at_copy:
                print(f"case {case}, {outcome.damage}: recovery brought something else")
                wrong += 1
    print(f"{arguments.cases} cases: " + ", ".join(f"{count} {what}" for what, count in seen.most_common()))
    print(f"{sum(bugs.values())} errors of other types; {wrong} recoveries that went wrong")
    return int(bool(bugs) or wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
