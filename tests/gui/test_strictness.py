"""The strictness of grouping: what would change is told before it does."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from faceorganizer.gui.dialogs.strictness import FACTORS, StrictnessPanel, foreseen
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library
from faceorganizer.services.clustering.foresight import GroupingForesight


@pytest.fixture
def window(populate, window: MainWindow, library: Library) -> MainWindow:  # type: ignore[no-untyped-def]
    # Two groups of one person, which a grouping joins.
    populate(6, 5, 6, model=library._clustering.model, of=(0, 0, 1))
    return window


@pytest.fixture
def panel(window: MainWindow, qtbot: QtBot) -> Iterator[StrictnessPanel]:
    shown = StrictnessPanel(window.environment)
    qtbot.addWidget(shown)
    shown.show_stored(0.35, 0.35)
    shown.show()
    yield shown
    shown.close_down()
    shown.close()


def test_moving_the_slider_tells_what_would_change_and_changes_nothing(
    panel: StrictnessPanel, qtbot: QtBot, library: Library
) -> None:
    before = library.people.list()
    assert panel.slider.value() == FACTORS.index(1.0)
    assert not panel.use.isEnabled()
    with qtbot.waitSignal(panel.foresight.come, timeout=60_000) as come:
        qtbot.keyClick(panel.slider, Qt.Key.Key_Right)
        assert "Looking" in panel.said.text()
    seen: GroupingForesight = come.args[0]
    assert seen.joined == 2
    assert "2 would be joined" in panel.said.text()
    assert panel.joined.isVisible()
    assert not panel.apart.isVisible()
    qtbot.waitUntil(lambda: not panel.joined.labels[0][0].pixmap().isNull())
    assert library.people.list() == before
    assert panel.use.isEnabled()
    with qtbot.waitSignal(panel.wanted) as wanted:
        qtbot.mouseClick(panel.use, Qt.MouseButton.LeftButton)
    assert wanted.args[0] == pytest.approx(0.7)


def test_what_was_asked_before_is_forgotten(panel: StrictnessPanel, qtbot: QtBot) -> None:
    panel.slider.setValue(6)
    qtbot.wait(600)
    with qtbot.assertNotEmitted(panel.foresight.come, wait=300):
        panel.slider.setValue(FACTORS.index(1.0))
    assert "Move it" in panel.said.text()


def test_all_faces_are_grouped_so(window: MainWindow, qtbot: QtBot, library: Library) -> None:
    with qtbot.waitSignal(window.scanning.finished, timeout=60_000):
        window.scanning.regroup()
    assert len(library.people.list()) == 2
    assert "moved to another group" in window.status.text.text()


def test_what_would_change_in_words() -> None:
    nothing = GroupingForesight(10, 2, 2, 0, 0, 0, 0, (), ())
    assert foreseen(nothing) == "Nothing would change."
    some = GroupingForesight(10, 2, 2, 12, 30, 0, 1, (), ())
    assert (
        foreseen(some)
        == "12 group(s) would come apart · 30 would be joined with others · 1 face(s) would be left alone"
    )
