"""Scans that are interrupted, killed, crowded, watched or run out of room: nothing lost, nothing double."""

import json
import os
import queue
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

import psutil
import pytest
from album_material import (
    PATIENCE,
    POSIX,
    Program,
    Scanned,
    build_long_album,
    canonical,
    counts,
    descendants,
    ended,
    every_row,
    interrupt,
    portrait,
    reading,
    save_jpeg,
    searched,
    wait_until,
    workers,
)

pytestmark = POSIX


@dataclass(frozen=True)
class Disturbed:
    """A library that is being filled from the long album.

    Attributes:
        program: The program with the library.
        album: The long album.
    """

    program: Program
    album: Any

    def started(self, *words: object) -> Any:
        return self.program.started("scan", self.album.folder, "--jobs", "1", *words)

    def wait_for(self, photos: int, process: "subprocess.Popen[str]") -> None:
        """Wait until so many photos are in the library."""
        wait_until(
            lambda: searched(self.program.library) >= photos or process.poll() is not None, f"{photos} photos searched"
        )

    def check_finished(self) -> None:
        """Another scan must leave the library as if nothing had disturbed the first one."""
        self.program.check()
        report = self.program.scan(self.album.folder)
        assert report["photos"]["seen"] == self.album.photos
        assert report["failures"] == []
        assert canonical(self.program.library) == self.album.result
        self.program.check()


@pytest.fixture
def disturbed(long_album: Any, tmp_path: Path) -> Disturbed:
    return Disturbed(Program(tmp_path / "library"), long_album)


def test_ctrl_c_in_the_middle_keeps_what_was_done_and_the_next_scan_goes_on(disturbed: Disturbed) -> None:
    with disturbed.started() as process:
        disturbed.wait_for(3, process)
        family = descendants(process.pid)
        interrupt(process)
        code, _, stderr = ended(process)
    assert code == 130
    assert "Cancelled; what was done so far is kept." in stderr
    assert psutil.wait_procs(family, timeout=20)[1] == []
    done = searched(disturbed.program.library)
    assert 3 <= done < disturbed.album.photos
    with disturbed.program.open() as library:
        report = library.scan(jobs=2)
    assert report.analysed == disturbed.album.photos - done  # nothing twice
    disturbed.check_finished()


def test_ctrl_c_while_grouping_leaves_the_faces_to_the_next_scan(fresh: Scanned) -> None:
    for variant in range(3):
        save_jpeg(portrait(variant), fresh.folder / f"{variant}.jpg")
    with fresh.program.started("scan", fresh.folder, "--jobs", "1") as process:
        wait_until(lambda: searched(fresh.program.library) == 3, "all photos searched")
        interrupt(process)
        assert ended(process)[0] == 130
    assert fresh.program.lines("people", "list") == []
    report = fresh.scan()
    assert counts(report) == {"unchanged": 3}
    assert (report["faces"], report["groups"]) == (3, 1)


def test_killed_three_times_nothing_is_lost_and_nothing_is_double(disturbed: Disturbed) -> None:
    for _ in range(3):
        with disturbed.started() as process:
            disturbed.wait_for(searched(disturbed.program.library) + random.randint(0, 4), process)
            time.sleep(random.uniform(0, 0.6))
            family = descendants(process.pid)
            process.kill()
            process.wait(PATIENCE)
        assert psutil.wait_procs(family, timeout=20)[1] == [], "workers outlive the program"
        if (disturbed.program.library / "library.sqlite").exists():
            disturbed.program.check()
    disturbed.check_finished()


def test_a_worker_that_is_killed_costs_one_photo_until_the_next_scan(disturbed: Disturbed) -> None:
    with disturbed.started("--json") as process:
        disturbed.wait_for(2, process)
        (worker,) = workers(process.pid)
        worker.suspend()  # so that it surely has a photo at hand when it dies
        time.sleep(1)
        worker.kill()
        code, stdout, _ = ended(process)
    report = json.loads(stdout)
    assert code == 3
    (failure,) = report["failures"]
    assert failure["reason"] == "the decoder was killed (signal 9), perhaps for lack of memory"
    assert report["photos"]["failed"] == 1
    assert report["faces"] == disturbed.album.photos - 1
    disturbed.check_finished()


def test_photos_that_vanish_during_the_scan_are_told_and_stop_nothing(fresh: Scanned) -> None:
    build_long_album(fresh.folder, 12)
    with fresh.program.started("scan", fresh.folder, "--jobs", "1", "--json", "--no-cluster") as process:
        wait_until(lambda: searched(fresh.program.library) >= 1, "a photo searched")
        process.send_signal(signal.SIGSTOP)
        shutil.rmtree(fresh.folder / "0")  # four files, the last in line
        process.send_signal(signal.SIGCONT)
        code, stdout, _ = ended(process)
    report = json.loads(stdout)
    assert code == 3
    assert 1 <= len(report["failures"]) <= 4
    assert {failure["reason"] for failure in report["failures"]} == {"it is no longer there"}
    assert {Path(failure["path"]).parent for failure in report["failures"]} == {fresh.folder / "0"}
    fresh.program.check()
    report = fresh.scan("--no-cluster")
    assert counts(report) == {"unchanged": 8, "missing": 4}
    assert report["faces"] == 8


@pytest.fixture
def frozen(disturbed: Disturbed) -> "Iterator[subprocess.Popen[str]]":
    """A scan stopped in the middle, with the library in its hands."""
    with disturbed.started() as process:
        disturbed.wait_for(1, process)
        process.send_signal(signal.SIGSTOP)
        yield process
        process.send_signal(signal.SIGCONT)


def test_a_second_writer_is_told_who_is_writing(
    disturbed: Disturbed, frozen: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    before = canonical(disturbed.program.library)
    for words in (("scan",), ("cluster",), ("people", "name", "face:1", "Somebody"), ("folders", "add", tmp_path)):
        done = disturbed.program.run(*words, code=1)
        assert f"is being written to by process {frozen.pid}" in done.stderr
        assert done.stderr.count("\n") == 1
    assert canonical(disturbed.program.library) == before


def test_reading_commands_work_beside_a_scan(
    disturbed: Disturbed, frozen: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    program = disturbed.program
    faces = program.lines("faces", "list")
    assert 1 <= len(faces) < disturbed.album.photos
    assert {photo["state"] for photo in program.lines("photos")} == {"present"}
    assert program.lines("people", "list") == []
    assert program.document("library", "info")["faces"]["active"] == len(faces)
    assert program.document("library", "check")["sound"]
    assert program.lines("folders", "list")[0]["online"]
    program.run("export", "json", tmp_path / "faces.json")
    assert len(json.loads((tmp_path / "faces.json").read_text())["faces"]) == len(faces)


def test_watching_takes_in_what_appears_and_notes_what_goes(fresh: Scanned, tmp_path: Path) -> None:
    save_jpeg(portrait(0), fresh.folder / "a.jpg")
    program = fresh.program
    program.run("library", "create")
    program.run("settings", "set", "scan.settle_seconds", "0.3")
    with program.started("scan", fresh.folder, "--watch", "--json", "--jobs", "1", "--no-cluster") as process:
        assert process.stdout is not None
        with reports_of(process.stdout) as reports:
            assert counts(reports.get(timeout=PATIENCE)) == {"new": 1}
            time.sleep(1)  # until it watches; what comes earlier is found by its first look
            save_jpeg(portrait(1), tmp_path / "b.jpg")
            (fresh.folder / "sub").mkdir()
            shutil.move(tmp_path / "b.jpg", fresh.folder / "sub" / "b.jpg")
            report = reports.get(timeout=PATIENCE)
            assert counts(report) == {"new": 1, "unchanged": 1}
            assert report["faces"] == 2
            (fresh.folder / "a.jpg").unlink()
            report = reports.get(timeout=PATIENCE)
            assert counts(report) == {"unchanged": 1, "missing": 1}
            assert report["faces"] == 1
            interrupt(process)
            process.wait(PATIENCE)
    assert process.returncode == 130
    program.check()
    assert counts(program.scan("--no-cluster")) == {"unchanged": 1}


@contextmanager
def reports_of(stream: IO[str]) -> "Iterator[queue.Queue[Any]]":
    """The JSON objects that a program prints, one a line, as they come."""
    reports: queue.Queue[Any] = queue.Queue()

    def read() -> None:
        for line in stream:
            reports.put(json.loads(line))

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    yield reports
    thread.join(PATIENCE)


def test_a_full_disk_ends_in_a_plain_message_and_a_sound_library(disturbed: Disturbed) -> None:
    program = disturbed.program
    program.run("library", "create")
    program.run("folders", "add", disturbed.album.folder)
    room = 90_000  # bytes a file, for the write-ahead log: fewer than the scan needs
    limit = f"import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}));"
    cramped = replace(program, prefix=(sys.executable, "-c", limit + "os.execv(sys.argv[1], sys.argv[1:])"))
    done = cramped.run("scan", "--jobs", "1", code=1)
    assert str(program.library) in done.stderr
    assert "free space" in done.stderr or "disk is full" in done.stderr
    assert searched(program.library) < disturbed.album.photos
    disturbed.check_finished()


def test_a_full_file_system_ends_in_a_plain_message_and_a_sound_library(disturbed: Disturbed, tmp_path: Path) -> None:
    small = tmp_path / "small disk"
    small.mkdir()
    mounted = (
        shutil.which("mount")
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", small], check=False, capture_output=True
        ).returncode
    )
    if not mounted:
        pytest.skip("may not mount a small file system")
    try:
        (small / "ballast").write_bytes(bytes(120_000))
        program = Program(small / "library")
        done = program.run("scan", disturbed.album.folder, "--jobs", "1", code=1)
        assert "The disk is full" in done.stderr
        (small / "ballast").unlink()
        program.check()
        assert len(program.lines("faces", "list")) == searched(program.library) < disturbed.album.photos
    finally:
        subprocess.run(["umount", small], check=True)


def test_a_library_of_a_newer_version_is_refused_untouched(scanned: Scanned) -> None:
    library = scanned.program.library
    with closing(sqlite3.connect(library / "library.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 9999")

    def everything() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in library.rglob("*") if path.is_file()}

    before = everything()
    for words in (
        ("scan", scanned.folder),
        ("people", "list"),
        ("library", "info"),
        ("cluster",),
        ("library", "create"),
    ):
        done = scanned.program.run(*words, code=1)
        if words != ("library", "create"):
            assert "newer version" in done.stderr
            assert "Update Face Organizer" in done.stderr
        assert everything() == before


def test_a_damaged_library_is_told_and_stays(scanned: Scanned) -> None:
    path = scanned.program.library / "library.sqlite"
    data = bytearray(path.read_bytes())
    for page in range(4096 * 2, len(data), 4096 * 3):
        data[page : page + 300] = os.urandom(300)
    path.write_bytes(data)
    for words in (("scan", scanned.folder), ("faces", "list")):
        assert "damaged" in scanned.program.run(*words, code=1).stderr
    checked = scanned.program.run("library", "check", code=1)
    assert "damaged" in checked.stdout + checked.stderr


def test_reading_leaves_the_library_as_it_is(scanned: Scanned) -> None:
    before = every_row(scanned.program.library)
    for words in (("photos",), ("faces", "list"), ("people", "list"), ("library", "info"), ("settings", "list")):
        scanned.program.run(*words)
    with reading(scanned.program.library):
        assert every_row(scanned.program.library) == before
