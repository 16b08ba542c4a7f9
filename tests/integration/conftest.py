"""Albums that are scanned once and copied for each test that wants to change one."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from album_material import Program, Scanned, build_album, build_long_album, canonical

LONG = 48


@dataclass(frozen=True)
class Template:
    """An album as it was scanned the first time.

    Attributes:
        folder: Holds "album" and "library".
        report: Of the scan.
    """

    folder: Path
    report: Any


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Must not be changed: tests share it."""
    folder = tmp_path_factory.mktemp("template")
    build_album(folder / "album")
    return Template(folder, Program(folder / "library").scan(folder / "album"))


@pytest.fixture
def scanned(template: Template, tmp_path: Path) -> Scanned:
    """A scanned album of the test's own."""
    for name in ("album", "library"):
        shutil.copytree(template.folder / name, tmp_path / name)
    album = Scanned(tmp_path / "album", Program(tmp_path / "library"))
    with album.program.open() as library:
        library.folders.relocate(template.folder / "album", album.folder)
    return album


@pytest.fixture
def fresh(tmp_path: Path) -> Scanned:
    """An empty folder, and no library yet."""
    (tmp_path / "album").mkdir()
    return Scanned(tmp_path / "album", Program(tmp_path / "library"))


@dataclass(frozen=True)
class LongAlbum:
    """An album whose scan takes seconds.

    Attributes:
        folder: Must not be changed: tests share it.
        photos: How many.
        result: What a library knows of it after a scan that nothing disturbs.
    """

    folder: Path
    photos: int
    result: dict[str, Any]


@pytest.fixture(scope="session")
def long_album(tmp_path_factory: pytest.TempPathFactory) -> LongAlbum:
    folder = tmp_path_factory.mktemp("long")
    build_long_album(folder / "album", LONG)
    program = Program(folder / "library")
    program.scan(folder / "album")
    return LongAlbum(folder / "album", LONG, canonical(program.library))


@pytest.fixture(scope="session")
def without_rights() -> tuple[str, ...]:
    """Words before a command that make it obey permissions: nothing obeys them when it runs as root."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions of POSIX")
    if os.geteuid() != 0:
        return ()
    rights = "-dac_override,-dac_read_search"
    words = ("setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}")
    if shutil.which("setpriv") is None or subprocess.run([*words, sys.executable, "-c", ""], check=False).returncode:
        pytest.skip("runs as root, and setpriv cannot take its rights away")
    return words
