"""A library of drawn portraits, and a window on it; nothing may be left behind."""

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QtMsgType
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from faceorganizer.db.database import Database
from faceorganizer.domain.faces import EmbeddingModel, FaceObservations
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library

SIDE = 240
HARMLESS: Final = "This plugin does not support"  # what Qt's platform without a screen cannot do
MODEL = EmbeddingModel("drawn", "1", 8, "euclidean", "68-point")

People = dict[str, list[FaceId]]
Populate = Callable[..., list[PersonId]]


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["faceorganizer"]


@pytest.fixture(autouse=True)
def _leaves_nothing(qapp: QApplication, tmp_path: Path, qtlog: Any) -> Iterator[None]:
    """No thread and no window outlives a test, and Qt has nothing to complain of."""
    qapp.setOrganizationName("faceorganizer")
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(tmp_path / "qt"))
    threads, windows = set(threading.enumerate()), set(QApplication.topLevelWidgets())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [type(window).__name__ for window in QApplication.topLevelWidgets() if window not in windows] == []
    assert {thread for thread in threading.enumerate() if thread.is_alive()} <= threads
    assert [said for said in _complaints(qtlog) if not said.startswith(HARMLESS)] == []


def _complaints(qtlog: Any) -> list[str]:
    quiet = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
    return [record.message for record in qtlog.records if record.type not in quiet]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def populate(library: Library, tmp_path: Path) -> Populate:
    """Put groups into the library: ``populate(3, 2)`` makes one of three photos and one of two."""
    folder = tmp_path / "photos"

    def fill(*sizes: int, model: EmbeddingModel = MODEL, of: Sequence[int] | None = None) -> list[PersonId]:
        folder.mkdir(exist_ok=True)
        database: Database = library._database
        with database.write() as unit:
            root = unit.roots.add(folder, "1:1")
            number_of_model = unit.models.id_of(model)
            labels, faces = [], []
            who = of or range(len(sizes))
            for label, size in enumerate(sizes):
                for number in range(size):
                    path = folder / f"{label}-{number}.jpg"
                    draw_portrait(who[label]).save(path)
                    status = path.stat()
                    digest = hashlib.blake2b(path.read_bytes(), digest_size=32).digest()
                    content = unit.contents.add(PictureIdentity(digest, path.name.encode(), "jpeg", SIDE, SIDE))
                    record = FileRecord(
                        0,
                        root.id,
                        path.name,
                        status.st_size,
                        status.st_mtime_ns,
                        digest,
                        content,
                        FileState.PRESENT,  # type: ignore[arg-type]
                    )
                    unit.files.add([record])
                    faces += unit.faces.store(
                        content, number_of_model, "drawn", _face(who[label], model.dimension, len(faces)), [], []
                    )
                    labels.append(-2 - label)
            run = unit.runs.add("drawn", {}, number_of_model, 0, 0.0, {})
            made = unit.people.apply_grouping(run, np.array(faces, np.int64), np.array(labels, np.int64))
        return [made[-2 - label] for label in range(len(sizes))]

    return fill


@pytest.fixture
def window(qtbot: QtBot, library: Library) -> Iterator[MainWindow]:
    """A window that is shown; fill the library before."""
    shown = MainWindow(library)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    qtbot.waitUntil(lambda: shown.ready)
    yield shown
    shown.close()


def draw_portrait(number: int) -> Image.Image:
    """A face of plain shapes; another number, other colours."""
    random = np.random.default_rng(number)
    skin, shirt, hair, ground = (tuple(int(c) for c in random.integers(40, 230, 3)) for _ in range(4))
    picture = Image.new("RGB", (SIDE, SIDE), ground)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((30, 180, 210, 320), fill=shirt)
    draw.ellipse((68, 40, 172, 130), fill=hair)
    draw.ellipse((75, 60, 165, 190), fill=skin)
    for left in (95, 133):
        draw.ellipse((left, 105, left + 12, 117), fill=(20, 20, 30))
    draw.arc((95, 125, 145, 165), 20, 160, fill=(120, 30, 40), width=4)
    return picture


def _face(who: int, dimension: int, number: int) -> FaceObservations:
    """A face as near to others of the same person as descriptors of dlib's network are."""
    middle = np.random.default_rng(who).normal(size=dimension)
    vector = (
        middle / np.linalg.norm(middle)
        + 0.2 * np.random.default_rng(number + 100).normal(size=dimension) / dimension**0.5
    )
    return FaceObservations(
        np.array([[70, 60, 100, 120]], np.float32),
        np.ones(1, np.float32),
        np.random.default_rng(who).uniform(70, 170, (1, 68, 2)).astype(np.float32),
        vector[None].astype(np.float32),
        np.ones(1, np.float32),
    )
