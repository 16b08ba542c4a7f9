"""What a scan found, as it is counted and as it is reported."""

import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from faceorganizer.domain.ids import RootId

FileKey = tuple[RootId, str]


class Verdict(StrEnum):
    """What a scan says of one file. Each seen file gets exactly one."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    DUPLICATE = "duplicate"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or folder that could not be read, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class ScanReport:
    """The result of a scan.

    Attributes:
        photos: Files by verdict, besides "seen" (all of them) and "missing" (gone since the last scan).
        faces: Active faces of present photos in the library.
        people: Named people in the library.
        groups: Unnamed groups in the library.
        new_faces: Faces that this scan added.
        seconds: Time by stage, summed over the worker processes; "total" is the time that passed.
        analysed: Photos that were searched for faces.
        failures: What could not be read.
        offline: Folders whose drive is not connected; their photos stay as they are.
        notices: Whatever else the user should know, a sentence or two each.
    """

    photos: Mapping[str, int]
    faces: int
    people: int
    groups: int
    new_faces: int
    seconds: Mapping[str, float]
    analysed: int
    failures: tuple[Failure, ...]
    offline: tuple[Path, ...]
    notices: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether anything was other than at the scan before."""
        return self.analysed > 0 or any(
            count for word, count in self.photos.items() if word not in ("seen", "unchanged", "failed")
        )


@dataclass(slots=True)
class Tally:
    """Counts while a scan runs."""

    verdicts: dict[FileKey, Verdict] = field(default_factory=dict)
    failures: dict[Path, str] = field(default_factory=dict)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    offline: list[Path] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    missing: int = 0
    analysed: int = 0
    new_faces: int = 0

    def fail(self, path: Path, reason: str, *keys: FileKey) -> None:
        """Note that a file could not be read."""
        self.failures[path] = reason
        self.verdicts.update(dict.fromkeys(keys, Verdict.FAILED))

    def notice(self, sentence: str) -> None:
        """Note something that the user should know, once."""
        if sentence not in self.notices:
            self.notices.append(sentence)

    def spend(self, seconds: Mapping[str, float]) -> None:
        """Add the times that a worker took."""
        for stage, time_taken in seconds.items():
            self.seconds[stage] += time_taken

    def photos(self) -> dict[str, int]:
        """Counts by verdict, with the seen and the missing."""
        counts = Counter(self.verdicts.values())
        return {
            "seen": len(self.verdicts),
            **{verdict.value: counts[verdict] for verdict in Verdict if verdict is not Verdict.FAILED},
            "missing": self.missing,
            "failed": counts[Verdict.FAILED],
        }

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time a block takes to a stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - start


class Pace:
    """Speed over the last seconds, from which the time left is told."""

    WINDOW = 15.0  # seconds; long enough to even out large and small photos
    GAP = 3.0  # seconds without being asked, after which the time before does not count: a pause, a sleeping computer

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])

    def rate(self, done: int) -> float:
        """Photos per second, given how many are done by now."""
        now = time.monotonic()
        if now - self._marks[-1][0] > self.GAP:
            self._marks.clear()
        self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[0][0] > self.WINDOW:
            self._marks.popleft()
        then, before = self._marks[0]
        return (done - before) / (now - then) if now > then else 0.0
