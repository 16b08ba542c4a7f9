"""The program's own icons, drawn in the colours of the appearance that is shown."""

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from faceorganizer.gui import theme
from faceorganizer.gui.resources import resource

_SIZES: Final = (16, 20, 24, 32, 48, 64)
_INK: Final = b"currentColor"


def icon(name: str) -> QIcon:
    """An icon by the name of its file, for the appearance that is shown now; empty where there is none.

    Icons keep their colours: whoever shows one asks anew when the appearance changes.
    """
    shown = theme.colours()
    return _drawn(name, shown.text, shown.on_accent, shown.disabled)


def program_icon() -> QIcon:
    """The icon of the program."""
    return _drawn("faceorganizer", "", "", "")


@cache
def _drawn(name: str, ink: str, on_accent: str, disabled: str) -> QIcon:
    file = resource("icons", f"{name}.svg")
    made = QIcon()
    if not file.is_file():
        return made
    picture = file.read_bytes()
    modes = {QIcon.Mode.Normal: ink, QIcon.Mode.Selected: on_accent, QIcon.Mode.Disabled: disabled}
    for mode, colour in modes.items() if _INK in picture else [(QIcon.Mode.Normal, "")]:
        drawing = QSvgRenderer(QByteArray(picture.replace(_INK, colour.encode())))
        for size in _SIZES:
            made.addPixmap(_pixmap(drawing, size), mode)
    return made


def _pixmap(drawing: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing.render(painter)
    painter.end()
    return pixmap
