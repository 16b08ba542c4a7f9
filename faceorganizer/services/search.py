"""Finds photos by what is asked of them."""

from dataclasses import replace
from pathlib import Path

from faceorganizer.db.database import Database
from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.ids import ContentId
from faceorganizer.domain.pictures import PhotoRecord
from faceorganizer.services.folders import absolute, place_in
from faceorganizer.services.originals import content_at

__all__ = ["PhotoQuery", "SearchService"]


class SearchService:
    """Answers questions about photos."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def photos(self, query: PhotoQuery | None = None) -> list[PhotoRecord]:
        """The photos that fit, by path; one record a file, so that duplicates appear with their originals."""
        with self._database.read() as unit:
            return unit.photos.records(query and placed(unit, query))

    def photo(self, text: str) -> ContentId:
        """The photo meant by an id or a path. A number is an id first, a path where no photo has that id.

        Raises:
            UnknownIdError: There is none.
        """
        with self._database.read() as unit:
            number = ContentId(int(text)) if text.isdecimal() else None
            if number is not None and number in unit.contents.records([number]):
                return number
            return content_at(unit, Path(text))


def placed(unit: UnitOfWork, query: PhotoQuery) -> PhotoQuery:
    """Let a question name its folder as the library does, also where it is reached by a link or spelled otherwise."""
    if query.folder is None:
        return query
    wanted = absolute(query.folder)
    for root in unit.roots.all():
        place = place_in(root.path, wanted)
        if place is not None:
            return replace(query, folder=root.path / place)
    return replace(query, folder=wanted)
