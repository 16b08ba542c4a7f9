"""Grids of faces, and of the photos they are in."""

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QSize
from PySide6.QtWidgets import QStyledItemDelegate

from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.sightings import Sighting
from faceorganizer.gui import theme
from faceorganizer.gui.delegates.companions import SightingTile
from faceorganizer.gui.delegates.faces import FaceTile
from faceorganizer.gui.models.records import RecordModel
from faceorganizer.gui.thumbnails import Key, Thumbnails
from faceorganizer.gui.views.grid import GridView

_CONFIRMED = frozenset(AssignmentSource) - {AssignmentSource.AUTOMATIC}


class SightingGrid(GridView):
    """Sightings as a grid, each id once: that of the face, or of the photo.

    Args:
        thumbnails: Where the pictures come from.
        kind: "face" or "photo".
        delegate: Paints them.
        cell: Room of one.
    """

    def __init__(self, thumbnails: Thumbnails, kind: str, delegate: QStyledItemDelegate, cell: QSize) -> None:
        super().__init__(cell)
        self._kind = kind
        self.sightings: RecordModel[Sighting] = RecordModel(self._number, described, parent=self)
        self.setItemDelegate(delegate)
        delegate.setParent(self)
        self.show_model(self.sightings)
        thumbnails.ready.connect(self._repaint)

    @property
    def wanted(self) -> list[Key]:
        """The pictures of what is seen now, then of what will be next."""
        rows = self.visible_rows()
        return [(self._kind, self._number(record)) for record in self.records_near(rows, len(rows))]

    def show_left_out(self, left_out: bool) -> None:
        """Whether what is not selected looks left out."""
        tile = self.itemDelegate()
        if isinstance(tile, FaceTile):
            tile.taking = left_out

    def _number(self, sighting: Sighting) -> int:
        return sighting.face if self._kind == "face" else sighting.photo

    def _repaint(self) -> None:
        self.viewport().update()


def face_grid(thumbnails: Thumbnails, *, side: int = theme.TILE, taking: bool = False) -> SightingGrid:
    """A grid of faces; as for :class:`~faceorganizer.gui.delegates.faces.FaceTile`."""
    tile = FaceTile(thumbnails, side=side, taking=taking)
    return SightingGrid(thumbnails, "face", tile, tile.cell)


def photo_grid(thumbnails: Thumbnails) -> SightingGrid:
    """A grid of photos."""
    tile = SightingTile(thumbnails)
    return SightingGrid(thumbnails, "photo", tile, tile.cell)


def confirmed(sighting: Sighting) -> bool:
    """Whether somebody said whose face it is."""
    return sighting.assignment in _CONFIRMED


def described(sighting: Sighting) -> str:
    """A face in words, for search by typing and for screen readers."""
    parts = [sighting.file_name]
    if (taken := sighting.taken) is not None:
        parts.append(QLocale().toString(QDate(taken.year, taken.month, taken.day), QLocale.FormatType.ShortFormat))
    if confirmed(sighting):
        parts.append(QCoreApplication.translate("faces", "confirmed"))
    return ", ".join(parts)
