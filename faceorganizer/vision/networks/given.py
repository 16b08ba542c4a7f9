"""Networks that users bring: descriptors by a model in an ONNX file."""

import functools
from dataclasses import dataclass
from typing import Final

import numpy as np

from faceorganizer.domain.errors import ModelFileError
from faceorganizer.domain.faces import EmbeddingModel
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.seams import Pixels
from faceorganizer.vision.fivepoint import SIDE
from faceorganizer.vision.modelfile import Layout, ModelFile
from faceorganizer.vision.networks.embedder import BATCH
from faceorganizer.vision.networks.engines import DEFAULT_ENGINE, Engine, GivenNetwork, create_engine
from faceorganizer.vision.networks.onnxgraph import FLOAT, YUNET_OUTPUTS, Tensor, outline

MOST_NUMBERS: Final = 8192  # of a descriptor

_MIDDLE: Final = np.float32(127.5)
_SCALES: Final = {Layout.ARCFACE: np.float32(127.5), Layout.ARCFACE_128: np.float32(128)}
_EXPECTED: Final = f"one input of 1 or n × 3 × {SIDE} × {SIDE} (or × {SIDE} × {SIDE} × 3) numbers of the type float32"


@dataclass(frozen=True, slots=True)
class Ends:
    """How a network that describes faces is fed.

    Attributes:
        input: Name of the tensor.
        channels_last: Whether it is (n, height, width, 3).
        batched: Whether it takes several faces at a time.
    """

    input: str
    channels_last: bool
    batched: bool


class GivenEmbedder:
    """Describes faces by a network in a file; descriptors are of unit length.

    Args:
        file: The network; of a layout that describes faces.
        engine: "onnxruntime" or "opencv"; dlib's own engine knows no other networks, the fastest stands in for it.
        threads: How many ONNX Runtime uses; 0 for one per core.
        batch: Most faces that are run at a time, where the network takes several.
        mirrored: Whether descriptors are those of the sum over a face and its mirror image.
    """

    def __init__(
        self,
        *,
        file: ModelFile,
        engine: str = DEFAULT_ENGINE,
        threads: int = 1,
        batch: int = BATCH,
        mirrored: bool = False,
    ) -> None:
        self.file = file
        self.engine = engine
        self.threads = threads
        self.batch = batch
        self.mirrored = mirrored

    @property
    def model(self) -> EmbeddingModel:
        """What makes the descriptors."""
        return self.file.embedding_model(mirrored=self.mirrored)

    def embed(self, chips: Pixels) -> FloatArray:
        """Return (n, dimension) float32 descriptors of (n, 112, 112, 3) uint8 RGB chips.

        Raises:
            ModelFileError: The file is gone or another one, cannot be run, or gives what no descriptor can be.
        """
        described = self.raw(chips)
        if self.mirrored:
            described = _unit(described) + _unit(self.raw(chips[:, :, ::-1]))
        return _unit(described)

    def raw(self, chips: Pixels) -> FloatArray:
        """What the network gives, whatever its length."""
        ends, engine = self._running
        step = self.batch if ends.batched else 1
        parts = [chips[start : start + step] for start in range(0, len(chips), step)]
        rows = [self._checked(engine.run(self._scaled(part)), part) for part in parts]
        return np.concatenate(rows) if rows else np.zeros((0, self.file.dimension), np.float32)

    def _scaled(self, chips: Pixels) -> FloatArray:
        scale = _SCALES.get(self.file.layout)
        floats = chips.astype(np.float32)
        return floats if scale is None else (floats - _MIDDLE) / scale

    def _checked(self, found: FloatArray, chips: Pixels) -> FloatArray:
        wanted = self.file.dimension
        fits = found.ndim == 2 and len(found) == len(chips) and 2 <= found.shape[1] <= MOST_NUMBERS
        if not fits or (wanted and found.shape[1] != wanted):
            numbers = str(wanted) if wanted else f"2 to {MOST_NUMBERS}"
            raise ModelFileError(
                f"The model “{self.file.name}” gives numbers of the shape {found.shape} for {len(chips)} faces; "
                f"expected a row of {numbers} for each.",
                "Choose a model that gives one descriptor a face.",
            )
        if (
            not np.isfinite(found).all()
            or float(np.abs(found).max(initial=0)) > np.sqrt(np.finfo(np.float32).max) / MOST_NUMBERS
        ):
            raise ModelFileError(
                f"The model “{self.file.name}” gives numbers that are not finite, or too large; expected a descriptor.",
                "Choose another layout if its pixels are scaled in another way, or another model.",
            )
        return found

    @functools.cached_property
    def _running(self) -> tuple[Ends, Engine]:
        content = self.file.content()
        ends = descriptor_ends(content, f"The model “{self.file.name}”")
        engine = self.engine if self.engine != "dlib" else DEFAULT_ENGINE
        network = GivenNetwork(self.file.name, content, ends.input, ends.channels_last)
        return ends, create_engine(engine, weights=network, threads=self.threads)


def descriptor_ends(content: bytes, title: str) -> Ends:
    """Find out how a network that describes faces is fed.

    Args:
        content: Of the file.
        title: What to call it in messages.

    Raises:
        ModelFileError: It is no ONNX model, or not one that takes aligned faces.
    """
    ends = outline(content, title)
    if len(ends.inputs) == 1 and len(ends.outputs) >= 1:
        tensor = ends.inputs[0]
        channels_last = _fits(tensor, (None, SIDE, SIDE, 3))
        if tensor.element == FLOAT and (channels_last or _fits(tensor, (None, 3, SIDE, SIDE))):
            return Ends(tensor.name, channels_last, (tensor.sides or (1,))[0] is None)
    found = ", ".join(map(str, ends.inputs)) or "none"
    raise ModelFileError(f"{title} takes other inputs: expected {_EXPECTED}, found {found}.", _ADVICE)


def check_yunet(content: bytes, title: str) -> None:
    """Refuse what is no detector of the kind that OpenCV's FaceDetectorYN runs.

    Raises:
        ModelFileError: It is none.
    """
    ends = outline(content, title)
    taken = ends.inputs[0].sides if len(ends.inputs) == 1 else None
    if taken is None or len(taken) != 4 or taken[1] != 3 or not is_yunet(content, title):
        found = ", ".join(sorted(tensor.name for tensor in ends.outputs)[:12]) or "none"
        raise ModelFileError(
            f"{title} is no YuNet detector: expected one input of 1 × 3 × height × width and the outputs cls, obj, "
            f"bbox and kps for steps of 8, 16 and 32 pixels (YuNet of 2023 or later), found the outputs {found}.",
            "Choose a YuNet model of OpenCV's, or the layout that fits.",
        )


def is_yunet(content: bytes, title: str) -> bool:
    """Whether a network has YuNet's outputs.

    Raises:
        ModelFileError: It is no ONNX model.
    """
    return {tensor.name for tensor in outline(content, title).outputs} >= YUNET_OUTPUTS


_ADVICE: Final = "Choose a model that describes aligned faces of 112 × 112 pixels, as ArcFace and SFace do."


def _fits(tensor: Tensor, wanted: tuple[int | None, ...]) -> bool:
    """Whether a tensor can be of a shape: colours as they are said, other sides the same or open, one face or any."""
    sides = tensor.sides
    if sides is None or len(sides) != len(wanted) or sides[0] not in (None, 1):
        return False
    colours = wanted.index(3)
    return sides[colours] == 3 and all(
        side in (None, want)
        for place, (side, want) in enumerate(zip(sides, wanted, strict=True))
        if place not in (0, colours)
    )


def _unit(vectors: FloatArray) -> FloatArray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: FloatArray = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return scaled
