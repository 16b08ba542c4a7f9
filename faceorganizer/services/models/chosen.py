"""Which models a library works with."""

from pathlib import Path

from faceorganizer.domain.errors import ModelFileError
from faceorganizer.domain.faces import EmbeddingModel
from faceorganizer.domain.pictures import Detail
from faceorganizer.services.models.files import ModelFiles
from faceorganizer.services.scan.tasks import VisionOptions
from faceorganizer.services.settings import SettingsService
from faceorganizer.settings.model import OWN_DETECTOR, OWN_EMBEDDER
from faceorganizer.settings.store import models_path
from faceorganizer.vision.modelfile import MIRRORED, ModelFile


def library_model(settings: SettingsService) -> EmbeddingModel:
    """What a library's faces are described by now; its file need not be there.

    Raises:
        ModelFileError: The weights of dlib's network are missing or cannot be read, or nothing is known of the model.
    """
    vision = settings.library().vision
    return embedding_model(settings, vision.embedder)


def embedding_model(settings: SettingsService, name: str) -> EmbeddingModel:
    """What describes faces under a name, with the library's other settings.

    Raises:
        ModelFileError: As for :func:`library_model`.
    """
    vision = settings.library().vision
    if name == OWN_EMBEDDER:
        # Only here: dlib takes a while to load, and most commands need nothing of it.
        from faceorganizer.vision.networks.embedder import NetworkEmbedder

        return NetworkEmbedder(aligner=vision.aligner, mirrored=vision.mirrored).model
    file = ModelFiles(models_path()).find(name)
    if file is not None and file.layout.describes:
        return file.embedding_model(mirrored=vision.mirrored)
    known = settings.known_model(name + MIRRORED if vision.mirrored else name)
    if known is None:
        raise unknown_model(name)
    return known


def vision_options(
    settings: SettingsService, cache: Path, detail: Detail | None = None, embedder: str | None = None
) -> VisionOptions:
    """How a library's faces are found and described.

    Args:
        settings: Of the program and the library.
        cache: Folder where converted networks are kept.
        detail: How small faces may be; the library's setting when None.
        embedder: The model that describes faces; the library's when None.

    Raises:
        ModelFileError: A model that is used was not added on this computer.
    """
    vision = settings.library().vision
    files = ModelFiles(models_path())
    describing, finding = embedder or vision.embedder, vision.detector
    return VisionOptions(
        detail or vision.detail,
        vision.min_score,
        vision.aligner,
        vision.mirrored,
        settings.application().scan.engine,
        cache,
        None if describing == OWN_EMBEDDER else _added(files, describing, describes=True),
        None if finding == OWN_DETECTOR else _added(files, finding, describes=False),
    )


def unknown_model(name: str) -> ModelFileError:
    """What to raise where a model is not there."""
    return ModelFileError(
        f"There is no model “{name}” on this computer.",
        f"Add it: faceorganizer models add FILE --as {name}. Or use another one: faceorganizer models use "
        f"{OWN_EMBEDDER} (or {OWN_DETECTOR} to find faces).",
    )


def _added(files: ModelFiles, name: str, *, describes: bool) -> ModelFile:
    file = files.find(name)
    if file is None:
        raise unknown_model(name)
    if file.layout.describes is not describes:
        purpose = "describes faces" if describes else "finds faces"
        raise ModelFileError(
            f"The model “{name}” is none that {purpose}.", "Use another one: faceorganizer models list"
        )
    return file
