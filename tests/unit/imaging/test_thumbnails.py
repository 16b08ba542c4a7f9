"""Thumbnails of photos and pictures of faces: size, place, edges."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from faceorganizer.domain.pictures import Picture
from faceorganizer.imaging.thumbnails import FACE_SIDE, PHOTO_SIDE, face_long_side, face_picture, photo_thumbnail


def opened(jpeg: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(jpeg)) as image:
        assert image.format == "JPEG"
        return np.asarray(image.convert("RGB"), np.int16)


def plain(width: int, height: int, colour: tuple[int, int, int] = (200, 40, 40)) -> Picture:
    return Picture(np.full((height, width, 3), colour, np.uint8), width, height)


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((4000, 3000), (512, 384)),
        ((3001, 4001), (384, 512)),
        ((1023, 1), (512, 1)),
        ((20_000, 3), (512, 1)),
        ((1, 2048), (1, 512)),
        ((512, 512), (512, 512)),
        ((100, 70), (100, 70)),
        ((1, 1), (1, 1)),
    ],
)
def test_a_thumbnail_has_its_long_side_and_is_never_enlarged(size: tuple[int, int], wanted: tuple[int, int]) -> None:
    seen = opened(photo_thumbnail(plain(*size)))
    assert seen.shape[1::-1] == wanted
    assert np.abs(seen - np.array([200, 40, 40])).max() <= 4


def test_a_thumbnail_shows_the_photo(astronaut: np.ndarray) -> None:
    big = np.asarray(Image.fromarray(astronaut).resize((1801, 1203), Image.Resampling.LANCZOS))
    seen = opened(photo_thumbnail(Picture(big, 1801, 1203)))
    wanted = np.asarray(Image.fromarray(astronaut).resize((512, 342), Image.Resampling.LANCZOS), np.int16)
    assert np.abs(seen - wanted).mean() < 5


def test_a_face_is_cut_with_a_margin_in_full_resolution_coordinates() -> None:
    pixels = np.zeros((300, 400, 3), np.uint8)
    pixels[100:150, 200:250] = 255  # held at half size: the box is twice as large
    seen = opened(face_picture(Picture(pixels, 800, 600), np.array([400, 200, 100, 100], np.float32)))
    assert seen.shape == (FACE_SIDE, FACE_SIDE, 3)
    rows, columns = np.nonzero(seen[:, :, 0] > 128)
    edge = FACE_SIDE * 0.4 / 1.8
    assert (rows.min(), columns.min()) == pytest.approx((edge, edge), abs=2)
    assert (rows.max(), columns.max()) == pytest.approx((FACE_SIDE - edge, FACE_SIDE - edge), abs=2)


def test_what_lies_outside_the_photo_is_grey() -> None:
    seen = opened(face_picture(plain(400, 400), np.array([-20, -20, 100, 100], np.float32)))
    assert np.abs(seen[:16, :16] - 128).max() <= 6
    assert np.abs(seen[48:, 48:] - np.array([200, 40, 40])).max() <= 6


@pytest.mark.parametrize("box", [(0, 0, 100, 100), (300, 300, 100, 100), (20, 10, 350, 380), (100, 150, 200, 200)])
def test_nothing_is_grey_around_a_face_that_lies_in_the_photo(box: tuple[int, ...]) -> None:
    seen = opened(face_picture(plain(400, 400), np.array(box, np.float32)))
    assert np.abs(seen - np.array([200, 40, 40])).max() <= 6


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(*[st.floats(-500, 900, width=32)] * 2, *[st.floats(0, 2000, width=32)] * 2),
    st.integers(1, 300),
    st.integers(1, 300),
    st.sampled_from([1, 2, 4]),
)
def test_any_box_on_any_photo_makes_a_square(
    box: tuple[float, float, float, float], width: int, height: int, scale: int
) -> None:
    picture = Picture(np.zeros((height, width, 3), np.uint8), width * scale, height * scale)
    assert opened(face_picture(picture, np.array(box, np.float32))).shape == (FACE_SIDE, FACE_SIDE, 3)


def test_photos_are_decoded_as_large_as_their_smallest_face_needs() -> None:
    assert face_long_side(4000, np.zeros((0, 4), np.float32)) == PHOTO_SIDE
    assert face_long_side(300, np.zeros((0, 4), np.float32)) == 300
    assert face_long_side(4000, np.array([[0, 0, 20, 20], [0, 0, 900, 900]], np.float32)) == 4000
    side = face_long_side(4000, np.array([[0, 0, 320, 310]], np.float32))
    assert side * 320 * 1.8 / 4000 == pytest.approx(FACE_SIDE, abs=1)
