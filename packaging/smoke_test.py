"""Tries packages in a bare Debian without Python: `.venv/bin/python packaging/smoke_test.py folder appdir deb`.

Needs root, debootstrap and Xvfb, Debian's mirror while it installs, and what packaging/build.py has built. What is
tried runs in namespaces of its own, without a network.
"""

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np
import pillow_heif
import skimage.data
from PIL import Image, ImageGrab

ROOT: Final = Path(__file__).resolve().parents[1]
DIST: Final = ROOT / "dist"
BARE: Final = ROOT / "build" / "bare"
KINDS: Final = ("folder", "appdir", "deb")
FORMATS: Final = ("jpg", "png", "webp", "tif", "heic", "avif")
METHODS: Final = ("hdbscan", "dlib-chinese-whispers", "infomap")
WINDOW_SECONDS: Final = 20
PHOTOS, LIBRARY = "/srv/photos", "/srv/library"
# What /usr and /etc keep of packages that are gone.
KEPT: Final = re.compile(r"^/(var|proc|sys|dev|run|tmp|srv|root|home)(/|$)|^/etc/ld\.so\.cache$")


class System:
    """A bare Debian in a folder; nothing of it is started but what is asked for.

    Args:
        root: Its folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def start(self, command: str, *, network: bool = False, screen: str = "") -> "subprocess.Popen[str]":
        """Start a command of the shell inside."""
        mounts = ["mount -t proc proc proc", "mount -t tmpfs tmpfs dev/shm"]
        variables = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}
        if screen:
            mounts += ["mkdir -p tmp/.X11-unix", "mount --bind /tmp/.X11-unix tmp/.X11-unix"]
            variables["DISPLAY"] = screen
        words = ["/usr/bin/env", "-i", *(f"{name}={value}" for name, value in variables.items()), "/bin/sh", "-ec"]
        script = "; ".join([*mounts, f"exec chroot . {shlex.join([*words, command])}"])
        namespaces = ["--mount", "--pid", "--fork", "--kill-child", *([] if network else ["--net"])]
        return subprocess.Popen(
            ["unshare", *namespaces, "sh", "-ec", script],
            cwd=self.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, command: str, *, network: bool = False) -> str:
        """Run a command of the shell inside, and return what it said."""
        process = self.start(command, network=network)
        said, _ = process.communicate()
        if process.returncode:
            raise SystemExit(f"{command}: exit code {process.returncode}\n{said}")
        return said

    def apt(self, words: str) -> None:
        """Install or remove packages."""
        self.run(f"DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends {words}", network=True)

    def files(self) -> set[str]:
        """All that is there, but for what is no package's."""
        found = self.run("find / -xdev").splitlines()
        return {path for path in found if not KEPT.search(path)}


@contextmanager
def bare_system() -> Iterator[System]:
    """A copy of a system with nothing but what Debian cannot do without, and surely no Python."""
    if not (BARE / "usr/bin/apt-get").exists():
        release = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line)
        subprocess.run(["debootstrap", "--variant=minbase", release["VERSION_CODENAME"].strip('"'), BARE], check=True)
    with tempfile.TemporaryDirectory(prefix="bare-", dir=ROOT / "build") as temporary:
        root = Path(temporary, "root")
        subprocess.run(["cp", "-a", BARE, root], check=True)
        _take_apt_settings(root)
        system = System(root)
        system.run("! command -v python3")
        yield system


def _take_apt_settings(root: Path) -> None:
    """Packages come from where this machine gets its own."""
    for path in ("/etc/resolv.conf", "/etc/hosts", *map(str, Path("/etc/apt/apt.conf.d").glob("99*"))):
        shutil.copyfile(path, root / path.lstrip("/"))
    sources = [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").iterdir()]
    if deb822 := [path for path in sources if path.is_file() and "debian-archive-keyring" in path.read_text()]:
        (root / "etc/apt/sources.list").unlink(missing_ok=True)
        for source in deb822:
            shutil.copyfile(source, root / "etc/apt/sources.list.d" / source.name)


@contextmanager
def virtual_screen() -> Iterator[str]:
    """A screen that nobody sees; its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x832x24", "-ac", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def make_photos(folder: Path) -> None:
    """Put one face into a photo of each format, never the same pixels."""
    folder.mkdir(parents=True)
    pillow_heif.register_heif_opener()
    picture = Image.fromarray(skimage.data.astronaut())
    for number, suffix in enumerate(FORMATS):
        picture.crop((4 * number, 0, 512, 500 - 4 * number)).save(folder / f"photo {number}.{suffix}", quality=92)


def scan(system: System, program: str) -> None:
    """Scan photos, group their faces by several methods, and let the program look at itself."""
    make_photos(system.root / PHOTOS.lstrip("/"))
    version = system.run(f"{program} --version").strip()
    assert version.startswith("faceorganizer "), version
    system.run(f"{program} --library {LIBRARY} --quiet scan {PHOTOS}")
    for method in METHODS:
        system.run(f"{program} --library {LIBRARY} --quiet cluster --method {method}")
    listed = system.run(f"{program} --library {LIBRARY} people list --json")
    people = [json.loads(line) for line in listed.splitlines()]
    assert [person["faces"] for person in people] == [len(FORMATS)], listed
    for figure in ("quality.png", "quality.svg"):
        system.run(f"{program} --library {LIBRARY} --quiet insight quality /srv/{figure}")
        assert (system.root / "srv" / figure).stat().st_size > 10_000, figure
    assert "Nothing is wrong." in system.run(f"{program} doctor")
    say(f"{version}: {len(FORMATS)} photos of {len(FORMATS)} formats scanned, one person found")


def show(system: System, program: str, picture: Path) -> None:
    """Open the window, look at the screen, and ask the program to end."""
    with virtual_screen() as screen:
        ended = f"exec timeout --preserve-status --signal=TERM {WINDOW_SECONDS} {program} --library {LIBRARY} gui"
        window = system.start(ended, screen=screen)
        time.sleep(WINDOW_SECONDS - 4)
        shot = ImageGrab.grab(xdisplay=screen)
        said, _ = window.communicate(timeout=120)
    shot.save(picture)
    pixels = np.asarray(shot.convert("L"))
    assert not window.returncode, f"exit code {window.returncode}\n{said}"
    assert pixels.std() > 10, f"{picture} is empty: {said}"
    say(f"The window was shown ({picture.relative_to(ROOT)}) and closed; it said {said.strip() or 'nothing'}")


def system_libraries() -> str:
    """The packages that the .deb depends on, as apt takes them."""
    depends = subprocess.run(["dpkg-deb", "-f", _deb(), "Depends"], check=True, capture_output=True, text=True).stdout
    return " ".join(part.split("|")[0].split("(")[0].strip() for part in depends.split(","))


def try_unpacked(name: str, program: str) -> None:
    """Try a folder that is just copied: the command line in the bare system, the window with what a desktop has."""
    with bare_system() as system:
        shutil.copytree(DIST / name, system.root / "opt" / name, symlinks=True)
        scan(system, f"/opt/{name}/{program}")
        system.apt("update")
        system.apt(f"install {system_libraries()}")
        show(system, f"/opt/{name}/{program}", DIST / f"window-{name}.png")


def try_deb() -> None:
    """Install the package, scan, show, remove it; nothing may stay behind."""
    package = _deb()
    with bare_system() as system:
        system.apt("update")
        before = system.files()
        shutil.copyfile(package, system.root / "srv" / package.name)
        system.apt(f"install /srv/{package.name}")
        system.run("! command -v python3")
        scan(system, "faceorganizer")
        show(system, "faceorganizer", DIST / "window-deb.png")
        system.apt("purge faceorganizer")
        of_it = {path for path in system.files() - before if "faceorganizer" in path.lower()}
        assert not of_it, f"These stay behind: {sorted(of_it)}"
        system.apt("autoremove --purge")
        left = system.files() - before
        say(f"Removed; of the package nothing stays, of the {len(before)} files before and its dependencies: {left}")
        assert (system.root / LIBRARY.lstrip("/") / "library.sqlite").is_file(), "The user's library is gone."


def _deb() -> Path:
    (package,) = DIST.glob("faceorganizer_*.deb")
    return package


def say(text: str) -> None:
    """Tell how far it is."""
    print(text, flush=True)  # noqa: T201


def main(words: Sequence[str]) -> int:
    """Try what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="+", choices=KINDS)
    for kind in parser.parse_args(words).kinds:
        say(f"--- {kind}")
        if kind == "folder":
            try_unpacked("faceorganizer", "faceorganizer")
        elif kind == "appdir":
            try_unpacked("Face_Organizer.AppDir", "AppRun")
        else:
            try_deb()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
