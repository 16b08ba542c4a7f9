"""Similar faces: asked for by keys and by files, seen in order, decided about."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from faceorganizer.gui.dialogs.choose import PersonDialog
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.gui.views.similar import SimilarPlace
from faceorganizer.library import Library
from faceorganizer.services.recognition.similar import FoundFace, SimilarService

LEFT = Qt.MouseButton.LeftButton
ASK = (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


@pytest.fixture
def groups(populate: Callable[..., list[int]], library: Library) -> list[int]:
    made = populate(5, 3, model=library._clustering.model)
    library.people.name(made[0], "Anna")
    return made


@pytest.fixture
def window(groups: list[int], window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.go("person", groups[0])
    qtbot.waitUntil(lambda: len(window.person.model.ids) == 5)
    return window


def ask(qtbot: QtBot, window: MainWindow, row: int = 0) -> int:
    """Ask for faces like one of the person's."""
    grid = window.person.grid
    place = grid.visualRect(window.person.model.index(row)).center()
    qtbot.mouseClick(grid.viewport(), LEFT, pos=place)
    face = window.person.model.ids[row]
    qtbot.keyClick(window, *ASK)
    qtbot.waitUntil(lambda: len(window.similar.model.ids) == 7)
    return face


def click(qtbot: QtBot, place: SimilarPlace, row: int) -> int:
    qtbot.mouseClick(place.grid.viewport(), LEFT, pos=place.grid.visualRect(place.model.index(row)).center())
    return place.model.ids[row]


def test_the_most_similar_come_first(window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]) -> None:
    asked = ask(qtbot, window)
    place = window.similar
    assert window.stack.currentWidget() is place
    assert place.heading.text() == "Faces like Anna"
    anna = {record.face for record in library.faces.list(person=groups[0])} - {asked}
    assert set(place.model.ids[:4]) == anna
    words = place.grid.described(place.model.record(place.model.index(0)))
    assert words.startswith("Anna, ")
    assert "distance 0." in words
    assert place.portrait.face == asked
    assert place.grid.hasFocus()


def test_from_face_to_face_and_back(window: MainWindow, qtbot: QtBot) -> None:
    asked = ask(qtbot, window)
    place = window.similar
    other = click(qtbot, place, 6)
    qtbot.keyClick(window, *ASK)
    qtbot.waitUntil(lambda: asked in place.model.ids and other not in place.model.ids)
    assert place.heading.text() == "Similar faces"
    window.environment.actions["back"].trigger()
    qtbot.waitUntil(lambda: other in place.model.ids and asked not in place.model.ids)
    place.grid.setCurrentIndex(place.model.index(0))
    qtbot.keyClick(place.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.photo)


def test_a_letter_names_what_is_selected(window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]) -> None:
    ask(qtbot, window)
    place = window.similar
    face = click(qtbot, place, 5)

    def finish() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PersonDialog)
        typed.append(dialog.field.text())
        dialog.field.setText("Ben")
        dialog.accept()

    typed: list[str] = []
    QTimer.singleShot(200, finish)
    qtbot.keyClick(place.grid, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: "Ben" in place.grid.described(place.model.record(place.model.index_of(face))))
    assert typed == ["b"]
    assert [record.face for record in library.faces.list(person=library.people.find("Ben").id)] == [face]


def test_what_is_put_away_leaves_and_comes_back_by_undo(window: MainWindow, qtbot: QtBot) -> None:
    ask(qtbot, window)
    place = window.similar
    face = click(qtbot, place, 2)
    assert place.bar.isVisible()
    window.environment.actions["not-a-face"].trigger()
    qtbot.waitUntil(lambda: face not in place.model.ids)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: face in place.model.ids)


def test_nobody_is_asked_about(window: MainWindow, qtbot: QtBot) -> None:
    window.go("similar")
    place = window.similar
    assert place.stack.currentWidget() is place.blank
    assert place.actions_now() == {}
    assert not place.portrait.isVisible()


@pytest.fixture
def picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a face that no detector would find: what finds it is told where it is."""
    path = tmp_path / "who.jpg"
    Image.new("RGB", (64, 64), "orange").save(path)

    def seen(_: SimilarService, file: Path) -> FoundFace:
        middle = np.random.default_rng(1).normal(size=128)
        return FoundFace(
            file, (10, 10, 40, 40), 3, (middle / np.linalg.norm(middle)).astype(np.float32), path.read_bytes()
        )

    monkeypatch.setattr(SimilarService, "face_in", seen)
    return path


def test_a_picture_is_chosen(
    window: MainWindow,
    qtbot: QtBot,
    picture: Path,
    groups: list[int],
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(picture), ""))
    window.environment.actions["find-who"].trigger()
    place = window.similar
    qtbot.waitUntil(lambda: len(place.model.ids) == 8)
    assert place.heading.text() == "Who is this?"
    assert "3 face" in place.about.text()
    second = {record.face for record in library.faces.list(person=groups[1])}
    assert set(place.model.ids[:3]) == second
    window.environment.actions["back"].trigger()
    window.environment.actions["forward"].trigger()
    qtbot.waitUntil(lambda: len(place.model.ids) == 8)
    assert place.portrait.isVisible()


def test_a_picture_is_dropped(window: MainWindow, qtbot: QtBot, picture: Path) -> None:
    window.go("similar")
    place = window.similar
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(picture))])
    begun = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, content, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(place, begun)
    assert begun.isAccepted()
    dropped = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, content, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(place, dropped)
    qtbot.waitUntil(lambda: len(place.model.ids) == 8)


def test_a_file_without_a_picture_says_so(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "text.jpg").write_text("no picture")
    window.similar.look_for(tmp_path / "text.jpg")
    place = window.similar
    assert place.blank.title.text() == "Looking for a face…"
    qtbot.waitUntil(lambda: place.blank.title.text() == "No face to look for", timeout=60_000)
    assert "text.jpg" in place.blank.text.text()


def test_other_places_lead_here(window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]) -> None:
    window.go("people")
    qtbot.waitUntil(lambda: bool(window.people.grid.records.ids))
    window.people.grid.select_ids([groups[1]])
    qtbot.keyClick(window, *ASK)
    qtbot.waitUntil(lambda: len(window.similar.model.ids) == 7)
    assert window.similar.portrait.face == library.people.get(groups[1]).key_face
