"""What places full of photos have in common: rows of photos, their order and size, what can be done with some."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QPushButton, QSlider, QStackedLayout, QWidget

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.ids import ContentId, PersonId
from faceorganizer.domain.people import PersonRecord
from faceorganizer.domain.pictures import PhotoRecord
from faceorganizer.gui import theme
from faceorganizer.gui.background import Call
from faceorganizer.gui.delegates.photos import PhotoTile
from faceorganizer.gui.desktop import show_in_file_manager
from faceorganizer.gui.dialogs.album import ToAlbumDialog
from faceorganizer.gui.dialogs.export import ExportDialog, Exported
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.models.photos import Arrangement, Order, PhotoModel, arranged
from faceorganizer.gui.models.records import RECORD
from faceorganizer.gui.translation import Context
from faceorganizer.gui.views.blank import BlankPage
from faceorganizer.gui.views.place import Place
from faceorganizer.gui.views.rows import RowsView
from faceorganizer.gui.wording import said
from faceorganizer.services.albums import one_a_picture

ROW_HEIGHTS: Final = range(10 * theme.UNIT, 41 * theme.UNIT)
ROW_HEIGHT: Final = 22 * theme.UNIT
photos: Final = Context("photos")


@dataclass(frozen=True, slots=True)
class Answer:
    """The photos of a place, as they are read beside the GUI thread.

    Attributes:
        title: What they are.
        arrangement: The photos in order.
        names: Of all people who have one, by id, by name.
        years: In which they were taken, the latest first.
        about: What else the place wants to know.
    """

    title: str
    arrangement: Arrangement
    names: Mapping[PersonId, str]
    years: Sequence[int]
    about: object = None


class GalleryPlace(Place):
    """Photos in rows."""

    menu_actions: tuple[str, ...] = ("open", "show-file", "add-to-album")

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.names: Mapping[PersonId, str] = {}
        self._asked: Call | None = None
        self._stale = True
        self.tile = PhotoTile(environment.thumbnails, self)
        self.grid = RowsView(ROW_HEIGHT)
        self.grid.setAccessibleName(self.tr("Photos"))
        self.grid.setItemDelegate(self.tile)
        self.grid.seen.connect(self._want)
        self.grid.stepped.connect(self._open_row)
        self.grid.menu_wanted.connect(self._show_menu)
        self.grid.selectionModel().selectionChanged.connect(self.possible)
        environment.thumbnails.ready.connect(self._repaint)
        self.counts = QLabel()
        self.tools.insertWidget(1, self.counts)
        self._add_size()
        self._add_order()
        self.empty = BlankPage(buttons=(QPushButton(),))
        self.empty.button.clicked.connect(self.fill)
        self.stack = QStackedLayout()
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self.empty)

    @property
    def model(self) -> PhotoModel:
        """The photos that are shown."""
        return self.grid.photos

    @property
    def photos(self) -> list[ContentId]:
        """The photos that are shown, in their order."""
        return self.model.photos

    def shown(self) -> None:
        """See what there is, unless that is known."""
        if self._stale:
            # Pictures of the place before would hold up reading: SQLite gives Python's lock away at each row.
            self.environment.thumbnails.want(())
            self.reload()
        self.grid.watch_seen()
        self.grid.setFocus()

    def reload(self) -> None:
        """Read the photos again."""
        self._stale = False
        if self._asked is not None:
            self._asked.drop()
        self._asked = self.environment.background.read(self.asking(), self.come, self.gone)

    def changed(self, changes: ChangeSet) -> None:
        """Read again what may have come or gone; later, when nobody looks."""
        if self.concerns(changes):
            self._stale = True
            if self.isVisible():
                self.reload()

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the photos that are selected."""
        if not self.grid.selectionModel().hasSelection():
            return {}
        return {"open": self._open, "show-file": self._show_file, "add-to-album": self._add_to_album}

    def end(self) -> None:
        """Export nothing any more."""
        for dialog in self.findChildren(ExportDialog):
            dialog.end()

    def export(self, what: Exported) -> None:
        """Ask how photos are to be exported, and do it."""
        ExportDialog(self.environment, what, self).open()

    def asking(self) -> Callable[[], Answer]:
        """What reads the photos; it runs beside the GUI thread."""
        raise NotImplementedError

    def concerns(self, changes: ChangeSet) -> bool:
        """Whether other photos may be shown after a change."""
        return bool(changes.of("content") or changes.of("file") or changes.of("root"))

    def explain(self) -> None:
        """Say in the empty place what will be there."""

    def fill(self) -> None:
        """Do what fills the empty place."""

    @property
    def order_now(self) -> Order:
        """How the photos are put under headings."""
        return Order(self.order.currentData())

    @property
    def chosen(self) -> list[ContentId]:
        """The photos that are selected."""
        return [record.photo for record in self.grid.selected_records() if record.photo is not None]

    def come(self, answer: Answer) -> None:
        """Show what was read."""
        self.names = answer.names
        self.heading.setText(answer.title)
        count = len(answer.arrangement.ids)
        self.counts.setText(photos.tr("%n photo(s)", "", count) if count else "")
        self.grid.show_arrangement(answer.arrangement)
        if not count:
            self.explain()
        self.stack.setCurrentWidget(self.grid if count else self.empty)
        self.grid.watch_seen()
        self.possible.emit()

    def gone(self, error: FaceOrganizerError) -> None:
        """What was to be shown is not there any more."""
        self.told.emit(said(error.message))

    def _want(self, rows: range) -> None:
        if self.isVisible():
            records = self.grid.records_near(rows, len(rows))
            self.environment.thumbnails.want(("photo", r.photo) for r in records if r.photo is not None)

    def _repaint(self) -> None:
        self.grid.viewport().update()

    def _open(self) -> None:
        self._open_row(self.grid.currentIndex())

    def _open_row(self, index: QModelIndex) -> None:
        record: PhotoRecord | None = index.data(RECORD)
        if record is not None and record.photo is not None:
            self.left_for.emit("photo", record.photo)

    def _show_file(self) -> None:
        records = self.grid.selected_records()
        if records:
            show_in_file_manager(records[0].path)

    def _add_to_album(self) -> None:
        dialog = ToAlbumDialog(self.environment, self.chosen, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self.decide)
        dialog.open()

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self.menu_actions:
            menu.addAction(self.environment.actions[name])
        menu.popup(place)

    def _add_size(self) -> None:
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setAccessibleName(self.tr("Size of the photos"))
        self.size_slider.setToolTip(self.tr("Size of the photos"))
        self.size_slider.setFixedWidth(12 * theme.UNIT)
        self.size_slider.setRange(ROW_HEIGHTS.start, ROW_HEIGHTS.stop - 1)
        self.size_slider.setPageStep(6 * theme.UNIT)
        self.size_slider.setValue(ROW_HEIGHT)
        self.size_slider.valueChanged.connect(self.grid.set_height)
        self.tools.addWidget(self.size_slider)

    def _add_order(self) -> None:
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("Order"))
        self.order.addItem(self.tr("By month"), Order.MONTH)
        self.order.addItem(self.tr("By folder"), Order.FOLDER)
        self.order.currentIndexChanged.connect(self.reload)
        self.tools.addWidget(self.order)


def answered(
    title: str,
    records: Sequence[PhotoRecord],
    order: Order,
    people: Sequence[PersonRecord],
    about: object = None,
) -> Answer:
    """Put photos in order; runs beside the GUI thread."""
    shown = one_a_picture([record for record in records if record.state != "missing"])
    years = {record.capture.taken.year for record in shown if record.capture.taken is not None}
    names = {person.id: person.name for person in people if person.name is not None}
    return Answer(title, arranged(shown, order), names, sorted(years, reverse=True), about)
