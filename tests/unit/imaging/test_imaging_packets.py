"""The XMP packet in files of every format, put there by exiftool; and in files of anything."""

import io
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from xmp_material import bag, exiftool, packet

from faceorganizer.domain.errors import UnreadablePhotoError
from faceorganizer.imaging.packet import read_packet
from faceorganizer.metadata.xmp import Packet

SUBJECT = "{http://purl.org/dc/elements/1.1/}subject"
GENTLE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def subjects(path):
    data = read_packet(path)
    return None if data is None else Packet.parse(data).texts(SUBJECT)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif", "heic", "avif", "dng"])
def test_what_exiftool_put_there(tmp_path, samples, suffix):
    import pillow_heif

    pillow_heif.register_heif_opener()
    path = tmp_path / f"photo.{suffix}"
    if suffix == "dng":
        path.write_bytes(samples.dng(samples.bayer(samples.marked(64, 48))))
    else:
        Image.new("RGB", (64, 48)).save(path)
    assert read_packet(path) is None
    exiftool("-overwrite_original", "-XMP-dc:Subject=Ann", "-XMP-dc:Subject=Bén", path)
    assert subjects(path) == ["Ann", "Bén"]


def test_a_packet_of_a_png_may_be_compressed(tmp_path):
    def png(text):
        data = b"XML:com.adobe.xmp\0" + text
        chunk = len(data).to_bytes(4, "big") + b"iTXt" + data + zlib.crc32(b"iTXt" + data).to_bytes(4, "big")
        held = io.BytesIO()
        Image.new("RGB", (8, 8)).save(held, "PNG")
        path = tmp_path / "photo.png"
        path.write_bytes(held.getvalue()[:33] + chunk + held.getvalue()[33:])
        return path

    said = packet(bag("dc:subject", "Ann"))
    assert subjects(png(b"\1\0\0\0" + zlib.compress(said))) == ["Ann"]
    assert subjects(png(b"\0\0en\0title\0" + said)) == ["Ann"]
    assert read_packet(png(b"\1\0\0\0" + zlib.compress(bytes(40 << 20)))) is None  # a bomb
    assert read_packet(png(b"\1\0\0\0nothing")) is None
    assert read_packet(png(b"\0")) is None


@GENTLE
@given(st.data())
def test_mangled_files_are_never_a_traceback(tmp_path, data):
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "TIFF"]))
    held = io.BytesIO()
    said = packet(bag("dc:subject", "Ann"))
    options = {"xmp": said} if kind in ("JPEG", "WEBP") else {}
    Image.new("RGB", (16, 16)).save(held, kind, **options)
    whole = held.getvalue()
    start = data.draw(st.integers(4, len(whole)))
    mangled = whole[:start] + data.draw(st.binary(max_size=12)) + whole[start + data.draw(st.integers(0, 12)) :]
    path = tmp_path / "photo"
    path.write_bytes(mangled)
    found = read_packet(path)
    assert found is None or isinstance(found, bytes)


def test_no_files(tmp_path):
    for name, data in (("empty", b""), ("text", b"nothing at all"), ("cut.jpg", b"\xff\xd8\xff\xe1\xff")):
        path = tmp_path / name
        path.write_bytes(data)
        if data:
            assert read_packet(path) is None
        else:
            with pytest.raises(UnreadablePhotoError):
                read_packet(path)
