"""What a window remembers from one start to the next."""

import hashlib
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

from faceorganizer.gui.trail import Address

_GEOMETRY: Final = "window/geometry"
_HISTORY: Final = "window/history"


class Session:
    """How windows look, all alike; the place of each library. Whatever is damaged counts as nothing.

    Args:
        library: The library's folder.
    """

    def __init__(self, library: Path) -> None:
        name = hashlib.sha256(str(library).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        self._place = f"session/{name}/place"

    def restore_geometry(self, window: QWidget) -> None:
        """Give a window the size and place it had."""
        stored = QSettings().value(_GEOMETRY)
        if isinstance(stored, QByteArray):
            window.restoreGeometry(stored)  # says False to nonsense, and moves what would be off the screens

    def store_geometry(self, window: QWidget) -> None:
        """Remember size and place."""
        QSettings().setValue(_GEOMETRY, window.saveGeometry())

    @property
    def history(self) -> bool:
        """Whether the history is shown beside the place."""
        return str(QSettings().value(_HISTORY)) == "shown"

    @history.setter
    def history(self, shown: bool) -> None:
        QSettings().setValue(_HISTORY, "shown" if shown else "hidden")

    @property
    def place(self) -> Address | None:
        """Where somebody was last; it may be gone by now."""
        kind, _, number = str(QSettings().value(self._place) or "").partition(" ")
        return (kind, int(number)) if kind and number.isascii() and number.isdecimal() else None

    @place.setter
    def place(self, address: Address) -> None:
        QSettings().setValue(self._place, f"{address[0]} {address[1]}")
