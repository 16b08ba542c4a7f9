"""Faces that people drew: described by every search that does not find them itself."""

import numpy as np

from faceorganizer.domain.faces import FaceObservations
from faceorganizer.domain.geometry import FloatArray, overlaps
from faceorganizer.domain.ids import FaceId
from faceorganizer.domain.pictures import Picture
from faceorganizer.services.scan.tasks import SAME_DRAWN, AnalyseTask
from faceorganizer.vision.analyser import FaceAnalyser
from faceorganizer.vision.drawn import DrawnFaces


def describe_drawn(
    analyser: FaceAnalyser, task: AnalyseTask, picture: Picture, found: FloatArray
) -> tuple[tuple[FaceId, FaceObservations], ...]:
    """Describe the drawn faces of a picture that were not found, where a face can be made out.

    Args:
        analyser: What described the others.
        task: With the boxes that people drew.
        picture: Upright pixels.
        found: (n, 4) boxes that were found, in full-resolution pixels.

    Raises:
        ModelFileError: Weights are missing or damaged.
    """
    described = []
    for face, place in task.drawn:
        box = np.array(place, np.float32)
        if not (overlaps(found, box[None]) >= SAME_DRAWN).any():
            seen = DrawnFaces(analyser=analyser).describe(picture, box)
            described += [(face, seen)] if seen is not None else []
    return tuple(described)
