"""People: naming by keys, merging, hiding, undo; what is seen and what is in the library afterwards."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from faceorganizer.gui.dialogs.merge import MergeDialog
from faceorganizer.gui.dialogs.strangers import StrangersDialog
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.gui.views.grid import DRAGGED
from faceorganizer.gui.views.profile import Portrait
from faceorganizer.library import Library


def names(library: Library) -> dict[int, str | None]:
    return {record.id: record.name for record in library.people.list()}


def titles(window: MainWindow) -> list[tuple[str, int]]:
    return [(section.title, section.count) for section in window.people.model.sections]


def click(
    qtbot: QtBot, window: MainWindow, person: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    grid = window.people.grid
    place = grid.visualRect(window.people.model.index_of(person))
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, QPoint(place.center().x(), place.top() + 60))


def editor(window: MainWindow) -> QLineEdit:
    found = window.people.grid.indexWidget(window.people.grid.currentIndex())
    assert isinstance(found, QLineEdit)
    return found


@pytest.fixture
def groups(populate, library: Library) -> list[int]:  # type: ignore[no-untyped-def]
    return populate(4, 3, 2)


@pytest.fixture
def window(groups: list[int], window: MainWindow, qtbot: QtBot) -> MainWindow:
    qtbot.waitUntil(lambda: len(window.people.model.ids) == 3)
    return window


def test_three_names_are_three_names_and_three_enters(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    tester = QAbstractItemModelTester(window.people.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    click(qtbot, window, groups[0])
    qtbot.keyClicks(window.people.grid, "A")
    for typed in ("nna", "Ben", "Cleo"):
        qtbot.keyClicks(editor(window), typed)
        qtbot.keyClick(editor(window), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: list(names(library).values()).count(None) == 0)
    assert names(library) == dict(zip(groups, ("Anna", "Ben", "Cleo"), strict=True))
    assert tester.model() is window.people.model


def test_a_name_that_is_there_means_that_person(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    library.people.name(groups[0], "Anna")
    click(qtbot, window, groups[1])
    qtbot.keyClicks(window.people.grid, "a")
    qtbot.keyClicks(editor(window), "nna")
    qtbot.keyClick(editor(window), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: groups[1] not in names(library))
    assert library.people.get(groups[0]).faces == 7
    qtbot.waitUntil(lambda: len(window.people.model.ids) == 2)
    assert window.toast.isVisible()


def test_escape_leaves_the_name_as_it_was(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    click(qtbot, window, groups[0])
    qtbot.keyClicks(window.people.grid, "x")
    qtbot.keyClick(editor(window), Qt.Key.Key_Escape)
    qtbot.wait(50)
    assert set(names(library).values()) == {None}


def test_who_is_named_stays_in_place_until_the_place_is_shown_again(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    before = window.people.model.ids
    library.people.name(groups[1], "Ben")
    qtbot.waitUntil(lambda: window.people.model.record(window.people.model.index_of(groups[1])).name == "Ben")
    assert window.people.model.ids == before
    window.go("person", groups[0])
    window.go("people")
    qtbot.waitUntil(lambda: titles(window) == [("People", 1), ("Who is this?", 2)])
    assert window.people.model.ids == [groups[1], groups[0], groups[2]]


def test_a_name_being_typed_survives_a_change_of_the_library(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    click(qtbot, window, groups[0])
    qtbot.keyClicks(window.people.grid, "C")
    qtbot.keyClicks(editor(window), "ar")
    library.people.name(groups[2], "Zoe")
    qtbot.waitUntil(lambda: window.people.model.record(window.people.model.index_of(groups[2])).name == "Zoe")
    assert editor(window).text() == "Car"
    qtbot.keyClick(editor(window), Qt.Key.Key_Escape)


def test_undo_and_redo_by_keys(window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]) -> None:
    library.people.name(groups[0], "Anna")
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: names(library)[groups[0]] is None)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: names(library)[groups[0]] == "Anna")


def test_two_selected_groups_merge(window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]) -> None:
    click(qtbot, window, groups[1])
    click(qtbot, window, groups[2], Qt.KeyboardModifier.ControlModifier)
    window.environment.actions["merge"].trigger()
    qtbot.waitUntil(lambda: len(names(library)) == 2)
    assert library.people.get(groups[1]).faces == 5


def test_a_card_dropped_on_a_card_merges_after_a_question(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    library.people.name(groups[0], "Anna")
    qtbot.waitUntil(lambda: window.people.model.record(window.people.model.index_of(groups[0])).name == "Anna")
    asked = []

    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        asked.append(dialog.windowTitle())
        dialog.accept()

    grid = window.people.grid
    content = QMimeData()
    content.setData(DRAGGED, f"[{groups[2]}]".encode())
    place = grid.visualRect(window.people.model.index_of(groups[0])).center()
    left = Qt.MouseButton.LeftButton
    drop = QDropEvent(QPointF(place), Qt.DropAction.MoveAction, content, left, Qt.KeyboardModifier.NoModifier)
    QTimer.singleShot(300, agree)
    grid.dropEvent(drop)
    qtbot.waitUntil(lambda: groups[2] not in names(library))
    assert asked == ["Merge"]
    assert library.people.get(groups[0]).name == "Anna"


def test_hidden_people_are_seen_no_more(window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]) -> None:
    click(qtbot, window, groups[2])
    qtbot.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.people.model.ids == groups[:2])
    assert library.people.get(groups[2]).hidden


def test_search_narrows_as_it_is_typed(window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]) -> None:
    library.people.name(groups[1], "Ben")
    qtbot.waitUntil(lambda: window.people.model.record(window.people.model.index_of(groups[1])).name == "Ben")
    qtbot.keyClicks(window.people.search, "be")
    assert window.people.model.ids == [groups[1]]
    window.people.search.clear()
    assert len(window.people.model.ids) == 3


def test_arrow_keys_and_enter_lead_to_a_person_and_back(window: MainWindow, qtbot: QtBot, groups: list[int]) -> None:
    grid = window.people.grid
    click(qtbot, window, groups[0])
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert window.stack.currentWidget() is window.person
    assert window.person.person == groups[1]
    qtbot.waitUntil(lambda: len(window.person.model.ids) == 3)
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.stack.currentWidget() is window.people


def test_a_letter_jumps_from_a_name_to_the_next_that_begins_so(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    for group, name in zip(groups, ("Anna", "Walter", "Wanda"), strict=True):
        library.people.name(group, name)
    roster = window.environment.roster
    qtbot.waitUntil(lambda: {record.name for record in roster.records.values()} >= {"Anna", "Walter", "Wanda"})
    window.go("person", groups[0])
    window.go("people")
    qtbot.waitUntil(lambda: titles(window) == [("", 3)])
    grid = window.people.grid
    click(qtbot, window, groups[0])
    qtbot.keyClicks(grid, "wan")
    assert grid.selected_ids() == [groups[2]]
    window.people._typing.invalidate()
    qtbot.keyClicks(grid, "a")
    assert grid.selected_ids() == [groups[0]]
    assert grid.indexWidget(grid.currentIndex()) is None


def test_enter_goes_past_groups_that_are_named_and_the_view_stays(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    library.people.name(groups[1], "Ben")
    qtbot.waitUntil(lambda: window.people.model.record(window.people.model.index_of(groups[1])).name == "Ben")
    click(qtbot, window, groups[0])
    before = window.people.grid.verticalScrollBar().value()
    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.keyClicks(editor(window), "Anna")
    qtbot.keyClick(editor(window), Qt.Key.Key_Return)
    assert window.people.grid.selected_ids() == [groups[2]]
    assert window.people.grid.verticalScrollBar().value() == before
    qtbot.keyClick(editor(window), Qt.Key.Key_Escape)


def test_hidden_people_are_shown_on_demand_and_come_back(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    people = window.people
    library.people.hide([groups[1]])
    qtbot.waitUntil(lambda: people.hidden.isVisible())
    assert people.hidden.text() == "Hidden (1)"
    assert people.model.ids == [groups[0], groups[2]]
    qtbot.mouseClick(people.hidden, Qt.MouseButton.LeftButton)
    assert titles(window) == [("Who is this?", 2), ("Hidden", 1)]
    click(qtbot, window, groups[1])
    actions = window.environment.actions
    assert (actions["unhide"].isEnabled(), actions["hide"].isEnabled()) == (True, False)
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_H, shift)
    qtbot.waitUntil(lambda: not library.people.get(groups[1]).hidden)
    qtbot.waitUntil(lambda: not people.hidden.isVisible())


def test_all_small_groups_are_hidden_in_one_step(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, StrangersDialog)
        dialog.below.setValue(2)
        assert not dialog.hide_them.isEnabled()
        qtbot.keyClick(dialog.below, Qt.Key.Key_Up)
        qtbot.keyClick(dialog.below, Qt.Key.Key_Up)
        assert dialog.below.value() == 4
        assert "2" in dialog.says.text()
        qtbot.mouseClick(dialog.hide_them, Qt.MouseButton.LeftButton)

    QTimer.singleShot(100, agree)
    window.environment.actions["hide-small"].trigger()
    qtbot.waitUntil(lambda: window.people.model.ids == groups[:1])
    undo = window.toast.findChild(QPushButton)
    assert undo is not None
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.people.model.ids == groups)


def test_several_people_are_hidden_from_the_bar(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    people = window.people
    click(qtbot, window, groups[0])
    assert not people.bar.isVisible()
    click(qtbot, window, groups[2], Qt.KeyboardModifier.ShiftModifier)
    assert people.grid.selected_ids() == groups
    assert people.bar.isVisible()
    assert people.bar.text == "3 selected"
    hide = next(button for button in people.bar.findChildren(QPushButton) if button.text() == "Hide")
    qtbot.mouseClick(hide, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: people._all_hidden.isVisible())
    assert not people.bar.isVisible()
    button = people._all_hidden.findChild(QPushButton)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert titles(window) == [("Hidden", 3)]


def test_a_search_that_finds_nobody_says_so_and_is_cleared_by_a_button(
    window: MainWindow, qtbot: QtBot, groups: list[int]
) -> None:
    people = window.people
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(people.search, "qq")
    assert people._unfound.isVisible()
    assert "qq" in people._unfound.title.text()
    button = people._unfound.findChild(QPushButton)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert people.model.ids == groups


def test_both_faces_and_names_are_seen_before_a_merge(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    library.people.name(groups[0], "Anna")
    library.people.name(groups[1], "Annie")
    seen = []

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, MergeDialog)
        seen.extend(portrait.accessibleName() for portrait in dialog.findChildren(Portrait))
        choices = dialog.findChildren(QRadioButton)
        qtbot.mouseClick(choices[1], Qt.MouseButton.LeftButton, pos=QPoint(8, choices[1].height() // 2))
        dialog.accept()

    qtbot.waitUntil(lambda: window.people.model.record(window.people.model.index_of(groups[1])).name == "Annie")
    click(qtbot, window, groups[0])
    click(qtbot, window, groups[1], Qt.KeyboardModifier.ControlModifier)
    QTimer.singleShot(100, choose)
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: groups[0] not in names(library) or groups[1] not in names(library))
    assert "Annie" in names(library).values()
    assert sorted(seen) == ["Anna", "Annie"]


def test_a_name_is_seen_at_once_and_what_is_typed_after_the_last_group_changes_nothing(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    click(qtbot, window, groups[2])
    qtbot.keyClicks(window.people.grid, "C")
    qtbot.keyClicks(editor(window), "leo")
    qtbot.keyClick(editor(window), Qt.Key.Key_Return)
    assert window.people.model.record(window.people.model.index_of(groups[2])).name == "Cleo"
    qtbot.keyClicks(window.people.grid, "Dora")
    qtbot.keyClick(window.people.grid, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: names(library)[groups[2]] == "Cleo")
    qtbot.wait(100)
    assert set(names(library).values()) == {None, "Cleo"}
