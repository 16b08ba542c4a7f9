"""What all places have in common."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.ids import ContentId, FaceId
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import Decision, plain
from faceorganizer.gui.dialogs.compare import CompareDialog
from faceorganizer.gui.environment import Environment


class Place(QWidget):
    """One thing the window shows at a time: a title with tools above, the content below.

    Signals:
        possible: What can be done here has changed.
        told: A short message.
        done: The label of a step that can be taken back.
        counted: How many things wait here, for the side bar; 0 for none.
        left_for: Another place to show: its kind and the id it is about.
    """

    possible = Signal()
    told = Signal(str)
    done = Signal(str)
    counted = Signal(int)
    left_for = Signal(str, int)

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.environment = environment
        self.heading = QLabel()
        self.heading.setFont(theme.sized(self.font(), 1.6, strong=True))
        self.tools = QHBoxLayout()
        self.tools.setSpacing(theme.UNIT)
        self.tools.addWidget(self.heading)
        self.tools.addStretch(1)
        self.tools.setContentsMargins(2 * theme.UNIT, 2 * theme.UNIT, 2 * theme.UNIT, theme.UNIT)
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(0)
        self.content.addLayout(self.tools)
        environment.bridge.changed.connect(self.changed)

    def actions_now(self) -> Mapping[str, Callable[[], None]]:
        """What can be done here now, by the name of the action."""
        return {}

    @property
    def photos(self) -> list[ContentId]:
        """The photos that are shown, in their order: arrow keys lead through them once one is opened."""
        return []

    def visit(self, number: int, others: Sequence[ContentId]) -> None:
        """The place has come into view, to show something.

        Args:
            number: Id of what it is about; 0 where there is nothing to choose.
            others: The photos of the place that somebody came from.
        """
        self.shown()

    def shown(self) -> None:
        """The place has come into view."""

    def changed(self, changes: ChangeSet) -> None:
        """Something in the library has changed."""

    def end(self) -> None:
        """The window closes: stop what is under way."""

    def reload(self) -> None:
        """Read again what is shown."""

    def decide(self, work: Callable[..., ChangeSet]) -> None:
        """Change the library in the background; say what was done, or why not.

        Args:
            work: Takes ``same_photo`` where two faces of one photo may become one person.
        """
        decision = Decision(work, self.environment.background, self)
        decision.done.connect(self._decided)
        decision.failed.connect(self._refused)
        decision.cancelled.connect(self.reload)
        decision.start()

    def compare(self, left: FaceId, right: FaceId) -> None:
        """Show two faces beside each other; what is said of them there is done.

        Args:
            left: A face.
            right: Another one; see :class:`~faceorganizer.gui.dialogs.compare.CompareDialog`.
        """
        self._comparison = CompareDialog(self.environment, left, right, self)
        self._comparison.accepted.connect(self._compared)
        self._comparison.finished.connect(self._comparison.deleteLater)
        self._comparison.open()

    def _compared(self) -> None:
        if (work := self._comparison.work) is not None:
            self.decide(work)

    def _decided(self, changes: ChangeSet) -> None:
        if changes.step:
            self.done.emit(changes.step)

    def _refused(self, error: FaceOrganizerError) -> None:
        self.told.emit(plain(error))
        self.reload()

    def add_search(self, hint: str) -> QLineEdit:
        """A field to search in, among the tools."""
        field = QLineEdit()
        field.setPlaceholderText(hint)
        field.setAccessibleName(hint)
        field.setClearButtonEnabled(True)
        field.setMinimumWidth(15 * theme.UNIT)
        field.setMaximumWidth(28 * theme.UNIT)
        self.tools.addWidget(field, 4)
        return field
