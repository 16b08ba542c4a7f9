"""Lines that names are typed in."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from faceorganizer.gui.views.names import NameField, begin_typing, complete_with, names_to_offer


@pytest.fixture
def field(qtbot: QtBot) -> NameField:
    made = NameField()
    qtbot.addWidget(made)
    complete_with(made, ["Frieda", "Dora", "Anna Drew", "Zoë"])
    made.show()
    made.setFocus()
    return made


def offered(field: NameField) -> list[str]:
    completer = field.completer()
    return [completer.completionModel().index(row, 0).data() for row in range(completer.completionModel().rowCount())]


def test_names_whose_words_begin_so_come_first(field: NameField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "d")
    assert offered(field) == ["Dora", "Anna Drew", "Frieda"]
    qtbot.keyClicks(field, "r")
    assert offered(field) == ["Anna Drew"]
    field.completer().popup().hide()


def test_tab_takes_the_first_name_and_leaves_when_there_is_none(field: NameField, qtbot: QtBot) -> None:
    begin_typing(field, "d")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "Dora"
    assert not field.completer().popup().isVisible()
    field.setText("Nobody")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "Nobody"


def test_enter_takes_what_is_written_though_names_are_offered(field: NameField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "Do")
    with qtbot.waitSignal(field.returnPressed):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "Do"


def test_recent_names_are_offered_before_the_others() -> None:
    assert names_to_offer(["Zoë", "Ben"], ["Ben", "anna", "Carl", "Carl"]) == ["Zoë", "Ben", "anna", "Carl"]
    assert names_to_offer([], []) == []
