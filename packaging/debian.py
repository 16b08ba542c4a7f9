"""A Debian package around the folder of the program."""

import gzip
import hashlib
import json
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Final

import desktop
import project

PACKAGE: Final = "faceorganizer"
MAINTAINER: Final = "Face Organizer developers <developers@faceorganizer.invalid>"
# Loaded while the program runs, so that no binary names them.
LOADED: Final = ("fontconfig-config",)
DESCRIPTION: Final = """\
find the people in folders of photos
 Face Organizer looks through folders of photos, finds the faces, puts those of
 one person together and lets you name them. Photos, faces and names stay on
 this computer.
 .
 The window and the command line do the same things. The package brings its own
 Python and all libraries but those of the desktop.
"""


def build(folder: Path, into: Path, screenshots_at: str = "") -> Path:
    """Make the package.

    Args:
        folder: That of the program, as PyInstaller made it.
        into: Where the package is put.
        screenshots_at: See desktop.metainfo.

    Returns:
        The package.
    """
    architecture = _said("dpkg", "--print-architecture").strip()
    with tempfile.TemporaryDirectory(dir=project.BUILD) as temporary:
        tree = Path(temporary, "tree")
        _fill(tree, folder, screenshots_at)
        control = tree / "DEBIAN"
        control.mkdir()
        (control / "md5sums").write_text(_sums(tree), encoding="utf-8")
        (control / "control").write_text(_control(tree, architecture, Path(temporary)), encoding="utf-8")
        for path in tree.rglob("*"):
            if not path.is_symlink():
                program = path.is_dir() or (path.parent.name == "faceorganizer" and path.name == "faceorganizer")
                path.chmod(0o755 if program else 0o644)
        package = into / f"{PACKAGE}_{project.version()}_{architecture}.deb"
        subprocess.run(["dpkg-deb", "--root-owner-group", "-Zzstd", "-z10", "--build", tree, package], check=True)
    return package


def _fill(tree: Path, folder: Path, screenshots_at: str) -> None:
    usr = tree / "usr"
    shutil.copytree(folder, usr / "lib" / PACKAGE, symlinks=True)
    leave_out_system_libraries(usr / "lib" / PACKAGE)
    (usr / "bin").mkdir()
    (usr / "bin" / PACKAGE).symlink_to(f"../lib/{PACKAGE}/faceorganizer")
    desktop.install(usr, screenshots_at)
    documents = usr / "share/doc" / PACKAGE
    documents.mkdir(parents=True)
    (documents / "copyright").write_text(_copyright(), encoding="utf-8")
    # Beside the program these would be there twice.
    (usr / "lib" / PACKAGE / "LICENSE").unlink()
    shutil.move(usr / "lib" / PACKAGE / "THIRD_PARTY_NOTICES.txt", documents)
    changes = project.ROOT / "CHANGELOG.md"
    _compress(changes.read_bytes(), documents / "NEWS.gz")
    _compress(_changelog(changes.stat().st_mtime).encode(), documents / "changelog.gz")
    _compress((documents / "THIRD_PARTY_NOTICES.txt").read_bytes(), documents / "THIRD_PARTY_NOTICES.txt.gz")
    (documents / "THIRD_PARTY_NOTICES.txt").unlink()
    manual = usr / "share/man/man1"
    manual.mkdir(parents=True)
    _compress((project.PACKAGING / "faceorganizer.1").read_bytes(), manual / "faceorganizer.1.gz")


def leave_out_system_libraries(folder: Path) -> None:
    """Take out what Debian has itself, and keeps safe; the package depends on it."""
    for name in json.loads(project.SYSTEM_LIBRARIES.read_text(encoding="utf-8")):
        (folder / "_internal" / name).unlink()


def _compress(content: bytes, target: Path) -> None:
    target.write_bytes(gzip.compress(content, 9, mtime=0))


def _copyright() -> str:
    return (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        "Upstream-Name: Face Organizer\n\n"
        "Files: *\n"
        "Copyright: 2026 Face Organizer developers\n"
        "License: GPL-3+\n"
        "Comment: The software that is bundled, with all licences, is listed in\n"
        f" /usr/share/doc/{PACKAGE}/THIRD_PARTY_NOTICES.txt.gz.\n\n"
        "License: GPL-3+\n"
        " This program is free software: you can redistribute it and/or modify it under\n"
        " the terms of the GNU General Public License as published by the Free Software\n"
        " Foundation, either version 3 of the License, or (at your option) any later\n"
        " version. It is distributed in the hope that it will be useful, but WITHOUT ANY\n"
        " WARRANTY. On Debian systems, the full text of the license is in\n"
        " /usr/share/common-licenses/GPL-3.\n"
    )


def _changelog(time: float) -> str:
    """What changed, in Debian's form, which the program's own list is not."""
    return (
        f"{PACKAGE} ({project.version()}) stable; urgency=medium\n\n"
        f"  * Version {project.version()}; all changes are in /usr/share/doc/{PACKAGE}/NEWS.gz.\n\n"
        f" -- {MAINTAINER}  {format_datetime(datetime.fromtimestamp(time, UTC))}\n"
    )


def _control(tree: Path, architecture: str, temporary: Path) -> str:
    size = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file()) >> 10
    return (
        f"Package: {PACKAGE}\n"
        f"Version: {project.version()}\n"
        f"Architecture: {architecture}\n"
        f"Maintainer: {MAINTAINER}\n"
        f"Installed-Size: {size}\n"
        f"Depends: {_depends(tree, temporary)}\n"
        "Recommends: xdg-desktop-portal\n"
        "Suggests: libimage-exiftool-perl\n"
        "Section: graphics\n"
        "Priority: optional\n"
        f"Description: {DESCRIPTION}"
    )


def _depends(tree: Path, temporary: Path) -> str:
    """The packages with the libraries that are needed and not bundled, in the versions that are needed at least."""
    (temporary / "debian").mkdir(exist_ok=True)
    (temporary / "debian" / "control").write_text(f"Source: {PACKAGE}\n\nPackage: {PACKAGE}\nArchitecture: any\n")
    binaries = [path for path in tree.rglob("*") if path.is_file() and not path.is_symlink() and is_elf(path)]
    folders = sorted({path.parent for path in binaries})
    found = _said(
        "dpkg-shlibdeps",
        "-O",
        "--ignore-missing-info",
        "--warnings=0",
        *(f"-l{folder}" for folder in folders),
        *(f"-e{binary}" for binary in binaries),
        cwd=temporary,
    )
    computed = found.partition("shlibs:Depends=")[2].strip()
    return ", ".join([computed, *LOADED])


def is_elf(path: Path) -> bool:
    """Whether a file is a program or library of Linux."""
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _sums(tree: Path) -> str:
    files = sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    lines = []
    for path in files:
        if "DEBIAN" not in path.parts:
            with path.open("rb") as file:
                lines.append(f"{hashlib.file_digest(file, 'md5').hexdigest()}  {path.relative_to(tree)}\n")
    return "".join(lines)


def _said(*command: object, cwd: Path | None = None) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, cwd=cwd)
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stderr}")
    return done.stdout
