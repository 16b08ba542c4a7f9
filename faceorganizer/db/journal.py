"""The writer of everything that can be undone: it writes rows and remembers each before and after."""

import base64
import json
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select, update
from sqlalchemy.dialects import sqlite

from faceorganizer.db import tables
from faceorganizer.db.columns import now
from faceorganizer.db.queries import among, pairs_among
from faceorganizer.domain.changes import HISTORY_MEGABYTES, HISTORY_SETTING, MEGABYTE, ChangeSet, RowChange

_MANY: Final = 50

Row = dict[str, Any]
Key = tuple[Any, ...]

# Whose ids the columns of a table are: what a view has to refresh when a row changes.
_TOUCHES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "person": (("id", "person"),),
    "assignment": (("face_id", "face"), ("person_id", "person")),
    "rejection": (("face_id", "face"), ("person_id", "person")),
    "link": (("face_a", "face"), ("face_b", "face")),
    "face": (("id", "face"),),
    "descriptor": (("face_id", "face"),),
    "setting": (("id", "setting"),),
    "written": (("id", "written"), ("file_id", "file")),
    "album": (("id", "album"),),
    "album_content": (("album_id", "album"),),
}


class Journal:
    """Writes the rows of one transaction; with a step, each with its before and after.

    Args:
        connection: In a transaction that may write.
        step: Label of the step; empty for machine work, of which only the ids touched are kept.
    """

    def __init__(self, connection: Connection, step: str) -> None:
        self._connection = connection
        self._step = step
        self._rows: list[RowChange] = []
        self._touched: dict[str, set[int]] = {}

    @property
    def changes(self) -> ChangeSet:
        """What was touched so far."""
        ids = {entity: frozenset(touched) for entity, touched in self._touched.items() if touched}
        return ChangeSet(self._step, MappingProxyType(ids))

    def touch(self, entity: str, ids: Iterable[int]) -> None:
        """Note rows that were written without the journal's help."""
        self._touched.setdefault(entity, set()).update(map(int, ids))

    def put(self, table: Table, rows: Iterable[Row], known: Mapping[Key, Row] | None = None) -> None:
        """Insert or replace whole rows, each with a value for every column; equal ones are left alone.

        Args:
            table: Of the rows.
            rows: As they are to be.
            known: As they are, where the caller has read them in this transaction.
        """
        keys = table.primary_key.columns.keys()
        wanted = {tuple([row[name] for name in keys]): row for row in rows}
        before = self.rows(table, wanted) if known is None else known
        changed = [(key, before.get(key), row) for key, row in wanted.items() if before.get(key) != row]
        if changed:
            self._write(table, changed)
            self._record(table, changed)

    def change(self, table: Table, keys: Collection[int], values: Row) -> None:
        """Set some columns of existing rows, all to the same values; rows that have them are left alone."""
        column = table.primary_key.columns[0]
        names = list(values)
        found = self._connection.execute(
            select(column, *(table.c[name] for name in names)).where(among(column, keys)).order_by(column)
        )
        changed: list[tuple[Key, Row | None, Row | None]] = []
        for row in found:
            before = {name: old for name, old in zip(names, row[1:], strict=True) if old != values[name]}
            if before:
                changed.append(((row[0],), before, {name: values[name] for name in before}))
        if changed:
            condition = among(column, [key[0] for key, _, _ in changed])
            self._connection.execute(update(table).where(condition).values(values))
            self._record(table, changed)

    def remove(self, table: Table, keys: Collection[Key]) -> None:
        """Delete rows by primary key; rows that are not there are no error."""
        before = self.rows(table, keys)
        if before:
            self._connection.execute(delete(table).where(_one_of(table, before)))
            self._record(table, [(key, row, None) for key, row in before.items()])

    def rows(self, table: Table, keys: Collection[Key]) -> dict[Key, Row]:
        """Read rows by primary key, in the order of the key."""
        if not keys:
            return {}
        columns = list(table.primary_key.columns)
        found = self._connection.execute(select(table).where(_one_of(table, keys)).order_by(*columns))
        names = table.columns.keys()
        positions = [names.index(column.name) for column in columns]
        return {
            tuple([row[index] for index in positions]): dict(zip(names, row, strict=True)) for row in map(tuple, found)
        }

    def store(self) -> None:
        """Write the step's row, at the end of the transaction; a step that changed nothing leaves none.

        Steps that were undone cannot be done again after it, and the oldest ones make room for it.
        """
        if self._rows:
            cut_off(self._connection)
            touched = {entity: len(ids) for entity, ids in self._touched.items() if ids}
            values = {
                "step": self._step,
                "at": now(),
                "undone": 0,
                "changes": encode_changes(self._rows),
                "touched": touched,
            }
            self._connection.execute(insert(tables.journal), values)
            prune(self._connection)

    def _write(self, table: Table, changed: Sequence[tuple[Key, Row | None, Row]]) -> None:
        """Write rows one by one; where many become alike in what is new to them, all of those at once."""
        alike = _alike(changed) if len(changed) >= _MANY and len(table.primary_key.columns) == 1 else None
        if alike is None:
            self._connection.execute(_upsert(table), [row for _, _, row in changed])
            return
        for values, keys in alike.items():
            self._connection.execute(update(table).where(_one_of(table, keys)).values(dict(values)))

    def _record(self, table: Table, changes: Sequence[tuple[Key, Row | None, Row | None]]) -> None:
        if self._step:
            self._rows.extend(RowChange(table.name, key, before, after) for key, before, after in changes)
        keys = table.primary_key.columns.keys()
        for name, entity in _TOUCHES[table.name]:
            if name in keys:
                position = keys.index(name)
                self.touch(entity, {key[position] for key, _, _ in changes})
            else:
                rows = (row for _, before, after in changes for row in (before, after) if row is not None)
                self.touch(entity, {row[name] for row in rows if name in row})


def cut_off(connection: Connection) -> None:
    """Delete the steps that were undone."""
    connection.execute(delete(tables.journal).where(tables.journal.c.undone == 1))


def prune(connection: Connection) -> None:
    """Delete the oldest steps until the others take no more room than the library's setting; the newest stays."""
    stored = connection.execute(select(tables.setting.c.value).where(tables.setting.c.key == HISTORY_SETTING)).scalar()
    limit = MEGABYTE * (HISTORY_MEGABYTES if stored is None else stored)
    steps = tables.journal.c
    size = func.length(steps.changes)  # read from the row's head, however long it is
    if (connection.execute(select(func.sum(size))).scalar() or 0) <= limit:
        return
    newest = select(func.max(steps.id)).scalar_subquery()
    taken = select(steps.id, func.sum(size).over(order_by=steps.id.desc()).label("bytes")).subquery()
    too_old = select(taken.c.id).where(taken.c.bytes > limit, taken.c.id < newest)
    connection.execute(delete(tables.journal).where(steps.id.in_(too_old)))


def _alike(changed: Sequence[tuple[Key, Row | None, Row]]) -> dict[tuple[tuple[str, Any], ...], list[Key]] | None:
    """Return the rows' keys by the values that are new to them; None when there are new rows, or few are alike."""
    alike: dict[tuple[tuple[str, Any], ...], list[Key]] = {}
    for key, before, row in changed:
        if before is None or len(alike) > len(changed) // _MANY:
            return None
        values = tuple([(name, value) for name, value in row.items() if before[name] != value])
        alike.setdefault(values, []).append(key)
    return alike


def _one_of(table: Table, keys: Collection[Key]) -> ColumnElement[bool]:
    columns = list(table.primary_key.columns)
    if len(columns) == 1:
        return among(columns[0], [key[0] for key in keys])
    return pairs_among(columns[0], columns[1], keys)


def _upsert(table: Table) -> sqlite.Insert:
    statement = sqlite.insert(table)
    keys = [column.name for column in table.primary_key.columns]
    others = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=others)


def encode_changes(changes: Iterable[RowChange]) -> bytes:
    """Return row changes as compressed JSON, in their order; bytes become ``{"base64": text}``."""
    rows = [[change.entity, change.key, _tagged(change.before), _tagged(change.after)] for change in changes]
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode("ascii"), level=1)


def decode_changes(encoded: bytes) -> list[RowChange]:
    """Undo :func:`encode_changes`."""
    rows = json.loads(zlib.decompress(encoded))
    return [RowChange(entity, tuple(key), _plain(before), _plain(after)) for entity, key, before, after in rows]


def _tagged(row: Mapping[str, Any] | None) -> Row | None:
    return None if row is None else {name: _tagged_value(value) for name, value in row.items()}


def _plain(row: Row | None) -> Row | None:
    if row is None or dict not in map(type, row.values()):
        return row
    return {name: _plain_value(value) for name, value in row.items()}


def _tagged_value(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    # A setting may be any JSON, also what looks like a tag.
    return {"json": value} if isinstance(value, dict) else value


def _plain_value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return base64.b64decode(value["base64"], validate=True) if "base64" in value else value["json"]
