"""The two networks as ONNX models."""

from typing import Final

import numpy as np

from faceorganizer.vision.networks.dlibfile import CHIP, DIMENSION, Block, Convolution, DetectorNet, RecognitionNet
from faceorganizer.vision.networks.onnxfile import Graph

BUILDER: Final = 1
"""Raised whenever other models come out for the same weights."""

_PIXELS: Final = "pixels"
_LANES: Final = 8  # channels that a processor computes at a time


def recognition_model(net: RecognitionNet) -> bytes:
    """ONNX model of the net that describes faces.

    It takes "pixels", (n, 3, 150, 150) float32 RGB from 0 to 255, and returns (n, 128) descriptors.
    """
    graph = Graph("recognition")
    tensor = graph.node("Relu", _convolve(graph, _PIXELS, net.stem))
    tensor = graph.node("MaxPool", tensor, kernel_shape=(3, 3), strides=(2, 2))
    side, channels = _halved(_halved(CHIP, 7), 3), len(net.stem.biases)
    for block in net.blocks:
        tensor = _block(graph, tensor, block, side, channels)
        side, channels = _sides(block, side)[1] if block.halves else side, len(block.second.biases)
    tensor = graph.node("Flatten", graph.node("GlobalAveragePool", tensor))
    tensor = graph.node("MatMul", tensor, graph.constant(net.projection))
    return graph.model({_PIXELS: ("n", 3, CHIP, CHIP)}, tensor, ("n", DIMENSION))


def detector_model(net: DetectorNet) -> bytes:
    """ONNX model of the net that finds faces.

    It takes "pixels", (n, 3, height, width) float32 RGB from 0 to 255, and returns (n, 1, rows, columns) scores.
    """
    graph = Graph("detector")
    *inner, last = _widened(net.convolutions)
    tensor = _PIXELS
    for convolution in inner:
        tensor = graph.node("Relu", _convolve(graph, tensor, convolution))
    tensor = _convolve(graph, tensor, last)
    return graph.model({_PIXELS: ("n", 3, "height", "width")}, tensor, ("n", 1, "rows", "columns"))


def _widened(convolutions: tuple[Convolution, ...]) -> list[Convolution]:
    """With channels of zeros between convolutions up to a multiple of the lanes: the same scores, a tenth faster."""
    widths = [-(-len(convolution.biases) // _LANES) * _LANES for convolution in convolutions[:-1]]
    inlets, outlets = [3, *widths], [*widths, len(convolutions[-1].biases)]
    return [c.widened(*channels) for c, *channels in zip(convolutions, inlets, outlets, strict=True)]


def _block(graph: Graph, tensor: str, block: Block, side: int, channels: int) -> str:
    """A residual block on a tensor of so many channels and of so many rows and columns."""
    branch = graph.node("Relu", _convolve(graph, tensor, block.first))
    branch = _convolve(graph, branch, block.second)
    shortcut = tensor
    if block.halves:
        # dlib adds tensors of unlike sides by padding either with zeros at its end.
        inner, outer = _sides(block, side)
        shortcut = graph.node("AveragePool", shortcut, kernel_shape=(2, 2), strides=(2, 2))
        shortcut = _padded(graph, shortcut, len(block.second.biases) - channels, 0)
        branch = _padded(graph, branch, 0, outer - inner)
    return graph.node("Relu", graph.node("Add", branch, shortcut))


def _sides(block: Block, side: int) -> tuple[int, int]:
    """Sides after the convolutions and after the shortcut of a block that halves; the latter are never smaller."""
    return _halved(side, block.first.filters.shape[-1]), side // 2


def _halved(side: int, window: int) -> int:
    return 1 + (side - window) // 2


def _padded(graph: Graph, tensor: str, channels: int, sides: int) -> str:
    """With zeros for further channels, rows and columns at the end."""
    if channels == sides == 0:
        return tensor
    ends = np.array([0, 0, 0, 0, 0, channels, sides, sides], np.int64)
    return graph.node("Pad", tensor, graph.constant(ends), mode="constant")


def _convolve(graph: Graph, tensor: str, convolution: Convolution) -> str:
    filters, biases = graph.constant(convolution.filters), graph.constant(convolution.biases)
    stride, padding = convolution.stride, convolution.padding
    sides = convolution.filters.shape[2:]
    return graph.node(
        "Conv", tensor, filters, biases, kernel_shape=sides, strides=(stride, stride), pads=(padding,) * 4
    )
