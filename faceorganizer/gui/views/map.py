"""All faces as points: who looks alike lies close together."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QPushButton, QStackedLayout, QWidget

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.insight import MapMethod, MapPoints
from faceorganizer.domain.progress import JobContext, Progress
from faceorganizer.gui import theme
from faceorganizer.gui.background import Call
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.dialogs.name import NameDialog
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.errand import Errand
from faceorganizer.gui.saving import FigureSaver
from faceorganizer.gui.views.bar import ActionBar
from faceorganizer.gui.views.blank import BlankPage
from faceorganizer.gui.views.mapcanvas import MapCanvas, ShownMap, shown_map
from faceorganizer.gui.views.place import Place
from faceorganizer.gui.views.waiting import Waiting
from faceorganizer.services.recognition.figures import map_points
from faceorganizer.services.recognition.maps import FaceMap, map_methods

_ON_FEW: Final = ("compare", "open", "similar")
_ON_FACES: Final = ("rename", "split", "merge", "confirm", "reject", "ignore", "not-a-face")


class MapPlace(Place):
    """The map of faces, and what can be done with those that are chosen on it."""

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.heading.setText(self.tr("Map"))
        self._stale = True
        self._switched = False
        self._asked: Call | None = None
        self.counts = QLabel()
        self.tools.insertWidget(1, self.counts)
        self.method = QComboBox()
        self.method.setAccessibleName(self.tr("How faces are laid out"))
        self.method.setToolTip(self.tr("t-SNE keeps near faces together; UMAP keeps more of the whole"))
        for method, name in ((m, {"tsne": "t-SNE", "umap": "UMAP"}[m]) for m in map_methods()):
            self.method.addItem(name, method)
        self.method.setVisible(self.method.count() > 1)
        self.method.currentIndexChanged.connect(self._choose_method)
        self.tools.addWidget(self.method)
        self.save = QPushButton(self.tr("Save as…"))
        self.save.setToolTip(self.tr("As a picture, as vector graphics or as a table"))
        self.save.clicked.connect(self._save)
        self.tools.addWidget(self.save)
        self.saver = FigureSaver(environment, self)
        self.saver.told.connect(self.told)
        self.again = QPushButton(environment.actions["draw-map"].text())
        self.again.setToolTip(environment.actions["draw-map"].toolTip())
        self.again.clicked.connect(environment.actions["draw-map"].trigger)
        self.tools.addWidget(self.again)
        self.canvas = MapCanvas(environment.thumbnails, environment.background)
        self.canvas.setAccessibleName(self.tr("Map of faces"))
        self.canvas.chosen_changed.connect(self._chosen_changed)
        self.canvas.opened.connect(self._open)
        self.canvas.menu_wanted.connect(self._show_menu)
        self.canvas.wanted.connect(self._want)
        self.empty = BlankPage(buttons=(QPushButton(),))
        self.empty.button.clicked.connect(self._fill)
        self.progress = Waiting(self.tr("The map is being drawn…"))
        self.progress.stop.clicked.connect(self._cancel)
        self.errand = Errand(self)
        self.errand.advanced.connect(self._advance)
        self.errand.finished.connect(self._made)
        self.errand.cancelled.connect(self._cancelled)
        self.errand.failed.connect(self._failed)
        self.errand.broken.connect(environment.background.broken)
        self.stack = QStackedLayout()
        for page in (self.canvas, self.empty, self.progress):
            self.stack.addWidget(page)
        self.bar = ActionBar([environment.actions[name] for name in _ON_FACES])
        self.content.addLayout(self.stack, 1)
        self.content.addWidget(self.bar)

    @property
    def photos(self) -> list[ContentId]:
        """The photos of the faces that are chosen."""
        shown = self.canvas.shown
        if shown is None:
            return []
        return [ContentId(photo) for photo in dict.fromkeys(shown.map.photos[self.canvas.chosen_rows].tolist())]

    def shown(self) -> None:
        """See the map, and make it where there is none."""
        if self._stale and not self.errand.running:
            self.reload()
        self.canvas.setFocus()

    def reload(self) -> None:
        """Read the map again."""
        self._stale = False
        if self._asked is not None:
            self._asked.drop()
        work = partial(self._read, self._chosen_method)
        self._asked = self.environment.background.read(work, self._come, self._failed)

    def changed(self, changes: ChangeSet) -> None:
        """Faces may be somebody else's, or gone."""
        if changes.of("face") or changes.of("person"):
            self._stale = True
            if self.isVisible() and not self.errand.running:
                self.reload()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Colours for the other appearance, from light to dark and back."""
        super().changeEvent(event)
        shown = self.canvas.shown if event.type() == QEvent.Type.PaletteChange else None
        if shown is not None and shown.dark != (theme.colours() is theme.DARK):
            self.reload()

    def end(self) -> None:
        """Make no map any more."""
        self.errand.close()
        self.saver.end()

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the faces that are chosen."""
        possible: dict[str, Callable[[], None]] = {
            "zoom-in": self.canvas.zoom_in,
            "zoom-out": self.canvas.zoom_out,
            "zoom-fit": self.canvas.fit,
        }
        if not self.errand.running:
            possible["draw-map"] = self._make
        chosen = len(self.canvas.chosen_rows)
        if not chosen:
            return possible
        service, people = self.environment.library.faces, self._people()
        possible |= {
            "rename": self._name,
            "split": partial(self._decide_on, service.move),
            "ignore": partial(self._decide_on, service.ignore),
            "not-a-face": partial(self._decide_on, service.not_a_face),
        }
        if people:
            possible |= {
                "confirm": partial(self._decide_on, service.confirm),
                "reject": partial(self._decide_on, service.reject),
            }
        if len(people) > 1:
            possible["merge"] = partial(self._merge, people)
        if chosen == 2:
            possible["compare"] = partial(self.compare, *self.canvas.chosen)
        if chosen == 1:
            possible["open"] = partial(self._open, self.photos[0])
            possible["similar"] = partial(self.left_for.emit, "similar", self.canvas.chosen[0])
        return possible

    def _read(self, method: MapMethod) -> ShownMap | None:
        faces = self.environment.library.maps.stored(method)
        return None if faces is None else self._prepared(faces)

    def _prepared(self, faces: FaceMap) -> ShownMap:
        people = self.environment.library.people.list()
        names = {person.id: person.name for person in people if person.name is not None}
        return shown_map(faces, names, dark=theme.colours() is theme.DARK)

    def _come(self, shown: ShownMap | None) -> None:
        if shown is None:
            self._make()
        else:
            self._show(shown)

    def _show(self, shown: ShownMap) -> None:
        count = len(shown.map)
        self.counts.setText(self.tr("%n face(s)", "", count) if count else "")
        self.canvas.show_map(shown)
        self.again.setVisible(count > 0)
        self.save.setVisible(count > 0)
        if count:
            self.stack.setCurrentWidget(self.canvas)
        else:
            self.empty.tell(
                "",
                self.tr("All faces will be here as points, once photos were looked through."),
                self.tr("Add Folder…"),
            )
            self.stack.setCurrentWidget(self.empty)
        self.possible.emit()

    def _make(self) -> None:
        self._stale = False
        self.stack.setCurrentWidget(self.progress)
        self.errand.start(partial(self._work, self._chosen_method))
        self.possible.emit()

    def _work(self, method: MapMethod, context: JobContext) -> ShownMap:
        """Runs beside the window."""
        return self._prepared(self.environment.library.maps.make(context, method=method))

    @property
    def _chosen_method(self) -> MapMethod:
        method: MapMethod = self.method.currentData()
        return method

    def _choose_method(self) -> None:
        """Show the faces laid out otherwise; what is being made for the former way is of no use any more."""
        if self.errand.running:
            self._switched = True
            self.errand.cancel()
        else:
            self.reload()

    def _save(self) -> None:
        shown = self.canvas.shown
        if shown is not None:
            self.saver.ask(self.tr("Map of faces"), partial(_points, shown, self._chosen_method))

    def _advance(self, progress: Progress) -> None:
        self.progress.tell(progress)

    def _made(self, shown: ShownMap) -> None:
        self._show(shown)
        if self._stale and self.isVisible():  # something was decided meanwhile
            self.reload()

    def _cancel(self) -> None:
        self.errand.cancel()

    def _cancelled(self) -> None:
        if self._switched:  # to another way of laying out
            self._switched = False
            self.reload()
            return
        if self.canvas.shown is not None and len(self.canvas.shown.map):
            self.stack.setCurrentWidget(self.canvas)
        else:
            self.empty.tell("", self.tr("The map shows who looks like whom."), self.tr("Draw the Map"))
            self.stack.setCurrentWidget(self.empty)
        self.possible.emit()

    def _failed(self, error: FaceOrganizerError) -> None:
        self.told.emit(plain(error))
        self._cancelled()

    def _fill(self) -> None:
        if self.canvas.shown is not None:
            self.environment.actions["add-folder"].trigger()
        else:
            self._make()

    def _want(self, faces: Sequence[FaceId]) -> None:
        if self.isVisible():
            self.environment.thumbnails.want(("face", face) for face in faces)

    def _chosen_changed(self) -> None:
        self.bar.rise(len(self.canvas.chosen_rows))
        self.possible.emit()

    def _people(self) -> list[PersonId]:
        shown = self.canvas.shown
        if shown is None:
            return []
        held = np.unique(shown.map.persons[self.canvas.chosen_rows])
        return [PersonId(person) for person in held.tolist() if person >= 0]

    def _decide_on(self, work: Callable[..., ChangeSet]) -> None:
        self.decide(partial(work, self.canvas.chosen))

    def _merge(self, people: Sequence[PersonId]) -> None:
        self.decide(partial(self.environment.library.people.merge, people))

    def _name(self) -> None:
        dialog = NameDialog(self.environment, len(self.canvas.chosen_rows), self)
        dialog.named.connect(self._named)
        dialog.open()

    def _named(self, name: str) -> None:
        self.decide(partial(self.environment.library.people.name_faces, self.canvas.chosen, name, same=True))

    def _open(self, photo: int) -> None:
        self.left_for.emit("photo", photo)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in (*_ON_FACES, *_ON_FEW) if len(self.canvas.chosen_rows) else ("zoom-fit", "draw-map"):
            menu.addAction(self.environment.actions[name])
        menu.popup(place)


def _points(shown: ShownMap, method: MapMethod) -> MapPoints:
    return map_points(shown.map, shown.names, method)
