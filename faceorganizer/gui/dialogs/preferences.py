"""Settings that people understand; all of them are on the command line."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSlider,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.environment import Environment
from faceorganizer.services.folders import FolderStatus
from faceorganizer.settings.keys import Value

# Of the slider, from strict to generous: strangers tolerated, as a factor of what is usual.
_STRICTNESS: Final = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_SETTINGS: Final = (
    "vision.detail",
    "grouping.strangers",
    "review.automatic_from",
    "scan.jobs",
    "cache.megabytes",
    "scan.follow_links",
)


class PreferencesDialog(QDialog):
    """Folders, how faces are found and grouped, and what the program may use. Changes apply at once."""

    def __init__(self, environment: Environment, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumWidth(70 * theme.UNIT)
        self._environment = environment
        self._usual = 0.0
        tabs = QTabWidget()
        tabs.addTab(self._folders_page(), self.tr("Folders"))
        tabs.addTab(self._faces_page(), self.tr("Faces"))
        tabs.addTab(self._program_page(), self.tr("Program"))
        self._trouble = QLabel()
        self._trouble.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(tabs)
        layout.addWidget(self._trouble)
        layout.addWidget(buttons)
        self._reload_folders()
        environment.background.read(self._read, self._come)

    def _folders_page(self) -> QWidget:
        page = QWidget()
        self.folders = QListWidget()
        self.folders.setAccessibleName(self.tr("Folders"))
        row = QHBoxLayout()
        for text, clicked in (
            (self.tr("Remove…"), self._remove_folder),
            (self.tr("It Has Moved…"), self._relocate_folder),
        ):
            button = QPushButton(text)
            button.clicked.connect(clicked)
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(page)
        layout.addWidget(self.folders)
        layout.addLayout(row)
        return page

    def _faces_page(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setVerticalSpacing(2 * theme.UNIT)
        self.detail = QComboBox()
        for kind, text in {
            "fast": self.tr("Fast: faces that are plain to see"),
            "balanced": self.tr("Balanced: small ones, too"),
            "thorough": self.tr("Thorough: the smallest ones; takes longest"),
        }.items():
            self.detail.addItem(text, kind)
        self.detail.activated.connect(self._set_detail)
        self.strictness = QSlider(Qt.Orientation.Horizontal)
        self.strictness.setRange(0, len(_STRICTNESS) - 1)
        self.strictness.setAccessibleName(self.tr("Grouping, from strict to generous"))
        self.strictness.valueChanged.connect(self._set_strictness)
        ends = QHBoxLayout()
        ends.addWidget(QLabel(self.tr("Purer groups, more of them")))
        ends.addStretch(1)
        ends.addWidget(QLabel(self.tr("Larger groups, more mistakes")))
        grouping = QVBoxLayout()
        grouping.addWidget(self.strictness)
        grouping.addLayout(ends)
        self.automatic = QCheckBox(self.tr("Follow suggestions without asking when they are at least"))
        self.automatic.clicked.connect(self._set_automatic)
        self.automatic_from = QSpinBox()
        self.automatic_from.setRange(80, 100)
        self.automatic_from.setValue(99)
        self.automatic_from.setSuffix(self.tr(" % sure"))
        self.automatic_from.valueChanged.connect(self._set_automatic)
        automatic = QHBoxLayout()
        automatic.addWidget(self.automatic)
        automatic.addWidget(self.automatic_from)
        automatic.addStretch(1)
        form.addRow(self.tr("Search"), self.detail)
        form.addRow(self.tr("Grouping"), grouping)
        form.addRow("", automatic)
        note = QLabel(self.tr("Both apply from the next scan on. Names and corrections stay as they are."))
        note.setWordWrap(True)
        form.addRow("", note)
        return page

    def _program_page(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setVerticalSpacing(2 * theme.UNIT)
        self.jobs = QSpinBox()
        self.jobs.setRange(0, 64)
        self.jobs.setSpecialValueText(self.tr("One for each core"))
        self.jobs.valueChanged.connect(self._set_jobs)
        self.cache = QSpinBox()
        self.cache.setRange(0, 1_000_000)
        self.cache.setSingleStep(256)
        self.cache.setSuffix(self.tr(" MB"))
        self.cache.setSpecialValueText(self.tr("Keep no small pictures"))
        self.cache.valueChanged.connect(self._set_cache)
        form.addRow(self.tr("Pictures analysed at a time"), self.jobs)
        form.addRow(self.tr("Room for small pictures"), self.cache)
        return page

    def _read(self) -> dict[str, Value]:
        settings = self._environment.library.settings
        usual = {
            entry.key.name: entry.key.default for entry in settings.list() if entry.key.name == "grouping.strangers"
        }
        return {"usual": usual["grouping.strangers"]} | {name: settings.get(name) for name in _SETTINGS}

    def _come(self, values: dict[str, Value]) -> None:
        """Show what is set, without setting it again."""
        shown = (self.detail, self.strictness, self.automatic, self.automatic_from, self.jobs, self.cache)
        for widget in shown:
            widget.blockSignals(True)
        self._usual = float(str(values["usual"]))
        factor = float(str(values["grouping.strangers"])) / self._usual
        sure = float(str(values["review.automatic_from"]))
        self.detail.setCurrentIndex(self.detail.findData(str(values["vision.detail"])))
        nearest = min(range(len(_STRICTNESS)), key=lambda place: abs(_STRICTNESS[place] - factor))
        self.strictness.setValue(nearest)
        self.automatic.setChecked(sure > 0)
        self.automatic_from.setValue(round(100 * sure) if sure else 99)
        self.automatic_from.setEnabled(sure > 0)
        self.jobs.setValue(int(str(values["scan.jobs"])))
        self.cache.setValue(int(str(values["cache.megabytes"])))
        for widget in shown:
            widget.blockSignals(False)

    def _set(self, name: str, value: object) -> None:
        work = partial(self._environment.library.settings.set, name, str(value))
        self._environment.background.write(work, self._was_set, self._failed)

    def _was_set(self, _changes: object) -> None:
        self._trouble.clear()

    def _failed(self, error: FaceOrganizerError) -> None:
        self._trouble.setText(plain(error))

    def _set_detail(self) -> None:
        self._set("vision.detail", self.detail.currentData())

    def _set_strictness(self, place: int) -> None:
        self._set("grouping.strangers", round(self._usual * _STRICTNESS[place], 4))

    def _set_automatic(self) -> None:
        on = self.automatic.isChecked()
        self.automatic_from.setEnabled(on)
        self._set("review.automatic_from", self.automatic_from.value() / 100 if on else 0.0)

    def _set_jobs(self, count: int) -> None:
        self._set("scan.jobs", count)

    def _set_cache(self, megabytes: int) -> None:
        self._set("cache.megabytes", megabytes)

    def _reload_folders(self) -> None:
        self._environment.background.read(self._environment.library.folders.list, self._folders_come)

    def _folders_come(self, folders: Sequence[FolderStatus]) -> None:
        self.folders.clear()
        for status in folders:
            state = "" if status.online else self.tr("   (not connected)")
            item = QListWidgetItem(f"{status.root.path}   {status.photos:,}{state}")
            item.setData(Qt.ItemDataRole.UserRole, str(status.root.path))
            self.folders.addItem(item)

    def _chosen_folder(self) -> Path | None:
        item = self.folders.currentItem()
        return Path(item.data(Qt.ItemDataRole.UserRole)) if item is not None else None

    def _remove_folder(self) -> None:
        folder = self._chosen_folder()
        if folder is not None:
            work = partial(self._environment.library.folders.remove, folder)
            self._environment.background.write(work, self._folder_done, self._failed)

    def _relocate_folder(self) -> None:
        folder = self._chosen_folder()
        if folder is None:
            return
        new = QFileDialog.getExistingDirectory(self, self.tr("Where is it now?"))
        if new:
            work = partial(self._environment.library.folders.relocate, folder, Path(new))
            self._environment.background.write(work, self._folder_done, self._failed)

    def _folder_done(self, _done: object) -> None:
        self._trouble.clear()
        self._reload_folders()
