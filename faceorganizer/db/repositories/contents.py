"""The distinct pictures."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Row, func, insert, select, update

from faceorganizer.db.journal import Journal
from faceorganizer.db.queries import among
from faceorganizer.db.tables import content
from faceorganizer.domain.errors import UnknownIdError
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.ids import ContentId
from faceorganizer.domain.pictures import Capture, ContentRecord, PictureIdentity, Place

Days = npt.NDArray[np.float64]

_CHUNK: Final = 500  # parameters; SQLite takes 999 at least


class ContentRepository:
    """Pictures, by id and by the hash of their image data; the file's hash is not stored here and comes back empty."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def by_hash(self, hashes: Sequence[bytes]) -> dict[bytes, ContentRecord]:
        """Return the pictures that are known of some, by content hash."""
        found: dict[bytes, ContentRecord] = {}
        rest = iter(dict.fromkeys(hashes))
        while chunk := list(islice(rest, _CHUNK)):
            for row in self._connection.execute(select(content).where(content.c.hash.in_(chunk))):
                found[row.hash] = _record(row)
        return found

    def get(self, number: ContentId) -> ContentRecord:
        """Return one picture.

        Raises:
            UnknownIdError: There is none of that id.
        """
        row = self._connection.execute(select(content).where(content.c.id == number)).one_or_none()
        if row is None:
            raise _unknown(number)
        return _record(row)

    def records(self, numbers: Sequence[ContentId]) -> dict[ContentId, ContentRecord]:
        """Return some pictures by id; those that are not there are left out."""
        rows = self._connection.execute(select(content).where(among(content.c.id, numbers)))
        return {record.id: record for record in map(_record, rows)}

    def days_taken(self) -> tuple[IntArray, Days]:
        """Return the ids of all pictures with a date, ascending, and their dates as Julian days."""
        columns = content.c.id, func.julianday(content.c.taken)
        rows = self._connection.execute(select(*columns).where(content.c.taken.is_not(None)).order_by(content.c.id))
        found = np.array([tuple(row) for row in rows], np.float64).reshape(-1, 2)
        return found[:, 0].astype(np.int64), found[:, 1]

    def add(self, identity: PictureIdentity) -> ContentId:
        """Add a picture.

        Raises:
            ValueError: Its content hash is known already.
        """
        values = {"hash": identity.content_hash, **_values(identity)}
        added = self._connection.execute(insert(content).values(values).returning(content.c.id)).scalar_one()
        self._journal.touch("content", [added])
        return ContentId(added)

    def update(self, number: ContentId, identity: PictureIdentity) -> None:
        """Write what describes a picture, its orientation included; its hash stays.

        Raises:
            UnknownIdError: There is none of that id.
        """
        result = self._connection.execute(update(content).where(content.c.id == number).values(_values(identity)))
        if not result.rowcount:
            raise _unknown(number)
        self._journal.touch("content", [number])


def _unknown(number: ContentId) -> UnknownIdError:
    return UnknownIdError(f"The library has no photo {number}.")


def _record(row: Row[Any]) -> ContentRecord:
    identity = PictureIdentity(
        file_hash=b"",
        content_hash=row.hash,
        format=row.format,
        width=row.width,
        height=row.height,
        orientation=row.orientation,
        capture=capture_of(row),
    )
    return ContentRecord(ContentId(row.id), identity)


def capture_of(row: Row[Any]) -> Capture:
    """Read date, camera and place from a row that has content's columns for them."""
    place = None
    if row.latitude is not None and row.longitude is not None:
        place = Place(row.latitude, row.longitude, row.altitude)
    taken = None if row.taken is None else datetime.fromisoformat(row.taken)
    return Capture(taken, row.taken_source or "", row.camera, place)  # a file that never could be read has none


def _values(identity: PictureIdentity) -> dict[str, Any]:
    capture = identity.capture
    place = capture.place
    return {
        "format": identity.format,
        "width": identity.width,
        "height": identity.height,
        "orientation": identity.orientation,
        "taken": None if capture.taken is None else capture.taken.isoformat(),
        "taken_source": capture.taken_source,
        "camera": capture.camera,
        "latitude": None if place is None else place.latitude,
        "longitude": None if place is None else place.longitude,
        "altitude": None if place is None else place.altitude,
    }
