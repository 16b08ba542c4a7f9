"""Two people side by side by their best faces."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from faceorganizer.domain.people import PersonRecord
from faceorganizer.domain.sightings import Sighting
from faceorganizer.gui import theme
from faceorganizer.gui.delegates.faces import counted
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.views.charts import called
from faceorganizer.gui.views.profile import Portrait
from faceorganizer.gui.views.questions import best

_COLUMNS: Final = 3
_FACE: Final = 12 * theme.UNIT
_SHOWN: Final = 9


class TwoPeopleDialog(QDialog):
    """The best faces of two people, and what can be said of them.

    Signals:
        merging: They are to be merged.
        differing: They are different people.
    """

    merging = Signal()
    differing = Signal()

    def __init__(self, environment: Environment, first: PersonRecord, second: PersonRecord, parent: QWidget) -> None:
        super().__init__(parent)
        self._environment = environment
        self._people = first, second
        self.portraits: list[list[Portrait]] = [[], []]
        self.setWindowTitle(self.tr("Compare"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(2 * theme.UNIT)
        sides = QHBoxLayout()
        sides.setSpacing(4 * theme.UNIT)
        self._grids = [self._side(record, sides) for record in self._people]
        layout.addLayout(sides)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.different = buttons.addButton(self.tr("Different People"), QDialogButtonBox.ButtonRole.ActionRole)
        self.merge = buttons.addButton(self.tr("Merge…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.merge.setProperty("primary", True)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        self.merge.clicked.connect(self._merge)
        self.different.clicked.connect(self._differ)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        environment.background.read(self._read, self._come)

    def _side(self, record: PersonRecord, sides: QHBoxLayout) -> QGridLayout:
        name, count = QLabel(called(record)), QLabel(counted(record))
        name.setFont(theme.sized(self.font(), 1.2, strong=True))
        column = QVBoxLayout()
        column.setSpacing(theme.UNIT)
        grid = QGridLayout()
        grid.setSpacing(theme.UNIT)
        frame = QWidget()
        frame.setLayout(grid)
        side = _COLUMNS * (_FACE + theme.UNIT) + theme.UNIT
        frame.setFixedSize(side, side)
        for widget in (name, count, frame):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        sides.addLayout(column)
        return grid

    def _read(self) -> list[list[Sighting]]:
        library = self._environment.library
        return [best(library, record.id)[:_SHOWN] for record in self._people]

    def _come(self, seen: Sequence[Sequence[Sighting]]) -> None:
        for record, faces, grid, portraits in zip(self._people, seen, self._grids, self.portraits, strict=True):
            for place, sighting in enumerate(faces):
                portrait = Portrait(self._environment.thumbnails, _FACE)
                portrait.show_face(sighting.face)
                portrait.setAccessibleName(called(record))
                grid.addWidget(portrait, *divmod(place, _COLUMNS))
                portraits.append(portrait)
            grid.setRowStretch(_COLUMNS, 1)
            grid.setColumnStretch(_COLUMNS, 1)
        self._environment.thumbnails.want(("face", sighting.face) for faces in seen for sighting in faces)

    def _merge(self) -> None:
        self.accept()
        self.merging.emit()

    def _differ(self) -> None:
        self.accept()
        self.differing.emit()
