import json
import os
import time
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faceorganizer.domain.pictures import Capture, Place
from faceorganizer.metadata.sidecar import read_capture

NAMESPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:exif="http://ns.adobe.com/exif/1.0/" '
    'xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
)
GENTLE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def xmp(attributes="", elements=""):
    return (
        f'<?xpacket begin="\ufeff"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {NAMESPACES}>'
        f'<rdf:Description rdf:about="" {attributes}>{elements}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="w"?>'
    ).encode()


@pytest.fixture
def photo(tmp_path):
    return tmp_path / "photo.jpg"


def beside(photo, name, data):
    photo.with_name(name).write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())


def test_no_sidecar(photo):
    assert read_capture(photo) is None
    assert read_capture(photo.parent / "missing" / "photo.jpg") is None


@pytest.mark.parametrize("name", ["photo.jpg.xmp", "photo.xmp", "photo.jpg.XMP", "photo.XMP"])
def test_attributes_and_elements_of_xmp(photo, name):
    beside(
        photo,
        name,
        xmp(
            'exif:DateTimeOriginal="2019-05-03T14:23:55.25+02:00" tiff:Make="NIKON CORPORATION"',
            "<tiff:Model>NIKON D90</tiff:Model><exif:GPSLatitude>48,12.34N</exif:GPSLatitude>"
            "<exif:GPSLongitude>11,30,36W</exif:GPSLongitude><exif:GPSAltitude>5005/10</exif:GPSAltitude>"
            "<exif:GPSAltitudeRef>1</exif:GPSAltitudeRef>",
        ),
    )
    capture = read_capture(photo)
    assert (capture.taken, capture.taken_source) == (datetime(2019, 5, 3, 14, 23, 55, 250000), "sidecar")
    assert capture.camera == "NIKON D90"
    assert capture.place == Place(pytest.approx(48 + 12.34 / 60), pytest.approx(-11.51), -500.5)


def test_dates_of_xmp_in_their_order(photo):
    created, shown = 'xmp:CreateDate="2001-01-01T01:01:01"', 'photoshop:DateCreated="2002-02-02T02:02"'
    beside(photo, "photo.xmp", xmp(created))
    assert read_capture(photo).taken == datetime(2001, 1, 1, 1, 1, 1)
    beside(photo, "photo.xmp", xmp(f"{created} {shown}"))
    assert read_capture(photo).taken == datetime(2002, 2, 2, 2, 2)
    beside(photo, "photo.xmp", xmp(f'{created} {shown} exif:DateTimeOriginal="nonsense"'))
    assert read_capture(photo).taken == datetime(2002, 2, 2, 2, 2)


@pytest.mark.parametrize(
    "attributes",
    [
        'exif:DateTimeOriginal="0000-00-00T00:00:00"',
        'exif:DateTimeOriginal="2019-02-30T00:00:00"',
        'exif:DateTimeOriginal="1700-01-01T00:00:00"',
        'exif:GPSLatitude="48,12.34N"',
        'exif:GPSLatitude="0,0N" exif:GPSLongitude="0,0E"',
        'exif:GPSLatitude="98,0N" exif:GPSLongitude="1,0E"',
        'exif:GPSLatitude="11,30E" exif:GPSLongitude="48,0N"',
        'exif:GPSLatitude="nan" exif:GPSLongitude="inf"',
        'tiff:Make="  "',
        'tiff:Orientation="6"',
    ],
)
def test_xmp_that_says_nothing_of_use(photo, attributes):
    beside(photo, "photo.xmp", xmp(attributes))
    assert read_capture(photo) is None


def test_altitude_without_denominator(photo):
    place = 'exif:GPSLatitude="1,0N" exif:GPSLongitude="1,0E"'
    beside(photo, "photo.xmp", xmp(f'{place} exif:GPSAltitude="1/0"'))
    assert read_capture(photo).place == Place(1.0, 1.0, None)


TAKEOUT = {
    "title": "photo.jpg",
    "photoTakenTime": {"timestamp": "1556893435", "formatted": "3 May 2019, 14:23:55 UTC"},
    "geoData": {"latitude": 48.5, "longitude": -11.25, "altitude": 500.0},
}
TAKEN = Capture(datetime(2019, 5, 3, 14, 23, 55), "sidecar", None, Place(48.5, -11.25, 500.0))


@pytest.mark.parametrize(
    ("name", "sidecar"),
    [
        ("photo.jpg", "photo.jpg.json"),
        ("photo.jpg", "photo.jpg.supplemental-metadata.json"),
        ("photo.jpg", "photo.jpg.supplemental-meta.json"),
        ("photo.jpg", "photo.jpg.s.json"),
        ("photo.jpg", "photo.jpg..json"),
        ("photo-edited.jpg", "photo.jpg.json"),
        ("photo-edited.jpg", "photo.jpg.supplemental-metadata.json"),
        ("photo(1).jpg", "photo.jpg(1).json"),
        ("photo(1).jpg", "photo.jpg.supplemental-metadata(1).json"),
        ("a" * 60 + ".jpg", "a" * 46 + ".json"),
        ("ä\u0308 日本.jpg", "ä\u0308 日本.jpg.supplemental-metad.json"),
    ],
)
def test_names_of_takeout(tmp_path, name, sidecar):
    photo = tmp_path / name
    beside(photo, sidecar, TAKEOUT)
    assert read_capture(photo) == TAKEN


def test_takeout_of_another_photo_is_left(tmp_path):
    beside(tmp_path / "photo.jpg", "photo.jpg.json", TAKEOUT)
    assert read_capture(tmp_path / "photo(1).jpg") is None
    assert read_capture(tmp_path / "photo2.jpg") is None


def test_before_1970_and_no_place(photo):
    beside(
        photo,
        "photo.jpg.json",
        {"photoTakenTime": {"timestamp": "-86400"}, "geoData": {"latitude": 0.0, "longitude": 0.0, "altitude": 0.0}},
    )
    assert read_capture(photo) == Capture(datetime(1969, 12, 31), "sidecar", None, None)


def test_xmp_goes_first_and_takeout_fills_up(photo):
    beside(photo, "photo.jpg.json", TAKEOUT)
    beside(photo, "photo.jpg.xmp", xmp('xmp:CreateDate="2001-01-01T01:01:01" tiff:Model="X100"'))
    assert read_capture(photo) == Capture(datetime(2001, 1, 1, 1, 1, 1), "sidecar", "X100", TAKEN.place)


@pytest.mark.parametrize(
    "said",
    [
        [],
        {},
        None,
        7,
        "photoTakenTime",
        {"photoTakenTime": None, "geoData": None},
        {"photoTakenTime": {"timestamp": "x"}, "geoData": []},
        {"photoTakenTime": {"timestamp": 10**30}},
        {"photoTakenTime": {"timestamp": "9" * 5000}},
        {"photoTakenTime": {"timestamp": True}},
        {"photoTakenTime": {"timestamp": "0"}},
        {"geoData": {"latitude": "48", "longitude": 11}},
        {"geoData": {"latitude": 10**400, "longitude": 11}},
        {"geoData": {"latitude": float("nan"), "longitude": float("inf")}},
    ],
)
def test_takeout_that_says_nothing_of_use(photo, said):
    beside(photo, "photo.jpg.json", said)
    assert read_capture(photo) is None


BOMB = (
    b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">'
    + b"".join(b'<!ENTITY %c "%s">' % (ord("b") + step, b"&%c;" % (ord("a") + step) * 10) for step in range(1, 10))
    + b"]><a>&k;</a>"
)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 100,
        b"not xml",
        b"<a>",
        BOMB,
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b'<?xml version="1.0" encoding="utf-16"?><a/>',
        b"<a>" * 100_000,
        b"<a>" * 50_000 + b"</a>" * 50_000,
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\xff\xfe{",
        b"9" * 100_000,
    ],
)
def test_garbage_and_bombs(photo, data):
    for name in ("photo.jpg.xmp", "photo.jpg.json"):
        beside(photo, name, data)
    assert read_capture(photo) is None


def test_oversized_files_are_not_read(photo):
    for name in ("photo.jpg.xmp", "photo.jpg.json"):
        with photo.with_name(name).open("wb") as file:
            file.truncate(100 << 20)
    start = time.perf_counter()
    assert read_capture(photo) is None
    assert time.perf_counter() - start < 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_and_folders(photo):
    os.mkfifo(photo.with_name("photo.jpg.xmp"))
    photo.with_name("photo.xmp").symlink_to("/dev/zero")
    photo.with_name("photo.jpg.json").mkdir()
    assert read_capture(photo) is None


def test_a_name_that_is_no_utf_8(tmp_path):
    photo = tmp_path / os.fsdecode(b"\xff.jpg")
    beside(photo, os.fsdecode(b"\xff.jpg.json"), TAKEOUT)
    assert read_capture(photo) == TAKEN
    assert read_capture(tmp_path / "a\0b.jpg") is None


@given(data=st.binary(max_size=400), name=st.sampled_from(["photo.jpg.xmp", "photo.jpg.json"]))
@GENTLE
def test_any_bytes(tmp_path, data, name):
    beside(tmp_path / "photo.jpg", name, data)
    read_capture(tmp_path / "photo.jpg")


@given(
    said=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["photoTakenTime", "timestamp", "geoData", "geoDataExif", "latitude", "longitude", "altitude"]
                ),
                inner,
            )
        ),
    )
)
@GENTLE
def test_any_json(tmp_path, said):
    beside(tmp_path / "photo.jpg", "photo.jpg.json", said)
    read_capture(tmp_path / "photo.jpg")


@given(
    field=st.sampled_from(["exif:DateTimeOriginal", "exif:GPSLatitude", "exif:GPSAltitude", "tiff:Make"]),
    text=st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='<&"'), max_size=30)
    | st.from_regex(r"[0-9,./:TNZ-]{0,25}", fullmatch=True),
)
@GENTLE
def test_any_field(tmp_path, field, text):
    beside(
        tmp_path / "photo.jpg", "photo.xmp", xmp(f'exif:GPSLatitude="1,0N" exif:GPSLongitude="1,0E" {field}x="{text}"')
    )
    read_capture(tmp_path / "photo.jpg")
    beside(tmp_path / "photo.jpg", "photo.xmp", xmp(f'{field}="{text}"'))
    read_capture(tmp_path / "photo.jpg")
