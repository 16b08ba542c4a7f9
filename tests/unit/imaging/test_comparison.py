import io

import numpy as np
import pytest
from PIL import Image

from faceorganizer.imaging.comparison import Side, side_by_side


def side(width: int, height: int, box: tuple[float, float, float, float], *lines: str) -> Side:
    def jpeg(across: int, down: int) -> bytes:
        encoded = io.BytesIO()
        Image.new("RGB", (across, down), (0, 0, 160)).save(encoded, "JPEG")
        return encoded.getvalue()

    return Side(jpeg(width, height), jpeg(40, 50), box, (4 * width, 4 * height), lines)


@pytest.mark.parametrize(("form", "name"), [("png", "PNG"), ("jpeg", "JPEG")])
def test_both_photos_have_their_box(form: str, name: str) -> None:
    left, right = side(300, 200, (200, 200, 400, 400), "Ann", "a.jpg"), side(50, 500, (0, 0, 100, 100), "b.jpg")
    with Image.open(io.BytesIO(side_by_side(left, right, ["One person", "Distance 0.400"], form))) as made:
        assert made.format == name
        pixels = np.asarray(made.convert("RGB")).astype(int)
    blue = pixels[..., 2] - pixels[..., 0] > 120
    yellow = (pixels[..., 0] > 200) & (pixels[..., 2] < 90)
    half = pixels.shape[1] // 2
    for part in (slice(0, half), slice(half, None)):
        assert blue[:, part].any()
        rows, columns = np.nonzero(yellow[:, part])
        assert len(rows) > 100
        # As wide as it is high, in the photo that is shown smaller or larger.
        assert abs((rows.max() - rows.min()) - (columns.max() - columns.min())) < 8


@pytest.mark.parametrize("box", [(-50.0, -50.0, 100.0, 100.0), (1100.0, 700.0, 400.0, 400.0), (10.0, 10.0, 0.0, 0.0)])
def test_a_box_over_the_edge_stays_in_the_photo(box: tuple[float, float, float, float]) -> None:
    assert side_by_side(side(300, 200, box), side(300, 200, box), [], "png")


def test_odd_and_long_names_are_shown_somehow() -> None:
    odd = side(30, 20, (1, 1, 5, 5), "Ann " * 400, "caf\udce9\n\u202e.jpg", "", "王 🙂")
    assert side_by_side(odd, odd, ["x" * 5000], "png")
