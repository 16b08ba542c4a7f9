"""Albums: photos put together by hand, or by a rule. One call is one transaction and one journal step."""

from collections.abc import Collection, Sequence
from pathlib import Path

from faceorganizer.db.database import Database
from faceorganizer.db.repositories.albums import StoredAlbum
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.albums import AlbumRecord, PhotoQuery
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.ids import AlbumId, ContentId, PersonId
from faceorganizer.domain.people import clean_name, same_name
from faceorganizer.domain.pictures import PhotoRecord
from faceorganizer.services.events import EventBus
from faceorganizer.services.search import placed

_ALL = "'faceorganizer albums list' shows all."


class AlbumNameTakenError(UsageError):
    """Another album has that name; two that read the same could not be told apart.

    Args:
        name: The name.
        holder: The album that has it.
    """

    def __init__(self, name: str, holder: AlbumId) -> None:
        super().__init__(f"Album {holder} is named {name} already.", "Choose another name.")
        self.name = name
        self.holder = holder


class AlbumsService:
    """What a user does with albums. Photos stay where they are, whatever becomes of an album."""

    def __init__(self, database: Database, events: EventBus) -> None:
        self._database = database
        self._events = events

    def list(self) -> list[AlbumRecord]:
        """All albums by name."""
        with self._database.read() as unit:
            there = {outline.id for outline in unit.people.outlines()}
            return [_record(unit, stored, there) for stored in unit.albums.all()]

    def get(self, album: AlbumId) -> AlbumRecord:
        """One album.

        Raises:
            UnknownIdError: There is none of that id.
        """
        with self._database.read() as unit:
            stored = unit.albums.get(album)
            there = {outline.id for outline in unit.people.outlines()}
            return _record(unit, stored, there)

    def find(self, text: str) -> AlbumRecord:
        """The album meant by an id or a name. A number is an id first, a name where no album has that id.

        Raises:
            UnknownIdError: There is none.
        """
        with self._database.read() as unit:
            stored = unit.albums.all()
        chosen = [album for album in stored if text.isdecimal() and album.id == int(text)]
        chosen += [album for album in stored if same_name(album.name, clean_name(text) or "")]
        if not chosen:
            raise UnknownIdError(f"No album is named {text}.", _ALL)
        return self.get(chosen[0].id)

    def photos(self, album: AlbumId) -> Sequence[PhotoRecord]:
        """The photos of an album by path: one record a picture, the file that stands for it where that one is in it.

        Raises:
            UnknownIdError: There is none of that id.
        """
        with self._database.read() as unit:
            return album_photos(unit, album)

    def create(self, name: str, *, query: PhotoQuery | None = None, photos: Sequence[ContentId] = ()) -> ChangeSet:
        """Make an album.

        Args:
            name: Trimmed and Unicode-normalised before it is stored.
            query: The rule of a smart album; without one it is kept by hand.
            photos: What is in it at first, when it is kept by hand.

        Returns:
            The change, which holds the album's id.

        Raises:
            UsageError: The name is empty, the rule can have no answer, or both a rule and photos are given.
            AlbumNameTakenError: Another album has the name.
            UnknownIdError: There is no such photo or person.
        """
        if query is not None and photos:
            raise UsageError("An album keeps a rule or photos, not both.")
        with self._database.write("new album") as unit:
            album = unit.albums.create(_free_name(unit, name, None), None if query is None else _checked(unit, query))
            unit.albums.put(album, photos)
        return self._published(unit)

    def rename(self, album: AlbumId, name: str) -> ChangeSet:
        """Give an album another name.

        Args:
            album: The album.
            name: Its new name.

        Raises:
            UnknownIdError: There is none of that id.
            UsageError: The name is empty.
            AlbumNameTakenError: Another album has it.
        """
        with self._database.write("rename album") as unit:
            unit.albums.rename(unit.albums.get(album).id, _free_name(unit, name, album))
        return self._published(unit)

    def set_query(self, album: AlbumId, query: PhotoQuery) -> ChangeSet:
        """Give a smart album another rule.

        Args:
            album: The album.
            query: Which photos belong to it.

        Raises:
            UnknownIdError: There is no such album or person.
            UsageError: It is kept by hand, or the rule can have no answer.
        """
        with self._database.write("change album") as unit:
            stored = unit.albums.get(album)
            if stored.query is None:
                raise UsageError(f"The album {stored.name} is kept by hand.", "Make a new album with the rule.")
            unit.albums.set_query(album, _checked(unit, query, stored.query))
        return self._published(unit)

    def add(self, album: AlbumId, contents: Sequence[ContentId]) -> ChangeSet:
        """Put photos into an album that is kept by hand.

        Args:
            album: The album.
            contents: Ids of photos.

        Raises:
            UnknownIdError: There is no such album or photo.
            UsageError: It keeps a rule, or no photo was given.
        """
        with self._database.write("add to album") as unit:
            _check_kept(unit, album, contents)
            unit.albums.put(album, contents)
        return self._published(unit)

    def remove(self, album: AlbumId, contents: Sequence[ContentId]) -> ChangeSet:
        """Take photos out of an album that is kept by hand; those that are not in it are no error.

        Args:
            album: The album.
            contents: Ids of photos.

        Raises:
            UnknownIdError: There is no such album.
            UsageError: It keeps a rule, or no photo was given.
        """
        with self._database.write("remove from album") as unit:
            _check_kept(unit, album, contents)
            unit.albums.take(album, contents)
        return self._published(unit)

    def delete(self, album: AlbumId) -> ChangeSet:
        """Delete an album. Its photos stay.

        Raises:
            UnknownIdError: There is none of that id.
        """
        with self._database.write("delete album") as unit:
            unit.albums.delete(album)
        return self._published(unit)

    def _published(self, unit: UnitOfWork) -> ChangeSet:
        self._events.changed(unit.changes)
        return unit.changes


def album_photos(unit: UnitOfWork, album: AlbumId) -> list[PhotoRecord]:
    """The photos of an album in a transaction, one record a picture.

    Raises:
        UnknownIdError: There is none of that id.
    """
    query = unit.albums.get(album).query
    found = unit.photos.of(unit.albums.contents(album)) if query is None else unit.photos.records(query)
    return one_a_picture(found)


def one_a_picture(records: Sequence[PhotoRecord]) -> list[PhotoRecord]:
    """Leave out duplicates: of each picture the file that stands for it stays, else the first one that is there."""
    best: dict[ContentId | Path, PhotoRecord] = {}
    for record in records:
        key = record.path if record.photo is None else record.photo
        other = best.get(key)
        if other is None or _rank(record) < _rank(other):
            best[key] = record
    chosen = {record.path for record in best.values()}
    return [record for record in records if record.path in chosen]


def _rank(record: PhotoRecord) -> tuple[bool, bool]:
    return record.state != "present", record.duplicate_of is not None


def _record(unit: UnitOfWork, stored: StoredAlbum, there: Collection[PersonId]) -> AlbumRecord:
    query = stored.query
    if query is None:
        photos, cover = unit.photos.summary_of(unit.albums.contents(stored.id))
    else:
        photos, cover = unit.photos.summary(query)
    people = () if query is None else query.people
    return AlbumRecord(
        id=stored.id,
        name=stored.name,
        query=query,
        photos=photos,
        cover=cover,
        created=stored.created,
        people=tuple(person for person in people if person in there),
        gone=tuple(person for person in people if person not in there),
    )


def _free_name(unit: UnitOfWork, text: str, album: AlbumId | None) -> str:
    name = clean_name(text)
    if name is None:
        raise UsageError("An album needs a name that is not empty.")
    for other in unit.albums.all():
        if other.id != album and same_name(other.name, name):
            raise AlbumNameTakenError(other.name, other.id)
    return name


def _checked(unit: UnitOfWork, query: PhotoQuery, former: PhotoQuery | None = None) -> PhotoQuery:
    """A rule as it is stored; it may go on mentioning somebody who is there no more."""
    there = {outline.id for outline in unit.people.outlines(query.people)}
    there.update(() if former is None else former.people)
    for person in query.people:
        if person not in there:
            raise UnknownIdError(f"The library has no person {person}.")
    return placed(unit, query.checked())


def _check_kept(unit: UnitOfWork, album: AlbumId, contents: Sequence[ContentId]) -> None:
    stored = unit.albums.get(album)
    if stored.query is not None:
        raise UsageError(f"The album {stored.name} keeps a rule, which says what is in it.", "Change the rule instead.")
    if not contents:
        raise UsageError("Say which photos.")
