"""Which lines of the core the unit tests reach, measured within the one run of the tests there is.

`python3 dev.py check` and .ci/run name a folder in FACEORGANIZER_COVERAGE. Then each process of pytest traces its unit
tests, and those alone: tests of the window and whole scans would cost time and say little of single lines. Processes
that tests start are not traced.
"""

from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

UNIT = Path(__file__).resolve().parent / "unit"


class UnitCoverage:
    """A plugin of pytest that traces the unit tests.

    Args:
        folder: Where each process puts its data.
    """

    def __init__(self, folder: Path) -> None:
        self._coverage = coverage.Coverage(data_file=folder / ".coverage", data_suffix=True)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Trace a test with its fixtures, where it is one of the unit tests."""
        if not item.path.is_relative_to(UNIT):
            return (yield)
        self._coverage.start()
        try:
            return (yield)
        finally:
            self._coverage.stop()

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Iterator[None]:
        """Trace imports, so that what is defined while modules are loaded counts."""
        self._coverage.start()
        try:
            return (yield)
        finally:
            self._coverage.stop()

    def pytest_unconfigure(self) -> None:
        """Keep what was seen."""
        self._coverage.save()
