"""Photos by month or by folder, narrowed to who is in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.ids import ContentId, RootId
from faceorganizer.gui.dialogs.album import AlbumDialog
from faceorganizer.gui.dialogs.export import Exported
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.models.photos import Order
from faceorganizer.gui.views.filters import FilterBar
from faceorganizer.gui.views.gallery import Answer, GalleryPlace, answered


class PhotosPlace(GalleryPlace):
    """All photos, those of a folder, or those that some people are in."""

    menu_actions = ("open", "show-file", "add-to-album", "save-album")

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(environment, parent)
        self.heading.setText(self.tr("Photos"))
        self._root: RootId | None = None
        self._query = PhotoQuery()  # as it was asked last, with the folder
        self.save = QPushButton(environment.actions["save-album"].text())
        self.save.clicked.connect(environment.actions["save-album"].trigger)
        self.save.hide()
        self.tools.addWidget(self.save)
        self.filter = FilterBar()
        self.filter.changed.connect(self.reload)
        self.content.addWidget(self.filter)
        self.content.addLayout(self.stack, 1)
        environment.roster.changed.connect(self._people_come)

    def visit(self, number: int, others: Sequence[ContentId]) -> None:
        """Show the photos of one of the library's folders, or all."""
        self.show_folder(RootId(number) if number else None)

    def show_folder(self, root: RootId | None) -> None:
        """Show the photos of one of the library's folders; None for all."""
        if root != self._root:
            self._root, self._stale = root, True
        self.shown()

    def shown(self) -> None:
        """See who there is, and what photos there are."""
        self._people_come()
        super().shown()

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """Searching is adding a person; the rest is for photos that are selected."""
        possible = {"find": self.filter.search.setFocus, **super().actions_now()}
        if self.model.ids:
            possible["export"] = self._export
        return possible | ({"save-album": self._save_album} if self._query != PhotoQuery() else {})

    def asking(self) -> Callable[[], Answer]:
        """What reads the photos that fit."""
        return partial(self._read, self.filter.query, self._root, self.order_now)

    def concerns(self, changes: ChangeSet) -> bool:
        """Who is in photos matters if it is asked for."""
        people = changes.of("face") or changes.of("person")
        return super().concerns(changes) or bool(people and self.filter.asks)

    def come(self, answer: Answer) -> None:
        """Show what was read."""
        assert isinstance(answer.about, PhotoQuery)
        self._query = answer.about
        self.save.setVisible(self._query != PhotoQuery())
        if not self.filter.asks:
            self.filter.set_years(answer.years)
        super().come(answer)

    def _people_come(self, _concerned: object = None) -> None:
        people = self.environment.roster.records.values()
        names = {person.id: person.name for person in people if person.name and not person.hidden}
        if names != self.filter.names:
            self.filter.set_people(names)

    def explain(self) -> None:
        """Say why there are no photos."""
        if self.filter.asks:
            self.empty.tell("", self.tr("No photo fits."), self.tr("Show all"))
        else:
            self.empty.tell("", self.tr("Your photos will be here, month by month."), self.tr("Add Folder…"))

    def fill(self) -> None:
        """What brings photos: fewer conditions, or a folder."""
        if self.filter.asks:
            self.filter.show_query(PhotoQuery())
            self.reload()
        else:
            self.environment.actions["add-folder"].trigger()

    def _read(self, query: PhotoQuery, root: RootId | None, order: Order) -> Answer:
        library = self.environment.library
        title = self.tr("Photos")
        if root is not None:
            folder = next((known.root.path for known in library.folders.list() if known.root.id == root), None)
            query = replace(query, folder=folder)
            title = folder.name if folder is not None else title
        return answered(title, library.photos(query), order, library.people.list(), query)

    def _export(self) -> None:
        title = self.filter.words if self.filter.asks else self.heading.text()
        self.export(Exported(title, query=self._query))

    def _save_album(self) -> None:
        """An album that goes on asking what is asked here."""
        dialog = AlbumDialog(self.environment, self._query, self)
        dialog.wanted.connect(self.decide)
        dialog.open()
