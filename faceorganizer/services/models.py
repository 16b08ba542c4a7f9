"""Which models a library works with."""

from faceorganizer.domain.faces import EmbeddingModel
from faceorganizer.services.settings import SettingsService


def library_model(settings: SettingsService) -> EmbeddingModel:
    """What a library's faces are described by now.

    Raises:
        ModelFileError: The weights are missing or cannot be read.
    """
    # Only here: dlib takes a while to load, and most commands need nothing of it.
    from faceorganizer.vision.networks.embedder import NetworkEmbedder

    vision = settings.library().vision
    return NetworkEmbedder(aligner=vision.aligner, mirrored=vision.mirrored).model
