"""Starts the window."""

import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.gui import theme
from faceorganizer.gui.garbage import Garbage
from faceorganizer.gui.main_window import MainWindow
from faceorganizer.library import Library

FAILED = 1


def run(library_path: Path | None) -> int:
    """Show the window of a library until it is closed; returns the exit code.

    Args:
        library_path: Made when it is not there; the user's own when None.
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName("faceorganizer")
    application.setApplicationDisplayName("Face Organizer")
    application.setOrganizationName("faceorganizer")
    if sys.platform.startswith("linux"):
        application.setStyle("Fusion")
        application.setDesktopFileName("faceorganizer")
    theme.apply(application)
    # Threads that compute in Python give the GUI thread its turn after one millisecond instead of five.
    sys.setswitchinterval(0.001)
    try:
        library = Library.open_or_create(library_path)
    except FaceOrganizerError as error:
        QMessageBox.critical(None, "Face Organizer", f"{error.message}\n\n{error.advice}".strip())
        return FAILED
    with library:
        window = MainWindow(library)
        application.styleHints().colorSchemeChanged.connect(_Redress(application).dress)
        window.show()
        Garbage(application, window)
        _close_on_signals(window)
        return application.exec()


class _Redress:
    """Follows the system from light to dark and back."""

    def __init__(self, application: QApplication) -> None:
        self._application = application

    def dress(self) -> None:
        theme.apply(self._application)


def _close_on_signals(window: MainWindow) -> None:
    """Ctrl-C in the terminal closes the window as a click would."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: window.close())
    # Python's handlers run between byte codes only, and Qt's loop has none of them.
    beat = QTimer(window)
    beat.timeout.connect(lambda: None)
    beat.start(200)
