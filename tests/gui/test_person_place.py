"""One person: what is done with the faces that are selected."""

from datetime import date
from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import QDate, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.gui.dialogs.choose import PersonDialog
from faceorganizer.gui.dialogs.details import DetailsDialog
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.gui.views.blank import BlankPage
from faceorganizer.gui.views.names import known_names
from faceorganizer.gui.views.person import PHOTOS, TIMELINE, WITH
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


def _wait(until: Event) -> str:
    assert until.wait(20)
    return ""


def test_a_confirmation_is_seen_before_it_is_written(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    busy = Event()
    window.environment.background.write(partial(_wait, busy), window.come_forward)
    (face,) = select(qtbot, window, 3)
    qtbot.keyClick(window.person.grid, Qt.Key.Key_Return)
    shown = window.person.model.record(window.person.model.index_of(face))
    assert shown.assignment is AssignmentSource.CONFIRMED
    assert library.faces.list(person=groups[0])[3].assignment is AssignmentSource.AUTOMATIC
    busy.set()
    qtbot.waitUntil(lambda: [s.title for s in window.person.model.sections] == ["To check", "Confirmed"])


def test_a_confirmation_that_is_refused_is_not_left_shown(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    busy = Event()
    window.environment.background.write(partial(_wait, busy), window.come_forward)
    (face,) = select(qtbot, window, 3)
    qtbot.keyClick(window.person.grid, Qt.Key.Key_Return)
    library.faces.ignore([face])
    busy.set()
    qtbot.waitUntil(lambda: face not in window.person.model.ids)


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
    assert not any(actions[name].isEnabled() for name in ("confirm", "reject", "split", "move", "merge", "key-face"))


@pytest.fixture
def anna(groups: list[int], library: Library) -> int:
    library.people.name(groups[0], "Anna")
    return groups[0]


def test_the_head_says_who_it_is(anna: int, window: MainWindow, qtbot: QtBot, library: Library) -> None:
    library.people.note(anna, "Aunt of Ben\nlives in Kiel")
    library.people.birth_date(anna, "1980-12-31")
    profile = window.person.profile
    qtbot.waitUntil(lambda: "Aunt of Ben" in profile.details.text())
    assert "1980" in profile.details.text()
    assert profile.name.text() == "Anna"
    assert "6" in profile.counts.text()
    assert profile.portrait.face == library.people.get(anna).key_face


def test_a_click_on_the_name_edits_it(anna: int, window: MainWindow, qtbot: QtBot, library: Library) -> None:
    profile = window.person.profile
    qtbot.waitUntil(lambda: profile.name.text() == "Anna")
    qtbot.mouseClick(profile.name, Qt.MouseButton.LeftButton)
    assert profile.field.isVisible()
    qtbot.keyClick(profile.field, Qt.Key.Key_Escape)
    assert profile.name.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.keyClicks(profile.field, "Anna Maria")
    qtbot.keyClick(profile.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: profile.name.text() == "Anna Maria")
    assert library.people.get(anna).name == "Anna Maria"


def test_the_name_of_somebody_else_leads_there(
    anna: int, window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    window.go("person", groups[1])
    qtbot.waitUntil(lambda: window.person.record is not None and window.person.record.id == groups[1])
    qtbot.keyClick(window.person.grid, Qt.Key.Key_A)
    qtbot.keyClicks(window.person.profile.field, "nna")
    qtbot.keyClick(window.person.profile.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.person.person == anna)
    assert library.people.get(anna).faces == 8


def test_birth_date_and_note_are_edited_together(anna: int, window: MainWindow, qtbot: QtBot, library: Library) -> None:
    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, DetailsDialog)
        assert not dialog.birth.isEnabled()
        dialog.knows_birth.setChecked(True)
        dialog.birth.setDate(QDate(1975, 4, 1))
        qtbot.keyClicks(dialog.note, "plays the cello")
        dialog.accept()

    qtbot.waitUntil(lambda: window.environment.actions["details"].isEnabled())
    QTimer.singleShot(100, fill)
    qtbot.mouseClick(window.person.profile.details, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: library.people.get(anna).note == "plays the cello")
    assert library.people.get(anna).birth_date == date(1975, 4, 1)


def test_enter_confirms_what_waits_and_opens_what_does_not(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    (face,) = select(qtbot, window, 2)
    qtbot.keyClick(window.person.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [s.title for s in window.person.model.sections] == ["To check", "Confirmed"])
    window.person.grid.select_ids([face])
    qtbot.keyClick(window.person.grid, Qt.Key.Key_Return)
    assert window.stack.currentWidget() is window.photo


def test_a_letter_begins_the_name_that_faces_move_to(
    anna: int, window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    library.people.name(groups[1], "Ben")
    typed = []

    def finish() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PersonDialog)
        typed.append(dialog.field.text())
        qtbot.keyClick(dialog.field, Qt.Key.Key_Tab)
        typed.append(dialog.field.text())
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: "Ben" in known_names(window.environment.roster))
    faces = select(qtbot, window, 1, 2)
    QTimer.singleShot(200, finish)
    qtbot.keyClick(window.person.grid, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: library.people.get(groups[1]).faces == 4)
    assert typed == ["b", "Ben"]
    qtbot.waitUntil(lambda: not set(faces) & set(window.person.model.ids))


def test_faces_move_to_somebody_new_in_one_step(anna: int, window: MainWindow, qtbot: QtBot, library: Library) -> None:
    hints = []

    def finish() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PersonDialog)
        qtbot.keyClicks(dialog.field, "Cleo")
        hints.append(dialog.hint.text())
        dialog.accept()

    select(qtbot, window, 0)
    QTimer.singleShot(100, finish)
    window.environment.actions["move"].trigger()
    qtbot.waitUntil(lambda: any(person.name == "Cleo" for person in library.people.list()))
    assert hints == ["Somebody new"]
    library.undo()
    assert library.people.get(anna).faces == 6


def dated(library: Library, person: int, *years: int) -> None:
    """Say when the photos of a person were taken."""
    photos = [sighting.photo for sighting in library.people.sightings(person)]
    with library._database.write() as unit:
        for photo, year in zip(photos, years, strict=True):
            unit._connection.exec_driver_sql(
                "UPDATE content SET taken = ?, taken_source = 'exif' WHERE id = ?", (f"{year}-05-01T12:00:00", photo)
            )


def test_years_are_headings_and_buttons_that_lead_to_them(
    anna: int, window: MainWindow, qtbot: QtBot, library: Library
) -> None:
    dated(library, anna, 2004, 2012, 2012, 2012, 2019, 2019)
    window.resize(700, 420)
    window.person.reload()
    place = window.person
    place.tabs.setCurrentIndex(TIMELINE)
    qtbot.waitUntil(lambda: [button.year for button in place.years.buttons] == [2004, 2012, 2019])
    assert [(s.title, s.count) for s in place.timeline.photos.sections] == [("2004", 1), ("2012", 3), ("2019", 2)]
    assert "2004–2019" in place.profile.counts.text()
    qtbot.waitUntil(lambda: place.timeline.verticalScrollBar().maximum() > 0)
    qtbot.mouseClick(place.years.buttons[1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: place.timeline.verticalScrollBar().value() > 0)
    place.years.buttons[0].setFocus()
    qtbot.keyClick(place.years.buttons[0], Qt.Key.Key_Space)
    assert place.timeline.visible_rows().start == 0
    assert place.years.buttons[1].accessibleName().startswith("2012")


def test_faces_by_date_are_under_their_years(anna: int, window: MainWindow, qtbot: QtBot, library: Library) -> None:
    dated(library, anna, 2004, 2012, 2012, 2012, 2019, 2019)
    window.person.order.setCurrentIndex(1)
    window.person.reload()
    qtbot.waitUntil(lambda: [s.title for s in window.person.model.sections] == ["2019", "2012", "2004"])


def test_who_is_in_the_same_photos_leads_to_photos_of_both(
    anna: int, window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    library.people.name(groups[1], "Ben")
    ((photo, _), *_) = [(s.photo, s.face) for s in library.people.sightings(anna)]
    with library._database.write() as unit:
        face = library.people.sightings(groups[1])[0].face
        unit._connection.exec_driver_sql("UPDATE face SET content_id = ? WHERE id = ?", (photo, face))
    window.person.reload()
    place = window.person
    qtbot.waitUntil(lambda: place.companions.ids == [groups[1]])
    place.tabs.setCurrentIndex(WITH)
    qtbot.keyClick(place.with_grid, Qt.Key.Key_Home)
    qtbot.keyClick(place.with_grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place.tabs.currentIndex() == PHOTOS)
    assert place.photos == [photo]
    assert "Ben" in place.chip.text()
    qtbot.mouseClick(place.chip, Qt.MouseButton.LeftButton)
    assert len(place.photos) == 6
    place.tabs.setCurrentIndex(WITH)
    place.with_grid.select_ids([groups[1]])
    window.environment.actions["open"].trigger()
    assert window.person.person == groups[1]


def test_a_person_who_is_always_alone_is_told_so(anna: int, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.person.record is not None)
    window.person.tabs.setCurrentIndex(WITH)
    assert not window.person.with_grid.isVisible()
    assert isinstance(window.person.stack.currentWidget(), BlankPage)
