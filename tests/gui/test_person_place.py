"""One person: what is done with the faces that are selected."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


@pytest.fixture
def groups(populate) -> list[int]:  # type: ignore[no-untyped-def]
    return populate(6, 2)


@pytest.fixture
def window(groups: list[int], window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.go("person", groups[0])
    qtbot.waitUntil(lambda: len(window.person.model.ids) == 6)
    return window


def select(qtbot: QtBot, window: MainWindow, *rows: int) -> list[int]:
    ids = [window.person.model.ids[row] for row in rows]
    grid = window.person.grid
    for number, row in enumerate(rows):
        place = grid.visualRect(window.person.model.index(row)).center()
        held = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, held, place)
    assert window.person.bar.isVisible()
    return ids


def test_faces_split_off_are_a_person_of_their_own(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    faces = select(qtbot, window, 0, 2)
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(window.person.model.ids) == 4)
    assert not set(faces) & set(window.person.model.ids)
    assert len(library.people.list()) == 3
    assert not window.person.bar.isVisible()


def test_what_is_rejected_leaves(window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]) -> None:
    (face,) = select(qtbot, window, 1)
    qtbot.keyClick(window.person.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: face not in window.person.model.ids)
    assert library.people.get(groups[0]).faces == 5


def test_what_is_confirmed_is_marked(window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]) -> None:
    (face,) = select(qtbot, window, 3)
    window.environment.actions["confirm"].trigger()
    qtbot.waitUntil(lambda: [s.title for s in window.person.model.sections] == ["To check", "Confirmed"])
    said = {record.face: record.assignment for record in library.faces.list(person=groups[0])}
    assert said[face] is AssignmentSource.CONFIRMED


def test_a_key_face_stands_for_the_person(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    (face,) = select(qtbot, window, 4)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: library.people.get(groups[0]).key_face == face)


def test_what_is_no_face_is_gone_and_comes_back_by_undo(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    (face,) = select(qtbot, window, 5)
    window.environment.actions["not-a-face"].trigger()
    qtbot.waitUntil(lambda: face not in window.person.model.ids)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: face in window.person.model.ids)


def test_a_rubber_band_selects_what_it_touches(window: MainWindow, qtbot: QtBot) -> None:
    grid = window.person.grid
    last = grid.visualRect(window.person.model.index(5))
    start = QPoint(last.right() + 20, last.bottom() + 30)
    view = grid.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, last.center())
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=last.center())
    assert grid.selected_ids() == [window.person.model.ids[5]]


def test_nothing_selected_offers_nothing(window: MainWindow) -> None:
    actions = window.environment.actions
    assert not any(actions[name].isEnabled() for name in ("confirm", "reject", "split", "move", "merge", "rename"))
