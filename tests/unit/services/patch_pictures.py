"""Picture files with one bright patch each that stands for a face, and scans without worker processes."""

import os
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

import numpy as np
import pytest
from PIL import Image

from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.faces import EmbeddingModel, FaceObservations
from faceorganizer.imaging.decode import decode
from faceorganizer.imaging.identify import identify
from faceorganizer.jobs.workers import Outcome
from faceorganizer.services.scan import service
from faceorganizer.services.scan.tasks import Analysed, Identified, IdentifyTask, PhotoResult, PhotoTask, VisionOptions

MODEL = EmbeddingModel("small", "0123456789abcdef", 4, "euclidean", "68-point")
ORIENTATION = 0x0112

Task = TypeVar("Task")
Result = TypeVar("Result")


def observations(
    boxes: Sequence[tuple[float, float, float, float]], dimension: int = 4, seed: int = 0
) -> FaceObservations:
    """Faces at some places, with landmarks in the boxes and descriptors at random."""
    rng = np.random.default_rng(seed)
    placed = np.array(boxes, np.float32).reshape(-1, 4)
    points = placed[:, None, :2] + placed[:, None, 2:] * rng.random((len(placed), 68, 2), np.float32)
    return FaceObservations(
        boxes=placed,
        scores=np.ones(len(placed), np.float32),
        landmarks=points.astype(np.float32),
        descriptors=rng.random((len(placed), dimension), np.float32),
        quality=np.linspace(1.0, 0.5, len(placed), dtype=np.float32),
    )


def patch_box(pixels: np.ndarray) -> tuple[int, int, int, int]:
    """Place of the bright patch in upright pixels: what stands for a face in these tests."""
    rows, columns = np.nonzero(pixels.min(axis=2) > 128)
    x, y = int(columns.min()), int(rows.min())
    return x, y, int(columns.max()) + 1 - x, int(rows.max()) + 1 - y


class Camera:
    """Makes picture files; each picture is a dark one with a bright patch at a place of its own."""

    def __init__(self) -> None:
        self._clock = 1_000_000_000_000_000_000

    def write(self, path: Path, picture: int, *, orientation: int = 1, note: str = "") -> None:
        """Write a picture; orientation and note are metadata and change none of the picture's own bytes."""
        rng = np.random.default_rng(picture)
        pixels = rng.integers(0, 40, (48, 64, 3), np.uint8)
        x, y = (8 * int(number) for number in rng.integers(0, (5, 4)))
        pixels[y : y + 16, x : x + 24] = 230
        exif = Image.Exif()
        if orientation != 1:
            exif[ORIENTATION] = orientation
        if note:
            exif[0x010E] = note
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(path, "JPEG", quality=95, exif=exif)
        self.touch(path)

    def touch(self, path: Path) -> None:
        """Give a file a time of its own: clocks of file systems may be too coarse for a test."""
        self._clock += 1_000_000
        os.utime(path, ns=(self._clock, self._clock))


def _work(task: PhotoTask) -> PhotoResult:
    """What a worker process does, with the patch in the place of a face."""
    if isinstance(task, IdentifyTask):
        return Identified(identify(task.path, max_megapixels=1.0), {"identify": 0.0})
    picture = decode(task.path, long_side=None, max_megapixels=1.0)
    seed = int(picture.pixels.sum())
    return Analysed(observations([patch_box(picture.pixels)], 128, seed), {"detect": 0.0})


class InlinePool(Generic[Task, Result]):
    """A worker pool's interface without processes, which take a second to start."""

    def __init__(self, *_: object, **__: object) -> None:
        self._outcomes: deque[Outcome[Any, Any]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    @property
    def pending(self) -> int:
        return len(self._outcomes)

    def start(self) -> None:
        pass

    def submit(self, task: Any, *, alone: bool = False) -> None:
        try:
            self._outcomes.append(Outcome(task, _work(task)))
        except FaceOrganizerError as error:
            self._outcomes.append(Outcome(task, error=error))

    def next_outcome(self, timeout: float | None = None) -> Outcome[Any, Any]:
        return self._outcomes.popleft()


def work_inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scan without worker processes, and without the models that they need."""
    monkeypatch.setattr(service, "WorkerPool", InlinePool)
    monkeypatch.setattr(VisionOptions, "fill_cache", lambda options: None)
