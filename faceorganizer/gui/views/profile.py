"""Who a person is: face, name, counts, years, birth date and note."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QLocale, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from faceorganizer.domain.ids import FaceId
from faceorganizer.domain.people import PersonRecord
from faceorganizer.domain.sightings import Sighting
from faceorganizer.gui import theme
from faceorganizer.gui.delegates.faces import paint_round, paint_round_figure
from faceorganizer.gui.thumbnails import Thumbnails
from faceorganizer.gui.views.names import NameField, begin_typing, complete_with


class Portrait(QWidget):
    """The key face in a circle."""

    def __init__(self, thumbnails: Thumbnails, side: int = theme.PORTRAIT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.face: FaceId | None = None
        self._of = ""
        self.setFixedSize(QSize(side, side))
        thumbnails.ready.connect(self._repaint)

    def show_face(self, face: FaceId | None, name: str | None = None) -> None:
        """Show another face; None shows a plain disc.

        Args:
            face: Whose picture it is.
            name: Whose initials stand there where no pictures of faces are kept.
        """
        self.face, self._of = face, name or ""
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the face."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        picture = self._thumbnails.get(("face", self.face)) if self.face is not None else None
        circle = QRect(1, 1, self.width() - 2, self.height() - 2)
        if self._thumbnails.faceless and self.face is not None:
            paint_round_figure(painter, circle, self._of)
        else:
            paint_round(painter, circle, picture)
        painter.end()

    def _repaint(self) -> None:
        self.update()


class _Name(QLabel):
    """A name that a click edits.

    Signals:
        clicked: It was clicked.
    """

    clicked = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Tell it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()


class _NameField(NameField):
    """A name being edited.

    Signals:
        left: Escape was pressed, or the field has lost the keyboard.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Profile(QWidget):
    """Who a person is. The name is edited in place; the rest in a dialog that a click asks for.

    Signals:
        named: What was typed as the name.
        details_wanted: Birth date and note are to be edited.
    """

    named = Signal(str)
    details_wanted = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.portrait = Portrait(thumbnails)
        self.name = _Name()
        self.name.setFont(theme.sized(self.font(), 1.8, strong=True))
        self.name.setToolTip(self.tr("Click to change the name (F2)"))
        self.name.setCursor(Qt.CursorShape.IBeamCursor)
        self.name.clicked.connect(self.edit_name)
        self.field = _NameField()
        self.field.setAccessibleName(self.tr("Name"))
        self.field.setFixedWidth(36 * theme.UNIT)
        self.field.returnPressed.connect(self._submit)
        self.field.left.connect(self.end_edit)
        self.field.hide()
        self.counts = QLabel()
        self.details = QPushButton()
        self.details.setProperty("link", "true")
        self.details.clicked.connect(self.details_wanted)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch(1)
        for widget in (self.name, self.field, self.counts, self.details):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * theme.UNIT)
        row.addWidget(self.portrait)
        row.addLayout(column)

    def show_person(self, person: PersonRecord, sightings: Sequence[Sighting]) -> None:
        """Show somebody."""
        self.portrait.show_face(person.key_face, person.name)
        self.portrait.setAccessibleName(self.tr("Face of {name}").format(name=self._called(person)))
        self.name.setText(self._called(person))
        self.counts.setText(self._counted(person, sightings))
        self.details.setText(self._said(person))

    def clear(self) -> None:
        """Show nobody."""
        self.end_edit()
        self.portrait.show_face(None)
        for label in (self.name, self.counts, self.details):
            label.setText("")

    def edit_name(self, begun: str = "") -> None:
        """Turn the name into a field.

        Args:
            begun: The first letter, where one was typed; the present name otherwise.
        """
        self.name.hide()
        self.field.show()
        if begun:
            begin_typing(self.field, begun)
        else:
            self.field.setText("" if self.name.text() == self.tr("Who is this?") else self.name.text())
            self.field.selectAll()
            self.field.setFocus()

    def offer(self, names: Sequence[str]) -> None:
        """Offer known names while one is typed."""
        complete_with(self.field, names)

    def end_edit(self) -> None:
        """Show the name again."""
        self.field.hide()
        self.name.show()

    def _submit(self) -> None:
        text = self.field.text().strip()
        self.end_edit()
        if text != self.name.text():
            self.named.emit(text)

    def _called(self, person: PersonRecord) -> str:
        return person.name or self.tr("Who is this?")

    def _counted(self, person: PersonRecord, sightings: Sequence[Sighting]) -> str:
        parts = [self.tr("%n face(s)", "", person.faces), self.tr("%n photo(s)", "", person.photos)]
        years = [sighting.taken.year for sighting in sightings if sighting.taken is not None]
        if years:
            first, last = min(years), max(years)
            parts.append(str(first) if first == last else f"{first}–{last}")
        if person.hidden:
            parts.append(self.tr("hidden"))
        return "  ·  ".join(parts)

    def _said(self, person: PersonRecord) -> str:
        parts = []
        if person.birth_date is not None:
            parts.append(self.tr("Born {date}").format(date=shown_date(person.birth_date)))
        if person.note:
            lines = person.note.splitlines()
            parts.append(lines[0] + (" …" if len(lines) > 1 else ""))
        return "  ·  ".join(parts) or self.tr("Add a birth date or a note…")


def shown_date(day: date) -> str:
    """A date as people write it here."""
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)
