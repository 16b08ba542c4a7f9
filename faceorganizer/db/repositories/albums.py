"""Albums, and the photos of those that are kept by hand."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from faceorganizer.db.columns import now
from faceorganizer.db.journal import Journal
from faceorganizer.db.queries import next_id, require
from faceorganizer.db.tables import album, album_content, content
from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.errors import UnknownIdError
from faceorganizer.domain.ids import AlbumId, ContentId, PersonId


@dataclass(frozen=True, slots=True)
class StoredAlbum:
    """An album as it is stored; the rule is None where it is kept by hand."""

    id: AlbumId
    name: str
    query: PhotoQuery | None
    created: datetime


class AlbumRepository:
    """Albums, by id."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def all(self) -> list[StoredAlbum]:
        """Return all albums by name."""
        records = map(_record, self._connection.execute(select(album)))
        return sorted(records, key=lambda record: (record.name.casefold(), record.name, record.id))

    def get(self, number: AlbumId) -> StoredAlbum:
        """Return one album.

        Raises:
            UnknownIdError: There is none of that id.
        """
        row = self._connection.execute(select(album).where(album.c.id == number)).one_or_none()
        if row is None:
            raise UnknownIdError(f"The library has no album {number}.", "'faceorganizer albums list' shows all.")
        return _record(row)

    def create(self, name: str, query: PhotoQuery | None) -> AlbumId:
        """Add an album, with a rule or empty.

        Raises:
            ValueError: The name is empty.
        """
        number = AlbumId(next_id(self._connection, album))
        self._journal.put(album, [{"id": number, "name": name, "query": _stored(query), "created": now()}])
        return number

    def rename(self, number: AlbumId, name: str) -> None:
        """Give an album another name.

        Raises:
            UnknownIdError: There is none of that id.
            ValueError: The name is empty.
        """
        self.get(number)
        self._journal.change(album, [number], {"name": name})

    def set_query(self, number: AlbumId, query: PhotoQuery) -> None:
        """Give an album another rule.

        Raises:
            UnknownIdError: There is none of that id.
        """
        self.get(number)
        self._journal.change(album, [number], {"query": _stored(query)})

    def delete(self, number: AlbumId) -> None:
        """Delete an album; its photos stay where they are.

        Raises:
            UnknownIdError: There is none of that id.
        """
        self.get(number)
        self.take(number, self.contents(number))
        self._journal.remove(album, [(number,)])

    def contents(self, number: AlbumId) -> list[ContentId]:
        """Return the pictures that somebody put into an album, by id."""
        statement = select(album_content.c.content_id).where(album_content.c.album_id == number)
        return list(self._connection.execute(statement.order_by(album_content.c.content_id)).scalars())

    def put(self, number: AlbumId, contents: Collection[ContentId]) -> None:
        """Put pictures into an album; those that are in it stay as they are.

        Raises:
            UnknownIdError: There is no such picture.
        """
        require(self._connection, content, contents, "photo")
        inside = set(self.contents(number))
        moment = now()
        rows = [
            {"album_id": int(number), "content_id": int(picture), "added": moment}
            for picture in contents
            if picture not in inside
        ]
        self._journal.put(album_content, rows)

    def take(self, number: AlbumId, contents: Collection[ContentId]) -> None:
        """Take pictures out of an album; those that are not in it are no error."""
        self._journal.remove(album_content, [(number, picture) for picture in contents])

    def follow(self, heirs: Mapping[PersonId, PersonId]) -> None:
        """Let all rules mean other people from now on: those whom the ones they mean became."""
        for record in self.all():
            if record.query is not None and not heirs.keys().isdisjoint(record.query.people):
                self.set_query(record.id, record.query.following(heirs))


def _stored(query: PhotoQuery | None) -> dict[str, Any] | None:
    return None if query is None else query.to_json()


def _record(row: Row[Any]) -> StoredAlbum:
    query = None if row.query is None else PhotoQuery.from_json(row.query)
    return StoredAlbum(AlbumId(row.id), row.name, query, datetime.fromisoformat(row.created))
