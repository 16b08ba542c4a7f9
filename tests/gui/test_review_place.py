"""Review: one question after the other, by keys alone."""

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from faceorganizer.domain.faces import FaceState
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
    qtbot.waitUntil(lambda: not window.review._too_soon)
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


def seek(window: MainWindow, qtbot: QtBot, kind: type) -> None:
    """Put questions off until one of a kind is shown."""
    while not isinstance(window.review.current, kind):
        assert window.review.current is not None
        press(qtbot, window, Qt.Key.Key_Space)


def test_undo_leads_back_to_the_question(window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]) -> None:
    first = window.review.current
    assert isinstance(first, IsPerson)
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.people.get(groups[0]).faces > 6)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.review.current is not None and window.review.current.key == first.key)
    assert library.people.get(groups[0]).faces == 6
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Z, shift)
    qtbot.waitUntil(lambda: library.people.get(groups[0]).faces > 6)
    qtbot.waitUntil(lambda: window.review.current is None or window.review.current.key != first.key)


def test_the_undo_of_the_toast_leads_back_as_well(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    first = window.review.current
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.toast.isVisible())
    window.toast.undo.emit()
    qtbot.waitUntil(lambda: window.review.current is not None and window.review.current.key == first.key)


def test_undo_takes_putting_off_back_without_touching_the_library(
    window: MainWindow, qtbot: QtBot, library: Library
) -> None:
    first = window.review.current
    steps = len(library.history())
    press(qtbot, window, Qt.Key.Key_Space)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.review.current.key == first.key
    assert len(library.history()) == steps


def test_the_photo_follows_the_face_that_is_pointed_at(window: MainWindow, qtbot: QtBot) -> None:
    review = window.review
    faces = review.asked_model.ids
    assert review.photo.sighting.face == faces[0]
    chosen = review.asked.selected_ids()
    qtbot.keyClick(review.asked, Qt.Key.Key_Right)
    assert review.photo.sighting.face == faces[1]
    assert review.asked.selected_ids() == chosen
    outline = review.photo.outline()
    assert outline.width() > 10
    assert review.photo.rect().contains(outline.toRect())
    qtbot.mouseClick(review.photo, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.photo


def test_a_glance_at_the_photo_brings_nothing_back_that_was_put_off(window: MainWindow, qtbot: QtBot) -> None:
    review = window.review
    first = review.current
    press(qtbot, window, Qt.Key.Key_Space)
    second = review.current
    assert second is not None
    qtbot.mouseClick(review.photo, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.photo
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.stack.currentWidget() is review
    qtbot.wait(200)
    assert review.current.key == second.key
    assert first.key not in {question.key for question in review.questions}


def test_ctrl_space_leaves_a_face_out(window: MainWindow, qtbot: QtBot) -> None:
    review = window.review
    before = review.asked.selected_ids()
    qtbot.keyClick(review.asked, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert set(before) - set(review.asked.selected_ids()) == {review.photo.sighting.face}
    qtbot.keyClick(review.asked, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert review.asked.selected_ids() == before


def test_not_a_face_is_said_of_one_face_and_the_question_goes_on(
    window: MainWindow, qtbot: QtBot, library: Library
) -> None:
    review = window.review
    question, faces = review.current, review.asked_model.ids
    qtbot.keyClick(review.asked, Qt.Key.Key_Right)
    face = review.photo.sighting.face
    qtbot.keyClick(window, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert review.current.key == question.key
    assert review.asked_model.ids == [other for other in faces if other != face]
    qtbot.waitUntil(lambda: face in {record.face for record in library.faces.list(state=FaceState.NOT_A_FACE)})
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: review.asked_model.ids == faces)


def test_a_face_is_split_off_its_group(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    seek(window, qtbot, WhoIs)
    review = window.review
    group, face = review.current.group, review.photo.sighting.face
    before = library.people.get(group).faces
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: library.people.get(group).faces == before - 1)
    assert face not in review.asked_model.ids
    assert review.current.group == group


def test_faces_left_out_of_a_group_are_not_named(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    seek(window, qtbot, WhoIs)
    review = window.review
    group, faces = review.current.group, review.asked_model.ids
    qtbot.keyClick(review.asked, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(review.asked, Qt.Key.Key_D)
    qtbot.keyClicks(review.name, "ora")
    qtbot.keyClick(review.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(person.name == "dora" for person in library.people.list()))
    dora = library.people.find("dora")
    assert dora.faces == len(faces) - 1
    assert [seen.face for seen in library.people.sightings(group)] == faces[:1]


def test_escape_leaves_the_name_and_keys_answer_again(window: MainWindow, qtbot: QtBot) -> None:
    first = window.review.current
    qtbot.keyClick(window.review.asked, Qt.Key.Key_X)
    assert window.review.name.text() == "x"
    qtbot.keyClick(window.review.name, Qt.Key.Key_Escape)
    assert window.review.name.text() == ""
    press(qtbot, window, Qt.Key.Key_Space)
    assert window.review.current is None or window.review.current.key != first.key


def test_tab_leads_from_a_new_name_back_to_the_faces(window: MainWindow, qtbot: QtBot) -> None:
    review = window.review
    window.activateWindow()
    qtbot.waitUntil(lambda: not review._too_soon)
    qtbot.keyClick(review.asked, Qt.Key.Key_X)
    qtbot.keyClicks(review.name, "yz")
    qtbot.keyClick(review.name, Qt.Key.Key_Tab)
    assert review.asked.hasFocus()
    assert review.name.text() == "xyz"


def test_the_end_says_what_was_settled_and_asks_again_what_was_put_off(
    window: MainWindow, qtbot: QtBot, library: Library
) -> None:
    review = window.review
    press(qtbot, window, Qt.Key.Key_Return)
    while review.current is not None:
        press(qtbot, window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: review._end.title.text() == "All done for now")
    assert review._again.isVisible()
    qtbot.mouseClick(review._again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: review.current is not None)


@pytest.fixture
def looking(groups: list[int], window: MainWindow, library: Library, monkeypatch: pytest.MonkeyPatch) -> Event:
    """The window in review, looking for questions until the event is set."""
    found, queue = Event(), library.review.queue

    def slow() -> object:
        found.wait(10)
        return queue()

    monkeypatch.setattr(library.review, "queue", slow)
    return found


@pytest.fixture
def waiting(looking: Event, window: MainWindow) -> Iterator[MainWindow]:
    review = window.review
    review._card, review._known, review._left, review._coming = None, False, {}, {}
    review.shown()
    assert review.current is None
    assert review.hasFocus()
    yield window
    looking.set()


def test_letters_typed_too_early_are_kept(waiting: MainWindow, looking: Event, qtbot: QtBot, library: Library) -> None:
    review = waiting.review
    qtbot.keyClicks(review, "bo")
    qtbot.keyClick(review, Qt.Key.Key_Backspace)
    qtbot.keyClicks(review, "en c")
    assert review._end.title.text() == "ben c"
    steps = len(library.history())
    qtbot.keyClick(review, Qt.Key.Key_Return)  # for a question that nobody has seen
    assert "not there yet" in waiting.toast.text
    looking.set()
    qtbot.waitUntil(lambda: review.current is not None)
    assert review.name.text() == "ben c"
    assert review.name.hasFocus()
    qtbot.keyClick(review.name, Qt.Key.Key_Return)  # as soon as it is there
    assert "only just come" in waiting.toast.text
    assert len(library.history()) == steps
    qtbot.waitUntil(lambda: not review._too_soon)
    qtbot.keyClick(review.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(person.name == "ben c" for person in library.people.list()))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Space, Qt.Key.Key_1])
def test_answers_to_what_was_not_seen_are_none(
    waiting: MainWindow, looking: Event, qtbot: QtBot, library: Library, key: Qt.Key
) -> None:
    review, steps = waiting.review, len(library.history())
    qtbot.keyClick(review, key)
    assert "not there yet" in waiting.toast.text
    looking.set()
    qtbot.waitUntil(lambda: review.current is not None)
    first = review.current
    qtbot.keyClick(review, key)
    assert review.current == first
    assert len(library.history()) == steps
    press(qtbot, waiting, key)
    assert review.current != first


def test_questions_about_one_person_only(window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]) -> None:
    window.go("person", groups[0])
    qtbot.waitUntil(lambda: window.person.strip.isVisible())
    qtbot.mouseClick(window.person._strip_button, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.review
    qtbot.waitUntil(lambda: window.review.current is not None)
    shown = [window.review.current, *window.review.questions]
    assert {question.person for question in shown} == {groups[0]}  # type: ignore[union-attr]
    while window.review.current is not None:
        press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.review._everybody.isVisible())
    qtbot.mouseClick(window.review._everybody, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.review.current is not None)


def test_what_was_settled_meanwhile_is_passed_over(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    seek(window, qtbot, WhoIs)
    group = window.review.current.group
    library.people.merge([groups[0], group])
    qtbot.keyClick(window.review.asked, Qt.Key.Key_D)
    qtbot.keyClick(window.review.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "meanwhile" in window.toast.text)
    assert not any(person.name == "d" for person in library.people.list())
