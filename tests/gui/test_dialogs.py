"""History and settings."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from faceorganizer.gui.dialogs.history import HistoryDialog
from faceorganizer.gui.dialogs.preferences import PreferencesDialog
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library


@pytest.fixture
def groups(populate) -> list[int]:  # type: ignore[no-untyped-def]
    return populate(2, 2)


@pytest.fixture
def window(groups: list[int], window: MainWindow) -> MainWindow:
    return window


def test_history_goes_back_to_any_step_and_forth_again(
    window: MainWindow, qtbot: QtBot, library: Library, groups: list[int]
) -> None:
    for name in ("Anna", "Berta", "Clara"):
        library.people.name(groups[0], name)
    dialog = HistoryDialog(window.environment, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.steps.count() == 3)
    dialog.steps.itemActivated.emit(dialog.steps.item(1))
    qtbot.waitUntil(lambda: library.people.get(groups[0]).name == "Anna")
    qtbot.waitUntil(lambda: "taken back" in dialog.steps.item(0).text() and "taken back" in dialog.steps.item(1).text())
    dialog.steps.itemActivated.emit(dialog.steps.item(0))
    qtbot.waitUntil(lambda: library.people.get(groups[0]).name == "Clara")
    dialog.close()


def test_settings_show_what_is_set_and_set_what_is_changed(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    library.settings.set("vision.detail", "thorough")
    dialog = PreferencesDialog(window.environment, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.detail.currentData() == "thorough")
    usual = library.settings.get("grouping.strangers")
    dialog.strictness.setValue(dialog.strictness.value() + 1)
    qtbot.waitUntil(lambda: library.settings.get("grouping.strangers") == pytest.approx(2 * float(usual)))
    qtbot.mouseClick(dialog.automatic, Qt.MouseButton.LeftButton, pos=dialog.automatic.rect().center())
    dialog.automatic.setChecked(True)
    dialog.automatic_from.setValue(95)
    qtbot.waitUntil(lambda: library.settings.get("review.automatic_from") == pytest.approx(0.95))
    dialog.close()
