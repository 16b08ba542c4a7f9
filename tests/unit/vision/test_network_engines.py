"""Engines: dlib's own descriptors from each."""

import pickle

import numpy as np
import onnxruntime
import pytest
from PIL import Image

from faceorganizer.domain.errors import SettingError
from faceorganizer.vision.chips import face_chips
from faceorganizer.vision.detector import HogDetector
from faceorganizer.vision.embedder import DlibEmbedder
from faceorganizer.vision.landmarks import DlibLandmarks
from faceorganizer.vision.networks.embedder import NetworkEmbedder
from faceorganizer.vision.networks.engines import ENGINES, create_engine
from faceorganizer.vision.networks.models import onnx_model
from faceorganizer.vision.networks.onnxfile import Graph
from faceorganizer.vision.weights import Weights

SAME = 1e-5
FACE = np.array([[179, 83, 88, 88]], np.float32)  # of the astronaut


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("networks")


@pytest.fixture(scope="module")
def chips(astronaut) -> np.ndarray:
    """The astronaut in many ways, and no face at all."""
    boxes = FACE + np.array([[0, 0, 0, 0], [3, -2, 5, 5]], np.float32)
    face, nudged = face_chips(astronaut, DlibLandmarks().predict(astronaut, boxes))
    noise = np.random.default_rng(0).integers(0, 256, (150, 150, 3), np.uint8)
    black, white = np.zeros_like(face), np.full_like(face, 255)
    return np.stack([face, nudged, face[:, ::-1], face // 2, noise, black, white])


@pytest.fixture(scope="module")
def dlibs(chips) -> np.ndarray:
    return DlibEmbedder().embed(chips)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("batch", [1, 3, 16])
def test_descriptors_are_dlibs(engine, batch, chips, dlibs, cache):
    embedder = NetworkEmbedder(engine=engine, batch=batch, cache=cache)
    assert np.abs(embedder.embed(chips) - dlibs).max() <= SAME
    assert embedder.model == DlibEmbedder().model


def test_descriptors_of_people_are_dlibs(shared_data, cache):
    paths = sorted((shared_data / "lfw").glob("*/*.jpg"))[::320][:40]
    detector, landmarks = HogDetector(), DlibLandmarks()
    chips = []
    for path in paths:
        pixels = np.array(Image.open(path).convert("RGB"))
        chips += list(face_chips(pixels, landmarks.predict(pixels, detector.detect(pixels).boxes[:1])))
    assert len(chips) >= 15
    assert np.abs(NetworkEmbedder(cache=cache).embed(np.stack(chips)) - DlibEmbedder().embed(chips)).max() <= SAME


@pytest.mark.parametrize("threads", [0, 1, 2])
def test_threads_change_nothing(threads, chips, dlibs, cache):
    assert np.abs(NetworkEmbedder(threads=threads, cache=cache).embed(chips) - dlibs).max() <= SAME


@pytest.mark.parametrize("engine", ENGINES)
def test_mirrored_descriptors_are_the_mean_over_both(engine, chips, dlibs, cache):
    embedder = NetworkEmbedder(engine=engine, mirrored=True, cache=cache)
    both = embedder.embed(chips[:3])
    np.testing.assert_allclose(both[0], (dlibs[0] + dlibs[2]) / 2, atol=SAME)
    np.testing.assert_allclose(both[0], both[2], atol=SAME)
    assert embedder.model.name == "dlib-resnet-v1+mirror"
    assert embedder.model != DlibEmbedder().model


def test_the_aligner_is_part_of_the_model():
    assert NetworkEmbedder(aligner="5-point").model == DlibEmbedder(aligner="5-point").model


def test_chips_may_be_views(chips, dlibs, cache):
    every_other = np.repeat(chips, 2, axis=0)[::2]
    assert np.abs(NetworkEmbedder(cache=cache).embed(every_other) - dlibs).max() <= SAME


def test_embedders_travel_to_workers_before_their_first_use(cache):
    assert pickle.loads(pickle.dumps(NetworkEmbedder(cache=cache))).model == DlibEmbedder().model


@pytest.mark.parametrize("sides", [(29, 29), (64, 90), (201, 33)])
def test_engines_agree_on_scores_of_any_size(sides, astronaut, cache):
    pixels = astronaut[None, : sides[0], : sides[1]]
    engines = [create_engine(name, weights=Weights.CNN_DETECTOR, cache=cache) for name in ("onnxruntime", "opencv")]
    first, second = (engine.run(pixels) for engine in engines)
    assert first.shape == second.shape == (1, 1, *[((((side - 3) // 2) - 3) // 2 - 3) // 2 for side in sides])
    np.testing.assert_allclose(first, second, atol=1e-4)


def test_pixels_may_be_bytes_or_floats(chips, cache):
    engine = create_engine(weights=Weights.RECOGNITION, cache=cache)
    assert (engine.run(chips[:1]) == engine.run(chips[:1].astype(np.float32))).all()


def test_results_are_not_written_over(chips, cache):
    for name in ENGINES:
        engine = create_engine(name, weights=Weights.RECOGNITION, cache=cache)
        first = engine.run(chips[:1])
        before = first.copy()
        engine.run(chips[4:5])
        assert (first == before).all()


def test_an_unknown_engine_is_refused():
    with pytest.raises(SettingError, match="abacus") as caught:
        create_engine("abacus", weights=Weights.RECOGNITION)
    assert "onnxruntime" in caught.value.advice


def test_dlib_does_not_show_scores():
    with pytest.raises(SettingError, match="dlib"):
        create_engine("dlib", weights=Weights.CNN_DETECTOR)


@pytest.mark.parametrize("weights", [Weights.RECOGNITION, Weights.CNN_DETECTOR])
def test_models_say_what_they_take_and_give(weights):
    session = onnxruntime.InferenceSession(onnx_model(weights), providers=["CPUExecutionProvider"])
    (taken,), (given,) = session.get_inputs(), session.get_outputs()
    assert taken.name == "pixels"
    shapes = {Weights.RECOGNITION: [["n", 3, 150, 150], ["n", 128]]}
    shapes[Weights.CNN_DETECTOR] = [["n", 3, "height", "width"], ["n", 1, "rows", "columns"]]
    assert [taken.shape, given.shape] == shapes[weights]


def test_a_graph_of_ones_own():
    graph = Graph("sum")
    constant = graph.constant(np.arange(300, dtype=np.float32).reshape(1, 300))
    total = graph.node("Add", "x", constant)
    session = onnxruntime.InferenceSession(graph.model({"x": ("n", 300)}, total, ("n", 300)))
    result = session.run(None, {"x": np.ones((2, 300), np.float32)})[0]
    assert (result == np.arange(300) + 1).all()
