"""What the program is, what it is made of, and under which licences."""

import importlib.metadata
import sqlite3
import sys
from typing import Final

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from faceorganizer import __version__
from faceorganizer.gui import theme
from faceorganizer.gui.icons import program_icon
from faceorganizer.gui.translation import Later

about: Final = Later("about")

# What is inside, by the names of its packages, the first of which is installed counts; with licence and purpose.
_PARTS: Final = (
    (("dlib-bin", "dlib"), "dlib", "Boost 1.0"),
    (("face-recognition-models",), about.tr("Weights of dlib's networks"), about.tr("CC0 1.0; landmarks: see above")),
    (("faiss-cpu",), "faiss", "MIT"),
    (("infomap",), "Infomap", about.tr("GPL 3 or later")),
    (("onnxruntime",), "ONNX Runtime", "MIT"),
    (("opencv-python-headless", "opencv-python"), "OpenCV", "Apache 2.0"),
    (("numpy",), "NumPy", "BSD"),
    (("scipy",), "SciPy", "BSD"),
    (("scikit-learn",), "scikit-learn", "BSD"),
    (("pillow",), "Pillow", "MIT-CMU"),
    (("pillow-heif",), "pillow-heif with libheif", "BSD; LGPL 3"),
    (("rawpy",), "rawpy with LibRaw", "MIT; LGPL 2.1"),
    (("SQLAlchemy",), "SQLAlchemy", "MIT"),
)


def parts() -> list[tuple[str, str, str]]:
    """Name, version and licence of what the program is made of; what is not installed is left out."""
    found = [
        ("Python", ".".join(map(str, sys.version_info[:3])), "PSF 2"),
        ("Qt for Python", qVersion(), "LGPL 3"),
        ("SQLite", sqlite3.sqlite_version, about.tr("public domain")),
    ]
    for packages, name, licence in _PARTS:
        version = next(filter(None, map(_version, packages)), "")
        if version:
            found.append((name, version, licence))
    return found


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


class AboutDialog(QDialog):
    """Version, promise, licences, and the versions of what is inside, to be copied into a report."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Face Organizer"))
        self.resize(72 * theme.UNIT, 78 * theme.UNIT)
        picture = QLabel()
        picture.setPixmap(program_icon().pixmap(8 * theme.UNIT))
        name = QLabel(self.tr("Face Organizer {version}").format(version=__version__))
        name.setFont(theme.sized(self.font(), 1.6, strong=True))
        promise = QLabel(self.tr("Finds the people in folders of photos, on your own computer."))
        top = QHBoxLayout()
        top.setSpacing(2 * theme.UNIT)
        words = QVBoxLayout()
        words.addWidget(name)
        words.addWidget(promise)
        top.addWidget(picture)
        top.addLayout(words, 1)
        licence = QLabel(
            self.tr(
                "Free software: you may use it, change it and pass it on under the GNU General Public License, version "
                "3 or later. It comes without any warranty.\n\n"
                "The 68-point landmark model of dlib, which comes with it, was trained on the iBUG 300-W data. Its "
                "licence excludes commercial use. Faces can be aligned by the 5-point model instead: faceorganizer "
                "settings set vision.aligner 5-point."
            )
        )
        licence.setWordWrap(True)
        licence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.parts = QTreeWidget()
        self.parts.setRootIsDecorated(False)
        self.parts.setHeaderLabels([self.tr("Made with"), self.tr("Version"), self.tr("Licence")])
        self.parts.setAccessibleName(self.tr("What the program is made of"))
        self.parts.addTopLevelItems([QTreeWidgetItem([about.now(word) for word in part]) for part in parts()])
        for column in range(2):
            self.parts.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = buttons.addButton(self.tr("Copy Versions"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, 2 * theme.UNIT)
        layout.setSpacing(2 * theme.UNIT)
        layout.addLayout(top)
        layout.addWidget(licence)
        layout.addWidget(self.parts, 1)
        layout.addWidget(buttons)

    def _copy(self) -> None:
        lines = [f"Face Organizer {__version__}", *(f"{name} {version}" for name, version, _ in parts())]
        QGuiApplication.clipboard().setText("\n".join(lines))
