"""The frame: places at the side, one of them in the middle, what is going on below."""

import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QWidget,
)

from faceorganizer import __version__
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.ids import ContentId, PersonId, RootId
from faceorganizer.domain.people import PersonRecord, count_people
from faceorganizer.gui import theme
from faceorganizer.gui.actions import ACTIONS, Actions
from faceorganizer.gui.background import Background
from faceorganizer.gui.bridge import Bridge
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.dialogs.history import HistoryDialog
from faceorganizer.gui.dialogs.preferences import PreferencesDialog
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.scanning import Scanning
from faceorganizer.gui.thumbnails import Thumbnails
from faceorganizer.gui.views.people import PeoplePlace
from faceorganizer.gui.views.person import PersonPlace
from faceorganizer.gui.views.photo import PhotoPlace
from faceorganizer.gui.views.photos import PhotosPlace
from faceorganizer.gui.views.place import Place
from faceorganizer.gui.views.review import ReviewPlace
from faceorganizer.gui.views.start import StartPage
from faceorganizer.gui.views.status import ScanStatus
from faceorganizer.gui.views.toast import Toast
from faceorganizer.library import Library
from faceorganizer.services.undo import BarrierError

_MENUS: Final = ("File", "Edit", "Person", "Face", "Photo", "View", "Help")
_SIDE: Final = {
    "person": "people",
    "photo": "photos",
    "folder": "photos",
}  # marked at the side

Address = tuple[str, int]


class MainWindow(QMainWindow):
    """One library, and everything that can be done with it.

    Args:
        library: Closed by whoever opened it, after the window.
    """

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.setWindowTitle("Face Organizer")
        self.setAcceptDrops(True)
        self.environment = Environment(
            library,
            Background(self),
            Bridge(library.events, self),
            Thumbnails({"face": library.thumbnails.face, "photo": library.thumbnails.photo}, parent=self),
            Actions(self),
        )
        self.scanning = Scanning(library, self)
        self._ready = False
        self._neighbours: list[ContentId] = []
        self._trail: list[Address] = []
        self._position = -1
        self.people = PeoplePlace(self.environment)
        self.person = PersonPlace(self.environment)
        self.review = ReviewPlace(self.environment)
        self.photos = PhotosPlace(self.environment)
        self.photo = PhotoPlace(self.environment)
        self.start_page = StartPage()
        self.stack = QStackedWidget()
        self._places = {
            "people": self.people,
            "person": self.person,
            "review": self.review,
            "photos": self.photos,
            "folder": self.photos,
            "photo": self.photo,
        }
        for page in (self.start_page, *dict.fromkeys(self._places.values())):
            self.stack.addWidget(page)
        self.sidebar = self._made_sidebar()
        frame = QWidget()
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sidebar)
        layout.addWidget(self.stack, 1)
        self.setCentralWidget(frame)
        self.toast = Toast(self.stack)
        self.status = ScanStatus()
        self.statusBar().addWidget(self.status)
        self.statusBar().setSizeGripEnabled(False)
        self._add_menus()
        self._connect()
        self._restore_state()
        self.environment.background.read(self._look, self._begin)

    @property
    def ready(self) -> bool:
        """Whether it is known what the library holds, and shown."""
        return self._ready

    def go(self, kind: str, number: int = 0) -> None:
        """Show a place; back leads to the one before."""
        address = (kind, number)
        if kind == "photo" and self._trail and self._trail[self._position][0] == kind:
            self._position -= 1  # turning to the next photo is no step on the way
        if not self._trail or self._trail[self._position] != address:
            self._trail = [*self._trail[: self._position + 1], address]
            self._position = len(self._trail) - 1
        self._visit(address)

    def add_folders(self, folders: list[Path]) -> None:
        """Look for people in more folders."""
        self.scanning.start(folders)
        self.go("people")

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Stop what is running, in one order, and remember how the window looked."""
        self._store_state()
        self.scanning.close()
        self.environment.background.close()
        self.environment.thumbnails.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take folders and photos from other programs."""
        if event.source() is None and _folders_in(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Scan what was dropped."""
        event.acceptProposedAction()
        self.add_folders(_folders_in(event))

    def _look(self) -> tuple[bool, list[PersonRecord]]:
        library = self.environment.library
        return bool(library.folders.list()), library.people.list()

    def _begin(self, answer: tuple[bool, list[PersonRecord]]) -> None:
        has_folders, people = answer
        self._ready = True
        self._count(people)
        if has_folders:
            self.go("people")
        else:
            self.stack.setCurrentWidget(self.start_page)
        self._offer()

    def _connect(self) -> None:
        environment = self.environment
        self.start_page.chosen.connect(self.add_folders)
        for place in dict.fromkeys(self._places.values()):
            place.possible.connect(self._offer)
            place.told.connect(self.toast.tell)
            place.done.connect(self.toast.tell_done)
            place.left_for.connect(self.go)
        self.photo.immersed.connect(self._immerse)
        self.toast.undo.connect(self._undo)
        environment.actions.asked.connect(self._do)
        environment.background.failed.connect(self._tell_error)
        environment.background.broken.connect(self._tell_bug)
        environment.bridge.changed.connect(self._changed)
        environment.bridge.scan_advanced.connect(self.status.advance)
        self.scanning.started.connect(self.status.begin)
        self.scanning.finished.connect(self.status.end)
        self.scanning.failed.connect(self._scan_failed)
        self.scanning.broken.connect(self._tell_bug)
        self.status.cancelled.connect(self.scanning.cancel)

    @property
    def _place(self) -> Place | None:
        page = self.stack.currentWidget()
        return page if isinstance(page, Place) else None

    def _visit(self, address: Address) -> None:
        kind, number = address
        if kind == "photo" and (place := self._place) in (self.person, self.photos):
            self._neighbours = place.photos
        shown = self._places[kind]
        self.stack.setCurrentWidget(shown)
        if kind == "person":
            self.person.show_person(PersonId(number))
        elif kind == "photo":
            self.photo.show_photo(ContentId(number), self._neighbours)
        elif kind in ("photos", "folder"):
            self.photos.show_folder(RootId(number) if kind == "folder" else None)
        else:
            shown.shown()
        rows = [self.sidebar.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.sidebar.count())]
        self.sidebar.setCurrentRow(rows.index(_SIDE.get(kind, kind)))
        self._offer()

    def _offer(self) -> None:
        place = self._place
        self.environment.actions.offer(place.actions_now() if place is not None else {})
        self.environment.actions["back"].setEnabled(self._position > 0)
        self.environment.actions["forward"].setEnabled(self._position + 1 < len(self._trail))

    def _do(self, name: str) -> None:
        """Do what an action stands for: here, or in the place that is shown."""
        here: dict[str, Callable[[], object]] = {
            "add-folder": self._ask_folder,
            "scan": self.scanning.start,
            "quit": self.close,
            "undo": self._undo,
            "redo": self._redo,
            "people": partial(self.go, "people"),
            "review": partial(self.go, "review"),
            "photos": partial(self.go, "photos"),
            "back": partial(self._step, -1),
            "forward": partial(self._step, 1),
            "history": self._show_history,
            "preferences": self._show_preferences,
            "keys": self._show_keys,
            "about": self._show_about,
        }
        place = self._place
        possible = here | dict(place.actions_now() if place is not None else {})
        if name in possible:
            possible[name]()

    def _step(self, by: int) -> None:
        if 0 <= self._position + by < len(self._trail):
            self._position += by
            self._visit(self._trail[self._position])

    def _undo(self) -> None:
        typing = self.focusWidget()
        if isinstance(typing, QLineEdit) and typing.isUndoAvailable():
            typing.undo()
            return
        self.environment.background.write(self.environment.library.undo, self._undone, self._stopped)

    def _redo(self) -> None:
        self.environment.background.write(self.environment.library.redo, self._redone, self._stopped)

    def _immerse(self, alone: int) -> None:
        """Show nothing but the place, on the full screen; or everything again."""
        for part in (self.sidebar, self.menuBar(), self.statusBar()):
            part.setVisible(not alone)
        state, full = self.windowState(), Qt.WindowState.WindowFullScreen
        self.setWindowState(state | full if alone else state & ~full)

    def _stopped(self, error: FaceOrganizerError) -> None:
        """A step cannot be taken back, or only by restoring a copy, which is asked first."""
        if not isinstance(error, BarrierError):
            self._tell_error(error)
            return
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel
        answer = QMessageBox.question(self, "Face Organizer", error.message, buttons)
        if answer == QMessageBox.StandardButton.Yes:
            library = self.environment.library
            walk, told = (library.undo, self._undone) if error.direction == "undo" else (library.redo, self._redone)
            self.environment.background.write(partial(walk, restore=True), told)

    def _undone(self, changes: ChangeSet) -> None:
        self.toast.tell(self.tr("Taken back: {step}").format(step=changes.step))

    def _redone(self, changes: ChangeSet) -> None:
        self.toast.tell_done(changes.step)

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of photos"))
        if folder:
            self.add_folders([Path(folder)])

    def _changed(self, changes: ChangeSet) -> None:
        if changes.of("person") or changes.of("face"):
            self.environment.background.read(self.environment.library.people.list, self._count)

    def _count(self, people: list[PersonRecord]) -> None:
        named, groups = count_people([record for record in people if not record.hidden])
        self.sidebar.item(0).setText(self.tr("People") + (f"   {named}" if named else ""))
        self.sidebar.item(0).setToolTip(self.tr("{named} named, {groups} groups").format(named=named, groups=groups))

    def _scan_failed(self, error: FaceOrganizerError) -> None:
        self.status.end(None)
        self._tell_error(error)

    def _tell_error(self, error: FaceOrganizerError) -> None:
        self.toast.tell(plain(error))

    def _tell_bug(self, error: Exception) -> None:
        """Something is wrong with the program: say so, with what a report needs."""
        details = "".join(traceback.format_exception(error))
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            "Face Organizer",
            self.tr("Something went wrong in the program. Nothing that was done before is lost."),
            QMessageBox.StandardButton.Ok,
            self,
        )
        box.setInformativeText(self.tr("The details below help whoever mends it."))
        box.setDetailedText(details)
        box.open()

    def _show_history(self) -> None:
        dialog = HistoryDialog(self.environment, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _show_preferences(self) -> None:
        dialog = PreferencesDialog(self.environment, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _show_keys(self) -> None:
        rows = "".join(
            f"<tr><td style='padding:2px 24px 2px 0'>{spec.text}</td><td><b>{keys}</b></td></tr>"
            for spec in ACTIONS
            if (keys := self.environment.actions[spec.name].shortcut().toString(QKeySequence.SequenceFormat.NativeText))
        )
        QMessageBox.information(self, self.tr("Keys"), f"<table>{rows}</table>")

    def _show_about(self) -> None:
        text = self.tr(
            "<b>Face Organizer {version}</b><p>Finds the people in folders of photos, on your own machine.</p>"
            "<p>Free software under the GNU General Public License, version 3 or later. The 68-point landmark "
            "model of dlib, which comes with it, may not be used commercially.</p>"
        ).format(version=__version__)
        QMessageBox.about(self, self.tr("About Face Organizer"), text)

    def _made_sidebar(self) -> QListWidget:
        sidebar = QListWidget()
        sidebar.setObjectName("sidebar")
        sidebar.setAccessibleName(self.tr("Places"))
        sidebar.setFixedWidth(theme.SIDEBAR_WIDTH)
        sidebar.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        places = {"people": self.tr("People"), "review": self.tr("Review"), "photos": self.tr("Photos")}
        for kind, text in places.items():
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, kind)
            sidebar.addItem(item)
        sidebar.itemClicked.connect(self._sidebar_clicked)
        sidebar.itemActivated.connect(self._sidebar_clicked)
        return sidebar

    def _sidebar_clicked(self, item: QListWidgetItem) -> None:
        self.go(item.data(Qt.ItemDataRole.UserRole))

    def _add_menus(self) -> None:
        for title in _MENUS:
            menu = self.menuBar().addMenu(self.tr(title))
            for spec in ACTIONS:
                if spec.menu == title:
                    menu.addAction(self.environment.actions[spec.name])
        self.addActions(list(self.environment.actions.all().values()))

    def _restore_state(self) -> None:
        self.resize(1280, 832)
        stored = QSettings().value("window/geometry")
        if isinstance(stored, QByteArray):
            self.restoreGeometry(stored)

    def _store_state(self) -> None:
        QSettings().setValue("window/geometry", self.saveGeometry())


def _folders_in(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    """Folders that were dragged here, and those of single photos."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return list(dict.fromkeys(path if path.is_dir() else path.parent for path in paths))
