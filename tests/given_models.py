"""Small random networks, written anew by each test that needs one."""

import hashlib
from pathlib import Path

import numpy as np

from faceorganizer.vision.modelfile import Layout, ModelFile
from faceorganizer.vision.networks.onnxfile import Graph

DIMENSION = 32


def descriptor_net(
    seed: int = 0,
    *,
    batch: int | str = "n",
    channels_last: bool = False,
    dimension: int = DIMENSION,
    gain: float = 1.0,
    layers: int = 0,
) -> bytes:
    """A network that describes faces of 112 x 112 pixels, whichever way they are scaled.

    Each of the layers that are asked for takes some 0.5 GFLOP a face and changes nothing that matters.
    """
    rng = np.random.default_rng(seed)
    graph = Graph("descriptors")
    tensor = "data"
    if channels_last:
        tensor = graph.node("Transpose", tensor, perm=(0, 3, 1, 2))
    channels = 3
    for width in (64,) * layers:
        weights = rng.normal(0, (2 / (9 * channels)) ** 0.5, (width, channels, 3, 3)).astype(np.float32)
        tensor = graph.node("Conv", tensor, graph.constant(weights), kernel_shape=(3, 3), pads=(1, 1, 1, 1))
        tensor, channels = graph.node("Relu", tensor), width
    for width in (8, 16, 24):
        weights = rng.normal(0, (2 / (9 * channels)) ** 0.5, (width, channels, 3, 3)).astype(np.float32)
        tensor = graph.node("Conv", tensor, graph.constant(weights), kernel_shape=(3, 3), strides=(2, 2))
        tensor, channels = graph.node("Relu", tensor), width
    tensor = graph.node("MaxPool", tensor, kernel_shape=(4, 4), strides=(3, 3))
    tensor = graph.node("Flatten", tensor)
    projection = rng.normal(0, 0.05 * gain, (24 * 4 * 4, dimension)).astype(np.float32)
    tensor = graph.named(graph.node("MatMul", tensor, graph.constant(projection)), "descriptor")
    sides = (batch, 112, 112, 3) if channels_last else (batch, 3, 112, 112)
    return graph.model({"data": sides}, tensor, (batch, dimension))


def yunet_net(seed: int = 0, *, sides: tuple[int | str, ...] = (1, 3, 640, 640), spread: float = 0.05) -> bytes:
    """A network with the inputs and outputs of YuNet, which finds faces at random."""
    rng = np.random.default_rng(seed)
    graph = Graph("yunet")
    tensor, channels, features = "input", 3, {}
    for step, width in ((2, 8), (4, 8), (8, 16), (16, 16), (32, 16)):
        weights = rng.normal(0, (2 / (9 * channels)) ** 0.5, (width, channels, 3, 3)).astype(np.float32)
        weights *= 0.01 if step == 2 else 1
        options = {"kernel_shape": (3, 3), "strides": (2, 2), "pads": (1, 1, 1, 1)}
        tensor = graph.node("Relu", graph.node("Conv", tensor, graph.constant(weights), **options))
        channels, features[step] = width, tensor
    outputs = {}
    for kind, width in (("cls", 1), ("obj", 1), ("bbox", 4), ("kps", 10)):
        for step in (8, 16, 32):
            weights = rng.normal(0, spread if width > 1 else 1.0, (width, 16, 1, 1)).astype(np.float32)
            bias = np.full(width, 0.0 if width > 1 else -2.0, np.float32)
            if kind == "bbox":
                bias[2:] = 1.5  # logarithm of the side in steps
            made = graph.node(
                "Conv", features[step], graph.constant(weights), graph.constant(bias), kernel_shape=(1, 1)
            )
            made = graph.node("Transpose", made, perm=(0, 2, 3, 1))
            made = graph.node("Reshape", made, graph.constant(np.array([1, -1, width], np.int64)))
            if width == 1:
                made = graph.node("Sigmoid", made)
            outputs[graph.named(made, f"{kind}_{step}")] = (1, "places", width)
    first = next(iter(outputs))
    return graph.model({"input": sides}, first, outputs.pop(first), outputs)


def model_file(folder: Path, content: bytes, layout: Layout = Layout.ARCFACE, dimension: int = DIMENSION) -> ModelFile:
    """A network in a file of a folder."""
    digest = hashlib.sha256(content).hexdigest()
    path = folder / f"{digest[:16]}.onnx"
    path.write_bytes(content)
    return ModelFile("random", layout, path, digest, dimension if layout.describes else 0)
