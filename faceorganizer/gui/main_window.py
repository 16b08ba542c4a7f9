"""The frame: places at the side, one of them in the middle, what is going on below."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from faceorganizer.domain.albums import AlbumRecord
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError, LibraryLockedError
from faceorganizer.domain.ids import AlbumId, ContentId, PersonId
from faceorganizer.domain.people import count_people
from faceorganizer.gui import theme
from faceorganizer.gui.actions import Actions
from faceorganizer.gui.background import Background
from faceorganizer.gui.bridge import Bridge
from faceorganizer.gui.decisions import Decision, plain
from faceorganizer.gui.dialogs.about import AboutDialog
from faceorganizer.gui.dialogs.album import ToAlbumDialog
from faceorganizer.gui.dialogs.help import HelpKey, HelpWindow
from faceorganizer.gui.dialogs.interchange import ExchangeDialog, TakeInDialog, WriteDialog
from faceorganizer.gui.dialogs.keys import KeysBox
from faceorganizer.gui.dialogs.learning import LearningDialog
from faceorganizer.gui.dialogs.preferences import PreferencesDialog
from faceorganizer.gui.dialogs.scan import ScanDialog, unread_files
from faceorganizer.gui.dialogs.trouble import TroubleBox
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.facelessness import FacePictures
from faceorganizer.gui.folders import Folders
from faceorganizer.gui.help import CONTEXT, INDEX
from faceorganizer.gui.library_menu import LibraryMenu
from faceorganizer.gui.memory import Return, Spot, spot_of
from faceorganizer.gui.menus import add_menus, insert_after
from faceorganizer.gui.roster import Roster
from faceorganizer.gui.scanning import Scanning
from faceorganizer.gui.session import Session
from faceorganizer.gui.sidebar import FOLDER, Sidebar
from faceorganizer.gui.steps import step_in_words
from faceorganizer.gui.thumbnails import Thumbnails
from faceorganizer.gui.trail import Address, Trail
from faceorganizer.gui.views.albums import AlbumPlace, AlbumsPlace
from faceorganizer.gui.views.history import HistoryPanel
from faceorganizer.gui.views.insights import InsightsPlace
from faceorganizer.gui.views.map import MapPlace
from faceorganizer.gui.views.people import PeoplePlace
from faceorganizer.gui.views.person import PersonPlace
from faceorganizer.gui.views.photo import PhotoPlace
from faceorganizer.gui.views.photos import PhotosPlace
from faceorganizer.gui.views.place import Place
from faceorganizer.gui.views.review import ReviewPlace
from faceorganizer.gui.views.similar import SimilarPlace
from faceorganizer.gui.views.start import StartPage
from faceorganizer.gui.views.status import Attention, ScanStatus
from faceorganizer.gui.views.toast import Toast
from faceorganizer.gui.visitors import EVERYTHING, Visitors
from faceorganizer.gui.walk import Walk
from faceorganizer.gui.watching import Watching
from faceorganizer.library import Library
from faceorganizer.services.events import ScanAdvanced
from faceorganizer.services.folders import FolderStatus
from faceorganizer.settings.store import default_library_path

SomePlace = TypeVar("SomePlace", bound=Place)
_FEW_FACES: Final = 20_000  # of which all questions are counted in a fraction of a second
_QUESTIONS_MS: Final = 2000  # after the last change, until questions are counted anew
_BY_BUTTON: Final = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}


class MainWindow(QMainWindow):
    """One library, and everything that can be done with it.

    Args:
        library: Closed by whoever opened it, after the window.
    """

    _built = False  # Qt tells of changes before everything is there

    def __init__(self, library: Library) -> None:
        super().__init__()
        usual = library.path == default_library_path()
        self.setWindowTitle("Face Organizer" if usual else library.path.name)
        self.setAcceptDrops(True)
        background, bridge = Background(self), Bridge(library.events, self)
        self.environment = Environment(
            library,
            background,
            bridge,
            Thumbnails({"face": library.thumbnails.face, "photo": library.thumbnails.photo}, parent=self),
            Actions(self),
            Roster(library, background, bridge, self),
        )
        self.scanning = Scanning(library, self)
        self.watching = Watching(library, self)
        self.visitors = Visitors(self.environment, self)
        self.face_pictures = FacePictures(self.environment, self)
        self.environment.thumbnails.returning.connect(self._show_again)
        self.session = Session(library.path)
        self.libraries = LibraryMenu(library.path, self)
        self._spots: dict[Address, Spot] = {}
        self._few = True
        self._before_history: QWidget | None = None  # what had the focus
        self._wanted: list[Path] = []
        self._questions = QTimer(self)
        self._questions.setSingleShot(True)
        self._questions.setInterval(_QUESTIONS_MS)
        self._questions.timeout.connect(self._count_questions)
        self._scan_dialog: ScanDialog | None = None
        self.help: HelpWindow | None = None
        self.folders = Folders(self.environment, self.scanning, self)
        self._ready = False
        self._trail = Trail()
        self._places: dict[str, Place] = {}
        self._side: dict[str, str] = {}
        self.stack = QStackedWidget()
        self.start_page = StartPage()
        self.stack.addWidget(self.start_page)
        self.sidebar = Sidebar()
        # A line for each place: its kind, and what it is called at the side, or under which other kind it is marked.
        self.people = self._added("people", PeoplePlace(self.environment), self.tr("People"))
        self.review = self._added("review", ReviewPlace(self.environment), self.tr("Review"))
        self.photos = self._added("photos", PhotosPlace(self.environment), self.tr("Photos"))
        self.albums = self._added("albums", AlbumsPlace(self.environment), self.tr("Albums"))
        self.album = self._added("album", AlbumPlace(self.environment), within="albums")
        self.map = self._added("map", MapPlace(self.environment), self.tr("Map"))
        self.insights = self._added("insights", InsightsPlace(self.environment), self.tr("Insights"))
        self.person = self._added("person", PersonPlace(self.environment), within="people")
        self.similar = self._added("similar", SimilarPlace(self.environment), within="people")
        self.photo = self._added("photo", PhotoPlace(self.environment), within="photos")
        self._places[FOLDER] = self.photos
        frame = QWidget()
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sidebar)
        self.notice = QLabel()
        self.notice.setObjectName("notice")
        self.notice.setWordWrap(True)
        self.notice.hide()
        self.middle = QWidget()
        middle = QVBoxLayout(self.middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.notice)
        middle.addWidget(self.stack, 1)
        layout.addWidget(self.middle, 1)
        self.history = HistoryPanel(self.environment)
        layout.addWidget(self.history)
        self.setCentralWidget(frame)
        if (around := self.layout()) is not None:
            around.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # what is too wide goes, see _fit
        self.setMinimumSize(640, 480)
        self.toast = Toast(self.stack)
        self.status = ScanStatus()
        self.attention = Attention()
        self.statusBar().addWidget(self.status)
        self.statusBar().addPermanentWidget(self.attention)
        self.statusBar().setSizeGripEnabled(False)
        menus = add_menus(self.menuBar(), self.environment.actions)
        insert_after(menus["File"], self.environment.actions["open-library"], self.libraries.recent)
        self.addActions(list(self.environment.actions.all().values()))
        self._connect()
        self.resize(1280, 832)
        self.session.restore_geometry(self)
        self._show_history(self.session.history)
        self._built = True
        self.environment.roster.read()
        self.environment.background.read(self._look, self._begin)

    @property
    def ready(self) -> bool:
        """Whether it is known what the library holds, and shown."""
        return self._ready

    def go(self, kind: str, number: int = 0) -> None:
        """Show a place; back leads to the one before."""
        address = (kind, number)
        self._remember_spot()
        self._trail.go(address)
        self._visit(address)

    def come_forward(self, token: str = "") -> None:
        """Show the window above the others.

        Args:
            token: By which the desktop lets the window do so; it may be empty.
        """
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt takes it from there
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def add_folders(self, folders: list[Path]) -> None:
        """Look for people in more folders."""
        self.scanning.start(folders)
        self.go("people")

    def offer_folders(self, folders: Sequence[Path]) -> None:
        """Show a folder that the library has; offer to look for people in others. Waits until the window is ready."""
        self._wanted = list(folders)
        if self._ready:
            self._offer_wanted()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Stop what is running, in one order, and remember how the window looked."""
        self.session.store_geometry(self)
        if (here := self._trail.here) is not None:
            self.session.place = here
        self.session.history = self.environment.actions["history"].isChecked()
        self.watching.close()
        self.scanning.close()
        for place in dict.fromkeys(self._places.values()):
            place.end()
        for dialog in self.findChildren(ExchangeDialog):
            dialog.end()
        for learning in self.findChildren(LearningDialog):
            learning.end()
        if self.help is not None:
            self.help.close()
            self.help.deleteLater()
            self.help = None
        self.environment.background.close()
        self.environment.thumbnails.close()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """See the buttons of the mouse that lead back and forward, whatever is under it."""
        super().showEvent(event)
        self.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Go back and forward by the mouse."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            by = _BY_BUTTON.get(event.button(), 0)
            if by:
                self._step(by)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Give up what there is no room for."""
        super().resizeEvent(event)
        if self._built:
            self._fit()

    def _fit(self) -> None:
        """In a narrow window the side shows icons only, and the history stands in for the place."""
        narrow = self.width() < theme.NARROW
        if narrow != self.sidebar.narrow:
            self.sidebar.set_narrow(narrow)
        alone = self.sidebar.isHidden()
        with_history = self.environment.actions["history"].isChecked() and not alone
        room = self.width() - self.sidebar.width() - theme.INSPECTOR_WIDTH
        self.history.set_wide(room < theme.PLACE_WIDTH)
        self.middle.setVisible(not with_history or room >= theme.PLACE_WIDTH)
        self.history.setVisible(with_history)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Draw icons anew when the appearance changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._built:
            self.environment.actions.redraw()
            self.sidebar.redraw()
            self.status.redraw()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take folders and photos from other programs."""
        if event.source() is None and _folders_in(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Scan what was dropped."""
        event.acceptProposedAction()
        self.add_folders(_folders_in(event))

    def _added(self, kind: str, place: SomePlace, title: str = "", within: str = "") -> SomePlace:
        """Give a place room in the window, and a line at the side where it has a title."""
        self._places[kind] = place
        self._side[kind] = within or kind
        self.stack.addWidget(place)
        if title:
            self.sidebar.add_place(kind, title)
        return place

    def _look(self) -> tuple[list[FolderStatus], bool, Address]:
        library = self.environment.library
        folders = library.folders.list()
        return folders, library.settings.application().scan.watch, self._former_place(folders)

    def _begin(self, answer: tuple[list[FolderStatus], bool, Address]) -> None:
        folders, watch, place = answer
        self._ready = True
        self.watching.set_active(watch)
        self._show_folders(folders)
        self._look_for_failures()
        self._read_albums()
        self.visitors.look()
        if folders:
            self.go(*place)
        else:
            self.stack.setCurrentWidget(self.start_page)
        self._offer()
        self._offer_wanted()

    def _offer_wanted(self) -> None:
        known = [status.root for number in self.folders.known if (status := self.folders.status(number)) is not None]
        within = {folder: root.id for folder in self._wanted for root in known if folder.is_relative_to(root.path)}
        others = [folder for folder in self._wanted if folder not in within]
        self._wanted = []
        if not known:
            for folder in others:
                self.start_page.add_folder(folder)
        elif others:
            self._ask_to_scan(others)
        elif within:
            self.go(FOLDER, next(iter(within.values())))

    def _ask_to_scan(self, folders: list[Path]) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Look for people in %n folder(s)?", "", len(folders)))
        box.setInformativeText("\n".join(map(str, folders)))
        box.setTextFormat(Qt.TextFormat.PlainText)
        look = box.addButton(self.tr("Look for People"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(look)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.accepted.connect(partial(self.add_folders, folders))
        box.open()

    def _former_place(self, folders: list[FolderStatus]) -> Address:
        """Where somebody was when the window was closed, or near to it where that is gone; in the background."""
        kind, number = self.session.place or ("people", 0)
        there = kind in self._places and number == 0
        if kind == FOLDER:
            there = any(status.root.id == number for status in folders)
        elif kind == "person":
            there = bool(self.environment.library.people.some([PersonId(number)]))
        return (kind, number) if there else (self._side.get(kind, "people"), 0)

    def _connect(self) -> None:
        environment = self.environment
        self.start_page.chosen.connect(self.add_folders)
        self.sidebar.chosen.connect(self.go)
        self.sidebar.folder_menu.connect(self.folders.show_menu)
        self.sidebar.dropped.connect(self._put_into_album)
        for place in dict.fromkeys(self._places.values()):
            place.possible.connect(self._offer)
            place.told.connect(self.toast.tell)
            place.done.connect(self.toast.tell_done)
            place.left_for.connect(self.go)
            place.counted.connect(self._show_waiting)
        self.photo.immersed.connect(self._immerse)
        self.history.closed.connect(self._leave_history)
        self.history.told.connect(self.toast.tell)
        self.toast.undo.connect(partial(self._do, "undo"))
        environment.actions.asked.connect(self._do)
        environment.background.failed.connect(self._tell_error)
        environment.background.broken.connect(self._tell_bug)
        environment.roster.changed.connect(self._count)
        environment.bridge.changed.connect(self._changed)
        environment.bridge.scan_advanced.connect(self.status.advance)
        self.visitors.came.connect(self._read_only)
        self.visitors.stayed.connect(self._read_again)
        self.visitors.left.connect(self._writable)
        environment.bridge.scan_advanced.connect(self.scanning.advance)
        environment.bridge.scan_advanced.connect(self._scan_advanced)
        self.scanning.started.connect(self.status.begin)
        self.scanning.paused.connect(self.status.wait)
        self.scanning.resumed.connect(self.status.go_on)
        self.scanning.finished.connect(self.status.end)
        self.scanning.finished.connect(self._look_for_failures)
        self.scanning.put_off.connect(self.status.put_off)
        self.scanning.put_off.connect(self.watching.try_later)
        self.watching.stirred.connect(self.scanning.start_by_itself)
        self.watching.failed.connect(self._tell_error)
        self.scanning.failed.connect(self._scan_failed)
        self.scanning.broken.connect(self._tell_bug)
        self.status.paused.connect(self.scanning.pause)
        self.status.resumed.connect(self.scanning.resume)
        self.status.cancelled.connect(self.scanning.cancel)
        self.status.details.connect(self._show_scan)
        self.attention.clicked.connect(self._show_scan)
        HelpKey(self).wanted.connect(self._show_help)

    def _show_again(self) -> None:
        """Ask for pictures again; a dialog may have asked for others meanwhile."""
        if self._place is not None:
            self._place.reload()

    @property
    def _place(self) -> Place | None:
        page = self.stack.currentWidget()
        return page if isinstance(page, Place) else None

    def _visit(self, address: Address) -> None:
        kind, number = address
        before = self._place
        shown = self._places[kind]
        self.stack.setCurrentWidget(shown)
        shown.visit(number, before.photos if before is not None else [])
        self._mark_side(address)
        if address in self._spots:
            Return(shown, self._spots.pop(address))
        self._offer()

    def _mark_side(self, address: Address) -> None:
        """Show at the side where somebody is."""
        self.sidebar.mark(
            address if self.sidebar.item_of(address) is not None else (self._side.get(address[0], "photos"), 0)
        )

    def _remember_spot(self) -> None:
        place, here = self._place, self._trail.here
        spot = spot_of(place) if place is not None else None
        if here is not None and spot is not None:
            self._spots[here] = spot

    def _count_questions(self) -> None:
        """Say at the side how many questions wait; not in large libraries, of which all would have to be read."""
        if self._few and self._place is not self.review:
            review = self.environment.library.review
            self.environment.background.read(lambda: len(review.queue()), self._questions_counted)

    def _questions_counted(self, count: int) -> None:
        self.sidebar.set_note("review", QLocale().toString(count) if count else "")

    def _show_waiting(self, count: int) -> None:
        kind = next(kind for kind, place in self._places.items() if place is self.sender())
        self.sidebar.set_note(kind, QLocale().toString(count) if count else "")

    def _read_only(self) -> None:
        self.notice.setText(
            self.tr(
                "Another program is writing to this library, such as a scan on the command line. "
                "You can look at everything; changes have to wait until it is done."
            )
        )
        self.notice.show()

    def _writable(self) -> None:
        self.notice.hide()
        self._read_again()

    def _read_again(self) -> None:
        """Another process may have changed anything."""
        self.environment.bridge.changed.emit(EVERYTHING)

    def _offer(self) -> None:
        place = self._place
        actions = self.environment.actions
        actions.offer(place.actions_now() if place is not None else {})
        actions["back"].setEnabled(self._trail.can_step(-1))
        actions["forward"].setEnabled(self._trail.can_step(1))

    def _do(self, name: str) -> None:
        """Do what an action stands for: here, or in the place that is shown."""
        here: dict[str, Callable[[], object]] = {
            "new-library": self.libraries.create,
            "open-library": self.libraries.open,
            "add-folder": self._ask_folder,
            "scan": self.scanning.start,
            "scan-details": self._show_scan,
            "take-in": partial(self._exchange, TakeInDialog),
            "write-names": partial(self._exchange, WriteDialog),
            "quit": self.close,
            "undo": self._undo,
            "redo": self._redo,
            **{kind: partial(self.go, kind) for kind, side in self._side.items() if side == kind},
            "back": partial(self._step, -1),
            "forward": partial(self._step, 1),
            "history": self._turn_history,
            "find-who": self.similar.ask_picture,
            "learn": self._show_learning,
            "preferences": self._show_preferences,
            "help": self._show_help_here,
            "keys": self._show_keys,
            "about": self._show_about,
        }
        place = self._place
        possible = here | dict(place.actions_now() if place is not None else {})
        if name in possible:
            possible[name]()

    def _step(self, by: int) -> None:
        self._remember_spot()
        address = self._trail.step(by)
        if address is not None:
            self._visit(address)

    def _undo(self) -> None:
        typing = self.focusWidget()
        if isinstance(typing, QLineEdit) and typing.isUndoAvailable():
            typing.undo()
            return
        self._walk(1, self._undone)

    def _redo(self) -> None:
        self._walk(-1, self._redone)

    def _walk(self, steps: int, arrived: Callable[[ChangeSet], None]) -> None:
        """A step can be taken back, or, where only a copy leads past it, is asked about first."""
        walk = Walk(self.environment.library, self.environment.background, self)
        walk.arrived.connect(arrived)
        walk.failed.connect(self._tell_error)
        walk.start(steps)

    def _immerse(self, alone: int) -> None:
        """Show nothing but the place, on the full screen; or everything again."""
        for part in (self.sidebar, self.menuBar(), self.statusBar()):
            part.setVisible(not alone)
        self._fit()
        state, full = self.windowState(), Qt.WindowState.WindowFullScreen
        self.setWindowState(state | full if alone else state & ~full)

    def _undone(self, changes: ChangeSet) -> None:
        self.toast.tell(self.tr("Taken back: {step}").format(step=step_in_words(changes.step)))

    def _redone(self, changes: ChangeSet) -> None:
        self.toast.tell_done(changes.step)

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of photos"))
        if folder:
            self.add_folders([Path(folder)])

    def _changed(self, changes: ChangeSet) -> None:
        if changes.of("root") or changes.of("file"):
            self.environment.background.read(self.environment.library.folders.list, self._show_folders)
        if changes.of("root"):
            self.watching.look_anew()
        if changes.of("album"):
            self._read_albums()

    def _read_albums(self) -> None:
        self.environment.background.read(self.environment.library.albums.list, self._show_albums)

    def _show_albums(self, albums: list[AlbumRecord]) -> None:
        self.sidebar.show_albums(albums)
        if self._trail.here is not None:
            self._mark_side(self._trail.here)

    def _put_into_album(self, album: int, photos: list[ContentId]) -> None:
        """Photos were dropped on an album, or on all of them."""
        library = self.environment.library
        if album:
            self._decide(partial(library.albums.add, AlbumId(album), photos))
            return
        dialog = ToAlbumDialog(self.environment, photos, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self._decide)
        dialog.open()

    def _decide(self, work: Callable[..., ChangeSet]) -> None:
        decision = Decision(work, self.environment.background, self)
        decision.done.connect(self._decided)
        decision.failed.connect(self._tell_error)
        decision.start()

    def _decided(self, changes: ChangeSet) -> None:
        if changes:
            self.toast.tell_done(changes.step)
        else:
            self.toast.tell(self.tr("They are in this album already."))

    def _show_folders(self, folders: list[FolderStatus]) -> None:
        self.folders.show(folders)
        self.sidebar.show_folders(folders)

    def _count(self) -> None:
        people = self.environment.roster.records.values()
        self._few = sum(record.faces for record in people) <= _FEW_FACES
        self._questions.start()
        named, groups = count_people([record for record in people if not record.hidden])
        tip = self.tr("{named} named, {groups} groups").format(named=named, groups=groups)
        self.sidebar.set_note("people", QLocale().toString(named) if named else "", tip)

    def _look_for_failures(self) -> None:
        library = self.environment.library
        self.environment.background.read(lambda: len(unread_files(library)), self.attention.show_count)

    def _scan_advanced(self, event: ScanAdvanced) -> None:
        if event.failed:
            self.attention.show_count(event.failed)

    def _show_scan(self) -> None:
        if self._scan_dialog is None:
            self._scan_dialog = ScanDialog(self.environment, self.scanning, self)
            self._scan_dialog.finished.connect(self._scan_dialog_closed)
        self._scan_dialog.show()
        self._scan_dialog.raise_()
        self._scan_dialog.activateWindow()

    def _scan_dialog_closed(self) -> None:
        if self._scan_dialog is not None:
            self._scan_dialog.deleteLater()
            self._scan_dialog = None

    def _scan_failed(self, error: FaceOrganizerError) -> None:
        self.status.end(None)
        self._tell_error(error)

    def _tell_error(self, error: FaceOrganizerError) -> None:
        self.toast.tell(plain(error))
        if isinstance(error, LibraryLockedError):
            self.visitors.look()

    def _tell_bug(self, error: Exception) -> None:
        """Something is wrong with the program: say so, with what a report needs."""
        box = TroubleBox(error, self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _show_learning(self) -> None:
        dialog = LearningDialog(self.environment, self)
        dialog.exec()
        dialog.deleteLater()

    def _turn_history(self) -> None:
        """Show what was decided beside the place, or the place alone."""
        if not self.history.isHidden():
            self._leave_history()
        else:
            self._before_history = self.focusWidget()
            self._show_history(True)
            self.history.steps.setFocus()

    def _show_history(self, shown: bool) -> None:
        self.environment.actions["history"].setChecked(shown)
        self._fit()

    def _leave_history(self) -> None:
        self._show_history(False)
        before = self._before_history
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def _exchange(self, kind: type[TakeInDialog] | type[WriteDialog]) -> None:
        kind(self.environment, self).open()

    def _show_preferences(self) -> None:
        dialog = PreferencesDialog(self.environment, self.folders, self.scanning, self.watching, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _show_help_here(self) -> None:
        here = self._trail.here if self._place is not None else None
        self._show_help(CONTEXT["start"] if here is None else CONTEXT.get(here[0], CONTEXT["photos"]))

    def _show_help(self, page: str = INDEX) -> None:
        if self.help is None:
            self.help = HelpWindow()
        self.help.show_page(page)

    def _show_keys(self) -> None:
        box = KeysBox(self.environment.actions, self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _show_about(self) -> None:
        dialog = AboutDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _folders_in(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    """Folders that were dragged here, and those of single photos."""
    return folders_of([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])


def folders_of(paths: Sequence[Path]) -> list[Path]:
    """Folders among paths, and those that the others are in, each once."""
    return list(dict.fromkeys(path if path.is_dir() else path.parent for path in paths))
