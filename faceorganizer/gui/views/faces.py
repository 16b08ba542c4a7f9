"""Grids of faces."""

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QMimeData, Qt

from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.sightings import Sighting
from faceorganizer.gui import theme
from faceorganizer.gui.delegates.faces import FaceTile
from faceorganizer.gui.dragging import photos_as_content
from faceorganizer.gui.models.records import RecordModel
from faceorganizer.gui.thumbnails import Key, Thumbnails
from faceorganizer.gui.views.grid import GridView

_CONFIRMED = frozenset(AssignmentSource) - {AssignmentSource.AUTOMATIC}


class FaceGrid(GridView):
    """Faces as a grid.

    Args:
        thumbnails: Where the pictures come from.
        side: Of a face, pixels.
        taking: Whether what is not selected looks left out.
    """

    drag_action = Qt.DropAction.CopyAction  # nothing may move the files

    def __init__(self, thumbnails: Thumbnails, *, side: int = theme.TILE, taking: bool = False) -> None:
        self._tile = FaceTile(thumbnails, side=side, taking=taking)
        super().__init__(self._tile.cell)
        self.sightings: RecordModel[Sighting] = RecordModel(lambda seen: seen.face, described, parent=self)
        self._tile.setParent(self)
        self.setItemDelegate(self._tile)
        self.show_model(self.sightings)
        self.setDragEnabled(True)
        thumbnails.ready.connect(self._repaint)

    @property
    def wanted(self) -> list[Key]:
        """The pictures of what is seen now, then of what will be next."""
        rows = self.visible_rows()
        return [("face", seen.face) for seen in self.records_near(rows, len(rows))]

    def dragged(self) -> QMimeData:
        """What is dragged: the photos of the faces that are selected."""
        seen = [self.sightings.record(self.sightings.index_of(face)) for face in self.selected_ids()]
        return photos_as_content((sighting.path for sighting in seen), (sighting.photo for sighting in seen))

    def show_left_out(self, left_out: bool) -> None:
        """Whether what is not selected looks left out."""
        self._tile.taking = left_out

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
