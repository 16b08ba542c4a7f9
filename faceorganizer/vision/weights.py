"""Where dlib's weights lie, and which they are.

The weights come in the package ``face-recognition-models``. That package is never imported: its ``__init__`` needs
``pkg_resources``, which newer environments no longer have.
"""

import functools
import hashlib
import sys
from collections.abc import Callable
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final, TypeVar

from faceorganizer.domain.errors import ModelFileError

PACKAGE: Final = "face-recognition-models"
FOLDER: Final = "face_recognition_models/models"
VERSION_DIGITS: Final = 16
LARGEST: Final = 1 << 28  # bytes; the largest of them has 100 million

Model = TypeVar("Model")


class Weights(StrEnum):
    """File names of the weights."""

    LANDMARKS_5 = "shape_predictor_5_face_landmarks.dat"
    LANDMARKS_68 = "shape_predictor_68_face_landmarks.dat"
    RECOGNITION = "dlib_face_recognition_resnet_model_v1.dat"
    CNN_DETECTOR = "mmod_human_face_detector.dat"


def weights_path(weights: Weights) -> Path:
    """Find a file of weights: beside a frozen program, else in the installed package.

    Raises:
        ModelFileError: It is not there.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    path = Path(frozen, FOLDER, weights) if frozen is not None else _installed(weights)
    if not path.is_file():
        raise _missing(weights)
    return path


def load_weights(weights: Weights, loader: Callable[[str], Model]) -> Model:
    """Load a model by one of dlib's constructors, which take a file name.

    Raises:
        ModelFileError: The file is missing, or dlib cannot read it.
    """
    path = weights_path(weights)
    try:
        return loader(str(path))
    except RuntimeError as error:  # dlib's serialization_error arrives as this
        raise ModelFileError(f"The model file {path} is damaged ({error}).", _advice()) from error


def weights_version(weights: Weights) -> str:
    """First 16 hexadecimal digits of the SHA-256 of a file of weights; read once per process.

    Raises:
        ModelFileError: The file is missing or cannot be read.
    """
    return _digest(weights_path(weights))


def weights_content(weights: Weights) -> bytes:
    """A whole file of weights.

    Raises:
        ModelFileError: The file is missing, cannot be read or is too large to be what it should.
    """
    path = weights_path(weights)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise ModelFileError(f"The model file {path} cannot be read ({error.strerror}).", _advice()) from error
    if len(content) > LARGEST:
        raise ModelFileError(f"The model file {path} is larger than {LARGEST >> 20} MB.", _advice())
    return content


@functools.cache
def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:VERSION_DIGITS]
    except OSError as error:
        raise ModelFileError(f"The model file {path} cannot be read ({error.strerror}).", _advice()) from error


def _installed(weights: Weights) -> Path:
    try:
        return Path(str(distribution(PACKAGE).locate_file(f"{FOLDER}/{weights}")))
    except PackageNotFoundError as error:
        raise _missing(weights) from error


def _missing(weights: Weights) -> ModelFileError:
    return ModelFileError(f"The model file {weights} is missing.", _advice())


def _advice() -> str:
    if hasattr(sys, "_MEIPASS"):
        return "Install the program again."
    return f"Install the package {PACKAGE} again."
