"""A list of records in sections, known by id."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Record = TypeVar("Record", bound=Hashable)
Index = QModelIndex | QPersistentModelIndex

RECORD = Qt.ItemDataRole.UserRole + 1
NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading.

    Attributes:
        title: Empty for rows without a heading.
        count: Rows; may be 0.
    """

    title: str
    count: int


class RecordModel(QAbstractListModel, Generic[Record]):
    """Records by row, answered from memory.

    A new query resets the model; a refresh of the same one keeps the rows that stay, with selection and position.

    Args:
        key: Id of a record.
        text: What a record is called, for search by typing and for screen readers.
        editable: Whether the delegate has an editor for records.
    """

    def __init__(
        self,
        key: Callable[[Record], int],
        text: Callable[[Record], str],
        *,
        editable: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        flags = Qt.ItemFlag
        self._flags = flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemIsDragEnabled | flags.ItemNeverHasChildren
        if editable:
            self._flags |= flags.ItemIsEditable
        self._key = key
        self._text = text
        self._records: list[Record] = []
        self._rows: dict[int, int] = {}
        self._sections: list[Section] = []

    @property
    def sections(self) -> Sequence[Section]:
        """The sections, in the order of the rows."""
        return self._sections

    @property
    def ids(self) -> list[int]:
        """Id of each row."""
        return list(self._rows)

    @property
    def records(self) -> Sequence[Record]:
        """All records, by row."""
        return self._records

    def record(self, index: Index) -> Record:
        """The record of a row."""
        return self._records[index.row()]

    def index_of(self, number: int) -> QModelIndex:
        """The row of an id; invalid when it is not shown."""
        row = self._rows.get(number)
        return self.index(row) if row is not None else QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Number of records."""
        return 0 if parent.isValid() else len(self._records)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What can be done with a row."""
        return self._flags if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The record, or its text."""
        if not index.isValid():
            return None
        if role == RECORD:
            return self._records[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(self._records[index.row()])
        return None

    def reset(self, sections: Mapping[str, Sequence[Record]]) -> None:
        """Show the answer to a new question: records by heading."""
        self.beginResetModel()
        self._fill(sections)
        self.endResetModel()

    def refresh(self, sections: Mapping[str, Sequence[Record]]) -> None:
        """Show the present answer to the same question: rows that are still there stay selected."""
        wanted = [self._key(record) for records in sections.values() for record in records]
        if wanted == list(self._rows):
            self._replace(sections)
        elif not self._rows or not wanted:
            self.reset(sections)
        else:
            self._rearrange(sections, wanted)

    def _replace(self, sections: Mapping[str, Sequence[Record]]) -> None:
        """Same ids in the same rows: only what changed is told."""
        before = self._records
        self._fill(sections)
        changed = [row for row, (old, new) in enumerate(zip(before, self._records, strict=True)) if old != new]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def _rearrange(self, sections: Mapping[str, Sequence[Record]], wanted: list[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        persistent = self.persistentIndexList()
        ids = [self._key(self._records[index.row()]) for index in persistent]
        self._fill(sections)
        moved = [self.index_of(number) for number in ids]
        self.changePersistentIndexList(persistent, moved)
        self.layoutChanged.emit()

    def _fill(self, sections: Mapping[str, Sequence[Record]]) -> None:
        self._records = [record for records in sections.values() for record in records]
        self._rows = {self._key(record): row for row, record in enumerate(self._records)}
        self._sections = [Section(title, len(records)) for title, records in sections.items() if records]
