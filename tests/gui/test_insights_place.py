"""The place of insights: looked at, answered, saved, by the pointer and by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from faceorganizer.domain.ids import PersonId
from faceorganizer.gui import theme
from faceorganizer.gui.dialogs.two_people import TwoPeopleDialog
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.gui.views.insights import InsightsPlace
from faceorganizer.library import Library


@pytest.fixture
def groups(populate, library: Library) -> list[PersonId]:  # type: ignore[no-untyped-def]
    made: list[PersonId] = populate(4, 3, 3, model=library._clustering.model, of=(0, 0, 2))
    library.people.name(made[0], "Anna")
    library.people.name(made[2], "Ben")
    return made


@pytest.fixture
def place(groups: list[PersonId], window: MainWindow, qtbot: QtBot) -> InsightsPlace:
    window.go("insights")
    qtbot.waitUntil(lambda: window.insights.seen is not None, timeout=60_000)
    return window.insights


def turn_to(qtbot: QtBot, place: InsightsPlace, tab: int) -> None:
    qtbot.mouseClick(place.tabs, Qt.MouseButton.LeftButton, pos=place.tabs.tabRect(tab).center())
    assert place.tabs.currentIndex() == tab


def test_the_side_bar_and_a_key_lead_there(groups: list[PersonId], window: MainWindow, qtbot: QtBot) -> None:
    item = window.sidebar.item_of(("insights", 0))
    assert item is not None
    assert item.text() == "Insights"
    qtbot.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.insights.isVisible)
    qtbot.waitUntil(lambda: window.insights.seen is not None, timeout=60_000)


def test_the_closest_pair_leads_and_is_said_to_be_two(
    place: InsightsPlace, qtbot: QtBot, library: Library, groups: list[PersonId]
) -> None:
    line = place.pairs.lines[0]
    assert {line.pair.first.id, line.pair.second.id} == {groups[0], groups[1]}
    assert "Anna" in line.different.accessibleName()
    count = len(place.pairs.lines)
    qtbot.mouseClick(line.different, Qt.MouseButton.LeftButton)
    assert len(place.pairs.lines) == count - 1
    qtbot.waitUntil(lambda: any(kind == "cannot" for _, _, kind in _links(library)))
    qtbot.waitUntil(lambda: not place.errand.running and not place._stale, timeout=60_000)
    assert all({p.first.id, p.second.id} != {groups[0], groups[1]} for p in place.seen.people.pairs)  # type: ignore[union-attr]
    library.undo()
    qtbot.waitUntil(lambda: len(place.pairs.lines) == count, timeout=60_000)


def _links(library: Library) -> list[tuple[int, int, str]]:
    with library._database.read() as unit:
        return [tuple(link) for link in unit.people.links()]  # type: ignore[misc]


def test_two_are_compared_and_merged(
    place: InsightsPlace, qtbot: QtBot, library: Library, groups: list[PersonId], monkeypatch: pytest.MonkeyPatch
) -> None:
    place.pairs.lines[0].compare.setFocus()
    qtbot.keyClick(place.pairs.lines[0].compare, Qt.Key.Key_Space)
    dialog = place.findChild(TwoPeopleDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: [len(side) for side in dialog.portraits] == [4, 3])
    monkeypatch.setattr("faceorganizer.gui.views.insights.ask_name", lambda *args, **options: "Anna")
    qtbot.mouseClick(dialog.merge, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(library.people.list()) == 2, timeout=10_000)
    assert library.people.get(groups[0]).faces == 7
    qtbot.waitUntil(lambda: len(place.seen.people.people) == 2, timeout=60_000)  # type: ignore[union-attr]


def test_who_is_not_to_be_merged_stays(
    place: InsightsPlace, qtbot: QtBot, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faceorganizer.gui.views.insights.ask_name", lambda *args, **options: None)
    qtbot.mouseClick(place.pairs.lines[0].merge, Qt.MouseButton.LeftButton)
    assert len(library.people.list()) == 3


def test_bins_are_said_in_words(place: InsightsPlace, qtbot: QtBot) -> None:
    turn_to(qtbot, place, 1)
    chart = place.distances
    assert chart.isVisible()
    assert "confirmed faces" in place._told.text()
    qtbot.mouseMove(chart, QPoint(chart.width() // 2, chart.height() // 2))
    assert "Distance" in chart.words()
    chart.setFocus()
    before = chart.bin
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.bin == before + 1
    assert chart.accessibleDescription() == chart.words()
    turn_to(qtbot, place, 3)
    qtbot.keyClick(place.quality, Qt.Key.Key_Right)
    assert "Quality 0" in place.quality.words()
    assert "10 faces" in place._told.text()


def test_a_pair_of_the_matrix_is_named_and_opened(place: InsightsPlace, qtbot: QtBot) -> None:
    turn_to(qtbot, place, 2)
    matrix = place.matrix
    names = [record.name for record in matrix.shown.people]  # type: ignore[union-attr]
    anna, ben = names.index("Anna"), names.index("Ben")
    qtbot.mouseMove(matrix, matrix.place_of(anna, ben))
    assert matrix.words().startswith("Anna and Ben: ")
    assert place._told.text() == matrix.words()
    matrix.setFocus()
    for _ in range(3):
        qtbot.keyClick(matrix, Qt.Key.Key_Up)
        qtbot.keyClick(matrix, Qt.Key.Key_Left)
    assert matrix.cell == (0, 0)
    qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert place.findChild(TwoPeopleDialog) is None
    qtbot.keyClick(matrix, Qt.Key.Key_Right)
    qtbot.keyClick(matrix, Qt.Key.Key_Return)
    dialog = place.findChild(TwoPeopleDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.portraits[0]))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


@pytest.mark.parametrize(("tab", "suffix"), [(0, ".csv"), (1, ".svg"), (2, ".png"), (3, ".csv")])
def test_what_is_shown_is_saved(
    place: InsightsPlace, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tab: int, suffix: str
) -> None:
    turn_to(qtbot, place, tab)
    file = tmp_path / f"shown{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(file), "Picture (*.png)"))
    with qtbot.waitSignal(place.told, timeout=60_000):
        qtbot.mouseClick(place.save, Qt.MouseButton.LeftButton)
    assert file.stat().st_size > 0


def test_a_name_without_suffix_gets_the_chosen_one_and_nothing_is_written_over(
    place: InsightsPlace, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "mine"), "Table (*.csv)"))
    for _ in range(2):
        with qtbot.waitSignal(place.told, timeout=60_000) as told:
            qtbot.mouseClick(place.save, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not place.saver.errand.running)
    assert (tmp_path / "mine.csv").exists()
    assert "there already" in told.args[0]


def test_both_appearances_are_painted(place: InsightsPlace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    turn_to(qtbot, place, 2)
    light = place.matrix.grab().toImage()
    monkeypatch.setattr(theme, "colours", lambda: theme.DARK)
    QApplication.sendEvent(place, QEvent(QEvent.Type.PaletteChange))
    dark = place.matrix.grab().toImage()
    assert light.pixelColor(0, 0).lightness() > 200 > 60 > dark.pixelColor(0, 0).lightness()
    middle = place.matrix.place_of(0, 1)
    assert light.pixelColor(middle) != dark.pixelColor(middle)


def test_an_empty_library_says_what_will_be_there(window: MainWindow, qtbot: QtBot) -> None:
    window.go("insights")
    qtbot.waitUntil(lambda: window.insights.empty.isVisible(), timeout=60_000)
    assert not window.insights.save.isEnabled()


def test_looking_can_be_stopped_and_begun_again(groups: list[PersonId], window: MainWindow, qtbot: QtBot) -> None:
    place = window.insights
    window.go("insights")
    assert place.progress.isVisible()
    qtbot.mouseClick(place.progress.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not place.errand.running, timeout=60_000)
    if place.seen is None:  # or it was done by then
        assert place.empty.isVisible()
        qtbot.mouseClick(place.empty.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: place.seen is not None, timeout=60_000)


def test_nobody_named_is_no_error(populate, library: Library, window: MainWindow, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    populate(3, model=library._clustering.model)
    window.go("insights")
    qtbot.waitUntil(lambda: window.insights.seen is not None, timeout=60_000)
    turn_to(qtbot, window.insights, 1)
    assert window.insights.missing.isVisible()
    turn_to(qtbot, window.insights, 0)
    assert window.insights.missing.isVisible()
