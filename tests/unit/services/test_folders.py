import os
from pathlib import Path

import pytest

from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.ids import RootId
from faceorganizer.domain.pictures import Root
from faceorganizer.library import Library
from faceorganizer.services import doctor, folders
from faceorganizer.services.folders import absolute, folder_identity, is_online, place_in
from faceorganizer.services.interchange.listing import FileThereError

posix = pytest.mark.skipif(os.name == "nt", reason="needs links and devices as POSIX systems have them")


def test_a_folder_is_added_once_with_all_its_exclusions(library: Library, photos: Path) -> None:
    library.folders.add(photos, ["*.png"])
    library.folders.add(photos / ".." / photos.name, ["drafts/", "*.png", ""])
    (status,) = library.folders.list()
    assert status.root.path == photos
    assert status.root.exclusions == ("*.png", "drafts")
    assert (status.online, status.photos, status.missing) == (True, 0, 0)


def test_a_folder_inside_a_known_one_is_refused_and_one_around_it_is_not(library: Library, photos: Path) -> None:
    (photos / "x").mkdir()
    library.folders.add(photos / "x")
    library.folders.add(photos)
    (photos / "y").mkdir()
    with pytest.raises(UsageError, match="lies inside"):
        library.folders.add(photos / "y")


def test_folders_are_found_whether_or_not_they_are_there(library: Library, photos: Path) -> None:
    library.folders.add(photos)
    photos.rmdir()
    assert not library.folders.list()[0].online
    with pytest.raises(UnknownIdError, match="folders list"):
        library.folders.remove(photos / "x")
    assert library.folders.remove(photos).of("root")
    assert library.folders.list() == []


def test_a_folder_cannot_move_onto_another(library: Library, photos: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    library.folders.add(photos)
    library.folders.add(other)
    with pytest.raises(UsageError, match="already"):
        library.folders.relocate(photos, other)
    library.folders.relocate(photos, photos)
    assert {status.root.path for status in library.folders.list()} == {photos, other}


def test_places_are_found_by_their_path(tmp_path: Path) -> None:
    assert place_in(tmp_path, tmp_path) == ""
    assert place_in(tmp_path, tmp_path / "x" / "y.jpg") == "x/y.jpg"
    assert place_in(tmp_path / "x", tmp_path / "xx") is None
    assert place_in(tmp_path / "none", tmp_path) is None


@posix
def test_places_are_found_through_links(tmp_path: Path) -> None:
    (tmp_path / "real/x").mkdir(parents=True)
    (tmp_path / "link").symlink_to("real")
    assert place_in(tmp_path / "real", tmp_path / "link/x") == "x"
    assert place_in(tmp_path / "link", tmp_path / "real/x") == "x"
    assert place_in(tmp_path / "link", tmp_path / "real") == ""


def test_names_are_taken_as_the_folder_lists_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "E\u0301te\u0301").mkdir()
    # As on file systems for which both spellings are one name.
    monkeypatch.setattr(folders.os.path, "lexists", lambda path: True)
    assert place_in(tmp_path, tmp_path / "\u00e9t\u00e9" / "none.jpg") == "E\u0301te\u0301/none.jpg"


def test_an_emptied_folder_is_online_and_an_empty_mount_point_is_not(tmp_path: Path) -> None:
    here = Root(RootId(1), tmp_path, folder_identity(tmp_path))
    other = Root(RootId(1), tmp_path, "1:1")
    assert is_online(here, known_files=True)
    assert is_online(other, known_files=False)
    assert not is_online(other, known_files=True)
    (tmp_path / "a.jpg").touch()
    assert is_online(other, known_files=True)
    assert not is_online(Root(RootId(1), tmp_path / "none", "1:1"), known_files=False)
    assert is_online(Root(RootId(1), tmp_path / "a.jpg", "1:1"), known_files=True)


def test_a_path_is_made_absolute_without_losing_links(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert absolute(Path("x/../y")) == tmp_path / "y"
    assert absolute(Path("~nobody-of-that-name/x")).is_absolute()


@posix
def test_exports_never_replace_what_is_no_file(library: Library, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(UsageError, match="no regular file"):
        library.export.export_table("csv", pipe, replace=True)
    with pytest.raises(UsageError, match="is a folder"):
        library.export.export_table("csv", tmp_path, replace=True)
    (tmp_path / "x").touch()
    with pytest.raises(FileThereError):
        library.export.export_table("csv", tmp_path / "x")


def test_the_doctor_tells_what_does_not_load(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    packages = {"no_such_module": ("numpy",), "numpy": ("no-such-package",), "sys": ("pillow", "rich")}
    monkeypatch.setattr(doctor, "PACKAGES", packages)
    monkeypatch.setattr(doctor, "LEAST_FREE_BYTES", 1 << 62)
    diagnosis = doctor.examine("9.9", tmp_path / "no/library", tmp_path / "settings.toml")
    problems = "\n".join(diagnosis.problems)
    assert "numpy does not work: ModuleNotFoundError" in problems
    assert "no-such-package is not installed" in problems
    assert "pillow and rich are both installed" in problems
    assert "are free where the library is" in problems
    assert diagnosis.versions["faceorganizer"] == "9.9"
    assert diagnosis.places["library"].endswith("(none yet)")
    assert diagnosis.machine["cores"]
    assert len(diagnosis.models) == 4


def test_a_library_that_kills_the_process_is_told() -> None:
    failure, _ = doctor._in_own_process(_abort, "é")
    assert "ended with code" in failure
    assert doctor._in_own_process(str.upper, "é") == ("", "É")


def _abort(module: str) -> str:
    os.abort()


def test_the_doctor_tells_of_settings_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor, "PACKAGES", {})
    settings = tmp_path / "settings.toml"
    settings.write_text("[scan]\njobs = 'many'\n")
    diagnosis = doctor.examine("9.9", tmp_path / "library", settings)
    assert any(str(settings) in problem and "scan.jobs" in problem for problem in diagnosis.problems)
    settings.unlink()
    assert not doctor.examine("9.9", tmp_path / "library", settings).problems


def test_the_doctor_knows_the_engine_of_every_network() -> None:
    assert {"dlib", "cv2", "onnxruntime"} <= doctor.PACKAGES.keys()
