"""What a worker process does with one photo: identify it, or find its faces.

A worker keeps one set of models, made when the first picture comes; dlib's objects must not be shared.
"""

import functools
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from faceorganizer.domain.errors import FaceOrganizerError, StorageError, UnreadablePhotoError
from faceorganizer.domain.geometry import FloatArray, match_boxes
from faceorganizer.domain.pictures import Capture, Picture
from faceorganizer.imaging.capture import taken_from_name
from faceorganizer.imaging.decode import decode
from faceorganizer.imaging.identify import identify
from faceorganizer.metadata.sidecar import read_capture
from faceorganizer.services.scan.drawn import describe_drawn
from faceorganizer.services.scan.tasks import (
    Analysed,
    AnalyseTask,
    Identified,
    IdentifyTask,
    PhotoResult,
    PhotoTask,
    VisionOptions,
)
from faceorganizer.services.thumbnails import ThumbnailCache
from faceorganizer.vision.analyser import FaceAnalyser
from faceorganizer.vision.search import working_long_side


class PhotoWorker:
    """Handles one task after the other in one process."""

    def __init__(
        self, options: VisionOptions, max_megapixels: float, thumbnails: Path | None, *, face_pictures: bool = True
    ) -> None:
        self._options = options
        self._max_megapixels = max_megapixels
        self._thumbnails = None if thumbnails is None else ThumbnailCache(thumbnails)
        self._face_pictures = face_pictures

    def load(self) -> None:
        """Load what the first picture needs, while it is still being looked for.

        Raises:
            ModelFileError: Weights are missing or damaged.
        """
        self._analyser.load()

    def __call__(self, task: PhotoTask) -> PhotoResult:
        """Do one task.

        Raises:
            UnreadablePhotoError: The file cannot be read.
            ModelFileError: Weights are missing or damaged.
        """
        try:
            return self._identify(task.path) if isinstance(task, IdentifyTask) else self._analyse(task)
        except (FaceOrganizerError, MemoryError):
            raise
        except Exception as bug:
            # A fault of ours, or of a decoder, that one odd file brings to light. It is told with that file, and must
            # not end the scan of a hundred thousand others.
            raise UnreadablePhotoError(task.path, f"an error in the program, please report it: {_place(bug)}") from bug

    def _identify(self, path: Path) -> Identified:
        clock = StageClock()
        with clock.stage("identify"):
            identity = identify(path, max_megapixels=self._max_megapixels)
            capture = _completed(identity.capture, path)
        return Identified(replace(identity, capture=capture), clock.seconds)

    def _analyse(self, task: AnalyseTask) -> Analysed:
        clock = StageClock()
        with clock.stage("decode"):
            long_side = working_long_side(self._options.detail, task.width, task.height)
            picture = decode(task.path, long_side=long_side, max_megapixels=self._max_megapixels)
        with clock.stage("detect"):
            found = self._analyser.search(picture)
        with clock.stage("align"):
            aligned = self._analyser.align(picture, found)
        with clock.stage("embed"):
            faces = self._analyser.describe(aligned)
            drawn = describe_drawn(self._analyser, task, picture, faces.boxes)
        if self._thumbnails is None:
            return Analysed(faces, clock.seconds, drawn=drawn)
        with clock.stage("thumbnails"):
            written, error = self._keep(self._thumbnails, task, picture, faces.boxes)
        return Analysed(faces, clock.seconds, written, error, drawn)

    def _keep(self, cache: ThumbnailCache, task: AnalyseTask, picture: Picture, boxes: FloatArray) -> tuple[int, str]:
        """Make thumbnails; returns the bytes written, and why they cannot be kept."""
        unwanted = [found for _, found in match_boxes(np.array(task.forgotten, np.float32).reshape(-1, 4), boxes)]
        boxes = np.delete(boxes, unwanted, axis=0) if self._face_pictures else boxes[:0]
        try:
            return cache.write(cache.make(picture, task.content_hash, task.orientation, boxes)), ""
        except StorageError as error:
            self._thumbnails = None  # it would fail for every other photo as well
            return 0, str(error)

    @functools.cached_property
    def _analyser(self) -> FaceAnalyser:
        return self._options.analyser()


def _place(bug: Exception) -> str:
    frame = traceback.extract_tb(bug.__traceback__)[-1]
    return f"{type(bug).__name__}: {bug} ({Path(frame.filename).name}, line {frame.lineno})"


class StageClock:
    """Adds up the time that stages take."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of a block for a stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


def _completed(capture: Capture, path: Path) -> Capture:
    """Fill what the file itself does not say from its sidecar, then from its name."""
    sidecar = read_capture(path) or Capture()
    if capture.taken is None and sidecar.taken is not None:
        capture = replace(capture, taken=sidecar.taken, taken_source=sidecar.taken_source)
    capture = replace(capture, camera=capture.camera or sidecar.camera, place=capture.place or sidecar.place)
    if capture.taken is None and (named := taken_from_name(path.name)) is not None:
        capture = replace(capture, taken=named, taken_source="file name")
    return capture
