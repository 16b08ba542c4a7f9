"""Everybody in one place: read once, then only those whom a change is about."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.ids import PersonId
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.gui.roster import MANY, Roster
from faceorganizer.library import Library

Populate = Callable[..., list[PersonId]]


@pytest.fixture
def groups(populate: Populate) -> list[PersonId]:
    return populate(3, 2, 2)


@pytest.fixture
def roster(groups: list[PersonId], window: MainWindow, qtbot: QtBot) -> Roster:
    found = window.environment.roster
    qtbot.waitUntil(lambda: found.complete)
    return found


def test_all_are_there_after_the_first_reading(roster: Roster, groups: list[PersonId], library: Library) -> None:
    assert dict(roster.records) == {record.id: record for record in library.people.list()}
    assert set(roster.records) == set(groups)


def test_only_those_who_change_are_read(
    roster: Roster, groups: list[PersonId], library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never() -> None:
        raise AssertionError("everybody was read")

    monkeypatch.setattr(library.people, "list", never)
    with qtbot.waitSignal(roster.changed) as told:
        library.people.name(groups[1], "Anna")
    assert told.args == [frozenset({groups[1]})]
    assert roster.records[groups[1]].name == "Anna"
    assert roster.names == ["Anna"]


def test_who_is_merged_away_is_gone(roster: Roster, groups: list[PersonId], library: Library, qtbot: QtBot) -> None:
    library.people.merge(groups[:2], name="Anna", same_photo=False)
    qtbot.waitUntil(lambda: groups[1] not in roster.records)
    assert roster.records[groups[0]].faces == 5


def test_whose_faces_are_put_away_is_read_again(
    roster: Roster, groups: list[PersonId], library: Library, qtbot: QtBot
) -> None:
    face = library.faces.list(person=groups[0])[0].face
    library.faces.ignore([face])
    qtbot.waitUntil(lambda: roster.records[groups[0]].faces == 2)


def test_many_changes_are_read_at_once(roster: Roster, groups: list[PersonId], qtbot: QtBot) -> None:
    with qtbot.waitSignal(roster.changed, check_params_cb=lambda asked: asked is None):
        roster.follow(ChangeSet(ids={"person": frozenset(range(MANY + 1))}))


def test_changes_while_reading_are_not_lost(
    roster: Roster, groups: list[PersonId], library: Library, qtbot: QtBot
) -> None:
    for number, group in enumerate(groups):
        library.people.name(group, f"Name {number}")
        roster.read()
    qtbot.waitUntil(lambda: [roster.records[group].name for group in groups] == ["Name 0", "Name 1", "Name 2"])
