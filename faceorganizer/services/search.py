"""Finds photos by what is asked of them."""

from collections.abc import Collection
from dataclasses import dataclass

from faceorganizer.db.database import Database
from faceorganizer.domain.ids import ContentId, PersonId
from faceorganizer.domain.pictures import PhotoRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoQuery:
    """Which photos are wanted. Conditions add up; empty ones do not count.

    Attributes:
        any_of: At least one of these people is in it.
        all_of: All of them are.
        only: All of them are, and nobody else with a face in it.
        without: None of them is.
        year: Taken in that year.
        failed: It could not be read.
        no_faces: No face was found in it.
        photo: It is this one; its duplicates are others of its files.
    """

    any_of: Collection[PersonId] = ()
    all_of: Collection[PersonId] = ()
    only: Collection[PersonId] = ()
    without: Collection[PersonId] = ()
    year: int | None = None
    failed: bool = False
    no_faces: bool = False
    photo: ContentId | None = None


class SearchService:
    """Answers questions about photos."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def photos(self, query: PhotoQuery | None = None) -> list[PhotoRecord]:
        """The photos that fit, by path; one record a file, so that duplicates appear with their originals."""
        query = query or PhotoQuery()
        with self._database.read() as unit:
            return unit.photos.records(
                any_of=query.any_of,
                all_of=query.all_of,
                only=query.only,
                without=query.without,
                year=query.year,
                failed=query.failed,
                no_faces=query.no_faces,
                photo=query.photo,
            )
