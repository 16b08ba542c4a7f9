"""What a service call changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

MEGABYTE: Final = 1_000_000
HISTORY_SETTING: Final = "history.megabytes"  # a library's setting: most room for the steps that can be undone
HISTORY_MEGABYTES: Final = 200
KEPT_SETTING: Final = "backups.keep"  # a library's setting: how many copies of one kind stay
KEPT_COPIES: Final = 10

EMPTY: Mapping[str, frozenset[int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after: the unit of the journal.

    Attributes:
        entity: Table name.
        key: Primary key, one value per key column.
        before: Column values, None when the row did not exist.
        after: Column values, None when the row is gone.
    """

    entity: str
    key: tuple[Any, ...]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Ids of what a transaction touched, by entity, for views that want to refresh just that.

    Attributes:
        step: Label of the journal step; empty for machine work, which is not undone step by step.
        ids: Entity name ("person", "face", "content", "file", "root", "album", "setting", "metric") to the ids touched.
    """

    step: str = ""
    ids: Mapping[str, frozenset[int]] = field(default_factory=lambda: EMPTY)

    def __bool__(self) -> bool:
        return any(self.ids.values())

    def of(self, entity: str) -> frozenset[int]:
        """Ids of one entity; empty when none was touched."""
        return self.ids.get(entity, frozenset())

    @classmethod
    def merged(cls, changes: Iterable["ChangeSet"]) -> "ChangeSet":
        """All changes as one; the first step's label stands for all."""
        ids: dict[str, frozenset[int]] = {}
        step = ""
        for change in changes:
            step = step or change.step
            for entity, touched in change.ids.items():
                ids[entity] = ids.get(entity, frozenset()) | touched
        return cls(step, MappingProxyType(ids))
