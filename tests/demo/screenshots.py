"""Pictures of every screen, light and dark, of a library of drawn portraits or of any other.

    python -m tests.demo.screenshots [--library PATH] [--out FOLDER]

Without a library one of drawn portraits is made. Pictures of a library of photos are to be looked at, never to be
committed. The window is real; it is painted by Qt's offscreen platform unless QT_QPA_PLATFORM says otherwise.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image

SIZE: Final = (1280, 800)
LONGEST: Final = 20.0  # seconds that a screen may take to come to rest
README: Final = ("people-light", "review-light", "photos-light", "person-dark", "photo-dark")
ROOT: Final = Path(__file__).resolve().parents[2]

Screens = Iterator[tuple[str, object]]


def main() -> int:
    """Take the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", type=Path, help="a library that is there; one of drawn portraits otherwise")
    parser.add_argument("--out", type=Path, help="folder for all pictures; otherwise those of README, for resources/")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HOME": home, "XDG_CONFIG_HOME": home, "FACEORGANIZER_CONFIG": f"{home}/settings.toml"}
        if options.library is not None and options.out is None:
            parser.error("--out is needed with --library: these pictures do not belong into the project")
        out = options.out or ROOT / "resources" / "screenshots"
        _take(options.library, out, None if options.out else README, Path(home))
    return 0


def _take(path: Path | None, out: Path, only: tuple[str, ...] | None, home: Path) -> None:
    from faceorganizer.gui import theme
    from faceorganizer.gui.application import made_application
    from faceorganizer.gui.main_window import MainWindow
    from faceorganizer.gui.translation import translate_to
    from faceorganizer.library import Library
    from tests.demo.library import make

    application = made_application()
    translate_to(application, "en")
    if path is None:
        library = make(home)
    else:  # a copy: nothing that is done for a picture may change it
        shutil.copytree(path, home / "library")
        library = Library.open(home / "library")
    out.mkdir(parents=True, exist_ok=True)
    with library:
        for name in ("light", "dark"):
            theme.choose(application, name)
            window = MainWindow(library)
            window.resize(*SIZE)
            window.show()
            _settle(window)
            for screen, widget in _screens(window):
                if only is None or f"{screen}-{name}" in only:
                    _save(widget, out / f"{screen}-{name}.png")
            window.close()
            window.deleteLater()
            application.processEvents()


def _screens(window) -> Screens:  # type: ignore[no-untyped-def]
    """Each screen, once it has come to rest."""
    from PySide6.QtCore import QTimer

    from faceorganizer.gui.dialogs.learning import LearningDialog

    people = window.environment.library.people.list()
    named = [person for person in people if person.name]
    first = (named or people)[0]
    largest = max(named or people, key=lambda person: person.photos)
    photos = [record for record in window.environment.library.photos() if record.photo is not None]
    full = max(photos, key=lambda record: record.faces)

    def at(kind: str, number: int = 0) -> object:
        window.go(kind, number)
        _settle(window)
        return window

    yield "people", at("people")
    window.people.grid.select_ids([first.id])
    window.people.grid.setFocus()
    yield "people-selected", _rested(window)
    yield "person", at("person", largest.id)
    yield "review", at("review")
    yield "photos", at("photos")
    yield "photo-details", at("photo", full.photo)
    window.environment.actions["inspector"].trigger()
    window.environment.actions["boxes"].trigger()
    yield "photo", _rested(window)
    window.environment.actions["inspector"].trigger()
    window.environment.actions["boxes"].trigger()
    yield "map", at("map")
    yield "albums", at("albums")
    window.environment.actions["history"].trigger()
    yield "history", _rested(window)
    window.environment.actions["history"].trigger()
    yield "insights", at("insights")
    if largest.key_face is not None:
        yield "similar", at("similar", largest.key_face)
    at("person", largest.id)
    window.face_pictures.findChild(QTimer).stop()  # the setting itself would delete the pictures
    window.environment.thumbnails.keep_faces(False)
    yield "person-without-pictures", _rested(window)
    yield "people-without-pictures", at("people")
    window.environment.thumbnails.keep_faces(True)
    for name in ("preferences", "take-in", "write-names"):
        window.environment.actions[name].trigger()
        yield from _dialogs(window, name)
    LearningDialog(window.environment, window).open()  # its action waits until it is closed
    yield from _dialogs(window, "learn")
    faces = [record.face for record in window.environment.library.faces.list(person=largest.id)]
    if len(faces) > 1:
        window.person.compare(faces[0], faces[-1])
        yield from _dialogs(window, "compare")
    window.go("people")


def _dialogs(window, name: str) -> Screens:  # type: ignore[no-untyped-def]
    """The dialogs that are open, each page of those that have several; they are closed afterwards."""
    from PySide6.QtWidgets import QApplication, QTabWidget

    _settle(window)
    for dialog in [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]:
        yield name, dialog
        for tabs in dialog.findChildren(QTabWidget):
            for page in range(1, tabs.count()):
                tabs.setCurrentIndex(page)
                yield f"{name}-{page + 1}", _rested_in(window, dialog)
        dialog.close()


def _rested_in(window, dialog: object) -> object:  # type: ignore[no-untyped-def]
    _settle(window)
    return dialog


def _rested(window: object) -> object:
    _settle(window)
    return window


def _settle(window) -> None:  # type: ignore[no-untyped-def]
    """Let everything come that is under way."""
    from PySide6.QtWidgets import QApplication

    environment = window.environment
    end, quiet = time.monotonic() + LONGEST, 0
    while quiet < 40 and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)
        busy = environment.background.busy or environment.thumbnails.busy or not window.ready
        quiet = 0 if busy else quiet + 1


def _save(widget, file: Path) -> None:  # type: ignore[no-untyped-def]
    """Save what a widget shows, in few bytes."""
    widget.grab().save(str(file))
    with Image.open(file) as picture:
        flat = picture.convert("RGB")
    flat.save(file, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
