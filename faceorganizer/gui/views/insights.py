"""Insight: who may be one person, how far apart faces and people are, and how good the faces are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QStackedLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError, UsageError
from faceorganizer.domain.insight import ClosePair, DistanceHistogram, Insight, PeopleDistances, QualityHistogram
from faceorganizer.domain.people import PersonRecord
from faceorganizer.domain.progress import JobContext, Progress
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.dialogs.merge import ask_name
from faceorganizer.gui.dialogs.two_people import TwoPeopleDialog
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.errand import Errand
from faceorganizer.gui.saving import FigureSaver
from faceorganizer.gui.views.blank import BlankPage
from faceorganizer.gui.views.charts import BarChart, HeatMap
from faceorganizer.gui.views.pairs import PairList
from faceorganizer.gui.views.place import Place
from faceorganizer.gui.views.waiting import Waiting

PAIRS: Final = 40
PEOPLE: Final = 300  # of the matrix: more would be smaller than pixels
REST_MS: Final = 1500  # after the last change, until all is looked at anew
_TABS: Final = ("pairs", "distances", "people", "quality")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found.

    Attributes:
        people: How far people are apart.
        distances: Of faces; None while nobody has two confirmed ones.
        quality: Of faces.
    """

    people: PeopleDistances
    distances: DistanceHistogram | None
    quality: QualityHistogram


class InsightsPlace(Place):
    """The library seen as a whole, one view at a time."""

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.heading.setText(self.tr("Insights"))
        self.seen: Seen | None = None
        self._stale = True
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Insights"))
        self.tabs.setExpanding(False)
        titles = (self.tr("Closest People"), self.tr("Distances"), self.tr("Matrix"), self.tr("Quality"))
        for title in titles:
            self.tabs.addTab(title)
        self.tabs.currentChanged.connect(self._turn)
        self.save = QPushButton(self.tr("Save as…"))
        self.save.setToolTip(self.tr("As a picture, as vector graphics or as a table"))
        self.save.setEnabled(False)
        self.save.clicked.connect(self._save)
        self.tools.addWidget(self.save)
        self.pairs = PairList(environment.thumbnails)
        self.pairs.setAccessibleName(self.tr("Pairs of people who are close to each other"))
        self.pairs.comparing.connect(self._compare)
        self.pairs.merging.connect(self._merge)
        self.pairs.differing.connect(self._differ)
        self.distances = BarChart(stacked=False)
        self.distances.setAccessibleName(self.tr("Histogram of distances between faces"))
        self.matrix = HeatMap()
        self.matrix.setAccessibleName(self.tr("Distances between people"))
        self.matrix.looked.connect(self._tell)
        self.matrix.opened.connect(self._open_cell)
        self.quality = BarChart(stacked=True)
        self.quality.setAccessibleName(self.tr("Histogram of the quality of faces"))
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._told.setContentsMargins(2 * theme.UNIT, theme.UNIT, 2 * theme.UNIT, theme.UNIT)
        self._told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.views = QStackedWidget()
        for view in (self.pairs, self.distances, self.matrix, self.quality):
            self.views.addWidget(view)
        self.missing = BlankPage()
        self.views.addWidget(self.missing)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._told)
        column.addWidget(self.views, 1)
        self.empty = BlankPage(buttons=(QPushButton(),))
        self.empty.button.clicked.connect(self._fill)
        self.progress = Waiting(self.tr("Looking at all faces…"))
        self.progress.stop.clicked.connect(self._cancel)
        self.stack = QStackedLayout()
        for part in (page, self.empty, self.progress):
            self.stack.addWidget(part)
        self.content.addLayout(self.stack, 1)
        self._page = page
        self.errand = Errand(self)
        self.errand.advanced.connect(self._advance)
        self.errand.finished.connect(self._come)
        self.errand.cancelled.connect(self._cancelled)
        self.errand.failed.connect(self._failed)
        self.errand.broken.connect(environment.background.broken)
        self.saver = FigureSaver(environment, self)
        self.saver.told.connect(self.told)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._look_again)

    def shown(self) -> None:
        """See all, and look where it is out of date."""
        if self._stale:
            self._look_again()
        elif self.seen is not None:
            self.pairs.want()
        self.tabs.setFocus()

    def reload(self) -> None:
        """Look at everything again."""
        self._stale = True
        self._look_again()

    def changed(self, changes: ChangeSet) -> None:
        """Faces may be somebody else's, or gone."""
        if any(changes.of(entity) for entity in ("face", "person", "content", "file", "root", "run", "setting")):
            self._stale = True
            if self.isVisible():
                self._rest.start()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Paint in the colours of the other appearance."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for view in (self.distances, self.matrix, self.quality):
                view.update()

    def end(self) -> None:
        """Look no more, save no more."""
        self._rest.stop()
        self.errand.close()
        self.saver.end()

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """Nothing is chosen here."""
        return {}

    def _look_again(self) -> None:
        if self.errand.running or not self.isVisible():
            return
        self._stale = False
        if self.seen is None:
            self.stack.setCurrentWidget(self.progress)
        self.errand.start(self._look)

    def _look(self, context: JobContext) -> Seen:
        """Runs beside the window."""
        insight = self.environment.library.insight
        people = insight.people(context, most=PEOPLE, pairs=PAIRS)
        try:
            distances = insight.distances(context)
        except UsageError:  # nobody has two confirmed faces
            distances = None
        return Seen(people, distances, insight.quality())

    def _advance(self, progress: Progress) -> None:
        self.progress.tell(progress)

    def _come(self, seen: Seen) -> None:
        self.seen = seen
        if seen.quality.faces:
            self.stack.setCurrentWidget(self._page)
            self.pairs.show_pairs(seen.people.pairs)
            self.matrix.show_people(seen.people)
            self.quality.show_histogram(seen.quality)
            if seen.distances is not None:
                self.distances.show_histogram(seen.distances)
            self._turn()
        else:
            self.seen = None
            self.empty.tell(
                "",
                self.tr("What can be said of all faces will be here, once photos were looked through."),
                self.tr("Add Folder…"),
            )
            self.stack.setCurrentWidget(self.empty)
        self.save.setEnabled(self.seen is not None)
        if self._stale:
            self._rest.start()

    def _cancel(self) -> None:
        self.errand.cancel()

    def _cancelled(self) -> None:
        self._stale = True
        if self.seen is None:
            self.empty.tell(
                "", self.tr("How far faces and people are apart, and how good they are."), self.tr("Look Now")
            )
            self.stack.setCurrentWidget(self.empty)

    def _failed(self, error: FaceOrganizerError) -> None:
        self.told.emit(plain(error))
        self._cancelled()

    def _fill(self) -> None:
        if self.empty.button.text() == self.tr("Look Now"):
            self._look_again()
        else:
            self.environment.actions["add-folder"].trigger()

    def _turn(self) -> None:
        """Show the view whose tab is chosen."""
        seen = self.seen
        if seen is None:
            return
        kind = _TABS[self.tabs.currentIndex()]
        view: QWidget = (self.pairs, self.distances, self.matrix, self.quality)[self.tabs.currentIndex()]
        missing = ""
        if kind == "pairs" and not seen.people.pairs:
            missing = self.tr("No two people are left who might be one.")
        elif kind == "people" and len(seen.people.people) < 2:
            missing = self.tr("It takes two people to be apart.")
        elif kind == "distances" and seen.distances is None:
            missing = self.tr("Name somebody: what is confirmed is measured here.")
        if missing:
            self.missing.tell("", missing)
            view = self.missing
        self.views.setCurrentWidget(view)
        self.save.setEnabled(not missing or kind == "pairs")
        self._tell()

    def _tell(self) -> None:
        """Say in words what is shown."""
        seen = self.seen
        if seen is not None:
            self._told.setText(self._words(seen, _TABS[self.tabs.currentIndex()]))

    def _words(self, seen: Seen, kind: str) -> str:
        number = self.locale().toString
        if kind == "distances" and seen.distances is not None:
            found = seen.distances
            if found.cut is None:
                return self.tr("{faces} confirmed faces of {people} people").format(
                    faces=number(found.faces), people=number(found.people)
                )
            return self.tr(
                "{faces} confirmed faces of {people} people. Grouping draws the line at {cut}: {beyond} % of the pairs "
                "of one person are beyond it, {within} % of two people before it."
            ).format(
                faces=number(found.faces), people=number(found.people), cut=number(found.cut, "f", 3),
                beyond=number(100 * found.same_beyond, "f", 2), within=number(100 * found.different_within, "f", 3),
            )  # fmt: skip
        if kind == "people" and len(seen.people.people) > 1:
            shown, every = len(seen.people.people), seen.people.everybody
            return self.matrix.words() or self.tr(
                "{shown} of {all} people and groups, those with most faces; who is alike stands side by side"
            ).format(shown=number(shown), all=number(every))
        if kind == "quality":
            return self.tr("{faces} faces, {below} of them below {least}").format(
                faces=number(seen.quality.faces), below=number(seen.quality.below),
                least=number(seen.quality.least, "g", 2),
            )  # fmt: skip
        if kind == "pairs" and seen.people.pairs:
            return self.tr("Those who look most alike. Answers are kept, and can be undone.")
        return ""

    def _save(self) -> None:
        seen = self.seen
        if seen is None:
            return
        kind = _TABS[self.tabs.currentIndex()]
        shown: dict[str, tuple[str, Insight | None]] = {
            "pairs": (self.tr("Distances between people"), seen.people),
            "distances": (self.tr("Distances between faces"), seen.distances),
            "people": (self.tr("Distances between people"), seen.people),
            "quality": (self.tr("Quality of faces"), seen.quality),
        }
        name, content = shown[kind]
        if content is not None:
            self.saver.ask(name, partial(_same, content), pairs=kind == "pairs")

    def _open_cell(self, row: int, column: int) -> None:
        people = self.matrix.shown.people if self.matrix.shown is not None else ()
        if people:
            self._show_both(people[row], people[column])

    def _compare(self, pair: ClosePair) -> None:
        self._show_both(pair.first, pair.second)

    def _show_both(self, first: PersonRecord, second: PersonRecord) -> None:
        dialog = TwoPeopleDialog(self.environment, first, second, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.merging.connect(partial(self._merge_people, first, second))
        dialog.differing.connect(partial(self._part, first, second))
        dialog.finished.connect(self.pairs.want)
        dialog.open()

    def _merge(self, pair: ClosePair) -> None:
        self._merge_people(pair.first, pair.second)

    def _merge_people(self, first: PersonRecord, second: PersonRecord) -> None:
        answer = ask_name(self, [first, second], self.environment.thumbnails, always=True)
        self.pairs.want()  # the dialog asked for other pictures
        if answer is not None:
            self._take(first, second)
            people = self.environment.library.people
            self.decide(partial(people.merge, [first.id, second.id], name=answer or None))

    def _differ(self, pair: ClosePair) -> None:
        self._part(pair.first, pair.second)

    def _part(self, first: PersonRecord, second: PersonRecord) -> None:
        self._take(first, second)
        self.decide(partial(self.environment.library.review.different, first.id, second.id))

    def _take(self, first: PersonRecord, second: PersonRecord) -> None:
        """Show a pair that is answered no more; all is looked at again soon."""
        for line in self.pairs.lines:
            if {line.pair.first.id, line.pair.second.id} == {first.id, second.id}:
                self.pairs.take(line.pair)
                return


def _same(content: Insight) -> Insight:
    return content
