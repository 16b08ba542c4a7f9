"""A list of records in sections, known by id."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
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
        self._flags = (
            flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemIsDragEnabled | flags.ItemNeverHasChildren
        )
        if editable:
            self._flags |= flags.ItemIsEditable
        self._key = key
        self._text = text
        self._records: list[Record] = []
        self._rows: dict[int, int] = {}
        self._titles: list[str] = []

    @property
    def sections(self) -> Sequence[Section]:
        """The sections, in the order of the rows."""
        return [Section(title, len(list(rows))) for title, rows in groupby(self._titles)]

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
        self._records = [record for records in sections.values() for record in records]
        self._titles = [title for title, records in sections.items() for _ in records]
        self._number()
        self.endResetModel()

    def refresh(self, sections: Mapping[str, Sequence[Record]]) -> None:
        """Show the present answer to the same question: rows that are still there stay selected, and being edited."""
        records = [record for records in sections.values() for record in records]
        titles = [title for title, records in sections.items() for _ in records]
        wanted = [self._key(record) for record in records]
        self._remove_others(set(wanted))
        self._reorder([number for number in wanted if number in self._rows])
        self._insert([row for row, number in enumerate(wanted) if number not in self._rows], records, titles)
        self._replace(records, titles)

    def _remove_others(self, wanted: set[int]) -> None:
        gone = [row for row, number in enumerate(self._rows) if number not in wanted]
        for first, last in reversed(runs(gone)):
            self.beginRemoveRows(NOWHERE, first, last)
            del self._records[first : last + 1], self._titles[first : last + 1]
            self.endRemoveRows()
        self._number()

    def _reorder(self, wanted: list[int]) -> None:
        if wanted == list(self._rows):
            return
        self.layoutAboutToBeChanged.emit()
        persistent = self.persistentIndexList()
        ids = [self._key(self._records[index.row()]) for index in persistent]
        order = [self._rows[number] for number in wanted]
        self._records = [self._records[row] for row in order]
        self._titles = [self._titles[row] for row in order]
        self._number()
        self.changePersistentIndexList(persistent, [self.index_of(number) for number in ids])
        self.layoutChanged.emit()

    def _insert(self, new: Sequence[int], records: Sequence[Record], titles: Sequence[str]) -> None:
        """Put the records of these rows where they belong; those before each are there already."""
        for first, last in runs(new):
            self.beginInsertRows(NOWHERE, first, last)
            self._records[first:first] = records[first : last + 1]
            self._titles[first:first] = titles[first : last + 1]
            self.endInsertRows()
        self._number()

    def _replace(self, records: list[Record], titles: list[str]) -> None:
        """Same ids in the same rows by now: only what changed is told."""
        changed = [row for row, (old, new) in enumerate(zip(self._records, records, strict=True)) if old != new]
        divided = self._titles != titles
        self._records, self._titles = records, titles
        for first, last in runs(changed):
            self.dataChanged.emit(self.index(first), self.index(last))
        if divided:
            self._number()
            self.layoutAboutToBeChanged.emit()
            self.layoutChanged.emit()

    def _number(self) -> None:
        self._rows = {self._key(record): row for row, record in enumerate(self._records)}


def runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending rows as first and last of each unbroken run."""
    starts = [place for place, row in enumerate(rows) if not place or rows[place - 1] != row - 1]
    return [(rows[start], rows[end - 1]) for start, end in pairwise([*starts, len(rows)])]
