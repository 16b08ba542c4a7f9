"""All faces as points: who looks alike lies close together."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QLabel, QMenu, QProgressBar, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.progress import JobContext, Progress
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.dialogs.name import NameDialog
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.errand import Errand
from faceorganizer.gui.views.bar import ActionBar
from faceorganizer.gui.views.empty import EmptyState
from faceorganizer.gui.views.mapcanvas import MapCanvas, ShownMap, shown_map
from faceorganizer.gui.views.place import Place
from faceorganizer.services.maps import FaceMap

_ON_FACES: Final = ("rename", "split", "merge", "confirm", "reject", "ignore", "not-a-face")


class MapPlace(Place):
    """The map of faces, and what can be done with those that are chosen on it."""

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.heading.setText(self.tr("Map"))
        self._stale = True
        self.counts = QLabel()
        self.tools.insertWidget(1, self.counts)
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
        self.empty = EmptyState()
        self.empty.button.clicked.connect(self._fill)
        self.progress = _Progress()
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
        self.environment.background.read(self._read, self._come, self._failed)

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
        if chosen == 1:
            possible["open"] = partial(self._open, self.photos[0])
            possible["similar"] = partial(self.left_for.emit, "similar", self.canvas.chosen[0])
        return possible

    def _read(self) -> ShownMap | None:
        faces = self.environment.library.maps.stored()
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
        if count:
            self.stack.setCurrentWidget(self.canvas)
        else:
            self.empty.say(
                self.tr("All faces will be here as points, once photos were looked through."), self.tr("Add Folder…")
            )
            self.stack.setCurrentWidget(self.empty)
        self.possible.emit()

    def _make(self) -> None:
        self._stale = False
        self.stack.setCurrentWidget(self.progress)
        self.errand.start(self._work)
        self.possible.emit()

    def _work(self, context: JobContext) -> ShownMap:
        """Runs beside the window."""
        return self._prepared(self.environment.library.maps.make(context))

    def _advance(self, progress: Progress) -> None:
        self.progress.tell(progress)

    def _made(self, shown: ShownMap) -> None:
        self._show(shown)
        if self._stale and self.isVisible():  # something was decided meanwhile
            self.reload()

    def _cancel(self) -> None:
        self.errand.cancel()

    def _cancelled(self) -> None:
        if self.canvas.shown is not None and len(self.canvas.shown.map):
            self.stack.setCurrentWidget(self.canvas)
        else:
            self.empty.say(self.tr("The map shows who looks like whom."), self.tr("Draw the Map"))
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
        for name in (*_ON_FACES, "open", "similar") if len(self.canvas.chosen_rows) else ("zoom-fit", "draw-map"):
            menu.addAction(self.environment.actions[name])
        menu.popup(place)


class _Progress(QWidget):
    """How far the map is, and a button that stops it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        text = QLabel(self.tr("The map is being drawn…"))
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.INSPECTOR_WIDTH)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop = QPushButton(self.tr("Cancel"))
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.UNIT)
        column.addStretch(2)
        column.addWidget(text)
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def tell(self, progress: Progress) -> None:
        """Show how far it is."""
        self.bar.setRange(0, progress.total or 0)
        self.bar.setValue(progress.done)
