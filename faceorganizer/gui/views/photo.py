"""One photo: who is in it, and what is known of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QDate, QLocale, QSize, Qt, QTime, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.ids import ContentId, FaceId
from faceorganizer.domain.pictures import PhotoRecord
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.views.canvas import Outline, PhotoCanvas
from faceorganizer.gui.views.names import complete_with
from faceorganizer.gui.views.place import Place
from faceorganizer.services.faces import DrawnFace
from faceorganizer.services.search import PhotoQuery

LONG_SIDE = 2048  # of what is decoded to be shown


@dataclass(frozen=True, slots=True)
class _Known:
    """What the library knows of a photo."""

    record: PhotoRecord
    outlines: list[Outline]
    names: list[str]


class PhotoPlace(Place):
    """A photo to the edges, with the faces outlined; names are typed where the faces are."""

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.photo: ContentId | None = None
        self._others: Sequence[ContentId] = ()
        self._record: PhotoRecord | None = None
        self._names: list[str] = []
        self._naming: QLineEdit | None = None
        self.canvas = PhotoCanvas()
        self.canvas.setAccessibleName(self.tr("Photo"))
        self.canvas.picked.connect(self._begin_name)
        self.canvas.drawn.connect(self._draw)
        self.canvas.turned.connect(self._turn)
        self.inspector = _Inspector()
        row = QHBoxLayout()
        row.addWidget(self.canvas, 1)
        row.addWidget(self.inspector)
        self.content.addLayout(row, 1)

    @property
    def side_panel(self) -> QWidget | None:
        """What is known of the photo."""
        return self.inspector

    def visit(self, number: int, others: Sequence[ContentId]) -> None:
        """Show a photo."""
        self.show_photo(ContentId(number), others)

    def show_photo(self, photo: ContentId, others: Sequence[ContentId] = ()) -> None:
        """Show a photo.

        Args:
            photo: Which one.
            others: Those that the arrow keys lead to, in their order, itself among them.
        """
        self._others = others or self._others
        if photo != self.photo:
            self.photo = photo
            self._end_name()
            self.canvas.show_faces(())
            self.environment.background.read(partial(_decoded, self.environment, photo), self._picture_come)
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
        """What can be done with the photo."""
        return {
            "boxes": self.canvas.toggle_boxes,
            "draw": self.canvas.begin_drawing,
            "show-file": self._show_file,
            "full-screen": self._full_screen,
        }

    def _read(self, photo: ContentId) -> _Known:
        library = self.environment.library
        records = library.photos(PhotoQuery(photo=photo))
        faces = library.faces.list(photo=photo)
        stands = next((record for record in records if record.duplicate_of is None), records[0])
        outlines = [Outline(face.face, face.box, face.person, face.name) for face in faces]
        return _Known(stands, outlines, [person.name for person in library.people.recent(500) if person.name])

    def _come(self, known: _Known) -> None:
        if known.record.photo == self.photo:
            self._record, self._names = known.record, known.names
            self.heading.setText(known.record.path.name)
            self.canvas.show_faces(known.outlines)
            self.inspector.show_record(known.record, known.outlines)

    def _gone(self, error: FaceOrganizerError) -> None:
        self.told.emit(plain(error))

    def _picture_come(self, answer: tuple[ContentId, QImage | None, QSize]) -> None:
        photo, image, full = answer
        if photo == self.photo:
            self.canvas.show_photo(image, full)
            if image is None:
                self.told.emit(self.tr("The photo cannot be read now; is its drive connected?"))

    def _turn(self, by: int) -> None:
        if self.photo in self._others:
            place = self._others.index(self.photo) + by
            if 0 <= place < len(self._others):
                self.left_for.emit("photo", self._others[place])

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

    def _draw(self, box: tuple[float, float, float, float]) -> None:
        if self._record is not None:
            work = partial(self.environment.library.faces.draw, self._record.path, box)
            self.environment.background.write(work, self._drawn, self._gone)

    def _drawn(self, face: DrawnFace) -> None:
        self.done.emit(face.changes.step)
        if face.undescribed:
            self.told.emit(face.undescribed)

    def _show_file(self) -> None:
        if self._record is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._record.path.parent)))

    def _full_screen(self) -> None:
        self.window().setWindowState(self.window().windowState() ^ Qt.WindowState.WindowFullScreen)


class _Inspector(QWidget):
    """What is known of a photo, beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.INSPECTOR_WIDTH)
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(2 * theme.UNIT, theme.UNIT, 2 * theme.UNIT, theme.UNIT)
        self._rows.setVerticalSpacing(theme.UNIT)
        self._rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)

    def show_record(self, record: PhotoRecord, outlines: Sequence[Outline]) -> None:
        """Show another photo's."""
        while self._rows.rowCount():
            self._rows.removeRow(0)
        for title, text in self._facts(record, outlines):
            label = QLabel(text)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            heading = QLabel(title)
            heading.setFont(theme.sized(self.font(), 0.85, strong=True))
            self._rows.addRow(heading, label)

    def _facts(self, record: PhotoRecord, outlines: Sequence[Outline]) -> list[tuple[str, str]]:
        names = [outline.name for outline in outlines if outline.name]
        unnamed = len(outlines) - len(names)
        people = ", ".join(names) + (f" + {unnamed}" if names and unnamed else "")
        capture = record.capture
        facts = [
            (self.tr("People"), people or self.tr("{count} without a name").format(count=unnamed)),
            (self.tr("Taken"), _moment(capture.taken)),
            (self.tr("Camera"), capture.camera or ""),
            (self.tr("Place"), _coordinates(record)),
            (self.tr("Size"), f"{record.width} x {record.height}" if record.width else ""),
            (self.tr("File"), str(record.path)),
        ]
        return [(title, text) for title, text in facts if text]


def _moment(taken: datetime | None) -> str:
    if taken is None:
        return ""
    day, time = QDate(taken.year, taken.month, taken.day), QTime(taken.hour, taken.minute)
    locale = QLocale()
    return f"{locale.toString(day)}, {locale.toString(time, QLocale.FormatType.ShortFormat)}"


def _coordinates(record: PhotoRecord) -> str:
    place = record.capture.place
    return f"{place.latitude:.5f}, {place.longitude:.5f}" if place is not None else ""


def _decoded(environment: Environment, photo: ContentId) -> tuple[ContentId, QImage | None, QSize]:
    """A photo to be shown; in the background."""
    picture = environment.library.thumbnails.picture(photo, LONG_SIDE)
    if picture is None:
        return photo, None, QSize(4, 3)
    height, width = picture.pixels.shape[:2]
    image = QImage(picture.pixels.data, width, height, picture.pixels.strides[0], QImage.Format.Format_RGB888)
    return photo, image.copy(), QSize(picture.full_width, picture.full_height)  # the array does not outlive the call
