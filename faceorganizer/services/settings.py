"""Settings of the program and of one library, as one list."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from faceorganizer.db.database import Database
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.compact import FULL, STORED_FORM
from faceorganizer.domain.errors import LibraryMissingError
from faceorganizer.domain.faces import EmbeddingModel
from faceorganizer.services.thumbnails import ThumbnailCache
from faceorganizer.settings.keys import (
    Entry,
    Scope,
    Value,
    entries,
    find,
    library_settings,
    parse,
    plain,
    value_of,
)
from faceorganizer.settings.model import AppSettings, LibrarySettings
from faceorganizer.settings.store import SettingsFile

FACE_PICTURES: Final = "privacy.face_pictures"


class SettingsService:
    """Reads and changes settings, wherever they are kept.

    Args:
        path: The program's settings file.
        database: The library; None where there is none yet, whose settings are then the defaults.
    """

    def __init__(self, path: Path, database: Database | None) -> None:
        self._file = SettingsFile(path)
        self._database = database

    def application(self) -> AppSettings:
        """Settings of the program.

        Raises:
            SettingError: The file is not as it should be.
        """
        return self._file.load()

    def library(self) -> LibrarySettings:
        """Settings that change results; they belong to the library.

        Raises:
            SettingError: A stored value does not fit this version.
        """
        if self._database is None:
            return LibrarySettings()
        with self._database.read() as unit:
            return library_settings(unit.settings.all())

    def known_model(self, name: str) -> EmbeddingModel | None:
        """The model of a name by which the library describes faces, or did; None when there is none."""
        if self._database is None:
            return None
        with self._database.read() as unit:
            return unit.models.named(name)

    def list(self) -> list[Entry]:
        """All settings with their values."""
        return [*entries(self.application()), *entries(self.library())]

    def get(self, name: str) -> Value:
        """The value of one setting.

        Raises:
            SettingError: There is none of that name.
        """
        of_library = find(name).scope is Scope.LIBRARY
        return value_of(self.library() if of_library else self.application(), name)

    def set(self, name: str, text: str) -> ChangeSet:
        """Change one setting, and do at once what it asks for.

        "privacy.face_pictures" set to false deletes all pictures of faces; "storage.descriptors" set to full lets the
        next scan describe again what was rounded.

        Args:
            name: Such as "scan.jobs".
            text: The value as text.

        Raises:
            SettingError: There is none of that name, or the value does not fit.
            LibraryMissingError: It belongs to a library, and there is none.
            StorageError: Pictures of faces are not to be kept, but one cannot be deleted; once more when that was put
                right.
        """
        key = find(name)
        if key.scope is Scope.APPLICATION:
            self._file.set(name, text)
            return ChangeSet()
        value = parse(name, text)
        if self._database is None:
            raise LibraryMissingError(
                f"{name} belongs to a library, and there is none.", "Make one first: faceorganizer library create"
            )
        with self._database.write() as unit:
            unit.settings.set(key.name, plain(value))
            if (key.name, value) == (STORED_FORM, FULL):
                unit.scans.describe_again()
        if (key.name, value) == (FACE_PICTURES, False):
            # Only now: nobody makes any more.
            ThumbnailCache(self._database.folder / "cache").forget_faces()
        return unit.changes


@contextmanager
def settings_at(library: Path, path: Path) -> Iterator[SettingsService]:
    """Settings of the program and of the library in a folder, which need not be there.

    Args:
        library: The library's folder.
        path: The program's settings file.
    """
    try:
        database = Database.open(library)
    except LibraryMissingError:
        database = None
    try:
        yield SettingsService(path, database)
    finally:
        if database is not None:
            database.close()
