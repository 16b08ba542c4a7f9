"""One photo: who is in it, and what is known of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.ids import ContentId, FaceId
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.desktop import show_in_file_manager
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.pictures import Decoded, Pictures
from faceorganizer.gui.views.canvas import Outline, PhotoCanvas
from faceorganizer.gui.views.filmstrip import Filmstrip
from faceorganizer.gui.views.inspector import Inspector, PhotoFacts
from faceorganizer.gui.views.names import complete_with
from faceorganizer.gui.views.place import Place
from faceorganizer.services.faces import DrawnFace
from faceorganizer.services.search import PhotoQuery

_INSPECTOR_KEY: Final = "photo/inspector"
_AHEAD: Final = (1, -1, 2)  # photos that are decoded before they are asked for, counted from the one that is shown
_NAMES: Final = 500  # that are offered, those used last
_ON_FACE: Final = ("rename", "open", "confirm", "reject", "ignore", "not-a-face", "similar")
_ON_PHOTO: Final = ("boxes", "draw", "turn-left", "turn-right", "show-file")
_TOOLS: Final = ("boxes", "draw", "turn-left", "turn-right", "inspector", "full-screen")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the library knows of a photo."""

    facts: PhotoFacts
    outlines: list[Outline]
    names: list[str]


class PhotoPlace(Place):
    """A photo to the edges, with the faces outlined; names are typed where the faces are.

    Signals:
        immersed: 1 when nothing but the photo is to be seen, 0 when the rest comes back.
    """

    immersed = Signal(int)

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.photo: ContentId | None = None
        self._others: Sequence[ContentId] = ()
        self._facts: PhotoFacts | None = None
        self._names: list[str] = []
        self._naming: QLineEdit | None = None
        self._name_next: FaceId | None = None
        self._alone = False
        self.pictures = Pictures(environment.library, environment.background, self)
        self.pictures.come.connect(self._picture_come)
        self.pictures.sharper.connect(self._sharper_come)
        self.canvas = PhotoCanvas()
        self.canvas.setAccessibleName(self.tr("Photo"))
        self.canvas.picked.connect(self._begin_name)
        self.canvas.chosen_changed.connect(self.possible)
        self.canvas.drawn.connect(self._draw)
        self.canvas.turned.connect(self._turn)
        self.canvas.menu_wanted.connect(self._show_menu)
        self.canvas.sharper_wanted.connect(self._sharpen)
        self.canvas.escaped.connect(self._escape)
        self.filmstrip = Filmstrip(environment.thumbnails)
        self.filmstrip.chosen.connect(self._choose)
        self.filmstrip.seen.connect(self._want)
        environment.thumbnails.ready.connect(self._small_come)
        self.inspector = Inspector()
        self.inspector.person_wanted.connect(self._show_person)
        self.inspector.setVisible(self._wants_inspector)
        self._buttons = [self._tool(name) for name in _TOOLS]
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.filmstrip)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addLayout(column, 1)
        row.addWidget(self.inspector)
        self.content.addLayout(row, 1)

    @property
    def photos(self) -> list[ContentId]:
        """Those that the arrow keys lead to."""
        return list(self._others)

    def visit(self, number: int, others: Sequence[ContentId]) -> None:
        """Show a photo."""
        self.show_photo(ContentId(number), others)

    def show_photo(self, photo: ContentId, others: Sequence[ContentId] = ()) -> None:
        """Show a photo.

        Args:
            photo: Which one.
            others: Those that the arrow keys lead to, in their order, itself among them.
        """
        if others and list(others) != list(self._others):
            self._others = others
        if photo not in self._others:
            self._others = [photo]
        if photo != self.photo:
            self.photo, self._facts = photo, None
            self._end_name()
            self.canvas.show_faces(())
            self.canvas.show_preview(self.environment.thumbnails.get(("photo", photo)), None)
        self.pictures.want(photo, self._neighbours())
        self.filmstrip.show_photos(self._others, photo)
        self.filmstrip.setVisible(len(self._others) > 1 and not self._alone)
        self._want()
        self.reload()
        self.canvas.setFocus()

    def reload(self) -> None:
        """Read again who is in the photo."""
        if self.photo is not None:
            self.environment.background.read(partial(self._read, self.photo), self._come, self._gone)

    def changed(self, changes: ChangeSet) -> None:
        """Read again when people or faces have changed."""
        if self.isVisible() and (changes.of("face") or changes.of("person")):
            self.reload()

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the photo, and with the face that is chosen."""
        possible: dict[str, Callable[[], None]] = {
            "boxes": self.canvas.toggle_boxes,
            "draw": self.canvas.begin_drawing,
            "show-file": self._show_file,
            "full-screen": self._full_screen,
            "inspector": self._toggle_inspector,
            "zoom-in": self.canvas.zoom_in,
            "zoom-out": self.canvas.zoom_out,
            "zoom-fit": self.canvas.fit,
            "turn-left": partial(self.canvas.turn, -1),
            "turn-right": partial(self.canvas.turn, 1),
            "next": partial(self._turn, 1),
            "previous": partial(self._turn, -1),
        }
        face = self.canvas.chosen
        if face is None:
            return possible
        faces = self.environment.library.faces
        possible |= {
            "rename": partial(self._begin_name, face.face),
            "ignore": partial(self._decide_on, faces.ignore),
            "not-a-face": partial(self._decide_on, faces.not_a_face),
            "similar": partial(self.left_for.emit, "similar", face.face),
        }
        if face.person is not None:
            possible["open"] = partial(self._show_person, face.person)
            possible["reject"] = partial(self._decide_on, faces.reject)
        if face.name is not None:
            possible["confirm"] = partial(self._decide_on, faces.confirm)
        return possible

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Elsewhere, everything else is shown again."""
        super().hideEvent(event)
        if self._alone and not event.spontaneous():
            self._full_screen()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape steps back from wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def _neighbours(self) -> list[ContentId]:
        if self.photo not in self._others:
            return []
        here = self._others.index(self.photo)
        return [self._others[here + by] for by in _AHEAD if 0 <= here + by < len(self._others)]

    def _read(self, photo: ContentId) -> _Known:
        library = self.environment.library
        records = library.photos(PhotoQuery(photo=photo))
        faces = library.faces.list(photo=photo)
        stands = next((record for record in records if record.duplicate_of is None), records[0])
        copies = [record.path for record in records if record is not stands and record.state != "missing"]
        outlines = [Outline(face.face, face.box, face.person, face.name) for face in faces]
        names = [person.name for person in library.people.recent(_NAMES) if person.name]
        return _Known(PhotoFacts(stands, copies, _size(stands.path)), outlines, names)

    def _come(self, known: _Known) -> None:
        record = known.facts.record
        if record.photo != self.photo:
            return
        self._facts, self._names = known.facts, known.names
        self.heading.setText(record.path.name)
        self.canvas.set_full(QSize(record.width or 0, record.height or 0))
        self.canvas.show_faces(known.outlines)
        self.inspector.show_facts(known.facts, known.outlines)
        self.possible.emit()
        if self._name_next in [outline.face for outline in known.outlines]:
            face, self._name_next = self._name_next, None
            self.canvas.choose(face)
            self._begin_name(int(face or 0))

    def _gone(self, error: FaceOrganizerError) -> None:
        self.told.emit(plain(error))

    def _picture_come(self, decoded: Decoded) -> None:
        if decoded.photo == self.photo:
            self.canvas.show_photo(decoded.image, decoded.full)
            if decoded.image is None:
                self.told.emit(self.tr("The photo cannot be read now; is its drive connected?"))

    def _sharpen(self) -> None:
        if self.photo is not None and self._facts is not None:
            record = self._facts.record
            self.pictures.sharpen(self.photo, QSize(record.width or 0, record.height or 0))

    def _sharper_come(self, decoded: Decoded) -> None:
        if decoded.photo == self.photo and decoded.image is not None:
            self.canvas.show_sharp(decoded.image)

    def _small_come(self) -> None:
        if self.photo is not None and not self.canvas.has_photo and self.isVisible():
            small = self.environment.thumbnails.get(("photo", self.photo))
            if small is not None and not self.canvas.has_preview:
                full = self._facts.record if self._facts is not None else None
                known = QSize(full.width or 0, full.height or 0) if full is not None else QSize()
                self.canvas.show_preview(small, None if known.isEmpty() else known)

    def _want(self) -> None:
        if self.photo is not None:
            self.environment.thumbnails.want([("photo", self.photo), *self.filmstrip.wanted])

    def _turn(self, by: int) -> None:
        if self.photo in self._others:
            place = self._others.index(self.photo) + by
            if 0 <= place < len(self._others):
                self._choose(self._others[place])

    def _choose(self, photo: int) -> None:
        self.left_for.emit("photo", photo)

    def _show_person(self, person: int) -> None:
        self.left_for.emit("person", person)

    def _begin_name(self, face: int) -> None:
        """Type the name where the face is."""
        self._end_name()
        outline = next(outline for outline in self.canvas.outlines if outline.face == face)
        field = QLineEdit(outline.name or "", self.canvas)
        field.setAccessibleName(self.tr("Name"))
        field.setPlaceholderText(self.tr("Who is this?"))
        complete_with(field, self._names)
        label = self.canvas.label_rect(outline)
        width = max(22 * theme.UNIT, int(label.width()))
        left = min(max(0, int(label.center().x()) - width // 2), self.canvas.width() - width)
        field.setGeometry(left, min(int(label.top()), self.canvas.height() - 32), width, 32)
        field.setProperty("face", face)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), field)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self._end_name)
        field.editingFinished.connect(self._name_typed)
        field.show()
        field.selectAll()
        field.setFocus()
        self._naming = field

    def _end_name(self) -> None:
        if self._naming is not None:
            field, self._naming = self._naming, None
            field.deleteLater()
            self.canvas.setFocus()

    def _name_typed(self) -> None:
        if self._naming is None:
            return
        face, text = FaceId(self._naming.property("face")), self._naming.text().strip()
        self._end_name()
        outline = next((outline for outline in self.canvas.outlines if outline.face == face), None)
        if outline is None or not text or text == outline.name:
            return
        people = self.environment.library.people
        work: Callable[..., ChangeSet] = partial(people.name_face, face, text, same=True)
        if outline.person is not None and outline.name is None:  # the whole group is meant
            work = partial(people.name, outline.person, text, same=True)
        self.decide(work)

    def _decide_on(self, work: Callable[[Sequence[FaceId]], ChangeSet]) -> None:
        """Do something to the face that is chosen."""
        face = self.canvas.chosen
        if face is not None:
            self.decide(partial(work, [face.face]))

    def _draw(self, box: tuple[float, float, float, float]) -> None:
        if self._facts is not None:
            work = partial(self.environment.library.faces.draw, self._facts.record.path, box)
            self.environment.background.write(work, self._drawn, self._gone)

    def _drawn(self, face: DrawnFace) -> None:
        """Whoever draws a face knows whose it is: the name is asked for."""
        self._name_next = face.face
        self.reload()
        self.done.emit(face.changes.step)
        if face.undescribed:
            self.told.emit(face.undescribed)

    def _show_file(self) -> None:
        if self._facts is not None:
            show_in_file_manager(self._facts.record.path)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in _ON_FACE if self.canvas.chosen is not None else ():
            menu.addAction(self.environment.actions[name])
        menu.addSeparator()
        for name in _ON_PHOTO:
            menu.addAction(self.environment.actions[name])
        menu.popup(place)

    def _escape(self) -> None:
        """Back from a name, from the full screen, from the photo."""
        if self._naming is not None:
            self._end_name()
        elif self._alone:
            self._full_screen()
        else:
            self.environment.actions["back"].trigger()

    def _full_screen(self) -> None:
        """Nothing but the photo, or everything again."""
        self._alone = not self._alone
        self.canvas.set_alone(self._alone)
        for widget in (self.heading, *self._buttons):
            widget.setVisible(not self._alone)
        self.inspector.setVisible(not self._alone and self._wants_inspector)
        self.filmstrip.setVisible(not self._alone and len(self._others) > 1)
        margin = 0 if self._alone else theme.UNIT
        self.tools.setContentsMargins(2 * margin, 2 * margin, 2 * margin, margin)
        self.immersed.emit(int(self._alone))

    @property
    def _wants_inspector(self) -> bool:
        return bool(QSettings().value(_INSPECTOR_KEY, "true") != "false")

    def _toggle_inspector(self) -> None:
        QSettings().setValue(_INSPECTOR_KEY, "false" if self._wants_inspector else "true")
        self.inspector.setVisible(self._wants_inspector and not self._alone)

    def _tool(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self.environment.actions[name])
        self.tools.addWidget(button)
        return button


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
