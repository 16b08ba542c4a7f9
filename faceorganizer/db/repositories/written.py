"""What was written into the metadata of photos, so that it can be told from what others wrote, and taken back."""

import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select, update

from faceorganizer.db.columns import now
from faceorganizer.db.journal import Journal
from faceorganizer.db.queries import among, next_id
from faceorganizer.db.tables import written
from faceorganizer.domain.changes import RowChange
from faceorganizer.domain.ids import FileId

_LEVEL: Final = 6


@dataclass(frozen=True, slots=True)
class WrittenRecord:
    """One packet as it was written last.

    Attributes:
        id: None before it is stored.
        file: The photo.
        place: "file" for the photo itself, "sidecar" for photo.jpg.xmp, "stem" for photo.xmp.
        added: What of the packet is this program's, as JSON knows it.
        former: The packet before that write; None where there was none.
        packet: The packet since; None where none is left.
        size: Bytes of the file with the packet when it was written; None while that is not known.
        mtime_ns: When it was modified then, nanoseconds since 1970.
    """

    id: int | None
    file: FileId
    place: str
    added: Mapping[str, Any]
    former: bytes | None
    packet: bytes | None
    size: int | None = None
    mtime_ns: int | None = None


@dataclass(frozen=True, slots=True)
class PacketChange:
    """What undoing or redoing a step means for one file.

    Attributes:
        file: The photo.
        place: As in :class:`WrittenRecord`.
        expected: The packet that has to be there.
        wanted: The packet that is to be there.
    """

    id: int
    file: FileId
    place: str
    expected: bytes | None
    wanted: bytes | None


class WrittenRepository:
    """Written packets, by id."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def of_files(self, files: Collection[FileId] | None = None) -> list[WrittenRecord]:
        """Return what was written for some files, or for all, by id."""
        statement = select(written).order_by(written.c.id)
        if files is not None:
            statement = statement.where(among(written.c.file_id, files))
        return [_record(row) for row in self._connection.execute(statement)]

    def added(self) -> list[WrittenRecord]:
        """Return everything that was written, by id, without the packets, which may be large."""
        columns = written.c.id, written.c.file_id, written.c.place, written.c.added
        rows = self._connection.execute(select(*columns).order_by(written.c.id))
        return [WrittenRecord(row.id, FileId(row.file_id), row.place, row.added, None, None) for row in rows]

    def looks(self) -> list[tuple[int, FileId, str, int | None, int | None]]:
        """Return id, file, place, size and modification time of everything that was written, without the packets."""
        columns = written.c.id, written.c.file_id, written.c.place, written.c.size, written.c.mtime_ns
        return [tuple(row) for row in self._connection.execute(select(*columns).order_by(written.c.id))]

    def get(self, number: int) -> WrittenRecord:
        """Return what was written under an id, which has to exist."""
        return _record(self._connection.execute(select(written).where(written.c.id == number)).one())

    def put(self, records: Sequence[WrittenRecord]) -> list[int]:
        """Note packets that are about to be written; returns the id of each."""
        moment = now()
        first = next_id(self._connection, written)
        new = iter(range(first, first + len(records)))
        numbers = [next(new) if record.id is None else record.id for record in records]
        self._journal.put(
            written,
            (
                {
                    "id": number,
                    "file_id": record.file,
                    "place": record.place,
                    "added": dict(record.added),
                    "former": _packed(record.former),
                    "packet": _packed(record.packet),
                    "size": record.size,
                    "mtime_ns": record.mtime_ns,
                    "at": moment,
                }
                for number, record in zip(numbers, records, strict=True)
            ),
        )
        return numbers

    def note_states(self, states: Iterable[tuple[int, int | None, int | None]]) -> None:
        """Note how files look that hold packets: (id, size, modification time); no part of any step."""
        rows = [{"number": number, "bytes": size, "time": mtime} for number, size, mtime in states]
        if rows:
            chosen = update(written).where(written.c.id == bindparam("number"))
            self._connection.execute(chosen.values(size=bindparam("bytes"), mtime_ns=bindparam("time")), rows)


def packet_changes(changes: Iterable[RowChange], *, undoing: bool) -> list[PacketChange]:
    """Return what a step's changes mean for files, when it is undone or done again."""
    found = []
    for change in changes:
        if change.entity == written.name and change.after is not None:
            row = {**(change.before or {}), **change.after}
            former, packet = _unpacked(row["former"]), _unpacked(row["packet"])
            expected, wanted = (packet, former) if undoing else (former, packet)
            found.append(PacketChange(row["id"], FileId(row["file_id"]), row["place"], expected, wanted))
    return found


def _record(row: Row[Any]) -> WrittenRecord:
    return WrittenRecord(
        row.id,
        FileId(row.file_id),
        row.place,
        row.added,
        _unpacked(row.former),
        _unpacked(row.packet),
        row.size,
        row.mtime_ns,
    )


def _packed(packet: bytes | None) -> bytes | None:
    return None if packet is None else zlib.compress(packet, _LEVEL)


def _unpacked(packed: bytes | None) -> bytes | None:
    return None if packed is None else zlib.decompress(packed)
