"""Makes the packages of Face Organizer: `python3 packaging/build.py COMMAND`.

What is built and what it is built with comes from the pins in this folder, into an environment in build/; results lie
in dist/.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Final

PACKAGING: Final = Path(__file__).resolve().parent
ROOT: Final = PACKAGING.parent
BUILD: Final = ROOT / "build"
DIST: Final = ROOT / "dist"
FOLDER: Final = DIST / "faceorganizer"
VENV: Final = BUILD / "venv"
PYTHON: Final = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS: Final = ("requirements-build.txt", "requirements.txt", "requirements-packaging.txt")
COMMANDS: Final = {
    "folder": "the folder of the program, with all it needs (PyInstaller); needs nothing installed but the system",
    "deb": "a package for Debian and its relatives, around the folder",
    "appdir": "an AppDir around the folder; `appimagetool dist/Face_Organizer.AppDir` makes an AppImage of it",
    "wheel": "wheel and source package, checked",
    "notices": "packaging/THIRD_PARTY_NOTICES.txt anew, after a change of the pins",
    "icons": "build/icons: the icon in all sizes",
    "check": "check the entry for the menu and the description for software centres",
    "pipx": "install the checkout with pipx into an empty home, and start it there",
}


def main() -> int:
    """Carry out the commands, in the environment of the pins."""
    listed = "\n".join(f"  {name:8} {text}" for name, text in COMMANDS.items())
    parser = argparse.ArgumentParser(
        description=f"{__doc__}\n\nCommands:\n{listed}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("commands", nargs="+", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("--screenshots-at", default="", metavar="ADDRESS", help="web folder with the screenshots")
    wanted = parser.parse_args()
    if Path(sys.prefix).resolve() != VENV.resolve():
        _prepare()
        return subprocess.call([PYTHON, "-P", __file__, *sys.argv[1:]], env=_clean())
    sys.path.insert(0, str(PACKAGING))
    for command in wanted.commands:
        _carry_out(command, wanted.screenshots_at)
    return 0


def _prepare() -> None:
    """Make the environment, unless the one that is there has these very pins."""
    recipe = hashlib.sha256(sys.version.encode())
    for lock in LOCKS:
        recipe.update((PACKAGING / lock).read_bytes())
    stamp = VENV / "recipe"
    if stamp.is_file() and stamp.read_text() == recipe.hexdigest():
        return
    print(f"Making {VENV}.", flush=True)  # noqa: T201
    venv.create(VENV, clear=True, with_pip=True)
    install: list[str | Path] = [PYTHON, "-I", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    for lock in LOCKS:
        # What has no wheel is built with the pins of the first.
        constraint: list[str | Path] = ["--build-constraint", PACKAGING / LOCKS[0]] if lock != LOCKS[0] else []
        words = [*install, "--no-deps", "--require-hashes", *constraint, "-r", PACKAGING / lock]
        subprocess.run(words, check=True, env=_clean())
    stamp.write_text(recipe.hexdigest())


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}


def _carry_out(command: str, screenshots_at: str) -> None:
    import checks
    import icons
    import notices

    if command == "notices":
        notices.INVENTORY.write_text(notices.inventory(), encoding="utf-8")
    elif command == "icons":
        icons.draw(BUILD / "icons")
    elif command == "wheel":
        _run(sys.executable, "-m", "hatchling", "build", "--directory", DIST)
        checks.check_distributions(DIST)
    elif command == "check":
        checks.check_desktop()
    elif command == "pipx":
        checks.check_pipx()
    elif command == "folder":
        _say_size(build_folder())
    else:
        _build_around_folder(command, screenshots_at)


def _build_around_folder(command: str, screenshots_at: str) -> None:
    import appdir
    import debian

    if not FOLDER.is_dir():
        build_folder()
    if command == "deb":
        _say_size(debian.build(FOLDER, DIST, screenshots_at))
    else:
        _say_size(appdir.build(FOLDER, DIST, screenshots_at))


def build_folder() -> Path:
    """Build the folder of the program, and put the licences into it."""
    import icons
    import notices
    import project

    icons.draw(BUILD / "icons")
    shutil.rmtree(FOLDER, ignore_errors=True)
    project.SYSTEM_LIBRARIES.unlink(missing_ok=True)
    spec, work = PACKAGING / "faceorganizer.spec", BUILD / "pyinstaller"
    _run(sys.executable, "-m", "PyInstaller", "--noconfirm", "--distpath", DIST, "--workpath", work, spec)
    libraries: dict[str, str] = {}
    if project.SYSTEM_LIBRARIES.is_file():
        libraries = json.loads(project.SYSTEM_LIBRARIES.read_text(encoding="utf-8"))
    text = notices.full({name: Path(path) for name, path in libraries.items()})
    (FOLDER / "THIRD_PARTY_NOTICES.txt").write_text(text, encoding="utf-8")
    shutil.copyfile(notices.project_licence(), FOLDER / "LICENSE")
    if sys.platform == "linux":
        import stripping

        stripping.strip_debug_information(FOLDER)
    return FOLDER


def _run(*command: object) -> None:
    subprocess.run([str(word) for word in command], check=True, cwd=ROOT)


def _say_size(path: Path) -> None:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file() and not file.is_symlink()]
    size = sum(file.stat().st_size for file in files)
    print(f"{path.relative_to(ROOT)}: {size / 1e6:.0f} MB")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
