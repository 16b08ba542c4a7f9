"""The folders of the library."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from faceorganizer.db.journal import Journal
from faceorganizer.db.tables import file, root, written
from faceorganizer.domain.errors import UnknownIdError
from faceorganizer.domain.ids import RootId
from faceorganizer.domain.pictures import Root


class RootRepository:
    """Roots, by id."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def all(self) -> list[Root]:
        """Return all roots in the order they were added."""
        return [_record(row) for row in self._connection.execute(select(root).order_by(root.c.id))]

    def add(self, path: Path, volume: str, exclusions: tuple[str, ...] = ()) -> Root:
        """Add a folder.

        Raises:
            ValueError: It is one already.
        """
        values = {"path": str(path), "volume": volume, "exclusions": list(exclusions)}
        added = self._connection.execute(insert(root).values(values).returning(root.c.id)).scalar_one()
        self._journal.touch("root", [added])
        return Root(RootId(added), path, volume, exclusions)

    def update(self, changed: Root) -> None:
        """Write path, volume and exclusions of a root.

        Raises:
            UnknownIdError: There is no root of that id.
            ValueError: Another root has that path.
        """
        values = {"path": str(changed.path), "volume": changed.volume, "exclusions": list(changed.exclusions)}
        result = self._connection.execute(update(root).where(root.c.id == changed.id).values(values))
        if not result.rowcount:
            raise _unknown(changed.id)
        self._journal.touch("root", [changed.id])

    def remove(self, removed: RootId) -> None:
        """Forget a folder and its files; pictures, faces and people stay, for when it is added again.

        Raises:
            UnknownIdError: There is no root of that id.
        """
        of_root = select(file.c.id).where(file.c.root_id == removed)
        self._connection.execute(delete(written).where(written.c.file_id.in_(of_root)))
        gone = self._connection.execute(delete(file).where(file.c.root_id == removed).returning(file.c.id)).scalars()
        self._journal.touch("file", gone)
        if not self._connection.execute(delete(root).where(root.c.id == removed)).rowcount:
            raise _unknown(removed)
        self._journal.touch("root", [removed])


def _record(row: Row[Any]) -> Root:
    return Root(RootId(row.id), Path(row.path), row.volume, tuple(row.exclusions))


def _unknown(missing: RootId) -> UnknownIdError:
    return UnknownIdError(f"The library has no folder {missing}.")
