"""Names out to other programs and in again, from the window: looked at first, then done, in one step."""

import shutil
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.regions import OnConflict
from faceorganizer.gui.dialogs.interchange import ExchangeDialog, TakeInDialog, WriteDialog
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library

Dialog = TypeVar("Dialog", bound=ExchangeDialog)


def opened(window: MainWindow, action: str, kind: type[Dialog]) -> Dialog:
    window.environment.actions[action].trigger()
    return window.findChild(kind)


def looked(qtbot: QtBot, dialog: ExchangeDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.errand.running and dialog.progress.isHidden(), timeout=20_000)


def done(qtbot: QtBot, dialog: ExchangeDialog) -> None:
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.go.isHidden, timeout=20_000)
    qtbot.mouseClick(dialog.leave, Qt.MouseButton.LeftButton)


@pytest.fixture
def groups(populate) -> list[PersonId]:  # type: ignore[no-untyped-def]
    return list(populate(3, 2))


@pytest.fixture
def sidecars(library: Library, groups: list[PersonId], tmp_path: Path) -> Path:
    """Sidecars that name the first group Anna, beside photos of which nothing is decided here."""
    library.people.name(groups[0], "Anna")
    library.metadata.write()
    kept = tmp_path / "kept"
    shutil.copytree(tmp_path / "photos", kept, ignore=shutil.ignore_patterns("*.jpg"))
    library.undo()
    library.undo()
    assert list((tmp_path / "photos").glob("*.xmp")) == []
    shutil.copytree(kept, tmp_path / "photos", dirs_exist_ok=True)
    return tmp_path / "photos"


def test_names_are_written_when_that_was_looked_at(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[PersonId], tmp_path: Path
) -> None:
    library.people.name(groups[0], "Anna")
    dialog = opened(window, "write-names", WriteDialog)
    looked(qtbot, dialog)
    assert dialog.go.isEnabled()
    assert dialog.go.isDefault()
    assert "3" in dialog.summary.text()
    assert list((tmp_path / "photos").glob("*.xmp")) == []
    done(qtbot, dialog)
    assert len(list((tmp_path / "photos").glob("*.xmp"))) == 3
    library.undo()
    assert list((tmp_path / "photos").glob("*.xmp")) == []


def test_there_is_nothing_to_write_without_names(window: MainWindow, qtbot: QtBot, groups: list[PersonId]) -> None:
    dialog = opened(window, "write-names", WriteDialog)
    looked(qtbot, dialog)
    assert not dialog.go.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_names_are_taken_in_when_that_was_looked_at(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[PersonId], sidecars: Path
) -> None:
    dialog = opened(window, "take-in", TakeInDialog)
    looked(qtbot, dialog)
    assert "Anna" in dialog.summary.text()
    assert dialog.conflict.isHidden()
    assert library.people.get(groups[0]).name is None
    done(qtbot, dialog)
    assert library.people.get(groups[0]).name == "Anna"
    library.undo()
    assert library.people.get(groups[0]).name is None


@pytest.mark.parametrize(("answer", "people"), [(OnConflict.MERGE, 1), (OnConflict.SEPARATE, 2), (OnConflict.SKIP, 1)])
def test_who_has_a_known_name_is_asked(
    window: MainWindow,
    qtbot: QtBot,
    library: Library,
    groups: list[PersonId],
    sidecars: Path,
    answer: OnConflict,
    people: int,
) -> None:
    library.people.name(groups[1], "Anna")
    dialog = opened(window, "take-in", TakeInDialog)
    qtbot.waitUntil(dialog.conflict.isVisible, timeout=20_000)
    looked(qtbot, dialog)
    assert "Anna" in dialog.known.text()
    dialog.conflict.setFocus()
    while dialog.conflict.currentData() != answer:
        qtbot.keyClick(dialog.conflict, Qt.Key.Key_Down)
    looked(qtbot, dialog)
    if answer is OnConflict.SKIP:
        assert not dialog.go.isEnabled()
        qtbot.mouseClick(dialog.leave, Qt.MouseButton.LeftButton)
    else:
        done(qtbot, dialog)
    assert len([person for person in library.people.list() if person.name == "Anna"]) == people
    faces = sum(person.faces for person in library.people.list() if person.name == "Anna")
    assert faces == (2 if answer is OnConflict.SKIP else 5)


def test_the_window_closes_while_names_are_looked_for(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[PersonId]
) -> None:
    opened(window, "take-in", TakeInDialog)
    window.close()
