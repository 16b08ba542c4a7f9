"""Random events in the window for some minutes: nothing may break, and memory must not grow.

    python tests/benchmarks/window_endurance.py FOLDER [--minutes 5] [--seed 1]

works on a copy of the library that window_speed.py makes in FOLDER. Keys, clicks, wheels and places come at random;
questions that open are answered by Escape. It ends with code 1 at the first exception, and prints memory by the minute.
"""

import os
import random
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Annotated, Any

import typer

MEGABYTE = 1e6
SETTLED = 0.5  # share of the time after which memory is compared
ALLOWED = 1.15  # times what it was then
KINDS = ("people", "person", "review", "photos", "photo", "albums")
# Nothing that leaves the program, such as dialogs of files, or ends it.
NEVER = {"quit", "add-folder", "scan", "show-file", "new-library", "open-library", "relocate", "full-screen"}


def main(
    folder: Annotated[Path, typer.Argument(help="As of window_speed.py.")],
    minutes: float = 5.0,
    seed: int = 1,
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
        code = _torment(copy, minutes * 60, random.Random(seed))
    sys.stdout.flush()
    os._exit(code)


def _torment(library: Path, seconds: float, chance: random.Random) -> int:
    import psutil
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

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
                print(f"{passed:5.0f} s {done:8} events {memory:7.0f} MB {len(QApplication.allWidgets()):6} widgets")
        memory = process.memory_info().rss / MEGABYTE
        print(f"{done} events; {settled:.0f} MB after {SETTLED:.0%} of the time, {memory:.0f} MB at the end")
        for text in broken:
            print(text, file=sys.stderr)
        window.close()
    return 1 if broken or memory > ALLOWED * settled else 0


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
