"""What a user decides, until it is in the library."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.gui.background import Background
from faceorganizer.gui.wording import said
from faceorganizer.services.assigning import SamePhotoError


def plain(error: FaceOrganizerError) -> str:
    """What went wrong, for somebody at a window: in its language, and without advice that names commands or options."""
    for_terminal = "--" in error.advice or "faceorganizer " in error.advice
    advice = "" if for_terminal else said(error.advice)
    return f"{said(error.message)} {advice}".rstrip()


class Decision(QObject):
    """One call that changes the library, with the question it may raise.

    Args:
        work: Made in the background; takes ``same_photo`` where two faces of one photo may become one person.
        background: Runs it.
        parent: What asks.

    Signals:
        done: The changes.
        failed: An expected error.
        cancelled: The question was left without an answer; nothing is changed.
    """

    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, work: Callable[..., ChangeSet], background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._work = work
        self._background = background
        self._window = parent
        self._leave_out: QAbstractButton | None = None
        self._same: QAbstractButton | None = None

    def start(self, same_photo: bool | None = None) -> None:
        """Do it.

        Args:
            same_photo: The answer, once it was asked for.
        """
        answered = {} if same_photo is None else {"same_photo": same_photo}
        self._background.write(lambda: self._work(**answered), self._end, self._fail)

    def _end(self, changes: ChangeSet) -> None:
        self.done.emit(changes)
        self.deleteLater()

    def _fail(self, error: FaceOrganizerError) -> None:
        if isinstance(error, SamePhotoError):
            self._ask(len(error.pairs))
            return
        self.failed.emit(error)
        self.deleteLater()

    def _ask(self, pairs: int) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, "Face Organizer", "", parent=self._window)
        box.setText(self.tr("Two of these faces are in one photo. Are they the same person?"))
        box.setInformativeText(self.tr("In a mirror or a collage they may be. This is about %n photo(s).", "", pairs))
        self._leave_out = box.addButton(self.tr("Leave those faces out"), QMessageBox.ButtonRole.RejectRole)
        self._same = box.addButton(self.tr("The same person"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(self._leave_out)  # what Enter says that was meant for the next name
        box.buttonClicked.connect(self._answered)
        box.open()

    def _answered(self, button: QAbstractButton) -> None:
        if button in (self._same, self._leave_out):
            self.start(button is self._same)
        else:
            self.cancelled.emit()
            self.deleteLater()
