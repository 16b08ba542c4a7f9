import io
import struct
from datetime import datetime

import numpy as np
import pytest

from faceorganizer.domain.errors import UnreadablePhotoError
from faceorganizer.domain.geometry import upright_pixels
from faceorganizer.imaging.decode import decode
from faceorganizer.imaging.identify import identify
from faceorganizer.imaging.raw import _canon_capture, _fuji_capture


@pytest.fixture
def raw_file(tmp_path, samples):
    def write(orientation=1, preview=None, name="photo.dng"):
        path = tmp_path / name
        mosaic = samples.bayer(samples.marked(384, 256))
        path.write_bytes(samples.dng(mosaic, orientation=orientation, preview=preview))
        return path

    return write


def corners(pixels):
    height, width = pixels.shape[:2]
    places = [(height // 10, width // 10), (height // 10, -width // 10), (-height // 10, width // 10)]
    return np.array([pixels[place] for place in places], int)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_sensor_data_are_developed_upright(orientation, raw_file, samples):
    path = raw_file(orientation)
    identity = identify(path, max_megapixels=9)
    picture = decode(path, long_side=None, max_megapixels=9)
    assert (identity.format, identity.orientation) == ("raw", orientation)
    assert picture.pixels.shape == (identity.height, identity.width, 3)
    assert (picture.full_width, picture.full_height) == (identity.width, identity.height)
    assert picture.pixels.flags.c_contiguous
    assert np.abs(corners(picture.pixels) - corners(upright_pixels(samples.marked(384, 256), orientation))).max() < 45


def test_name_without_a_raw_suffix(raw_file):
    assert identify(raw_file(name="photo.jpg"), max_megapixels=9).format == "raw"


def test_capture_of_a_raw_file(raw_file):
    capture = identify(raw_file(), max_megapixels=9).capture
    assert capture.taken == datetime(2019, 5, 3, 14, 23, 55)
    assert capture.camera == "Testmaker Testmodel"


def test_half_the_resolution_is_enough_where_less_is_asked(raw_file):
    picture = decode(raw_file(6), long_side=100, max_megapixels=9)
    assert picture.pixels.shape == (192, 128, 3)
    assert picture.scale == 2


@pytest.mark.parametrize("orientation", range(1, 9))
def test_large_preview_is_taken_and_turned(orientation, raw_file, samples):
    preview = samples.encode("jpeg", 255 - samples.marked(384, 256))
    picture = decode(raw_file(orientation, preview), long_side=300, max_megapixels=9)
    expected = upright_pixels(255 - samples.marked(384, 256), orientation)
    assert picture.pixels.shape == expected.shape
    assert np.abs(corners(picture.pixels) - corners(expected)).max() < 12


def test_preview_that_the_camera_turned_already(raw_file, samples):
    turned = np.ascontiguousarray(upright_pixels(255 - samples.marked(384, 256), 6))
    picture = decode(raw_file(6, samples.encode("jpeg", turned)), long_side=300, max_megapixels=9)
    assert np.abs(corners(picture.pixels) - corners(turned)).max() < 12


def test_preview_with_an_orientation_of_its_own(raw_file, samples):
    preview = samples.encode("jpeg", 255 - samples.marked(384, 256), exif=samples.exif_block(3))
    picture = decode(raw_file(3, preview), long_side=300, max_megapixels=9)
    assert np.abs(corners(picture.pixels) - corners(upright_pixels(255 - samples.marked(384, 256), 3))).max() < 12


def test_preview_is_reduced_like_any_jpeg(raw_file, samples):
    preview = samples.encode("jpeg", 255 - samples.marked(384, 256))
    picture = decode(raw_file(1, preview), long_side=90, max_megapixels=9)
    assert picture.pixels.shape == (64, 96, 3)
    assert picture.scale == 4


@pytest.mark.parametrize("size", [(96, 64), (384, 216)])
def test_small_or_cropped_preview_is_left(size, raw_file, samples):
    preview = samples.encode("jpeg", 255 - samples.marked(*size))
    picture = decode(raw_file(1, preview), long_side=300, max_megapixels=9)
    assert picture.pixels.shape == (128, 192, 3)
    assert np.abs(corners(picture.pixels) - corners(samples.marked(384, 256))).max() < 45


def test_full_resolution_never_comes_from_the_preview(raw_file, samples):
    preview = samples.encode("jpeg", 255 - samples.marked(384, 256))
    picture = decode(raw_file(1, preview), long_side=None, max_megapixels=9)
    assert np.abs(corners(picture.pixels) - corners(samples.marked(384, 256))).max() < 45


def test_damaged_preview_is_left(raw_file, samples):
    preview = samples.encode("jpeg", samples.marked(384, 256))
    path = raw_file(1, preview)
    data = path.read_bytes()
    path.write_bytes(data.replace(preview[:200], preview[:2] + bytes(198)))
    assert decode(path, long_side=300, max_megapixels=9).pixels.shape == (128, 192, 3)


def test_a_finished_tiff_with_a_raw_name(tmp_path, samples):
    path = tmp_path / "photo.nef"
    path.write_bytes(samples.encode("tiff"))
    assert identify(path, max_megapixels=9).format == "tiff"
    assert np.array_equal(decode(path, long_side=None, max_megapixels=9).pixels, samples.marked())


def test_unknown_raw_file(tmp_path):
    path = tmp_path / "photo.raf"
    path.write_bytes(b"FUJIFILMCCD-RAW 0201" + bytes(4000))
    with pytest.raises(UnreadablePhotoError, match=r"damaged|truncated"):
        identify(path, max_megapixels=9)


def box(kind, body):
    return struct.pack(">I", len(body) + 8) + kind + body


def test_exif_of_canon_boxes(samples):
    main = samples.exif_block(1, t271="Canon", t272="Canon EOS R5").removeprefix(b"Exif\0\0")
    dates = samples.exif_block(1, t36867="2021:06:07 08:09:10").removeprefix(b"Exif\0\0")
    canon = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48") + box(b"CMT1", main) + box(b"CMT2", dates)
    file = box(b"ftyp", b"crx \0\0\0\1") + box(b"moov", box(b"uuid", bytes(16)) + box(b"uuid", canon))
    capture = _canon_capture(io.BytesIO(file))
    assert capture.camera == "Canon EOS R5"
    assert capture.taken == datetime(2021, 6, 7, 8, 9, 10)
    for end in range(0, len(file), 7):
        _canon_capture(io.BytesIO(file[:end]))


def test_exif_of_fuji_files(samples):
    preview = samples.encode("jpeg", exif=samples.exif_block(1, t272="X100", t306="2021:06:07 08:09:10"))
    file = io.BytesIO(bytes(148) + preview)
    assert _fuji_capture(file, 148).taken == datetime(2021, 6, 7, 8, 9, 10)
    assert _fuji_capture(file, 9999).taken is None
