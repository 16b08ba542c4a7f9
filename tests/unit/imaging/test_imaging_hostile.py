import contextlib
import functools
import os
import pickle
import socket
import struct
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faceorganizer.domain.errors import UnreadablePhotoError
from faceorganizer.imaging.decode import decode
from faceorganizer.imaging.exif import read_exif_block
from faceorganizer.imaging.identify import identify

FORMATS = ["jpeg", "png", "webp", "tiff", "gif", "bmp", "avif", "heif", "raw"]
GENTLE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("hostile") / "photo.jpg"


@functools.cache
def valid(samples, picture_format):
    pixels = np.random.default_rng(5).integers(0, 255, (40, 56, 3), dtype=np.uint8)
    if picture_format == "raw":
        mosaic = np.random.default_rng(5).integers(0, 65535, (64, 96), dtype=np.uint16)
        return samples.dng(mosaic, preview=samples.encode("jpeg", samples.marked()))
    exif = {} if picture_format in ("gif", "bmp") else {"exif": samples.exif_block(6, t306="2019:05:03 14:23:55")}
    return samples.encode(picture_format, pixels, **exif)


def read(path, data):
    """Read a file in every way there is; only the one error may come."""
    path.write_bytes(data)
    for attempt in (
        lambda: identify(path, max_megapixels=1),
        lambda: decode(path, long_side=None, max_megapixels=1),
        lambda: decode(path, long_side=20, max_megapixels=1),
    ):
        with contextlib.suppress(UnreadablePhotoError):
            attempt()


@pytest.mark.parametrize("picture_format", FORMATS)
@given(data=st.data())
@GENTLE
def test_changed_bytes(picture_format, place, samples, data):
    mutated = bytearray(valid(samples, picture_format))
    # Headers are short and hold the numbers that decoders trust: half of the changes go there.
    spots = st.one_of(st.integers(0, min(400, len(mutated) - 1)), st.integers(0, len(mutated) - 1))
    for spot, value in data.draw(
        st.lists(st.tuples(spots, st.sampled_from([0, 1, 127, 128, 255])), min_size=1, max_size=8)
    ):
        mutated[spot] = value
    read(place, bytes(mutated))


@pytest.mark.parametrize("picture_format", FORMATS)
@given(data=st.data())
@GENTLE
def test_cut_and_spliced_bytes(picture_format, place, samples, data):
    original = valid(samples, picture_format)
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(original)), st.integers(0, len(original)))))
    middle = data.draw(st.sampled_from([b"", original[start:end] * 2, b"\xff" * 20, bytes(20)]))
    read(place, original[:start] + middle + original[end:])


@pytest.mark.parametrize("picture_format", FORMATS)
@given(tail=st.binary(max_size=200))
@GENTLE
def test_garbage_after_a_good_beginning(picture_format, place, samples, tail):
    read(place, valid(samples, picture_format)[:40] + tail)


@given(st.binary(max_size=300))
@GENTLE
def test_garbage(place, data):
    read(place, data)


@given(st.binary(max_size=400), st.booleans())
@GENTLE
def test_garbage_as_exif(data, little):
    head = b"II*\0\x08\0\0\0" if little else b"MM\0*\0\0\0\x08"
    orientation, _ = read_exif_block(head + data)
    assert 1 <= orientation <= 8


def refusal(path, **options):
    with pytest.raises(UnreadablePhotoError) as caught:
        identify(path, **{"max_megapixels": 250, **options})
    with pytest.raises(UnreadablePhotoError) as again:
        decode(path, long_side=None, **{"max_megapixels": 250, **options})
    assert caught.value.reason == again.value.reason
    return caught.value.reason


def test_plain_reasons(tmp_path):
    empty, text = tmp_path / "empty.jpg", tmp_path / "text.jpg"
    empty.touch()
    text.write_text("A letter, not a picture.\n" * 20)
    assert refusal(empty) == "the file is empty"
    assert refusal(text) == "it is not a picture"
    assert refusal(tmp_path / "gone.jpg") == "it is no longer there"
    assert refusal(text / "below.jpg") == "it is no longer there"
    assert refusal(tmp_path) == "it is a folder, not a file"
    assert refusal(tmp_path / ("x" * 300 + ".jpg")) == "its name is too long"
    assert refusal(tmp_path / "a\0b.jpg") == "its name is not valid"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_sockets_and_devices_are_not_opened(tmp_path):
    pipe, device, loop = tmp_path / "pipe.jpg", tmp_path / "device.jpg", tmp_path / "loop.jpg"
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    loop.symlink_to(loop)
    assert refusal(pipe) == "it is not a regular file"
    assert refusal(device) == "it is not a regular file"
    assert refusal(loop) == "it is a link that leads round in a circle"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "socket.jpg"))  # their addresses must be short
        assert refusal(tmp_path / "socket.jpg") == "it is not a regular file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to the superuser")
def test_permission_denied(tmp_path, samples):
    path = tmp_path / "photo.jpg"
    path.write_bytes(samples.encode("jpeg"))
    path.chmod(0)
    assert refusal(path) == "permission denied"


def png_of(width, height):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    )


def test_bombs_are_refused_before_they_go_off(tmp_path, samples):
    path = tmp_path / "bomb.jpg"
    bombs = {
        "png": png_of(30000, 30000),
        "bmp": samples.encode("bmp")[:18] + struct.pack("<ii", 30000, 30000) + samples.encode("bmp")[26:],
        "gif": samples.encode("gif")[:6] + struct.pack("<HH", 30000, 30000) + samples.encode("gif")[10:],
    }
    for data in bombs.values():
        path.write_bytes(data)
        assert refusal(path) == (
            "it has 900 megapixels, more than the limit of 250; raise the setting scan.max_megapixels to read it"
        )


@pytest.mark.parametrize("picture_format", FORMATS)
def test_the_limit_holds_for_every_format(picture_format, place, samples):
    place.write_bytes(valid(samples, picture_format))
    assert "more than the limit of 0.001;" in refusal(place, max_megapixels=0.001)


def test_webp_canvas_is_not_allocated(tmp_path, samples):
    data = samples.encode("webp", exif=samples.exif_block(1))
    canvas = data.index(b"VP8X") + 12
    path = tmp_path / "canvas.jpg"
    path.write_bytes(data[:canvas] + struct.pack("<I", 16382)[:3] * 2 + data[canvas + 6 :])
    assert "it has 268 megapixels" in refusal(path)


def test_damaged_tags_warn_nobody(tmp_path, samples, capfd):
    for picture_format in ("tiff", "jpeg"):
        data = samples.encode(picture_format, exif=samples.exif_block(6, t42016="x" * 500))
        for order in "<>":  # the place of its text is moved out of the file
            entry = struct.pack(order + "HHI", 42016, 2, 501)
            place = data.find(entry)
            if place >= 0:
                data = data[: place + 8] + b"\x70\0\0\x70" + data[place + 12 :]
        path = tmp_path / "photo.jpg"
        path.write_bytes(data)
        with ThreadPoolExecutor(8) as threads:
            pictures = list(threads.map(lambda _, path=path: decode(path, long_side=None, max_megapixels=9), range(40)))
        assert {picture.pixels.shape for picture in pictures} == {(96, 64, 3)}
        assert identify(path, max_megapixels=9).orientation == 6
    assert capfd.readouterr() == ("", "")


def test_errors_survive_the_way_between_processes(tmp_path):
    with pytest.raises(UnreadablePhotoError) as caught:
        identify(tmp_path / "gone.jpg", max_megapixels=1)
    assert pickle.loads(pickle.dumps(caught.value)).reason == caught.value.reason


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is measured in Linux's units")
@pytest.mark.parametrize("picture_format", ["jpeg", "png", "tiff"])
def test_memory_of_a_large_picture(picture_format, tmp_path, samples):
    path = tmp_path / "large.jpg"
    width, height = 8000, 5000
    path.write_bytes(samples.encode(picture_format, np.full((height, width, 3), 99, np.uint8)))
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from faceorganizer.imaging.decode import decode\n"
        "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024\n"
        "before = peak()\n"
        "decode(Path(sys.argv[1]), long_side=None, max_megapixels=250)\n"
        "print(peak() - before)\n"
    )
    grown = int(
        subprocess.run([sys.executable, "-c", program, path], capture_output=True, check=True, text=True).stdout
    )
    # Pillow keeps four bytes a pixel, the result takes three; a whole second copy would make it more than three times.
    assert grown < 2.6 * 3 * width * height
