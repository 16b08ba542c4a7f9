import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from faceorganizer.vision.regions import _merged, textured_regions


def test_nothing_is_searched_in_a_smooth_picture_however_grainy():
    ramp = np.tile(np.linspace(60, 200, 1600), (1200, 1))
    grain = np.random.default_rng(1).normal(0, 6, ramp.shape)
    assert textured_regions(np.clip(ramp + grain, 0, 255).astype(np.uint8)) == []


def test_a_picture_full_of_detail_is_searched_in_one_piece(astronaut):
    grey = cv2.cvtColor(astronaut, cv2.COLOR_RGB2GRAY)
    assert textured_regions(grey) == [(slice(0, 512), slice(0, 512))]


@pytest.mark.parametrize("dimmed", [1.0, 0.3])
@pytest.mark.parametrize(("x", "y"), [(0, 0), (700, 500), (1510, 1110)])
def test_a_small_face_in_a_smooth_picture_is_searched_with_room_around_it(astronaut, x, y, dimmed):
    face = cv2.resize(cv2.cvtColor(astronaut, cv2.COLOR_RGB2GRAY)[83:171, 179:267], (90, 90)) * dimmed
    picture = np.full((1200, 1600), face.mean(), np.uint8)
    picture[y : y + 90, x : x + 90] = face
    ((rows, columns),) = textured_regions(picture)
    assert rows.start <= max(0, y - 60)
    assert rows.stop >= min(1200, y + 150)
    assert columns.start <= max(0, x - 60)
    assert columns.stop >= min(1600, x + 150)
    assert (rows.stop - rows.start) * (columns.stop - columns.start) < 400 * 400


@given(arrays(np.uint8, st.tuples(st.integers(1, 200), st.integers(1, 200))))
def test_regions_lie_in_the_picture_and_do_not_overlap(grey):
    count = np.zeros(grey.shape, int)
    for rows, columns in textured_regions(grey):
        assert 0 <= rows.start < rows.stop <= grey.shape[0]
        assert 0 <= columns.start < columns.stop <= grey.shape[1]
        count[rows, columns] += 1
    assert count.max(initial=0) <= 1


@given(st.lists(st.tuples(*[st.integers(0, 50)] * 2, *[st.integers(1, 20)] * 2), max_size=12))
def test_merged_rectangles_cover_the_former_ones_and_do_not_overlap(sides):
    before = np.array([(x, y, x + width, y + height) for x, y, width, height in sides], np.int64).reshape(-1, 4)
    after = _merged(before)
    painted, counted = np.zeros((80, 80), bool), np.zeros((80, 80), int)
    for left, top, right, bottom in before:
        painted[top:bottom, left:right] = True
    for left, top, right, bottom in after:
        counted[top:bottom, left:right] += 1
    assert counted.max() <= 1
    assert (counted[painted] == 1).all()
