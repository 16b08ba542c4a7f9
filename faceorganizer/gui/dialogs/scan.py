"""All about the scan: what it is doing, and what it could not read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from faceorganizer.gui import theme
from faceorganizer.gui.desktop import show_in_file_manager
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.scanning import Scanning
from faceorganizer.gui.views.status import COUNTED, pace, result_text
from faceorganizer.gui.wording import said
from faceorganizer.library import Library
from faceorganizer.services.events import ScanAdvanced, ScanStage
from faceorganizer.services.scan.report import ScanReport
from faceorganizer.services.search import PhotoQuery

_STAGES: Final = (ScanStage.WALKING, ScanStage.READING, ScanStage.GROUPING)
_DONE, _NOW, _LATER = "✓", "▸", "·"


@dataclass(frozen=True, slots=True)
class Unread:
    """A file or folder that could not be read."""

    path: Path
    reason: str


def unread_files(library: Library) -> list[Unread]:
    """Files that could not be read, by path."""
    return [Unread(record.path, record.error) for record in library.photos(PhotoQuery(failed=True))]


class ScanDialog(QDialog):
    """Stages, speed, the file at hand; below them the files that could not be read, to be tried again."""

    def __init__(self, environment: Environment, scanning: Scanning, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Scan"))
        self.resize(88 * theme.UNIT, 66 * theme.UNIT)
        self._environment = environment
        self._scanning = scanning
        self.heading = QLabel()
        self.heading.setFont(theme.sized(self.font(), 1.3, strong=True))
        self.stages = [QLabel() for _ in _STAGES]
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.pace = QLabel()
        self.current = QLabel()
        self.current.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.pause = QPushButton()
        self.pause.clicked.connect(self._toggle)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(scanning.cancel)
        self.unread_heading = QLabel()
        self.unread_heading.setFont(theme.sized(self.font(), 1.0, strong=True))
        self.unread = self._made_list()
        self.again = QPushButton()
        self.again.clicked.connect(self._try_again)
        self.where = QPushButton(self.tr("Show in File Manager"))
        self.where.clicked.connect(self._show_file)
        self._lay_out()
        self._connect()
        self._show_state()
        self._read_unread()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(theme.UNIT)
        layout.addWidget(self.heading)
        for label in self.stages:
            layout.addWidget(label)
        layout.addWidget(self.bar)
        layout.addWidget(self.pace)
        layout.addWidget(self.current)
        layout.addLayout(_row(self.pause, self.cancel))
        layout.addSpacing(theme.UNIT)
        layout.addWidget(self.unread_heading)
        layout.addWidget(self.unread, 100)
        layout.addStretch(1)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        row = _row(self.again, self.where)
        row.addWidget(close)
        layout.addLayout(row)

    def _made_list(self) -> QTreeWidget:
        unread = QTreeWidget()
        unread.setAccessibleName(self.tr("Files that could not be read"))
        unread.setRootIsDecorated(False)
        unread.setUniformRowHeights(True)
        unread.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        unread.setHeaderLabels([self.tr("File"), self.tr("Reason"), self.tr("Folder")])
        unread.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        unread.setColumnWidth(0, 26 * theme.UNIT)
        unread.itemSelectionChanged.connect(self._offer)
        unread.itemDoubleClicked.connect(self._show_file)
        return unread

    def _connect(self) -> None:
        scanning = self._scanning
        self._environment.bridge.scan_advanced.connect(self._advance)
        for signal in (scanning.started, scanning.paused, scanning.resumed, scanning.failed, scanning.put_off):
            signal.connect(self._show_state)
        scanning.finished.connect(self._finished)

    def _advance(self, event: ScanAdvanced) -> None:
        if self._scanning.is_paused or not self._scanning.running:
            return
        known = event.stage in COUNTED and event.total > 0
        self.bar.setRange(0, event.total if known else 0)
        self.bar.setValue(event.done if known else 0)
        self.pace.setText(" · ".join(pace(event)))
        path = str(event.current) if event.current is not None else ""
        width = self.width() - 2 * theme.MARGIN
        self.current.setText(self.fontMetrics().elidedText(path, Qt.TextElideMode.ElideMiddle, width))
        self._show_stages(event)

    def _show_stages(self, event: ScanAdvanced | None) -> None:
        locale = QLocale()
        now = _place(event.stage) if event is not None else len(_STAGES) if self._scanning.report else -1
        photos = self.tr("Read the photos")
        if event is not None and event.total:
            photos = self.tr("Read the photos: {done} of {total}").format(
                done=locale.toString(event.done), total=locale.toString(event.total)
            )
        texts = (self.tr("Look through the folders"), photos, self.tr("Put faces together"))
        for place, (label, text) in enumerate(zip(self.stages, texts, strict=True)):
            mark = _DONE if place < now else _NOW if place == now else _LATER
            label.setText(f"{mark}  {text}")
            label.setFont(theme.sized(self.font(), 1.0, strong=place == now))

    def _show_state(self) -> None:
        scanning = self._scanning
        running, waits = scanning.running, scanning.is_paused
        for part in (*self.stages, self.bar, self.pace, self.current, self.pause, self.cancel):
            part.setVisible(running)
        self.pause.setText(self.tr("Go On") if waits else self.tr("Pause"))
        if waits:
            self.heading.setText(self.tr("The scan pauses"))
            self.bar.setRange(0, max(1, self.bar.maximum()))
        elif running:
            self.heading.setText(self.tr("Scanning"))
        elif scanning.report is not None:
            self.heading.setText(result_text(scanning.report))
        else:
            self.heading.setText(self.tr("No scan is under way"))
        self._show_stages(scanning.latest if running else None)
        self._offer()

    def _finished(self, report: ScanReport | None) -> None:
        self._show_state()
        self._read_unread()

    def _toggle(self) -> None:
        if self._scanning.is_paused:
            self._scanning.resume()
        else:
            self._scanning.pause()

    def _read_unread(self) -> None:
        library = self._environment.library
        self._environment.background.read(lambda: unread_files(library), self._unread_come)

    def _unread_come(self, files: Sequence[Unread]) -> None:
        known = {file.path for file in files}
        report = self._scanning.report
        # Folders that could not be looked into are no files of the library.
        folders = [
            Unread(failure.path, failure.reason)
            for failure in (report.failures if report is not None else ())
            if failure.path not in known and failure.path.is_dir()
        ]
        self.unread.clear()
        items = []
        for file in [*folders, *files]:
            item = QTreeWidgetItem([file.path.name, said(file.reason), str(file.path.parent)])
            item.setData(0, Qt.ItemDataRole.UserRole, str(file.path))
            item.setToolTip(0, str(file.path))
            items.append(item)
        self.unread.addTopLevelItems(items)
        self.unread_heading.setText(
            self.tr("%n file(s) could not be read", "", len(items)) if items else self.tr("Every file could be read.")
        )
        self._offer()

    def _chosen(self) -> list[Path]:
        return [Path(item.data(0, Qt.ItemDataRole.UserRole)) for item in self.unread.selectedItems()]

    def _offer(self) -> None:
        chosen, any_there = self._chosen(), self.unread.topLevelItemCount() > 0
        self.again.setText(self.tr("Try Again") if chosen else self.tr("Try All Again"))
        self.again.setEnabled(any_there)
        self.where.setEnabled(len(chosen) == 1)
        self.unread.setVisible(any_there)

    def _try_again(self) -> None:
        self._scanning.retry(self._chosen())

    def _show_file(self) -> None:
        for path in self._chosen()[:1]:
            show_in_file_manager(path)


def _place(stage: ScanStage) -> int:
    """The line that tells of a stage; faces are described from photos that are read."""
    return _STAGES.index(ScanStage.READING if stage is ScanStage.DESCRIBING else stage)


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.UNIT)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
