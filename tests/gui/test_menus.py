"""Menus by Alt and a letter."""

from collections import Counter
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from faceorganizer.domain.ids import PersonId
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.gui.resources import resource
from faceorganizer.gui.translation import LANGUAGES

Populate = Callable[..., list[PersonId]]


def menus(window: MainWindow) -> list[QMenu]:
    found = [action.menu() for action in window.menuBar().actions()]
    return [menu for menu in found if isinstance(menu, QMenu)]


def letters(texts: list[str]) -> list[str]:
    """Of each text the letter after its &; empty where it has none."""
    return [QKeySequence.mnemonic(text).toString() for text in texts]


def test_every_menu_opens_by_a_letter_of_its_own(window: MainWindow) -> None:
    own = letters([menu.title() for menu in menus(window)])
    assert all(own)
    assert len(set(own)) == len(own)


@pytest.mark.parametrize("language", set(LANGUAGES) - {"en"})
def test_they_do_in_other_languages(language: str) -> None:
    tree = ElementTree.parse(resource("translations") / f"faceorganizer_{language}.ts")
    (context,) = [context for context in tree.iter("context") if context.findtext("name") == "menus"]
    own = letters([message.findtext("translation") or "" for message in context.iter("message")])
    assert all(own)
    assert len(set(own)) == len(own)


def test_no_letter_stands_for_two_things_in_a_menu(window: MainWindow) -> None:
    for menu in menus(window):
        own = Counter(filter(None, letters([action.text() for action in menu.actions()])))
        assert not [letter for letter, count in own.items() if count > 1], menu.title()


@pytest.fixture
def groups(populate: Populate) -> list[PersonId]:
    return populate(3, 2)


def test_alt_and_a_letter_open_a_menu_and_type_nothing(
    groups: list[PersonId], window: MainWindow, qtbot: QtBot
) -> None:
    people = window.people
    qtbot.waitUntil(lambda: people.model.rowCount() == 2)
    qtbot.waitExposed(window)
    window.activateWindow()
    people.grid.setFocus()
    people.grid.setCurrentIndex(people.model.index(0, 0))
    qtbot.keyClick(people.grid, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    file = menus(window)[0]
    qtbot.waitUntil(file.isVisible)
    assert people.grid.indexWidget(people.grid.currentIndex()) is None
    qtbot.keyClick(file, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    qtbot.keyClick(people.grid, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)  # no menu's
    assert people.grid.indexWidget(people.grid.currentIndex()) is None
