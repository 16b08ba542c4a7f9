"""The writer of everything that can be undone: it writes rows and remembers each before and after."""

import base64
import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import sqlite

from faceorganizer.db import tables
from faceorganizer.db.columns import now
from faceorganizer.db.queries import among, pairs_among
from faceorganizer.domain.changes import HISTORY_MEGABYTES, HISTORY_SETTING, MEGABYTE, ChangeSet, RowChange

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
        wanted = {_key(table, row): row for row in rows}
        before = self.rows(table, wanted) if known is None else known
        changed = [(key, before.get(key), row) for key, row in wanted.items() if before.get(key) != row]
        if changed:
            self._connection.execute(_upsert(table), [row for _, _, row in changed])
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
            columns = list(table.primary_key.columns)
            condition = [column == bindparam(f"key_{column.name}") for column in columns]
            parameters = [
                {f"key_{column.name}": part for column, part in zip(columns, key, strict=True)} for key in before
            ]
            self._connection.execute(delete(table).where(*condition), parameters)
            self._record(table, [(key, row, None) for key, row in before.items()])

    def rows(self, table: Table, keys: Collection[Key]) -> dict[Key, Row]:
        """Read rows by primary key, in the order of the key."""
        if not keys:
            return {}
        columns = list(table.primary_key.columns)
        if len(columns) == 1:
            condition = among(columns[0], [key[0] for key in keys])
        else:
            condition = pairs_among(columns[0], columns[1], keys)
        found = self._connection.execute(select(table).where(condition).order_by(*columns))
        names = table.columns.keys()
        positions = [names.index(column.name) for column in columns]
        return {
            tuple(row[index] for index in positions): dict(zip(names, row, strict=True)) for row in map(tuple, found)
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

    def _record(self, table: Table, changes: Sequence[tuple[Key, Row | None, Row | None]]) -> None:
        if self._step:
            self._rows.extend(RowChange(table.name, key, before, after) for key, before, after in changes)
        for name, entity in _TOUCHES[table.name]:
            position = list(table.primary_key.columns.keys()).index(name) if name in table.primary_key.columns else None
            for key, before, after in changes:
                touched = (key[position],) if position is not None else _values(name, before, after)
                self.touch(entity, touched)


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


def _values(name: str, before: Row | None, after: Row | None) -> Iterator[int]:
    for row in (before, after):
        if row is not None:
            yield row[name]


def _key(table: Table, row: Row) -> Key:
    return tuple(row[column.name] for column in table.primary_key.columns)


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
    return None if row is None else {name: _plain_value(value) for name, value in row.items()}


def _tagged_value(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    # A setting may be any JSON, also what looks like a tag.
    return {"json": value} if isinstance(value, dict) else value


def _plain_value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return base64.b64decode(value["base64"], validate=True) if "base64" in value else value["json"]
