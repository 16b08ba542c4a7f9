"""The two networks of dlib that find and describe faces, read from their files.

Only these two are known, so everything a file holds is checked against what it has to be. A network is written as the
versions of its layers from the outermost to the innermost, the input layer, and the layers from the input to the
output; see ``dlib/dnn/core.h``, ``layers.h``, ``input.h`` and ``loss.h``.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.geometry import FloatArray
from faceorganizer.vision.networks.stream import Stream

CHIP: Final = 150
DIMENSION: Final = 128
WINDOW: Final = 80
PIXEL_SCALE: Final = 256

STEM: Final = 32
BLOCKS: Final = (
    *[(32, 32)] * 3,
    (32, 64),
    *[(64, 64)] * 3,
    (64, 128),
    *[(128, 128)] * 2,
    (128, 256),
    *[(256, 256)] * 2,
)
"""Channels that come in and go out of the residual blocks, but for the last, which keeps 256 and halves the sides."""
DETECTOR: Final = (
    (3, 16, 5, 2, 0),
    (16, 32, 5, 2, 0),
    (32, 32, 5, 2, 0),
    (32, 45, 5, 1, 2),
    *[(45, 45, 5, 1, 2)] * 2,
    (45, 1, 9, 1, 4),
)
"""Convolutions of the detector: channels in, channels out, side, stride, padding."""

# Versions that layers are written with. Marks (tags and skips) hold nothing; the innermost layer has a newer version.
_LAYER: Final = 2
_INNERMOST: Final = 3
_MARK: Final = 1


@dataclass(frozen=True, slots=True)
class Convolution:
    """A convolution (as a cross-correlation) with the scaling that follows it folded in.

    Attributes:
        filters: (outputs, inputs, side, side) float32.
        biases: (outputs,) float32.
        stride: Step in both directions.
        padding: Zeros around the input, on every side.
    """

    filters: FloatArray
    biases: FloatArray
    stride: int
    padding: int

    def then(self, scale: npt.NDArray[np.float64], shift: npt.NDArray[np.float64]) -> "Convolution":
        """This, its outputs scaled and shifted per channel (outputs,)."""
        filters = self.filters * scale[:, None, None, None]
        biases = self.biases * scale + shift
        return Convolution(filters.astype(np.float32), biases.astype(np.float32), self.stride, self.padding)

    def of_pixels(self, means: npt.NDArray[np.float64]) -> "Convolution":
        """This, taking raw pixels where it took (pixel - mean) / 256; right where nothing is padded."""
        filters = self.filters.astype(np.float64) / PIXEL_SCALE
        biases = self.biases - (filters.sum(axis=(2, 3)) * means).sum(axis=1)
        return Convolution(filters.astype(np.float32), biases.astype(np.float32), self.stride, self.padding)

    def widened(self, inputs: int, outputs: int) -> "Convolution":
        """This, with further channels that are all zeros, so many in all."""
        filters = np.zeros((outputs, inputs, *self.filters.shape[2:]), np.float32)
        filters[: self.filters.shape[0], : self.filters.shape[1]] = self.filters
        biases = np.zeros(outputs, np.float32)
        biases[: len(self.biases)] = self.biases
        return Convolution(filters, biases, self.stride, self.padding)


@dataclass(frozen=True, slots=True)
class Block:
    """A residual block: two convolutions beside a shortcut, which halves the sides where the first one does."""

    first: Convolution
    second: Convolution

    @property
    def halves(self) -> bool:
        """Whether the sides are halved."""
        return self.first.stride == 2


@dataclass(frozen=True, slots=True)
class RecognitionNet:
    """The net that describes faces: from raw RGB chips to 128 numbers.

    Attributes:
        stem: Convolution of raw pixels, followed by a maximum over 3 x 3 with stride 2.
        blocks: Residual blocks, followed by the mean over all places.
        projection: (256, 128) float32.
    """

    stem: Convolution
    blocks: tuple[Block, ...]
    projection: FloatArray


@dataclass(frozen=True, slots=True)
class DetectorNet:
    """The net that finds faces: from raw RGB pixels to one score per 8 x 8 pixels.

    Attributes:
        convolutions: One after the other; all but the last are followed by a rectifier.
        means: (3,) RGB that the net takes for nothing: the background between pictures.
        most_overlap: Above this share of the box that bounds two boxes their intersection makes them one face.
    """

    convolutions: tuple[Convolution, ...]
    means: FloatArray
    most_overlap: float


def parse_recognition(content: bytes, title: str) -> RecognitionNet:
    """Read the net that describes faces.

    Args:
        content: The whole file, such as dlib_face_recognition_resnet_model_v1.dat.
        title: What to call the file in messages.

    Raises:
        ModelFileError: The file is another one, damaged or incomplete.
    """
    stream = Stream(content, title)
    stream.expect(1, "the version of the loss layer:")
    stream.tag("loss_metric_2")
    for meaning in ("the margin", "the distance threshold"):
        stream.real(meaning)
    outlets = [*BLOCKS, (256, 256)]
    halved = [channels_in != channels_out for channels_in, channels_out in BLOCKS] + [True]
    plain, halving = [_MARK, *[_LAYER] * 7], [_MARK, *[_LAYER] * 5, _MARK, _MARK, *[_LAYER] * 3]
    body = [version for halves in halved for version in (halving if halves else plain)]
    means = _input(stream, [_INNERMOST, _LAYER, _LAYER, _LAYER, *body, _LAYER, _LAYER], "input_rgb_image_sized")
    for side in ("rows", "columns"):
        stream.expect(CHIP, f"the {side} of the input:")

    layers = _Layers(stream)
    stem = layers.scaled_convolution(3, STEM, 7, 2, 0).of_pixels(means)
    layers.rectifier()
    layers.pool("max_pool_2", 3, 2)
    blocks = tuple(layers.block(*channels, halves) for channels, halves in zip(outlets, halved, strict=True))
    layers.pool("avg_pool_2", 0, 1)
    projection = layers.projection(outlets[-1][1], DIMENSION)
    stream.end()
    return RecognitionNet(stem, blocks, projection)


def parse_detector(content: bytes, title: str) -> DetectorNet:
    """Read the net that finds faces.

    Args:
        content: The whole file, such as mmod_human_face_detector.dat.
        title: What to call the file in messages.

    Raises:
        ModelFileError: The file is another one, damaged or incomplete.
    """
    stream = Stream(content, title)
    stream.expect(1, "the version of the loss layer:")
    stream.tag("loss_mmod_")
    stream.expect(1, "the version of the loss's options:")
    for side in ("width", "height"):
        stream.expect(WINDOW, f"the {side} of the window:")
    for _ in range(3):
        stream.real("a weight of the loss")
    most_overlap = stream.real("the greatest overlap of two faces", 0, 1)
    stream.real("the greatest share of a face covered", 1, 1)
    for _ in range(2):
        stream.real("an overlap that training ignores")
    versions = [_INNERMOST, *[_LAYER] * (3 * len(DETECTOR) - 3)]
    means = _input(stream, versions, "input_rgb_image_pyramid")

    layers = _Layers(stream)
    convolutions = []
    for plan in DETECTOR[:-1]:
        convolutions.append(layers.normalised_convolution(*plan))
        layers.rectifier()
    convolutions.append(layers.convolution(*DETECTOR[-1]))
    stream.end()
    convolutions[0] = convolutions[0].of_pixels(means)
    return DetectorNet(tuple(convolutions), means.astype(np.float32), most_overlap)


def _input(stream: Stream, versions: list[int], tag: str) -> npt.NDArray[np.float64]:
    """Read versions of the layers, which are given from the input on, and the input layer's means (3,)."""
    for version in reversed(versions):
        stream.expect(version, "the version of a layer:")
    stream.tag(tag)
    return np.array([stream.real(f"the mean of {colour}", 0, 255) for colour in ("red", "green", "blue")])


class _Layers:
    """Reads layers from the input to the output."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._innermost = True

    def block(self, inputs: int, outputs: int, halves: bool) -> Block:
        """A residual block."""
        first = self.scaled_convolution(inputs, outputs, 3, 2 if halves else 1, 0 if halves else 1)
        self.rectifier()
        second = self.scaled_convolution(outputs, outputs, 3, 1, 1)
        if halves:
            self.pool("avg_pool_2", 2, 2)
        self._plain("add_prev_")
        self.rectifier()
        return Block(first, second)

    def scaled_convolution(self, inputs: int, outputs: int, side: int, stride: int, padding: int) -> Convolution:
        """A convolution and the scaling after it."""
        convolution = self.convolution(inputs, outputs, side, stride, padding)
        self._stream.tag("affine_")
        scale, shift = self._scaling(outputs)
        self._stream.expect(0, "the mode of the scaling:")
        self._end()
        return convolution.then(scale, shift)

    def normalised_convolution(self, inputs: int, outputs: int, side: int, stride: int, padding: int) -> Convolution:
        """A convolution and the batch normalisation after it."""
        stream = self._stream
        convolution = self.convolution(inputs, outputs, side, stride, padding)
        stream.tag("bn_con2")
        scale, shift = self._scaling(outputs)
        for name in ("the means", "the inverse deviations"):
            stream.tensor(outputs, f"{name} of the last batch")
        means = stream.tensor(outputs, "the running means").astype(np.float64)
        start = stream.position
        variances = stream.tensor(outputs, "the running variances").astype(np.float64)
        if variances.min() < 0:
            stream.fail("running variances from 0 up", "negative ones", start)
        for _ in range(2):
            stream.integer("a count of batches")
        for _ in range(4):
            stream.real("a rate of learning")
        least = stream.real("the least variance", 1e-8, 1)
        self._end()
        scale = scale / np.sqrt(variances + least)
        return convolution.then(scale, shift - scale * means)

    def convolution(self, inputs: int, outputs: int, side: int, stride: int, padding: int) -> Convolution:
        """A convolution."""
        stream, shape = self._stream, (outputs, inputs, side, side)
        stream.tag("con_4")
        weights = stream.tensor(math.prod(shape) + outputs, f"the weights of a convolution {shape}")
        wanted = {"filters": outputs, "rows": side, "columns": side}
        wanted |= dict.fromkeys(("vertical stride", "horizontal stride"), stride)
        wanted |= dict.fromkeys(("vertical padding", "horizontal padding"), padding)
        for name, value in wanted.items():
            stream.expect(value, f"a convolution's {name}:")
        stream.part(shape, "filters")
        stream.part((1, outputs, 1, 1), "biases")
        for _ in range(4):
            stream.real("a rate of learning")
        self._end()
        return Convolution(weights[:-outputs].reshape(shape), weights[-outputs:], stride, padding)

    def rectifier(self) -> None:
        """Negative numbers become 0."""
        self._plain("relu_")

    def pool(self, tag: str, side: int, stride: int) -> None:
        """A maximum or mean over squares; over everything where the side is 0."""
        self._stream.tag(tag)
        for name, value in (("side", side), ("stride", stride), ("padding", 0)):
            for _ in range(2):
                self._stream.expect(value, f"the {name} of {tag}:")
        self._end()

    def projection(self, inputs: int, outputs: int) -> FloatArray:
        """A matrix (inputs, outputs) that multiplies from the right, without bias."""
        stream = self._stream
        stream.tag("fc_2")
        stream.expect(outputs, "the outputs of a full connection:")
        stream.expect(inputs, "the inputs of a full connection:")
        weights = stream.tensor(inputs * outputs, "the weights of a full connection")
        stream.part((inputs, outputs, 1, 1), "weights of a full connection")
        stream.part((0, 0, 0, 0), "biases of a full connection")
        stream.expect(1, "the mode of a full connection:")
        for _ in range(4):
            stream.real("a rate of learning")
        self._end()
        return weights.reshape(inputs, outputs)

    def _scaling(self, channels: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        weights = self._stream.tensor(2 * channels, "scales and shifts").astype(np.float64)
        for name in ("scales", "shifts"):
            self._stream.part((1, channels, 1, 1), name)
        return weights[:channels], weights[channels:]

    def _plain(self, tag: str) -> None:
        self._stream.tag(tag)
        self._end()

    def _end(self) -> None:
        """What follows every layer: three flags and three tensors that only training needs."""
        for _ in range(3):
            self._stream.boolean("a flag")
        for _ in range(3):
            self._stream.state()
        if self._innermost:
            self._stream.expect(1, "the samples per picture:")
            self._innermost = False
