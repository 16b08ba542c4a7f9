"""Learning from confirmed faces, in the window."""

from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from review_library import People

from faceorganizer.db.repositories.metrics import MetricState
from faceorganizer.domain.progress import JobContext
from faceorganizer.gui.dialogs.learning import LearningDialog, verdict
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library
from faceorganizer.recognition.metric import Curve
from faceorganizer.services.recognition import learning
from faceorganizer.services.recognition.judging import learn
from faceorganizer.services.recognition.learning import LearningReport
from faceorganizer.services.recognition.trial import Figure, Histograms, Trial


@pytest.fixture
def people(library: Library) -> People:
    return People(library._database, library._clustering.model)


@pytest.fixture
def six(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six confirmed people; in this process: another one takes seconds to start."""
    monkeypatch.setattr(learning, "_in_own_process", learn)
    for who in range(6):
        people.held(who, 5, f"Person {who}")


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> Iterator[LearningDialog]:
    shown = LearningDialog(window.environment, window)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    qtbot.waitUntil(lambda: shown.there.text() != "")
    yield shown
    shown.end()


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def report(state: MetricState = "used", suggestions: float = 0.1) -> LearningReport:
    figures = (
        Figure("verification", 0.9, 0.95, 0.01, 0.09),
        Figure("suggestions", 0.8, 0.8 + suggestions, 0.0, 0.2),
        Figure("grouping", 0.7, 0.8, 0.05, 0.15),
    )
    curve = Curve(np.array([0, 10, 20]), np.array([0.3, 0.2, 0.1]), np.array([0.2, 0.1, np.nan]), 10)
    counts = np.arange(4)
    shown = Histograms(np.linspace(0, 1.25, 5), counts, counts[::-1], counts, np.zeros(4, np.int64))
    return LearningReport(datetime(2026, 1, 1, tzinfo=UTC), state, 30, 6, 2.0, figures, 0.02, 0.1, curve, shown)


@pytest.mark.usefixtures("six")
def test_it_learns_shows_what_it_measured_and_forgets(dialog: LearningDialog, qtbot: QtBot, library: Library) -> None:
    assert "30 confirmed face(s)" in dialog.there.text()
    assert dialog.found.isHidden()
    assert not dialog.forget.isEnabled()
    with qtbot.waitSignal(dialog.errand.finished, timeout=120_000):
        click(qtbot, dialog.go)
        assert dialog.progress.isVisible()
        assert dialog.leave.text() == "Cancel"
    assert "not used" in dialog.verdict.text()
    assert dialog.figures[1][0].text() == "Pairs of one person recognised"
    assert dialog.figures[2][1].text().endswith("%")
    assert dialog.progress.isHidden()
    for plot in (dialog.before, dialog.after, dialog.curve):
        assert plot.isVisible()
        image = plot.grab().toImage()
        ink = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
        assert len(ink) > 5
    assert library.learning.present() is not None
    click(qtbot, dialog.forget)
    qtbot.waitUntil(lambda: dialog.found.isHidden())
    assert library.learning.present() is None
    assert not dialog.forget.isEnabled()


def test_too_few_faces_are_told_before_anything_is_begun(dialog: LearningDialog) -> None:
    assert "5 people with 4 confirmed faces each" in dialog.there.text()
    assert not dialog.go.isEnabled()


@pytest.mark.usefixtures("six")
def test_it_can_be_stopped(dialog: LearningDialog, qtbot: QtBot, library: Library, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def endless(faces: object, grouping: object, context: JobContext) -> Trial:
        while True:
            context.report(1, 6, "Learning")
            context.check_cancelled()

    monkeypatch.setattr(learning, "_in_own_process", endless)
    click(qtbot, dialog.go)
    qtbot.waitUntil(lambda: dialog.progress.maximum() == 6)
    with qtbot.waitSignal(dialog.errand.cancelled):
        click(qtbot, dialog.leave)
    assert dialog.go.isEnabled()
    assert dialog.leave.text() == "Close"
    assert library.learning.present() is None


@pytest.mark.usefixtures("six")
def test_the_menu_opens_it_and_escape_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    seen: list[str] = []

    def look() -> None:
        shown = QApplication.activeModalWidget()
        seen.append(type(shown).__name__)
        qtbot.keyClick(shown, Qt.Key.Key_Escape)

    QTimer.singleShot(500, look)
    window.environment.actions["learn"].trigger()
    assert seen == ["LearningDialog"]


def test_what_came_of_it_in_words() -> None:
    assert "it is used" in verdict(report())
    assert "Suggestions would be worse" in verdict(report("refused", -0.01))
    assert "not surely better" in verdict(report("refused"))
    assert "no longer better" in verdict(report("dropped"))
    assert "taken back" in verdict(report("outdated"))
