import io
import os
import sys

import cv2
import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageChops, ImageCms

from faceorganizer.domain.errors import UnreadablePhotoError
from faceorganizer.domain.geometry import upright_pixels
from faceorganizer.imaging.decode import decode
from faceorganizer.imaging.identify import identify

FORMATS = ["jpeg", "png", "webp", "tiff", "gif", "bmp", "avif", "heif"]
ORIENTED = ["jpeg", "png", "webp", "tiff", "avif", "heif"]


@pytest.fixture
def decoded(tmp_path):
    """Write bytes to a file, decode it in full, and check what holds for every picture."""

    def write_and_decode(data, *, name="photo.jpg", long_side=None):
        path = tmp_path / name
        path.write_bytes(data)
        picture = decode(path, long_side=long_side, max_megapixels=250)
        identity = identify(path, max_megapixels=250)
        assert (picture.full_width, picture.full_height) == (identity.width, identity.height)
        assert picture.pixels.dtype == np.uint8
        assert picture.pixels.shape[2:] == (3,)
        assert picture.pixels.flags.c_contiguous
        assert picture.pixels.flags.owndata
        if long_side is None:
            assert picture.pixels.shape[:2] == (identity.height, identity.width)
        return picture

    return write_and_decode


def saved(image, picture_format, **options):
    out = io.BytesIO()
    image.save(out, picture_format, **options)
    return out.getvalue()


def difference(pixels, expected):
    assert pixels.shape == expected.shape
    return np.abs(pixels.astype(int) - expected).mean()


@pytest.mark.parametrize("picture_format", FORMATS)
def test_content_and_not_suffix_decides(picture_format, decoded, samples):
    for name in ("photo.jpg", "photo.dng", "photo"):
        picture = decoded(samples.encode(picture_format), name=name)
        assert difference(picture.pixels, samples.marked()) < 2.5


@pytest.mark.parametrize("picture_format", FORMATS)
def test_odd_sizes(picture_format, decoded, samples):
    for width, height in ((97, 65), (1, 1), (1, 40), (33, 2)):
        pixels = np.full((height, width, 3), 90, np.uint8)
        assert difference(decoded(samples.encode(picture_format, pixels)).pixels, pixels) < 4


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("picture_format", ORIENTED)
def test_every_orientation(picture_format, orientation, decoded, samples):
    picture = decoded(samples.encode(picture_format, exif=samples.exif_block(orientation)))
    assert difference(picture.pixels, upright_pixels(samples.marked(), orientation)) < 2.5


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("picture_format", ORIENTED)
def test_every_orientation_of_odd_sizes(picture_format, orientation, decoded, samples):
    pixels = samples.marked(101, 67)
    picture = decoded(samples.encode(picture_format, pixels, exif=samples.exif_block(orientation)))
    assert difference(picture.pixels, upright_pixels(pixels, orientation)) < 3


@pytest.mark.parametrize("orientation", range(1, 9))
def test_reduced_jpeg_is_turned_as_well(orientation, decoded, samples):
    large = samples.marked(960, 640)
    picture = decoded(samples.encode("jpeg", large, exif=samples.exif_block(orientation)), long_side=240)
    assert max(picture.pixels.shape) == 240
    assert picture.scale == 4
    assert difference(picture.pixels, upright_pixels(large[1::4, 1::4], orientation)) < 6


@pytest.mark.parametrize(
    ("long_side", "held"),
    [(1000, 1000), (501, 1000), (500, 500), (251, 500), (250, 250), (125, 125), (1, 125), (9999, 1000)],
)
def test_jpeg_is_reduced_as_far_as_the_long_side_allows(long_side, held, decoded, samples):
    picture = decoded(samples.encode("jpeg", samples.marked(1000, 300)), long_side=long_side)
    assert max(picture.pixels.shape) == held


def test_jpeg_much_longer_than_wide(decoded, samples):
    picture = decoded(samples.encode("jpeg", np.full((3, 4000, 3), 200, np.uint8)), long_side=100)
    assert picture.pixels.shape[1] >= 100


def test_progressive_and_grey_jpeg(decoded, samples):
    assert difference(decoded(samples.encode("jpeg", progressive=True)).pixels, samples.marked()) < 2.5
    grey = Image.fromarray(samples.marked()).convert("L")
    expected = np.repeat(np.asarray(grey)[:, :, None], 3, axis=2)
    assert difference(decoded(saved(grey, "JPEG", quality=92)).pixels, expected) < 2.5


def test_cmyk_jpeg_as_adobe_writes_it_and_plain(decoded, samples):
    image = Image.fromarray(samples.marked()).convert("CMYK")
    adobe = saved(image, "JPEG", quality=95)  # Pillow writes Adobe's marker and inverted values
    start = adobe.index(b"\xff\xee")
    size = int.from_bytes(adobe[start + 2 : start + 4], "big")
    assert difference(decoded(adobe).pixels, samples.marked()) < 4
    data = saved(ImageChops.invert(image), "JPEG", quality=95)
    plain = data[:start] + data[start + 2 + size :]
    assert difference(decoded(plain).pixels, samples.marked()) < 4


def test_transparency_lies_on_white(decoded, samples):
    image = Image.fromarray(samples.marked()).convert("RGBA")
    image.paste((0, 0, 0, 0), (30, 20, 60, 40))
    image.paste((0, 0, 0, 128), (60, 20, 70, 40))
    for picture_format in ("PNG", "WEBP", "TIFF", "AVIF"):
        pixels = decoded(saved(image, picture_format, **({"quality": 95} if picture_format == "AVIF" else {}))).pixels
        assert pixels[30, 45].min() > 250
        assert abs(int(pixels[30, 65, 0]) - 127) < 6
        assert abs(int(pixels[2, 2, 0]) - 220) < 10
    out = io.BytesIO()
    pillow_heif.from_pillow(image).save(out, quality=95)
    assert decoded(out.getvalue()).pixels[30, 45].min() > 245


def test_transparent_palette_grey_and_colour_key(decoded):
    palette = Image.new("P", (8, 8), 1)
    palette.putpalette([10, 20, 30, 200, 100, 50])
    palette.putpixel((0, 0), 0)
    for options in ({"transparency": 0}, {"transparency": b"\x00\xff"}):
        pixels = decoded(saved(palette, "PNG", **options)).pixels
        assert pixels[0, 0].tolist() == [255, 255, 255]
        assert pixels[4, 4].tolist() == [200, 100, 50]
    assert decoded(saved(palette, "GIF", transparency=0)).pixels[0, 0].tolist() == [255, 255, 255]
    keyed = Image.new("RGB", (8, 8), (1, 2, 3))
    keyed.putpixel((3, 3), (9, 9, 9))
    pixels = decoded(saved(keyed, "PNG", transparency=(1, 2, 3))).pixels
    assert pixels[0, 0].tolist() == [255, 255, 255]
    assert pixels[3, 3].tolist() == [9, 9, 9]
    assert decoded(saved(Image.new("L", (8, 8), 7), "PNG", transparency=7)).pixels.min() == 255
    assert decoded(saved(Image.new("LA", (8, 8), (7, 0)), "PNG")).pixels.min() == 255


def test_one_bit(decoded):
    image = Image.new("1", (20, 10))
    image.paste(1, (0, 0, 10, 10))
    for picture_format, options in (("PNG", {}), ("TIFF", {}), ("TIFF", {"compression": "group4"}), ("BMP", {})):
        pixels = decoded(saved(image, picture_format, **options)).pixels
        assert pixels[5, 2].tolist() == [255, 255, 255]
        assert pixels[5, 15].tolist() == [0, 0, 0]


def test_16_bit_grey(decoded):
    ramp = np.tile(np.linspace(0, 65535, 64).astype(np.uint16), (4, 1))
    expected = np.repeat(np.rint(ramp / 257).astype(int)[:, :, None], 3, axis=2)
    for picture_format in ("PNG", "TIFF"):
        assert np.abs(decoded(saved(Image.fromarray(ramp), picture_format)).pixels - expected).max() <= 1


def test_16_bit_grey_where_white_is_zero(decoded, samples):
    ramp = np.tile(np.linspace(0, 65535, 64).astype("<u2"), (4, 1))
    fields = {256: [64], 257: [4], 258: [16], 259: [1], 262: [0], 273: ["strip0"], 277: [1], 278: [4], 279: [512]}
    data = samples.tiff([[(tag, 4, values) for tag, values in fields.items()]], {"strip0": ramp.tobytes()})
    assert decoded(data).pixels[0, [0, -1], 0].tolist() == [255, 0]


def test_16_bit_colour(decoded, samples):
    colours = samples.marked().astype(np.uint16) * 257
    png = cv2.imencode(".png", colours[:, :, ::-1])[1].tobytes()
    tiff = cv2.imencode(".tiff", colours[:, :, ::-1])[1].tobytes()
    assert difference(decoded(png).pixels, samples.marked()) == 0
    assert difference(decoded(tiff).pixels, samples.marked()) == 0


def test_float_tiff(decoded):
    ramp = np.tile(np.linspace(0, 1, 64, dtype=np.float32), (4, 1))
    expected = np.rint(ramp * 255)
    assert np.array_equal(decoded(saved(Image.fromarray(ramp), "TIFF")).pixels[:, :, 1], expected)
    # Beyond 0 to 1 the least and greatest finite values count.
    wild = ramp * 5000 - 1000
    wild[0, :3] = np.nan, np.inf, -np.inf
    pixels = decoded(saved(Image.fromarray(wild), "TIFF")).pixels
    assert np.array_equal(pixels[1:, :, 1], expected[1:])
    assert pixels[0, 1:3, 0].tolist() == [255, 0]
    assert decoded(saved(Image.fromarray(np.full((4, 4), np.nan, np.float32)), "TIFF")).pixels.shape == (4, 4, 3)


def test_32_bit_integer_tiff(decoded):
    ramp = np.tile(np.linspace(-1000, 1000, 64).astype(np.int32), (4, 1))
    pixels = decoded(saved(Image.fromarray(ramp), "TIFF")).pixels
    assert pixels[0, [0, -1], 0].tolist() == [0, 255]


def test_colour_spaces_of_tiff(decoded, samples):
    rgb = Image.fromarray(samples.marked())
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    lab = ImageCms.applyTransform(rgb, to_lab)
    for image in (rgb.convert("CMYK"), rgb.convert("YCbCr"), lab):
        assert difference(decoded(saved(image, "TIFF")).pixels, samples.marked()) < 6


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"])
def test_compressions_of_tiff(compression, decoded, samples):
    options = {"quality": 95} if compression == "jpeg" else {}
    data = saved(Image.fromarray(samples.marked()), "TIFF", compression=compression, **options)
    assert difference(decoded(data).pixels, samples.marked()) < 3


@pytest.mark.parametrize("picture_format", ["GIF", "WEBP", "TIFF", "PNG"])
def test_first_of_several_frames(picture_format, decoded):
    frames = [Image.new("RGB", (16, 12), colour) for colour in ("red", "green", "blue")]
    options = {"lossless": True} if picture_format == "WEBP" else {}
    data = saved(frames[0], picture_format, save_all=True, append_images=frames[1:], **options)
    assert decoded(data).pixels[5, 5].tolist() == [255, 0, 0]


def test_first_picture_of_a_multi_picture_jpeg(decoded, samples):
    first, second = Image.fromarray(samples.marked()), Image.new("RGB", (96, 64), "black")
    data = saved(first, "MPO", save_all=True, append_images=[second], quality=92)
    assert difference(decoded(data).pixels, samples.marked()) < 2.5


def test_high_bit_depth_heif(decoded, samples):
    colours = (samples.marked().astype(np.uint16) << 8).tobytes()
    out = io.BytesIO()
    pillow_heif.encode("RGB;16", (96, 64), colours, out, quality=95)
    assert difference(decoded(out.getvalue()).pixels, samples.marked()) < 3
    grey = Image.fromarray(samples.marked()).convert("L")
    out = io.BytesIO()
    pillow_heif.from_pillow(grey).save(out, quality=95)
    assert difference(decoded(out.getvalue()).pixels[:, :, 0], np.asarray(grey)) < 3


@pytest.mark.skipif(sys.platform == "win32", reason="file names are text there")
def test_names_that_are_no_utf_8(tmp_path, samples):
    for picture_format in (*FORMATS, "raw"):
        raw = picture_format == "raw"
        data = samples.dng(samples.bayer(samples.marked(384, 256))) if raw else samples.encode(picture_format)
        path = tmp_path / os.fsdecode(b"\xff\xfe.jpg")
        path.write_bytes(data)
        assert decode(path, long_side=None, max_megapixels=9).pixels.size
        assert identify(path, max_megapixels=9).width


@pytest.mark.parametrize("picture_format", ["jpeg", "png", "tiff", "gif", "bmp", "webp", "avif", "heif"])
def test_truncated_files_are_said_to_be(picture_format, decoded, samples):
    noise = np.random.default_rng(1).integers(0, 255, (300, 400, 3), dtype=np.uint8)
    data = samples.encode(picture_format, noise)
    with pytest.raises(UnreadablePhotoError, match=r"truncated|damaged"):
        decoded(data[: len(data) // 2])


@pytest.mark.parametrize("picture_format", ["jpeg", "png", "bmp", "heif"])
def test_truncation_has_its_own_words(picture_format, decoded, samples):
    noise = np.random.default_rng(1).integers(0, 255, (300, 400, 3), dtype=np.uint8)
    data = samples.encode(picture_format, noise)
    with pytest.raises(UnreadablePhotoError, match="the file is truncated"):
        decoded(data[: len(data) // 2])


def test_nothing_is_printed(decoded, samples, capfd):
    for picture_format in FORMATS:
        data = samples.encode(picture_format, np.random.default_rng(1).integers(0, 255, (90, 120, 3), dtype=np.uint8))
        decoded(data)
        with pytest.raises(UnreadablePhotoError):
            decoded(data[: len(data) // 3])
    assert capfd.readouterr() == ("", "")
