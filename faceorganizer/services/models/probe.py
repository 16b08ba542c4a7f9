"""Trying a model before it is added: in a process of its own, for an engine may crash on what a file says."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from faceorganizer.domain.progress import Unattended
from faceorganizer.jobs.alone import run_alone
from faceorganizer.services.models.files import refused
from faceorganizer.vision.modelfile import ModelFile

_SECONDS: Final = 120
_SEEDS: Final = (0, 1)


@dataclass(frozen=True, slots=True)
class ProbeTask:
    """Run a model once."""

    file: ModelFile
    engine: str


def tried(file: ModelFile, engine: str) -> int:
    """How long a model's descriptors are; 0 for a detector.

    Raises:
        ModelFileError: It cannot be run, or gives what no descriptor can be.
    """
    return run_alone(
        probing_worker,
        ProbeTask(file, engine),
        Unattended(),
        lambda cause: refused(file.name, cause),
        timeout=_SECONDS,
    )


def probing_worker() -> Callable[[ProbeTask], int]:
    """Make the handler of the process."""
    # Only there: these libraries take a while to load, and no other process needs them.
    import numpy as np

    from faceorganizer.vision.fivepoint import SIDE
    from faceorganizer.vision.networks.given import GivenEmbedder
    from faceorganizer.vision.networks.yunet import YuNetDetector

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # engines say there at length what they do not like

    def handle(task: ProbeTask) -> int:
        noise = [np.random.default_rng(seed).integers(0, 256, (SIDE, SIDE, 3), np.uint8) for seed in _SEEDS]
        if task.file.layout.describes:
            return int(GivenEmbedder(file=task.file, engine=task.engine).raw(np.stack(noise)).shape[1])
        YuNetDetector(file=task.file).detect(np.tile(noise[0], (3, 4, 1)))
        return 0

    return handle
