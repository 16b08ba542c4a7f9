import json
import os
import time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from xmp_material import area, bag, exiftool, microsoft, mwg, packet

from faceorganizer.domain.geometry import ORIENTATIONS, stored_points
from faceorganizer.domain.regions import Frame, RegionOrigin
from faceorganizer.metadata.picasa import CONTACTS, parse_ini, read_contacts, read_folder, rect64
from faceorganizer.metadata.reading import read_photo
from faceorganizer.metadata.regions import read_people, stored_place, upright_box
from faceorganizer.metadata.takeout import read_takeout
from faceorganizer.metadata.xmp import Packet

GENTLE = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FRAME = Frame(400, 300)


def read(data, frame=FRAME):
    parsed = Packet.parse(data)
    assert parsed is not None
    return read_people(parsed, frame)


def test_mwg_keeps_the_centre_and_only_faces_count():
    reading = read(
        packet(
            mwg(
                ("Ann", "Face", 0.5, 0.5, 0.2, 0.4),
                ("", "Face", 0.1, 0.2, 0.1, 0.1),
                ("Rex", "Pet", 0.8, 0.8, 0.1, 0.1),
                ("4011", "BarCode", 0.8, 0.2, 0.1, 0.1),
                ("", "Focus", 0.5, 0.5, 0.1, 0.1),
            )
        )
    )
    assert [(face.name, face.origin) for face in reading.regions] == [
        ("Ann", RegionOrigin.MWG),
        (None, RegionOrigin.MWG),
    ]
    assert reading.regions[0].box == pytest.approx((160, 90, 80, 120))
    assert reading.problems == ()


@pytest.mark.parametrize("kind", ["Bag", "Seq", "Alt"])
def test_any_kind_of_list(kind):
    assert len(read(packet(mwg(("Ann", "Face", 0.5, 0.5, 0.2, 0.4), kind=kind))).regions) == 1


@pytest.mark.parametrize(
    "item",
    [
        f'<rdf:li rdf:parseType="Resource"><mwg-rs:Name>Ann</mwg-rs:Name><mwg-rs:Type>Face</mwg-rs:Type>'
        f"{area(0.5, 0.5, 0.2, 0.4)}</rdf:li>",
        f"<rdf:li><rdf:Description><mwg-rs:Name>Ann</mwg-rs:Name><mwg-rs:Type>Face</mwg-rs:Type>"
        f"{area(0.5, 0.5, 0.2, 0.4)}</rdf:Description></rdf:li>",
        '<rdf:li rdf:parseType="Resource"><mwg-rs:Name>Ann</mwg-rs:Name><mwg-rs:Type>Face</mwg-rs:Type>'
        '<mwg-rs:Area rdf:parseType="Resource"><stArea:x>0.5</stArea:x><stArea:y>0.5</stArea:y><stArea:w>0.2</stArea:w>'
        "<stArea:h>0,4</stArea:h><stArea:unit>normalized</stArea:unit></mwg-rs:Area></rdf:li>",
        '<rdf:li rdf:parseType="Resource"><mwg-rs:Name>Ann</mwg-rs:Name><mwg-rs:Type>Face</mwg-rs:Type><mwg-rs:Area>'
        '<rdf:Description stArea:x="200" stArea:y="150" stArea:w="80" stArea:h="120" stArea:unit="pixel"/>'
        "</mwg-rs:Area></rdf:li>",
    ],
)
@pytest.mark.parametrize("inner", [True, False])
def test_any_way_to_write_structures(item, inner):
    listed = (
        '<mwg-rs:AppliedToDimensions rdf:parseType="Resource"><stDim:w>400</stDim:w><stDim:h>300</stDim:h>'
        f"</mwg-rs:AppliedToDimensions><mwg-rs:RegionList><rdf:Bag>{item}</rdf:Bag></mwg-rs:RegionList>"
    )
    said = (
        f"<mwg-rs:Regions><rdf:Description>{listed}</rdf:Description></mwg-rs:Regions>"
        if inner
        else f'<mwg-rs:Regions rdf:parseType="Resource">{listed}</mwg-rs:Regions>'
    )
    (face,) = read(packet(said)).regions
    assert (face.name, face.box) == ("Ann", pytest.approx((160, 90, 80, 120)))


def test_regions_of_a_cropped_picture_are_flagged_and_not_used():
    reading = read(packet(mwg(("Ann", "Face", 0.5, 0.5, 0.2, 0.4), size=(400, 400))))
    assert reading.regions == ()
    assert "cropped" in reading.problems[0]


@pytest.mark.parametrize("size", [None, (400, 300), (4000, 3000), (4032, 3024), (402, 301)])
def test_regions_of_a_resized_picture_are_used(size):
    assert len(read(packet(mwg(("Ann", "Face", 0.5, 0.5, 0.2, 0.4), size=size))).regions) == 1


def test_microsoft_keeps_the_corner_and_ignored_people_are_none():
    reading = read(
        packet(
            microsoft(
                ("Ann", "0.4, 0.3, 0.2, 0.4"),
                ("ffffffffffffffff", "0.1, 0.1, 0.1, 0.1"),
                ("", "0.7,0.1,0.1,0.1"),
                ("Ben", ""),
            )
        )
    )
    assert [(face.name, face.origin) for face in reading.regions] == [
        ("Ann", RegionOrigin.MICROSOFT),
        (None, RegionOrigin.MICROSOFT),
    ]
    assert reading.regions[0].box == pytest.approx((160, 90, 80, 120))
    assert reading.names == ("Ben",)


def test_one_face_in_two_formats_is_one():
    both = mwg(("Ann", "Face", 0.5, 0.5, 0.2, 0.4), ("", "Face", 0.1, 0.2, 0.1, 0.1)) + microsoft(
        ("Ann", "0.41, 0.3, 0.2, 0.4"), ("Ben", "0.05, 0.15, 0.1, 0.1"), ("Cleo", "0.8, 0.8, 0.1, 0.1")
    )
    reading = read(packet(both))
    assert [face.name for face in reading.regions] == ["Ann", "Ben", "Cleo"]
    assert reading.problems == ()


def test_formats_that_contradict_each_other_are_told_of():
    reading = read(packet(mwg(("Ann", "Face", 0.5, 0.5, 0.2, 0.4)) + microsoft(("Ben", "0.4, 0.3, 0.2, 0.4"))))
    assert [face.name for face in reading.regions] == ["Ann"]
    assert "Ann by mwg and Ben by microsoft" in reading.problems[0]


def iptc(shape, name="Ann"):
    person = bag("Iptc4xmpExt:PersonInImage", name) if name else ""
    return (
        '<Iptc4xmpExt:ImageRegion><rdf:Bag><rdf:li rdf:parseType="Resource"><Iptc4xmpExt:RegionBoundary '
        f'rdf:parseType="Resource">{shape}</Iptc4xmpExt:RegionBoundary>{person}</rdf:li></rdf:Bag>'
        "</Iptc4xmpExt:ImageRegion>"
    )


def shape(**fields):
    return "".join(f"<Iptc4xmpExt:{key}>{value}</Iptc4xmpExt:{key}>" for key, value in fields.items())


@pytest.mark.parametrize(
    "said",
    [
        shape(rbShape="rectangle", rbUnit="relative", rbX=0.4, rbY=0.3, rbW=0.2, rbH=0.4),
        shape(rbShape="rectangle", rbUnit="pixel", rbX=160, rbY=90, rbW=80, rbH=120),
        shape(rbShape="polygon", rbUnit="relative")
        + "<Iptc4xmpExt:rbVertices><rdf:Seq>"
        + "".join(
            f'<rdf:li rdf:parseType="Resource">{shape(rbX=x, rbY=y)}</rdf:li>'
            for x, y in ((0.5, 0.3), (0.6, 0.5), (0.4, 0.7))
        )
        + "</rdf:Seq></Iptc4xmpExt:rbVertices>",
    ],
)
def test_iptc_regions(said):
    (face,) = read(packet(iptc(said))).regions
    assert (face.name, face.origin, face.box) == ("Ann", RegionOrigin.IPTC, pytest.approx((160, 90, 80, 120)))


def test_iptc_circle_and_regions_of_things():
    (face,) = read(packet(iptc(shape(rbShape="circle", rbUnit="relative", rbX=0.5, rbY=0.5, rbRx=0.1)))).regions
    assert face.box == pytest.approx((160, 110, 80, 80))
    said = shape(rbShape="rectangle", rbUnit="relative", rbX=0.4, rbY=0.3, rbW=0.2, rbH=0.4)
    assert read(packet(iptc(said, name=""))).regions == ()


def test_names_without_places():
    reading = read(
        packet(
            mwg(("Ann", "Face", 0.5, 0.5, 0.2, 0.4))
            + bag("Iptc4xmpExt:PersonInImage", "ann", "Ben", "Ben", " ")
            + bag("lr:hierarchicalSubject", "People", "People|Family", "People|Family|Cleo", "Places|Rome")
            + bag("digiKam:TagsList", "People/Dora", "People/Ben", "Things/Car")
            + bag("dc:subject", "Erna", "beach")
        )
    )
    assert reading.names == ("Ben", "Cleo", "Dora")


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_all_orientations_there_and_back(orientation):
    width, height = 400, 300
    frame = Frame(width, height, orientation)
    box = (40.0, 60.0, 80.0, 120.0)
    place = stored_place(box, frame)
    assert upright_box(place, frame) == pytest.approx(box, abs=1e-3)
    stored_width, stored_height = frame.stored_size
    corner = stored_points(np.array([40.0, 60.0]), orientation, frame.stored_size)
    assert corner[0] == pytest.approx(place[0] * stored_width) or corner[0] == pytest.approx(
        (place[0] + place[2]) * stored_width
    )
    left, top, across, down = place
    said = mwg(("Ann", "Face", left + across / 2, top + down / 2, across, down), size=frame.stored_size)
    (face,) = read(packet(said), frame).regions
    assert face.box == pytest.approx(box, abs=1e-3)
    assert frame.stored_size == ((stored_width, stored_height))


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_region_marks_the_same_pixels_upright(orientation, tmp_path):
    """The stored picture is white where the region is; upright it must be white where the box is."""
    stored = np.zeros((60, 80, 3), np.uint8)
    stored[10:30, 5:45] = 255
    exif = Image.Exif()
    exif[274] = orientation
    path = tmp_path / "photo.png"
    Image.fromarray(stored).save(path, exif=exif)
    from faceorganizer.imaging.decode import decode
    from faceorganizer.imaging.identify import identify

    identity = identify(path, max_megapixels=10)
    frame = Frame(identity.width, identity.height, identity.orientation)
    said = mwg(("Ann", "Face", 25 / 80, 20 / 60, 40 / 80, 20 / 60), size=(80, 60))
    x, y, width, height = map(round, read(packet(said), frame).regions[0].box)
    pixels = decode(path, long_side=None, max_megapixels=10).pixels
    assert pixels[y : y + height, x : x + width].min() == 255
    assert pixels.astype(int).sum() == 3 * 255 * width * height


def test_sidecars_go_before_the_file_and_damage_is_told(tmp_path):
    photo = tmp_path / "a.jpg"
    inside = packet(mwg(("Inside", "Face", 0.5, 0.5, 0.2, 0.4)))
    assert [face.name for face in read_photo(photo, inside, FRAME).regions] == ["Inside"]
    (tmp_path / "a.xmp").write_bytes(packet(bag("dc:subject", "beach")))
    assert [face.name for face in read_photo(photo, inside, FRAME).regions] == ["Inside"]
    (tmp_path / "a.jpg.xmp").write_bytes(packet(mwg(("Beside", "Face", 0.5, 0.5, 0.2, 0.4))))
    assert [face.name for face in read_photo(photo, inside, FRAME).regions] == ["Beside"]
    (tmp_path / "a.jpg.xmp").write_bytes(packet(mwg(("Beside", "Face", 0.5, 0.5, 0.2, 0.4)))[:-200])
    reading = read_photo(photo, inside, FRAME)
    assert [face.name for face in reading.regions] == ["Inside"]
    assert reading.problems == ("a.jpg.xmp is damaged or too large",)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_exiftool_writes_what_is_read_here(tmp_path, suffix, orientation):
    from faceorganizer.imaging.packet import read_packet

    path = tmp_path / f"photo.{suffix}"
    Image.new("RGB", (80, 60), "gray").save(path)
    exiftool(
        "-overwrite_original",
        "-RegionInfo={AppliedToDimensions={W=80,H=60,Unit=pixel},RegionList=[{Area={X=0.25,Y=0.5,W=0.1,H=0.2,"
        "Unit=normalized},Name=Änn,Type=Face},{Area={X=0.5,Y=0.5,W=0.1,H=0.2,Unit=normalized},Name=Rex,Type=Pet}]}",
        "-RegionInfoMP={Regions=[{Rectangle=0.6\\, 0.4\\, 0.1\\, 0.2,PersonDisplayName=Ben}]}".replace("\\,", "|,"),
        "-XMP-iptcExt:PersonInImage=Cleo",
        path,
    )
    said = read_packet(path)
    assert said is not None
    frame = Frame(60, 80, 6) if orientation == 6 else Frame(80, 60)
    reading = read(said, frame)
    assert [face.name for face in reading.regions] == ["Änn", "Ben"]
    assert reading.names == ("Cleo",)
    expected = (60 - 36, 16, 12, 8) if orientation == 6 else (16, 24, 8, 12)
    assert reading.regions[0].box == pytest.approx(expected, abs=1e-3)


# Picasa


def test_rect64_leaves_leading_zeros_out():
    assert rect64("3f845bcb59418507") == pytest.approx((0x3F84 / 65536, 0x5BCB / 65536, 0x19BD / 65536, 0x293C / 65536))
    assert rect64("80008000") == pytest.approx((0, 0, 0.5, 0.5))
    assert rect64("8000800000000000") is None
    assert rect64("1000080008000") == pytest.approx((0, 1 / 65536, 0.5, 0.5 - 1 / 65536), abs=1e-4)


INI = b"""\xef\xbb\xbf[Picasa]
name=Holidays
[Photo One.JPG]
backuphash=1234
faces=rect64(3f845bcb59418507),0a1b2c3d4e5f6071;rect64(2000100010002000),ffffffffffffffff;rect64(1000200030004000),8e62398ebda8c1a5
[two.jpg]
faces=rect64(1000200030004000),0
[Contacts]
8e62398ebda8c1a5=Old Ben_lh,\xc3\xa4
a1b2c3d4e5f6071=Wrong
[Contacts2]
a1b2c3d4e5f6071=Ann M\xc3\xbcller;;
"""


def test_picasa_ini():
    folder = parse_ini(INI)
    regions, problems = folder.regions("photo one.jpg", FRAME, {})
    assert [face.name for face in regions] == ["Ann Müller", "Old Ben_lh,ä"]
    assert regions[0].box[0] == pytest.approx(0x3F84 / 65536 * 400)
    assert problems == ["a face of Picasa makes no sense"]
    assert [face.name for face in folder.regions("two.jpg", FRAME, {})[0]] == [None]
    regions, _ = folder.regions("photo one.jpg", FRAME, {"a1b2c3d4e5f6071": "Ann Huber"})
    assert regions[0].name == "Ann Huber"
    assert folder.regions("three.jpg", FRAME, {}) == ([], [])


def test_picasa_turns_with_the_photo():
    folder = parse_ini(b"[a.jpg]\nfaces=rect64(0000000080008000),1\n[Contacts2]\n1=Ann;;\n")
    boxes = [folder.regions("a.jpg", Frame(300, 400, 6), {})[0][0].box, folder.regions("a.jpg", FRAME, {})[0][0].box]
    assert boxes == [pytest.approx((150, 0, 150, 200)), pytest.approx((0, 0, 200, 150))]


def test_picasa_contacts_and_folders(tmp_path):
    assert read_folder(tmp_path) is None
    (tmp_path / ".picasa.ini").write_bytes(INI[: INI.index(b"8507")])
    folder = read_folder(tmp_path)
    assert folder is not None
    assert folder.damaged
    contacts = tmp_path / CONTACTS
    contacts.write_text(
        '<contacts><contact id="0a1b" name="Ann" /><contact id="2" display="Ben"/><contact id="x"/></contacts>'
    )
    assert read_contacts(contacts) == {"a1b": "Ann", "2": "Ben"}
    contacts.write_bytes(b"<contacts")
    assert read_contacts(contacts) == {}


# Takeout


def test_takeout_names(tmp_path):
    photo = tmp_path / "IMG_1.jpg"
    assert not read_takeout(photo)
    said = {"title": "IMG_1.jpg", "people": [{"name": "Ann"}, {"name": " ann "}, {"name": ""}, {}, 5, {"name": 7}]}
    (tmp_path / "IMG_1.jpg.supplemental-metadata.json").write_text(json.dumps(said))
    assert read_takeout(photo).names == ("Ann",)
    (tmp_path / "IMG_1.jpg.supplemental-metadata.json").write_text("{")
    assert "damaged" in read_takeout(photo).problems[0]


# Garbage

WORDS = st.sampled_from(
    [
        b"<rdf:li>",
        b"</rdf:li>",
        b"<rdf:Bag>",
        b"mwg-rs:Name",
        b'"',
        b"NaN",
        b"1e999",
        b"-1",
        b"\0",
        b"&lt;",
        b"]]>",
        b"<!--",
    ]
)


@GENTLE
@given(st.data())
def test_mangled_packets_are_never_a_traceback(data):
    whole = packet(
        mwg(("Ann", "Face", 0.5, 0.5, 0.2, 0.4))
        + microsoft(("Ben", "0.4, 0.3, 0.2, 0.4"))
        + iptc(shape(rbShape="rectangle", rbUnit="relative", rbX=0.4, rbY=0.3, rbW=0.2, rbH=0.4))
    )
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 60)))
    mangled = whole[:start] + data.draw(st.one_of(st.binary(max_size=30), WORDS)) + whole[end:]
    parsed = Packet.parse(mangled)
    if parsed is not None:
        for face in read_people(parsed, FRAME).regions:
            assert np.isfinite(face.box).all()
        assert Packet.parse(parsed.serialised()) is not None


NUMBERS = st.one_of(st.text(max_size=12).filter(lambda s: "<" not in s and "&" not in s), st.floats().map(str))


@GENTLE
@given(st.lists(NUMBERS, min_size=4, max_size=4))
def test_any_numbers_in_a_region(numbers):
    texts = ["".join(c for c in number if c.isprintable() and c not in '<>&"') for number in numbers]
    for said in (mwg(("Ann", "Face", *texts)), microsoft(("Ann", ",".join(texts)))):
        parsed = Packet.parse(packet(said))
        if parsed is not None:
            for face in read_people(parsed, FRAME).regions:
                x, y, width, height = face.box
                assert np.isfinite(face.box).all()
                assert width > 0
                assert height > 0
                assert x < 400
                assert y < 300


@GENTLE
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda s: s.encode("utf-8", "replace"))))
def test_any_picasa_ini(data):
    for said in (data, b"[a.jpg]\nfaces=" + data, b"[a.jpg]\nfaces=rect64(" + data + b"),1;rect64("):
        folder = parse_ini(said)
        for name in folder.faces:
            folder.regions(name, FRAME, {})


@GENTLE
@given(st.text(alphabet="0123456789abcdef", min_size=1, max_size=16))
def test_any_rect64(digits):
    place = rect64(digits)
    assert place is None or (place[2] > 0 and place[3] > 0 and place[0] + place[2] <= 1)


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + b"".join(b'<!ENTITY lol%d "%s">' % (n, b"&lol%d;" % (n - 1) * 10 if n else b"&lol;" * 10) for n in range(9))
    + b"]><x>&lol8;</x>"
)


@pytest.mark.parametrize(
    "data",
    [
        BOMB,
        b"<a>" * 100_000,
        b"<a>" * 50_000 + b"</a>" * 50_000,
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + b"<a/>" * 900_000 + b"</x:xmpmeta>",
        b"\0" * 5_000_000,
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"\xff\xfe<\0",
    ],
)
def test_bombs_end_soon(data, tmp_path):
    start = time.process_time()
    assert Packet.parse(data) is None
    (tmp_path / "a.jpg.xmp").write_bytes(data)
    assert read_photo(tmp_path / "a.jpg", None, FRAME).regions == ()
    contacts = tmp_path / "contacts.xml"
    contacts.write_bytes(data)
    assert read_contacts(contacts) == {}
    assert time.process_time() - start < 60  # with each line traced, as a check does; a billion laughs take for ever


def test_hundred_megabytes_and_pipes_are_not_read(tmp_path):
    huge = tmp_path / "a.jpg.xmp"
    with huge.open("wb") as file:
        file.truncate(100_000_000)
    with (tmp_path / ".picasa.ini").open("wb") as file:
        file.truncate(100_000_000)
    start = time.monotonic()
    assert "too large" in read_photo(tmp_path / "a.jpg", None, FRAME).problems[0]
    folder = read_folder(tmp_path)
    assert folder is not None
    assert folder.damaged
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "b.jpg.xmp")
        assert not read_photo(tmp_path / "b.jpg", None, FRAME)
    assert time.monotonic() - start < 5


def test_regions_by_the_thousand_are_refused():
    many = mwg(*((f"P{n}", "Face", 0.5, 0.5, 0.1, 0.1) for n in range(3000)))
    start = time.monotonic()
    reading = read(packet(many))
    assert reading.regions == ()
    assert "3000 regions" in reading.problems[0]
    assert time.monotonic() - start < 5
