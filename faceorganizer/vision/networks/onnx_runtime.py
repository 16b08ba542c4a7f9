"""Networks run by ONNX Runtime."""

import functools
from pathlib import Path

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as errors

from faceorganizer.domain.geometry import FloatArray
from faceorganizer.vision.networks.engines import GivenNetwork, PixelsOrFloats, Source, planes
from faceorganizer.vision.networks.models import onnx_model
from faceorganizer.vision.weights import Weights

# They have no class of their own in common.
_TROUBLE = (
    errors.Fail,
    errors.InvalidArgument,
    errors.InvalidGraph,
    errors.InvalidProtobuf,
    errors.NoSuchFile,
    errors.NotImplemented,
    errors.RuntimeException,
    errors.EPFail,
)


class OnnxRuntimeEngine:
    """ONNX Runtime on the processor. It releases the interpreter lock while it computes.

    Args:
        weights: RECOGNITION, CNN_DETECTOR, or a given network.
        threads: How many it uses; 0 for one per core.
        cache: Folder where converted networks are kept.
    """

    def __init__(self, *, weights: Source, threads: int = 1, cache: Path | None = None) -> None:
        self.weights = weights
        self.threads = threads
        self.cache = cache

    def run(self, pixels: PixelsOrFloats) -> FloatArray:
        """Return what the network makes of (n, height, width, 3) RGB from 0 to 255.

        Raises:
            ModelFileError: The weights are missing or damaged, or a given network cannot be run.
        """
        if not isinstance(self.weights, GivenNetwork):
            return np.asarray(self._session.run(None, {"pixels": planes(pixels)})[0], np.float32)
        fed = np.ascontiguousarray(pixels, np.float32) if self.weights.channels_last else planes(pixels)
        try:
            return np.asarray(self._session.run(None, {self.weights.input: fed})[0], np.float32)
        except (*_TROUBLE, TypeError, ValueError) as error:
            raise self.weights.refused(error) from error

    @functools.cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Chips are all of one size, and memory that is kept for them saves a third of the time. Pictures are of any:
        # memory kept for each would add up.
        one_size = self.weights is not Weights.CNN_DETECTOR
        options.enable_cpu_mem_arena = one_size
        options.enable_mem_pattern = one_size
        # Threads that wait by spinning take the cores from other workers.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        if not isinstance(self.weights, GivenNetwork):
            model = onnx_model(self.weights, self.cache)
            return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        options.log_severity_level = 4
        try:
            return onnxruntime.InferenceSession(self.weights.content, options, providers=["CPUExecutionProvider"])
        except _TROUBLE as error:
            raise self.weights.refused(error) from error
