"""Review: one question after the other, by keys alone."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from faceorganizer.domain.review import AreSame, HoldsTwo, IsPerson, QuestionKey, WhoIs
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


@pytest.fixture
def groups(populate, library: Library) -> list[int]:  # type: ignore[no-untyped-def]
    """Anna, two groups that look like her, and one of somebody else; described as the library's faces are."""
    made = populate(6, 4, 3, 5, model=library._clustering.model, of=(0, 0, 0, 1))
    library.people.name(made[0], "Anna")
    return made


@pytest.fixture
def window(groups: list[int], window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.go("review")
    qtbot.waitUntil(lambda: window.review.current is not None)
    return window


def asked(window: MainWindow) -> set[QuestionKey]:
    current = [window.review.current] if window.review.current is not None else []
    return {question.key for question in [*current, *window.review.questions]}


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    before = window.review.current
    qtbot.keyClick(window.review, key)
    qtbot.waitUntil(lambda: window.review.current not in (None, before) or not asked(window))


def test_enter_confirms_and_leads_to_the_next_question(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    question = window.review.current
    assert isinstance(question, IsPerson)
    assert question.name == "Anna"
    chosen = set(window.review.asked.selected_ids())
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chosen <= {face.face for face in library.faces.list(person=groups[0])})
    assert window.review.current is None or window.review.current.key != question.key


def test_delete_rejects_and_is_never_asked_again(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    question = window.review.current
    assert isinstance(question, IsPerson)
    press(qtbot, window, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: question.key not in {other.key for other in library.review.queue()})
    assert library.people.get(groups[0]).faces == 6


def test_space_puts_off_until_the_place_is_shown_again(window: MainWindow, qtbot: QtBot) -> None:
    first = window.review.current
    assert first is not None
    press(qtbot, window, Qt.Key.Key_Space)
    assert window.review.current is None or window.review.current.key != first.key
    window.go("people")
    window.go("review")
    qtbot.waitUntil(lambda: first.key in asked(window))


def test_a_face_that_is_not_chosen_stays_out(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    grid = window.review.asked
    left_out, *rest = grid.selected_ids()
    place = grid.visualRect(window.review.asked_model.index_of(left_out)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: set(rest) <= {face.face for face in library.faces.list(person=groups[0])})
    assert left_out not in {face.face for face in library.faces.list(person=groups[0])}


def test_letters_type_a_name(window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]) -> None:
    while not isinstance(window.review.current, WhoIs):
        assert isinstance(window.review.current, IsPerson | AreSame | HoldsTwo)
        press(qtbot, window, Qt.Key.Key_Space)
    group = window.review.current.group
    qtbot.keyClick(window.review, Qt.Key.Key_D)
    qtbot.keyClicks(window.review.name, "ora")
    qtbot.keyClick(window.review.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.people.get(group).name == "dora")
