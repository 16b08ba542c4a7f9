"""Column types: text of any kind, JSON, and moments."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, Text, TypeDecorator


class AnyText(TypeDecorator[str]):
    """Text that may hold lone surrogates, as file names do that are no valid UTF-8.

    SQLite's TEXT takes UTF-8 only, so such a text is stored as BLOB, which the TEXT affinity of the column leaves
    alone. "surrogatepass" gives back every string exactly, whatever the platform's file system encoding.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | bytes | None:
        """Encode what is no valid UTF-8."""
        return None if value is None else encode_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Decode what is stored as BLOB."""
        return None if value is None else decode_text(value)


class JsonText(TypeDecorator[Any]):
    """Any JSON value in a TEXT column; SQLAlchemy's own type has numeric affinity, which changes large numbers."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Encode; None becomes JSON's null. ASCII escapes keep lone surrogates."""
        return json.dumps(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Decode."""
        return None if value is None else json.loads(value)


def encode_text(text: str) -> str | bytes:
    """Return what SQLite is given for a text: itself, or bytes when it holds lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def decode_text(stored: str | bytes) -> str:
    """Undo :func:`encode_text`."""
    return stored.decode("utf-8", "surrogatepass") if isinstance(stored, bytes) else stored


def now() -> str:
    """Return the present moment as it is stored: ISO 8601, UTC, microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
