"""What can be done with the folders that are looked after."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.gui.desktop import open_folder
from faceorganizer.gui.dialogs.exclusions import ExclusionsDialog
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.icons import icon
from faceorganizer.gui.scanning import Scanning
from faceorganizer.services.folders import FolderStatus


class Folders(QObject):
    """Scans, shows, moves, narrows and removes folders, and asks before.

    Args:
        environment: Of the window.
        scanning: Runs scans.
        window: Dialogs are shown on it.
    """

    def __init__(self, environment: Environment, scanning: Scanning, window: QWidget) -> None:
        super().__init__(window)
        self._library = environment.library
        self._background = environment.background
        self._scanning = scanning
        self._window = window
        self._known: dict[int, FolderStatus] = {}

    def show(self, folders: Sequence[FolderStatus]) -> None:
        """Take note of the folders that there are."""
        self._known = {status.root.id: status for status in folders}

    @property
    def known(self) -> list[int]:
        """Ids of the folders that there are."""
        return list(self._known)

    def status(self, root: int) -> FolderStatus | None:
        """What is known of a folder."""
        return self._known.get(root)

    def menu(self, status: FolderStatus) -> QMenu:
        """What can be done with a folder."""
        menu = QMenu(self._window)
        offers: tuple[tuple[str, str, Callable[[FolderStatus], None]], ...] = (
            ("scan", self.tr("Scan Now"), self.scan),
            ("show-file", self.tr("Open in File Manager"), self.open),
            ("forward", self.tr("It Has Moved…"), self.relocate),
            ("ignore", self.tr("Leave Out…"), self.exclude),
            ("delete", self.tr("Remove…"), self.remove),
        )
        for picture, text, call in offers:
            action = menu.addAction(icon(picture), text, partial(call, status))
            action.setEnabled(status.online or call not in (self.scan, self.open))
        return menu

    def show_menu(self, root: int, place: QPoint) -> None:
        """Show the menu of a folder at a place of the screen."""
        status = self.status(root)
        if status is not None:
            menu = self.menu(status)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(place)

    def scan(self, status: FolderStatus) -> None:
        """Look for what is new in it."""
        self._scanning.start([status.root.path])

    def open(self, status: FolderStatus) -> None:
        """Show it in the file manager."""
        open_folder(status.root.path)

    def relocate(self, status: FolderStatus) -> None:
        """Ask where it is now."""
        new = QFileDialog.getExistingDirectory(
            self._window, self.tr("Where is “{folder}” now?").format(folder=status.root.path.name)
        )
        if new:
            self._background.write(partial(self._library.folders.relocate, status.root.path, Path(new)), self._moved)

    def exclude(self, status: FolderStatus) -> None:
        """Ask what is to be left out of it."""
        dialog = ExclusionsDialog(status.root, self._window)
        if dialog.exec():
            work = partial(self._library.folders.set_exclusions, status.root.path, dialog.patterns)
            self._background.write(work, self._narrowed)

    def remove(self, status: FolderStatus) -> None:
        """Say what removing it means, and do so if that is wanted."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Remove “{folder}” from the library?").format(folder=status.root.path.name))
        photos = self.tr("%n photo(s) and their faces are shown no more.", "", status.photos)
        kept = self.tr(
            "The photos themselves are not touched. Names, people and corrections are kept, and are there again "
            "when the folder is added again."
        )
        box.setInformativeText(f"{photos}\n\n{kept}")
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        if box.clickedButton() is remove:
            self._background.write(partial(self._library.folders.remove, status.root.path), self._removed)

    def _moved(self, changes: ChangeSet) -> None:
        self._scanning.start()

    def _narrowed(self, changes: ChangeSet) -> None:
        if changes:
            self._scanning.start()

    def _removed(self, changes: ChangeSet) -> None:
        """Whoever shows folders hears of it from the library."""
