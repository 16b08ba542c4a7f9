"""How quick the window is on a library of 100,000 faces in 40,000 photos of 2,000 people.

With the project on the path:

    python tests/benchmarks/window_speed.py FOLDER [--platform xcb] [--seconds 8]

makes the library in FOLDER on the first run, and measures the real window on a copy of it: started as a user starts
it, on Qt's offscreen platform or on the screen of DISPLAY. Small pictures come from the library's cache, as after a
scan; they are few and linked under many names, so they are warm in the system's memory, and each is read, checked and
decoded. The program is compiled to byte code before it is measured, as an installed one is, and the copy of the library
has the newest schema.

Times are by the clock; beside them the processor time of the GUI thread, which others on the machine do not lengthen.
A stall is what is missing between two beats of a timer of one millisecond: painting, results of background calls,
waiting for Python's lock and garbage collection are all in it.
"""

import faulthandler
import gc
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import traceback
from array import array
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn

import numpy as np
import psutil
import typer

FACES, PHOTOS, PEOPLE = 100_000, 40_000, 2_000
PICTURES = 48  # different ones in the cache
FRAME_MS = 16
BUSY_MS = 1  # shorter ones are no stalls, and would only make the percentiles smaller
STARTS = 3
SCANNED = 80  # photos that are scanned while the window is scrolled

Wait = float | Callable[[], object]

app = typer.Typer()


# The library.


def make(folder: Path) -> None:
    """Write the library, the small pictures of its cache, and photos to scan."""
    from corrections import make as make_library

    draft = folder.with_name(folder.name + ".part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    make_library(draft / "library", FACES, PEOPLE, 0, PHOTOS)
    _fill_cache(draft)
    _photos_to_scan(draft / "photos")
    draft.rename(folder)


def _fill_cache(folder: Path) -> None:
    from faceorganizer.db.engine import connect
    from faceorganizer.services.thumbnails import ThumbnailCache

    cache = ThumbnailCache(folder / "library" / "cache")
    drawn = {part: _small_pictures(folder / part, size) for part, size in (("faces", (256, 256)), ("wide", (512, 384)))}
    connection = connect(folder / "library" / "library.sqlite")
    hashes = dict(connection.execute("SELECT id, hash FROM content"))
    for number, content in hashes.items():
        _link(drawn["wide"][number % PICTURES], cache.photo(content, 1))
    rows = connection.execute("SELECT id, content_id, x, y, width, height FROM face")
    for number, content, *box in rows:
        _link(drawn["faces"][number % PICTURES], cache.face(hashes[content], 1, box))
    connection.close()


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):  # the boxes are invented: two faces of a photo may be at one place
        os.link(source, target)


def _small_pictures(folder: Path, size: tuple[int, int]) -> list[Path]:
    """JPEG files as the cache holds them, of about the size that photos have."""
    from faceorganizer.services.thumbnails import ThumbnailCache

    cache = ThumbnailCache(folder)
    pictures = {folder / f"{number}.jpg": _jpeg(number, size) for number in range(PICTURES)}
    cache.write(pictures)
    return list(pictures)


def _jpeg(number: int, size: tuple[int, int]) -> bytes:
    import cv2

    chance = np.random.default_rng(number)
    coarse = chance.integers(30, 225, (8, 8, 3), np.uint8)
    noise = chance.normal(0, 6, (size[1], size[0], 3))
    pixels = np.clip(cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC) + noise, 0, 255).astype(np.uint8)
    return bytes(cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 85])[1])


def _photos_to_scan(folder: Path) -> None:
    """Photos with a face each, all different to the scanner."""
    from PIL import Image
    from skimage.data import astronaut

    folder.mkdir()
    face = Image.fromarray(astronaut()).resize((1024, 1024))
    for number in range(SCANNED):
        light = 0.7 + 0.6 * number / SCANNED
        face.point(lambda value, light=light: min(255, int(value * light))).save(folder / f"{number}.jpg", quality=90)


# The measuring.


class Meter:
    """How long the GUI thread kept events waiting, by what was going on.

    A timer beats each millisecond; what is missing between two beats was a stall. (Overriding QApplication.notify would
    tell the same, but Python would then be called on the threads that decode pictures as well, under locks of Qt's.)
    """

    def __init__(self, parent: Any) -> None:
        from PySide6.QtCore import QObject, Qt, QTimer

        meter = self

        class Painted(QObject):
            def eventFilter(self, watched: Any, event: Any) -> bool:  # noqa: N802
                if event.type() == event.Type.Paint:
                    meter._painting.add(watched.objectName())
                return False

        self.phase = "start"
        self.stretches: dict[str, tuple[array[float], array[float]]] = {}
        self.painted: dict[str, float] = {}
        self._painting: set[str] = set()
        self._filter = Painted(parent)
        self._last = time.perf_counter(), time.thread_time()
        self._timer = QTimer(parent)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def watch(self, name: str, widget: Any) -> None:
        """Note when a widget was painted, under a name."""
        widget.setObjectName(name)
        widget.installEventFilter(self._filter)

    def turn(self, phase: str) -> None:
        """Something else is going on from now on."""
        self.phase = phase

    def stalls(self, phase: str) -> dict[str, float]:
        wall, used = (np.array(times) for times in self.stretches[phase])
        return {
            "p99": float(np.percentile(wall, 99)),
            "worst": float(wall.max()),
            "cpu_p99": float(np.percentile(used, 99)),
            "cpu_worst": float(used.max()),
            "stretches": len(wall),
        }

    def _beat(self) -> None:
        now = time.perf_counter(), time.thread_time()
        stall = 1000 * (now[0] - self._last[0]) - 1
        if stall > BUSY_MS:
            wall, used = self.stretches.setdefault(self.phase, (array("d"), array("d")))
            wall.append(stall)
            used.append(1000 * (now[1] - self._last[1]))
        self._last = now
        for name in self._painting:
            self.painted[name] = now[0]
        self._painting.clear()


class Driver:
    """Does what a user does, one thing after the other, and notes how long each took."""

    def __init__(self, window: Any, plan: dict[str, Any]) -> None:
        from PySide6.QtCore import QTimer

        self.meter, self.window, self.plan = Meter(window), window, plan
        for kind in ("people", "photos", "person"):
            self.meter.watch(kind, getattr(window, kind).grid.viewport())
        self.meter.watch("review", window.review)
        self.figures: dict[str, Any] = {"times": {}, "stalls": {}}
        self._steps = self._all()
        self._wait: Callable[[], object] | None = None
        self._until = 0.0
        self._collecting = 0.0
        self._collections = array("d")
        gc.callbacks.append(self._collect)
        self._beat = QTimer(window)
        self._beat.setInterval(1)
        self._beat.timeout.connect(self._look)
        self._beat.start()
        self._chance = random.Random(1)

    def _look(self) -> None:
        if self._wait is not None and not self._wait():
            if time.perf_counter() > self._until:
                self._give_up(f"What was waited for never came: {self.meter.phase}.")
            return
        self._wait = None
        try:
            wait = next(self._steps)
        except StopIteration:
            self._finish()
            return
        except Exception:  # noqa: BLE001 - a slot that raises would leave the window waiting
            self._give_up(traceback.format_exc())
        if callable(wait):
            self._wait, self._until = wait, time.perf_counter() + 60
            self._beat.start(1)
        else:
            self._beat.start(int(1000 * wait))

    def _collect(self, phase: str, _: object) -> None:
        if phase == "start":
            self._collecting = time.perf_counter()
        else:
            self._collections.append(1000 * (time.perf_counter() - self._collecting))

    def _give_up(self, reason: str) -> NoReturn:
        print(reason, file=sys.stderr, flush=True)
        os._exit(1)

    def _finish(self) -> None:
        self._beat.stop()
        self.figures["memory"] = psutil.Process().memory_info().rss / 1e6
        self.figures["collections"] = [len(self._collections), max(self._collections)]
        self.figures["stalls"] = {phase: self.meter.stalls(phase) for phase in self.meter.stretches}
        Path(self.plan["report"]).write_text(json.dumps(self.figures))
        self.window.close()
        sys.stdout.flush()
        os._exit(0)  # the measuring application is not made to be taken apart

    def _note(self, what: str, began: tuple[float, float], ended: float) -> None:
        entry = self.figures["times"].setdefault(what, [])
        entry.append((1000 * (ended - began[0]), 1000 * (time.thread_time() - began[1])))

    def _painted(self, name: str, since: float) -> bool:
        return self.meter.painted.get(name, 0.0) > since

    def _shown(self, kind: str) -> Iterator[Wait]:
        """Until what is there by now is painted."""
        since = time.perf_counter()
        getattr(self.window, kind).grid.viewport().update()
        yield partial(self._painted, kind, since)

    def _all(self) -> Iterator[Wait]:
        yield from self._start()
        if self.plan["start_only"]:
            return
        yield 2.0
        yield from self._switches()
        yield from self._thumbnails()
        yield from self._decisions()
        yield from self._scrolling("idle", self.plan["seconds"])
        self.figures["memory before the scan"] = psutil.Process().memory_info().rss / 1e6
        self.window.scanning.start([Path(self.plan["photos"])])
        yield 3.0
        yield from self._scrolling("scan", self.plan["seconds"])
        self.figures["still scanning"] = self.window.scanning.running
        self.window.scanning.cancel()
        yield lambda: not self.window.scanning.running

    def _start(self) -> Iterator[Wait]:
        people = self.window.people
        yield lambda: people.model.rowCount() > 0 and people.grid.isVisible()
        yield from self._shown("people")
        begun = self.plan["begun"]
        self.figures["first cards"] = time.time() - begun, time.process_time()
        yield lambda: self._pictures_there(people)
        yield from self._shown("people")
        self.figures["first faces"] = time.time() - begun, time.process_time()
        self.figures["heavy modules"] = sorted(
            {"scipy", "faiss", "sklearn", "onnxruntime", "cv2", "dlib", "infomap", "PIL"} & set(sys.modules)
        )

    def _pictures_there(self, place: Any) -> bool:
        grid, kept = place.grid, self.window.environment.thumbnails
        records = grid.records_near(grid.visible_rows(), 0)
        return bool(records) and all(kept.get(key) is not None for key in map(_key_of, records))

    def _switches(self) -> Iterator[Wait]:
        """To a place, until it is painted; and until what it shows is."""
        window = self.window
        largest = max(window.people.model.records, key=lambda record: record.faces).id
        for _ in range(4):
            for kind in ("photos", "person", "review", "people"):
                place = getattr(window, kind)
                self.meter.turn(f"switching to {kind}")
                began = time.perf_counter(), time.thread_time()
                window.go(kind, largest if kind == "person" else 0)
                yield partial(self._painted, kind, began[0])
                self._note(f"switch to {kind}: painted", began, self.meter.painted[kind])
                if kind == "review":
                    yield lambda: window.review.current is not None or not window.review.questions
                else:
                    yield lambda place=place: place.model.rowCount() > 0
                    yield from self._shown(kind)
                self._note(f"switch to {kind}: content", began, time.perf_counter())
                yield 2.5  # what it reads in the background comes to its end

    def _thumbnails(self) -> Iterator[Wait]:
        """Somewhere else at once: until all pictures of the page are painted."""
        for kind in ("people", "person", "photos"):
            place = getattr(self.window, kind)
            largest = max(self.window.people.model.records, key=lambda record: record.faces).id
            self.window.go(kind, largest if kind == "person" else 0)
            yield 2.5
            bar = place.grid.verticalScrollBar()
            self.meter.turn(f"jumping in {kind}")
            for _ in range(8):
                began = time.perf_counter(), time.thread_time()
                bar.setValue(self._chance.randint(0, bar.maximum()))
                yield partial(self._pictures_there, place)
                yield from self._shown(kind)
                self._note(f"pictures of a page: {kind}", began, time.perf_counter())
                yield 0.3

    def _decisions(self) -> Iterator[Wait]:
        window, library = self.window, self.window.environment.library
        window.go("people")
        yield 2.0
        model = window.people.model
        for number in range(6):
            self.meter.turn("rename")
            record = model.records[number]
            began = time.perf_counter(), time.thread_time()
            window.people.card.named.emit(record.id, f"Anna {number}")
            yield lambda record=record, number=number: model.record(model.index_of(record.id)).name == f"Anna {number}"
            yield from self._shown("people")
            self._note("rename shown", began, time.perf_counter())
            yield 1.0
        for number in range(6):
            self.meter.turn("merge")
            kept, gone = model.records[2 * number + 10], model.records[2 * number + 11]
            began = time.perf_counter(), time.thread_time()
            window.people.decide(partial(library.people.merge, [kept.id, gone.id], name=kept.name, same_photo=False))
            yield lambda gone=gone: not model.index_of(gone.id).isValid()
            yield from self._shown("people")
            self._note("merge shown", began, time.perf_counter())
            yield 1.0
        groups = [record.id for record in model.records if record.name is None and 20 < record.faces < 400][:6]
        for group in groups:
            window.go("person", group)
            yield 1.0
            self.meter.turn("confirm")
            faces = window.person.model
            first = faces.records[0].face
            window.person.grid.select_ids([first])
            before = faces.records[0].assignment
            began = time.perf_counter(), time.thread_time()
            window.environment.actions["confirm"].trigger()
            yield (
                lambda first=first, before=before, faces=faces: (
                    faces.record(faces.index_of(first)).assignment is not before
                )
            )
            yield from self._shown("person")
            self._note("confirm shown", began, time.perf_counter())
            yield 0.5

    def _scrolling(self, state: str, seconds: float) -> Iterator[Wait]:
        for kind in ("people", "photos", "person"):
            self.meter.turn("settling")
            largest = max(self.window.people.model.records, key=lambda record: record.faces).id
            self.window.go(kind, largest if kind == "person" else 0)
            yield 2.5
            grid = getattr(self.window, kind).grid
            grid.verticalScrollBar().setValue(0)
            yield 0.5
            self.meter.turn(f"scrolling {kind}, {state}")
            end = time.perf_counter() + seconds
            step = 0
            while time.perf_counter() < end:
                self._wheel(grid, -120 if step % 200 < 150 else 240)
                step += 1
                yield FRAME_MS / 1000
            self.meter.turn("settling")

    def _wheel(self, grid: Any, delta: int) -> None:
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent
        from PySide6.QtWidgets import QApplication

        viewport = grid.viewport()
        place = QPointF(viewport.rect().center())
        QApplication.postEvent(
            viewport,
            QWheelEvent(
                place,
                QPointF(viewport.mapToGlobal(viewport.rect().center())),
                QPoint(),
                QPoint(0, delta),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )


def _key_of(record: Any) -> tuple[str, int]:
    if hasattr(record, "key_face"):
        return "face", record.key_face
    return ("face", record.face) if hasattr(record, "face") else ("photo", record.photo)


@app.command(hidden=True)
def drive(plan: str) -> None:
    """Start the program, and measure it from within."""
    from faceorganizer import app as program
    from faceorganizer.gui import application

    faulthandler.dump_traceback_later(600, exit=True)
    faulthandler.register(signal.SIGUSR1)
    window_of = application.MainWindow

    class Window(window_of):  # type: ignore[misc, valid-type]
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self.driver = Driver(self, json.loads(plan))

    application.MainWindow = Window  # type: ignore[misc]
    program.main(["--library", json.loads(plan)["library"], "gui"])


# The table.


def _run(folder: Path, *, start_only: bool, seconds: float, platform: str) -> dict[str, Any]:
    """Measure on a copy of the library, in a process of its own."""
    from faceorganizer.library import Library

    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary, "library")
        copy.mkdir(mode=0o700)
        shutil.copy(folder / "library" / "library.sqlite", copy)
        Library.open(copy).close()  # brings one of an older version to the newest schema, which takes a second
        (copy / "cache").symlink_to(folder / "library" / "cache")
        report = Path(temporary, "report.json")
        plan = {
            "library": str(copy),
            "photos": str(folder / "photos"),
            "report": str(report),
            "start_only": start_only,
            "seconds": seconds,
            "begun": time.time(),
        }
        # Nothing of the cache is to be deleted, which all measurements share.
        Path(temporary, "settings.toml").write_text("[cache]\nmegabytes = 1000000\n")
        home = {
            "FACEORGANIZER_CONFIG": f"{temporary}/settings.toml",
            "HOME": temporary,
            "XDG_CONFIG_HOME": temporary,
            "QT_QPA_PLATFORM": platform,
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
            "PYTHONDONTWRITEBYTECODE": "",
        }
        subprocess.run(
            [sys.executable, __file__, "drive", json.dumps(plan)], env={**os.environ, **home}, check=True, timeout=900
        )
        figures: dict[str, Any] = json.loads(report.read_text())
        return figures


@app.command()
def measure(
    folder: Annotated[Path, typer.Argument(help="Of the generated library; made when it is not there.")],
    platform: Annotated[str, typer.Option(help="Of Qt: offscreen, or xcb on the screen of DISPLAY.")] = "offscreen",
    seconds: Annotated[float, typer.Option(help="That each grid is scrolled.")] = 8.0,
    starts: Annotated[int, typer.Option(min=1, help="Of the program, to take the median of.")] = STARTS,
) -> None:
    """Measure the window, and print a table."""
    folder = folder.absolute()
    if not folder.exists():
        make(folder)
    _run(folder, start_only=True, seconds=0, platform=platform)  # compiles
    started = [_run(folder, start_only=True, seconds=0, platform=platform) for _ in range(starts)]
    full = _run(folder, start_only=False, seconds=seconds, platform=platform)
    print(f"{'':44} {'goal':>8} {'clock':>10} {'worst':>10} {'processor':>10} {'worst':>10}")
    for what, goal in (("first cards", "1.5 s"), ("first faces", "")):
        clock, used = zip(*(start[what] for start in started), strict=True)
        _row(f"start, {what} (seconds)", goal, statistics.median(clock), max(clock), statistics.median(used), max(used))
    print(f"{'heavy modules loaded by then':44} {', '.join(full['heavy modules']) or 'none'}")
    for what, times in full["times"].items():
        clock, used = zip(*times, strict=True)
        goal = "300 ms" if what.startswith("pictures") else "" if what.endswith("content") else "100 ms"
        _row(f"{what} (ms)", goal, statistics.median(clock), max(clock), statistics.median(used), max(used))
    print(
        f"\n{'stalls of the GUI thread (ms)':44} {'stretches':>8} {'p99':>10} {'worst':>10} {'p99':>10} {'worst':>10}"
    )
    for phase, stalls in full["stalls"].items():
        if phase != "settling":
            _row(phase, int(stalls["stretches"]), *(stalls[key] for key in ("p99", "worst", "cpu_p99", "cpu_worst")))
    print(f"\n{'memory before the scan (MB)':44} {'600':>8} {full['memory before the scan']:10.0f}")
    print(f"{'memory after it (MB)':44} {'600':>8} {full['memory']:10.0f}")
    number, worst = full["collections"]
    print(f"{'garbage collections, the longest (ms)':44} {number:8} {worst:10.2f}")
    print(f"the scan went on to the end of the scrolling: {'yes' if full['still scanning'] else 'no'}")


def _row(what: str, goal: object, *figures: float) -> None:
    print(f"{what:44} {goal:>8} " + " ".join(f"{figure:10.2f}" for figure in figures))


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] not in ("drive", "measure"):
        sys.argv.insert(1, "measure")
    app()
