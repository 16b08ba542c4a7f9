"""Networks that users bring: run, or refused with what was expected."""

import contextlib
import dataclasses

import cv2
import numpy as np
import pytest
from given_models import DIMENSION, descriptor_net, model_file, yunet_net
from hypothesis import given, settings
from hypothesis import strategies as st

from faceorganizer.domain.errors import ModelFileError, SettingError
from faceorganizer.domain.pictures import Detail
from faceorganizer.vision.analyser import dlib_analyser
from faceorganizer.vision.fivepoint import PLACES, five_point_chips, five_points, similarity
from faceorganizer.vision.landmarks import DlibLandmarks
from faceorganizer.vision.modelfile import Layout, ModelFile
from faceorganizer.vision.networks.engines import GivenNetwork, create_engine
from faceorganizer.vision.networks.given import GivenEmbedder, check_yunet, descriptor_ends, is_yunet
from faceorganizer.vision.networks.onnxfile import Graph
from faceorganizer.vision.networks.onnxgraph import outline
from faceorganizer.vision.networks.yunet import SURE, NetworkFinder, YuNetDetector

FACE = np.array([[179, 83, 88, 88]], np.float32)  # of the astronaut
ENGINES = ("onnxruntime", "opencv")


@pytest.fixture(scope="module")
def points(astronaut) -> np.ndarray:
    return DlibLandmarks().predict(astronaut, FACE)


@pytest.fixture(scope="module")
def chips(astronaut, points) -> np.ndarray:
    noise = np.random.default_rng(0).integers(0, 256, (1, 112, 112, 3), np.uint8)
    return np.concatenate([five_point_chips(astronaut, points), five_point_chips(astronaut[:, ::-1], points), noise])


def colours_net() -> bytes:
    """What comes out are the means of the three planes that went in."""
    graph = Graph("colours")
    tensor = graph.node("Flatten", graph.node("GlobalAveragePool", "data"))
    return graph.model({"data": (1, 3, 112, 112)}, tensor, (1, 3))


class TestAlignment:
    def test_points_come_to_their_places(self, points):
        found = five_points(points)[0]
        transform = similarity(found)
        moved = found @ transform[:, :2].T + transform[:, 2]
        assert np.abs(moved - PLACES).max() < 8
        assert np.isclose(np.hypot(*transform[:, 0]), np.hypot(*transform[:, 1]))  # nothing is stretched

    def test_it_is_the_least_squares_similarity(self):
        from skimage.transform import SimilarityTransform

        for seed in range(20):
            rng = np.random.default_rng(seed)
            found = (PLACES * rng.uniform(0.3, 9) + rng.normal(0, 4, (5, 2)) + rng.uniform(-90, 900, 2)).astype(
                np.float32
            )
            other = SimilarityTransform.from_estimate(found, PLACES)
            np.testing.assert_allclose(similarity(found), other.params[:2], rtol=1e-4, atol=1e-2)

    def test_it_is_what_opencv_cuts(self, astronaut, points, tmp_path):
        path = tmp_path / "colours.onnx"
        path.write_bytes(colours_net())
        recogniser = cv2.FaceRecognizerSF.create(str(path), "")
        face = np.concatenate([FACE[0], five_points(points)[0].ravel(), [1]]).astype(np.float32)[None]
        theirs = recogniser.alignCrop(astronaut, face)
        (ours,) = five_point_chips(astronaut, points)
        assert np.abs(theirs.astype(int) - ours).max() <= 2

    @pytest.mark.parametrize("factor", [0.5, 3, 8])
    def test_size_and_turn_hardly_matter(self, astronaut, points, factor):
        size = round(512 * factor)
        sized = cv2.resize(astronaut, (size, size), interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)
        (chip,) = five_point_chips(sized, (points + 0.5) * factor - 0.5)
        (plain,) = five_point_chips(astronaut, points)
        assert np.abs(chip.astype(int) - plain).mean() < 5
        turned = np.stack([511 - points[..., 1], points[..., 0]], axis=-1)  # by a right angle
        (upright,) = five_point_chips(np.ascontiguousarray(np.rot90(astronaut, -1)), turned)
        assert np.abs(upright.astype(int) - plain).max() <= 3

    @pytest.mark.parametrize("place", [-500.0, 0.0, 511.0, 9000.0])
    def test_points_in_one_place_or_outside_are_taken(self, astronaut, place):
        assert five_point_chips(astronaut, np.full((1, 68, 2), place, np.float32)).shape == (1, 112, 112, 3)

    def test_no_face_no_chip(self, astronaut):
        assert five_point_chips(astronaut, np.zeros((0, 68, 2), np.float32)).shape == (0, 112, 112, 3)


class TestEmbedder:
    @pytest.mark.parametrize("engine", ENGINES)
    @pytest.mark.parametrize("batch", ["n", 1])
    @pytest.mark.parametrize("channels_last", [True, False])
    def test_all_ways_to_feed_it_give_the_same(self, tmp_path, chips, engine, batch, channels_last):
        usual = GivenEmbedder(file=model_file(tmp_path, descriptor_net())).embed(chips)
        content = descriptor_net(batch=batch, channels_last=channels_last)
        embedder = GivenEmbedder(file=model_file(tmp_path, content), engine=engine, batch=2)
        np.testing.assert_allclose(embedder.embed(chips), usual, atol=1e-5)

    def test_descriptors_are_of_unit_length(self, tmp_path, chips):
        descriptors = GivenEmbedder(file=model_file(tmp_path, descriptor_net())).embed(chips)
        np.testing.assert_allclose(np.linalg.norm(descriptors, axis=1), 1, atol=1e-5)

    def test_the_model_is_name_and_hash(self, tmp_path):
        file = model_file(tmp_path, descriptor_net())
        model = GivenEmbedder(file=file).model
        assert (model.name, model.version, model.dimension) == ("random", file.sha256[:16], DIMENSION)
        assert (model.metric, model.aligner) == ("cosine", "5-point-112")
        others = {dataclasses.replace(file, layout=layout).embedding_model() for layout in Layout if layout.describes}
        assert len({*others, GivenEmbedder(file=file, mirrored=True).model}) == 4  # never compared with each other

    def test_mirrored_descriptors_are_of_both(self, tmp_path, chips):
        embedder = GivenEmbedder(file=model_file(tmp_path, descriptor_net()), mirrored=True)
        np.testing.assert_allclose(embedder.embed(chips), embedder.embed(chips[:, :, ::-1]), atol=1e-5)

    @pytest.mark.parametrize(
        ("layout", "wanted"),
        [
            (Layout.ARCFACE, [(30 - 127.5) / 127.5, (20 - 127.5) / 127.5, (10 - 127.5) / 127.5]),
            (Layout.ARCFACE_128, [(30 - 127.5) / 128, (20 - 127.5) / 128, (10 - 127.5) / 128]),
            (Layout.SFACE, [30, 20, 10]),
        ],
    )
    @pytest.mark.parametrize("engine", ENGINES)
    def test_pixels_are_scaled_as_the_layout_says(self, tmp_path, engine, layout, wanted):
        chip = np.full((1, 112, 112, 3), (30, 20, 10), np.uint8)  # red, green, blue
        embedder = GivenEmbedder(file=model_file(tmp_path, colours_net(), layout, 3), engine=engine)
        np.testing.assert_allclose(embedder.raw(chip)[0], wanted, rtol=1e-4)

    def test_sface_is_fed_as_opencv_feeds_it(self, tmp_path, chips):
        file = model_file(tmp_path, descriptor_net(batch=1), Layout.SFACE)
        recogniser = cv2.FaceRecognizerSF.create(str(file.path), "")
        theirs = np.concatenate([recogniser.feature(np.ascontiguousarray(chip[..., ::-1])) for chip in chips])
        np.testing.assert_allclose(GivenEmbedder(file=file).raw(chips), theirs, rtol=1e-3, atol=1e-3)

    def test_faces_are_described_again_from_their_landmarks(self, tmp_path, astronaut, as_picture, seen):
        picture = as_picture(astronaut)
        for analyser in (dlib_analyser(), dlib_analyser(aligner="5-point")):
            first = analyser.analyse(picture)
            again = analyser.describe_again(picture, first.boxes, first.landmarks)
            np.testing.assert_allclose(again, first.descriptors, atol=1e-5)
        given_one = dlib_analyser(descriptors=model_file(tmp_path, descriptor_net()))
        first = given_one.analyse(picture)
        assert first.descriptors.shape == (1, DIMENSION)
        np.testing.assert_array_equal(first.landmarks, seen.landmarks)
        np.testing.assert_array_equal(first.quality, seen.quality)
        again = given_one.describe_again(picture, first.boxes, first.landmarks)
        np.testing.assert_allclose(again, first.descriptors, atol=1e-5)


def with_sides(*sides: int | str, inputs: int = 1) -> bytes:
    graph = Graph("other")
    tensor = graph.node("Flatten", "data")
    names = {"data": sides} | {f"more{number}": sides for number in range(inputs - 1)}
    return graph.model(names, tensor, ("n", "m"))


class TestRefusals:
    @pytest.mark.parametrize(
        "content",
        [
            with_sides(1, 3, 160, 160),
            with_sides("n", 1, 112, 112),
            with_sides("n", 3, 112),
            with_sides(4, 3, 112, 112),
            with_sides("n", 3, 112, 112, inputs=2),
            yunet_net(),
        ],
        ids=["160 pixels", "grey", "rank 3", "always four", "two inputs", "a detector"],
    )
    def test_other_inputs(self, content):
        with pytest.raises(ModelFileError, match=r"expected one input of 1 or n × 3 × 112 × 112") as caught:
            descriptor_ends(content, "The model")
        assert "found" in caught.value.message
        assert caught.value.advice

    @pytest.mark.parametrize("content", [b"", b"\x00", b"PK\x03\x04 no model", b"\x08\x08" * 40, bytes(1000)])
    def test_no_onnx_file(self, content):
        with pytest.raises(ModelFileError, match="no ONNX model"):
            descriptor_ends(content, "The model")

    def test_cut_off_anywhere(self):
        whole = descriptor_net()
        assert outline(whole, "it").outputs[0].name == "descriptor"
        for length in range(0, len(whole) - 1, 997):
            with pytest.raises(ModelFileError):
                outline(whole[:length], "it")

    @given(st.binary(max_size=300))
    @settings(max_examples=300, deadline=None)
    def test_bytes_at_random(self, content):
        with contextlib.suppress(ModelFileError):
            outline(content, "it")

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_damaged_bytes(self, data):
        content = bytearray(descriptor_net())
        for _ in range(data.draw(st.integers(1, 6))):
            content[data.draw(st.integers(0, 400))] = data.draw(st.integers(0, 255))
        with contextlib.suppress(ModelFileError):
            outline(bytes(content), "it")

    def test_weights_in_other_files(self):
        tensor = b"\x08\x03\x10\x01\x42\x01w\x70\x01"  # dims, float, name, data_location EXTERNAL
        in_initializer = b"\x2a" + bytes([len(tensor)]) + tensor
        attribute = b"\x0a\x05value\x2a" + bytes([len(tensor)]) + tensor
        node = b"\x2a" + bytes([len(attribute)]) + attribute
        in_node = b"\x0a" + bytes([len(node)]) + node
        for part in (in_initializer, in_node):
            with pytest.raises(ModelFileError, match="expected a model in one file"):
                outline(b"\x08\x08\x3a" + bytes([len(part)]) + part, "The model")

    def test_graphs_nested_without_end(self):
        graph = b""
        for _ in range(40):
            attribute = b"\x32" + _size(graph) + graph
            node = b"\x2a" + _size(attribute) + attribute
            graph = b"\x0a" + _size(node) + node
        with pytest.raises(ModelFileError, match="within each other"):
            outline(b"\x3a" + _size(graph) + graph, "it")

    @pytest.mark.parametrize("engine", ENGINES)
    def test_operators_that_do_not_exist(self, tmp_path, chips, engine):
        graph = Graph("odd")
        content = graph.model({"data": ("n", 3, 112, 112)}, graph.node("NoSuchThing", "data"), ("n", 4))
        with pytest.raises(ModelFileError, match="cannot be run"):
            GivenEmbedder(file=model_file(tmp_path, content, dimension=4), engine=engine).embed(chips)

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (descriptor_net(dimension=7), "expected a row of 32"),
            (with_sides("n", 3, 112, 112), "expected a row of 32"),
            (descriptor_net(gain=1e37), "not finite, or too large"),
            (descriptor_net(gain=float("nan")), "not finite"),
        ],
        ids=["other dimension", "huge descriptors", "huge numbers", "no numbers"],
    )
    def test_what_is_no_descriptor(self, tmp_path, chips, content, words):
        with pytest.raises(ModelFileError, match=words):
            GivenEmbedder(file=model_file(tmp_path, content)).embed(chips)

    def test_a_file_that_is_gone_or_another_one(self, tmp_path, chips):
        file = model_file(tmp_path, descriptor_net())
        file.path.write_bytes(descriptor_net(1))
        with pytest.raises(ModelFileError, match="not as it was registered"):
            GivenEmbedder(file=file).embed(chips)
        file.path.unlink()
        with pytest.raises(ModelFileError, match="cannot be read"):
            GivenEmbedder(file=file).embed(chips)
        assert GivenEmbedder(file=file).model.dimension == DIMENSION  # who it is, is known all the same

    def test_dlibs_engine_runs_no_others(self, tmp_path, chips):
        with pytest.raises(SettingError, match="no networks but"):
            create_engine("dlib", weights=GivenNetwork("x", b"", "data"))
        assert len(GivenEmbedder(file=model_file(tmp_path, descriptor_net()), engine="dlib").embed(chips)) == 3

    def test_a_descriptor_of_zeros_stays_one(self, tmp_path, chips):
        file = model_file(tmp_path, descriptor_net(gain=0.0))
        assert not GivenEmbedder(file=file).embed(chips).any()


def _size(content: bytes) -> bytes:
    length, size = len(content), bytearray()
    while length > 0x7F:
        size.append(length & 0x7F | 0x80)
        length >>= 7
    return bytes([*size, length])


class TestYuNet:
    @pytest.fixture
    def file(self, tmp_path) -> ModelFile:
        return model_file(tmp_path, yunet_net(), Layout.YUNET)

    def test_is_told_from_others(self):
        assert is_yunet(yunet_net(), "it")
        assert not is_yunet(descriptor_net(), "it")
        check_yunet(yunet_net(sides=(1, 3, "h", "w")), "it")
        with pytest.raises(ModelFileError, match="no YuNet detector: expected one input"):
            check_yunet(descriptor_net(), "it")

    def test_boxes_are_opencvs(self, file, astronaut):
        network = cv2.FaceDetectorYN.create(str(file.path), "", (512, 512), 0.6, 0.3, 5000)
        _, faces = network.detect(np.ascontiguousarray(astronaut[..., ::-1]))
        found = YuNetDetector(file=file).detect(astronaut)
        assert 5 < len(found) <= len(faces)
        rows = {tuple(np.round(box, 3)) for box in faces[:, :4]}
        assert all(tuple(np.round(box, 3)) in rows for box in found.boxes)
        assert (np.diff(found.scores) <= 0).all()
        assert found.scores.min() >= 0.2 - 1e-4  # which stands for 0.6
        assert found.scores.max() <= SURE

    def test_more_confidence_finds_fewer(self, file, astronaut):
        counts = [len(YuNetDetector(file=file, min_score=score).detect(astronaut)) for score in (-0.5, 0.2, 1.5, 1.999)]
        assert counts == sorted(counts, reverse=True)
        assert counts[0] > counts[2]

    def test_its_name_says_file_and_threshold(self, file, tmp_path):
        other = model_file(tmp_path, yunet_net(1), Layout.YUNET)
        names = {YuNetDetector(file=one, min_score=score).name for one in (file, other) for score in (0.2, 0.3)}
        assert len(names) == 4
        assert all(name == name.lower().strip() for name in names)

    @pytest.mark.parametrize("shape", [(1, 1), (1, 1, 3), (2, 900), (7, 7, 3), (0, 0, 3)])
    def test_finds_nothing_where_nothing_fits(self, file, shape):
        assert len(YuNetDetector(file=file).detect(np.zeros(shape, np.uint8))) == 0

    @pytest.mark.parametrize("shape", [(211, 317), (64, 900, 3), (33, 40, 3)])
    def test_takes_pictures_of_any_size(self, file, shape):
        pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
        found = YuNetDetector(file=file).detect(pixels)
        assert np.isfinite(found.boxes).all()

    def test_wild_numbers_are_no_faces(self, tmp_path, astronaut):
        wild = model_file(tmp_path, yunet_net(spread=40.0), Layout.YUNET)
        found = YuNetDetector(file=wild, min_score=-1).detect(astronaut)
        assert (found.boxes[:, 2:] <= 1024).all()
        assert (found.boxes[:, 2:] >= 8).all()

    def test_a_damaged_file_is_refused(self, tmp_path, astronaut):
        with pytest.raises(ModelFileError):
            YuNetDetector(file=model_file(tmp_path, b"nothing", Layout.YUNET)).detect(astronaut)

    @pytest.mark.parametrize("detail", Detail)
    def test_finds_faces_framed_as_the_hog_detector_would(self, file, astronaut, as_picture, detail):
        finder = NetworkFinder(
            detector=YuNetDetector(file=file, min_score=1.5), predictor=DlibLandmarks(), detail=detail
        )
        found = finder.find(as_picture(astronaut))
        assert len(found)
        np.testing.assert_allclose(found.boxes[:, 2], found.boxes[:, 3], rtol=1e-4)  # the HOG detector's are square
        assert (np.diff(found.scores) <= 0).all()
        assert finder.name.endswith("framed as dlib-hog")

    def test_an_analyser_works_with_both(self, tmp_path, file, astronaut, as_picture):
        analyser = dlib_analyser(
            detail=Detail.FAST, min_score=1.8, descriptors=model_file(tmp_path, descriptor_net()), detector=file
        )
        seen = analyser.analyse(as_picture(astronaut))
        assert len(seen)
        assert seen.descriptors.shape == (len(seen), DIMENSION)
        assert ((seen.quality >= 0) & (seen.quality <= 1)).all()
