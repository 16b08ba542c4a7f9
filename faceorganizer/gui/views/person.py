"""One person: the faces, those nobody confirmed yet first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError, UnknownIdError
from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.people import PersonRecord
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.delegates.faces import FaceTile, ShownFace, counted
from faceorganizer.gui.dialogs.choose import ask_person
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.models.records import RECORD, RecordModel
from faceorganizer.gui.views.grid import GridView
from faceorganizer.gui.views.place import Place

_ON_FACES: Final = ("confirm", "reject", "move", "split", "key-face", "ignore", "not-a-face")


@dataclass(frozen=True, slots=True)
class _Shown:
    person: PersonRecord
    faces: list[ShownFace]


class PersonPlace(Place):
    """The faces of a person, and what can be done with them."""

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.person: PersonId | None = None
        self._counts = QLabel()
        self._counts.setFont(theme.sized(self.font(), 0.95))
        self.tools.insertWidget(1, self._counts)
        self.model: RecordModel[ShownFace] = RecordModel(
            lambda face: face.face, lambda face: face.file_name, parent=self
        )
        self.tile = FaceTile(environment.thumbnails, self)
        self.grid = GridView(self.tile.cell)
        self.grid.setAccessibleName(self.tr("Faces"))
        self.grid.setItemDelegate(self.tile)
        self.grid.show_model(self.model)
        self.grid.seen.connect(self._want_faces)
        self.grid.stepped.connect(self._open)
        self.grid.menu_wanted.connect(self._show_menu)
        self.grid.selectionModel().selectionChanged.connect(self._selection_changed)
        environment.thumbnails.ready.connect(self._repaint)
        self.bar = self._made_bar()
        self.content.addWidget(self.grid, 1)
        self.content.addWidget(self.bar)

    @property
    def photos(self) -> list[ContentId]:
        """The photos of the faces, in their order."""
        return list(dict.fromkeys(face.photo for face in self.model.records))

    def visit(self, number: int, others: Sequence[ContentId]) -> None:
        """Show a person."""
        self.show_person(PersonId(number))

    def show_person(self, person: PersonId) -> None:
        """Show another person."""
        if person != self.person:
            self.model.reset({})
            self.heading.setText("")
            self._counts.setText("")
        self.person = person
        self.reload()

    def shown(self) -> None:
        """Read the faces."""
        self.reload()

    def reload(self) -> None:
        """Read the faces again."""
        if self.person is not None:
            self.environment.background.read(partial(self._read, self.person), self._come, self._gone)

    def changed(self, changes: ChangeSet) -> None:
        """Read again when this person or faces have changed."""
        if self.isVisible() and (changes.of("face") or self.person in changes.of("person")):
            self.reload()

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the faces that are selected."""
        chosen = len(self.grid.selectionModel().selectedIndexes())
        if not chosen:
            return {}
        possible: dict[str, Callable[[], None]] = {
            "confirm": self._confirm,
            "reject": self._reject,
            "move": self._move,
            "split": self._split,
            "ignore": self._ignore,
            "not-a-face": self._not_a_face,
        }
        return possible | ({"key-face": self._key_face} if chosen == 1 else {})

    def _read(self, person: PersonId) -> _Shown:
        library = self.environment.library
        faces = [ShownFace(f.face, f.photo, f.path.name, f.assignment) for f in library.faces.list(person=person)]
        return _Shown(library.people.get(person), faces)

    def _come(self, shown: _Shown) -> None:
        if shown.person.id != self.person:
            return
        self.heading.setText(shown.person.name or self.tr("Who is this?"))
        self._counts.setText(counted(shown.person))
        said = [face for face in shown.faces if face.assignment is not AssignmentSource.AUTOMATIC]
        guessed = [face for face in shown.faces if face.assignment is AssignmentSource.AUTOMATIC]
        title = self.tr("Confirmed") if guessed else ""
        self.model.refresh({self.tr("To check") if said else "": guessed, title or self.tr("Faces"): said})
        self.grid.watch_seen()

    def _gone(self, error: FaceOrganizerError) -> None:
        if isinstance(error, UnknownIdError):  # merged into somebody, or its last face has gone
            self.left_for.emit("people", 0)
        else:
            self.told.emit(plain(error))

    def _want_faces(self, rows: range) -> None:
        faces = self.grid.records_near(rows, len(rows))
        self.environment.thumbnails.want(("face", face.face) for face in faces)

    def _repaint(self) -> None:
        self.grid.viewport().update()

    def _selection_changed(self) -> None:
        self.bar.setVisible(self.grid.selectionModel().hasSelection())
        self.possible.emit()

    def _chosen(self) -> list[FaceId]:
        return [FaceId(number) for number in self.grid.selected_ids()]

    def _confirm(self) -> None:
        self.decide(partial(self.environment.library.faces.confirm, self._chosen()))

    def _reject(self) -> None:
        self.decide(partial(self.environment.library.faces.reject, self._chosen()))

    def _split(self) -> None:
        if self.person is not None:
            self.decide(partial(self.environment.library.people.split, self.person, self._chosen()))

    def _move(self) -> None:
        faces = self._chosen()
        target = ask_person(self, self.environment, without=self.person)
        if target is not None:
            self.decide(partial(self.environment.library.faces.move, faces, target))

    def _key_face(self) -> None:
        if self.person is not None:
            self.decide(partial(self.environment.library.people.key_face, self.person, self._chosen()[0]))

    def _ignore(self) -> None:
        self.decide(partial(self.environment.library.faces.ignore, self._chosen()))

    def _not_a_face(self) -> None:
        self.decide(partial(self.environment.library.faces.not_a_face, self._chosen()))

    def _open(self, index: QModelIndex) -> None:
        face: ShownFace = index.data(RECORD)
        self.left_for.emit("photo", face.photo)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for name in _ON_FACES:
            menu.addAction(self.environment.actions[name])
        menu.exec(place)

    def _made_bar(self) -> QWidget:
        """The bar of actions that rises while faces are selected."""
        bar = QWidget()
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(2 * theme.UNIT, theme.UNIT, 2 * theme.UNIT, theme.UNIT)
        layout.addStretch(1)
        for name in _ON_FACES:
            action = self.environment.actions[name]
            button = QPushButton(action.text())
            button.setToolTip(f"{action.toolTip()} ({action.shortcut().toString()})")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(action.trigger)
            layout.addWidget(button)
        layout.addStretch(1)
        bar.hide()
        return bar
