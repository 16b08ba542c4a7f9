"""Scan an album, change something, scan again: what a file is to the library, and what stays with it."""

import os
import shutil
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

import pytest
from album_material import (
    COPY,
    DARKER,
    FACES,
    MIRRORED,
    PORTRAIT,
    SCENERY,
    SIDE,
    SMALL,
    TURNED,
    TWINS,
    Program,
    Scanned,
    counts,
    every_row,
    overlap,
    portrait,
    retag,
    save_jpeg,
)

PHOTOS = len(FACES) + 1  # and the copy


def test_first_scan_counts_photos_faces_and_groups(template: Any) -> None:
    report = template.report
    assert counts(report) == {"new": len(FACES), "duplicate": 1}
    assert report["photos"]["seen"] == PHOTOS
    assert report["faces"] == sum(FACES.values())
    assert report["people"] == 0
    assert report["groups"] >= 1
    assert report["failures"] == []
    assert {"walk", "identify", "decode", "detect", "align", "embed", "write", "group", "total"} <= set(
        report["seconds"]
    )


def test_each_photo_and_face_is_listed_with_all_its_fields(scanned: Scanned) -> None:
    photos = {Path(photo["path"]).relative_to(scanned.folder).as_posix(): photo for photo in scanned_photos(scanned)}
    assert set(photos) == {*FACES, COPY}
    assert {path: photo["faces"] for path, photo in photos.items()} == {**FACES, COPY: 1}
    assert {photo["state"] for photo in photos.values()} == {"present"}
    assert photos[PORTRAIT]["taken"] == "2019-05-01T12:00:00"
    assert (photos[TURNED]["width"], photos[TURNED]["height"], photos[TURNED]["orientation"]) == (SIDE, SIDE, 6)
    assert (photos[TWINS]["width"], photos[TWINS]["height"]) == (2 * SIDE, SIDE)
    assert photos[COPY]["photo"] == photos[PORTRAIT]["photo"]
    assert photos[SCENERY]["root"] == str(scanned.folder)

    faces = scanned.program.lines("faces", "list")
    assert len(faces) == sum(FACES.values())
    for face in faces:
        assert {
            "face",
            "photo",
            "box",
            "landmarks",
            "score",
            "quality",
            "person",
            "name",
            "assignment",
            "model",
        } <= set(face)
        assert Path(face["photo"]).is_file()
        x, y, width, height = face["box"]
        assert 40 < width < 130
        assert 40 < height < 130
        assert len(face["landmarks"]) == 68
        assert all(x - width < px < x + 2 * width and y - height < py < y + 2 * height for px, py in face["landmarks"])
        assert face["person"] is None or isinstance(face["person"], int)
        assert face["name"] is None
    people = scanned.program.lines("people", "list")
    assert {face["person"] for face in faces} - {None} == {person["person"] for person in people}
    for person in people:
        assert {"person", "name", "faces", "photos", "key_face", "state"} <= set(person)
        held = [face for face in faces if face["person"] == person["person"]]
        assert len(held) == person["faces"]
        assert person["key_face"] in {face["face"] for face in held}


def scanned_photos(album: Scanned) -> list[Any]:
    return album.program.lines("photos")


def test_two_faces_in_one_photo_are_two_people(scanned: Scanned) -> None:
    first, second = scanned.faces(TWINS)
    assert first.person is None or first.person != second.person


def test_rescan_does_nothing_and_starts_no_process(scanned: Scanned, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(process: SpawnProcess) -> None:
        raise AssertionError(f"{process} was started")

    before = every_row(scanned.program.library)
    monkeypatch.setattr(SpawnProcess, "start", refuse)
    with scanned.program.open() as library:
        report = library.scan()
    assert dict(report.photos) | {"seen": 0, "unchanged": 0} == dict.fromkeys(report.photos, 0)
    assert (report.photos["seen"], report.photos["unchanged"]) == (PHOTOS, PHOTOS)
    assert (report.analysed, report.new_faces, report.changed) == (0, 0, False)
    assert every_row(scanned.program.library) == before


def test_rescan_by_the_command_line_leaves_every_row_as_it_was(scanned: Scanned) -> None:
    before = every_row(scanned.program.library)
    report = scanned.scan(scanned.folder)
    assert counts(report) == {"unchanged": PHOTOS}
    assert {"identify", "decode", "detect"}.isdisjoint(report["seconds"])
    assert every_row(scanned.program.library) == before


def test_a_new_file_alone_is_searched(scanned: Scanned) -> None:
    before = {face.face: (face.path, face.box) for face in scanned.faces()}
    save_jpeg(portrait(9), scanned.folder / "2021" / "new.jpg")
    with scanned.program.open() as library:
        report = library.scan()
    assert (report.photos["new"], report.photos["unchanged"], report.analysed) == (1, PHOTOS, 1)
    after = {face.face: (face.path, face.box) for face in scanned.faces()}
    assert {number: after[number] for number in before} == before
    assert len(after) == len(before) + 1


def test_a_changed_picture_is_searched_again(scanned: Scanned) -> None:
    old = scanned.face(MIRRORED).face
    save_jpeg(portrait(2).resize((260, 260)), scanned.folder / MIRRORED)
    assert counts(scanned.scan("--no-cluster")) == {"changed": 1, "unchanged": PHOTOS - 1}
    face = scanned.face(MIRRORED)
    assert face.face != old
    assert old not in {face.face for face in scanned.faces()}
    assert face.box[2] > 100
    assert len(scanned.faces()) == sum(FACES.values())


def test_a_touched_file_is_unchanged(scanned: Scanned) -> None:
    before = scanned.faces()
    os.utime(scanned.folder / PORTRAIT, (1_000_000_000, 1_000_000_000))
    report = scanned.scan()
    assert counts(report) == {"unchanged": PHOTOS}
    assert "detect" not in report["seconds"]
    assert identities(scanned.faces()) == identities(before)


def test_new_metadata_keeps_picture_faces_and_people(scanned: Scanned) -> None:
    scanned.name_everybody()
    before = scanned.faces()
    photo = next(p["photo"] for p in scanned_photos(scanned) if p["path"].endswith(MIRRORED))
    retag(scanned.folder / MIRRORED, taken="2001:02:03 04:05:06", software="somebody else's")
    report = scanned.scan()
    assert counts(report) == {"changed": 1, "unchanged": PHOTOS - 1}
    assert "detect" not in report["seconds"]
    assert identities(scanned.faces()) == identities(before)
    after = next(p for p in scanned_photos(scanned) if p["path"].endswith(MIRRORED))
    assert (after["photo"], after["taken"]) == (photo, "2001-02-03T04:05:06")


def identities(faces: list[Any]) -> list[tuple[Any, ...]]:
    return [(face.face, face.path, face.box, face.person, face.name, face.assignment) for face in faces]


@pytest.mark.parametrize(
    ("orientation", "turned"),
    [
        (2, lambda x, y, w, h: (SIDE - x - w, y, w, h)),  # mirrored: the face is found again
        (6, lambda x, y, w, h: (SIDE - y - h, x, h, w)),  # on its side: it is not
        (3, lambda x, y, w, h: (SIDE - x - w, SIDE - y - h, w, h)),
    ],
)
def test_a_new_orientation_tag_turns_boxes_and_keeps_ids_and_names(
    scanned: Scanned, orientation: int, turned: Any
) -> None:
    scanned.name_everybody()
    before = scanned.face(MIRRORED)
    retag(scanned.folder / MIRRORED, orientation=orientation)
    assert counts(scanned.scan("--no-cluster")) == {"changed": 1, "unchanged": PHOTOS - 1}
    after = next(face for face in scanned.faces(MIRRORED) if face.face == before.face)
    assert (after.name, after.person, after.assignment) == (before.name, before.person, before.assignment)
    assert overlap(after.box, turned(*before.box)) > 0.75
    centre = after.landmarks.mean(axis=0)
    x, y, width, height = after.box
    assert x < centre[0] < x + width
    assert y < centre[1] < y + height


def test_a_moved_and_renamed_file_keeps_faces_and_people(scanned: Scanned) -> None:
    scanned.name_everybody()
    before = scanned.face(MIRRORED)
    (scanned.folder / "elsewhere").mkdir()
    (scanned.folder / MIRRORED).rename(scanned.folder / "elsewhere" / "renamed.jpeg")
    report = scanned.scan()
    assert counts(report) == {"moved": 1, "unchanged": PHOTOS - 1}
    assert "detect" not in report["seconds"]
    after = scanned.face("elsewhere/renamed.jpeg")
    assert (after.face, after.box, after.person, after.name) == (before.face, before.box, before.person, before.name)
    assert scanned.faces(state="missing") == []


def test_a_moved_folder_moves_all_its_files(scanned: Scanned) -> None:
    before = {face.face: (face.name, face.box) for face in scanned.faces()}
    (scanned.folder / "2019").rename(scanned.folder / "album of the year 2019")
    assert counts(scanned.scan("--no-cluster")) == {"moved": 3, "unchanged": PHOTOS - 3}
    assert {face.face: (face.name, face.box) for face in scanned.faces()} == before


def test_a_file_moved_with_new_metadata_in_one_go_is_still_the_same(scanned: Scanned) -> None:
    scanned.name_everybody()
    before = scanned.face(MIRRORED)
    (scanned.folder / MIRRORED).rename(scanned.folder / "moved.jpg")
    retag(scanned.folder / "moved.jpg", taken="2003:02:03 04:05:06", orientation=2)
    assert counts(scanned.scan("--no-cluster")) == {"moved": 1, "unchanged": PHOTOS - 1}
    after = scanned.face("moved.jpg")
    assert (after.face, after.person, after.name) == (before.face, before.person, before.name)
    x, y, width, height = before.box
    assert overlap(after.box, (SIDE - x - width, y, width, height)) > 0.75
    photo = next(p for p in scanned_photos(scanned) if p["path"].endswith("moved.jpg"))
    assert photo["taken"] == "2003-02-03T04:05:06"


@pytest.mark.parametrize("only_the_new_place", [False, True])
def test_a_file_moved_to_another_root_keeps_faces_and_people(
    scanned: Scanned, tmp_path: Path, only_the_new_place: bool
) -> None:
    scanned.name_everybody()
    other = tmp_path / "other root"
    save_jpeg(portrait(11), other / "there already.jpg")
    scanned.scan(other, "--no-cluster")
    before = scanned.face(MIRRORED)
    (scanned.folder / MIRRORED).rename(other / "arrived.jpg")
    report = scanned.scan(*([other] if only_the_new_place else []), "--no-cluster")
    assert report["photos"]["moved"] == 1
    assert report["photos"]["missing"] == report["photos"]["new"] == report["photos"]["duplicate"] == 0
    (after,) = scanned.faces(other / "arrived.jpg")
    assert (after.face, after.box, after.person, after.name) == (before.face, before.box, before.person, before.name)
    assert counts(scanned.scan()) == {"unchanged": PHOTOS + 1}


def test_two_files_that_exchange_their_names_are_done_again_at_no_cost(scanned: Scanned) -> None:
    first, second = scanned.face(MIRRORED), scanned.face(PORTRAIT)
    (scanned.folder / MIRRORED).rename(scanned.folder / "third.jpg")
    (scanned.folder / PORTRAIT).rename(scanned.folder / MIRRORED)
    (scanned.folder / "third.jpg").rename(scanned.folder / PORTRAIT)
    report = scanned.scan("--no-cluster")
    assert "detect" not in report["seconds"]
    assert report["photos"]["missing"] == report["photos"]["new"] == 0
    assert [face.face for face in scanned.faces(PORTRAIT)] == [first.face]
    assert [face.face for face in scanned.faces(MIRRORED)] == [second.face]


def test_a_duplicate_is_not_searched_and_keeps_the_faces_when_the_original_goes(scanned: Scanned) -> None:
    scanned.name_everybody()
    before = scanned.face(MIRRORED)
    shutil.copyfile(scanned.folder / MIRRORED, scanned.folder / "zz twin.jpg")
    report = scanned.scan()
    assert counts(report) == {"duplicate": 1, "unchanged": PHOTOS}
    assert "detect" not in report["seconds"]
    assert report["faces"] == sum(FACES.values())
    assert scanned.face("zz twin.jpg").face == before.face

    (scanned.folder / MIRRORED).unlink()
    assert counts(scanned.scan()) == {"unchanged": PHOTOS, "missing": 1}
    after = scanned.face("zz twin.jpg")
    assert after.path == scanned.folder / "zz twin.jpg"
    assert (after.face, after.person, after.name) == (before.face, before.person, before.name)
    assert scanned.faces(state="missing") == []


def test_a_deleted_photo_is_missing_and_comes_back_with_faces_and_names(scanned: Scanned, tmp_path: Path) -> None:
    scanned.name_everybody()
    before = scanned.faces()
    gone = [scanned.face(MIRRORED).face, scanned.face(DARKER).face]
    for path in (MIRRORED, DARKER):
        shutil.move(scanned.folder / path, tmp_path / Path(path).name)
    report = scanned.scan()
    assert counts(report) == {"unchanged": PHOTOS - 2, "missing": 2}
    assert report["faces"] == len(before) - 2
    assert sorted(face.face for face in scanned.faces(state="missing")) == sorted(gone)
    assert {photo["state"] for photo in scanned_photos(scanned)} == {"present", "missing"}
    assert counts(scanned.scan()) == {"unchanged": PHOTOS - 2}  # told once

    shutil.move(tmp_path / "mirrored.jpg", scanned.folder / MIRRORED)
    shutil.copyfile(tmp_path / "darker.png", scanned.folder / DARKER)  # as from a backup: with another date
    report = scanned.scan()
    assert report["photos"]["missing"] == report["photos"]["new"] == report["photos"]["failed"] == 0
    assert "detect" not in report["seconds"]
    assert identities(scanned.faces()) == identities(before)


def test_a_photo_deleted_and_its_copy_added_elsewhere_later_comes_back(scanned: Scanned, tmp_path: Path) -> None:
    scanned.name_everybody()
    before = scanned.face(SMALL)
    shutil.move(scanned.folder / SMALL, tmp_path / "kept.webp")
    scanned.scan("--no-cluster")
    shutil.move(tmp_path / "kept.webp", scanned.folder / "found again.webp")
    report = scanned.scan("--no-cluster")
    assert counts(report) == {"moved": 1, "unchanged": PHOTOS - 1}
    after = scanned.face("found again.webp")
    assert (after.face, after.name) == (before.face, before.name)


def test_the_library_in_python_does_the_same_as_the_command_line(fresh: Scanned) -> None:
    save_jpeg(portrait(0), fresh.folder / "a.jpg")
    with faceorganizer_library(fresh.program) as library:
        report = library.scan([fresh.folder], jobs=1)
        assert (report.photos["new"], report.faces, report.analysed) == (1, 1, 1)
        (face,) = library.faces.list()
        assert face.path == fresh.folder / "a.jpg"
        assert library.check() == []
        assert library.info().photos == 1
    assert [face["box"] for face in fresh.program.lines("faces", "list")] == [list(face.box)]


def faceorganizer_library(program: Program) -> Any:
    from faceorganizer import Library

    return Library.open_or_create(program.library)
