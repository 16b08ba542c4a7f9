"""Scans of pictures that are damaged or made to do harm: they are told, and the others are found.

tests/benchmarks/mutated_files.py does the same with a thousand files.
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from album_material import LINUX, PATIENCE, Program
from mutated_pictures import originals, write_good, write_mutated

# Runs in every process that Python starts with this file on its path: a decoder's bug, by the name of the file.
CRASH = """
import ctypes, os, sys, time

def look(event, arguments):
    if event == "open" and "--multiprocessing-fork" in sys.orig_argv:
        name = os.path.basename(str(arguments[0]))
        if name == "crash.jpg":
            ctypes.string_at(0)
        if name == "abort.jpg":
            os.abort()
        if name == "exit.jpg":
            os._exit(3)
        if name == "hang.jpg":
            time.sleep(3600)

sys.addaudithook(look)
"""


@pytest.fixture
def album(tmp_path: Path) -> Path:
    return tmp_path / "album"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "library")


@pytest.mark.slow
def test_every_format_mutated(program: Program, album: Path) -> None:
    """The scan ends, every file is accounted for, what failed has a reason, and good files among them are found."""
    done = write_mutated(album / "bad", 3 * len(originals()), seed=9)
    good = write_good(album / "good", 6)
    report = program.scan(album, "--jobs", "2", code=3)
    assert report["photos"]["seen"] == len(done) + len(good)
    failures = {Path(failure["path"]).name: failure["reason"] for failure in report["failures"]}
    assert failures
    assert all(reason.strip() and "Traceback" not in reason for reason in failures.values())
    assert not {name: reason for name, reason in failures.items() if "please report" in reason}
    assert failures.keys() <= done.keys()
    with program.open() as library:
        for path in good:
            assert len(library.faces.list(photo=path)) == 1
    program.check()


@dataclass(frozen=True)
class Crashing(Program):
    """The program with decoders that crash on certain files."""

    hook: Path = Path()

    @property
    def environment(self) -> dict[str, str]:
        inherited = super().environment
        return {**inherited, "PYTHONPATH": os.pathsep.join([str(self.hook), inherited["PYTHONPATH"]])}


@LINUX
@pytest.mark.slow
def test_a_decoder_that_crashes_is_blamed_on_its_file(program: Program, album: Path, tmp_path: Path) -> None:
    """Real ones: a null pointer followed, an abort, an exit, and one that never ends."""
    good = write_good(album, 8)
    said = {
        "crash.jpg": "signal 11",
        "abort.jpg": "signal 6",
        "exit.jpg": "exit code 3",
        "hang.jpg": "longer than 10 s",
    }
    for number, name in enumerate(said):
        write_good(tmp_path / "spare", 9 + number)[-1].replace(album / name)
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(CRASH)
    crashing = Crashing(program.library, hook=hook)
    crashing.run("settings", "set", "scan.task_seconds", "10")
    started = time.monotonic()
    report = crashing.scan(album, "--jobs", "2", code=3)
    assert time.monotonic() - started < PATIENCE
    failures = {Path(failure["path"]).name: failure["reason"] for failure in report["failures"]}
    assert failures.keys() == said.keys()
    for name, words in said.items():
        assert words in failures[name], failures
    with program.open() as library:
        for path in good:
            assert len(library.faces.list(photo=path)) == 1
    program.check()
    again = program.document("scan", "--retry-failed")  # the decoder was mended since
    assert again["failures"] == []
    with program.open() as library:
        assert len(library.faces.list()) == len(good) + len(said)
