"""One person: faces, photos, years, and who is in the photos as well."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError, UnknownIdError
from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.people import PersonRecord
from faceorganizer.domain.pictures import PhotoRecord
from faceorganizer.domain.review import IsPerson
from faceorganizer.domain.sightings import Companion, Sighting, photos_by_year
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.delegates.companions import CompanionCard
from faceorganizer.gui.delegates.photos import PhotoTile
from faceorganizer.gui.dialogs.choose import ask_name_of_faces
from faceorganizer.gui.dialogs.details import DetailsDialog
from faceorganizer.gui.dialogs.parts import PartsDialog
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.models.photos import Arrangement, in_sections
from faceorganizer.gui.models.records import RECORD, Passage, RecordModel
from faceorganizer.gui.reading import Reading
from faceorganizer.gui.thumbnails import Key
from faceorganizer.gui.views.bar import ActionBar
from faceorganizer.gui.views.blank import BlankPage
from faceorganizer.gui.views.faces import FaceGrid, confirmed
from faceorganizer.gui.views.grid import GridView
from faceorganizer.gui.views.names import known_names
from faceorganizer.gui.views.place import Place
from faceorganizer.gui.views.profile import Profile
from faceorganizer.gui.views.rows import RowsView
from faceorganizer.gui.views.timeline import YearBar, by_day, by_year, first_row_of, photo_of, photos_in_years

FACES, PHOTOS, TIMELINE, WITH = range(4)
_ON_FACES: Final = ("confirm", "reject", "move", "split", "key-face", "ignore", "not-a-face")
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
ROW_HEIGHT: Final = 20 * theme.UNIT
_CALM_MS: Final = 300  # without a change, before it is looked again who else may be this person
_MOST_FOUND: Final = 300  # faces that "find more" shows


@dataclass(frozen=True, slots=True)
class _Asked:
    """How the faces were to be shown when they were read.

    Attributes:
        dated: By year, or else those to check first.
        suggested: Faces that may be this person's, too.
    """

    dated: bool
    suggested: Sequence[Sighting]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A person, and all that can be made ready beside the GUI thread.

    Attributes:
        asked: For which the faces were made ready.
        suggested: Of those, who is not this person by now.
        faces: What leads to the faces from those that were shown.
        photos: All of them, the newest first.
        years: The same by year.
        counts: Photos of each year.
    """

    person: PersonRecord
    sightings: Sequence[Sighting]
    asked: _Asked
    suggested: Sequence[Sighting]
    faces: Passage[Sighting]
    photos: Arrangement
    years: Arrangement
    counts: Mapping[int, int]


class PersonPlace(Place):
    """Everything of a person, and what can be done with the faces."""

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.person: PersonId | None = None
        self.record: PersonRecord | None = None
        self._sightings: Sequence[Sighting] = ()
        self._photos = self._rows = self._years = Arrangement()
        self._counts: Mapping[int, int] = {}
        self._suggested: Sequence[Sighting] = ()
        self._together: PersonRecord | None = None
        self._both: frozenset[ContentId] = frozenset()
        self._said_name = ""
        self._reading = Reading(environment.background, self._come, self._gone, self)
        self._reading_others = Reading(environment.background, self._others_come, self._not_found, self)
        self._looking = Reading(environment.background, self._suggested_come, self._not_found, self)
        self._build_head()
        self._build_pages()
        self.bar = ActionBar([environment.actions[name] for name in _ON_FACES])
        self.content.addWidget(self.bar)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MS)
        self._calm.timeout.connect(self._read_suggested)
        environment.thumbnails.ready.connect(self._repaint)

    @property
    def photos(self) -> list[ContentId]:
        """The photos that are shown, in their order."""
        page = self.tabs.currentIndex()
        if page in (PHOTOS, TIMELINE):
            return (self.photo_rows if page == PHOTOS else self.timeline).photos.photos
        return list(dict.fromkeys(sighting.photo for sighting in self.model.records))

    def visit(self, number: int, others: Sequence[ContentId]) -> None:
        """Show a person."""
        self.show_person(PersonId(number))

    def show_person(self, person: PersonId) -> None:
        """Show another person."""
        if person != self.person:
            self.person, self.record = person, None
            self._sightings = self._suggested = ()
            self._photos = self._years = Arrangement()
            self._counts = {}
            self._forget_companion()
            self.profile.clear()
            self.strip.hide()
            self.tabs.setCurrentIndex(FACES)
            for model in (self.model, self.companions):
                model.reset({})
            for rows in (self.photo_rows, self.timeline):
                rows.show_arrangement(Arrangement(), stay=False)
        self.reload()
        self.grid.setFocus()

    def shown(self) -> None:
        """Read the faces."""
        self.reload()

    def reload(self) -> None:
        """Read the faces again."""
        if self.person is not None:
            self._reading.ask(partial(self._read, self.person, _Asked(self._dated, self._suggested)))

    def changed(self, changes: ChangeSet) -> None:
        """Read again when this person or faces have changed."""
        if self.isVisible() and (changes.of("face") or changes.of("person")):
            self.reload()

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the person, and with the faces that are selected."""
        possible: dict[str, Callable[[], None]] = {}
        if self.record is None:
            return possible
        possible |= {"rename": self.profile.edit_name, "details": self._edit_details, "break-up": self._break_up}
        possible["unhide" if self.record.hidden else "hide"] = self._unhide if self.record.hidden else self._hide
        if self.record.name is not None:
            possible["find-more"] = self._find_more
        page = self.tabs.currentIndex()
        if page == WITH and self.with_grid.selected_ids():
            possible["open"] = self._open_companion
        chosen = len(self._chosen())
        if chosen:
            possible |= {
                "confirm": self._confirm,
                "reject": self._reject,
                "move": self._move,
                "ignore": self._ignore,
                "not-a-face": self._not_a_face,
            }
        if chosen == 2:
            possible["compare"] = self._compare
        if chosen == 1:
            possible["similar"] = partial(self.left_for.emit, "similar", self._chosen()[0])
        if own := len(self._own()):
            possible["split"] = self._split
            possible |= {"key-face": self._key_face} if own == chosen == 1 else {}
        return possible

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter confirms faces that wait for it; on others it opens the photo."""
        if watched is not self.grid or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        waiting = event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if waiting and not all(confirmed(sighting) for sighting in self._chosen_sightings()):
            self._confirm()
            return True
        return False

    # What is read, in the background.

    def _read(self, person: PersonId, asked: _Asked) -> _Shown:
        people = self.environment.library.people
        record, sightings = people.get(person), people.sightings(person)
        # Put in order here: those of somebody in thousands of photos would hold the window up.
        held = {sighting.face for sighting in sightings}
        suggested = [sighting for sighting in asked.suggested if sighting.face not in held]
        return _Shown(
            record,
            sightings,
            asked,
            suggested,
            self.model.prepare(self._in_sections(record, sightings, suggested, dated=asked.dated)),
            _newest_first(sightings),
            photos_in_years(sightings),
            photos_by_year(sightings),
        )

    def _come(self, shown: _Shown) -> None:
        if shown.person.id != self.person:
            return
        self.record, self._sightings = shown.person, shown.sightings
        self._photos, self._years, self._counts = shown.photos, shown.years, shown.counts
        self.heading.setText(shown.person.name or self.tr("Who is this?"))
        self.profile.show_person(shown.person, shown.sightings)
        if shown.asked.dated == self._dated and shown.asked.suggested is self._suggested:
            self._suggested = shown.suggested
            self.model.follow(shown.faces)
            self.grid.watch_seen()
        else:  # something else is wanted by now
            held = {sighting.face for sighting in shown.sightings}
            self._suggested = [sighting for sighting in self._suggested if sighting.face not in held]
            self._arrange()
        self._choose_photos()
        self._show_page()
        self._calm.start()
        # Looked for after the faces, which nobody should wait for longer than it takes to read them.
        self._reading_others.ask(partial(self._read_others, shown.person.id))

    def _read_others(self, person: PersonId) -> tuple[PersonId, Sequence[Companion]]:
        return person, self.environment.library.people.companions(person)

    def _others_come(self, answer: tuple[PersonId, Sequence[Companion]]) -> None:
        person, others = answer
        if person != self.person:
            return
        self.with_card.together = {other.person.id: other.together for other in others}
        self.companions.refresh({"": [other.person for other in others]})
        if self.tabs.currentIndex() == WITH:
            self._show_page()

    def _gone(self, error: FaceOrganizerError) -> None:
        """Merged into somebody, or the last face has gone."""
        if not isinstance(error, UnknownIdError):
            self.told.emit(plain(error))
        elif self._said_name:
            work = partial(self.environment.library.people.find, self._said_name)
            self.environment.background.read(work, self._go_on, self._lost)
        else:
            self._lost(error)

    def _go_on(self, person: PersonRecord) -> None:
        """The name that was typed is somebody's who is there already."""
        self._said_name = ""
        self.left_for.emit("person", person.id)

    def _lost(self, _error: FaceOrganizerError) -> None:
        self.left_for.emit("people", 0)

    def _read_suggested(self) -> None:
        if self.record is not None and self.isVisible():
            work = partial(_suggested_faces, self.environment, self.record)
            self._looking.ask(work)

    def _suggested_come(self, answer: tuple[PersonId, Sequence[Sighting]]) -> None:
        person, suggested = answer
        if person == self.person and self.record is not None:
            names = known_names(self.environment.roster)
            self.profile.offer([name for name in names if name != self.record.name])
            self._suggested = suggested
            self._arrange()
            self._show_strip()

    def _not_found(self, error: FaceOrganizerError) -> None:
        """Whoever was looked for is gone, which the other reading tells; nothing else can be wrong with it."""
        if not isinstance(error, UnknownIdError):
            self.told.emit(plain(error))

    # What is shown.

    @property
    def _dated(self) -> bool:
        return self.order.currentIndex() == 1

    def _arrange(self) -> None:
        """Put the faces in order."""
        if self.record is not None:
            sections = self._in_sections(self.record, self._sightings, self._suggested, dated=self._dated)
            self.model.refresh(sections)
            self.grid.watch_seen()

    def _in_sections(
        self, person: PersonRecord, sightings: Sequence[Sighting], suggested: Sequence[Sighting], *, dated: bool
    ) -> dict[str, Sequence[Sighting]]:
        """Faces by heading; on any thread."""
        sections: dict[str, Sequence[Sighting]]
        if dated:
            newest = sorted(sightings, key=lambda s: s.face, reverse=True)
            years = dict(reversed(by_year([s for s in newest if s.taken is not None]).items()))
            sections = {year: faces[::-1] for year, faces in years.items()}
            if undated := [sighting for sighting in newest if sighting.taken is None]:
                sections[self.tr("Without a date")] = undated
        else:
            said = [sighting for sighting in sightings if confirmed(sighting)]
            guessed = [sighting for sighting in sightings if not confirmed(sighting)]
            sections = {self.tr("To check") if said else "": guessed}
            sections[self.tr("Confirmed") if guessed else self.tr("Faces")] = said
        if suggested:
            sections[self.tr("May be {name}").format(name=person.name)] = list(suggested)
        return sections

    def _choose_photos(self) -> None:
        """All photos, or those with somebody else."""
        self._rows = self._photos
        if self._together is not None:
            self._rows = _newest_first([sighting for sighting in self._sightings if sighting.photo in self._both])
        self._fill_page()

    def _fill_page(self) -> None:
        """Lay out photos only where they are seen: those of somebody in thousands take a while."""
        page = self.tabs.currentIndex()
        if page == PHOTOS:
            self.photo_rows.show_arrangement(self._rows)
        elif page == TIMELINE:
            self.timeline.show_arrangement(self._years)
            self.years.show_years(self._counts)

    def _show_strip(self) -> None:
        count = len(self._suggested)
        name = self.record.name if self.record is not None else None
        self.strip.setVisible(bool(count and name))
        self._strip_button.setText(self.tr("%n more face(s) may be {name}", "", count).format(name=name))

    def _show_page(self) -> None:
        """Show the page of a tab, or what stands for it while it is empty."""
        page = self.tabs.currentIndex()
        self._fill_page()
        grid, blank = self._pages[page]
        empty = not grid.records.rowCount() and self.record is not None
        self.stack.setCurrentWidget(blank if empty else self._holders[page])
        self.order.setVisible(page == FACES)
        self.bar.rise(len(self._chosen()))
        grid.watch_seen()
        self.possible.emit()

    def _want(self) -> None:
        keys: list[Key] = [] if self.profile.portrait.face is None else [("face", self.profile.portrait.face)]
        page = self.tabs.currentIndex()
        if page == WITH:
            rows = self.with_grid.visible_rows()
            near = self.with_grid.records_near(rows, len(rows))
            keys += [("face", person.key_face) for person in near if person.key_face is not None]
        elif page == FACES:
            keys += self.grid.wanted
        else:
            view = self.photo_rows if page == PHOTOS else self.timeline
            rows = view.visible_rows()
            keys += [("photo", record.photo) for record in view.records_near(rows, len(rows))]
        self.environment.thumbnails.want(keys)

    def _repaint(self) -> None:
        for view in (self.with_grid, self.photo_rows, self.timeline):
            view.viewport().update()

    def _selection_changed(self) -> None:
        self.bar.rise(len(self._chosen()))
        self.possible.emit()

    # What is done.

    def _chosen(self) -> list[FaceId]:
        if self.tabs.currentIndex() != FACES:
            return []
        return [FaceId(number) for number in self.grid.selected_ids()]

    def _chosen_sightings(self) -> list[Sighting]:
        return [self.model.record(self.model.index_of(face)) for face in self._chosen()]

    def _own(self) -> list[FaceId]:
        """The chosen faces that are this person's."""
        return [sighting.face for sighting in self._chosen_sightings() if sighting.person == self.person]

    def _confirm(self) -> None:
        if faces := self._chosen():
            # Seen at once; where the library refuses it, everything is read again.
            said = [sighting for sighting in self._chosen_sightings() if not confirmed(sighting)]
            self.model.amend([replace(s, person=self.person, assignment=AssignmentSource.CONFIRMED) for s in said])
            self.decide(partial(self.environment.library.faces.confirm, faces, self.person))

    def _reject(self) -> None:
        self.decide(partial(self.environment.library.faces.reject, self._chosen(), self.person))

    def _split(self) -> None:
        own, person = self._own(), self.person
        if own and person is not None:
            self.decide(partial(self.environment.library.people.split, person, own))

    def _move(self, begun: str = "") -> None:
        faces = self._chosen()
        name = ask_name_of_faces(self, self.environment, len(faces), without=self.person, begun=begun)
        if name is not None:
            self.decide(partial(self.environment.library.people.name_faces, faces, name, same=True))

    def _typed(self, text: str) -> None:
        """A letter begins the name of the faces that are selected, or of a group that has none yet."""
        if self._chosen():
            self._move(text)
        elif self.record is not None and self.record.name is None:
            self.profile.edit_name(text)

    def _key_face(self) -> None:
        own = self._own()
        if self.person is not None and own:
            self.decide(partial(self.environment.library.people.key_face, self.person, own[0]))

    def _compare(self) -> None:
        """Compare the two chosen faces; the one that is less sure on the right."""
        first, second = sorted(self._chosen_sightings(), key=_doubt)
        self.compare(first.face, second.face)
        self._comparison.finished.connect(self._want)  # the dialog asked for other pictures

    def _ignore(self) -> None:
        self.decide(partial(self.environment.library.faces.ignore, self._chosen()))

    def _not_a_face(self) -> None:
        self.decide(partial(self.environment.library.faces.not_a_face, self._chosen()))

    def _name(self, text: str) -> None:
        if self.person is not None:
            self._said_name = text
            self.decide(partial(self.environment.library.people.name, self.person, text, same=True))

    def _hide(self) -> None:
        if self.person is not None:
            self.decide(partial(self.environment.library.people.hide, [self.person]))

    def _unhide(self) -> None:
        if self.person is not None:
            self.decide(partial(self.environment.library.people.restore, [self.person]))

    def _edit_details(self) -> None:
        if self.record is None:
            return
        record, dialog = self.record, DetailsDialog(self.record, self)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        people = self.environment.library.people
        if dialog.birth_date != record.birth_date:
            self.decide(partial(people.birth_date, record.id, dialog.birth_date))
        if dialog.note.toPlainText().strip() != record.note:
            self.decide(partial(people.note, record.id, dialog.note.toPlainText()))

    def _break_up(self) -> None:
        if self.record is not None:
            self._parts = PartsDialog(self.environment, self.record, self)
            self._parts.accepted.connect(self._broken_up)
            self._parts.finished.connect(self._parts.deleteLater)
            self._parts.finished.connect(self._want)  # the dialog asked for other pictures
            self._parts.open()

    def _broken_up(self) -> None:
        if self.person is not None and (parts := self._parts.chosen):
            self.decide(partial(self.environment.library.people.break_up, self.person, parts))

    def _find_more(self) -> None:
        """Show also those who are less like this person than is worth asking."""
        if self.record is not None:
            self.environment.background.read(partial(_found_more, self.environment, self.record), self._found)

    def _found(self, answer: tuple[PersonId, Sequence[Sighting]]) -> None:
        person, self._suggested = answer
        if person != self.person or self.record is None:
            return
        self.tabs.setCurrentIndex(FACES)
        self._arrange()
        self._show_strip()
        if self._suggested:
            self.grid.select_ids([self._suggested[0].face])
            self.grid.scrollTo(self.grid.currentIndex(), GridView.ScrollHint.PositionAtTop)
            self.grid.setFocus()
        else:
            self.told.emit(self.tr("No other face looks like {name}.").format(name=self.record.name))

    def _review(self) -> None:
        if self.person is not None:
            self.left_for.emit("review", self.person)

    # Photos, years and others.

    def _open(self, index: QModelIndex) -> None:
        seen: Sighting | PhotoRecord = index.data(RECORD)
        if seen.photo is not None:
            self.left_for.emit("photo", seen.photo)

    def _go_to_year(self, year: int) -> None:
        photos = self.timeline.photos
        row = first_row_of(year, [(section.title, section.count) for section in photos.sections])
        if row is not None:
            self.timeline.scrollTo(photos.index(row), GridView.ScrollHint.PositionAtTop)

    def _show_together(self, index: QModelIndex) -> None:
        """The photos of both."""
        other: PersonRecord = index.data(RECORD)
        work = partial(_photos_with, self.environment, other)
        self.environment.background.read(work, self._together_come)

    def _together_come(self, answer: tuple[PersonRecord, frozenset[ContentId]]) -> None:
        self._together, self._both = answer
        name = self._together.name or self.tr("Who is this?")
        self.chip.setText(self.tr("with {name}  ✕").format(name=name))
        self.chip.setAccessibleName(self.tr("Show the photos without {name} as well").format(name=name))
        self.chip.show()
        self._choose_photos()
        self.tabs.setCurrentIndex(PHOTOS)

    def _forget_companion(self) -> None:
        self._together = None
        self.chip.hide()
        self._choose_photos()

    def _open_companion(self) -> None:
        (first, *_) = self.with_grid.selected_ids()
        self.left_for.emit("person", first)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for name in (*_ON_FACES, "compare", "similar"):
            menu.addAction(self.environment.actions[name])
        menu.exec(place)

    def _show_companion_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        both = menu.addAction(self.tr("Photos of Both"))
        both.triggered.connect(lambda: self._show_together(self.with_grid.currentIndex()))
        menu.addAction(self.environment.actions["open"])
        menu.exec(place)

    # How it is built.

    def _build_head(self) -> None:
        self.heading.hide()  # the name is in the profile
        self.profile = Profile(self.environment.thumbnails)
        self.profile.named.connect(self._name)
        self.profile.details_wanted.connect(self._edit_details)
        self.tools.insertWidget(0, self.profile)
        for name in ("find-more", "break-up"):
            action = self.environment.actions[name]
            button = QPushButton(action.text())
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
            self.tools.addWidget(button)
        self.strip = QWidget()
        self.strip.setObjectName("strip")
        self.strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._strip_button = QPushButton()
        self._strip_button.setProperty("link", "true")
        self._strip_button.setStatusTip(self.tr("Answer by one key each, in Review"))
        self._strip_button.clicked.connect(self._review)
        row = QHBoxLayout(self.strip)
        row.setContentsMargins(2 * theme.UNIT, theme.UNIT // 2, 2 * theme.UNIT, theme.UNIT // 2)
        row.addWidget(self._strip_button)
        row.addStretch(1)
        self.strip.hide()
        self.content.addWidget(self.strip)

    def _build_pages(self) -> None:
        thumbnails = self.environment.thumbnails
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(self.tr("What is shown"))
        for text in (self.tr("Faces"), self.tr("Photos"), self.tr("Timeline"), self.tr("With")):
            self.tabs.addTab(text)
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("Order"))
        self.order.addItems([self.tr("To check first"), self.tr("By date")])
        self.order.currentIndexChanged.connect(self._arrange)
        self.chip = QPushButton()
        self.chip.clicked.connect(self._forget_companion)
        self.grid = FaceGrid(thumbnails)
        self.model = self.grid.sightings
        self.grid.installEventFilter(self)
        self.grid.menu_wanted.connect(self._show_menu)
        self.grid.typed.connect(self._typed)
        self.grid.selectionModel().selectionChanged.connect(self._selection_changed)
        self.photo_rows, self.timeline = RowsView(ROW_HEIGHT), RowsView(ROW_HEIGHT)
        for rows in (self.photo_rows, self.timeline):
            rows.setItemDelegate(PhotoTile(thumbnails, rows))
        self.years = YearBar()
        self.years.chosen.connect(self._go_to_year)
        self.with_card = CompanionCard(thumbnails)
        self.with_grid = GridView(self.with_card.cell)
        self.companions: RecordModel[PersonRecord] = RecordModel(
            lambda person: person.id, lambda person: person.name or "", parent=self
        )
        self.with_card.setParent(self.with_grid)
        self.with_grid.setItemDelegate(self.with_card)
        self.with_grid.show_model(self.companions)
        self.with_grid.stepped.connect(self._show_together)
        self.with_grid.menu_wanted.connect(self._show_companion_menu)
        self.with_grid.selectionModel().selectionChanged.connect(self._selection_changed)
        names = (self.tr("Faces"), self.tr("Photos"), self.tr("Photos by year"), self.tr("People in the same photos"))
        grids: tuple[GridView, ...] = (self.grid, self.photo_rows, self.timeline, self.with_grid)
        for grid, name in zip(grids, names, strict=True):
            grid.setAccessibleName(name)
            grid.seen.connect(self._want)
        for grid in grids[:3]:
            grid.stepped.connect(self._open)
        self._lay_out_pages(grids)
        self._forget_companion()

    def _lay_out_pages(self, grids: Sequence[GridView]) -> None:
        dated = QWidget()
        column = QVBoxLayout(dated)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.years)
        column.addWidget(self.timeline, 1)
        self._holders: list[QWidget] = [self.grid, self.photo_rows, dated, self.with_grid]
        blanks = (
            BlankPage(self.tr("No faces"), self.tr("All photos of this person are gone or put away.")),
            BlankPage(self.tr("No photos"), self.tr("All photos of this person are gone or put away.")),
            BlankPage(self.tr("No photos"), self.tr("All photos of this person are gone or put away.")),
            BlankPage(self.tr("Always alone"), self.tr("People who are in the same photos will appear here.")),
        )
        self._pages = list(zip(grids, blanks, strict=True))
        self.stack = QStackedWidget()
        for page in (*self._holders, *blanks):
            self.stack.addWidget(page)
        row = QHBoxLayout()
        row.setContentsMargins(theme.UNIT, 0, 2 * theme.UNIT, 0)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.chip)
        row.addWidget(self.order)
        self.content.addLayout(row)
        self.content.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._show_page)


def _doubt(sighting: Sighting) -> tuple[bool, bool, float]:
    """The larger, the less sure it is who this is: somebody's before nobody's, confirmed before guessed."""
    return sighting.person is None, not confirmed(sighting), -sighting.quality


def _newest_first(sightings: Sequence[Sighting]) -> Arrangement:
    return in_sections([("", [photo_of(sighting) for sighting in by_day(sightings)])])


def _suggested_faces(environment: Environment, person: PersonRecord) -> tuple[PersonId, Sequence[Sighting]]:
    """The faces that are asked about in the review, the likeliest questions first."""
    library = environment.library
    if person.name is None:
        return person.id, ()
    asked = [q for q in library.review.queue() if isinstance(q, IsPerson) and q.person == person.id]
    asked.sort(key=lambda question: -question.probability)
    faces = [face for question in asked for face in (*reversed(question.faces), *reversed(question.doubtful))]
    return person.id, library.faces.sightings(faces)


def _found_more(environment: Environment, person: PersonRecord) -> tuple[PersonId, Sequence[Sighting]]:
    """Faces of groups, and single ones, that may be somebody at all, the likeliest first."""
    library = environment.library
    chances = [
        (suggestion.probability, found)
        for found in library.review.suggest_all()
        for suggestion in found.suggestions
        if suggestion.person == person.id
    ]
    chances.sort(key=lambda pair: -pair[0])
    seen: list[Sighting] = []
    for _, found in chances:
        if len(seen) >= _MOST_FOUND:
            break
        seen += (
            library.people.sightings(found.group) if found.group else library.faces.sightings([found.face or FaceId(0)])
        )
    return person.id, seen


def _photos_with(environment: Environment, other: PersonRecord) -> tuple[PersonRecord, frozenset[ContentId]]:
    return other, frozenset(sighting.photo for sighting in environment.library.people.sightings(other.id))
