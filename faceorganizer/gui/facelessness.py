"""Whether pictures of faces are kept: a setting of the library, which the command line may change, too."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from faceorganizer.gui.environment import Environment

LOOK_MS: Final = 10_000


class FacePictures(QObject):
    """Lets the window's pictures of faces go, or come back, as the setting says.

    Args:
        environment: Of the window.
    """

    def __init__(self, environment: Environment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._environment = environment
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Look now."""
        environment = self._environment
        environment.background.read(environment.library.thumbnails.keeps_faces, environment.thumbnails.keep_faces)
