"""Asks what an album is called, and what is in it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from faceorganizer.domain.albums import AlbumRecord, PhotoQuery
from faceorganizer.domain.ids import AlbumId, ContentId
from faceorganizer.domain.people import PersonRecord, clean_name, same_name
from faceorganizer.gui import theme
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.views.filters import FilterBar
from faceorganizer.gui.views.names import complete_with

_WIDTH = 64 * theme.UNIT


class _AlbumQuestion(QDialog):
    """A heading, a field for a name, and what follows.

    Signals:
        wanted: The change of the library that was asked for, as a call.
    """

    wanted = Signal(object)

    def __init__(self, environment: Environment, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self.environment = environment
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        self.column.setSpacing(2 * theme.UNIT)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Name of the album"))
        self.field.setAccessibleName(self.tr("Name of the album"))
        self.field.textChanged.connect(self._typed)
        self.column.addWidget(self.field)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take: QPushButton = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setProperty("primary", True)
        self.take.setEnabled(False)
        for other in self.buttons.findChildren(QPushButton):
            other.setAutoDefault(False)  # Enter in other fields has other meanings
        self.field.returnPressed.connect(self.take.click)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.accepted.connect(self._tell)

    def _typed(self) -> None:
        self.take.setEnabled(clean_name(self.field.text()) is not None)

    def _tell(self) -> None:
        self.wanted.emit(self.work())

    def work(self) -> object:
        """The change that was asked for."""
        raise NotImplementedError


class AlbumDialog(_AlbumQuestion):
    """A new album with a rule, or one to be filled by hand where the rule asks for nothing.

    Args:
        environment: Of the window.
        query: The rule to begin with.
        parent: Asks.
    """

    def __init__(self, environment: Environment, query: PhotoQuery, parent: QWidget) -> None:
        super().__init__(environment, parent)
        self.setWindowTitle(self.tr("New Album"))
        self.take.setText(self.tr("Make Album"))
        self.filter = FilterBar()
        self.filter.show_query(query)
        self.filter.changed.connect(self._explain)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self.column.addWidget(self.filter)
        self.column.addWidget(self._words)
        self.column.addStretch(1)
        self.column.addWidget(self.buttons)
        self._explain()
        environment.background.read(environment.library.people.list, self._people_come)

    def work(self) -> object:
        """Make the album."""
        query = self.filter.query
        create = self.environment.library.albums.create
        return partial(create, self.field.text(), query=query if query != PhotoQuery() else None)

    def _people_come(self, people: Sequence[PersonRecord]) -> None:
        self.filter.set_people({person.id: person.name for person in people if person.name is not None})
        self._explain()
        if self.filter.asks and not self.field.text():
            self.field.setText(self.filter.words)
            self.field.selectAll()

    def _explain(self) -> None:
        if self.filter.asks:
            text = self.tr("{rule}. New photos that fit join by themselves.").format(rule=self.filter.words)
        else:
            text = self.tr("Choose people or dates for an album that fills itself, or none for one you fill by hand.")
        self._words.setText(text)


class ToAlbumDialog(_AlbumQuestion):
    """Puts photos into an album that is kept by hand, a known one or a new one.

    Args:
        environment: Of the window.
        photos: To be put in.
        parent: Asks.
    """

    def __init__(self, environment: Environment, photos: Sequence[ContentId], parent: QWidget) -> None:
        super().__init__(environment, parent)
        self.setWindowTitle(self.tr("Add to Album"))
        self.take.setText(self.tr("Add"))
        self._photos = list(photos)
        self._albums: list[AlbumRecord] = []
        self._text = QLabel(self.tr("%n photo(s) go into this album; a new name makes a new one.", "", len(photos)))
        self._text.setWordWrap(True)
        for widget in (self._text, self.buttons):
            self.column.addWidget(widget)
        environment.background.read(environment.library.albums.list, self._albums_come)

    def work(self) -> object:
        """Add to the album of that name, or make it."""
        albums, name = self.environment.library.albums, self.field.text()
        known = next((album.id for album in self._albums if same_name(album.name, clean_name(name) or "")), None)
        if known is not None:
            return partial(albums.add, AlbumId(known), self._photos)
        return partial(albums.create, name, photos=self._photos)

    def _albums_come(self, albums: Sequence[AlbumRecord]) -> None:
        self._albums = list(albums)
        complete_with(self.field, [album.name for album in albums if not album.smart])
