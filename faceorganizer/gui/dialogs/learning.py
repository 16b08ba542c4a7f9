"""Learns from the user's own decisions how faces are told apart, and shows what came of it."""

from typing import Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.progress import JobContext, Progress
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.dialogs.learning_plots import CurvePlot, DistancePlot, shares
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.errand import Errand
from faceorganizer.gui.translation import Context
from faceorganizer.services.recognition.learning import LEAST_FACES, LEAST_PEOPLE, LearningReport

_WIDTH: Final = 96 * theme.UNIT
_ROWS: Final = 4

learning: Final = Context("learning")


class LearningDialog(QDialog):
    """Says what learning is, does it when told to, and shows how it measures before and after."""

    def __init__(self, environment: Environment, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Learn from My Corrections"))
        self.setMinimumWidth(_WIDTH)
        self._environment = environment
        self.errand = Errand(self)
        self.errand.advanced.connect(self._advance)
        self.errand.finished.connect(self._show)
        self.errand.cancelled.connect(self._rest)
        self.errand.failed.connect(self._failed)
        self.errand.broken.connect(environment.background.broken)
        self.errand.broken.connect(self._rest)
        self.intro = _text(
            self.tr(
                "From the faces that you named or confirmed, the program learns what tells your people apart. "
                "What it learns is used only if it is better on faces that it did not learn from; "
                "guesses are never learned from."
            )
        )
        self.there = _text()
        self.verdict = _text()
        self.verdict.setFont(theme.sized(self.font(), 1.0, strong=True))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.curve = CurvePlot(self.tr("Learning curve"))
        self.before = DistancePlot(self.tr("Distances before"))
        self.after = DistancePlot(self.tr("Distances after"))
        self.figures = [[QLabel() for _ in range(3)] for _ in range(_ROWS)]
        self.forget = QPushButton(self.tr("Forget What Was Learned"))
        self.forget.clicked.connect(self._forget)
        self.leave = QPushButton(self.tr("Close"))
        self.leave.clicked.connect(self._leave)
        self.go = QPushButton(self.tr("Learn"))
        self.go.setProperty("primary", "true")
        self.go.clicked.connect(self._begin)
        self.found = QWidget()
        self._lay_out()
        self.found.hide()
        self._rest()
        self.go.setFocus()
        environment.background.read(environment.library.learning.confirmed, self._count)
        environment.background.read(environment.library.learning.present, self._show_present)

    def end(self) -> None:
        """The window closes: stop."""
        self.errand.close()
        self.close()

    def done(self, result: int) -> None:
        """Nothing goes on after the dialog is gone."""
        self.errand.close()
        super().done(result)

    def _lay_out(self) -> None:
        table = QGridLayout()
        table.setHorizontalSpacing(theme.MARGIN)
        table.setVerticalSpacing(theme.UNIT // 2)
        for row, labels in enumerate(self.figures):
            for column, label in enumerate(labels):
                table.addWidget(label, row, column)
                if column:
                    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        table.setColumnStretch(3, 1)
        plots = QGridLayout()
        plots.setSpacing(2 * theme.UNIT)
        plots.addWidget(self.before, 0, 0)
        plots.addWidget(self.after, 0, 1)
        plots.addWidget(self.curve, 1, 0)
        side = QVBoxLayout()
        side.addLayout(table)
        side.addStretch(1)
        plots.addLayout(side, 1, 1)
        inner = QVBoxLayout(self.found)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(2 * theme.UNIT)
        inner.addWidget(self.verdict)
        inner.addLayout(plots)
        buttons = QHBoxLayout()
        buttons.addWidget(self.forget)
        buttons.addStretch(1)
        for button in (self.leave, self.go):
            buttons.addWidget(button)
        for button in (self.forget, self.leave, self.go):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(2 * theme.UNIT)
        for widget in (self.intro, self.there, self.progress, self.found):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    def _begin(self) -> None:
        if self.errand.running:
            return
        self.go.setEnabled(False)
        self.forget.setEnabled(False)
        self.leave.setText(self.tr("Cancel"))
        self.progress.setRange(0, 0)
        self.progress.show()
        self.errand.start(self._learn)

    def _learn(self, context: JobContext) -> LearningReport:
        return self._environment.library.learning.learn(context)

    def _advance(self, progress: Progress) -> None:
        if self.errand.running and progress.total:
            self.progress.setRange(0, progress.total)
            self.progress.setValue(progress.done)

    def _rest(self) -> None:
        """Nothing is under way."""
        self.progress.hide()
        self.leave.setText(self.tr("Close"))
        self.go.setEnabled(True)
        self.forget.setEnabled(not self.found.isHidden())

    def _leave(self) -> None:
        if self.errand.running:
            self.errand.cancel()
        else:
            self.reject()

    def _failed(self, error: FaceOrganizerError) -> None:
        self._rest()
        self.there.setText(plain(error))

    def _count(self, counts: tuple[int, int]) -> None:
        faces, people = counts
        said = learning.tr("There are %n confirmed face(s) to learn from.", "", faces)
        if people < LEAST_PEOPLE:
            least = self.tr("Learning needs {people} people with {faces} confirmed faces each.")
            said = f"{said} {least.format(people=LEAST_PEOPLE, faces=LEAST_FACES)}"
        self.there.setText(said)
        self.go.setEnabled(people >= LEAST_PEOPLE and not self.errand.running)

    def _show_present(self, report: LearningReport | None) -> None:
        if report is not None and not self.errand.running:
            self._show(report)

    def _show(self, report: LearningReport) -> None:
        self.verdict.setText(verdict(report))
        steps = report.curve
        self.curve.show_curve(steps.steps, steps.training, steps.validation, steps.best)
        shown = report.histograms
        counts = np.stack([shown.same_before, shown.different_before, shown.same_after, shown.different_after])
        end = int(np.flatnonzero(counts.any(axis=0)).max(initial=0)) + 1  # nothing is beyond
        edges, counts = shown.edges[: end + 1], counts[:, :end]
        most = max(float(shares(some).max(initial=0.0)) for some in counts)
        self.before.show_pairs(edges, counts[0], counts[1], most)
        self.after.show_pairs(edges, counts[2], counts[3], most)
        rows = [("", self.tr("Before"), self.tr("After"))]
        rows += [(named(figure.name), percent(figure.before), percent(figure.after)) for figure in report.figures]
        for labels, texts in zip(self.figures, rows, strict=False):
            for label, text in zip(labels, texts, strict=True):
                label.setText(text)
        self.found.show()
        self._rest()

    def _forget(self) -> None:
        self._environment.background.write(self._environment.library.learning.forget, self._forgotten)

    def _forgotten(self, _there: bool) -> None:
        self.found.hide()
        self._rest()
        self.adjustSize()


def verdict(report: LearningReport) -> str:
    """What came of learning, in a sentence or two."""
    if report.state == "used":
        return learning.tr(
            "This is better, and it is used: suggestions follow it from now on, groups from the next scan on."
        )
    if report.state == "dropped":
        return learning.tr("By the faces confirmed since, this is no longer better. It is not used.")
    if report.state == "outdated":
        return learning.tr("Much of what this was learned from was taken back. It is not used; learn again.")
    if "suggestions" in report.worse:
        return learning.tr("Suggestions would be worse with this. It is not used; faces are compared as before.")
    return learning.tr("This is not surely better. It is not used; faces are compared as before.")


def named(measure: str) -> str:
    """What a measure is called."""
    names = {
        "verification": learning.tr("Pairs of one person recognised"),
        "suggestions": learning.tr("Right suggestions"),
        "grouping": learning.tr("Right groups (BCubed F)"),
    }
    return names[measure]


def percent(value: float) -> str:
    """A share in per cent."""
    return learning.tr("{number} %").format(number=f"{100 * value:.1f}")


def _text(said: str = "") -> QLabel:
    label = QLabel(said)
    label.setWordWrap(True)
    return label
