"""The libraries that were opened lately, and windows on others."""

import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QProcess, QSettings

_KEY: Final = "libraries/recent"
_MOST: Final = 10


def recent_libraries() -> list[Path]:
    """Folders of libraries, the latest first, whether or not they are still there."""
    stored = QSettings().value(_KEY)
    texts = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
    return [Path(text) for text in texts if isinstance(text, str) and text]


def remember_library(folder: Path) -> None:
    """Put a library on top of the list."""
    _store([folder, *(other for other in recent_libraries() if other != folder)])


def forget_library(folder: Path) -> None:
    """Take a library off the list; nothing else happens to it."""
    _store([other for other in recent_libraries() if other != folder])


def open_window(library: Path) -> bool:
    """Show a library in a window of its own, by a process of its own; one that is open is raised.

    Libraries share nothing, so that trouble in one never touches another.
    """
    frozen = getattr(sys, "frozen", False)
    program = [] if frozen else ["-m", "faceorganizer"]
    # Where the package is imported from may be known by the present folder only.
    started = QProcess.startDetached(sys.executable, [*program, "--library", str(library), "gui"], str(Path.cwd()))
    return bool(started[0] if isinstance(started, tuple) else started)


def _store(folders: list[Path]) -> None:
    QSettings().setValue(_KEY, [str(folder) for folder in folders[:_MOST]])
