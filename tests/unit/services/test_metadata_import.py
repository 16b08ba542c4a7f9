"""From files on the disk into the library."""

import json
import shutil
from pathlib import Path

import pytest
from xmp_material import bag, mwg, packet

from faceorganizer.domain.errors import CancelledError, UnknownIdError, UsageError
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.regions import Frame
from faceorganizer.metadata.regions import stored_place


@pytest.fixture
def scanned(library, photos, camera, inline):
    """Scan the folder; returns the faces by file name."""

    def scan():
        library.scan([photos], group=False)
        return {face.path.name: face for face in library.faces.list()}

    return scan


def beside(photo: Path, data: bytes) -> None:
    photo.with_name(f"{photo.name}.xmp").write_bytes(data)


def region(name, box, frame):
    left, top, width, height = stored_place(box, frame)
    return mwg((name, "Face", left + width / 2, top + height / 2, width, height), size=frame.stored_size)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_sidecars_name_faces_in_every_orientation(library, photos, camera, scanned, orientation):
    camera.write(photos / "a.jpg", 1, orientation=orientation)
    face = scanned()["a.jpg"]
    size = (64, 48) if orientation < 5 else (48, 64)
    beside(photos / "a.jpg", packet(region("Ann", tuple(map(float, face.box)), Frame(*size, orientation))))
    report = library.metadata.import_metadata()
    assert (report.confirmed, report.drawn, report.problems) == (1, 0, ())
    assert [face.name for face in library.faces.list()] == ["Ann"]


def test_a_copy_that_is_turned_otherwise(library, photos, camera, scanned):
    """The original lies on its side; its copy stands, and only the copy has a sidecar."""
    camera.write(photos / "a.jpg", 1)
    camera.write(photos / "b.jpg", 1, orientation=6)
    face = scanned()["a.jpg"]
    x, y, width, height = map(float, face.box)
    upright = (48 - y - height, x, height, width)
    beside(photos / "b.jpg", packet(region("Ann", upright, Frame(48, 64, 6))))
    assert library.metadata.import_metadata([photos / "b.jpg"]).confirmed == 1


def test_crops_are_told_and_the_rest_goes_on(library, photos, camera, scanned):
    camera.write(photos / "a.jpg", 1)
    camera.write(photos / "b.jpg", 2)
    faces = scanned()
    beside(photos / "a.jpg", packet(mwg(("Ann", "Face", 0.5, 0.5, 0.2, 0.2), size=(48, 48))))
    beside(photos / "b.jpg", packet(region("Ben", tuple(map(float, faces["b.jpg"].box)), Frame(64, 48))))
    report = library.metadata.import_metadata()
    assert report.confirmed == 1
    assert [note.photo.name for note in report.problems] == ["a.jpg"]


def test_picasa_and_its_contacts(library, photos, camera, scanned, tmp_path):
    camera.write(photos / "A.JPG", 1)
    x, y, width, height = scanned()["A.JPG"].box
    sides = [round(side * 65535) for side in (x / 64, y / 48, (x + width) / 64, (y + height) / 48)]
    digits = "".join(f"{side:04x}" for side in sides).lstrip("0")
    (photos / ".picasa.ini").write_text(f"[a.jpg]\nfaces=rect64({digits}),00ab\n[Contacts2]\nab=Ann;;\n")
    contacts = tmp_path / "contacts.xml"
    with pytest.raises(UsageError, match="no contacts"):
        library.metadata.import_picasa(contacts=contacts)
    contacts.write_text('<contacts><contact id="ab" name="Ann Huber"/></contacts>')
    assert library.metadata.import_picasa(contacts=contacts, dry_run=True).people == ("Ann Huber",)
    report = library.metadata.import_picasa([photos])
    assert (report.confirmed, report.people) == (1, ("Ann",))
    (photos / ".picasa.ini").write_text("[a.jpg]\nfaces=rect64(zz),00ab\n")
    report = library.metadata.import_picasa([photos])
    assert "damaged" in report.problems[0].reason


def test_takeout_and_people_in_the_image(library, photos, camera, scanned):
    for number, name in enumerate(("a.jpg", "b.jpg")):
        camera.write(photos / name, number)
    faces = scanned()
    (photos / "a.jpg.supplemental-metadata.json").write_text(json.dumps({"people": [{"name": "Ann"}]}))
    beside(photos / "b.jpg", packet(bag("Iptc4xmpExt:PersonInImage", "Ben")))
    assert library.metadata.import_takeout().people == ("Ann",)
    assert library.metadata.import_metadata().people == ("Ben",)
    named = {face.path.name: face.name for face in library.faces.list()}
    assert named == {"a.jpg": "Ann", "b.jpg": "Ben"}
    assert len(faces) == 2


def test_paths_that_are_not_the_librarys(library, photos, camera, scanned, tmp_path):
    camera.write(photos / "a.jpg", 1)
    scanned()
    with pytest.raises(UnknownIdError):
        library.metadata.import_metadata([tmp_path / "elsewhere"])
    with pytest.raises(UnknownIdError):
        library.metadata.import_metadata([photos / "b.jpg"])
    assert library.metadata.import_metadata([photos]).photos == 0
    shutil.rmtree(photos)
    assert library.metadata.import_metadata().photos == 0


def test_cancelled_before_anything_is_written(library, photos, camera, scanned):
    camera.write(photos / "a.jpg", 1)
    face = scanned()["a.jpg"]
    beside(photos / "a.jpg", packet(region("Ann", tuple(map(float, face.box)), Frame(64, 48))))

    class Impatient(Unattended):
        def check_cancelled(self):
            raise CancelledError

    with pytest.raises(CancelledError):
        library.metadata.import_metadata(context=Impatient())
    assert library.history() == []
