import dlib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceorganizer.vision.boxes import boxes_of, distinct, rectangle_of

positions = st.integers(-5000, 100_000)
sizes = st.integers(1, 20_000)


@given(positions, positions, sizes, sizes)
def test_whole_boxes_survive_the_way_there_and_back(x, y, width, height):
    rectangle = rectangle_of([x, y, width, height])
    assert (rectangle.width(), rectangle.height()) == (width, height)
    assert boxes_of([rectangle]).tolist() == [[x, y, width, height]]


@given(positions, positions, sizes, sizes)
def test_rectangles_survive_too(left, top, width, height):
    rectangle = dlib.rectangle(left, top, left + width - 1, top + height - 1)
    assert rectangle_of(boxes_of([rectangle])[0]) == rectangle


def test_fractions_go_to_the_nearest_pixels():
    assert rectangle_of([1.4, 1.6, 3.2, 3.2]) == dlib.rectangle(1, 2, 4, 4)


def test_an_empty_box_becomes_one_pixel():
    assert rectangle_of([7, 7, 0, -3]) == dlib.rectangle(7, 7, 7, 7)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_box_is_finite(bad):
    with pytest.raises(ValueError, match="finite"):
        rectangle_of([0, bad, 10, 10])


def test_no_rectangles_are_no_boxes():
    assert boxes_of([]).shape == (0, 4)


def test_the_surest_of_overlapping_boxes_stays():
    boxes = np.array([[0, 0, 10, 10], [1, 1, 10, 10], [7, 0, 10, 10]], np.float32)
    assert distinct(boxes, np.array([0.5, 0.9, 0.7], np.float32), 0.6).tolist() == [1, 2]


def test_a_box_within_another_is_the_same_face():
    boxes = np.array([[0, 0, 100, 100], [20, 20, 50, 50], [60, 60, 100, 100]], np.float32)
    assert distinct(boxes, np.array([2, 1, 1.5], np.float32), 0.6).tolist() == [0, 2]


def test_nothing_is_distinct_from_nothing():
    assert distinct(np.zeros((0, 4), np.float32), np.zeros(0, np.float32), 0.6).tolist() == []
