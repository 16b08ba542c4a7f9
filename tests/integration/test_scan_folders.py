"""Folders as they are: unplugged, nested, linked, oddly named, not readable, full of broken files."""

import os
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from album_material import (
    COPY,
    FACES,
    LINUX,
    MIRRORED,
    PORTRAIT,
    POSIX,
    Program,
    Scanned,
    counts,
    portrait,
    save_jpeg,
    scenery,
)

PHOTOS = len(FACES) + 1


def identities(album: Scanned) -> list[tuple[Any, ...]]:
    return [(face.face, face.path, face.box, face.person, face.name) for face in album.faces()]


def listed(album: Scanned) -> dict[str, str]:
    """State by path relative to the album."""
    with album.program.open() as library:
        return {os.path.relpath(photo.path, album.folder): photo.state for photo in library.photos()}


# Broken files


@POSIX
def test_broken_files_are_reported_with_plain_reasons_and_nothing_else_suffers(fresh: Scanned) -> None:
    folder = fresh.folder
    good = save_jpeg(portrait(0), folder / "good.jpg").read_bytes()
    (folder / "empty.jpg").touch()
    (folder / "header only.jpg").write_bytes(good[:300])
    (folder / "text.jpg").write_text("not a picture\n" * 50)
    os.mkfifo(folder / "pipe.jpg")
    (folder / "dangling.jpg").symlink_to(folder / "nothing.jpg")
    (folder / "round.jpg").symlink_to(folder / "round.jpg")
    save_jpeg(portrait(1), folder / "folder.jpg" / "inside.jpg")  # a folder with a photo's name
    save_jpeg(portrait(2), folder / "cut.jpg")
    (folder / "cut.jpg").write_bytes((folder / "cut.jpg").read_bytes()[:3000])

    report = fresh.scan(folder, code=3)
    reasons = {os.path.relpath(failure["path"], folder): failure["reason"] for failure in report["failures"]}
    assert reasons == {
        "empty.jpg": "the file is empty",
        "header only.jpg": "the file is truncated",
        "text.jpg": "it is not a picture",
        "pipe.jpg": "it is not a regular file",
        "dangling.jpg": "it is no longer there",
        "round.jpg": "it is a link that leads round in a circle",
        "cut.jpg": "the file is truncated",
    }
    assert counts(report) == {"new": 2, "failed": 7}
    assert report["faces"] == 2
    assert listed(fresh) == {
        "good.jpg": "present",
        "folder.jpg/inside.jpg": "present",
        **dict.fromkeys(reasons, "failed"),
    }
    failed = fresh.program.lines("photos", "--failed")
    assert {os.path.relpath(photo["path"], folder): photo["reason"] for photo in failed} == reasons

    again = fresh.scan(code=3)  # nothing is forgotten
    assert {os.path.relpath(failure["path"], folder): failure["reason"] for failure in again["failures"]} == reasons
    assert counts(again) == {"unchanged": 2, "failed": 7}
    said = fresh.program.run("scan", code=3).stdout
    assert "Could not be read:" in said
    assert f"{folder / 'text.jpg'}: it is not a picture" in said


def test_a_broken_file_that_was_replaced_is_read(fresh: Scanned) -> None:
    (fresh.folder / "photo.jpg").write_bytes(b"half a downl")
    fresh.scan(fresh.folder, code=3)
    save_jpeg(portrait(0), fresh.folder / "photo.jpg")
    report = fresh.scan()
    assert counts(report) == {"new": 1}
    assert (report["faces"], report["failures"]) == (1, [])
    assert listed(fresh) == {"photo.jpg": "present"}


def test_a_photo_that_breaks_keeps_its_faces_until_it_is_whole_again(scanned: Scanned) -> None:
    scanned.name_everybody()
    before = identities(scanned)
    whole = (scanned.folder / MIRRORED).read_bytes()
    (scanned.folder / MIRRORED).write_bytes(b"")
    report = scanned.scan("--no-cluster", code=3)
    assert counts(report) == {"unchanged": PHOTOS - 1, "failed": 1}
    assert identities(scanned) == before
    (scanned.folder / MIRRORED).write_bytes(whole)
    report = scanned.scan("--no-cluster")
    assert counts(report) == {"unchanged": PHOTOS}
    assert identities(scanned) == before


def test_an_unreadable_folder_is_reported_and_its_photos_stay(
    scanned: Scanned, without_rights: tuple[str, ...]
) -> None:
    before = identities(scanned)
    program = replace(scanned.program, prefix=without_rights)
    closed = scanned.folder / "2020"
    closed.chmod(0)
    try:
        report = program.scan("--no-cluster", code=3)
    finally:
        closed.chmod(0o755)
    assert report["failures"] == [{"path": str(closed), "reason": "permission denied"}]
    assert counts(report) == {"unchanged": 3}
    assert identities(scanned) == before
    assert counts(scanned.scan()) == {"unchanged": PHOTOS}


def test_an_unreadable_file_is_reported_and_keeps_its_faces(scanned: Scanned, without_rights: tuple[str, ...]) -> None:
    before = identities(scanned)
    os.utime(scanned.folder / MIRRORED, (1, 1))
    (scanned.folder / MIRRORED).chmod(0)
    new = save_jpeg(portrait(9), scanned.folder / "secret.jpg")
    new.chmod(0)
    report = replace(scanned.program, prefix=without_rights).scan("--no-cluster", code=3)
    assert {failure["reason"] for failure in report["failures"]} == {"permission denied"}
    assert {failure["path"] for failure in report["failures"]} == {str(new), str(scanned.folder / MIRRORED)}
    assert identities(scanned) == before
    new.chmod(0o644)
    (scanned.folder / MIRRORED).chmod(0o644)
    assert counts(scanned.scan("--no-cluster")) == {"unchanged": PHOTOS, "new": 1}


def test_an_unreadable_root_is_reported_and_empties_nothing(scanned: Scanned, without_rights: tuple[str, ...]) -> None:
    before = identities(scanned)
    scanned.folder.chmod(0)
    try:
        report = replace(scanned.program, prefix=without_rights).scan("--no-cluster", code=3)
    finally:
        scanned.folder.chmod(0o755)
    (failure,) = report["failures"]
    assert failure["path"] == str(scanned.folder)
    assert "permission denied" in failure["reason"]
    assert counts(report) == {}
    assert identities(scanned) == before


def test_a_library_that_may_not_be_written_is_told(scanned: Scanned, without_rights: tuple[str, ...]) -> None:
    program = replace(scanned.program, prefix=without_rights)
    save_jpeg(portrait(9), scanned.folder / "new.jpg")
    scanned.program.library.chmod(0o500)
    (scanned.program.library / "library.sqlite").chmod(0o400)
    try:
        done = program.run("scan", code=1)
    finally:
        scanned.program.library.chmod(0o700)
        (scanned.program.library / "library.sqlite").chmod(0o600)
    assert str(scanned.program.library) in done.stderr
    assert done.stderr.count("\n") == 1
    assert counts(scanned.scan("--no-cluster")) == {"new": 1, "unchanged": PHOTOS}


# Roots that go and come


@pytest.mark.parametrize("mount_point_stays", [False, True])
def test_an_unplugged_drive_empties_nothing(scanned: Scanned, tmp_path: Path, mount_point_stays: bool) -> None:
    scanned.name_everybody()
    before = identities(scanned)
    drive = scanned.folder.rename(tmp_path / "drive in a drawer")
    if mount_point_stays:
        scanned.folder.mkdir()
    for words in ((), (scanned.folder,)):
        report = scanned.scan(*words)
        assert report["offline"] == [str(scanned.folder)]
        assert counts(report) == {}
    assert f"{scanned.folder} is not connected" in scanned.program.run("scan").stderr
    assert identities(scanned) == before
    (folder,) = scanned.program.lines("folders", "list")
    assert (folder["online"], folder["photos"], folder["missing"]) == (False, PHOTOS, 0)

    if mount_point_stays:
        scanned.folder.rmdir()
    drive.rename(scanned.folder)
    report = scanned.scan()
    assert counts(report) == {"unchanged": PHOTOS}
    assert report["offline"] == []
    assert identities(scanned) == before


def test_a_folder_that_the_user_emptied_is_believed(scanned: Scanned) -> None:
    for entry in scanned.folder.iterdir():
        shutil.rmtree(entry)
    report = scanned.scan()
    assert counts(report) == {"missing": PHOTOS}
    assert report["offline"] == []
    assert report["faces"] == 0


def test_one_unplugged_drive_does_not_stop_the_others(scanned: Scanned, tmp_path: Path) -> None:
    other = save_jpeg(portrait(9), tmp_path / "other" / "a.jpg").parent
    scanned.scan(other, "--no-cluster")
    other.rename(tmp_path / "gone")
    save_jpeg(portrait(10), scanned.folder / "new.jpg")
    report = scanned.scan("--no-cluster")
    assert report["offline"] == [str(other)]
    assert counts(report) == {"new": 1, "unchanged": PHOTOS}


def test_a_removed_folder_comes_back_with_everything(scanned: Scanned) -> None:
    scanned.name_everybody()
    before = {face.face: (face.photo, face.box, face.person, face.name) for face in scanned.faces()}
    scanned.program.run("folders", "remove", scanned.folder)
    assert scanned.faces() == []
    assert listed(scanned) == {}
    assert scanned.folder.is_dir()
    assert (scanned.folder / PORTRAIT).is_file()
    scanned.program.run("folders", "add", scanned.folder)
    report = scanned.scan()
    assert "detect" not in report["seconds"]
    assert counts(report) == {"new": PHOTOS - 1, "duplicate": 1}
    assert {face.face: (face.photo, face.box, face.person, face.name) for face in scanned.faces()} == before


def test_a_relocated_folder_keeps_everything(scanned: Scanned, tmp_path: Path) -> None:
    scanned.name_everybody()
    before = {face.face: (face.path.relative_to(scanned.folder), face.name, face.person) for face in scanned.faces()}
    moved = scanned.folder.rename(tmp_path / "new place")
    scanned.program.run("folders", "relocate", scanned.folder, moved)
    report = scanned.scan()
    assert counts(report) == {"unchanged": PHOTOS}
    assert {face.face: (face.path.relative_to(moved), face.name, face.person) for face in scanned.faces()} == before
    assert [folder["path"] for folder in scanned.program.lines("folders", "list")] == [str(moved)]


# Roots and parts of them


def test_a_part_of_a_known_folder_can_be_scanned_alone(scanned: Scanned) -> None:
    (scanned.folder / PORTRAIT).unlink()  # its copy is elsewhere
    save_jpeg(portrait(9), scanned.folder / "2020" / "new.jpg")
    save_jpeg(portrait(10), scanned.folder / "2019" / "not yet.jpg")
    report = scanned.scan(scanned.folder / "2020", "--no-cluster")
    assert counts(report) == {"unchanged": 5, "new": 1}
    assert len(scanned.program.lines("folders", "list")) == 1
    assert listed(scanned)[PORTRAIT] == "present"  # nobody looked
    assert counts(scanned.scan("--no-cluster")) == {"unchanged": 5 + 1 + 2, "new": 1, "missing": 1}


def test_exclusions_given_with_a_part_of_a_folder_concern_that_part_alone(scanned: Scanned) -> None:
    report = scanned.scan(scanned.folder / "2020", "--exclude", "*.jpg", "--no-cluster")
    (folder,) = scanned.program.lines("folders", "list")
    assert folder["exclude"]
    assert all(pattern.startswith("2020/") for pattern in folder["exclude"])
    gone = [path for path, state in listed(scanned).items() if state == "missing"]
    assert len(gone) == report["photos"]["missing"] > 0
    assert all(path.startswith("2020/") for path in gone)
    assert counts(scanned.scan("--no-cluster")).get("missing", 0) == 0


def test_a_folder_inside_a_known_one_is_not_added_twice(scanned: Scanned) -> None:
    done = scanned.program.run("folders", "add", scanned.folder / "2020", code=2)
    assert "lies inside" in done.stderr
    assert str(scanned.folder) in done.stderr


def test_nested_roots_hold_each_photo_once(fresh: Scanned) -> None:
    inner, outer = fresh.folder / "inner", fresh.folder
    save_jpeg(scenery(), inner / "deep" / "a.jpg")
    save_jpeg(portrait(1), outer / "b.jpg")
    assert counts(fresh.scan(inner, "--no-cluster")) == {"new": 1}
    assert counts(fresh.scan(outer, "--no-cluster")) == {"new": 1}
    assert counts(fresh.scan(inner / "deep", "--no-cluster")) == {"unchanged": 1}
    assert counts(fresh.scan("--no-cluster")) == {"unchanged": 2}
    assert sorted(os.path.relpath(p["path"], outer) for p in fresh.program.lines("photos")) == [
        "b.jpg",
        "inner/deep/a.jpg",
    ]


def test_folders_that_overlap_are_scanned_once(fresh: Scanned) -> None:
    inner, outer = fresh.folder / "inner", fresh.folder
    save_jpeg(portrait(0), inner / "a.jpg")
    save_jpeg(scenery(), outer / "b.jpg")
    assert counts(fresh.scan(outer, inner, "--no-cluster")) == {"new": 2}
    save_jpeg(portrait(2), inner / "c.jpg")
    assert counts(fresh.scan(inner, outer, inner, "--no-cluster")) == {"new": 1, "unchanged": 2}
    assert set(listed(fresh)) == {"inner/a.jpg", "b.jpg", "inner/c.jpg"}
    assert len(fresh.program.lines("folders", "list")) == 1


def test_a_library_inside_the_scanned_folder_is_not_scanned(fresh: Scanned) -> None:
    program = Program(fresh.folder / "my library")
    program.run("library", "create")
    save_jpeg(portrait(0), program.library / "cache" / "thumbnail.jpg")
    save_jpeg(portrait(1), fresh.folder / "a.jpg")
    assert counts(program.scan(fresh.folder, "--no-cluster")) == {"new": 1}
    assert [Path(photo["path"]).name for photo in program.lines("photos")] == ["a.jpg"]


def test_hidden_and_excluded_files_are_left_out(fresh: Scanned) -> None:
    for path in ("a.jpg", ".hidden.jpg", ".hidden/b.jpg", "cache/c.jpg", "sub/d_thumb.jpg", "sub/deep/e.jpg"):
        save_jpeg(scenery(), fresh.folder / path)
    (fresh.folder / "notes.txt").write_text("no photo")
    fresh.scan(fresh.folder, "--exclude", "cache", "--exclude", "*_thumb.jpg", "--exclude", "sub/deep", "--no-cluster")
    assert set(listed(fresh)) == {"a.jpg"}
    assert counts(fresh.scan("--no-cluster")) == {"unchanged": 1}  # kept with the folder
    (folder,) = fresh.program.lines("folders", "list")
    assert folder["exclude"] == ["cache", "*_thumb.jpg", "sub/deep"]
    fresh.program.run("settings", "set", "scan.hidden", "true")
    assert fresh.scan("--no-cluster")["photos"]["seen"] == 3


@POSIX
def test_links_that_lead_in_circles_end(fresh: Scanned, tmp_path: Path) -> None:
    outside = save_jpeg(portrait(1), tmp_path / "outside" / "b.jpg").parent
    save_jpeg(portrait(0), fresh.folder / "sub" / "a.jpg")
    (fresh.folder / "sub" / "up").symlink_to(fresh.folder)
    (fresh.folder / "sub" / "self").symlink_to(fresh.folder / "sub" / "self")
    (fresh.folder / "first").symlink_to(outside)
    (fresh.folder / "second").symlink_to(outside)
    (outside / "back").symlink_to(fresh.folder)
    report = fresh.scan(fresh.folder, "--no-cluster")
    assert counts(report) == {"new": 2}
    assert sorted(Path(path).name for path in listed(fresh)) == ["a.jpg", "b.jpg"]
    assert counts(fresh.scan("--no-cluster")) == {"unchanged": 2}


@POSIX
def test_a_root_behind_a_link_is_the_root_itself(scanned: Scanned, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(scanned.folder)
    assert counts(scanned.scan(tmp_path / "link", "--no-cluster")) == {"unchanged": PHOTOS}
    assert len(scanned.program.lines("folders", "list")) == 1


# Names


@LINUX
def test_names_in_both_unicode_forms_are_two_files(fresh: Scanned) -> None:
    composed, decomposed = (unicodedata.normalize(form, "Café Ångström é.jpg") for form in ("NFC", "NFD"))
    save_jpeg(portrait(0), fresh.folder / composed)
    save_jpeg(portrait(1), fresh.folder / decomposed)
    assert counts(fresh.scan(fresh.folder, "--no-cluster")) == {"new": 2}
    assert set(listed(fresh)) == {composed, decomposed}
    boxes = {name: fresh.program.lines("faces", "list", "--photo", fresh.folder / name) for name in listed(fresh)}
    assert all(len(faces) == 1 for faces in boxes.values())
    assert boxes[composed] != boxes[decomposed]
    assert counts(fresh.scan("--no-cluster")) == {"unchanged": 2}


@LINUX
def test_names_that_are_no_utf8_go_in_and_out(fresh: Scanned, tmp_path: Path) -> None:
    folder = os.fsencode(fresh.folder) + b"/Stra\xdfe"
    photo = folder + b"/caf\xe9 \xff.jpg"
    save_jpeg(portrait(0), Path(os.fsdecode(photo)))
    Path(os.fsdecode(folder + b"/\xfe broken.jpg")).touch()
    report = fresh.scan(fresh.folder, "--no-cluster", code=3)
    assert [os.fsencode(failure["path"]) for failure in report["failures"]] == [folder + b"/\xfe broken.jpg"]
    assert {os.fsencode(entry["path"]) for entry in fresh.program.lines("photos")} == {
        photo,
        folder + b"/\xfe broken.jpg",
    }
    (face,) = fresh.program.lines("faces", "list")
    assert os.fsencode(face["photo"]) == photo
    assert Path(face["photo"]).is_file()
    assert fresh.program.lines("faces", "list", "--photo", face["photo"]) == [face]
    for words in (("photos",), ("faces", "list"), ("scan",), ("folders", "list")):
        fresh.program.run_apart(*words, code=3 if words == ("scan",) else 0)  # for people, too
    fresh.program.run("export", "csv", tmp_path / "faces.csv")
    assert photo in (tmp_path / "faces.csv").read_bytes()
    fresh.program.run("export", "json", tmp_path / "faces.json")
    assert counts(fresh.scan(Path(os.fsdecode(folder)), "--no-cluster", code=3)) == {"unchanged": 1, "failed": 1}


@LINUX
def test_long_names_and_deep_folders(fresh: Scanned) -> None:
    name = "é" * 125 + "x.jpg"
    assert len(os.fsencode(name)) == 255
    save_jpeg(portrait(0), fresh.folder / name)
    deep = fresh.folder
    while len(os.fsencode(deep)) + 202 < 4000:
        deep /= "d" * 200
    save_jpeg(portrait(1), deep / "deep.jpg")
    try:
        # Beyond what the system takes in one path: reachable step by step only.
        step = "os.mkdir('t' * 200); os.chdir('t' * 200)"
        script = f"import os; {step}; {step}; {step}; open('too deep.jpg', 'w').close()"
        subprocess.run([sys.executable, "-c", script], cwd=deep, check=True)
        report = fresh.scan(fresh.folder, "--no-cluster", code=3)
        assert counts(report) == {"new": 2}
        (failure,) = report["failures"]
        assert failure["reason"] == "its name is too long"
        assert failure["path"].startswith(str(deep))
        assert len(fresh.faces()) == 2
        assert counts(fresh.scan("--no-cluster", code=3)) == {"unchanged": 2}
    finally:
        subprocess.run(["rm", "-rf", str(fresh.folder)], check=True)


def test_names_that_look_like_options_and_markup(fresh: Scanned) -> None:
    for name in ("--json.jpg", "[red]a[/red].jpg", "a b'c\"d.jpg", "%s {0} $HOME.jpg"):
        save_jpeg(scenery(), fresh.folder / name)
    assert counts(fresh.scan(fresh.folder, "--no-cluster")) == {"new": 1, "duplicate": 3}
    said = fresh.program.run("photos").stdout
    assert all(name in said for name in listed(fresh))


def test_a_copy_is_told_as_one(scanned: Scanned) -> None:
    (copy,) = (photo for photo in scanned.program.lines("photos") if photo["duplicate_of"])
    paths = {copy["path"], copy["duplicate_of"]}
    assert paths == {str(scanned.folder / PORTRAIT), str(scanned.folder / COPY)}
