"""Shows what a mixed person would be broken into, before anything is written."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from faceorganizer.domain.errors import CancelledError, FaceOrganizerError
from faceorganizer.domain.ids import FaceId
from faceorganizer.domain.people import PersonRecord
from faceorganizer.domain.sightings import Sighting
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.thumbnails import Key
from faceorganizer.gui.views.faces import FaceGrid
from faceorganizer.jobs.job import Job

_MOST_ROWS = 2  # of a part's faces that are seen without scrolling in it
_SHOWN = 24  # parts; what comes after is small, and stays with the person


class PartsDialog(QDialog):
    """The parts as rows of faces. The first stays the person; each other one that is ticked becomes somebody new.

    The proposal takes a while and is made in the background; leaving the dialog stops it.
    """

    def __init__(self, environment: Environment, person: PersonRecord, parent: QWidget) -> None:
        super().__init__(parent)
        self._environment = environment
        self._person = person
        self._job = Job()
        self._parts: list[list[FaceId]] = []
        self.ticks: list[QCheckBox] = []
        self.grids: list[FaceGrid] = []
        self.setWindowTitle(self.tr("Break up"))
        self.resize(104 * theme.UNIT, 84 * theme.UNIT)
        self.says = QLabel(self.tr("Looking for different people among these faces…"))
        self.says.setWordWrap(True)
        self._waiting = QProgressBar()
        self._waiting.setRange(0, 0)
        self._waiting.setTextVisible(False)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.UNIT)
        holder = QWidget()
        holder.setLayout(self._rows)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(holder)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.verticalScrollBar().valueChanged.connect(self._want)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.break_up = buttons.addButton(self.tr("Break Up"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.break_up.setProperty("primary", "true")
        self.break_up.setEnabled(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(2 * theme.UNIT)
        layout.addWidget(self.says)
        layout.addWidget(self._waiting)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)
        environment.background.read(partial(self._propose, person), self._come, self._failed)

    @property
    def chosen(self) -> list[list[FaceId]]:
        """The part that stays, and those that leave."""
        leaving = [part for part, tick in zip(self._parts[1:], self.ticks, strict=False) if tick.isChecked()]
        return [self._parts[0], *leaving] if leaving else []

    def done(self, result: int) -> None:
        """Stop looking for parts."""
        self._job.cancel()
        super().done(result)

    def _propose(self, person: PersonRecord) -> tuple[list[list[FaceId]], dict[FaceId, Sighting]]:
        parts = self._environment.library.people.parts(person.id, self._job)
        seen = self._environment.library.people.sightings(person.id)
        return [list(part) for part in parts], {sighting.face: sighting for sighting in seen}

    def _come(self, answer: tuple[list[list[FaceId]], dict[FaceId, Sighting]]) -> None:
        self._parts, sightings = answer
        self._waiting.hide()
        name = self._person.name or self.tr("this group")
        if len(self._parts) < 2:
            self.says.setText(self.tr("These faces hold together: {name} seems to be one person.").format(name=name))
            return
        self.says.setText(
            self.tr(
                "These may be different people. Each part that is ticked becomes a person of its own; the others stay."
            )
        )
        for place, part in enumerate(self._parts[:_SHOWN]):
            self._add_part(place, [sightings[face] for face in part if face in sightings])
        self._rows.addStretch(1)
        self._show_possible()
        self._want()

    def _add_part(self, place: int, faces: Sequence[Sighting]) -> None:
        name = self._person.name or self.tr("this group")
        count = self.tr("%n face(s)", "", len(faces))
        if place == 0:
            self._rows.addWidget(QLabel(self.tr("Stays {name}: {count}").format(name=name, count=count)))
        else:
            tick = QCheckBox(self.tr("Somebody else: {count}").format(count=count))
            tick.setChecked(True)
            tick.toggled.connect(self._show_possible)
            self.ticks.append(tick)
            self._rows.addWidget(tick)
        grid = FaceGrid(self._environment.thumbnails, side=theme.SMALL_TILE)
        grid.setAccessibleName(count)
        grid.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        grid.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid.sightings.reset({"": faces})
        grid.seen.connect(self._want)
        across = max(1, (self.width() - 2 * theme.MARGIN) // (theme.SMALL_TILE + theme.UNIT))
        rows = min(_MOST_ROWS, -(-len(faces) // across))
        grid.setFixedHeight(rows * (theme.SMALL_TILE + theme.UNIT) + 3 * theme.UNIT)
        self.grids.append(grid)
        self._rows.addWidget(grid)

    def _failed(self, error: FaceOrganizerError) -> None:
        self._waiting.hide()
        if not isinstance(error, CancelledError):
            self.says.setText(plain(error))

    def _show_possible(self) -> None:
        self.break_up.setEnabled(bool(self.chosen))

    def _want(self) -> None:
        """Ask for the pictures of the parts that are seen first."""
        seen: list[Key] = []
        later: list[Key] = []
        for grid in self.grids:
            (later if grid.visibleRegion().isEmpty() else seen).extend(grid.wanted)
        self._environment.thumbnails.want([*seen, *later])
