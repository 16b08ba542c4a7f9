"""Photos put in order beside the GUI thread, and a model that takes them over as they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Final, cast

import numpy as np
from PySide6.QtCore import QCoreApplication, QDate, QLocale, QModelIndex, QObject, QPersistentModelIndex

from faceorganizer.domain.ids import ContentId
from faceorganizer.domain.pictures import PhotoRecord
from faceorganizer.gui.models.records import NOWHERE, RecordModel, Section

Index = QModelIndex | QPersistentModelIndex
NARROWEST: Final = 0.45  # width by height of the narrowest tile; what is narrower is cut
WIDEST: Final = 3.2
_USUAL: Final = 4 / 3  # of a photo whose size nobody knows
_EPOCH: Final = datetime(1, 1, 1)


class Order(StrEnum):
    """How photos are put under headings."""

    MONTH = "month"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Photos by row.

    Attributes:
        records: One a picture.
        ids: Of each row; see :func:`photo_key`.
        rows: Row of each id.
        sections: The headings, in the order of the rows.
        sums: Width by height of the tiles before each row, added up, and of all.
    """

    records: list[PhotoRecord] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    rows: dict[int, int] = field(default_factory=dict)
    sections: Sequence[Section] = ()
    sums: list[float] = field(default_factory=lambda: [0.0])


def arranged(records: Sequence[PhotoRecord], order: Order) -> Arrangement:
    """Put photos in order; files that are gone and further files of the same picture are left out.

    Args:
        records: By folder and path, as the library lists them.
        order: The newest month first and photos without a date last, or folder by folder.
    """
    shown = [record for record in records if record.duplicate_of is None and record.state != "missing"]
    parts = _by_month(shown) if order is Order.MONTH else _by_folder(shown)
    return in_sections(parts)


def in_sections(parts: Sequence[tuple[str, Sequence[PhotoRecord]]]) -> Arrangement:
    """Put photos under headings, in the order given."""
    ordered = [record for _, photos in parts for record in photos]
    ids = [photo_key(record) for record in ordered]
    return Arrangement(
        records=ordered,
        ids=ids,
        rows={number: row for row, number in enumerate(ids)},
        sections=[Section(title, len(photos)) for title, photos in parts],
        sums=_sums(ordered),
    )


def photo_key(record: PhotoRecord) -> int:
    """Its id; for files that could never be read, a number of their own below zero."""
    return record.photo if record.photo is not None else -1 - hash(record.path) % (1 << 61)


class PhotoModel(RecordModel[PhotoRecord]):
    """Photos by row; taking over another arrangement takes no time, however many there are."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(photo_key, lambda record: record.path.name, parent=parent)
        self._arrangement = Arrangement()

    @property
    def arrangement(self) -> Arrangement:
        """What is shown."""
        return self._arrangement

    @property
    def sections(self) -> Sequence[Section]:
        """The sections, in the order of the rows."""
        return self._arrangement.sections

    @property
    def ids(self) -> list[int]:
        """Id of each row."""
        return self._arrangement.ids

    @property
    def records(self) -> Sequence[PhotoRecord]:
        """All records, by row."""
        return self._arrangement.records

    @property
    def photos(self) -> list[ContentId]:
        """The pictures, in their order."""
        # Asked at each step from place to place: a call of ContentId for each of tens of thousands would be felt.
        return cast("list[ContentId]", [number for number in self._arrangement.ids if number >= 0])

    def index_of(self, number: int) -> QModelIndex:
        """The row of an id; invalid when it is not shown."""
        row = self._arrangement.rows.get(number)
        return self.index(row) if row is not None else QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Number of photos."""
        return 0 if parent.isValid() else len(self._arrangement.ids)

    def show(self, arrangement: Arrangement) -> None:
        """Show other photos, or the same ones in another order."""
        self.beginResetModel()
        self._arrangement = arrangement
        self._records = arrangement.records  # what the model of all records answers from
        self.endResetModel()


def _by_month(records: Sequence[PhotoRecord]) -> list[tuple[str, list[PhotoRecord]]]:
    """The newest month first; photos without a date last."""
    dated = [record for record in records if record.capture.taken is not None]
    undated = [record for record in records if record.capture.taken is None]
    seconds = np.array([_seconds(record) for record in dated], np.int64)
    # NumPy sorts without holding up the other threads.
    order = np.argsort(-seconds, kind="stable").tolist()
    months = groupby((dated[place] for place in order), key=_month)
    parts = [(_month_title(year, month), list(photos)) for (year, month), photos in months]
    return [*parts, (QCoreApplication.translate("photos", "Without a date"), undated)] if undated else parts


def _by_folder(records: Sequence[PhotoRecord]) -> list[tuple[str, list[PhotoRecord]]]:
    return [
        (str(folder.relative_to(root.parent)), list(photos))
        for (root, folder), photos in groupby(records, key=lambda record: (record.root, record.path.parent))
    ]


def _seconds(record: PhotoRecord) -> int:
    taken = record.capture.taken
    assert taken is not None
    return int((taken.replace(tzinfo=None) - _EPOCH).total_seconds())


def _month(record: PhotoRecord) -> tuple[int, int]:
    taken = record.capture.taken
    assert taken is not None
    return taken.year, taken.month


def _month_title(year: int, month: int) -> str:
    return QLocale().toString(QDate(year, month, 1), QCoreApplication.translate("photos", "MMMM yyyy"))


def _sums(records: Sequence[PhotoRecord]) -> list[float]:
    sizes = np.array([(record.width or 0, record.height or 0) for record in records], np.float64).reshape(-1, 2)
    known = (sizes > 0).all(axis=1)
    shapes = np.divide(sizes[:, 0], sizes[:, 1], out=np.full(len(sizes), _USUAL), where=known)
    shapes[known] = np.clip(shapes[known], NARROWEST, WIDEST)
    return [0.0, *np.cumsum(shapes).tolist()]
