"""Faces in boxes that somebody drew are described as found ones are, where there is a face."""

import numpy as np
import pytest

from faceorganizer.domain.geometry import overlaps
from faceorganizer.domain.pictures import Picture
from faceorganizer.vision.drawn import SURE, DrawnFaces

NO_FACES = [[300, 200, 90, 90], [0, 0, 60, 60], [420, 420, 80, 80], [60, 300, 110, 150]]


@pytest.fixture(scope="module")
def drawn(analyser):
    return DrawnFaces(analyser=analyser)


@pytest.mark.parametrize("box", [[165, 70, 110, 110], [188, 95, 75, 75], [172, 60, 100, 140], [185, 80, 88, 88]])
def test_a_drawn_face_is_described_as_the_found_one(drawn, seen, astronaut, as_picture, box):
    found = drawn.describe(as_picture(astronaut), np.array(box, np.float32))
    assert len(found) == 1
    assert np.linalg.norm(found.descriptors - seen.descriptors) < 0.08
    assert overlaps(found.boxes, seen.boxes)[0, 0] > 0.7
    assert found.scores.tolist() == [SURE]
    assert found.quality[0] > 0.6


@pytest.mark.parametrize("box", NO_FACES)
def test_where_no_face_is_none_is_described(drawn, astronaut, as_picture, box):
    assert drawn.describe(as_picture(astronaut), np.array(box, np.float32)) is None


@pytest.mark.parametrize("box", [[-40, -40, 60, 60], [500, 500, 90, 90], [508, 508, 4, 4], [0, 0, 512, 512]])
def test_boxes_at_the_edge_and_of_the_whole_picture(drawn, astronaut, as_picture, box):
    found = drawn.describe(as_picture(astronaut), np.array(box, np.float32))
    assert found is None or len(found) == 1


def test_one_pixel_and_one_colour(drawn):
    for size in ((1, 1), (40, 30)):
        picture = Picture(np.full((*size, 3), 200, np.uint8), size[1], size[0])
        assert drawn.describe(picture, np.array([0, 0, *size[::-1]], np.float32)) is None


def test_a_reduced_picture_is_measured_in_full_pixels(drawn, seen, astronaut):
    half = Picture(np.ascontiguousarray(astronaut[::2, ::2]), 512, 512)
    found = drawn.describe(half, np.array([175, 80, 96, 96], np.float32))
    assert overlaps(found.boxes, seen.boxes)[0, 0] > 0.7
    assert np.abs(found.landmarks[0].mean(axis=0) - seen.landmarks[0].mean(axis=0)).max() < 6


def test_a_tiny_face_is_enlarged(drawn, seen, astronaut):
    small = Picture(np.ascontiguousarray(astronaut[::4, ::4]), 128, 128)
    found = drawn.describe(small, np.array([44, 21, 22, 22], np.float32))
    assert found is not None
    assert np.linalg.norm(found.descriptors - seen.descriptors) < 0.5
