"""Names an album by keys alone, from outside of the program, and counts what it takes.

    python tests/benchmarks/naming.py FOLDER --generator make_album.py --faces DIR --backgrounds DIR
        [--names given|full] [--pace 2] [--people 50] [--questions 40]

On the first run it makes an album of 400 photos in FOLDER with a generator of labelled albums, and a library of it by
the program's own ``scan``. Without the options for the generator, it and its material are looked for in the folder that
FACEORGANIZER_SHARED names, or in ``shared`` beside the checkout. Then the program itself, with a home of its own and a
copy of that library, is started on a screen of its own (Xvfb) and driven by xdotool: key events and nothing else, as
many a second as ``--pace`` says. There is no window manager on that screen; the driver gives new windows the keyboard,
which a window manager would do.

Whom the window shows is plain to a user, who sees the face. The driver knows it otherwise: it reads the library by
``people list``, ``faces list`` and ``review``, which only read, and takes who most of the faces are by the truth of the
album. In People all of it is read before the first key: groups are shown by size, and stay where they are. In Review it
is read between questions, and that time is left out. What it expected is held against the library afterwards.

Counted: keys (a capital letter counts as one); and how long the program made somebody wait, from Enter to the first
moment that the next prompt can be seen, from the pictures of the screen. The time that is told is that of the keys at
two a second, and all waiting, as if nobody ever typed ahead. Names are the given ones, with as much of the family name
as tells two apart, or the full ones. Somebody who has a name already is named by the first letters, Tab and Enter.
"""

import json
import mmap
import os
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from PIL import Image

from faceorganizer.domain.geometry import match_boxes

REPOSITORY = Path(__file__).resolve().parents[2]
ALBUM = ("--photos", "400", "--people", "60", "--size", "1600x1200", "--faces-per-photo", "2", "--seed", "6")
KEYS_A_SECOND = 2  # of somebody who is not in a hurry; --pace is that of the driver
WIDTH, HEIGHT = 1400, 900
CARET = 60  # pixels that change at most when a caret blinks
PROMPT = 2000  # and at least when the next one is shown
PLACE = np.s_[120:700, 240:820]  # where Review shows faces
WHITE, FILLED = 0xFFFFFF, 20_000
QUIET = 0.25  # seconds without a change, after which the screen is at rest
_WINDOWS = ("search", "--onlyvisible", "--class", "faceorganizer")
LEAST_OVERLAP = 0.4
TOLD = ("median", "p90", "worst")

Row = dict[str, Any]


# The library and the truth.


class Library:
    """Reads a library by the program's own commands.

    Args:
        path: Of the library.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, *words: str) -> list[Row]:
        """What a command tells, one object a line."""
        return [json.loads(line) for line in self.run("--json", *words).splitlines()]

    def run(self, *words: str) -> str:
        """What a command prints."""
        command = [sys.executable, "-m", "faceorganizer", "--library", str(self.path), *words]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY).stdout


class Truth:
    """Who the faces of an album are."""

    def __init__(self, album: Path, path: Path, names: str) -> None:
        told = json.loads(path.read_text(encoding="utf-8"))
        self._album = album
        self._photos = told["photos"]
        everybody = [label.replace("_", " ") for label in told["people"]]
        self._names = dict(zip(told["people"], everybody if names == "full" else given_names(everybody), strict=True))

    def names_of(self, faces: Iterable[Row]) -> dict[int, str]:
        """The name of each face that is in the truth, by id; strangers have none."""
        found = defaultdict(list)
        for face in faces:
            found[face["photo"]].append(face)
        names = {}
        for path, wanted in self._photos.items():
            seen = found[str(self._album / path)]
            for row, column in match_boxes(_boxes(wanted), _boxes(seen), LEAST_OVERLAP):
                names[seen[column]["face"]] = self._names[wanted[row]["person"]]
        return names


def _boxes(faces: Sequence[Row]) -> np.ndarray:
    return np.array([face["box"] for face in faces], np.float32).reshape(-1, 4)


def given_names(everybody: Sequence[str]) -> list[str]:
    """What is typed for people one knows: the given name, and letters of the other one where two share it."""
    shortened = []
    for name in everybody:
        given, _, family = name.partition(" ")
        others = [other.partition(" ")[2] for other in everybody if other != name and other.startswith(given + " ")]
        length = next((n for n in range(len(family)) if not any(o[:n] == family[:n] for o in others)), len(family))
        shortened.append(f"{given} {family[:length]}".strip())
    return shortened


def whose(faces: Iterable[int], names: dict[int, str]) -> str | None:
    """Who most of some faces are; None if they are strangers."""
    counted = Counter(names[face] for face in faces if face in names)
    return counted.most_common(1)[0][0] if counted else None


# The screen and the keys.


class Screen:
    """A screen without a window manager, whose picture is a file.

    Args:
        number: Of the display.
        folder: For its picture, and for pictures that are kept of it.
    """

    def __init__(self, number: int, folder: Path) -> None:
        self.name = f":{number}"
        self._folder = folder
        self._shots = 0
        size = f"{WIDTH}x{HEIGHT}x24"
        self._process = subprocess.Popen(
            ["Xvfb", self.name, "-screen", "0", size, "-fbdir", str(folder), "-nolisten", "tcp"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        picture = folder / "Xvfb_screen0"
        until = time.perf_counter() + 10
        while not (picture.exists() and picture.stat().st_size > 4 * WIDTH * HEIGHT):
            if self._process.poll() is not None or time.perf_counter() > until:
                sys.exit(f"There is no screen {self.name} to be had: is it in use? See --display.")
            time.sleep(0.05)
        with picture.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        header = struct.unpack(">25I", self._bytes[:100])  # of X's window dumps: XWDFile.h
        self._start = header[0] + 12 * header[19]

    def pixels(self) -> np.ndarray:
        """What is on the screen now, [height, width], each a number of 24 bits."""
        return np.frombuffer(self._bytes, np.uint32, WIDTH * HEIGHT, self._start).reshape(HEIGHT, WIDTH) & 0xFFFFFF

    def keep(self, what: str) -> None:
        """Keep a picture of the screen."""
        self._shots += 1
        blue_first = self.pixels().view(np.uint8).reshape(HEIGHT, WIDTH, 4)
        Image.fromarray(blue_first[:, :, 2::-1].copy()).save(self._folder / f"{self._shots:02d}-{what}.png")

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()


@dataclass
class Typist:
    """Presses keys, counts them, and sees what comes of it.

    Attributes:
        keys: That were pressed.
        echoes: Seconds until something was seen of a letter.
        waits: Seconds from a key that ends a step to the first moment that the next prompt can be seen.
        rests: Seconds from such a key to the last change of the screen.
    """

    screen: Screen
    pace: float
    window: str = ""
    keys: int = 0
    echoes: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    rests: list[float] = field(default_factory=list)
    windows: set[str] = field(default_factory=set)

    def write(self, keys: Iterable[str]) -> None:
        """Press keys one after the other: letters, or names of keys."""
        for key in keys:
            before, began = self.screen.pixels(), time.perf_counter()
            self._press(key)
            seen = self._first_change(before, began, CARET, 1.0 / self.pace)
            if seen is not None and len(key) == 1:
                self.echoes.append(seen)
            self._keep_pace(began)

    def finish(self, key: str) -> None:
        """Press a key that ends a step, and wait until the next prompt can be seen."""
        before, began = self.screen.pixels(), time.perf_counter()
        self._press(key)
        shown = self._first_change(before, began, PROMPT, 5.0)
        if shown is None:
            self.screen.keep(f"nothing-after-{key}")
            return
        self.waits.append(shown)
        self.rests.append(max(shown, self.rest() - began))
        self._keep_pace(began)

    def open(self, key: str) -> None:
        """Press a key that shows another place, and wait until it is filled."""
        before, began = self.screen.pixels(), time.perf_counter()
        self._press(key)
        self._first_change(before, began, PROMPT, 5.0)
        while np.count_nonzero(self.screen.pixels()[PLACE] != WHITE) < FILLED and time.perf_counter() - began < 20:
            time.sleep(0.005)
        self.waits.append(time.perf_counter() - began)
        self.rests.append(self.rest() - began)

    def rest(self) -> float:
        """Wait until the screen is at rest; returns the moment of its last change."""
        last, before = time.perf_counter(), self.screen.pixels()
        while time.perf_counter() - last < QUIET:
            now = self.screen.pixels()
            if np.count_nonzero(now != before) > CARET:
                last, before = time.perf_counter(), now
            time.sleep(0.005)
        return last

    def begin(self) -> None:
        """Wait for the window of the program, and give it the keyboard."""
        while not (found := self._xdotool(*_WINDOWS).split()):
            time.sleep(0.1)
        time.sleep(3)
        self.rest()
        self.window, self.windows = found[-1], set(self._xdotool(*_WINDOWS).split())
        self._xdotool("windowfocus", "--sync", self.window)
        self.rest()

    def new_windows(self) -> list[str]:
        """Windows that have come since this was asked last; the newest gets the keyboard."""
        shown = set(self._xdotool(*_WINDOWS).split())
        new, self.windows = sorted(shown - self.windows), shown
        if new:
            self._xdotool("windowfocus", "--sync", new[-1])
        elif self.window in shown:
            self._xdotool("windowfocus", self.window)
        return new

    def _first_change(self, before: np.ndarray, began: float, pixels: int, patience: float) -> float | None:
        while time.perf_counter() - began < patience:
            if np.count_nonzero(self.screen.pixels() != before) > pixels:
                return time.perf_counter() - began
            time.sleep(0.002)
        return None

    def _keep_pace(self, began: float) -> None:
        time.sleep(max(0.0, began + 1.0 / self.pace - time.perf_counter()))

    def _press(self, key: str) -> None:
        self.keys += 1
        if len(key) == 1 and not key.isdigit():
            self._xdotool("type", "--delay", "0", key)
        else:
            self._xdotool("key", key)

    def _xdotool(self, *words: str) -> str:
        environment = {**os.environ, "DISPLAY": self.screen.name}
        done = subprocess.run(["xdotool", *words], env=environment, stdout=subprocess.PIPE, text=True, check=False)
        return done.stdout


# What is typed.


@dataclass
class Known:
    """Names there are, those used last first: as the program offers them."""

    names: list[str] = field(default_factory=list)

    def use(self, name: str) -> None:
        """Somebody was named."""
        self.names = [name, *(other for other in self.names if other != name)]

    def keys_for(self, name: str) -> list[str]:
        """What somebody types who sees the names that are offered, before Enter."""
        if name not in self.names:
            return _letters(name)
        for length in range(2, len(name) - 1):
            if self._offered(name[:length].casefold()) == name:
                return [*_letters(name[:length]), "Tab"]
        return _letters(name)

    def _offered(self, written: str) -> str:
        fitting = [name for name in self.names if written in name.casefold()]
        return min(fitting, key=lambda name: not f" {name.casefold()}".count(f" {written}"))


def _letters(text: str) -> list[str]:
    return [{" ": "space"}.get(letter, letter) for letter in text]


@dataclass
class Outcome:
    """What came of a part of the work.

    Attributes:
        what: Of which part.
        steps: Names, or answers.
        surprises: What was not as expected.
    """

    what: str
    keys: int = 0
    steps: int = 0
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    rests: list[float] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)

    @property
    def told(self) -> float:
        """Seconds at two keys a second, and all waiting."""
        return self.keys / KEYS_A_SECOND + sum(self.waits)


@contextmanager
def part(what: str, typist: Typist) -> Iterator[Outcome]:
    """Count what is done meanwhile."""
    outcome, keys, began = Outcome(what), typist.keys, time.perf_counter()
    typist.waits, typist.rests = outcome.waits, outcome.rests
    yield outcome
    outcome.keys, outcome.seconds = typist.keys - keys, time.perf_counter() - began


def name_people(typist: Typist, library: Library, truth: Truth, wanted: int, known: Known) -> Outcome:
    """Name groups in People, the largest first, until so many people have a name."""
    faces = library.read("faces", "list")
    names = truth.names_of(faces)
    groups = [row for row in library.read("people", "list") if row["name"] is None]
    groups.sort(key=lambda row: (-row["faces"], row["person"]))
    held = defaultdict(list)
    for face in faces:
        held[face["person"]].append(face["face"])
    given: dict[int, str] = {}
    with part("People: groups named", typist) as outcome:
        for group in groups:
            name = whose(held[group["person"]], names)
            if name is not None:
                typist.write(known.keys_for(name))
                given[group["person"]] = name
                known.use(name)
            typist.finish("Return")
            for window in typist.new_windows():
                typist.screen.keep("question")
                outcome.surprises.append(f"a question in a window of its own ({window}) after {name}")
                typist.finish("Return")
                typist.new_windows()
            outcome.steps += 1
            if outcome.steps % 20 == 2:
                typist.screen.keep("people")
            if len(known.names) == wanted:
                break
    typist.write(["Escape"])
    typist.keys -= 1  # it is of no use but to the pictures
    typist.rest()
    typist.screen.keep("people")
    after = {row["person"]: row["name"] for row in library.read("people", "list")}
    survivors = set(after.values())
    for person, name in given.items():
        if after.get(person, name) != name or name not in survivors:
            outcome.surprises.append(f"group {person} is {after.get(person)!r} and was to be {name!r}")
    return outcome


# Review.


@dataclass
class Reviewer:
    """Answers the questions of Review by the truth.

    Attributes:
        typist: Presses the keys.
        library: Tells which question comes.
        truth: Tells the answer.
        known: Names there are.
    """

    typist: Typist
    library: Library
    truth: Truth
    known: Known
    _worth: dict[tuple[str, int, int], float] = field(default_factory=dict)

    def answer(self, most: int) -> Outcome:
        """Answer so many questions, or all there are."""
        answered: set[tuple[str, int, int]] = set()
        self._look()
        queue = self._queue()
        kinds: Counter[str] = Counter()
        with part("Review: questions answered", self.typist) as outcome:
            self.typist.open("ctrl+2")
            away = 0.0
            question = next(iter(queue), None)
            while question is not None and outcome.steps < most:
                kinds[question["question"]] += 1
                answered.add(_key(question))
                *keys, last = self._keys(question)
                self.typist.write(keys)
                self.typist.finish(last)
                outcome.steps += 1
                paused = time.perf_counter()
                for _ in self.typist.new_windows():
                    self.typist.screen.keep("question")
                    outcome.surprises.append(f"a question in a window of its own after {_key(question)}")
                    self.typist.finish("Escape")
                    self.typist.new_windows()
                if outcome.steps % 10 == 1:
                    self.typist.screen.keep("review")
                before = self._held
                self._look()
                self._check(question, before, outcome)
                # What comes was ready before the answer, and stays.
                question = next((row for row in queue if _key(row) not in answered), None)
                queue = self._queue()
                away += time.perf_counter() - paused
        outcome.seconds -= away
        outcome.what += f" ({', '.join(f'{count} {kind}' for kind, count in kinds.items())})"
        self.typist.screen.keep("review")
        return outcome

    def _queue(self) -> list[Row]:
        """The questions by what they were worth when they were asked first, which is how the window keeps them."""
        asked = {_key(row): row for row in self.library.read("review")}
        self._worth = {key: self._worth.get(key, row["settles"]) for key, row in asked.items()}
        return [asked[key] for key in sorted(asked, key=lambda key: -self._worth[key])]

    def _look(self) -> None:
        faces = self.library.read("faces", "list", "--state", "all")
        self._held = {face["face"]: (face["person"], face["assignment"], face.get("state")) for face in faces}
        self._names = self.truth.names_of(faces)
        self._people = {face["person"]: face["name"] for face in faces if face["name"]}
        self._of = defaultdict(list)
        for face in faces:
            self._of[face["person"]].append(face["face"])

    def _check(self, question: Row, before: dict[int, tuple[Any, ...]], outcome: Outcome) -> None:
        """What was answered is to be about the faces that were asked about, and no others."""
        changed = {face for face, held in self._held.items() if before.get(face) != held}
        if changed - set(self._faces(question)):
            outcome.surprises.append(f"{_key(question)} changed faces that it was not about: {sorted(changed)[:8]}")

    def _faces(self, question: Row) -> list[int]:
        match question["question"]:
            case "same":
                return [face for person in question["people"] for face in self._of[person]]
            case "mixed":
                return [*self._of[question["person"]], *(face for part in question["parts"] for face in part)]
            case _:
                return [*question.get("doubtful", ()), *question["faces"]]

    def _keys(self, question: Row) -> list[str]:
        """The keys that answer a question, the last one ends it."""
        match question["question"]:
            case "same" | "mixed":
                sides = question.get("parts") or [self._of[person] for person in question["people"]]
                one, other = (whose(side, self._names) for side in sides)
                same = one == other and one is not None
                return ["Return" if same == (question["question"] == "same") else "Delete"]
            case kind:
                return self._about_faces(question, kind)

    def _about_faces(self, question: Row, kind: str) -> list[str]:
        """Faces of others are left out of the answer; then yes, a digit, or the name."""
        doubtful = question.get("doubtful", [])
        name = whose(question["faces"], self._names)
        if name is None:
            return ["ctrl+i"]  # nobody to be known
        keys, pointed = [], 0
        for place, face in enumerate([*doubtful, *question["faces"]]):
            if (self._names.get(face) == name) == (place < len(doubtful)):
                keys += ["Right"] * (place - pointed) + ["ctrl+space"]
                pointed = place
        digits = {candidate["name"]: str(n) for n, candidate in enumerate(question["candidates"][:9], 1)}
        if kind == "person" and question["name"] == name:
            return [*keys, "Return"]
        if name in digits and not (kind == "person" and len(digits) == 1):
            self.known.use(name)
            return [*keys, digits[name]]
        typed = self.known.keys_for(name)
        self.known.use(name)
        return [*keys, *typed, "Return"]


def _key(question: Row) -> tuple[str, int, int]:
    """What tells a question apart, as the program does."""
    match question["question"]:
        case "person":
            return "person", question["person"], question["group"] or 0
        case "same":
            return "same", min(question["people"]), max(question["people"])
        case kind:
            return kind, question["person"] if kind == "mixed" else question["group"], 0


# The run.


@contextmanager
def program(library: Path, screen: Screen, home: Path) -> Iterator[None]:
    """The program, as a user starts it."""
    home.mkdir()
    own = {"HOME": str(home), "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
    own |= {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE", "STATE")}
    environment = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")} | own
    command = [sys.executable, "-m", "faceorganizer", "--library", str(library)]
    process = subprocess.Popen(command, cwd=REPOSITORY, env=environment)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def make(folder: Path, generator: Path, faces: Path, backgrounds: Path) -> None:
    """Make the album and its library, unless they are there."""
    if not (folder / "truth.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        material = ["--faces", str(faces), "--backgrounds", str(backgrounds)]
        where = ["--out", str(folder / "album"), "--truth", str(folder / "truth.json")]
        subprocess.run([sys.executable, str(generator), *material, *where, *ALBUM], check=True)
    library = Library(folder / "library")
    if not (folder / "scan.json").exists():
        (folder / "scan.json").write_text(library.run("--json", "scan", str(folder / "album")), encoding="utf-8")


def quality(library: Library, truth: Truth) -> tuple[str, str]:
    """How many people have the right name, and of how many faces that is so."""
    faces = library.read("faces", "list")
    names = truth.names_of(faces)
    told = {face["face"]: face["name"] for face in faces}
    held = defaultdict(list)
    for face in faces:
        if face["name"]:
            held[face["name"]].append(face["face"])
    right = sum(whose(theirs, names) == name for name, theirs in held.items())
    named = [face for face in names if told[face]]
    correct = sum(told[face] == names[face] for face in names)
    share = f"{correct} of {len(names)} ({correct / len(names):.1%})"
    return f"{right} of {len(held)}", f"{share}; of {len(named)} with a name {correct / len(named):.1%}"


def main(
    folder: Annotated[Path, typer.Argument(help="Of the album and its library; made when they are not there.")],
    generator: Annotated[Path | None, typer.Option(help="That makes labelled albums.")] = None,
    faces: Annotated[Path | None, typer.Option(help="A folder of pictures for each person.")] = None,
    backgrounds: Annotated[Path | None, typer.Option(help="Pictures behind the faces.")] = None,
    names: Annotated[str, typer.Option(help="given or full")] = "given",
    people: Annotated[int, typer.Option(help="That are given a name.")] = 50,
    questions: Annotated[int, typer.Option(help="That are answered in Review at most.")] = 40,
    pace: Annotated[float, typer.Option(help="Keys a second.")] = KEYS_A_SECOND,
    display: Annotated[int, typer.Option(help="Number of the screen.")] = 79,
) -> None:
    """Name an album by keys alone, and print a table."""
    shared = Path(os.environ.get("FACEORGANIZER_SHARED", REPOSITORY.parent / "shared"))
    folder = folder.absolute()
    make(
        folder,
        generator or shared / "tools" / "make_album.py",
        faces or shared / "data" / "lfw",
        backgrounds or shared / "data" / "photos",
    )
    truth = Truth(folder / "album", folder / "truth.json", names)
    shots = folder / "screen"
    shutil.rmtree(shots, ignore_errors=True)
    shots.mkdir()
    screen = Screen(display, shots)
    typist = Typist(screen, pace)
    known = Known()
    with tempfile.TemporaryDirectory() as temporary:
        library = Library(Path(temporary, "library"))
        shutil.copytree(folder / "library", library.path)
        try:
            with program(library.path, screen, Path(temporary, "home")):
                typist.begin()
                screen.keep("start")
                parts = [name_people(typist, library, truth, people, known)]
                first = quality(library, truth)
                parts.append(Reviewer(typist, library, truth, known).answer(questions))
                second = quality(library, truth)
        finally:
            screen.close()
    for outcome, (right, correct) in zip(parts, (first, second), strict=True):
        _tell(outcome, right, correct)
    print(f"{'letter seen (ms)':34} {_spread(typist.echoes)}")


def _tell(outcome: Outcome, right: str, correct: str) -> None:
    print(f"\n{outcome.what}: {outcome.steps}")
    print(f"{'keys':34} {outcome.keys} ({outcome.keys / max(1, outcome.steps):.1f} a step)")
    told = f"{outcome.told:.0f} s: {outcome.keys / KEYS_A_SECOND:.0f} s typing, {sum(outcome.waits):.1f} s waiting"
    print(f"{'time at two keys a second':34} {told}")
    print(f"{'time by the clock':34} {outcome.seconds:.0f} s")
    print(f"{'next prompt seen (ms)':34} {_spread(outcome.waits)}")
    print(f"{'screen at rest (ms)':34} {_spread(outcome.rests)}")
    print(f"{'people with the right name':34} {right}")
    print(f"{'faces with the right name':34} {correct}")
    print(f"{'surprises':34} {len(outcome.surprises) or 'none'}")
    for surprise in outcome.surprises:
        print(f"  {surprise}")


def _spread(seconds: Sequence[float]) -> str:
    if not seconds:
        return "none"
    figures = statistics.median(seconds), float(np.percentile(seconds, 90)), max(seconds)
    return ", ".join(f"{word} {1000 * figure:.0f}" for word, figure in zip(TOLD, figures, strict=True))


if __name__ == "__main__":
    typer.run(main)
