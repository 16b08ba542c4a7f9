"""Photos by month or by folder, narrowed to who is in them."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import groupby
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QLocale, QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QStackedLayout, QWidget

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.ids import ContentId, PersonId
from faceorganizer.domain.people import PersonRecord, same_name
from faceorganizer.domain.pictures import PhotoRecord
from faceorganizer.gui.delegates.photos import PhotoTile
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.models.records import RECORD, RecordModel
from faceorganizer.gui.views.grid import GridView
from faceorganizer.gui.views.names import complete_with
from faceorganizer.gui.views.place import Place
from faceorganizer.services.search import PhotoQuery

_RULES: Final = ("any_of", "all_of", "only", "without")


class PhotosPlace(Place):
    """All photos, or those that some people are in."""

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.heading.setText(self.tr("Photos"))
        self._people: dict[PersonId, str] = {}
        self._chosen: list[PersonId] = []
        self._records: list[PhotoRecord] = []
        self.model = RecordModel(_key, lambda record: record.path.name, parent=self)
        self.tile = PhotoTile(environment.thumbnails, self)
        self.grid = GridView(self.tile.cell)
        self.grid.setAccessibleName(self.tr("Photos"))
        self.grid.setItemDelegate(self.tile)
        self.grid.show_model(self.model)
        self.grid.seen.connect(self._want)
        self.grid.stepped.connect(self._open)
        environment.thumbnails.ready.connect(self._repaint)
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("Order"))
        self.order.addItems([self.tr("By month"), self.tr("By folder")])
        self.order.currentIndexChanged.connect(self._arrange)
        self.tools.addWidget(self.order)
        self._empty = QLabel(self.tr("No photo fits."))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._empty)
        self._add_filter()
        self.content.addLayout(self._stack, 1)

    @property
    def photos(self) -> list[ContentId]:
        """The photos that are shown, in their order."""
        return [record.photo for record in self.model.records if record.photo is not None]

    @property
    def chips(self) -> list[QPushButton]:
        """The people of the rule, as buttons that take them out."""
        return self._chip_buttons

    def shown(self) -> None:
        """See what there is."""
        self.environment.background.read(self.environment.library.people.list, self._people_come)
        self.reload()

    def reload(self) -> None:
        """Read the photos that fit."""
        people: dict[str, Any] = {self.rule.currentData(): tuple(self._chosen)}
        query = PhotoQuery(**people)
        self.environment.background.read(partial(self.environment.library.photos, query), self._come)

    def changed(self, changes: ChangeSet) -> None:
        """Read again what may have come or gone."""
        asked = self._chosen and (changes.of("face") or changes.of("person"))
        if self.isVisible() and (changes.of("content") or changes.of("file") or asked):
            self.reload()

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """Searching is adding a person."""
        return {"find": self.search.setFocus}

    def _come(self, records: list[PhotoRecord]) -> None:
        self._records = [record for record in records if record.duplicate_of is None and record.state != "missing"]
        self._arrange()

    def _arrange(self) -> None:
        sections = _by_month(self._records) if self.order.currentIndex() == 0 else _by_folder(self._records)
        self.model.refresh(sections)
        self._stack.setCurrentWidget(self.grid if self._records else self._empty)
        self.grid.watch_seen()

    def _want(self, rows: range) -> None:
        records = self.grid.records_near(rows, len(rows))
        self.environment.thumbnails.want(("photo", r.photo) for r in records if r.photo is not None)

    def _repaint(self) -> None:
        self.grid.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        record: PhotoRecord = index.data(RECORD)
        if record.photo is not None:
            self.left_for.emit("photo", record.photo)

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


def _key(record: PhotoRecord) -> int:
    """Its id; for files that could never be read, a number of their own below zero."""
    return record.photo if record.photo is not None else -1 - hash(record.path) % (1 << 61)


def _by_month(records: list[PhotoRecord]) -> dict[str, list[PhotoRecord]]:
    """The newest month first; photos without a date last."""
    dated = [(record.capture.taken, record) for record in records if record.capture.taken is not None]
    dated.sort(key=lambda pair: pair[0], reverse=True)
    locale = QLocale()
    months = {
        f"{locale.standaloneMonthName(month)} {year}": [record for _, record in photos]
        for (year, month), photos in groupby(dated, key=lambda pair: (pair[0].year, pair[0].month))
    }
    undated = [record for record in records if record.capture.taken is None]
    return months | {QCoreApplication.translate("photos", "Without a date"): undated}


def _by_folder(records: list[PhotoRecord]) -> dict[str, list[PhotoRecord]]:
    return {str(folder): list(photos) for folder, photos in groupby(records, key=lambda record: record.path.parent)}
