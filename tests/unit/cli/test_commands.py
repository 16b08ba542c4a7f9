import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from program_calls import Call

from faceorganizer import __version__, app
from faceorganizer.db.database import Database

PERSON_FIELDS = {"person", "name", "faces", "photos", "key_face", "state"}
FACE_FIELDS = {
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
    "state",
    "source",
}
PHOTO_FIELDS = {
    "photo", "path", "root", "taken", "camera", "place", "width", "height", "orientation", "state", "faces",
}  # fmt: skip


def test_help_and_version(call: Call) -> None:
    assert call("--version").out == f"faceorganizer {__version__}\n"
    shown = call("--help")
    assert shown.code == 0
    for command in (
        "scan",
        "folders",
        "photos",
        "faces",
        "people",
        "cluster",
        "undo",
        "redo",
        "history",
        "export",
        "library",
        "settings",
        "doctor",
    ):
        assert command in shown.out
        assert call(command, "--help").code == 0
    assert "infomap" in call("cluster", "--help").out


@pytest.mark.parametrize("words", [(), ("gui",)])
def test_without_a_command_the_window_opens(
    call: Call, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    def window(library: Path | None, paths: Sequence[Path] = ()) -> int:
        opened.append((library, list(paths)))
        return 7

    monkeypatch.setattr(app, "open_window", window)
    assert (call(*words).code, call(*words).err) == (7, "")
    assert call("--library", tmp_path, *words).code == 7
    assert opened == [(None, []), (None, []), (tmp_path, [])]


def test_the_window_is_given_folders_and_photos(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(app, "open_window", lambda library, paths: opened.extend(paths) or 0)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a b").mkdir()
    assert call("gui", "a b", tmp_path).code == 0
    assert opened == [tmp_path / "a b", tmp_path]
    refused = call("gui", "nowhere")
    assert refused.code == 2
    assert "nowhere" in refused.err


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("scan", "--nonsense"),
        ("scan", "--detail", "coarse"),
        ("scan", "--jobs", "0"),
        ("photos", "--year", "x"),
        ("faces", "list", "--state", "lost"),
        ("people", "list", "--library"),
        ("export", "csv"),
        ("people", "split", "1", "x"),
    ],
)
def test_wrong_usage_ends_with_2(call: Call, words: tuple[str, ...]) -> None:
    said = call(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err


@pytest.mark.parametrize(
    "words",
    [
        ("people", "list"),
        ("people", "name", "1", "Ann"),
        ("faces", "list"),
        ("photos",),
        ("cluster",),
        ("folders", "list"),
        ("folders", "add", "."),
        ("library", "info"),
        ("library", "check"),
        ("export", "json", "x.json"),
        ("settings", "set", "vision.detail", "fast"),
    ],
)
def test_a_missing_library_is_told_and_not_made(call: Call, tmp_path: Path, words: tuple[str, ...]) -> None:
    said = call(*words)
    assert (said.code, said.out) == (1, "")
    assert "There is no library" in said.err or "there is none" in said.err
    assert not (tmp_path / "library").exists()


def test_a_library_is_made_once(call: Call, tmp_path: Path) -> None:
    assert call("library", "create", "--json").document == {"path": str(tmp_path / "library")}
    assert call("library", "create").code == 1
    assert call("library", "check", "--json").document == {"sound": True, "problems": []}
    assert call("library", "info", "--json").document["photos"] == 0
    other = tmp_path / "other"
    assert call("library", "create", "--library", other).code == 0
    assert call("--library", other, "library", "info", "--json").document["path"] == str(other)


def test_a_damaged_library_is_told(call: Call, library: Path) -> None:
    (library / "library.sqlite").write_bytes(b"no database at all" * 100)
    for words in (("library", "check"), ("people", "list")):
        said = call(*words)
        assert (said.code, said.out) == (1, "")
        assert "damaged" in said.err


def test_people_are_listed_named_and_shown(call: Call, library: Path) -> None:
    people = call("people", "list", "--json").lines
    assert all(set(person) >= PERSON_FIELDS for person in people)
    assert [person["state"] for person in people] == ["unnamed", "unnamed"]
    named = call("people", "name", people[0]["person"], "Ann", "--json")
    assert named.code == 0
    assert set(named.document) == {"step", "people", "faces"}
    assert (named.document["step"], named.document["people"]) == ("name", [people[0]["person"]])
    shown = call("people", "show", "ann", "--json").document
    assert set(shown) >= PERSON_FIELDS
    assert (shown["name"], shown["state"], len(shown["faces_list"])) == ("Ann", "named", shown["faces"])
    assert set(shown) >= {"years", "often_with"}
    assert "Ann" in call("people", "show", "Ann").out
    assert "(unnamed)" in call("people", "list").out


def test_a_name_that_is_taken_needs_an_answer(call: Call, library: Path) -> None:
    call("people", "name", "1", "Ann")
    said = call("people", "name", "2", "Ann")
    assert (said.code, said.out) == (2, "")
    assert "--merge" in said.err
    assert "--separate" in said.err
    assert call("people", "name", "2", "Ann", "--merge", "--separate").code == 2
    assert call("people", "name", "2", "Ann", "--separate").code == 0
    assert call("people", "show", "Ann").code == 2
    assert call("people", "name", "2", "Bob").code == 0
    assert call("people", "name", "2", "Ann", "--yes").code == 0
    assert [person["name"] for person in call("people", "list", "--json").lines] == ["Ann"]


def test_a_single_face_is_named(call: Call, library: Path) -> None:
    face = call("faces", "list", "--json").lines[0]["face"]
    assert call("people", "name", f"face:{face}", "Ann").code == 0
    assert [row["face"] for row in call("faces", "list", "--person", "Ann", "--json").lines] == [face]
    assert call("people", "name", "face:x", "Ann").code == 2
    assert call("people", "name", "face:999", "Bob").code == 1


def test_people_are_merged_and_split(call: Call, library: Path) -> None:
    call("people", "name", "1", "Ann")
    call("people", "name", "2", "Bob")
    said = call("people", "merge", "Ann", "Bob")
    assert said.code == 2
    assert "--name" in said.err
    merged = call("people", "merge", "Ann", "Bob", "--name", "Ann", "--json")
    assert merged.document["step"] == "merge"
    faces = [row["face"] for row in call("faces", "list", "--json", "--person", "Ann").lines]
    assert call("people", "split", "Ann", faces[0], faces[1]).code == 0
    assert [person["faces"] for person in call("people", "list", "--json").lines] == [len(faces) - 2, 2]
    assert call("people", "split", "Ann", faces[0]).code == 2
    assert call("people", "merge", "Ann").code == 2
    assert call("people", "merge", "Ann", "Nobody").code == 1


def test_faces_have_their_fields(call: Call, library: Path) -> None:
    rows = call("faces", "list", "--json").lines
    assert all(set(row) == FACE_FIELDS for row in rows)
    assert rows[0]["box"] == [10, 20, 30, 40]
    assert rows[0]["landmarks"] == [[12.3, 12.3]] * 68
    assert rows[0]["name"] is None
    assert rows[0]["assignment"] == "automatic"
    assert all(Path(row["photo"]).is_absolute() and os.path.lexists(row["photo"]) for row in rows)
    photo = library.parent / "photos/a.jpg"
    assert [row["photo"] for row in call("faces", "list", "--photo", photo, "--json").lines] == [str(photo)]
    assert call("faces", "list", "--state", "missing", "--json").lines == []
    unknown = call("faces", "list", "--photo", photo.with_name("none.jpg"))
    assert (unknown.code, unknown.out) == (1, "")
    broken = call("faces", "list", "--photo", photo.with_name("broken.jpg"))
    assert broken.code == 1
    assert "the file is empty" in broken.err


def test_photos_have_their_fields_and_can_be_chosen(call: Call, library: Path) -> None:
    rows = call("photos", "--json").lines
    assert all(set(row) >= PHOTO_FIELDS for row in rows)
    failed = call("photos", "--failed", "--json").lines
    assert [(Path(row["path"]).name, row["state"], row["reason"]) for row in failed] == [
        ("broken.jpg", "failed", "the file is empty")
    ]
    call("people", "name", "1", "Ann")
    call("people", "name", "2", "Bob")
    ann = {row["path"] for row in call("photos", "--person", "Ann", "--json").lines}
    bob = {row["path"] for row in call("photos", "--without", "Ann", "--json").lines}
    assert ann
    assert bob
    assert not ann & bob
    assert call("photos", "--person", "Ann", "--person", "Bob", "--all", "--json").lines == []
    assert len(call("photos", "--person", "Ann", "--person", "Bob", "--any", "--json").lines) == len(ann | bob)
    assert call("photos", "--all").code == 2
    assert call("photos", "--person", "Ann", "--all", "--only").code == 2
    assert call("photos", "--person", "Nobody").code == 1


def test_folders_are_added_listed_relocated_and_removed(call: Call, library: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    assert call("folders", "add", one, "--exclude", "*.png", "--json").document == {"added": [str(one)]}
    rows = {row["path"]: row for row in call("folders", "list", "--json").lines}
    assert rows[str(one)] == {"path": str(one), "online": True, "photos": 0, "missing": 0, "exclude": ["*.png"]}
    assert call("folders", "relocate", one, two).code == 0
    assert call("folders", "relocate", one, two).code == 1
    assert call("folders", "relocate", two, tmp_path / "none").code == 2
    assert call("folders", "remove", two).code == 0
    assert call("folders", "remove", two).code == 1
    assert call("folders", "add", tmp_path / "none").code == 2


@pytest.mark.parametrize("form", ["csv", "json"])
def test_exports_are_whole_and_replace_nothing_unasked(call: Call, library: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"out.{form}"
    assert call("export", form, path, "--dry-run", "--json").document["faces"] > 0
    assert not path.exists()
    assert call("export", form, path).code == 0
    before = path.read_bytes()
    said = call("export", form, path, "--person", "1")
    assert said.code == 2
    assert "--yes" in said.err
    assert path.read_bytes() == before
    assert call("export", form, path, "--dry-run", "--person", "1").code == 0
    assert path.read_bytes() == before
    assert call("export", form, path, "--person", "1", "--yes").code == 0
    assert len(path.read_bytes()) < len(before)
    assert call("export", form, tmp_path).code == 2
    assert call("export", form, tmp_path / "none" / "x").code == 1
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".")] == []


def test_settings_are_listed_and_set_without_a_library(call: Call, tmp_path: Path) -> None:
    rows = {row["key"]: row for row in call("settings", "list", "--json").lines}
    assert rows["vision.detail"]["scope"] == "library"
    assert call("settings", "set", "scan.jobs", "3", "--json").document == {"key": "scan.jobs", "value": 3}
    assert call("settings", "get", "scan.jobs").out == "3\n"
    assert json.loads(call("settings", "get", "--json", "scan.exclude").out) == []
    assert call("settings", "get", "scan.job").code == 2
    assert call("settings", "set", "scan.jobs", "-3").code == 2
    call("library", "create")
    assert call("settings", "set", "vision.detail", "fast").code == 0
    assert call("settings", "get", "vision.detail").out == "fast\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--method", "nonsense"), "infomap"),
        (("--option", "nonsense=1"), "least_quality"),
        (("--option", "k"), "K=V"),
        (("--option", "strangers=-1"), "strangers"),
        (("--option", "k=many"), "k"),
    ],
)
def test_wrong_options_of_a_method_say_which_there_are(
    call: Call, library: Path, words: tuple[str, ...], says: str
) -> None:
    said = call("cluster", *words)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert not list((library / "backups").iterdir())


def test_a_scan_of_nothing_is_wrong_usage(call: Call, tmp_path: Path) -> None:
    assert call("scan", tmp_path / "none").code == 2
    assert call("scan").code == 2


def test_a_scan_reports_every_field_and_failed_files_with_3(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    assert call("scan", folder, "--json").code == 0
    (folder / "[red]empty.jpg").touch()
    said = call("scan", "--json", "--profile")
    assert said.code == 3
    report = said.document
    assert report["photos"] == {
        "seen": 1, "new": 0, "changed": 0, "moved": 0, "duplicate": 0, "unchanged": 0, "missing": 0, "failed": 1,
    }  # fmt: skip
    assert {"faces", "people", "groups", "seconds", "failures"} <= set(report)
    assert report["failures"] == [{"path": str(folder / "[red]empty.jpg"), "reason": "the file is empty"}]
    assert {"walk", "total"} <= set(report["seconds"])
    words = call("scan")
    assert f"{folder}/[red]empty.jpg: the file is empty" in words.out.replace(os.sep, "/")
    assert "\x1b" not in words.out + words.err


def test_quiet_and_verbose(call: Call, library: Path) -> None:
    assert call("people", "name", "1", "Ann", "--quiet").err == ""
    assert "Person 1 is Bob." in call("people", "name", "1", "Bob").err
    assert str(library) in call("people", "list", "--verbose").err


def test_a_locked_library_can_be_read_but_not_written(call: Call, library: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from faceorganizer.db.database import Database\n"
        "with Database.open(Path(sys.argv[1])).lock(): print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(library)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert call("people", "list").code == 0
        said = call("people", "name", "1", "Ann")
        assert said.code == 1
        assert str(holder.pid) in said.err
        assert holder.stdin is not None
        holder.stdin.close()
    assert call("people", "name", "1", "Ann").code == 0
    Database.open(library).close()


def test_an_empty_path_is_not_the_current_folder(call: Call) -> None:
    for words in (("scan", ""), ("folders", "add", " "), ("--library", "", "people", "list"), ("export", "csv", "")):
        done = call(*words)
        assert done.code == 2
        assert "The path is empty" in done.err


def test_a_setting_may_be_negative(library: Path, call: Call) -> None:
    assert call("settings", "set", "vision.min_score", "-0.1").code == 0
    assert call("settings", "get", "vision.min_score").out == "-0.1\n"


def test_only_what_failed_is_read_again(call: Call, library: Path, tmp_path: Path) -> None:
    called = call("scan", "--retry-failed", "--no-cluster", "--json")
    assert called.code == 0
    assert called.document["photos"]["seen"] == 0
    assert called.document["photos"]["missing"] == 1
    assert call("photos", "--failed").out.count("\n") <= 1
    assert call("scan", "--retry-failed", "--watch").code == 2
    assert call("scan", "--retry-failed", tmp_path / "elsewhere", "--no-cluster").code == 0


def test_what_is_left_out_of_a_folder_is_said_anew(call: Call, library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    assert call("folders", "exclude", folder, "*.gif", "Screenshots/", "*.gif").code == 0
    assert call("folders", "list", "--json").lines[0]["exclude"] == ["*.gif", "Screenshots"]
    assert call("folders", "exclude", folder, "--nothing", "--json").document == {"path": str(folder), "exclude": []}
    assert call("folders", "list", "--json").lines[0]["exclude"] == []
    assert call("folders", "exclude", folder).code == 2
    assert call("folders", "exclude", tmp_path / "none", "*.gif").code == 1


def test_the_cache_can_be_emptied(call: Call, library: Path) -> None:
    kept = library / "cache" / "faces" / "ab"
    kept.mkdir(parents=True, exist_ok=True)
    said = call("library", "empty-cache", "--json")
    assert said.code == 0
    assert said.document == {"deleted": 0, "bytes": 0}


def test_foreseeing_takes_a_strictness_only(call: Call, library: Path) -> None:
    assert call("--dry-run", "cluster", "--method", "hdbscan").code == 2
    assert call("--dry-run", "cluster", "--option", "strangers=many").code == 2
    assert call("--dry-run", "cluster", "--option", "k=3").code == 2
    assert call("--dry-run", "cluster", "--option", "strangers=-1").code == 2
