"""What every detector, landmark predictor and embedder promises."""

import inspect
import threading
from collections.abc import Callable

import numpy as np
import pytest
from given_models import descriptor_net, model_file

from faceorganizer.domain.faces import EmbeddingModel
from faceorganizer.domain.seams import Detector, Embedder, LandmarkPredictor
from faceorganizer.vision.chips import face_chips
from faceorganizer.vision.detector import HogDetector
from faceorganizer.vision.embedder import DlibEmbedder
from faceorganizer.vision.fivepoint import five_point_chips
from faceorganizer.vision.framing import HogFramed
from faceorganizer.vision.landmarks import DlibLandmarks
from faceorganizer.vision.networks.detector import CnnDetector
from faceorganizer.vision.networks.embedder import NetworkEmbedder
from faceorganizer.vision.networks.given import GivenEmbedder

DETECTORS = {
    "hog": HogDetector,
    "cnn": CnnDetector,
    "cnn by opencv": lambda: CnnDetector(engine="opencv"),
    "cnn framed": lambda: HogFramed(detector=CnnDetector(), predictor=DlibLandmarks()),
}
PREDICTORS = {"68": DlibLandmarks, "5": lambda: DlibLandmarks(points=5)}
EMBEDDERS = {
    "dlib": DlibEmbedder,
    "onnxruntime": NetworkEmbedder,
    "one by one": lambda: NetworkEmbedder(batch=1),
    "opencv": lambda: NetworkEmbedder(engine="opencv"),
    "dlib as an engine": lambda: NetworkEmbedder(engine="dlib"),
    "mirrored": lambda: NetworkEmbedder(mirrored=True),
}
FACE = np.array([[179, 83, 88, 88]], np.float32)  # of the astronaut


@pytest.fixture(scope="module", params=DETECTORS.values(), ids=DETECTORS)
def make_detector(request) -> Callable[[], Detector]:
    return request.param


@pytest.fixture(scope="module")
def detector(make_detector) -> Detector:
    return make_detector()


@pytest.fixture(scope="module", params=PREDICTORS.values(), ids=PREDICTORS)
def predictor(request) -> LandmarkPredictor:
    return request.param()


@pytest.fixture(scope="module", params=[*EMBEDDERS, "given"])
def embedder(request, tmp_path_factory) -> Embedder:
    if request.param == "given":
        return GivenEmbedder(file=model_file(tmp_path_factory.mktemp("given"), descriptor_net()))
    return EMBEDDERS[request.param]()


@pytest.fixture(scope="module")
def chips(astronaut, embedder) -> np.ndarray:
    boxes = FACE + np.array([[0, 0, 0, 0], [3, -2, 5, 5]], np.float32)
    cut = five_point_chips if isinstance(embedder, GivenEmbedder) else face_chips
    return cut(astronaut, DlibLandmarks().predict(astronaut, boxes))


@pytest.mark.parametrize("engine", [HogDetector, DlibLandmarks, DlibEmbedder, NetworkEmbedder, CnnDetector])
def test_parameters_are_keywords_and_merely_stored(engine):
    parameters = inspect.signature(engine).parameters
    assert all(p.kind is p.KEYWORD_ONLY for p in parameters.values())
    assert all(getattr(engine(), name) == p.default for name, p in parameters.items())


class TestDetector:
    def test_has_a_name(self, detector):
        assert detector.name
        assert detector.name == detector.name.strip().lower()

    @pytest.mark.parametrize("colour", [True, False])
    def test_finds_the_face(self, detector, astronaut, colour):
        found = detector.detect(astronaut if colour else astronaut[..., 1])
        assert found.boxes.dtype == found.scores.dtype == np.float32
        assert len(found) == 1
        centre = found.boxes[0, :2] + found.boxes[0, 2:] / 2
        assert np.abs(centre - [223, 127]).max() < 12
        assert 70 < found.boxes[0, 2] < 120

    def test_is_deterministic_and_leaves_the_pixels_alone(self, detector, astronaut):
        before = astronaut.copy()
        first, second = detector.detect(astronaut), detector.detect(astronaut)
        assert (first.boxes == second.boxes).all()
        assert (first.scores == second.scores).all()
        assert (astronaut == before).all()

    @pytest.mark.parametrize("shape", [(1, 1), (1, 1, 3), (2, 5000), (5000, 2, 3), (79, 81), (0, 7), (0, 0, 3)])
    def test_finds_nothing_where_nothing_fits(self, detector, shape):
        assert len(detector.detect(np.zeros(shape, np.uint8))) == 0

    def test_finds_nothing_in_noise(self, detector):
        noise = np.random.default_rng(0).integers(0, 256, (600, 800, 3), np.uint8)
        assert len(detector.detect(noise)) == 0

    def test_takes_views(self, detector, astronaut):
        wide = np.concatenate([astronaut, astronaut], axis=1)
        assert (detector.detect(wide[:, :512]).boxes == detector.detect(astronaut).boxes).all()
        assert len(detector.detect(astronaut[:, ::-1])) == 1

    def test_one_object_to_a_thread_gives_the_same_everywhere(self, detector, make_detector, astronaut):
        found = {}

        def search(name):
            found[name] = make_detector().detect(astronaut).boxes.tolist()

        threads = [threading.Thread(target=search, args=(name,)) for name in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found[0] == found[1] == detector.detect(astronaut).boxes.tolist()


class TestLandmarkPredictor:
    def test_places_points_in_the_face(self, predictor, astronaut):
        points = predictor.predict(astronaut, FACE)
        assert points.dtype == np.float32
        assert points.shape[0] == 1
        assert points.shape[2] == 2
        low, high = FACE[0, :2] - 20, FACE[0, :2] + FACE[0, 2:] + 20
        assert ((points > low) & (points < high)).all()

    def test_moves_with_the_picture(self, predictor, astronaut):
        moved = np.pad(astronaut, ((30, 0), (50, 0), (0, 0)))
        points = predictor.predict(moved, FACE + np.array([50, 30, 0, 0], np.float32))
        assert (points - [50, 30] == predictor.predict(astronaut, FACE)).all()

    def test_each_box_stands_alone(self, predictor, astronaut):
        other = FACE + np.array([4, 3, -6, -6], np.float32)
        both = predictor.predict(astronaut, np.concatenate([FACE, other]))
        assert (both[0] == predictor.predict(astronaut, FACE)[0]).all()
        assert (both[1] == predictor.predict(astronaut, other)[0]).all()

    def test_no_box_no_points(self, predictor, astronaut):
        assert predictor.predict(astronaut, np.zeros((0, 4), np.float32)).shape[::2] == (0, 2)

    @pytest.mark.parametrize("box", [[-40, -40, 90, 90], [480, 480, 90, 90], [-900, 0, 50, 50], [5, 5, 0, 0]])
    def test_boxes_over_the_edge_and_empty_ones_are_taken(self, predictor, astronaut, box):
        assert np.isfinite(predictor.predict(astronaut, np.array([box], np.float32))).all()

    def test_one_pixel_is_enough(self, predictor):
        points = predictor.predict(np.zeros((1, 1, 3), np.uint8), np.array([[0, 0, 1, 1]], np.float32))
        assert np.isfinite(points).all()


class TestEmbedder:
    def test_names_its_model(self, embedder):
        model = embedder.model
        assert isinstance(model, EmbeddingModel)
        assert len(model.version) == 16
        assert int(model.version, 16) >= 0
        assert model == embedder.model

    def test_descriptors_fit_the_model(self, embedder, chips):
        descriptors = embedder.embed(chips)
        assert descriptors.shape == (2, embedder.model.dimension)
        assert descriptors.dtype == np.float32
        assert np.isfinite(descriptors).all()

    def test_a_face_is_near_itself_and_far_from_noise(self, embedder, chips):
        noise = np.random.default_rng(0).integers(0, 256, chips[:1].shape, np.uint8)
        face, nudged, other = embedder.embed(np.concatenate([chips, noise]))
        assert np.linalg.norm(face - nudged) < 0.3 < np.linalg.norm(face - other)

    def test_batches_change_nothing(self, embedder, chips):
        alone = np.concatenate([embedder.embed(chip[None]) for chip in chips])
        np.testing.assert_allclose(embedder.embed(chips), alone, atol=1e-5)

    def test_no_chip_no_descriptor(self, embedder):
        assert embedder.embed(np.zeros((0, 150, 150, 3), np.uint8)).shape == (0, embedder.model.dimension)
