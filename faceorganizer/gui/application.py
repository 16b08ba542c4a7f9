"""Starts the window."""

import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QMessageBox

from faceorganizer.domain.errors import FaceOrganizerError, SettingError
from faceorganizer.gui import theme
from faceorganizer.gui.cutting import KEPT_KILOBYTES
from faceorganizer.gui.garbage import Garbage
from faceorganizer.gui.heap import settle_heap
from faceorganizer.gui.icons import program_icon
from faceorganizer.gui.libraries import remember_library
from faceorganizer.gui.main_window import MainWindow, folders_of
from faceorganizer.gui.single import OneWindow
from faceorganizer.gui.translation import translate_to
from faceorganizer.gui.wording import said
from faceorganizer.library import Library, library_folder
from faceorganizer.settings.store import SettingsFile, config_path

DONE, FAILED = 0, 1


def run(library_path: Path | None, paths: Sequence[Path] = ()) -> int:
    """Show the window of a library until it is closed; raise the one that is open already. Returns the exit code.

    Args:
        library_path: Made when it is not there; the user's own when None.
        paths: Folders and photos that are shown, or offered to be scanned.
    """
    application = made_application()
    try:
        wanted = SettingsFile(config_path()).load().window
    except SettingError as error:
        return _refuse(error)
    translate_to(application, wanted.language)
    theme.choose(application, wanted.theme)
    folder = library_folder(library_path)
    one = OneWindow(folder)
    wanted_folders = folders_of(paths)
    if not one.take():
        return _raise_other(one, wanted_folders)
    try:
        library = Library.open_or_create(library_path)
    except FaceOrganizerError as error:
        one.release()
        return _refuse(error)
    # Threads that compute in Python give the GUI thread its turn after one millisecond instead of five.
    sys.setswitchinterval(0.001)
    with library:
        remember_library(library.path)
        window = MainWindow(library)
        application.styleHints().colorSchemeChanged.connect(_Redress(application).dress)
        one.raise_wanted.connect(window.come_forward)
        one.folders_wanted.connect(window.offer_folders)
        window.offer_folders(wanted_folders)
        window.show()
        Garbage(application, window)
        _close_on_signals(window)
        code = application.exec()
    one.release()
    return code


def made_application() -> QApplication:
    """The application with its name, by which settings are found, and its icon."""
    settle_heap()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("faceorganizer")
    application.setApplicationDisplayName("Face Organizer")
    application.setOrganizationName("faceorganizer")
    if sys.platform.startswith("linux"):
        application.setStyle("Fusion")
        application.setDesktopFileName("org.faceorganizer.FaceOrganizer")
    application.setWindowIcon(program_icon())
    theme.apply(application)
    QPixmapCache.setCacheLimit(KEPT_KILOBYTES)
    return application


def _refuse(error: FaceOrganizerError) -> int:
    QMessageBox.critical(None, "Face Organizer", f"{said(error.message)}\n\n{said(error.advice)}".strip())
    return FAILED


def _raise_other(one: OneWindow, folders: Sequence[Path]) -> int:
    if one.ask_to_raise(folders):
        return DONE
    text = QCoreApplication.translate(
        "start",
        "This library is open in another window of Face Organizer, which does not answer.\n\n"
        "Wait a little, or end that program, and start again.",
    )
    QMessageBox.critical(None, "Face Organizer", text)
    return FAILED


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
