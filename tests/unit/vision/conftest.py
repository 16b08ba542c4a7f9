import os
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import skimage.data
from PIL import Image, ImageFile, ImageOps

from faceorganizer.domain.faces import FaceObservations
from faceorganizer.domain.pictures import Picture
from faceorganizer.vision.analyser import FaceAnalyser, dlib_analyser
from faceorganizer.vision.weights import Weights, weights_path

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def astronaut() -> np.ndarray:
    return np.ascontiguousarray(skimage.data.astronaut())


@pytest.fixture(scope="session")
def shared_photos() -> list[np.ndarray]:
    """A few of the reference photos, upright RGB."""
    folder = Path(os.environ.get("FACEORGANIZER_SHARED", REPOSITORY.parent / "shared")) / "data" / "photos"
    if not folder.is_dir():
        pytest.skip("the reference photos are not on this machine")
    names = ("kit_with_rose.jpg", "longoria-cooper.jpg", "2008_002506.jpg")
    return [np.array(ImageOps.exif_transpose(Image.open(folder / name)).convert("RGB")) for name in names]


@pytest.fixture(scope="session")
def face_recognition() -> ModuleType:
    """The package face_recognition, whose own way to its weights needs pkg_resources."""
    files = {
        "pose_predictor_model_location": Weights.LANDMARKS_68,
        "pose_predictor_five_point_model_location": Weights.LANDMARKS_5,
        "face_recognition_model_location": Weights.RECOGNITION,
        "cnn_face_detector_model_location": Weights.CNN_DETECTOR,
    }
    models = ModuleType("face_recognition_models")
    for name, weights in files.items():
        setattr(models, name, lambda weights=weights: str(weights_path(weights)))
    sys.modules.setdefault("face_recognition_models", models)
    patient = ImageFile.LOAD_TRUNCATED_IMAGES
    library = pytest.importorskip("face_recognition")
    ImageFile.LOAD_TRUNCATED_IMAGES = patient  # which it switches on for the whole process
    return library


@pytest.fixture(scope="session")
def as_picture():
    """Make a picture of pixels at full resolution."""
    return lambda pixels: Picture(np.ascontiguousarray(pixels), pixels.shape[1], pixels.shape[0])


@pytest.fixture(scope="session")
def analyser() -> FaceAnalyser:
    return dlib_analyser()


@pytest.fixture(scope="session")
def seen(analyser, astronaut, as_picture) -> FaceObservations:
    """The astronaut's face at default settings."""
    return analyser.analyse(as_picture(astronaut))
