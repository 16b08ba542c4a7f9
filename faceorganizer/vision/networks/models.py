"""ONNX models of dlib's weights, kept in a cache from one run to the next."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from faceorganizer.vision.networks.dlibfile import parse_detector, parse_recognition
from faceorganizer.vision.networks.graphs import BUILDER, detector_model, recognition_model
from faceorganizer.vision.weights import Weights, weights_content, weights_version

_BUILDERS: Final[Mapping[Weights, Callable[[bytes, str], bytes]]] = MappingProxyType(
    {
        Weights.RECOGNITION: lambda content, title: recognition_model(parse_recognition(content, title)),
        Weights.CNN_DETECTOR: lambda content, title: detector_model(parse_detector(content, title)),
    }
)


def onnx_model(weights: Weights, cache: Path | None = None) -> bytes:
    """The ONNX model of one of dlib's networks.

    Args:
        weights: RECOGNITION or CNN_DETECTOR.
        cache: Folder where models are kept; made when missing. A model in there that is not as it was written is made
            anew. When nothing can be written there, nothing is kept.

    Raises:
        ModelFileError: The weights are missing, damaged or of another kind.
    """
    return _build(weights) if cache is None else kept(model_path(weights, cache), lambda: _build(weights))


def keep_models(cache: Path) -> None:
    """Convert the networks into a cache, unless they are there.

    Raises:
        ModelFileError: The weights are missing, damaged or of another kind.
    """
    for weights in _BUILDERS:
        if not model_path(weights, cache).is_file():
            onnx_model(weights, cache)


def kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """What is made, or was made and kept in a file before."""
    model = _stored(path)
    if model is None:
        model = make()
        with contextlib.suppress(OSError):  # it only costs the time of making it again
            _store(path, model)
    return model


def model_path(weights: Weights, cache: Path) -> Path:
    """Where a model is kept: a name made of the hash of the weights and the version of the builder.

    Raises:
        ModelFileError: The weights are missing or cannot be read.
    """
    return cache / f"{Path(weights).stem}-{weights_version(weights)}-{BUILDER}.network"


def _build(weights: Weights) -> bytes:
    return _BUILDERS[weights](weights_content(weights), weights)


def _stored(path: Path) -> bytes | None:
    """The model in a file; None when there is none, or not the one that was written."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    size = hashlib.sha256().digest_size
    digest, model = content[:size], content[size:]
    return model if hashlib.sha256(model).digest() == digest else None


def _store(path: Path, model: bytes) -> None:
    """Write the SHA-256 of a model and the model, so that the file is whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(model).digest() + model)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
