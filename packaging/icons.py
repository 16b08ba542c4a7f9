"""Draws the program's icon in all sizes, from its one picture."""

import os
from pathlib import Path
from typing import Final

from PIL import Image
from project import ROOT
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE: Final = ROOT / "resources" / "icons" / "faceorganizer.svg"
SIZES: Final = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
WINDOWS_SIZES: Final = (16, 24, 32, 48, 64, 128, 256)


def draw(folder: Path) -> None:
    """Draw `NAME-SIZE.png`, `NAME.ico` for Windows and `NAME.icns` for macOS into a folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(SOURCE))
    for size in (*SIZES, 1024):
        (folder / f"faceorganizer-{size}.png").write_bytes(_png(renderer, size))
    largest = Image.open(folder / "faceorganizer-1024.png")
    drawn = [Image.open(folder / f"faceorganizer-{size}.png") for size in WINDOWS_SIZES]
    drawn[-1].save(
        folder / "faceorganizer.ico", sizes=[(size, size) for size in WINDOWS_SIZES], append_images=drawn[:-1]
    )
    largest.save(folder / "faceorganizer.icns")
    del application


def _png(renderer: QSvgRenderer, size: int) -> bytes:
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.data())
