"""Random events in the window for some minutes: nothing may break, and memory must not grow.

    python tests/benchmarks/window_endurance.py FOLDER [--minutes 5] [--seed 1] [--census]

works on a copy of the library that window_speed.py makes in FOLDER. Keys, clicks, wheels and places come at random;
questions that open are answered by Escape. It ends with code 1 at the first exception, and prints memory by the minute:
what the process holds, what of it the C library has given out and what lies free in it, threads, widgets and objects of
Qt. With --census also which Python objects have become more since the last time; that looks at every object there is.
"""

import ctypes
import gc
import os
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

MEGABYTE = 1e6
SETTLED = 0.5  # share of the time after which memory is compared
ALLOWED = 1.15  # times what it was then
KINDS = ("people", "person", "review", "photos", "photo", "albums")
MALLINFO = ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")
# Nothing that leaves the program, such as dialogs of files, or ends it.
NEVER = {"quit", "add-folder", "scan", "show-file", "new-library", "open-library", "relocate", "full-screen"}


def main(
    folder: Annotated[Path, typer.Argument(help="As of window_speed.py.")],
    minutes: float = 5.0,
    seed: int = 1,
    census: Annotated[bool, typer.Option("--census", help="Count Python's objects by kind.")] = False,
) -> None:
    """Torment the window."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as temporary:
        os.environ |= {"HOME": temporary, "XDG_CONFIG_HOME": temporary}
        os.environ["FACEORGANIZER_CONFIG"] = f"{temporary}/settings.toml"
        Path(temporary, "settings.toml").write_text("[cache]\nmegabytes = 1000000\n")
        copy = Path(temporary, "library")
        copy.mkdir(mode=0o700)
        shutil.copy(folder.absolute() / "library" / "library.sqlite", copy)
        (copy / "cache").symlink_to(folder.absolute() / "library" / "cache")
        code = _torment(copy, minutes * 60, random.Random(seed), census=census)
    sys.stdout.flush()
    os._exit(code)


def _torment(library: Path, seconds: float, chance: random.Random, *, census: bool) -> int:
    import psutil
    from PySide6.QtCore import QTimer

    from faceorganizer.gui.application import made_application
    from faceorganizer.gui.garbage import Garbage
    from faceorganizer.gui.main_window import MainWindow
    from faceorganizer.library import Library

    broken: list[str] = []
    sys.excepthook = lambda kind, error, trace: broken.append(_told(kind, error, trace))
    threading.excepthook = lambda said: broken.append(_told(said.exc_type, said.exc_value, said.exc_traceback))
    application = made_application()
    process = psutil.Process()
    with Library.open(library) as opened:
        window = MainWindow(opened)
        window.environment.background.broken.connect(lambda error: broken.append(_told(type(error), error, None)))
        window.show()
        Garbage(application, window)
        leaving = QTimer(window)  # fires in the loops of dialogs as well
        leaving.timeout.connect(lambda: _leave_questions(window))
        leaving.start(50)
        started, done, noted, settled = time.monotonic(), 0, -1, 0.0
        sample = Sample(window, census=census)
        while (passed := time.monotonic() - started) < seconds and not broken:
            if window.ready:
                _event(window, chance)
                done += 1
            application.processEvents()
            memory = process.memory_info().rss / MEGABYTE
            if passed > SETTLED * seconds and not settled:
                settled = memory
            if passed // 60 > noted:
                noted = passed // 60
                print(f"{passed:5.0f} s {done:8} events {memory:7.0f} MB {sample.line()}", flush=True)
        memory = process.memory_info().rss / MEGABYTE
        print(f"{done} events; {settled:.0f} MB after {SETTLED:.0%} of the time, {memory:.0f} MB at the end")
        for text in broken:
            print(text, file=sys.stderr)
        window.close()
    return 1 if broken or memory > ALLOWED * settled else 0


class Sample:
    """What there is in the process, by kind."""

    def __init__(self, window: Any, *, census: bool) -> None:
        self._window = window
        self._census = census
        self._before: Counter[str] = Counter()

    def line(self) -> str:
        from PySide6.QtCore import QObject
        from PySide6.QtGui import QPixmapCache
        from PySide6.QtWidgets import QApplication

        environment = self._window.environment
        said = {
            "given out MB": c_heap()[0],
            "free in it MB": c_heap()[1],
            "widgets": len(QApplication.allWidgets()),
            "objects": len(self._window.findChildren(QObject)),
            "threads": threading.active_count(),
            "thumbnails MB": environment.thumbnails._bytes / MEGABYTE,
            "photos MB": sum(kept.image.sizeInBytes() for kept in self._pictures() if kept.image) / MEGABYTE,
            "pixmap cache limit MB": QPixmapCache.cacheLimit() / 1000,
        }
        text = ", ".join(f"{what} {value:.0f}" for what, value in said.items())
        return text + (self._grown() if self._census else "")

    def _pictures(self) -> Any:
        return self._window.photo.pictures._kept.values() if hasattr(self._window.photo, "pictures") else ()

    def _grown(self) -> str:
        gc.unfreeze()
        before = len(gc.get_objects())
        found = gc.collect()
        kinds = Counter(type(thing).__qualname__ for thing in gc.get_objects())
        more = (kinds - self._before).most_common(12)
        self._before = kinds
        after = sum(kinds.values())
        gc.freeze()
        return f"\n      {before} Python objects, {found} of them garbage, {after} left; more of: " + ", ".join(
            f"{kind} +{count}" for kind, count in more
        )


def c_heap() -> tuple[float, float]:
    """What the C library has given out, maps of its own included, and what lies free in its arenas, in MB.

    Source: mallinfo2(3) of glibc 2.33; zeros where there is none.
    """

    class Info(ctypes.Structure):
        _fields_ = tuple((name, ctypes.c_size_t) for name in MALLINFO)

    try:
        mallinfo = ctypes.CDLL(None).mallinfo2
    except (AttributeError, OSError, TypeError):
        return 0.0, 0.0
    mallinfo.restype = Info
    info = mallinfo()
    return (info.uordblks + info.hblkhd) / MEGABYTE, info.fordblks / MEGABYTE


def _event(window: Any, chance: random.Random) -> None:
    """One thing that a restless user does."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    what = chance.random()
    target = window.focusWidget() or window
    if what < 0.04:
        kind = chance.choice(KINDS)
        people, photos = window.environment.roster.records, window.photos.grid.records.records
        number = 0
        if kind == "person" and people:
            number = chance.choice(list(people))
        elif kind == "photo" and photos:
            number = chance.choice(photos).photo
        if kind not in ("person", "photo") or number:
            window.go(kind, number)
    elif what < 0.10:
        actions = [action for action in window.environment.actions.all().values() if action.objectName() not in NEVER]
        enabled = [action for action in actions if action.isEnabled()]
        if enabled:
            chance.choice(enabled).trigger()
    elif what < 0.55:
        keys = Qt.Key
        moves = [keys.Key_Left, keys.Key_Right, keys.Key_Up, keys.Key_Down, keys.Key_Home, keys.Key_End]
        pages = [keys.Key_PageDown, keys.Key_PageUp, keys.Key_Return, keys.Key_Escape, keys.Key_Tab, keys.Key_Space]
        letters = [keys.Key_A, keys.Key_N, keys.Key_E, keys.Key_1, keys.Key_Backspace]
        key = chance.choice([*moves, *pages, *letters])
        modifier = chance.choice([Qt.KeyboardModifier.NoModifier] * 4 + [Qt.KeyboardModifier.ShiftModifier])
        QTest.keyClick(target, key, modifier)
    else:
        page = window.stack.currentWidget()
        widgets = [page, *page.findChildren(type(window.people.grid))]
        widget = chance.choice([part for part in widgets if part.isVisible()] or [page])
        surface = widget.viewport() if hasattr(widget, "viewport") else widget
        place = QPoint(chance.randrange(max(1, surface.width())), chance.randrange(max(1, surface.height())))
        if what < 0.75:
            QTest.mouseClick(surface, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        elif what < 0.9 and hasattr(widget, "verticalScrollBar"):
            bar = widget.verticalScrollBar()
            bar.setValue(chance.randint(0, bar.maximum()))
        else:
            QTest.mouseMove(surface, place)


def _leave_questions(window: Any) -> None:
    """Close whatever dialogs and menus are open."""
    from PySide6.QtWidgets import QApplication, QDialog, QMenu

    for widget in QApplication.topLevelWidgets():
        if widget is not window and widget.isVisible() and isinstance(widget, QDialog | QMenu):
            widget.close()


def _told(kind: Any, error: Any, trace: Any) -> str:
    import traceback

    return "".join(traceback.format_exception(kind, error, trace or error.__traceback__))


if __name__ == "__main__":
    typer.run(main)
