"""Describing faces that somebody drew: in a process of its own, as a scan does, so that no decoder can do harm."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from faceorganizer.domain.errors import UnreadablePhotoError
from faceorganizer.domain.faces import EmbeddingModel, FaceObservations
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.progress import Unattended
from faceorganizer.jobs.alone import run_alone
from faceorganizer.services.models.chosen import library_model, vision_options
from faceorganizer.services.originals import Original
from faceorganizer.services.scan.tasks import VisionOptions
from faceorganizer.services.settings import SettingsService

GONE = "the photo is not there, or is not as it was scanned"
UNSEEN = "no eyes, nose and mouth can be made out there"


@dataclass(frozen=True, slots=True)
class DescribeTask:
    """Describe one face.

    Attributes:
        path: Of the photo.
        box: (4,) as drawn, in full-resolution upright pixels.
    """

    path: Path
    box: FloatArray


@dataclass(frozen=True, slots=True)
class Description:
    """What came of describing a drawn face.

    Attributes:
        model: What makes the library's descriptors.
        seen: One face; None when it could not be described.
        reason: Why it could not, in plain words that finish a sentence; empty when it could.
    """

    model: EmbeddingModel
    seen: FaceObservations | None
    reason: str


class FaceDescriber:
    """Describes drawn faces with a library's models.

    Args:
        cache: Folder where converted networks are kept.
        settings: Of the program and the library.
    """

    def __init__(self, cache: Path, settings: SettingsService) -> None:
        self._cache = cache
        self._settings = settings

    def describe(self, original: Original, box: FloatArray) -> Description:
        """Describe a face from the photo's file; takes seconds.

        Raises:
            ModelFileError: Weights are missing or damaged.
        """
        scan = self._settings.application().scan
        model = library_model(self._settings)
        options = vision_options(self._settings, self._cache)
        path = next(original.readable(), None)
        if path is None:
            return Description(model, None, GONE)
        try:
            seen = run_alone(
                describing_worker,
                DescribeTask(path, box),
                Unattended(),
                lambda cause: UnreadablePhotoError(path, cause),
                arguments=(options, scan.max_megapixels),
                timeout=scan.task_seconds,
            )
        except UnreadablePhotoError as error:
            return Description(model, None, error.reason)
        return Description(model, seen, "" if seen is not None else UNSEEN)


def describing_worker(
    options: VisionOptions, max_megapixels: float
) -> Callable[[DescribeTask], FaceObservations | None]:
    """Make the handler of the process: describes one face, or says with None that none can be made out.

    Args:
        options: How faces are described.
        max_megapixels: Larger pictures are refused.
    """
    # Only there: these libraries take a while to load, and no other process needs them.
    from faceorganizer.imaging.decode import decode
    from faceorganizer.vision.drawn import DrawnFaces

    drawn = DrawnFaces(analyser=options.analyser())

    def handle(task: DescribeTask) -> FaceObservations | None:
        # All the pixels there are: who draws a face does so because the scan found too little in it.
        picture = decode(task.path, long_side=None, max_megapixels=max_megapixels)
        return drawn.describe(picture, task.box)

    return handle
