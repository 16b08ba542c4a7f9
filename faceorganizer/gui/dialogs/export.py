"""Writes photos out: what, where and how, with a preview before, progress meanwhile and the result after."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, QSettings, QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.export import (
    LAYOUTS,
    ExportKind,
    ExportOrder,
    ExportPlan,
    ExportReport,
    ExportWay,
    SeveralPeople,
)
from faceorganizer.domain.ids import AlbumId
from faceorganizer.domain.progress import JobContext, Progress
from faceorganizer.gui import theme
from faceorganizer.gui.background import Call
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.desktop import open_folder
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.errand import Errand
from faceorganizer.gui.wording import said
from faceorganizer.services.interchange.exporting import InsideRootError
from faceorganizer.services.interchange.listing import FileThereError

_WAIT_MS: Final = 250  # after a change, until the preview is made anew
_SHOWN: Final = 7  # paths in the preview
_TOLD: Final = 8  # problems in the result
_WIDTH: Final = 80 * theme.UNIT
_FOLDER_KEY: Final = "export/folder"
_OWN: Final = "own"


@dataclass(frozen=True, slots=True)
class Exported:
    """Photos that are to be exported.

    Attributes:
        title: What they are called, for the name of the destination.
    """

    title: str
    query: PhotoQuery | None = None
    album: AlbumId | None = None


class ExportDialog(QDialog):
    """Asks for an export, shows what it would do, does it, and says what it did."""

    def __init__(self, environment: Environment, what: Exported, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export {title}").format(title=what.title))
        self.setMinimumWidth(_WIDTH)
        self._environment = environment
        self._what = what
        self._asked: Call | None = None
        self._report: ExportReport | None = None
        self._allowed: dict[str, bool] = {}  # what was asked and granted: replacing a file, a folder that is scanned
        self.errand = Errand(self)
        self.errand.advanced.connect(self._advance)
        self.errand.finished.connect(self._finished)
        self.errand.cancelled.connect(self._cancelled)
        self.errand.failed.connect(self._failed)
        self.errand.broken.connect(environment.background.broken)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WAIT_MS)
        self._soon.timeout.connect(self._ask_plan)
        self._make_fields()
        self._make_preview()
        self._make_running()
        self.pages = QStackedLayout()
        self.pages.addWidget(self._question_page())
        self.pages.addWidget(self._running)
        self.outcome = _Result()
        self.pages.addWidget(self.outcome)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(2 * theme.UNIT)
        column.addLayout(self.pages, 1)
        column.addLayout(self._made_buttons())
        self._kind_changed()

    @property
    def order(self) -> ExportOrder:
        """What is asked for now."""
        kind = ExportKind(self.kind.currentData())
        layout = self.layouts.currentData()
        return ExportOrder(
            destination=Path(self.destination.text().strip()).expanduser(),
            kind=kind,
            layout=None if not self.layouts.isEnabled() else self.template.text() if layout == _OWN else layout,
            way=ExportWay(self.way.currentData()) if self.way.isEnabled() else ExportWay.COPY,
            query=self._what.query,
            album=self._what.album,
            several=SeveralPeople(self.several.currentData()),
            unnamed=self.unnamed.isChecked(),
            sync=self.sync.isEnabled() and self.sync.isChecked(),
            inside_root=self._allowed.get("inside", False),
            replace=self._allowed.get("replace", False),
        )

    def end(self) -> None:
        """The window closes: stop."""
        self.errand.close()
        self.close()

    def done(self, result: int) -> None:
        """Nothing goes on after the dialog is gone."""
        self._soon.stop()
        self.errand.close()
        super().done(result)

    def _make_fields(self) -> None:
        self.kind = _choice(
            {
                ExportKind.FOLDERS: self.tr("Photos in folders"),
                ExportKind.ZIP: self.tr("One zip file"),
                ExportKind.GALLERY: self.tr("A gallery for a browser"),
                ExportKind.CROPS: self.tr("Faces, cut out"),
            }
        )
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self.destination = QLineEdit(str(_usual_folder() / _file_name(self._what.title)))
        self.destination.textChanged.connect(self._changed)
        self.choose = QPushButton(self.tr("Choose…"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._choose)
        self.layouts = _choice(
            {
                "person": self.tr("A folder for each person"),
                "person-year": self.tr("Person, then year"),
                "folder": self.tr("One folder"),
                "flat": self.tr("No folders"),
                _OWN: self.tr("As I write it"),
            }
        )
        self.layouts.currentIndexChanged.connect(self._layout_changed)
        self.template = QLineEdit(LAYOUTS["person-year"])
        self.template.setAccessibleName(self.tr("Layout"))
        self.template.setToolTip(
            self.tr(
                "Folders and names, with: {person} {people} {album} {original} {year} {date:%Y-%m-%d} "
                "{index:04} {camera} {face}"
            )
        )
        self.template.textChanged.connect(self._changed)
        self.way = _choice(
            {
                ExportWay.COPY: self.tr("Copies"),
                ExportWay.REFLINK: self.tr("Copies that share their room on the disk"),
                ExportWay.HARD: self.tr("Hard links"),
                ExportWay.SYMBOLIC: self.tr("Symbolic links"),
            }
        )
        self.way.currentIndexChanged.connect(self._changed)
        self.several = _choice(
            {
                SeveralPeople.EACH: self.tr("In the folder of each"),
                SeveralPeople.COMBINED: self.tr("In a folder of them together"),
                SeveralPeople.ONCE: self.tr("Once only"),
            }
        )
        self.several.currentIndexChanged.connect(self._changed)
        self.unnamed = QCheckBox(self.tr("Groups without a name, too"))
        self.unnamed.toggled.connect(self._changed)
        self.sync = QCheckBox(self.tr("Remove what an earlier export wrote and does not belong there any more"))
        self.sync.toggled.connect(self._changed)

    def _make_preview(self) -> None:
        self.summary, self.paths = QLabel(), QLabel()
        self.summary.setWordWrap(True)
        self.summary.setFont(theme.sized(self.font(), 1.0, strong=True))
        self.paths.setMinimumHeight(self.fontMetrics().lineSpacing() * (_SHOWN + 1))
        self.paths.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.paths.setTextFormat(Qt.TextFormat.PlainText)
        self.paths.setAccessibleName(self.tr("The first files"))

    def _make_running(self) -> None:
        self._running = QWidget()
        self._stage, self.progress = QLabel(), QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        column = QVBoxLayout(self._running)
        column.addStretch(1)
        column.addWidget(self._stage)
        column.addWidget(self.progress)
        column.addStretch(1)

    def _question_page(self) -> QWidget:
        page = QWidget()
        rows = QFormLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.UNIT + theme.UNIT // 2)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        where = QHBoxLayout()
        where.addWidget(self.destination, 1)
        where.addWidget(self.choose)
        rows.addRow(self.tr("What"), self.kind)
        rows.addRow(self.tr("Where"), where)
        rows.addRow(self.tr("Folders"), self.layouts)
        rows.addRow("", self.template)
        rows.addRow(self.tr("Files"), self.way)
        rows.addRow(self.tr("Photos of several people"), self.several)
        rows.addRow("", self.unnamed)
        rows.addRow("", self.sync)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFixedHeight(1)
        rows.addRow(line)
        rows.addRow(self.summary)
        rows.addRow(self.paths)
        self._rows = rows
        return page

    def _made_buttons(self) -> QHBoxLayout:
        self.leave, self.go = QPushButton(self.tr("Cancel")), QPushButton(self.tr("Export"))
        self.folder = QPushButton(self.tr("Open Folder"))
        for button in (self.leave, self.go, self.folder):
            button.setAutoDefault(False)
        self.go.setProperty("primary", "true")
        self.go.setEnabled(False)
        self.leave.clicked.connect(self._leave)
        self.go.clicked.connect(self._start)
        self.folder.clicked.connect(self._open)
        self.folder.hide()
        line = QHBoxLayout()
        line.addStretch(1)
        for button in (self.leave, self.folder, self.go):
            line.addWidget(button)
        return line

    def _kind_changed(self) -> None:
        """Offer what goes with what is made."""
        kind = ExportKind(self.kind.currentData())
        self.layouts.setEnabled(kind in (ExportKind.FOLDERS, ExportKind.ZIP))
        self.way.setEnabled(kind is ExportKind.FOLDERS)
        self.sync.setEnabled(kind is not ExportKind.ZIP)
        destination = Path(self.destination.text())
        if kind is ExportKind.ZIP and destination.suffix.lower() != ".zip":
            self.destination.setText(f"{destination}.zip")
        elif kind is not ExportKind.ZIP and destination.suffix.lower() == ".zip":
            self.destination.setText(str(destination.with_suffix("")))
        self._layout_changed()

    def _layout_changed(self) -> None:
        shown = self.layouts.isEnabled()
        self._rows.setRowVisible(self.layouts, shown)
        self._rows.setRowVisible(self.template, shown and self.layouts.currentData() == _OWN)
        self._rows.setRowVisible(self.way, self.way.isEnabled())
        self._rows.setRowVisible(self.sync, self.sync.isEnabled())
        self._changed()

    def _changed(self) -> None:
        """Something is wanted otherwise: what was granted was for something else."""
        self._allowed.clear()
        self.go.setEnabled(False)
        if self._asked is not None:
            self._asked.drop()
        self._soon.start()

    def _ask_plan(self) -> None:
        if not self.destination.text().strip():
            self._refused_text(self.tr("Choose where."))
            return
        # What the plan would ask about is asked when it is done.
        order = replace(self.order, inside_root=True, replace=True)
        self._asked = self._environment.background.read(
            partial(self._environment.library.export.plan, order), self._planned, self._refused
        )

    def _planned(self, plan: ExportPlan) -> None:
        locale = QLocale()
        added, kept, removed = plan.count("add") + plan.count("update"), plan.count("keep"), plan.count("remove")
        size, photos = locale.formattedDataSize(plan.bytes), self.tr("%n photo(s)", "", plan.photos)
        parts = [
            self.tr("{photos} as %n new file(s), {size}", "", added).format(photos=photos, size=size),
            self.tr("%n there already", "", kept) if kept else "",
            self.tr("%n to be removed", "", removed) if removed else "",
            self.tr("%n left out: nobody with a folder is in them", "", plan.left_out) if plan.left_out else "",
            self.tr("%n cannot be exported", "", len(plan.problems)) if plan.problems else "",
        ]
        self.summary.setText("\n".join(filter(None, parts)))
        width = max(self.paths.width(), _WIDTH - 2 * theme.MARGIN)
        first = [
            self.fontMetrics().elidedText(path, Qt.TextElideMode.ElideMiddle, width) for path in plan.first(_SHOWN)
        ]
        more = len(plan.files) - len(first)
        self.paths.setText("\n".join([*first, *([self.tr("and %n more", "", more)] if more > 0 else [])]))
        self.go.setEnabled(bool(added or removed))

    def _refused(self, error: FaceOrganizerError) -> None:
        self._refused_text(plain(error))

    def _refused_text(self, text: str) -> None:
        self.summary.setText(text)
        self.paths.setText("")
        self.go.setEnabled(False)

    def _choose(self) -> None:
        here = self.destination.text()
        if ExportKind(self.kind.currentData()) is ExportKind.ZIP:
            file, _ = QFileDialog.getSaveFileName(self, self.tr("Zip file"), here, self.tr("Zip files (*.zip)"))
            if file:
                self.destination.setText(file)
                self._allowed["replace"] = True  # the file dialog has asked
        else:
            folder = QFileDialog.getExistingDirectory(self, self.tr("Folder to export into"), str(Path(here).parent))
            if folder:
                self.destination.setText(folder)

    def _start(self) -> None:
        order = self.order
        QSettings().setValue(_FOLDER_KEY, str(order.destination.parent))
        self._stage.setText("")
        self.progress.setRange(0, 0)
        self.pages.setCurrentWidget(self._running)
        self.go.hide()
        self.errand.start(partial(self._run, order))

    def _run(self, order: ExportOrder, context: JobContext) -> ExportReport:
        """Runs beside the window."""
        return self._environment.library.export.run(order, context)

    def _advance(self, progress: Progress) -> None:
        locale = QLocale()
        total = locale.toString(progress.total or 0)
        self._stage.setText(
            self.tr("Exporting: {done} of {total}").format(done=locale.toString(progress.done), total=total)
            if progress.total is not None
            else self.tr("Looking what is to be exported…")
        )
        self.progress.setRange(0, progress.total or 0)
        self.progress.setValue(progress.done)

    def _finished(self, report: ExportReport) -> None:
        self._report = report
        self.outcome.tell(report)
        self.pages.setCurrentWidget(self.outcome)
        self.leave.setText(self.tr("Close"))
        self.leave.setEnabled(True)
        self.folder.show()
        self.folder.setFocus()

    def _cancelled(self) -> None:
        self._back()
        self.summary.setText(self.tr("Stopped. What was exported by then stays; exporting again goes on."))

    def _failed(self, error: FaceOrganizerError) -> None:
        self._back()
        if isinstance(error, InsideRootError):
            self._ask("inside", error)
        elif isinstance(error, FileThereError):
            self._ask("replace", error)
        else:
            self.summary.setText(plain(error))

    def _ask(self, what: str, error: FaceOrganizerError) -> None:
        """What the order has to allow is for the user to say."""
        box = QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), said(error.message), parent=self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel)
        box.button(QMessageBox.StandardButton.Yes).setText(self.tr("Export all the same"))
        box.accepted.connect(partial(self._allow, what))
        box.open()

    def _allow(self, what: str) -> None:
        self._allowed[what] = True
        self._start()

    def _back(self) -> None:
        self.pages.setCurrentIndex(0)
        self.go.show()
        self.go.setEnabled(True)
        self.leave.setEnabled(True)

    def _leave(self) -> None:
        """Stop what is under way, or go."""
        if self.errand.running:
            self.leave.setEnabled(False)
            self.errand.cancel()
        else:
            self.reject()

    def _open(self) -> None:
        if self._report is not None:
            destination = self._report.destination
            open_folder(destination if destination.is_dir() else destination.parent)


class _Result(QLabel):
    """What an export did."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def tell(self, report: ExportReport) -> None:
        """Say it."""
        size = QLocale().formattedDataSize(report.bytes)
        lines = [
            self.tr("%n photo(s) are in {folder}.", "", report.photos).format(folder=report.destination),
            self.tr("%n file(s) written, {size}.", "", report.added + report.updated).format(size=size),
            self.tr("%n were there already.", "", report.kept) if report.kept else "",
            self.tr("%n removed.", "", report.removed) if report.removed else "",
            self.tr("%n left out: nobody with a folder is in them.", "", report.left_out) if report.left_out else "",
            self.tr("\n%n not exported:", "", len(report.problems)) if report.problems else "",
        ]
        told = [f"{problem.path}: {said(problem.reason)}" for problem in report.problems[:_TOLD]]
        more = len(report.problems) - len(told)
        if more > 0:
            told.append(self.tr("and %n more", "", more))
        self.setText("\n".join([*filter(None, lines), *told]))


def _choice(texts: Mapping[str, str]) -> QComboBox:
    box = QComboBox()
    for value, text in texts.items():
        box.addItem(text, value)
    return box


def _usual_folder() -> Path:
    """Where the last export went, or the folder of documents."""
    last = QSettings().value(_FOLDER_KEY)
    if isinstance(last, str) and Path(last).is_dir():
        return Path(last)
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _file_name(title: str) -> str:
    """A title as the name of a folder."""
    return "".join("_" if character in '<>:"/\\|?*' else character for character in title).strip(". ") or "export"
