"""Networks that users bring as files: what is known of one, and the file, held against that each time it is read."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from faceorganizer.domain.errors import ModelFileError
from faceorganizer.domain.faces import EmbeddingModel

LARGEST: Final = 1 << 30  # bytes; the largest networks for faces that are in use have half of that
MIRRORED: Final = "+mirror"
_VERSION_DIGITS: Final = 16


class Layout(StrEnum):
    """What a network takes and gives.

    The first three are given aligned faces of 112 x 112 pixels in the order RGB and give a descriptor.
    """

    ARCFACE = "arcface"  # (pixel - 127.5) / 127.5
    ARCFACE_128 = "arcface-128"  # (pixel - 127.5) / 128
    SFACE = "sface"  # pixels from 0 to 255: what cv2.FaceRecognizerSF feeds, whose own input is BGR
    YUNET = "yunet"  # a detector: pictures of any size, for cv2.FaceDetectorYN

    @property
    def describes(self) -> bool:
        """Whether the network describes faces; otherwise it finds them."""
        return self is not Layout.YUNET


_ALIGNERS: Final = {
    Layout.ARCFACE: "5-point-112",
    Layout.ARCFACE_128: "5-point-112, (x - 127.5) / 128",
    Layout.SFACE: "5-point-112, 0 to 255",
}


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A network in a file.

    Attributes:
        name: What the user calls it.
        path: The file.
        sha256: Of the file, in hexadecimal digits.
        dimension: Length of a descriptor; 0 for a detector.
    """

    name: str
    layout: Layout
    path: Path
    sha256: str
    dimension: int = 0

    @property
    def version(self) -> str:
        """First 16 hexadecimal digits of the SHA-256."""
        return self.sha256[:_VERSION_DIGITS]

    def embedding_model(self, *, mirrored: bool = False) -> EmbeddingModel:
        """What makes the descriptors. The way pixels are handed over is part of the aligner's name."""
        name = self.name + MIRRORED if mirrored else self.name
        return EmbeddingModel(name, self.version, self.dimension, "cosine", _ALIGNERS[self.layout])

    def content(self) -> bytes:
        """The whole file.

        Raises:
            ModelFileError: It is gone, cannot be read, or is not the file that was registered.
        """
        content = file_content(self.path, f"the model “{self.name}”")
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise ModelFileError(
                f"The file of the model “{self.name}” is not as it was registered.",
                "Remove the model and add it again, or use another one.",
            )
        return content


def file_content(path: Path, title: str) -> bytes:
    """A whole file of weights.

    Raises:
        ModelFileError: It cannot be read, or is too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise ModelFileError(
            f"The file of {title} cannot be read ({reason}).", "Add the model again, or use another one."
        ) from error
    if len(content) > LARGEST:
        raise ModelFileError(f"The file of {title} is larger than {LARGEST >> 20} MB.", "Choose a smaller model.")
    return content
