"""The map: made, looked at closely, chosen from, acted on."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.gui import theme
from faceorganizer.gui.dialogs.name import NameDialog
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.gui.views.mapcanvas import MapCanvas
from faceorganizer.library import Library


@pytest.fixture
def groups(populate, library: Library) -> list[PersonId]:  # type: ignore[no-untyped-def]
    made: list[PersonId] = populate(6, 5, model=library._clustering.model)
    return made


@pytest.fixture
def window(groups: list[PersonId], window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.go("map")
    qtbot.waitUntil(lambda: window.map.canvas.shown is not None, timeout=60_000)
    qtbot.waitUntil(lambda: window.map.canvas.painted, timeout=10_000)
    return window


def faces_of(library: Library, person: PersonId) -> list[FaceId]:
    return sorted(face.face for face in library.faces.list(person=person))


def lasso(qtbot: QtBot, canvas: MapCanvas, faces: list[FaceId], *, add: bool = False) -> None:
    """Draw a square around faces."""
    places = [canvas.place_of(face) for face in faces]
    left, right = min(p.x() for p in places) - 8, max(p.x() for p in places) + 8
    top, bottom = min(p.y() for p in places) - 8, max(p.y() for p in places) + 8
    corners = [QPoint(left, top), QPoint(right, top), QPoint(right, bottom), QPoint(left, bottom)]
    keys = Qt.KeyboardModifier.ShiftModifier if add else Qt.KeyboardModifier.NoModifier
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, keys, corners[0])
    for corner in corners[1:]:
        qtbot.mouseMove(canvas, corner)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, keys, corners[-1])


def test_who_looks_alike_is_lassoed_and_named(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[PersonId]
) -> None:
    canvas, faces = window.map.canvas, faces_of(library, groups[0])
    lasso(qtbot, canvas, faces)
    assert set(faces) <= set(canvas.chosen)
    assert window.map.bar.isVisible()
    chosen = canvas.chosen
    window.environment.actions["rename"].trigger()
    dialog = window.map.findChild(NameDialog)
    qtbot.keyClicks(dialog.field, "Anna")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [person.name for person in library.people.list() if person.name] == ["Anna"])
    assert set(faces_of(library, library.people.find("Anna").id)) == set(chosen)
    qtbot.waitUntil(lambda: "Anna" in canvas.shown.names.values())
    assert canvas.chosen == chosen


def test_chosen_people_are_merged_and_parted_again(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[PersonId]
) -> None:
    canvas, actions = window.map.canvas, window.environment.actions
    lasso(qtbot, canvas, [face for group in groups for face in faces_of(library, group)])
    assert len(canvas.chosen) == 11
    assert actions["merge"].isEnabled()
    actions["merge"].trigger()
    qtbot.waitUntil(lambda: len(library.people.list()) == 1)
    actions["undo"].trigger()
    qtbot.waitUntil(lambda: len(library.people.list()) == 2)


def test_a_click_chooses_one_face_and_not_a_face_takes_it_off(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[PersonId]
) -> None:
    canvas = window.map.canvas
    face = faces_of(library, groups[1])[0]
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.place_of(face))
    assert len(canvas.chosen) == 1
    chosen = canvas.chosen[0]
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: chosen not in canvas.shown.map.faces)
    assert len(canvas.shown.map) == 10
    assert canvas.chosen == []
    assert window.map.bar.isHidden()


def test_escape_chooses_nothing(window: MainWindow, qtbot: QtBot, library: Library, groups: list[PersonId]) -> None:
    canvas = window.map.canvas
    lasso(qtbot, canvas, faces_of(library, groups[0]))
    lasso(qtbot, canvas, faces_of(library, groups[1]), add=True)
    assert len(canvas.chosen) == 11
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.chosen == []


def test_keys_choose_in_a_frame(window: MainWindow, qtbot: QtBot, library: Library, groups: list[PersonId]) -> None:
    canvas, shift = window.map.canvas, Qt.KeyboardModifier.ShiftModifier
    everybody = {face for group in groups for face in faces_of(library, group)}
    for _ in range(12):
        qtbot.keyClick(canvas, Qt.Key.Key_Right, shift)
        qtbot.keyClick(canvas, Qt.Key.Key_Down, shift)
    assert everybody <= set(canvas.chosen)
    for _ in range(12):
        qtbot.keyClick(canvas, Qt.Key.Key_Left, shift)
        qtbot.keyClick(canvas, Qt.Key.Key_Up, shift)
    assert set(canvas.chosen) < everybody
    qtbot.keyClick(canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert everybody <= set(canvas.chosen)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.chosen == []


def test_the_wheel_looks_closer_at_what_is_under_the_pointer(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[PersonId]
) -> None:
    canvas = window.map.canvas
    face = faces_of(library, groups[0])[0]
    place = canvas.place_of(face)
    turn = QWheelEvent(
        QPointF(place), QPointF(canvas.mapToGlobal(place)), QPoint(), QPoint(0, 360), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    scale = canvas.view.scale
    QApplication.sendEvent(canvas, turn)
    assert canvas.view.scale > 1.5 * scale
    assert (canvas.place_of(face) - place).manhattanLength() <= 2
    before = canvas.place_of(face)
    qtbot.mousePress(canvas, Qt.MouseButton.MiddleButton, pos=before)
    qtbot.mouseMove(canvas, before + QPoint(30, 20))
    qtbot.mouseRelease(canvas, Qt.MouseButton.MiddleButton, pos=before + QPoint(30, 20))
    assert (canvas.place_of(face) - before - QPoint(30, 20)).manhattanLength() <= 2
    window.environment.actions["zoom-fit"].trigger()
    assert canvas.view.scale == scale


def test_few_faces_are_shown_as_pictures(window: MainWindow, qtbot: QtBot) -> None:
    canvas = window.map.canvas
    assert canvas._picture is not None
    assert canvas._picture.faces
    face = int(canvas.shown.map.faces[canvas._picture.faces[0]])
    qtbot.waitUntil(lambda: window.environment.thumbnails.get(("face", face)) is not None)


def test_a_double_click_shows_the_photo(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[PersonId]
) -> None:
    canvas = window.map.canvas
    place = canvas.place_of(faces_of(library, groups[0])[0])
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(window.photo.isVisible)


def test_drawing_the_map_can_be_stopped(window: MainWindow, qtbot: QtBot) -> None:
    window.environment.actions["draw-map"].trigger()
    assert window.map.progress.isVisible()
    qtbot.mouseClick(window.map.progress.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.map.errand.running, timeout=30_000)
    assert window.map.canvas.isVisible()


def test_closing_the_window_stops_it(window: MainWindow, qtbot: QtBot) -> None:
    window.environment.actions["draw-map"].trigger()
    window.close()
    assert not window.map.errand.running


def test_colours_follow_the_appearance(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    canvas = window.map.canvas
    assert not canvas.shown.dark
    monkeypatch.setattr(theme, "colours", lambda: theme.DARK)
    QApplication.sendEvent(window.map, QEvent(QEvent.Type.PaletteChange))
    qtbot.waitUntil(lambda: canvas.shown.dark, timeout=10_000)


def test_faces_are_laid_out_another_way(window: MainWindow, qtbot: QtBot) -> None:
    pytest.importorskip("umap", reason="the extra maps is not installed", exc_type=ImportError)
    place = window.map
    before = place.canvas.shown.map.places
    place.method.setFocus()
    qtbot.keyClick(place.method, Qt.Key.Key_Down)
    assert place.method.currentData() == "umap"
    qtbot.waitUntil(lambda: (place.canvas.shown.map.places != before).any(), timeout=120_000)
    qtbot.keyClick(place.method, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: (place.canvas.shown.map.places == before).all(), timeout=60_000)  # it was kept


@pytest.fixture
def no_umap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faceorganizer.services.recognition.maps.find_spec", lambda name: None)


def test_without_umap_there_is_nothing_to_choose(no_umap: None, window: MainWindow) -> None:
    assert window.map.method.count() == 1
    assert window.map.method.isHidden()


def test_the_map_is_saved(window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "map.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(file), ""))
    with qtbot.waitSignal(window.map.told, timeout=60_000):
        qtbot.mouseClick(window.map.save, Qt.MouseButton.LeftButton)
    assert len(file.read_text("utf-8").splitlines()) == 12


def test_people_on_the_map_are_known_to_screen_readers(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[PersonId]
) -> None:
    library.people.name(groups[0], "Anna")
    library.people.name(groups[1], "Ben")
    canvas = window.map.canvas

    def children() -> dict[str, QAccessibleInterface]:
        shown = QAccessible.queryAccessibleInterface(canvas)
        found = [shown.child(number) for number in range(shown.childCount())]
        return {child.text(QAccessible.Text.Name): child for child in found if not child.state().invisible}

    qtbot.waitUntil(lambda: list(children()) == ["Anna, 6 face(s)", "Ben, 5 face(s)"])
    anna = children()["Anna, 6 face(s)"]
    at = canvas.mapFromGlobal(anna.rect().topLeft())
    inside = [QRect(at, anna.rect().size()).contains(canvas.place_of(face)) for face in faces_of(library, groups[0])]
    assert sum(inside) >= 3
    anna.actionInterface().doAction(anna.actionInterface().actionNames()[0])
    assert canvas.chosen == faces_of(library, groups[0])
    qtbot.waitUntil(lambda: bool(children()["Anna, 6 face(s)"].state().checked))
    assert not children()["Ben, 5 face(s)"].state().checked
