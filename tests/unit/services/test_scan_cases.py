"""Single cases of what happens to files and folders between two scans."""

import os
import shutil
from pathlib import Path

import pytest
from patch_pictures import Camera

from faceorganizer.domain.errors import CancelledError, LibraryLockedError, UsageError
from faceorganizer.domain.progress import Progress
from faceorganizer.jobs.job import Job
from faceorganizer.library import Library
from faceorganizer.services.events import LibraryChanged, ScanAdvanced

pytestmark = pytest.mark.usefixtures("inline")
posix = pytest.mark.skipif(os.name == "nt", reason="needs links as POSIX systems have them")


def scanned(library: Library, *folders: Path, **options: object) -> dict[str, int]:
    counts = dict(library.scan(folders, group=False, **options).photos)  # type: ignore[arg-type]
    return {word: count for word, count in counts.items() if count}


def states(library: Library) -> dict[str, str]:
    return {record.path.relative_to(record.root).as_posix(): record.state for record in library.photos()}


def test_a_folder_and_a_part_of_it_given_together_are_read_once(library: Library, photos: Path, camera: Camera) -> None:
    camera.write(photos / "a.jpg", 1)
    camera.write(photos / "x/b.jpg", 2)
    assert scanned(library, photos, photos / "x", photos) == {"seen": 2, "new": 2}
    assert scanned(library, photos / "x", photos / "x") == {"seen": 1, "unchanged": 1}
    assert [status.root.path for status in library.folders.list()] == [photos]


def test_a_file_that_moves_while_another_takes_a_lost_ones_place_is_kept(
    library: Library, photos: Path, camera: Camera
) -> None:
    camera.write(photos / "a.jpg", 1)
    scanned(library, photos)
    (photos / "a.jpg").unlink()
    assert scanned(library) == {"missing": 1}
    camera.write(photos / "0.jpg", 1)
    camera.write(photos / "a.jpg", 2)
    scanned(library)
    assert states(library) == {"0.jpg": "present", "a.jpg": "present"}
    assert len(library.faces.list()) == 2


def test_swapped_files_keep_their_faces(library: Library, photos: Path, camera: Camera) -> None:
    camera.write(photos / "a.jpg", 1)
    camera.write(photos / "b.jpg", 2)
    scanned(library, photos)
    before = {face.path.name: face.face for face in library.faces.list()}
    (photos / "a.jpg").rename(photos / "c")
    (photos / "b.jpg").rename(photos / "a.jpg")
    (photos / "c").rename(photos / "b.jpg")
    assert scanned(library) == {"seen": 2, "changed": 2}
    assert {face.path.name: face.face for face in library.faces.list()} == {
        "a.jpg": before["b.jpg"],
        "b.jpg": before["a.jpg"],
    }


def test_a_twin_with_another_orientation_does_not_turn_the_first_ones_boxes_until_it_stands_for_it(
    library: Library, photos: Path, camera: Camera
) -> None:
    camera.write(photos / "a.jpg", 1)
    scanned(library, photos)
    (upright,) = library.faces.list()
    camera.write(photos / "b.jpg", 1, orientation=6)
    assert scanned(library) == {"seen": 2, "unchanged": 1, "duplicate": 1}
    camera.write(photos / "b.jpg", 1, orientation=8)
    assert scanned(library) == {"seen": 2, "unchanged": 1, "changed": 1}
    assert library.faces.list()[0].box == upright.box
    shutil.move(photos / "a.jpg", photos.parent / "a.jpg")
    assert scanned(library) == {"seen": 1, "unchanged": 1, "missing": 1}
    (turned,) = library.faces.list()
    assert turned.face == upright.face
    assert turned.path.name == "b.jpg"
    assert turned.box[2:] == upright.box[3:1:-1]
    shutil.move(photos.parent / "a.jpg", photos / "a.jpg")
    scanned(library)
    assert library.faces.list()[0].box == upright.box


def test_a_file_that_is_touched_lets_an_older_twin_stand_for_it(library: Library, photos: Path, camera: Camera) -> None:
    camera.write(photos / "a.jpg", 1)
    camera.write(photos / "b.jpg", 1, orientation=6)
    scanned(library, photos)
    (before,) = library.faces.list()
    camera.touch(photos / "a.jpg")
    scanned(library)
    (after,) = library.faces.list()
    assert (before.path.name, after.path.name) == ("a.jpg", "b.jpg")
    assert after.box[2:] == before.box[3:1:-1]
    (photos / "b.jpg").write_bytes(b"broken")
    camera.touch(photos / "b.jpg")
    scanned(library)
    assert [(face.path.name, face.box) for face in library.faces.list()] == [("a.jpg", before.box)]


def test_a_duplicate_in_the_place_of_a_file_that_could_never_be_read_is_a_duplicate(
    library: Library, photos: Path, camera: Camera
) -> None:
    camera.write(photos / "a.jpg", 1)
    (photos / "b.jpg").write_bytes(b"broken")
    assert scanned(library, photos) == {"seen": 2, "new": 1, "failed": 1}
    shutil.copyfile(photos / "a.jpg", photos / "b.jpg")
    assert scanned(library) == {"seen": 2, "unchanged": 1, "duplicate": 1}


def test_a_failed_file_is_tried_again_and_mended(library: Library, photos: Path, camera: Camera) -> None:
    (photos / "a.jpg").write_bytes(b"")
    report = library.scan([photos], group=False)
    assert [(failure.path, failure.reason) for failure in report.failures] == [(photos / "a.jpg", "the file is empty")]
    assert scanned(library) == {"seen": 1, "failed": 1}
    camera.write(photos / "a.jpg", 1)
    assert scanned(library) == {"seen": 1, "new": 1}
    assert states(library) == {"a.jpg": "present"}


def test_an_emptied_folder_loses_its_photos_and_gets_them_back(library: Library, photos: Path, camera: Camera) -> None:
    camera.write(photos / "a.jpg", 1)
    scanned(library, photos)
    away = photos.parent / "a.jpg"
    shutil.move(photos / "a.jpg", away)
    assert scanned(library) == {"missing": 1}
    assert library.faces.list() == []
    assert [face.path.name for face in library.faces.list(state="missing")] == ["a.jpg"]
    shutil.move(away, photos / "a.jpg")
    assert scanned(library) == {"seen": 1, "unchanged": 1}
    assert len(library.faces.list()) == 1


@pytest.mark.parametrize("left", [(), ("README.txt",), (".trash/old.txt",)])
def test_the_mount_point_of_an_unplugged_drive_loses_nothing(
    library: Library, photos: Path, camera: Camera, left: tuple[str, ...]
) -> None:
    camera.write(photos / "a.jpg", 1)
    scanned(library, photos)
    photos.rename(photos.parent / "drive")
    photos.mkdir()
    for name in left:
        (photos / name).parent.mkdir(exist_ok=True)
        (photos / name).touch()
    report = library.scan(group=False)
    assert report.offline == (photos,)
    assert dict(report.photos)["missing"] == 0
    assert len(library.faces.list()) == 1
    shutil.rmtree(photos)
    report = library.scan([photos], group=False)
    assert report.offline == (photos,)
    assert not library.folders.list()[0].online
    (photos.parent / "drive").rename(photos)
    assert scanned(library) == {"seen": 1, "unchanged": 1}


def test_a_new_folder_with_photos_in_the_place_of_a_known_one_is_read(
    library: Library, photos: Path, camera: Camera
) -> None:
    camera.write(photos / "a.jpg", 1)
    scanned(library, photos)
    photos.rename(photos.parent / "old")
    camera.write(photos / "b.jpg", 2)
    assert scanned(library) == {"seen": 1, "new": 1, "missing": 1}


@posix
def test_a_folder_reached_by_a_link_is_the_same_folder(library: Library, photos: Path, camera: Camera) -> None:
    camera.write(photos / "x/a.jpg", 1)
    scanned(library, photos)
    link = photos.parent / "link"
    link.symlink_to(photos)
    assert scanned(library, link) == {"seen": 1, "unchanged": 1}
    assert scanned(library, link / "x") == {"seen": 1, "unchanged": 1}
    assert len(library.faces.list(photo=link / "x/a.jpg")) == 1
    assert len(library.folders.list()) == 1
    with pytest.raises(UsageError, match="lies inside"):
        library.folders.add(link / "x")


@posix
def test_a_root_that_is_a_link_works(library: Library, photos: Path, camera: Camera) -> None:
    camera.write(photos / "a.jpg", 1)
    link = photos.parent / "link"
    link.symlink_to(photos)
    assert scanned(library, link) == {"seen": 1, "new": 1}
    assert [face.path for face in library.faces.list()] == [link / "a.jpg"]


def test_a_file_moved_between_folders_keeps_its_face(library: Library, tmp_path: Path, camera: Camera) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    camera.write(one / "a.jpg", 1)
    two.mkdir()
    scanned(library, one, two)
    (before,) = library.faces.list()
    shutil.move(one / "a.jpg", two / "b.jpg")
    assert scanned(library, two) == {"seen": 1, "moved": 1}
    (after,) = library.faces.list()
    assert (after.face, after.path) == (before.face, two / "b.jpg")
    assert scanned(library) == {"seen": 1, "unchanged": 1}


def test_the_library_may_lie_among_the_photos(library: Library, photos: Path, camera: Camera) -> None:
    camera.write(library.path / "a.jpg", 1)
    camera.write(library.path / "cache/thumbnail.jpg", 2)
    assert scanned(library, library.path) == {"seen": 1, "new": 1}


def test_exclusions_of_a_part_hold_for_that_part(library: Library, photos: Path, camera: Camera) -> None:
    for number, name in enumerate(["no/a.jpg", "x[1]/no/b.jpg", "x[1]/y/no/c.jpg", "x[1]/d.jpg", "x1/no/e.jpg"]):
        camera.write(photos / name, number)
    scanned(library, photos)
    assert scanned(library, photos / "x[1]", exclude=["no/"]) == {"seen": 1, "unchanged": 1, "missing": 2}
    assert scanned(library) == {"seen": 3, "unchanged": 3}


def test_scanning_nothing_is_refused(library: Library, photos: Path) -> None:
    with pytest.raises(UsageError, match="no folders yet"):
        library.scan()
    for wrong in (photos / "gone", Path(__file__)):
        with pytest.raises(UsageError):
            library.scan([wrong])
    assert library.folders.list() == []


def test_one_folder_may_be_given_as_text(library: Library, photos: Path, camera: Camera) -> None:
    camera.write(photos / "a.jpg", 1)
    assert library.scan(str(photos), group=False).photos["new"] == 1


def test_a_cancelled_scan_goes_on_where_it_was(library: Library, photos: Path, camera: Camera) -> None:
    for number in range(90):
        camera.write(photos / f"{number}.jpg", number)
    job = Job()
    seen: list[LibraryChanged] = []

    class Listener:
        def changed(self, event: LibraryChanged) -> None:
            seen.append(event)
            if event.changes.of("face"):
                job.cancel()

    listener = Listener()
    library.events.subscribe(LibraryChanged, listener.changed)
    with pytest.raises(CancelledError):
        library.scan([photos], group=False, context=job)
    assert all(event.changes for event in seen)
    found = len(library.faces.list())
    assert 0 < found < 90
    report = library.scan([photos], group=False)
    assert report.new_faces == 90 - found
    assert len(library.faces.list()) == 90


def test_progress_counts_up_to_the_end(library: Library, photos: Path, camera: Camera) -> None:
    for number in range(10):
        camera.write(photos / f"{number}.jpg", number)
    shutil.copyfile(photos / "0.jpg", photos / "copy.jpg")
    reports: list[Progress] = []
    events: list[ScanAdvanced] = []

    class Listener:
        def advanced(self, event: ScanAdvanced) -> None:
            events.append(event)

    listener = Listener()
    library.events.subscribe(ScanAdvanced, listener.advanced)
    library.scan([photos], group=False, context=Job(reports.append))
    assert reports[0].message == "Looking through photos"
    assert all(event.done <= event.total for event in events)


def test_a_locked_library_is_not_scanned(library: Library, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held() -> None:
        raise LibraryLockedError("The library is being written to.")

    monkeypatch.setattr(library._database, "lock", held)
    with pytest.raises(LibraryLockedError):
        library.scan([photos])


def test_a_folder_added_again_finds_everything_as_it_was(library: Library, photos: Path, camera: Camera) -> None:
    camera.write(photos / "a.jpg", 1)
    scanned(library, photos)
    (face,) = library.faces.list()
    library.people.name_face(face.face, "Ann")
    library.folders.remove(photos)
    assert library.photos() == []
    camera.write(photos / "a.jpg", 1, orientation=6)
    assert scanned(library, photos) == {"seen": 1, "new": 1}
    (again,) = library.faces.list()
    assert (again.face, again.name) == (face.face, "Ann")
    assert again.box[2:] == face.box[3:1:-1]


def test_a_relocated_folder_keeps_everything(library: Library, photos: Path, camera: Camera) -> None:
    camera.write(photos / "a.jpg", 1)
    scanned(library, photos)
    new = photos.parent / "new place"
    photos.rename(new)
    library.folders.relocate(photos, new)
    assert scanned(library) == {"seen": 1, "unchanged": 1}
    assert [face.path for face in library.faces.list()] == [new / "a.jpg"]
