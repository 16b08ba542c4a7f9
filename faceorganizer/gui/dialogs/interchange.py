"""Takes in the names of other programs, or writes names for them: what would be done first, then it is done."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.progress import JobContext, Progress
from faceorganizer.domain.regions import OnConflict
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.errand import Errand
from faceorganizer.gui.translation import Context
from faceorganizer.gui.wording import said
from faceorganizer.services.interchange.import_report import ImportNote, ImportReport, NamesTakenError
from faceorganizer.services.interchange.writing import WriteReport

_MOST_NOTES: Final = 500
_WIDTH: Final = 80 * theme.UNIT

exchange: Final = Context("exchange")


class ExchangeDialog(QDialog):
    """Tries what is asked for, says what it would come to, and does it when told to. One step, which can be undone."""

    def __init__(self, environment: Environment, title: str, verb: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self._environment = environment
        self._trying = True
        self._tried: object = None
        self.errand = Errand(self)
        self.errand.advanced.connect(self._advance)
        self.errand.finished.connect(self._finished)
        self.errand.cancelled.connect(self.reject)
        self.errand.failed.connect(self._failed)
        self.errand.broken.connect(environment.background.broken)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.summary.setFont(theme.sized(self.font(), 1.0, strong=True))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.notes = QPlainTextEdit()
        self.notes.setReadOnly(True)
        self.notes.setAccessibleName(self.tr("What is left out"))
        self.leave, self.go = QPushButton(self.tr("Cancel")), QPushButton(verb)
        self.go.setProperty("primary", "true")
        self.leave.clicked.connect(self._leave)
        self.go.clicked.connect(self._begin)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        self.column.setSpacing(2 * theme.UNIT)
        for widget in (self.summary, self.progress, self.notes):
            self.column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.leave, self.go):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        self.go.setDefault(True)
        self.column.addLayout(buttons)

    def work(self, trying: bool) -> Callable[[JobContext], Any]:
        """What runs beside the window.

        Args:
            trying: Whether nothing is to be written.
        """
        raise NotImplementedError

    @property
    def wanted(self) -> object:
        """What is asked for; when it is something else than was tried, it is tried again."""
        return None

    def told(self, report: Any) -> tuple[str, Sequence[ImportNote], bool]:
        """What a report says: in a sentence or two, what is left out, and whether there is anything to do."""
        raise NotImplementedError

    def end(self) -> None:
        """The window closes: stop."""
        self.errand.close()
        self.close()

    def done(self, result: int) -> None:
        """Nothing goes on after the dialog is gone."""
        self.errand.close()
        super().done(result)

    def look(self) -> None:
        """Find out what would be done."""
        self._start(trying=True)

    def _begin(self) -> None:
        self._start(trying=False)

    def _start(self, *, trying: bool) -> None:
        if self.errand.running:
            return
        self._trying, self._tried = trying, self.wanted
        self.go.setEnabled(False)
        self.notes.hide()
        self.progress.setRange(0, 0)
        self.progress.show()
        self.summary.setText(self.tr("Looking at the photos…") if trying else self.tr("At work…"))
        self.errand.start(self.work(trying))

    def _advance(self, progress: Progress) -> None:
        self.progress.setRange(0, progress.total or 0)
        self.progress.setValue(progress.done)

    def _finished(self, report: object) -> None:
        if self._trying and self.wanted != self._tried:
            self.look()
            return
        text, notes, useful = self.told(report)
        self.progress.hide()
        self.summary.setText(text)
        lines = [f"{note.photo.name}: {note.name}{': ' if note.name else ''}{said(note.reason)}" for note in notes]
        more = len(lines) - _MOST_NOTES
        self.notes.setPlainText("\n".join(lines[:_MOST_NOTES] + ([exchange.tr("and %n more", "", more)] * (more > 0))))
        self.notes.setVisible(bool(lines))
        self.go.setEnabled(self._trying and useful)
        if self.go.isEnabled() and self.leave.hasFocus():
            self.go.setFocus()  # Enter is for what was looked at
        if not self._trying:
            self.go.hide()
            self.leave.setText(self.tr("Close"))
        self.adjustSize()

    def _failed(self, error: FaceOrganizerError) -> None:
        self.progress.hide()
        self.summary.setText(plain(error))

    def _leave(self) -> None:
        if self.errand.running:
            self.errand.cancel()
        else:
            self.reject()


class TakeInDialog(ExchangeDialog):
    """Takes in faces and names from XMP, Picasa or a Takeout."""

    def __init__(self, environment: Environment, parent: QWidget) -> None:
        super().__init__(environment, exchange.tr("Names of Other Programs"), exchange.tr("Take In"), parent)
        self.source, self.conflict = QComboBox(), QComboBox()
        metadata = environment.library.metadata
        for text, read in (
            (self.tr("In the photos and beside them (digiKam, Lightroom, Windows)"), metadata.import_metadata),
            (self.tr("Picasa"), metadata.import_picasa),
            (self.tr("Google Takeout"), metadata.import_takeout),
        ):
            self.source.addItem(text, read)
        self.source.setAccessibleName(self.tr("Where names are read from"))
        self.known = QLabel()
        self.known.setWordWrap(True)
        for text, answer in (
            (self.tr("They are the same people"), OnConflict.MERGE),
            (self.tr("They are others with the same names"), OnConflict.SEPARATE),
            (self.tr("Leave these names out"), OnConflict.SKIP),
        ):
            self.conflict.addItem(text, answer)
        self.conflict.setAccessibleName(self.tr("Who they are"))
        for place, widget in enumerate((self.source, self.known, self.conflict)):
            self.column.insertWidget(place, widget)
        self._asked = False
        self._ask(())
        self.source.currentIndexChanged.connect(self._source_changed)
        self.conflict.currentIndexChanged.connect(self.look)
        self.look()

    def work(self, trying: bool) -> Callable[[JobContext], ImportReport]:
        """Read, and take in unless it is a trial."""
        _, answer = self.wanted
        return partial(_with_context, self.source.currentData(), on_conflict=answer, dry_run=trying)

    @property
    def wanted(self) -> tuple[int, OnConflict | None]:
        """From where, and who the bearers of known names are."""
        answer = OnConflict(self.conflict.currentData()) if self._asked else None
        return self.source.currentIndex(), answer

    def told(self, report: ImportReport) -> tuple[str, Sequence[ImportNote], bool]:
        """What was found."""
        parts = [
            exchange.tr("%n face(s) with a name", "", report.confirmed),
            exchange.tr("%n face(s) to be drawn", "", report.drawn) if report.drawn else "",
            exchange.tr("%n known already", "", report.agreed) if report.agreed else "",
        ]
        text = exchange.tr("%n photo(s) with names", "", report.photos) + ": " + ", ".join(filter(None, parts))
        if report.people:
            text += "\n" + self.tr("New people: {names}").format(names=", ".join(report.people))
        notes = [*report.conflicts, *report.unplaced, *report.removed, *report.problems]
        return text, notes, bool(report.confirmed or report.drawn)

    def _source_changed(self) -> None:
        self._ask(())
        self.look()

    def _ask(self, names: Sequence[str]) -> None:
        """Ask who the bearers of known names are; nothing where there are none."""
        self._asked = bool(names)
        self.known.setVisible(self._asked)
        self.conflict.setVisible(self._asked)
        self.known.setText(self.tr("These names are known here: {names}").format(names=", ".join(names)))

    def _failed(self, error: FaceOrganizerError) -> None:
        if self.wanted != self._tried:
            self.look()
        elif isinstance(error, NamesTakenError):
            self._ask(error.names)
            self.look()
        else:
            super()._failed(error)


class WriteDialog(ExchangeDialog):
    """Writes the names and faces of named people for other programs."""

    def __init__(self, environment: Environment, parent: QWidget) -> None:
        super().__init__(environment, exchange.tr("Write Names for Other Programs"), exchange.tr("Write"), parent)
        where = QLabel(
            self.tr(
                "Faces and names go where Settings says: beside the photos, or into them. What other programs "
                "wrote stays, and Undo brings back what was there."
            )
        )
        where.setWordWrap(True)
        self.column.insertWidget(0, where)
        self.look()

    def work(self, trying: bool) -> Callable[[JobContext], WriteReport]:
        """Write, unless it is a trial."""
        return partial(_with_context, self._environment.library.metadata.write, dry_run=trying)

    def told(self, report: WriteReport) -> tuple[str, Sequence[ImportNote], bool]:
        """What was written."""
        parts = [
            exchange.tr("%n sidecar(s)", "", report.sidecars) if report.sidecars else "",
            exchange.tr("%n photo(s) written into", "", report.files) if report.files else "",
            exchange.tr("%n as they should be", "", report.unchanged) if report.unchanged else "",
        ]
        counts = ", ".join(filter(None, parts)) or self.tr("nothing to write")
        text = exchange.tr("%n face(s) with a name", "", report.faces) + ": " + counts
        return text, [*report.conflicts, *report.problems], bool(report.sidecars or report.files)


def _with_context(work: Callable[..., Any], context: JobContext, **options: Any) -> Any:
    return work(context=context, **options)
