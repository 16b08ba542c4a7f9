"""Reads what a place shows again and again, never twice at a time."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.gui.background import Background


class Reading(QObject):
    """One reading call at a time; of what is asked for meanwhile, the last counts.

    While a scan writes, changes come faster than they can be read: without this, readings would pile up.

    Args:
        background: Runs the calls.
        done: Gets each result.
        failed: Gets an expected error.
        parent: Lives as long as this.
    """

    def __init__(
        self,
        background: Background,
        done: Callable[[Any], None],
        failed: Callable[[FaceOrganizerError], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._done = done
        self._failed = failed
        self._busy = False
        self._next: Callable[[], Any] | None = None
        background.broken.connect(self._free)

    @property
    def busy(self) -> bool:
        """Whether a call is under way."""
        return self._busy

    def ask(self, work: Callable[[], Any]) -> None:
        """Call this next."""
        self._next = work
        self._go_on()

    def _go_on(self) -> None:
        if self._next is not None and not self._busy:
            work, self._next, self._busy = self._next, None, True
            self._background.read(work, self._come, self._fail)

    def _come(self, result: Any) -> None:
        self._busy = False
        self._done(result)
        self._go_on()

    def _fail(self, error: FaceOrganizerError) -> None:
        self._busy = False
        self._failed(error)
        self._go_on()

    def _free(self) -> None:
        """A call may have ended by a bug, which is told elsewhere."""
        self._busy = False
