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


@dataclass(frozen=True, slots=True, eq=False)
class Listing(Generic[Record]):
    """An answer as it is shown; never changed once it is made, so that any thread may read it.

    Attributes:
        records: By row.
        ids: Of each row.
        titles: Heading of each row.
        rows: By id.
        sections: In the order of the rows; none is empty.
    """

    records: list[Record]
    ids: list[int]
    titles: list[str]
    rows: dict[int, int]
    sections: list[Section]

    @classmethod
    def of(cls, sections: Mapping[str, Sequence[Record]], key: Callable[[Record], int]) -> "Listing[Record]":
        """Records by heading, as rows."""
        records = [record for part in sections.values() for record in part]
        titles = [title for title, part in sections.items() for _ in part]
        ids = [key(record) for record in records]
        rows = dict(zip(ids, range(len(ids)), strict=True))
        return cls(records, ids, titles, rows, [Section(title, len(part)) for title, part in sections.items() if part])


@dataclass(frozen=True, slots=True, eq=False)
class Passage(Generic[Record]):
    """What leads from one listing to another, in the order in which it is done.

    Attributes:
        gone: Runs of former rows that are removed.
        order: Places, among the rows that stay, in their new order; None where they keep theirs.
        came: Runs of new rows that are inserted.
        changed: Runs of new rows whose records are others than before.
        divided: Whether headings begin elsewhere.
    """

    old: Listing[Record]
    new: Listing[Record]
    gone: list[tuple[int, int]]
    order: list[int] | None
    came: list[tuple[int, int]]
    changed: list[tuple[int, int]]
    divided: bool


def passage(old: Listing[Record], new: Listing[Record]) -> Passage[Record]:
    """Find what leads from one listing to another. Takes a while for many rows; any thread may do it."""
    left = [number for number in old.ids if number in new.rows]
    wanted = [number for number in new.ids if number in old.rows]
    order = None
    if left != wanted:
        places = dict(zip(left, range(len(left)), strict=True))
        order = [places[number] for number in wanted]
    gone = [row for row, number in enumerate(old.ids) if number not in new.rows]
    came = [row for row, number in enumerate(new.ids) if number not in old.rows]
    changed = [row for number, row in new.rows.items() if _differs(old, number, new.records[row])]
    return Passage(old, new, runs(gone), order, runs(came), runs(changed), old.titles != new.titles)


def _differs(old: Listing[Record], number: int, record: Record) -> bool:
    row = old.rows.get(number)
    return row is not None and old.records[row] is not record and old.records[row] != record


class RecordModel(QAbstractListModel, Generic[Record]):
    """Records by row, answered from memory.

    A new query resets the model; a refresh of the same one keeps the rows that stay, with selection and position. For
    many rows the difference is found in the background, by :meth:`prepare`, and only followed on the GUI thread.

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
        self._listing: Listing[Record] | None = None  # what is shown, but not in the midst of a passage
        self._show(Listing.of({}, key))

    @property
    def sections(self) -> Sequence[Section]:
        """The sections, in the order of the rows."""
        if self._listing is not None:
            return self._listing.sections
        return [Section(title, len(list(rows))) for title, rows in groupby(self._titles)]

    @property
    def ids(self) -> list[int]:
        """Id of each row."""
        return list(self._ids)

    @property
    def records(self) -> Sequence[Record]:
        """All records, by row."""
        return self._records

    def record(self, index: Index) -> Record:
        """The record of a row."""
        return self._records[index.row()]

    def index_of(self, number: int) -> QModelIndex:
        """The row of an id; invalid when it is not shown."""
        row = self._row_of(number)
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
        listing = Listing.of(sections, self._key)
        self.beginResetModel()
        self._show(listing)
        self.endResetModel()

    def refresh(self, sections: Mapping[str, Sequence[Record]]) -> None:
        """Show the present answer to the same question: rows that are still there stay selected, and being edited."""
        self.follow(self.prepare(sections))

    def prepare(self, sections: Mapping[str, Sequence[Record]]) -> Passage[Record]:
        """Find what has to be done for a refresh; on any thread, while nothing is followed."""
        return passage(self._shown, Listing.of(sections, self._key))

    def follow(self, found: Passage[Record]) -> None:
        """Refresh as :meth:`prepare` has found; it is found anew when something else is shown by now."""
        if found.old is not self._shown:
            found = passage(self._shown, found.new)
        self._listing = None  # until all of it is done
        for first, last in reversed(found.gone):
            self._remove(first, last)
        if found.order is not None:
            self._reorder(found.order)
        for first, last in found.came:
            self._insert(first, last, found.new)
        self._show(found.new)
        for first, last in found.changed:
            self.dataChanged.emit(self.index(first), self.index(last))
        if found.divided:
            self.layoutAboutToBeChanged.emit()
            self.layoutChanged.emit()

    def amend(self, records: Sequence[Record]) -> None:
        """Show other records for rows that are there; others are left out."""
        shown = self._shown
        changed = {shown.rows[self._key(r)]: r for r in records if _differs(shown, self._key(r), r)}
        if not changed:
            return
        others = list(shown.records)
        for row, record in changed.items():
            others[row] = record
        self._show(Listing(others, shown.ids, shown.titles, shown.rows, shown.sections))
        for first, last in runs(sorted(changed)):
            self.dataChanged.emit(self.index(first), self.index(last))

    def _show(self, listing: Listing[Record]) -> None:
        self._shown = listing
        self._listing = listing
        self._records, self._ids, self._titles = listing.records, listing.ids, listing.titles

    def _row_of(self, number: int) -> int | None:
        if self._listing is not None:
            return self._listing.rows.get(number)
        return self._ids.index(number) if number in self._ids else None  # asked in the midst of a passage: rare

    def _remove(self, first: int, last: int) -> None:
        self.beginRemoveRows(NOWHERE, first, last)
        self._records = self._records[:first] + self._records[last + 1 :]
        self._ids = self._ids[:first] + self._ids[last + 1 :]
        self._titles = self._titles[:first] + self._titles[last + 1 :]
        self.endRemoveRows()

    def _reorder(self, order: list[int]) -> None:
        self.layoutAboutToBeChanged.emit()
        persistent = self.persistentIndexList()
        if persistent:
            rows = dict(zip(order, range(len(order)), strict=True))
        self._records = [self._records[place] for place in order]
        self._ids = [self._ids[place] for place in order]
        self._titles = [self._titles[place] for place in order]
        if persistent:
            self.changePersistentIndexList(persistent, [self.index(rows[index.row()]) for index in persistent])
        self.layoutChanged.emit()

    def _insert(self, first: int, last: int, new: Listing[Record]) -> None:
        """Put a run of new rows where it belongs; those before it are there already."""
        self.beginInsertRows(NOWHERE, first, last)
        self._records = [*self._records[:first], *new.records[first : last + 1], *self._records[first:]]
        self._ids = [*self._ids[:first], *new.ids[first : last + 1], *self._ids[first:]]
        self._titles = [*self._titles[:first], *new.titles[first : last + 1], *self._titles[first:]]
        self.endInsertRows()


def runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending rows as first and last of each unbroken run."""
    starts = [place for place, row in enumerate(rows) if not place or rows[place - 1] != row - 1]
    return [(rows[start], rows[end - 1]) for start, end in pairwise([*starts, len(rows)])]
