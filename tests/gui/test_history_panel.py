"""The history beside the place: back to any step by a click or by keys, and forth again."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from faceorganizer.domain.ids import PersonId
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.gui.views.history import HistoryPanel
from faceorganizer.library import Library

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def person(populate: Callable[..., list[PersonId]], library: Library) -> PersonId:
    first, _ = populate(2, 2)
    for name in ("Anna", "Berta", "Clara"):
        library.people.name(first, name)
    return first


@pytest.fixture
def panel(person: PersonId, window: MainWindow, qtbot: QtBot) -> HistoryPanel:
    window.activateWindow()
    window.people.grid.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, BOTH)
    assert window.history.isVisible()
    assert window.history.steps.hasFocus()
    qtbot.waitUntil(lambda: window.history.model.rowCount() == 4)
    return window.history


def click(qtbot: QtBot, panel: HistoryPanel, row: int) -> None:
    place = panel.steps.visualRect(panel.model.index(row)).center()
    qtbot.mouseClick(panel.steps.viewport(), Qt.MouseButton.LeftButton, NO_MODIFIER, place)


def present(panel: HistoryPanel) -> list[int]:
    return [row for row, step in enumerate(panel.model.records) if step.present]


def test_a_click_leads_back_and_forth(panel: HistoryPanel, person: PersonId, library: Library, qtbot: QtBot) -> None:
    assert present(panel) == [0]
    click(qtbot, panel, 2)
    qtbot.waitUntil(lambda: present(panel) == [2])
    assert library.people.get(person).name == "Anna"
    assert [step.undone for step in panel.model.records] == [True, True, False, False]
    click(qtbot, panel, 1)
    qtbot.waitUntil(lambda: present(panel) == [1])
    assert library.people.get(person).name == "Berta"
    click(qtbot, panel, 3)
    qtbot.waitUntil(lambda: present(panel) == [3])
    assert library.people.get(person).name is None


def test_keys_lead_to_a_step(panel: HistoryPanel, person: PersonId, library: Library, qtbot: QtBot) -> None:
    assert panel.steps.currentIndex().row() == 0
    qtbot.keyClick(panel.steps, Qt.Key.Key_Down)
    assert library.people.get(person).name == "Clara"  # looking changes nothing
    qtbot.keyClick(panel.steps, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: present(panel) == [1])
    assert library.people.get(person).name == "Berta"


def test_two_clicks_on_a_step_are_one(panel: HistoryPanel, person: PersonId, library: Library, qtbot: QtBot) -> None:
    click(qtbot, panel, 1)
    click(qtbot, panel, 1)
    qtbot.waitUntil(lambda: present(panel) == [1])
    assert library.people.get(person).name == "Berta"


def test_it_follows_what_is_decided(panel: HistoryPanel, person: PersonId, library: Library, qtbot: QtBot) -> None:
    library.people.name(person, "Dora")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 5)
    library.undo()
    qtbot.waitUntil(lambda: present(panel) == [1])
    assert "taken back" in panel.model.records[0].spoken
    assert "you are here" in panel.model.records[1].spoken


def test_escape_leads_back_to_the_place(panel: HistoryPanel, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.steps, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert not window.environment.actions["history"].isChecked()
    assert window.people.grid.hasFocus()


def test_the_next_window_shows_it_again(panel: HistoryPanel, window: MainWindow) -> None:
    window.close()
    assert window.session.history
    window.session.history = False
    assert not window.session.history


def test_a_copy_is_restored_only_when_somebody_says_so(
    panel: HistoryPanel, person: PersonId, library: Library, qtbot: QtBot
) -> None:
    copy = library.backup()
    library.people.name(person, "Dora")
    library.restore(copy)
    library.people.name(person, "Emma")
    qtbot.waitUntil(lambda: [step.words for step in panel.model.records][1:2] == ["Restore"])

    def answer(button: QMessageBox.StandardButton) -> None:
        qtbot.waitUntil(lambda: bool(panel.findChildren(QMessageBox)))
        (box,) = panel.findChildren(QMessageBox)
        qtbot.mouseClick(box.button(button), Qt.MouseButton.LeftButton)

    click(qtbot, panel, 2)
    answer(QMessageBox.StandardButton.Cancel)
    qtbot.waitUntil(lambda: present(panel) == [1])
    assert library.people.get(person).name == "Clara"
    click(qtbot, panel, 2)
    qtbot.waitUntil(lambda: len(panel.findChildren(QMessageBox)) == 1)
    answer(QMessageBox.StandardButton.Yes)
    qtbot.waitUntil(lambda: [panel.model.records[row].id for row in present(panel)] == [3])
    assert library.people.get(person).name == "Clara"
    assert [step.undone for step in panel.model.records][:2] == [True, True]  # the restoring, and Dora


def test_a_library_without_decisions_says_what_will_be_there(
    populate: Callable[..., list[PersonId]], window: MainWindow, qtbot: QtBot
) -> None:
    window.environment.actions["history"].trigger()
    qtbot.waitUntil(lambda: window.history.model.rowCount() == 1)
    assert window.history.hint.isVisible()
