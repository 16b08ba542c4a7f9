"""Where somebody was in a grid, to find it as it was left."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from faceorganizer.gui.views.grid import GridView

_PATIENCE_MS: Final = 5000  # what has not come by then comes as it likes
_HANDS: Final = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody was: how far down, what was selected, and which one was current."""

    offset: int
    selected: tuple[int, ...]
    current: int | None


def spot_of(place: QWidget) -> Spot | None:
    """Where somebody is in the grid of a place that is in view; None where there is none."""
    grid = _grid_of(place)
    if grid is None:
        return None
    index = grid.currentIndex()
    ids = grid.records.ids
    current = ids[index.row()] if index.isValid() and index.row() < len(ids) else None
    return Spot(grid.verticalScrollBar().value(), tuple(grid.selected_ids()), current)


class Return(QObject):
    """Brings a grid back to a spot as soon as what was there has come; hands on it come first.

    Args:
        place: Whose grid it is; keeps this object until it is done.
        spot: Where to.
    """

    def __init__(self, place: QWidget, spot: Spot) -> None:
        super().__init__(place)
        self._grid = _grid_of(place)
        self._spot = spot
        if self._grid is None:
            self.deleteLater()
            return
        model = self._grid.model()
        for signal in (model.modelReset, model.rowsInserted, model.layoutChanged):
            signal.connect(self._soon)
        for watched in (self._grid, self._grid.viewport()):
            watched.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._try)
        QTimer.singleShot(_PATIENCE_MS, self, self._give_up)
        self._soon()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Give way to somebody who does something else."""
        if event.type() in _HANDS:
            self._give_up()
        return False

    def _soon(self) -> None:
        self._timer.start(0)  # when the grid has laid out what came

    def _try(self) -> None:
        grid, spot = self._grid, self._spot
        if grid is None or not grid.records.ids:
            return
        known = set(grid.records.ids)
        selected = [number for number in spot.selected if number in known]
        if len(selected) < len(spot.selected) or grid.verticalScrollBar().maximum() < spot.offset:
            return
        if spot.current in known and spot.current is not None:
            grid.setCurrentIndex(grid.records.index_of(spot.current))
        if selected:
            grid.select_ids(selected)
        grid.verticalScrollBar().setValue(spot.offset)
        self._give_up()

    def _give_up(self) -> None:
        if self._grid is not None:
            for watched in (self._grid, self._grid.viewport()):
                watched.removeEventFilter(self)
            self._grid = None
            self.deleteLater()


def _grid_of(place: QWidget) -> GridView | None:
    grids = place.findChildren(GridView)
    return next((grid for grid in grids if grid.isVisibleTo(place)), None)
