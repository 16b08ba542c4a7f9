"""Two faces compared: what is said, and what an answer does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from faceorganizer.db.database import Database
from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.gui.dialogs.compare import CompareDialog
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


@pytest.fixture
def groups(populate, library: Library) -> list[PersonId]:  # type: ignore[no-untyped-def]
    """Anna, and somebody else."""
    made: list[PersonId] = populate(4, 3, model=library._clustering.model, of=(0, 1))
    library.people.name(made[0], "Anna")
    return made


@pytest.fixture
def window(groups: list[PersonId], window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.go("person", groups[0])
    qtbot.waitUntil(lambda: len(window.person.model.ids) == 4)
    return window


def choose(window: MainWindow, qtbot: QtBot, *rows: int) -> list[FaceId]:
    grid = window.person.grid
    for number, row in enumerate(rows):
        held = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        place = grid.visualRect(window.person.model.index(row)).center()
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, held, place)
    return [FaceId(window.person.model.ids[row]) for row in rows]


def opened(window: MainWindow, qtbot: QtBot) -> CompareDialog:
    qtbot.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = window.person.findChild(CompareDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.one_person.isEnabled, timeout=30_000)
    return dialog


def links(library: Library) -> list[tuple[int, int, str]]:
    database: Database = library._database
    with database.read() as unit:
        return list(unit.people.links())


def press(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_only_two_faces_are_compared(window: MainWindow, qtbot: QtBot) -> None:
    action = window.environment.actions["compare"]
    for rows, possible in (((0,), False), ((0, 1), True), ((0, 1, 2), False)):
        choose(window, qtbot, *rows)
        assert action.isEnabled() is possible


def test_likeness_is_told_in_words(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    choose(window, qtbot, 0, 2)
    dialog = opened(window, qtbot)
    found = library.verification.verify(*dialog.faces)
    assert dialog.says.text().startswith("Almost certainly one person: 99")
    assert [caption.name.text() for caption in dialog.captions] == ["Anna", "Anna"]
    assert "within the threshold of 0.54" in dialog.detail.text()
    assert dialog.scale.distance == pytest.approx(found.distance)
    assert dialog.pictures[0].accessibleName() == "Face of Anna"
    assert "leaves Anna" in dialog.warning.text()
    dialog.rate.setFocus()
    qtbot.keyClick(dialog.rate, Qt.Key.Key_Down)
    assert dialog.scale.threshold == pytest.approx(0.4728)
    assert "0.47" in dialog.detail.text()
    assert dialog.scale.place_of(0) < dialog.scale.place_of(0.4728) < dialog.scale.place_of(9)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert links(library) == []


def test_one_person_is_kept_and_can_be_undone(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    faces = choose(window, qtbot, 0, 2)
    press(qtbot, opened(window, qtbot).one_person)
    qtbot.waitUntil(lambda: links(library) == [(min(faces), max(faces), "must")])
    undo = window.environment.actions["undo"]
    qtbot.waitUntil(undo.isEnabled)
    undo.trigger()
    qtbot.waitUntil(lambda: links(library) == [])


def test_of_different_people_the_right_one_leaves(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[PersonId]
) -> None:
    choose(window, qtbot, 1, 3)
    dialog = opened(window, qtbot)
    left, right = dialog.faces
    press(qtbot, dialog.two_people)
    qtbot.waitUntil(lambda: right not in window.person.model.ids)
    assert left in window.person.model.ids
    assert links(library) == [(min(left, right), max(left, right), "cannot")]
    undo = window.environment.actions["undo"]
    qtbot.waitUntil(undo.isEnabled)
    undo.trigger()
    qtbot.waitUntil(lambda: right in window.person.model.ids)
    assert links(library) == []


def test_the_surer_face_is_on_the_left(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[PersonId]
) -> None:
    stranger = library.faces.list(person=groups[1])[0].face
    database: Database = library._database
    with database.write() as unit:
        unit.people.assign([stranger], groups[0], AssignmentSource.AUTOMATIC)
    window.person.reload()
    qtbot.waitUntil(lambda: len(window.person.model.ids) == 5)
    row = window.person.model.ids.index(stranger)
    choose(window, qtbot, row, 4 if row != 4 else 3)
    dialog = opened(window, qtbot)
    assert dialog.faces[1] == stranger
    assert "different people" in dialog.says.text()
    assert "beyond the threshold" in dialog.detail.text()
    dialog.close()


def test_a_model_that_was_never_measured(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faceorganizer.services.recognition.verification.calibration_of", lambda model: None)
    choose(window, qtbot, 0, 1)
    dialog = opened(window, qtbot)
    assert "How near they are is known" in dialog.says.text()
    assert dialog.scale.threshold is None
    assert dialog.grab().width() > 0
    dialog.close()


def test_a_face_that_is_gone_is_told(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    first = choose(window, qtbot, 0, 1)[0]
    dialog = CompareDialog(window.environment, first, FaceId(4711), window)
    dialog.open()
    qtbot.waitUntil(lambda: "4711" in dialog.says.text())
    assert not dialog.one_person.isEnabled()
    assert not dialog.scale.isVisible()
    dialog.close()
    dialog.deleteLater()


def test_two_faces_of_the_map(window: MainWindow, qtbot: QtBot, library: Library, groups: list[PersonId]) -> None:
    window.go("map")
    canvas = window.map.canvas
    qtbot.waitUntil(lambda: canvas.shown is not None, timeout=60_000)
    qtbot.waitUntil(lambda: canvas.painted, timeout=10_000)
    faces = [library.faces.list(person=person)[0].face for person in groups]
    for number, face in enumerate(faces):
        held = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, held, canvas.place_of(face))
    if len(canvas.chosen) != 2:
        pytest.skip("two points lie over each other")
    qtbot.waitUntil(window.environment.actions["compare"].isEnabled)
    window.environment.actions["compare"].trigger()
    dialog = window.map.findChild(CompareDialog)
    qtbot.waitUntil(dialog.one_person.isEnabled, timeout=30_000)
    assert dialog.faces == tuple(sorted(faces))
    assert not dialog.warning.isVisible()
    press(qtbot, dialog.two_people)
    qtbot.waitUntil(lambda: links(library) == [(min(faces), max(faces), "cannot")])
