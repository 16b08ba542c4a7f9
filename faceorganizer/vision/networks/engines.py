"""What runs a network: engines by name; the library behind one is loaded when it is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.errors import ModelFileError, SettingError
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.vision.weights import Weights

PixelsOrFloats = npt.NDArray[np.uint8] | npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class GivenNetwork:
    """A network that somebody brought.

    Attributes:
        name: What to call it in messages.
        content: The ONNX model.
        input: Name of the tensor that pixels go into; (n, 3, height, width).
        channels_last: Whether that is (n, height, width, 3).
    """

    name: str
    content: bytes
    input: str
    channels_last: bool = False

    def refused(self, reason: object) -> ModelFileError:
        """What to raise when an engine cannot read or run it."""
        words = " ".join(str(reason).split())[:300]
        return ModelFileError(
            f"The model “{self.name}” cannot be run: {words}", "Choose another model, or another engine (scan.engine)."
        )


Source = Weights | GivenNetwork


class Engine(Protocol):
    """Runs one network. One object belongs to one thread."""

    def run(self, pixels: PixelsOrFloats) -> FloatArray:
        """Return what the network makes of (n, height, width, 3) RGB from 0 to 255.

        For weights RECOGNITION these are (n, 128) descriptors of chips of 150 x 150; for CNN_DETECTOR (n, 1, rows,
        columns) scores, a row and a column for every eight pixels. A given network is fed what its makers say.
        """


def _onnxruntime(weights: Source, threads: int, cache: Path | None) -> Engine:
    if find_spec("onnxruntime") is None:  # there are no packages of it for Intel Macs
        return _opencv(weights, threads, cache)
    from faceorganizer.vision.networks.onnx_runtime import OnnxRuntimeEngine

    return OnnxRuntimeEngine(weights=weights, threads=threads, cache=cache)


def _opencv(weights: Source, threads: int, cache: Path | None) -> Engine:
    from faceorganizer.vision.networks.opencv import OpenCvEngine

    return OpenCvEngine(weights=weights, cache=cache)


def _dlib(weights: Source, threads: int, cache: Path | None) -> Engine:
    from faceorganizer.vision.networks.dlib_engine import DlibEngine

    if isinstance(weights, GivenNetwork):
        raise SettingError("The engine “dlib” runs no networks but dlib's own.", "Choose onnxruntime or opencv.")
    return DlibEngine(weights=weights)


DEFAULT_ENGINE: Final = "onnxruntime"
ENGINES: Final[Mapping[str, Callable[[Source, int, Path | None], Engine]]] = MappingProxyType(
    {DEFAULT_ENGINE: _onnxruntime, "opencv": _opencv, "dlib": _dlib}
)


def create_engine(
    name: str = DEFAULT_ENGINE, *, weights: Source, threads: int = 1, cache: Path | None = None
) -> Engine:
    """Make the engine of that name for a network; weights are read at its first use.

    Args:
        name: "onnxruntime", the fastest, for which OpenCV stands in where it is not installed; "opencv"; or "dlib",
            the slow reference, for RECOGNITION alone.
        weights: RECOGNITION, CNN_DETECTOR, or a network that somebody brought.
        threads: How many ONNX Runtime uses; 0 for one per core. OpenCV has one number for the whole process
            (``cv2.setNumThreads``), dlib uses one.
        cache: Folder where converted networks are kept; None to convert anew.

    Raises:
        SettingError: There is no such engine, or it cannot run that network.
    """
    if name not in ENGINES:
        raise SettingError(f"There is no engine “{name}”.", f"Choose one of: {', '.join(sorted(ENGINES))}.")
    return ENGINES[name](weights, threads, cache)


def planes(pixels: npt.NDArray[Any]) -> FloatArray:
    """Turn (n, height, width, 3) into (n, 3, height, width) float32; without copying where they lie so already."""
    return np.ascontiguousarray(pixels.transpose(0, 3, 1, 2), np.float32)
