"""What worker processes are asked, and what they answer."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from faceorganizer.domain.faces import FaceObservations
from faceorganizer.domain.geometry import Box
from faceorganizer.domain.ids import ContentId, FaceId, RootId
from faceorganizer.domain.pictures import Detail, PictureIdentity
from faceorganizer.vision.modelfile import ModelFile

if TYPE_CHECKING:
    from faceorganizer.vision.analyser import FaceAnalyser

SAME_DRAWN = 0.3  # intersection over union of one face, drawn by hand: around the whole head, as often as not


@dataclass(frozen=True, slots=True)
class VisionOptions:
    """How faces are found and described.

    Attributes:
        detail: How small faces may be.
        min_score: Least confidence of the detector.
        aligner: "68-point" or "5-point".
        mirrored: Whether descriptors are the mean over a chip and its mirror image.
        engine: What runs the networks; it changes nothing but the time they take.
        cache: Folder where converted networks are kept.
        descriptors: A network that describes faces in the place of dlib's.
        detector: A network that finds faces in the place of dlib's detectors.
    """

    detail: Detail
    min_score: float
    aligner: str
    mirrored: bool
    engine: str
    cache: Path
    descriptors: ModelFile | None = None
    detector: ModelFile | None = None

    def fill_cache(self) -> None:
        """Convert what analysers keep in the cache, unless it is there, so that each of many processes need not.

        Raises:
            ModelFileError: Weights are missing or damaged.
        """
        # Only here, as below.
        from faceorganizer.vision.analyser import fill_cache

        fill_cache(self.cache)

    def analyser(self) -> "FaceAnalyser":
        """What finds and describes faces so; weights are read at its first use."""
        # Only here: dlib takes a while to load, and the process that hands out tasks needs nothing of it.
        from faceorganizer.vision.analyser import dlib_analyser

        return dlib_analyser(
            detail=self.detail,
            min_score=self.min_score,
            aligner=self.aligner,
            mirrored=self.mirrored,
            engine=self.engine,
            cache=self.cache,
            descriptors=self.descriptors,
            detector=self.detector,
        )


@dataclass(frozen=True, slots=True)
class IdentifyTask:
    """Read what tells a file's picture apart.

    Attributes:
        key: The caller's mark, handed back.
        path: Absolute path.
    """

    key: tuple[RootId, str]
    path: Path


@dataclass(frozen=True, slots=True)
class AnalyseTask:
    """Find the faces of a picture.

    Attributes:
        content: The picture, handed back.
        content_hash: Under which its thumbnails are kept.
        orientation: EXIF orientation that it is upright under.
        path: Absolute path of a file that holds it.
        width: Of the full-resolution upright picture.
        height: Of the full-resolution upright picture.
        forgotten: Boxes, in full-resolution pixels, of faces of which no picture is kept.
        drawn: Faces that people drew, with their boxes: described anew where the search does not find them.
    """

    content: ContentId
    content_hash: bytes
    orientation: int
    path: Path
    width: int
    height: int
    forgotten: tuple[Box, ...] = ()
    drawn: tuple[tuple[FaceId, Box], ...] = ()


@dataclass(frozen=True, slots=True)
class Identified:
    """Result of an :class:`IdentifyTask`."""

    identity: PictureIdentity
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Analysed:
    """Result of an :class:`AnalyseTask`.

    Attributes:
        thumbnail_bytes: What was written into the cache.
        thumbnail_error: Why thumbnails cannot be kept, in plain words; empty when they can, or are not wanted.
        drawn: Faces that people drew and the search did not find, each as it is described.
    """

    faces: FaceObservations
    seconds: dict[str, float]
    thumbnail_bytes: int = 0
    thumbnail_error: str = ""
    drawn: tuple[tuple[FaceId, FaceObservations], ...] = ()


PhotoTask = IdentifyTask | AnalyseTask
PhotoResult = Identified | Analysed


def photo_worker(
    options: VisionOptions, max_megapixels: float, thumbnails: Path | None, face_pictures: bool = True
) -> Callable[[PhotoTask], PhotoResult]:
    """Make the handler of a worker process.

    Args:
        options: How faces are found and described.
        max_megapixels: Larger pictures are refused.
        thumbnails: Folder of the :class:`~faceorganizer.services.thumbnails.ThumbnailCache`; None to make none.
        face_pictures: Whether pictures of faces are made, too.
    """
    # Only there: the models' libraries take a while to load, and the process that hands out tasks needs none of them.
    from faceorganizer.services.scan.worker import PhotoWorker

    # C libraries complain of damaged pictures there, in the middle of the user's terminal; the reasons that count
    # come back as errors, and bugs with their traceback.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    worker = PhotoWorker(options, max_megapixels, thumbnails, face_pictures=face_pictures)
    worker.load()
    return worker
