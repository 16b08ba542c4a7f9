"""Renews the reference of the help and says what does not hold together: ``python3 dev.py docs``."""

import sys

from tests.docs.pages import faults
from tests.docs.reference import FILE, reference


def main() -> int:
    """Write the page; returns the exit code, 1 where something does not hold together."""
    FILE.write_text(reference(), encoding="utf-8")
    found = faults()
    for fault in found:
        print(fault, file=sys.stderr)  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
