"""Albums, and the photos of one of them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLabel, QMenu, QPushButton, QStackedLayout, QWidget

from faceorganizer.domain.albums import AlbumRecord, PhotoQuery
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError, UnknownIdError
from faceorganizer.domain.ids import AlbumId, ContentId
from faceorganizer.domain.people import clean_name
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.delegates.albums import AlbumCard
from faceorganizer.gui.dialogs.album import AlbumDialog
from faceorganizer.gui.dialogs.export import ExportDialog, Exported
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.models.albums import ShownAlbum, shown_album
from faceorganizer.gui.models.photos import Order
from faceorganizer.gui.models.records import RECORD, RecordModel
from faceorganizer.gui.rules import in_words
from faceorganizer.gui.views.blank import BlankPage
from faceorganizer.gui.views.filters import FilterBar
from faceorganizer.gui.views.gallery import Answer, GalleryPlace, answered
from faceorganizer.gui.views.grid import GridView
from faceorganizer.gui.views.place import Place

_ON_ALBUM: Final = ("open", "rename", "export", "delete-album")
_SHOWN_BY: Final = ("album", "person", "face", "content", "file")  # what cards depend on


class AlbumsPlace(Place):
    """All albums as cards."""

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.heading.setText(self.tr("Albums"))
        self._stale = True
        self.model: RecordModel[ShownAlbum] = RecordModel(
            lambda album: album.id, lambda album: f"{album.name}, {album.counted}, {album.words}", parent=self
        )
        self.card = AlbumCard(environment.thumbnails, self)
        self.grid = GridView(self.card.cell)
        self.grid.setAccessibleName(self.tr("Albums"))
        self.grid.setItemDelegate(self.card)
        self.grid.show_model(self.model)
        self.grid.stepped.connect(self._open_row)
        self.grid.seen.connect(self._want)
        self.grid.menu_wanted.connect(self._show_menu)
        self.grid.selectionModel().selectionChanged.connect(self.possible)
        environment.thumbnails.ready.connect(self._repaint)
        self.new = QPushButton(environment.actions["new-album"].text())
        self.new.clicked.connect(environment.actions["new-album"].trigger)
        self.tools.addWidget(self.new)
        self.empty = BlankPage(buttons=(QPushButton(),))
        self.empty.tell(
            "", self.tr("Albums will be here: of people, of years, or put together by hand."), self.tr("New Album…")
        )
        self.empty.button.clicked.connect(environment.actions["new-album"].trigger)
        self.stack = QStackedLayout()
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self.empty)
        self.content.addLayout(self.stack, 1)

    def shown(self) -> None:
        """See what there is, unless that is known."""
        if self._stale:
            self.reload()
        self.grid.watch_seen()
        self.grid.setFocus()

    def reload(self) -> None:
        """Read the albums again."""
        self._stale = False
        self.environment.background.read(self._read, self._come)

    def changed(self, changes: ChangeSet) -> None:
        """Read again what may be another one; later, when nobody looks."""
        if any(changes.of(entity) for entity in _SHOWN_BY):
            self._stale = True
            if self.isVisible():
                self.reload()

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the album that is chosen."""
        possible: dict[str, Callable[[], None]] = {"new-album": self._ask_new}
        if len(self.grid.selected_ids()) == 1:
            possible |= {
                "open": self._open,
                "rename": self._rename,
                "delete-album": self._delete,
                "export": self._export,
            }
        return possible

    def _read(self) -> list[ShownAlbum]:
        library = self.environment.library
        names = {person.id: person.name for person in library.people.list() if person.name is not None}
        return [shown_album(album, names) for album in library.albums.list()]

    def _come(self, albums: list[ShownAlbum]) -> None:
        self.model.refresh({"": albums})
        self.stack.setCurrentWidget(self.grid if albums else self.empty)
        self.grid.watch_seen()
        self.possible.emit()

    def _want(self, rows: range) -> None:
        if self.isVisible():
            albums = self.grid.records_near(rows, len(rows))
            self.environment.thumbnails.want(("photo", album.cover) for album in albums if album.cover is not None)

    def _repaint(self) -> None:
        self.grid.viewport().update()

    def _chosen(self) -> ShownAlbum:
        album: ShownAlbum = self.model.index_of(self.grid.selected_ids()[0]).data(RECORD)
        return album

    def _ask_new(self) -> None:
        dialog = AlbumDialog(self.environment, PhotoQuery(), self)
        dialog.wanted.connect(self.decide)
        dialog.open()

    def _open(self) -> None:
        self.left_for.emit("album", self._chosen().id)

    def _open_row(self, index: QModelIndex) -> None:
        self.left_for.emit("album", index.data(RECORD).id)

    def _rename(self) -> None:
        album = self._chosen()
        ask_name(self, album.name, partial(self._renamed, album.id))

    def _renamed(self, album: AlbumId, name: str) -> None:
        self.decide(partial(self.environment.library.albums.rename, album, name))

    def _delete(self) -> None:
        self.decide(partial(self.environment.library.albums.delete, self._chosen().id))

    def _export(self) -> None:
        album = self._chosen()
        ExportDialog(self.environment, Exported(album.name, album=album.id), self).open()

    def end(self) -> None:
        """Export nothing any more."""
        for dialog in self.findChildren(ExportDialog):
            dialog.end()

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in _ON_ALBUM if self.grid.selected_ids() else ("new-album",):
            menu.addAction(self.environment.actions[name])
        menu.popup(place)


class AlbumPlace(GalleryPlace):
    """The photos of one album, under its rule in words."""

    menu_actions = ("open", "show-file", "add-to-album", "take-out")

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self._album: AlbumRecord | None = None
        self._number: AlbumId | None = None
        self._draft: PhotoQuery | None = None  # a rule that is being changed, and not kept yet
        self.rule = QLabel()
        self.rule.setWordWrap(True)
        self.edit = self._button("edit-rule")
        self.tools.addWidget(self._button("export"))
        line = QHBoxLayout()
        line.setContentsMargins(2 * theme.UNIT, 0, 2 * theme.UNIT, theme.UNIT)
        line.addWidget(self.rule, 1)
        line.addWidget(self.edit)
        self.filter = FilterBar()
        self.filter.changed.connect(self._draft_changed)
        self.keep, self.leave = QPushButton(self.tr("Keep Rule")), QPushButton(self.tr("Cancel"))
        self.keep.setProperty("primary", True)
        self.keep.clicked.connect(self._keep)
        self.leave.clicked.connect(self._leave)
        self._editing = QWidget()
        editing = QHBoxLayout(self._editing)
        editing.setContentsMargins(0, 0, 2 * theme.UNIT, 0)
        editing.addWidget(self.filter, 1)
        editing.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignTop)
        editing.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignTop)
        self._editing.hide()
        self.content.addLayout(line)
        self.content.addWidget(self._editing)
        self.content.addLayout(self.stack, 1)

    def visit(self, number: int, others: Sequence[ContentId]) -> None:
        """Show an album."""
        self.show_album(AlbumId(number))

    def show_album(self, album: AlbumId) -> None:
        """Show another album."""
        if album != self._number:
            self._number, self._album, self._stale = album, None, True
            self._end_editing()
        self.shown()

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the album, and with the photos that are selected."""
        possible = dict(super().actions_now())
        if self._album is None:
            return possible
        possible |= {"rename": self._rename, "delete-album": self._delete, "export": self._export}
        if self._album.smart:
            possible["edit-rule"] = self._edit
        elif self.grid.selectionModel().hasSelection():
            possible["take-out"] = self._take_out
        return possible

    def asking(self) -> Callable[[], Answer]:
        """What reads the photos of the album, or of the rule that is tried."""
        return partial(self._read, self._number or AlbumId(0), self._draft, self.order_now)

    def concerns(self, changes: ChangeSet) -> bool:
        """Rules depend on people, too."""
        return any(changes.of(entity) for entity in _SHOWN_BY)

    def come(self, answer: Answer) -> None:
        """Show what was read."""
        album = answer.about
        assert isinstance(album, AlbumRecord)
        if album.id != self._number:
            return
        self._album = album
        by_hand = self.tr("Put together by hand")
        query = self._draft if self._draft is not None else album.query
        self.rule.setText(by_hand if query is None else in_words(query, answer.names))
        self.edit.setVisible(album.smart and self._draft is None)
        self.filter.set_people(answer.names)
        if self._draft is None:
            self.filter.set_years(answer.years)
        super().come(answer)

    def gone(self, error: FaceOrganizerError) -> None:
        """The album was deleted."""
        if isinstance(error, UnknownIdError):
            if self.isVisible():
                self.left_for.emit("albums", 0)
        else:
            self.told.emit(plain(error))

    def explain(self) -> None:
        """Say why there are no photos."""
        if self._album is not None and self._album.smart:
            self.empty.tell("", self.tr("No photo fits the rule yet."), self.tr("Edit Rule…"))
        else:
            self.empty.tell("", self.tr("Select photos and put them into this album."), self.tr("Show Photos"))

    def fill(self) -> None:
        """What brings photos: another rule, or choosing some."""
        if self._album is not None and self._album.smart:
            self._edit()
        else:
            self.left_for.emit("photos", 0)

    def _read(self, album: AlbumId, draft: PhotoQuery | None, order: Order) -> Answer:
        library = self.environment.library
        record = library.albums.get(album)
        photos = library.albums.photos(album) if draft is None else library.photos(draft)
        return answered(record.name, photos, order, library.people.list(), record)

    def _edit(self) -> None:
        if self._album is not None and self._album.query is not None:
            self._draft = self._album.query
            self.filter.show_query(self._draft)
            self._editing.show()
            self.edit.hide()

    def _draft_changed(self) -> None:
        self._draft = self.filter.query
        self.reload()

    def _keep(self) -> None:
        if self._album is not None and self._draft is not None:
            query = self._draft
            self._end_editing()
            self.decide(partial(self.environment.library.albums.set_query, self._album.id, query))

    def _leave(self) -> None:
        self._end_editing()
        self.reload()

    def _end_editing(self) -> None:
        self._draft = None
        self._editing.hide()

    def _rename(self) -> None:
        if self._album is not None:
            ask_name(self, self._album.name, self._renamed)

    def _renamed(self, name: str) -> None:
        if self._album is not None:
            self.decide(partial(self.environment.library.albums.rename, self._album.id, name))

    def _delete(self) -> None:
        if self._album is not None:
            self.decide(partial(self.environment.library.albums.delete, self._album.id))

    def _export(self) -> None:
        if self._album is not None:
            self.export(Exported(self._album.name, album=self._album.id))

    def _take_out(self) -> None:
        if self._album is not None:
            self.decide(partial(self.environment.library.albums.remove, self._album.id, self.chosen))

    def _button(self, name: str) -> QPushButton:
        action = self.environment.actions[name]
        button = QPushButton(action.text())
        button.setToolTip(action.toolTip())
        button.clicked.connect(action.trigger)
        return button


def ask_name(place: Place, name: str, take: Callable[[str], None]) -> None:
    """Ask what an album is to be called.

    Args:
        place: Asks.
        name: Its present name.
        take: Gets another one.
    """
    dialog = QInputDialog(place)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(QCoreApplication.translate("albums", "Rename Album"))
    dialog.setLabelText(QCoreApplication.translate("albums", "Name of the album"))
    dialog.setTextValue(name)
    dialog.textValueSelected.connect(lambda text: take(text) if clean_name(text) not in (None, name) else None)
    dialog.open()
