"""People who may be one, a line for each pair."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.insight import ClosePair
from faceorganizer.domain.people import PersonRecord
from faceorganizer.gui import theme
from faceorganizer.gui.delegates.faces import counted
from faceorganizer.gui.thumbnails import Thumbnails
from faceorganizer.gui.views.charts import called
from faceorganizer.gui.views.profile import Portrait


class PairLine(QWidget):
    """Two people side by side, how near they are, and what can be said of them.

    Signals:
        comparing: More of their faces are to be seen.
        merging: They are to be merged.
        differing: They are different people.
    """

    comparing = Signal()
    merging = Signal()
    differing = Signal()

    def __init__(self, pair: ClosePair, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pair = pair
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * theme.UNIT, theme.UNIT, 2 * theme.UNIT, theme.UNIT)
        row.setSpacing(2 * theme.UNIT)
        for record in (pair.first, pair.second):
            row.addWidget(self._portrait(record, thumbnails))
            row.addLayout(self._words(record), 2)
        row.addLayout(self._distance(), 3)
        self.compare = self._button(row, self.tr("Compare"), self.tr("Compare {one} and {other}"))
        self.merge = self._button(row, self.tr("Merge…"), self.tr("Merge {one} and {other}"))
        self.different = self._button(row, self.tr("Different"), self.tr("{one} and {other} are different people"))
        self.compare.clicked.connect(self.comparing)
        self.merge.clicked.connect(self.merging)
        self.different.clicked.connect(self.differing)

    def _portrait(self, record: PersonRecord, thumbnails: Thumbnails) -> Portrait:
        portrait = Portrait(thumbnails, 8 * theme.UNIT)
        portrait.show_face(record.key_face)
        portrait.setAccessibleName(called(record))
        return portrait

    def _words(self, record: PersonRecord) -> QVBoxLayout:
        name, count = _Elided(called(record)), QLabel(counted(record))
        name.setFont(theme.sized(self.font(), 1.0, strong=record.name is not None))
        count.setFont(theme.sized(self.font(), 0.85))
        return _column(name, count)

    def _distance(self) -> QVBoxLayout:
        pair = self.pair
        apart = self.tr("{distance} apart").format(distance=QLocale().toString(pair.distance, "f", 3))
        said = ""
        if pair.photos_together:
            said = self.tr("together in %n photo(s)", "", pair.photos_together)
        elif pair.joins:
            said = self.tr("these two may be one person")
        below = QLabel(said)
        below.setFont(theme.sized(self.font(), 0.85))
        return _column(QLabel(apart), below)

    def _button(self, row: QHBoxLayout, text: str, spoken: str) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(spoken.format(one=called(self.pair.first), other=called(self.pair.second)))
        row.addWidget(button)
        return button


class PairList(QScrollArea):
    """The closest pairs, the closest first.

    Signals:
        comparing: A pair of which more is to be seen.
        merging: A pair to be merged.
        differing: A pair of different people.
    """

    comparing = Signal(object)
    merging = Signal(object)
    differing = Signal(object)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.lines: list[PairLine] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_pairs(self, pairs: Sequence[ClosePair]) -> None:
        """Show other pairs; what is focused and seen stays so as far as it is still there."""
        focused = next((line.pair for line in self.lines if line.isAncestorOf(self.focusWidget())), None)
        seen = self.verticalScrollBar().value()
        self.lines = [self._line(pair) for pair in pairs]
        page = QWidget()
        page.setBackgroundRole(QPalette.ColorRole.Base)
        page.setAutoFillBackground(True)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, theme.UNIT, 0, theme.UNIT)
        column.setSpacing(0)
        for line in self.lines:
            column.addWidget(line)
        column.addStretch(1)
        self.setWidget(page)
        self.verticalScrollBar().setValue(seen)
        if focused is not None and self.lines:
            same = [line for line in self.lines if _key(line.pair) == _key(focused)]
            (same or self.lines)[0].compare.setFocus()
        self.want()

    def want(self) -> None:
        """Fetch the faces."""
        records = [record for line in self.lines for record in (line.pair.first, line.pair.second)]
        self._thumbnails.want(("face", record.key_face) for record in records if record.key_face is not None)

    def take(self, pair: ClosePair) -> None:
        """Show a pair no more."""
        self.show_pairs([line.pair for line in self.lines if _key(line.pair) != _key(pair)])

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for some lines."""
        return QSize(90 * theme.UNIT, 60 * theme.UNIT)

    def _line(self, pair: ClosePair) -> PairLine:
        line = PairLine(pair, self._thumbnails)
        line.comparing.connect(self._compare)
        line.merging.connect(self._merge)
        line.differing.connect(self._differ)
        return line

    def _pair(self) -> ClosePair:
        line = self.sender()
        assert isinstance(line, PairLine)
        return line.pair

    def _compare(self) -> None:
        self.comparing.emit(self._pair())

    def _merge(self) -> None:
        self.merging.emit(self._pair())

    def _differ(self) -> None:
        self.differing.emit(self._pair())


class _Elided(QLabel):
    """A name that gives way where there is little room."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setMinimumWidth(8 * theme.UNIT)
        self.setToolTip(text)


def _key(pair: ClosePair) -> tuple[PersonId, PersonId]:
    return pair.first.id, pair.second.id


def _column(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addStretch(1)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return column
