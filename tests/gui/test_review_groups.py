"""Review in libraries of their own: candidates, and groups of many faces."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from faceorganizer.domain.review import AreSame, IsPerson, WhoIs
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


def opened(request: pytest.FixtureRequest, qtbot: QtBot) -> MainWindow:
    """A window on what the library holds by now, at the first question."""
    window = request.getfixturevalue("window")
    assert isinstance(window, MainWindow)
    window.go("review")
    qtbot.waitUntil(lambda: window.review.current is not None and not window.review._too_soon)
    return window


def test_a_digit_chooses_a_candidate(populate, library: Library, qtbot: QtBot, request: pytest.FixtureRequest) -> None:  # type: ignore[no-untyped-def]
    anna, berta, group = populate(6, 6, 3, model=library._clustering.model, of=(0, 0, 0))
    library.people.name(anna, "Anna")
    library.people.name(berta, "Berta")
    window = opened(request, qtbot)
    while not (isinstance(window.review.current, IsPerson | WhoIs) and window.review.current.group == group):
        qtbot.keyClick(window.review, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: window.review.current is not None and not window.review._too_soon)
    candidates = window.review.current.candidates
    assert len(candidates) == 2
    qtbot.keyClick(window.review.asked, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: library.people.get(candidates[1].person).faces == 9)


def test_a_large_group_is_shown_whole(populate, library: Library, qtbot: QtBot, request: pytest.FixtureRequest) -> None:  # type: ignore[no-untyped-def]
    populate(75, model=library._clustering.model, of=(1,))
    window = opened(request, qtbot)
    review = window.review
    assert len(review.asked_model.ids) == len(review.asked.selected_ids()) == 75
    qtbot.waitUntil(lambda: review.asked.verticalScrollBar().maximum() > 0)
    qtbot.keyClick(review.asked, Qt.Key.Key_End)
    assert review.photo.sighting.face == review.asked_model.ids[-1]


def test_all_faces_of_two_who_are_compared_are_seen(
    populate, library: Library, qtbot: QtBot, request: pytest.FixtureRequest
) -> None:  # type: ignore[no-untyped-def]
    populate(12, 12, model=library._clustering.model, of=(0, 0))
    window = opened(request, qtbot)
    review = window.review
    while not isinstance(review.current, AreSame):
        qtbot.keyClick(review, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: review.current is not None and not review._too_soon)
    for size in ((1280, 832), (1000, 600), (1400, 1000)):
        window.resize(*size)
        for grid in (review.asked, review.beside):
            qtbot.waitUntil(lambda grid=grid: grid.verticalScrollBar().maximum() == 0)
            assert len(grid.visible_rows()) == 12
            last = grid.visualRect(grid.sightings.index(11))
            assert grid.viewport().rect().contains(last)
    window.resize(800, 420)  # where there is no room for all of them they scroll
    assert review.beside.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOn


def test_a_single_face_is_shown_large_beside_its_photo(
    populate, library: Library, qtbot: QtBot, request: pytest.FixtureRequest
) -> None:  # type: ignore[no-untyped-def]
    anna, _ = populate(6, 1, model=library._clustering.model, of=(0, 0))
    library.people.name(anna, "Anna")
    window = opened(request, qtbot)
    review = window.review
    assert isinstance(review.current, IsPerson)
    assert review.large.isVisible()
    assert not review.asked.isVisible()
    assert review.large.sighting == review.photo.sighting
    qtbot.keyClick(review, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.people.get(anna).faces == 7)
    qtbot.waitUntil(lambda: review._end.title.text() == "All done for now")
