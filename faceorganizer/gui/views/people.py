"""Everybody: named people first, then groups that wait for a name."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QSlider,
    QStackedLayout,
    QWidget,
)

from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.people import PersonRecord, clean_name
from faceorganizer.gui import theme
from faceorganizer.gui.delegates.faces import PersonCard, counted
from faceorganizer.gui.dialogs.merge import ask_name
from faceorganizer.gui.dialogs.strangers import StrangersDialog
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.models.records import RECORD, RecordModel
from faceorganizer.gui.views.bar import ActionBar
from faceorganizer.gui.views.blank import BlankPage
from faceorganizer.gui.views.grid import GridView
from faceorganizer.gui.views.names import begin_typing, known_names
from faceorganizer.gui.views.place import Place

_SIZES: Final = (96, 240)  # pixels of a face
_ON_PEOPLE: Final = ("open", "rename", "merge", "hide", "unhide")
_ON_SEVERAL: Final = ("merge", "hide", "unhide")


def _order(kind: str) -> Callable[[PersonRecord], Any]:
    if kind == "count":
        return lambda record: (-record.photos, record.id)
    if kind == "newest":
        return lambda record: -record.id
    return lambda record: ((record.name or "").casefold(), record.id)


def _by_size(record: PersonRecord) -> tuple[int, int]:
    return -record.faces, record.id


class PeoplePlace(Place):
    """A grid of people. Naming, merging and hiding happen here; a person stays where it is meanwhile."""

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.heading.setText(self.tr("People"))
        self._records: dict[int, PersonRecord] = {}
        self._sections: dict[str, list[int]] = {}
        self._settled = False
        self._letters = ""
        self._typing = QElapsedTimer()
        self.model: RecordModel[PersonRecord] = RecordModel(
            lambda record: record.id, _described, editable=True, parent=self
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
        self.grid.selectionModel().selectionChanged.connect(self._selection_changed)
        environment.thumbnails.ready.connect(self._repaint)
        environment.roster.changed.connect(self._come)
        self.card.named.connect(self._name)
        self.card.submitted.connect(self._next_unnamed)
        self.search = self.add_search(self.tr("Search names"))
        self.search.textChanged.connect(self._arrange)
        self._add_hidden()
        self._add_sort()
        self._add_size()
        self._add_pages()
        self.bar = ActionBar([environment.actions[name] for name in _ON_SEVERAL])
        self.content.addWidget(self.bar)
        for before, after in pairwise((self.search, self.hidden, self.sort, self.size_slider, self.grid, self.bar)):
            self.setTabOrder(before, after)

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the people that are selected."""
        chosen = [self._records[number] for number in self.grid.selected_ids() if number in self._records]
        possible: dict[str, Callable[[], None]] = {"find": self._find, "hide-small": self._hide_small}
        if len(chosen) == 1:
            possible |= {"rename": self._rename, "open": self._open_current}
            if (face := chosen[0].key_face) is not None:
                possible["similar"] = partial(self.left_for.emit, "similar", face)
        if len(chosen) > 1:
            possible["merge"] = self._merge_selected
        if any(not record.hidden for record in chosen):
            possible["hide"] = self._hide
        if any(record.hidden for record in chosen):
            possible["unhide"] = self._unhide
        return possible

    def shown(self) -> None:
        """Put everybody in order, and see who is there."""
        self._settled = False
        if self.environment.roster.current:  # or else it comes soon
            self._come(None)
        self.environment.roster.refresh()
        self.grid.setFocus()

    def reload(self) -> None:
        """Read who is there."""
        self.environment.roster.read()

    def _come(self, concerned: Collection[PersonId] | None) -> None:
        """Show who is there by now.

        Args:
            concerned: Those of whom something has changed; None for everybody.
        """
        if self._settled and not self.isVisible():
            return  # all is put in order when the place is shown
        roster = self.environment.roster
        self._records = {number: record for number, record in roster.records.items()}  # noqa: C416 - ids by number
        self.card.set_names(known_names(roster))
        self._offer_hidden()
        if not self._settled:
            self._arrange()
            self._settled = roster.current
        elif concerned is not None and all(map(self._stays, concerned)):
            self.model.amend([self._records[number] for number in concerned])
            self.grid.watch_seen()
        else:
            self._update()

    def _offer_hidden(self) -> None:
        hidden = sum(record.hidden for record in self._records.values())
        self.hidden.setVisible(hidden > 0)
        self.hidden.setText(self.tr("Hidden (%n)", "", hidden))
        if not hidden:
            self.hidden.setChecked(False)

    def _stays(self, person: PersonId) -> bool:
        record = self._records.get(person)
        shown = record is not None and (not record.hidden or self.hidden.isChecked())
        return shown and self.model.index_of(person).isValid()

    def _arrange(self) -> None:
        """Put everybody in order."""
        self._settled = True
        searched = self.search.text().casefold()
        fitting = [record for record in self._records.values() if searched in (record.name or "").casefold()]
        present = [record for record in fitting if not record.hidden]
        named = sorted((r for r in present if r.name), key=_order(self.sort.currentData()))
        unnamed = sorted((r for r in present if not r.name), key=_by_size)
        away = sorted((r for r in fitting if r.hidden and self.hidden.isChecked()), key=_by_size)
        self._sections = {
            self.tr("People") if unnamed or away else "": [record.id for record in named],
            self.tr("Who is this?"): [record.id for record in unnamed],
            self.tr("Hidden"): [record.id for record in away],
        }
        self._refresh()

    def _update(self) -> None:
        """Everybody stays where they are; who is new comes last in their section."""
        known = {number for ids in self._sections.values() for number in ids}
        if not self.search.text():
            for record in self._records.values():
                if record.id not in known and (self.hidden.isChecked() or not record.hidden):
                    self._sections[self._section_of(record)].append(record.id)
        self._refresh()

    def _refresh(self) -> None:
        self.model.refresh(self._filled())
        page: QWidget = self.grid
        if not self.model.records:
            page = self._nobody if not self._records else self._all_hidden if not self.search.text() else self._unfound
            self._unfound.tell(self.tr("Nobody is named “{text}”").format(text=self.search.text()), "")
        self._stack.setCurrentWidget(page)
        self.grid.watch_seen()
        self._selection_changed()

    def _filled(self) -> dict[str, list[PersonRecord]]:
        """The sections; whoever was hidden meanwhile is gone, unless hidden people are shown."""
        shown = self._records if self.hidden.isChecked() else {n: r for n, r in self._records.items() if not r.hidden}
        return {title: [shown[number] for number in ids if number in shown] for title, ids in self._sections.items()}

    def _section_of(self, record: PersonRecord) -> str:
        named, unnamed, hidden = self._sections
        return hidden if record.hidden else named if record.name else unnamed

    def _want_faces(self, rows: range) -> None:
        records = self.grid.records_near(rows, len(rows) // 2)
        self.environment.thumbnails.want(("face", r.key_face) for r in records if r.key_face is not None)

    def _repaint(self) -> None:
        self.grid.viewport().update()

    def _selection_changed(self) -> None:
        chosen = len(self.grid.selectionModel().selectedIndexes())
        self.bar.rise(chosen if chosen > 1 else 0)  # one person is opened, named or dragged where it is
        self.possible.emit()

    def _clicked(self, index: QModelIndex) -> None:
        """A click on the name edits it."""
        place = self.grid.viewport().mapFromGlobal(self.grid.cursor().pos())
        alone = len(self.grid.selectionModel().selectedIndexes()) == 1
        if alone and self.card.name_rect(self.grid.visualRect(index)).contains(place):
            self._edit()

    def _typed(self, text: str) -> None:
        """A letter on a group without a name begins its name; elsewhere it goes to whose name begins so."""
        index = self.grid.currentIndex()
        if index.isValid() and self.model.record(index).name is None:
            written = self.grid.indexWidget(index)
            editor = written if isinstance(written, QLineEdit) else self._edit()
            if editor is not None:
                begin_typing(editor, text if written is None else editor.text() + text)
        else:
            self._jump(text)

    def _jump(self, text: str) -> None:
        """Go to the next person whose name begins with the letters that were typed in one go."""
        going_on = self._typing.isValid() and self._typing.elapsed() < QApplication.keyboardInputInterval()
        self._letters = self._letters + text.casefold() if going_on else text.casefold()
        self._typing.restart()
        records, start = self.model.records, self.grid.currentIndex().row() + (not going_on)
        rows = [*range(max(start, 0), len(records)), *range(max(start, 0))]
        found = next((row for row in rows if (records[row].name or "").casefold().startswith(self._letters)), None)
        if found is not None:
            self.grid.select_ids([records[found].id])

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
        if text:
            self.card.offer(text)  # the next name is begun before this one is in the library
        # Seen at once, so that letters typed meanwhile do not begin another name of the same group.
        self._records[number] = replace(record, name=clean_name(text))
        self._refresh()
        # Whoever types a name that is there means that person; undo is one key away.
        self.decide(partial(self.environment.library.people.name, PersonId(number), text, same=True))

    def _next_unnamed(self, number: int) -> None:
        """Go on to the next group without a name; after a person who had one, nowhere."""
        index = self.model.index_of(number)
        rows = range(index.row() + 1 if index.isValid() else 0, len(self.model.records))
        following = next((row for row in rows if self._is_open(self.model.records[row])), None)
        self.grid.setFocus()
        if following is not None:
            # With the line below it: messages cover the lowest one.
            self.grid.scrollTo(self.model.index(min(following + self.grid.columns, len(self.model.records) - 1)))
            self.grid.select_ids([self.model.records[following].id])
            self._edit()

    @staticmethod
    def _is_open(record: PersonRecord) -> bool:
        return record.name is None and not record.hidden

    def _merge_selected(self) -> None:
        self._merge([PersonId(number) for number in self.grid.selected_ids()])

    def _dropped(self, ids: Sequence[int], target: int) -> None:
        others = [number for number in ids if number != target]
        if others:
            self._merge([PersonId(target), *map(PersonId, others)], ask=True)

    def _merge(self, people: list[PersonId], *, ask: bool = False) -> None:
        records = [self._records[person] for person in people if person in self._records]
        answer = ask_name(self, records, self.environment.thumbnails, always=ask)
        self.grid.watch_seen()  # the dialog asked for other pictures
        if answer is not None:
            work = partial(self.environment.library.people.merge, [r.id for r in records], name=answer or None)
            self.decide(work)

    def _hide(self) -> None:
        self.decide(partial(self.environment.library.people.hide, self._chosen(hidden=False)))

    def _unhide(self) -> None:
        self.decide(partial(self.environment.library.people.restore, self._chosen(hidden=True)))

    def _chosen(self, *, hidden: bool) -> list[PersonId]:
        numbers = self.grid.selected_ids()
        return [PersonId(n) for n in numbers if n in self._records and self._records[n].hidden is hidden]

    def _hide_small(self) -> None:
        dialog = StrangersDialog(list(self._records.values()), self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.decide(partial(self.environment.library.people.hide_groups_below, dialog.below.value()))

    def _open(self, index: QModelIndex) -> None:
        record: PersonRecord = index.data(RECORD)
        self.left_for.emit("person", record.id)

    def _open_current(self) -> None:
        (number,) = self.grid.selected_ids()
        self.left_for.emit("person", number)

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for name in (*_ON_PEOPLE, "similar"):
            menu.addAction(self.environment.actions[name])
        menu.addSeparator()
        menu.addAction(self.environment.actions["hide-small"])
        menu.exec(place)

    def _show_hidden(self) -> None:
        self.hidden.setChecked(True)

    def _add_pages(self) -> None:
        """The grid, and what is said while there is nobody to show."""
        add, clear, show = (QPushButton(), QPushButton(self.tr("Show Everybody")), QPushButton())
        action = self.environment.actions["add-folder"]
        add.setText(action.text())
        add.clicked.connect(action.trigger)
        clear.clicked.connect(self.search.clear)
        show.setText(self.tr("Show Hidden People"))
        show.clicked.connect(self._show_hidden)
        self._nobody = BlankPage(
            self.tr("Nobody here yet"), self.tr("People appear here while a folder of photos is scanned."), (add,)
        )
        self._unfound = BlankPage(buttons=(clear,))
        self._all_hidden = BlankPage(
            self.tr("Everybody is hidden"), self.tr("New people appear here when photos are scanned."), (show,)
        )
        self._stack = QStackedLayout()
        for page in (self.grid, self._nobody, self._unfound, self._all_hidden):
            self._stack.addWidget(page)
        self.content.addLayout(self._stack, 1)

    def _add_hidden(self) -> None:
        self.hidden = QPushButton()
        self.hidden.setCheckable(True)
        self.hidden.setStatusTip(self.tr("Show hidden people as well"))
        self.hidden.toggled.connect(self._arrange)
        self.hidden.hide()
        self.tools.addWidget(self.hidden)

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
        self.size_slider.setSingleStep(theme.UNIT)
        self.size_slider.setPageStep(4 * theme.UNIT)
        self.size_slider.setValue(theme.CARD_FACE)
        self.size_slider.setFixedWidth(14 * theme.UNIT)
        self.size_slider.valueChanged.connect(self._resize_cards)
        self.tools.addWidget(self.size_slider)

    def _resize_cards(self, pixels: int) -> None:
        self.card.set_face(pixels)
        self.grid.set_cell(self.card.cell)


def _described(record: PersonRecord) -> str:
    """Somebody in words, for screen readers."""
    name = record.name or QCoreApplication.translate("people", "Who is this?")
    return f"{name}, {counted(record)}"
