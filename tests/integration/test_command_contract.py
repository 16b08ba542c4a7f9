"""Exit codes and plain words of the command line."""

import json
from pathlib import Path

import pytest
from album_material import Program, Scanned

from faceorganizer import __main__, app
from faceorganizer.app import main


@pytest.fixture
def no_library(tmp_path: Path) -> Program:
    return Program(tmp_path / "nothing here")


@pytest.mark.parametrize(
    "words",
    [
        ["folders", "list"],
        ["folders", "remove", "x"],
        ["folders", "relocate", "x", "."],
        ["photos"],
        ["faces", "list"],
        ["people", "list"],
        ["people", "show", "Somebody"],
        ["people", "name", "1", "Somebody"],
        ["people", "merge", "1", "2"],
        ["people", "split", "1", "1"],
        ["cluster"],
        ["export", "csv", "out.csv"],
        ["export", "json", "out.json"],
        ["undo"],
        ["redo"],
        ["history"],
        ["library", "info"],
        ["library", "check"],
        ["library", "backup"],
        ["library", "backup", "copy.sqlite"],
        ["library", "backups"],
        ["library", "restore", "copy.sqlite"],
        ["library", "vacuum"],
        ["library", "forget-faces", "--all"],
        ["settings", "set", "vision.aligner", "5-point"],
    ],
    ids=" ".join,
)
def test_a_missing_library_is_told_with_exit_code_1(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--library", str(tmp_path / "none"), *words]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "no" in captured.err
    assert captured.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ["scan", "--no-such-option"],
        ["scan", "--detail", "perfect", "."],
        ["scan", "--jobs", "0", "."],
        ["no-such-command"],
        ["people", "name", "1"],
        ["faces", "list", "--state", "lost"],
        ["photos", "--year", "soon"],
        ["settings", "set", "scan.jobs", "many"],
        ["settings", "get", "scan.job"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_exit_code_2(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", str(tmp_path / "none"), *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err
    assert not (tmp_path / "none").exists()


def test_a_missing_library_by_the_real_program(no_library: Program) -> None:
    done = no_library.run_apart("people", "list", code=1)
    assert done.stdout == ""
    assert done.stderr.startswith(f"faceorganizer: There is no library in {no_library.library}.")
    assert not no_library.library.exists()


def test_a_scan_without_folders_and_roots_says_what_to_do(no_library: Program) -> None:
    done = no_library.run("scan", code=2)
    assert "scan FOLDER" in done.stderr
    assert done.stdout == ""


def test_a_scan_of_what_is_no_folder_is_wrong_usage(no_library: Program, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "There is no folder" in no_library.run("scan", tmp_path / "nowhere", code=2).stderr
    assert "is not a folder" in no_library.run("scan", tmp_path / "file", code=2).stderr


def test_global_options_go_before_and_after_the_command(scanned: Scanned) -> None:
    before = scanned.program.run_apart("--json", "--quiet", "people", "list").stdout
    after = scanned.program.run_apart("people", "list", "--quiet", "--json").stdout
    assert before == after
    assert all(json.loads(line)["person"] for line in before.splitlines())


def test_an_empty_folder_is_an_empty_library(fresh: Scanned) -> None:
    report = fresh.scan(fresh.folder)
    assert report["photos"]["seen"] == report["faces"] == report["people"] == report["groups"] == 0
    assert fresh.program.run("faces", "list", "--json").stdout == ""
    if hasattr(Path, "owner"):
        assert fresh.program.library.stat().st_mode & 0o077 == 0  # private


def test_unknown_people_photos_and_folders_are_told(scanned: Scanned, tmp_path: Path) -> None:
    for words, said in (
        (["people", "show", "Nobody Known"], "Nobody is named Nobody Known"),
        (["people", "show", "999"], "999"),
        (["faces", "list", "--photo", str(tmp_path / "x.jpg")], "does not know the photo"),
        (["folders", "remove", str(tmp_path / "x")], "has no folder"),
    ):
        done = scanned.program.run(*words, code=1)
        assert said in done.stderr
        assert done.stderr.count("\n") == 1


def test_ctrl_c_while_the_program_loads_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "main", interrupted)
    with pytest.raises(SystemExit) as ended:
        __main__.run()
    assert ended.value.code == 130
    assert capsys.readouterr().err == ""
