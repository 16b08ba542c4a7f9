"""Pieces of queries that several repositories share."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Table, func, literal, select, text, tuple_

from faceorganizer.db.tables import file
from faceorganizer.domain.errors import UnknownIdError
from faceorganizer.domain.pictures import FileState


def among(column: ColumnElement[Any], ids: Collection[int]) -> ColumnElement[bool]:
    """Whether a column is one of many ids: a single parameter, so that there may be any number of them."""
    values = func.json_each(literal(json.dumps(list(map(int, ids))))).table_valued("value")
    return column.in_(select(values.c.value))


def pairs_among(
    first: ColumnElement[Any], second: ColumnElement[Any], pairs: Collection[tuple[Any, ...]]
) -> ColumnElement[bool]:
    """As :func:`among`, for pairs of ids."""
    values = func.json_each(literal(json.dumps([(int(one), int(other)) for one, other in pairs]))).table_valued("value")
    left, right = (func.json_extract(values.c.value, f"$[{index}]") for index in (0, 1))
    return tuple_(first, second).in_(select(left, right))


def is_present(content: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a picture has a file that is where it should be."""
    other = file.alias()  # of its own, so that it never is the row of an enclosing query
    return select(other.c.id).where(other.c.content_id == content, other.c.state == FileState.PRESENT.value).exists()


def standing_file(content: ColumnElement[Any], state: FileState | None) -> ScalarSelect[Any]:
    """Return the id of the file that stands for a picture, in a state or in any; null when there is none.

    The original comes before its copies: it is older, or its path is shorter where copying kept the time.
    """
    other = file.alias()
    first = select(other.c.id).where(other.c.content_id == content)
    if state is not None:
        first = first.where(other.c.state == state.value)
    return (
        first.order_by(other.c.mtime_ns, func.length(other.c.path), other.c.path, other.c.id).limit(1).scalar_subquery()
    )


def next_id(connection: Connection, table: Table) -> int:
    """Return the first id of a table that was never used; a write transaction keeps others from taking it."""
    last = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}).scalar()
    return int(last or 0) + 1


def require(connection: Connection, table: Table, ids: Iterable[int], what: str) -> None:
    """Make sure that rows exist.

    Args:
        connection: In a transaction.
        table: One with an ``id``.
        ids: What has to be there.
        what: What such a row is called, such as "person".

    Raises:
        UnknownIdError: One is not.
    """
    wanted = set(map(int, ids))
    missing = wanted.difference(connection.execute(select(table.c.id).where(among(table.c.id, wanted))).scalars())
    if missing:
        raise UnknownIdError(f"The library has no {what} {min(missing)}.")
