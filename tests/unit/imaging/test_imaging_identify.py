import hashlib
import io
import struct
import zlib
from datetime import datetime

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from faceorganizer.domain.pictures import Capture, Place
from faceorganizer.imaging.bmff import read_container
from faceorganizer.imaging.exif import camera_name, read_exif_block
from faceorganizer.imaging.identify import identify

ORIENTED = ["jpeg", "png", "webp", "tiff", "avif", "heif"]
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'


@pytest.fixture
def identified(tmp_path):
    def write_and_identify(data, name="photo.jpg"):
        path = tmp_path / name
        path.write_bytes(data)
        return identify(path, max_megapixels=250)

    return write_and_identify


def test_what_is_said_of_a_plain_picture(identified, samples):
    data = samples.encode("png")
    identity = identified(data)
    assert (identity.format, identity.width, identity.height, identity.orientation) == ("png", 96, 64, 1)
    assert identity.file_hash == hashlib.blake2b(data, digest_size=32).digest()
    assert len(identity.content_hash) == 32
    assert identity.content_hash != identity.file_hash
    assert identity.capture == Capture()


def test_formats_never_share_a_content_hash(identified, samples):
    formats = ("jpeg", "png", "webp", "tiff", "gif", "bmp", "avif", "heif")
    assert len({identified(samples.encode(each)).content_hash for each in formats}) == len(formats)


@pytest.mark.parametrize("picture_format", ORIENTED)
def test_content_stays_when_metadata_change(picture_format, identified, samples):
    plain = identified(samples.encode(picture_format))
    for changes in (
        {"exif": samples.exif_block(1, t271="A maker", t306="2019:05:03 14:23:55")},
        {"exif": samples.exif_block(6, t270="x" * 5000)},
        {"xmp": XMP},
        {"exif": samples.exif_block(3), "xmp": XMP * 40},
    ):
        if picture_format == "tiff" and "xmp" in changes:
            changes["tiffinfo"] = {700: changes.pop("xmp")}
        if picture_format == "png" and "xmp" in changes:
            texts = PngImagePlugin.PngInfo()
            texts.add_itxt("XML:com.adobe.xmp", changes.pop("xmp").decode())
            changes["pnginfo"] = texts
        changed = identified(samples.encode(picture_format, **changes))
        assert changed.file_hash != plain.file_hash
        assert changed.content_hash == plain.content_hash


@pytest.mark.parametrize("picture_format", ORIENTED)
def test_orientation_is_told_and_content_stays(picture_format, identified, samples):
    hashes = set()
    for orientation in range(1, 9):
        identity = identified(samples.encode(picture_format, exif=samples.exif_block(orientation)))
        assert identity.orientation == orientation
        assert (identity.width, identity.height) == ((64, 96) if orientation > 4 else (96, 64))
        hashes.add(identity.content_hash)
    assert len(hashes) == 1


@pytest.mark.parametrize("picture_format", ["jpeg", "png", "webp", "tiff", "gif", "bmp", "avif", "heif"])
def test_content_changes_with_the_picture(picture_format, identified, samples):
    other = samples.marked()
    other[20:40, 40:60] = 0
    first, second = identified(samples.encode(picture_format)), identified(samples.encode(picture_format, other))
    assert first.content_hash != second.content_hash


def test_exif_orientation_of_a_heif_file_is_not_its_rotation(identified, samples):
    data = samples.encode("heif", exif=samples.exif_block(6))
    place = data.index(b"Exif\0\0") + 6
    block = data[place:]
    order = "<" if block[:2] == b"II" else ">"
    entry = block.index(struct.pack(order + "HHI", 274, 3, 1))
    rewritten = bytearray(data)
    rewritten[place + entry + 8 : place + entry + 10] = struct.pack(order + "H", 8)
    before, after = identified(data), identified(bytes(rewritten))
    assert before.file_hash != after.file_hash
    assert (before.orientation, before.content_hash) == (after.orientation, after.content_hash)


def test_tables_that_change_colours_are_content(identified):
    image = Image.new("P", (8, 8), 1)
    image.putpalette([0, 0, 0, 200, 100, 50])
    out = io.BytesIO()
    image.save(out, "PNG")
    first = identified(out.getvalue()).content_hash
    image.putpalette([0, 0, 0, 100, 200, 50])
    out = io.BytesIO()
    image.save(out, "PNG")
    assert identified(out.getvalue()).content_hash != first


def test_adobe_segment_is_content_and_comments_are_not(identified, samples):
    data = samples.encode("jpeg")
    plain = identified(data).content_hash

    def with_segment(marker, body):
        return data[:2] + bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body + data[2:]

    for marker in (0xE0, 0xE1, 0xE2, 0xED, 0xEF, 0xFE):
        assert identified(with_segment(marker, b"anything\xff\xd9\xff\xda")).content_hash == plain
    assert identified(with_segment(0xEE, b"Adobe\0\x64\0\0\0\0\0")).content_hash != plain


def test_what_follows_the_first_jpeg_picture_is_left_out(identified, samples):
    data = samples.encode("jpeg")
    plain = identified(data)
    motion = identified(data + b"\0\0\0\x18ftypmp42" + bytes(5000))
    assert motion.content_hash == plain.content_hash
    assert motion.file_hash != plain.file_hash


def test_markers_across_blocks_are_found(identified, samples, monkeypatch):
    noise = np.random.default_rng(3).integers(0, 255, (120, 160, 3), dtype=np.uint8)
    data = samples.encode("jpeg", noise, progressive=True)
    expected = identified(data + b"tail").content_hash
    for block in (1, 2, 3, 5, 1000):
        monkeypatch.setattr("faceorganizer.imaging.content._BLOCK", block)
        assert identified(data).content_hash == expected


def test_png_chunks_cut_another_way_are_the_same_picture(identified, samples):
    data = samples.encode("png", np.random.default_rng(3).integers(0, 255, (64, 96, 3), dtype=np.uint8))
    start = data.index(b"IDAT") - 4
    size = int.from_bytes(data[start : start + 4], "big")
    body, rest = data[start + 8 : start + 8 + size], data[start + 12 + size :]

    def chunk(part):
        return len(part).to_bytes(4, "big") + b"IDAT" + part + _crc(b"IDAT" + part)

    cut = data[:start] + chunk(body[:1000]) + chunk(body[1000:]) + rest
    assert identified(cut).content_hash == identified(data).content_hash


def _crc(data):
    return zlib.crc32(data).to_bytes(4, "big")


def test_exif_after_the_pixels_of_a_png_counts(identified, samples):
    data = samples.encode("png")
    block = samples.exif_block(6).removeprefix(b"Exif\0\0")
    chunk = len(block).to_bytes(4, "big") + b"eXIf" + block + _crc(b"eXIf" + block)
    late = data[:-12] + chunk + data[-12:]
    assert identified(late).orientation == 6
    assert identified(late).content_hash == identified(data).content_hash


@pytest.mark.parametrize("picture_format", ["jpeg", "png"])
def test_odd_structure_falls_back_to_the_whole_file(picture_format, identified, samples):
    odd = samples.encode(picture_format)[:-2]  # without its end
    assert identified(odd).content_hash == hashlib.blake2b(b"file\0" + odd, digest_size=32).digest()


def test_stacked_turns_of_a_heif_container(samples):
    container = read_container(io.BytesIO(samples.encode("heif", exif=samples.exif_block(5))))
    assert container.orientation == 5
    assert any(item.metadata for item in container.items.values())


def test_camera_is_named_without_repetition():
    assert camera_name("NIKON CORPORATION", "NIKON D90") == "NIKON D90"
    assert camera_name("Canon", "Canon EOS 5D") == "Canon EOS 5D"
    assert camera_name("SONY", "ILCE-7M3") == "SONY ILCE-7M3"
    assert camera_name("", "X100") == "X100"
    assert camera_name("Leica", "") == "Leica"
    assert camera_name("", "") is None


def capture_of(**directories):
    exif = Image.Exif()
    for tag, value in directories.get("main", {}).items():
        exif[tag] = value
    for pointer, name in ((34665, "exif"), (34853, "gps")):
        exif.get_ifd(pointer).update(directories.get(name, {}))
    return read_exif_block(exif.tobytes())[1]


def test_dates_in_their_order():
    main, original, digitized = (
        {306: "2001:01:01 01:01:01"},
        {36867: "2003:03:03 03:03:03"},
        {36868: "2002:02:02 02:02:02"},
    )
    assert capture_of(main=main).taken == datetime(2001, 1, 1, 1, 1, 1)
    assert capture_of(main=main, exif=digitized).taken == datetime(2002, 2, 2, 2, 2, 2)
    assert capture_of(main=main, exif=digitized | original).taken == datetime(2003, 3, 3, 3, 3, 3)
    assert capture_of(exif=original | {37521: "25"}).taken == datetime(2003, 3, 3, 3, 3, 3, 250000)
    assert capture_of(exif=original | {37521: "junk"}).taken == datetime(2003, 3, 3, 3, 3, 3)
    assert capture_of(main=main, exif={36867: "0000:00:00 00:00:00"}).taken == datetime(2001, 1, 1, 1, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "",
        "2019:13:01 00:00:00",
        "2019:02:30 00:00:00",
        "9999:01:01 00:00:00",
        "x",
    ],
)
def test_nonsense_is_no_date(text):
    capture = capture_of(exif={36867: text})
    assert (capture.taken, capture.taken_source) == (None, "")


def test_place_with_its_references():
    gps = {1: "S", 2: (33.0, 51.0, 30.0), 3: "W", 4: (70.0, 30.0, 0.0), 5: b"\x01", 6: 12.5}
    assert capture_of(gps=gps).place == Place(-(33 + 51 / 60 + 30 / 3600), -70.5, -12.5)
    assert capture_of(gps=gps | {5: b"\x00"}).place.altitude == 12.5
    assert capture_of(gps={key: value for key, value in gps.items() if key < 5}).place.altitude is None


def test_place_that_is_none():
    zero = {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}
    for gps in (zero, zero | {2: (91.0, 0.0, 0.0)}, zero | {1: "X", 2: (9.0, 0.0, 0.0)}, {2: (9.0, 0.0, 0.0)}):
        assert capture_of(gps=gps).place is None


def test_fractions_without_denominators():
    exif = Image.Exif()
    fields = {1: "N", 2: (48.5, 0.0, 0.0), 3: "E", 4: (11.0, 0.0, 0.0), 5: b"\0", 6: 500.0}
    exif.get_ifd(34853).update(fields)
    data = bytearray(exif.tobytes())
    order = "<" if data[6:8] == b"II" else ">"
    data = data.replace(struct.pack(order + "II", 0, 1), struct.pack(order + "II", 0, 0))
    data = data.replace(struct.pack(order + "II", 500, 1), struct.pack(order + "II", 500, 0))
    assert read_exif_block(bytes(data))[1].place == Place(48.5, 11.0, None)
    data = data.replace(struct.pack(order + "II", 11, 1), struct.pack(order + "II", 11, 0))
    assert read_exif_block(bytes(data))[1].place is None


def test_texts_are_cleaned():
    assert capture_of(main={271: "Maker\0junk", 272: " Model  \x07 X "}).camera == "Maker Model X"


@pytest.mark.parametrize("picture_format", ORIENTED)
def test_capture_from_every_format(picture_format, identified, samples):
    block = samples.exif_block(1, t271="Maker", t272="Model", t306="2019:05:03 14:23:55")
    capture = identified(samples.encode(picture_format, exif=block)).capture
    assert capture == Capture(datetime(2019, 5, 3, 14, 23, 55), "exif", "Maker Model", None)
