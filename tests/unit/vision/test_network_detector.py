"""dlib's CNN detector: its boxes, and the steps on the way to them."""

import dlib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from faceorganizer.domain.faces import Detections
from faceorganizer.domain.geometry import match_boxes
from faceorganizer.vision.boxes import boxes_of
from faceorganizer.vision.networks import detector as rooms
from faceorganizer.vision.networks.detector import CnnDetector, picture_corners, separate
from faceorganizer.vision.networks.pyramid import GAP, MARGIN, resize_bilinear, tile_layout, tile_pixels
from faceorganizer.vision.weights import Weights, weights_path

sides = st.integers(10, 3000)


@pytest.fixture(scope="module")
def dlibs():
    """dlib's own detector."""
    net = dlib.cnn_face_detection_model_v1(str(weights_path(Weights.CNN_DETECTOR)))

    def detect(pixels: np.ndarray) -> Detections:
        found = net(np.ascontiguousarray(pixels), 0)
        return Detections(boxes_of(face.rect for face in found), np.array([face.confidence for face in found], "f4"))

    return detect


def scaled(pixels: np.ndarray, side: int) -> np.ndarray:
    image = Image.fromarray(pixels)
    factor = side / max(image.size)
    return np.array(image.resize([round(factor * length) for length in image.size]))


class TestAgainstDlib:
    @pytest.mark.parametrize("engine", ["onnxruntime", "opencv"])
    @pytest.mark.parametrize("side", [240, 512])
    def test_same_boxes_of_the_astronaut(self, dlibs, astronaut, engine, side):
        pixels = scaled(astronaut, side)
        wanted, found = dlibs(pixels), CnnDetector(engine=engine).detect(pixels)
        assert len(found) == len(wanted) == (side == 512)
        assert (found.boxes == wanted.boxes).all()
        np.testing.assert_allclose(found.scores, wanted.scores, atol=1e-4)

    def test_same_boxes_in_grey_and_of_several_faces(self, dlibs, astronaut):
        faces = np.ascontiguousarray(np.tile(astronaut[50:200, 140:300, 0], (2, 3)))
        wanted, found = dlibs(faces), CnnDetector().detect(faces)
        assert len(found) == len(wanted) == 6
        assert len(match_boxes(wanted.boxes, found.boxes, 0.95)) == 6
        np.testing.assert_allclose(found.scores, wanted.scores, atol=1e-4)

    @pytest.mark.parametrize("shape", [(10, 10), (11, 300), (300, 11), (150, 20), (40, 150)])
    def test_narrow_pictures_are_laid_out_alike(self, dlibs, shape):
        pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
        assert len(CnnDetector().detect(pixels)) == len(dlibs(pixels)) == 0

    def test_same_boxes_in_photos(self, dlibs, shared_photos):
        total = same = 0
        for photo in shared_photos:
            pixels = scaled(photo, 400)
            wanted, found = dlibs(pixels), CnnDetector().detect(pixels)
            pairs = match_boxes(wanted.boxes, found.boxes)
            assert len(wanted) == len(found) == len(pairs)
            total += len(pairs)
            same += sum((wanted.boxes[i] == found.boxes[j]).all() for i, j in pairs)
        assert total >= 3
        assert same >= 0.95 * total


class TestDetector:
    def test_the_threshold_is_part_of_its_name(self):
        assert CnnDetector().name == "dlib-cnn(min_score=0)"
        assert CnnDetector(min_score=0.5).name == "dlib-cnn(min_score=0.5)"

    def test_the_threshold_is_exceeded(self, astronaut):
        (score,) = CnnDetector().detect(astronaut).scores
        assert len(CnnDetector(min_score=score - 0.01).detect(astronaut)) == 1
        assert len(CnnDetector(min_score=score + 0.01).detect(astronaut)) == 0

    @pytest.mark.parametrize("strip", [1, 200 * 200, 200 * 240])
    def test_strips_change_nothing(self, astronaut, strip, monkeypatch):
        tile = astronaut[:, :200].astype(np.float32)
        detector = CnnDetector()
        whole = detector._scores(tile)
        monkeypatch.setattr(rooms, "STRIP", strip)
        np.testing.assert_allclose(detector._scores(tile), whole, atol=1e-5)


class TestPyramid:
    @given(sides, sides)
    @settings(max_examples=200)
    def test_levels_shrink_and_lie_apart_within_the_tile(self, width, height):
        layout = tile_layout(width, height)
        levels = layout.levels
        assert levels[0].tolist() == [MARGIN, MARGIN, width, height]
        assert (levels[1:, 2:] == levels[:-1, 2:] * 5 // 6).all()
        assert (levels[:, :2] >= 0).all()
        assert (levels[:, 0] + levels[:, 2] <= layout.width - MARGIN).all()
        assert (levels[:, 1] + levels[:, 3] <= layout.height - MARGIN).all()
        left = levels[levels[:, 0] == MARGIN]
        assert (left[1:, 1] - left[:-1, 1] - left[:-1, 3] == GAP).all()

    def test_of_a_usual_photo(self):
        layout = tile_layout(1000, 750)
        assert (layout.width, layout.height, len(layout.levels)) == (1022, 2750, 26)

    @pytest.mark.parametrize("size", [(426, 300), (1, 1), (512, 1), (3, 700)])
    def test_resizing_interpolates_between_centres(self, astronaut, size):
        width, height = size
        pixels = astronaut[:360].astype(np.float32)
        wanted = interpolated(interpolated(pixels, height).swapaxes(0, 1), width).swapaxes(0, 1)
        assert np.abs(resize_bilinear(pixels, width, height) - wanted).max() < 0.01

    def test_between_levels_is_background(self, astronaut):
        background = np.array([1, 2, 3], np.float32)
        layout = tile_layout(100, 80)
        tile = tile_pixels(astronaut[:80, :100], layout, background)
        assert tile.shape == (layout.height, layout.width, 3)
        assert (tile[:MARGIN] == background).all()
        assert (tile[MARGIN : MARGIN + 80, MARGIN : MARGIN + 100] == astronaut[:80, :100]).all()
        covered = layout.levels[:, 2:].prod(axis=1).sum()
        assert (tile == background).all(axis=2).sum() >= layout.width * layout.height - covered


def interpolated(pixels: np.ndarray, count: int) -> np.ndarray:
    positions = np.linspace(0, len(pixels) - 1, count) if count > 1 else np.zeros(1)
    upper = np.floor(positions).astype(int)
    share = (positions - upper)[:, None, None]
    return pixels[upper] * (1 - share) + pixels[np.minimum(upper + 1, len(pixels) - 1)] * share


class TestDecoding:
    def test_windows_of_the_first_level_are_centred_on_their_cells(self):
        layout = tile_layout(400, 300)
        corners = picture_corners(np.array([[5, 6]]), layout)
        assert corners.tolist() == [[5 * 8 + 14 - 39 - 11, 6 * 8 + 14 - 39 - 11, 5 * 8 + 14 + 40 - 11, 62 + 40 - 11]]

    def test_windows_of_smaller_levels_are_larger(self):
        layout = tile_layout(400, 300)
        x, y, width, height = layout.levels[3]
        cell = np.array([[(x + width // 2 - 14) // 8, (y + height // 2 - 14) // 8]])
        corners = picture_corners(cell, layout)[0]
        assert corners[2] - corners[0] + 1 == pytest.approx(80 * 1.2**3, abs=2)
        assert np.abs((corners[:2] + corners[2:]) / 2 - [200, 150]).max() < 16

    def test_nothing_decodes_to_nothing(self):
        assert picture_corners(np.zeros((0, 2), np.int64), tile_layout(400, 300)).shape == (0, 4)
        assert separate(np.zeros((0, 4), np.int64), 0.3).tolist() == []

    def test_overlap_is_a_share_of_the_box_around_both(self):
        corners = np.array([[0, 0, 9, 9], [5, 0, 14, 9], [6, 6, 15, 15], [5, 0, 14, 9]])
        assert separate(corners, 0.34).tolist() == [0, 1, 2]  # 50 of 150; then the same again
        assert separate(corners, 0.33).tolist() == [0, 2]
