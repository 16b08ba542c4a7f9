"""Settings that people understand; all of them are on the command line."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
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
    QMessageBox,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.dialogs.models import ModelsPage
from faceorganizer.gui.dialogs.strictness import StrictnessPanel
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.folders import Folders
from faceorganizer.gui.icons import icon
from faceorganizer.gui.scanning import Scanning
from faceorganizer.gui.translation import LANGUAGES
from faceorganizer.gui.watching import Watching
from faceorganizer.services.folders import FolderStatus
from faceorganizer.services.maintenance import ForgetReport
from faceorganizer.settings.keys import Value

_STRICTNESS: Final = "grouping.strangers"
_SURE: Final = "review.automatic_from"
_FACES: Final = "privacy.face_pictures"


class PreferencesDialog(QDialog):
    """Folders, how faces are found and grouped, privacy, and what the program may use. Changes apply at once.

    Args:
        environment: Of the window.
        folders: Asks about folders.
        scanning: Runs scans and groupings.
        watching: Watches the folders where that is wanted.
        parent: The window.
    """

    def __init__(
        self, environment: Environment, folders: Folders, scanning: Scanning, watching: Watching, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.resize(84 * theme.UNIT, 76 * theme.UNIT)
        self._environment = environment
        self._scanning = scanning
        self._watching = watching
        self._trouble = QLabel()
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        self._shown: dict[str, Callable[[Value], None]] = {}
        self.folders_page = FoldersPage(environment, folders, scanning)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._folders_tab(), self.tr("Folders"))
        self.tabs.addTab(self._faces_tab(), self.tr("Faces"))
        self.tabs.addTab(self._photos_tab(), self.tr("Names in Photos"))
        self.tabs.addTab(self._window_tab(), self.tr("Window"))
        self.tabs.addTab(self._privacy_tab(), self.tr("Storage and Privacy"))
        self.tabs.addTab(self._models_tab(), self.tr("Models"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.UNIT)
        layout.addWidget(self.tabs)
        layout.addWidget(self._trouble)
        layout.addWidget(buttons)
        environment.background.read(self._read, self._come)
        self._measure()

    def done(self, result: int) -> None:
        """Stop what is being tried, and close."""
        self.strictness.close_down()
        super().done(result)

    # The pages.

    def _folders_tab(self) -> QWidget:
        self.watch = self._check(
            "scan.watch", self.tr("While the window is open, take in new photos by itself"), self._watch_set
        )
        self.links = self._check("scan.follow_links", self.tr("Look behind links to other folders"))
        page, layout = _page()
        layout.addWidget(self.folders_page, 1)
        layout.addWidget(self.watch)
        layout.addWidget(self.links)
        return page

    def _faces_tab(self) -> QWidget:
        self.detail = self._choice(
            "vision.detail",
            {
                "fast": self.tr("Fast: faces that are plain to see"),
                "balanced": self.tr("Balanced: small ones, too"),
                "thorough": self.tr("Thorough: the smallest ones; takes longest"),
            },
        )
        self.strictness = StrictnessPanel(self._environment)
        self.strictness.wanted.connect(self._group)
        self.automatic = QCheckBox(self.tr("Follow suggestions without asking when they are at least"))
        self.automatic.clicked.connect(self._set_automatic)
        self.automatic_from = QSpinBox()
        self.automatic_from.setRange(80, 100)
        self.automatic_from.setValue(99)
        self.automatic_from.setSuffix(self.tr(" % sure"))
        self.automatic_from.setAccessibleName(self.tr("How sure suggestions must be that are followed"))
        self.automatic_from.valueChanged.connect(self._set_automatic)
        automatic = QHBoxLayout()
        automatic.addWidget(self.automatic)
        automatic.addWidget(self.automatic_from)
        automatic.addStretch(1)
        page, layout = _page()
        layout.addWidget(_heading(self.tr("Search")))
        layout.addWidget(self.detail)
        layout.addWidget(_note(self.tr("A finer search looks again through all photos with the next scan.")))
        layout.addWidget(_heading(self.tr("Grouping")))
        layout.addWidget(self.strictness)
        layout.addWidget(_heading(self.tr("Suggestions")))
        layout.addLayout(automatic)
        layout.addWidget(_note(self.tr("A scan follows them as a machine: you can correct it at any time.")))
        layout.addStretch(1)
        return page

    def _models_tab(self) -> QWidget:
        self.models_page = ModelsPage(self._environment, self._scanning)
        page, layout = _page()
        layout.addWidget(self.models_page)
        return page

    def _photos_tab(self) -> QWidget:
        page, layout = _page()
        layout.addWidget(
            _note(
                self.tr(
                    "Names and faces are written for other programs only when you ask for it, never by themselves. "
                    "This is how:"
                )
            )
        )
        self.where = self._choice(
            "metadata.where",
            {
                "sidecar": self.tr("Into a file beside each photo; photos stay untouched"),
                "file": self.tr("Into the photo, where its format allows that"),
            },
        )
        self.sidecar = self._choice(
            "metadata.sidecar_name",
            {
                "photo.jpg.xmp": self.tr("photo.jpg.xmp, as digiKam and darktable do"),
                "photo.xmp": self.tr("photo.xmp, as Lightroom does"),
            },
        )
        self.times = self._check("metadata.keep_times", self.tr("Keep the date of a photo that is written into"))
        self.exiftool = self._check(
            "metadata.exiftool", self.tr("Let ExifTool write into HEIC and AVIF photos, where it is installed")
        )
        form = QFormLayout()
        form.setVerticalSpacing(2 * theme.UNIT)
        form.addRow(self.tr("Where"), self.where)
        form.addRow(self.tr("Name of the file"), self.sidecar)
        form.addRow("", self.times)
        form.addRow("", self.exiftool)
        layout.addLayout(form)
        layout.addStretch(1)
        return page

    def _window_tab(self) -> QWidget:
        self.theme = self._choice(
            "window.theme",
            {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")},
            self._theme_set,
        )
        form = QFormLayout()
        form.setVerticalSpacing(2 * theme.UNIT)
        form.addRow(self.tr("Colours"), self.theme)
        spoken = {"system": self.tr("As the system"), **LANGUAGES}
        self.language = self._choice("window.language", spoken, self._language_set)
        form.addRow(self.tr("Language"), self.language)
        self.jobs = QSpinBox()
        self.jobs.setRange(0, 64)
        self.jobs.setSpecialValueText(self.tr("One for each core"))
        self._bind("scan.jobs", self.jobs, lambda value: self.jobs.setValue(int(str(value))))
        self.jobs.valueChanged.connect(partial(self._set, "scan.jobs"))
        form.addRow(self.tr("Pictures analysed at a time"), self.jobs)
        page, layout = _page()
        layout.addLayout(form)
        layout.addStretch(1)
        return page

    def _privacy_tab(self) -> QWidget:
        self.cache = QSpinBox()
        self.cache.setRange(0, 1_000_000)
        self.cache.setSingleStep(256)
        self.cache.setSuffix(self.tr(" MB"))
        self.cache.setSpecialValueText(self.tr("Keep none"))
        self._bind("cache.megabytes", self.cache, lambda value: self.cache.setValue(int(str(value))))
        self.cache.valueChanged.connect(partial(self._set, "cache.megabytes"))
        self.cache_size = QLabel()
        self.empty = QPushButton(self.tr("Empty the Cache"))
        self.empty.clicked.connect(self._empty)
        row = QHBoxLayout()
        for part in (self.cache, self.cache_size, self.empty):
            row.addWidget(part)
        row.addStretch(1)
        self.forget = QPushButton(icon("delete"), self.tr("Delete Face Data…"))
        self.forget.clicked.connect(self._ask_forget)
        page, layout = _page()
        layout.addWidget(_heading(self.tr("Small pictures")))
        layout.addLayout(row)
        layout.addWidget(_note(self.tr("They are made anew when they are shown.")))
        layout.addWidget(_heading(self.tr("Pictures of faces")))
        self.faces = QCheckBox(self.tr("Keep small pictures of single faces"))
        self._bind(_FACES, self.faces, lambda value: self.faces.setChecked(value is True))
        self.faces.toggled.connect(self._keep_faces)
        layout.addWidget(self.faces)
        layout.addWidget(
            _note(
                self.tr(
                    "Without them, initials and outlines stand for people. Photos and their thumbnails stay, with the "
                    "faces in them."
                )
            )
        )
        layout.addWidget(_heading(self.tr("What stays on this computer")))
        layout.addWidget(
            _note(
                self.tr(
                    "Photos, faces and names stay on this computer; the program does not use the network. What was "
                    "measured of faces is kept in the library, which only you can read:\n{folder}"
                ).format(folder=self._environment.library.path)
            )
        )
        layout.addWidget(_heading(self.tr("Delete face data")))
        layout.addWidget(
            _note(
                self.tr(
                    "Deletes for good what was measured of all faces: descriptors, landmarks, pictures of faces, the "
                    "history, and all copies of the library in its folder. Photos are not touched. No later scan "
                    "describes these faces again."
                )
            )
        )
        button = QHBoxLayout()
        button.addWidget(self.forget)
        button.addStretch(1)
        layout.addLayout(button)
        layout.addStretch(1)
        return page

    # What is set.

    def _check(self, name: str, text: str, then: Callable[[bool], None] | None = None) -> QCheckBox:
        box = QCheckBox(text)
        self._bind(name, box, lambda value: box.setChecked(value is True))
        box.toggled.connect(partial(self._set_checked, name, then))
        return box

    def _choice(self, name: str, texts: Mapping[str, str], then: Callable[[str], None] | None = None) -> QComboBox:
        box = QComboBox()
        for value, text in texts.items():
            box.addItem(text, value)
        self._bind(name, box, lambda value: box.setCurrentIndex(box.findData(str(value))))
        box.activated.connect(partial(self._set_chosen, name, box, then))
        return box

    def _bind(self, name: str, widget: QWidget, show: Callable[[Value], None]) -> None:
        """Show a setting in a widget, without setting it again."""

        def quietly(value: Value) -> None:
            widget.blockSignals(True)
            show(value)
            widget.blockSignals(False)

        self._shown[name] = quietly

    def _read(self) -> dict[str, Value]:
        settings = self._environment.library.settings
        values = {entry.key.name: entry.value for entry in settings.list()}
        usual = next(entry.key.default for entry in settings.list() if entry.key.name == _STRICTNESS)
        return {**values, "usual": usual}

    def _come(self, values: dict[str, Value]) -> None:
        for name, show in self._shown.items():
            show(values[name])
        self.strictness.show_stored(float(str(values["usual"])), float(str(values[_STRICTNESS])))
        sure = float(str(values[_SURE]))
        for widget in (self.automatic, self.automatic_from):
            widget.blockSignals(True)
        self.automatic.setChecked(sure > 0)
        self.automatic_from.setValue(round(100 * sure) if sure else 99)
        self.automatic_from.setEnabled(sure > 0)
        for widget in (self.automatic, self.automatic_from):
            widget.blockSignals(False)

    def _set_checked(self, name: str, then: Callable[[bool], None] | None, checked: bool) -> None:
        self._set(name, "true" if checked else "false")
        if then is not None:
            then(checked)

    def _set_chosen(self, name: str, box: QComboBox, then: Callable[[str], None] | None, _place: int) -> None:
        value = str(box.currentData())
        self._set(name, value)
        if then is not None:
            then(value)

    def _set(self, name: str, value: object) -> None:
        work = partial(self._environment.library.settings.set, name, str(value))
        self._environment.background.write(work, self._was_set, self._failed)

    def _was_set(self, _changes: object) -> None:
        self._trouble.hide()

    def _failed(self, error: FaceOrganizerError) -> None:
        self._trouble.setText(plain(error))
        self._trouble.show()

    def _set_automatic(self) -> None:
        on = self.automatic.isChecked()
        self.automatic_from.setEnabled(on)
        self._set(_SURE, self.automatic_from.value() / 100 if on else 0.0)

    def _watch_set(self, wanted: bool) -> None:
        self._watching.set_active(wanted)

    @staticmethod
    def _theme_set(name: str) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.choose(application, name)

    def _language_set(self, _name: str) -> None:
        self._trouble.setText(self.tr("The language changes when the program is started again."))
        self._trouble.show()

    def _group(self, strangers: float) -> None:
        work = partial(self._environment.library.settings.set, _STRICTNESS, str(strangers))
        self._environment.background.write(work, self._group_so, self._failed)

    def _group_so(self, _changes: object) -> None:
        self._trouble.hide()
        self._scanning.regroup()

    # What takes room, and what is to be gone.

    def _measure(self) -> None:
        self._environment.background.read(self._environment.library.thumbnails.kept_bytes, self._show_size)

    def _show_size(self, size: int) -> None:
        self.cache_size.setText(
            self.tr("{size} are used").format(
                size=QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
            )
        )

    def _empty(self) -> None:
        self.empty.setEnabled(False)
        self._environment.background.write(self._environment.library.thumbnails.empty, self._emptied, self._failed)

    def _emptied(self, _count: int) -> None:
        self.empty.setEnabled(True)
        self._measure()

    def _keep_faces(self, wanted: bool) -> None:
        """Turning it off deletes: not without asking."""
        if wanted or self._confirmed_faceless():
            work = partial(self._environment.library.settings.set, _FACES, "true" if wanted else "false")
            self._environment.background.write(work, self._faces_set, self._faces_not_set)
        else:
            self._show_faces_kept(True)

    def _confirmed_faceless(self) -> bool:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Delete all small pictures of faces?"))
        box.setInformativeText(
            self.tr(
                "No others are made, and the window shows initials and outlines in their place. What was measured of "
                "faces, names and photos stay. Turned on again, the pictures come back from the photos."
            )
        )
        delete = box.addButton(self.tr("Delete Pictures"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is delete

    def _faces_set(self, changes: object) -> None:
        self._was_set(changes)
        self._look_at_faces()
        self._measure()

    def _faces_not_set(self, error: FaceOrganizerError) -> None:
        """Say why. The setting may be another one all the same, where a picture could not be deleted."""
        self._failed(error)
        self._look_at_faces()

    def _look_at_faces(self) -> None:
        self._environment.background.read(self._environment.library.thumbnails.keeps_faces, self._faces_are)

    def _faces_are(self, kept: bool) -> None:
        self._environment.thumbnails.keep_faces(kept)
        self._show_faces_kept(kept)

    def _show_faces_kept(self, kept: bool) -> None:
        self._shown[_FACES](kept)

    def _ask_forget(self) -> None:
        """Say once more what it means, and what of the names; nothing happens by Enter alone."""
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(self.tr("Delete for good what was measured of all faces?"))
        box.setInformativeText(
            self.tr(
                "Nobody can be found or suggested afterwards, and nothing of it can be taken back: the history and all "
                "copies of the library in its folder are deleted, too. Copies that you keep elsewhere still hold these "
                "faces."
            )
        )
        names = QCheckBox(self.tr("Keep names, with the faces that were confirmed, as bare boxes"))
        names.setChecked(True)
        box.setCheckBox(names)
        delete = box.addButton(self.tr("Delete Face Data"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        if box.clickedButton() is delete:
            self.forget.setEnabled(False)
            self._scanning.cancel()
            keep = names.isChecked()
            work = partial(self._environment.library.forget_faces, keep_names=keep)
            self._environment.background.write(work, self._forgotten, self._not_forgotten)

    def _forgotten(self, report: ForgetReport) -> None:
        self.forget.setEnabled(True)
        self._trouble.setText(self.tr("Face data of %n face(s) was deleted.", "", report.faces))
        self._trouble.show()
        self._measure()

    def _not_forgotten(self, error: FaceOrganizerError) -> None:
        self.forget.setEnabled(True)
        self._failed(error)


class FoldersPage(QWidget):
    """The folders, and what can be done with the one that is chosen."""

    def __init__(self, environment: Environment, folders: Folders, scanning: Scanning) -> None:
        super().__init__()
        self._environment = environment
        self._scanning = scanning
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Folders"))
        self.list.currentItemChanged.connect(self._offer)
        self._statuses: Sequence[FolderStatus] = ()
        add = QPushButton(self.tr("Add…"))
        add.clicked.connect(self._add)
        self._on_one: list[QPushButton] = []
        row = QHBoxLayout()
        row.addWidget(add)
        for text, call in (
            (self.tr("Leave Out…"), folders.exclude),
            (self.tr("It Has Moved…"), folders.relocate),
            (self.tr("Remove…"), folders.remove),
        ):
            button = QPushButton(text)
            button.clicked.connect(partial(self._with_chosen, call))
            self._on_one.append(button)
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT)
        layout.addWidget(self.list)
        layout.addLayout(row)
        environment.bridge.changed.connect(self._reload)
        self._offer()
        self._reload()

    def _reload(self) -> None:
        self._environment.background.read(self._environment.library.folders.list, self._come)

    def _come(self, statuses: Sequence[FolderStatus]) -> None:
        row = self.list.currentRow()
        self._statuses = statuses
        self.list.clear()
        for status in statuses:
            lines = [str(status.root.path), self.tr("%n photo(s)", "", status.photos)]
            if status.root.exclusions:
                lines.append(self.tr("without {patterns}").format(patterns=", ".join(status.root.exclusions)))
            if not status.online:
                lines.append(self.tr("not connected"))
            picture = icon("folder" if status.online else "folder-offline")
            self.list.addItem(QListWidgetItem(picture, f"{lines[0]}\n{' · '.join(lines[1:])}"))
        self.list.setCurrentRow(min(max(row, 0), len(statuses) - 1))

    def _offer(self) -> None:
        for button in self._on_one:
            button.setEnabled(self.list.currentRow() >= 0)

    def _with_chosen(self, call: Callable[[FolderStatus], None]) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._statuses):
            call(self._statuses[row])

    def _add(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of photos"))
        if folder:
            self._scanning.start([Path(folder)])


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.UNIT)
    layout.setSpacing(theme.UNIT)
    return page, layout


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setFont(theme.sized(label.font(), 1.0, strong=True))
    label.setContentsMargins(0, theme.UNIT, 0, 0)
    return label


def _note(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
