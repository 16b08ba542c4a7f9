"""Grids of faces."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QMimeData, QSize, Qt
from PySide6.QtGui import QResizeEvent

from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.sightings import Sighting
from faceorganizer.gui import theme
from faceorganizer.gui.delegates.faces import FaceTile
from faceorganizer.gui.dragging import photos_as_content
from faceorganizer.gui.models.records import RecordModel
from faceorganizer.gui.thumbnails import Key, Thumbnails
from faceorganizer.gui.views.grid import GridView

_CONFIRMED = frozenset(AssignmentSource) - {AssignmentSource.AUTOMATIC}


_LEAST: Final = 6 * theme.UNIT


class FaceGrid(GridView):
    """Faces as a grid.

    Args:
        thumbnails: Where the pictures come from.
        side: Of a face, pixels.
        taking: Whether what is not selected looks left out.
        tile: What paints a face, where it is more than the face.
    """

    drag_action = Qt.DropAction.CopyAction  # nothing may move the files

    def __init__(
        self,
        thumbnails: Thumbnails,
        *,
        side: int = theme.TILE,
        taking: bool = False,
        tile: FaceTile | None = None,
    ) -> None:
        self._most = side
        self._fitting = False
        self._tile = tile or FaceTile(thumbnails, side=side, taking=taking)
        super().__init__(self._tile.cell)
        self.sightings: RecordModel[Sighting] = RecordModel(lambda seen: seen.face, self.described, parent=self)
        self._tile.setParent(self)
        self.setItemDelegate(self._tile)
        self.show_model(self.sightings)
        self.sightings.modelReset.connect(self._fit)
        self.setDragEnabled(True)
        thumbnails.ready.connect(self._repaint)

    @property
    def wanted(self) -> list[Key]:
        """The pictures of what is seen now, then of what will be next."""
        rows = self.visible_rows()
        return [("face", seen.face) for seen in self.records_near(rows, len(rows))]

    def described(self, seen: Sighting) -> str:
        """A face in words, for search by typing and for screen readers."""
        return described(seen)

    def dragged(self) -> QMimeData:
        """What is dragged: the photos of the faces that are selected."""
        seen = [self.sightings.record(self.sightings.index_of(face)) for face in self.selected_ids()]
        return photos_as_content((sighting.path for sighting in seen), (sighting.photo for sighting in seen))

    def show_left_out(self, left_out: bool) -> None:
        """Whether what is not selected looks left out."""
        self._tile.taking = left_out

    def set_tiles(self, side: int, *, fitting: bool) -> None:
        """Say how large tiles are.

        Args:
            side: Of a face, pixels.
            fitting: Whether they are smaller where that lets all of them be seen.
        """
        self._most, self._fitting = side, fitting
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Larger or smaller tiles may fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        sides = range(self._most, _LEAST - 1, -theme.UNIT) if self._fitting else (self._most,)
        fitting = (side for side in sides if self._height_with(side) <= self.viewport().height())
        side = next(fitting, sides[-1]) + theme.UNIT
        if side != self._cell.width():
            self.set_cell(QSize(side, side))

    def _height_with(self, side: int) -> int:
        """How high all of it would be with tiles of a size."""
        cell = side + theme.UNIT
        columns = max(1, (self.viewport().width() - 2 * theme.UNIT) // cell)
        sections = self.sightings.sections
        lines = sum(-(-section.count // columns) for section in sections)
        headings = sum(bool(section.title) for section in sections)
        return lines * cell + headings * self.heading + (len(sections) + 2) * theme.UNIT

    def _repaint(self) -> None:
        self.viewport().update()


def confirmed(sighting: Sighting) -> bool:
    """Whether somebody said whose face it is."""
    return sighting.assignment in _CONFIRMED


def described(sighting: Sighting) -> str:
    """A face in words, for search by typing and for screen readers."""
    parts = [sighting.path.name]
    if (taken := sighting.taken) is not None:
        parts.append(QLocale().toString(QDate(taken.year, taken.month, taken.day), QLocale.FormatType.ShortFormat))
    if confirmed(sighting):
        parts.append(QCoreApplication.translate("faces", "confirmed"))
    return ", ".join(parts)
