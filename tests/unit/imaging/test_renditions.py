"""Photos made smaller, and faces cut out of them."""

import io

import numpy as np
import pytest
from PIL import Image

from faceorganizer.domain.pictures import Picture
from faceorganizer.imaging.renditions import face_crop, sized_photo


def opened(content: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(content)) as image:
        assert image.format == "JPEG"
        return np.asarray(image)


@pytest.fixture
def picture() -> Picture:
    """200 x 100 with a red square of 20 x 20 at (60, 30)."""
    pixels = np.full((100, 200, 3), 40, np.uint8)
    pixels[30:50, 60:80] = (230, 20, 20)
    return Picture(pixels, 200, 100)


@pytest.mark.parametrize(("long_side", "size"), [(100, (50, 100)), (200, (100, 200)), (5000, (100, 200)), (1, (1, 1))])
def test_a_photo_is_never_enlarged(picture: Picture, long_side: int, size: tuple[int, int]) -> None:
    assert opened(sized_photo(picture, long_side)).shape[:2] == size


def test_a_crop_has_the_face_in_its_middle(picture: Picture) -> None:
    crop = opened(face_crop(picture, (60, 30, 20, 20), 0.5))
    assert crop.shape[:2] == (40, 40)
    assert crop[12:28, 12:28, 0].min() > 180
    assert crop[:8, :, 0].max() < 90
    assert opened(face_crop(picture, (60, 30, 20, 20), 0.0)).shape[:2] == (20, 20)


@pytest.mark.parametrize(
    ("box", "size"),
    [
        ((-10, -10, 20, 20), (20, 20)),
        ((190, 90, 20, 20), (20, 20)),
        ((500, 500, 10, 10), (1, 1)),
        ((5, 5, 0, 0), (1, 1)),
    ],
)
def test_the_edge_of_the_photo_ends_a_crop(
    picture: Picture, box: tuple[float, float, float, float], size: tuple[int, int]
) -> None:
    assert opened(face_crop(picture, box, 0.5)).shape[:2] == size


def test_a_picture_that_was_decoded_smaller(picture: Picture) -> None:
    half = Picture(np.ascontiguousarray(picture.pixels[::2, ::2]), 200, 100)
    assert opened(face_crop(half, (60, 30, 20, 20), 0.5)).shape[:2] == (20, 20)
