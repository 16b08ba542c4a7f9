"""What was decided, step by step, beside the place; a click leads back to any step, and forth again."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QDateTime, QLocale, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.models.records import RECORD, Index, RecordModel
from faceorganizer.gui.reading import Reading
from faceorganizer.gui.steps import extent_in_words, step_in_words
from faceorganizer.gui.translation import Context
from faceorganizer.gui.walk import BEGINNING, SHOWN, Walk
from faceorganizer.library import Library

history: Final = Context("history")
_MARK: Final = 4  # pixels: the width of the line at the present step


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as a line shows it.

    Attributes:
        id: ``BEGINNING`` for the time before all others.
        words: What was done.
        detail: To how much, and when.
        undone: Whether it is taken back.
        present: Whether it is the last one that is not.
    """

    id: int
    words: str
    detail: str
    undone: bool
    present: bool

    @property
    def spoken(self) -> str:
        """All of it, for screen readers and for search by typing."""
        state = history.tr("you are here") if self.present else history.tr("taken back") if self.undone else ""
        return ", ".join(filter(None, (self.words, self.detail, state)))


class HistoryPanel(QWidget):
    """The last steps, the newest first. A click, or Enter, leads to where a step was the last one.

    Signals:
        closed: Somebody wants the place alone.
        told: A short message.
    """

    closed = Signal()
    told = Signal(str)

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._environment = environment
        self._walk: Walk | None = None
        self._reading = Reading(environment.background, self._come, self._unread, self)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.set_wide(False)
        title = QLabel(self.tr("History"))
        title.setFont(theme.sized(self.font(), 1.15, strong=True))
        self.close_button = QPushButton("✕")
        self.close_button.setProperty("link", "true")
        self.close_button.setAccessibleName(self.tr("Close the history"))
        self.close_button.setToolTip(self.tr("Close the history"))
        self.close_button.clicked.connect(self.closed)
        self.hint = QLabel(self.tr("Nothing has been decided yet. Names, merges and corrections will be listed here."))
        self.hint.setWordWrap(True)
        self.model: RecordModel[ShownStep] = RecordModel(lambda step: step.id, lambda step: step.spoken, parent=self)
        self.steps = QListView()
        self.steps.setObjectName("steps")
        self.steps.setAccessibleName(self.tr("Steps"))
        self.steps.setModel(self.model)
        self.steps.setItemDelegate(_StepLine(self.steps))
        self.steps.setMouseTracking(True)
        self.steps.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.steps.clicked.connect(self._go_to)
        self.steps.setToolTip(self.tr("A click leads to where this step was the last one"))
        head = QHBoxLayout()
        head.setContentsMargins(2 * theme.UNIT, 2 * theme.UNIT, 2 * theme.UNIT, theme.UNIT)
        head.addWidget(title, 1)
        head.addWidget(self.close_button)
        said = QVBoxLayout()
        said.setContentsMargins(2 * theme.UNIT, 0, 2 * theme.UNIT, 0)
        said.addWidget(self.hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(said)
        column.addWidget(self.steps, 1)
        self.hint.hide()
        self.hide()
        environment.bridge.changed.connect(self._changed)

    def set_wide(self, wide: bool) -> None:
        """Take all the room there is, or stand at the side."""
        self.setMinimumWidth(theme.INSPECTOR_WIDTH)
        self.setMaximumWidth(16 * theme.INSPECTOR_WIDTH if wide else theme.INSPECTOR_WIDTH)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """See what was decided meanwhile."""
        super().showEvent(event)
        self._reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes to a step on every platform; Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.steps.hasFocus():
            self._go_to(self.steps.currentIndex())
        else:
            super().keyPressEvent(event)

    def _changed(self, changes: ChangeSet) -> None:
        """Scans decide nothing, and change something all the time."""
        if self.isVisible() and (changes.step or changes.of("setting")):
            self._reload()

    def _reload(self) -> None:
        self._reading.ask(partial(_read, self._environment.library))

    def _come(self, steps: list[ShownStep]) -> None:
        self.model.refresh({"": steps})
        present = next((row for row, step in enumerate(steps) if step.present), 0)
        self.steps.setCurrentIndex(self.model.index(present))
        self.hint.setVisible(len(steps) == 1)  # nothing but the beginning

    def _unread(self, error: FaceOrganizerError) -> None:
        self.told.emit(plain(error))

    def _go_to(self, index: QModelIndex) -> None:
        """Take steps back, or do them again, until this one is the last."""
        if self._walk is not None or not index.isValid():
            return
        step: ShownStep = index.data(RECORD)
        if step.present:
            return
        self._walk = Walk(self._environment.library, self._environment.background, self)
        self._walk.arrived.connect(self._arrived)
        self._walk.failed.connect(self._failed)
        self._walk.stayed.connect(self._arrived)
        self._walk.start_to(step.id)

    def _arrived(self) -> None:
        self._walk = None
        self._reload()

    def _failed(self, error: FaceOrganizerError) -> None:
        self.told.emit(plain(error))
        self._arrived()


class _StepLine(QStyledItemDelegate):
    """A step in two lines; what is taken back is faint, a line at the side marks the present."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Two lines of text."""
        return QSize(theme.INSPECTOR_WIDTH // 2, 2 * option.fontMetrics.height() + 2 * theme.UNIT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a step."""
        shown, step = theme.colours(), index.data(RECORD)
        painter.save()
        state = option.state
        focused = state & QStyle.StateFlag.State_HasFocus and option.widget.hasFocus()
        if state & QStyle.StateFlag.State_MouseOver or focused:
            painter.fillRect(option.rect, QColor(shown.hover))
        if step.present:
            painter.fillRect(QRect(option.rect.topLeft(), QSize(_MARK, option.rect.height())), QColor(shown.accent))
        if focused:
            painter.setPen(QColor(shown.accent))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        room = option.rect.adjusted(2 * theme.UNIT, theme.UNIT, -theme.UNIT, -theme.UNIT)
        line = QRect(room.left(), room.top(), room.width(), room.height() // 2)
        font = theme.sized(option.font, 1.0, strong=step.present)
        font.setItalic(step.undone)
        _write(painter, line, step.words, font, shown.faint if step.undone else shown.text)
        line.translate(0, line.height())
        _write(painter, line, step.detail, theme.sized(option.font, 0.85), shown.faint)
        painter.restore()


def _write(painter: QPainter, line: QRect, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)


def _read(library: Library) -> list[ShownStep]:
    """The last steps, and the time before them; runs beside the window."""
    records = library.history(SHOWN)
    present = next((record.id for record in records if not record.undone), BEGINNING)
    steps = [
        ShownStep(
            record.id,
            _capitalised(step_in_words(record.step)),
            "  ·  ".join(filter(None, (_moment(record.at), extent_in_words(record.touched)))),
            record.undone,
            record.id == present,
        )
        for record in records
    ]
    whole = len(records) < SHOWN
    words = history.tr("The beginning") if whole else history.tr("Before these steps")
    return [*steps, ShownStep(BEGINNING, words, "", undone=False, present=present == BEGINNING)]


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _moment(at: datetime) -> str:
    """Today's steps by the time, others by the day as well."""
    moment, locale = QDateTime.fromSecsSinceEpoch(int(at.timestamp())), QLocale()
    time = locale.toString(moment.time(), QLocale.FormatType.ShortFormat)
    if moment.date() == QDateTime.currentDateTime().date():
        return time
    return history.tr("{day}, {time}").format(
        day=locale.toString(moment.date(), QLocale.FormatType.ShortFormat), time=time
    )
