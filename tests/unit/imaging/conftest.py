import io

import numpy as np
import pillow_heif
import pytest
from PIL import Image
from raw_material import bayer, dng, tiff

RED, GREEN, BLUE, GREY = (220, 30, 30), (30, 200, 30), (30, 30, 220), (120, 120, 120)


def marked(width=96, height=64):
    """A picture whose corners are red, green, blue and white, from the upper left on in reading order, on grey."""
    pixels = np.full((height, width, 3), GREY, np.uint8)
    side = height // 3
    pixels[:side, :side] = RED
    pixels[:side, -side:] = GREEN
    pixels[-side:, :side] = BLUE
    pixels[-side:, -side:] = 255
    return pixels


def exif_block(orientation=1, **texts):
    exif = Image.Exif()
    exif[274] = orientation
    for tag, value in texts.items():
        exif[int(tag.removeprefix("t"))] = value
    return exif.tobytes()


def encode(picture_format, pixels=None, **options):
    """Bytes of a picture file."""
    image = Image.fromarray(marked() if pixels is None else pixels)
    out = io.BytesIO()
    if picture_format == "heif":
        pillow_heif.from_pillow(image).save(out, quality=90, **options)
    else:
        options = {"quality": 92, **options} if picture_format in ("jpeg", "webp", "avif") else options
        image.save(out, picture_format.upper(), **options)
    return out.getvalue()


class Samples:
    """What tests make their files with."""

    marked = staticmethod(marked)
    exif_block = staticmethod(exif_block)
    encode = staticmethod(encode)
    dng = staticmethod(dng)
    bayer = staticmethod(bayer)
    tiff = staticmethod(tiff)


@pytest.fixture(scope="session")
def samples():
    return Samples
