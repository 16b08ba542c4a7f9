"""Similar faces: those that look most like one of the library, or like one in any picture file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.ids import ContentId, FaceId
from faceorganizer.domain.sightings import Sighting
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.delegates.faces import paint_round
from faceorganizer.gui.delegates.similar import SimilarTile, likeness_in_words
from faceorganizer.gui.dialogs.choose import ask_name_of_faces
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.models.records import RECORD
from faceorganizer.gui.reading import Reading
from faceorganizer.gui.thumbnails import Thumbnails
from faceorganizer.gui.views.bar import ActionBar
from faceorganizer.gui.views.blank import BlankPage
from faceorganizer.gui.views.faces import FaceGrid, described
from faceorganizer.gui.views.place import Place
from faceorganizer.services.recognition.similar import FoundFace, SimilarFace

_ON_FACES: Final = ("confirm", "reject", "move", "split", "ignore", "not-a-face", "similar")
_SHOWN: Final = 200  # faces


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was found for a question: a face's id, or minus the number of a file."""

    number: int
    found: Sequence[SimilarFace]
    asked: Sighting | None = None
    name: str | None = None
    file: FoundFace | None = None


class SimilarGrid(FaceGrid):
    """Faces, the most similar first, with names."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        self._similar = SimilarTile(thumbnails)
        super().__init__(thumbnails, tile=self._similar)

    def described(self, seen: Sighting) -> str:
        """A face in words, with the name and how like it is."""
        one = self._similar.found.get(seen.face)
        if one is None:
            return described(seen)
        return ", ".join([*([one.name] if one.name else []), likeness_in_words(one), described(seen)])

    def show_found(self, found: Sequence[SimilarFace]) -> None:
        """Show other faces, or the same ones with other names."""
        self._similar.found = {one.seen.face: one for one in found}
        self.sightings.refresh({"": [one.seen for one in found]})
        self.watch_seen()
        self.viewport().update()


class SimilarPlace(Place):
    """A face, and those that look like it."""

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.setAcceptDrops(True)
        self._number = 0
        self._files: list[Path] = []
        self._seen: dict[int, FoundFace] = {}
        self._found: Sequence[SimilarFace] = ()
        self._reading = Reading(environment.background, self._come, self._refuse, self)
        self.portrait = _Asked(environment.thumbnails)
        self.about = QLabel()
        self._build_head()
        self.grid = SimilarGrid(environment.thumbnails)
        self.model = self.grid.sightings
        self.grid.setAccessibleName(self.tr("Similar faces"))
        self.grid.menu_wanted.connect(self._show_menu)
        self.grid.typed.connect(self._move)
        self.grid.stepped.connect(self._open)
        self.grid.seen.connect(self._want)
        self.grid.selectionModel().selectionChanged.connect(self._selection_changed)
        choose = QPushButton(environment.actions["find-who"].text())
        choose.clicked.connect(self.ask_picture)
        self.blank = BlankPage(buttons=[choose])
        self.stack = QStackedWidget()
        for page in (self.grid, self.blank):
            self.stack.addWidget(page)
        self.content.addWidget(self.stack, 1)
        self.bar = ActionBar([environment.actions[name] for name in _ON_FACES])
        self.content.addWidget(self.bar)
        self._show_nothing()

    @property
    def photos(self) -> list[ContentId]:
        """The photos of the faces that are shown, in their order."""
        return list(dict.fromkeys(one.seen.photo for one in self._found))

    def visit(self, number: int, others: Sequence[ContentId]) -> None:
        """Show the faces like one: a face's id, or minus the number of a file that was looked for."""
        if number != self._number:
            self._number, self._found = number, ()
            self.grid.show_found(())
            self._show_nothing()
        self.reload()
        self.grid.setFocus()

    def look_for(self, path: Path) -> None:
        """Show the faces like the largest one in a picture file."""
        self._files.append(path)
        self.left_for.emit("similar", -len(self._files))

    def ask_picture(self) -> None:
        """Ask for a picture file, and show the faces like the one in it."""
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Picture with a face"))
        if path:
            self.look_for(Path(path))

    def reload(self) -> None:
        """Look again who is alike."""
        number = self._number
        if number > 0:
            self._reading.ask(partial(self._read_face, FaceId(number)))
        elif number < 0 and -number <= len(self._files):
            path = self._files[-number - 1]
            if number not in self._seen:
                self.blank.tell(self.tr("Looking for a face…"), path.name)
                self.stack.setCurrentWidget(self.blank)
            self._reading.ask(partial(self._read_file, number, path, self._seen.get(number)))

    def changed(self, changes: ChangeSet) -> None:
        """Look again when people or faces have changed."""
        if self.isVisible() and (changes.of("face") or changes.of("person")):
            self.reload()

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the faces that are selected."""
        chosen = self._chosen()
        if not chosen:
            return {}
        faces = self.environment.library.faces
        possible: dict[str, Callable[[], None]] = {
            "move": self._move,
            "split": partial(self._decide_on, faces.move),
            "ignore": partial(self._decide_on, faces.ignore),
            "not-a-face": partial(self._decide_on, faces.not_a_face),
        }
        if all(seen.person is not None for seen in chosen):
            possible["confirm"] = partial(self._decide_on, faces.confirm)
            possible["reject"] = partial(self._decide_on, faces.reject)
        if len(chosen) == 1:
            possible["similar"] = partial(self.left_for.emit, "similar", chosen[0].face)
        return possible

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take a picture file from another program."""
        if event.source() is None and _picture_in(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Look for the face in what was dropped."""
        path = _picture_in(event)
        if path is not None:
            event.acceptProposedAction()
            self.look_for(path)

    # What is read, in the background.

    def _read_face(self, face: FaceId) -> _Answer:
        library = self.environment.library
        found = library.similar.to_face(face, limit=_SHOWN)
        asked = next(iter(library.faces.sightings([face])), None)
        name = None
        if asked is not None and asked.person is not None:
            name = library.people.get(asked.person).name
        return _Answer(face, found, asked, name)

    def _read_file(self, number: int, path: Path, seen: FoundFace | None) -> _Answer:
        similar = self.environment.library.similar
        seen = seen or similar.face_in(path)
        return _Answer(number, similar.to_descriptor(seen.descriptor, limit=_SHOWN), file=seen)

    def _come(self, answer: _Answer) -> None:
        if answer.file is not None:
            self._seen[answer.number] = answer.file
        if answer.number != self._number:
            return
        self._found = answer.found
        if answer.file is not None:
            self._tell_file(answer.file)
        elif answer.asked is not None:
            self.portrait.show_face(answer.asked.face)
            self.heading.setText(
                self.tr("Faces like {name}").format(name=answer.name) if answer.name else self.tr("Similar faces")
            )
            self.about.setText(answer.asked.path.name)
        self.portrait.show()
        self.grid.show_found(answer.found)
        if answer.found:
            self.stack.setCurrentWidget(self.grid)
        else:
            self.blank.tell(self.tr("No other face"), self.tr("There are no faces yet that could look like this one."))
            self.stack.setCurrentWidget(self.blank)
        self._selection_changed()
        self._want()

    def _refuse(self, error: FaceOrganizerError) -> None:
        self.blank.tell(self.tr("No face to look for"), plain(error))
        self.stack.setCurrentWidget(self.blank)
        self._found = ()
        self.grid.show_found(())
        self._selection_changed()

    # What is shown.

    def _show_nothing(self) -> None:
        self.heading.setText(self.tr("Similar faces"))
        self.about.setText("")
        self.portrait.hide()
        if self._number == 0:
            self.blank.tell(
                self.tr("Who looks like whom?"),
                self.tr("Choose “Similar Faces” on any face, or drop a picture here to see who is in it."),
            )
            self.stack.setCurrentWidget(self.blank)

    def _tell_file(self, file: FoundFace) -> None:
        self.portrait.show_picture(file.picture)
        self.heading.setText(self.tr("Who is this?"))
        if file.faces > 1:
            self.about.setText(
                self.tr("The largest of %n face(s) in {file}", "", file.faces).format(file=file.path.name)
            )
        else:
            self.about.setText(file.path.name)

    def _want(self) -> None:
        asked = [] if self.portrait.face is None else [("face", int(self.portrait.face))]
        self.environment.thumbnails.want([*asked, *self.grid.wanted])

    def _selection_changed(self) -> None:
        self.bar.rise(len(self._chosen()))
        self.possible.emit()

    # What is done.

    def _chosen(self) -> list[Sighting]:
        return [self.model.record(self.model.index_of(number)) for number in self.grid.selected_ids()]

    def _decide_on(self, work: Callable[..., ChangeSet]) -> None:
        self.decide(partial(work, [seen.face for seen in self._chosen()]))

    def _move(self, begun: str = "") -> None:
        """Say who the selected faces are; a letter begins the name."""
        faces = [seen.face for seen in self._chosen()]
        if not faces:
            return
        name = ask_name_of_faces(self, self.environment, len(faces), without=None, begun=begun)
        if name is not None:
            self.decide(partial(self.environment.library.people.name_faces, faces, name, same=True))

    def _open(self, index: QModelIndex) -> None:
        seen: Sighting = index.data(RECORD)
        self.left_for.emit("photo", seen.photo)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for name in _ON_FACES:
            menu.addAction(self.environment.actions[name])
        menu.exec(place)

    def _build_head(self) -> None:
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        self.tools.removeWidget(self.heading)
        self.about.setObjectName("about")
        self.about.setEnabled(False)  # lesser text
        column.addStretch(1)
        for label in (self.heading, self.about):
            column.addWidget(label)
        column.addStretch(1)
        self.tools.insertWidget(0, self.portrait)
        self.tools.insertSpacing(1, theme.UNIT)
        self.tools.insertWidget(2, words)
        button = QPushButton(self.environment.actions["find-who"].text())
        button.setToolTip(self.environment.actions["find-who"].toolTip())
        button.clicked.connect(self.ask_picture)
        self.tools.addWidget(button)


class _Asked(QWidget):
    """The face that was asked about, in a circle: one of the library, or out of a file."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._picture: QPixmap | None = None
        self.face: FaceId | None = None
        self.setFixedSize(QSize(theme.PORTRAIT, theme.PORTRAIT))
        thumbnails.ready.connect(self._repaint)

    def show_face(self, face: FaceId) -> None:
        """Show a face of the library."""
        self.face, self._picture = face, None
        self.update()

    def show_picture(self, content: bytes) -> None:
        """Show a face out of a file, as JPEG."""
        self.face, self._picture = None, QPixmap()
        self._picture.loadFromData(content)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the face."""
        picture = self._picture
        if picture is None and self.face is not None:
            picture = self._thumbnails.get(("face", self.face))
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        paint_round(painter, QRect(1, 1, self.width() - 2, self.height() - 2), picture)
        painter.end()

    def _repaint(self) -> None:
        self.update()


def _picture_in(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """The one file that was dragged here; None where it is another number, or a folder."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and not paths[0].is_dir() else None
