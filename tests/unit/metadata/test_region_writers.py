import hashlib
import shutil
import stat

import numpy as np
import pillow_heif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from xmp_material import bag, exiftool, exiftool_tags, microsoft, mwg, packet

from faceorganizer.domain.geometry import ORIENTATIONS
from faceorganizer.domain.regions import Frame
from faceorganizer.imaging.decode import decode
from faceorganizer.imaging.identify import identify
from faceorganizer.imaging.packet import read_packet
from faceorganizer.metadata import placing
from faceorganizer.metadata.regions import read_people
from faceorganizer.metadata.writing import Added, NamedFace, UnusablePacketError, digest, rewrite
from faceorganizer.metadata.xmp import Packet

GENTLE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FRAME = Frame(400, 300)
ANN = NamedFace("Ann", (160, 90, 80, 120))
BEN = NamedFace("Bén / Co|x", (10, 20, 30, 40))
NOTHING = Added()
OTHERS = (
    mwg(("Rex", "Pet", 0.8, 0.8, 0.1, 0.1), ("", "Face", 0.1, 0.9, 0.1, 0.1), ("4011", "BarCode", 0.8, 0.2, 0.1, 0.1))
    + bag("dc:subject", "beach", "Zoe")
    + bag("lr:hierarchicalSubject", "Places|Rome")
    + '<acme:Secret rdf:parseType="Resource"><acme:Level>7</acme:Level><acme:Tags><rdf:Seq><rdf:li>b</rdf:li>'
    "<rdf:li>a</rdf:li></rdf:Seq></acme:Tags></acme:Secret>"
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Tag &amp; &lt;Nacht&gt;</rdf:li></rdf:Alt></dc:title>'
)


def said(data, frame=FRAME):
    parsed = Packet.parse(data)
    assert parsed is not None
    return read_people(parsed, frame)


def test_what_is_written_is_read_again():
    written = rewrite(None, [ANN, BEN], NOTHING, FRAME)
    assert written.changed
    reading = said(written.packet)
    assert [(face.name, face.box) for face in reading.regions] == [
        (face.name, pytest.approx(face.box, abs=1e-3)) for face in (ANN, BEN)
    ]
    assert reading.names == ()
    assert Added.of_plain(written.added.plain()) == written.added


def test_writing_again_changes_nothing():
    once = rewrite(packet(OTHERS), [ANN, BEN], NOTHING, FRAME)
    again = rewrite(once.packet, [BEN, ANN], once.added, FRAME)
    assert (again.changed, again.packet) == (False, once.packet)
    assert set(again.added.mwg) == set(once.added.mwg)


def test_what_is_taken_out_is_what_was_put_in():
    before = packet(OTHERS)
    once = rewrite(before, [ANN, BEN], NOTHING, FRAME)
    only_ann = rewrite(once.packet, [ANN], once.added, FRAME)
    assert [face.name for face in said(only_ann.packet).regions] == ["Ann", None]
    back = rewrite(only_ann.packet, [], only_ann.added, FRAME)
    assert digest(back.packet) == digest(before)
    assert not back.added
    alone = rewrite(None, [ANN], NOTHING, FRAME)
    assert rewrite(alone.packet, [], alone.added, FRAME).packet is None


def test_names_that_others_wrote_stay_when_ours_go():
    others = packet(
        mwg(("Ann", "Face", 0.5, 0.5, 0.2, 0.4)) + bag("dc:subject", "Ann") + bag("Iptc4xmpExt:PersonInImage", "ann")
    )
    once = rewrite(others, [ANN], NOTHING, FRAME)
    assert once.added.mwg == ()
    assert once.added.keywords["{http://purl.org/dc/elements/1.1/}subject"] == ()
    back = rewrite(once.packet, [], once.added, FRAME)
    assert digest(back.packet) == digest(others)


def test_another_name_of_another_program_is_a_conflict():
    others = packet(mwg(("Ben", "Face", 0.5, 0.5, 0.2, 0.4)) + microsoft(("Ben", "0.4, 0.3, 0.2, 0.4")))
    kept = rewrite(others, [ANN], NOTHING, FRAME)
    assert (kept.changed, kept.conflicts) == (False, ("Ann is Ben there",))
    replaced = rewrite(others, [ANN], NOTHING, FRAME, replace=True)
    assert [face.name for face in said(replaced.packet).regions] == ["Ann"]
    assert replaced.conflicts == ()


def test_a_cropped_or_damaged_packet_is_left_alone():
    with pytest.raises(UnusablePacketError, match="cropped"):
        rewrite(packet(mwg(("Ben", "Face", 0.5, 0.5, 0.2, 0.4), size=(300, 300))), [ANN], NOTHING, FRAME)
    with pytest.raises(UnusablePacketError, match="damaged"):
        rewrite(b"<x", [ANN], NOTHING, FRAME)


def test_named_regions_come_before_those_without_a_name():
    written = rewrite(packet(OTHERS), [ANN], NOTHING, FRAME).packet
    assert written.index(b"<mwg-rs:Name>Ann") < written.index(b"Rex")


@pytest.mark.parametrize("kind", ["Seq", "Alt"])
def test_lists_of_others_keep_their_kind(kind):
    written = rewrite(packet(mwg(("Zoe", "Face", 0.1, 0.1, 0.1, 0.1), kind=kind)), [ANN], NOTHING, FRAME).packet
    assert [face.name for face in said(written).regions] == ["Ann", "Zoe"]
    assert f"<rdf:{kind}>".encode() in written


def test_keywords_written_as_a_plain_text_become_a_list():
    written = rewrite(packet(attributes='dc:subject="beach"'), [ANN], NOTHING, FRAME).packet
    assert Packet.parse(written).texts("{http://purl.org/dc/elements/1.1/}subject") == ["beach", "Ann"]


def test_prefixes_comments_and_odd_characters_stay():
    odd = packet(
        "<!-- kept --><acme:Note>a &amp;&#10; b]]&gt;</acme:Note>", 'acme:Line="one&#10;two &quot;three&quot;&#9;"'
    )
    written = rewrite(odd, [ANN], NOTHING, FRAME).packet
    assert b"<!-- kept -->" in written
    assert b"<acme:Note>" in written
    parsed = Packet.parse(written)
    assert parsed.find("{http://acme.example/ns/1/}Line") == 'one\ntwo "three"\t'
    assert parsed.find("{http://acme.example/ns/1/}Note").text == "a &\n b]]>"


def test_the_same_is_the_same_however_it_is_written():
    as_elements = packet("<acme:A>1</acme:A><acme:B>2</acme:B>" + bag("dc:subject", "x", "y"))
    as_attributes = packet(bag("dc:subject", "y", "x"), 'acme:B="2" acme:A="1"')
    assert digest(as_elements) == digest(as_attributes)
    assert digest(as_elements) != digest(packet("<acme:A>1</acme:A>"))
    assert digest(None) == digest(packet()) == b""


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=20).filter(
    lambda name: name.strip()
)


@GENTLE
@given(
    st.lists(st.tuples(NAMES, st.integers(0, 300), st.integers(0, 200)), max_size=4, unique_by=lambda face: face[0]),
    st.sampled_from(list(ORIENTATIONS)),
)
def test_any_names_go_in_and_out(faces, orientation):
    from faceorganizer.domain.people import clean_name

    frame = Frame(400, 300, orientation)
    named = [NamedFace(clean_name(name) or "x", (x, y, 60, 80)) for name, x, y in faces]
    before = packet(
        OTHERS.replace('stDim:w="400" stDim:h="300"', 'stDim:w="{}" stDim:h="{}"'.format(*frame.stored_size))
    )
    once = rewrite(before, named, NOTHING, frame, replace=True)
    read = {(face.name, *np.round(face.box, 2)) for face in said(once.packet, frame).regions if face.name}
    assert read <= {(face.name, *np.round(np.array(face.box, float), 2)) for face in named}
    assert rewrite(once.packet, named, once.added, frame).changed is False
    assert digest(rewrite(once.packet, [], once.added, frame).packet) == digest(before)


# Files, with exiftool as the oracle


def picture(path, orientation=1):
    pixels = np.arange(60 * 80 * 3, dtype=np.uint8).reshape(60, 80, 3)
    exif = Image.Exif()
    exif[274] = orientation
    exif[271] = "ACME"
    exif[306] = "2020:01:02 03:04:05"
    image = Image.fromarray(pixels)
    if path.suffix in (".heic", ".avif"):
        pillow_heif.register_heif_opener()
    image.save(path, exif=exif)
    return path


def put_in(path, data, picture_format):
    with placing.successor(path) as copy:
        shutil.copyfile(path, copy)
        placing.write_into(copy, data, picture_format)


FORMATS = {"jpg": "jpeg", "png": "png", "webp": "webp", "tif": "tiff", "heic": "heif", "avif": "avif"}


def all_tags(path):
    """What exiftool finds of XMP, and of everything else but sizes and places in the file."""
    seen = exiftool_tags(path, "-all", "--System:all", "--File:all", "--ExifTool:all", "--Composite:all")
    others = {name: said for name, said in seen.items() if "XMP" not in name and "MediaData" not in name}
    return {name: said for name, said in seen.items() if name.startswith("XMP")}, others


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_round_trip_through_files_and_exiftool(tmp_path, suffix, orientation):
    path = picture(tmp_path / f"photo.{suffix}", orientation)
    exiftool("-overwrite_original", "-XMP-dc:Title=Kept", "-XMP-xmp:Rating=4", "-XMP-dc:Subject=beach", path)
    before = identify(path, max_megapixels=10)
    pixels = hashlib.sha256(decode(path, long_side=None, max_megapixels=10).pixels.tobytes()).digest()
    tags, others = all_tags(path)
    frame = Frame(before.width, before.height, before.orientation)
    data = rewrite(read_packet(path), [NamedFace("Änn", (10, 20, 16, 12))], NOTHING, frame)
    put_in(path, data.packet, FORMATS[suffix])
    after = identify(path, max_megapixels=10)
    assert (after.content_hash, after.orientation, after.capture) == (
        before.content_hash,
        before.orientation,
        before.capture,
    )
    assert hashlib.sha256(decode(path, long_side=None, max_megapixels=10).pixels.tobytes()).digest() == pixels
    seen, others_after = all_tags(path)
    applied = seen["XMP-mwg-rs:RegionInfo"]["AppliedToDimensions"]
    assert (applied["W"], applied["H"]) == frame.stored_size
    (region,) = seen["XMP-mwg-rs:RegionInfo"]["RegionList"]
    assert (region["Name"], region["Type"], region["Area"]["Unit"]) == ("Änn", "Face", "normalized")
    (other,) = seen["XMP-MP:RegionInfoMP"]["Regions"]
    left, top, width, height = map(float, other["Rectangle"].split(","))
    assert (region["Area"]["X"], region["Area"]["Y"]) == pytest.approx((left + width / 2, top + height / 2), abs=1e-5)
    assert (region["Area"]["W"], region["Area"]["H"]) == pytest.approx((width, height), abs=1e-5)
    assert sorted(seen["XMP-dc:Subject"]) == ["beach", "Änn"]
    assert seen["XMP-lr:HierarchicalSubject"] == ["People|Änn"]
    assert seen["XMP-digiKam:TagsList"] == ["People/Änn"]
    assert seen["XMP-iptcExt:PersonInImage"] == ["Änn"]
    for name in ("XMP-dc:Title", "XMP-xmp:Rating"):
        assert seen[name] == tags[name]
    assert others_after == others
    (face,) = said(read_packet(path), frame).regions
    assert face.box == pytest.approx((10, 20, 16, 12), abs=1e-3)
    back = rewrite(read_packet(path), [], data.added, frame)
    put_in(path, back.packet, FORMATS[suffix])
    assert all_tags(path) == (tags, others)
    assert identify(path, max_megapixels=10).content_hash == before.content_hash


def test_exiftool_sees_nothing_of_others_change_in_a_sidecar(tmp_path):
    path = tmp_path / "a.jpg.xmp"
    path.write_bytes(packet(OTHERS))
    before = exiftool_tags(path)
    once = rewrite(path.read_bytes(), [ANN], NOTHING, FRAME)
    placing.write_sidecar(path, once.packet)
    after = exiftool_tags(path)
    assert [each for each in after["XMP-mwg-rs:RegionInfo"]["RegionList"] if each.get("Name") != "Ann"] == before[
        "XMP-mwg-rs:RegionInfo"
    ]["RegionList"]
    assert after["XMP-dc:Subject"] == ["beach", "Zoe", "Ann"]
    for name in before.keys() - {"XMP-mwg-rs:RegionInfo", "XMP-dc:Subject", "XMP-lr:HierarchicalSubject"}:
        assert after[name] == before[name]
    placing.write_sidecar(path, rewrite(path.read_bytes(), [], once.added, FRAME).packet)
    assert exiftool_tags(path) == before


def test_a_packet_is_removed_from_a_file(tmp_path):
    for suffix in ("jpg", "png", "webp", "tif"):
        path = picture(tmp_path / f"photo.{suffix}")
        hashed = identify(path, max_megapixels=10).content_hash
        put_in(path, rewrite(None, [NamedFace("Ann", (1, 2, 30, 40))], NOTHING, Frame(80, 60)).packet, FORMATS[suffix])
        assert read_packet(path) is not None
        put_in(path, None, FORMATS[suffix])
        assert read_packet(path) is None
        assert identify(path, max_megapixels=10).content_hash == hashed


def test_exiv2_refuses_and_the_file_is_as_it_was(tmp_path):
    path = picture(tmp_path / "photo.jpg")
    before = path.read_bytes()
    big = packet(f"<acme:Big>{'x' * 70_000}</acme:Big>")
    with pytest.raises(placing.PlacingError, match="exiv2"):
        put_in(path, big, "jpeg")
    path.write_bytes(before[:40])
    with pytest.raises(placing.PlacingError):
        put_in(path, packet(), "jpeg")
    assert [entry.name for entry in tmp_path.iterdir()] == ["photo.jpg"]


def test_sidecars_keep_their_mode_and_links(tmp_path):
    (tmp_path / "real").mkdir()
    real = tmp_path / "real" / "a.xmp"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link = tmp_path / "a.jpg.xmp"
    link.symlink_to(real)
    placing.write_sidecar(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    placing.write_sidecar(tmp_path / "b.xmp", b"new")
    assert stat.S_IMODE((tmp_path / "b.xmp").stat().st_mode) & 0o600 == 0o600
    placing.write_sidecar(tmp_path / "b.xmp", None)
    placing.write_sidecar(tmp_path / "b.xmp", None)
    assert not (tmp_path / "b.xmp").exists()
