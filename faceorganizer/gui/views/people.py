"""Everybody: named people first, then groups that wait for a name."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMenu, QSlider, QStackedLayout, QWidget

from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.people import PersonRecord
from faceorganizer.gui import theme
from faceorganizer.gui.delegates.faces import PersonCard, counted
from faceorganizer.gui.dialogs.merge import ask_name
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.models.records import RECORD, RecordModel
from faceorganizer.gui.views.grid import GridView
from faceorganizer.gui.views.names import begin_typing
from faceorganizer.gui.views.place import Place

_SIZES: Final = (96, 240)  # pixels of a face


def _order(kind: str) -> Callable[[PersonRecord], Any]:
    if kind == "count":
        return lambda record: (-record.photos, record.id)
    if kind == "newest":
        return lambda record: -record.id
    return lambda record: ((record.name or "").casefold(), record.id)


class PeoplePlace(Place):
    """A grid of people. Naming, merging and hiding happen here; a person stays where it is meanwhile."""

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.heading.setText(self.tr("People"))
        self._records: dict[int, PersonRecord] = {}
        self._sections: dict[str, list[int]] = {}
        self._settled = False
        self.model: RecordModel[PersonRecord] = RecordModel(
            lambda record: record.id, lambda record: record.name or "", spoken=self._spoken, editable=True, parent=self
        )
        self.card = PersonCard(environment.thumbnails, self)
        self.grid = GridView(self.card.cell)
        self.grid.setAccessibleName(self.tr("People"))
        self.grid.setItemDelegate(self.card)
        self.grid.show_model(self.model)
        self.grid.setDragEnabled(True)
        self.grid.setAcceptDrops(True)
        self.grid.seen.connect(self._want_faces)
        self.grid.stepped.connect(self._open)
        self.grid.clicked.connect(self._clicked)
        self.grid.menu_wanted.connect(self._show_menu)
        self.grid.dropped.connect(self._dropped)
        self.grid.typed.connect(self._typed)
        self.grid.selectionModel().selectionChanged.connect(self.possible)
        environment.thumbnails.ready.connect(self._repaint)
        environment.roster.changed.connect(self._come)
        self.card.named.connect(self._name)
        self.card.submitted.connect(self._next_unnamed)
        self._empty = QLabel(self.tr("Nobody here yet.\n\nPeople appear while a folder is scanned."))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._empty)
        self.search = self.add_search(self.tr("Search names"))
        self.search.textChanged.connect(self._arrange)
        self._add_sort()
        self._add_size()
        self.content.addLayout(self._stack, 1)

    def _spoken(self, record: PersonRecord) -> str:
        """What a screen reader says of a card."""
        return f"{record.name or self.tr('Who is this?')}, {counted(record)}"

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the people that are selected."""
        chosen = len(self.grid.selectionModel().selectedIndexes())
        possible: dict[str, Callable[[], None]] = {"find": self.search.setFocus}
        if chosen == 1:
            possible |= {"rename": self._rename, "open": self._open_current}
        if chosen:
            possible["hide"] = self._hide
        if chosen > 1:
            possible["merge"] = self._merge_selected
        return possible

    def shown(self) -> None:
        """Put everybody in order, and see who is there."""
        self._settled = False
        if self.environment.roster.complete:
            self._come(None)
        self.environment.roster.refresh()

    def reload(self) -> None:
        """Read who is there."""
        self.environment.roster.read()

    def _come(self, concerned: Collection[PersonId] | None) -> None:
        """Show who is there by now.

        Args:
            concerned: Those of whom something has changed; None for everybody.
        """
        if concerned is not None and not self.isVisible():
            return  # all is put in order when the place is shown
        roster = self.environment.roster
        self._records = {number: record for number, record in roster.records.items() if not record.hidden}
        self.card.set_names(roster.names)
        if not self._settled:
            self._arrange()
        elif concerned is not None and all(map(self._stays, concerned)):
            self.model.amend([self._records[number] for number in concerned])
            self.grid.watch_seen()
        else:
            self._update()

    def _stays(self, person: PersonId) -> bool:
        return person in self._records and self.model.index_of(person).isValid()

    def _arrange(self) -> None:
        """Put everybody in order."""
        self._settled = True
        searched = self.search.text().casefold()
        fitting = [record for record in self._records.values() if searched in (record.name or "").casefold()]
        named = sorted((r for r in fitting if r.name), key=_order(self.sort.currentData()))
        unnamed = sorted((r for r in fitting if not r.name), key=lambda r: (-r.faces, r.id))
        self._sections = {
            self.tr("People") if unnamed else "": [record.id for record in named],
            self.tr("Who is this?"): [record.id for record in unnamed],
        }
        self.model.refresh(self._filled())
        self._stack.setCurrentWidget(self.grid if self._records else self._empty)
        self.grid.watch_seen()

    def _update(self) -> None:
        """Everybody stays where they are; who is new comes last in their section."""
        known = {number for ids in self._sections.values() for number in ids}
        if not self.search.text():
            for record in self._records.values():
                if record.id not in known:
                    self._sections[self._section_of(record)].append(record.id)
        self.model.refresh(self._filled())
        self._stack.setCurrentWidget(self.grid if self._records else self._empty)
        self.grid.watch_seen()

    def _filled(self) -> dict[str, list[PersonRecord]]:
        return {
            title: [self._records[number] for number in ids if number in self._records]
            for title, ids in self._sections.items()
        }

    def _section_of(self, record: PersonRecord) -> str:
        named, unnamed = self._sections
        return named if record.name else unnamed

    def _want_faces(self, rows: range) -> None:
        records = self.grid.records_near(rows, len(rows) // 2)
        self.environment.thumbnails.want(("face", r.key_face) for r in records if r.key_face is not None)

    def _repaint(self) -> None:
        self.grid.viewport().update()

    def _clicked(self, index: QModelIndex) -> None:
        """A click on the name edits it."""
        place = self.grid.viewport().mapFromGlobal(self.grid.cursor().pos())
        if self.card.name_rect(self.grid.visualRect(index)).contains(place):
            self._edit()

    def _typed(self, text: str) -> None:
        """A letter on a group without a name begins its name."""
        index = self.grid.currentIndex()
        if index.isValid() and self.model.record(index).name is None:
            editor = self._edit()
            if editor is not None:
                begin_typing(editor, text)
        else:
            self.grid.keyboardSearch(text)

    def _edit(self) -> QLineEdit | None:
        index = self.grid.currentIndex()
        if not index.isValid():
            return None
        self.grid.scrollTo(index)
        self.grid.edit(index)
        editor = self.grid.indexWidget(index)
        return editor if isinstance(editor, QLineEdit) else None

    def _rename(self) -> None:
        self._edit()

    def _name(self, number: int, text: str) -> None:
        record = self._records.get(number)
        if record is None:
            return
        library = self.environment.library
        # Whoever types a name that is there means that person; undo is one key away.
        work = partial(library.people.name, PersonId(number), text, same=True)
        self.decide(work)

    def _next_unnamed(self, number: int) -> None:
        """Go on to the next group without a name."""
        index = self.model.index_of(number)
        rows = range(index.row() + 1 if index.isValid() else 0, len(self.model.records))
        following = next((row for row in rows if self.model.records[row].name is None), None)
        if following is not None:
            self.grid.select_ids([self.model.records[following].id])
            self._edit()

    def _merge_selected(self) -> None:
        self._merge([PersonId(number) for number in self.grid.selected_ids()])

    def _dropped(self, ids: Sequence[int], target: int) -> None:
        others = [number for number in ids if number != target]
        if others:
            self._merge([PersonId(target), *map(PersonId, others)], ask=True)

    def _merge(self, people: list[PersonId], *, ask: bool = False) -> None:
        records = [self._records[person] for person in people if person in self._records]
        answer = ask_name(self, records, self.environment.thumbnails, always=ask)
        if answer is not None:
            work = partial(self.environment.library.people.merge, [r.id for r in records], name=answer or None)
            self.decide(work)

    def _hide(self) -> None:
        people = [PersonId(number) for number in self.grid.selected_ids()]
        self.decide(partial(self.environment.library.people.hide, people))

    def _open(self, index: QModelIndex) -> None:
        record: PersonRecord = index.data(RECORD)
        self.left_for.emit("person", record.id)

    def _open_current(self) -> None:
        self._open(self.grid.currentIndex())

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for name in ("rename", "open", "merge", "hide"):
            menu.addAction(self.environment.actions[name])
        menu.exec(place)

    def _add_sort(self) -> None:
        self.sort = QComboBox()
        self.sort.setAccessibleName(self.tr("Order"))
        for text, kind in (
            (self.tr("By name"), "name"),
            (self.tr("By photos"), "count"),
            (self.tr("Newest"), "newest"),
        ):
            self.sort.addItem(text, kind)
        self.sort.currentIndexChanged.connect(self._arrange)
        self.tools.addWidget(self.sort)

    def _add_size(self) -> None:
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setAccessibleName(self.tr("Size of the faces"))
        self.size_slider.setRange(*_SIZES)
        self.size_slider.setValue(theme.CARD_FACE)
        self.size_slider.setFixedWidth(14 * theme.UNIT)
        self.size_slider.valueChanged.connect(self._resize_cards)
        self.tools.addWidget(self.size_slider)

    def _resize_cards(self, pixels: int) -> None:
        self.card.set_face(pixels)
        self.grid.set_cell(self.card.cell)
