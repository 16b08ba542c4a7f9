"""The files of the library's folders."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, String, bindparam, cast, func, insert, select, update

from faceorganizer.db.journal import Journal
from faceorganizer.db.queries import among, next_id
from faceorganizer.db.tables import file
from faceorganizer.domain.ids import ContentId, FileId, RootId
from faceorganizer.domain.pictures import FileRecord, FileState

_STATES: Final = {state.value: state for state in FileState}


class FileRepository:
    """Files, by id."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def of_root(self, root: RootId) -> list[FileRecord]:
        """Return the files of a root, present and missing, by id."""
        return list(
            map(_record, self._connection.execute(select(file).where(file.c.root_id == root).order_by(file.c.id)))
        )

    def counts(self) -> dict[RootId, dict[FileState, int]]:
        """Count the files of each root by state; a root without files is left out."""
        statement = select(file.c.root_id, file.c.state, func.count()).group_by(file.c.root_id, file.c.state)
        counts: defaultdict[RootId, dict[FileState, int]] = defaultdict(lambda: dict.fromkeys(FileState, 0))
        for root, state, count in self._connection.execute(statement):
            counts[RootId(root)][_STATES[state]] = count
        return dict(counts)

    def at(self, root: RootId, path: str) -> FileRecord | None:
        """Return the file at a relative path of a root; None when none is known there."""
        row = self._connection.execute(select(file).where(file.c.root_id == root, file.c.path == path)).one_or_none()
        return None if row is None else _record(row)

    def of_contents(self, contents: Sequence[ContentId]) -> dict[ContentId, list[FileRecord]]:
        """Return the files that hold each picture, by id; pictures without a file are left out."""
        files: defaultdict[ContentId, list[FileRecord]] = defaultdict(list)
        statement = select(file).where(among(file.c.content_id, contents)).order_by(file.c.id)
        for row in self._connection.execute(statement):
            files[ContentId(row.content_id)].append(_record(row))
        return dict(files)

    def add(self, files: Sequence[FileRecord]) -> None:
        """Add files; their ids are ignored and given anew.

        Raises:
            ValueError: A path is there already, or root or content is unknown.
        """
        if not files:
            return
        first = next_id(self._connection, file)
        rows = [{"id": number, **_values(record)} for number, record in enumerate(files, start=first)]
        self._connection.execute(insert(file), rows)
        self._journal.touch("file", range(first, first + len(files)))

    def update(self, files: Sequence[FileRecord]) -> None:
        """Write every column of files that are there; moved files may take each other's paths.

        Raises:
            ValueError: Two files would have one path, or root or content is unknown.
        """
        if not files:
            return
        self._park(files)
        rows = [{"file_id": record.id, **_values(record)} for record in files]
        self._connection.execute(update(file).where(file.c.id == bindparam("file_id")), rows)
        self._journal.touch("file", (record.id for record in files))

    def set_state(self, ids: Sequence[FileId], state: FileState) -> None:
        """Mark files as present or missing."""
        self._connection.execute(update(file).where(among(file.c.id, ids)).values(state=state.value))
        self._journal.touch("file", ids)

    def _park(self, files: Iterable[FileRecord]) -> None:
        """Free the paths of files that move: a unique path is checked row by row, also while two are exchanged."""
        targets = {record.id: (record.root, record.path) for record in files}
        statement = select(file.c.id, file.c.root_id, file.c.path).where(among(file.c.id, list(targets)))
        moving = [row.id for row in self._connection.execute(statement) if targets[row.id] != (row.root_id, row.path)]
        # No file has such a path: theirs are relative.
        parked = "//moving/" + cast(file.c.id, String)
        self._connection.execute(update(file).where(among(file.c.id, moving)).values(path=parked))


def _record(row: Row[Any]) -> FileRecord:
    number, root, path, size, mtime_ns, digest, content, state, error = tuple(row)
    return FileRecord(number, root, path, size, mtime_ns, digest, content, _STATES[state], error)


def _values(record: FileRecord) -> dict[str, Any]:
    return {
        "root_id": record.root,
        "path": record.path,
        "size": record.size,
        "mtime_ns": record.mtime_ns,
        "hash": record.file_hash,
        "content_id": record.content,
        "state": record.state.value,
        "error": record.error,
    }
