"""What the tests of the whole program share: pictures, an album of them, the program itself, and its database.

The pictures are altered copies of one portrait that every machine can have. One face is one person, so these albums
tell what becomes of files, faces, ids and names; whether people are told apart is tried on labelled photos.
"""

import io
import json
import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import psutil
import pytest
import skimage.data
from PIL import Image, ImageEnhance, ImageOps

import faceorganizer
from faceorganizer import Library
from faceorganizer.app import main
from faceorganizer.domain.faces import FaceRecord

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals, links and permissions of POSIX")
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a file system that takes any bytes")

PATIENCE = 180.0  # seconds, on a busy machine, before something counts as stuck
SIDE = 200  # pixels of a portrait
COUNTS = ("seen", "new", "changed", "moved", "duplicate", "unchanged", "missing", "failed")


# Pictures


@cache
def _astronaut() -> Image.Image:
    return Image.fromarray(skimage.data.astronaut())


def portrait(variant: int = 0) -> Image.Image:
    """One face of some 90 pixels; each variant has another framing, light and, every second one, is mirrored."""
    dx, dy = variant * 7 % 25 - 12, variant * 5 % 19 - 9
    picture = _astronaut().crop((130 + dx, 10 + dy, 130 + dx + SIDE, 10 + dy + SIDE))
    if variant % 2:
        picture = ImageOps.mirror(picture)
    return ImageEnhance.Brightness(picture).enhance(1.0 - variant % 5 * 0.08)


def twins() -> Image.Image:
    """Two faces side by side: two people, as far as a program can know."""
    picture = Image.new("RGB", (2 * SIDE, SIDE))
    picture.paste(portrait(2), (0, 0))
    picture.paste(portrait(3), (SIDE, 0))
    return picture


def scenery() -> Image.Image:
    """No face."""
    sky = np.linspace(220, 40, SIDE)[:, None, None] * np.array([0.6, 0.8, 1.0])
    return Image.fromarray(np.broadcast_to(sky, (SIDE, SIDE, 3)).astype(np.uint8))


def with_exif(jpeg: bytes, *, orientation: int = 1, taken: str = "", software: str = "") -> bytes:
    """The same encoded picture with other metadata: what is before the first coded byte is replaced.

    Args:
        jpeg: A JPEG file.
        orientation: EXIF orientation.
        taken: As EXIF writes it, "2019:05:01 12:00:00".
        software: Who wrote the file.
    """
    exif = Image.Exif()
    exif[0x0112] = orientation
    if software:
        exif[0x0131] = software
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    payload = exif.tobytes()
    rest = bytearray()
    position = 2
    while jpeg[position + 1] != 0xDA:  # start of scan
        length = 2 + struct.unpack_from(">H", jpeg, position + 2)[0]
        if jpeg[position + 1] != 0xE1:  # APP1: EXIF
            rest += jpeg[position : position + length]
        position += length
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload + bytes(rest) + jpeg[position:]


def save_jpeg(picture: Image.Image, path: Path, **metadata: Any) -> Path:
    """Write a picture, with :func:`with_exif`'s metadata."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, format="JPEG", quality=92)
    path.write_bytes(with_exif(path.read_bytes(), **metadata))
    return path


def retag(path: Path, **metadata: Any) -> None:
    """Rewrite a JPEG file's metadata and nothing else."""
    path.write_bytes(with_exif(path.read_bytes(), **metadata))


PORTRAIT = "2019/portrait.jpg"
MIRRORED = "2019/mirrored.jpg"
TWINS = "2019/twins.jpg"
DARKER = "2020/darker.png"
SMALL = "2020/small.webp"
TURNED = "2020/turned.jpg"
SCENERY = "2020/scenery.jpg"
COPY = "2020/copy of portrait.jpg"
FACES = {PORTRAIT: 1, MIRRORED: 1, TWINS: 2, DARKER: 1, SMALL: 1, TURNED: 1, SCENERY: 0}  # each picture once


def build_album(folder: Path) -> None:
    """A folder of eight photos: seven pictures with seven faces, and one copy."""
    save_jpeg(portrait(0), folder / PORTRAIT, taken="2019:05:01 12:00:00")
    save_jpeg(portrait(1), folder / MIRRORED)
    save_jpeg(twins(), folder / TWINS)
    (folder / "2020").mkdir()
    portrait(4).save(folder / DARKER)
    portrait(6).resize((140, 140), Image.Resampling.LANCZOS).save(folder / SMALL, quality=95)
    save_jpeg(portrait(8).transpose(Image.Transpose.ROTATE_90), folder / TURNED, orientation=6)
    save_jpeg(scenery(), folder / SCENERY)
    shutil.copyfile(folder / PORTRAIT, folder / COPY)


def build_long_album(folder: Path, count: int) -> None:
    """Many pictures of one face each: a scan that takes long enough to be disturbed."""
    for variant in range(count):
        save_jpeg(portrait(variant), folder / f"{variant % 3}" / f"{variant:02}.jpg")


# The program


@dataclass(frozen=True)
class Done:
    """A command that ended."""

    stdout: str
    stderr: str


@dataclass(frozen=True)
class Program:
    """The program as a user starts it, with one library. What it prints must be free of tracebacks.

    Attributes:
        library: Folder of the library.
        prefix: Words before the command, such as a program that takes rights away.
    """

    library: Path
    prefix: tuple[str, ...] = ()

    def run(self, *words: object, code: int = 0) -> Done:
        """Run a command to its end, which must be the exit code.

        What works with processes of its own gets one; the rest is called, which saves the second that loading takes.
        """
        if self.prefix or words[0] in ("scan", "cluster", "models"):
            return self.run_apart(*words, code=code)
        stdout, stderr = io.StringIO(), io.StringIO()
        with patch.dict(os.environ, self.environment), redirect_stdout(stdout), redirect_stderr(stderr):
            returned = main(self.arguments(*words))
        return self._done(words, Done(stdout.getvalue(), stderr.getvalue()), returned, code)

    def run_apart(self, *words: object, code: int = 0) -> Done:
        """Run a command as a process of its own."""
        done = subprocess.run(
            self.command(*words),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        return self._done(words, Done(done.stdout.decode(), done.stderr.decode()), done.returncode, code)

    @staticmethod
    def _done(words: Sequence[object], result: Done, returned: int, code: int) -> Done:
        assert "Traceback" not in result.stderr, result.stderr
        assert returned == code, f"{words} ended with {returned}\n{result.stdout}{result.stderr}"
        return result

    def document(self, *words: object, code: int = 0) -> Any:
        """Run a command whose result is one JSON document."""
        return json.loads(self.run(*words, "--json", code=code).stdout)

    def lines(self, *words: object) -> list[Any]:
        """Run a command whose result is one JSON object a line."""
        return [json.loads(line) for line in self.run(*words, "--json").stdout.splitlines()]

    def scan(self, *words: object, code: int = 0) -> Any:
        """Scan and return the report, whose counts must add up."""
        report = self.document("scan", *words, code=code)
        photos = report["photos"]
        assert tuple(photos) == COUNTS
        assert photos["seen"] == sum(photos[word] for word in COUNTS if word not in ("seen", "missing")), photos
        return report

    @contextmanager
    def started(self, *words: object) -> "Iterator[subprocess.Popen[str]]":
        """A command under way; whatever is left of it at the end is ended by force."""
        with subprocess.Popen(
            self.command(*words),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=os.name == "posix",
        ) as process:
            try:
                yield process
            finally:
                for member in [*descendants(process.pid), process]:
                    with suppress_gone():
                        member.kill()

    def command(self, *words: object) -> list[str]:
        return [*self.prefix, sys.executable, "-m", "faceorganizer", *self.arguments(*words)]

    def arguments(self, *words: object) -> list[str]:
        paths_as_text = (os.fspath(word) if isinstance(word, os.PathLike) else str(word) for word in words)
        return ["--library", str(self.library), *paths_as_text]

    @property
    def environment(self) -> dict[str, str]:
        # Nothing that changes how Python works: buffering, for one, is part of what is tried.
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        source = str(Path(faceorganizer.__file__).parents[1])
        return {**inherited, "PYTHONPATH": source, "FACEORGANIZER_CONFIG": str(self.library) + ".toml"}

    def open(self) -> Library:
        """The library in this process."""
        return Library.open(self.library)

    def check(self) -> None:
        """The library must be sound."""
        assert self.document("library", "check") == {"sound": True, "problems": []}


@dataclass
class Scanned:
    """An album with its library, free to be changed.

    Attributes:
        folder: The album.
        program: The program with the library.
    """

    folder: Path
    program: Program
    _roots: list[Path] = field(default_factory=list)

    def scan(self, *words: object, code: int = 0) -> Any:
        return self.program.scan(*words, code=code)

    def faces(self, photo: str | Path | None = None, **choice: Any) -> list[FaceRecord]:
        with self.program.open() as library:
            return library.faces.list(photo=None if photo is None else self.folder / photo, **choice)

    def face(self, photo: str | Path) -> FaceRecord:
        """The only face of a photo."""
        (face,) = self.faces(photo)
        return face

    def name_everybody(self, name: str = "Eileen Collins") -> None:
        """Name the largest group, and the faces outside of it one by one, so that every face carries a decision."""
        with self.program.open() as library:
            library.people.name(max(library.people.list(), key=lambda person: person.faces).id, name)
            for face in library.faces.list():
                if face.name is None:
                    library.people.name_face(face.face, f"{name} {face.face}", same=False)

    def names(self) -> dict[int, str | None]:
        """Name by face id."""
        return {face.face: face.name for face in self.faces()}


def counts(report: Mapping[str, Any]) -> dict[str, int]:
    """The counts of a report that are not zero, without the seen."""
    return {word: count for word, count in report["photos"].items() if count and word != "seen"}


@contextmanager
def suppress_gone() -> Iterator[None]:
    """Pass over processes that ended meanwhile."""
    with suppress(psutil.NoSuchProcess, ProcessLookupError):
        yield


def interrupt(process: "subprocess.Popen[str]") -> None:
    """Ctrl-C on a terminal: every process of the group gets it."""
    os.killpg(process.pid, signal.SIGINT)


def ended(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    """Wait for the end of a command: exit code, stdout and stderr, which must be free of tracebacks."""
    stdout, stderr = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in stderr, stderr
    return process.returncode, stdout, stderr


def descendants(pid: int) -> list[psutil.Process]:
    """All processes that one has started, and theirs."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def workers(pid: int) -> list[psutil.Process]:
    """The worker processes of a running program."""
    found = []
    for process in descendants(pid):
        with suppress_gone():
            if any("spawn_main" in word for word in process.cmdline()):
                found.append(process)
    return found


def wait_until(condition: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """Wait for something to become true and return it."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, f"waited {seconds} s in vain: {what}"
        time.sleep(0.02)
    return value


# The database, as anybody can read it


@contextmanager
def reading(library: Path) -> Iterator[sqlite3.Connection]:
    """A connection that changes nothing."""
    with closing(sqlite3.connect(f"{(library / 'library.sqlite').as_uri()}?mode=rw", uri=True)) as connection:
        connection.execute("PRAGMA query_only = ON")
        yield connection


def searched(library: Path) -> int:
    """How many pictures have been searched so far; 0 before there is a library."""
    if not (library / "library.sqlite").exists():
        return 0
    with reading(library) as connection:
        return int(connection.execute("SELECT count(*) FROM scan").fetchone()[0])


def every_row(library: Path) -> list[str]:
    """Everything that the database holds."""
    with reading(library) as connection:
        return list(connection.iterdump())


def canonical(library: Path) -> dict[str, Any]:
    """What a library knows, without ids and times: two libraries of one album must be equal in it."""
    box = "hex(content.hash), round(face.x, 1), round(face.y, 1), round(face.width, 1)"
    queries = {
        "files": "SELECT root.path, file.path, size, mtime_ns, hex(file.hash), hex(content.hash), state, error "
        "FROM file JOIN root ON root.id = root_id LEFT JOIN content ON content.id = content_id",
        "pictures": "SELECT hex(hash), format, width, height, orientation, taken, camera FROM content",
        "searches": "SELECT hex(hash), detector, detail, aligner, state, error "
        "FROM scan JOIN content ON content.id = content_id JOIN model ON model.id = model_id",
        "faces": f"SELECT {box}, face.state, source, aligner, hex(vector) "
        "FROM face JOIN content ON content.id = content_id "
        "JOIN descriptor ON face_id = face.id JOIN model ON model.id = model_id",
        "names": "SELECT name FROM person WHERE name IS NOT NULL",
    }
    held = (
        f"SELECT person_id, {box} FROM assignment "
        "JOIN face ON face.id = face_id JOIN content ON content.id = content_id"
    )
    with reading(library) as connection:
        known: dict[str, Any] = {what: sorted(connection.execute(query)) for what, query in queries.items()}
        people: dict[int, list[tuple[Any, ...]]] = {}
        for person, *face in connection.execute(held):
            people.setdefault(person, []).append(tuple(face))
    return {**known, "people": sorted(sorted(faces) for faces in people.values())}


def overlap(first: Sequence[float], second: Sequence[float]) -> float:
    """Intersection over union of two boxes (x, y, width, height)."""
    across = min(first[0] + first[2], second[0] + second[2]) - max(first[0], second[0])
    down = min(first[1] + first[3], second[1] + second[3]) - max(first[1], second[1])
    both = max(0.0, across) * max(0.0, down)
    return both / (first[2] * first[3] + second[2] * second[3] - both)
