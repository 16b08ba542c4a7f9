"""Other libraries: made, opened, and those opened lately."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.icons import icon
from faceorganizer.gui.libraries import forget_library, open_window, recent_libraries, remember_library
from faceorganizer.library import Library, library_folder


class LibraryMenu(QObject):
    """Opens libraries, each in a window of its own.

    Args:
        library: The one of this window.
        window: Dialogs are shown on it.
    """

    def __init__(self, library: Path, window: QWidget) -> None:
        super().__init__(window)
        self._library = library
        self._window = window
        self.recent = QMenu(self.tr("Open Recent"), window)
        self.recent.setIcon(icon("history"))
        self.recent.aboutToShow.connect(self._fill)

    def create(self) -> None:
        """Ask for a name and a place, and make a library there."""
        start = str(self._library.parent / self.tr("Library"))
        file, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("New Library"), start, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if file:
            self.create_at(Path(file))

    def create_at(self, folder: Path) -> None:
        """Make a library, and show it."""
        try:
            Library.create(folder).close()
        except FaceOrganizerError as error:
            self._refuse(plain(error))
            return
        self.open_at(folder)

    def open(self) -> None:
        """Ask which library to show."""
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Open Library"), str(self._library.parent))
        if folder:
            self.open_at(Path(folder))

    def open_at(self, folder: Path) -> None:
        """Show a library, or say plainly why not."""
        folder = library_folder(folder)
        if not (folder / "library.sqlite").is_file():
            self._miss(folder)
            return
        remember_library(folder)
        if not open_window(folder):
            self._refuse(self.tr("Another window could not be started."))

    def _fill(self) -> None:
        self.recent.clear()
        for folder in recent_libraries():
            there = (folder / "library.sqlite").is_file()
            name = self.tr("{name}   ({folder})").format(name=folder.name, folder=folder.parent)
            text = name if there else self.tr("{library}   — not found").format(library=name)
            action = self.recent.addAction(text.replace("&", "&&"), partial(self.open_at, folder))
            action.setCheckable(folder == self._library)
            action.setChecked(folder == self._library)
            action.setEnabled(folder != self._library)
        self.recent.addSeparator()
        clear = self.recent.addAction(self.tr("Forget These"), self._clear)
        clear.setEnabled(len(recent_libraries()) > 1)

    def _clear(self) -> None:
        for folder in recent_libraries():
            if folder != self._library:
                forget_library(folder)

    def _miss(self, folder: Path) -> None:
        known = folder in recent_libraries()
        text = self.tr("There is no library in {folder}.").format(folder=folder)
        box = QMessageBox(QMessageBox.Icon.Information, "Face Organizer", text, parent=self._window)
        box.setInformativeText(
            self.tr("It may have been moved, or its drive is not connected. A library is a folder with library.sqlite.")
        )
        box.addButton(QMessageBox.StandardButton.Close)
        forget = box.addButton(self.tr("Take Off the List"), QMessageBox.ButtonRole.ActionRole) if known else None
        box.exec()
        if forget is not None and box.clickedButton() is forget:
            forget_library(folder)

    def _refuse(self, text: str) -> None:
        QMessageBox.warning(self._window, "Face Organizer", text)
