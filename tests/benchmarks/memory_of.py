"""The memory of a program and of all processes it starts, sampled while it runs."""

import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil

MEGABYTE = 1e6


@dataclass(frozen=True)
class Sample:
    """One look.

    Attributes:
        seconds: Since the start.
        done: What the caller counts.
        main: Resident memory of the program, MB.
        workers: Of each process that it started, by process id, MB.
    """

    seconds: float
    done: int
    main: float
    workers: Mapping[int, float]


@dataclass
class Watched:
    """A program that ended.

    Attributes:
        code: Its exit code.
        seconds: How long it took.
        samples: One a second.
    """

    code: int = 0
    seconds: float = 0.0
    samples: list[Sample] = field(default_factory=list)

    def peak(self) -> tuple[float, float, float]:
        """MB: of the program, of one worker, of all together at one time."""
        workers = max((max(sample.workers.values(), default=0.0) for sample in self.samples), default=0.0)
        together = max((sample.main + sum(sample.workers.values()) for sample in self.samples), default=0.0)
        return max(sample.main for sample in self.samples), workers, together

    def growth(self, of: Callable[[Sample], float | None], after: int) -> float:
        """MB per 1,000 units of what is counted, by least squares over the samples after so many of them."""
        points = [(sample.done, value) for sample in self.samples if sample.done >= after and (value := of(sample))]
        if len(points) < 10 or points[0][0] == points[-1][0]:
            return float("nan")
        counts, values = np.array(points, float).T
        return float(1000 * np.polyfit(counts, values, 1)[0])


def watched(
    command: Sequence[str | Path],
    count: Callable[[], int] = lambda: 0,
    *,
    environment: Mapping[str, str] | None = None,
    output: Path | None = None,
    seconds: float = float("inf"),
) -> Watched:
    """Run a program to its end, or for so many seconds, and look at its memory every second.

    Args:
        command: Its words.
        count: How far it is; called every second.
        environment: Of the program.
        output: Where its standard output goes; thrown away when None.
        seconds: After which it is asked to end.
    """
    result, started = Watched(), time.monotonic()
    asked = threading.Event()
    with open(output or "/dev/null", "wb") as out:  # noqa: PTH123 - either of the two
        process = subprocess.Popen(command, stdout=out, env=None if environment is None else dict(environment))
        tree = psutil.Process(process.pid)
        while process.poll() is None:
            with suppress(psutil.Error):
                result.samples.append(_look(tree, time.monotonic() - started, count()))
            if time.monotonic() - started > seconds and not asked.is_set():
                asked.set()
                process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(1.0)
    result.code, result.seconds = process.returncode, time.monotonic() - started
    return result


def _look(tree: psutil.Process, seconds: float, done: int) -> Sample:
    workers = {}
    for child in tree.children(recursive=True):
        with suppress(psutil.Error):
            if any("spawn_main" in word for word in child.cmdline()):
                workers[child.pid] = child.memory_info().rss / MEGABYTE
    return Sample(seconds, done, tree.memory_info().rss / MEGABYTE, workers)
