"""Photos by month or by folder, narrowed to who is in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QPushButton, QSlider, QStackedLayout, QWidget

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.ids import ContentId, PersonId, RootId
from faceorganizer.domain.people import PersonRecord, same_name
from faceorganizer.domain.pictures import PhotoRecord
from faceorganizer.gui import theme
from faceorganizer.gui.background import Call
from faceorganizer.gui.delegates.photos import PhotoTile
from faceorganizer.gui.desktop import show_in_file_manager
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.models.photos import Arrangement, Order, PhotoModel, arranged
from faceorganizer.gui.models.records import RECORD
from faceorganizer.gui.views.empty import EmptyState
from faceorganizer.gui.views.names import complete_with
from faceorganizer.gui.views.place import Place
from faceorganizer.gui.views.rows import RowsView
from faceorganizer.services.search import PhotoQuery

_RULES: Final = ("any_of", "all_of", "only", "without")
_ON_PHOTOS: Final = ("open", "show-file")
ROW_HEIGHTS: Final = range(10 * theme.UNIT, 41 * theme.UNIT)
ROW_HEIGHT: Final = 22 * theme.UNIT


@dataclass(frozen=True, slots=True)
class _Shown:
    """The answer to a question.

    Attributes:
        title: What the photos are.
        arrangement: The photos in order.
    """

    title: str
    arrangement: Arrangement


class PhotosPlace(Place):
    """All photos, those of a folder, or those that some people are in."""

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.heading.setText(self.tr("Photos"))
        self._people: dict[PersonId, str] = {}
        self._chosen: list[PersonId] = []
        self._root: RootId | None = None
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
        self._counts = QLabel()
        self.tools.insertWidget(1, self._counts)
        self._add_size()
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("Order"))
        self.order.addItem(self.tr("By month"), Order.MONTH)
        self.order.addItem(self.tr("By folder"), Order.FOLDER)
        self.order.currentIndexChanged.connect(self.reload)
        self.tools.addWidget(self.order)
        self._empty = EmptyState()
        self._empty.button.clicked.connect(self._fill)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._empty)
        self._add_filter()
        self.content.addLayout(self._stack, 1)

    @property
    def model(self) -> PhotoModel:
        """The photos that are shown."""
        return self.grid.photos

    @property
    def photos(self) -> list[ContentId]:
        """The photos that are shown, in their order."""
        return self.model.photos

    @property
    def chips(self) -> list[QPushButton]:
        """The people of the rule, as buttons that take them out."""
        return self._chip_buttons

    def visit(self, number: int, others: Sequence[ContentId]) -> None:
        """Show the photos of one of the library's folders, or all."""
        self.show_folder(RootId(number) if number else None)

    def show_folder(self, root: RootId | None) -> None:
        """Show the photos of one of the library's folders; None for all."""
        if root != self._root:
            self._root, self._stale = root, True
        self.shown()

    def shown(self) -> None:
        """See what there is, unless that is known."""
        self.environment.background.read(self.environment.library.people.list, self._people_come)
        if self._stale:
            self.reload()
        self.grid.watch_seen()
        self.grid.setFocus()

    def reload(self) -> None:
        """Read the photos that fit."""
        self._stale = False
        if self._asked is not None:
            self._asked.drop()
        people: dict[str, Any] = {self.rule.currentData(): tuple(self._chosen)}
        work = partial(self._read, PhotoQuery(**people), self._root, Order(self.order.currentData()))
        self._asked = self.environment.background.read(work, self._come)

    def changed(self, changes: ChangeSet) -> None:
        """Read again what may have come or gone; later, when nobody looks."""
        asked = self._chosen and (changes.of("face") or changes.of("person"))
        if changes.of("content") or changes.of("file") or changes.of("root") or asked:
            self._stale = True
            if self.isVisible():
                self.reload()

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """Searching is adding a person; the rest is for photos that are selected."""
        possible: dict[str, Callable[[], None]] = {"find": self.search.setFocus}
        if self.grid.selectionModel().hasSelection():
            possible |= {"open": self._open, "show-file": self._show_file}
        return possible

    def _read(self, query: PhotoQuery, root: RootId | None, order: Order) -> _Shown:
        """Ask and put in order, beside the GUI thread."""
        library = self.environment.library
        records = library.photos(query)
        title = self.tr("Photos")
        if root is not None:
            folder = next((known.root.path for known in library.folders.list() if known.root.id == root), None)
            records = [record for record in records if record.root == folder]
            title = folder.name if folder is not None else title
        return _Shown(title, arranged(records, order))

    def _come(self, shown: _Shown) -> None:
        self.heading.setText(shown.title)
        count = len(shown.arrangement.ids)
        self._counts.setText(self.tr("%n photo(s)", "", count) if count else "")
        self.grid.show_arrangement(shown.arrangement)
        if not count:
            self._explain()
        self._stack.setCurrentWidget(self.grid if count else self._empty)
        self.grid.watch_seen()
        self.possible.emit()

    def _explain(self) -> None:
        if self._chosen:
            self._empty.say(self.tr("No photo fits."), self.tr("Show all"))
        else:
            self._empty.say(self.tr("Your photos will be here, month by month."), self.tr("Add Folder…"))

    def _fill(self) -> None:
        """What brings photos: fewer conditions, or a folder."""
        if self._chosen:
            self._chosen = []
            self._show_chips()
            self.reload()
        else:
            self.environment.actions["add-folder"].trigger()

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

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in _ON_PHOTOS:
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

    def _add_filter(self) -> None:
        """Who is to be in the photos: a rule, a field to add people, and those who were added."""
        self.rule = QComboBox()
        self.rule.setAccessibleName(self.tr("Which photos"))
        texts = (self.tr("With any of"), self.tr("With all of"), self.tr("With only"), self.tr("Without"))
        for text, rule in zip(texts, _RULES, strict=True):
            self.rule.addItem(text, rule)
        self.rule.currentIndexChanged.connect(self._rule_changed)
        self._chips = QHBoxLayout()
        self._chip_buttons: list[QPushButton] = []
        self.tools.addLayout(self._chips)
        self.tools.addWidget(self.rule)
        self.search = self.add_search(self.tr("Add a person"))
        self.search.returnPressed.connect(self._add_typed)

    def _rule_changed(self) -> None:
        if self._chosen:
            self.reload()

    def _people_come(self, people: list[PersonRecord]) -> None:
        self._people = {person.id: person.name for person in people if person.name and not person.hidden}
        complete_with(self.search, list(self._people.values()))
        self.search.completer().activated.connect(self._add_typed, Qt.ConnectionType.QueuedConnection)

    def _add_typed(self) -> None:
        text = self.search.text()
        found = [person for person, name in self._people.items() if text and same_name(name, text)]
        if found:
            self.search.clear()
            self._chosen = list(dict.fromkeys([*self._chosen, *found]))
            self._show_chips()
            self.reload()

    def _show_chips(self) -> None:
        for chip in self._chip_buttons:
            chip.deleteLater()
        self._chip_buttons = []
        for person in self._chosen:
            chip = QPushButton(f"{self._people.get(person, '')}  ✕")
            chip.setAccessibleName(self.tr("Remove {name}").format(name=self._people.get(person, "")))
            chip.setProperty("person", person)
            chip.clicked.connect(self._remove)
            self._chips.addWidget(chip)
            self._chip_buttons.append(chip)

    def _remove(self) -> None:
        self._chosen.remove(self.sender().property("person"))
        self._show_chips()
        self.reload()
