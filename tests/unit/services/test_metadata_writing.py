"""From the library into files on the disk, and back."""

import errno
import hashlib
import os
from dataclasses import replace

import pillow_heif
import pytest
from PIL import Image
from xmp_material import bag, exiftool, mwg, packet

from faceorganizer.domain.errors import CancelledError, StepConflictError, UnwritableFileError
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.regions import Frame
from faceorganizer.imaging.identify import identify
from faceorganizer.imaging.packet import read_packet
from faceorganizer.jobs.workers import Outcome
from faceorganizer.metadata import placing
from faceorganizer.metadata.reading import read_photo
from faceorganizer.metadata.writing import digest
from faceorganizer.services.interchange import packets
from faceorganizer.services.interchange.embedding import EmbedTask, embed
from faceorganizer.services.interchange.located import LocatedFile
from faceorganizer.services.interchange.writing import _place
from faceorganizer.settings.model import MetadataSettings


@pytest.fixture
def in_process(monkeypatch):
    """Write into photos without worker processes, which take a second to start."""

    def embed_all(tasks, jobs):
        for task in tasks:
            try:
                yield Outcome(task, embed(task))
            except UnwritableFileError as error:
                yield Outcome(task, error=error)

    monkeypatch.setattr(packets, "embed_all", embed_all)
    monkeypatch.setattr("faceorganizer.services.interchange.writing.embed_all", embed_all)


@pytest.fixture
def named(library, photos, camera, inline, in_process):
    """Scan photos and name their faces: ``named({"a.jpg": "Ann"})``."""

    def make(names, **options):
        for number, name in enumerate(names):
            camera.write(photos / name, number, **options)
        library.scan([photos], group=False)
        for face in library.faces.list():
            if name := names[face.path.name]:
                taken = any(person.name == name for person in library.people.list())
                library.people.name_faces([face.face], name, same=True if taken else None)
        return {face.path.name: face for face in library.faces.list()}

    return make


WIDE = Frame(64, 48)


def people_in(path, frame=WIDE):
    return {region.name: region.box for region in read_photo(path, read_packet(path), frame).regions}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("where", ["sidecar", "file"])
def test_what_is_written_is_imported_again(library, photos, named, where, orientation):
    faces = named({"a.jpg": "Ann", "b.jpg": None}, orientation=orientation)
    size = (64, 48) if orientation < 5 else (48, 64)
    pixels = Image.open(photos / "a.jpg").tobytes()
    report = library.metadata.write(where=where)
    assert (report.photos, report.sidecars, report.files, report.faces) == (1, where == "sidecar", where == "file", 1)
    assert report.problems == ()
    assert people_in(photos / "a.jpg", Frame(*size, orientation)) == {
        "Ann": pytest.approx(faces["a.jpg"].box, abs=0.01)
    }
    assert Image.open(photos / "a.jpg").tobytes() == pixels
    assert (photos / "a.jpg.xmp").exists() is (where == "sidecar")
    assert not (photos / "b.jpg.xmp").exists()
    again = library.metadata.import_metadata()
    assert (again.confirmed, again.drawn, again.agreed, again.conflicts) == (0, 0, 1, ())


@pytest.mark.parametrize("where", ["sidecar", "file"])
def test_the_next_scan_sees_no_change_and_times_stay(library, photos, named, where):
    named({"a.jpg": "Ann"})
    before = (photos / "a.jpg").stat().st_mtime_ns
    library.metadata.write(where=where)
    assert (photos / "a.jpg").stat().st_mtime_ns == before
    report = library.scan([photos], group=False)
    assert dict(report.photos)["unchanged"] == 1
    assert report.notices == ()
    library.settings.set("metadata.keep_times", "false")
    library.people.name_faces([library.faces.list()[0].face], "Ben")
    library.metadata.write(where=where)
    assert ((photos / "a.jpg").stat().st_mtime_ns == before) is (where == "sidecar")
    assert dict(library.scan([photos], group=False).photos)["unchanged"] == 1
    assert [face.name for face in library.faces.list()] == ["Ben"]


@pytest.mark.parametrize("where", ["sidecar", "file"])
def test_undo_and_redo_lead_back_and_forth(library, photos, named, where):
    named({"a.jpg": "Ann", "b.jpg": "Ben"})
    library.metadata.write([photos / "a.jpg"], where=where)
    held = {path.name: hashlib.sha256(path.read_bytes()).digest() for path in sorted(photos.iterdir())}
    said = {name: people_in(photos / name) for name in ("a.jpg", "b.jpg")}
    library.people.name_faces([library.faces.list()[0].face], "Cleo")
    report = library.metadata.write(where=where)
    assert report.sidecars + report.files == 2
    assert set(people_in(photos / "a.jpg")) == {"Cleo"}
    assert library.undo().step == "write metadata"
    assert {name: people_in(photos / name) for name in ("a.jpg", "b.jpg")} == said
    if where == "sidecar":
        assert {path.name: hashlib.sha256(path.read_bytes()).digest() for path in sorted(photos.iterdir())} == held
    library.redo()
    assert set(people_in(photos / "a.jpg")) == {"Cleo"}
    assert set(people_in(photos / "b.jpg")) == {"Ben"}
    library.undo()
    library.undo()
    library.undo()
    assert people_in(photos / "a.jpg") == {}
    assert not (photos / "a.jpg.xmp").exists()
    assert read_packet(photos / "a.jpg") is None
    assert dict(library.scan([photos], group=False).photos)["unchanged"] == 2


@pytest.mark.parametrize("where", ["sidecar", "file"])
def test_undo_is_refused_when_another_program_wrote_since(library, photos, named, where):
    named({"a.jpg": "Ann", "b.jpg": "Ben"})
    library.metadata.write(where=where)
    changed = packet(bag("dc:subject", "of another program"))
    if where == "sidecar":
        (photos / "b.jpg.xmp").write_bytes(changed)
    else:
        from faceorganizer.metadata.placing import write_into

        write_into(photos / "b.jpg", changed, "jpeg")
    before = people_in(photos / "a.jpg")
    with pytest.raises(StepConflictError, match=r"b\.jpg"):
        library.undo()
    assert people_in(photos / "a.jpg") == before
    assert library.history()[0].undone is False
    if where == "sidecar":
        (photos / "b.jpg.xmp").unlink()  # by hand, to where undoing leads
        library.undo()
        assert people_in(photos / "a.jpg") == {}


def test_names_that_are_gone_go_and_what_others_wrote_stays(library, photos, named):
    faces = named({"a.jpg": "Ann"})
    side = photos / "a.jpg.xmp"
    others = packet(mwg(("Rex", "Pet", 0.1, 0.1, 0.1, 0.1), size=(64, 48)) + bag("dc:subject", "beach", "ann"))
    side.write_bytes(others)
    library.metadata.write()
    assert b"Rex" in side.read_bytes()
    library.faces.reject([faces["a.jpg"].face])
    report = library.metadata.write()
    assert (report.sidecars, report.faces) == (1, 0)
    assert digest(side.read_bytes()) == digest(others)
    assert library.metadata.write().photos == 0


def test_conflicts_are_told_and_replaced_on_request(library, photos, named):
    named({"a.jpg": "Ann"})
    library.metadata.write()
    side = photos / "a.jpg.xmp"
    side.write_bytes(side.read_bytes().replace(b"Ann", b"Eve"))
    report = library.metadata.write()
    assert [note.reason for note in report.conflicts] == ["Ann is Eve there"]
    assert set(people_in(photos / "a.jpg")) == {"Eve"}
    assert library.metadata.write(replace_others=True).conflicts == ()
    assert set(people_in(photos / "a.jpg")) == {"Ann"}


def test_a_sidecar_begins_with_what_the_photo_says(library, photos, named, camera):
    from faceorganizer.metadata.placing import write_into

    faces = named({"a.jpg": None})
    write_into(photos / "a.jpg", packet(bag("dc:subject", "beach")), "jpeg")
    library.scan([photos], group=False)
    library.people.name_faces([faces["a.jpg"].face], "Ann")
    library.metadata.write()
    assert b"beach" in (photos / "a.jpg.xmp").read_bytes()


def test_stem_sidecars_are_not_shared(library, photos, named):
    named({"a.jpg": "Ann", "a.jpeg": "Ben", "c.jpg": "Cleo"})
    library.settings.set("metadata.sidecar_name", "photo.xmp")
    report = library.metadata.write()
    assert report.sidecars == 1
    assert (photos / "c.xmp").exists()
    assert len(report.problems) == 2
    assert "another photo" in report.problems[0].reason


def test_only_photos_of_a_person_on_trial_and_hidden_people(library, photos, named):
    named({"a.jpg": "Ann", "b.jpg": "Ben"})
    ann, ben = (person.id for person in library.people.list())
    report = library.metadata.write(people=[ann], dry_run=True)
    assert (report.photos, report.sidecars, bool(report.changes)) == (1, 1, False)
    assert sorted(path.name for path in photos.iterdir()) == ["a.jpg", "b.jpg"]
    library.metadata.write(people=[ann])
    assert sorted(path.name for path in photos.iterdir()) == ["a.jpg", "a.jpg.xmp", "b.jpg"]
    library.people.hide([ben])
    assert library.metadata.write().photos == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to(library, photos, named):
    named({"a.jpg": "Ann"})
    photos.chmod(0o500)
    try:
        report = library.metadata.write()
    finally:
        photos.chmod(0o700)
    assert "permission" in report.problems[0].reason


def test_a_photo_that_changed_since_the_scan_is_left_alone(library, photos, named, camera):
    named({"a.jpg": "Ann", "b.jpg": "Ben"})
    camera.write(photos / "a.jpg", 9)
    report = library.metadata.write()
    assert (report.sidecars, [note.photo.name for note in report.problems]) == (1, ["a.jpg"])
    (photos / "b.jpg.xmp").write_bytes(b"<broken")
    library.scan([photos], group=False)
    assert "damaged" in library.metadata.write([photos / "b.jpg"]).problems[0].reason


def test_cancelled_in_the_middle_undo_still_leads_back(library, photos, named):
    named({f"{letter}.jpg": letter.upper() for letter in "abcd"})

    class Impatient(Unattended):
        calls = 0

        def report(self, done, total, message):
            self.calls += message == "Writing sidecars"

        def check_cancelled(self):
            if self.calls == 2:
                raise CancelledError

    with pytest.raises(CancelledError):
        library.metadata.write(context=Impatient())
    assert len(list(photos.glob("*.xmp"))) == 2
    assert library.metadata.changed_elsewhere() == []
    again = library.metadata.write()
    assert again.sidecars == 2
    library.undo()
    assert len(list(photos.glob("*.xmp"))) == 2
    library.undo()
    assert list(photos.glob("*.xmp")) == []


def test_a_copy_turned_otherwise_gets_its_own_place(library, photos, named, camera):
    faces = named({"a.jpg": "Ann"})
    camera.write(photos / "copy.jpg", 0, orientation=6)
    library.scan([photos], group=False)
    library.metadata.write()
    x, y, width, height = faces["a.jpg"].box
    assert people_in(photos / "copy.jpg", Frame(48, 64, 6)) == {
        "Ann": pytest.approx((48 - y - height, x, height, width), abs=0.01)
    }


def test_what_another_program_changed_is_noticed_and_offered(library, photos, named):
    named({"a.jpg": "Ann", "b.jpg": "Ben", "c.jpg": "Cleo"})
    library.metadata.write()
    assert library.metadata.changed_elsewhere() == []
    for name, before, after in (("a.jpg", b"Ann", b"Eve"), ("b.jpg", b"Ben", b"")):
        side = photos / f"{name}.xmp"
        said = side.read_bytes()
        side.write_bytes(said.replace(before, after) if after else packet(bag("dc:subject", "beach")))
    os.utime(photos / "c.jpg.xmp")
    assert library.metadata.changed_elsewhere() == [photos / "a.jpg", photos / "b.jpg"]
    (notice,) = library.scan([photos], group=False).notices
    assert "2 photos" in notice
    trial = library.metadata.import_metadata(dry_run=True)
    assert (trial.confirmed, trial.people) == (1, ("Eve",))
    assert [(note.photo.name, note.name) for note in trial.removed] == [("b.jpg", "Ben")]
    library.metadata.import_metadata()
    assert [face.name for face in library.faces.list()] == ["Eve", "Ben", "Cleo"]


def test_changed_here_and_elsewhere_what_is_here_wins(library, photos, named):
    faces = named({"a.jpg": "Ann"})
    library.metadata.write()
    side = photos / "a.jpg.xmp"
    side.write_bytes(side.read_bytes().replace(b"Ann", b"Eve"))
    library.people.name_faces([faces["a.jpg"].face], "Zoe")
    report = library.metadata.import_metadata()
    assert [(note.name, note.reason) for note in report.conflicts] == [("Eve", "you said here that it is Zoe")]
    assert [face.name for face in library.faces.list()] == ["Zoe"]


def test_a_full_disk_and_a_folder_in_the_way(library, photos, named, monkeypatch):
    named({"a.jpg": "Ann", "b.jpg": "Ben"})
    (photos / "a.jpg.xmp").mkdir()
    report = library.metadata.write()
    assert (report.sidecars, report.problems[0].reason) == (1, "a.jpg.xmp cannot be read, or is no sidecar")

    def full(number):
        raise OSError(errno.ENOSPC, "No space left on device")

    for where in ("sidecar", "file"):
        library.people.name_faces([library.faces.list(photo=photos / "b.jpg")[0].face], f"Zoe {where}")
        before = {path.name for path in photos.iterdir()}, people_in(photos / "b.jpg")
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            report = library.metadata.write([photos / "b.jpg"], where=where)
        assert {note.reason for note in report.problems} == {"no space left on device"}
        assert ({path.name for path in photos.iterdir()}, people_in(photos / "b.jpg")) == before


@pytest.mark.parametrize("where", ["sidecar", "file"])
def test_what_is_read_only_is_left_alone(library, photos, named, where):
    named({"a.jpg": "Ann"})
    path = photos / ("a.jpg" if where == "file" else "a.jpg.xmp")
    if where == "sidecar":
        path.write_bytes(packet())
    path.chmod(0o444)
    before = path.read_bytes()
    report = library.metadata.write(where=where)
    assert "read-only" in report.problems[0].reason
    assert path.read_bytes() == before


def test_exiftool_writes_into_heic_where_that_is_wanted(tmp_path):
    exiftool("-ver")
    pillow_heif.register_heif_opener()
    path = tmp_path / "a.heic"
    Image.new("RGB", (64, 48), "gray").save(path)
    status = path.stat()
    done = embed(EmbedTask(1, path, packet(bag("dc:subject", "Ann")), status.st_size, status.st_mtime_ns, True))
    assert (done.size, done.mtime_ns) == (path.stat().st_size, status.st_mtime_ns)
    assert digest(read_packet(path)) == digest(packet(bag("dc:subject", "Ann")))
    located = LocatedFile(path, None, 1, identify(path, max_megapixels=1), True)
    assert [_place(located, MetadataSettings(exiftool=tool), "file") for tool in (True, False)] == ["file", "sidecar"]


def test_what_would_change_the_picture_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.jpg"
    Image.new("RGB", (64, 48), "gray").save(path)
    before, status = path.read_bytes(), path.stat()

    def careless(copy, data, picture_format):
        Image.new("RGB", (64, 48), "black").save(copy, "JPEG")

    monkeypatch.setattr(placing, "write_into", careless)
    with pytest.raises(UnwritableFileError, match="more than the metadata"):
        embed(EmbedTask(1, path, packet(), status.st_size, status.st_mtime_ns, True))
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.jpg"]


def test_a_sidecar_after_the_photo_itself_knows_what_is_ours(library, photos, named):
    faces = named({"a.jpg": "Ann"})
    library.metadata.write(where="file")
    report = library.metadata.write(where="sidecar")
    assert (report.sidecars, report.files, report.unchanged) == (1, 0, 1)
    library.people.name_faces([faces["a.jpg"].face], "Ben")
    report = library.metadata.write(where="sidecar")
    assert (report.sidecars, report.files, report.conflicts) == (1, 1, ())
    assert set(people_in(photos / "a.jpg")) == {"Ben"}
    assert b"Ann" not in (photos / "a.jpg.xmp").read_bytes()
    assert b"Ann" not in read_packet(photos / "a.jpg")


def test_what_a_killed_program_wrote_can_be_undone(library, database, photos, named):
    """It noted what it was about to write, and could not note what the photo looks like since."""
    named({"a.jpg": "Ann", "b.jpg": "Ben"})
    with database.read() as unit:
        before = [file for root in unit.roots.all() for file in unit.files.of_root(root.id)]
    library.metadata.write(where="file")
    with database.write() as unit:
        unit.files.update(before)
        unit.written.note_states([(record.id, None, None) for record in unit.written.of_files()])
    assert library.metadata.changed_elsewhere() == []
    library.undo()
    assert [read_packet(photos / name) for name in ("a.jpg", "b.jpg")] == [None, None]
    assert dict(library.scan([photos], group=False).photos)["unchanged"] == 2


@pytest.mark.parametrize(
    ("form", "place"), [("jpeg", "file"), ("tiff", "file"), ("raw", "sidecar"), ("gif", "sidecar")]
)
def test_formats_that_cannot_be_written_into_have_sidecars(tmp_path, form, place):
    Image.new("RGB", (64, 48), "gray").save(tmp_path / "a.jpg")
    picture = replace(identify(tmp_path / "a.jpg", max_megapixels=1), format=form)
    located = LocatedFile(tmp_path / "a.jpg", None, 1, picture, True)
    assert _place(located, MetadataSettings(exiftool=True), "file") == place
    assert _place(located, MetadataSettings(sidecar_name="photo.xmp"), "sidecar") == "stem"
